"""The classifier of acts, in NumPy: two small networks of one hidden layer, and a linear scorer of people.

Gradients are written out; Adam with decoupled weight decay. Nothing here knows where labels come from.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

Array = npt.NDArray[Any]


class Adam:
    """Adam over a dictionary of parameters; weight decay spares vectors."""

    def __init__(self, params: dict[str, Array], rate: float, decay: float, steps: int) -> None:
        self.params, self.rate, self.decay, self.steps = params, rate, decay, steps
        self.m = {k: np.zeros_like(v) for k, v in params.items()}
        self.v = {k: np.zeros_like(v) for k, v in params.items()}
        self.t = 0

    def step(self, gradients: dict[str, Array]) -> None:
        """One step along ``gradients``, the rate falling as a cosine."""
        self.t += 1
        rate = self.rate * 0.5 * (1 + np.cos(np.pi * min(self.t / self.steps, 1.0)))
        for k, g in gradients.items():
            self.m[k] += 0.1 * (g - self.m[k])
            self.v[k] += 0.001 * (g * g - self.v[k])
            m, v = self.m[k] / (1 - 0.9**self.t), self.v[k] / (1 - 0.999**self.t)
            p = self.params[k]
            if p.ndim > 1:
                p -= rate * self.decay * p
            p -= (rate * m / (np.sqrt(v) + 1e-8)).astype(p.dtype)


def begin(
    rng: np.random.Generator, prefix: tuple[str, str], sizes: tuple[int, int, int], rate: Array
) -> dict[str, Array]:
    """Parameters of a network of ``sizes`` (in, hidden, out); ``rate``: how often each output is so."""
    a, b = prefix
    width = sizes[1] if a == "tokens" else 2 * sizes[1]
    prior = np.clip(rate, 1e-4, 0.5)
    return {
        f"{a}.weight": rng.normal(0, (2 / sizes[0]) ** 0.5, (sizes[1], sizes[0])).astype(np.float32),
        f"{a}.bias": np.zeros(sizes[1], np.float32),
        f"{b}.weight": rng.normal(0, 0.3 * width**-0.5, (sizes[2], width)).astype(np.float32),
        f"{b}.bias": np.log(prior / (1 - prior)).astype(np.float32),
    }


def _cross(z: Array, y: Array, weight: Array) -> tuple[float, Array]:
    """Weighed binary cross-entropy of logits, and its gradient."""
    p = 1 / (1 + np.exp(-np.clip(z, -30, 30)))
    n = max(float(weight.sum()) / weight.shape[1], 1.0)
    loss = float((weight * (np.logaddexp(0, z) - y * z)).sum()) / n
    return loss, (weight * (p - y) / n).astype(np.float32)


def token_step(
    p: dict[str, Array], x: Array, y: Array, weight: Array, keep: Array
) -> tuple[float, dict[str, Array]]:
    """Loss and gradients over tokens ``x`` (n, d); ``keep`` (n, hidden) is the dropout's mask, scaled."""
    pre = x @ p["tokens.weight"].T + p["tokens.bias"]
    h = np.maximum(pre, 0) * keep
    loss, dz = _cross(h @ p["told.weight"].T + p["told.bias"], y, weight)
    dh = (dz @ p["told.weight"]) * keep * (pre > 0)
    return loss, {
        "told.weight": dz.T @ h, "told.bias": dz.sum(0),
        "tokens.weight": dh.T @ x, "tokens.bias": dh.sum(0),
    }  # fmt: skip


def word_step(
    p: dict[str, Array], x: Array, first: Array, y: Array, weight: Array, keep: Array
) -> tuple[float, dict[str, Array]]:
    """The same over stretches of speech: tokens ``x`` on end, ``first`` (s,) where each begins."""
    pre = x @ p["words.weight"].T + p["words.bias"]
    h = np.maximum(pre, 0)
    size = np.diff(np.append(first, len(x)))
    run = np.repeat(np.arange(len(first)), size)
    mean = np.add.reduceat(h, first, axis=0) / size[:, None]
    most = np.maximum.reduceat(h, first, axis=0)
    pooled = np.concatenate([mean, most], axis=1) * keep
    loss, dz = _cross(pooled @ p["said.weight"].T + p["said.bias"], y, weight)
    dp = (dz @ p["said.weight"]) * keep
    width = h.shape[1]
    dh = (dp[:, :width] / size[:, None])[run] + dp[:, width:][run] * (h == most[run])
    dh = (dh * (pre > 0)).astype(np.float32)
    return loss, {
        "said.weight": dz.T @ pooled, "said.bias": dz.sum(0),
        "words.weight": dh.T @ x, "words.bias": dh.sum(0),
    }  # fmt: skip


