"""Acts against hand labels, and what the ledger costs.

    python -m bench.ledger [--split dev|test] [--unseen] [--resamples N]

Acts on the project's own stories (``examples/gold``) and on passages of public-domain novels
(``bench/gold/passages.json``: offsets into the novels with a hash, no text). A passage is read with the pages
around it, as a reader would have them. Intervals: stories and books drawn with repetition. The cost is the
time that acts, feelings, bonds, the heads of both and the layers that read for them take, over that of the
reading without them.
"""

from __future__ import annotations

import collections
import hashlib
import json
import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench import acts, results, stories
from bench.acts import Tally
from bench.predict import Reader, fabula_reader, predict
from bench.results import Result
from bench.scorer import Scorer
from bench.settings import ROOT, BenchError, Settings, need, parser, settings
from fabula.types import Story

PASSAGES = ROOT / "bench" / "gold" / "passages.json"
BEFORE, AFTER = 3000, 1000
"""Code points of the novel that are read before and after a passage."""
COST_WORDS = 20_000


def novel(s: Settings, book: str) -> str:
    """A novel's text, decoded, line ends as one line feed."""
    path = need(s.data / "gutenberg" / f"{book}.txt", f"The novel {book}")
    return path.read_bytes().decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def passages(s: Settings, split: str, source: Path = PASSAGES) -> list[dict[str, Any]]:
    """The labelled passages of a split, with the text that is read (``text``) and where in it (``at``).

    Raises:
        BenchError: there are no labels, or a novel's text is not the one that was labelled.

    """
    found = []
    for p in json.loads(need(source, "The labels of the passages").read_text(encoding="utf-8")):
        if p["split"] != split:
            continue
        whole = novel(s, p["book"])
        if hashlib.sha256(whole[p["start"] : p["end"]].encode()).hexdigest() != p["sha256"]:
            raise BenchError(f"{p['book']} is not the text that was labelled")
        first = max(whole.rfind("\n\n", 0, max(p["start"] - BEFORE, 0)), 0)
        last = whole.find("\n\n", p["end"] + AFTER)
        text = whole[first : last if last >= 0 else len(whole)]
        found.append({**p, "text": text, "at": p["start"] - first})
    return found


def name_of(p: Mapping[str, Any]) -> str:
    """A name for the file of a passage's reading."""
    return f"{p['book']}-{p['start']}"


def same_in_passage(p: Mapping[str, Any], read: Mapping[str, Any]) -> acts.Same:
    """Whether an entity is a labelled person: the one whose mention stands at those words of a passage."""
    at, end = p["at"], p["at"] + p["end"] - p["start"]
    mentions = [m for m in read["mentions"] if at <= m["start"] < end and m["entity"] is not None]
    members = {e["id"]: set(e["members"]) for e in read["entities"]}

    def overlap(m: Mapping[str, Any], gold: Mapping[str, int]) -> float:
        common = min(m["end"], gold["end"] + at) - max(m["start"], gold["start"] + at)
        return float(common - 0.1 * (m["end"] - m["start"]))

    def same(entity: int | None, gold: Mapping[str, int] | None) -> bool:
        if gold is None:
            return entity is None
        here = [m for m in mentions if m["start"] < gold["end"] + at and gold["start"] + at < m["end"]]
        best = max(here, key=lambda m: overlap(m, gold), default=None)
        return best is not None and (best["entity"] == entity or entity in members.get(best["entity"], ()))

    return same


