"""The pair scorer: span vectors of mentions and quotes, and scores of (anaphor, candidate) pairs.

After Lee et al. 2017 with the output split by category (Otmazgin et al. 2023); see training/model.py.
"""

from __future__ import annotations

import numpy as np

from fabula.encoder.weights import Weights, gelu, linear
from fabula.heads.pair_features import N_PAIR_FEATURES, Anaphors, pair_features
from fabula.types import Floats, Ints

QUOTE_REACH = 64
"""Tokens of a quote that its span vector attends to, from its start."""


def pool_spans(w: Weights, x: Floats, start: Ints, end: Ints) -> Floats:
    """Raw span input (m, 3 * 384): first token, last token, attention-pooled tokens, all within ``x``."""
    logit = np.exp(np.clip(linear(w, "pairs.attention", x)[:, 0], -30, 30))
    weighted = np.concatenate(
        [np.zeros((1, x.shape[1])), np.cumsum(x * logit[:, None], axis=0, dtype=np.float64)]
    )
    mass = np.concatenate([[0.0], np.cumsum(logit, dtype=np.float64)])
    pooled = (weighted[end] - weighted[start]) / (mass[end] - mass[start])[:, None]
    return np.concatenate([x[start], x[end - 1], pooled.astype(np.float32)], axis=1)


def mention_vectors(w: Weights, raw: Floats) -> Floats:
    """Span vectors (m, 256) of mentions from ``pool_spans``'s output."""
    return gelu(linear(w, "pairs.mention_span", raw))


def quote_vectors(w: Weights, raw: Floats) -> Floats:
    """Span vectors (q, 256) of quotes."""
    return gelu(linear(w, "pairs.quote_span", raw))


class PairScorer:
    """Scores pairs of one story.

    The projections of a span are computed for each block of pairs in which it stands: kept for a whole novel
    they would take more memory than the span vectors themselves.
    """

    def __init__(self, w: Weights, g: Floats, a: Anaphors) -> None:
        self._w, self._g, self._a = w, g, a
        self._product = np.ascontiguousarray(w["pairs.product.weight"].T)
        self._tables = [
            w[f"pairs.features.{k}.weight"]
            for k in range(N_PAIR_FEATURES)
            if f"pairs.features.{k}.weight" in w
        ]
        hidden = gelu(linear(w, "pairs.none_in", g))
        none = linear(w, "pairs.none_out", hidden)
        self.none: Floats = none[np.arange(len(g)), a.kind]
        """Logit of "no antecedent here" per anaphor."""

    def score(self, i: Ints, j: Ints) -> Floats:
        """Logits (n_pairs,) that mention ``j[k]`` is the antecedent, or speaker, of anaphor ``i[k]``."""
        out = np.empty(len(i), dtype=np.float32)
        for lo in range(0, len(i), 8192):
            out[lo : lo + 8192] = self._block(i[lo : lo + 8192], j[lo : lo + 8192])
        return out

    def _block(self, i: Ints, j: Ints) -> Floats:
        a = self._a
        h = (self._g[i] * self._g[j]) @ self._product
        h += self._projected("pairs.anaphor", i)
        h += self._projected("pairs.candidate", j)
        f = pair_features(a, i, j)
        for k, table in enumerate(self._tables):
            h += table[f[:, k]]
        np.maximum(h, 0, out=h)
        category = a.kind[i] * 3 + a.kind[j]
        out = np.einsum("nd,nd->n", h, self._w["pairs.out.weight"][category])
        return np.asarray(out + self._w["pairs.bias.weight"][category, 0], dtype=np.float32)

    def _projected(self, name: str, spans: Ints) -> Floats:
        some, at = np.unique(spans, return_inverse=True)
        return np.asarray(linear(self._w, name, self._g[some])[at], dtype=np.float32)
