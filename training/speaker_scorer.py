"""The speaker and addressee scorer with gradients: labelled quotes as tensors, and the field over them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from fabula.resolve.conversations import (
    N_HEARS,
    N_SPEAKS,
    N_STEP,
    TRUST,
    SpeakerWeights,
    conversations,
    step_features,
    step_patterns,
)
from fabula.resolve.quote_context import QuoteContext
from fabula.resolve.speaker_features import FEATURES, MOST, N_FEATURES, N_PERSON, QuoteCandidates
from fabula.types import Ints

STATES = MOST * (MOST + 1)
LONGEST = 40
_ADDRESS = tuple(FEATURES.index(f) for f in ("vocative", "perhaps", "told", "has_vocative", "has_told"))
_TAG = tuple(
    k for k, f in enumerate(FEATURES) if f.startswith("tag_") or f in ("has_name_tag", "has_pron_tag")
)
_NEURAL = tuple(FEATURES.index(f) for f in ("neural", "neural_margin", "neural_top"))


@dataclass(frozen=True, slots=True)
class Labelled:
    """One text's quotes. ``speaker``/``hearer`` are entity ids by quote, -1 where unknown."""

    name: str
    contexts: tuple[QuoteContext, ...]
    candidates: tuple[QuoteCandidates, ...]
    speaker: tuple[int, ...]
    hearer: tuple[int, ...]
    neural: bool
    weight: float
    mask: tuple[float, ...]
    """Per quote, how often to hide its tag: where the tag itself gave the label."""
    gold: bool = False
    """Whether a person gave the labels, so that nothing need be hidden."""


# ------------------------------------------------------------------ examples to tensors
@dataclass(frozen=True, slots=True)
class Run:
    """One conversation as padded tensors, of L quotes.

    States are (speaker, hearer); hearer MOST is nobody.
    """

    x: Tensor  # (L, MOST, N_FEATURES)
    there: Tensor  # (L, MOST) bool
    step: Tensor  # (L, N_STEP); row 0 unused
    pattern: Tensor  # (L, STATES, STATES) uint8; row 0 unused
    speaker: Tensor  # (L,) row of the speaker, -1 unknown
    hearer: Tensor  # (L,)
    mask: Tensor  # (L,) how often to hide the tag
    prior: Tensor  # (L, MOST + 1, 2)
    weight: float
    gold: bool


def runs_of(d: Labelled) -> Iterator[Run]:
    """The conversations of a text that have at least one label."""
    outer = [k for k, q in enumerate(d.contexts) if q.parent < 0]
    runs = conversations(d.contexts, outer) + [[k] for k, q in enumerate(d.contexts) if q.parent >= 0]
    for run in runs:
        pieces: list[list[int]] = [[]]
        for k in run:
            if not len(d.candidates[k].entity) or len(pieces[-1]) == LONGEST:
                pieces.append([])
            if len(d.candidates[k].entity):
                pieces[-1].append(k)
        for piece in pieces:
            if any(d.speaker[k] >= 0 for k in piece):
                yield _tensors(d, piece)


def _tensors(d: Labelled, run: Sequence[int]) -> Run:
    n = len(run)
    x = np.zeros((n, MOST, N_FEATURES), np.float32)
    there = np.zeros((n, MOST), bool)
    step = np.zeros((n, N_STEP), np.float32)
    pattern = np.zeros((n, STATES, STATES), np.uint8)
    rows = np.full((2, n), -1)
    prior = np.zeros((n, MOST + 1, 2), np.float32)
    padded: list[Ints] = []
    for t, k in enumerate(run):
        c = d.candidates[k]
        m = len(c.entity)
        if c.prior is not None:
            prior[t, :m], prior[t, MOST] = c.prior[:-1], c.prior[-1]
        x[t, :m], there[t, :m] = c.features, True
        padded.append(np.concatenate([c.entity, -2 - t * MOST - np.arange(MOST - m)]).astype(np.int32))
        for r, who in enumerate((d.speaker[k], d.hearer[k])):
            hit = np.flatnonzero(c.entity == who)
            rows[r, t] = int(hit[0]) if len(hit) else -1
        if t:
            step[t] = step_features(d.contexts[run[t - 1]], d.contexts[k], d.candidates[run[t - 1]], c)
            pattern[t] = step_patterns(padded[t - 1], padded[t])
    if not d.neural:
        x[:, :, _NEURAL] = np.nan
        step[:, -4:] = 0.0
    return Run(
        x=torch.from_numpy(x),
        there=torch.from_numpy(there),
        step=torch.from_numpy(step),
        pattern=torch.from_numpy(pattern),
        speaker=torch.from_numpy(rows[0]),
        hearer=torch.from_numpy(rows[1]),
        mask=torch.tensor([d.mask[k] for k in run]),
        prior=torch.from_numpy(prior),
        weight=d.weight,
        gold=d.gold,
    )


