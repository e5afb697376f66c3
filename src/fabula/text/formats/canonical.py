"""The one place where a Document becomes the canonical text, with every offset counted.

Blocks stand in order, a blank line between them (``gap`` more where the file leaves room, none where
``close``), lines inside a block as the author ended them, one line end at the end of the text. Nothing else
is added, and nothing depends on anything but the Document: the same file gives the same text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fabula.text.formats.document import Block, Document
from fabula.text.formats.flow import tidy
from fabula.text.paratext import Known
from fabula.types import Mark, Span

WIDEST_GAP = 3
"""Most blank lines between two blocks beyond the usual one."""


@dataclass(frozen=True, slots=True)
class Canonical:
    """The text, its paragraphs, what is known of each, and the standoff marks, in text order."""

    text: str
    paragraphs: tuple[Span, ...]
    known: tuple[Known, ...]
    marks: tuple[Mark, ...]


def canonical(document: Document) -> Canonical:
    """Lay the blocks of a Document out as one text."""
    blocks = [block for block in document.blocks if block.text.strip()]
    parts: list[str] = []
    spans: list[Span] = []
    marks: list[Mark] = []
    at = 0
    for i, block in enumerate(blocks):
        if i:
            between = "\n" if block.close else "\n\n" + "\n" * min(block.gap, WIDEST_GAP)
            parts.append(between)
            at += len(between)
        text = block.text.strip()
        shift = at - (len(block.text) - len(block.text.lstrip()))
        span = Span(at, at + len(text))
        marks += [Mark(span.start, span.end, kind) for kind in dict.fromkeys(block.layout)]
        marks += [Mark(m.start + shift, m.end + shift, m.kind) for m in tidy(block.text, block.marks)]
        parts.append(text)
        spans.append(span)
        at = span.end
    parts.append("\n" if blocks else "")
    marks.sort(key=lambda m: (m.start, -m.end, m.kind))
    return Canonical("".join(parts), tuple(spans), _known(blocks), tuple(dict.fromkeys(marks)))


def _known(blocks: Sequence[Block]) -> tuple[Known, ...]:
    """Roles with groups that name the first paragraph of each, as the rules for plain text do."""
    known: list[Known] = []
    first = 0
    for i, block in enumerate(blocks):
        before = blocks[i - 1] if i else None
        if (
            before is None
            or (block.role, block.group) != (before.role, before.group)
            or (block.role == "heading" and block.group == 0)
        ):
            first = i
        known.append(Known(block.role, block.label, first + 1, block.fixed or block.role is not None))
    return tuple(known)
