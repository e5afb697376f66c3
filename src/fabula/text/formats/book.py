"""Pages of HTML, one or many, to a Document: what the archive is known to do, then what blocks show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from fabula.text.formats.archives import recognise
from fabula.text.formats.document import Block, Document
from fabula.text.formats.facts import Facts
from fabula.text.formats.flow import flow
from fabula.text.formats.front import same_words, settle
from fabula.text.formats.page import Page, annotate
from fabula.text.formats.styles import Sheet

_OPENING = 3
"""Blocks at the head of a page among which its chapter's name is looked for."""


def make_book(
    pages: Sequence[Page],
    kind: str,
    facts: Facts,
    *,
    css: Iterable[str] = (),
    contents: Mapping[int, str] | None = None,
) -> Document:
    """The Document of pages in reading order; ``kind`` is its format.

    ``contents`` are the names that a table of contents gives to pages, by number: a chapter that does not
    name itself gets its name from there.
    """
    archive = recognise(pages, facts)
    sheet = Sheet(css)
    blocks: list[Block] = []
    for page in pages:
        annotate(page)
        if archive is not None:
            archive.annotate(page, facts)
        found = flow(page.root, page.notes, sheet)
        if not found:
            continue
        named = (contents or {}).get(page.number)
        if named:
            found = _named(found, named, facts)
        if blocks:
            found[0] = replace(found[0], gap=max(found[0].gap, 1))
        blocks += found
    title = pages[0].title if pages else None
    blocks = settle(blocks, facts, title)
    return Document(
        format=kind,
        blocks=tuple(blocks),
        title=facts.first("Title"),
        author=", ".join(facts.all("Author")) or None,
        language=facts.first("Language"),
        metadata=facts.done(),
        archive=None if archive is None else archive.NAME,
    )


def _named(blocks: list[Block], name: str, facts: Facts) -> list[Block]:
    """The page's blocks with its name as a heading, where the page does not have one."""
    first = [block for block in blocks[:_OPENING] if block.role not in ("tags", "summary", "note")]
    if any(block.role is not None or block.level for block in first):
        return blocks
    for i, block in enumerate(blocks[:_OPENING]):
        if same_words(block.text, name):
            blocks[i] = replace(block, level=2)
            return blocks
    if same_words(name, facts.first("Title") or ""):
        return blocks
    return [Block(name, level=2), *blocks]
