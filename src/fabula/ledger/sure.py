"""How sure an act is: rules, classifier and people joined in one calibrated probability."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fabula.encoder.weights import Weights
from fabula.heads.acts import KINDS
from fabula.ledger.events import Event
from fabula.lexicon.gender import PRONOUNS
from fabula.types import Analysis, Floats, Span

RULED = 0.7
"""How far a rule's own probability is believed beside the classifier's."""
_LEAST = 0.005
_PRIOR, _PRIOR_WEIGHT = 0.8, 5.0
"""How sure a story's reading is before any of its decisions is known, and how many of them that weighs."""

Ease = tuple[float, float]
"""How surely a story is read: the log-odds of its pronouns' mean confidence, and of its speakers'."""


def _logit(p: float) -> float:
    p = min(max(p, _LEAST), 1 - _LEAST)
    return float(np.log(p / (1 - p)))


def ease_of(a: Analysis) -> Ease:
    """How surely a story is read: where people are hard to follow, so is what they do."""
    third = [m.confidence for m in a.mentions if m.kind == "PRON" and _third(a.story.text, m.head)]
    return _mean(third), _mean([q.confidence for q in a.quotes])


def _third(text: str, word: Span) -> bool:
    p = PRONOUNS.get(text[word.start : word.end].lower())
    return p is not None and p.person == 3 and p.set not in ("it", "one", "they")


def _mean(some: Sequence[float]) -> float:
    return _logit((sum(some) + _PRIOR * _PRIOR_WEIGHT) / (len(some) + _PRIOR_WEIGHT))


def features_of(e: Event, scored: float, ruled: float | None, rule: float | None, ease: Ease) -> list[float]:
    """What speaks for an act of two people, (len(NAMES),).

    ``scored`` is P(pair) by the scorer, ``ruled`` by a rule (None: no rule says so), ``rule`` the rule's own
    probability for the kind (None: no rule at all). All in [0, 1]. ``ease`` is the story's.
    """
    kind = 1 - (1 - e.seen) * (1 - RULED * (rule or 0.0))
    pair = scored if ruled is None else max(scored, (scored + ruled) / 2)
    by_rule = rule is not None
    return [
        _logit(kind * pair),
        _logit(kind),
        _logit(pair),
        float(e.words),
        float(by_rule),
        float(by_rule and e.words),
        float(by_rule and ruled is None),
        _logit(e.unreal) * (not e.words),
        float(e.denied or e.imagined),
        float(e.ruled_out and not e.words),
        e.rival * e.words,
        e.rival * (not e.words),
        *ease,
        *(float(e.kind == k) for k in KINDS),
    ]


NAMES = (
    "act", "kind", "pair", "said", "rule", "rule said", "rule has others", "unreal", "not done", "ruled out",
    "rival said", "rival told", "persons sure", "speakers sure", *KINDS,
)  # fmt: skip
"""What each feature is, in order."""
FIRST_KIND = len(NAMES) - len(KINDS)
"""From this feature on, each says which kind it is."""


def confidence(w: Weights, rows: Sequence[Sequence[float]]) -> Floats:
    """P(kind, people and status are right) of each act, (n,) in [0, 1], from its features."""
    x = np.asarray(rows, np.float32).reshape(-1, len(NAMES))
    z = x @ w["sure.weight"] + w["sure.bias"]
    return np.asarray(1 / (1 + np.exp(-np.clip(z, -30, 30))), dtype=np.float32)
