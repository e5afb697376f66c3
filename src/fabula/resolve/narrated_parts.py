"""The parts of a story that have a narrator each, and how often each says "I", or tells of "you"."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from fabula.encoder.pieces import normalise
from fabula.heads.evidence import Evidence
from fabula.lexicon.gender import PRONOUNS
from fabula.resolve.quote_context import StoryContext
from fabula.text.lines import written_by
from fabula.text.verse import find_verse
from fabula.types import STORY_KINDS, Story
from fabula.usage import YOU, tells_of_you

RATE = 0.004
"""Share of a part's narrated tokens that are "I" or its forms, from which on it is first-person."""
FEWEST = 3
"""Times a part says "I"; once is enough for a letter, or where somebody signs."""
IN_VERSE = 3
"""A part with so many times more words of verse than of prose is told in verse."""
_I = frozenset({"i", "me", "my", "mine", "myself"})
_YOU = frozenset({"you", "your", "yours", "yourself"})


@dataclass(slots=True)
class Part:
    """Segments of the story that share a narrator: a chapter, a letter, or the whole.

    ``label``: the heading above. ``own`` of its narrated ``tokens`` say "I"; "you", where the part is told of
    "you" (``second``). ``narrator`` is an entity, -1 where nobody has said, with the probability ``sure``;
    ``votes``: what speaks for each.
    """

    segments: list[int]
    label: str | None
    letter: bool
    own: int = 0
    second: bool = False
    tokens: int = 0
    narrator: int = -1
    sure: float = 1.0
    votes: dict[int, float] = field(default_factory=lambda: defaultdict(float))


def parts_of(story: Story) -> list[Part]:
    """The story's segments grouped by the heading above them; each letter is a part of its own."""
    parts: list[Part] = []
    label: str | None = None
    current: Part | None = None
    for k, s in enumerate(story.segments):
        if s.kind == "title":
            # A document may be the whole story: "Statement of Nikhil Rao".
            whole = story.text[s.start : s.end].strip()
            label, current = (whole if written_by(whole) else label), None
        elif s.kind == "heading":
            label, current = s.label or story.text[s.start : s.end].strip(), None
        elif s.kind == "letter":
            parts.append(Part([k], label, True))
        elif s.kind in STORY_KINDS:
            if current is None:
                current = Part([], label, False)
                parts.append(current)
            current.segments.append(k)
    return parts


def told_of_you(story: Story, evidence: Evidence) -> frozenset[int]:
    """Segments of parts that are told of "you", as a story may be told of "him": "You push the door open".

    Linear in the story's mentions.
    """
    quote, starts = evidence.layout.quote, story.tokens.start
    mine, yours = (Counter(at for _, at in told_pronouns(story, evidence, n)) for n in (1, 2))
    out: set[int] = set()
    if yours.total() < YOU:
        return frozenset()
    for p in parts_of(story):
        you, own = sum(yours[k] for k in p.segments), sum(mine[k] for k in p.segments)
        if p.letter or you < YOU:
            continue
        edges = [(s.start, s.end) for s in (story.segments[k] for k in p.segments)]
        spans = [(bisect_left(starts, a), bisect_left(starts, b)) for a, b in edges]
        if tells_of_you(you, own, sum(int((quote[a:b] < 0).sum()) for a, b in spans)):
            out.update(p.segments)
    return frozenset(out)


def count_own(story: Story, evidence: Evidence, context: StoryContext, parts: Sequence[Part]) -> None:
    """Count the words of narration and the "I" among them, or the "you" where it is told of "you".

    A song's "I" is not the teller's; a part that is nearly all verse is told in verse, though.
    """
    starts, quote = story.tokens.start, evidence.layout.quote
    second = told_of_you(story, evidence)
    for p in parts:
        p.second = not second.isdisjoint(p.segments)
        forms = _YOU if p.second else _I
        prose, verse = [0, 0], [0, 0]
        for k in p.segments:
            s = story.segments[k]
            songs = find_verse(story.text, s.start, s.end)
            opens = [x for x, _ in songs]
            for t in range(bisect_left(starts, s.start), bisect_left(starts, s.end)):
                if quote[t] < 0:
                    at = bisect_right(opens, int(starts[t])) - 1
                    tally = verse if at >= 0 and starts[t] < songs[at][1] else prose
                    tally[0] += 1
                    tally[1] += context.low[t] in forms
        told_in_verse = verse[0] > IN_VERSE * prose[0]
        p.tokens, p.own = (prose[0] + verse[0], prose[1] + verse[1]) if told_in_verse else prose


def first_person(p: Part) -> bool:
    """Whether somebody says "I" there, or it is told of "you"."""
    return p.own >= (1 if p.letter or p.narrator >= 0 else FEWEST) and p.own >= RATE * p.tokens


def share_own(parts: Sequence[Part]) -> float:
    """The share of the parts' narrated tokens that are "I", or "you", or their forms."""
    return sum(p.own for p in parts) / max(1, sum(p.tokens for p in parts))


def told_pronouns(story: Story, evidence: Evidence, person: int) -> Iterator[tuple[int, int]]:
    """Singular pronouns of the first or second person outside quotes: (mention, segment), both indices."""
    m = evidence.mentions
    edges = [s.start for s in story.segments]
    for k in np.flatnonzero(m.kind == 2).tolist():
        t = int(m.token_start[k])
        if evidence.layout.quote[t] >= 0:
            continue
        p = PRONOUNS.get(normalise(story.token_text(t)).lower())
        at = bisect_right(edges, int(story.tokens.start[t])) - 1
        if p is not None and p.person == person and p.number != "plur" and at >= 0:
            yield k, at
