"""Names with a slip in them: "Hermoine" where the story has Hermione, "Imreee" for Imre drawn out."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence

from fabula.lexicon.name_lists import given_names
from fabula.lexicon.name_titles import TITLES, fold

SHORTEST = 5
"""Letters at least of a name in which one may be wrong."""
EXCHANGED, OTHERWISE = 2, 4
"""Times as often that the right form stands: two letters exchanged; one wrong or missing."""
STORY = 20_000
"""Tokens up to which a text has so few names that one letter's difference is no chance."""
BREATH = 8
"""Tokens within which two names are two people's, if a third of them stand so: “Barker!” called Baker."""
_DRAWN = re.compile(r"([^\W\d_])\1{2,}")
_NUMERAL = re.compile(r"[IVXLC]+")
_WORD = re.compile(r"[^\W\d_]+")


def slips(names: Iterable[tuple[str, int]]) -> dict[str, str]:
    """Word of a name that has a slip, folded -> the word that is meant, as it is mostly written.

    ``names``: what is called, and its first token. A slip is two letters exchanged or, in a text of up to
    ``STORY`` tokens, one left out, put in or taken for another, behind the first letter and before the last
    ("Helen" is not Helena); the word meant is the only one so near and stands more often. A given name that
    there is ("Marian") has no slip. A letter drawn out may be anywhere. In 73 whole novels letters exchanged
    are slips; of one wrong letter half are two people ("Gryce" and "Grace").
    """
    places: dict[str, list[int]] = {}
    written: dict[str, str] = {}
    for surface, token in names:
        for word in _WORD.findall(surface):
            if word[0].isupper() and fold(word) not in TITLES and not _NUMERAL.fullmatch(word):
                places.setdefault(fold(word), []).append(token)
                written.setdefault(fold(word), word)
    short = max((tokens[-1] for tokens in places.values()), default=0) <= STORY
    by_less: dict[str, set[str]] = {}
    for word in places:
        for less in _less(word):
            by_less.setdefault(less, set()).add(word)
    out: dict[str, str] = {}
    for word, own in places.items():
        near = {other for less in _less(word) for other in by_less[less] if other != word}
        meant = [other for other in near if _meant(word, other, own, places[other], short)]
        if len(meant) == 1 and meant[0] not in out:
            out[word] = written[meant[0]]
    return out


def corrected(surface: str, slip: Mapping[str, str]) -> str:
    """What is called, each slip put right."""
    return _WORD.sub(lambda m: slip.get(fold(m.group()), m.group()), surface) if slip else surface


def _less(word: str) -> set[str]:
    """The word, without one of its letters, and without what is drawn out."""
    drawn = {_DRAWN.sub(r"\1", word), _DRAWN.sub(r"\1\1", word)} if _DRAWN.search(word) else set()
    return {word, *drawn, *(word[:i] + word[i + 1 :] for i in range(1, len(word)))}


def _meant(word: str, other: str, own: Sequence[int], theirs: Sequence[int], short: bool) -> bool:
    if _DRAWN.search(word):
        return other in (_DRAWN.sub(r"\1", word), _DRAWN.sub(r"\1\1", word))
    if min(len(word), len(other)) < SHORTEST or word[0] != other[0] or word in given_names():
        return False
    exchanged = _exchanged(word, other)
    if not exchanged and not (short and _one_letter(word, other)):
        return False
    if len(theirs) < len(own) * (EXCHANGED if exchanged else OTHERWISE):
        return False
    return 3 * sum(_beside(token, theirs) for token in own) <= len(own)


def _beside(token: int, places: Sequence[int]) -> bool:
    i = bisect_left(places, token - BREATH)
    return i < len(places) and places[i] <= token + BREATH


def _exchanged(a: str, b: str) -> bool:
    at = [i for i, (p, q) in enumerate(zip(a, b, strict=False)) if p != q]
    return (
        len(a) == len(b)
        and len(at) == 2
        and at[1] == at[0] + 1
        and (a[at[0]], a[at[1]]) == (b[at[1]], b[at[0]])
    )


def _one_letter(a: str, b: str) -> bool:
    if len(a) == len(b):
        at = [i for i, (p, q) in enumerate(zip(a, b, strict=True)) if p != q]
        return len(at) == 1 and at[0] < len(a) - 1
    short, long = sorted((a, b), key=len)
    return len(long) == len(short) + 1 and any(
        long[:i] + long[i + 1 :] == short for i in range(1, len(long) - 1)
    )
