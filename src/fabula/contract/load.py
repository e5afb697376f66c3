"""JSON of any producer to an Analysis, or one clear ContractError.

What the contract has no place for is computed again: which tokens make a sentence, and how quotes are marked.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from fabula.contract.semantics import validate
from fabula.errors import ContractError, InputError
from fabula.types import (
    SCHEMA,
    Act,
    Alias,
    Analysis,
    Bond,
    BondScene,
    Candidate,
    CastHint,
    Emotion,
    Entity,
    Interval,
    Mark,
    Mention,
    Producer,
    Quote,
    QuoteSpan,
    Scene,
    Segment,
    Span,
    Story,
    Syntax,
    TokenSpans,
    Turn,
)

Json = dict[str, Any]

_AGAIN = "Write it again with 'fabula read STORY -o FILE'"
_DASHES = frozenset("—–―-")
_CLOSERS: dict[str, tuple[str, ...]] = {
    "“": ("”", '"', "“"),
    '"': ('"', "”"),
    "‘": ("’", "'"),
    "'": ("'", "’"),
    "’": ("’", "'"),
    "”": ("”",),
    "«": ("»",),
    "»": ("«", "»"),
    "‹": ("›",),
    "›": ("‹", "›"),
    "„": ("“", "”", '"'),
    "‚": ("‘", "’", "'"),
    "`": ("'", "’", "`", "´"),
    "「": ("」",),
    "『": ("』",),
    "``": ("''", '"'),
    "''": ("''", '"'),
    ",,": ("''", '"', "”", "“"),
}
"""What may close a quote that opens so."""


def load_file(path: str | os.PathLike[str]) -> Analysis:
    """The Analysis in the JSON file ``path``.

    Raises InputError if the file cannot be read, ContractError if it does not follow the contract.
    """
    return from_dict(parse_file(path), os.fspath(path))


def from_json(content: bytes | str, subject: str = "JSON") -> Analysis:
    """The Analysis in a JSON text; ``subject`` is what errors call it. Raises ContractError."""
    return from_dict(parse(content, subject), subject)


def parse_file(path: str | os.PathLike[str]) -> Any:
    """The JSON in the file ``path`` as Python values. Raises InputError and what ``parse`` raises."""
    name = os.fspath(path)
    try:
        content = Path(path).read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(name, f"cannot be read ({reason})", "Name a file that 'fabula read' wrote") from None
    return parse(content, name)


def parse(content: bytes | str, subject: str = "JSON") -> Any:
    """A JSON text as Python values, before any look at what it means.

    Raises ContractError for what is no JSON, is cut short, is nested too deep, or names a key twice in an
    object.
    """
    if isinstance(content, bytes):
        try:
            content = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise ContractError(subject, f"is not UTF-8 (byte {error.start})", _AGAIN) from None
    if not content.strip():
        raise ContractError(subject, "is empty", _AGAIN)
    try:
        return json.loads(content, object_pairs_hook=_object, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        if error.pos >= len(content.rstrip()) or error.msg.startswith("Unterminated string"):
            raise ContractError(subject, f"is cut short at line {error.lineno}", _AGAIN) from None
        where = f"line {error.lineno}, column {error.colno}"
        raise ContractError(subject, f"is not JSON at {where} ({error.msg})", _AGAIN) from None
    except RecursionError:
        raise ContractError(subject, "is nested too deep to be a reading", _AGAIN) from None
    except ValueError as error:
        raise ContractError(subject, f"is not JSON ({error})", _AGAIN) from None


def _object(pairs: list[tuple[str, Any]]) -> Json:
    result = dict(pairs)
    if len(result) != len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise ValueError(f"the key {json.dumps(twice[:60])} stands twice in one object")
    return result


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is no JSON number")


def from_dict(data: Any, subject: str = "JSON") -> Analysis:
    """The Analysis in the parsed JSON ``data``; ``subject`` is what errors call it.

    Keys that the contract does not know are left out. Raises ContractError, which names the first problem.
    """
    if not isinstance(data, dict) or "schema" not in data:
        raise ContractError(subject, "is JSON, but not a reading: it has no 'schema'", _AGAIN)
    if data["schema"] != SCHEMA:
        named = str(data["schema"])[:40]
        remedy = f"This program reads {SCHEMA}: use the version of Fabula that made the file, or read again"
        raise ContractError(subject, f"follows the schema {named!r}", remedy)
    problems = validate(data, limit=1)
    if problems:
        remedy = f"{_AGAIN}, or see all problems with 'fabula validate FILE'"
        raise ContractError(subject, str(problems[0]), remedy)
    return _analysis(data)


# ------------------------------------------------------------------ building; the data are valid here
def _analysis(data: Json) -> Analysis:
    producer = data["producer"]
    tokens = data["tokens"]
    return Analysis(
        producer=Producer(producer["fabula"], producer["model"], producer["options"]),
        story=_story(data),
        syntax=Syntax(
            lemma=_strings(tokens["lemma"]),
            upos=_strings(tokens["upos"]),
            xpos=_strings(tokens["xpos"]),
            head=np.array(tokens["head"], dtype=np.int32),
            deprel=_strings(tokens["deprel"]),
        ),
        mentions=tuple(map(_mention, data["mentions"])),
        entities=tuple(map(_entity, data["entities"])),
        quotes=tuple(map(_quote, data["quotes"])),
        events=tuple(map(_span, data["events"])),
        acts=tuple(map(_act, data["acts"])),
        emotions=tuple(map(_emotion, data["emotions"])),
        scenes=tuple(
            Scene(int(s["id"]), int(s["start"]), int(s["end"]), _ids(s["characters"])) for s in data["scenes"]
        ),
        bonds=tuple(map(_bond, data["bonds"])),
    )


def _strings(column: list[str]) -> tuple[str, ...]:
    """The column with equal strings shared: a novel has a million tags of fifty kinds."""
    shared: dict[str, str] = {}
    return tuple([shared.setdefault(item, item) for item in column])


def _ids(values: Iterable[int]) -> tuple[int, ...]:
    return tuple(map(int, values))


def _optional(value: int | None) -> int | None:
    return None if value is None else int(value)


def _span(span: Json) -> Span:
    return Span(int(span["start"]), int(span["end"]))


def _story(data: Json) -> Story:
    facts = data["story"]
    sentences = tuple(Span(int(start), int(end)) for start, end in data["sentences"])
    tokens = TokenSpans(
        np.array(data["tokens"]["start"], dtype=np.int32), np.array(data["tokens"]["end"], dtype=np.int32)
    )
    edges = np.array([[s.start, s.end] for s in sentences], dtype=np.int32).reshape(-1, 2)
    return Story(
        text=data["text"],
        id=facts["id"],
        segments=tuple(
            Segment(s["kind"], int(s["start"]), int(s["end"]), s["label"], _optional(s["narrator"]))
            for s in data["segments"]
        ),
        paragraphs=tuple(Span(int(start), int(end)) for start, end in data["paragraphs"]),
        sentences=sentences,
        tokens=tokens,
        sentence_tokens=np.searchsorted(tokens.start, edges).astype(np.int32),
        quotes=_quote_spans(data["text"], data["quotes"]),
        title=facts["title"],
        author=facts["author"],
        language=facts["language"],
        declared_language=facts["declared_language"],
        format=facts["format"],
        metadata={name: tuple(values) for name, values in facts["metadata"].items()},
        archive=facts.get("archive"),
        hints=tuple(
            CastHint(h["kind"], h["text"], tuple(h["names"]), h["bond"]) for h in facts.get("hints", ())
        ),
        marks=tuple(Mark(int(m["start"]), int(m["end"]), m["kind"]) for m in data.get("marks", ())),
    )


def _quote_spans(text: str, quotes: list[Json]) -> tuple[QuoteSpan, ...]:
    """The quotes as the text layer gives them: ordered by start, a parent named by its place."""
    order = sorted(quotes, key=lambda q: (q["start"], -q["end"]))
    place = {int(quote["id"]): index for index, quote in enumerate(order)}
    return tuple(
        quote_span(
            text, int(q["start"]), int(q["end"]), None if q["parent"] is None else place[int(q["parent"])]
        )
        for q in order
    )


def quote_span(text: str, start: int, end: int, parent: int | None) -> QuoteSpan:
    """The quote at ``text[start:end]``, its style read off its first characters and its last."""
    mark = text[start : start + 2] if text[start : start + 2] in _CLOSERS else text[start]
    dash = mark in _DASHES
    closed = dash or text.endswith(_CLOSERS.get(mark, ()), min(start + len(mark), end), end)
    return QuoteSpan(start, end, parent, closed, "—" if dash else mark)


def _candidates(candidates: list[Json]) -> tuple[Candidate, ...]:
    return tuple(Candidate(int(c["entity"]), float(c["p"])) for c in candidates)


def _mention(m: Json) -> Mention:
    return Mention(
        id=int(m["id"]),
        start=int(m["start"]),
        end=int(m["end"]),
        head=_span(m["head"]),
        type=m["type"],
        kind=m["kind"],
        entity=_optional(m["entity"]),
        confidence=float(m["confidence"]),
        candidates=_candidates(m["candidates"]),
    )


def _entity(e: Json) -> Entity:
    return Entity(
        id=int(e["id"]),
        name=e["name"],
        aliases=tuple(Alias(alias["text"], int(alias["count"])) for alias in e["aliases"]),
        type=e["type"],
        number=e["number"],
        pronouns={form: int(count) for form, count in e["pronouns"].items()},
        role=e["role"],
        members=_ids(e["members"]),
        mention_count=int(e["mention_count"]),
    )


def _quote(q: Json) -> Quote:
    doubt = q["addressee_confidence"]
    return Quote(
        id=int(q["id"]),
        start=int(q["start"]),
        end=int(q["end"]),
        kind=q["kind"],
        type=q["type"],
        speaker=_optional(q["speaker"]),
        addressees=_ids(q["addressees"]),
        mention=_optional(q["mention"]),
        cue=None if q["cue"] is None else _span(q["cue"]),
        parent=_optional(q["parent"]),
        confidence=float(q["confidence"]),
        addressee_confidence=None if doubt is None else float(doubt),
        candidates=_candidates(q["candidates"]),
    )


def _act(a: Json) -> Act:
    return Act(
        id=int(a["id"]),
        kind=a["kind"],
        agent=_optional(a["agent"]),
        patient=_optional(a["patient"]),
        trigger=_span(a["trigger"]),
        evidence=_span(a["evidence"]),
        channel=a["channel"],
        negated=a["negated"],
        hypothetical=a["hypothetical"],
        confidence=float(a["confidence"]),
    )


def _emotion(e: Json) -> Emotion:
    return Emotion(
        id=int(e["id"]),
        character=_optional(e["character"]),
        label=e["label"],
        valence=float(e["valence"]),
        cue=_span(e["cue"]),
        channel=e["channel"],
        negated=e["negated"],
        hypothetical=e["hypothetical"],
        confidence=float(e["confidence"]),
    )


def _interval(interval: Json | None, middle: str) -> Interval | None:
    if interval is None:
        return None
    return Interval(float(interval[middle]), float(interval["low"]), float(interval["high"]))


def _each_way(pair: list[int]) -> tuple[int, int]:
    return int(pair[0]), int(pair[1])


def _bond(b: Json) -> Bond:
    return Bond(
        a=int(b["a"]),
        b=int(b["b"]),
        scenes=tuple(
            BondScene(
                scene=int(s["scene"]),
                acts={kind: _each_way(pair) for kind, pair in s["acts"].items()},
                lines=_each_way(s["lines"]),
                tone=_interval(s["tone"], "mean"),
            )
            for s in b["scenes"]
        ),
        asymmetry=_interval(b["asymmetry"], "value"),
        turns=tuple(
            Turn(int(t["start"]), int(t["end"]), None if t["p"] is None else float(t["p"]))
            for t in b["turns"]
        ),
    )
