"""Where in a text the people of an act may be named: mentions around its words, and who speaks to whom.

Each place is described by features that a linear scorer weighs (``ledger/who.py``): the way through the parse
from the act's word to the mention, its preposition, its form, its distance; or which quote's speaker or
addressee it is. Features are strings, kept only as hashes.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

from fabula.ledger.clauses import Clauses, Who
from fabula.lexicon.bodies import BODY_PARTS
from fabula.lexicon.deeds import DEED_KINDS
from fabula.lexicon.gender import PRONOUNS
from fabula.types import Mention, Quote

BUCKETS = 2048
"""Features are hashed into so many."""
BACK = 3
"""Mentions of so many sentences before the act's own are tried."""
MOST = 14
"""At most so many mentions before the act's own sentence, the nearest."""
_STEPS = 5
"""A longer way through the parse is only called far."""


class Slot(NamedTuple):
    """A place where a person is meant. ``people``: who it may be, and how probably, each in [0, 1].

    ``mention`` is the mention's id, ``speaker`` or ``heard`` the quote whose speaker or addressee is meant;
    -1 where it is another.
    """

    people: dict[int, float]
    features: tuple[int, ...]
    mention: int = -1
    speaker: int = -1
    heard: int = -1


@lru_cache(maxsize=65536)
def bucket(feature: str) -> int:
    """The place of a feature among the weights."""
    return crc32(feature.encode()) % BUCKETS


def slots_of(c: Clauses, t: int, kind: str, words: bool) -> list[Slot]:
    """All places for an act of ``kind`` told at token ``t``; ``words``: done by the words there."""
    group = (
        "words" if words else ("deed" if kind in DEED_KINDS else "told") + ("q" if c.quote[t] >= 0 else "")
    )
    return [*_mentions(c, t, kind, group), *_quotes(c, t, kind, group)]


# ------------------------------------------------------------------ mentions
def _mentions(c: Clauses, t: int, kind: str, group: str) -> Iterator[Slot]:
    ranges = c.analysis.story.sentence_tokens
    here = c.sentence[t]
    first, last = int(ranges[max(here - BACK, 0), 0]), int(ranges[here, 1])
    own = int(ranges[here, 0])
    at = c.people_at[bisect_left(c.people_at, first) : bisect_left(c.people_at, last)]
    before = [k for k in at if k < own][-MOST:]
    inside = [k for k in at if k >= own]
    voice = "passive" if c.subject(t)[1] else ""
    for k in (*before, *inside):
        m = c.mention[k]
        if m is None or k == t:
            continue
        people = meant(c, m)
        if not people:
            continue
        names = _form(c, k, m)
        if k >= own:
            between = abs(bisect_right(inside, k) - bisect_right(inside, t))
            found = _within(c, t, k, kind, group, names, between, voice)
        else:
            found = _earlier(c, t, k, group, names, len(before) - before.index(k))
        yield Slot(people, tuple(bucket(f) for f in found), mention=m.id)


def meant(c: Clauses, m: Mention) -> dict[int, float]:
    """Who a mention may mean: each with his probability; of a group each member, for each does it."""
    if m.entity is None:
        return {}
    group = c.members.get(m.entity)
    if group:
        return {x: m.confidence / len(group) for x in group}
    return c.distribution(Who(m.entity, m.confidence, m.id))


def _form(c: Clauses, k: int, m: Mention) -> str:
    if m.kind != "PRON":
        return m.kind
    p = PRONOUNS.get(c.form[k])
    if p is None:
        return "PRON"
    return f"{p.person}{p.number}{'poss' if c.xpos[k] == 'PRP$' else ''}"


