"""Who says "I" in the narration of each part of a story, and what the story calls them.

A part is first-person where "I" and its forms stand often enough outside quotes. Its narrator is whom a
heading names, else whom the text names: by "my name is", "call me", or others' vocatives in answer to "I
said". A letter belongs to who signs it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from fabula.heads.evidence import Evidence
from fabula.lexicon.name_lists import given_names
from fabula.lexicon.name_titles import TITLES, fold
from fabula.lexicon.short_forms import diminutives
from fabula.resolve.coref import EntityBeliefs
from fabula.resolve.names import NameBeliefs
from fabula.resolve.quote_context import BREAK, StoryContext, read_context
from fabula.text.lines import teller_and_place, written_by
from fabula.text.verse import find_verse
from fabula.types import STORY_KINDS, Story

RATE = 0.004
"""Share of a part's narrated tokens that are "I" or its forms, from which on it is first-person."""
FEWEST = 3
VOTES, VOTES_FAINT = 0.9, 3.0
"""Votes a name needs to be the narrator's; the latter where "I" is rare: a teller outside the story."""
FAINT = 0.012
PERHAPS = 0.8
"""Vote of a name that stands alone as a sentence of a quote: it may call or tell."""
SPOKEN_OF, GIVEN, TITLE = 0.5, 0.4, 0.5
"""What counts against a name for each "he" or "she" in others' lines that is its, for a given name, against a
title. Tried on 156 marked stories and 252 other texts in the first person (decision 0034).
"""
IN_VERSE = 3
"""A part with so many times more words of verse than of prose is told in verse."""

SIGNED = 2
"""Segments that end in a name alone, from which on a story is made of letters."""

_INITIALS = re.compile(r"[\W_]{0,4}((?:[^\W\d_a-z]\. ?){1,3})[\W_]{0,3}")
_THIRD = frozenset({3, 4, 8})
"""Classes of "he", "she" and neopronouns (``heads/pair_features.py``)."""
_I = frozenset({"i", "me", "my", "mine", "myself"})
_SELF = re.compile(
    r"\b(?:my name(?:'s| is| was)|i(?: am|'m| was)(?: called| named)?|"
    r"(?:they |people |everyone |friends )?calls? me|"
    r"called (?:me|myself)|be called|known as|name me|named me|christened)\s+(?:only |just |simply |plain )?$"
)
_WINDOW = 48


@dataclass(slots=True)
class _Part:
    """Segments of the story that share a narrator: a chapter, a letter, or the whole."""

    segments: list[int]
    label: str | None
    letter: bool
    own: int = 0
    tokens: int = 0
    narrator: int = -1
    votes: dict[int, float] = field(default_factory=lambda: defaultdict(float))


def find_narrators(
    story: Story,
    evidence: Evidence,
    names: NameBeliefs,
    entities: EntityBeliefs,
    context: StoryContext | None = None,
) -> tuple[int, ...]:
    """Per segment of the story the entity that narrates it, -1 where nobody says "I".

    A narrator whom the story does not name gets an id of its own, from ``len(names.roster)`` plus the number
    of mentions on, so that no pass can give it to anybody else.
    """
    context = context or read_context(story, evidence)
    people, initials = _people(names), _initials(names)
    parts = _signing(story, _parts(story), people, initials)
    _count(story, evidence, context, parts)
    told = [p for p in parts if _first_person(p)]
    out = [-1] * len(story.segments)
    if not told:
        return tuple(out)
    _vote(story, evidence, names, context, parts)
    for p in told:
        if p.label is not None and not p.letter and p.narrator < 0:
            by_name = names.headed.get(p.label, -1)
            p.narrator = by_name if by_name >= 0 else _named_by_heading(p.label, people)
        if p.letter:
            p.narrator = _signed(story, p, people, initials)
    headed = {p.narrator for p in told if not p.letter and p.narrator >= 0}
    new = len(names.roster) + len(evidence.mentions)
    plain = [p for p in told if not p.letter and p.narrator < 0]
    if plain:
        shared = _winner(plain, names, evidence, context, headed, entities)
        for p in plain:
            p.narrator = shared if shared >= 0 else new
    for p in told:
        if p.letter and p.narrator < 0:
            new += 1
            p.narrator = new
        for s in p.segments:
            out[s] = p.narrator
    return tuple(out)


def _parts(story: Story) -> list[_Part]:
    """The story's segments grouped by the heading above them; each letter is a part of its own."""
    parts: list[_Part] = []
    label: str | None = None
    current: _Part | None = None
    for k, s in enumerate(story.segments):
        if s.kind == "title":
            # A document may be the whole story: "Statement of Nikhil Rao".
            whole = story.text[s.start : s.end].strip()
            label, current = (whole if written_by(whole) else label), None
        elif s.kind == "heading":
            label, current = s.label or story.text[s.start : s.end].strip(), None
        elif s.kind == "letter":
            parts.append(_Part([k], label, True))
        elif s.kind in STORY_KINDS:
            if current is None:
                current = _Part([], label, False)
                parts.append(current)
            current.segments.append(k)
    return parts


