"""A story with its names marked, "[Imre] met [the Baltic:LOC]", and what the resolver makes of it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import numpy as np

from fabula.resolve.names import NameBeliefs, RosterEntry, resolve_names
from fabula.text import read_text
from fabula.types import ENTITY_TYPES, MENTION_KINDS, CastMember, MentionSpans, Story

_MARK = re.compile(r"\[([^\[\]:/@]+)(?::([A-Z]+))?(?:/([A-Z]+))?(?:@([.\d]+))?\]")


class Named:
    """The beliefs about a marked story, looked up by the words of a mention."""

    def __init__(self, marked: str, cast: Sequence[CastMember] = ()) -> None:
        self.story, self.mentions, self.words = _unmark(marked)
        self.beliefs: NameBeliefs = resolve_names(self.story, self.mentions, cast)

    def entities(self, words: str) -> list[int]:
        """The roster index of every mention with these words, in text order."""
        return [int(e) for e, w in zip(self.beliefs.entity, self.words, strict=True) if w == words]

    def number(self, words: str) -> int:
        """The one roster index of all mentions with these words."""
        found = set(self.entities(words))
        assert len(found) == 1, (words, found)
        return found.pop()

    def entry(self, words: str) -> RosterEntry:
        """The roster entry of all mentions with these words."""
        return self.beliefs.roster[self.number(words)]

    def confidence(self, words: str) -> list[float]:
        """The confidence of every mention with these words."""
        return [float(c) for c, w in zip(self.beliefs.confidence, self.words, strict=True) if w == words]

    def same(self, *words: str) -> bool:
        """Whether all mentions with any of these words are one entry."""
        return len({self.number(w) for w in words}) == 1

    def apart(self, *words: str) -> bool:
        """Whether these are as many entries as words."""
        return len({self.number(w) for w in words}) == len(words)


def _unmark(marked: str) -> tuple[Story, MentionSpans, list[str]]:
    text, spans, end = "", [], 0
    for mark in _MARK.finditer(marked):
        text += marked[end : mark.start()]
        start = len(text)
        text += mark.group(1)
        kind = ENTITY_TYPES.index(mark.group(2) or "PER")
        grammar = MENTION_KINDS.index(mark.group(3) or "PROP")
        spans.append((start, len(text), kind, grammar, float(mark.group(4) or 1.0)))
        end = mark.end()
    story = read_text(text + marked[end:])
    starts, ends = story.tokens.start.tolist(), story.tokens.end.tolist()
    rows = []
    for start, past, kind, grammar, score in spans:
        first, last = bisect_right(ends, start), bisect_left(starts, past)
        rows.append((first, last, last - 1, kind, grammar, score))
    table = np.asarray(rows, dtype=np.float64).reshape(-1, 6)
    first_of, past_of, head, kinds, grammars = table[:, :5].astype(np.int32).T
    columns = MentionSpans(first_of, past_of, head, kinds, grammars, table[:, 5].astype(np.float32))
    return story, columns, [story.text[a:b] for a, b, *_ in spans]
