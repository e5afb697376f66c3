"""The entry points of the text layer: each makes a complete Story."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from fabula.text.paragraphs import find_paragraphs
from fabula.text.sentences import split_sentences
from fabula.text.tokens import tokenize
from fabula.types import QuoteSpan, Segment, Span, Story

_SURROGATE = re.compile("[\ud800-\udfff]")


def read_text(text: str, *, name: str = "text") -> Story:
    """Read a story that is already decoded.

    Line ends become ``\\n``; lone surrogates become U+FFFD, one for one. ``name`` stands for the file in
    errors.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _SURROGATE.sub("\ufffd", text)
    paragraphs = find_paragraphs(text)
    segments = (Segment("body", 0, len(text)),)
    tokens = tokenize(text)
    sentences, sentence_tokens = split_sentences(text, paragraphs, tokens)
    return Story(
        text=text,
        id=hashlib.sha256(text.encode()).hexdigest(),
        segments=segments,
        paragraphs=paragraphs,
        sentences=sentences,
        tokens=tokens,
        sentence_tokens=sentence_tokens,
        quotes=_quotes(text, paragraphs, segments),
    )


def _quotes(text: str, paragraphs: Sequence[Span], segments: Sequence[Segment]) -> tuple[QuoteSpan, ...]:
    try:
        from fabula.text.quotes import find_quotes
    except ImportError:
        return ()
    return find_quotes(text, paragraphs, segments)
