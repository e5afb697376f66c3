"""The project's own stories: third-person pronouns, "I" and "you", quotes, speakers, addressees.

    python -m bench.stories [--unseen] [--score FILE] [--resamples N]

The stories stand in two groups, named in the table of examples/README.md. Rules and thresholds may be set
while looking at the *seen* ones; the *unseen* ones are scored once, at the end of a piece of work, and only
when ``--unseen`` asks for it. Figures are pooled: all cases of a group together. Intervals: stories drawn
with repetition.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench import results
from bench.predict import Reader, fabula_reader, predict
from bench.results import Result
from bench.scorer import Pair, Report, Scorer
from bench.settings import BenchError, Settings, need, parser, settings

GROUPS = ("seen", "unseen")


def groups(examples: Path) -> dict[str, tuple[str, ...]]:
    """Group to story names, from the rows of examples/README.md that hold a name and a group.

    Raises:
        BenchError: no table, a story in no group, or a story without gold.

    """
    table = need(examples / "README.md", "The list of the example stories").read_text(encoding="utf-8")
    found: dict[str, str] = {}
    for line in table.splitlines():
        cells = [_plain(cell) for cell in line.strip().strip("|").split("|")]
        group = next((c for c in cells if c in GROUPS), None)
        if group and len(cells) > 1:
            found[cells[0].removesuffix(".txt")] = group
    for path in sorted(examples.glob("*.txt")):
        if path.stem not in found:
            raise BenchError(f"examples/README.md does not say whether {path.stem} is seen or unseen")
        need(gold_of(examples, path.stem), f"The labels of {path.stem}")
    return {g: tuple(sorted(n for n, its in found.items() if its == g)) for g in GROUPS}


def _plain(cell: str) -> str:
    """A table cell without its links and code marks."""
    return re.sub(r"[`*]", "", re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", cell)).strip()


def gold_of(examples: Path, name: str) -> Path:
    """Where a story's labels lie."""
    return examples / "gold" / f"{name}.gold.json"


def pooled(scorer: Scorer, reports: Sequence[Report]) -> dict[str, tuple[float, int | None]]:
    """All cases of ``reports`` together.

    The scorer prints shares in tenths of a percent with their n; below 1,000 cases that gives the count back
    exactly.
    """
    right: dict[str, int] = {}
    cases: dict[str, int] = {}
    pairs: dict[str, list[Pair]] = {}
    for report in reports:
        for kind, decisions in report.pairs.items():
            pairs.setdefault(kind, []).extend(decisions)
        for name, (value, n) in report.scores.items():
            if n is not None:
                right[name] = right.get(name, 0) + (round(value * n / 100) if value == value else 0)
                cases[name] = cases.get(name, 0) + n
    out: dict[str, tuple[float, int | None]] = {
        name: (100 * right[name] / n if n else 0.0, n) for name, n in cases.items()
    }
    for kind, some in pairs.items():
        out.update(scorer.confidence(kind, some))
    return out


def score(s: Settings, group: str, reader: Reader = fabula_reader) -> tuple[Scorer, Mapping[str, Report]]:
    """Read and score the stories of a group; reports by story."""
    scorer = Scorer.of(s)
    names = groups(s.examples)[group]
    texts = ((n, (s.examples / f"{n}.txt").read_text(encoding="utf-8")) for n in names)
    predictions = predict(texts, results.folder(s) / "predictions" / "stories", reader)
    return scorer, {n: scorer.story(predictions / f"{n}.json", gold_of(s.examples, n)) for n in names}


def run(s: Settings, reader: Reader = fabula_reader) -> Result:
    """Figures of the seen stories, or with ``s.unseen`` of the unseen ones; a story's under "STORY: name"."""
    group = "unseen" if s.unseen else "seen"
    scorer, by_story = score(s, group, reader)
    reports = list(by_story.values())

    def resample(indices: Sequence[int]) -> dict[str, float]:
        return {k: v for k, (v, _) in pooled(scorer, [reports[i] for i in indices]).items()}

    spread = results.intervals(resample, len(reports), s.resamples, s.seed)
    figures = results.figures(pooled(scorer, reports), spread)
    for story, report in by_story.items():
        figures |= results.figures({f"{story}: {k}": v for k, v in report.scores.items()}, {})
    return results.save(results.result(f"stories-{group}", figures), s)


if __name__ == "__main__":
    options = parser(__doc__)
    options.add_argument("--unseen", action="store_true", help="score the unseen group instead")
    results.command(lambda: run(settings(options.parse_args())))
