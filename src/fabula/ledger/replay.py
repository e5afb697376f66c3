"""The state of the story after any of its sentences, computed from the ledger."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

from fabula.ledger.bonds import counts, happened, pair_acts, pair_lines, said, scene_of, tone_of
from fabula.types import Act, Analysis, Emotion, Interval


@dataclass(frozen=True, slots=True)
class PersonState:
    """One person so far: acts done and suffered, feelings told, in text order; ``present`` in the scene."""

    entity: int
    present: bool
    did: tuple[Act, ...]
    suffered: tuple[Act, ...]
    feelings: tuple[Emotion, ...]

    @property
    def feeling(self) -> Emotion | None:
        """The last feeling told that is neither denied nor imagined."""
        return next((e for e in reversed(self.feelings) if not e.negated and not e.hypothetical), None)


@dataclass(frozen=True, slots=True)
class BondState:
    """What has passed between ``a`` and ``b`` so far; pairs are (a to b, b to a)."""

    a: int
    b: int
    acts: Mapping[str, tuple[int, int]]
    lines: tuple[int, int]
    tone: Interval | None
    last: Act | None


@dataclass(frozen=True, slots=True)
class State:
    """The story up to ``offset``, the end of a sentence. ``scene`` is the id of the scene there, or None."""

    offset: int
    scene: int | None
    people: Mapping[int, PersonState]
    bonds: Mapping[tuple[int, int], BondState]


def state_at(analysis: Analysis, offset: int) -> State:
    """The state after the last sentence that ends at or before the code point ``offset``.

    Raises ValueError where ``offset`` is outside the text.
    """
    if not 0 <= offset <= len(analysis.story.text):
        raise ValueError(
            f"offset {offset} is outside the text, which has {len(analysis.story.text)} characters"
        )
    ends = [s.end for s in analysis.story.sentences]
    k = bisect_right(ends, offset)
    end = ends[k - 1] if k else 0
    acts = [a for a in analysis.acts if a.evidence.end <= end]
    feelings = [e for e in analysis.emotions if e.cue.end <= end]
    starts = [s.start for s in analysis.scenes]
    at = scene_of(analysis, max(end - 1, 0), starts)
    there = set(analysis.scenes[at].characters) if at is not None else set()
    met = {m.entity for m in analysis.mentions if m.end <= end and m.type == "PER" and m.entity is not None}
    people = {
        x: PersonState(
            x,
            x in there,
            tuple(a for a in acts if a.agent == x and happened(a)),
            tuple(a for a in acts if a.patient == x and happened(a)),
            tuple(e for e in feelings if e.character == x),
        )
        for x in sorted(met)
    }
    return State(end, None if at is None else analysis.scenes[at].id, people, _bonds(analysis, end))


def _bonds(analysis: Analysis, end: int) -> dict[tuple[int, int], BondState]:
    acts, lines = pair_acts(analysis), pair_lines(analysis)
    out = {}
    for b in analysis.bonds:
        done = acts.get((b.a, b.b), [])
        done = done[: bisect_left([a.evidence.end for a in done], end + 1)]
        its = [q for q in lines.get((b.a, b.b), []) if q.end <= end]
        if done or its:
            last = done[-1] if done else None
            out[b.a, b.b] = BondState(b.a, b.b, counts(done, b.a), said(its, b.a), tone_of(done), last)
    return out
