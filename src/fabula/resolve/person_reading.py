"""The windows of a story that are read with the cast in hand: how they are laid out and what they ask."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from fabula.encoder.person_windows import (
    ASKED,
    DESCRIPTION,
    FIRST_SLOT,
    HEARER,
    N_SLOTS,
    OTHER,
    SEVERAL,
    SIZE,
    SPEAKER,
    SPECIAL_WIDTH,
    Person,
    build_window,
    mention_question,
    phrase_width,
)  # fmt: skip
from fabula.heads.evidence import Evidence
from fabula.heads.persons import Inquiry, PersonScorer
from fabula.resolve.coref import Distribution, best_first
from fabula.resolve.names import NameBeliefs
from fabula.resolve.person_cast import Cast, header_of
from fabula.types import Floats, Ints, Story

SOMEBODY, PEOPLE = -1, -2
"""In place of an entity: somebody who is not in the header; several people."""
LEFT, RIGHT = 110, 40
"""Tokens of context on either side of what a window is asked."""
PASSES, SHORT = 3, 20_000
"""How often a text of up to SHORT tokens is read, each time with windows that begin elsewhere."""
BESIDE = 0.3
"""Weight of an answer in a window's context, which sees less around it, beside one that was wanted there."""


@dataclass(frozen=True, slots=True)
class PersonBeliefs:
    """Distributions over entities, SOMEBODY and PEOPLE; ``()`` where nothing was asked.

    ``mention``: per mention (persons' pronouns and descriptions). ``speaker``, ``hearer``: per quote.
    """

    mention: tuple[Distribution, ...]
    speaker: tuple[Distribution, ...]
    hearer: tuple[Distribution, ...]


@dataclass(frozen=True, slots=True)
class _Target:
    """The mention, or the speaker or hearer of a quote, that is asked after; and what the answer weighs."""

    column: int
    k: int
    weight: float


