"""What stands around and inside each quote, before anybody is asked who speaks.

Tags, beats, vocatives, links. Everything here depends on the text and the detected mentions alone, so that it
is computed once and serves every pass. Units are tokens and mention indices unless said otherwise.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from fabula.encoder.pieces import normalise
from fabula.heads.evidence import Evidence
from fabula.lexicon.gender import PRONOUNS
from fabula.resolve.quote_tags import MARKS, REACH, Tag, TagFinder
from fabula.resolve.quote_words import (
    ADDRESS,
    CALLS,
    DETERMINERS,
    FIRST,
    FIRST_PLURAL,
    QUOTE_MARKS,
    SECOND,
    SET_OFF,
    STOPS,
)
from fabula.text.quote_emphasis import EMPHASIS
from fabula.types import STORY_KINDS, Story

# No quote is REOPENED: one that goes on is one quote, and another's missing mark says nothing.
CONTINUES, SAME_PARAGRAPH, REOPENED, NEXT_PARAGRAPH, ONE_BETWEEN, FEW_BETWEEN, MANY_BETWEEN, BREAK = range(8)
"""How a quote follows the one before it; BREAK begins a new conversation."""
N_LINKS = 8
FAR = 15
"""Paragraphs of narration that end a conversation."""


@dataclass(frozen=True, slots=True)
class QuoteContext:
    """Facts about one quote. Mentions are indices, -1 for none.

    ``tag`` is this quote's own, never a neighbour's. ``parent``: the quote it stands in, -1 for none; its own
    index where emphasis sets it off, so that it is no line of the conversation around it.
    ``told``/``faced``: whom the tag or a beat says it is said to, or whom the speaker turns to or looks at.
    ``vocatives``: mentions addressed inside it, surely and perhaps. ``called``: gender of a bare "sir" or
    "madam". ``beat_before``/``beat_after``: subject of the sentence beside it in its paragraph; ``lead``:
    subject of the last sentence of the paragraph before, where the quote opens its own; ``colon``: that
    sentence announces it. ``around``: other persons' mentions in its paragraph's narration. ``inside``:
    mentions it holds, half-open range of indices. ``link``: how it follows the previous quote of its level;
    ``led``: words of narration stand before it in its paragraph; ``alone``: its tag says that it is said to
    oneself; ``written``: it is a message in a chat.
    """

    token_start: int
    token_end: int
    parent: int
    paragraph: int
    tag: Tag | None
    told: tuple[int, ...]
    faced: tuple[int, ...]
    vocatives: tuple[int, ...]
    perhaps: tuple[int, ...]
    called: tuple[float, float]
    beat_before: int
    beat_after: int
    lead: int
    colon: bool
    around: tuple[int, ...]
    inside: tuple[int, int]
    link: int
    led: bool
    alone: bool
    written: bool
    asks: bool
    first: bool
    plural: bool
    second: bool


@dataclass(frozen=True, slots=True)
class StoryContext:
    """``quotes``: per quote of the story. ``low``: its tokens in lower case with straight marks.

    ``own_word`` (n_mentions): 1, 2 for a first- or second-person pronoun, singular or plural "you"; 3 for
    "we"; 0 for all else. ``in_quote`` (n_mentions): the innermost quote or -1.
    """

    quotes: tuple[QuoteContext, ...]
    low: tuple[str, ...]
    own_word: tuple[int, ...]
    in_quote: tuple[int, ...]


def read_context(story: Story, evidence: Evidence) -> StoryContext:
    """Find the facts of every quote of ``story``. Linear in the length of the text."""
    n = len(story.tokens)
    text, starts, ends = story.text, story.tokens.start.tolist(), story.tokens.end.tolist()
    raw = [text[a:b] for a, b in zip(starts, ends, strict=True)]
    low = tuple(normalise(t).lower() for t in raw)
    finder = TagFinder(low, raw, evidence.mentions)
    m = evidence.mentions
    own = tuple(
        _own_word(low[s]) if k == 2 else 0
        for s, k in zip(m.token_start.tolist(), m.kind.tolist(), strict=True)
    )
    in_quote = tuple(evidence.layout.quote[m.token_start].tolist()) if len(m) else ()
    return StoryContext(_Reader(story, evidence, low, finder, n).read(), low, own, in_quote)


def _own_word(word: str) -> int:
    if word in FIRST_PLURAL:
        return 3
    p = PRONOUNS.get(word)
    return 0 if p is None or p.person == 3 else int(p.person)


class _Reader:
    def __init__(
        self, story: Story, evidence: Evidence, low: Sequence[str], finder: TagFinder, n: int
    ) -> None:
        self.story, self.low, self.finder = story, low, finder
        layout = evidence.layout
        self.paragraph: list[int] = layout.paragraph.tolist()
        p = layout.paragraph
        count = len(story.paragraphs)
        self.first = np.searchsorted(p, np.arange(count)).tolist()
        self.last = np.searchsorted(p, np.arange(count), side="right").tolist()
        self.ranges: list[list[int]] = layout.quote_tokens.tolist()
        self.told: list[int] = layout.told.tolist()
        segment_edges = [s.start for s in story.segments]
        self.segment = np.searchsorted(segment_edges, story.tokens.start, side="right").tolist() if n else []
        self.spoken = [s.kind in STORY_KINDS for s in story.segments]
        self.parents = [-1 if q.parent is None else q.parent for q in story.quotes]
        # The previous and next quote of the same level, as token positions.
        self.before: list[int] = [-1] * len(self.ranges)
        self.after: list[int] = [-1] * len(self.ranges)
        # The one before it that is of its kind, too: thoughts and messages stand beside what is said.
        self.linked: list[int] = [-1] * len(self.ranges)
        self.aside = [q.style == EMPHASIS and q.parent is None for q in story.quotes]
        latest: dict[int, int] = {}
        latest_of: dict[tuple[int, bool, bool], int] = {}
        for k, parent in enumerate(self.parents):
            kind = parent, self.aside[k], story.quotes[k].written
            self.linked[k] = latest_of.get(kind, -1)
            latest_of[kind] = k
            self.before[k] = latest.get(parent, -1)
            if self.before[k] >= 0:
                self.after[self.before[k]] = k
            latest[parent] = k

    def read(self) -> tuple[QuoteContext, ...]:
        return tuple(self._quote(k) for k in range(len(self.ranges)))

    def _bounds(self, k: int) -> tuple[int, int, int, int]:
        """(low, start, end, high): the quote's tokens and the narration around it in its paragraph."""
        a, b = self.ranges[k]
        b = max(b, a)
        if not self.paragraph:
            return a, a, b, b
        a_in = min(a, len(self.paragraph) - 1)
        lo, hi = self.first[self.paragraph[a_in]], self.last[self.paragraph[max(a_in, b - 1)]]
        if self.parents[k] >= 0:
            pa, pb = self.ranges[self.parents[k]]
            lo, hi = max(lo, pa), min(hi, pb)
        if self.before[k] >= 0:
            lo = max(lo, self.ranges[self.before[k]][1])
        if self.after[k] >= 0:
            hi = min(hi, self.ranges[self.after[k]][0])
        return min(lo, a), a, b, max(hi, b)

    def _quote(self, k: int) -> QuoteContext:
        low, finder = self.low, self.finder
        lo, a, b, hi = self._bounds(k)
        tail = self._tail(a, b)
        quote = self.story.quotes[k]
        headed = None
        if quote.label is not None:
            named = np.searchsorted(self.story.tokens.start, [quote.label.start, quote.label.end])
            headed = finder.heading(int(named[0]), int(named[1]), a, quote.written)
        tag = headed or finder.after(b, hi, tail)
        first = None if headed else finder.before(lo, a)
        announced = a > lo and self.low[a - 1] in {":", ","}
        if tag is None or (
            first is not None and announced and tail in {"?", "!", "."} and not self._lower(b, hi)
        ):
            tag = first or tag
        opens = (
            a == 0 or not low or (lo == a and self.paragraph[a - 1] != self.paragraph[min(a, len(low) - 1)])
        )
        if (
            tag is None
            and opens
            and self.parents[k] < 0
            and a > 0
            and self.told[a - 1]
            and low[a - 1] in {":", ","}
        ):
            tag = finder.before(self.first[self.paragraph[a - 1]], a)
        told: list[int] = []
        faced: list[int] = []
        for x, y in ((max(lo, a - REACH), a), (b, min(hi, b + REACH))):
            if tag is not None and x <= tag.verb < y:
                to, at = finder.objects(x, self._sentence_end(tag.verb, y), tag.verb, tag.mention)
                told += to
                faced += at
            else:
                faced += finder.objects(x, self._sentence_end(x, y) if x >= b else y, -1, -1)[1]
        lead, colon = self._lead(a) if opens and self.parents[k] < 0 else (-1, False)
        vocatives, perhaps = self._vocatives(a, b)
        words = frozenset(low[a : min(b, a + 400)])
        i0, i1 = self._mentions(a, b)
        return QuoteContext(
            token_start=a,
            token_end=b,
            parent=k if self.aside[k] else self.parents[k],
            paragraph=self.paragraph[min(a, len(low) - 1)] if low else 0,
            tag=tag,
            told=tuple(told),
            faced=tuple(faced),
            vocatives=tuple(vocatives),
            perhaps=tuple(perhaps),
            called=self._called(a, b),
            beat_before=self._beat_before(lo, a),
            beat_after=self._beat_after(b, hi),
            lead=lead,
            colon=colon,
            around=self._around(lo, a, b, hi),
            inside=(i0, i1),
            link=self._link(k),
            led=any(
                self.low[t] not in MARKS and self.low[t] not in QUOTE_MARKS for t in range(lo, min(a, lo + 8))
            ),
            alone=tag is not None and self._to_oneself(tag.verb),
            written=quote.written,
            asks=tail == "?",
            first=not words.isdisjoint(FIRST),
            plural=not words.isdisjoint(FIRST_PLURAL),
            second=not words.isdisjoint(SECOND),
        )

    def _to_oneself(self, verb: int) -> bool:
        said = self.low[verb : verb + 9]
        return any(
            a in {"to", "within"}
            and b in {"himself", "herself", "myself", "itself", "themselves", "themself", "oneself"}
            for a, b in pairwise(said)
        )

    def _lower(self, t: int, hi: int) -> bool:
        while t < hi and self.low[t] in MARKS:
            t += 1
        return t < hi and self.finder.is_lower[t]

    def _tail(self, a: int, b: int) -> str:
        """The last token of a quote that is no quotation mark."""
        t = b - 1
        while t > a and self.low[t] in QUOTE_MARKS:
            t -= 1
        return self.low[t] if a <= t < len(self.low) else ""

    def _sentence_end(self, t: int, stop: int) -> int:
        while t < stop and self.low[t] not in STOPS:
            t += 1
        return t

    def _mentions(self, a: int, b: int) -> tuple[int, int]:
        start = self.finder.start
        return bisect_left(start, a), bisect_left(start, b)

    # ------------------------------------------------------------------ narration beside it
    def _beat_before(self, lo: int, a: int) -> int:
        """The subject of the last sentence before the quote in its paragraph."""
        stop = a
        while stop > lo and self.low[stop - 1] in MARKS | STOPS:
            stop -= 1
        begin = stop
        while begin > max(lo, a - REACH) and self.low[begin - 1] not in STOPS:
            begin -= 1
        found = self.finder.sentence_subject(begin, stop)
        return -1 if found is None else found

    def _beat_after(self, b: int, hi: int) -> int:
        t = b
        while t < hi and self.low[t] in MARKS:
            t += 1
        found = self.finder.sentence_subject(t, self._sentence_end(t, min(hi, t + REACH)))
        return -1 if found is None else found

    def _lead(self, a: int) -> tuple[int, bool]:
        """Subject of the last sentence of the paragraph before, and whether it announces the quote."""
        stop = a
        if stop == 0 or self.told[stop - 1] == 0:
            return -1, False
        lo = max(self.first[self.paragraph[stop - 1]], stop - REACH)
        if self.low[stop - 1] in QUOTE_MARKS:
            return -1, False
        colon = self.low[stop - 1] in {":", ",", "--", "—"}
        found = self._beat_before(lo, stop)
        return found, colon

    def _around(self, lo: int, a: int, b: int, hi: int) -> tuple[int, ...]:
        f = self.finder
        found: list[int] = []
        for x, y in ((max(lo, a - 2 * REACH), a), (b, min(hi, b + 2 * REACH))):
            t = x
            while t < y:
                k = f.widest_from.get(t)
                if k is not None and f.type[k] == 0:
                    found.append(k)
                t = t + 1 if k is None else max(t + 1, f.end[k])
        return tuple(found)

    # ------------------------------------------------------------------ inside it
    def _vocatives(self, a: int, b: int) -> tuple[list[int], list[int]]:
        f, low = self.finder, self.low
        sure: list[int] = []
        perhaps: list[int] = []
        i0, i1 = self._mentions(a, b)
        for j in range(i0, i1):
            s, e = f.start[j], f.end[j]
            if f.kind[j] == 2 or f.type[j] != 0 or e > b or f.widest_from[s] != j or f.widest_to[e] != j:
                continue
            if f.kind[j] == 1 and low[s] in DETERMINERS:
                continue
            left = low[s - 1] if s > a else '"'
            right = low[e] if e < b else '"'
            if right not in SET_OFF:
                continue
            opened = left in QUOTE_MARKS or left in STOPS or left in {"--", "—", ";", ":"}
            called = left in CALLS
            if not (opened or called or left == ","):
                continue
            if left == "," and self._listed(j, s, e, a, b):
                continue
            if opened and right in STOPS | QUOTE_MARKS and right != "!":
                perhaps.append(j)  # a fragment: "Tom?" may call him or guess at him
            elif opened and right == "," and self._listed(j, s, e, a, b):
                perhaps.append(j)
            else:
                sure.append(j)
        return sure, perhaps

    def _listed(self, j: int, s: int, e: int, a: int, b: int) -> bool:
        """Whether a mention stands in a list or beside a name it explains: "my friend, Tom, and Ann"."""
        f, low = self.finder, self.low
        left = f.widest_to.get(s - 1) if s - 2 >= a else None
        if left is not None and f.kind[left] != 2 and f.type[left] == 0:
            return True
        if e + 1 < b and low[e] == ",":
            right = f.widest_from.get(e + 1)
            if right is not None and f.kind[right] != 2 and f.type[right] == 0:
                return True
            return low[e + 1] in {"who", "whom", "whose", "which"}
        return False

    def _called(self, a: int, b: int) -> tuple[float, float]:
        low = self.low
        he = she = 0.0
        for t in range(a, min(b, a + 400)):
            g = ADDRESS.get(low[t])
            if (
                g is not None
                and t + 1 < len(low)
                and low[t + 1] in SET_OFF
                and t > a
                and low[t - 1] in SET_OFF | CALLS
            ):
                he, she = max(he, g[0]), max(she, g[1])
        return he, she

    # ------------------------------------------------------------------ how it follows the one before
    def _link(self, k: int) -> int:
        p = self.linked[k]
        if p < 0 or not self.low:
            return BREAK
        if self.parents[k] >= 0:
            return SAME_PARAGRAPH
        low = self.low
        end = max(self.ranges[p][1], self.ranges[p][0] + 1)
        a = min(self.ranges[k][0], len(low) - 1)
        if self.segment[end - 1] != self.segment[a]:
            return BREAK
        between = self.paragraph[a] - self.paragraph[end - 1]
        if between == 0:
            gap = low[end:a]
            t = a
            while t < min(self.ranges[k][1], a + 4) and (low[t] in QUOTE_MARKS or low[t] in {"...", "--"}):
                t += 1
            runs_on = t < len(low) and self.finder.is_lower[t]
            if gap and len(gap) <= REACH and (runs_on or (gap[-1] == "," and STOPS.isdisjoint(gap))):
                return CONTINUES
            return SAME_PARAGRAPH
        if between == 1:
            return NEXT_PARAGRAPH
        if between == 2:
            return ONE_BETWEEN
        if between <= 4:
            return FEW_BETWEEN
        return MANY_BETWEEN if between <= FAR else BREAK
