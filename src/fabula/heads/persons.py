"""Who is meant, who speaks, who is spoken to: questions put to windows that are read with the cast in hand.

A window's input depends on what is believed so far, so this scorer is asked again when beliefs change; a
window that has not changed is not read twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from fabula.encoder.person_windows import (
    COUPLED,
    HEARER,
    HOPS,
    N_KEYS,
    N_QUESTIONS,
    N_ROLES,
    ROUNDS,
    SPEAKER,
    PersonWindow,
    bias_index,
    link_index,
    marked_places,
    quote_zones,
)
from fabula.encoder.pieces import PieceEncoder
from fabula.encoder.weights import Weights, linear, softmax
from fabula.types import Floats, Ints

MEMORY = 4096
"""Windows whose vectors at the questions are kept.

A novel's, so that a correction reads only what it changes.
"""

AT_ONCE = 32
"""Windows whose hidden states are held at a time."""
TEMPERATURE = "head.temperature"
"""Name of the weight by which the answers are softened, (1,); 1 where it is missing."""


class PersonEncoder(Protocol):
    """What the scorer needs of the encoder."""

    pieces: PieceEncoder

    def persons(self, windows: Sequence[PersonWindow]) -> list[Floats]:
        """Piece vectors of each window."""
        ...


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A window and what is asked of it: ``kind`` and ``token`` (of the window) of every question, (n,).

    ``first``, ``last``: of questions about quotes, the tokens that open and close it.
    """

    window: PersonWindow
    kind: Ints
    token: Ints
    first: Ints
    last: Ints


