"""Acts from token vectors: which word tells which act, which words spoken do one, and whether it happened.

One hidden layer over the vectors of the reading branch, as it reads for the ledger, and of the syntax branch.
A token's hidden values give the probability that
it is the head of the words that tell each kind of act; those of a stretch of speech (one sentence of one
quote), pooled, the probability that its words do each act of speech. Trained by ``training/acts.py`` on the
labelled acts of the marked stories and of the dev passages.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import numpy as np

from fabula.encoder.weights import Weights, linear, load_weights, sigmoid
from fabula.heads.feelings import encoder_mark
from fabula.lexicon.deeds import DEED_KINDS
from fabula.lexicon.speech_acts import SPEECH_KINDS
from fabula.types import Floats, Ints

KINDS = (*DEED_KINDS, *SPEECH_KINDS)
"""The columns of ``ActScores.told``; those of ``said`` are SPEECH_KINDS."""


@dataclass(frozen=True, slots=True)
class ActScores:
    """What the model says of acts. All values are probabilities in [0, 1].

    ``told`` (n_tokens, len(KINDS)): that a token is the head of words that tell the act. ``unreal``
    (n_tokens,): that what a telling token tells is denied or imagined. ``stretch`` (n_tokens,): the index of
    the stretch of speech a token stands in, -1 outside; ``said`` (n_stretches, len(SPEECH_KINDS)): that the
    words of a stretch do the act. ``weights`` are those of the ledger's own decisions, learnt with these
    scores: who is meant (``ledger/who.py``) and how sure an act is (``ledger/sure.py``).
    """

    told: Floats
    unreal: Floats
    stretch: Ints
    said: Floats
    weights: Weights = field(default_factory=dict)


def stretches(quote: Ints, sentence: Ints, told: Ints) -> Ints:
    """The stretch of speech of each token, (n_tokens,): tokens on end in one quote and one sentence.

    Stretches are numbered from 0 in text order; tokens outside quotes or outside the story have -1.
    """
    n = len(quote)
    if n == 0:
        return np.zeros(0, np.int32)
    new = np.ones(n, bool)
    new[1:] = (quote[1:] != quote[:-1]) | (sentence[1:] != sentence[:-1])
    inside = (quote >= 0) & (told > 0)
    number = np.cumsum(new & inside) - 1
    return np.where(inside, number, -1).astype(np.int32)


@lru_cache(maxsize=2)
def _weights(folder: Path) -> Weights | None:
    """The head in ``folder``; None where it is missing or was trained over another encoder."""
    path = folder / "acts.npz"
    if not path.exists():
        return None
    with np.load(path) as archive:
        fits = "encoder" in archive.files and str(archive["encoder"]) == encoder_mark(folder)
    return load_weights(path, skip=("encoder",)) if fits else None


class ActColumns:
    """Collects the scores window by window."""

    def __init__(self, stretch: Ints, weights: Weights | None) -> None:
        self._weights = weights
        self._stretch = stretch
        if weights is None:
            return
        n, s = len(stretch), int(stretch.max(initial=-1)) + 1
        width = weights["words.weight"].shape[0]
        self._told = np.zeros((n, len(KINDS)), np.float32)
        self._unreal = np.zeros(n, np.float32)
        self._sum, self._max = np.zeros((s, width), np.float32), np.zeros((s, width), np.float32)
        self._count = np.zeros(s, np.float32)

    @classmethod
    def of(cls, quote: Ints, sentence: Ints, told: Ints, folder: Path) -> ActColumns:
        """Columns for tokens that lie in these quotes (-1 outside), sentences and (1) in the story."""
        return cls(stretches(quote, sentence, told), _weights(folder))

    def add(self, start: int, end: int, ledger: Floats, syntax: Floats | None) -> None:
        """Score the tokens [start, end) from their ``Hidden.ledger`` and ``.syntax``, (end - start, 384)."""
        w = self._weights
        if w is None or syntax is None or end <= start:
            return
        x = np.concatenate([ledger, syntax], axis=1)
        told, unreal = token_scores(w, x)
        self._told[start:end], self._unreal[start:end] = told, unreal
        here = self._stretch[start:end]
        at = np.flatnonzero(here >= 0)
        if not len(at):
            return
        h = word_values(w, x[at])
        runs, first = np.unique(here[at], return_index=True)
        self._sum[runs] += np.add.reduceat(h, first, axis=0)
        self._max[runs] = np.maximum(self._max[runs], np.maximum.reduceat(h, first, axis=0))
        self._count[runs] += np.diff(np.append(first, len(at)))

    def scores(self) -> ActScores | None:
        """The scores of the whole story; None without a head that fits."""
        w = self._weights
        if w is None:
            return None
        mean = self._sum / np.maximum(self._count, 1)[:, None]
        said = sigmoid(linear(w, "said", np.concatenate([mean, self._max], axis=1)))
        rest = {k: v for k, v in w.items() if k.startswith(("who.", "sure."))}
        return ActScores(self._told, self._unreal, self._stretch, said, rest)


def token_scores(w: Weights, x: Floats) -> tuple[Floats, Floats]:
    """``x`` (n, 768) to the probabilities of each kind, (n, len(KINDS)), and of having not happened, (n,)."""
    h = np.maximum(linear(w, "tokens", x), 0)
    out = sigmoid(linear(w, "told", h))
    return out[:, :-1], out[:, -1]


def word_values(w: Weights, x: Floats) -> Floats:
    """``x`` (n, 768) to the hidden values that are pooled over a stretch of speech, none negative."""
    return np.asarray(np.maximum(linear(w, "words", x), 0), dtype=np.float32)
