"""The reading model: encoder branch, mentions, events, and the pair scorer for antecedents and speakers.

Mentions: start/end bilinear scores over a band of spans (after Yu et al. 2020). Pairs: an additive and a
multiplicative term over span vectors plus categorical features (after Lee et al. 2017, with the scorer
split by category as in Otmazgin et al. 2023), trained on the marginal likelihood of all right antecedents.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn

from fabula.encoder.pieces import N_FEATURES
from fabula.heads.pair_features import FEATURE_SIZES, N_KINDS
from training.bert import VOCABULARY, WIDTH, Branch, Trunk, additive

MAX_WIDTH = 30
"""Longest mention, in tokens: covers 99.8 % of LitBank's."""
SPAN, PAIR, BIAFFINE = 256, 192, 192
TRUNK_LAYERS = 2


class MentionHead(nn.Module):
    """Scores of every span of up to MAX_WIDTH tokens, and the type and kind of given spans."""

    def __init__(self, p: float = 0.2) -> None:
        super().__init__()
        self.start, self.end = nn.Linear(WIDTH, BIAFFINE), nn.Linear(WIDTH, BIAFFINE)
        self.bilinear = nn.Linear(BIAFFINE, BIAFFINE, bias=False)
        self.start_bias, self.end_bias = nn.Linear(BIAFFINE, 1), nn.Linear(BIAFFINE, 1)
        self.length = nn.Embedding(MAX_WIDTH, 1)
        nn.init.constant_(self.length.weight, -4.0)
        self.label_in = nn.Linear(2 * WIDTH, 192)
        self.label_out = nn.Linear(192, 9)
        self.p = p

    def forward(self, x: Tensor) -> Tensor:
        """*Shape:* (n, WIDTH) to (n, MAX_WIDTH): logit that a mention starts here with length column + 1."""
        s = F.dropout(F.gelu(self.start(x)), self.p, self.training)
        e = F.dropout(F.gelu(self.end(x)), self.p, self.training)
        n = len(x)
        at = torch.arange(n, device=x.device)[:, None] + torch.arange(MAX_WIDTH, device=x.device)[None]
        ends = torch.cat([e, e.new_zeros(MAX_WIDTH, BIAFFINE)])[at]
        score = torch.einsum("nd,nwd->nw", self.bilinear(s), ends)
        end_bias = torch.cat([self.end_bias(e)[:, 0], e.new_zeros(MAX_WIDTH)])[at]
        return score + self.start_bias(s) + end_bias + self.length.weight[:, 0]

    def labels(self, x: Tensor, start: Tensor, end: Tensor) -> Tensor:
        """Logits of six types and three kinds, (m, 9), for spans [start, end)."""
        h = torch.cat([x[start], x[end - 1]], dim=1)
        h = F.dropout(F.gelu(self.label_in(F.dropout(h, self.p, self.training))), self.p, self.training)
        return self.label_out(h)


class EventHead(nn.Module):
    """Logit that a token is a realis event (Sims et al. 2019). *Shape:* (n, WIDTH) to (n,)."""

    def __init__(self, p: float = 0.2) -> None:
        super().__init__()
        self.hidden, self.out, self.p = nn.Linear(WIDTH, 160), nn.Linear(160, 1), p

    def forward(self, x: Tensor) -> Tensor:
        """Logits of the tokens."""
        h = F.gelu(self.hidden(F.dropout(x, self.p, self.training)))
        return self.out(F.dropout(h, self.p, self.training))[:, 0]


