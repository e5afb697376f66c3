"""The quotes of a text without its paratext."""

import re

from fabula.text.quotes import find_quotes
from fabula.types import QuoteSpan, Segment, Span


def paragraphs_of(text: str) -> tuple[Span, ...]:
    return tuple(Span(*m.span()) for m in re.finditer(r"\S(?:[^\n]|\n(?!\s*\n))*(?<=\S)", text))


def spans(text: str) -> tuple[QuoteSpan, ...]:
    return find_quotes(text, paragraphs_of(text), (Segment("body", 0, len(text)),))


def said(text: str) -> list[str]:
    return [" ".join(text[q.start : q.end].split()) for q in spans(text)]
