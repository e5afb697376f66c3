"""Scenes: stretches between breaks of place, time or cast, with the people who have a part in them.

A scene break or a heading always ends a scene. Within what remains, a paragraph of narration begins a new
scene where it opens on another time, on another place with mostly other people, or where nobody of those
before it is among those after it; never so as to leave a scene shorter than ``LEAST`` (after Hearst 1997,
whose TextTiling compares the words on either side; here it is the people).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from fabula.heads.evidence import Evidence
from fabula.lexicon.shifts import PLACE, TIME
from fabula.resolve.coref import EntityBeliefs
from fabula.types import STORY_KINDS, Span, Story

MIN_MENTIONS = 2
"""A person mentioned once is spoken of rather than present."""
LEAST = 1000
"""Code points that a scene cut by time, place or cast has at least, on either side of the cut."""
VIEW = 1500
"""Code points that are looked at on either side for who is there."""
FEW_SHARED = 0.34
"""With a new place, so large a share of the people may stay the same."""
CROWD = 6
"""Mentions of persons on either side without which nothing is said about the cast."""


def find_scenes(
    story: Story, evidence: Evidence, entities: EntityBeliefs
) -> tuple[tuple[Span, tuple[int, ...]], ...]:
    """The scenes in text order.

    Each is (span, persons' entities with a part in it, most mentioned first).
    """
    m = evidence.mentions
    at = story.tokens.start[m.token_start] if len(m) else np.zeros(0, np.int32)
    cast = _Cast(at, m.type, entities)
    starts = [p.start for p in story.paragraphs]
    quoted = frozenset(q.start for q in story.quotes)
    out = []
    for whole in _stretches(story):
        for span in _cut(story, whole, cast, starts, quoted):
            here = cast.of(span.start, span.end)
            who = sorted((e for e, c in here.items() if c >= MIN_MENTIONS), key=lambda e: (-here[e], e))
            out.append((span, tuple(who)))
    return tuple(out)


class _Cast:
    """Who is mentioned where. A person's mentions by entity, over any stretch of code points."""

    def __init__(self, at: npt.NDArray[Any], types: npt.NDArray[Any], entities: EntityBeliefs) -> None:
        self._at, self._types, self._entity = at, types, entities.entity

    def of(self, start: int, end: int) -> Counter[int]:
        """Mentions of each person in [start, end)."""
        a, b = np.searchsorted(self._at, [start, end])
        return Counter(int(self._entity[k]) for k in range(a, b) if self._types[k] == 0)


def _stretches(story: Story) -> list[Span]:
    """What stands between scene breaks and headings."""
    spans: list[Span] = []
    start = end = -1
    for s in story.segments:
        if s.kind in STORY_KINDS:
            start, end = (s.start if start < 0 else start), s.end
        elif start >= 0 and s.kind in ("scene_break", "heading", "end"):
            spans.append(Span(start, end))
            start = -1
    if start >= 0:
        spans.append(Span(start, end))
    return spans


def _cut(story: Story, whole: Span, cast: _Cast, starts: Sequence[int], quoted: frozenset[int]) -> list[Span]:
    """A stretch between breaks, cut where time, place or cast shift.

    ``starts`` are those of all paragraphs, ``quoted`` those of all quotes.
    """
    edges = [whole.start]
    for k in range(bisect_left(starts, whole.start), bisect_left(starts, whole.end)):
        p = story.paragraphs[k]
        if p.start - edges[-1] < LEAST or whole.end - p.start < LEAST or p.start in quoted:
            continue
        if _shifts(story.text[p.start : p.start + 60], cast, edges[-1], p.start, whole.end):
            edges.append(p.start)
    return [Span(a, b) for a, b in zip(edges, [*edges[1:], whole.end], strict=True)]


def _shifts(opening: str, cast: _Cast, since: int, at: int, end: int) -> bool:
    """Whether a new scene begins at ``at``, whose paragraph opens on ``opening``."""
    if TIME.match(opening):
        return True
    before, after = cast.of(max(since, at - VIEW), at), cast.of(at, min(end, at + VIEW))
    if min(before.total(), after.total()) < CROWD:
        return False
    there, then = ({e for e, c in some.items() if c >= MIN_MENTIONS} for some in (before, after))
    if not there or not then:
        return False
    shared = len(there & then) / min(len(there), len(then))
    return shared == 0 or (shared <= FEW_SHARED and bool(PLACE.match(opening)))
