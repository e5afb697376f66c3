"""The parts of a file by their function: the story itself, and all that stands around it and between.

A line is judged by its look (``lines``, ``notes``) and its place: before the story, at the top of a chapter,
inside the story, after an end. Inside the story only what says what it is counts, because a paragraph wrongly
set aside is lost to the reading.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from fabula.text import header_lines as header
from fabula.text.archive_lines import archive_of, mark_archive_lines
from fabula.text.boilerplate import mark_boilerplate
from fabula.text.declared import Declared, Declaring
from fabula.text.draft import Draft, make_drafts
from fabula.text.extents import Zone, closes_early, ends_part, is_key, is_plain, note_end, section_end
from fabula.text.headings import mark_headings
from fabula.text.language import language_code
from fabula.text.letters import mark_letters
from fabula.text.lines import bare
from fabula.text.mail import mark_mail
from fabula.text.notes import disclaims, meta_score, narrates, note_like
from fabula.text.segments import make_segments
from fabula.text.title_page import (
    dedication_end,
    imprint_end,
    names_story,
    on_front_page,
    part_byline,
    signature,
    signs,
    title_at,
)
from fabula.text.written import mark_written
from fabula.types import Segment, SegmentKind, Span

_SIMPLE_TAG = re.compile(
    r"(?:https?://\S+|www\.\S+|\S+@\S+\.\w+|posted (?:on|at|to)\b.{0,80})$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Paratext:
    """Typed segments, in text order and disjoint, that cover all text not blank; what the header declares."""

    segments: tuple[Segment, ...]
    title: str | None = None
    author: str | None = None
    declared_language: str | None = None
    metadata: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    archive: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What a file says of one paragraph: ``kind`` None and ``fixed`` is story whatever it looks like."""

    kind: SegmentKind | None = None
    label: str | None = None
    group: int = 0
    fixed: bool = False


def find_paratext(
    text: str,
    paragraphs: Sequence[Span],
    known: Sequence[Known] = (),
    declared: Declared | None = None,
) -> Paratext:
    """Type every paragraph. ``paragraphs`` are those of ``text``, in order; ``known`` is said of each."""
    drafts = make_drafts(text, paragraphs)
    for draft, fact in zip(drafts, known, strict=False):
        if fact.kind is not None:
            draft.mark(fact.kind, fact.label, fact.group)
        draft.fixed = fact.fixed
    return _Reader(text, drafts, declared or Declared()).read()


