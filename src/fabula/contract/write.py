"""An Analysis as the contract's JSON: as a dict, or piece by piece so that no novel is held twice."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from fabula.types import (
    SCHEMA,
    Act,
    Analysis,
    Bond,
    BondScene,
    Candidate,
    Emotion,
    Entity,
    Interval,
    Mention,
    Quote,
    Span,
    Story,
    Syntax,
)

Json = dict[str, Any]

_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode
_BLOCK = 8192
_TEXT_BLOCK = 1 << 20


class _Rows:
    """A list of the contract, made row by row."""

    def __init__(self, rows: Iterable[Any]) -> None:
        self.rows = rows


def to_dict(analysis: Analysis) -> Json:
    """The whole contract as plain dicts, lists, strings and numbers."""
    result: Json = {}
    for key, value in _sections(analysis):
        if isinstance(value, _Rows):
            result[key] = list(value.rows)
        elif key == "tokens":
            result[key] = {name: list(column) for name, column in value.items()}
        else:
            result[key] = value
    return result


def json_pieces(analysis: Analysis, *, one_line: bool = False) -> Iterator[str]:
    """The contract as JSON text in pieces of about a megabyte at most, with a line end at the end.

    Each item of a list stands on a line of its own, so that two readings can be compared with ``diff``;
    ``one_line`` puts the whole on one line instead (JSON Lines). Raises ValueError for a number that JSON
    does not have (NaN, infinity).
    """
    newline = "" if one_line else "\n"
    opening = "{"
    for key, value in _sections(analysis):
        yield f"{opening}{_encode(key)}:"
        opening = "," + newline
        if isinstance(value, _Rows):
            yield from _row_pieces(value.rows, newline)
        elif key == "tokens":
            yield from _column_pieces(value, newline)
        elif key == "text":
            yield from _text_pieces(value)
        else:
            yield _encode(value)
    yield "}\n"


def _row_pieces(rows: Iterable[Any], newline: str) -> Iterator[str]:
    opening, block = "[", []
    for row in rows:
        block.append(_encode(row))
        if len(block) == _BLOCK:
            yield opening + newline + f",{newline}".join(block)
            opening, block = ",", []
    if block:
        yield opening + newline + f",{newline}".join(block)
        opening = ","
    yield "[]" if opening == "[" else "]"


def _column_pieces(columns: Mapping[str, list[Any]], newline: str) -> Iterator[str]:
    opening = "{"
    for name, column in columns.items():
        yield f"{opening}{newline}{_encode(name)}:["
        opening = ","
        for start in range(0, len(column), _BLOCK):
            yield ("," if start else "") + _encode(column[start : start + _BLOCK])[1:-1]
        yield "]"
    yield "}"


def _text_pieces(text: str) -> Iterator[str]:
    yield '"'
    for start in range(0, len(text), _TEXT_BLOCK):
        yield _encode(text[start : start + _TEXT_BLOCK])[1:-1]
    yield '"'


# ------------------------------------------------------------------ the contract, key by key
def _sections(analysis: Analysis) -> Iterator[tuple[str, Any]]:
    story, producer = analysis.story, analysis.producer
    yield "schema", SCHEMA
    yield (
        "producer",
        {"fabula": producer.fabula, "model": producer.model, "options": dict(producer.options)},
    )
    yield "story", _story(story)
    yield "text", story.text
    yield (
        "segments",
        _Rows(
            {"kind": s.kind, "start": s.start, "end": s.end, "label": s.label, "narrator": s.narrator}
            for s in story.segments
        ),
    )
    yield "paragraphs", _Rows([int(s.start), int(s.end)] for s in story.paragraphs)
    yield "sentences", _Rows([int(s.start), int(s.end)] for s in story.sentences)
    yield "tokens", _tokens(story, analysis.syntax)
    yield "mentions", _Rows(map(_mention, analysis.mentions))
    yield "entities", _Rows(map(_entity, analysis.entities))
    yield "quotes", _Rows(map(_quote, analysis.quotes))
    yield "events", _Rows(map(_span, analysis.events))
    yield "acts", _Rows(map(_act, analysis.acts))
    yield "emotions", _Rows(map(_emotion, analysis.emotions))
    yield (
        "scenes",
        _Rows(
            {"id": s.id, "start": s.start, "end": s.end, "characters": list(s.characters)}
            for s in analysis.scenes
        ),
    )
    yield "bonds", _Rows(map(_bond, analysis.bonds))
    yield "marks", _Rows({"kind": m.kind, "start": int(m.start), "end": int(m.end)} for m in story.marks)


def _story(story: Story) -> Json:
    return {
        "id": story.id,
        "title": story.title,
        "author": story.author,
        "language": story.language,
        "declared_language": story.declared_language,
        "format": story.format,
        "metadata": {name: list(values) for name, values in story.metadata.items()},
        "archive": story.archive,
        "hints": [
            {"kind": h.kind, "text": h.text, "names": list(h.names), "bond": h.bond} for h in story.hints
        ],
    }


def _tokens(story: Story, syntax: Syntax) -> dict[str, Any]:
    return {
        "start": story.tokens.start.tolist(),
        "end": story.tokens.end.tolist(),
        "lemma": syntax.lemma,
        "upos": syntax.upos,
        "xpos": syntax.xpos,
        "head": syntax.head.tolist(),
        "deprel": syntax.deprel,
    }


def _span(span: Span) -> Json:
    return {"start": int(span.start), "end": int(span.end)}


def _candidates(candidates: tuple[Candidate, ...]) -> list[Json]:
    return [{"entity": c.entity, "p": float(c.p)} for c in candidates]


def _mention(m: Mention) -> Json:
    return {
        "id": m.id,
        "start": m.start,
        "end": m.end,
        "head": _span(m.head),
        "type": m.type,
        "kind": m.kind,
        "entity": m.entity,
        "confidence": float(m.confidence),
        "candidates": _candidates(m.candidates),
    }


def _entity(e: Entity) -> Json:
    return {
        "id": e.id,
        "name": e.name,
        "aliases": [{"text": alias.text, "count": alias.count} for alias in e.aliases],
        "type": e.type,
        "number": e.number,
        "pronouns": dict(e.pronouns),
        "role": e.role,
        "members": list(e.members),
        "mention_count": e.mention_count,
    }


def _quote(q: Quote) -> Json:
    return {
        "id": q.id,
        "start": q.start,
        "end": q.end,
        "kind": q.kind,
        "type": q.type,
        "speaker": q.speaker,
        "addressees": list(q.addressees),
        "mention": q.mention,
        "cue": None if q.cue is None else _span(q.cue),
        "parent": q.parent,
        "confidence": float(q.confidence),
        "addressee_confidence": None if q.addressee_confidence is None else float(q.addressee_confidence),
        "candidates": _candidates(q.candidates),
    }


def _act(a: Act) -> Json:
    return {
        "id": a.id,
        "kind": a.kind,
        "agent": a.agent,
        "patient": a.patient,
        "trigger": _span(a.trigger),
        "evidence": _span(a.evidence),
        "channel": a.channel,
        "negated": a.negated,
        "hypothetical": a.hypothetical,
        "confidence": float(a.confidence),
    }


def _emotion(e: Emotion) -> Json:
    return {
        "id": e.id,
        "character": e.character,
        "label": e.label,
        "valence": float(e.valence),
        "cue": _span(e.cue),
        "channel": e.channel,
        "negated": e.negated,
        "hypothetical": e.hypothetical,
        "confidence": float(e.confidence),
    }


def _interval(interval: Interval | None, middle: str) -> Json | None:
    if interval is None:
        return None
    return {middle: float(interval.value), "low": float(interval.low), "high": float(interval.high)}


def _bond_scene(scene: BondScene) -> Json:
    return {
        "scene": scene.scene,
        "acts": {kind: list(each_way) for kind, each_way in scene.acts.items()},
        "lines": list(scene.lines),
        "tone": _interval(scene.tone, "mean"),
    }


def _bond(b: Bond) -> Json:
    return {
        "a": b.a,
        "b": b.b,
        "scenes": [_bond_scene(scene) for scene in b.scenes],
        "asymmetry": _interval(b.asymmetry, "value"),
        "turns": [
            {"start": t.start, "end": t.end, "p": None if t.p is None else float(t.p)} for t in b.turns
        ],
    }
