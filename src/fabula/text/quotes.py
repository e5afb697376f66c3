"""Direct speech: where each quote begins and ends, and which quote stands inside which.

Three steps. The marks of a paragraph are read together as opening, closing or neither (``quote_marks``,
``quote_pairs``); the stretches they enclose are scored as speech or as something else that stands between
marks (``quote_score``); dialogue dashes (``quote_dashes``) and lines that a name heads (``turns``) are read
on their own. All steps are linear in the length of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from fabula.text.quote_bare import bare_speech
from fabula.text.quote_dashes import dash_quotes, lines
from fabula.text.quote_emphasis import SetOff, set_off_speech
from fabula.text.quote_marks import Mark, Style, detect_style, marks
from fabula.text.quote_pairs import Action, Grammar, read_marks
from fabula.text.quote_runs import EDGE, Piece, closes_later, goes_on, narration_resumes, reopening
from fabula.text.quote_score import Context, features, score
from fabula.text.turns import Turn, at_labels, find_turns
from fabula.types import STORY_KINDS, QuoteSpan, Segment, Span
from fabula.types import Mark as Emphasis

_CHUNK = 4096
"""Marks read together; only a paragraph of many pages has more."""
_LONG_ORPHAN = 200
_SHORT = 150
"""Mean length of the paragraphs of a run, below which a run that is never closed is not one long speech."""
_CLAUSE = re.compile(r"[,.!?…—](?=\s)|--")
_SENTENCE = re.compile(r"[.!?…][\"'”’)]?\s+")


@dataclass(slots=True)
class _Draft:
    """A stretch between marks, while it is being read. ``low:high`` is the paragraph it began in."""

    start: int
    inner: int
    glyph: str
    family: str
    low: int
    high: int
    end: int = -1
    inner_end: int = -1
    closed: bool = True
    parent: _Draft | None = None
    orphan: bool = False
    long: bool = False
    reopened: list[tuple[int, int, int, int]] = field(default_factory=list)
    accepted: bool = False


def find_quotes(
    text: str, paragraphs: Sequence[Span], segments: Sequence[Segment], emphasis: Sequence[Emphasis] = ()
) -> tuple[QuoteSpan, ...]:
    """Quotes of the story (segments of kind body and letter), ordered by start, a parent before its children.

    ``paragraphs`` and ``segments`` are in text order and do not overlap among themselves; offsets are code
    points. ``emphasis``: the marks of the text, of which emphasis may set off what somebody thinks. Quotes
    overlap only as parent and child. Never raises on any text.
    """
    pieces = _pieces(paragraphs, segments)
    style = detect_style(text, ((a, b) for a, b, _ in pieces))
    pieces = [(a, b, group) for low, high, group in pieces for a, b in lines(text, low, high, style)]
    pieces = [(a, b, group) for low, high, group in pieces for a, b in at_labels(text, low, high)]
    edges = [s.start for s in segments]
    reader = _Reader(text, pieces, style, set_off_speech(text, pieces, emphasis))
    return reader.read(told=[p for p in pieces if segments[bisect_right(edges, p[0]) - 1].kind != "letter"])


def _pieces(paragraphs: Sequence[Span], segments: Sequence[Segment]) -> list[Piece]:
    """Paragraphs clipped to the segments of the story: (start, end, run); a run ends at any paratext."""
    pieces: list[Piece] = []
    i = 0
    run = 0
    for segment in segments:
        if segment.kind not in STORY_KINDS:
            run += 1
            continue
        while i < len(paragraphs) and paragraphs[i].end <= segment.start:
            i += 1
        j = i
        while j < len(paragraphs) and paragraphs[j].start < segment.end:
            low, high = max(paragraphs[j].start, segment.start), min(paragraphs[j].end, segment.end)
            if low < high:
                pieces.append((low, high, run))
            j += 1
        i = max(i, j - 1)
    return pieces


class _Reader:
    """Reads the pieces of one document in order. ``stack`` holds the quotes that are open."""

    def __init__(
        self, text: str, pieces: Sequence[Piece], style: Style, set_off: Mapping[int, Sequence[SetOff]]
    ) -> None:
        self.text = text
        self.set_off = [part for some in set_off.values() for part in some]
        self.pieces = pieces
        self.style = style
        self.grammar = Grammar(style)
        self.drafts: list[_Draft] = []
        self.dashes: list[tuple[int, int]] = []
        self.bare: list[tuple[int, int]] = []
        self.turns: tuple[Turn, ...] = find_turns(text, pieces)
        self.stack: list[_Draft] = []
        self.reopened = 0

    def read(self, told: Sequence[Piece] = ()) -> tuple[QuoteSpan, ...]:
        """All quotes; ``told``: the pieces that are no letters, where speech may stand without marks."""
        headed = {turn.piece for turn in self.turns}
        for i, (low, high, _) in enumerate(self.pieces):
            spoken = dash_quotes(self.text, low, high, self.style)
            if spoken or i in headed:
                self._close_all(low)
                self.dashes += spoken
            self._read_piece(low, high, reopening(self.text, self.pieces, i, self.style))
            self._carry(i)
        self._judge()
        marked = (
            sum(d.accepted and d.parent is None for d in self.drafts) + len(self.dashes) + len(self.turns)
        )
        self.bare = bare_speech(self.text, told, marked)
        return self._spans()

    # -------------------------------------------------------------- marks to drafts
    def _read_piece(self, low: int, high: int, continues: str) -> None:
        found: Iterator[Mark] = marks(self.text, low, high, self.style)
        for i in range(self.reopened):
            mark = next(found, None)
            if mark is not None and i == 0:
                self.stack[0].reopened.append((mark.start, mark.end, low, high))
        self.reopened = 0
        state = "".join(d.family for d in self.stack)
        chunk = list(islice(found, _CHUNK))
        while chunk:
            following = list(islice(found, _CHUNK)) if len(chunk) == _CHUNK else []
            actions = _plain(chunk) if not state and not following else None
            if actions is None:
                actions, state = read_marks(chunk, state, self.grammar, None if following else continues)
            self._apply(chunk, actions, low, high)
            chunk = following

    def _apply(self, chunk: Sequence[Mark], actions: Sequence[Action], low: int, high: int) -> None:
        for mark, action in zip(chunk, actions, strict=True):
            if action == "skip":
                continue
            if action == "orphan":
                self._orphan(mark, low, high)
                continue
            if action == "close":
                while self.stack[-1].family != mark.family:
                    self._unclosed(self.stack.pop(), mark.start)
                draft = self.stack.pop()
                draft.inner_end, draft.end = mark.start, mark.end
                continue
            if action == "break":
                while any(d.family == mark.family for d in self.stack):
                    self._unclosed(self.stack.pop(), mark.start)
            parent = self.stack[-1] if self.stack else None
            draft = _Draft(mark.start, mark.end, mark.glyph, mark.family, low, high, parent=parent)
            self.drafts.append(draft)
            self.stack.append(draft)

    def _orphan(self, mark: Mark, low: int, high: int) -> None:
        """A closing mark alone: the quote begins where the paragraph does, or behind the last one's tag."""
        parent = self.stack[-1] if self.stack else None
        start = parent.inner if parent else low
        last = self.drafts[-1] if self.drafts else None
        if last is not None and last.end > start:
            start = last.end
            stop = _CLAUSE.search(self.text, start, mark.start)
            start = stop.end() if stop else start
        if mark.start - start > _LONG_ORPHAN:  # so much before it is hardly all speech: the last sentence is
            for stop in _SENTENCE.finditer(self.text, start, mark.start):
                if stop.end() < mark.start:
                    start = stop.end()
        while start < mark.start and self.text[start] in EDGE:
            start += 1
        if start < mark.start:
            draft = _Draft(start, start, _PARTNER.get(mark.glyph, mark.glyph), mark.family, low, high)
            draft.inner_end, draft.end, draft.parent, draft.orphan = mark.start, mark.end, parent, True
            self.drafts.append(draft)

    def _unclosed(self, draft: _Draft, limit: int) -> None:
        """End a quote that has no closing mark: where narration resumes, at the latest at ``limit``."""
        draft.closed = False
        if draft.reopened and self._cut(draft, limit):
            return
        end = narration_resumes(self.text, max(draft.inner, draft.low), min(limit, draft.high))
        end = limit if end is None or draft.long else end
        while end > draft.inner and self.text[end - 1] in EDGE:
            end -= 1
        draft.end = draft.inner_end = end

    def _cut(self, draft: _Draft, limit: int) -> bool:
        """Undo a run of reopened paragraphs that is never closed, if short: each lost its closing mark."""
        if limit - draft.start > _SHORT * (len(draft.reopened) + 1):
            return False
        parts = draft.reopened
        draft.long, draft.reopened = False, []
        self._unclosed(draft, draft.high)
        for start, inner, low, high in parts:
            part = _Draft(start, inner, draft.glyph, draft.family, low, high)
            self.drafts.append(part)
            self._unclosed(part, min(limit, high))
        return True

    def _close_all(self, limit: int) -> None:
        while self.stack:
            self._unclosed(self.stack.pop(), limit)

    # -------------------------------------------------------------- from paragraph to paragraph
    def _carry(self, i: int) -> None:
        """Decide which of the open quotes go on in the next piece, and end the others."""
        if not self.stack:
            return
        low, high, _ = self.pieces[i]
        outer = self.stack[0]
        begun = max(outer.inner, low)
        families = reopening(self.text, self.pieces, i, self.style)
        kept = 0
        while kept < min(len(self.stack), len(families)) and self.stack[kept].family == families[kept]:
            kept += 1
        if kept:
            score = goes_on(self.text, begun, high, self.pieces[i + 1], outer.family, self.style)
            if len(families) > 1 or self.drafts[-1].start > begun:
                score += 2.0  # a quote in the quote: somebody tells a story
            if outer.long:
                score += min(4.0, 1.0 + 0.5 * len(outer.reopened))
            kept = kept if score > 0 else 0
            self.reopened = kept
        elif outer.family != "S" or outer.glyph == "‘" or self.style.primary == "S":
            kept = len(self.stack) if closes_later(self.text, self.pieces, i, outer.family, self.style) else 0
        while len(self.stack) > kept:
            self._unclosed(self.stack.pop(), high)
        for draft in self.stack:
            draft.long = True

    # -------------------------------------------------------------- speech or not
    def _judge(self) -> None:
        self._close_all(self.pieces[-1][1] if self.pieces else 0)
        self.drafts.sort(key=lambda d: (d.start, -d.end))
        previous: _Draft | None = None
        for draft in self.drafts:
            if draft.parent is None and previous is not None and previous.end <= draft.low:
                previous = None
            draft.accepted = self._is_speech(draft, previous)
            if draft.accepted and draft.parent is None:
                previous = draft

    def _is_speech(self, draft: _Draft, previous: _Draft | None) -> bool:
        text = self.text
        if draft.inner_end <= draft.inner:
            return False
        said = text[draft.inner : min(draft.inner_end, draft.inner + 400)]
        if draft.inner_end - draft.inner < 400 and not any(c.isalnum() for c in said):
            return bool(said.strip(EDGE)) and not said.strip(EDGE + ".…!?—–-") and draft.parent is None
        if draft.long:
            return True
        parent = draft.parent
        if parent is not None and draft.start <= parent.inner and draft.end >= parent.inner_end:
            return False
        context = Context(
            low=parent.inner if parent else draft.low,
            high=parent.inner_end if parent else draft.high,
            previous_end=previous.end if previous and not parent and previous.end <= draft.start else None,
            secondary=draft.family == "S" and self.style.primary != "S" and parent is None,
            nested=parent is not None,
        )
        names = features(text, draft.start, draft.end, (draft.inner, draft.inner_end), context)
        return score(names) > (2.0 if draft.orphan else 0.0)

    def _spans(self) -> tuple[QuoteSpan, ...]:
        """The accepted drafts and the dashes in order, with parents; what would cross another is left out."""
        found = [(d.start, -d.end, d.glyph, d.closed) for d in self.drafts if d.accepted]
        found += [(start, -end, "—", True) for start, end in self.dashes]
        found += [(turn.start, -turn.end, ":", True) for turn in self.turns]
        found += [(part.start, -part.end, part.style, True) for part in self.set_off]
        found += [(start, -end, "", True) for start, end in self.bare]
        found.sort()
        headed = {turn.start: turn for turn in self.turns}
        spans: list[QuoteSpan] = []
        open_: list[int] = []
        for start, minus_end, glyph, closed in found:
            while open_ and spans[open_[-1]].end <= start:
                open_.pop()
            parent = open_[-1] if open_ else None
            if parent is not None and (
                spans[parent].end < -minus_end
                or (spans[parent].start, spans[parent].end) == (start, -minus_end)
            ):
                continue
            turn = headed.get(start) if glyph == ":" else None
            spans.append(
                QuoteSpan(start, -minus_end, parent, closed, glyph)
                if turn is None
                else QuoteSpan(start, turn.end, parent, True, glyph, turn.label, turn.written)
            )
            open_.append(len(spans) - 1)
        return tuple(spans)


_PARTNER = {"”": "“", "’": "‘", "»": "«", "›": "‹", "」": "「", "』": "『", "''": "``"}


def _plain(chunk: Sequence[Mark]) -> list[Action] | None:
    """The reading of a paragraph where nothing is in doubt, or None."""
    actions: list[Action] = []
    family = ""
    for mark in chunk:
        if mark.family == "S":
            if mark.open < 30 or mark.skip_out > 4:
                return None
            actions.append("skip")
        elif not family:
            if mark.open > 3 or mark.close < 8:
                return None
            actions.append("open")
            family = mark.family
        else:
            if mark.family != family or mark.close > 3 or mark.open < 8:
                return None
            actions.append("close")
            family = ""
    return None if family else actions
