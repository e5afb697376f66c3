"""Fit the calibration on stories the model has not learnt from.

    python -m training.calibrate --model src/fabula/model --out src/fabula/model/calibration.json

The training documents of LitBank, passages of novels and marked stories that training/held.py holds out teach
the confidence. Novels (LitBank's among them) and stories weigh the same in all; for speakers LitBank is a
source of its own that weighs as much (docs/decisions/0027). LitBank labels no addressees. Neither LitBank's
dev documents nor the stories of examples/ are used.
"""

from __future__ import annotations

import argparse
import json
import os
from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

from fabula.resolve.calibration import (
    MENTION_GROUPS,
    QUOTE_TYPES,
    addressee_features,
    mention_features,
    mention_groups,
    quote_features,
)
from fabula.types import Floats, Story
from training.held import is_held, story_paths
from training.novels import passage
from training.person_data import parse_marks

Gold = dict[str, Any]


def one_to_one(votes: dict[int, Counter[Hashable]]) -> dict[int, Hashable]:
    """Entity -> gold entity, each used once, keeping the most votes."""
    preds, golds = sorted(votes), sorted({g for c in votes.values() for g in c}, key=str)
    w = np.zeros((len(preds), max(1, len(golds))))
    for i, p in enumerate(preds):
        for j, g in enumerate(golds):
            w[i, j] = votes[p][g]
    return {preds[i]: golds[j] for i, j in zip(*linear_sum_assignment(-w), strict=True) if w[i, j] > 0}


def best_overlap(story: Story, start: int, end: int) -> int | None:
    """The quote that covers most of [start, end), if it covers most of it."""
    best = max(range(len(story.quotes)), default=None, key=lambda k: _common(story, k, start, end))
    return best if best is not None and _common(story, best, start, end) >= 0.7 * (end - start) else None


def _common(story: Story, k: int, start: int, end: int) -> int:
    q = story.quotes[k]
    return min(q.end, end) - max(q.start, start)


def fit(x: Floats, y: Floats, weight: Floats, ridge: float = 2.0) -> dict[str, list[float]]:
    """Logistic regression by Newton's method on standardised features; ``weight`` (n,) of the rows."""
    mean, scale = x.mean(0), np.maximum(x.std(0), 0.01)
    z = np.concatenate([(x - mean) / scale, np.ones((len(x), 1))], axis=1).astype(np.float64)
    w = np.zeros(z.shape[1])
    penalty = np.full(z.shape[1], ridge)
    penalty[-1] = 0.0
    for _ in range(50):
        p = 1 / (1 + np.exp(-z @ w))
        h = (z * (weight * p * (1 - p))[:, None]).T @ z + np.diag(penalty + 1e-6)
        w = w - np.linalg.solve(h, z.T @ (weight * (p - y)) + penalty * w)
    out = {"mean": mean, "scale": scale, "weight": w[:-1], "bias": w[-1:]}
    return {k: [round(float(v), 5) for v in a] for k, a in out.items()}


class Rows:
    """Features, outcomes and sources ("litbank", "novel", "story") by calibration group."""

    def __init__(self) -> None:
        self.source = ""
        self.x: dict[str, list[Floats]] = defaultdict(list)
        self.y: dict[str, list[float]] = defaultdict(list)
        self.sources: dict[str, list[str]] = defaultdict(list)

    def add(self, group: str, x: Floats, right: bool) -> None:
        """One decision of the present ``source``."""
        self.x[group].append(x)
        self.y[group].append(float(right))
        self.sources[group].append(self.source)

    def weights(self, group: str) -> Floats:
        """(n,): every source weighs the same in all, however many decisions it has.

        LitBank is a source of its own for speakers alone.
        """
        apart = group.startswith("speaker.")
        sources = [s if apart or s != "litbank" else "novel" for s in self.sources[group]]
        n = Counter(sources)
        return np.asarray([len(sources) / len(n) / n[s] for s in sources], dtype=np.float32)


def _span_votes(
    story: Story, settled: Any, evidence: Any, gold: dict[tuple[int, int], Any]
) -> dict[int, Counter[Hashable]]:
    votes: dict[int, Counter[Hashable]] = defaultdict(Counter)
    m = evidence.mentions
    for k in range(len(m)):
        g = gold.get(_span(story, m, k))
        if g is not None:
            votes[int(settled.entities.entity[k])][g] += (10, 3, 1)[int(m.kind[k])]
    return votes


def _span(story: Story, m: Any, k: int) -> tuple[int, int]:
    return int(story.tokens.start[m.token_start[k]]), int(story.tokens.end[m.token_end[k] - 1])


