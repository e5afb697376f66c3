"""Answers given in another tool, and the corrections of a reading that follow from them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from fabula.export.voices import display_name
from fabula.types import Analysis

SCHEMA = "fabula-corrections/1"
CONTEXT = 32
"""Code points kept on either side of a passage."""
_LABEL = re.compile(r"(?:(?P<before>.*?)\s*\(e(?P<a>\d+)\)|e(?P<b>\d+)(?:\s+(?P<after>.*))?)", re.DOTALL)

Who = int | str


@dataclass(frozen=True, slots=True)
class Answer:
    """Who says the quote ``start..end`` (code points), to whom, or whom the mention there means.

    ``people`` are entity ids of the reading, or names of somebody whom it does not know; none: nobody known.
    """

    about: Literal["speaker", "addressees", "person"]
    start: int
    end: int
    people: tuple[Who, ...]


class People:
    """Finds whom a label means: "Imre (e3)", "e3 Imre", or a name."""

    def __init__(self, analysis: Analysis) -> None:
        self.names = {e.id: display_name(e) for e in analysis.entities}
        self._called: dict[str, set[int]] = {}
        self._also: dict[str, set[int]] = {}
        for e in analysis.entities:
            self._called.setdefault(self.names[e.id].casefold(), set()).add(e.id)
            for alias in e.aliases:
                self._also.setdefault(" ".join(alias.text.split()).casefold(), set()).add(e.id)

    def find(self, label: str) -> Who | None:
        """An id, or the name of somebody new; None for an empty label or "?"."""
        label = " ".join(label.split())
        if not label or label == "?":
            return None
        found = _LABEL.fullmatch(label)
        if found:
            number = int(found["a"] or found["b"])
            name = found["before"] or found["after"] or ""
            # A label whose name was changed by hand means who has that name, not who had the number.
            if number in self.names and name.casefold() in ("", self.names[number].casefold()):
                return number
            label = name or label
        key = label.casefold()
        for table in (self._called, self._also):
            if len(table.get(key, ())) == 1:
                return next(iter(table[key]))
        return label


def corrections_of(analysis: Analysis, answers: Iterable[Answer]) -> tuple[dict[str, Any], list[str]]:
    """The corrections of ``analysis`` that ``answers`` make, as JSON values, and notes on what has no place.

    Answers that agree with the reading make none.
    """
    quotes = {(q.start, q.end): q for q in analysis.quotes}
    meant: dict[tuple[int, int], list[set[int]]] = {}
    for m in analysis.mentions:
        meant.setdefault((m.start, m.end), []).append(set() if m.entity is None else {m.entity})
    rows, strange = [], 0
    for answer in answers:
        quote = quotes.get((answer.start, answer.end))
        if answer.about == "person":
            known = meant.get((answer.start, answer.end), [])
        elif quote is None:
            known = []
        elif answer.about == "speaker":
            known = [set() if quote.speaker is None else {quote.speaker}]
        else:
            known = [set(quote.addressees)]
        strange += not known
        if known and set(answer.people) not in known:
            rows.append(_correction(analysis, answer))
    notes = [f"{strange} annotations stand where the reading has no quote or mention"] if strange else []
    return {"schema": SCHEMA, "story": analysis.story.id, "corrections": rows}, notes


def _correction(analysis: Analysis, answer: Answer) -> dict[str, Any]:
    return {
        "action": answer.about,
        "status": "corrected",
        "scope": "this",
        "name": None,
        "people": [_person(analysis, who) for who in answer.people],
        "targets": [_anchor(analysis.story.text, answer.start, answer.end)],
    }


def _person(analysis: Analysis, who: Who) -> dict[str, Any]:
    """A person by the first passage that means them, by name if there is one; else as somebody new."""
    if isinstance(who, str):
        return {"name": who, "anchor": None, "made": hashlib.sha256(who.encode()).hexdigest()[:12]}
    name = next(display_name(e) for e in analysis.entities if e.id == who)
    own = [m for m in analysis.mentions if m.entity == who]
    best = min(own, key=lambda m: (m.kind != "PROP", m.kind == "PRON", m.start), default=None)
    if best is None:
        return _person(analysis, name)
    return {"name": name, "anchor": _anchor(analysis.story.text, best.start, best.end), "made": None}


def _anchor(text: str, start: int, end: int) -> dict[str, Any]:
    before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    return {"start": start, "end": end, "words": text[start:end], "before": before, "after": after}
