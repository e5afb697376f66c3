"""The classifier of acts: its weights fit the encoder that ships, and it scores what it says it scores."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np

from fabula.encoder.session import model_folder
from fabula.heads.acts import KINDS, ActColumns, stretches
from fabula.heads.feelings import encoder_mark
from fabula.ledger.slots import BUCKETS
from fabula.ledger.sure import NAMES
from fabula.lexicon.speech_acts import SPEECH_KINDS

QUOTE = np.asarray([-1, 0, 0, 0, -1, 1, 1, 1])
SENTENCE = np.asarray([0, 0, 1, 1, 1, 2, 2, 2])
TOLD = np.ones(8, np.int32)


def test_the_head_was_trained_over_the_encoder_that_ships() -> None:
    with np.load(model_folder() / "acts.npz") as w:
        assert str(w["encoder"]) == encoder_mark(model_folder()), "run training.acts again"
        assert w["told.weight"].shape[0] == len(KINDS) + 1
        assert w["said.weight"].shape[0] == len(SPEECH_KINDS)
        assert w["who.weight"].shape == (2, BUCKETS)
        assert w["sure.weight"].shape == (len(NAMES),)


def test_a_head_of_another_encoder_is_not_used(tmp_path: Path) -> None:
    for name in ("acts.npz", "trunk.onnx", "syntax.onnx"):
        shutil.copy(model_folder() / name, tmp_path / name)
    (tmp_path / "reader.onnx").write_bytes(b"another")
    columns = ActColumns.of(QUOTE, SENTENCE, TOLD, tmp_path)
    columns.add(0, 8, np.ones((8, 384), np.float32), np.ones((8, 384), np.float32))
    assert columns.scores() is None


def test_a_stretch_of_speech_is_one_sentence_of_one_quote() -> None:
    assert stretches(QUOTE, SENTENCE, TOLD).tolist() == [-1, 0, 1, 1, -1, 2, 2, 2]
    assert stretches(QUOTE, SENTENCE, np.zeros(8, np.int32)).tolist() == [-1] * 8
    assert stretches(QUOTE[:0], SENTENCE[:0], TOLD[:0]).tolist() == []


def test_scores_are_probabilities_and_the_same_however_the_windows_are_cut() -> None:
    x = np.random.default_rng(0).normal(size=(8, 384)).astype(np.float32)
    whole = ActColumns.of(QUOTE, SENTENCE, TOLD, model_folder())
    cut = ActColumns.of(QUOTE, SENTENCE, TOLD, model_folder())
    whole.add(0, 8, x, x)
    for a, b in ((0, 3), (3, 6), (6, 8)):  # in the midst of two stretches
        cut.add(a, b, x[a:b], x[a:b])
    one, other = whole.scores(), cut.scores()
    assert one is not None and other is not None
    assert one.told.shape == (8, len(KINDS)) and one.said.shape == (3, len(SPEECH_KINDS))
    for name in ("told", "unreal", "said"):
        mine, theirs = getattr(one, name), getattr(other, name)
        assert ((mine >= 0) & (mine <= 1)).all()
        assert np.allclose(mine, theirs, atol=1e-5)


def test_a_story_without_speech_or_words_is_scored() -> None:
    empty = ActColumns.of(QUOTE[:0], SENTENCE[:0], TOLD[:0], model_folder()).scores()
    assert empty is not None and len(empty.told) == 0 and len(empty.said) == 0
