"""The person model: an encoder branch that reads with the cast in hand, and what answers its questions.

The idea of marks on entities that the encoder can attend to is that of entity markers (Baldini Soares et al.
2019); of revealing a random part of the answers in training, that of masked prediction (Ghazvininejad et al.
2019).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Self

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
)  # fmt: skip
from fabula.encoder.pieces import N_FEATURES
from training.bert import VOCABULARY, WIDTH, Branch, Layer, Trunk, additive
from training.model import TRUNK_LAYERS
from training.person_batch import Batch

DIM = 256
LOOKS = 4
"""Places at once that are looked at around a quote."""


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

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """As ``Layer``."""
        return x + self.gate * (self.layer(x, mask) - x)


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
        self, x: Tensor, features: Tensor, slots: Tensor, said: Tensor, mask: Tensor | None = None
    ) -> Tensor:
        """*Shape:* x (batch, seq, WIDTH), the rest (batch, seq), to (batch, seq, WIDTH)."""
        return self.branch(x + self.slot(slots) + self.said(said), features, mask)


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

    def links(self, h: Tensor, kind: Tensor, bias: Tensor, asked: Tensor) -> Tensor:
        """How much each question leans on the answer to each other, (b, q, q); called after ``forward``."""
        role = (kind == SPEAKER).long() + 2 * (kind == HEARER).long()
        node = _chosen(self.node(F.dropout(h, self.p, self.training)), role, N_ROLES)
        s = self.asked @ node.mT / DIM**0.5 + self.link(bias)[..., 0]
        return s.masked_fill(~_others(asked), -1e4)

    def settle(self, mass: Tensor, bias: Tensor, asked: Tensor, there: Tensor) -> Tensor:
        """Log-probabilities (b, q, e) of the entries once all questions of a window are weighed together.

        A few rounds of mean field over signed couplings of every two questions: "him" is somebody else than
        "he", whoever that is (as CRF-RNN, Zheng et al. 2015). ``mass`` (b, q, e) as passed along; ``bias``
        (b, q, q) as for ``links``; called after ``forward``.
        """
        alone = mass.log().masked_fill(~there[:, None], -1e4)
        pull = (
            self.leads(self.asked) @ self.follows(self.asked).mT / COUPLED**0.5 + self.coupling(bias)[..., 0]
        )
        pull = pull * _others(asked)
        p = alone.softmax(2)
        for _ in range(ROUNDS):
            p = 0.5 * (p + (alone + pull @ p).softmax(2))
        return alone + pull @ p

    def about(self, x: Tensor, batch: Batch) -> Tensor:
        """What is around quotes, (s, DIM), from pieces x (b, n, WIDTH)."""
        near = x[batch.row[:, None], batch.index]
        score = self.look(near) + self.zone(batch.zone.clamp(min=0))
        score = _chosen(score, batch.hears.long()[:, None].expand(score.shape[:2]), 2)
        score = score.masked_fill((batch.zone < 0)[..., None], -1e9)
        seen = torch.einsum("sml,smd->sld", score.softmax(1), near).flatten(1)
        return _chosen(self.seen(F.dropout(seen, self.p, self.training)), batch.hears.long(), 2)

    def forward(
        self, h: Tensor, kind: Tensor, around: Tensor, places: Tensor, key: Tensor, bias: Tensor
    ) -> Tensor:
        """*Shape:* h (b, q, WIDTH), kind (b, q), around (b, q, DIM), places (b, k, WIDTH), key (b, k), bias
        (b, q, k).

        To (b, q, k).
        """
        q = _chosen(self.question(F.dropout(h, self.p, self.training)), kind, N_QUESTIONS) + around
        self.asked = q
        k = _chosen(self.key(F.dropout(places, self.p, self.training)), key, N_KEYS)
        return q @ k.mT / DIM**0.5 + self.distance(bias)[..., 0]


class Persons(nn.Module):
    """Trunk (frozen), branch and head.

    ``narrow``: the layers compute in bfloat16, on a CPU too; on a GPU they always do.
    """

    def __init__(self, vocabulary: int = VOCABULARY) -> None:
        super().__init__()
        self.narrow = False
        self.trunk = Trunk(TRUNK_LAYERS, vocabulary)
        self.upper = PersonBranch(6 - TRUNK_LAYERS)
        self.head = PersonHead()
        for parameter in self.trunk.parameters():
            parameter.requires_grad_(False)

    @classmethod
    def shaped(cls, state: Mapping[str, Tensor]) -> Self:
        """A model of the layers and the vocabulary that a checkpoint has, with its weights."""
        model = cls(len(state["trunk.word.weight"]))
        grown = sorted({int(k.split(".")[3]) for k in state if k.endswith(".gate")})
        model.upper.grow([at - 1 - before for before, at in enumerate(grown)])
        model.load_state_dict(state)
        return model

    def scores(self, batch: Batch) -> Tensor:
        """Scores (b, q, e) of all questions, about -1e4 where a window has fewer entries."""
        mask = additive(batch.real)
        with torch.autocast(batch.ids.device.type, torch.bfloat16, batch.ids.is_cuda or self.narrow):
            with torch.no_grad():
                low = self.trunk(batch.ids, mask)
            x = self.upper(low, batch.features, batch.slots, batch.said, mask)
        x = x.float()
        total = F.pad(x.cumsum(1), (0, 0, 1, 0))
        h, keys = _means(total, batch.at), _means(total, batch.span)
        around = h.new_zeros(*h.shape[:2], DIM)
        around = around.index_put((batch.row, batch.which), self.head.about(x, batch))
        s = self.head(h, batch.kind, around, keys, batch.key, batch.bias)
        s = s.masked_fill(~batch.marked[:, None], -1e4)
        links = self.head.links(h, batch.kind, batch.apart, batch.asked)
        top = torch.cat([s, links], 2).detach().amax(2, keepdim=True)
        q, e = s.shape[1], batch.there.shape[1]
        direct = s.new_zeros(len(s), q, e)
        direct = direct.scatter_add(2, batch.entry[:, None].expand(-1, q, -1), (s - top).exp())
        direct = (direct + 1e-9) * batch.there[:, None]
        leaning = (links - top).exp()
        mass = direct
        for _ in range(HOPS):
            mass = direct + leaning @ (mass / mass.sum(2, keepdim=True))
        return self.head.settle(mass.clamp(min=1e-30), batch.apart, batch.asked, batch.there)


def _chosen(x: Tensor, which: Tensor, choices: int) -> Tensor:
    """Of each row of x (..., choices * d) the part that ``which`` (...) says, (..., d)."""
    parts = x.unflatten(-1, (choices, -1))
    index = which[..., None, None].expand(*which.shape, 1, parts.shape[-1])
    return parts.gather(-2, index).squeeze(-2)


def _others(asked: Tensor) -> Tensor:
    """(b, q, q) whether the second is another question than the first, and one at all."""
    q = asked.shape[1]
    return asked[:, None] & ~torch.eye(q, dtype=torch.bool, device=asked.device)


def _means(total: Tensor, span: Tensor) -> Tensor:
    """Means (b, m, d) over spans (b, m, 2) from running sums (b, n + 1, d)."""
    row = torch.arange(len(total), device=total.device)[:, None]
    length = (span[..., 1] - span[..., 0])[..., None]
    return (total[row, span[..., 1]] - total[row, span[..., 0]]) / length
