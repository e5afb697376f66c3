"""All acts of a story: deeds, acts done by words, and acts of speech that are told; joined and numbered."""

from __future__ import annotations

from collections.abc import Iterable

from fabula.heads.acts import ActScores
from fabula.ledger.chosen import choose
from fabula.ledger.clauses import Clauses
from fabula.ledger.deeds import find_deeds
from fabula.ledger.found import Found, channel_of, evidence_of
from fabula.ledger.said import find_said
from fabula.ledger.told import find_told
from fabula.types import Act

LEAST = 0.5
"""Acts less sure than this are left out: what is told is more likely right than not."""


def find_acts(c: Clauses, scores: ActScores | None = None, least: float = LEAST) -> tuple[Act, ...]:
    """Acts in text order, ids from 0. Only those with a confidence of at least ``least`` in [0, 1].

    Without ``scores`` the rules speak alone.
    """
    found = _by_rules(c) if scores is None else choose(c, scores, least)
    return _numbered(c, (f for f in found if f.confidence >= least))


def _by_rules(c: Clauses) -> list[Found]:
    said = list(find_said(c))
    spoken = {(f.kind, f.agent, c.quote[f.token]) for f in said}
    cued = {q.cue.start: q.id for q in c.analysis.quotes if q.cue is not None}
    # "Will you come?" he asked: one act, told twice.
    told = [f for f in find_told(c) if (f.kind, f.agent, cued.get(f.trigger.start)) not in spoken]
    # A deed to nobody known needs the classifier's places.
    return [*(f for f in find_deeds(c) if f.patient is not None), *told, *said]


def _numbered(c: Clauses, found: Iterable[Found]) -> tuple[Act, ...]:
    best: dict[tuple[str, int, int | None, int], Found] = {}
    for f in found:
        key = (f.kind, f.agent, f.patient, f.trigger.start)
        if key not in best or best[key].confidence < f.confidence:
            best[key] = f
    ordered = sorted(
        best.values(),
        key=lambda f: (
            f.trigger.start,
            f.trigger.end,
            f.kind,
            f.agent,
            -1 if f.patient is None else f.patient,
        ),
    )
    acts = []
    for k, f in enumerate(ordered):
        evidence = evidence_of(c, f.token)
        acts.append(
            Act(
                id=k, kind=f.kind, agent=f.agent, patient=f.patient,
                trigger=f.trigger, evidence=evidence, channel=channel_of(c, f.token), negated=f.denied,
                hypothetical=f.imagined, confidence=float(min(f.confidence, 1.0)),
            )
        )  # fmt: skip
    return tuple(acts)