_MENTION, _SPEAKER, _HEARER = range(3)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A window; where each of its answers belongs, with its weight; and whom its columns mean."""

    inquiry: Inquiry
    targets: tuple[_Target, ...]
    people: tuple[int, ...]


class PersonReading:
    """What is known, with which windows are laid out, and in the end what has been answered."""

    def __init__(
        self,
        story: Story,
        evidence: Evidence,
        scorer: PersonScorer,
        names: NameBeliefs,
        cast: Cast,
        known: PersonBeliefs,
        narrators: Sequence[int],
    ) -> None:
        self.story, self.m, self.scorer, self.names = story, evidence.mentions, scorer, names
        self.quotes = evidence.layout.quote_tokens
        self.cast, self.narrators = cast, narrators
        self.mention, self.speaker, self.hearer = (
            list(x) for x in (known.mention, known.speaker, known.hearer)
        )
        self.starts = story.sentence_tokens[:, 0]

    def ask(self) -> PersonBeliefs:
        """Ask everything of a person that is not known, each window by itself; to be called once.

        What several windows answer is averaged, as crops of a picture are (Krizhevsky et al. 2012): an answer
        hangs on where its window happens to begin. Cost: linear in the story.
        """
        asked: list[_Asked] = []
        n = len(self.story.tokens)
        passes = PASSES if n <= SHORT else 1
        for k in range(passes):
            keep, share = 0, 1.0 - k / passes
            while keep < n:
                window, keep = self._window(keep, share)
                share = 1.0
                if window is not None:
                    asked.append(window)
        answers = _Answers()
        for a, answer in zip(asked, self.scorer.answer([a.inquiry for a in asked]), strict=True):
            answers.add(a, answer)
        columns = (self.mention, self.speaker, self.hearer)
        for (column, k), d in answers.means():
            columns[column][k] = d
        return PersonBeliefs(tuple(self.mention), tuple(self.speaker), tuple(self.hearer))

    def _window(self, keep: int, share: float) -> tuple[_Asked | None, int]:
        """The window that asks from token ``keep`` on, and where the next one begins.

        ``share``, (0, 1]: of what it could ask, how much it does.
        """
        n = len(self.story.tokens)
        ids, features, first = self.scorer.text
        pieces = self.scorer.encoder.pieces
        left = _sentence(self.starts, max(0, keep - LEFT), keep)
        people = header_of(self.cast, left, min(n, left + SIZE))
        tells = _tellers(self.story, self.narrators, left, min(n, left + SIZE))
        header = [Person(_words_here(self.cast.words[e], e in tells)) for e in people]
        width = sum(phrase_width(pieces, p) for p in header) + SPECIAL_WIDTH
        right = int(np.searchsorted(first, first[left] + SIZE - width - 3, side="right")) - 1
        right = max(min(right, n), keep + 1)
        end = n if right >= n else max(_sentence(self.starts, right - RIGHT, right), keep + 1)
        if share < 1 and end < n:
            end = max(_sentence(self.starts, keep + round(share * (end - keep)), end), keep + 1)
        layout = _Layout({e: FIRST_SLOT + k for k, e in enumerate(people)}, left, right, keep, end)
        self._mentions(layout)
        self._quotes(layout)
        if not any(t.weight == 1 for t in layout.targets):
            return None, end
        text = (
            ids[first[left] : first[right]],
            features[first[left] : first[right]],
            first[left : right + 1],
        )
        window = build_window(pieces, header, text, layout.marks, layout.said)
        asked = np.asarray(layout.rows, dtype=np.int32)
        return _Asked(Inquiry(window, *asked.T), tuple(layout.targets), (SOMEBODY, PEOPLE, *people)), end

    def _mentions(self, w: _Layout) -> None:
        m = self.m
        lo, hi = np.searchsorted(m.token_start, [w.left, w.right])
        for k in range(int(lo), int(hi)):
            a, b = int(m.token_start[k]) - w.left, int(m.token_end[k]) - w.left
            if m.type[k] != 0 or b > w.right - w.left:
                continue
            if m.kind[k] == 0:
                w.marks[a:b] = w.slot_of.get(int(self.names.entity[k]), 0)
                continue
            w.marks[a:b] = s = w.mark(self.mention[k])
            if s == ASKED:
                pronoun = m.kind[k] == 2
                what = (
                    mention_question(self.story.token_text(int(m.token_start[k]))) if pronoun else DESCRIPTION
                )
                at = a if pronoun else int(m.head_token[k]) - w.left
                w.ask(what, at, _Target(_MENTION, k, w.weight(int(m.token_start[k]))))

    def _quotes(self, w: _Layout) -> None:
        lo, hi = np.searchsorted(self.quotes[:, 0], [w.left, w.right])
        width = w.right - w.left
        for q in range(int(lo), int(hi)):
            a, b = int(self.quotes[q, 0]) - w.left, int(self.quotes[q, 1]) - 1 - w.left
            weight = w.weight(int(self.quotes[q, 0]))
            w.said[a] = s = w.mark(self.speaker[q])
            if s == ASKED:
                w.ask(SPEAKER, a, _Target(_SPEAKER, q, weight), a, min(b, width - 1))
            if a < b < width:
                s = w.mark(self.hearer[q])
                w.said[b] = N_SLOTS + s
                if s == ASKED:
                    w.ask(HEARER, b, _Target(_HEARER, q, weight), a, b)


class _Answers:
    """What windows have answered, by mention or quote."""

    def __init__(self) -> None:
        self.weight: dict[tuple[int, int], float] = defaultdict(float)
        self.mass: dict[tuple[int, int], dict[int, float]] = defaultdict(lambda: defaultdict(float))

    def add(self, asked: _Asked, answer: Floats) -> None:
        """Note what a window said; ``answer`` (n_questions, n_entries) in logs."""
        for row, t in zip(np.exp(answer), asked.targets, strict=True):
            self.weight[t.column, t.k] += t.weight
            mass = self.mass[t.column, t.k]
            for j in np.flatnonzero(row > 1e-4).tolist():
                mass[asked.people[j]] += t.weight * float(row[j])

    def means(self) -> Iterator[tuple[tuple[int, int], Distribution]]:
        """Every mention or quote with its mean distribution, best first."""
        for key, mass in self.mass.items():
            yield key, best_first((e, p / self.weight[key]) for e, p in mass.items())


class _Layout:
    """Marks and questions of the window of tokens [left, right), which is wanted from ``keep`` to ``end``."""

    def __init__(self, slot_of: Mapping[int, int], left: int, right: int, keep: int, end: int) -> None:
        self.slot_of, self.left, self.right, self.keep, self.end = slot_of, left, right, keep, end
        self.marks, self.said = np.zeros(right - left, np.int32), np.zeros(right - left, np.int32)
        self.rows: list[tuple[int, int, int, int]] = []
        self.targets: list[_Target] = []

    def weight(self, token: int) -> float:
        """What an answer about a token of the story weighs."""
        return 1.0 if self.keep <= token < self.end else BESIDE

    def mark(self, d: Distribution) -> int:
        """The mark of what is known, or of a question."""
        if not d:
            return ASKED
        return SEVERAL if d[0][0] == PEOPLE else self.slot_of.get(d[0][0], OTHER)

    def ask(self, kind: int, at: int, target: _Target, first: int = 0, last: int = 0) -> None:
        """Put a question at token ``at`` of the window; of a quote, from ``first`` to ``last``."""
        self.rows.append((kind, at, first, last))
        self.targets.append(target)


def _tellers(story: Story, narrators: Sequence[int], left: int, right: int) -> set[int]:
    """Who says "I" in the narration of tokens [left, right)."""
    edges = [s.start for s in story.segments]
    a = max(0, bisect_right(edges, int(story.tokens.start[left])) - 1)
    b = bisect_right(edges, int(story.tokens.start[right - 1]))
    return set(narrators[a:b])


def _words_here(words: tuple[str, ...], tells: bool) -> tuple[str, ...]:
    """A header's words; of somebody who tells another part, without "I"."""
    return words[:-1] if len(words) > 1 and words[-1] == "I" and not tells else words


def _sentence(starts: Ints, low: int, high: int) -> int:
    """The first sentence start in [low, high], or ``low``."""
    k = int(np.searchsorted(starts, low))
    return int(starts[k]) if k < len(starts) and starts[k] <= high else low
