"""How sure a reading is of itself, and which doubts a person should look at first.

A *decision* is a quote's speaker or a mention's entity. Decisions in doubt (confidence under ``SURE``)
between the same two people hang together: in a scene, settling the first settles, or at least restarts,
the ones that follow. So each doubt is counted with those that hang on it: the later doubts between the same
two until a sure decision on either of them, or the end of the scene. Doubts are ranked by
(1 - confidence) × (1 + how many hang on them). A mention that means nobody is no doubt.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from heapq import merge
from typing import Literal

from fabula.types import Analysis, Candidate

SURE = 0.9
LIKELY = 0.6

_BREAKS = frozenset({"scene_break", "heading", "letter"})


@dataclass(frozen=True, slots=True)
class Decision:
    """Who speaks a quote, or whom a mention means.

    ``id`` is that of the quote or mention, ``start`` and ``end`` are code points. ``answer`` is an entity id,
    None after an abstention; ``confidence`` is the probability that it is right, after an abstention that of
    the best candidate.
    """

    kind: Literal["speaker", "person"]
    id: int
    start: int
    end: int
    answer: int | None
    confidence: float
    candidates: tuple[Candidate, ...]

    @property
    def rivals(self) -> frozenset[int]:
        """The two likeliest answers (one or none if there are no more)."""
        return frozenset(c.entity for c in self.candidates[:2])


@dataclass(frozen=True, slots=True)
class Sureness:
    """Counts of decisions by confidence; abstentions are open.

    ``expected_wrong`` is the sum of 1 - confidence: how many are wrong if every best answer is taken.
    """

    total: int
    sure: int
    likely: int
    open: int
    expected_wrong: float


@dataclass(frozen=True, slots=True)
class Doubt:
    """A decision in doubt and how many later doubts hang on it."""

    decision: Decision
    decides: int

    @property
    def weight(self) -> float:
        """How much there is to gain by settling it."""
        return (1 - self.decision.confidence) * (1 + self.decides)


def speaker_decisions(analysis: Analysis) -> list[Decision]:
    """One decision for each quote, in the order of the quotes."""
    return [
        Decision("speaker", q.id, q.start, q.end, q.speaker, q.confidence, q.candidates)
        for q in analysis.quotes
    ]


def person_decisions(analysis: Analysis, kinds: Iterable[str] = ("PRON",)) -> list[Decision]:
    """One decision for each mention of a person of these ``kinds`` (PROP, NOM, PRON)."""
    wanted = frozenset(kinds)
    return [
        Decision("person", m.id, m.start, m.end, m.entity, m.confidence, m.candidates)
        for m in analysis.mentions
        if m.type == "PER" and m.kind in wanted
    ]


def sureness(confidences: Iterable[tuple[float, bool]]) -> Sureness:
    """Counts over (confidence, whether an answer was given)."""
    pairs = list(confidences)
    sure = sum(p >= SURE and given for p, given in pairs)
    likely = sum(LIKELY <= p < SURE and given for p, given in pairs)
    return Sureness(len(pairs), sure, likely, len(pairs) - sure - likely, sum(1 - p for p, _ in pairs))


def check_first(analysis: Analysis, limit: int = 8) -> list[Doubt]:
    """The ``limit`` doubts most worth settling, the weightiest first; one of those that hang together."""
    best = [max(chain, key=lambda doubt: doubt.weight) for chain in chains(analysis)]
    best.sort(key=lambda doubt: (-doubt.weight, doubt.decision.start))
    return best[:limit]


def chains(analysis: Analysis) -> list[list[Doubt]]:
    """Every decision in doubt, in chains that hang together; each in text order."""
    decisions = speaker_decisions(analysis) + person_decisions(analysis, ("PROP", "NOM", "PRON"))
    decisions.sort(key=lambda d: (d.start, -d.end))
    breaks = sorted(
        {scene.start for scene in analysis.scenes}
        | {s.start for s in analysis.story.segments if s.kind in _BREAKS}
    )
    done: list[list[Decision]] = []
    running: dict[frozenset[int], list[Decision]] = {}
    pairs_of: dict[int, set[frozenset[int]]] = {}

    def close(pairs: Iterable[frozenset[int]]) -> None:
        for pair in list(pairs):
            done.append(running.pop(pair))
            for entity in pair:
                pairs_of[entity].discard(pair)

    steps = merge(
        ((place, None) for place in breaks), ((d.start, d) for d in decisions), key=lambda step: step[0]
    )
    for _, decision in steps:
        if decision is None:
            close(running)
        elif decision.confidence >= SURE and decision.answer is not None:
            close(pairs_of.get(decision.answer, ()))
        elif decision.kind == "person" and decision.answer is None and not decision.candidates:
            continue
        elif len(decision.rivals) < 2:
            done.append([decision])
        else:
            running.setdefault(decision.rivals, []).append(decision)
            for entity in decision.rivals:
                pairs_of.setdefault(entity, set()).add(decision.rivals)
    close(running)
    return [[Doubt(d, len(chain) - i) for i, d in enumerate(chain, 1)] for chain in done]
