"""Feelings from token vectors: which words tell which feeling, and how pleasant a sentence is. In NumPy.

One hidden layer over the frozen vectors of both branches gives each token the probability that it belongs
to a cue of each feeling; its training and sources stand in ``training/feelings.py``. Valence is a ridge
regression on a sentence's mean vector: that of the reading branch as it reads for the ledger, beside those of
the syntax branch and of the trunk. It is in a file of its own (learnt from EmoBank, CC BY-SA).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from fabula.encoder.weights import Weights, linear, load_weights, sigmoid
from fabula.types import Floats

if TYPE_CHECKING:
    from fabula.encoder.session import Hidden

LABELS = ("joy", "sadness", "fear", "anger", "disgust", "surprise", "love", "shame")
FITTED = LABELS[:6]
"""Those that REMAN labels: the head knows no others, and the word lists speak alone for love and shame."""


@dataclass(frozen=True, slots=True)
class FeelingScores:
    """What the models say of feelings.

    ``token`` (n_tokens, len(FITTED)): the probability in [0, 1] that a token is part of a cue; (n_tokens, 0)
    where no head fits the encoder. ``total``
    (n_tokens + 1,): running sums of token valence, so that the mean over any stretch of tokens is that
    stretch's valence in [-1, 1] before clipping. ``weights``: those of the ledger's own decision, learnt
    with these scores, whose a feeling is (``ledger/experiencer.py``).
    """

    token: Floats
    total: npt.NDArray[np.float64]
    weights: Weights = field(default_factory=dict)

    def valence(self, start: int, end: int) -> float:
        """The valence of the tokens [start, end) as readers would rate it, in [-1, 1]; 0 without tokens."""
        if end <= start:
            return 0.0
        mean = (float(self.total[end]) - float(self.total[start])) / (end - start)
        return float(np.clip(mean, -1.0, 1.0))


@lru_cache(maxsize=2)
def encoder_mark(folder: Path) -> str:
    """A mark of the encoder weights in ``folder``: the heads of feelings fit these and no others."""
    digest = hashlib.sha256()
    for name in ("trunk.onnx", "reader.onnx", "syntax.onnx"):
        digest.update((folder / name).read_bytes())
    if (folder / "ledger.npz").exists():
        digest.update((folder / "ledger.npz").read_bytes())
    return digest.hexdigest()[:16]


@lru_cache(maxsize=2)
def _weights(folder: Path) -> tuple[Weights, Weights] | None:
    """The heads in ``folder``; None where they are missing or were trained over another encoder."""
    files = folder / "feelings.npz", folder / "valence.npz"
    if not all(f.exists() for f in files):
        return None
    feelings, valence = (load_weights(f, skip=("encoder",)) for f in files)
    with np.load(files[0]) as archive:
        fits = "encoder" in archive.files and str(archive["encoder"]) == encoder_mark(folder)
    return (feelings, valence) if fits else None


class FeelingColumns:
    """Collects the scores window by window."""

    def __init__(self, n: int, folder: Path) -> None:
        self._weights = _weights(folder)
        self._token = np.zeros((n, len(FITTED)), np.float32)
        self._heard = False
        self._valence = np.zeros(n, np.float32)

    def add(self, window: Hidden) -> None:
        """Score the kept tokens of a window."""
        if self._weights is None or window.syntax is None:
            return
        self._heard = True
        w, v = self._weights
        here = slice(window.start, window.end)
        x = np.concatenate([window.reader, window.syntax], axis=1)
        self._token[here] = token_probabilities(w, x)
        x = np.concatenate([window.ledger, window.syntax, window.low], axis=1)
        self._valence[here] = linear(v, "valence", x)[:, 0]

    def scores(self) -> FeelingScores:
        """The scores of the whole story."""
        total = np.concatenate([[0.0], np.cumsum(self._valence, dtype=np.float64)])
        w = self._weights[0] if self._weights else {}
        # Without heads that fit, no token tells a feeling but by the word lists.
        token = self._token if self._heard else self._token[:, :0]
        return FeelingScores(token, total, {k: v for k, v in w.items() if k.startswith("who.")})


def token_probabilities(w: Weights, x: Floats) -> Floats:
    """``x`` (n, 768) to (n, len(FITTED)) probabilities."""
    return sigmoid(linear(w, "told", np.maximum(linear(w, "tokens", x), 0)))
