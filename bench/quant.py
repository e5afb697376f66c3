"""What quantisation costs: the figures with float32 graphs and with the shipped int8 ones, side by side.

    python -m bench.quant [--float FOLDER] [--novels] [--write]

LitBank dev and the seen stories, end to end, and the treebank, each version in processes of its own;
``--novels`` adds PDNC dev (half a million words, read once more) and the confidence. FOLDER holds graphs that
were never quantised, as ``training.export --float`` and ``training.person_export --float`` write them; graphs
it lacks are the int8 ones made float again (bench/float_model.py says what that shows; it needs onnx).
Readings are kept, so the command goes on where it was stopped. ``--write`` puts the table between its markers
in docs/quality.md. Whatever was measured so is the float32 column of ``python -m bench table``.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bench import fingerprint, float_model, results, table
from bench.measures import TABLE, Measure
from bench.settings import ROOT, BenchError, Settings, need, parser, settings

BENCHES = {"litbank": "litbank", "stories": "stories-seen", "syntax": "syntax"}
"""Module to the name of its result."""
NOVELS = {"pdnc": "pdnc", "confidence": "confidence"}
WITHIN = 0.5
"""Points that float and int8 may differ."""
START, END = "<!-- quant:start -->", "<!-- quant:end -->"


def measure(s: Settings, module: str, model: Path) -> None:
    """Run a measurement with the weights of ``model``.

    Raises:
        BenchError: it failed; its own words have been printed.

    """
    command = [sys.executable, "-m", f"bench.{module}", "--data", str(s.data), "--score", str(s.score)]
    command += ["--out", str(s.out), "--resamples", "0"]
    if module == "confidence":
        command += ["--plots", str(s.out / fingerprint.key(model) / "plots")]
    environment = {**os.environ, "FABULA_MODEL": str(model.resolve())}
    done = subprocess.run(command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, check=False)
    if done.returncode:
        raise BenchError(f"bench.{module} failed with the weights of {model}")


def float_folder(s: Settings, int8: Path, given: Path | None) -> tuple[Path, tuple[str, ...]]:
    """The float model beside ``int8``, made if it is not there, and the graphs of it made float again."""
    if given is not None:
        need(given, "The folder of float weights")
    own = f"-{fingerprint.model_hash(given)}" if given is not None else ""
    folder = s.out / f"float-{fingerprint.model_hash(int8)}{own}"
    note = folder.with_suffix(".json")
    if not (folder.is_dir() and note.exists()):
        s.out.mkdir(parents=True, exist_ok=True)
        made = float_model.build(int8, given, folder)
        note.write_text(json.dumps(made), encoding="utf-8")
    return folder, tuple(json.loads(note.read_text(encoding="utf-8")))


def rows(s: Settings, exact: Path, int8: Path) -> Iterator[tuple[str, Measure, float, float]]:
    """(data set, measure, float, int8) of whatever both have measured, in percent."""
    for result in {**BENCHES, **NOVELS}.values():
        a = results.load(result, s.out / fingerprint.key(exact))
        b = results.load(result, s.out / fingerprint.key(int8))
        if a is None or b is None:
            continue
        for group, measures in TABLE.items():
            for m in measures:
                if m.bench == result and m.figure in a.figures and m.figure in b.figures:
                    yield group, m, a.figures[m.figure].value, b.figures[m.figure].value


def points(m: Measure, a: float, b: float) -> float:
    """``b`` less ``a`` in points: hundredths, for a measure that is no percentage."""
    return (b - a) * (1 if m.unit == "%" else 100)


def render(found: Sequence[tuple[str, Measure, float, float]], note: str) -> str:
    """The comparison as a Markdown table, and how many figures keep within half a point."""
    lines = ["|  | float32 | int8 | int8 − float32, points | within 0.5 |", "|---|---:|---:|---:|---|"]
    shown, kept = "", 0
    for group, m, a, b in found:
        if group != shown:
            lines.append(f"| **{group}** |  |  |  |  |")
            shown = group
        apart = points(m, a, b)
        close = abs(apart) <= WITHIN + 1e-9
        kept += close
        lines.append(
            f"| {m.label} | {m.number(a)} | {m.number(b)} | {apart:+.1f} | {'yes' if close else '**no**'} |"
        )
    today = datetime.now(UTC).date().isoformat()
    stamp = f"{kept} of {len(found)} within {WITHIN} point. {note}"
    return "\n".join([*lines, "", f"{stamp} Measured {today}; weights {fingerprint.model_hash()}."])


def run(s: Settings, given: Path | None = None, *, novels: bool = False) -> str:
    """Measure what is not measured yet, and return the comparison."""
    int8 = fingerprint.model_folder()
    exact, made = float_folder(s, int8, given)
    for model in (exact, int8):
        for module, result in {**BENCHES, **(NOVELS if novels else {})}.items():
            if results.load(result, s.out / fingerprint.key(model)) is None:
                measure(s, module, model)
    beside = s.out / fingerprint.key(int8) / table.EXACT
    beside.write_text(json.dumps(fingerprint.key(exact)), encoding="utf-8")
    note = float_model.described(made, [f.name for f in exact.iterdir()])
    return render(list(rows(s, exact, int8)), note)


def main() -> None:
    """Run the command line."""
    options = parser(__doc__)
    options.add_argument("--float", type=Path, metavar="FOLDER", help="graphs that were never quantised")
    options.add_argument("--novels", action="store_true", help="PDNC dev too")
    options.add_argument("--write", action="store_true", help="put the table into docs/quality.md")
    a = options.parse_args()

    def take() -> str:
        text = run(settings(a), a.float, novels=a.novels)
        if a.write:
            table.write(text, table.FULL, START, END)
        return text

    results.command(take)


if __name__ == "__main__":
    main()
