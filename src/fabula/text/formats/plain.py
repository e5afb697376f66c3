"""Plain text inside a book of chapters, and emphasis that is written with underscores and stars."""

from __future__ import annotations

import re

from fabula.text.formats.document import Block
from fabula.text.paragraphs import find_paragraphs
from fabula.types import Mark

_EMPHASIS = re.compile(
    r"(?<![\w_*/])(?:_(?P<under>[^\s_](?:[^_\n]|\n(?!\s*\n)){0,400}?(?<=[^\s_]))_|\*(?P<star>[^\s*][^*\n]{0,200}?(?<=[^\s*]))\*)(?![\w_*])"
)
_STRONG = re.compile(r"(?<![\w*])\*\*(?P<words>[^\s*][^*\n]{0,200}?(?<=[^\s*]))\*\*(?![\w*])")


def text_blocks(text: str) -> list[Block]:
    """The paragraphs of a plain text, lines as they are."""
    found: list[Block] = []
    last = 0
    for span in find_paragraphs(text):
        lines = text.count("\n", last, span.start) if found else 0
        part = text[span.start : span.end]
        found.append(
            Block(part, close=bool(found) and lines < 2, gap=max(lines - 2, 0), marks=written_marks(part))
        )
        last = span.end
    return found


def written_marks(text: str) -> tuple[Mark, ...]:
    """What ``_underscores_`` and ``*stars*`` emphasise: the words, without the signs around them."""
    if "_" not in text and "*" not in text:
        return ()
    found = [Mark(*m.span("words"), "strong") for m in _STRONG.finditer(text)]
    for m in _EMPHASIS.finditer(text):
        found.append(Mark(*m.span("under" if m["under"] is not None else "star"), "emphasis"))
    return tuple(sorted(found, key=lambda m: (m.start, -m.end, m.kind)))
