"""Paragraphs of word processors: runs of text with marks, put together to blocks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from fabula.text.formats.document import Block
from fabula.text.formats.flow import SCENE_BREAK, split_block
from fabula.text.formats.limits import clean
from fabula.text.header_lines import byline
from fabula.types import Mark, MarkKind, SegmentKind

_ROLES: dict[str, SegmentKind] = {
    "title": "title", "subtitle": "title", "author": "byline", "byline": "byline",
    "footnote text": "note", "endnote text": "note",
    "contents heading": "boilerplate", "toc heading": "boilerplate",
}  # fmt: skip
_QUOTES = frozenset({"quote", "intense quote", "quotations", "block text", "block quotation", "block quote"})
_RULES = frozenset({"horizontal line", "horizontal rule"})
_NUMBERED = ("heading ", "toc ", "contents ")


def _plain(style: str) -> str:
    return " ".join(style.lower().replace("_20_", " ").split())


def tells(style: str) -> bool:
    """Whether the name of a style says what its paragraphs are."""
    plain = _plain(style)
    return plain in _ROLES or plain in _QUOTES or plain in _RULES or plain.startswith(_NUMBERED)


class Paragraph:
    """One paragraph while its runs are read. ``style`` is the name of its style, in any case."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._marks: list[Mark] = []
        self.style = ""
        self.level = 0
        self.layout: list[MarkKind] = []

    def add(self, text: str, kinds: Iterable[MarkKind] = ()) -> None:
        """Add a run with its marks."""
        text = clean(text)
        if text:
            self._marks += [Mark(self._length, self._length + len(text), kind) for kind in kinds]
            self._parts.append(text)
            self._length += len(text)

    def blocks(
        self, role: SegmentKind | None = None, label: str | None = None, group: int = 0
    ) -> list[Block]:
        """The paragraph as blocks, more than one where it has blank lines in it; none if it is blank."""
        style = _plain(self.style)
        level = self.level
        if style.startswith("heading ") and style[8:9].isdigit():
            level = level or min(int(style[8]) or 1, 6)
        layout = list(dict.fromkeys(self.layout))
        if style in _QUOTES:
            layout.append("block_quote")
        if style.startswith(("toc ", "contents ")):
            role = role or "boilerplate"
        role = role or _ROLES.get(style)
        text = "".join(self._parts)
        if style == "subtitle" and byline(text.strip()):
            role = "byline"
        if not text.strip():
            return [Block(SCENE_BREAK, "scene_break")] if style in _RULES else []
        return split_block(
            Block(
                text, role, label, group, marks=tuple(self._marks), layout=tuple(layout), level=min(level, 6)
            )
        )


def spaced(blocks: Sequence[Block]) -> list[Block]:
    """The blocks that have text; blank ones are room before the next."""
    found: list[Block] = []
    gap = 0
    for block in blocks:
        if block.text.strip():
            found.append(replace(block, gap=block.gap + gap) if gap else block)
            gap = 0
        else:
            gap += max(block.gap, 1) if found else 0
    return found
