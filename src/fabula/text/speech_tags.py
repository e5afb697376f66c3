"""Speech tags ("said Olga", "he asked softly") found by their words, without syntax.

Everything here looks at a bounded stretch of text, so that a caller who asks once per mark stays linear.
"""

from __future__ import annotations

import re

from fabula.text.verbs import VERB_FORMS
from fabula.text.words import words

REACH = 90
"""Code points looked at behind or before a place."""

_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|[^\w\s]|\d+")
_SUBJECTS = words("he she they it i we you who one everyone everybody someone somebody nobody xe ze ey fae")
_DETERMINERS = words(
    "the a an this that my your his her its our their one another some both each every old young poor little",
    "dear mr mrs miss ms dr sir lady lord",
)
_STARTERS = words(
    "then but and so when while now yet still after before for in on at if as to with not there here what",
    "how why where who whose by from no yes oh well perhaps maybe once again thus till until since because",
    "though although",
)
_SPOKEN = words("i we you my our your this that some both each every another it")
_BETWEEN = words("had has have would could then just only now finally merely simply almost all both also")
_REPORTED = words(
    "that me us him them it so nothing something anything what if how there we they he she i you no",
    "more goodbye",
)
_HEARERS = words("me him her us them")
_PAST = words("said told spoke sang swore wrote thought began wept understood read quoth saith")
_PARTICLES = {
    "went": "on",
    "goes": "on",
    "going": "on",
    "put": "in",
    "puts": "in",
    "cut": "in",
    "cuts": "in",
    "broke": "in",
    "breaks": "in",
    "burst": "out",
    "bursts": "out",
    "got": "out",
    "spoke": "up",
}


def _verb(tokens: list[str], i: int, strict: bool = False) -> bool:
    """Whether a finite verb of saying, thinking, writing stands at ``i``; ``strict``: past or in -s."""
    low = tokens[i].lower()
    if low in VERB_FORMS:
        if strict:
            return low.endswith(("ed", "s")) or low in _PAST
        return not low.endswith("ing") or low == "sing"
    return low in _PARTICLES and i + 1 < len(tokens) and tokens[i + 1].lower() == _PARTICLES[low]


def _word(token: str) -> bool:
    return token[0].isalpha()


def begins_tag(text: str, start: int, end: int, *, strict: bool = False, new_sentence: bool = False) -> bool:
    """Whether a speech tag begins at ``start`` (before ``end``, code points): "said Olga", "he softly asked".

    ``strict`` is for places where no mark divides the tag from the speech: it also refuses the first and
    second person and reported speech ("he told me that ..."), which are often spoken themselves.
    ``new_sentence`` is for places behind a full stop, where only a lower-case tag belongs to what precedes.
    """
    tokens = _TOKEN.findall(text, start, min(end, start + REACH))[:8]
    while tokens and tokens[0] in ",-–—*_":
        tokens.pop(0)
    if not tokens or not _word(tokens[0]) or (new_sentence and not tokens[0][0].islower()):
        return False
    first = tokens[0].lower()
    if _verb(tokens, 0, strict) and tokens[0][0].islower():
        step = 2 if first in _PARTICLES else 1
        after = tokens[step] if len(tokens) > step else "."
        low = after.lower()
        if low in _SUBJECTS or low in _DETERMINERS or (_word(after) and after[0].isupper()):
            return not (strict and low in _SPOKEN)
        return not _word(after) and not strict
    if first in _STARTERS:
        return False
    named = tokens[0][0].isupper() and first not in _SUBJECTS and first not in _DETERMINERS
    if not (named or first in _SUBJECTS or first in _DETERMINERS):
        return False
    if strict and (first in _SPOKEN or (first in _SUBJECTS and tokens[0][0].isupper())):
        return False
    reach = 3 if first in _SUBJECTS else 4 if named else 5
    for i in range(1, min(reach + 1, len(tokens))):
        token = tokens[i]
        if not _word(token) and token != ".":
            return False
        if _verb(tokens, i, strict):
            return not (strict and i + 1 < len(tokens) and tokens[i + 1].lower() in _REPORTED)
        if first in _SUBJECTS and not (token.lower() in _BETWEEN or token.endswith("ly")):
            return False
        if token == "." and first not in _DETERMINERS and i > 1:
            return False
    return False


def is_short_tag(text: str, start: int, end: int) -> bool:
    """Whether nothing but a short tag stands at ``start`` up to a mark: "I said.", "the old man asked me."

    Reported speech ("I said that I would") goes on past its verb, so that "I" may be trusted here.
    """
    tokens = _TOKEN.findall(text, start, min(end, start + REACH))[:8]
    if not tokens or not _word(tokens[0]):
        return False
    first = tokens[0].lower()
    if first in _STARTERS or (first not in _SUBJECTS and first not in _DETERMINERS and tokens[0].islower()):
        return False
    if first in _SUBJECTS and tokens[0] != "I" and not tokens[0].islower():
        return False
    for i in range(1, len(tokens)):
        if not _word(tokens[i]):
            return False
        if _verb(tokens, i, strict=True):
            after = tokens[i + 1 :]
            if after and after[0].lower() in _HEARERS:
                after = after[1:]
            return not after or after[0] in ".,—–-"
        if i > 3 or (first in _SUBJECTS and not tokens[i].endswith("ly")):
            return False
    return False


def ends_tag(text: str, start: int, end: int) -> bool:
    """Whether a speech tag that announces a quote ends at ``end``: "She asked:", "he said to me,"."""
    tokens = _TOKEN.findall(text, max(start, end - REACH), end)
    while tokens and tokens[-1] in "*_":
        tokens.pop()
    if not tokens or tokens[-1] not in ",:—–-":
        return False
    while tokens and tokens[-1] in ",:—–-":
        tokens.pop()
    for i in range(len(tokens) - 1, max(-1, len(tokens) - 8), -1):
        if tokens[i] in ".!?;:":
            return False
        low = tokens[i].lower()
        if low in VERB_FORMS and not (low == "saying" and tokens[i - 1].lower() in ("the", "old")):
            return True
        if low in _PARTICLES and tokens[i + 1 : i + 2] == [_PARTICLES[low]]:
            return True
    return False
