"""What a story calls the one who tells it: votes of the names that others say to "me"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence

from fabula.heads.evidence import Evidence
from fabula.lexicon.name_lists import given_names
from fabula.lexicon.name_titles import TITLES, fold
from fabula.lexicon.short_forms import diminutives
from fabula.resolve.coref import EntityBeliefs
from fabula.resolve.names import NameBeliefs
from fabula.resolve.narrated_parts import Part
from fabula.resolve.quote_context import BREAK, StoryContext
from fabula.resolve.quote_people import effective_tags
from fabula.types import Story

VOTES, VOTES_FAINT = 0.9, 3.0
"""Votes a name needs to be the narrator's; the latter where "I" is rare: a teller outside the story."""
FAINT = 0.012
PERHAPS = 0.8
"""Vote of a name that stands alone as a sentence of a quote: it may call or tell."""
SURE = ((4.0, 0.97), (2.4, 0.8), (0.0, 0.6))
"""From so many votes on, the share of narrators who are so called; as for SPOKEN_OF."""
CALLED, ALONE = 2.0, 6
"""What counts against a name that "I" call out in a quote of more tokens: a name alone may be an answer."""
SPOKEN_OF, GIVEN, TITLE = 0.5, 0.4, 0.5
"""What counts against a name for each "he" or "she" in others' lines that is its, for a given name, against a
title. Tried on 156 marked stories and 252 other texts in the first person (decision 0034).
"""

_THIRD = frozenset({3, 4, 8})
"""Classes of "he", "she" and neopronouns (``heads/pair_features.py``)."""
_SELF = re.compile(
    r"\b(?:my name(?:'s| is| was)|i(?: am|'m| was)(?: called| named)?|"
    r"(?:they |people |everyone |friends )?calls? me|"
    r"called (?:me|myself)|be called|known as|name me|named me|christened)\s+(?:only |just |simply |plain )?$"
)
_WINDOW = 48


def vote(
    story: Story, evidence: Evidence, names: NameBeliefs, context: StoryContext, parts: Sequence[Part]
) -> None:
    """Add up in ``Part.votes`` what names the parts give their narrators: what others call out to "me"."""
    part_of = {k: p for p in parts for k in p.segments}
    edges = [s.start for s in story.segments]
    starts = story.tokens.start
    m = evidence.mentions
    quotes = context.quotes
    outer = [k for k, q in enumerate(quotes) if q.parent < 0]

    def part(token: int) -> Part | None:
        return part_of.get(bisect_right(edges, int(starts[token])) - 1)

    def teller(k: int) -> tuple[str, str]:
        p = part(quotes[k].token_start) if quotes[k].token_start < len(starts) else None
        return ("you", "you") if p is not None and p.second else ("i", "me")

    tags = effective_tags(context)
    by_i = {k for k in outer if (tag := tags[k]) is not None and context.low[tag.name[0]] == teller(k)[0]}
    to_me = {
        k
        for k in outer
        if any(context.low[m.token_start[j]] == teller(k)[1] for j in (*quotes[k].told, *quotes[k].faced))
    }
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
                if k not in by_i:
                    p.votes[e] += share + more
                elif quotes[k].token_end - quotes[k].token_start > ALONE:
                    p.votes[e] -= CALLED * share


def _name_in(j: int, story: Story, evidence: Evidence, names: NameBeliefs) -> int:
    """The roster entry of a mention, or of the name within it ("my dear Watson"); -1 for none."""
    end = int(evidence.mentions.token_end[j])
    for k in range(j, min(j + 4, len(evidence.mentions))):
        if evidence.mentions.token_start[k] >= end:
            break
        if names.entity[k] >= 0 and evidence.mentions.token_end[k] == end:
            first = int(story.tokens.start[evidence.mentions.token_start[k]])
            shown = story.text[first : first + 2]
            return int(names.entity[k]) if shown[0].isupper() or shown[1:] == "/" else -1  # "y/n"
    return -1


def winner(
    parts: Sequence[Part],
    names: NameBeliefs,
    evidence: Evidence,
    context: StoryContext,
    others: set[int],
    entities: EntityBeliefs,
    rate: float,
) -> tuple[int, float]:
    """The name most voted for that narration does not use as of somebody else.

    A given name rather than a title, and nobody of whom others speak as "he" or "she". ``rate``: the share
    of what is told that says "I". Who it is, -1 for nobody, and how surely, in [0, 1].
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
    return best, 1.0 if best < 0 else next(p for least, p in SURE if most >= least)


def _by_form(name: str) -> float:
    """What the form of a name adds to its votes: a given name is likelier than a title alone."""
    found = fold(name).split()
    if all(w.strip(".") in TITLES for w in found):
        return -TITLE
    return GIVEN if any(w in given_names() or w in diminutives() for w in found) else 0.0
