"""Scenes: stretches between breaks, with the people who have a part in them."""

from __future__ import annotations

from collections import Counter

import numpy as np

from fabula.heads.evidence import Evidence
from fabula.resolve.coref import EntityBeliefs
from fabula.types import STORY_KINDS, Span, Story

MIN_MENTIONS = 2
"""A person mentioned once is spoken of rather than present."""


def find_scenes(
    story: Story, evidence: Evidence, entities: EntityBeliefs
) -> tuple[tuple[Span, tuple[int, ...]], ...]:
    """Scenes cut at scene breaks and chapter headings.

    Each is (span, persons' entities with a part in it, most mentioned first).
    """
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
    m = evidence.mentions
    at = story.tokens.start[m.token_start] if len(m) else np.zeros(0, np.int32)
    out = []
    for span in spans:
        a, b = np.searchsorted(at, [span.start, span.end])
        here = Counter(int(entities.entity[k]) for k in range(a, b) if m.type[k] == 0)
        who = sorted((e for e, c in here.items() if c >= MIN_MENTIONS), key=lambda e: (-here[e], e))
        out.append((span, tuple(who)))
    return tuple(out)