def fit_tokens(
    x: Array,
    y: Array,
    weight: Array,
    hidden: int,
    *,
    epochs: int,
    rate: float,
    decay: float,
    drop: float,
    seed: int,
) -> dict[str, Array]:
    """The network over tokens: ``x`` (n, d) standardised, ``y`` and ``weight`` (n, outputs)."""
    rng = np.random.default_rng(seed)
    p = begin(rng, ("tokens", "told"), (x.shape[1], hidden, y.shape[1]), (weight * y).sum(0) / weight.sum(0))
    batch = 512
    adam = Adam(p, rate, decay, epochs * -(-len(x) // batch))
    for _ in range(epochs):
        order = rng.permutation(len(x))
        for at in range(0, len(x), batch):
            rows = order[at : at + batch]
            keep = (rng.random((len(rows), hidden)) >= drop).astype(np.float32) / (1 - drop)
            adam.step(token_step(p, x[rows].astype(np.float32), y[rows], weight[rows], keep)[1])
    return p


def fit_words(
    x: Array, first: Array, y: Array, weight: Array, hidden: int, *, epochs: int, rate: float, decay: float,
    drop: float, seed: int,
) -> dict[str, Array]:  # fmt: skip
    """The network over stretches of speech; ``first`` (s + 1,): where in ``x`` each begins, and the end."""
    rng = np.random.default_rng(seed)
    p = begin(rng, ("words", "said"), (x.shape[1], hidden, y.shape[1]), (weight * y).sum(0) / weight.sum(0))
    batch, n = 128, len(y)
    adam = Adam(p, rate, decay, epochs * -(-n // batch))
    for _ in range(epochs):
        order = rng.permutation(n)
        for at in range(0, n, batch):
            rows = order[at : at + batch]
            tokens = np.concatenate([np.arange(first[r], first[r + 1]) for r in rows])
            starts = np.cumsum([0, *(first[rows + 1] - first[rows])[:-1]])
            keep = (rng.random((len(rows), 2 * hidden)) >= drop).astype(np.float32) / (1 - drop)
            adam.step(word_step(p, x[tokens].astype(np.float32), starts, y[rows], weight[rows], keep)[1])
    return p


def standard(x: Array) -> tuple[Array, Array]:
    """Mean and spread of vectors, (d,) each."""
    x = x[:: max(1, len(x) // 20000)].astype(np.float32)
    return x.mean(0), x.std(0) + 1e-3


def folded(p: dict[str, Array], layer: str, mean: Array, std: Array) -> None:
    """Let a layer take raw vectors in place of standardised ones."""
    w = p[f"{layer}.weight"] / std
    p[f"{layer}.bias"] = p[f"{layer}.bias"] - w @ mean
    p[f"{layer}.weight"] = w


def fit_places(
    examples: Sequence[tuple[Sequence[tuple[int, ...]], Sequence[bool]]], size: int, penalty: float
) -> Array:
    """Weights (size,) of a softmax over places, each a set of features; several may be right."""
    flat: list[int] = []
    place: list[int] = []
    example: list[int] = []
    right: list[bool] = []
    n = 0
    for k, (places, good) in enumerate(examples):
        for features, ok in zip(places, good, strict=True):
            flat += features
            place += [n] * len(features)
            example.append(k)
            right.append(ok)
            n += 1
    f, at, ex, good_at = np.asarray(flat), np.asarray(place), np.asarray(example), np.asarray(right, bool)
    m = len(examples)

    def loss(w: Array) -> tuple[float, Array]:
        z = np.bincount(at, w[f], n)
        top = np.full(m, -np.inf)
        np.maximum.at(top, ex, z)
        e = np.exp(z - top[ex])
        total = np.bincount(ex, e, m)
        good = np.maximum(np.bincount(ex, e * good_at, m), 1e-12)
        value = float((np.log(total) - np.log(good)).sum())
        d = e / total[ex] - e * good_at / good[ex]
        gradient = np.bincount(f, d[at], size) + penalty * w
        return value + 0.5 * penalty * float(w @ w), gradient

    found = minimize(loss, np.zeros(size), jac=True, method="L-BFGS-B", options={"maxiter": 80})
    return np.asarray(found.x, np.float32)


def fit_sure(x: Array, y: Array, penalty: Array) -> Array:
    """Weights and bias (d + 1,) of a logistic regression with a penalty (d,) for each feature."""
    x, y = x.astype(np.float64), y.astype(np.float64)

    def loss(theta: Array) -> tuple[float, Array]:
        z = x @ theta[:-1] + theta[-1]
        p = 1 / (1 + np.exp(-np.clip(z, -30, 30)))
        value = float((np.logaddexp(0, z) - y * z).sum() + 0.5 * (penalty * theta[:-1] ** 2).sum())
        return value, np.concatenate([x.T @ (p - y) + penalty * theta[:-1], [(p - y).sum()]])

    found = minimize(loss, np.zeros(x.shape[1] + 1), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return np.asarray(found.x, np.float32)