def _count(story: Story, evidence: Evidence, context: StoryContext, parts: Sequence[_Part]) -> None:
    """Count the words of narration and the "I" among them. A song's "I" is not the teller's.

    A part that is nearly all verse is told in verse, though.
    """
    starts, quote = story.tokens.start, evidence.layout.quote
    for p in parts:
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
                    tally[1] += context.low[t] in _I
        told_in_verse = verse[0] > IN_VERSE * prose[0]
        p.tokens, p.own = (prose[0] + verse[0], prose[1] + verse[1]) if told_in_verse else prose


def _first_person(p: _Part) -> bool:
    return p.own >= (1 if p.letter or p.narrator >= 0 else FEWEST) and p.own >= RATE * p.tokens


def _people(names: NameBeliefs) -> dict[str, int]:
    """Folded name to roster entry, for people whose name is nobody else's; the commoner wins a given name."""
    table: dict[str, int] = {}
    weight: Counter[str] = Counter()
    for e, entry in enumerate(names.roster):
        if entry.type != "PER" or entry.sworn or entry.number == "plur":
            continue
        forms = {fold(entry.name): sum(a.count for a in entry.aliases)} | {
            fold(a.text): a.count for a in entry.aliases
        }
        words = [w for w in fold(entry.name).split() if len(w) > 2]
        for form, count in [*forms.items(), *((w, 0) for w in words)]:
            if form and (form not in table or count > weight[form]):
                table[form], weight[form] = e, count
    return table


def _named_by_heading(label: str, people: Mapping[str, int]) -> int:
    """Whom a heading names ("Part Two: Teodora", "MARIAN HALCOMBE'S NARRATIVE"), -1 for nobody."""
    text = fold(written_by(label) or teller_and_place(label) or label)
    text = re.sub(
        r"\b(?:chapter|part|book|the|narrative|story|diary|journal|account|statement|of|by|continued)\b"
        r"|'s\b|(?<=s)'(?!\w)|[\divxl]+\b(?=[.:])",
        " ",
        text,
    )
    text = " ".join(re.sub(r"[^\w' -]", " ", text).split())
    if text in people:
        return people[text]
    words = [w for w in text.split() if w in people]
    return people[words[0]] if len(words) == 1 and len(text.split()) <= 3 else -1


def _initials(names: NameBeliefs) -> dict[str, int]:
    """Initials, without dots, to the one person who has them, -1 for several: Lucan Thistlewood is "lt" and "l"."""
    table: dict[str, int] = {}
    for e, entry in enumerate(names.roster):
        if entry.type != "PER" or entry.sworn or entry.number == "plur":
            continue
        mine: set[str] = set()
        for form in (entry.name, *(a.text for a in entry.aliases)):
            letters = [w[0] for w in fold(form).split() if w.strip(".") not in TITLES]
            mine |= {letters[0], "".join(letters)} if letters else set()
        for x in mine:
            table[x] = e if table.get(x, e) == e else -1
    return table


def _signed(story: Story, p: _Part, people: Mapping[str, int], initials: Mapping[str, int]) -> int:
    """Who signs a letter: a name or initials alone in one of its last lines."""
    s = story.segments[p.segments[-1]]
    lines = [x.strip() for x in story.text[max(s.start, s.end - 400) : s.end].split("\n") if x.strip()]
    for line in reversed(lines[-4:]):
        if len(line) > 60:
            continue
        # "Your sister, Anne" and "Anne, who had the bag" are both signed by Anne.
        for part in line.split(",")[::-1] if line.count(",") == 1 else [line]:
            who = " ".join(fold(re.sub(r"[^\w' -]", " ", part)).split())
            if who in people:
                return people[who]
        if (who := _by_initials(line, initials)) >= 0:
            return who
    return -1


def _by_initials(line: str, initials: Mapping[str, int]) -> int:
    """Whose initials, dots and all, are alone on a line; -1 for nobody's."""
    m = _INITIALS.fullmatch(line)
    return initials.get(fold("".join(c for c in m[1] if c.isalpha())), -1) if m else -1


def _signing(
    story: Story, parts: list[_Part], people: Mapping[str, int], initials: Mapping[str, int]
) -> list[_Part]:
    """The parts, with segments of their own where the last line is a name or initials, if several are.

    Then the story is made of letters, though not all of them greet anybody.
    """
    signs: dict[int, int] = {}
    for p in parts:
        for k in p.segments:
            s = story.segments[k]
            last = story.text[max(s.start, s.end - 60) : s.end].rstrip().rpartition("\n")[2].strip()
            who = people.get(" ".join(fold(re.sub(r"[^\w' -]", " ", last)).split()), -1)
            signs[k] = who if who >= 0 else _by_initials(last, initials)
    if sum(who >= 0 for who in signs.values()) < SIGNED:
        return parts
    out: list[_Part] = []
    for p in parts:
        if p.letter:
            out.append(p)
            continue
        out += [_Part([k], p.label, False, narrator=signs[k]) for k in p.segments if signs[k] >= 0]
        rest = [k for k in p.segments if signs[k] < 0]
        if rest:
            out.append(_Part(rest, p.label, False))
    return out


