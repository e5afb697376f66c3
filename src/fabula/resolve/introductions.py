"""Lines in which somebody says who they are: "I'm May", or "Will." where a name was asked for.

Counted in 1,077 marked stories (training/stories): of 60 names after these words 54 are the speaker's, and of
36 that answer such a question 32; the others mostly have a tag that says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from fabula.heads.evidence import Evidence
from fabula.resolve.names import NameBeliefs
from fabula.resolve.quote_context import BREAK, MANY_BETWEEN, StoryContext

_SAID = (
    ("my", "name", "is"), ("my", "name", "'s"), ("the", "name", "'s"), ("the", "name", "is"), ("name", "'s"),
    ("i", "am"), ("i", "'m"), ("call", "me"), ("they", "call", "me"),
)  # fmt: skip
_SUPPOSED = frozenset({"say", "says", "said", "that", "if", "like", "think", "thinks", "thought", "pretend"})
"""Before "I'm May": somebody else's words, or nobody's."""
_BEFORE_ANSWER = frozenset({"it", "'s", "is", "just", "only", "well", "oh", "er", "um", "no", "i", "'m"})
_ASKED = (
    ("your", "name"), ("your", "own", "name"), ("your", "real", "name"), ("they", "call", "you"),
    ("we", "call", "you"), ("one", "call", "you"), ("i", "call", "you"), ("you", "called"),
    ("who", "are", "you"), ("you", "are"),
)  # fmt: skip
REACH = 12
"""Tokens before a name, or at the end of a question, that are looked at."""
_AFTER_QUESTION = frozenset({"?", "then", "now", "sir", "miss", "ma'am", "love", "dear", "boy", "girl", ","})


def introduced(evidence: Evidence, names: NameBeliefs, context: StoryContext) -> dict[int, int]:
    """Quote -> the person of the roster that its speaker says to be. Linear in the length of the text."""
    low, quotes, m = context.low, context.quotes, evidence.mentions
    outer = [k for k, q in enumerate(quotes) if q.parent < 0]
    answers = {
        k
        for before, k in pairwise(outer)
        if quotes[k].link not in (BREAK, MANY_BETWEEN) and _asks_name(low, quotes[before].token_end)
    }
    out: dict[int, int] = {}
    for k, e in enumerate(names.entity.tolist()):
        q = context.in_quote[k]
        if e < 0 or q < 0 or names.roster[e].type != "PER" or names.roster[e].number == "plur":
            continue
        start, end = int(m.token_start[k]), int(m.token_end[k])
        first = quotes[q].token_start
        before = low[max(first, start - REACH) : start]
        if low[end : end + 1] in (("'s",), ("'",)):
            continue  # "I'm Priya's supervisor"
        if _says(before) or (q in answers and start - first <= REACH and _answers(before)):
            out.setdefault(q, e)
    return out


def _says(before: Sequence[str]) -> bool:
    """Whether the words of a quote before a name say that it is the speaker's."""
    for words in _SAID:
        n = len(words)
        if tuple(before[-n:]) == words:
            rest = [w for w in before[:-n] if w.isalpha()]
            return not (rest and rest[-1] in _SUPPOSED)
    return False


def _answers(before: Sequence[str]) -> bool:
    """Whether nothing of weight stands in a quote before a name."""
    return all(not w[:1].isalnum() or w in _BEFORE_ANSWER for w in before if w != "'s")


def _asks_name(low: Sequence[str], end: int) -> bool:
    """Whether the quote that ends before token ``end`` ends by asking the one spoken to for a name."""
    words = [w for w in low[max(0, end - REACH) : end] if w not in ('"', "'")]
    if "?" not in words[-1:]:
        return False
    while words and words[-1] in _AFTER_QUESTION:
        words.pop()
    if words[-1:] == ["name"] and not any(w.isalpha() and w != "the" for w in words[-2:-1]):
        return True  # "Name?", "Sir? Name?", "What's the name?"
    return any(tuple(words[-len(p) :]) == p for p in _ASKED)
