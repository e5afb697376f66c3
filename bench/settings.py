"""Where the measuring data, the scorer and the results lie, and how many resamples to draw."""

from __future__ import annotations

import argparse
import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESAMPLES = 200
SEED = 2020
COVERAGE = 0.90
"""The share of resamples an interval holds."""


class BenchError(Exception):
    """A measurement cannot be taken; the message says what is missing and what to do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """``data`` holds litbank_natural/ and pdnc_dev/; ``score`` is score.py; ``out`` takes all results."""

    data: Path
    score: Path
    out: Path = ROOT / "bench" / "out"
    examples: Path = ROOT / "examples"
    resamples: int = RESAMPLES
    seed: int = SEED
    unseen: bool = False


def shared_folder() -> Path:
    """The folder with data/ and score/: $FABULA_SHARED, else ``shared`` beside the repository."""
    named = os.environ.get("FABULA_SHARED")
    return Path(named) if named else ROOT.parent / "shared"


def parser(description: str | None) -> argparse.ArgumentParser:
    """A parser with the options that every measurement takes."""
    shared = shared_folder()
    p = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--data", type=Path, default=shared / "data", help="folder of the data sets")
    p.add_argument("--score", type=Path, default=shared / "score" / "score.py", help="the scorer, score.py")
    p.add_argument(
        "--out", type=Path, default=ROOT / "bench" / "out", help="where predictions and results go"
    )
    p.add_argument("--resamples", type=int, default=RESAMPLES, help="bootstrap resamples; 0: no intervals")
    p.add_argument("--seed", type=int, default=SEED)
    return p


def settings(arguments: argparse.Namespace) -> Settings:
    """What the command line says."""
    return Settings(
        data=arguments.data,
        score=arguments.score,
        out=arguments.out,
        resamples=arguments.resamples,
        seed=arguments.seed,
        unseen=getattr(arguments, "unseen", False),
    )


def need(path: Path, what: str) -> Path:
    """``path``, if it is there.

    Raises:
        BenchError: it is not; the message names the options that say where it is.

    """
    if not path.exists():
        raise BenchError(
            f"{what} is not at {path}. Say where with --data and --score, "
            "or set FABULA_SHARED to the folder that holds data/ and score/."
        )
    return path