def _within(
    c: Clauses, t: int, k: int, kind: str, group: str, form: str, between: int, voice: str
) -> Iterator[str]:
    """Features of a mention in the act's own sentence."""
    side = "r" if k > t else "l"
    same = "same" if c.quote[k] == c.quote[t] else "other"
    yield f"within {group}"
    yield f"form {group} {form} {side}"
    yield f"side {group} {side} {min(between, 4)}"
    yield f"quote {group} {same} {form}"
    yield f"relation {group} {c.deprel[k]} {side}"
    yield f"kindform {kind} {form} {same}"
    if group == "words":
        yield f"wordform {form} {same} {c.deprel[k]}"
        return
    way, over = path(c, t, k)
    prep = " ".join(c.case(over)) if over >= 0 else ""
    yield f"way {group} {way}"
    yield f"way {way} {voice}"
    yield f"kind {kind} {way}"
    yield f"prep {group} {prep} {side}"
    yield f"kindprep {kind} {prep} {way}"
    if c.deprel[k] == "nmod:poss" and c.head[k] >= 0 and c.lemma[c.head[k]] in BODY_PARTS:
        yield f"part {group} {side} {c.deprel[c.head[k]]}"


def _earlier(c: Clauses, t: int, k: int, group: str, form: str, rank: int) -> Iterator[str]:
    """Features of a mention in a sentence before."""
    back = c.sentence[t] - c.sentence[k]
    top = c.head[k] >= 0 and c.head[c.head[k]] < 0
    where = "narration" if c.quote[k] < 0 else "same" if c.quote[k] == c.quote[t] else "quote"
    yield f"earlier {group}"
    yield f"back {group} {back} {where}"
    yield f"rank {group} {min(rank, 8)}"
    yield f"eform {group} {form} {where}"
    yield f"erelation {group} {c.deprel[k]} {top} {where}"


def path(c: Clauses, t: int, k: int) -> tuple[str, int]:
    """The way through the parse from token ``t`` to ``k`` ("<conj >obl >nmod:poss"), "far" if long.

    Second, the first token on the way down, whose preposition governs ``k``; -1 where the way goes only up.
    """
    up = [t]
    while c.head[up[-1]] >= 0 and len(up) <= _STEPS:
        up.append(c.head[up[-1]])
    down = [k]
    while down[-1] not in up and c.head[down[-1]] >= 0 and len(down) <= _STEPS:
        down.append(c.head[down[-1]])
    if down[-1] not in up:
        return "far", -1
    rise = up[: up.index(down[-1])]
    fall = down[-2::-1]
    if len(rise) + len(fall) > _STEPS:
        return "far", fall[0] if fall else -1
    steps = [f"<{c.deprel[x]}" for x in rise] + [f">{c.deprel[x]}" for x in fall]
    return " ".join(steps), fall[0] if fall else -1


# ------------------------------------------------------------------ quotes
def _quotes(c: Clauses, t: int, kind: str, group: str) -> Iterator[Slot]:
    """Speakers and addressees of the act's own quote and of the quotes before and after it."""
    quotes = c.analysis.quotes
    if not quotes:
        return
    own = c.quote[t]
    at = int(c.analysis.story.tokens.start[t])
    k = bisect_right(c.quote_starts, at)
    before, after = (own - 1, own + 1) if own >= 0 else (k - 1, k)
    for q, where in ((own, "own"), (before, "before"), (after, "after")):
        if not 0 <= q < len(quotes):
            continue
        gap = "" if where == "own" else _gap(c, at, quotes[q])
        speaker, heard = said_by(quotes[q]), said_to(quotes[q])
        for people, role in ((speaker, "speaker"), (heard, "heard")):
            if people or role == "heard":
                found = (f"{role} {where} {group} {gap}", f"{role} {where} {kind}", f"{role} {where}")
                here = tuple(bucket(f) for f in found)
                yield Slot(people, here, **{role: q})


def _gap(c: Clauses, at: int, q: Quote) -> str:
    """How a quote lies to a place outside it: in its paragraph, in the next, or farther."""
    low, high = min(q.end, at), max(q.start, at)
    breaks = c.analysis.story.text[low:high].count("\n\n") if high - low < 2000 else 9
    return str(min(breaks, 3))


def said_by(q: Quote) -> dict[int, float]:
    """Who may speak a quote, each with his probability."""
    out = {k.entity: k.p for k in q.candidates}
    if q.speaker is not None:
        out[q.speaker] = q.confidence
    return out


def said_to(q: Quote) -> dict[int, float]:
    """Whom a quote is said to, where that is one."""
    return {q.addressees[0]: q.addressee_confidence or 0.5} if len(q.addressees) == 1 else {}
