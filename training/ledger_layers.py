"""Train the reading branch's upper layers to read for acts and feelings, beside what they read for now.

    python -m training.ledger_layers --data ../shared/data --out runs/acts --state runs/ledger.pt
    python -m training.ledger_layers --state runs/ledger.pt --model MODEL

The first command learns additions of low rank to the last two layers (LoRA, Hu et al. 2021, arXiv
2106.09685), with heads that are thrown away: the acts of the marked stories and of the passages of
``training/novels``, the feelings of GoEmotions' comments, and the valence of EmoBank's documents but for
fiction. REMAN, the dev passages and EmoBank's fiction are left for the heads that come after, and for
measuring them. It goes on from ``--state`` where that was stopped. The second puts them into the graph of a
model folder; then ``training.feelings``, ``training.experiencers`` and ``training.acts`` must be run again.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn

from fabula.encoder.session import model_folder
from fabula.heads.acts import KINDS
from fabula.heads.feelings import LABELS
from fabula.lexicon.speech_acts import SPEECH_KINDS
from training.act_data import Reader, arguments, labelled_stories
from training.act_novels import labelled_novels
from training.acts import HIDDEN
from training.bert import WIDTH, Layer
from training.export import identify, save_npz
from training.ledger_graph import FIRST, add_ledger
from training.ledger_windows import ActWindow, Middle, RatedWindow, Window, act_windows, rated_windows
from training.pack import pack
from training.unpack import graph_state

Array = npt.NDArray[Any]

RANK, EPOCHS, RATE, HEAD_RATE, WARM, SEED = 16, 6, 1e-3, 1e-3, 60, 0
BATCH, SENTENCES, SPOKEN = 16, 2, 40
"""Windows of acts, windows of EmoBank and comments in a step."""
PLEASANT, FELT = 3.0, 0.3
"""What valence and comments' feelings count, beside acts."""
DROPOUT = 0.3
PACKED = 4000
"""Numbers from which on a matrix is kept in 8 bits."""


class LowRank(nn.Module):
    """A frozen linear layer with an addition of rank ``rank`` and a bias of its own, both learnt."""

    def __init__(self, of: nn.Linear, rank: int) -> None:
        super().__init__()
        out, inner = of.weight.shape
        self.whole = nn.Parameter(of.weight.detach().clone(), requires_grad=False)
        self.bias = nn.Parameter(of.bias.detach().clone())
        self.low = nn.Parameter(torch.randn(rank, inner) / math.sqrt(inner))
        self.high = nn.Parameter(torch.zeros(out, rank))

    def forward(self, x: Tensor) -> Tensor:
        """*Shape:* (..., in) to (..., out)."""
        return F.linear(x, self.whole, self.bias) + F.linear(F.linear(x, self.low), self.high)


class UpperLayers(nn.Module):
    """The last layers of the reading branch, with additions of low rank to every product."""

    def __init__(self, state: dict[str, Tensor], rank: int = RANK) -> None:
        super().__init__()
        self.layers = nn.ModuleDict()
        for k in (FIRST, FIRST + 1):
            layer, before = Layer(), f"branch.layers.{k}."
            layer.load_state_dict(
                {n.removeprefix(before): v for n, v in state.items() if n.startswith(before)}
            )
            for name in ("q", "k", "v", "o", "up", "down"):
                setattr(layer, name, LowRank(getattr(layer, name), rank))
            self.layers[str(k)] = layer

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """*Shape:* (batch, seq, WIDTH), mask (batch, 1, 1, seq) additive, to (batch, seq, WIDTH)."""
        for layer in self.layers.values():
            x = layer(x, mask)
        return x

    def learnt(self) -> dict[str, npt.NDArray[np.float32]]:
        """All that is learnt, by the names that ``training.ledger_graph`` has for it."""
        return {n: p.detach().numpy() for n, p in self.named_parameters() if p.requires_grad}


