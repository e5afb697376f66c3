"""What a reader without a model gets of LitBank dev's "he" and "she", given gold mentions and genders.

    python -m bench.baseline [--data DIR]

A pronoun is whoever the most recent mention of its gender was taken to be. A name or a description is who
the gold says; a pronoun decided earlier is whoever it was decided to be, right or wrong; other pronouns ("I",
"you", "they") are passed over, since who they mean is no easier. The gender of an entity is that of most of
its gold pronouns. A mention that contains the pronoun is no antecedent. Entities are compared by name, so
nothing is lost to the one-to-one mapping that the scorer applies to a real reading.
"""

from __future__ import annotations

import collections
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench import results
from bench.results import Result
from bench.settings import Settings, need, parser, settings

HE = frozenset({"he", "him", "his", "himself"})
SHE = frozenset({"she", "her", "hers", "herself"})
NEAR = 100
"""How far back a rival of the same gender counts as near, in tokens (the scorer's figure)."""

Document = Mapping[str, Any]
Case = tuple[bool, bool]
"""(right, with a rival of the same gender near)"""


def _gender(document: Document, mention: Mapping[str, Any]) -> str | None:
    word = document["text"][mention["start"] : mention["end"]].lower()
    return "he" if word in HE else "she" if word in SHE else None


def cases(document: Document) -> list[Case]:
    """Every he/she of a person in the document, decided by recency."""
    mentions: Sequence[Mapping[str, Any]] = document["mentions"]
    counts: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for m in mentions:
        if word := _gender(document, m):
            counts[m["entity"]][word] += 1
    gender = {entity: c.most_common(1)[0][0] for entity, c in counts.items()}
    order = sorted(mentions, key=lambda m: (m["token_start"], -m["token_end"]))
    recent: list[tuple[str, int, str | None]] = []  # gender, token_end, who it was taken to be
    out = []
    for i, m in enumerate(order):
        word = _gender(document, m)
        if word is None or m["type"] != "PER":
            if m["kind"] != "PRON" and m["entity"] in gender:
                recent.append((gender[m["entity"]], m["token_end"], m["entity"]))
            continue
        who = next((e for g, end, e in reversed(recent) if g == word and end <= m["token_start"]), None)
        recent.append((word, m["token_end"], who))
        out.append((who == m["entity"], len(_rivals(order, i, gender, word)) >= 2))
    return out


def _rivals(
    order: Sequence[Mapping[str, Any]], i: int, gender: Mapping[str, str], word: str
) -> frozenset[str]:
    here = order[i]["token_start"]
    near = set()
    for m in reversed(order[:i]):
        if m["token_start"] < here - NEAR:
            break
        if m["token_start"] < here and gender.get(m["entity"]) == word:
            near.add(m["entity"])
    return frozenset(near)


def accuracy(some: Sequence[Case]) -> dict[str, tuple[float, int | None]]:
    """Percent right, of all cases and of those with a rival near, under the scorer's names."""
    hard = [ok for ok, near in some if near]
    return {
        "he/she accuracy": (100 * sum(ok for ok, _ in some) / max(1, len(some)), len(some)),
        "he/she accuracy, same-gender rival near": (100 * sum(hard) / max(1, len(hard)), len(hard)),
    }


def run(s: Settings) -> Result:
    """The baseline's two figures with intervals over documents."""
    folder: Path = need(s.data / "litbank_natural" / "dev", "LitBank dev")
    by_document = [cases(json.loads(p.read_text(encoding="utf-8"))) for p in sorted(folder.glob("*.json"))]

    def resample(indices: Sequence[int]) -> dict[str, float]:
        return {k: v for k, (v, _) in accuracy([c for i in indices for c in by_document[i]]).items()}

    spread = results.intervals(resample, len(by_document), s.resamples, s.seed)
    figures = results.figures(accuracy([c for d in by_document for c in d]), spread)
    return results.save(results.result("baseline", figures), s)


if __name__ == "__main__":
    results.command(lambda: run(settings(parser(__doc__).parse_args())))
