"""The report on a reading: who is in it, how sure it is, what to check first."""

from __future__ import annotations

import shlex
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.text import Text

from fabula.cli.excerpts import Excerpts
from fabula.cli.layout import columns, fitted, sides
from fabula.cli.pairs import pair_lines
from fabula.cli.safe import one_line
from fabula.cli.words import chance, counted, language_name, listed
from fabula.doubts import Doubt, Sureness, check_first, person_decisions, speaker_decisions, sureness
from fabula.lexicon.gender import PRONOUNS
from fabula.reading import Reading
from fabula.usage import subject_forms, tells_of_you
from fabula.views import Character

_CAST_ROWS = 12
_DOUBT_ROWS = 8
_WIDEST = 110
_NAME_WIDTH = 26
_HEADING = "bold"
_FAINT = "dim"
_TAGS = ("Rating", "Archive Warning", "Fandom", "Relationship", "Character", "Genre", "Additional Tags")
"""Metadata that are shown, the first of them as far as there is room."""
_SET_ASIDE = {
    "disclaimer": "disclaimer",
    "summary": "summary",
    "tags": "tag block",
    "note": "author's note",
    "heading": "heading",
    "boilerplate": "boilerplate passage",
}


def report(reading: Reading, *, path: str, kept: bool, width: int | None) -> Iterator[Text]:
    """The report as lines, no wider than ``width`` columns (None: as wide as needed).

    ``path`` is how the user named the story, ``kept`` whether the reading is saved; the last line says
    how to go on.
    """
    shown = min(width or 100, _WIDEST)
    yield from _title(reading, path, shown)
    yield from _cast(reading, None if width is None else shown)
    yield from pair_lines(reading, None if width is None else shown)
    yield from _sure(reading, None if width is None else shown)
    yield from _first(reading, None if width is None else shown)
    yield Text()
    yield from _next_steps(path, kept, shown)


def _next_steps(path: str, kept: bool, width: int) -> Iterator[Text]:
    colour = Text.assemble(("See it in colour: ", _FAINT), "--show text")
    if kept:
        yield colour
        return
    file = "story.json" if path == "-" else Path(path).stem + ".json"
    command = f"fabula read {shlex.quote(path)} -o {shlex.quote(file)}"
    yield from sides(Text.assemble(("Keep it: ", _FAINT), one_line(command)), colour, width)


# ------------------------------------------------------------------ what was read
def _title(reading: Reading, path: str, width: int) -> Iterator[Text]:
    title = Text(one_line(reading.title or path.rsplit("/", 1)[-1]), style=_HEADING)
    if reading.author:
        title += Text(f", by {one_line(reading.author)}", style="")
    facts = [counted(reading.word_count, "word")]
    chapters = sum(s.kind == "heading" for s in reading.analysis.story.segments)
    if chapters > 1:
        facts.append(counted(chapters, "chapter"))
    if reading.scenes:
        facts.append(counted(len(reading.scenes), "scene"))
    facts.append(_person(reading))
    yield from sides(fitted(title, width), Text(", ".join(facts), style=_FAINT), width)
    kinds = Counter(s.kind for s in reading.analysis.story.segments if s.kind in _SET_ASIDE)
    if kinds:
        aside = [
            _SET_ASIDE[kind] if n == 1 else counted(n, _SET_ASIDE[kind]) for kind, n in sorted(kinds.items())
        ]
        yield Text(f"Set aside: {', '.join(aside)}.")
    declared = reading.analysis.story.metadata
    tags = [value for key in _TAGS for value in declared.get(key, ())]
    yield from _people("Tags", tags, width)
    yield from _people("Left out", declared.get("Left out", ()), width)
    if not reading.is_english:
        yield Text(foreign(reading), style="bold yellow")


def foreign(reading: Reading) -> str:
    """The warning that the text is in a language Fabula was not made for."""
    name = language_name(reading.language or "")
    return f"The text seems to be in {name}. Fabula reads English: expect most of what follows to be wrong."


def _person(reading: Reading) -> str:
    story = reading.analysis.story.segments
    told = [s for s in story if s.kind == "body"] or story  # a letter within a story has its own "I"
    narrators = {s.narrator for s in told if s.narrator is not None}
    if not any(s.kind == "letter" for s in story):
        narrators |= {e.id for e in reading.entities if e.role == "narrator"}
    if not narrators:
        return "second person" if _told_of_you(reading) else "third person"
    return "first person" if len(narrators) == 1 else f"first person, {len(narrators)} narrators"


