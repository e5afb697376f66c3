"""What is known of the archives and tools that files come from, a file for each.

Each module has ``NAME``, ``score(page, facts)`` (how much a page speaks for it; ``ENOUGH`` over a book
decides) and ``annotate(page, facts)`` (what the page's elements are).
"""

from __future__ import annotations

from collections.abc import Sequence
from types import ModuleType

from fabula.text.formats.archives import ao3, fanficfare, fanfiction_net, gutenberg, wattpad
from fabula.text.formats.facts import Facts
from fabula.text.formats.page import Page

ENOUGH = 3.0
"""Least score, added up over the first and last pages of a book, for an archive to be recognised."""
ARCHIVES: tuple[ModuleType, ...] = (ao3, fanficfare, gutenberg, fanfiction_net, wattpad)
_LOOKED_AT = 6


def recognise(pages: Sequence[Page], facts: Facts) -> ModuleType | None:
    """The archive that the pages come from, or None."""
    sample = list(pages) if len(pages) <= 2 * _LOOKED_AT else [*pages[:_LOOKED_AT], *pages[-_LOOKED_AT:]]
    scores = [(sum(archive.score(page, facts) for page in sample), -i) for i, archive in enumerate(ARCHIVES)]
    best, place = max(scores)
    return ARCHIVES[-place] if best >= ENOUGH else None