class PersonScorer:
    """Answers inquiries; remembers the answers."""

    def __init__(self, encoder: PersonEncoder, weights: Weights, text: tuple[Ints, Ints, Ints]) -> None:
        """``text``: ids and features of the story's pieces.

        And where its tokens' pieces begin (n_tokens + 1,).
        """
        self.encoder, self.text = encoder, text
        self._w = weights
        self._known: dict[bytes, Floats] = {}

    def answer(self, inquiries: Sequence[Inquiry]) -> list[Floats]:
        """Log-probabilities (n_questions, n_entries) of the header's entries, per inquiry."""
        keys = [self._key(x) for x in inquiries]
        new = [k for k, key in enumerate(keys) if key not in self._known]
        for at in range(0, len(new), AT_ONCE):
            some = new[at : at + AT_ONCE]
            for k, x in zip(some, self.encoder.persons([inquiries[k].window for k in some]), strict=True):
                if len(self._known) >= MEMORY:
                    self._known.pop(next(iter(self._known)))
                self._known[keys[k]] = self._scores(inquiries[k], x)
        return [
            self._known[k] if k in self._known else self._again(x)
            for k, x in zip(keys, inquiries, strict=True)
        ]

    def _again(self, x: Inquiry) -> Floats:
        return self._scores(x, self.encoder.persons([x.window])[0])

    def _scores(self, inquiry: Inquiry, x: Floats) -> Floats:
        w = inquiry.window
        total = np.concatenate([np.zeros((1, x.shape[1])), np.cumsum(x, axis=0, dtype=np.float64)])

        def mean(a: Ints, b: Ints) -> Floats:
            return np.asarray((total[b] - total[a]) / (b - a)[:, None], dtype=np.float32)

        places = marked_places(w)
        at = w.token[inquiry.token]
        h, keys = mean(at, w.token[inquiry.token + 1]), mean(places.span[:, 0], places.span[:, 1])
        width = self._w["head.question.weight"].shape[0] // N_QUESTIONS
        q = linear(self._w, "head.question", h).reshape(len(h), N_QUESTIONS, width)
        k = linear(self._w, "head.key", keys).reshape(len(keys), N_KEYS, width)
        q = q[np.arange(len(h)), inquiry.kind]
        of_quote = np.flatnonzero(np.isin(inquiry.kind, (SPEAKER, HEARER)))
        if len(of_quote):
            which = (inquiry.kind[of_quote] == HEARER).astype(np.intp)
            index, zone = quote_zones(w, inquiry.first[of_quote], inquiry.last[of_quote])
            q[of_quote] += self._about(x, which, index, zone, width)
        s = q @ k[np.arange(len(keys)), places.key].T / np.sqrt(width)
        s = s + self._w["head.distance.weight"][bias_index(w, inquiry.kind, at, places), 0]
        apart = link_index(w, inquiry.kind, at)
        links = self._links(inquiry.kind, apart, h, q)
        top = np.maximum(s.max(axis=1, keepdims=True), links.max(axis=1, keepdims=True))
        direct = np.full((len(h), len(w.entry)), 1e-9)
        np.add.at(direct.T, places.entry, np.exp(s - top).T)
        leaning = np.exp(links - top)
        mass = direct
        for _ in range(HOPS):
            mass = direct + leaning @ (mass / mass.sum(axis=1, keepdims=True))
        p = weigh_together(self._w, np.log(mass), apart, q)
        return np.asarray(np.log(np.maximum(p, 1e-12)), dtype=np.float32)

    def _links(self, kind: Ints, apart: Ints, h: Floats, q: Floats) -> Floats:
        """How much each question leans on the answer to each other, (n, n) logits."""
        width = q.shape[1]
        role = np.where(kind == SPEAKER, 1, np.where(kind == HEARER, 2, 0))
        node = linear(self._w, "head.node", h).reshape(len(h), N_ROLES, width)[np.arange(len(h)), role]
        s = q @ node.T / np.sqrt(width) + self._w["head.link.weight"][apart, 0]
        np.fill_diagonal(s, -1e4)
        return np.asarray(s, dtype=np.float32)

    def _about(self, x: Floats, which: Ints, index: Ints, zone: Ints, width: int) -> Floats:
        """What is around quotes, (n_quotes, width).

        ``which`` (n_quotes,) is 0 for speakers, 1 for addressees.
        """
        rows = np.arange(len(which))
        near = x[index]
        # Quotes overlap in what is around them: every piece is scored once.
        score = linear(self._w, "head.look", x)[index] + self._w["head.zone.weight"][np.maximum(zone, 0)]
        score = score.reshape(*score.shape[:2], 2, -1)[rows, :, which]
        score = np.where(zone[..., None] < 0, -1e9, score)
        p = np.exp(score - score.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        seen = np.einsum("qml,qmd->qld", p, near).reshape(len(which), -1)
        return np.asarray(
            linear(self._w, "head.seen", seen).reshape(-1, 2, width)[rows, which], dtype=np.float32
        )

    @staticmethod
    def _key(x: Inquiry) -> bytes:
        from hashlib import blake2b

        digest = blake2b(digest_size=16)
        for a in (x.window.ids, x.window.slots, x.window.said, x.window.entry, x.token, x.kind):
            digest.update(a.tobytes())
            digest.update(b"|")
        return digest.digest()


def weigh_together(w: Weights, alone: Floats, apart: Ints, q: Floats) -> Floats:
    """Probabilities (n, n_entries) of the answers once all questions of a window are weighed together.

    Mean field over signed couplings of every two questions, as CRF-RNN unrolls it (Zheng et al. 2015): an
    answer speaks for or against the same answer to another question ("him" is somebody else than "he").
    ``alone`` (n, n_entries): log mass of each by itself; ``apart`` (n, n): the pairs' bias index; ``q`` (n,
    width): the questions. The answers are softened by the temperature that stands with the weights (Guo et
    al. 2017).
    """
    pull = linear(w, "head.leads", q) @ linear(w, "head.follows", q).T / np.sqrt(COUPLED)
    pull = pull + w["head.coupling.weight"][apart, 0]
    np.fill_diagonal(pull, 0.0)
    p = softmax(alone)
    for _ in range(ROUNDS):
        p = 0.5 * (p + softmax(alone + pull @ p))
    # Answers of a window go wrong together, so they are less sure than each by itself makes out.
    return softmax((alone + pull @ p) / w.get(TEMPERATURE, np.ones(1, np.float32)))
