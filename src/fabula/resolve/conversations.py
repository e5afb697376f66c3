"""Conversations decoded together: a chain over quotes whose states are (speaker, addressee) pairs.

A conditional random field (Lafferty et al. 2001). The score of a state is that of its speaker and of its
addressee, each from a small network over the pair's features; the score of a step depends on how the quotes
follow each other and on who of the two speaks and is spoken to next. Marginals come from forward and backward
sums, so that a probability is one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from fabula.resolve.quote_context import BREAK, N_LINKS, NEXT_PARAGRAPH, SAME_PARAGRAPH, QuoteContext
from fabula.resolve.speaker_features import N_FEATURES, N_PERSON, QuoteCandidates
from fabula.types import Floats, Ints

N_SPEAKS, N_HEARS = 3, 4
"""Who speaks next: the same, the one spoken to, another.

Who hears: nobody, the last speaker, the last hearer, another.
"""
N_STEP = N_LINKS + 12
MODEL = "speakers.json"
TRUST = 0.5
"""Weight of what else is known where none was learnt."""

Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SpeakerWeights:
    """Learnt weights.

    ``mean``/``scale`` (N_FEATURES,) standardise; ``first`` (N_FEATURES, hidden) and ``second``
    (hidden, 2) are the network, ``straight`` (N_FEATURES, 2) goes past it; columns: speaks, hears. ``nobody``
    (N_FEATURES - N_PERSON + 1,) scores "spoken to nobody known"; ``step`` (N_STEP, N_SPEAKS * N_HEARS).
    ``trust`` (2,) weighs what else is known, ``QuoteCandidates.prior``.
    """

    mean: Floats
    scale: Floats
    first: Floats
    first_bias: Floats
    second: Floats
    straight: Floats
    nobody: Floats
    step: Floats
    trust: Floats = field(default_factory=lambda: np.full(2, TRUST, dtype=np.float32))


def load_speaker_weights(folder: Path, together: bool = False) -> SpeakerWeights:
    """The weights in ``folder``/speakers.json; ``together``: those learnt beside the person model's word.

    Raises OSError where it is missing, ValueError where it does not fit.
    """
    return _load(folder / MODEL, together)


@lru_cache(maxsize=4)
def _load(path: Path, together: bool) -> SpeakerWeights:
    table = json.loads(path.read_text(encoding="utf-8"))
    if together:
        table = table.get("together", table)
    names = [k for k in SpeakerWeights.__slots__ if k != "trust" or k in table]
    w = SpeakerWeights(**{k: np.asarray(table[k], dtype=np.float32) for k in names})
    if w.first.shape[0] != N_FEATURES or w.step.shape != (N_STEP, N_SPEAKS * N_HEARS):
        raise ValueError(f"{path}: made for other features; run training/speakers.py")
    return w


def step_features(
    before: QuoteContext, q: QuoteContext, last: QuoteCandidates, now: QuoteCandidates
) -> Floats:
    """(N_STEP,) numbers on how ``q`` follows ``before``; ``last`` and ``now`` are their candidates."""
    x = np.zeros(N_STEP, dtype=np.float32)
    acted = q.beat_before >= 0 and (before.tag is None or before.tag.mention != q.beat_before)
    if q.link == SAME_PARAGRAPH and q.tag is not None and before.tag is not None:
        x[N_LINKS] = 1.0
    elif q.link == SAME_PARAGRAPH and acted:
        x[N_LINKS + 1] = 1.0
    elif q.link == NEXT_PARAGRAPH and q.led:
        x[N_LINKS + 2] = 1.0
    else:
        x[q.link] = 1.0
    apart = q.link >= NEXT_PARAGRAPH
    x[N_LINKS + 3] = apart and before.asks
    x[N_LINKS + 4] = apart and before.second
    x[N_LINKS + 5] = apart and before.beat_after >= 0 and before.tag is None
    x[N_LINKS + 6] = apart and q.tag is None and before.tag is None
    x[N_LINKS + 7] = apart and bool(before.vocatives)
    x[N_LINKS + 8 : N_LINKS + 10] = now.ties[:2]
    x[N_LINKS + 10 :] = last.ties[2:]
    return x


def unary(w: SpeakerWeights, c: QuoteCandidates) -> tuple[Floats, Floats]:
    """Scores (n,) that each candidate speaks, and (n + 1,) that each, and at last nobody, is spoken to."""
    x = (c.features - w.mean) * w.scale
    hidden = np.maximum(x @ w.first + w.first_bias, 0)
    s = np.asarray(hidden @ w.second + x @ w.straight, dtype=np.float32)
    at = x[0, N_PERSON:] if len(x) else np.zeros(N_FEATURES - N_PERSON, np.float32)
    nobody = float(at @ w.nobody[:-1] + w.nobody[-1])
    speaks, hears = s[:, 0], np.append(s[:, 1], np.float32(nobody))
    if c.prior is not None:
        speaks, hears = speaks + w.trust[0] * c.prior[:-1, 0], hears + w.trust[1] * c.prior[:, 1]
    return speaks, np.asarray(hears, dtype=np.float32)


@lru_cache(maxsize=256)
def _patterns(a: bytes, b: bytes) -> Ints:
    """``step_patterns`` of two quotes' candidates, most of which come again in the next pass."""
    found = step_patterns(np.frombuffer(a, np.int32), np.frombuffer(b, np.int32))
    found.setflags(write=False)
    return found


