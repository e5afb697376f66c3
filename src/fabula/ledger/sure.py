"""How sure an act is: rules, classifier and people joined in one calibrated probability."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fabula.heads.acts import KINDS
from fabula.heads.weights import Weights
from fabula.ledger.events import Event
from fabula.types import Floats

RULED = 0.7
"""How far a rule's own probability is believed beside the classifier's."""
_LEAST = 0.005


def _logit(p: float) -> float:
    p = min(max(p, _LEAST), 1 - _LEAST)
    return float(np.log(p / (1 - p)))


def features_of(e: Event, scored: float, ruled: float | None, rule: float | None) -> list[float]:
    """What speaks for an act of two people, (len(NAMES),).

    ``scored`` is P(pair) by the scorer, ``ruled`` by a rule (None: no rule says so), ``rule`` the rule's own
    probability for the kind (None: no rule at all). All in [0, 1].
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
        *(float(e.kind == k) for k in KINDS),
    ]


NAMES = (
    "act", "kind", "pair", "said", "rule", "rule said", "rule has others", "unreal", "not done", "ruled out",
    "rival said", "rival told", *KINDS,
)  # fmt: skip
"""What each feature is, in order."""
FIRST_KIND = len(NAMES) - len(KINDS)
"""From this feature on, each says which kind it is."""


def confidence(w: Weights, rows: Sequence[Sequence[float]]) -> Floats:
    """P(kind, people and status are right) of each act, (n,) in [0, 1], from its features."""
    x = np.asarray(rows, np.float32).reshape(-1, len(NAMES))
    z = x @ w["sure.weight"] + w["sure.bias"]
    return np.asarray(1 / (1 + np.exp(-np.clip(z, -30, 30))), dtype=np.float32)
