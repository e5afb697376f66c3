"""What corrections bring: answers right before and after a person has settled the worst doubts.

    python -m bench.corrections [--steps N]

The seen stories are corrected as somebody would who knows the answers: the first doubt of the queue whose
answer the labels give is accepted or corrected, N times. Beside the answers that this gives, others follow
from it; the figures say how many of all are right in the end, and what the reading expects to be wrong.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bench import results
from bench.results import Figure, Result
from bench.settings import Settings, parser, settings
from bench.stories import gold_of, groups
from fabula.corrections.around import Around
from fabula.corrections.desk import Desk
from fabula.corrections.edition import Edition
from fabula.corrections.log import Log
from fabula.reader.book import doubts
from fabula.types import Analysis

STEPS = 10
Answers = Mapping[tuple[str, int], int]
"""("person" | "speaker", id) to the entity that the labels mean."""


def answers(analysis: Analysis, gold: dict[str, list[dict[str, Any]]]) -> Answers:
    """The labelled decisions of a reading; a person of the labels is whom their names mostly mean in it."""
    mentions = {(m.start, m.end): m for m in analysis.mentions}
    quotes = {(q.start, q.end): q for q in analysis.quotes}
    votes: dict[object, Counter[int]] = defaultdict(Counter)
    for row in gold["names"]:
        m = mentions.get((row["start"], row["end"]))
        if m is not None and m.entity is not None:
            votes[row["who"]][m.entity] += 1
    people = {who: count.most_common(1)[0][0] for who, count in votes.items()}
    out: dict[tuple[str, int], int] = {}
    for kind, rows, name in (("person", gold["pronouns"], "who"), ("speaker", gold["quotes"], "speaker")):
        for row in rows:
            span = row["start"], row["end"]
            found: Any = mentions.get(span) if kind == "person" else quotes.get(span)
            if found is not None and isinstance(row[name], str) and row[name] in people:
                out[kind, found.id] = people[row[name]]
    return out


def answer(edition: Edition, kind: str, number: int) -> int | None:
    """What a decision says now."""
    return (edition.mention(number) if kind == "person" else edition.quote(number)).who


def right(edition: Edition, known: Answers) -> int:
    """How many labelled decisions are right."""
    return sum(answer(edition, *key) == who for key, who in known.items())


def correct(story: str, s: Settings, steps: int) -> tuple[int, int, int, float, float]:
    """Labelled decisions, right before and after, expected wrong before and after."""
    import fabula

    analysis = fabula.read(s.examples / f"{story}.txt").analysis
    known = answers(analysis, json.loads(gold_of(s.examples, story).read_text(encoding="utf-8")))
    with tempfile.TemporaryDirectory() as scratch:
        log = Log(Path(scratch) / "story.fabula", analysis.story.id)
        desk = Desk(analysis, log, Around(analysis.story))
        before = right(desk.edition, known), doubts(desk.edition)["wrong"]
        for _ in range(steps):
            queue = doubts(desk.edition)["queue"]
            key = next(((kind, k) for kind, k, _ in queue if (kind, k) in known), None)
            if key is None:
                break
            same = answer(desk.edition, *key) == known[key]
            desk.do(desk.accept(*key) if same else desk.correction(*key, (known[key],), "this"))
        after = right(desk.edition, known), doubts(desk.edition)["wrong"]
    return len(known), before[0], after[0], before[1], after[1]


def run(s: Settings, steps: int = STEPS) -> Result:
    """Figures of each seen story, and of all together."""
    found: dict[str, Figure] = {}
    rows = []
    for story in groups(s.examples)["seen"]:
        n, before, after, expected, left = correct(story, s, steps)
        rows.append((n, before, after))
        found[f"{story}: right before"] = Figure(100 * before / n, n)
        found[f"{story}: right after {steps}"] = Figure(100 * after / n, n)
        found[f"{story}: expected wrong before"] = Figure(expected)
        found[f"{story}: expected wrong after {steps}"] = Figure(left)
    total = sum(n for n, _, _ in rows)
    found["all: right before"] = Figure(100 * sum(b for _, b, _ in rows) / total, total)
    found[f"all: right after {steps}"] = Figure(100 * sum(a for _, _, a in rows) / total, total)
    return results.save(results.result("corrections", found), s)


if __name__ == "__main__":
    options: argparse.ArgumentParser = parser(__doc__)
    options.add_argument("--steps", type=int, default=STEPS)
    chosen = options.parse_args()
    results.command(lambda: run(settings(chosen), chosen.steps))
