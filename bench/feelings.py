"""Feelings on fiction: cues and experiencers on REMAN, valence on EmoBank's fiction.

    python -m bench.feelings [--resamples N]

REMAN (1,345 passages by 93 authors) is split by author into five parts: the head is trained anew for each
part on the others, with the code that trains it (``training.feelings``), and scored on the part left out. A
cue is right if it touches a labelled cue of the same feeling; F1 by feeling, and its mean over the six
feelings that REMAN labels and Fabula has. Experiencer, given the labelled cue: the person that the reading of
the passage gives has a mention that touches a labelled experiencer. EmoBank: correlation of valence with
readers', each of the seven documents of fiction predicted from all others. Intervals: authors drawn.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np

from bench import results
from bench.predict import analyse_text
from bench.results import Result
from bench.settings import Settings, need, parser, settings

Row = Counter[tuple[str, str]]
"""Counts by (label, what): predicted, right, gold, found."""


def cue_rows(s: Settings) -> dict[str, Row]:
    """Counts by author, cues out of fold."""
    from training.feelings import N_REMAN, cues_out_of_fold

    from fabula.heads.feelings import LABELS
    from fabula.ledger.feelings import CUE_LEAST

    rows: defaultdict[str, Row] = defaultdict(Counter)
    for passage, found, gold in cues_out_of_fold(s.data, s.out / "feelings", CUE_LEAST):
        row = rows[passage.fold]
        for label in LABELS[:N_REMAN]:
            mine = [(a, b) for a, b, k, _ in found if k == label]
            labelled = [(a, b) for a, b, k in gold if k == label]
            row[label, "predicted"] += len(mine)
            row[label, "right"] += sum(any(a < y and x < b for x, y in labelled) for a, b in mine)
            row[label, "gold"] += len(labelled)
            row[label, "found"] += sum(any(a < y and x < b for a, b in mine) for x, y in labelled)
    return rows


def macro(rows: Sequence[Row]) -> dict[str, tuple[float, int | None]]:
    """Precision, recall and F1 by feeling in percent, and the mean F1."""
    total: Row = Counter()
    for row in rows:
        total.update(row)
    out: dict[str, tuple[float, int | None]] = {}
    f1s = []
    for label in sorted({label for label, _ in total}):
        n, right, gold, found = (total[label, w] for w in ("predicted", "right", "gold", "found"))
        p, r = right / max(n, 1), found / max(gold, 1)
        f1s.append(200 * p * r / (p + r) if p + r else 0.0)
        out[f"REMAN {label}: cue F1"] = (f1s[-1], gold)
        out[f"REMAN {label}: cue precision"] = (100 * p, n)
    out["REMAN cue F1, mean of feelings"] = (
        float(np.mean(f1s)) if f1s else 0.0,
        sum(n for (_, w), n in total.items() if w == "gold"),
    )
    return out


def experiencers(s: Settings) -> dict[str, Row]:
    """Counts by author of labelled cues whose experiencer is found."""
    from training.feeling_data import reman, tokens_of

    from fabula.ledger.clauses import read_clauses
    from fabula.ledger.feelings import Cue, People, main_token

    rows: defaultdict[str, Row] = defaultdict(Counter)
    for passage in reman(s.data / "reman" / "reman-train.xml"):
        cues = [c for c in passage.cues if c.who]
        if not cues:
            continue
        analysis = analyse_text(passage.text)
        clauses = read_clauses(analysis)
        if clauses is None:
            continue
        people = People(clauses)
        for cue in cues:
            ((a, b),) = tokens_of(analysis.story, [(cue.start, cue.end)])
            if b <= a:
                continue
            who, _ = people.experiencer(main_token(clauses, Cue(a, b, cue.label, 1.0)))
            right = who is not None and any(
                m.entity == who.entity and any(m.start < y and x < m.end for x, y in cue.who)
                for m in analysis.mentions
            )
            rows[passage.fold]["experiencer", "gold"] += 1
            rows[passage.fold]["experiencer", "found"] += right
    return rows


def run(s: Settings) -> Result:
    """Figures of cues, experiencers and valence."""
    need(s.data / "reman", "REMAN")
    need(s.data / "emobank", "EmoBank")
    from training.feelings import valence_r

    rows = list(cue_rows(s).values())
    spread = results.intervals(
        lambda at: {k: v for k, (v, _) in macro([rows[i] for i in at]).items()},
        len(rows),
        s.resamples,
        s.seed,
    )
    found = results.figures(macro(rows), spread)
    felt = list(experiencers(s).values())

    def share(at: Sequence[int]) -> dict[str, float]:
        gold = sum(felt[i]["experiencer", "gold"] for i in at)
        return {
            "REMAN experiencer given cue": 100
            * sum(felt[i]["experiencer", "found"] for i in at)
            / max(gold, 1)
        }

    whole = range(len(felt))
    n = sum(r["experiencer", "gold"] for r in felt)
    spread = results.intervals(share, len(felt), s.resamples, s.seed)
    found |= results.figures({k: (v, n) for k, v in share(whole).items()}, spread)
    r, sentences = valence_r(s.data, s.out / "feelings")
    found["EmoBank fiction: valence r"] = results.Figure(r, sentences)
    return results.save(results.result("feelings", found), s)


if __name__ == "__main__":
    results.command(lambda: run(settings(parser(__doc__).parse_args())))
