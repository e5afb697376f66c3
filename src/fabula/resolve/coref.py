"""Which entity each mention means: names are given, pronouns and descriptions follow the pair scores.

Mentions are read in text order. Each keeps a small distribution over entities rather than one choice, and
the mass an entity gets is the sum over its earlier mentions of exp(score) times their own probability: the
marginal likelihood the scorer was trained on (Lee et al. 2017), with doubt carried forward.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from fabula.heads.evidence import Evidence
from fabula.resolve.agreement import Agreement
from fabula.resolve.links import Links
from fabula.types import Floats, Ints, Story

KEEP = 5
"""Entities kept in a mention's distribution."""
MERGE_SHARE, MERGE_ODDS = 0.55, 0.3
"""A nameless entity takes the name that is first mentioned after it, in narration, when it holds this share
of the name's links and these odds against "none"."""

LEAN, LEAN_NAMES, LEAN_MENTIONS = 0.10, 4, 6
"""Mean share of a name's links at which a nameless entity is its bearer; names and mentions needed for it."""
HINT_BASE = 0.3
"""What a hint leaves of an entity it does not name."""
FLOOR, UNLINKED = 0.01, 0.02
"""The least that a reading with the cast in hand says of anybody; and the share of the links' mass for
somebody
whom no link reaches."""
ABSENT = 0.1
"""What is left of an entity that is only talked about, when narration says "he"."""
APART = 0.95
"""How surely grammar keeps two mentions apart."""

Distribution = tuple[tuple[int, float], ...]
"""(entity, probability), best first, at most KEEP."""


def best_first(shares: Iterable[tuple[int, float]], keep: int | None = None) -> Distribution:
    """Shares as a distribution: the likeliest ``keep`` (None: all), of equals the lower entity first."""
    return tuple(sorted(shares, key=lambda t: (-t[1], t[0]))[:keep])


@dataclass(frozen=True, slots=True)
class EntityBeliefs:
    """The entity of every mention.

    ``entity`` (n_mentions,) is the best; ``p`` its probability before calibration; ``distribution`` the best
    KEEP. Entities below ``n_named`` are the roster's, in its order; one that mention k begins is
    ``n_named + k``, so that a later pass means the same by it.
    """

    entity: Ints
    p: Floats
    distribution: tuple[Distribution, ...]
    n_named: int
    n_entities: int
    same: Mapping[int, int] = field(default_factory=dict)


