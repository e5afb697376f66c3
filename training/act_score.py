"""Candidates of the ledger against labelled acts: which are right, and the confidence fitted on that."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from bench.ledger import of_passage, same_in_passage

from bench import acts as bench_acts
from fabula.encoder.weights import unpack
from fabula.heads.acts import ActColumns, ActScores, stretches
from fabula.ledger.acts import find_acts
from fabula.ledger.chosen import Candidate, candidates, status
from fabula.ledger.clauses import Clauses, read_clauses
from fabula.ledger.sure import FIRST_KIND, NAMES
from training.act_data import GoldAct, Labelled
from training.act_model import fit_sure

Array = npt.NDArray[Any]
Same = Callable[[Any, Any], bool]


def scores_of(packed: Mapping[str, Array], text: Labelled, c: Clauses) -> ActScores:
    """What the classifier says of a text, as the pipeline would have it."""
    w = unpack({k: v for k, v in packed.items() if k != "encoder"})
    told = np.asarray(c.told, np.int32)
    columns = ActColumns(stretches(np.asarray(c.quote), np.asarray(c.sentence), told), w)
    x = text.reading.vectors.astype(np.float32)
    columns.add(0, len(x), x[:, :384], x[:, 384:])
    found = columns.scores()
    assert found is not None
    return found


def people_of(text: Labelled) -> dict[int, str]:
    """The person that each entity of the reading is, one to one."""
    from scipy.optimize import linear_sum_assignment

    votes: defaultdict[int, Counter[str]] = defaultdict(Counter)
    mentions = [m for m in text.reading.analysis.mentions if m.entity is not None]
    for g in text.names:
        around = [m for m in mentions if m.start <= g["start"] and g["end"] <= m.end]
        if around:
            best = min(around, key=lambda m: m.end - m.start)
            assert best.entity is not None
            votes[best.entity][g["who"]] += 1
    entities, people = sorted(votes), sorted({w for c in votes.values() for w in c})
    table = [[-votes[e][w] for w in people] for e in entities]
    rows, columns = linear_sum_assignment(table) if table else ([], [])
    return {entities[i]: people[j] for i, j in zip(rows, columns, strict=True) if table[i][j] < 0}


def same_in(text: Labelled) -> Same:
    """Whether an entity is a labelled person of a story."""
    who = people_of(text)

    def same(entity: int | None, person: str | None) -> bool:
        return (entity is None) if person is None else entity is not None and who.get(entity) == person

    return same


@dataclass(frozen=True, slots=True)
class Rows:
    """Candidates of texts: features (n, len(NAMES)), whether right, of which text, whether in a passage."""

    x: Array
    right: Array
    text: Array
    passage: Array

    def __getitem__(self, some: Array) -> Rows:
        return Rows(self.x[some], self.right[some], self.text[some], self.passage[some])


def gold_of(text: Labelled) -> tuple[list[dict[str, Any]], Same]:
    """The labelled acts of a text, whatever their status, and whether an entity is one of their people."""
    if text.passage is None:
        return [_gold(g) for g in text.acts if g.told], same_in(text)
    at = text.start
    moved = [{**g, "start": g["start"] + at, "end": g["end"] + at} for g in text.passage["acts"]]
    return moved, same_in_passage(text.passage, _contract(text, []))


def is_right(k: Candidate, gold: Sequence[Mapping[str, Any]], same: Same) -> bool:
    """Whether a candidate is a labelled act in kind, people and status."""
    denied, imagined = status(k.event)
    t = k.event.trigger
    return any(
        k.event.kind in bench_acts.kinds_of(g)
        and t.start < g["end"]
        and g["start"] < t.end
        and (denied, imagined) == (g["negated"], g["hypothetical"])
        and same(k.agent, g["agent"])
        and (g["patient"] is None or same(k.patient, g["patient"]))
        for g in gold
    )


def rows_of(packed: Mapping[str, Array], texts: Sequence[Labelled]) -> Rows:
    """Every candidate in the labelled parts of texts read end to end."""
    x, right, number, passage = [], [], [], []
    for n, text in enumerate(texts):
        c = read_clauses(text.reading.analysis)
        if c is None:
            continue
        gold, same = gold_of(text)
        for k in candidates(c, scores_of(packed, text, c)):
            if text.start <= k.event.trigger.start < text.end:
                x.append(k.features)
                right.append(is_right(k, gold, same))
                number.append(n)
                passage.append(text.passage is not None)
    features = np.asarray(x, np.float32).reshape(-1, len(NAMES))
    return Rows(features, np.asarray(right, bool), np.asarray(number, int), np.asarray(passage, bool))


def penalties() -> Array:
    """The penalty of each feature: kinds with few cases stay near what all kinds have in common."""
    out = np.full(len(NAMES), 1.0)
    out[FIRST_KIND:] = 10.0
    return out


def fit_confidence(rows: Rows, gold: int, folds: int = 7) -> dict[str, Array]:
    """The weights of the confidence; prints what it is worth on passages that it was not fitted on.

    ``gold`` is how many acts are labelled in the passages.
    """
    out = np.zeros(len(rows.x))
    for f in range(folds):
        here = rows.text % folds == f
        out[here] = 1 / (1 + np.exp(-_logits(_fit(rows[~here]), rows.x[here])))
    curve(out[rows.passage], rows.right[rows.passage], gold)
    w = _fit(rows)
    for name, v in zip((*NAMES, "bias"), w.tolist(), strict=True):
        print(f"  {name:16} {v:6.2f}")
    return {"sure.weight": w[:-1], "sure.bias": w[-1:]}


def _fit(rows: Rows, folds: int = 5) -> Array:
    """Weights and bias (len(NAMES) + 1,), learnt from all rows, then stretched and moved to fit the passages.

    The stories have most of the rows, but their labels, made in one pass, miss acts, and they are hard to
    read; the passages were labelled twice. Platt (1999), over scores out of fold.
    """
    z = np.zeros(len(rows.x))
    for f in range(folds):
        here = rows.text % folds == f
        z[here] = _logits(fit_sure(rows.x[~here], rows.right[~here], penalties()), rows.x[here])
    w = fit_sure(rows.x, rows.right, penalties())
    if not rows.passage.any():
        return w
    stretch, move = fit_sure(z[rows.passage, None], rows.right[rows.passage], np.asarray([0.01]))
    return np.append(stretch * w[:-1], stretch * w[-1] + move).astype(np.float32)


def _logits(w: Array, x: Array) -> Array:
    return np.asarray(x @ w[:-1] + w[-1])


def joined(several: Sequence[Rows]) -> Rows:
    """Rows of several groups of texts as one."""
    shift = np.cumsum([0, *[int(r.text.max(initial=-1)) + 1 for r in several]])
    text = np.concatenate([r.text + s for r, s in zip(several, shift, strict=False)])
    x, right, passage = (np.concatenate([getattr(r, n) for r in several]) for n in ("x", "right", "passage"))
    return Rows(x, right, text, passage)


def curve(p: Array, right: Array, gold: int) -> None:
    """Precision and recall from each confidence on, and the calibration error."""
    for least in (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
        at = p >= least
        precision, recall = 100 * right[at].mean(), 100 * right[at].sum() / gold
        print(f"  from {least}: {at.sum()} acts, precision {precision:.1f}, recall {recall:.1f}")
    bins = np.clip((p * 10).astype(int), 0, 9)
    error = sum(
        abs(p[bins == b].mean() - right[bins == b].mean()) * (bins == b).mean() for b in set(bins.tolist())
    )
    print(f"  calibration error {error:.3f}")


def measure(
    packed: Mapping[str, Array] | None, texts: Sequence[Labelled], least: float | None = None
) -> bench_acts.Tally:
    """Acts of texts as the ledger would have them (without weights: by rules), against their labels."""
    total = bench_acts.Tally()
    for text in texts:
        c = read_clauses(text.reading.analysis)
        if c is None:
            continue
        scores = None if packed is None else scores_of(packed, text, c)
        found = find_acts(c, scores) if least is None else find_acts(c, scores, least)
        mine = [
            {"kind": a.kind, "agent": a.agent, "patient": a.patient, "negated": a.negated,
             "hypothetical": a.hypothetical, "confidence": a.confidence,
             "trigger": {"start": a.trigger.start, "end": a.trigger.end}}
            for a in found
        ]  # fmt: skip
        if text.passage is not None:
            total.add(of_passage(text.passage, _contract(text, mine))[0])
            continue
        gold = [_gold(g) for g in text.acts]
        done = [a for a in mine if bench_acts.told_as_done(a)]
        acts = [g for g in gold if bench_acts.told_as_done(g) and g["told"] and g["agent"]]
        others = [g for g in gold if not bench_acts.told_as_done(g) or not g["told"]]
        total.add(bench_acts.score(done, acts, others, same_in(text)))
    return total


def _gold(g: GoldAct) -> dict[str, Any]:
    return {
        "kind": list(g.kinds), "agent": g.agent, "patient": g.patient, "start": g.start, "end": g.end,
        "negated": g.negated, "hypothetical": g.hypothetical, "told": g.told,
    }  # fmt: skip


def _contract(text: Labelled, acts: list[dict[str, Any]]) -> dict[str, Any]:
    a = text.reading.analysis
    return {
        "mentions": [{"start": m.start, "end": m.end, "entity": m.entity} for m in a.mentions],
        "entities": [{"id": e.id, "members": list(e.members)} for e in a.entities],
        "acts": acts,
        "emotions": [],
    }