def collect_litbank(paths: Sequence[Path], rows: Rows) -> None:
    """Mentions and speakers of LitBank documents."""
    from fabula.encoder.session import model_folder
    from fabula.heads.evidence import gather
    from fabula.pipeline import default_encoder, settle
    from fabula.text import read_text

    for path in paths:
        g: Gold = json.loads(path.read_text(encoding="utf-8"))
        story = read_text(g["text"])
        evidence = gather(story, default_encoder(), model_folder())
        s = settle(story, evidence)
        gold = {(x["start"], x["end"]): x["entity"] for x in g["mentions"]}
        to = one_to_one(_span_votes(story, s, evidence, gold))
        x, groups, m = (
            mention_features(evidence, s.entities),
            mention_groups(story, evidence),
            evidence.mentions,
        )
        for k in range(len(m)):
            truth = gold.get(_span(story, m, k))
            if truth is not None:
                rows.add(f"mention.{groups[k]}", x[k], to.get(int(s.entities.entity[k])) == truth)
        y = quote_features(story, s.speech, s.entities)
        for q in g["quotes"]:
            hit = best_overlap(story, q["start"], q["end"])
            if q["speaker"] is not None and hit is not None:
                d = s.speech.speaker[hit]
                rows.add(f"speaker.{s.speech.type[hit]}", y[hit], bool(d) and to.get(d[0][0]) == q["speaker"])


Marked = tuple[str, Sequence[tuple[int, int, str]], Sequence[tuple[int, int, str, str]]]
"""Text, mentions (start, end, who), quotes (start, end, speaker, to); "-": nobody, "A+B": several people."""


def marked_story(path: Path) -> Marked:
    """A story as ``training.person_data`` marks it."""
    text, _, spans, quotes = parse_marks(path.read_text(encoding="utf-8"))
    return text, [(a, b, who) for a, b, _, who in spans], quotes


def marked_novel(path: Path, data: Path) -> Marked:
    """A labelled passage of a novel."""
    about = json.loads(path.read_text(encoding="utf-8"))

    def who(k: int) -> str:
        return str(k) if k >= 0 else "-"

    return (
        passage(about, data),
        [(a, b, who(e)) for a, b, _, e in about["mentions"]],
        [(a, b, who(s), who(t)) for a, b, s, t in about["quotes"] if s >= 0],
    )


def collect_marked(texts: Sequence[Marked], rows: Rows) -> None:
    """Mentions, speakers and addressees of marked texts."""
    from fabula.encoder.session import model_folder
    from fabula.heads.evidence import gather
    from fabula.pipeline import default_encoder, settle
    from fabula.text import read_text

    for text, spans, quotes in texts:
        story = read_text(text)
        evidence = gather(story, default_encoder(), model_folder())
        s = settle(story, evidence)
        gold = {(a, b): who for a, b, who in spans if who != "-" and "+" not in who}
        to = one_to_one(_span_votes(story, s, evidence, gold))
        x, groups, m = (
            mention_features(evidence, s.entities),
            mention_groups(story, evidence),
            evidence.mentions,
        )
        for k in range(len(m)):
            truth = gold.get(_span(story, m, k))
            if truth is not None:
                rows.add(f"mention.{groups[k]}", x[k], to.get(int(s.entities.entity[k])) == truth)
        y, z = quote_features(story, s.speech, s.entities), addressee_features(story, s.speech)
        for start, end, speaker, hearer in quotes:
            hit = best_overlap(story, start, end)
            if hit is None:
                continue
            d = s.speech.speaker[hit]
            rows.add(f"speaker.{s.speech.type[hit]}", y[hit], bool(d) and to.get(d[0][0]) == speaker)
            if hearer != "-" and s.speech.addressees[hit]:
                wanted = set(hearer.split("+"))
                rows.add("addressee", z[hit], {to.get(e) for e in s.speech.addressees[hit]} == wanted)


def main() -> None:
    """Parse the command line, collect decisions and fit one model per group."""
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--model", type=Path, required=True)
    p.add_argument("--data", type=Path, default=Path("../shared/data"))
    p.add_argument("--stories", type=Path, default=Path("training/stories"))
    p.add_argument("--novels", type=Path, default=Path("training/novels"))
    p.add_argument("--out", type=Path, required=True)
    a = p.parse_args()
    os.environ["FABULA_MODEL"] = str(a.model)
    rows = Rows()
    litbank = sorted((a.data / "litbank_natural/train").glob("*.json"))
    rows.source = "litbank"
    collect_litbank([q for q in litbank if is_held(q.stem)], rows)
    rows.source = "novel"
    novels = sorted(a.novels.glob("*.json"))
    novels = [q for q in novels if is_held(json.loads(q.read_text(encoding="utf-8"))["book"])]
    collect_marked([marked_novel(q, a.data) for q in novels], rows)
    rows.source = "story"
    collect_marked([marked_story(q) for q in story_paths(a.stories, held=True)], rows)
    table: dict[str, Any] = {"abstain_below": 0.0}
    for group in (
        *(f"mention.{g}" for g in MENTION_GROUPS),
        *(f"speaker.{t}" for t in QUOTE_TYPES),
        "addressee",
    ):
        y = np.asarray(rows.y[group], dtype=np.float32)
        print(f"{group}: {len(y)} decisions, {100 * y.mean() if len(y) else 0:.1f} % right")
        if len(y) >= 40 and 0 < y.mean() < 1:
            table[group] = fit(np.asarray(rows.x[group]), y, rows.weights(group))
    a.out.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
