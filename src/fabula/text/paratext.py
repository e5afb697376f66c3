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
from fabula.text.draft import Draft, make_drafts
from fabula.text.extents import Zone, closes_early, ends_part, is_key, is_plain, note_end, section_end
from fabula.text.headings import mark_headings
from fabula.text.language import language_code
from fabula.text.letters import mark_letters
from fabula.text.lines import bare, title_like
from fabula.text.notes import disclaims, meta_score, narrates, note_like
from fabula.text.segments import make_segments
from fabula.types import Segment, SegmentKind, Span

_TITLE_BY = re.compile(r"(?P<title>\S.{0,70}?)(?P<by>,?\s+by\s*:?\s+(?P<author>[^.!?,;]{2,50}))")
_YEAR = re.compile(r"\W*(?:1[5-9]\d\d|20\d\d|M[DCLXVI]{3,})\W*")
_IMPRINT_LINES = 6
_LIST_VALUES = frozenset(
    {"additional tags", "tags", "pairing", "pairings", "characters", "character", "relationship",
    "relationships", "warnings",
     "archive warnings", "genre", "genres", "keywords"}
)  # fmt: skip
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


@dataclass(frozen=True, slots=True)
class Declared:
    """What a file declares apart from its text."""

    title: str | None = None
    author: str | None = None
    language: str | None = None
    metadata: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


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
        self.title, self.author = told.title, told.author
        self.language = language_code(told.language) if told.language else None
        self.metadata = {key: list(values) for key, values in told.metadata.items()}

    def read(self) -> Paratext:
        declared = mark_boilerplate(self.text, self.drafts)
        for key, value in declared.items():
            self._declare(key, value)
        for key, values in mark_archive_lines(self.drafts).items():
            known = self.metadata.setdefault(key, [])
            known.extend(v for v in dict.fromkeys(values) if v not in known)
            self.language = self.language or (language_code(values[0]) if key == "Language" else None)
        mark_headings(self.text, self.drafts)
        self._walk()
        self._close_chapters()
        mark_letters(self.drafts)
        return Paratext(
            tuple(make_segments(self.text, self.drafts)),
            self.title,
            self.author,
            self.language,
            {key: tuple(values) for key, values in self.metadata.items()},
            archive_of(self.text),
        )

    # -------------------------------------------------------------- the walk
    def _walk(self) -> None:
        i = 0
        while i < len(self.drafts):
            draft = self.drafts[i]
            if draft.fixed and draft.kind in (None, "title", "byline", "tags", "summary"):
                self.zone = "body" if draft.kind is None else "top"
                self._sign(draft)
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

    def _sign(self, draft: Draft) -> None:
        """Part a title that holds the author's name ("Low Water by A. Writer") from it."""
        if draft.kind == "title" and self.title and self.author and draft.byline_at is None:
            m = _TITLE_BY.fullmatch(self.text[draft.start : draft.end])
            if m is not None and m["author"].strip().casefold() == self.author.casefold():
                draft.byline_at = draft.start + m.start("by")

    def _names_story(self, i: int) -> bool:
        """Whether a heading in front of the header lines is the title of the story."""
        return (
            self.zone == "front"
            and self.title is not None
            and bare(self.drafts[i].flat).casefold() == self.title.casefold()
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
        whole = " ".join(self.text[draft.start : draft.end].split(":", 1)[-1].split()).strip("*_ ")
        if kind in ("summary", "disclaimer", "note"):
            after = self._block(i, kind, pair.key, alone=not pair.value)
            if kind != "note":
                body = self.text[
                    draft.start if pair.value else self.drafts[min(i + 1, after - 1)].start : self.drafts[
                        after - 1
                    ].end
                ]
                self._declare(
                    pair.key,
                    " ".join(body.split(":", 1)[-1].split()).strip("*_ ")
                    if pair.value
                    else " ".join(body.split()),
                )
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
        self._declare(pair.key, whole)
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
            self._declare(
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
            if self._signs(i):
                draft.mark("byline", None, i + 2)
                self.drafts[i + 1].mark("byline", None, i + 2)
                return i + 2
            after = self._imprint(i)
            for d in self.drafts[i:after]:
                d.mark("boilerplate", None, i + 1)
            if after:
                return after
        if self.zone == "front":
            if self.title is None or (draft.flat and bare(draft.flat).casefold() == self.title.casefold()):
                after = self._title(i)
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
                self._declare(pair.key, pair.value)
                return i + 1
            if draft.flat and self.author and bare(draft.flat).casefold() == self.author.casefold():
                draft.mark("byline", None, i + 1)
                return i + 1
        name = header.byline(draft.flat) if draft.flat and (self.zone == "front" or i < 6) else None
        if name is not None and self.zone in ("front", "top"):
            draft.mark("byline", None, i + 1)
            self._declare("Author", name)
            return i + 1
        if disclaims(draft.head):
            draft.mark("disclaimer", None, i + 1)
            return i + 1
        threshold = {"front": 3.0, "top": 3.5, "tail": 1.5}[self.zone]
        if note_like(draft.head, threshold):
            draft.mark("note", None, i + 1)
            return i + 1
        return self._before_break(i)

    def _signs(self, i: int) -> bool:
        """Whether the paragraph is "By", and the author's name stands under it."""
        following = self.drafts[i + 1 : i + 2]
        return (
            bool(following and self.author)
            and bare(self.drafts[i].flat or "").casefold() == "by"
            and bare(following[0].flat or "").casefold() == (self.author or "").casefold()
        )

    def _imprint(self, i: int) -> int:
        """One past a publisher's lines on a title page (the place, the name, the year), or 0."""
        lines: list[str] = []
        for j in range(i, min(i + _IMPRINT_LINES, len(self.drafts))):
            flat = self.drafts[j].flat
            if not 0 < len(flat) <= 180 or self.drafts[j].kind is not None or header.byline(flat):
                return 0
            lines += self.text[self.drafts[j].start : self.drafts[j].end].split("\n")
            if len(lines) > 1 and _YEAR.fullmatch(lines[-1]):
                return j + 1 if len(lines) <= _IMPRINT_LINES and max(map(len, lines)) <= 60 else 0
        return 0

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

    def _title(self, i: int) -> int:
        """Read the first line of the story as its title, if it looks like one; return one past, or 0."""
        draft = self.drafts[i]
        flat = draft.flat
        if not flat or len(flat) > 110 or i > 40:
            return 0
        raw = self.text[draft.start : draft.end]
        m = _TITLE_BY.fullmatch(raw)
        if m and title_like(m["title"], 10) and len(m["author"].split()) <= 4 and not header.byline(flat):
            draft.mark("title", None, i + 1)
            draft.byline_at = draft.start + m.start("by")
            self._declare("Title", bare(m["title"]))
            self._declare("Author", bare(m["author"]))
            return i + 1
        core = bare(flat)
        near = self.drafts[i + 1 : i + 6]
        following = next((d for d in near if d.kind != "scene_break"), None)
        signed = following is not None and _signature(following) and len(near) > 1
        if signed:
            following = near[1]
        score = 3 * (self.title is not None and core.casefold() == self.title.casefold())
        score += title_like(core) + (core.isupper() and len(core) > 1) + (core != flat)
        about_next = False
        if following is not None:
            pair = header.key_value(following.head)
            about_next = (
                header.note_opening(following.head) is not None
                or (pair is not None and pair.kind is not None)
                or disclaims(following.head)
                or note_like(following.head, 3)
                or following.kind == "heading"
            )
            opens = following.flat and (header.byline(following.flat) or header.section_label(following.flat))
            score += 2 * bool(about_next or opens) + (following.blanks >= 2)
            score += following.blanks >= 1 and len(flat) < 60 and flat[-1].isalnum()
        score -= 2 * (flat[-1] in ".,;:" and not flat.endswith("...")) + 2 * flat[0].islower()
        score -= 2 * (flat[0] in '"“«‘' and flat[-1] not in '"”»’') + (flat[-1] in '!?"”')
        if score < 2 or not core or header.byline(flat) or draft.head[:2] in ("* ", "- "):
            return 0
        draft.mark("title", None, i + 1)
        self._declare("Title", core)
        if signed and about_next:
            near[0].mark("byline", None, i + 2)
            self._declare("Author", bare(near[0].flat))
            return i + 2
        return i + 1

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
            elif not signed and _signature(draft):
                signed = [draft]
            else:
                looking = False

    # -------------------------------------------------------------- what is declared
    def _declare(self, key: str, value: str) -> None:
        value = value.strip()
        if not value:
            return
        lower = key.lower()
        kind = header.KEYS.get(lower)
        if kind == "title":
            self.title = self.title or bare(value)
        elif kind == "byline":
            self.author = self.author or value.strip("*_ ")
        elif lower == "language":
            self.language = self.language or language_code(value)
        name = key if not (key.isupper() or key.islower()) or "/" in key else key.capitalize()
        values = [v.strip() for v in value.split(",")] if lower in _LIST_VALUES else [value]
        known = self.metadata.setdefault(name, [])
        known.extend(v for v in dict.fromkeys(values) if v and v not in known)


def _signature(draft: Draft) -> bool:
    """Whether the paragraph is a name or a short farewell, and no sentence."""
    flat = draft.flat
    return (
        0 < len(flat) <= 40 and flat[-1].isalnum() and len(flat.split()) <= 4 and header.byline(flat) is None
    )
