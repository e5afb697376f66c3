"""Feelings on fiction: cues and experiencers on REMAN, valence on EmoBank's fiction.

    python -m bench.feelings [--resamples N]

REMAN (1,345 passages by 93 authors) is split by author into five parts: the head is trained anew for each
part on the others, with the code that trains it (``training.feelings``), and scored on the part left out. A
cue is right if it touches a labelled cue of the same feeling; F1 by feeling, and its mean over the six
feelings that REMAN labels and Fabula has. Experiencer, given the labelled cue: the person that the reading of
the passage gives, by a scorer that never saw the author (``training.experiencers``), has a mention that
touches a labelled experiencer. Calibration: of the cues found, with their person. EmoBank: correlation of
valence with readers', each of the seven documents of fiction predicted from all others. Intervals: authors
drawn.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np

from bench import results
from bench.predict import analyse_text
from bench.results import Result
from bench.scorer import Scorer
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


def experiencers(s: Settings) -> tuple[dict[str, Row], list[tuple[float, bool]]]:
    """Counts by author of labelled cues whose experiencer is found; the confidence of each feeling found.

    Second, for each cue that is found out of fold, with a person: P(both are right), and whether they are.
    Left out of these are cues that touch a labelled one whose experiencer is not labelled, and feelings that
    REMAN has no label for (love, shame): nothing there could be right.
    """
    from training.feeling_data import Cue, reman
    from training.feelings import cues_out_of_fold

    from fabula.heads.feelings import FITTED
    from fabula.ledger.feelings import CUE_LEAST, LISTED_LEAST
    from training import experiencers as learnt

    passages = reman(s.data / "reman" / "reman-train.xml")
    analyses = {p.name: analyse_text(p.text) for p in passages}
    rows: defaultdict[str, Row] = defaultdict(Counter)
    sure: list[tuple[float, bool]] = []
    some: list[learnt.Felt] = []
    for p in passages:
        some += learnt.felt(p, [c for c in p.cues if c.who], analyses[p.name])
    weights = learnt.by_author(some)
    for x in some:
        rows[x.fold]["experiencer", "gold"] += 1
        rows[x.fold]["experiencer", "found"] += learnt.answer(weights[x.fold], x)[0] in x.right
    anybody = learnt.sharpened(learnt.fit(some), some)  # For authors of whom no experiencer is labelled.
    for p, found, _ in cues_out_of_fold(s.data, s.out / "feelings", CUE_LEAST):
        tokens = analyses[p.name].story.tokens
        for a, b, label, sureness in found:
            start, end = int(tokens.start[a]), int(tokens.end[b - 1])
            same = [c for c in p.cues if c.label == label and start < c.end and c.start < end]
            who = tuple(x for c in same for x in c.who)
            if label not in FITTED or (same and not who):
                continue
            for x in learnt.felt(p, [Cue(label, start, end, who, False)], analyses[p.name]):
                person, q = learnt.answer(weights.get(p.fold, anybody), x)
                if person is not None and sureness * q >= LISTED_LEAST:
                    sure.append((sureness * q, person in x.right))
    return dict(rows), sure


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
    by_author, sure = experiencers(s)
    felt = list(by_author.values())

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
    for name, (value, k) in Scorer.of(s).confidence("REMAN feelings", sure).items():
        found[name] = results.Figure(value, k)
    r, sentences = valence_r(s.data, s.out / "feelings")
    found["EmoBank fiction: valence r"] = results.Figure(r, sentences)
    return results.save(results.result("feelings", found), s)


if __name__ == "__main__":
    results.command(lambda: run(settings(parser(__doc__).parse_args())))
