"""A stretch of a story as a story of its own: the same text and offsets, fewer tokens.

So a correction can be thought through where it stands, at a cost that does not grow with the book.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from fabula.types import Story, TokenSpans

SIZE = 1600
"""Tokens of a part, about."""
BEFORE, AFTER = 500, 200
"""Tokens of context read with a part."""
WHOLE = 3000
"""A story of fewer tokens is one part."""


@dataclass(frozen=True, slots=True)
class Part:
    """Code points [start, end) of a story, and [first, last) to be read with it. Both end at paragraphs."""

    start: int
    end: int
    first: int
    last: int


def parts(story: Story) -> tuple[Part, ...]:
    """The story cut into parts at ends of paragraphs, at scene breaks and headings where they are near."""
    if len(story.tokens) <= WHOLE or not story.paragraphs:
        return (Part(0, len(story.text), 0, len(story.text)),)
    starts = np.asarray([p.start for p in story.paragraphs])
    at = np.searchsorted(story.tokens.start, starts)
    breaks = {s.start for s in story.segments if s.kind in ("scene_break", "heading")}
    cuts = [0]
    for k in range(1, len(starts)):
        size = int(at[k] - at[cuts[-1]])
        if size >= SIZE or (size >= SIZE // 2 and int(starts[k]) in breaks):
            cuts.append(k)
    edges = [0, *(int(starts[k]) for k in cuts[1:]), len(story.text)]
    out = []
    for n, k in enumerate(cuts):
        begin = int(at[k])
        end = int(at[cuts[n + 1]]) if n + 1 < len(cuts) else len(story.tokens)
        lead = int(np.searchsorted(at, max(0, begin - BEFORE), side="left"))
        tail = int(np.searchsorted(at, end + AFTER, side="left"))
        first = 0 if n == 0 else int(starts[min(lead, k)])
        last = int(starts[tail]) if tail < len(starts) else len(story.text)
        out.append(Part(edges[n], edges[n + 1], first, last))
    return tuple(out)


def part_of(story: Story, part: Part) -> Story:
    """The story of the tokens in [part.first, part.last).

    Quotes that are not wholly inside are left out; segments stay all.
    """
    a, b = np.searchsorted(story.tokens.start, [part.first, part.last])
    a, b = int(a), int(b)
    s0 = int(np.searchsorted(story.sentence_tokens[:, 0], a)) if len(story.sentence_tokens) else 0
    s1 = int(np.searchsorted(story.sentence_tokens[:, 0], b)) if len(story.sentence_tokens) else 0
    quotes = [(k, q) for k, q in enumerate(story.quotes) if part.first <= q.start and q.end <= part.last]
    place = {k: n for n, (k, _) in enumerate(quotes)}
    return replace(
        story,
        tokens=TokenSpans(story.tokens.start[a:b], story.tokens.end[a:b]),
        sentences=story.sentences[s0:s1],
        sentence_tokens=np.clip(story.sentence_tokens[s0:s1] - a, 0, b - a).astype(np.int32),
        paragraphs=tuple(p for p in story.paragraphs if part.first <= p.start < part.last),
        quotes=tuple(
            replace(q, parent=place.get(q.parent) if q.parent is not None else None) for _, q in quotes
        ),
    )
