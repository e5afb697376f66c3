"""What somebody in a story has written, set in italics between the paragraphs of those who read it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fabula.text.draft import Draft

LEAST = 20
"""Words of a paragraph that is no mere thought."""
FIRST_PERSON = 3
"""Times the paragraphs in italics say "I" together, and fewer times the rest does."""
SHARE = 0.6
"""Of a paragraph that begins in italics, so much is: "_I saw him_, the letter went on. _He knew me._"."""

_ITALIC = re.compile(r"(?<![\w*_])([*_])(?=[^\s*_])([^*_]+?)(?<=[^\s*_])\1(?![\w*_])")
_BEGINS = re.compile(r"[*_][^\s*_(\[]")
_QUOTED = re.compile(r"“[^”\n]*(?:”|$)|\"[^\"\n]*(?:\"|$)|(?<!\w)‘[^\n]{0,2000}?’(?!\w)", re.MULTILINE)
_I = re.compile(r"\b(?:I|me|my|My|mine|myself)\b")


def mark_written(text: str, drafts: Sequence[Draft]) -> None:
    """Type as letters the paragraphs in italics that say "I" in a story whose narration does not.

    Thoughts, which are in italics as well, are short. Cost: linear in the text.
    """
    plain = [i for i, d in enumerate(drafts) if d.kind is None]
    written = [i for i in plain if _in_italics(text[drafts[i].start : drafts[i].end])]
    said = sum(len(_I.findall(text, drafts[i].start, drafts[i].end)) for i in written)
    if said < FIRST_PERSON:
        return
    told = 0
    for i in set(plain) - set(written):
        told += len(_I.findall(_QUOTED.sub(" ", _ITALIC.sub(" ", text[drafts[i].start : drafts[i].end]))))
        if told >= FIRST_PERSON:
            return
    for i in written:
        drafts[i].mark("letter", None, i + 1)


def _in_italics(paragraph: str) -> bool:
    if not _BEGINS.match(paragraph) or len(paragraph.split()) < LEAST:
        return False
    inside = sum(m.end() - m.start() for m in _ITALIC.finditer(paragraph))
    return inside >= SHARE * len(paragraph)
