"""The names of a story written in small letters, found once and written as names."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from fabula.lexicon.name_titles import TITLES, fold
from fabula.text.small_letters import raised
from fabula.types import ENTITY_TYPES, MENTION_KINDS, MentionSpans, Story

SHARE = 0.6
"""Share of a word's uses in which it is in a name, from which it is one wherever it stands."""
_NAME = MENTION_KINDS.index("PROP")
_PERSON = ENTITY_TYPES.index("PER")
_SMALL = frozenset(["the", "of", "and", "de", "la", "von", "van", "der", "du", "da", "a", "an", "'s", "’s"])


def with_names(story: Story, mentions: MentionSpans) -> Story:
    """The story with a capital in every word of its names; tokens and offsets stay."""
    words = [story.token_text(i) for i in range(len(story.tokens))]
    uses = Counter(word.lower() for word in words)
    in_names: set[int] = set()
    people: Counter[str] = Counter()
    for k in (mentions.kind == _NAME).nonzero()[0].tolist():
        for t in range(int(mentions.token_start[k]), int(mentions.token_end[k])):
            if words[t].lower() not in _SMALL and words[t][:1].isalpha():
                in_names.add(t)
                people[words[t].lower()] += bool(mentions.type[k] == _PERSON)
    known = {w for w, n in people.items() if n >= SHARE * uses[w] and fold(w) not in TITLES}
    at = [t for t, word in enumerate(words) if t in in_names or word.lower() in known]
    return replace(story, text=raised(story.text, (int(story.tokens.start[t]) for t in at)))
