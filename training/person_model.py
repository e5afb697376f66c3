"""The person model: an encoder branch that reads a window with the cast in hand, and who answers its questions.

The idea of marks on entities that the encoder can attend to is that of entity markers (Baldini Soares et al. 2019);
of revealing a random part of the answers in training, that of masked prediction (Ghazvininejad et al. 2019).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn

from fabula.encoder.pieces import N_FEATURES
from fabula.encoder.person_windows import N_QUESTIONS, N_SLOTS, PersonWindow
from training.bert import WIDTH, Branch, Trunk
from training.model import TRUNK_LAYERS

DIM = 256


@dataclass(slots=True)
class Questions:
    """Of one window: kind (n,), token (n,), and whether each entry is a right answer (n, n_entries)."""

    kind: np.ndarray
    token: np.ndarray
    right: np.ndarray
    weight: np.ndarray


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

    def forward(
        self, x: Tensor, features: Tensor, slots: Tensor, said: Tensor, lengths: Sequence[int] | None = None
    ) -> Tensor:
        """*Shape:* x (batch, seq, WIDTH), the rest (batch, seq), to (batch, seq, WIDTH)."""
        return self.branch(x + self.slot(slots) + self.said(said), features, None, lengths)


class PersonHead(nn.Module):
    """Scores of header entries as answers to questions."""

    def __init__(self, p: float = 0.2) -> None:
        super().__init__()
        self.question = nn.Linear(WIDTH, N_QUESTIONS * DIM)
        self.entry = nn.Linear(WIDTH, DIM)
        self.p = p

    def forward(self, h: Tensor, kind: Tensor, entries: Tensor) -> Tensor:
        """*Shape:* h (q, WIDTH), kind (q,), entries (q, e, WIDTH) to (q, e)."""
        q = self.question(F.dropout(h, self.p, self.training)).view(-1, N_QUESTIONS, DIM)
        q = q[torch.arange(len(h)), kind]
        k = self.entry(F.dropout(entries, self.p, self.training))
        return torch.einsum("qd,qed->qe", q, k) / DIM**0.5


class Persons(nn.Module):
    """Trunk (frozen), branch and head."""

    def __init__(self) -> None:
        super().__init__()
        self.trunk = Trunk(TRUNK_LAYERS)
        self.upper = PersonBranch(6 - TRUNK_LAYERS)
        self.head = PersonHead()
        for parameter in self.trunk.parameters():
            parameter.requires_grad_(False)

    def scores(self, windows: list[PersonWindow], questions: list[Questions]) -> tuple[Tensor, Tensor, Tensor]:
        """Scores (q, e) of all windows' questions, -1e4 where a window has fewer entries; right answers; weights."""
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
        rows, at, entry, kind, right, weight, there = [], [], [], [], [], [], []
        base = 0
        for k, (w, q) in enumerate(zip(windows, questions, strict=True)):
            rows.append(np.full(len(q.kind), k))
            at.append(base + np.stack([w.token[q.token], w.token[q.token + 1]], 1))
            e = np.zeros((most, 2), np.int64)
            e[: len(w.entry)] = w.entry
            e[len(w.entry) :] = (0, 1)
            entry.append(base + e)
            base += lengths[k]
            kind.append(q.kind)
            r = np.zeros((len(q.kind), most), bool)
            r[:, : len(w.entry)] = q.right
            right.append(r)
            weight.append(q.weight)
            t = np.zeros((len(q.kind), most), bool)
            t[:, : len(w.entry)] = True
            there.append(t)
        row = torch.from_numpy(np.concatenate(rows).astype(np.int64))
        a = torch.from_numpy(np.concatenate(at).astype(np.int64))
        h = (total[a[:, 1]] - total[a[:, 0]]) / (a[:, 1] - a[:, 0])[:, None]
        e = torch.from_numpy(np.stack(entry))
        entries = (total[e[..., 1]] - total[e[..., 0]]) / (e[..., 1] - e[..., 0])[..., None]
        s = self.head(h, torch.from_numpy(np.concatenate(kind).astype(np.int64)), entries[row])
        s = s.masked_fill(~torch.from_numpy(np.concatenate(there)), -1e4)
        return s, torch.from_numpy(np.concatenate(right)), torch.from_numpy(np.concatenate(weight)).float()