# ------------------------------------------------------------------ the model
class Scorer(torch.nn.Module):
    """The weights of SpeakerWeights, with gradients."""

    def __init__(self, mean: Tensor, scale: Tensor, hidden: int) -> None:
        super().__init__()
        self.mean, self.scale = mean, scale
        self.first = torch.nn.Parameter(torch.randn(N_FEATURES, hidden) * 0.08)
        self.first_bias = torch.nn.Parameter(torch.zeros(hidden))
        self.second = torch.nn.Parameter(torch.randn(hidden, 2) * 0.08)
        self.straight = torch.nn.Parameter(torch.zeros(N_FEATURES, 2))
        self.nobody = torch.nn.Parameter(torch.zeros(N_FEATURES - N_PERSON + 1))
        self.step = torch.nn.Parameter(torch.zeros(N_STEP, N_SPEAKS * N_HEARS))
        self.trust = torch.nn.Parameter(torch.full((2,), TRUST))

    def states(self, x: Tensor, there: Tensor, prior: Tensor, dropout: float) -> Tensor:
        """(L, MOST, MOST + 1) log scores; -inf where there is no such state."""
        at = x[:, 0, N_PERSON:]
        x = torch.nan_to_num((x - self.mean) * self.scale)
        h = torch.relu(x @ self.first + self.first_bias)
        h = torch.nn.functional.dropout(h, dropout, self.training)
        s = h @ self.second + x @ self.straight
        nobody = at @ self.nobody[:-1] + self.nobody[-1]
        speaks = s[:, :, 0] + self.trust[0] * prior[:, :-1, 0]
        hears = torch.cat([s[:, :, 1], nobody[:, None]], 1) + self.trust[1] * prior[:, :, 1]
        joint = speaks[:, :, None] + hears[:, None, :]
        full = torch.cat([there, torch.ones_like(there[:, :1])], 1)
        ok = there[:, :, None] & full[:, None, :] & ~torch.eye(MOST, MOST + 1, dtype=torch.bool)[None]
        return joint.masked_fill(~ok, -1e9)

    def loss(self, r: Run, hide: bool, dropout: float = 0.0) -> Tensor:
        """-log P(labels) of one conversation, what is unknown summed over."""
        x = r.x
        if hide and not r.gold:
            known = (r.hearer >= 0) & (torch.rand(len(r.hearer)) < 0.5)
            x = x.clone()
            cut = x[known]
            cut[:, :, _ADDRESS] = 0.0
            x[known] = cut
            mine = torch.rand(len(r.hearer)) < r.mask
            cut = x[mine]
            cut[:, :, _TAG] = 0.0
            cut[:, :, _NEURAL] = torch.nan
            x[mine] = cut
        joint = self.states(x, r.there, r.prior, dropout)
        clamp = torch.zeros_like(joint)
        for t in range(len(x)):
            s, h = int(r.speaker[t]), int(r.hearer[t])
            if s >= 0:
                row = torch.ones(MOST, dtype=torch.bool)
                row[s] = False
                clamp[t, row] = -1e9
            if h >= 0 and h != s:
                column = torch.ones(MOST + 1, dtype=torch.bool)
                column[h] = False
                clamp[t, :, column] = -1e9
        both = torch.stack([joint, joint + clamp]).flatten(2)  # (2, L, STATES)
        top = both.amax(2, keepdim=True)
        p = (both - top).exp()
        total = top[:, :, 0].sum(1)
        tables = (r.step @ self.step).clamp(-15, 15).exp()
        f = p[:, 0]
        for t in range(1, len(x)):
            z = f.sum(1, keepdim=True)
            total = total + z[:, 0].log()
            f = (f / z) @ tables[t][r.pattern[t].long()] * p[:, t]
        total = total + f.sum(1).clamp(min=1e-37).log()
        return (total[0] - total[1]) * r.weight

    def weights(self) -> SpeakerWeights:
        """Frozen arrays."""
        return SpeakerWeights(
            **{k: getattr(self, k).detach().numpy().astype(np.float32) for k in SpeakerWeights.__slots__}
        )