class _Reader:
    """One pass over the paragraphs; ``zone`` says where in the file it stands."""

    def __init__(self, text: str, drafts: list[Draft], told: Declared) -> None:
        self.text, self.drafts = text, drafts
        self.zone: Zone = "front"
        self.told = Declaring(told)
        self.archive = archive_of(text)

    def read(self) -> Paratext:
        declared = mark_boilerplate(self.text, self.drafts)
        for key, value in declared.items():
            self.told.add(key, value)
        for key, values in mark_archive_lines(self.drafts).items():
            self.told.extend(key, values)
            if key == "Language":
                self.told.language = self.told.language or language_code(values[0])
            elif key == "Author":
                self.told.author = self.told.author or values[0]
        mark_headings(self.text, self.drafts)
        self._walk()
        self._close_chapters()
        mark_mail(self.text, self.drafts)
        mark_letters(self.drafts)
        mark_written(self.text, self.drafts)
        return Paratext(
            tuple(make_segments(self.text, self.drafts)),
            self.told.title,
            self.told.author,
            self.told.language,
            self.told.metadata(),
            self.archive,
        )

    # -------------------------------------------------------------- the walk
    def _walk(self) -> None:
        i = 0
        while i < len(self.drafts):
            draft = self.drafts[i]
            if draft.fixed and draft.kind in (None, "title", "byline", "tags", "summary"):
                self.zone = "body" if draft.kind is None else "top"
                if draft.kind == "title" and self.told.title is None and draft.flat:
                    self.told.title = bare(draft.flat)
                elif draft.kind == "byline" and self.told.author is None and draft.flat:
                    self.told.author = header.byline(draft.flat) or draft.flat
                part_byline(self.text, draft, self.told)
            elif draft.kind is None:
                after = self._labelled(i) or self._by_place(i)
                if after:
                    i = after
                    continue
                self.zone = "body"
            elif draft.kind == "heading":
                if self._names_story(i):
                    self._take_title(draft)
                else:
                    self.zone = "top"
            elif draft.kind == "end":
                self.zone = "tail"
            i += 1

    def _names_story(self, i: int) -> bool:
        """Whether a heading in front of the header lines is the title of the story."""
        return (
            self.zone == "front"
            and self.told.title is not None
            and bare(self.drafts[i].flat).casefold() == self.told.title.casefold()
        )

    def _labelled(self, i: int) -> int:
        """Type a paragraph that says what it is, and what belongs to it; return one past, or 0."""
        draft = self.drafts[i]
        section = header.section_label(draft.flat) if draft.flat else None
        if section is not None and section[0] == "note" and self.zone == "body":
            self.zone = "tail" if ends_part(self.drafts, i, section[1]) else "body"
        if section is not None and self._may_open(i, section[1]):
            return self._block(i, section[0], section[1], alone=True)
        label = header.note_opening(draft.head)
        if label is not None:
            if closes_early(draft):
                return 0
            return self._block(i, "note", label, alone=header.opens_bare_note(draft.head))
        pair = header.key_value(draft.head)
        if pair is None or pair.kind is None or not self._believes(i, pair):
            return 0
        return self._key(i, pair)

    def _may_open(self, i: int, label: str) -> bool:
        """Whether a line such as "Notes" may open a section here."""
        if self.zone != "body" or "author" in label.lower():
            return True
        return " " in label or (i > 0 and self.drafts[i - 1].kind is not None) or self.drafts[i].blanks > 1

    def _believes(self, i: int, pair: header.KeyValue) -> bool:
        """Whether a key counts as a header line at this place."""
        common = pair.key.lower() in header.COMMON_KEYS
        beside = is_key(self.drafts, i + 1) or (
            i > 0 and self.drafts[i - 1].kind in ("tags", "summary", "disclaimer", "title")
        )
        if pair.key[0].islower() and not beside:
            return False
        if len(self.drafts[i].head) > 400 and pair.kind in ("tags", "title", "byline"):
            return False
        if self.zone == "front":
            first = i <= 1 or self.drafts[i - 1].kind == "byline"
            return not common or beside or (first and not narrates(pair.value))
        if pair.kind == "disclaimer":
            return True
        if pair.kind in ("title", "byline") or common:
            return beside and (self.zone != "body" or (i > 0 and self.drafts[i - 1].kind is not None))
        return self.zone in ("top", "tail") or beside

    def _key(self, i: int, pair: header.KeyValue) -> int:
        draft = self.drafts[i]
        kind = pair.kind
        value = pair.value or (self.drafts[i + 1].flat if i + 1 < len(self.drafts) else "")
        every = header.key_value(self.text[draft.start : draft.end])
        whole = " ".join((pair if every is None else every).value.split()).strip("*_ ")
        if kind in ("summary", "disclaimer", "note"):
            after = self._block(i, kind, pair.key, alone=not pair.value)
            if kind != "note":
                body = self.text[
                    draft.start if pair.value else self.drafts[min(i + 1, after - 1)].start : self.drafts[
                        after - 1
                    ].end
                ]
                every = header.key_value(body) if pair.value else None
                said = " ".join((body if every is None else every.value).split())
                self.told.add(pair.key, said.strip("*_ ") if pair.value else said)
            return after
        after = i + 1
        if (
            not pair.value
            and after < len(self.drafts)
            and is_plain(self.drafts, after)
            and 0 < len(self.drafts[after].flat) <= 160
        ):
            after += 1
            whole = value
        group = 0 if kind == "tags" else i + 1
        for d in self.drafts[i:after]:
            d.mark("tags" if kind == "tags" else "title" if kind == "title" else "byline", pair.key, group)
        self.told.add(pair.key, whole)
        return after

    # -------------------------------------------------------------- notes and their like
    def _block(self, i: int, kind: str, label: str, *, alone: bool) -> int:
        """Type the paragraphs of a note, summary or disclaimer that opens at ``i``; return one past."""
        if kind == "note":
            after = note_end(self.text, self.drafts, i, self.zone, alone)
        else:
            after = section_end(self.drafts, i, kind, alone)
        found: SegmentKind = "note" if kind == "note" else "summary" if kind == "summary" else "disclaimer"
        for draft in self.drafts[i:after]:
            draft.mark(found, label, i + 1)
        if alone and kind != "note" and after > i + 1:
            self.told.add(
                label, " ".join(self.text[self.drafts[i + 1].start : self.drafts[after - 1].end].split())
            )
        return after

    # -------------------------------------------------------------- by its place
    def _by_place(self, i: int) -> int:
        """Type a paragraph that does not say what it is, by where it stands; return one past, or 0."""
        draft = self.drafts[i]
        if self.zone == "body":
            return 0
        if self.zone != "tail" and i and self.drafts[i - 1].kind in ("title", "byline"):
            if signs(self.drafts, i, self.told):
                draft.mark("byline", None, i + 2)
                self.drafts[i + 1].mark("byline", None, i + 2)
                return i + 2
            after = imprint_end(self.text, self.drafts, i)
            for d in self.drafts[i:after]:
                d.mark("boilerplate", None, i + 1)
            if after:
                return after
        if self.zone == "front":
            after = dedication_end(self.text, self.drafts, i) if self.told.title is not None else 0
            for d in self.drafts[i:after]:
                d.mark("boilerplate", "Dedication", i + 1)
            if after:
                return after
            if self.told.title is None or (draft.flat and names_story(draft.flat, self.told.title)):
                after = title_at(self.text, self.drafts, i, self.told)
                if after:
                    return after
            if draft.flat and _SIMPLE_TAG.match(draft.flat):
                draft.mark("tags")
                return i + 1
            pair = header.key_value(draft.head)
            if (
                pair is not None
                and pair.value
                and i
                and self.drafts[i - 1].kind == "tags"
                and draft.blanks == 0
            ):
                draft.mark("tags", pair.key)
                self.told.add(pair.key, pair.value)
                return i + 1
            if draft.flat and self.told.author and bare(draft.flat).casefold() == self.told.author.casefold():
                draft.mark("byline", None, i + 1)
                return i + 1
        name = header.byline(draft.flat) if draft.flat and (self.zone == "front" or i < 6) else None
        if name is not None and self.zone in ("front", "top"):
            draft.mark("byline", None, i + 1)
            self.told.add("Author", name)
            return i + 1
        if self.zone == "front" and self.archive == "gutenberg" and on_front_page(self.text, self.drafts, i):
            draft.mark("boilerplate", None, i + 1)
            return i + 1
        if disclaims(draft.head):
            draft.mark("disclaimer", None, i + 1)
            return i + 1
        threshold = {"front": 3.0, "top": 3.5, "tail": 1.5}[self.zone]
        if note_like(draft.head, threshold):
            draft.mark("note", None, i + 1)
            return i + 1
        return self._before_break(i)

    def _before_break(self, i: int) -> int:
        """Type what stands before the first break as a note if it speaks like one; return one past, or 0."""
        if self.zone == "tail" or meta_score(self.drafts[i].head) < 1.5:
            return 0
        score = 0.0
        for j in range(i, min(len(self.drafts), i + 6)):
            draft = self.drafts[j]
            if draft.kind == "scene_break" and score >= 3:
                for d in self.drafts[i:j]:
                    d.mark("note", None, i + 1)
                return j
            if not is_plain(self.drafts, j) or narrates(draft.head) or draft.end - draft.start > 500:
                return 0
            score += meta_score(draft.head)
        return 0

    def _take_title(self, draft: Draft) -> None:
        draft.mark("title", None, draft.group)

    def _close_chapters(self) -> None:
        """Find notes without a label in the last paragraphs before a heading or the end of the file."""
        looking = True
        signed: list[Draft] = []
        for draft in reversed(self.drafts):
            if draft.kind in ("heading", "boilerplate"):
                looking, signed = True, []
            elif draft.kind is not None or not looking:
                continue
            elif note_like(draft.head, 2.5) and draft.head[0] not in '"“':
                for d in (*signed, draft):
                    d.mark("note", None, draft.start + 1)
                signed = []
            elif not signed and signature(draft):
                signed = [draft]
            else:
                looking = False
