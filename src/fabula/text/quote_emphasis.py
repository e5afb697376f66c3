"""Thoughts, signs and messages that are set off without quotation marks: *He knows,* Imre thought.

Emphasised words are somebody's thought or message where a tag says so, and only there: emphasis stands for
much else, as what somebody said long ago. So are words between angle brackets, colons, slashes or tildes
somebody's speech, from mind to mind or in signs; a story that tags two of a kind has all of that kind.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fabula.text.quote_runs import Piece
from fabula.text.speech_tags import REACH, begins_tag, ends_tag, is_short_tag
from fabula.text.verbs import VERB_FORMS
from fabula.types import Mark

EMPHASIS = "*"
"""``QuoteSpan.style`` of emphasised words; the others' are "<", "//", "::" and "~"."""
LONGEST = 600
"""Code points of what is set off."""
TAGGED = 2
"""Tagged stretches between marks of one kind, from which on untagged ones of that kind are speech, too."""
_SET_OFF = re.compile(
    r"(?<![\w<])<(?P<angle>[^\W\d_][^<>\n]{0,600}?[.,!?…—–-])>(?!\w)"
    r"|(?<![\w:/])//(?P<slash>[^\s/][^/\n]{0,600}?[.,!?…—–-])//(?!\w)"
    r"|(?<![\w:])::?(?P<colon>[^\s:][^:\n]{0,600}?[.,!?…—–-])::?(?!\w)"
    r"|(?<![\w~])~(?P<tilde>[^\s~][^~\n]{0,600}?[.,!?…—–-])~(?!\w)"
)
_OPENS = frozenset('.!?…:—–-"”’»)*_>/~')
_TERMINAL = frozenset(".!?…—–-")
_THING = re.compile(r"[Ii]t\b")
_THING_BEFORE = re.compile(r"\b[Ii]t(?:[’']s|\s\w+)?\s\w+[,:]\W*$")
"""A paper that is read: whose words they are its tag does not say."""
_CLAUSE = re.compile(r"[.!?…;]\s")
_WORD = re.compile(r"[^\W\d_]+")
_ONESELF = re.compile(r"\b(?:him|her|my|your|them|it)sel(?:f|ves)\b")
_PRONOUNS = re.compile(r"(?:He|She|They|It|I|We|You|Xe|Ze|Ey|Fae)\b")


@dataclass(frozen=True, slots=True)
class SetOff:
    """A stretch [start, end) in code points, without the signs around it; ``style``: see EMPHASIS."""

    start: int
    end: int
    style: str


def set_off_speech(text: str, pieces: Sequence[Piece], marks: Sequence[Mark]) -> dict[int, list[SetOff]]:
    """Index of a piece -> what somebody thinks, signs, sends or writes there. Linear in pieces and marks."""
    emphasis = [m for m in marks if m.kind == "emphasis" and m.end - m.start <= LONGEST]
    starts = [m.start for m in emphasis]
    out: dict[int, list[SetOff]] = defaultdict(list)
    others: dict[str, list[tuple[int, SetOff, bool]]] = defaultdict(list)
    for i, (low, high, _) in enumerate(pieces):
        found = (
            SetOff(m.start, m.end, EMPHASIS)
            for m in emphasis[bisect_left(starts, low) : bisect_left(starts, high)]
            if m.end <= high
        )
        out[i] += _tagged(text, low, high, found)
        for m in _SET_OFF.finditer(text, low, high):
            style = {"angle": "<", "slash": "//", "colon": "::", "tilde": "~"}[str(m.lastgroup)]
            part = SetOff(*m.span(m.lastgroup or 0), style)
            others[style].append((i, part, _has_tag(text, low, high, part)))
    for rows in others.values():
        enough = sum(tagged for _, _, tagged in rows) >= TAGGED
        for i, part, tagged in rows:
            if tagged or enough:
                out[i].append(part)
    return {i: sorted(some, key=lambda x: x.start) for i, some in out.items() if some}


def _tagged(text: str, low: int, high: int, found: Iterator[SetOff]) -> Iterator[SetOff]:
    """Those that a tag stands beside, and sentences of the paragraph that go on from one."""
    before = False
    for part in found:
        if _has_tag(text, low, high, part):
            before = True
            yield part
        elif before and _sentence(text, low, part) and text[part.end - 1] in _TERMINAL:
            yield part


def _has_tag(text: str, low: int, high: int, part: SetOff) -> bool:
    """Whether a tag says whose words they are: after a mark that leads to it, or before."""
    first, last = _outer(text, low, high, part)
    if not any(map(str.isalpha, text[part.start : part.end])):
        return False
    closing = text[part.end - 1]
    at = last
    if closing.isalnum() and text[at : at + 1] == ",":
        closing, at = ",", at + 1
    while at < high and text[at] == " ":
        at += 1
    if _THING.match(text, at):
        return False
    if closing in ",!?…—–-" and at < high and _sentence(text, low, part):
        if _PRONOUNS.match(text, at) and not (closing == "," or text.startswith("I ", at)):
            return False  # "*No!* He laughed."
        if begins_tag(text, at, high) or is_short_tag(text, at, high):
            return part.style != EMPHASIS or _silent(_CLAUSE.split(text[at : min(high, at + REACH)])[0])
    if _THING_BEFORE.search(text, max(low, first - 40), first):
        return False
    if not (text[part.start].isupper() and closing in _TERMINAL and ends_tag(text, low, first)):
        return False
    return part.style != EMPHASIS or _silent(
        _CLAUSE.split(text[max(low, first - REACH) : first].rstrip(" *_,:—–-"))[-1]
    )


def _silent(tag: str) -> bool:
    """Whether a tag is of thinking, writing, or speaking to oneself."""
    if _ONESELF.search(tag):
        return True
    kinds = [VERB_FORMS[w] for w in _WORD.findall(tag.lower()) if w in VERB_FORMS and w != "read"]
    return bool(kinds) and not {"say", "manner"} & set(kinds)


def _outer(text: str, low: int, high: int, part: SetOff) -> tuple[int, int]:
    """The stretch with the signs around it."""
    first, last = part.start, part.end
    while first > low and text[first - 1] in "*_<:/~":
        first -= 1
    while last < high and text[last] in "*_>:/~":
        last += 1
    return first, last


def _sentence(text: str, low: int, part: SetOff) -> bool:
    """Whether a sentence begins there."""
    at = _outer(text, low, part.end, part)[0]
    while at > low and text[at - 1].isspace():
        at -= 1
    return (at == low or text[at - 1] in _OPENS) and not text[part.start].islower()
