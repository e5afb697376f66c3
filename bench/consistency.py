"""How far two passes of the one annotator agree, kind by kind; which kinds are experimental.

    python -m bench.consistency [--write] [--resamples N] [--seed N]

One annotator's consistency, not agreement between people. The passes lie in examples/labels/{first,second}
and bench/gold/passes/{first,second}.json. A label of one pass is *met* if the other has one on overlapping
words with a kind in common and the same status (told, denied, imagined). Per kind, the share of the labels of
both passes that are met (F1), with a 90 % interval from documents (a story, a passage) drawn with repetition;
n is the number of cases in the settled labels. A label of several kinds counts under the first.
Experimental: under 0.67, or fewer than 30 cases.

Four stories had been labelled by their writer, before there were guidelines (examples/labels/written), and
the annotator had not looked at those labels: the same share, with agent and patient right, of those acts and
of the first pass's. A kind with ten such labels or more that stays under 0.67 there is experimental too.

``--write`` puts the table into docs/guidelines.md and the figures into bench/gold/consistency.json.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bench import labels
from bench.passages import GOLD
from bench.settings import COVERAGE, ROOT, BenchError, need, parser

DOC = ROOT / "docs" / "guidelines.md"
FIGURES = ROOT / "bench" / "gold" / "consistency.json"
MARKS = ("<!-- consistency:start -->", "<!-- consistency:end -->")
FLOOR = 0.67
CASES = 30
WRITER_CASES = 10
PASSES = ("first", "second")


@dataclass(frozen=True, slots=True)
class Case:
    """A label of a pass. ``document``: the story or passage it stands in; spans in code points of that."""

    document: str
    kinds: tuple[str, ...]
    start: int
    end: int
    status: tuple[bool, bool]
    people: tuple[object, ...]

    def meets(self, other: Case) -> bool:
        """Overlapping words, a kind in common, the same status."""
        over = self.start < other.end and other.start < self.end
        return over and self.status == other.status and not set(self.kinds).isdisjoint(other.kinds)


@dataclass(frozen=True, slots=True)
class Row:
    """A kind's consistency (0..1; None where neither pass has it), its interval, and its settled cases.

    ``writer_f1``: agreement with the stories' writer, over ``writer_n`` labels of both.
    """

    f1: float | None
    low: float | None
    high: float | None
    n: int
    writer_f1: float | None
    writer_n: int
    experimental: bool


def from_story(name: str, path: Path) -> Iterator[Case]:
    """The labels of a story's file that tell an act or a feeling, in whatever status."""
    for label in labels.read(path, labels.story_text(name)):
        if label.told:
            status = (label.negated, label.hypothetical)
            yield Case(name, label.kinds, label.start, label.end, status, (label.who, label.whom))


def from_passages(path: Path) -> Iterator[Case]:
    """The labels of a file of passages."""
    for entry in json.loads(need(path, "The labelled passages").read_text(encoding="utf-8")):
        document = f"{entry['book']}:{entry['start']}"
        for label in (*entry["acts"], *entry["emotions"]):
            kind = label.get("kind") or label["label"]
            yield Case(
                document=document,
                kinds=(kind,) if isinstance(kind, str) else tuple(kind),
                start=label["start"],
                end=label["end"],
                status=(label["negated"], label["hypothetical"]),
                people=tuple(_place(label.get(role)) for role in ("agent", "patient", "who")),
            )


def _place(span: Mapping[str, int] | None) -> tuple[int, int] | None:
    return None if span is None else (span["start"], span["end"])


def cases(which: str) -> list[Case]:
    """All of a pass (``first``, ``second``), or with ``""`` the settled labels."""
    found: list[Case] = []
    for name in labels.story_names():
        found += from_story(name, labels.EXAMPLES / "labels" / which / f"{name}.labels")
    return [*found, *from_passages(GOLD.parent / "passes" / f"{which}.json" if which else GOLD)]


def met(some: Sequence[Case], others: Sequence[Case]) -> list[tuple[Case, Case | None]]:
    """Each of ``some`` with the one of ``others`` that meets it, one with the same people if there is one."""
    by_document: dict[str, list[Case]] = {}
    for other in others:
        by_document.setdefault(other.document, []).append(other)
    pairs = []
    for case in some:
        hits = [other for other in by_document.get(case.document, ()) if case.meets(other)]
        pairs.append((case, max(hits, key=lambda other: other.people == case.people, default=None)))
    return pairs


