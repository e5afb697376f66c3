"""``brat``: standoff for the brat annotation tool: the text, its annotations, and their configuration.

Mentions are text-bound annotations of their type (``Person`` …), quotes of theirs (``Speech`` …); a stretch
over several lines is one annotation of several fragments, as brat wants it. ``Coref`` leads from a mention to
the one before of the same entity; ``Speaker`` and ``Addressee`` from a quote to the nearest mention of who it
is. Notes name the entity, with its id and the confidence. Offsets are code points.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from fabula.export.request import Files, Request
from fabula.export.voices import display_name
from fabula.types import Analysis, Mention

_BREAK = re.compile("[\t\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
"""Where brat's files, or programs that read them, would see a column or line end; each is one character."""

TYPES = {
    "PER": "Person",
    "FAC": "Facility",
    "GPE": "GPE",
    "LOC": "Location",
    "VEH": "Vehicle",
    "ORG": "Organization",
}
QUOTES = {"speech": "Speech", "thought": "Thought", "writing": "Writing"}

CONFIGURATION = """\
[entities]
Person
Facility
GPE
Location
Vehicle
Organization
!Quote
\tSpeech
\tThought
\tWriting
[relations]
Coref\tArg1:<ENTITY>, Arg2:<ENTITY>
Speaker\tArg1:Speech|Thought|Writing, Arg2:Person|Facility|GPE|Location|Vehicle|Organization
Addressee\tArg1:Speech|Thought|Writing, Arg2:Person|Facility|GPE|Location|Vehicle|Organization
<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>
[events]
[attributes]
Form\tArg:Person|Facility|GPE|Location|Vehicle|Organization, Value:PROP|NOM|PRON
"""


def write(analysis: Analysis, request: Request) -> Files:
    """The text, the annotations and ``annotation.conf``."""
    notes: list[str] = []
    lines = list(_lines(analysis, notes))
    contents = {
        f"{request.name}.txt": analysis.story.text,
        f"{request.name}.ann": "".join(line + "\n" for line in lines),
        "annotation.conf": CONFIGURATION,
    }
    return Files(contents, tuple(notes))


def _lines(analysis: Analysis, notes: list[str]) -> Iterator[str]:
    text = analysis.story.text
    names = {e.id: display_name(e) for e in analysis.entities}
    relation = note = blank = unplaced = 0
    marks: dict[int, str] = {}
    before: dict[int, str] = {}
    of: dict[int, list[Mention]] = {}
    for number, m in enumerate(sorted(analysis.mentions, key=lambda m: (m.start, -m.end, m.id)), 1):
        where = fragments(text, m.start, m.end)
        if not where:
            blank += 1
            continue
        mark = marks[m.id] = f"T{number}"
        yield f"{mark}\t{TYPES[m.type]} {where}"
        yield f"A{number}\tForm {mark} {m.kind}"
        if m.entity is None:
            continue
        note += 1
        yield f"#{note}\tAnnotatorNotes {mark}\te{m.entity} {names[m.entity]} ({m.confidence:.2f})"
        if m.entity in before:
            relation += 1
            yield f"R{relation}\tCoref Arg1:{mark} Arg2:{before[m.entity]}\t"
        before[m.entity] = mark
        of.setdefault(m.entity, []).append(m)
    for number, q in enumerate(
        sorted(analysis.quotes, key=lambda q: (q.start, -q.end)), len(analysis.mentions) + 1
    ):
        where = fragments(text, q.start, q.end)
        if not where:
            blank += 1
            continue
        mark = f"T{number}"
        yield f"{mark}\t{QUOTES[q.kind]} {where}"
        who = "?" if q.speaker is None else f"e{q.speaker} {names[q.speaker]}"
        to = ", ".join(f"e{a} {names[a]}" for a in q.addressees) or "?"
        note += 1
        yield f"#{note}\tAnnotatorNotes {mark}\t{who} ({q.confidence:.2f}) to {to}"
        pairs = [("Speaker", q.speaker)] if q.speaker is not None else []
        for role, entity in (*pairs, *(("Addressee", a) for a in q.addressees)):
            named = q.mention if role == "Speaker" and q.mention in marks else None
            target = marks[named] if named is not None else _nearest(of.get(entity, []), q.start, marks)
            if target is None:
                unplaced += 1
                continue
            relation += 1
            yield f"R{relation}\t{role} Arg1:{mark} Arg2:{target}\t"
    if blank:
        notes.append(f"{blank} mentions or quotes hold blanks only and are left out")
    if unplaced:
        notes.append(f"{unplaced} speakers or addressees are mentioned nowhere: they stand in the notes only")


def fragments(text: str, start: int, end: int) -> str:
    """The stretch as brat writes it: its fragments, then its words on one line; "" if it is blank."""
    places, words, at = [], [], start
    for line in _BREAK.split(text[start:end]):
        bare = line.strip()
        if bare:
            first = at + line.index(bare)
            places.append(f"{first} {first + len(bare)}")
            words.append(bare)
        at += len(line) + 1
    return f"{';'.join(places)}\t{' '.join(words)}" if places else ""


def _nearest(mentions: list[Mention], offset: int, marks: dict[int, str]) -> str | None:
    """The mark of the mention that begins nearest to ``offset``; ``mentions`` are in text order."""
    place = bisect_left(mentions, offset, key=lambda m: m.start)
    near = mentions[max(place - 1, 0) : place + 1]
    best = min(near, key=lambda m: abs(m.start - offset), default=None)
    return None if best is None else marks[best.id]