class PairHead(nn.Module):
    """Scores (anaphor, candidate) pairs and "none" for each anaphor."""

    def __init__(self, p: float = 0.3) -> None:
        super().__init__()
        self.attention = nn.Linear(WIDTH, 1)
        self.mention_span = nn.Linear(3 * WIDTH, SPAN)
        self.quote_span = nn.Linear(3 * WIDTH, SPAN)
        self.anaphor, self.candidate = nn.Linear(SPAN, PAIR), nn.Linear(SPAN, PAIR, bias=False)
        self.product = nn.Linear(SPAN, PAIR, bias=False)
        self.features = nn.ModuleList(nn.Embedding(k, PAIR) for k in FEATURE_SIZES)
        for f in self.features:
            assert isinstance(f, nn.Embedding)
            nn.init.normal_(f.weight, std=0.05)
        self.out = nn.Embedding(N_KINDS * 3, PAIR)
        nn.init.normal_(self.out.weight, std=0.05)
        self.bias = nn.Embedding(N_KINDS * 3, 1)
        nn.init.zeros_(self.bias.weight)
        self.none_in = nn.Linear(SPAN, 96)
        self.none_out = nn.Linear(96, N_KINDS)
        self.p = p

    def spans(self, x: Tensor, start: Tensor, end: Tensor, n_mentions: int) -> Tensor:
        """Span vectors (m, SPAN); the first ``n_mentions`` are mentions, the rest quotes."""
        m = len(start)
        width = int((end - start).max()) if m else 1
        width = min(width, 64)
        at = start[:, None] + torch.arange(width, device=x.device)
        inside = at < end[:, None]
        at = at.clamp(max=len(x) - 1)
        w = self.attention(x)[:, 0][at].masked_fill(~inside, -1e9).softmax(1)
        pooled = torch.einsum("mw,mwd->md", w, x[at])
        h = torch.cat([x[start], x[end - 1], pooled], dim=1)
        h = F.dropout(h, self.p, self.training)
        g = torch.cat([self.mention_span(h[:n_mentions]), self.quote_span(h[n_mentions:])])
        return F.dropout(F.gelu(g), self.p, self.training)

    def none(self, g: Tensor, kind: Tensor) -> Tensor:
        """Logit of "no antecedent" per anaphor, (m,)."""
        h = F.gelu(self.none_in(g))
        return self.none_out(h).gather(1, kind[:, None])[:, 0]

    def forward(self, g: Tensor, i: Tensor, j: Tensor, features: Tensor, kind: Tensor) -> Tensor:
        """Scores (pairs,) of anaphors ``i`` with candidates ``j``; ``features`` (pairs, N_PAIR_FEATURES)."""
        h = self.anaphor(g)[i] + self.candidate(g)[j] + self.product(g[i] * g[j])
        for k, f in enumerate(self.features):
            h = h + f(features[:, k])
        h = F.dropout(F.relu(h), self.p, self.training)
        category = kind[i] * 3 + kind[j]
        return (h * self.out(category)).sum(1) + self.bias(category)[:, 0]


@dataclass(slots=True)
class Windows:
    """Padded windows of one chunk: ``ids``, ``features`` (n, seq), ``mask`` (n, seq) true where real.

    ``rows`` and ``columns`` say where the chunk's pieces lie, ``token`` which token each belongs to.
    """

    ids: Tensor
    features: Tensor
    mask: Tensor
    rows: Tensor
    columns: Tensor
    token: Tensor
    n_tokens: int

    def to(self, device: torch.device) -> Self:
        """The windows on ``device``."""
        return replace(
            self,
            ids=self.ids.to(device), features=self.features.to(device), mask=self.mask.to(device),
            rows=self.rows.to(device), columns=self.columns.to(device), token=self.token.to(device),
        )  # fmt: skip


class Reader(nn.Module):
    """Everything that is trained on LitBank and on silver data."""

    def __init__(self, vocabulary: int = VOCABULARY) -> None:
        super().__init__()
        self.trunk = Trunk(TRUNK_LAYERS, vocabulary)
        self.branch = Branch(6 - TRUNK_LAYERS, N_FEATURES)
        self.mentions = MentionHead()
        self.events = EventHead()
        self.pairs = PairHead()
        for parameter in self.trunk.parameters():
            parameter.requires_grad_(False)

    @property
    def device(self) -> torch.device:
        """Where the weights are."""
        return self.trunk.segment.device

    def low(self, w: Windows) -> Tensor:
        """What the trunk says of the windows' pieces."""
        with torch.no_grad():
            low: Tensor = self.trunk(w.ids, additive(w.mask))
        return low

    def tokens(self, w: Windows, low: Tensor | None = None) -> Tensor:
        """Token vectors (n_tokens, WIDTH): the mean over each token's pieces; ``low`` if it is known."""
        low = self.low(w) if low is None else low
        x = self.branch(low, w.features, additive(w.mask))[w.rows, w.columns].float()
        total = x.new_zeros(w.n_tokens, WIDTH).index_add(0, w.token, x)
        count = x.new_zeros(w.n_tokens).index_add(0, w.token, x.new_ones(len(w.token)))
        return total / count.clamp(min=1)[:, None]
