"""LitBank dev: mentions, coreference, he and she, events, quotes, speakers, and their confidence.

    python -m bench.litbank [--data DIR] [--score FILE] [--resamples N]

Intervals: documents drawn with repetition. A draw is two folders of links under new names, scored whole, so
that every figure is micro-averaged as on the real set.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench import results
from bench.predict import Reader, fabula_reader, predict
from bench.results import Result
from bench.scorer import Report, Scorer
from bench.settings import Settings, need, parser, settings


def documents(folder: Path) -> Iterator[tuple[str, str]]:
    """(id, text) of every document of a ``litbank_natural`` folder."""
    for path in sorted(folder.glob("*.json")):
        yield path.stem, json.loads(path.read_text(encoding="utf-8"))["text"]


def drawn(scorer: Scorer, predictions: Path, gold: Path, names: Sequence[str]) -> Report:
    """Score the documents ``names``, where a name may come more than once."""
    with tempfile.TemporaryDirectory() as scratch:
        folders = Path(scratch) / "pred", Path(scratch) / "gold"
        for folder, source in zip(folders, (predictions, gold), strict=True):
            folder.mkdir()
            for i, name in enumerate(names):
                (folder / f"{i:03}.json").symlink_to((source / f"{name}.json").resolve())
        return scorer.litbank(*folders)


def score(s: Settings, reader: Reader = fabula_reader) -> tuple[Scorer, Path, Path, Report]:
    """Read and score the dev documents; returns what a closer look needs."""
    scorer = Scorer.of(s)
    gold = need(s.data / "litbank_natural" / "dev", "LitBank dev")
    predictions = predict(documents(gold), results.folder(s) / "predictions" / "litbank", reader)
    return scorer, predictions, gold, scorer.litbank(predictions, gold)


def run(s: Settings, reader: Reader = fabula_reader) -> Result:
    """All of the scorer's LitBank figures with intervals over documents."""
    scorer, predictions, gold, report = score(s, reader)
    names = [path.stem for path in sorted(gold.glob("*.json"))]

    def resample(indices: Sequence[int]) -> dict[str, float]:
        return drawn(scorer, predictions, gold, [names[i] for i in indices]).values()

    spread = results.intervals(resample, len(names), s.resamples, s.seed)
    spread.pop("documents", None)
    return results.save(results.result("litbank", results.figures(report.scores, spread)), s)


if __name__ == "__main__":
    results.command(lambda: run(settings(parser(__doc__).parse_args())))