def resolve_mentions(
    story: Story,
    evidence: Evidence,
    named: Ints,
    n_named: int,
    agreement: Agreement,
    fixed: Mapping[int, Distribution] | None = None,
    apart: Mapping[int, Sequence[int]] | None = None,
    repeats: Mapping[int, tuple[int, float]] | None = None,
    barred: Mapping[int, Distribution] | None = None,
    hints: Mapping[int, Distribution] | None = None,
    absent: frozenset[int] = frozenset(),
    same: Mapping[int, int] | None = None,
    seen: Mapping[int, Distribution] | None = None,
    links: Links | None = None,
) -> EntityBeliefs:
    """Give every mention its distribution over entities.

    ``named`` (n_mentions,) holds the roster index of proper names, -1 elsewhere. ``fixed`` gives mentions
    whose distribution is already known (a speaker's "I"); they still serve as antecedents. ``apart`` gives
    earlier mentions that mean somebody else, ``repeats`` one that it is by its words, and how surely;
    ``barred`` entities and how surely each is not meant,
    ``hints`` whom the surroundings suggest. ``absent`` are entities that narration does not speak of.
    ``same`` gives nameless entities known from an earlier pass to be named ones. ``seen`` is what a reading
    with the cast in hand says of a mention: probabilities of those it was shown; what is missing to 1 is
    anybody else. ``links`` are those of these names and fixed mentions, where they are
    known already.
    """
    a = evidence.anaphors
    n = a.n_mentions
    fixed, apart, barred, hints = fixed or {}, apart or {}, barred or {}, hints or {}
    repeats = repeats or {}
    decided = named >= 0
    links = links or Links(story, evidence, named, fixed)
    sets = links.sets
    leanings: dict[int, list[dict[int, float]]] = defaultdict(list)
    alias: dict[int, int] = dict(same or {})  # entity -> entity it was merged into
    out: list[Distribution] = []

    def root(e: int) -> int:
        while e in alias:
            e = alias[e]
        return e

    def gather(k: int) -> dict[int, float]:
        w = links[k]
        power = w.power
        mass: dict[int, float] = {}
        for x, jj in zip(w.weight.tolist(), w.mention.tolist(), strict=True):
            for e, p in out[jj]:
                if e in alias:
                    e = root(e)
                mass[e] = mass.get(e, 0.0) + (x * p if power == 1.0 else (x * p) ** power)
        if power != 1.0:
            mass = {e: v ** (1 / power) for e, v in mass.items()}
            total = sum(mass.values())
            mass = {e: v * w.linked / total for e, v in mass.items()}
        mass[-1] = w.nobody
        return mass

    for k in range(n):
        if k in fixed:
            known = tuple((root(e), p) for e, p in fixed[k])
            out.append(known)
            agreement.saw(known, sets[k])
            continue
        if decided[k]:
            e = root(int(named[k]))
            if k in links.asked:
                mass = gather(k)
                leanings[e].append(_leaning(mass, e))
                best = _nameless_same(mass, n_named) if k in links.first_named else None
                if best is not None and best != e and agreement.may_merge(best, e):
                    alias[best] = e
                    agreement.merge(best, e)
            out.append(((e, 1.0),))
            agreement.saw(out[-1], sets[k])
            continue
        mass = gather(k)
        shown = sets[k]
        if shown is not None:
            for e in mass:
                if e >= 0:
                    mass[e] *= agreement.factor(e, shown)
        for e, p in barred.get(k, ()):
            if root(e) in mass:
                mass[root(e)] *= 1.0 - p
        for other in apart.get(k, ()):
            for e, p in out[other]:
                if root(e) in mass:
                    mass[root(e)] *= 1.0 - APART * p
        if k in hints:
            suggested = {root(e): p for e, p in hints[k]}
            for e in mass:
                if e >= 0:
                    mass[e] *= HINT_BASE + suggested.get(e, 0.0)
        if seen and k in seen:
            shown_to = {root(e): p for e, p in seen[k]}
            nobody = max(0.0, 1.0 - sum(shown_to.values()))
            reached = float(sum(mass.values()))
            for e in shown_to:
                mass.setdefault(e, UNLINKED * reached)
            for e in mass:
                mass[e] *= shown_to.get(e, nobody) + FLOOR
        if k in repeats:
            before, share = repeats[k]
            odds = float(sum(mass.values())) * share / (1.0 - share)
            for e, p in out[before]:
                mass[root(e)] = mass.get(root(e), 0.0) + odds * p
        if absent and a.quote[k] < 0:
            for e in absent & mass.keys():
                mass[e] *= ABSENT
        total = sum(mass.values())
        ranked = best_first(((e, v / total) for e, v in mass.items()), KEEP)
        out.append(tuple((n_named + k if e == -1 else e, p) for e, p in ranked))
        agreement.saw(out[-1], sets[k])
    tells = {d[0][0] for k, d in enumerate(out) if a.cls[k] == 0 and a.kind[k] == 2 and a.quote[k] < 0}
    for e, u in _late_same(leanings, n_named, out).items():
        if root(u) == u and u not in tells and agreement.may_merge(u, e):
            alias[u] = e
    final = tuple(_rooted(d, root) for d in out)
    return EntityBeliefs(
        entity=np.asarray([d[0][0] for d in final], dtype=np.int32),
        p=np.asarray([d[0][1] for d in final], dtype=np.float32),
        distribution=final,
        n_named=n_named,
        n_entities=n_named + n,
        same=alias,
    )


def _nameless_same(mass: Mapping[int, float], n_named: int) -> int | None:
    """The nameless entity that a first-mentioned name most likely belongs to, or None."""
    rivals = {e: v for e, v in mass.items() if e >= n_named}
    if not rivals:
        return None
    best = max(rivals, key=lambda e: rivals[e])
    linked = sum(mass.values()) - mass[-1]
    if rivals[best] >= MERGE_SHARE * linked and rivals[best] >= MERGE_ODDS * mass[-1]:
        return best
    return None


def _leaning(mass: Mapping[int, float], e: int) -> dict[int, float]:
    """What a name's antecedents would say if the name itself had not told: shares of everybody but ``e``."""
    rest = {u: v for u, v in mass.items() if u != e}
    total = sum(rest.values()) or 1.0
    return {u: v / total for u, v in rest.items()}


def _late_same(
    leanings: Mapping[int, Sequence[Mapping[int, float]]],
    n_named: int,
    out: Sequence[Distribution],
) -> dict[int, int]:
    """Named entity -> the nameless one its names lean to: the same person, told of before being named."""
    count: dict[int, int] = defaultdict(int)
    for d in out:
        count[d[0][0]] += 1
    found: dict[int, int] = {}
    for e, rows in leanings.items():
        if len(rows) < LEAN_NAMES or e >= n_named:
            continue
        total: dict[int, float] = defaultdict(float)
        for row in rows:
            for u, v in row.items():
                if u >= n_named and count[u] >= LEAN_MENTIONS:
                    total[u] += v / len(rows)
        best = max(total, key=lambda u: (total[u], -u), default=None)
        if best is not None and total[best] >= LEAN:
            found[e] = best
    return found


def _rooted(d: Sequence[tuple[int, float]], root: object) -> Distribution:
    assert callable(root)
    mass: dict[int, float] = {}
    for e, p in d:
        mass[root(e)] = mass.get(root(e), 0.0) + p
    return best_first(mass.items())
