"""The gradients are those of the loss, and the scorer of places learns what there is to learn."""

from __future__ import annotations

import numpy as np
import pytest
from training.act_model import Array, begin, fit_places, fit_sure, token_step, word_step
from training.pack import pack


def numeric(p: dict[str, Array], name: str, at: tuple[int, ...], loss: object) -> float:
    step = 1e-3
    values = []
    for sign in (1, -1):
        moved = {k: v.astype(np.float64).copy() for k, v in p.items()}
        moved[name][at] += sign * step
        values.append(loss(moved))  # type: ignore[operator]
    return float(values[0] - values[1]) / (2 * step)


@pytest.mark.parametrize("name", ["tokens.weight", "told.weight", "told.bias", "tokens.bias"])
def test_gradients_over_tokens(name: str) -> None:
    rng = np.random.default_rng(3)
    p = begin(rng, ("tokens", "told"), (5, 4, 3), np.full(3, 0.2))
    x, y = rng.normal(size=(7, 5)), (rng.random((7, 3)) < 0.3).astype(float)
    weight, keep = rng.random((7, 3)), np.ones((7, 4))
    at = (1, 2) if p[name].ndim == 2 else (1,)
    g = token_step(p, x, y, weight, keep)[1][name][at]
    assert g == pytest.approx(numeric(p, name, at, lambda q: token_step(q, x, y, weight, keep)[0]), abs=1e-4)


@pytest.mark.parametrize("name", ["words.weight", "said.weight", "said.bias", "words.bias"])
def test_gradients_over_stretches_of_speech(name: str) -> None:
    rng = np.random.default_rng(4)
    p = begin(rng, ("words", "said"), (5, 4, 3), np.full(3, 0.2))
    x, y, first = rng.normal(size=(9, 5)), (rng.random((3, 3)) < 0.3).astype(float), np.asarray([0, 2, 6])
    weight, keep = np.ones((3, 3)), np.ones((3, 8))
    at = (1, 2) if p[name].ndim == 2 else (1,)
    g = word_step(p, x, first, y, weight, keep)[1][name][at]
    value = numeric(p, name, at, lambda q: word_step(q, x, first, y, weight, keep)[0])
    assert g == pytest.approx(value, abs=1e-4)


def test_the_scorer_of_places_finds_the_feature_that_tells() -> None:
    examples = [([(0, 2), (1, 2), (3,)], [True, False, False])] * 5
    w = fit_places(examples, 4, 0.1)
    assert w[0] > w[1] and w[0] > w[3] and abs(w[2]) < w[0]


def test_a_penalty_keeps_a_weight_small() -> None:
    rng = np.random.default_rng(5)
    x = rng.normal(size=(200, 2))
    right = x.sum(axis=1) > 0
    w = fit_sure(x, right, np.asarray([0.1, 100.0]))
    assert w[0] > 3 * w[1] > 0


def test_packed_matrices_come_back_nearly_the_same() -> None:
    from fabula.encoder.weights import unpack

    a = np.random.default_rng(6).normal(size=(64, 100)).astype(np.float32)
    assert np.abs(unpack(pack({"a": a}, least=1))["a"] - a).max() < 0.03
