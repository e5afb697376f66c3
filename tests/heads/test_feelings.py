"""Heads of feelings: the weights that ship fit the encoder that ships, and do what they say."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from fabula.encoder.session import Hidden, model_folder
from fabula.heads.feelings import FITTED, LABELS, FeelingColumns, FeelingScores, encoder_mark
from fabula.ledger.feelings import CUE_LEAST, LISTED_LEAST, combine, runs_of


def test_the_heads_were_trained_over_the_encoder_that_ships() -> None:
    with np.load(model_folder() / "feelings.npz") as weights:
        assert str(weights["encoder"]) == encoder_mark(model_folder()), "run training.feelings again"
        assert weights["tokens.weight"].shape[1] == 768
        assert weights["told.weight"].shape[0] == len(FITTED)


def test_heads_of_another_encoder_are_not_used(tmp_path: Path) -> None:
    for name in ("feelings.npz", "valence.npz", "trunk.onnx", "syntax.onnx"):
        shutil.copy(model_folder() / name, tmp_path / name)
    (tmp_path / "reader.onnx").write_bytes(b"another")
    columns = FeelingColumns(3, tmp_path)
    ones = np.ones((3, 384), np.float32)
    columns.add(Hidden(0, 3, ones, ones, ones, ones))
    scores = columns.scores()
    assert scores.token.shape == (3, 0)
    assert scores.valence(0, 3) == 0.0


def test_scores_are_the_same_however_the_windows_are_cut() -> None:
    x = np.random.default_rng(0).normal(size=(6, 384)).astype(np.float32)
    whole, cut = FeelingColumns(6, model_folder()), FeelingColumns(6, model_folder())
    whole.add(Hidden(0, 6, x, x, x, x))
    cut.add(Hidden(0, 2, x[:2], x[:2], x[:2], x[:2]))
    cut.add(Hidden(2, 6, x[2:], x[2:], x[2:], x[2:]))
    assert whole.scores().token == pytest.approx(cut.scores().token, abs=1e-5)
    assert whole.scores().valence(1, 5) == pytest.approx(cut.scores().valence(1, 5), abs=1e-5)


def test_valence_is_a_mean_within_bounds() -> None:
    scores = FeelingScores(np.zeros((3, len(LABELS)), np.float32), np.array([0.0, 0.5, 0.5, 9.0]))
    assert scores.valence(0, 2) == pytest.approx(0.25)
    assert scores.valence(2, 3) == 1.0
    assert scores.valence(1, 1) == 0.0


def test_a_word_of_the_lists_raises_the_probability_and_runs_do_not_cross_sentences() -> None:
    token = np.full((3, len(FITTED)), 0.5, np.float32)
    told = np.zeros((3, len(LABELS)), np.float32)
    told[:, 2] = 1
    p = combine(token, told, np.zeros_like(told))
    assert (p[:, 2] > p[:, 0]).all()
    cues = runs_of(p, [0, 0, 1], float(p[0, 2]))
    assert [(c.start, c.end, c.label) for c in cues] == [(0, 2, "fear"), (2, 3, "fear")]


def test_a_word_that_names_a_feeling_tells_no_other() -> None:
    token = np.full((2, len(FITTED)), 0.6, np.float32)
    told, none = np.zeros((2, len(LABELS)), np.float32), np.zeros((2, len(LABELS)), np.float32)
    told[0, LABELS.index("love")] = 1
    p = combine(token, told, none)
    assert np.flatnonzero(p[0]).tolist() == [LABELS.index("love")]
    assert (p[1] > 0).all()
    assert (combine(token, none, told)[0] > 0).all()


def test_a_feeling_without_a_head_is_told_by_listed_words_alone() -> None:
    told = np.zeros((2, len(LABELS)), np.float32)
    told[0] = 1
    for token in (np.full((2, len(FITTED)), 0.3, np.float32), np.zeros((2, 0), np.float32)):
        p = combine(token, told, np.zeros_like(told))
        love = p[:, LABELS.index("love")]
        assert love[0] > LISTED_LEAST > CUE_LEAST / 2 > love[1]
