"""A correction and what it is anchored on: passages of the text, never a reading's ids."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from fabula.errors import CorrectionError

Action = Literal["speaker", "person", "addressees", "merge", "split", "rename"]
Status = Literal["accepted", "corrected", "blind"]
Scope = Literal["this", "scene", "everywhere", "range"]
ACTIONS: tuple[Action, ...] = get_args(Action)
STATUSES: tuple[Status, ...] = get_args(Status)
SCOPES: tuple[Scope, ...] = get_args(Scope)
_MARKS = "“”‘’\"'"
_SHOWN = 48
CONTEXT = 32
"""Code points kept on either side of a passage, so that it is found again in a text that was edited."""
MOST_TARGETS = 200_000
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Anchor:
    """A passage: code points [start, end), its words, and what stands around it."""

    start: int
    end: int
    words: str
    before: str = ""
    after: str = ""

    @classmethod
    def at(cls, text: str, start: int, end: int) -> Anchor:
        """The passage [start, end) of ``text``."""
        before = text[max(0, start - CONTEXT) : start]
        return cls(start, end, text[start:end], before, text[end : end + CONTEXT])

    def find(self, text: str) -> Anchor | None:
        """The passage in ``text``: where it stood, else where its words stand in the same surroundings."""
        if text[self.start : self.end] == self.words and text[: self.start].endswith(self.before[-8:]):
            return Anchor.at(text, self.start, self.end)
        whole = self.before + self.words + self.after
        for piece, lead in ((whole, len(self.before)), (self.words + self.after, 0)):
            at = text.find(piece)
            if at >= 0 and text.find(piece, at + 1) < 0:
                return Anchor.at(text, at + lead, at + lead + len(self.words))
        return None

    def told(self) -> str:
        """The words on one line between one pair of quotation marks; long ones are cut."""
        words = " ".join(self.words.split())
        return f"“{words[:_SHOWN].strip(_MARKS)}{'…' if len(words) > _SHOWN else ''}”"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the story: by a passage that means them in the uncorrected reading, or ``made`` by hand.

    ``made`` is a key that the correction gave when it brought them in; ``name`` is what they were called.
    """

    name: str
    anchor: Anchor | None = None
    made: str | None = None

    @classmethod
    def new(cls, name: str) -> Person:
        """Somebody whom the reading does not know. Raises CorrectionError if the name is no name."""
        return cls(tidy_name(name), made=uuid.uuid4().hex[:12])


@dataclass(frozen=True, slots=True)
class Correction:
    """One thing that a person has settled.

    ``speaker``, ``person``, ``addressees``: ``targets`` are the quotes or mentions, ``people`` the answer
    (none: nobody known). ``merge``: the first of ``people`` is the second. ``split``: from the target on, the
    first of ``people`` is the second. ``rename``: the person is called ``name``. ``status`` says whether the
    reading's answer was accepted or corrected, or given blind, without having been seen.
    """

    action: Action
    targets: tuple[Anchor, ...] = ()
    people: tuple[Person, ...] = ()
    name: str | None = None
    status: Status = "corrected"
    scope: Scope = "this"

    def __post_init__(self) -> None:
        wanted = {"merge": 2, "split": 2, "rename": 1}.get(self.action)
        if self.action in ("speaker", "person") and len(self.people) > 1:
            raise CorrectionError("correction", f"{self.action} takes one person or nobody")
        if wanted is not None and len(self.people) != wanted:
            raise CorrectionError("correction", f"{self.action} takes {wanted} people")
        if self.action not in ("merge", "rename") and not self.targets:
            raise CorrectionError("correction", f"{self.action} names no passage")


