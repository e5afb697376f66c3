"""Feelings from token vectors: which words tell which feeling, and how pleasant a sentence is. In NumPy.

A linear layer over the frozen vectors of the syntax branch gives each token the probability that it belongs to a
cue of each feeling; its training and sources stand in ``training/feelings.py``. Valence is a ridge regression
on a sentence's mean vector, in a file of its own (it is learnt from EmoBank, CC BY-SA).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from fabula.heads.weights import Weights, linear, load_weights, sigmoid
from fabula.types import Floats

LABELS = ("joy", "sadness", "fear", "anger", "disgust", "surprise", "love", "shame")


@dataclass(frozen=True, slots=True)
class FeelingScores:
    """What the models say of feelings.

    ``token`` (n_tokens, len(LABELS)): the probability in [0, 1] that a token is part of a cue. ``total``
    (n_tokens + 1,): running sums of token valence, so that the mean over any stretch of tokens is that
    stretch's valence in [-1, 1] before clipping.
    """

    token: Floats
    total: npt.NDArray[np.float64]

    def valence(self, start: int, end: int) -> float:
        """The valence of the tokens [start, end) as readers would rate it, in [-1, 1]; 0 without tokens."""
        if end <= start:
            return 0.0
        mean = (float(self.total[end]) - float(self.total[start])) / (end - start)
        return float(np.clip(mean, -1.0, 1.0))


@lru_cache(maxsize=2)
def _weights(folder: Path) -> tuple[Weights, Weights] | None:
    if not (folder / "feelings.npz").exists() or not (folder / "valence.npz").exists():
        return None
    return load_weights(folder / "feelings.npz"), load_weights(folder / "valence.npz")


class FeelingColumns:
    """Collects the scores window by window; None where the model has no such head."""

    def __init__(self, n: int, folder: Path) -> None:
        self._weights = _weights(folder)
        shape = n if self._weights else 0
        self._token = np.zeros((shape, len(LABELS)), np.float32)
        self._valence = np.zeros(shape, np.float32)

    def add(self, start: int, end: int, x: Floats | None) -> None:
        """Score the tokens [start, end) from their vectors of the syntax branch, (end - start, 384)."""
        if self._weights is None or x is None:
            return
        w, v = self._weights
        self._token[start:end] = token_probabilities(w, x)
        self._valence[start:end] = (x @ v["valence.weight"].T + v["valence.bias"])[:, 0]

    def scores(self) -> FeelingScores | None:
        """The scores of the whole story."""
        if self._weights is None:
            return None
        total = np.concatenate([[0.0], np.cumsum(self._valence, dtype=np.float64)])
        return FeelingScores(self._token, total)


def token_probabilities(w: Weights, x: Floats) -> Floats:
    """``x`` (n, 384) to (n, len(LABELS)) probabilities."""
    return sigmoid(linear(w, "out", x))
