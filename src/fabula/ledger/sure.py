"""How sure an act is: rules, classifier and people joined in one calibrated probability.

In two steps, for there are two sorts of texts to learn it from. Whether kind and status of an event are right
can be said of every labelled text; whether its people are, only where the reading has not learnt from them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fabula.heads.acts import KINDS
from fabula.heads.weights import Weights, linear, sigmoid
from fabula.ledger.events import Event
from fabula.types import Floats

RULED = 0.7
"""How far a rule's own probability is believed beside the classifier's."""
_LEAST = 0.005


def _logit(p: float) -> float:
    p = min(max(p, _LEAST), 1 - _LEAST)
    return float(np.log(p / (1 - p)))


# ------------------------------------------------------------------ kind and status
KIND_NAMES = (
    "kind", "seen", "rule", "said", "by rule", "rule said", "seen by rule", "seen said", "unreal", "not done",
    "ruled out", "quoted", "rival said", "rival told", *KINDS, *(f"{k} by rule" for k in KINDS),
)  # fmt: skip
"""What each feature of an event is, in order."""
FIRST_KIND = KIND_NAMES.index(KINDS[0])
"""From this feature on, each says which kind it is, and whether a rule says so."""


def kind_features(e: Event) -> list[float]:
    """What speaks for the kind and the status of an event, (len(KIND_NAMES),)."""
    rule = max((f.p for f in e.rules), default=0.0)
    by_rule, seen = bool(e.rules), _logit(e.seen)
    return [
        _logit(1 - (1 - e.seen) * (1 - RULED * rule)),
        seen,
        _logit(rule) * by_rule,
        float(e.words),
        float(by_rule),
        float(by_rule and e.words),
        seen * by_rule,
        seen * e.words,
        _logit(e.unreal) * (not e.words),
        float(e.denied or e.imagined),
        float(e.ruled_out and not e.words),
        float(e.quoted),
        e.rival * e.words,
        e.rival * (not e.words),
        *(float(e.kind == k) for k in KINDS),
        *(float(by_rule and e.kind == k) for k in KINDS),
    ]


def likely(w: Weights, events: Sequence[Event]) -> Floats:
    """P(kind and status are right) of each event, (n,) in [0, 1]."""
    x = np.asarray([kind_features(e) for e in events], np.float32).reshape(-1, len(KIND_NAMES))
    return sigmoid(linear(w, "sure.kind", x))[:, 0]


# ------------------------------------------------------------------ with the people
NAMES = ("act", "kind", "pair", "said", "rule has others")
"""What each feature of an act is, in order."""


def features_of(e: Event, kind: float, scored: float, ruled: float | None) -> list[float]:
    """What speaks for an act of two people, (len(NAMES),).

    ``kind`` is P(kind and status), ``scored`` P(pair) by the scorer, ``ruled`` by a rule (None: no rule says
    so). All in [0, 1].
    """
    pair = scored if ruled is None else max(scored, (scored + ruled) / 2)
    return [
        _logit(kind * pair),
        _logit(kind),
        _logit(pair),
        float(e.words),
        float(bool(e.rules) and ruled is None),
    ]


def confidence(w: Weights, rows: Sequence[Sequence[float]]) -> Floats:
    """P(kind, people and status are right) of each act, (n,) in [0, 1], from its features."""
    x = np.asarray(rows, np.float32).reshape(-1, len(NAMES))
    return sigmoid(x @ w["sure.weight"] + w["sure.bias"])
