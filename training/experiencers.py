"""Learn whose a feeling is from REMAN's labelled experiencers; score it by author, out of fold.

    python -m training.experiencers --out runs/feelings

Needs no torch. Reads each passage of REMAN that has a labelled experiencer with the program, and fits the
scorer of ``fabula/ledger/experiencer.py`` on the places where somebody is named: a softmax over places whose
features are those of acts' people and what the rules say. Its weights go into feelings.npz in --out, which
``training.feelings`` has made before.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from fabula.ledger.clauses import read_clauses
from fabula.ledger.experiencer import Experiencers, likeliest
from fabula.ledger.feelings import Cue, main_token
from fabula.ledger.slots import BUCKETS, Slot
from fabula.ledger.who import beliefs
from fabula.types import Analysis
from training.act_model import fit_places
from training.feeling_data import Cue as Labelled
from training.feeling_data import Passage, reman, tokens_of

Array = npt.NDArray[Any]

FOLDS = 7
PENALTY = 20.0
SHARPER = (1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0)
"""The penalty flattens the softmax; one of these sharpens it again, the one under which answers that were
not learnt from are the likeliest."""


@dataclass(frozen=True, slots=True)
class Felt:
    """A labelled cue. ``fold`` is its author, ``right`` the entities that a labelled experiencer touches."""

    fold: str
    places: tuple[Slot, ...]
    right: frozenset[int]
    by_rule: int | None


def felt(passage: Passage, cues: Sequence[Labelled], analysis: Analysis) -> list[Felt]:
    """``cues`` of a passage, as it is read; none where the reading has no parse."""
    clauses = read_clauses(analysis)
    if clauses is None:
        return []
    people = Experiencers(clauses, None)
    found = []
    for cue in cues:
        ((a, b),) = tokens_of(analysis.story, [(cue.start, cue.end)])
        if b <= a:
            continue
        t = main_token(clauses, Cue(a, b, cue.label, 1.0))
        right = frozenset(
            m.entity
            for m in analysis.mentions
            if m.entity is not None and any(m.start < y and x < m.end for x, y in cue.who)
        )
        who, _ = people.of(t, cue.label)
        found.append(Felt(passage.fold, tuple(people.places(t, cue.label)), right, who))
    return found


def examples(data: Path, analyse: Callable[[str], Analysis]) -> list[Felt]:
    """Every cue of REMAN with a labelled experiencer, as ``analyse`` reads its passage."""
    found: list[Felt] = []
    for passage in reman(data / "reman" / "reman-train.xml"):
        cues = [c for c in passage.cues if c.who]
        if cues:
            found += felt(passage, cues, analyse(passage.text))
    return found


def fit(some: Sequence[Felt]) -> Array:
    """Weights (BUCKETS,) from cues, before they are made sharper."""
    rows = [
        ([s.features for s in f.places], [likeliest(s.people) in f.right for s in f.places])
        for f in some
        if any(likeliest(s.people) in f.right for s in f.places)
    ]
    return fit_places(rows, BUCKETS, PENALTY)


def folds(some: Sequence[Felt]) -> list[int]:
    """The fold of each cue; an author's cues share one."""
    authors = sorted({f.fold for f in some})
    order = np.random.default_rng(0).permutation(len(authors))
    at = {a: int(k) % FOLDS for a, k in zip(authors, order, strict=True)}
    return [at[f.fold] for f in some]


def by_author(some: Sequence[Felt]) -> dict[str, Array]:
    """For each author, weights that never saw a cue of theirs."""
    fold = folds(some)
    out: dict[str, Array] = {}
    for f in range(FOLDS):
        others = [x for x, k in zip(some, fold, strict=True) if k != f]
        w = sharpened(fit(others), others)
        out |= {x.fold: w for x, k in zip(some, fold, strict=True) if k == f}
    return out


def answer(w: Array, x: Felt) -> tuple[int | None, float]:
    """Who is found for a cue, and how probably; as ``Experiencers.of`` answers."""
    found = beliefs(w, x.places)
    best = likeliest(found)
    return (x.by_rule, 0.0) if best is None else (best, min(found[best], 1.0))


def sharpened(w: Array, some: Sequence[Felt]) -> Array:
    """``w`` times what makes the right people of ``some`` likeliest, judged by weights without them."""
    loss = dict.fromkeys(SHARPER, 0.0)
    authors = sorted({x.fold for x in some})
    for part in (0, 1):
        mine = set(authors[part::2])
        without = fit([x for x in some if x.fold not in mine])
        for s in SHARPER:
            for x in some:
                if x.fold in mine and x.places:
                    found = beliefs(np.asarray(s * without, np.float32), x.places)
                    p = sum(found.get(k, 0.0) for k in x.right)
                    loss[s] -= float(np.log(min(max(p, 1e-2), 1.0)))
    return np.asarray(min(SHARPER, key=lambda s: loss[s]) * w, np.float32)


def main() -> None:
    """Run the command line."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--data", type=Path, default=Path("../shared/data"))
    p.add_argument("--out", type=Path, default=Path("runs/feelings"))
    a = p.parse_args()
    from fabula.pipeline import analyse
    from fabula.text import read_text

    path = a.out / "feelings.npz"
    if not path.exists():
        p.error(f"{path} is not there: run python -m training.feelings --out {a.out} first")
    some = examples(a.data, lambda text: analyse(read_text(text)))
    weights = by_author(some)
    found = [answer(weights[x.fold], x) for x in some]
    right = [who in x.right for (who, _), x in zip(found, some, strict=True)]
    sure = np.asarray([p for _, p in found])
    print(f"{len(some)} cues; right by rules {np.mean([x.by_rule in x.right for x in some]):.3f}")
    print(f"right, out of fold {np.mean(right):.3f}; mean probability {sure.mean():.3f}")
    with np.load(path) as archive:
        arrays: dict[str, Any] = {k: archive[k] for k in archive.files}
    arrays["who.weight"] = sharpened(fit(some), some).astype(np.float16)
    part = path.with_suffix(".part.npz")
    np.savez_compressed(part, **arrays)
    part.replace(path)


if __name__ == "__main__":
    main()
