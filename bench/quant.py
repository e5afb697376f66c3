"""What quantisation costs: every figure with the float weights and with the int8 weights, side by side.

    python -m bench.quant FLOAT_FOLDER

FLOAT_FOLDER is a model folder like the package's, with weights that were not quantised. It is used through
the environment variable FABULA_MODEL, in processes of its own.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from bench import fingerprint, results
from bench.settings import ROOT, BenchError, Settings, need, parser, settings

BENCHES = {"litbank": "litbank", "pdnc": "pdnc", "stories": "stories-seen"}
"""Module to the name of its result."""


def measure(s: Settings, module: str, model: Path) -> None:
    """Run a measurement with the weights of ``model``.

    Raises:
        BenchError: it failed; its own words have been printed.

    """
    command = [sys.executable, "-m", f"bench.{module}", "--data", str(s.data), "--score", str(s.score)]
    command += ["--out", str(s.out), "--resamples", "0"]
    environment = {**os.environ, "FABULA_MODEL": str(model.resolve())}
    done = subprocess.run(command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, check=False)
    if done.returncode:
        raise BenchError(f"bench.{module} failed with the weights of {model}")


def rows(s: Settings, float_model: Path, int8_model: Path) -> Iterator[tuple[str, str, float, float]]:
    """(measurement, figure, float, int8) of whatever both have measured."""
    for result in BENCHES.values():
        a = results.load(result, s.out / fingerprint.key(float_model))
        b = results.load(result, s.out / fingerprint.key(int8_model))
        if a is None or b is None:
            continue
        for name, figure in a.figures.items():
            if name in b.figures and name != "documents":
                yield result, name, figure.value, b.figures[name].value


def run(s: Settings, float_model: Path) -> str:
    """Measure what is not measured yet, and return the comparison as a Markdown table."""
    need(float_model, "The folder of float weights")
    int8_model = fingerprint.model_folder()
    for model in (float_model, int8_model):
        for module, result in BENCHES.items():
            if results.load(result, s.out / fingerprint.key(model)) is None:
                measure(s, module, model)
    lines = ["| measurement | figure | float | int8 | int8 - float |", "|---|---|---:|---:|---:|"]
    for result, name, a, b in rows(s, float_model, int8_model):
        lines.append(f"| {result} | {name} | {a:.4g} | {b:.4g} | {b - a:+.2g} |")
    return "\n".join(lines)


if __name__ == "__main__":
    options = parser(__doc__)
    options.add_argument("float_model", type=Path, metavar="FLOAT_FOLDER")
    arguments = options.parse_args()
    results.command(lambda: run(settings(arguments), arguments.float_model))
