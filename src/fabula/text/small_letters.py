"""Stories written in small letters throughout: the same text as it is written elsewhere, letter for letter.

What reads a story has learnt from texts with capitals, and rules ask for them. Such a text is read with
capitals where sentences begin, in "I" and in names, and shown as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from fabula.text.speech_tags import REACH, begins_tag
from fabula.text.tokens import ABBREVIATIONS
from fabula.text.verbs import VERB_FORMS
from fabula.types import Span

LEAST = 150
"""Letters below which nothing can be said of a writer's habit."""
MOST = 0.004
"""Capitals to a small letter up to which a text is written in small ones; elsewhere it is 0.02 to 0.04."""
LOOKED_AT = 200_000
"""Code points from whose case the habit is read."""
_BEGIN = re.compile(r"[\s*_~>(\[“‘«„\"'—–-]*")
_SENTENCE = re.compile(r"(?:(?<![.!?…])[.!?…]+[*_~)\]]*|[.!?…,:—–][*_~]*[\"”’»])\s+|[,:—]\s+(?=[*_~]*[“\"«])")
_BEFORE = re.compile(r"([^\W\d_][\w.]*)\.$")
_WORD = re.compile(r"[^\W\d_]+")
_ONE = re.compile(r"\bi\b(?!\.\w)")


def in_small_letters(text: str, spans: Iterable[Span]) -> bool:
    """Whether ``spans`` of a text (code points) hold hardly a capital."""
    small = large = 0
    left = LOOKED_AT
    for span in spans:
        part = text[span.start : min(span.end, span.start + left)]
        left -= len(part)
        small += sum(map(str.islower, part))
        large += sum(map(str.isupper, part))
    return small >= LEAST and large <= MOST * small


def begun(text: str, paragraphs: Sequence[Span]) -> str:
    """``text`` with a capital where a sentence or a line of speech begins, and in "I"; as long as before."""
    at: set[int] = set()
    for p in paragraphs:
        at.add(_first(text, p.start, p.end))
        for m in _SENTENCE.finditer(text, p.start, p.end):
            spoken = text[m.end() - 1 : m.end()].isspace() and m.group().rstrip()[-1:] in '"”’»'
            ended = m.group().lstrip("*_~")[:1] in ".!?…"
            before = _BEFORE.search(text, max(p.start, m.start() - 24), m.start() + 1)
            if before is not None and (before[1] in ABBREVIATIONS or "." in before[1]):
                continue
            if spoken and (not ended or _is_tag(text, m.end())):
                continue
            at.add(_first(text, m.end(), p.end))
        at.update(m.start() for m in _ONE.finditer(text, p.start, p.end))
    return raised(text, at)


def raised(text: str, places: Iterable[int]) -> str:
    """``text`` with capitals at ``places`` (code points), where one letter is one letter still."""
    out = list(text)
    for i in places:
        if i < len(out) and len(out[i].upper()) == 1:
            out[i] = out[i].upper()
    return "".join(out)


def _is_tag(text: str, at: int) -> bool:
    """Whether a speech tag begins at ``at``, of somebody without a capital: "asked halvard"."""
    word = _WORD.match(text, at)
    return begins_tag(text, at, at + REACH) or (word is not None and word.group() in VERB_FORMS)


def _first(text: str, start: int, end: int) -> int:
    m = _BEGIN.match(text, start, end)
    return m.end() if m else start
