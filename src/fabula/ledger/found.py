"""An act as it is found, before it is numbered and joined to those found beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from fabula.ledger.clauses import Clauses, Who
from fabula.ledger.stance import Stance
from fabula.types import Channel, Span

_ALSO_OWN = frozenset({"touch", "approach", "look", "withdraw", "give"})
"""Deeds that one may do to a part of oneself."""


class Found(NamedTuple):
    """One act by one person. ``p`` is the probability that all of it is right, given who is meant.

    ``token`` is where it is told; ``patient`` None where it has no single one; ``people`` the probability in
    [0, 1] that both are the right ones.
    """

    kind: str
    agent: int
    patient: int | None
    trigger: Span
    token: int
    denied: bool
    imagined: bool
    p: float
    people: float

    @property
    def confidence(self) -> float:
        """The probability that kind and people are right."""
        return self.p * self.people


def pairs(
    c: Clauses, kind: str, agents: Sequence[Who], patients: Sequence[Who], t: int, how: Stance, p: float,
    end: int | None = None,
) -> list[Found]:  # fmt: skip
    """One act for each agent and patient who are two people; told at token ``t``, in tokens [t, end)."""
    found = []
    trigger = c.span(t, end)
    single = len(agents) == 1 == len(patients)
    for a in agents:
        for b in patients:
            who = two_people(c, a, b, single=single, own_part=b.part and kind in _ALSO_OWN)
            if who is not None:
                x, y, sure = who
                found.append(Found(kind, x, y, trigger, t, how.denied, how.imagined, p * how.weight, sure))
    return found


def two_people(c: Clauses, a: Who, b: Who, *, single: bool, own_part: bool) -> tuple[int, int, float] | None:
    """The likeliest agent and patient who are not the same person, and how likely they are.

    Nobody does such a thing to himself and is then called "him": P(x, y | x ≠ y), the two taken as otherwise
    independent. With ``own_part`` he may ("wiped his face"). None where both are most likely one
    person, or where ``single`` is false and both are the same.
    """
    if own_part or not single:
        return None if a.entity == b.entity else (a.entity, b.entity, a.p * b.p)
    left, right = c.distribution(a), c.distribution(b)
    same = sum(p * right.get(x, 0.0) for x, p in left.items())
    best = max(
        ((p * q, x, y) for x, p in left.items() for y, q in right.items() if x != y),
        key=lambda row: (row[0], -row[1], -row[2]),
        default=None,
    )
    if best is None or best[0] <= 0 or same >= 1:
        return None
    return best[1], best[2], best[0] / (1 - same)


def channel_of(c: Clauses, t: int) -> Channel:
    """Whether a token stands in somebody's words."""
    return "speech" if c.quote[t] >= 0 else "narration"


def evidence_of(c: Clauses, t: int) -> Span:
    """The sentence around a token."""
    return c.analysis.story.sentences[c.sentence[t]]
