"""The tables of a reading: what ``csv``, ``parquet`` and ``jsonl`` write.

A table has columns of one type each. Offsets are code points, half-open. ``story`` is the story's id,
shortened to twelve digits, so that the tables of many stories can be put into one. A name stands beside every
id, so that a table can be read alone. ``line`` counts from 1, ``scene`` is the id of the scene an item begins
in.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from fabula.export.blocks import chapters_of
from fabula.export.token_ranges import Places
from fabula.export.voices import display_name
from fabula.types import Analysis

Type = Literal["int", "float", "bool", "text", "ints", "texts"]
Columns = tuple[tuple[str, Type], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A named table: its columns, and rows in their order."""

    name: str
    columns: Columns
    rows: Sequence[tuple[Any, ...]]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(name for name, _ in self.columns)


class _Facts:
    """What every table looks up."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis, self.text = analysis, analysis.story.text
        self.id = analysis.story.id[:12]
        self.names = {e.id: display_name(e) for e in analysis.entities}
        self._line_starts = [0, *(i + 1 for i, c in enumerate(self.text) if c == "\n")]
        chapters = chapters_of(analysis.story)
        self._chapter_starts = [c.blocks[0].start for c in chapters if c.title is not None]
        self._scenes = sorted((s.start, s.end, s.id) for s in analysis.scenes)
        self._scene_starts = [start for start, _, _ in self._scenes]
        outer = sorted((q.start, q.end) for q in analysis.quotes if q.parent is None)
        self._outer = Places(outer)

    def name(self, entity: int | None) -> str | None:
        return None if entity is None else self.names[entity]

    def line(self, offset: int) -> int:
        return bisect_right(self._line_starts, offset)

    def chapter(self, offset: int) -> int:
        """How many headings stand before: 0 before the first."""
        return bisect_right(self._chapter_starts, offset)

    def scene(self, offset: int) -> int | None:
        place = bisect_right(self._scene_starts, offset) - 1
        return self._scenes[place][2] if place >= 0 and offset < self._scenes[place][1] else None

    def in_speech(self, offset: int) -> bool:
        return self._outer.of(offset) is not None


def tables_of(analysis: Analysis) -> list[Table]:
    """Every table of a reading, empty ones too."""
    facts = _Facts(analysis)
    return [
        Table(name, (("story", "text"), *columns), [(facts.id, *row) for row in rows(facts)])
        for name, columns, rows in _TABLES
    ]


# ------------------------------------------------------------------ the rows
def _stories(facts: _Facts) -> Iterator[tuple[Any, ...]]:
    story, producer = facts.analysis.story, facts.analysis.producer
    yield (
        story.title, story.author, story.language, story.format, len(story.text), len(story.tokens),
        [f"{name}: {value}" for name, values in story.metadata.items() for value in values],
        producer.fabula, producer.model,
    )  # fmt: skip


_STORY: Columns = (
    ("title", "text"), ("author", "text"), ("language", "text"), ("format", "text"), ("characters", "int"),
    ("tokens", "int"), ("metadata", "texts"), ("fabula", "text"), ("model", "text"),
)  # fmt: skip


def _characters(facts: _Facts, persons: bool = True) -> Iterator[tuple[Any, ...]]:
    analysis = facts.analysis
    spoken = [q for q in analysis.quotes if q.speaker is not None]
    lines = Counter(q.speaker for q in spoken)
    words: Counter[int | None] = Counter()
    for q in spoken:
        words[q.speaker] += len(facts.text[q.start : q.end].split())
    scenes = Counter(c for s in analysis.scenes for c in s.characters)
    for e in sorted(analysis.entities, key=lambda e: (-e.mention_count, e.id)):
        if (e.type == "PER") == persons:
            yield (
                e.id, facts.names[e.id], e.type, e.number, e.role, [a.text for a in e.aliases],
                [f"{form}: {count}" for form, count in e.pronouns.items()],
                [facts.names[m] for m in e.members], e.mention_count, lines[e.id], words[e.id], scenes[e.id],
            )  # fmt: skip


_ENTITY: Columns = (
    ("id", "int"), ("name", "text"), ("type", "text"), ("number", "text"), ("role", "text"),
    ("aliases", "texts"), ("pronouns", "texts"), ("members", "texts"), ("mentions", "int"), ("lines", "int"),
    ("words_spoken", "int"), ("scenes", "int"),
)  # fmt: skip


def _others(facts: _Facts) -> Iterator[tuple[Any, ...]]:
    return _characters(facts, persons=False)


def _mentions(facts: _Facts) -> Iterator[tuple[Any, ...]]:
    for m in facts.analysis.mentions:
        yield (
            m.id, m.start, m.end, facts.line(m.start), facts.chapter(m.start), facts.scene(m.start), m.type,
            m.kind, m.entity, facts.name(m.entity), facts.in_speech(m.start), m.confidence,
            [c.entity for c in m.candidates], facts.text[m.start : m.end],
        )  # fmt: skip


_MENTION: Columns = (
    ("id", "int"), ("start", "int"), ("end", "int"), ("line", "int"), ("chapter", "int"), ("scene", "int"),
    ("type", "text"), ("kind", "text"), ("entity", "int"), ("name", "text"), ("in_speech", "bool"),
    ("confidence", "float"), ("candidates", "ints"), ("text", "text"),
)  # fmt: skip


def _quotes(facts: _Facts) -> Iterator[tuple[Any, ...]]:
    for q in facts.analysis.quotes:
        yield (
            q.id, q.start, q.end, facts.line(q.start), facts.chapter(q.start), facts.scene(q.start), q.kind,
            q.type, q.speaker, facts.name(q.speaker), list(q.addressees),
            [facts.names[a] for a in q.addressees], q.mention,
            None if q.cue is None else facts.text[q.cue.start : q.cue.end], q.parent, q.confidence,
            q.addressee_confidence, [c.entity for c in q.candidates], facts.text[q.start : q.end],
        )  # fmt: skip


_QUOTE: Columns = (
    ("id", "int"), ("start", "int"), ("end", "int"), ("line", "int"), ("chapter", "int"), ("scene", "int"),
    ("kind", "text"), ("type", "text"), ("speaker", "int"), ("speaker_name", "text"), ("addressees", "ints"),
    ("addressee_names", "texts"), ("mention", "int"), ("cue", "text"), ("parent", "int"),
    ("confidence", "float"), ("addressee_confidence", "float"), ("candidates", "ints"), ("text", "text"),
)  # fmt: skip


def _acts(facts: _Facts) -> Iterator[tuple[Any, ...]]:
    for a in facts.analysis.acts:
        start, end = a.evidence.start, a.evidence.end
        yield (
            a.id, a.kind, a.agent, facts.name(a.agent), a.patient, facts.name(a.patient), a.channel,
            a.negated, a.hypothetical, a.confidence, a.trigger.start, a.trigger.end, start, end,
            facts.line(start), facts.chapter(start), facts.scene(start), facts.text[start:end],
        )  # fmt: skip


_ACT: Columns = (
    ("id", "int"), ("kind", "text"), ("agent", "int"), ("agent_name", "text"), ("patient", "int"),
    ("patient_name", "text"), ("channel", "text"), ("negated", "bool"), ("hypothetical", "bool"),
    ("confidence", "float"), ("trigger_start", "int"), ("trigger_end", "int"), ("start", "int"),
    ("end", "int"), ("line", "int"), ("chapter", "int"), ("scene", "int"), ("text", "text"),
)  # fmt: skip


def _emotions(facts: _Facts) -> Iterator[tuple[Any, ...]]:
    for e in facts.analysis.emotions:
        start, end = e.cue.start, e.cue.end
        yield (
            e.id, e.character, facts.name(e.character), e.label, e.valence, e.channel, e.negated,
            e.hypothetical, e.confidence, start, end, facts.line(start), facts.chapter(start),
            facts.scene(start), facts.text[start:end],
        )  # fmt: skip


_EMOTION: Columns = (
    ("id", "int"), ("character", "int"), ("character_name", "text"), ("label", "text"), ("valence", "float"),
    ("channel", "text"), ("negated", "bool"), ("hypothetical", "bool"), ("confidence", "float"),
    ("start", "int"), ("end", "int"), ("line", "int"), ("chapter", "int"), ("scene", "int"), ("text", "text"),
)  # fmt: skip


def _scenes(facts: _Facts) -> Iterator[tuple[Any, ...]]:
    for s in facts.analysis.scenes:
        names = [facts.names[c] for c in s.characters]
        words = len(facts.text[s.start : s.end].split())
        yield (
            s.id,
            s.start,
            s.end,
            facts.line(s.start),
            facts.chapter(s.start),
            words,
            list(s.characters),
            names,
        )


_SCENE: Columns = (
    ("id", "int"), ("start", "int"), ("end", "int"), ("line", "int"), ("chapter", "int"), ("words", "int"),
    ("characters", "ints"), ("character_names", "texts"),
)  # fmt: skip


def _bonds(facts: _Facts) -> Iterator[tuple[Any, ...]]:
    """A row for each pair, scene and direction."""
    for b in facts.analysis.bonds:
        for s in b.scenes:
            for way, (one, other) in enumerate(((b.a, b.b), (b.b, b.a))):
                acts = [f"{kind}: {counts[way]}" for kind, counts in s.acts.items() if counts[way]]
                tone = (None, None, None) if s.tone is None else (s.tone.value, s.tone.low, s.tone.high)
                yield (
                    one, facts.names[one], other, facts.names[other], s.scene, s.lines[way],
                    sum(counts[way] for counts in s.acts.values()), acts, *tone,
                )  # fmt: skip


_BOND: Columns = (
    ("from", "int"), ("from_name", "text"), ("to", "int"), ("to_name", "text"), ("scene", "int"),
    ("lines", "int"), ("acts", "int"), ("kinds", "texts"), ("tone", "float"), ("tone_low", "float"),
    ("tone_high", "float"),
)  # fmt: skip

_TABLES: tuple[tuple[str, Columns, Callable[[_Facts], Iterator[tuple[Any, ...]]]], ...] = (
    ("story", _STORY, _stories),
    ("quotes", _QUOTE, _quotes),
    ("mentions", _MENTION, _mentions),
    ("characters", _ENTITY, _characters),
    ("places", _ENTITY, _others),
    ("acts", _ACT, _acts),
    ("emotions", _EMOTION, _emotions),
    ("scenes", _SCENE, _scenes),
    ("bonds", _BOND, _bonds),
)
