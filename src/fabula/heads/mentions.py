"""Mentions, their type and kind, and realis events, from one window's token vectors."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fabula.encoder.weights import Weights, gelu, linear, sigmoid
from fabula.types import Floats, Ints

MAX_WIDTH = 30
"""Longest mention, in tokens."""


@dataclass(frozen=True, slots=True)
class WindowMentions:
    """Mentions of one window; ``start``/``end`` count tokens from the window's first kept token.

    ``type`` and ``kind`` index ENTITY_TYPES and MENTION_KINDS; ``score`` is a probability.
    """

    start: Ints
    end: Ints
    type: Ints
    kind: Ints
    score: Floats


def span_scores(w: Weights, x: Floats, room: Ints) -> Floats:
    """Logits (n, MAX_WIDTH) that a mention starts at token i with length column + 1; -inf past ``room``.

    ``room`` (n,): tokens left in the token's sentence, itself included.
    """
    s, e = gelu(linear(w, "mentions.start", x)), gelu(linear(w, "mentions.end", x))
    n = len(x)
    left = linear(w, "mentions.bilinear", s)
    start_bias = linear(w, "mentions.start_bias", s)[:, 0]
    end_bias = linear(w, "mentions.end_bias", e)[:, 0]
    length = w["mentions.length.weight"][:, 0]
    out = np.full((n, MAX_WIDTH), -np.inf, dtype=np.float32)
    for k in range(min(MAX_WIDTH, n)):
        m = n - k
        out[:m, k] = np.einsum("nd,nd->n", left[:m], e[k:]) + start_bias[:m] + end_bias[k:] + length[k]
    out[np.arange(MAX_WIDTH)[None] >= room[:, None]] = -np.inf
    return out


def score_spans(w: Weights, x: Floats, start: Ints, end: Ints) -> tuple[Floats, Ints, Ints]:
    """Of single spans [start, end): logits that they are mentions; type and kind if they are. All (n,)."""
    s = gelu(linear(w, "mentions.start", x[start]))
    e = gelu(linear(w, "mentions.end", x[end - 1]))
    logit = np.einsum("nd,nd->n", linear(w, "mentions.bilinear", s), e)
    logit += linear(w, "mentions.start_bias", s)[:, 0] + linear(w, "mentions.end_bias", e)[:, 0]
    logit += w["mentions.length.weight"][end - start - 1, 0]
    type_, kind = _labels(w, x, start, end)
    return np.asarray(logit, dtype=np.float32), type_, kind


def _labels(w: Weights, x: Floats, start: Ints, end: Ints) -> tuple[Ints, Ints]:
    h = np.concatenate([x[start], x[end - 1]], axis=1)
    label = linear(w, "mentions.label_out", gelu(linear(w, "mentions.label_in", h)))
    return label[:, :6].argmax(1).astype(np.int32), label[:, 6:].argmax(1).astype(np.int32)


def decode_spans(scores: Floats, threshold: float) -> tuple[Ints, Ints, Floats]:
    """Non-crossing spans above a logit, best first: starts, ends (half-open) and logits, in text order."""
    at, width = np.nonzero(scores > threshold)
    value = scores[at, width]
    starts, ends = at.tolist(), (at + width + 1).tolist()
    kept: list[int] = []
    by_token: dict[int, list[int]] = {}
    for k in np.argsort(-value, kind="stable").tolist():
        s, e = starts[k], ends[k]
        near = {o for t in range(s, e) for o in by_token.get(t, ())}
        if not any(starts[o] < s < ends[o] < e or s < starts[o] < e < ends[o] for o in near):
            kept.append(k)
            for t in range(s, e):
                by_token.setdefault(t, []).append(k)
    kept.sort(key=lambda k: (starts[k], -ends[k]))
    return at[kept].astype(np.int32), (at + width + 1)[kept].astype(np.int32), value[kept]


def find_mentions(w: Weights, x: Floats, room: Ints, threshold: float = 0.0) -> WindowMentions:
    """Mentions of one window from its token vectors ``x`` (n, 384)."""
    start, end, logit = decode_spans(span_scores(w, x, room), threshold)
    type_, kind = _labels(w, x, start, end)
    return WindowMentions(start, end, type_, kind, sigmoid(logit))


def with_pronouns(m: WindowMentions, at: Ints) -> WindowMentions:
    """The mentions with the tokens ``at`` as persons' pronouns, where no mention of just that token is."""
    have = {s for s, e in zip(m.start.tolist(), m.end.tolist(), strict=True) if e == s + 1}
    new = np.asarray([t for t in at.tolist() if t not in have], dtype=np.int32)
    known = np.isin(m.start, at) & (m.end == m.start + 1)
    kind, type_ = np.where(known, 2, m.kind).astype(np.int32), np.where(known, 0, m.type).astype(np.int32)
    return with_people(WindowMentions(m.start, m.end, type_, kind, m.score), new, new + 1, kind=2, score=0.99)


def with_people(m: WindowMentions, start: Ints, end: Ints, *, kind: int, score: float) -> WindowMentions:
    """The mentions with further ones of persons, all of one kind and score, in text order."""
    n = len(start)
    if not n:
        return m
    starts, ends = np.concatenate([m.start, start]), np.concatenate([m.end, end])
    order = np.lexsort((-ends, starts))
    return WindowMentions(
        starts[order].astype(np.int32),
        ends[order].astype(np.int32),
        np.concatenate([m.type, np.zeros(n)])[order].astype(np.int32),
        np.concatenate([m.kind, np.full(n, kind)])[order].astype(np.int32),
        np.concatenate([m.score, np.full(n, score)])[order].astype(np.float32),
    )


def event_probability(w: Weights, x: Floats) -> Floats:
    """P(the token is a realis event), (n,)."""
    return sigmoid(linear(w, "events.out", gelu(linear(w, "events.hidden", x)))[:, 0])
