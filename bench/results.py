"""Figures with their intervals, and the files that keep them between runs."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from bench import fingerprint
from bench.settings import COVERAGE, BenchError, Settings
from fabula.errors import FabulaError


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value. Unit: as its measure says. ``n`` cases; ``low``..``high`` its interval."""

    value: float
    n: int | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What one measurement found, when, on what machine, for which weights. Keys are the scorer's names."""

    bench: str
    date: str
    machine: str
    model: str
    figures: Mapping[str, Figure]


def result(bench: str, figures: Mapping[str, Figure]) -> Result:
    """``figures`` stamped with today's date (UTC), this machine and the weights in use."""
    today = datetime.now(UTC).date().isoformat()
    return Result(bench, today, fingerprint.machine(), fingerprint.model_hash(), figures)


def folder(settings: Settings) -> Path:
    """Where the present code and weights keep their predictions and results."""
    return settings.out / fingerprint.key()


def save(found: Result, settings: Settings) -> Result:
    """Keep a result for the table."""
    path = folder(settings) / f"{found.bench}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(asdict(found), indent=1), encoding="utf-8")
    return found


def load(bench: str, where: Path) -> Result | None:
    """The result kept in folder ``where``, or None if that measurement was not taken."""
    path = where / f"{bench}.json"
    if not path.exists():
        return None
    raw = json.loads(path.read_text(encoding="utf-8"))
    return Result(**{**raw, "figures": {k: Figure(**v) for k, v in raw["figures"].items()}})


def intervals(
    measure: Callable[[Sequence[int]], Mapping[str, float]], n: int, resamples: int, seed: int
) -> dict[str, tuple[float, float]]:
    """Percentile bootstrap over ``n`` documents (Efron 1979).

    ``measure`` gives every figure for a list of document indices, repeats included. Returns the central
    90 % of each figure over ``resamples`` draws; nothing where ``resamples`` is 0 or n is below 2.
    """
    if resamples < 1 or n < 2:
        return {}
    rng = np.random.default_rng(seed)
    drawn: dict[str, list[float]] = {}
    for _ in range(resamples):
        for name, value in measure([int(i) for i in rng.integers(0, n, n)]).items():
            drawn.setdefault(name, []).append(value)
    tail = (1 - COVERAGE) / 2
    out = {}
    for name, values in drawn.items():
        known = [v for v in values if v == v]  # AUROC is not a number where a resample has no wrong decision
        if known:
            low, high = np.quantile(known, [tail, 1 - tail])
            out[name] = (float(low), float(high))
    return out


def figures(
    point: Mapping[str, tuple[float, int | None]], spread: Mapping[str, tuple[float, float]]
) -> dict[str, Figure]:
    """Join values and case counts with their intervals; what is not a number was not measured."""
    known = {name: (value, n) for name, (value, n) in point.items() if value == value}
    return {name: Figure(value, n, *spread.get(name, (None, None))) for name, (value, n) in known.items()}


def command(take: Callable[[], Result | str]) -> None:
    """Take a measurement and print it, or end with one line that says why it cannot be taken."""
    try:
        found = take()
    except (BenchError, FabulaError) as error:
        sys.exit(f"bench: {error}")
    if isinstance(found, Result):
        show(found)
    else:
        print(found)


def show(found: Result) -> None:
    """Print every figure of a result, a line each."""
    print(f"{found.bench}: {found.date}, {found.machine}, model {found.model}")
    for name, f in found.figures.items():
        spread = "" if f.low is None or f.high is None else f"  [{f.low:.4g}, {f.high:.4g}]"
        print(f"  {name}: {f.value:.4g}{spread}" + ("" if f.n is None else f"  (n={f.n})"))
