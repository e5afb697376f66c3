"""The state of the story after any of its sentences, computed from the ledger."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from fabula.ledger.bonds import counts, happened, pair_acts, pair_lines, said, scene_of, tone_of
from fabula.types import Act, Analysis, Emotion, Interval, Quote

Entry = TypeVar("Entry")


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
        return next((e for e in reversed(self.feelings) if felt(e)), None)


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


class Replay:
    """A ledger laid out by where each entry's sentence ends, so that any state is a matter of bisection.

    What ``at`` costs grows with what has happened by then, not with the length of the text.
    """

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        self._starts = [s.start for s in analysis.scenes]
        self._ends = [s.end for s in analysis.story.sentences]
        real = [a for a in analysis.acts if happened(a)]
        self._did = _grouped((a.agent, a.evidence.end, a) for a in real)
        self._suffered = _grouped((a.patient, a.evidence.end, a) for a in real)
        self._felt = _grouped((e.character, e.cue.end, e) for e in analysis.emotions)
        met: dict[int, int] = {}
        for m in analysis.mentions:
            if m.type == "PER" and m.entity is not None:
                met[m.entity] = min(m.end, met.get(m.entity, m.end))
        self._met = sorted(met.items())
        acts, lines = pair_acts(analysis), pair_lines(analysis)
        self._acts = {p: _Row((a.evidence.end, a) for a in some) for p, some in acts.items()}
        self._lines = {p: _Row((q.end, q) for q in some) for p, some in lines.items()}
        entered = [a.evidence.end for a in real] + [e.cue.end for e in analysis.emotions if felt(e)]
        self._changes = sorted({bisect_left(self._ends, x) for x in entered} - {len(self._ends)})

    def at(self, offset: int) -> State:
        """The state after the last sentence that ends at or before the code point ``offset``.

        Raises ValueError where ``offset`` is outside the text.
        """
        end = self._end(offset)
        scenes = self._analysis.scenes
        at = scene_of(self._analysis, max(end - 1, 0), self._starts)
        there = set() if at is None else set(scenes[at].characters)
        people = {
            x: PersonState(
                x,
                x in there,
                self._did.get(x, _NONE).until(end),
                self._suffered.get(x, _NONE).until(end),
                self._felt.get(x, _NONE).until(end),
            )
            for x, first in self._met
            if first <= end
        }
        return State(end, None if at is None else scenes[at].id, people, self._between(end))

    def changes(self, offset: int) -> tuple[int | None, int | None]:
        """Ends of the nearest sentences before and after that of ``offset`` with an act or a feeling."""
        k = bisect_right(self._ends, self._end(offset)) - 1
        before = bisect_left(self._changes, k) - 1
        after = bisect_right(self._changes, k)
        return (
            self._ends[self._changes[before]] if before >= 0 else None,
            self._ends[self._changes[after]] if after < len(self._changes) else None,
        )

    def passed(self, pair: tuple[int, int], offset: int) -> tuple[tuple[Act, ...], tuple[Quote, ...]]:
        """The acts and lines that ``at`` counts between two people, the smaller id first; in text order.

        Raises ValueError where ``offset`` is outside the text.
        """
        end = self._end(offset)
        return self._acts.get(pair, _NONE).until(end), self._lines.get(pair, _NONE).until(end)

    def _end(self, offset: int) -> int:
        length = len(self._analysis.story.text)
        if not 0 <= offset <= length:
            raise ValueError(f"offset {offset} is outside the text, which has {length} characters")
        k = bisect_right(self._ends, offset)
        return self._ends[k - 1] if k else 0

    def _between(self, end: int) -> dict[tuple[int, int], BondState]:
        out = {}
        for b in self._analysis.bonds:
            pair = b.a, b.b
            done = list(self._acts.get(pair, _NONE).until(end))
            its = list(self._lines.get(pair, _NONE).until(end))
            if done or its:
                last = done[-1] if done else None
                out[pair] = BondState(*pair, counts(done, b.a), said(its, b.a), tone_of(done), last)
        return out


def state_at(analysis: Analysis, offset: int) -> State:
    """The state after the last sentence that ends at or before ``offset``; for several, make a ``Replay``.

    Raises ValueError where ``offset`` is outside the text.
    """
    return Replay(analysis).at(offset)


def felt(emotion: Emotion) -> bool:
    """Whether the text says that the feeling was there."""
    return not emotion.negated and not emotion.hypothetical


class _Row(Generic[Entry]):
    """Entries in the order in which they enter the ledger."""

    __slots__ = ("_ends", "_entries")

    def __init__(self, entries: Iterable[tuple[int, Entry]]) -> None:
        rows = sorted(entries, key=lambda row: row[0])
        self._ends = [end for end, _ in rows]
        self._entries = tuple(entry for _, entry in rows)

    def until(self, end: int) -> tuple[Entry, ...]:
        """Those that have entered by the code point ``end``."""
        return self._entries[: bisect_right(self._ends, end)]


_NONE: _Row[Any] = _Row(())


def _grouped(entries: Iterable[tuple[int | None, int, Entry]]) -> dict[int, _Row[Entry]]:
    found: defaultdict[int, list[tuple[int, Entry]]] = defaultdict(list)
    for who, end, entry in entries:
        if who is not None:
            found[who].append((end, entry))
    return {who: _Row(rows) for who, rows in found.items()}
