"""Learn where a paragraph would end between two lines, from stories whose breaks are taken away.

    python -m training.paragraph_breaks [--stories DIR]

Needs no torch. Prints the weights of ``fabula/text/run_together.py``, where they stand rounded, and what is
right of the breaks of the stories held out; places that touch a line on both sides always are breaks, and are
not counted.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np

from fabula.text import read_text
from fabula.text.run_together import break_features, break_logits
from training.held import story_paths
from training.person_data import parse_marks

PENALTY = 3.0
_BREAK = re.compile(r"\n\s*\n(?=.)")

Place = tuple[str, dict[str, float], float, bool]
"""Kind of place, its features, its logit by the weights in use, and whether a paragraph ended there."""


def places(folder: Path, held: bool) -> Iterator[Place]:
    """All places between two lines of the marked stories, with something told between."""
    for path in story_paths(folder, held):
        whole = parse_marks(path.read_text(encoding="utf-8"))[0]
        text, breaks, last = "", set(), 0
        for m in _BREAK.finditer(whole):
            text += whole[last : m.start()] + " "
            breaks.add(len(text))
            last = m.end()
        text += whole[last:]
        lines = [q for q in read_text(text).quotes if q.parent is None]
        for a, b in pairwise(lines):
            for (at, names), (_, logit) in zip(
                break_features(text, a, b), break_logits(text, a, b), strict=True
            ):
                for kind, some in names.items():
                    yield kind, some, logit, at in breaks


def fit(found: list[Place]) -> dict[str, dict[str, float]]:
    """Weights by kind of place: a logistic regression with a penalty, by Newton's method."""
    weights = {}
    for kind in sorted({kind for kind, *_ in found}):
        here = [(some, ended) for k, some, _, ended in found if k == kind]
        names = sorted({name for some, _ in here for name in some})
        x = np.array([[float(some.get(name, 0.0)) for name in names] for some, _ in here])
        y = np.array([ended for _, ended in here], dtype=float)
        w = np.zeros(len(names))
        for _ in range(30):
            p = 1 / (1 + np.exp(-x @ w))
            slope = x.T @ (p - y) + PENALTY * w
            bend = (x * (p * (1 - p))[:, None]).T @ x + PENALTY * np.eye(len(names))
            w -= np.linalg.solve(bend, slope)
        weights[kind] = dict(zip(names, w.tolist(), strict=True))
    return weights


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--stories", type=Path, default=Path("training/stories"))
    folder = parser.parse_args().stories
    weights = fit(list(places(folder, held=False)))
    for kind, some in weights.items():
        print(kind, ", ".join(f'"{name}": {w:.1f}' for name, w in some.items()))
    tested = list(places(folder, held=True))
    for kind in weights:
        here = [(some, logit, ended) for k, some, logit, ended in tested if k == kind]
        ended = np.array([e for *_, e in here])
        new = np.array([sum(weights[kind].get(n, 0.0) * v for n, v in some.items()) > 0 for some, *_ in here])
        used = np.array([logit > 0 for _, logit, _ in here])
        print(
            f"{kind}: {len(here):,} places held out, {ended.mean():.0%} breaks; "
            f"right {(new == ended).mean():.1%}, with the weights in use {(used == ended).mean():.1%}"
        )


if __name__ == "__main__":
    main()
