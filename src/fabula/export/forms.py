"""How the file sets words apart (``Story.marks``), for formats that can show it."""

from __future__ import annotations

from collections.abc import Sequence

from fabula.export.blocks import Block
from fabula.types import Mark, MarkKind, Story

LAYOUTS: frozenset[MarkKind] = frozenset({"block_quote", "verse", "preformatted", "list_item", "centered"})
"""Marks of whole paragraphs; the others stand inside lines."""


def emphasis_of(story: Story) -> list[Mark]:
    """The marks inside lines, in text order."""
    return sorted(mark for mark in story.marks if mark.kind not in LAYOUTS)


def layouts_of(story: Story, blocks: Sequence[Block]) -> dict[int, tuple[MarkKind, ...]]:
    """What whole paragraphs are set as, each once, by the ``start`` of a block; blocks without are left out.

    A block has the layouts that begin no later than it and end no earlier.
    """
    marks = sorted(mark for mark in story.marks if mark.kind in LAYOUTS)
    found: dict[int, tuple[MarkKind, ...]] = {}
    open_now: list[Mark] = []
    at = 0
    for block in blocks:
        while at < len(marks) and marks[at].start <= block.start:
            open_now.append(marks[at])
            at += 1
        open_now = [mark for mark in open_now if mark.end > block.start]
        kinds = tuple(dict.fromkeys(mark.kind for mark in open_now if mark.end >= block.end))
        if kinds:
            found[block.start] = kinds
    return found
