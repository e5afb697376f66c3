"""Where a bond may change: one change point in the tone of what two people do to one another.

Friendly acts are taken as draws with one probability before the change and another after it; the statistic
is the greatest log-likelihood ratio over all places of change (Hinkley & Hinkley 1970). Where a pair has at
least ``TESTED_ACTS`` friendly or unfriendly acts in at least ``TESTED_SCENES`` scenes, its p-value is found
by shuffling the scenes, and corrected over the pairs tested (Holm 1979). All others get the likeliest
passages, ranked, and no p-value: they are not tested.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from fabula.lexicon.tone import tone
from fabula.types import Act, Analysis, Turn

TESTED_ACTS, TESTED_SCENES = 15, 6
SHUFFLES = 999
SHOWN = 3
"""At most so many untested passages."""
RANKED_ACTS = 5
"""Under so many friendly or unfriendly acts no passage is named."""
LEAST_RATIO = 1.5
"""Passages with a smaller log-likelihood ratio are no candidates."""

Counts = npt.NDArray[np.float64]
Pair = tuple[int, int]


def find_turns(analysis: Analysis, acts: Mapping[Pair, Sequence[Act]]) -> dict[Pair, tuple[Turn, ...]]:
    """For each pair its turns: one with a corrected p-value where it could be tested, or some without."""
    starts = [s.start for s in analysis.scenes]
    out: dict[Pair, tuple[Turn, ...]] = {}
    tested: list[tuple[Pair, Act, float]] = []
    for pair, some in acts.items():
        toned = [a for a in some if tone(a.kind)]
        scene = [bisect_right(starts, a.trigger.start) - 1 for a in toned]
        if len(toned) >= TESTED_ACTS and len(set(scene)) >= TESTED_SCENES:
            where, p = _tested(toned, scene)
            tested.append((pair, where, p))
        else:
            out[pair] = _ranked(toned)
    for (pair, where, _), p in zip(tested, holm([p for _, _, p in tested]), strict=True):
        out[pair] = (Turn(where.evidence.start, where.evidence.end, p),)
    return out


def ratios(warm: Counts, total: Counts) -> Counts:
    """Log-likelihood ratio of a change before each position but the first.

    ``warm`` and ``total`` are friendly and all toned acts per position.

    *Shape:* (..., n); returns (..., n - 1).
    """
    w, n = np.cumsum(warm, axis=-1), np.cumsum(total, axis=-1)
    before = _fit(w[..., :-1], n[..., :-1])
    after = _fit(w[..., -1:] - w[..., :-1], n[..., -1:] - n[..., :-1])
    return np.asarray(before + after - _fit(w[..., -1:], n[..., -1:]))


def _fit(w: Counts, n: Counts) -> Counts:
    """Greatest log-likelihood of ``w`` friendly acts among ``n``."""
    p = np.clip(w / np.maximum(n, 1e-12), 1e-12, 1 - 1e-12)
    return np.asarray(w * np.log(p) + (n - w) * np.log1p(-p))


def _tested(acts: Sequence[Act], scene: Sequence[int]) -> tuple[Act, float]:
    """The first act after the likeliest change, and its p-value over shuffled scenes."""
    ids = sorted(set(scene))
    warm, total = np.zeros(len(ids)), np.zeros(len(ids))
    for act, s in zip(acts, scene, strict=True):
        warm[ids.index(s)] += tone(act.kind) > 0
        total[ids.index(s)] += 1
    found = ratios(warm, total)
    best = int(np.argmax(found))
    rng = np.random.default_rng(0)
    order = np.argsort(rng.random((SHUFFLES, len(ids))), axis=1)
    shuffled = ratios(warm[order], total[order]).max(axis=1)
    p = (1 + int((shuffled >= found[best] - 1e-9).sum())) / (SHUFFLES + 1)
    first = next(a for a, s in zip(acts, scene, strict=True) if s == ids[best + 1])
    return first, p


def holm(p: Sequence[float]) -> list[float]:
    """p-values corrected for having been several (Holm's step-down), each in [0, 1]."""
    order = sorted(range(len(p)), key=lambda i: p[i])
    out, highest = [0.0] * len(p), 0.0
    for rank, i in enumerate(order):
        highest = max(highest, min(1.0, p[i] * (len(p) - rank)))
        out[i] = round(highest, 4)
    return out


def _ranked(acts: Sequence[Act]) -> tuple[Turn, ...]:
    """The likeliest passages of change, the likeliest first, each the sentence of the first act after it."""
    if len(acts) < RANKED_ACTS:
        return ()
    warm = np.asarray([float(tone(a.kind) > 0) for a in acts])
    found = ratios(warm, np.ones(len(acts)))
    turns: list[Turn] = []
    for k in np.argsort(-found, kind="stable").tolist():
        where = acts[k + 1].evidence
        if found[k] < LEAST_RATIO or len(turns) == SHOWN:
            break
        if all(t.start != where.start for t in turns):
            turns.append(Turn(where.start, where.end, None))
    return tuple(turns)