class Network(nn.Module):
    """The layers, and heads of the shapes of ``heads/acts.py`` and ``heads/feelings.py``."""

    def __init__(self, layers: UpperLayers, windows: Sequence[Window]) -> None:
        super().__init__()
        self.layers = layers
        self.register_buffer("mean", torch.zeros(2 * WIDTH))
        self.register_buffer("std", torch.ones(2 * WIDTH))
        self.tokens, self.told = nn.Linear(2 * WIDTH, HIDDEN), nn.Linear(HIDDEN, len(KINDS) + 1)
        self.words, self.said = nn.Linear(2 * WIDTH, HIDDEN), nn.Linear(2 * HIDDEN, len(SPEECH_KINDS))
        self.valence, self.felt = nn.Linear(2 * WIDTH, 1), nn.Linear(2 * WIDTH, len(LABELS))
        for head, rarity in ((self.told, -5.0), (self.said, -4.0), (self.felt, -3.0), (self.valence, 0.0)):
            nn.init.normal_(head.weight, 0, 0.3 * head.in_features**-0.5)
            nn.init.constant_(head.bias, rarity)
        with torch.no_grad():
            x = self.vectors(windows)
            self.mean, self.std = x.mean(0), x.std(0) + 1e-3

    def vectors(self, windows: Sequence[Window]) -> Tensor:
        """Standardised vectors of all kept tokens, one window after another, (n, 2 * WIDTH)."""
        n = max(len(w.middle) for w in windows)
        x, mask = torch.zeros(len(windows), n, WIDTH), torch.full((len(windows), 1, 1, n), -1e9)
        for i, w in enumerate(windows):
            x[i, : len(w.middle)] = torch.from_numpy(w.middle.astype(np.float32))
            mask[i, ..., : len(w.middle)] = 0
        rows = []
        for h, w in zip(self.layers(x, mask), windows, strict=True):
            at = torch.from_numpy(w.at)
            total = torch.cat([torch.zeros(1, WIDTH), h.cumsum(0)])[at]
            token = (total[1:] - total[:-1]) / (at[1:] - at[:-1])[:, None]
            rows.append(torch.cat([token, torch.from_numpy(w.syntax.astype(np.float32))], dim=1))
        return (torch.cat(rows) - self.mean) / self.std

    def act_loss(self, windows: Sequence[ActWindow]) -> Tensor:
        """Cross-entropy of what tokens tell, and of what stretches of speech do."""
        x = self.vectors(windows)
        first = np.cumsum([0, *[len(w.syntax) for w in windows]]).tolist()
        rows = np.concatenate([w.rows + a for w, a in zip(windows, first, strict=False)])
        h = F.dropout(F.relu(self.tokens(x[torch.from_numpy(rows)])), DROPOUT, self.training)
        loss = _cross(self.told(h), [w.y for w in windows], [w.weight for w in windows])
        bounds = [(i + a, j + a) for w, a in zip(windows, first, strict=False) for i, j in w.bounds]
        if bounds:
            pooled = F.dropout(self._pooled(x, bounds), DROPOUT, self.training)
            said = _cross(self.said(pooled), [w.said for w in windows], [w.said_weight for w in windows])
            loss = loss + said
        return loss

    def _pooled(self, x: Tensor, bounds: Sequence[tuple[int, int]]) -> Tensor:
        size = torch.tensor([b - a for a, b in bounds])
        at = torch.cat([torch.arange(a, b) for a, b in bounds])
        run = torch.repeat_interleave(torch.arange(len(bounds)), size)
        h = F.relu(self.words(x))[at]
        none = torch.zeros(len(bounds), HIDDEN)
        mean = none.index_add(0, run, h) / size[:, None]
        return torch.cat([mean, none.scatter_reduce(0, run[:, None].expand_as(h), h, "amax")], dim=1)

    def rated_loss(self, rated: Sequence[RatedWindow], comments: Sequence[RatedWindow]) -> Tensor:
        """Squared error of valence, and cross-entropy of comments' feelings."""
        v, of_v = self._sentences(rated)
        felt, of_felt = self._sentences(comments)
        valence = ((self.valence(v) - of_v) ** 2).mean()
        cross = F.binary_cross_entropy_with_logits(self.felt(felt), of_felt, reduction="none")
        return PLEASANT * valence + FELT * cross.sum(1).mean()

    def _sentences(self, windows: Sequence[RatedWindow]) -> tuple[Tensor, Tensor]:
        x = self.vectors(windows)
        first = np.cumsum([0, *[len(w.syntax) for w in windows]]).tolist()
        total = torch.cat([torch.zeros(1, x.shape[1]), x.cumsum(0)])
        pairs = [(i + a, j + a) for w, a in zip(windows, first, strict=False) for i, j in w.sentences]
        bounds = torch.tensor(pairs)
        mean = (total[bounds[:, 1]] - total[bounds[:, 0]]) / (bounds[:, 1] - bounds[:, 0])[:, None]
        return mean, torch.from_numpy(np.concatenate([w.rating for w in windows]).astype(np.float32))