def of_passage(p: Mapping[str, Any], read: Mapping[str, Any]) -> tuple[Tally, Tally]:
    """A passage's acts and feelings."""
    at, end = p["at"], p["at"] + p["end"] - p["start"]
    same = same_in_passage(p, read)

    def moved(some: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        return [{**g, "start": g["start"] + at, "end": g["end"] + at} for g in some]

    mine = [a for a in read["acts"] if at <= a["trigger"]["start"] < end]
    felt = [
        {**e, "kind": e["label"], "agent": e["character"], "patient": None, "trigger": e["cue"]}
        for e in read["emotions"]
        if at <= e["cue"]["start"] < end and not e["hypothetical"]
    ]
    labelled = [{**g, "kind": g["label"], "agent": g["who"], "patient": None} for g in p["emotions"]]
    return (
        acts.score(mine, moved(p["acts"]), (), same),
        acts.score(felt, moved(labelled), (), same),
    )


def same_in_story(read: Mapping[str, Any], gold: Mapping[str, Any]) -> acts.Same:
    """Whether an entity is a person of a story; they are mapped one to one by the names."""
    from scipy.optimize import linear_sum_assignment

    votes: defaultdict[int, Counter[str]] = defaultdict(Counter)
    named = [m for m in read["mentions"] if m["kind"] == "PROP" and m["entity"] is not None]
    for g in gold["names"]:
        around = [m for m in named if m["start"] <= g["start"] and g["end"] <= m["end"]]
        if around:
            votes[min(around, key=lambda m: m["end"] - m["start"])["entity"]][g["who"]] += 1
    entities, people = sorted(votes), sorted({w for c in votes.values() for w in c})
    table = [[-votes[e][w] for w in people] for e in entities]
    rows, columns = linear_sum_assignment(table) if table else ([], [])
    who = {entities[i]: people[j] for i, j in zip(rows, columns, strict=True) if table[i][j] < 0}

    def same(entity: int | None, person: str | None) -> bool:
        return (entity is None) if person is None else entity is not None and who.get(entity) == person

    return same


def of_story(read: Mapping[str, Any], gold: Mapping[str, Any]) -> Tally:
    """A story's acts."""
    # A story's labels tell denied and imagined acts without their people: only acts told as done are matched.
    done = [a for a in read["acts"] if acts.told_as_done(a)]
    return acts.score(done, gold["acts"], gold.get("non_acts", ()), same_in_story(read, gold))


def run(s: Settings, reader: Reader = fabula_reader, split: str = "test") -> Result:
    """Figures under "passages SPLIT: …" and "stories GROUP: …", and "cost over the pipeline"."""
    scorer = Scorer.of(s)
    out: dict[str, results.Figure] = {}
    kept = results.folder(s) / "predictions"
    if PASSAGES.exists():
        some = passages(s, split)
        where = predict(((name_of(p), p["text"]) for p in some), kept / "passages", reader)
        by_book: defaultdict[str, tuple[Tally, Tally]] = defaultdict(lambda: (Tally(), Tally()))
        for p in some:
            done, felt = of_passage(p, _load(where / f"{name_of(p)}.json"))
            by_book[p["book"]][0].add(done)
            by_book[p["book"]][1].add(felt)
        for k, what in enumerate(("act", "feeling")):
            out |= _pooled(scorer, f"passages {split}", [b[k] for b in by_book.values()], s, what)
    group = "unseen" if s.unseen else "seen"
    names = stories.groups(s.examples)[group]
    texts = ((n, (s.examples / f"{n}.txt").read_text(encoding="utf-8")) for n in names)
    where = predict(texts, kept / "stories", reader)
    told = [of_story(_load(where / f"{n}.json"), _load(stories.gold_of(s.examples, n))) for n in names]
    out |= _pooled(scorer, f"stories {group}", told, s, "act")
    out["cost over the pipeline"] = results.Figure(cost(s))
    return results.save(results.result("ledger", out), s)


def _load(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _pooled(
    scorer: Scorer, title: str, parts: Sequence[Tally], s: Settings, what: str
) -> dict[str, results.Figure]:
    def over(indices: Sequence[int]) -> dict[str, tuple[float, int | None]]:
        total = Tally()
        for i in indices:
            total.add(parts[i])
        return {**acts.figures(total, what), **scorer.confidence(what, total.pairs)}

    def values(indices: Sequence[int]) -> dict[str, float]:
        return {k: v for k, (v, _) in over(indices).items()}

    spread = results.intervals(values, len(parts), s.resamples, s.seed)
    found = results.figures(over(range(len(parts))), spread)
    return {f"{title}: {name}": figure for name, figure in found.items()}


def cost(s: Settings) -> float:
    """Time of the ledger over that of the reading without it, in percent, on a stretch of a novel."""
    from fabula.encoder.session import model_folder
    from fabula.heads.acts import ActColumns
    from fabula.heads.evidence import gather
    from fabula.heads.feelings import FeelingColumns
    from fabula.ledger.keep import keep_ledger
    from fabula.pipeline import decide, default_encoder
    from fabula.text import read_text

    text = " ".join(novel(s, "145_middlemarch")[100_000:].split(" ")[:COST_WORDS])
    encoder = default_encoder()
    began = time.perf_counter()
    story = read_text(text)
    evidence = gather(story, encoder, model_folder())
    analysis = decide(story, evidence)
    whole = time.perf_counter() - began
    began = time.perf_counter()
    keep_ledger(analysis, evidence.feelings, evidence.acts)
    mine = time.perf_counter() - began
    where = evidence.layout
    told = ActColumns.of(where.quote, where.sentence, where.told, model_folder())
    columns = FeelingColumns(len(story.tokens), model_folder())
    windows = list(encoder.windows(story))
    began = time.perf_counter()
    for w in windows:
        columns.add(w)
        told.add(w.start, w.end, w.ledger, w.syntax)
    told.scores()
    mine += time.perf_counter() - began
    mine += _second_reading(story)
    return 100 * mine / max(whole - mine, 1e-9)


def _second_reading(story: Story) -> float:
    """Seconds that the layers which read for the ledger alone take over a story."""
    from training.ledger_graph import FirstReading

    from fabula.encoder.session import OnnxEncoder

    times = []
    for encoder in (OnnxEncoder(), FirstReading()):
        began = time.perf_counter()
        collections.deque(encoder.windows(story), maxlen=0)
        times.append(time.perf_counter() - began)
    return max(0.0, times[0] - times[1])


if __name__ == "__main__":
    options = parser(__doc__)
    options.add_argument("--split", choices=("dev", "test"), default="test", help="which passages")
    options.add_argument("--unseen", action="store_true", help="score the unseen stories instead")
    chosen = options.parse_args()
    results.command(lambda: run(settings(chosen), split=chosen.split))
