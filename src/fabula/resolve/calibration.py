"""From raw probabilities to honest confidences: one small logistic model per kind of decision.

Fitted out of fold by training/calibrate.py and shipped as model/calibration.json; without that file raw
probabilities are passed on. Features are the decision's own shape (log-odds, margin, entropy) and its
distance from what it hangs on (after Guo et al. 2017, which scales log-odds alone).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from fabula.heads.evidence import Evidence
from fabula.lexicon.gender import PRONOUNS
from fabula.resolve.coref import Distribution, EntityBeliefs
from fabula.resolve.names import NameBeliefs
from fabula.resolve.speech import SpeechBeliefs
from fabula.types import Floats, Story

MENTION_GROUPS = ("third", "own", "other", "described", "named")
"""he/she/neopronouns and the like; I/you/we; it/they; descriptions; proper names."""
QUOTE_TYPES = ("explicit", "anaphoric", "implicit")


@dataclass(frozen=True, slots=True)
class Confidences:
    """P(the decision is right), calibrated: per mention, per quote's speaker, per quote's addressees."""

    mention: Floats
    speaker: Floats
    addressee: Floats
    abstain_below: float


def shape_features(d: Distribution) -> tuple[float, float, float]:
    """(log-odds of the best, its margin over the second, entropy) of a distribution."""
    if not d:
        return 0.0, 0.0, 0.0
    p = np.clip([x for _, x in d], 1e-4, 1 - 1e-4)
    entropy = float(-(p * np.log(p)).sum())
    return float(np.log(p[0] / (1 - p[0]))), float(p[0] - (p[1] if len(p) > 1 else 0.0)), entropy


def mention_groups(story: Story, evidence: Evidence) -> list[str]:
    """The calibration group of every mention."""
    m = evidence.mentions
    out = []
    for k in range(len(m)):
        if m.kind[k] == 0:
            out.append("named")
        elif m.kind[k] == 1:
            out.append("described")
        else:
            p = PRONOUNS.get(story.token_text(int(m.token_start[k])).lower().replace("’", "'"))
            if p is None or p.set in ("it", "one") or (p.set == "they" and p.number == "plur"):
                out.append("other")
            else:
                out.append("third" if p.person == 3 else "own")
    return out


def mention_features(evidence: Evidence, entities: EntityBeliefs) -> Floats:
    """(n_mentions, 7): shape, mentions and tokens since the entity's last, rivals lately, detection."""
    a, m = evidence.anaphors, evidence.mentions
    n = len(m)
    out = np.zeros((n, 7), dtype=np.float32)
    last: dict[int, int] = {}
    start = a.start.tolist()
    for k in range(n):
        d = entities.distribution[k]
        out[k, :3] = shape_features(d)
        before = last.get(d[0][0], -1)
        out[k, 3] = np.log1p(k - before) if before >= 0 else 6.0
        out[k, 4] = np.log1p(start[k] - start[before]) if before >= 0 else 8.0
        out[k, 5] = sum(p > 0.05 for _, p in d)
        out[k, 6] = np.clip(np.log(m.score[k] / (1 - m.score[k] + 1e-6) + 1e-6), -2, 8)
        last[d[0][0]] = k
    return out


def quote_features(story: Story, speech: SpeechBeliefs, entities: EntityBeliefs) -> Floats:
    """(n_quotes, 6): shape and mass of the speaker's distribution, the naming mention's own, quote length."""
    out = np.zeros((len(story.quotes), 6), dtype=np.float32)
    for k, q in enumerate(story.quotes):
        out[k, :3] = shape_features(speech.speaker[k])
        out[k, 3] = sum(p for _, p in speech.speaker[k])
        j = int(speech.mention[k])
        out[k, 4] = shape_features(entities.distribution[j])[0] if j >= 0 else 0.0
        out[k, 5] = np.log1p(q.end - q.start)
    return out


def addressee_features(story: Story, speech: SpeechBeliefs) -> Floats:
    """(n_quotes, 5): shape of the addressee's distribution, the speaker's log-odds, quote length."""
    out = np.zeros((len(story.quotes), 5), dtype=np.float32)
    for k, q in enumerate(story.quotes):
        out[k, :3] = shape_features(speech.addressee[k])
        out[k, 3] = shape_features(speech.speaker[k])[0]
        out[k, 4] = np.log1p(q.end - q.start)
    return out


@lru_cache(maxsize=2)
def _table(folder: Path) -> dict[str, Any]:
    try:
        table: dict[str, Any] = json.loads((folder / "calibration.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return table


def _apply(weights: dict[str, list[float]] | None, x: Floats, raw: Floats) -> Floats:
    if not weights:
        return raw
    z = (x - np.asarray(weights["mean"])) / np.asarray(weights["scale"]) @ np.asarray(weights["weight"])
    return np.asarray(1 / (1 + np.exp(-np.clip(z + weights["bias"][0], -12, 12))), dtype=np.float32)


def _told(evidence: Evidence, entities: EntityBeliefs, k: int) -> bool:
    """Whether an "I" stands in narration whose teller is known with some probability."""
    t = int(evidence.mentions.token_start[k])
    return len(entities.distribution[k]) == 1 and bool(evidence.layout.quote[t] < 0)


def calibrate(
    story: Story,
    evidence: Evidence,
    names: NameBeliefs,
    entities: EntityBeliefs,
    speech: SpeechBeliefs,
    folder: Path,
) -> Confidences:
    """Confidences of every decision of a story, from the calibration in the model folder."""
    table = _table(folder)
    x = mention_features(evidence, entities)
    groups = np.asarray(mention_groups(story, evidence), dtype=object)
    raw = np.where(groups == "named", _named(names, entities), entities.p).astype(np.float32)
    mention = raw.copy()
    for g in MENTION_GROUPS:
        at = np.flatnonzero(groups == g)
        mention[at] = _apply(table.get(f"mention.{g}"), x[at], raw[at])
    # How often a narrator is called so is known (``narrator_votes.SURE``).
    told = [k for k in np.flatnonzero(groups == "own") if _told(evidence, entities, int(k))]
    mention[told] = np.minimum(mention[told], raw[told])
    y = quote_features(story, speech, entities)
    best = np.asarray([d[0][1] if d else 0.0 for d in speech.speaker], dtype=np.float32)
    speaker = best.copy()
    types = np.asarray(speech.type, dtype=object)
    for t in QUOTE_TYPES:
        at = np.flatnonzero(types == t)
        speaker[at] = _apply(table.get(f"speaker.{t}"), y[at], best[at])
    to = np.asarray([d[0][1] if d else 0.0 for d in speech.addressee], dtype=np.float32)
    addressee = _apply(table.get("addressee"), addressee_features(story, speech), to)
    return Confidences(mention, speaker, addressee, float(table.get("abstain_below", 0.0)))


def _named(names: NameBeliefs, entities: EntityBeliefs) -> Floats:
    return np.where(names.entity >= 0, names.confidence, entities.p).astype(np.float32)