def _bytes(c: QuoteCandidates) -> bytes:
    return np.ascontiguousarray(c.entity, dtype=np.int32).tobytes()


def step_patterns(a: Ints, b: Ints) -> Ints:
    """Index (na * (na + 1), nb * (nb + 1)) into a step's N_SPEAKS * N_HEARS scores.

    ``a`` (na,) and ``b`` (nb,) are the entity ids of the candidates of a quote and of the next.
    """
    na, nb = len(a), len(b)
    same = a[:, None] == b[None, :]
    speaks = np.full((na, na + 1, nb), 2, dtype=np.int32)
    hears = np.full((na, na + 1, nb + 1), 3, dtype=np.int32)
    heard = np.zeros((na + 1, nb), dtype=bool)
    heard[:na] = same
    speaks[np.broadcast_to(heard[None], speaks.shape)] = 1
    speaks[np.broadcast_to(same[:, None], speaks.shape)] = 0
    hears[:, :, :nb][np.broadcast_to(heard[None], speaks.shape)] = 2
    hears[:, :, :nb][np.broadcast_to(same[:, None], speaks.shape)] = 1
    hears[:, :, nb] = 0
    joint = speaks[:, :, :, None] * N_HEARS + hears[:, :, None, :]
    return joint.reshape(na * (na + 1), nb * (nb + 1))


def conversations(contexts: Sequence[QuoteContext], order: Sequence[int]) -> list[list[int]]:
    """``order`` (quotes of one level) cut where a conversation ends."""
    out: list[list[int]] = []
    for k in order:
        if not out or contexts[k].link == BREAK:
            out.append([])
        out[-1].append(k)
    return out


def decode(
    w: SpeakerWeights,
    contexts: Sequence[QuoteContext],
    candidates: Sequence[QuoteCandidates],
    run: Sequence[int],
    allowed: Mapping[int, Doubles] | None = None,
) -> list[Doubles]:
    """Marginals of one conversation: per quote of ``run`` an (n, n + 1) table of P(speaker, addressee).

    ``allowed`` gives quotes of which something is held: tables of 1 for the states left open, 0 for others.

    Entries sum to 1; the last column is "nobody known". A quote without candidates gives an empty table and
    parts the chain.
    """
    scores = [_states(w, candidates[k]) for k in run]
    for t, k in enumerate(run):
        if allowed and k in allowed and len(scores[t]):
            scores[t] = (scores[t] + 1e-12) * allowed[k].reshape(-1)
    forward: list[Doubles] = []
    steps: list[Doubles | None] = []
    for t, k in enumerate(run):
        here = scores[t]
        if t == 0 or not len(here) or not len(scores[t - 1]):
            steps.append(None)
            forward.append(here / max(here.sum(), 1e-300) if len(here) else here)
            continue
        pattern = _patterns(_bytes(candidates[run[t - 1]]), _bytes(candidates[k]))
        x = step_features(contexts[run[t - 1]], contexts[k], candidates[run[t - 1]], candidates[k])
        table = np.exp(np.clip(x @ w.step, -15, 15).astype(np.float64))
        step = table[pattern]
        steps.append(step)
        f = (forward[-1] @ step) * here
        forward.append(f / max(f.sum(), 1e-300))
    back: Doubles | None = None
    out: list[Doubles] = []
    for t in range(len(run) - 1, -1, -1):
        joint = forward[t] if back is None else forward[t] * back
        n = len(candidates[run[t]].entity)
        out.append((joint / max(joint.sum(), 1e-300)).reshape(n, n + 1))
        step_in = steps[t]
        if step_in is None:
            back = None
        else:
            b = step_in @ (scores[t] if back is None else scores[t] * back)
            back = b / max(b.sum(), 1e-300)
    return out[::-1]


def _states(w: SpeakerWeights, c: QuoteCandidates) -> Doubles:
    """exp of the state scores, (n * (n + 1),), scaled to a greatest of 1; nobody speaks to himself."""
    n = len(c.entity)
    if n == 0:
        return np.zeros(0)
    s, h = unary(w, c)
    joint = s[:, None].astype(np.float64) + h[None, :]
    joint[np.arange(n), np.arange(n)] = -np.inf
    return np.asarray(np.exp(joint - joint.max()), dtype=np.float64).reshape(-1)
