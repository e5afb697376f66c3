"""Quotes that are open at a paragraph's end: do they go on in the next, or is their closing mark missing?

Old books open every paragraph of a long speech with a mark and close only the last; a forgotten mark before
a reply looks the same. The weights of ``goes_on`` are rounded from a logistic regression that told paragraphs
of public-domain novels truly reopened from ones whose closing mark had been taken away.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from fabula.text.quote_marks import MARK, MARKUP, Style, family_of, marks
from fabula.text.speech_tags import begins_tag

Piece = tuple[int, int, int]
"""A paragraph of the story: start, end (code points) and the number of its run; paratext divides runs."""

EDGE = MARKUP + " \t\n\r"
_AHEAD = 6
_AHEAD_LENGTH = 2000
_FIRM = 12
_STOP = re.compile(r"[,.!?…—](?=\s)|--")
_SPEECH_AFTER = re.compile(r"[*_~]*[^\W_]|[*_~]*[.…—–¿¡(\[$£€-]")
_REPLY = re.compile(
    r"(?:yes|no|oh|ah|well|why|what|who|how|indeed|nothing|never|certainly|of course|you|but|and|then)\b",
    re.IGNORECASE,
)
_CLOSING = frozenset("\"“”„«»‹›'’‘")
_NEVER_OPEN = frozenset("”’´」』")


def reopening(text: str, pieces: Sequence[Piece], i: int, style: Style) -> str:
    """Families of the opening marks with which piece ``i + 1`` begins; "" where nothing can go on there."""
    if i + 1 == len(pieces) or pieces[i + 1][2] != pieces[i][2]:
        return ""
    low, high, _ = pieces[i + 1]
    last = text[pieces[i][1] - 1]
    families = ""
    at = low
    while at < high and text[at] in EDGE:
        at += 1
    while len(families) < 3 and (m := MARK.match(text, at, high)):
        family = family_of(m.group())
        if m.group() in _NEVER_OPEN and m.group() not in style.free:
            return ""
        if not families and last in _CLOSING and family_of(last) == family:
            return ""  # a paragraph that goes on does not end in a mark of the same kind
        families += family
        at = m.end()
    return families if families and _SPEECH_AFTER.match(text, at, high) else ""


def goes_on(text: str, begun: int, high: int, following: Piece, family: str, style: Style) -> float:
    """Logit that the quote whose last piece is ``begun:high`` goes on in ``following``, which reopens it."""
    said = text[max(begun, high - 300) : high].strip(EDGE)
    score = -0.2
    score += -1.0 if len(said) < 60 else -0.4 if len(said) < 120 else 1.2 if len(said) >= 250 else 0.0
    score += {"?": -1.2, "!": -0.5, ".": 0.0}.get(said[-1:], 0.9)
    if high - begun < 400 and narration_resumes(text, begun, high) is not None:
        score -= 3.0
    low, end, _ = following
    score += -0.5 if end - low < 120 else 0.9 if end - low >= 250 else 0.0
    found = [m for m in islice(marks(text, low, min(end, low + 4000), style), 100) if m.family == family]
    firm = [m for m in found if min(m.skip_in, m.skip_out) >= _FIRM]
    if len(firm) % 2:
        score += 4.5
    elif len(firm) > 1 and begins_tag(text, firm[1].end, end):
        score -= 2.0
    if firm and _REPLY.match(text, firm[0].end):
        score -= 0.4
    return score


def closes_later(text: str, pieces: Sequence[Piece], i: int, family: str, style: Style) -> bool:
    """Whether the first firm mark of ``family`` in the pieces behind ``i`` closes: it was not reopened."""
    seen = 0
    for low, high, run in pieces[i + 1 : i + 1 + _AHEAD]:
        if run != pieces[i][2] or seen > _AHEAD_LENGTH:
            return False
        for mark in islice(marks(text, low, min(high, low + _AHEAD_LENGTH), style), 40):
            if mark.family == family and min(mark.skip_in, mark.skip_out) >= _FIRM:
                return mark.close <= 2 and mark.open >= _FIRM
        seen += high - low
    return False


def narration_resumes(text: str, start: int, end: int) -> int | None:
    """Where a speech tag begins inside an unclosed quote: the end of the speech before it, or None."""
    for m in _STOP.finditer(text, start, end):
        if begins_tag(text, m.end(), end, strict=True):
            return m.end()
    return None