def _told_of_you(reading: Reading) -> bool:
    """Whether narration says "you" as others say "he"."""
    analysis = reading.analysis
    body = [(s.start, s.end) for s in analysis.story.segments if s.kind == "body"]
    said = [(q.start, q.end) for q in analysis.quotes if q.parent is None]

    def told(start: int) -> bool:
        return _within(body, start) and not _within(said, start)

    said_by = Counter(
        p.person
        for m in analysis.mentions
        if m.kind == "PRON" and told(m.start)
        if (p := PRONOUNS.get(reading.text[m.start : m.end].lower())) is not None and p.number != "plur"
    )
    return tells_of_you(said_by[2], said_by[1], sum(map(told, analysis.story.tokens.start.tolist())))


def _within(spans: Sequence[tuple[int, int]], at: int) -> bool:
    """Whether ``at`` lies in one of the spans, which are in order and apart."""
    k = bisect_right(spans, (at, spans[-1][1] + 1 if spans else 0)) - 1
    return k >= 0 and at < spans[k][1]


# ------------------------------------------------------------------ who is in it
def _cast(reading: Reading, width: int | None) -> Iterator[Text]:
    yield Text()
    off_stage = _off_stage(reading)
    away = {c.id for c in off_stage}
    on_stage = [c for c in reading.characters if c.id not in away]
    weighty = [c for c in on_stage if c.lines or (len(c.mentions) > 1 and (_named(c) or len(c.mentions) > 4))]
    rows = [_heading("WHO", "called", "pronouns", "mentions", "lines, mostly to")]
    rows += [_character(c) for c in weighty[:_CAST_ROWS]]
    if len(rows) > 1:
        yield from columns(rows, "lllrl", width=width, flexible=1, indent=0)
    else:
        yield Text("Nobody was found.", style=_FAINT)
    shown = {c.id for c in weighty[:_CAST_ROWS]}
    # A nameless person mentioned once ("nobody sane", "a coward") is more often a turn of phrase.
    others = [c for c in on_stage if c.id not in shown and (_named(c) or len(c.mentions) > 1)]
    telling = [c for c in others if _named(c) or (c.aliases and len(c.mentions) > 1)]
    yield from _people("Also", [c.name for c in telling], width, more=len(others) - len(telling))
    yield from _people("Off stage", [c.name for c in off_stage], width)
    yield from _people("Named, not in the cast", _outside(reading), width)


def _character(character: Character) -> list[Text]:
    lines = character.lines
    to = Counter(person for line in lines for person in line.addressees)
    spoken = Text(f"{len(lines):>5}")
    if to:
        spoken += Text(f"  {one_line(to.most_common(1)[0][0].name)}")
    forms = ["I"] if character.role == "narrator" else []
    forms += subject_forms(character.pronouns)
    return [
        fitted(Text(" " + _name(character)), _NAME_WIDTH),
        Text(_called(character)),
        fitted(Text(", ".join(one_line(form) for form in forms)), _NAME_WIDTH),
        Text(f"{len(character.mentions):,}"),
        fitted(spoken, _NAME_WIDTH),
    ]


def _name(character: Character) -> str:
    """The name; in brackets that of somebody whom the story calls by pronouns only."""
    name = one_line(character.name)
    return name if character.aliases else f"({name})"


def _called(character: Character) -> str:
    """The most used other forms; "a coward" is what somebody is said to be, not what they are called."""
    others = sorted(
        (
            a
            for a in character.aliases
            if a.text.casefold() != character.name.casefold() and not a.text.startswith(("a ", "an "))
        ),
        key=lambda a: -a.count,
    )
    return ", ".join(one_line(alias.text) for alias in others[:3])


def _named(character: Character) -> bool:
    return any(mention.kind == "PROP" for mention in character.mentions)


def _off_stage(reading: Reading) -> list[Character]:
    """Those who are named but never there: in no scene or, where there are no scenes, only spoken of."""
    there = {number for scene in reading.analysis.scenes for number in scene.characters}
    if not there:
        spoken = sorted((q.start, q.end) for q in reading.analysis.quotes if q.parent is None)
        starts = [start for start, _ in spoken]
        for mention in reading.analysis.mentions:
            place = bisect_right(starts, mention.start) - 1
            if mention.entity is not None and (place < 0 or mention.start >= spoken[place][1]):
                there.add(mention.entity)
    return [c for c in reading.characters if c.id not in there and not c.lines and _named(c)]


