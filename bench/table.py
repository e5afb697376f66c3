"""One table of what has been measured for the present code and weights, in Markdown.

    python -m bench table [--write]

``--write`` puts it between the markers of README.md (short) and docs/quality.md (with goals and cases). The
column of float32 has what ``python -m bench.quant --novels`` has measured.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from bench import results
from bench.measures import TABLE, Measure
from bench.results import Figure, Result
from bench.settings import ROOT, BenchError

START, END = "<!-- bench:start -->", "<!-- bench:end -->"
PICTURES = ROOT / "docs" / "img"
DIAGRAMS = (
    ("confidence-speaker.svg", "Share of speakers right against confidence, by data set"),
    ("confidence-pronoun.svg", "Share of pronouns right against confidence, by data set"),
)
EXACT = "float32.json"
"""The file that names the folder of results with float graphs."""
SHORT, FULL = ROOT / "README.md", ROOT / "docs" / "quality.md"


def cells(measure: Measure, found: Figure | None, full: bool, exact: Figure | None = None) -> list[str]:
    """The cells of a row; a figure that misses its floor says so. ``exact`` is the float graphs'."""
    unit = {"%": "", "": ""}.get(measure.unit, f" {measure.unit}")
    sign = {">=": "≥", "<=": "≤"}[measure.sign]

    def bound(value: float | None) -> str:
        return "" if value is None else f"{sign} {value:g}{unit}"

    value = spread = cases = ""
    if found is not None:
        value = measure.number(found.value) + unit
        if measure.floor is not None and not measure.reaches(found, measure.floor):
            value += " (missed)"
        if found.low is not None and found.high is not None:
            spread = f"{measure.number(found.low)}–{measure.number(found.high)}"
        cases = "" if found.n is None else f"{found.n:,}"
    beside = "" if exact is None else measure.number(exact.value) + unit
    row = [measure.label, value or "not measured", beside, spread, bound(measure.floor)]
    return [*row, bound(measure.goal), cases, measure.booknlp] if full else [*row, measure.booknlp]


def render(kept: Path, full: bool) -> str:
    """The table of the results kept in a folder. Groups nothing was measured for are left out."""
    benches = {m.bench for rows in TABLE.values() for m in rows}
    found = {b: results.load(b, kept) for b in benches}
    exact = {b: results.load(b, beside) if (beside := _beside(kept)) else None for b in benches}
    head = ["", "Fabula", "in float32", "90 % interval", "floor"]
    head += ["goal", "n", "BookNLP small / big"] if full else ["BookNLP small / big"]
    lines = [_row(head), "|---|" + "---:|" * (len(head) - 1)]
    for group, measures in TABLE.items():
        if all(found[m.bench] is None for m in measures):
            continue
        lines.append(_row([f"**{group}**", *[""] * (len(head) - 1)]))
        for measure in measures:
            its, other = (
                r.figures.get(measure.figure) if r else None
                for r in (found[measure.bench], exact[measure.bench])
            )
            lines.append(_row(cells(measure, its, full, other)))
    measured = [r for r in found.values() if r is not None]
    if not measured:
        return "Nothing has been measured for this code and these weights yet: run `make bench`."
    lines += ["", stamp(measured)]
    if full and found["confidence"] is not None:
        lines += [
            f"\n![{alt}]({PICTURES.name}/{name})" for name, alt in DIAGRAMS if (PICTURES / name).exists()
        ]
    return "\n".join(lines)


def _beside(kept: Path) -> Path | None:
    """The folder of what the float graphs read, if they were measured beside the results in ``kept``."""
    note = kept / EXACT
    return kept.parent / str(json.loads(note.read_text(encoding="utf-8"))) if note.exists() else None


def _row(values: Iterable[str]) -> str:
    return "| " + " | ".join(values) + " |"


def stamp(measured: Iterable[Result]) -> str:
    """When, where and for which weights: one sentence."""
    every = list(measured)
    dates = sorted({r.date for r in every})
    when = dates[0] if len(dates) == 1 else f"{dates[0]} to {dates[-1]}"
    machines = " and ".join(sorted({r.machine for r in every}))
    return f"Measured {when} on {machines}; weights {', '.join(sorted({r.model for r in every}))}."


def write(text: str, path: Path, start: str = START, end: str = END) -> None:
    """Put ``text`` between the markers of the file at ``path``.

    Raises:
        BenchError: the file does not have each marker once, in order.

    """
    page = path.read_text(encoding="utf-8")
    if page.count(start) != 1 or page.count(end) != 1 or page.index(start) > page.index(end):
        raise BenchError(f"{path.name} does not hold {start} and then {end}, each once")
    before, rest = page.split(start)
    path.write_text(f"{before}{start}\n{text}\n{end}{rest.split(end)[1]}", encoding="utf-8")
