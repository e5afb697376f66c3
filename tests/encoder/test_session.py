"""The shipped encoder: the same text gives the same vectors, and broken weights one clear error."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from fabula.encoder.session import OnnxEncoder, model_folder
from fabula.errors import ModelError
from fabula.text import read_text

STORY = "Halvard put the lamp down. “You came,” he said.\n\n" * 60


@pytest.fixture(scope="module")
def folder() -> Path:
    here = model_folder()
    if not (here / "model.json").exists():
        pytest.skip("no weights in src/fabula/model")
    return here


def test_threads_do_not_change_the_vectors(folder: Path) -> None:
    story = read_text(STORY)
    one = list(OnnxEncoder(folder, threads=1).windows(story))
    many = list(OnnxEncoder(folder, threads=3).windows(story))
    assert [h.start for h in one] == [h.start for h in many]
    for a, b in zip(one, many, strict=True):
        assert np.array_equal(a.reader, b.reader)
        assert np.array_equal(a.ledger, b.ledger)


def test_windows_cover_every_token_once(folder: Path) -> None:
    story = read_text(STORY)
    windows = list(OnnxEncoder(folder).windows(story))
    assert windows[0].start == 0
    assert windows[-1].end == len(story.tokens)
    assert all(a.end == b.start for a, b in pairwise(windows))
    assert all(h.reader.shape == h.ledger.shape == (h.end - h.start, 384) for h in windows)


def test_missing_weights_are_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"cannot be read"):
        OnnxEncoder(tmp_path)


def test_weights_of_another_format_are_refused(tmp_path: Path) -> None:
    (tmp_path / "model.json").write_text(json.dumps({"format": 99, "id": "x"}))
    with pytest.raises(ModelError, match="format 99"):
        OnnxEncoder(tmp_path)


def test_damaged_weights_are_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "model.json").write_text(json.dumps({"format": 1, "id": "x"}))
    (tmp_path / "trunk.onnx").write_bytes(b"not an onnx file")
    with pytest.raises(ModelError, match="cannot be loaded"):
        OnnxEncoder(tmp_path)


def test_a_damaged_tokenizer_is_one_clear_error(folder: Path, tmp_path: Path) -> None:
    for f in folder.iterdir():
        if f.suffix in {".json", ".onnx"}:
            (tmp_path / f.name).write_bytes(f.read_bytes())
    (tmp_path / "tokenizer.json").write_text("{")
    with pytest.raises(ModelError, match=r"tokenizer\.json"):
        OnnxEncoder(tmp_path)


def test_weights_that_do_not_fit_the_branch_are_one_clear_error(folder: Path, tmp_path: Path) -> None:
    for path in folder.iterdir():
        if path.suffix in (".onnx", ".json"):
            (tmp_path / path.name).symlink_to(path)
    with pytest.raises(ModelError, match="cannot be read"):
        OnnxEncoder(tmp_path)
    np.savez(tmp_path / "ledger.npz", other=np.zeros(3, np.float32))
    with pytest.raises(ModelError, match="does not fit the reading branch"):
        OnnxEncoder(tmp_path)
