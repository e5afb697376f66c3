"""Names that stand nowhere but where a place does: "raining at Cwmbach", "a man in Tver".

The detector takes some of them for people, above all those it has met once. Of the names of people that it
found in 340 marked stories, 111 uses stand behind these prepositions alone; one is a person's. Titles, a list
of given names, an owner's "'s" and verbs of looking tell other people who stand so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence, Set

import numpy as np

from fabula.lexicon.name_lists import given_names
from fabula.lexicon.name_titles import TITLES, fold
from fabula.types import ENTITY_TYPES, MENTION_KINDS, Ints, MentionSpans, Syntax

_PERSON, _TOWN = ENTITY_TYPES.index("PER"), ENTITY_TYPES.index("GPE")
_NAME = MENTION_KINDS.index("PROP")
_AT = frozenset(["in", "at", "from", "since", "until", "till", "outside", "near", "through", "into"])
_TOO = frozenset(["to", "of", "on", "off", "after", "above", "beyond", "round", "towards", "than", "between"])
"""They say nothing by themselves; beside one of the others they are of a place too."""
_SEEN = frozenset(
    ["look", "smile", "stare", "glance", "shout", "nod", "laugh", "grin", "frown", "wink", "wave", "glare",
     "peer", "gaze", "point", "throw", "snap", "yell", "scream", "swear", "bark", "aim", "blink", "snarl",
     "believe", "trust", "confide", "interest", "love", "faith"]
)  # fmt: skip
"""Whom one looks at or believes in is a person."""
_GIVEN = frozenset(
    ["take", "get", "buy", "hear", "borrow", "steal", "have", "receive", "learn", "hide", "win", "letter",
     "note", "word", "message", "card", "call", "text", "news", "present", "gift", "instruction", "order",
     "email", "postcard", "look", "nod", "answer", "reply", "kiss", "apology", "laugh", "away", "want",
     "expect"]
)  # fmt: skip
"""What comes "from" a person."""


def placed(words: Sequence[str], lone: Set[int], syntax: Syntax, m: MentionSpans) -> Ints:
    """The type of every mention (n,): names of people that stand only where places do are towns.

    ``words``: the story's tokens; ``lone``: those that are the only word of their sentence ("Kettering?"),
    where a name says nothing of it. Cost: linear in mentions.
    """
    kinds = m.type.copy()
    if not syntax.lemma:
        return kinds
    uses: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for k in np.flatnonzero((m.type == _PERSON) & (m.kind == _NAME)).tolist():
        uses[tuple(fold(w) for w in words[int(m.token_start[k]) : int(m.token_end[k])])].append(k)
    given = given_names()
    for key, several in uses.items():
        if any(w in TITLES or w in given for w in key):
            continue
        told = [
            _where(words, syntax, int(m.token_start[k]), int(m.token_end[k]), int(m.head_token[k]))
            for k in several
            if int(m.token_start[k]) not in lone
        ]
        if "" not in told and not _AT.isdisjoint(told):
            kinds[several] = _TOWN
    return kinds


def _where(words: Sequence[str], syntax: Syntax, start: int, end: int, head: int) -> str:
    """The preposition that makes a place of the name [start, end), or "" where it is none."""
    before = start - 1 - (start > 1 and words[start - 1].lower() == "the")
    word = words[before].lower() if before >= 0 else ""
    owner = end < len(words) and words[end].lower() in ("’s", "'s", "’", "'")
    if owner or word not in _AT | _TOO or syntax.deprel[head].partition(":")[0] in ("nsubj", "vocative"):
        return ""
    above = syntax.lemma[syntax.head[head]] if syntax.head[head] >= 0 else ""
    if (word in ("at", "in") and above in _SEEN) or (word == "from" and above in _GIVEN):
        return ""
    return word