def _cross(z: Tensor, y: Sequence[Array], weight: Sequence[Array]) -> Tensor:
    target, w = (torch.from_numpy(np.concatenate(a).astype(np.float32)) for a in (y, weight))
    loss = F.binary_cross_entropy_with_logits(z, target, reduction="none")
    return (loss * w).sum() / max(float(w.sum()) / w.shape[1], 1.0)


class Dealt:
    """Deals everything before anything comes again."""

    def __init__(self, n: int, seed: int) -> None:
        self._n, self._random, self._left = n, random.Random(seed), list[int]()

    def __call__(self, count: int) -> list[int]:
        """``count`` numbers below n."""
        while len(self._left) < count:
            self._left = [*self._random.sample(range(self._n), self._n), *self._left]
        return [self._left.pop() for _ in range(count)]


def train(
    acts: Sequence[ActWindow], rated: Sequence[RatedWindow], comments: Sequence[RatedWindow], state: Path
) -> None:
    """Learn; what has been learnt is kept in ``state`` after every epoch, from where it goes on."""
    torch.manual_seed(SEED)
    net = Network(UpperLayers(graph_state(model_folder() / "reader.onnx")), acts[::100])
    layers = [p for p in net.layers.parameters() if p.requires_grad]
    heads = [p for n, p in net.named_parameters() if not n.startswith("layers.")]
    groups = [
        {"params": layers, "lr": RATE, "weight_decay": 0.01},
        {"params": heads, "lr": HEAD_RATE, "weight_decay": 0.1},
    ]
    rates = [RATE, HEAD_RATE]
    optimiser = torch.optim.AdamW(groups)
    epoch = len(acts) // BATCH
    steps, done = EPOCHS * epoch, 0
    if state.exists():
        kept = torch.load(state, weights_only=True)
        net.load_state_dict(kept["network"])
        optimiser.load_state_dict(kept["optimiser"])
        done = kept["step"]
    deals = [Dealt(len(some), SEED + done + k) for k, some in enumerate((acts, rated, comments))]
    net.train()
    for step in range(done, steps):
        for group, rate in zip(optimiser.param_groups, rates, strict=True):
            group["lr"] = rate * min(1.0, (step + 1) / WARM) * 0.5 * (1 + math.cos(math.pi * step / steps))
        loss = net.act_loss([acts[k] for k in deals[0](BATCH)])
        loss = loss + net.rated_loss(
            [rated[k] for k in deals[1](SENTENCES)], [comments[k] for k in deals[2](SPOKEN)]
        )
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 5.0)
        optimiser.step()
        if (step + 1) % epoch == 0 or step + 1 == steps:
            print(f"step {step + 1} of {steps}, loss {float(loss.detach()):.3f}", flush=True)
            part = state.with_suffix(".part")
            kept = {"network": net.state_dict(), "optimiser": optimiser.state_dict(), "step": step + 1}
            torch.save(kept, part)
            part.replace(state)


def put_into(model: Path, state: Path) -> None:
    """Give a model folder ``ledger.npz``, and its reading branch the second output; each file whole."""
    layers = UpperLayers(graph_state(model / "reader.onnx"))
    learnt = torch.load(state, weights_only=True)["network"]
    layers.load_state_dict(
        {n.removeprefix("layers."): v for n, v in learnt.items() if n.startswith("layers.")}
    )
    weights = layers.learnt()
    graph = onnx.load(str(model / "reader.onnx"))
    add_ledger(graph, weights)
    onnx.checker.check_model(graph)
    part = model / "reader.tmp"
    onnx.save(graph, str(part))
    part.replace(model / "reader.onnx")
    save_npz(model / "ledger.npz", pack(weights, PACKED))
    print(identify(model))


def main() -> None:
    """Run the command line."""
    options = arguments(__doc__)
    options.add_argument("--state", type=Path, required=True, help="what has been learnt")
    options.add_argument("--model", type=Path, help="put it into this model folder, and learn nothing")
    chosen = options.parse_args()
    if chosen.model:
        put_into(chosen.model, chosen.state)
        return
    encoder = Middle(threads=1)
    reader = Reader(chosen.out / "read")
    acts = list(act_windows(encoder, labelled_stories(reader, held=False)))
    acts += act_windows(encoder, labelled_novels(reader, chosen.data))
    rated, comments = rated_windows(encoder, chosen.data)
    print(f"{len(acts)} windows of acts, {len(rated)} of EmoBank, {len(comments)} comments", flush=True)
    train(acts, rated, comments, chosen.state)


if __name__ == "__main__":
    main()
