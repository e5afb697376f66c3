"""Who does an act to whom, by a learnt scorer: a softmax over the places where people are named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from fabula.encoder.weights import Weights
from fabula.ledger.clauses import SUBJECTS, Clauses
from fabula.ledger.slots import Slot, meant, said_by, slots_of
from fabula.lexicon.deeds import TAKEN_FROM
from fabula.types import Floats

AGENT, PATIENT = 0, 1
"""Rows of the scorer's weights."""
LEAST = 0.02
"""People less likely than this in a role are not thought of."""

_WHOLE = frozenset({"touch", "embrace", "kiss", "restrain", "strike", "look"})
"""Deeds whose direct object, where it is a person, is the one they are done to."""
_ANYBODY = frozenset({"they", "one", "it", "nobody", "everybody", "everyone", "somebody", "someone"})
"""Subjects that, where the reading knows nobody by them, are nobody of the story."""

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

    P(a, b | a ≠ b), the two taken as otherwise independent. Words do their act for whoever speaks them; where
    the act's verb has a subject or object of its own, nobody else is thought of.
    """
    slots = slots_of(c, t, kind, words)
    rows = w["who.weight"]
    quote = c.quote[t]
    agents = said_by(c.analysis.quotes[quote]) if words and quote >= 0 else beliefs(rows[AGENT], slots)
    patients = beliefs(rows[PATIENT], slots)
    if not words:
        subject, item = _stated(c, t, kind)
        agents, patients = _among(agents, subject), _among(patients, item)
    found = [
        Pair(x, y, p * q / max(1 - patients.get(x, 0.0), q))
        for x, p in agents.items()
        for y, q in patients.items()
        if x != y
    ]
    return sorted(found, key=lambda f: (-f.p, f.agent, f.patient))


def _stated(c: Clauses, t: int, kind: str) -> tuple[set[int] | None, set[int] | None]:
    """Who alone may do what the verb at ``t`` says, and to whom, where the sentence says so; else None.

    The subject of an active verb does it, its object suffers it: nobody else, however near he stands. In the
    passive the subject suffers it from the one after "by".
    """
    agent: set[int] | None = None
    patient: set[int] | None = None
    if c.upos[t] != "VERB" or c.lemma[t] in TAKEN_FROM:
        return agent, patient
    subjects = [k for k in c.children[t] if c.deprel[k] in SUBJECTS]
    if not any(c.deprel[k] == "aux:pass" for k in c.children[t]):
        for s in subjects:
            agent = _people_at(c, s)
        for o in c.deps(t, "obj") if kind in _WHOLE else ():
            patient = None if c.mention[o] is None or c.each_other(o) else _people_at(c, o)
    elif kind in _WHOLE:
        for s in subjects:
            patient = set() if _thing(c, s) else _people_at(c, s)
        for k in c.deps(t, "obl", "obl:agent"):
            if "by" in c.case(k):
                agent = set() if _thing(c, k) else _people_at(c, k)
    return agent, patient


def _thing(c: Clauses, k: int) -> bool:
    """Whether a noun is neither a person nor anybody's."""
    return c.upos[k] == "NOUN" and c.mention[k] is None and not c.is_part(k) and not c.owner(k)


def _people_at(c: Clauses, k: int) -> set[int] | None:
    """Everybody whom token ``k`` and those joined to it may mean; None where no person stands there."""
    m = c.mention[k]
    if m is None or c.is_part(k):
        return set() if c.form[k] in _ANYBODY else None
    found = set(meant(c, m))
    for j in c.deps(k, "conj"):
        other = c.mention[j]
        found |= set(meant(c, other)) if other is not None else set()
    return found


def _among(some: Beliefs, allowed: set[int] | None) -> Beliefs:
    return some if allowed is None else {x: p for x, p in some.items() if x in allowed}
