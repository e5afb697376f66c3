"""The six PDNC dev novels, whole books, end to end: each novel, and the mean over novels.

    python -m bench.pdnc [--data DIR] [--score FILE] [--resamples N]

PDNC is for measuring only: nothing is trained on it. Intervals: novels drawn with repetition. Calibration
figures are those of all the novels' decisions together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bench import results
from bench.predict import Reader, fabula_reader, predict
from bench.results import Result
from bench.scorer import Pair, Report, Scorer
from bench.settings import Settings, need, parser, settings


def novels(folder: Path) -> list[Path]:
    """The folders that hold a novel, in order of name."""
    return sorted(path.parent for path in folder.glob("*/novel_text.txt"))


def texts(folders: Sequence[Path]) -> Iterator[tuple[str, str]]:
    """(name, text) of every novel, decoded as the scorer decodes it."""
    for folder in folders:
        yield folder.name, (folder / "novel_text.txt").read_text(encoding="utf-8")


def pooled(scorer: Scorer, reports: Sequence[Report]) -> dict[str, tuple[float, int | None]]:
    """Mean of each score over ``reports`` (n: novels that have it); confidence over all their decisions."""
    values: dict[str, list[float]] = {}
    pairs: dict[str, list[Pair]] = {}
    for report in reports:
        for name, value in report.values().items():
            values.setdefault(name, []).append(value)
        for kind, decisions in report.pairs.items():
            pairs.setdefault(kind, []).extend(decisions)
    out: dict[str, tuple[float, int | None]] = {n: (sum(v) / len(v), len(v)) for n, v in values.items()}
    for kind, some in pairs.items():
        out.update(scorer.confidence(kind, some))
    return out


def score(s: Settings, reader: Reader = fabula_reader) -> tuple[Scorer, Mapping[str, Report]]:
    """Read and score every novel; reports by novel."""
    scorer = Scorer.of(s)
    folders = novels(need(s.data / "pdnc_dev", "PDNC dev"))
    predictions = predict(texts(folders), results.folder(s) / "predictions" / "pdnc", reader)
    return scorer, {f.name: scorer.pdnc(predictions / f"{f.name}.json", f) for f in folders}


def run(s: Settings, reader: Reader = fabula_reader) -> Result:
    """The scorer's PDNC figures: means under their own names, a novel's under "NOVEL: name"."""
    scorer, by_novel = score(s, reader)
    reports = list(by_novel.values())

    def resample(indices: Sequence[int]) -> dict[str, float]:
        return {k: v for k, (v, _) in pooled(scorer, [reports[i] for i in indices]).items()}

    spread = results.intervals(resample, len(reports), s.resamples, s.seed)
    figures = results.figures(pooled(scorer, reports), spread)
    for novel, report in by_novel.items():
        figures |= results.figures({f"{novel}: {k}": v for k, v in report.scores.items()}, {})
    return results.save(results.result("pdnc", figures), s)


if __name__ == "__main__":
    results.command(lambda: run(settings(parser(__doc__).parse_args())))
