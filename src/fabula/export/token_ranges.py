"""From code points to tokens: which tokens a span covers."""

from __future__ import annotations

from bisect import bisect_right

import numpy as np

from fabula.types import Story


class TokenRanges:
    """Finds the tokens of spans in logarithmic time."""

    def __init__(self, story: Story) -> None:
        self._starts = story.tokens.start
        self._ends = story.tokens.end

    def of(self, start: int, end: int) -> tuple[int, int] | None:
        """The half-open range of the tokens that overlap ``start..end`` (code points); None if none does."""
        first = int(np.searchsorted(self._ends, start, side="right"))
        last = int(np.searchsorted(self._starts, end, side="left"))
        return (first, last) if first < last else None


class Places:
    """In which of several disjoint spans, sorted by start, an offset lies."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        self._spans = spans
        self._starts = [start for start, _ in spans]

    def of(self, offset: int) -> int | None:
        """The index of the span that holds the code point ``offset``, None if none does."""
        index = bisect_right(self._starts, offset) - 1
        return index if index >= 0 and offset < self._spans[index][1] else None
