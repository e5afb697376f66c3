"""A shared folder in small: one-word "documents" and a scorer that speaks as the real one does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bench.settings import Settings, shared_folder

from bench import fingerprint

SCORER = """
import json, pathlib

def load(path):
    return json.loads(pathlib.Path(path).read_text(encoding="utf-8"))

def say_confidence(name, pairs):
    right = sum(ok for _, ok in pairs) / len(pairs)
    error = abs(sum(c for c, _ in pairs) / len(pairs) - right)
    print(f"{name} calibration error: {error:.3f} (n={len(pairs)})")
    print(f"{name} confidence AUROC: nan (n={len(pairs)})")
    print(f"{name} accuracy keeping the surest 100/90/80 %: {right * 100:.1f} / {right * 100:.1f} / 100.0")

def pairs_of(pred, gold):
    return [(pred["confidence"], pred["text"].startswith("good"))]

def litbank(pred_dir, gold_dir):
    golds = sorted(pathlib.Path(gold_dir).glob("*.json"))
    preds = [load(pathlib.Path(pred_dir) / g.name) for g in golds]
    pairs = [x for g, p in zip(golds, preds) for x in pairs_of(p, load(g))]
    print(f"documents: {len(golds)}")
    print(f"mention span F1: {100 * sum(ok for _, ok in pairs) / len(pairs):.1f} (n={len(pairs)})")
    say_confidence("speaker", pairs)
    say_confidence("pronoun", pairs)

def pdnc(pred, novel):
    pairs = pairs_of(load(pred), None)
    print(f"speaker accuracy, all: {100 * pairs[0][1]:.1f} (n=1)")
    say_confidence("speaker", pairs)

def story(pred, gold):
    pairs = pairs_of(load(pred), load(gold))
    print(f"third-person pronoun accuracy: {100 * pairs[0][1]:.1f} (n={load(gold)['n']})")
    print(f"  of Ann: {100 * pairs[0][1]:.1f} (n=1)")
    say_confidence("pronoun", pairs)
"""


class CountingReader:
    """Stands in for the pipeline; counts the texts it is asked to read."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def __call__(self, text: str, path: Path) -> None:
        self.texts.append(text)
        path.write_text(json.dumps({"text": text, "confidence": 0.75}), encoding="utf-8")


@pytest.fixture
def reader() -> CountingReader:
    return CountingReader()


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings over a folder with four excerpts, two novels and three stories, for a package of one file."""
    package = tmp_path / "fabula"
    (package / "model").mkdir(parents=True)
    (package / "__init__.py").write_text('"""Stands in."""', encoding="utf-8")
    (package / "model" / "encoder.onnx").write_bytes(b"int8")
    monkeypatch.setattr(fingerprint, "package_folder", lambda: package)
    monkeypatch.delenv("FABULA_MODEL", raising=False)
    data, examples = tmp_path / "data", tmp_path / "examples"
    dev = data / "litbank_natural" / "dev"
    dev.mkdir(parents=True)
    for name, text in {"a": "good", "b": "good", "c": "bad", "d": "good"}.items():
        (dev / f"{name}.json").write_text(json.dumps({"text": text}), encoding="utf-8")
    for name, text in {"First": "good", "Second": "bad"}.items():
        (data / "pdnc_dev" / name).mkdir(parents=True)
        (data / "pdnc_dev" / name / "novel_text.txt").write_text(text, encoding="utf-8")
    (examples / "gold").mkdir(parents=True)
    for name, text, n in (("ash", "good one", 30), ("birch", "bad one", 10), ("cedar", "good too", 5)):
        (examples / f"{name}.txt").write_text(text, encoding="utf-8")
        labels = {"n": n, "names": [{"start": 0, "end": 3, "text": "Ann", "who": "Ann"}]}
        (examples / "gold" / f"{name}.gold.json").write_text(json.dumps(labels), encoding="utf-8")
    (examples / "README.md").write_text(
        "| story | what it tries | group |\n|---|---|---|\n"
        "| [`ash`](ash.txt) | a | seen |\n| birch.txt | b | seen |\n| `cedar` | c | unseen |\n",
        encoding="utf-8",
    )
    score = tmp_path / "score.py"
    score.write_text(SCORER, encoding="utf-8")
    return Settings(data, score, tmp_path / "out", examples, resamples=40)


@pytest.fixture
def real_scorer() -> Path:
    path = shared_folder() / "score" / "score.py"
    if not path.exists():
        pytest.skip("the scorer is not beside the repository (set FABULA_SHARED)")
    return path


@pytest.fixture
def litbank_dev() -> Path:
    path = shared_folder() / "data" / "litbank_natural" / "dev"
    if not path.is_dir():
        pytest.skip("LitBank dev is not beside the repository (set FABULA_SHARED)")
    return path