def rows(
    first: Sequence[Case], second: Sequence[Case], settled: Sequence[Case], draws: int, seed: int
) -> dict[str, Row]:
    """A row for each kind of act and label of feeling, in the order of the guidelines."""
    names = [*labels.KINDS, *labels.FEELINGS]
    column = {name: i for i, name in enumerate(names)}
    documents = {name: i for i, name in enumerate(sorted({c.document for c in (*first, *second)}))}
    hit, all_ = (np.zeros((len(documents), len(names))) for _ in range(2))
    for case, other in (*met(first, second), *met(second, first)):
        place = documents[case.document], column[case.kinds[0]]
        all_[place] += 1
        hit[place] += other is not None
    rng = np.random.default_rng(seed)
    drawn = [rng.integers(len(documents), size=len(documents)) for _ in range(draws)]
    counts = np.array([np.bincount(d, minlength=len(documents)) for d in drawn]).reshape(
        draws, len(documents)
    )
    with np.errstate(invalid="ignore"):
        shares = (counts @ hit) / (counts @ all_)
    n = {name: sum(case.kinds[0] == name for case in settled) for name in names}
    writer = against_the_writer()
    out = {}
    for name, i in column.items():
        total = all_[:, i].sum()
        f1 = float(hit[:, i].sum() / total) if total else None
        kept = shares[:, i][~np.isnan(shares[:, i])]
        low, high = np.quantile(kept, ((1 - COVERAGE) / 2, (1 + COVERAGE) / 2)) if kept.size else (None, None)
        here = [right for case, right in writer if case.kinds[0] == name]
        writer_f1 = sum(here) / len(here) if here else None
        weak = f1 is None or f1 < FLOOR or n[name] < CASES
        weak |= writer_f1 is not None and len(here) >= WRITER_CASES and writer_f1 < FLOOR
        bounds = _float(f1), _float(low), _float(high)
        out[name] = Row(*bounds, n[name], _float(writer_f1), len(here), weak)
    return out


def _float(value: Any) -> float | None:
    return None if value is None else round(float(value), 3)


def against_the_writer() -> list[tuple[Case, bool]]:
    """The writer's acts and the first pass's, in the stories that have both: whether the other has each."""
    out: list[tuple[Case, bool]] = []
    for path in sorted((labels.EXAMPLES / "labels" / "written").glob("*.labels")):
        theirs = list(from_story(path.stem, path))
        ours = [
            case
            for case in from_story(path.stem, labels.EXAMPLES / "labels" / "first" / path.name)
            if case.status == (False, False) and case.kinds[0] in labels.KINDS and case.people[0]
        ]
        out += [(case, _same(case, ours)) for case in theirs] + [(case, _same(case, theirs)) for case in ours]
    return out


def _same(case: Case, others: Iterable[Case]) -> bool:
    agent, patient = case.people
    return any(
        case.meets(o) and o.people[0] == agent and (None in (patient, o.people[1]) or o.people[1] == patient)
        for o in others
    )


def table(found: Mapping[str, Row], first: Sequence[Case], second: Sequence[Case]) -> str:
    """The report, in Markdown."""
    lines = [
        "| kind | consistency | 90 % interval | cases | with the writer | |",
        "|---|---:|---:|---:|---:|---|",
    ]
    for name, row in found.items():
        f1 = "none" if row.f1 is None else f"{row.f1:.2f}"
        interval = "" if row.low is None or row.high is None else f"{row.low:.2f}–{row.high:.2f}"
        writer = "" if row.writer_f1 is None else f"{row.writer_f1:.2f} of {row.writer_n}"
        mark = "experimental" if row.experimental else ""
        lines.append(f"| {name} | {f1} | {interval} | {row.n} | {writer} | {mark} |")
    pairs = [(a, b) for a, b in met(first, second) if b is not None]
    same = sum(a.people == b.people for a, b in pairs) / len(pairs)
    writer_all = against_the_writer()
    lines += [
        "",
        f"{len(first)} and {len(second)} labels. Where both passes have a label, the people are the same (in"
        f" passages: the same mention) in {100 * same:.1f} %. With the writer, all kinds: "
        f"{sum(right for _, right in writer_all) / len(writer_all):.2f} of {len(writer_all)}.",
    ]
    return "\n".join(lines)


def replace(text: str, block: str) -> str:
    """``text`` with ``block`` between the two marks.

    Raises:
        BenchError: a mark is missing.

    """
    start, end = MARKS
    if start not in text or end not in text:
        raise BenchError(f"{DOC.name} has no {start} … {end}")
    return text[: text.index(start) + len(start)] + f"\n{block}\n" + text[text.index(end) :]


def run(draws: int, seed: int) -> tuple[dict[str, Row], str]:
    """The rows, and the report."""
    first, second = (cases(which) for which in PASSES)
    found = rows(first, second, cases(""), draws, seed)
    return found, table(found, first, second)


if __name__ == "__main__":
    options = parser(__doc__)
    options.add_argument("--write", action="store_true", help="put the table into docs/guidelines.md")
    options.set_defaults(resamples=1000)
    given = options.parse_args()
    try:
        kinds, report = run(given.resamples, given.seed)
        print(report)
        if given.write:
            DOC.write_text(replace(DOC.read_text(encoding="utf-8"), report), encoding="utf-8")
            rounded = {name: asdict(row) for name, row in kinds.items()}
            FIGURES.write_text(json.dumps(rounded, indent=1) + "\n", encoding="utf-8")
    except BenchError as wrong:
        sys.exit(f"bench.consistency: {wrong}")
