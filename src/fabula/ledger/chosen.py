"""From events to acts: the people of each, and what speaks for them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from fabula.encoder.weights import Weights
from fabula.heads.acts import ActScores
from fabula.ledger.clauses import SUBJECTS, Clauses
from fabula.ledger.events import UNREAL, Event, find_events
from fabula.ledger.found import Found
from fabula.ledger.sure import Ease, confidence, ease_of, features_of
from fabula.ledger.who import Pair, pairs_of
from fabula.lexicon.words import words

_CONTACT = frozenset({"touch", "embrace", "kiss", "restrain", "strike"})
"""Deeds of which one word tells one: a touch is none of the others (docs/guidelines.md)."""
_WISHES = words("want wish hope long yearn ache crave mean intend try like love prefer hate dread")
"""Verbs that do nothing by themselves where they govern another."""


class Candidate(NamedTuple):
    """An act with its people and the features of its confidence (``sure.NAMES``)."""

    event: Event
    agent: int
    patient: int | None
    features: list[float]


def candidates(c: Clauses, scores: ActScores) -> list[Candidate]:
    """Every act that rules or classifier found, however unsure."""
    ease = ease_of(c.analysis)
    return [k for e in find_events(c, scores) for k in _people(c, e, scores.weights, ease)]


def choose(c: Clauses, scores: ActScores, least: float) -> Iterator[Found]:
    """The acts with a confidence of at least ``least`` in [0, 1]; of several deeds of touch the surest."""
    some = candidates(c, scores)
    if not some:
        return
    sure = confidence(scores.weights, [k.features for k in some]).tolist()
    contact: dict[tuple[int, int, int | None], float] = {}
    for k, p in zip(some, sure, strict=True):
        if k.event.kind in _CONTACT:
            contact[_where(k)] = max(contact.get(_where(k), 0.0), p)
    for k, p in zip(some, sure, strict=True):
        if p >= least and not (k.event.kind in _CONTACT and p < contact[_where(k)]):
            e = k.event
            denied, imagined = status(e)
            yield Found(e.kind, k.agent, k.patient, e.trigger, e.t, denied, imagined, p, 1.0)


def _where(k: Candidate) -> tuple[int, int, int | None]:
    return k.event.t, k.agent, k.patient


def status(e: Event) -> tuple[bool, bool]:
    """Whether an event is denied, and whether imagined: it happened only if rules and classifier say so."""
    doubted = e.unreal >= UNREAL and not e.words and not e.denied
    return e.denied, e.imagined or doubted


def _by_one_of_them(c: Clauses, t: int) -> bool:
    """Whether the verb's subject are several people of whom the object is one.

    "They asked me" is done by others than the two whom the reading takes for "they".
    """
    objects = {m.entity for k in c.deps(t, "obj", "iobj") if (m := c.mention[k]) is not None}
    subjects = (m for k in c.deps(t, *SUBJECTS) if (m := c.mention[k]) is not None)
    return any(not objects.isdisjoint(c.members.get(m.entity, ())) for m in subjects if m.entity is not None)


def _only_wished(c: Clauses, e: Event) -> bool:
    """Whether an event that no rule found is somebody's wish to do another: "He wanted to thank her"."""
    alone = not e.rules and not e.words and not any(c.deps(e.t, "obj", "iobj"))
    return alone and c.lemma[e.t] in _WISHES and any(c.deps(e.t, "xcomp"))


def _people(c: Clauses, e: Event, w: Weights, ease: Ease) -> Iterator[Candidate]:
    if _by_one_of_them(c, e.t) or _only_wished(c, e):
        return
    scored = pairs_of(w, c, e.t, e.kind, e.words)
    chance = {(f.agent, f.patient): f.p for f in scored}
    if len(e.rules) > 1 and any(f.patient is not None for f in e.rules):
        for f in e.rules:
            if f.patient is not None:
                yield _of_rule(e, f, chance.get((f.agent, f.patient), 0.0), ease)
        return
    best = scored[0] if scored else None
    if not e.rules:
        if best is not None:
            yield Candidate(e, best.agent, best.patient, features_of(e, best.p, None, None, ease))
        return
    f = e.rules[0]
    if f.patient is None:
        if best is None:
            yield Candidate(e, f.agent, None, features_of(e, 0.0, None, f.p, ease))
        else:
            yield Candidate(e, best.agent, best.patient, features_of(e, best.p, None, f.p, ease))
        return
    own = chance.get((f.agent, f.patient), 0.0)
    if best is not None and _better(best, own + f.people):
        yield Candidate(e, best.agent, best.patient, features_of(e, best.p, None, f.p, ease))
    else:
        yield _of_rule(e, f, own, ease)


def _better(best: Pair, other: float) -> bool:
    """Whether the scorer's pair is likelier than the rule's, whose two probabilities add up to ``other``."""
    return best.p > other


def _of_rule(e: Event, f: Found, scored: float, ease: Ease) -> Candidate:
    return Candidate(e, f.agent, f.patient, features_of(e, scored, f.people, f.p, ease))