def tidy_name(name: str) -> str:
    """A name as it is kept: one line, single spaces. Raises CorrectionError if nothing is left."""
    tidy = " ".join("".join(c if c.isprintable() else " " for c in name).split())[:LONGEST_NAME].strip()
    if not tidy:
        raise CorrectionError("name", "is empty", "Write a name")
    return tidy


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision as it stands: who (an entity id or None), how sure, and the likeliest answers."""

    who: int | None
    confidence: float
    candidates: tuple[tuple[int, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Heard:
    """To whom a quote is said, as it stands."""

    who: tuple[int, ...]
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Effects:
    """Everything that one correction changes in one reading, by the reading's ids.

    ``settled`` are decisions now held: ("speaker" | "person" | "addressees", id). The others follow from it.
    ``made`` are new people: entity id to (key, name); ``gone`` merged ones, and whom they have become.
    """

    mentions: Mapping[int, Decided] = field(default_factory=dict)
    quotes: Mapping[int, Decided] = field(default_factory=dict)
    heard: Mapping[int, Heard] = field(default_factory=dict)
    settled: frozenset[tuple[str, int]] = frozenset()
    made: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    names: Mapping[int, str] = field(default_factory=dict)
    gone: Mapping[int, int] = field(default_factory=dict)
    narrators: Mapping[int, int] = field(default_factory=dict)


# ------------------------------------------------------------------ as JSON
def anchor_json(a: Anchor) -> dict[str, Any]:
    """An anchor in plain values."""
    return {"start": a.start, "end": a.end, "words": a.words, "before": a.before, "after": a.after}


def person_json(p: Person) -> dict[str, Any]:
    """A person in plain values."""
    return {"name": p.name, "anchor": anchor_json(p.anchor) if p.anchor else None, "made": p.made}


def correction_json(c: Correction) -> dict[str, Any]:
    """A correction in plain values, which ``read_correction`` takes back."""
    return {
        "action": c.action,
        "status": c.status,
        "scope": c.scope,
        "name": c.name,
        "people": [person_json(p) for p in c.people],
        "targets": [anchor_json(a) for a in c.targets],
    }


def read_correction(data: Any, subject: str = "correction") -> Correction:
    """The correction in plain values. Raises CorrectionError, which names what is wrong."""
    try:
        action, status, scope = data["action"], data.get("status", "corrected"), data.get("scope", "this")
        if action not in ACTIONS or status not in STATUSES or scope not in SCOPES:
            raise ValueError(f"unknown {action!r}, {status!r} or {scope!r}")
        targets = data.get("targets") or []
        if not isinstance(targets, list) or len(targets) > MOST_TARGETS:
            raise ValueError("targets must be a list")
        name = data.get("name")
        return Correction(
            action=action,
            targets=tuple(_anchor(a) for a in targets),
            people=tuple(_person(p) for p in data.get("people") or []),
            name=None if name is None else tidy_name(_text(name)),
            status=status,
            scope=scope,
        )
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        remedy = "Write corrections with 'fabula corrections STORY --export FILE'"
        raise CorrectionError(subject, f"is no correction ({error})", remedy) from None


def _anchor(data: Any) -> Anchor:
    start, end = data["start"], data["end"]
    if type(start) is not int or type(end) is not int or not 0 <= start < end:
        raise ValueError("start and end must be offsets")
    return Anchor(
        start,
        end,
        _text(data["words"]),
        _text(data.get("before") or "")[-CONTEXT:],
        _text(data.get("after") or "")[:CONTEXT],
    )


def _person(data: Any) -> Person:
    anchor, made = data.get("anchor"), data.get("made")
    if (anchor is None) == (made is None):
        raise ValueError("a person has a passage or was made")
    return Person(
        tidy_name(_text(data["name"])),
        _anchor(anchor) if anchor else None,
        _text(made)[:64] if made else None,
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{str(value)[:40]!r} is no text")
    return value


def effects_json(e: Effects) -> dict[str, Any]:
    """Effects in plain values."""
    return {
        "mentions": [[k, d.who, d.confidence, d.candidates] for k, d in e.mentions.items()],
        "quotes": [[k, d.who, d.confidence, d.candidates] for k, d in e.quotes.items()],
        "heard": [[k, h.who, h.confidence] for k, h in e.heard.items()],
        "settled": sorted(e.settled),
        "made": [[k, *v] for k, v in e.made.items()],
        "names": list(e.names.items()),
        "gone": list(e.gone.items()),
        "narrators": list(e.narrators.items()),
    }


def read_effects(data: Mapping[str, Any]) -> Effects:
    """The effects in plain values that ``effects_json`` wrote."""

    def decided(rows: Sequence[Any]) -> dict[int, Decided]:
        return {k: Decided(who, p, tuple((e, x) for e, x in c)) for k, who, p, c in rows}

    return Effects(
        mentions=decided(data["mentions"]),
        quotes=decided(data["quotes"]),
        heard={k: Heard(tuple(who), p) for k, who, p in data["heard"]},
        settled=frozenset((kind, k) for kind, k in data["settled"]),
        made={k: (key, name) for k, key, name in data["made"]},
        names=dict(data["names"]),
        gone=dict(data["gone"]),
        narrators=dict(data["narrators"]),
    )
