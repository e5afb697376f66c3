"""From typed paragraphs to segments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from fabula.text.draft import Draft
from fabula.types import Segment, SegmentKind

_INLINE = re.compile(
    r"[(\[]\s*(?:A/N|AN\s?:|author[’']?s? note)(?=[\s:,.;-])[^()\[\]]{0,2000}[)\]]", re.IGNORECASE
)


def _joined(parts: Sequence[str]) -> str:
    """The parts of a heading in one line: "Chapter 3: Imre"."""
    whole = parts[0]
    for part in parts[1:]:
        whole += (" " if whole[-1] in ".:—–-" else ": ") + part
    return whole


def _joins(a: Draft, b: Draft) -> bool:
    """Whether two neighbours are one segment."""
    return a.kind == b.kind and (a.group == b.group or a.kind == "scene_break")


def make_segments(text: str, drafts: Iterable[Draft]) -> Iterable[Segment]:
    """Merge neighbours of one kind and group; part a title from its byline; lift notes out of paragraphs."""
    run: list[Draft] = []
    for draft in drafts:
        if run and not _joins(run[-1], draft):
            yield from _segment(text, run)
            run = []
        run.append(draft)
    if run:
        yield from _segment(text, run)


def _segment(text: str, run: Sequence[Draft]) -> Iterable[Segment]:
    start, end = run[0].start, run[-1].end
    kind: SegmentKind = run[0].kind or "body"
    if kind == "title" and run[0].byline_at is not None:
        cut = run[0].byline_at
        while text[cut] == "," or text[cut].isspace():
            cut += 1
        yield Segment("title", start, start + len(text[start:cut].rstrip()))
        yield Segment("byline", cut, end)
        return
    if kind not in ("body", "letter"):
        label = run[0].label
        if kind == "heading" and len(run) > 1:
            label = _joined([d.label or d.flat for d in run])
        yield Segment(kind, start, end, label)
        return
    for m in _INLINE.finditer(text, start, end):
        before = len(text[start : m.start()].rstrip())
        if before:
            yield Segment(kind, start, start + before, run[0].label)
        yield Segment("note", m.start(), m.end(), "A/N")
        start = m.end()
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield Segment(kind, start, end, run[0].label)
