"""The heads of feelings learn, and what comments teach goes into their first layer."""

from __future__ import annotations

import numpy as np

from fabula.heads.feelings import LABELS
from training import act_score, feelings


def test_cues_are_told_from_raw_vectors() -> None:
    rng = np.random.default_rng(3)
    x = (5 + rng.normal(size=(8000, 12))).astype(np.float32)
    y = np.zeros((8000, len(LABELS)), np.float32)
    y[:, 0] = x[:, 0] > 6
    comments = np.zeros((len(LABELS), 13))
    comments[0, 1], comments[0, -1] = 2.0, -3.0
    logits = feelings.logits(feelings.fit_cues(x, y, np.arange(8000), comments), x)
    inside = y[:, 0] > 0
    assert logits.shape == (8000, feelings.N_REMAN)
    assert logits[inside, 0].mean() > logits[~inside, 0].mean() + 1


def test_the_confidence_of_acts_is_moved_to_fit_the_passages() -> None:
    rng = np.random.default_rng(4)
    n = 1000
    x = rng.normal(size=(n, len(act_score.NAMES))).astype(np.float32)
    passage = np.arange(n) % 4 == 0
    right = rng.random(n) < 1 / (1 + np.exp(-(x[:, 0] + 2.0 * passage - 1.5)))
    rows = act_score.Rows(x, right, np.arange(n) // 10, passage)
    w = act_score._fit(rows)
    p = 1 / (1 + np.exp(-(x @ w[:-1] + w[-1])))
    assert abs(p[passage].mean() - right[passage].mean()) < 0.03
    assert p[~passage].mean() > right[~passage].mean() + 0.1
