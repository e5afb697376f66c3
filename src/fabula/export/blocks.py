"""The text as blocks and chapters: what formats with paragraphs are laid out from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from fabula.export.token_ranges import Places
from fabula.types import STORY_KINDS, SegmentKind, Story


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of one paragraph and one segment, without blanks around it; code points of ``Story.text``.

    ``segment`` and ``paragraph`` are indices; None where a file of another producer leaves the text outside.
    Text in no segment counts as body.
    """

    start: int
    end: int
    kind: SegmentKind
    label: str | None
    narrator: int | None
    segment: int | None
    paragraph: int | None

    @property
    def is_story(self) -> bool:
        """Whether it tells the story; otherwise it is paratext."""
        return self.kind in STORY_KINDS


@dataclass(frozen=True, slots=True)
class Chapter:
    """The blocks from a heading, or from the beginning, to the next heading. ``title`` is in one line."""

    title: str | None
    blocks: tuple[Block, ...]


def blocks_of(story: Story) -> list[Block]:
    """The blocks of a story, in text order; they hold every character of it that is not blank."""
    segments = [(s.start, s.end) for s in story.segments]
    paragraphs = [(p.start, p.end) for p in story.paragraphs]
    in_segment, in_paragraph = Places(segments), Places(paragraphs)
    cuts = {0, len(story.text)}
    for span in (*segments, *paragraphs):
        cuts.update(span)
    blocks = []
    for start, end in pairwise(sorted(cuts)):
        words = story.text[start:end]
        if not words.strip():
            continue
        index = in_segment.of(start)
        segment = None if index is None else story.segments[index]
        blocks.append(
            Block(
                start=start + len(words) - len(words.lstrip()),
                end=start + len(words.rstrip()),
                kind=segment.kind if segment else "body",
                label=segment.label if segment else None,
                narrator=segment.narrator if segment else None,
                segment=index,
                paragraph=in_paragraph.of(start),
            )
        )
    return blocks


def chapters_of(story: Story, blocks: Sequence[Block] | None = None) -> list[Chapter]:
    """The blocks by chapter. Headings that follow one another are one; the first may have none."""
    groups: list[list[Block]] = [[]]
    for block in blocks_of(story) if blocks is None else blocks:
        current = groups[-1]
        if block.kind == "heading" and current and any(b.kind != "heading" for b in current):
            groups.append([])
        groups[-1].append(block)
    return [Chapter(_title(story, group), tuple(group)) for group in groups if group]


def _title(story: Story, group: Sequence[Block]) -> str | None:
    parts: dict[int | None, str] = {}
    for block in group:
        if block.kind != "heading":
            break
        parts.setdefault(
            block.segment, " ".join((block.label or story.text[block.start : block.end]).split())
        )
    return ": ".join(part for part in parts.values() if part) or None