def _outside(reading: Reading) -> list[str]:
    """Names of persons that the reading gives to nobody: sworn by, quoted, proverbial."""
    return list(
        dict.fromkeys(
            one_line(m.text)
            for m in reading.mentions
            if m.value.entity is None and m.kind == "PROP" and m.type == "PER"
        )
    )


def _people(label: str, names: Sequence[str], width: int | None, more: int = 0) -> Iterator[Text]:
    if names or more:
        line = Text.assemble((f" {label}: ", _FAINT), listed([one_line(n) for n in names], 8, more) + ".")
        yield fitted(line, width)


# ------------------------------------------------------------------ how sure
def _sure(reading: Reading, width: int | None) -> Iterator[Text]:
    analysis = reading.analysis
    people, speakers = person_decisions(analysis), speaker_decisions(analysis)
    heard = [q.addressee_confidence for q in analysis.quotes if q.addressee_confidence is not None]
    rows = [_heading("HOW SURE", "sure ≥ .9", "likely", "open", "expected wrong")]
    for label, tally in (
        (
            f" which person ({counted(len(people), 'pronoun')})",
            sureness((d.confidence, d.answer is not None) for d in people),
        ),
        (
            f" who speaks ({counted(len(speakers), 'quote')})",
            sureness((d.confidence, d.answer is not None) for d in speakers),
        ),
        (f" to whom ({counted(len(heard), 'quote')})", sureness((p, True) for p in heard)),
    ):
        if tally.total:
            rows.append(_tally(label, tally))
    if len(rows) > 1:
        yield Text()
        yield from columns(rows, "lrrrr", width=width, flexible=0, indent=0, gap=3)
        yield fitted(
            Text(" Measured on older novels; on fan fiction it may do worse (see README).", _FAINT), width
        )


def _tally(label: str, tally: Sureness) -> list[Text]:
    counts = (tally.sure, tally.likely, tally.open)
    wrong = f"{tally.expected_wrong:,.0f}" if tally.expected_wrong >= 1 or not tally.expected_wrong else "< 1"
    return [Text(label), *(Text(f"{n:,}") for n in counts), Text(wrong)]


# ------------------------------------------------------------------ what to check
def _first(reading: Reading, width: int | None) -> Iterator[Text]:
    doubts = [d for d in check_first(reading.analysis, 4 * _DOUBT_ROWS) if _told_apart(reading, d)][
        :_DOUBT_ROWS
    ]
    if not doubts:
        return
    rows = []
    for doubt in doubts:
        found = doubt.decision.candidates[:2]
        answers = [Text(f"{_short(reading, c.entity)} {chance(c.p)}") for c in found]
        answers = answers or [_only(reading, doubt)]
        more = Text(f"decides {doubt.decides:,} more" if doubt.decides else "", _FAINT)
        line = Text(f" line {reading.line_of(doubt.decision.start):,}")
        rows.append([line, Text(), *answers, *([Text()] * (2 - len(answers))), more])
    others = sum(max(row[i].cell_len for row in rows) for i in range(5))
    room = max((width or _WIDEST) - others - 4 * 2, 12)
    excerpts = Excerpts(reading, room)
    for row, doubt in zip(rows, doubts, strict=True):
        row[1] = excerpts.of(doubt)
    yield Text()
    yield Text("CHECK FIRST", style=_HEADING)
    yield from columns(rows, "lllll", width=width or _WIDEST, flexible=1, indent=0)


def _told_apart(reading: Reading, doubt: Doubt) -> bool:
    """Whether the two likeliest answers read differently: between "them" and "them" nobody can choose."""
    shown = [_short(reading, c.entity) for c in doubt.decision.candidates[:2]]
    return len(set(shown)) == len(shown)


def _only(reading: Reading, doubt: Doubt) -> Text:
    answer = doubt.decision.answer
    name = "nobody known" if answer is None else _short(reading, answer)
    return Text(f"{name} {chance(doubt.decision.confidence)}")


def _short(reading: Reading, number: int) -> str:
    return fitted(Text(one_line(reading.entity(number).name)), 16).plain


def _heading(*titles: str) -> list[Text]:
    return [Text(titles[0], style=_HEADING), *(Text(title, style=_FAINT) for title in titles[1:])]
