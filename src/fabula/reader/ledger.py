"""The JSON of the views that the ledger fills: feelings, bonds, and the state after any sentence.

Keys are those of the contract. Every act and feeling has its passage: ``start`` and ``end`` of the sentence,
for a feeling of the words that tell it. ``tone`` of an act is 1 where it is friendly, -1 where it is
unfriendly, 0 where it says nothing; a tone or asymmetry over several acts is an estimate in [-1, 1] with its
90 % interval, or null where too little is told. ``experimental`` marks the kinds of
``ledger/experimental.py``, which are there only if they were asked for.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from fabula.corrections.desk import Desk
from fabula.corrections.edition import Edition
from fabula.ledger import experimental
from fabula.ledger.bonds import happened, pair_acts, pair_lines
from fabula.ledger.replay import BondState, PersonState, Replay, felt
from fabula.lexicon.tone import tone
from fabula.telling import phrase
from fabula.types import Act, Analysis, Bond, Emotion, Interval, Quote

Json = dict[str, Any]
LISTED = 100
"""Pairs in the list of bonds, and in a state; those with most between them come first."""


def feelings(desk: Desk, rest: list[str]) -> Json:
    """Every feeling and act; what the text denies or imagines has its flag."""
    analysis = desk.edition.analysis
    return {
        "emotions": [_emotion(e) for e in analysis.emotions],
        "acts": [_act(a) for a in analysis.acts],
    }


# ------------------------------------------------------------------ bonds
def bonds(desk: Desk, rest: list[str]) -> Json:
    """The pairs with enough between them, or ("1-2") one pair, scene by scene. Raises StopIteration."""
    analysis = desk.edition.analysis
    if not rest:
        rows = [_bond(analysis, b) for b in analysis.bonds[:LISTED]]
        return {"bonds": rows, "count": len(analysis.bonds)}
    one, other = (int(x) for x in rest[0].split("-"))
    bond = next(b for b in analysis.bonds if {b.a, b.b} == {one, other})
    pair = bond.a, bond.b
    acts = _by_scene(analysis, ((a.trigger.start, a) for a in pair_acts(analysis).get(pair, ())))
    lines = _by_scene(analysis, ((q.start, q) for q in pair_lines(analysis).get(pair, ())))
    found = _bond(analysis, bond)
    for row in found["scenes"]:
        k = row["number"] - 1
        row["acts"] = [_act(a) for a in acts[k]]
        row["lines"] = [_line(q) for q in lines[k]]
    unreal = [a for a in analysis.acts if {a.agent, a.patient} == set(pair) and not happened(a)]
    return {**found, "not_counted": [_act(a) for a in unreal]}


def _bond(analysis: Analysis, bond: Bond) -> Json:
    """A bond; ``acts`` and ``lines`` are pairs, (a to b, b to a). Scenes have their number, from 1."""
    number = {s.id: k for k, s in enumerate(analysis.scenes)}
    scenes: list[Json] = []
    for found in bond.scenes:
        k = number[found.scene]
        scene = analysis.scenes[k]
        scenes.append(
            {
                "number": k + 1,
                "start": scene.start,
                "end": scene.end,
                "acts": _both_ways(found.acts.values()),
                "lines": list(found.lines),
                "tone": _interval(found.tone),
            }
        )
    return {
        "a": bond.a,
        "b": bond.b,
        "acts": _both_ways(s["acts"] for s in scenes),
        "lines": _both_ways(s["lines"] for s in scenes),
        "asymmetry": _interval(bond.asymmetry),
        "turns": [{"start": t.start, "end": t.end, "p": t.p} for t in bond.turns],
        "scenes": scenes,
    }


def _by_scene(analysis: Analysis, entries: Iterable[tuple[int, Any]]) -> defaultdict[int, list[Any]]:
    starts = [s.start for s in analysis.scenes]
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for at, entry in entries:
        found[bisect_right(starts, at) - 1].append(entry)
    return found


def _both_ways(pairs: Iterable[Iterable[int]]) -> list[int]:
    there, back = 0, 0
    for x, y in pairs:
        there, back = there + x, back + y
    return [there, back]


# ------------------------------------------------------------------ the state after a sentence
def at(desk: Desk, rest: list[str]) -> Json:
    """The state after the last sentence that ends by an offset; without one, after the last.

    ``before`` and ``after`` are the ends of the nearest sentences in which something enters the ledger;
    ``people`` those of the ``met`` who are present or of whom a feeling is told. With a pair ("2400/1-2") the
    acts and lines that its counts are of. Raises ValueError.
    """
    edition = desk.edition
    analysis = edition.analysis
    replay = _replay(edition)
    offset = int(rest[0]) if rest else len(analysis.story.text)
    if len(rest) > 1:
        return _passed(analysis, replay, offset, rest[1])
    state = replay.at(offset)
    before, after = replay.changes(offset)
    number = next((k + 1 for k, s in enumerate(analysis.scenes) if s.id == state.scene), None)
    between = sorted(state.bonds.values(), key=lambda b: -sum(_both_ways(b.acts.values())))
    return {
        "offset": state.offset,
        "scene": number,
        "before": before,
        "after": after,
        "met": len(state.people),
        "people": [_person(p) for p in state.people.values() if p.present or p.feeling],
        "bonds": [_standing(b) for b in between[:LISTED]],
    }


def _passed(analysis: Analysis, replay: Replay, offset: int, pair: str) -> Json:
    one, other = sorted(int(x) for x in pair.split("-"))
    if not any((b.a, b.b) == (one, other) for b in analysis.bonds):
        raise ValueError(f"{pair} is no pair of this story")
    acts, lines = replay.passed((one, other), offset)
    return {"acts": [_act(a) for a in acts], "lines": [_line(q) for q in lines]}


@lru_cache(maxsize=1)
def _replay(edition: Edition) -> Replay:
    """Made once for each state of the corrections; an edition never changes, and equals only itself."""
    return Replay(edition.analysis)


def _person(p: PersonState) -> Json:
    feeling = p.feeling
    return {
        "id": p.entity,
        "present": p.present,
        "feeling": None if feeling is None else _emotion(feeling),
    }


def _standing(b: BondState) -> Json:
    return {
        "a": b.a,
        "b": b.b,
        "acts": {kind: list(each_way) for kind, each_way in b.acts.items()},
        "lines": list(b.lines),
        "tone": _interval(b.tone),
        "last": None if b.last is None else _act(b.last),
    }


# ------------------------------------------------------------------ entries
def _act(a: Act) -> Json:
    return {
        "id": a.id,
        "kind": a.kind,
        "words": phrase(a.kind),
        "agent": a.agent,
        "patient": a.patient,
        "start": a.evidence.start,
        "end": a.evidence.end,
        "channel": a.channel,
        "tone": tone(a.kind),
        "happened": happened(a),
        "experimental": a.kind in experimental.ACTS,
        "confidence": round(a.confidence, 3),
    }


def _emotion(e: Emotion) -> Json:
    return {
        "id": e.id,
        "character": e.character,
        "label": e.label,
        "valence": round(e.valence, 3),
        "start": e.cue.start,
        "end": e.cue.end,
        "channel": e.channel,
        "happened": felt(e),
        "experimental": e.label in experimental.FEELINGS,
        "confidence": round(e.confidence, 3),
    }


def _line(q: Quote) -> Json:
    return {"id": q.id, "speaker": q.speaker, "start": q.start, "end": q.end}


def _interval(x: Interval | None) -> Json | None:
    return None if x is None else {"value": x.value, "low": x.low, "high": x.high}
