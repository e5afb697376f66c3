"""Lists of words as they are written in the lexicon: words between spaces."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The words of ``text``."""
    return frozenset(text.split())
