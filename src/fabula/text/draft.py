"""A paragraph on its way to being typed: the working value of the paratext modules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fabula.text.lines import TAG
from fabula.types import SegmentKind, Span

HEAD = 600
"""Code points at the head of a paragraph that are looked at."""
SHORT = 240
"""Longest paragraph, in code points, that is read as a line of its own."""


@dataclass(slots=True)
class Draft:
    """One paragraph. ``kind`` is None until something is known of it, and what stays None is body.

    ``head`` is its beginning, without tags; ``flat`` the whole of a short paragraph on one line, else empty;
    ``blanks`` the blank lines before it; ``fixed``: the file itself says
    what it is. Neighbours of one kind and one ``group`` become one segment.
    """

    start: int
    end: int
    blanks: int
    head: str
    flat: str
    kind: SegmentKind | None = None
    label: str | None = None
    group: int = 0
    byline_at: int | None = None
    fixed: bool = False

    def mark(self, kind: SegmentKind, label: str | None = None, group: int = 0) -> None:
        """Type the paragraph, unless the file itself has said what it is."""
        if self.fixed:
            return
        self.kind, self.label, self.group = kind, label, group


def make_drafts(text: str, paragraphs: Sequence[Span]) -> list[Draft]:
    """One untyped draft per paragraph."""
    drafts: list[Draft] = []
    last = 0
    for span in paragraphs:
        head = text[span.start : min(span.end, span.start + HEAD)]
        if "<" in head:
            head = TAG.sub("", head).strip() or head
        flat = " ".join(head.split()) if span.end - span.start <= SHORT else ""
        blanks = max(text.count("\n", last, span.start) - (1 if drafts else 0), 0)
        drafts.append(Draft(span.start, span.end, blanks, head, flat))
        last = span.end
    return drafts
