"""Who does an act to whom, by a learnt scorer: a softmax over the places where people are named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from fabula.heads.weights import Weights
from fabula.ledger.clauses import Clauses
from fabula.ledger.slots import Slot, said_by, slots_of
from fabula.types import Floats

AGENT, PATIENT = 0, 1
"""Rows of the scorer's weights."""
LEAST = 0.02
"""People less likely than this in a role are not thought of."""

Beliefs = dict[int, float]


class Pair(NamedTuple):
    """An agent and a patient, and P(they are the ones) in [0, 1]."""

    agent: int
    patient: int
    p: float


def chances(weights: Floats, slots: Sequence[Slot]) -> Floats:
    """How likely each place is the one meant, (n_slots,), together 1. ``weights`` (BUCKETS,) of one role."""
    z = np.asarray([weights[list(s.features)].sum() for s in slots], dtype=np.float64)
    z = np.exp(z - z.max())
    return np.asarray(z / z.sum(), dtype=np.float32)


def beliefs(weights: Floats, slots: Sequence[Slot]) -> Beliefs:
    """Who is meant in a role and how probably; what is missing to 1 is somebody unknown."""
    out: defaultdict[int, float] = defaultdict(float)
    if slots:
        for s, p in zip(slots, chances(weights, slots).tolist(), strict=True):
            for x, share in s.people.items():
                out[x] += p * share
    return {x: p for x, p in out.items() if p >= LEAST}


def pairs_of(w: Weights, c: Clauses, t: int, kind: str, words: bool) -> list[Pair]:
    """The agents and patients of an act of ``kind`` at token ``t``, the likeliest pair first.

    P(a, b | a ≠ b), the two taken as otherwise independent. Words do their act for whoever speaks them.
    """
    slots = slots_of(c, t, kind, words)
    rows = w["who.weight"]
    quote = c.quote[t]
    agents = said_by(c.analysis.quotes[quote]) if words and quote >= 0 else beliefs(rows[AGENT], slots)
    patients = beliefs(rows[PATIENT], slots)
    found = [
        Pair(x, y, p * q / max(1 - patients.get(x, 0.0), q))
        for x, p in agents.items()
        for y, q in patients.items()
        if x != y
    ]
    return sorted(found, key=lambda f: (-f.p, f.agent, f.patient))
