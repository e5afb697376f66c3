"""Bonds: what passes between two people, scene by scene, summed up from the ledger with intervals."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import replace

from fabula.ledger.estimates import share
from fabula.ledger.turns import find_turns
from fabula.lexicon.tone import tone
from fabula.types import Act, Analysis, Bond, BondScene, Interval, Quote

LEAST_ACTS, LEAST_LINES = 2, 4
"""A pair has a bond from so many acts between them, or so many lines."""
TONED = 2
"""Under so many friendly or unfriendly acts a scene's tone is left blank."""
BALANCED = 5
"""Under so many acts nothing is said of asymmetry."""

Pair = tuple[int, int]


def happened(act: Act) -> bool:
    """Whether the text says that the act took place."""
    return not act.negated and not act.hypothetical


def pair_acts(analysis: Analysis) -> dict[Pair, list[Act]]:
    """Acts that took place, by the two people between whom, in text order; the smaller id first."""
    persons = {e.id for e in analysis.entities if e.type == "PER" and e.role != "group"}
    found: defaultdict[Pair, list[Act]] = defaultdict(list)
    for act in analysis.acts:
        if act.agent in persons and act.patient in persons and act.agent != act.patient and happened(act):
            found[_pair(act.agent, act.patient)].append(act)
    return found


def pair_lines(analysis: Analysis) -> dict[Pair, list[Quote]]:
    """Quotes said by one person to one other, by the two, in text order."""
    found: defaultdict[Pair, list[Quote]] = defaultdict(list)
    for q in analysis.quotes:
        if (
            q.kind == "speech"
            and q.speaker is not None
            and len(q.addressees) == 1
            and q.addressees[0] != q.speaker
        ):
            found[_pair(q.speaker, q.addressees[0])].append(q)
    return found


def find_bonds(analysis: Analysis) -> tuple[Bond, ...]:
    """The bond of every pair with enough between them, those with most acts first."""
    acts, lines = pair_acts(analysis), pair_lines(analysis)
    persons = {e.id for e in analysis.entities if e.type == "PER" and e.role != "group"}
    pairs = {p for p, some in acts.items() if len(some) >= LEAST_ACTS}
    pairs |= {p for p, some in lines.items() if len(some) >= LEAST_LINES and set(p) <= persons}
    order = sorted(pairs, key=lambda p: (-len(acts.get(p, ())), -len(lines.get(p, ())), p))
    bonds = [_bond(analysis, p, acts.get(p, []), lines.get(p, [])) for p in order]
    turns = find_turns(analysis, {p: acts.get(p, []) for p in order})
    return tuple(replace(b, turns=turns[b.a, b.b]) for b in bonds)


def _pair(x: int | None, y: int | None) -> Pair:
    assert x is not None and y is not None
    return (x, y) if x < y else (y, x)


def scene_of(analysis: Analysis, offset: int, starts: list[int]) -> int | None:
    """The index of the scene in which ``offset`` stands."""
    k = bisect_right(starts, offset) - 1
    return k if k >= 0 and offset < analysis.scenes[k].end else None


def _bond(analysis: Analysis, pair: Pair, acts: list[Act], lines: list[Quote]) -> Bond:
    a, b = pair
    starts = [s.start for s in analysis.scenes]
    by_scene: defaultdict[int, tuple[list[Act], list[Quote]]] = defaultdict(lambda: ([], []))
    for act in acts:
        k = scene_of(analysis, act.trigger.start, starts)
        if k is not None:
            by_scene[k][0].append(act)
    for q in lines:
        k = scene_of(analysis, q.start, starts)
        if k is not None:
            by_scene[k][1].append(q)
    scenes = tuple(
        BondScene(analysis.scenes[k].id, counts(some, a), said(its, a), tone_of(some))
        for k, (some, its) in sorted(by_scene.items())
    )
    return Bond(a, b, scenes, asymmetry(acts, a), ())


def counts(acts: list[Act], a: int) -> dict[str, tuple[int, int]]:
    """Per kind, how many acts of ``a`` to the other, and of the other to ``a``."""
    found: dict[str, tuple[int, int]] = {}
    for act in acts:
        there, back = found.get(act.kind, (0, 0))
        found[act.kind] = (there + 1, back) if act.agent == a else (there, back + 1)
    return found


def said(lines: list[Quote], a: int) -> tuple[int, int]:
    """How many lines ``a`` says to the other, and the other to ``a``."""
    mine = sum(q.speaker == a for q in lines)
    return mine, len(lines) - mine


def tone_of(acts: list[Act]) -> Interval | None:
    """Friendly against unfriendly acts, weighed by confidence: 1 all friendly, -1 all unfriendly.

    None where there are fewer than ``TONED`` of both together.
    """
    toned = [(tone(act.kind), act.confidence) for act in acts if tone(act.kind)]
    if len(toned) < TONED:
        return None
    warm, cold = (round(sum(p for sign, p in toned if sign == s), 4) for s in (1, -1))
    return share(warm, cold)


def asymmetry(acts: list[Act], a: int) -> Interval | None:
    """How one-sided the acts are: 1 all by ``a``, -1 all by the other; None where there are too few."""
    if len(acts) < BALANCED:
        return None
    mine = sum(act.agent == a for act in acts)
    return share(float(mine), float(len(acts) - mine))
