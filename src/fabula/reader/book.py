"""What the page is told of a story, in plain values: columns rather than objects, for novels are long."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from fabula.corrections.desk import Desk, Outcome
from fabula.corrections.edition import Edition
from fabula.corrections.values import Correction, Decided
from fabula.doubts import person_decisions, speaker_decisions, sureness
from fabula.reading import Reading
from fabula.types import STORY_KINDS, Analysis, Span, Story

Json = dict[str, Any]
QUEUE = 400
"""Doubts that the page is told of; more than anybody settles before the next answer."""
MOST_FLASHES = 400


def book(desk: Desk) -> Json:
    """Everything the page needs to show the story: text, structure, people, decisions, doubts."""
    edition = desk.edition
    base = edition.base
    analysis = edition.analysis
    reading = Reading(base)
    return {
        "version": desk.version,
        "title": base.story.title,
        "author": base.story.author,
        "words": reading.word_count,
        "english": reading.is_english,
        "text": base.story.text,
        "segments": [
            [s.kind, s.start, s.end, s.label, edition.narrator(k)] for k, s in enumerate(base.story.segments)
        ],
        "paragraphs": [[p.start, p.end] for p in base.story.paragraphs],
        "marks": [[m.kind, m.start, m.end] for m in base.story.marks],
        "scenes": [[s.start, s.end, list(s.characters)] for s in analysis.scenes],
        "mentions": [
            _mention_row(edition, m.id, m.start, m.end, m.kind) for m in base.mentions if m.type == "PER"
        ],
        "quotes": [
            [q.id, q.start, q.end, q.type, q.kind, q.parent, *_quote_row(edition, q.id)[1:]]
            for q in base.quotes
        ],
        "sentences": [[s.start, s.end] for s in _told(base.story)],
        "ledger": {
            "feelings": bool(analysis.emotions or analysis.acts),
            "bonds": bool(analysis.bonds),
        },
        "exports": list(formats().items()),
        **standing(desk, analysis),
    }


def _told(story: Story) -> list[Span]:
    """The sentences of the story itself, paratext left out."""
    told = [s for s in story.segments if s.kind in STORY_KINDS]
    starts = [s.start for s in told]
    found = ((bisect_right(starts, s.start) - 1, s) for s in story.sentences)
    return [s for k, s in found if k >= 0 and s.start < told[k].end]


def standing(desk: Desk, analysis: Analysis) -> Json:
    """What changes with every correction: people, doubts, what can be undone."""
    return {
        "people": people(desk.edition),
        "doubts": doubts(desk.edition),
        "done": len(desk.entries),
        "can_redo": desk.log.can_redo(),
        "missing": [m.why for m in desk.missing],
    }


def formats() -> dict[str, str]:
    """What the export menu offers: names to words. ``fabula.export`` adds what it can write."""
    found = {"json": "Corrected reading (JSON)", "corrections": "Corrections alone (JSON)"}
    if find_spec("fabula.export") is not None:
        registry: Any = import_module("fabula.export")
        found |= {name: f"{form.summary} ({name})" for name, form in registry.FORMATS.items()}
    return found


def change(desk: Desk, outcome: Outcome) -> Json:
    """What one step changed: rows in the order of ``book`` for whatever differs, and what stands now."""
    before, after = outcome.before, outcome.after
    index = after.index
    mentions = sorted(
        k
        for k in {**before.mentions, **after.mentions}
        if k in index.span and (_moved(before, after, "person", k))
    )
    quotes = sorted(
        k
        for k in {**before.quotes, **after.quotes, **before.heard, **after.heard}
        if _moved(before, after, "speaker", k) or _moved(before, after, "addressees", k)
    )
    answers = [("person", k) for k in mentions if before.mention(k).who != after.mention(k).who]
    answers += [
        ("speaker", k)
        for k in quotes
        if before.quote(k).who != after.quote(k).who or before.addressees(k).who != after.addressees(k).who
    ]
    analysis = after.analysis
    return {
        "version": outcome.version,
        "accepted": outcome.correction.status == "accepted",
        "what": describe(after, outcome.correction),
        "at": _first_target(after, outcome.correction),
        "mentions": [_mention_row(after, k, *index.span[k], index.kind[k]) for k in mentions],
        "quotes": [_quote_row(after, k) for k in quotes],
        "changed": answers[:MOST_FLASHES],
        "changed_count": len(answers),
        "scenes": [[s.start, s.end, list(s.characters)] for s in analysis.scenes],
        **standing(desk, analysis),
    }


def _first_target(edition: Edition, c: Correction) -> list[Any] | None:
    """The first decision that a correction names, as [kind, id, how many]; None if it names none here."""
    if not c.targets:
        return None
    kind = "person" if c.action == "split" else c.action
    number = edition.index.passage(c.targets[0], kind != "person")
    return None if number is None else [kind, number, len(c.targets)]


def _moved(before: Edition, after: Edition, kind: str, number: int) -> bool:
    if before.settled.get((kind, number)) != after.settled.get((kind, number)):
        return True
    if kind == "person":
        return before.mention(number) != after.mention(number)
    if kind == "speaker":
        return before.quote(number) != after.quote(number)
    return before.addressees(number) != after.addressees(number)


def _candidates(edition: Edition, d: Decided) -> list[list[Any]]:
    seen: dict[int, float] = {}
    for e, p in d.candidates:
        seen[edition.root(e)] = seen.get(edition.root(e), 0.0) + p
    return [[e, round(p, 3)] for e, p in sorted(seen.items(), key=lambda t: -t[1])]


def _mention_row(edition: Edition, number: int, start: int, end: int, kind: str) -> list[Any]:
    d = edition.mention(number)
    status = edition.settled.get(("person", number))
    return [number, start, end, kind, d.who, round(d.confidence, 3), _candidates(edition, d), status]


def _quote_row(edition: Edition, number: int) -> list[Any]:
    d, h = edition.quote(number), edition.addressees(number)
    status = edition.settled.get(("speaker", number))
    to = edition.settled.get(("addressees", number))
    confidence = None if h.confidence is None else round(h.confidence, 3)
    row = [number, d.who, round(d.confidence, 3), _candidates(edition, d), status]
    return [*row, list(h.who), confidence, to]


def people(edition: Edition) -> list[Json]:
    """The persons of the story, those with most to say and most spoken of first."""
    analysis = edition.analysis
    lines = Counter(q.speaker for q in analysis.quotes)
    rows: list[Json] = [
        {
            "id": e.id,
            "name": edition.label(e.id),
            "unnamed": edition.unnamed(e.id),
            "aliases": [a.text for a in e.aliases[:6]],
            "pronouns": dict(list(e.pronouns.items())[:4]),
            "lines": lines[e.id],
            "mentions": e.mention_count,
            "role": e.role,
            "group": e.number == "plur" or e.role == "group",
        }
        for e in analysis.entities
        if e.type == "PER" and (e.mention_count or lines[e.id] or e.role == "narrator")
    ]
    rows.sort(key=lambda r: -3 * lines[r["id"]] - r["mentions"])
    return rows


def doubts(edition: Edition) -> Json:
    """How much is in doubt, and the queue: (kind, id, decides), the weightiest first.

    Of the doubts that hang together only the weightiest leads; the others follow behind all leaders.
    """
    analysis = edition.analysis
    decisions = speaker_decisions(analysis) + person_decisions(analysis)
    sure = sureness((d.confidence, d.answer is not None) for d in decisions)
    first, rest = [], []
    for chain in edition.chains:
        open_ones = [
            x for x in chain if x.weight > 0 and (x.decision.kind, x.decision.id) not in edition.settled
        ]
        if not open_ones:
            continue
        best = max(open_ones, key=lambda x: x.weight)
        first.append(best)
        rest += [x for x in open_ones if x is not best]
    first.sort(key=lambda x: (-x.weight, x.decision.start))
    rest.sort(key=lambda x: (-x.weight, x.decision.start))
    queue = [[x.decision.kind, x.decision.id, x.decides] for x in (*first, *rest)[:QUEUE]]
    kinds = Counter(status for status in edition.settled.values())
    return {
        "left": len(first) + len(rest),
        "wrong": round(sure.expected_wrong, 1),
        "total": sure.total,
        "settled": dict(kinds),
        "queue": queue,
    }


def describe(edition: Edition, c: Correction) -> str:
    """A correction in words, as the history and the command line show it."""

    def name(k: int) -> str:
        found = edition.find(c.people[k])
        return c.people[k].name if found is None else edition.label(found)

    words = c.targets[0].told() if c.targets else ""
    more = f" and {len(c.targets) - 1} more" if len(c.targets) > 1 else ""
    who = name(0) if c.people else "nobody known"
    if c.action == "speaker":
        return f"{words}{more} {'are' if more else 'is'} spoken by {who}"
    if c.action == "addressees":
        to = " and ".join(name(k) for k in range(len(c.people))) or "nobody known"
        return f"{words}{more} {'are' if more else 'is'} said to {to}"
    if c.action == "person":
        return f"{words}{more} {'mean' if more else 'means'} {who}"
    if c.action == "merge":
        return f"{edition.label_then(c.people[0])} is {name(1)}"
    if c.action == "split":
        return f"from {words} on, {edition.label_then(c.people[0])} is {name(1)}"
    return f"{edition.label_then(c.people[0])} is called {c.name}"
