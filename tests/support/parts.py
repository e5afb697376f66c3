"""A few paragraphs of a story, and what a reading says of the parts of a file."""

from __future__ import annotations

from fabula.text import read_text
from fabula.types import STORY_KINDS, Story

BODY = (
    "Maren put the lamp on the sill and looked at the water. She had not slept, and the boat was late.\n\n"
    "“You should lie down,” said Odd from the stairs.\n\n"
    "“When he is in,” she said. He came and stood beside her and said nothing more about it.\n\n"
)


def parts(story: Story) -> list[tuple[str, str]]:
    """(kind, text) of every segment, white space made plain."""
    return [(s.kind, " ".join(story.text[s.start : s.end].split())) for s in story.segments]


def kinds(text: str) -> list[str]:
    """The kinds of the segments of ``text``."""
    return [s.kind for s in read_text(text).segments]


def label_of(text: str, kind: str) -> str | None:
    """The label of the first segment of that kind."""
    return next(s.label for s in read_text(text).segments if s.kind == kind)


def told(s: Story) -> str:
    return "\n\n".join(s.text[g.start : g.end] for g in s.segments if g.kind in STORY_KINDS)


def of_kind(s: Story, *kinds: str) -> list[str]:
    return [s.text[g.start : g.end] for g in s.segments if g.kind in kinds]


def marked(s: Story, kind: str) -> list[str]:
    return [s.text[m.start : m.end] for m in s.marks if m.kind == kind]
