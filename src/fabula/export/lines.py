"""A story as lines to be read aloud: who reads which stretch, in which voice, and what is left out.

The lines and omissions of a performance, in text order, are the story, character for character: blanks after
a line belong to it.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from fabula.export.blocks import Block, blocks_of, chapters_of
from fabula.export.choices import Choices
from fabula.export.request import Request
from fabula.export.speech_tags import SpeechTags
from fabula.export.voices import NARRATOR, UNKNOWN, VoiceRow, display_name, rows_of
from fabula.types import Analysis, Quote

LineKind = Literal["narration", "speech", "thought", "writing", "heading", "paratext"]


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch that one voice reads: ``text``, then the blanks ``after``, at ``start`` in the story's text.

    ``id`` depends on the words, the voice and the pronunciations only, and on how often the same line came
    before: a line that did not change keeps it. ``character`` is a name, ``(narrator)`` or ``(unknown)``;
    ``voice`` is "" where voices.csv has none. ``whole`` tells a line that is a paragraph of its own.
    """

    id: str
    start: int
    text: str
    after: str
    kind: LineKind
    character: str
    voice: str
    sayings: tuple[tuple[str, str], ...] = ()
    confidence: float | None = None
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Omission:
    """A stretch that is not read, and why: a kind of segment, "speech tag" or "blank"."""

    start: int
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Part:
    """A chapter of a performance, in text order."""

    title: str | None
    items: tuple[Line | Omission, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """What is read."""
        return tuple(item for item in self.items if isinstance(item, Line))


@dataclass(frozen=True, slots=True)
class Performance:
    """A whole story as it is read."""

    parts: tuple[Part, ...]

    @property
    def chapters(self) -> tuple[Part, ...]:
        """The parts in which something is read."""
        return tuple(part for part in self.parts if part.lines)

    @property
    def omissions(self) -> tuple[Omission, ...]:
        """All that is not read, in text order."""
        return tuple(item for part in self.parts for item in part.items if isinstance(item, Omission))


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A stretch before it has its voice: without blanks; ``why`` is set where it is not read."""

    start: int
    end: int
    kind: LineKind
    entity: int | None
    confidence: float | None
    whole: bool
    why: str = ""


def perform(analysis: Analysis, request: Request) -> Performance:
    """The performance of a story with the choices and voices of ``request``."""
    return _Director(analysis, request).perform()


class _Director:
    def __init__(self, analysis: Analysis, request: Request) -> None:
        self.analysis, self.text = analysis, analysis.story.text
        self.choices: Choices = request.choices
        self.names = {e.id: display_name(e) for e in analysis.entities}
        self.rows = rows_of(analysis.entities, request.voices)
        self.narrator = request.voices.named(NARRATOR) or VoiceRow(NARRATOR)
        self.unknown = request.voices.named(UNKNOWN) or VoiceRow(UNKNOWN)
        self.quotes = sorted((q for q in analysis.quotes if q.parent is None), key=lambda q: q.start)
        self.tags = SpeechTags(analysis) if self.choices.tags == "omitted" else None
        self.sayings = {w: s for row in request.voices.rows for w, s in row.sayings().items()}
        words = sorted(map(re.escape, self.sayings), key=len, reverse=True)
        self.said = re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)") if words else None
        self.seen: Counter[str] = Counter()
        self.at = 0

    def perform(self) -> Performance:
        story = self.analysis.story
        chapters = chapters_of(story, blocks_of(story))
        stretches = [list(self._stretches(chapter.blocks)) for chapter in chapters]
        starts = [s.start for part in stretches for s in part]
        ends = [*starts[1:], len(self.text)]
        parts: list[Part] = []
        number = 0
        for chapter, part in zip(chapters, stretches, strict=True):
            items: list[Line | Omission] = []
            for stretch in part:
                items.append(self._item(stretch, ends[number]))
                number += 1
            parts.append(Part(chapter.title, tuple(items)))
        lead = starts[0] if starts else len(self.text)
        if lead:
            first = Omission(0, self.text[:lead], "blank")
            parts[:1] = (
                [replace(parts[0], items=(first, *parts[0].items))] if parts else [Part(None, (first,))]
            )
        return Performance(tuple(parts))

    # -------------------------------------------------------------- from blocks to stretches
    def _stretches(self, blocks: Sequence[Block]) -> Iterator[_Stretch]:
        for block in blocks:
            if not block.is_story:
                yield self._paratext(block)
                continue
            # A quote may run over several blocks: the first that matters is the first not yet over.
            while self.at < len(self.quotes) and self.quotes[self.at].end <= block.start:
                self.at += 1
            last = self.at
            while last < len(self.quotes) and self.quotes[last].start < block.end:
                last += 1
            yield from self._trimmed(block, self._cut(block, self.quotes[self.at : last]))

    def _paratext(self, block: Block) -> _Stretch:
        heading = block.kind == "heading"
        spoken = self.choices.headings if heading else self.choices.paratext
        why = block.kind if spoken == "omitted" or block.kind == "scene_break" else ""
        kind: LineKind = "heading" if heading else "paratext"
        return _Stretch(block.start, block.end, kind, None, None, True, why)

    def _cut(self, block: Block, quotes: Sequence[Quote]) -> Iterator[_Stretch]:
        """The block cut into speech and what stands between, blanks included."""
        at, before = block.start, False
        for quote in quotes:
            start, end = max(quote.start, block.start), min(quote.end, block.end)
            if start > at:
                yield from self._between(block, at, start, before, True)
            yield self._spoken(quote, start, end)
            at, before = end, True
        if at < block.end:
            yield from self._between(block, at, block.end, before, False)

    def _between(self, block: Block, start: int, end: int, before: bool, after: bool) -> Iterator[_Stretch]:
        """Narration, with the bare speech tags in it set apart if they are to be left out."""
        teller = self._teller(block)
        tag = self.tags.bare(start, end, before, after) if self.tags else None
        for a, b in [(start, end)] if tag is None else [(start, tag[0]), tag, (tag[1], end)]:
            if a < b:
                why = "speech tag" if (a, b) == tag else ""
                yield _Stretch(a, b, "narration", teller, None, False, why)

    def _teller(self, block: Block) -> int | None:
        """The entity in whose voice narration is read; None is the narrator."""
        choice = self.choices.letters if block.kind == "letter" else self.choices.first_person
        return block.narrator if choice == "character" else None

    def _spoken(self, quote: Quote, start: int, end: int) -> _Stretch:
        choices = {"speech": "character", "thought": self.choices.thoughts, "writing": self.choices.letters}
        speaker = quote.speaker if choices[quote.kind] == "character" else None
        if speaker is None and quote.speaker is None and self.choices.unknown == "unknown":
            speaker = _UNKNOWN
        return _Stretch(start, end, quote.kind, speaker, quote.confidence, False)

    def _trimmed(self, block: Block, stretches: Iterable[_Stretch]) -> list[_Stretch]:
        """The stretches of a block without blanks; narration without a word joins its neighbour."""
        joined: list[_Stretch] = []
        for s in stretches:
            words = self.text[s.start : s.end]
            left, right = s.start + len(words) - len(words.lstrip()), s.start + len(words.rstrip())
            if left >= right:
                continue
            s = replace(s, start=left, end=right)
            last = joined[-1] if joined else None
            if last is None or last.why or s.why:
                joined.append(s)
            elif self._is_mark(s):
                joined[-1] = replace(last, end=s.end)
            elif self._is_mark(last):
                joined[-1] = replace(s, start=last.start)
            else:
                joined.append(s)
        if len(joined) == 1:
            joined = [replace(joined[0], whole=(joined[0].start, joined[0].end) == (block.start, block.end))]
        return joined

    def _is_mark(self, stretch: _Stretch) -> bool:
        """Whether the stretch is narration without a word, such as a dash between two quotes."""
        words = self.text[stretch.start : stretch.end]
        return stretch.kind == "narration" and not any(map(str.isalnum, words))

    # -------------------------------------------------------------- from stretches to lines
    def _item(self, stretch: _Stretch, until: int) -> Line | Omission:
        """The stretch as it is read or left out; blanks up to ``until`` belong to it."""
        if stretch.why:
            return Omission(stretch.start, self.text[stretch.start : until], stretch.why)
        words = self.text[stretch.start : stretch.end]
        character, voice = self._voice(stretch)
        found = dict.fromkeys(self.said.findall(words)) if self.said else {}
        sayings = tuple((word, self.sayings[word]) for word in found)
        key = "\0".join((voice or character, repr(sayings), words))
        digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:12]
        self.seen[digest] += 1
        return Line(
            id=digest if self.seen[digest] == 1 else f"{digest}-{self.seen[digest]}",
            start=stretch.start,
            text=words,
            after=self.text[stretch.end : until],
            kind=stretch.kind,
            character=character,
            voice=voice,
            sayings=sayings,
            confidence=stretch.confidence,
            whole=stretch.whole,
        )

    def _voice(self, stretch: _Stretch) -> tuple[str, str]:
        """The name of who reads, and the voice."""
        if stretch.entity is None:
            return NARRATOR, self.narrator.voice
        if stretch.entity == _UNKNOWN:
            return UNKNOWN, self.unknown.voice
        row = self.rows.get(stretch.entity)
        voice = row.voice if row else ""
        if not voice and stretch.kind == "narration":
            voice = self.narrator.voice
        return self.names[stretch.entity], voice


_UNKNOWN = -1
"""Stands for the speaker who is not known; ids of entities are never negative."""