def _vote(
    story: Story, evidence: Evidence, names: NameBeliefs, context: StoryContext, parts: Sequence[_Part]
) -> None:
    """Names that the parts give their narrators."""
    part_of = {k: p for p in parts for k in p.segments}
    edges = [s.start for s in story.segments]
    starts = story.tokens.start
    m = evidence.mentions
    quotes = context.quotes
    outer = [k for k, q in enumerate(quotes) if q.parent < 0]
    by_i = {k for k in outer if (tag := quotes[k].tag) is not None and context.low[tag.name[0]] == "i"}
    to_me = {
        k
        for k in outer
        if any(context.low[m.token_start[j]] == "me" for j in (*quotes[k].told, *quotes[k].faced))
    }

    def part(token: int) -> _Part | None:
        return part_of.get(bisect_right(edges, int(starts[token])) - 1)

    for k in range(len(m)):
        e = int(names.entity[k])
        if e < 0 or m.type[k] != 0:
            continue
        t = int(m.token_start[k])
        q = context.in_quote[k]
        if q < 0 or q in by_i:
            begin = max(0, t - 6)
            said = " ".join(context.low[begin:t]).replace(" '", "'")
            if _SELF.search(said[-_WINDOW:] + " ") and (p := part(t)) is not None:
                p.votes[e] += 6
    for r, k in enumerate(outer):
        if k in by_i:
            continue
        called = [
            (e, share)
            for some, share in ((quotes[k].vocatives, 1.0), (quotes[k].perhaps, PERHAPS))
            for j in some
            if (e := _name_in(j, story, evidence, names)) >= 0
        ]
        if not called:
            continue
        before = outer[r - 1] if r and quotes[k].link != BREAK else -1
        after = outer[r + 1] if r + 1 < len(outer) and quotes[outer[r + 1]].link != BREAK else -1
        near = sum(x in by_i for x in (before, after))
        more = (2 if k in to_me else 0) + near
        if (p := part(quotes[k].token_start)) is not None:
            for e, share in called:
                p.votes[e] += share + more


def _name_in(j: int, story: Story, evidence: Evidence, names: NameBeliefs) -> int:
    """The roster entry of a mention, or of the name within it ("my dear Watson"); -1 for none."""
    end = int(evidence.mentions.token_end[j])
    for k in range(j, min(j + 4, len(evidence.mentions))):
        if evidence.mentions.token_start[k] >= end:
            break
        if names.entity[k] >= 0 and evidence.mentions.token_end[k] == end:
            first = int(story.tokens.start[evidence.mentions.token_start[k]])
            return int(names.entity[k]) if story.text[first].isupper() else -1
    return -1


def _winner(
    parts: Sequence[_Part],
    names: NameBeliefs,
    evidence: Evidence,
    context: StoryContext,
    others: set[int],
    entities: EntityBeliefs,
) -> int:
    """The name most voted for that narration does not use as of somebody else.

    A given name rather than a title, and nobody of whom others speak as "he" or "she".
    """
    votes: dict[int, float] = defaultdict(float)
    for p in parts:
        for e, n in p.votes.items():
            votes[e] += n
    narrated: Counter[int] = Counter()
    spoken_of: Counter[int] = Counter()
    for k, e in enumerate(names.entity.tolist()):
        if e >= 0 and context.in_quote[k] < 0:
            narrated[e] += 1
        if context.in_quote[k] >= 0 and evidence.anaphors.cls[k] in _THIRD:
            spoken_of[int(entities.entity[k])] += 1
    for q in context.quotes:
        if (
            q.tag is not None
            and q.tag.shape == "direct"
            and q.tag.mention >= 0
            and names.entity[q.tag.mention] >= 0
        ):
            narrated[int(names.entity[q.tag.mention])] += 1
    rate = sum(p.own for p in parts) / max(1, sum(p.tokens for p in parts))
    best, most = -1, VOTES if rate >= FAINT else VOTES_FAINT
    for e, n in sorted(votes.items()):
        entry = names.roster[e]
        if entry.type != "PER" or entry.sworn or entry.number == "plur" or e in others:
            continue
        score = (
            n - 1.5 * max(0.0, narrated[e] - n / 6) - SPOKEN_OF * min(spoken_of[e], 4) + _by_form(entry.name)
        )
        if score > most:
            best, most = e, score
    return best


def _by_form(name: str) -> float:
    """What the form of a name adds to its votes: a given name is likelier than a title alone."""
    found = fold(name).split()
    if all(w.strip(".") in TITLES for w in found):
        return -TITLE
    return GIVEN if any(w in given_names() or w in diminutives() for w in found) else 0.0
