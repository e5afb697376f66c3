"""The person model: an encoder branch that reads with the cast in hand, and what answers its questions.

The idea of marks on entities that the encoder can attend to is that of entity markers (Baldini Soares et al.
2019); of revealing a random part of the answers in training, that of masked prediction (Ghazvininejad et al.
2019).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn

from fabula.encoder.person_windows import (
    COUPLED,
    FIRST,
    HEARER,
    HOPS,
    N_DISTANCES,
    N_KEYS,
    N_QUESTIONS,
    N_ROLES,
    N_SLOTS,
    N_ZONES,
    ROUNDS,
    SECOND,
    SPEAKER,
    PersonWindow,
    bias_index,
    link_index,
    marked_places,
    quote_zones,
)  # fmt: skip
from fabula.encoder.pieces import N_FEATURES
from training.bert import WIDTH, Branch, Layer, Trunk
from training.model import TRUNK_LAYERS

DIM = 256
LOOKS = 4
"""Places at once that are looked at around a quote."""


@dataclass(slots=True)
class Questions:
    """Of one window: kind (n,), token (n,), and whether each entry is a right answer (n, n_entries).

    ``first``, ``last``: of questions about quotes, the tokens that open and close it.
    """

    kind: np.ndarray
    token: np.ndarray
    right: np.ndarray
    weight: np.ndarray
    first: np.ndarray
    last: np.ndarray


class GrownLayer(nn.Module):
    """A layer grown into a trained stack, and how much of it is taken over, by feature.

    It begins as a copy of the layer below, of which nothing is taken over, so that the stack says what it
    said before (stacking: Gong et al. 2019; the gate at nought: Bachlechner et al. 2021, "ReZero").
    """

    def __init__(self, below: Layer) -> None:
        super().__init__()
        self.layer = Layer(below.dropout)
        self.layer.load_state_dict(below.state_dict())
        self.gate = nn.Parameter(torch.zeros(WIDTH))

    def forward(self, x: Tensor, mask: Tensor | None, lengths: Sequence[int] | None = None) -> Tensor:
        """As ``Layer``."""
        return x + self.gate * (self.layer(x, mask, lengths) - x)


class PersonBranch(nn.Module):
    """Upper layers over the trunk, with surface, slot and speech marks added to their input."""

    def __init__(self, depth: int) -> None:
        super().__init__()
        self.branch = Branch(depth, N_FEATURES)
        self.slot = nn.Embedding(N_SLOTS, WIDTH)
        self.said = nn.Embedding(2 * N_SLOTS, WIDTH)
        nn.init.normal_(self.slot.weight, std=0.35)
        nn.init.normal_(self.said.weight, std=0.02)
        with torch.no_grad():
            self.slot.weight[0] = 0
            self.said.weight[:N_SLOTS] += self.slot.weight
            self.said.weight[N_SLOTS:] += self.slot.weight.flip(1)
            self.said.weight[0] = 0
            self.said.weight[N_SLOTS] = 0

    def grow(self, after: Sequence[int]) -> None:
        """Grow a layer after each of these (indices into the layers as they are)."""
        grown: list[nn.Module] = []
        for k, layer in enumerate(self.branch.layers):
            grown.append(layer)
            if k in after:
                assert isinstance(layer, Layer)
                grown.append(GrownLayer(layer))
        self.branch.layers = nn.ModuleList(grown)

    def forward(
        self, x: Tensor, features: Tensor, slots: Tensor, said: Tensor, lengths: Sequence[int] | None = None
    ) -> Tensor:
        """*Shape:* x (batch, seq, WIDTH), the rest (batch, seq), to (batch, seq, WIDTH)."""
        return self.branch(x + self.slot(slots) + self.said(said), features, None, lengths)


class PersonHead(nn.Module):
    """Scores of slots as answers to questions: the sum, in log space, over all places that carry a slot's
    mark.

    Places are header entries, marked mentions, and quotes with a marked speaker or addressee (KEYS).
    """

    def __init__(self, p: float = 0.2) -> None:
        super().__init__()
        self.question = nn.Linear(WIDTH, N_QUESTIONS * DIM)
        self.look = nn.Linear(WIDTH, 2 * LOOKS)
        self.zone = nn.Embedding(N_ZONES, 2 * LOOKS)
        nn.init.normal_(self.zone.weight, std=0.5)
        self.seen = nn.Linear(LOOKS * WIDTH, 2 * DIM)
        self.key = nn.Linear(WIDTH, N_KEYS * DIM)
        self.distance = nn.Embedding(N_QUESTIONS * N_KEYS * N_DISTANCES, 1)
        nn.init.zeros_(self.distance.weight)
        self.node = nn.Linear(WIDTH, N_ROLES * DIM)
        self.link = nn.Embedding(N_QUESTIONS * N_ROLES * N_DISTANCES, 1)
        nn.init.zeros_(self.link.weight)
        self.leads = nn.Linear(DIM, COUPLED)
        self.follows = nn.Linear(DIM, COUPLED)
        nn.init.zeros_(self.follows.weight)
        nn.init.zeros_(self.follows.bias)
        self.coupling = nn.Embedding(N_QUESTIONS * N_ROLES * N_DISTANCES, 1)
        nn.init.zeros_(self.coupling.weight)
        self._begin_with_turns()
        self.p = p

    def _begin_with_turns(self) -> None:
        """Begin with what everybody knows: people take turns, "I" speaks and "you" hears.

        Rows: speakers' and addressees' marks, 0 to 4 quotes off in either direction.
        """
        turns = {
            SPEAKER: ((0.0, -1.0, 2.0, -0.5, 1.0), (-3.0, 2.0, -1.0, 1.0, 0.0)),
            HEARER: ((-4.0, 2.0, -1.0, 1.0, 0.0), (0.0, -1.0, 2.0, -0.5, 1.0)),
            FIRST: ((4.0, 0.0, 0.0, 0.0, 0.0), (-3.0, 0.0, 0.0, 0.0, 0.0)),
            SECOND: ((-3.0, 0.0, 0.0, 0.0, 0.0), (4.0, 0.0, 0.0, 0.0, 0.0)),
        }
        with torch.no_grad():
            distance = self.distance.weight.view(N_QUESTIONS, N_KEYS, N_DISTANCES)
            link = self.link.weight.view(N_QUESTIONS, N_ROLES, N_DISTANCES)
            for kind, rows in turns.items():
                for role, row in enumerate(rows):
                    for off, value in enumerate(row):
                        for at in {off, 9 + off} if off else {0}:
                            distance[kind, 2 + role, at] = value
                            link[kind, 1 + role, at] = value

    def links(self, h: Tensor, kind: Tensor, bias: Tensor) -> Tensor:
        """How much each question leans on the answer to each other, (q, q); called after ``forward``."""
        q = torch.arange(len(h))
        role = (kind == SPEAKER).long() + 2 * (kind == HEARER).long()
        node = self.node(F.dropout(h, self.p, self.training)).view(-1, N_ROLES, DIM)[q, role]
        s = self.asked @ node.T / DIM**0.5 + self.link(bias)[..., 0]
        return s.masked_fill(torch.eye(len(h), dtype=torch.bool), -1e4)

    def settle(self, mass: Tensor, bias: Tensor) -> Tensor:
        """Log-probabilities (q, e) of the entries once all questions of a window are weighed together.

        A few rounds of mean field over signed couplings of every two questions: "him" is somebody else than
        "he", whoever that is (as CRF-RNN, Zheng et al. 2015). ``mass`` (q, e) as passed along; ``bias``
        (q, q) as for ``links``; called after ``forward``.
        """
        alone = mass.log()
        pull = (
            self.leads(self.asked) @ self.follows(self.asked).T / COUPLED**0.5 + self.coupling(bias)[..., 0]
        )
        pull = pull * (1 - torch.eye(len(mass)))
        p = alone.softmax(1)
        for _ in range(ROUNDS):
            p = 0.5 * (p + (alone + pull @ p).softmax(1))
        return alone + pull @ p

    def about(self, x: Tensor, kind: Tensor, index: Tensor, zone: Tensor) -> Tensor:
        """What is around quotes: x (n, WIDTH), kind (q,) 0 or 1, index and zone (q, m) to (q, DIM)."""
        q = len(kind)
        near = x.index_select(0, index.flatten()).view(*index.shape, -1)
        score = (self.look(near) + self.zone(zone.clamp(min=0))).view(q, -1, 2, LOOKS)
        score = score[torch.arange(q), :, kind].masked_fill((zone < 0)[..., None], -1e9)
        seen = torch.einsum("qml,qmd->qld", score.softmax(1), near).flatten(1)
        out = self.seen(F.dropout(seen, self.p, self.training)).view(q, 2, DIM)
        return out[torch.arange(q), kind]

    def forward(
        self, h: Tensor, kind: Tensor, around: Tensor, places: Tensor, key: Tensor, bias: Tensor
    ) -> Tensor:
        """*Shape:* h (q, WIDTH), kind (q,), around (q, DIM), places (k, WIDTH), key (k,), bias (q, k).

        To (q, k).
        """
        q = self.question(F.dropout(h, self.p, self.training)).view(-1, N_QUESTIONS, DIM)
        q = q[torch.arange(len(h)), kind] + around
        self.asked = q
        k = self.key(F.dropout(places, self.p, self.training)).view(-1, N_KEYS, DIM)
        k = k[torch.arange(len(places)), key]
        return q @ k.T / DIM**0.5 + self.distance(bias)[..., 0]


class Persons(nn.Module):
    """Trunk (frozen), branch and head."""

    def __init__(self) -> None:
        super().__init__()
        self.trunk = Trunk(TRUNK_LAYERS)
        self.upper = PersonBranch(6 - TRUNK_LAYERS)
        self.head = PersonHead()
        for parameter in self.trunk.parameters():
            parameter.requires_grad_(False)

    @classmethod
    def shaped(cls, state: Mapping[str, Tensor]) -> Self:
        """A model of the layers that a checkpoint has, with its weights."""
        model = cls()
        grown = sorted({int(k.split(".")[3]) for k in state if k.endswith(".gate")})
        model.upper.grow([at - 1 - before for before, at in enumerate(grown)])
        model.load_state_dict(state)
        return model

    def scores(
        self, windows: list[PersonWindow], questions: list[Questions]
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Scores (q, e) of all windows' questions, -1e4 where a window has fewer entries.

        Right answers; weights.
        """
        lengths = [len(w.ids) for w in windows]
        ids, features, slots, said = (
            torch.from_numpy(np.concatenate([getattr(w, name) for w in windows]).astype(np.int64))[None]
            for name in ("ids", "features", "slots", "said")
        )
        with torch.autocast("cpu", dtype=torch.bfloat16):
            with torch.no_grad():
                low = self.trunk(ids, None, lengths)
            x = self.upper(low, features, slots, said, lengths)
        x = x[0].float()
        total = torch.cat([x.new_zeros(1, WIDTH), x.cumsum(0)])
        most = max(len(w.entry) for w in windows)
        base = 0
        out, right, weight = [], [], []
        for w, q, n in zip(windows, questions, lengths, strict=True):
            places = marked_places(w)
            kind = torch.from_numpy(q.kind.astype(np.int64))
            ask = np.stack([w.token[q.token], w.token[q.token + 1]], 1)
            h = _means(total, base + ask)
            keys = _means(total, base + places.span)
            bias = torch.from_numpy(bias_index(w, q.kind, ask[:, 0], places).astype(np.int64))
            around = h.new_zeros(len(h), DIM)
            of_quote = np.flatnonzero(np.isin(q.kind, (SPEAKER, HEARER)))
            if len(of_quote):
                index, zone = quote_zones(w, q.first[of_quote], q.last[of_quote])
                which = torch.from_numpy((q.kind[of_quote] == HEARER).astype(np.int64))
                seen = self.head.about(
                    x[base : base + n],
                    which,
                    torch.from_numpy(index.astype(np.int64)),
                    torch.from_numpy(zone.astype(np.int64)),
                )
                around = around.index_copy(0, torch.from_numpy(of_quote), seen)
            s = self.head(h, kind, around, keys, torch.from_numpy(places.key.astype(np.int64)), bias)
            apart = torch.from_numpy(link_index(w, q.kind, ask[:, 0]).astype(np.int64))
            links = self.head.links(h, kind, apart)
            e = len(w.entry)
            slot = torch.from_numpy(places.entry.astype(np.int64)).expand(len(s), -1)
            top = torch.cat([s, links], 1).detach().amax(1, keepdim=True)
            direct = s.new_zeros(len(s), e).scatter_add(1, slot, (s - top).exp()) + 1e-9
            leaning = (links - top).exp()
            mass = direct
            for _ in range(HOPS):
                mass = direct + leaning @ (mass / mass.sum(1, keepdim=True))
            out.append(F.pad(self.head.settle(mass, apart), (0, most - e), value=-1e4))
            right.append(F.pad(torch.from_numpy(q.right), (0, most - e)))
            weight.append(torch.from_numpy(q.weight))
            base += n
        return torch.cat(out), torch.cat(right), torch.cat(weight).float()


def _means(total: Tensor, span: np.ndarray) -> Tensor:
    s = torch.from_numpy(span.astype(np.int64))
    return (total[s[:, 1]] - total[s[:, 0]]) / (s[:, 1] - s[:, 0])[:, None]
