"""Headings that may name whoever tells the part below them: "Kezia", "— Kezia —", "Kezia's POV"."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from fabula.text.lines import narrator_name
from fabula.types import STORY_KINDS, Segment, Story

FEWEST = 3
"""Times a part must say "I" for the name above it to be its narrator's."""


@dataclass(frozen=True, slots=True)
class HeadedPart:
    """A heading over a part in the first person.

    ``label`` as its segment has it; ``name`` as it stands there, at code points [start, end); ``first``: the
    token with which the part begins.
    """

    label: str
    name: str
    start: int
    end: int
    first: int


def headed_parts(story: Story) -> tuple[HeadedPart, ...]:
    """Headings that may name the narrator of the part below, in text order.

    Only the form of a heading is judged, and that its part says "I": "Winter" may still be a season. Cost:
    linear in segments and in the tokens of the parts.
    """
    out: list[HeadedPart] = []
    heading: Segment | None = None
    first, said = -1, 0
    for s in (*story.segments, None):
        if s is None or s.kind == "heading":
            if heading is not None and said >= FEWEST:
                label = _label(story, heading)
                name = narrator_name(label) or ""
                at = story.text.find(name, heading.start, heading.end)
                if name and at >= 0:
                    out.append(HeadedPart(label, name, at, at + len(name), first))
            heading, first, said = s, -1, 0
        elif s.kind in STORY_KINDS and heading is not None and narrator_name(_label(story, heading)):
            a, b = bisect_left(story.tokens.start, s.start), bisect_left(story.tokens.start, s.end)
            first = a if first < 0 else first
            said += sum(story.token_text(t) == "I" for t in range(a, b))
    return tuple(out)


def _label(story: Story, heading: Segment) -> str:
    return heading.label or story.text[heading.start : heading.end].strip()
