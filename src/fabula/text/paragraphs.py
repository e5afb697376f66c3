"""Where paragraphs begin and end."""

from __future__ import annotations

import re

from fabula.types import Span

_BLOCK = re.compile(r"\S(?:[^\n]|\n(?![^\S\n]*(?:\n|\Z)))*")


def find_paragraphs(text: str) -> tuple[Span, ...]:
    """Paragraph spans, in order; they cover every character that is not white space."""
    spans = []
    for m in _BLOCK.finditer(text):
        spans.append(Span(m.start(), m.start() + len(m.group().rstrip())))
    return tuple(spans)
