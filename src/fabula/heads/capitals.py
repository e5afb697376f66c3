"""Common nouns that the detector takes for names because they stand where every word has a capital.

“Robber.” and “Smoke rose” look like names to it. Of 29 words in 136 marked stories that stand nowhere but
at the beginning of a sentence and that the tagger calls nouns each time, two are names. 26 of the 29 stand
once, and only these are looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from fabula.lexicon.gender import UNKNOWN, name_gender
from fabula.types import ENTITY_TYPES, MENTION_KINDS, Ints, MentionSpans, Story, Syntax

_PERSON = ENTITY_TYPES.index("PER")
_NAME, _DESCRIPTION = MENTION_KINDS.index("PROP"), MENTION_KINDS.index("NOM")
_NOUNS = frozenset(["NN", "NNS"])


def common_nouns(
    story: Story, words: Sequence[str], syntax: Syntax, m: MentionSpans
) -> tuple[Ints, npt.NDArray[np.bool_]]:
    """The kind of every mention, and which to keep, both (n,).

    A common noun that is a whole sentence ("Robber.") is what somebody is called. One with a sentence around
    it ("Smoke rose") is nobody. ``words``: the story's tokens. Cost: linear in tokens.
    """
    kind, keep = m.kind.copy(), np.ones(len(m), dtype=bool)
    if not syntax.xpos:
        return kind, keep
    alone = (m.type == _PERSON) & (m.kind == _NAME) & (m.token_end - m.token_start == 1)
    times = Counter(words)
    first, last = _edges(story, words)
    for k in np.flatnonzero(alone).tolist():
        t = int(m.token_start[k])
        word = words[t]
        noun = times[word] == 1 and t in first and syntax.xpos[t] in _NOUNS
        if noun and name_gender(word) == UNKNOWN:
            kind[k], keep[k] = _DESCRIPTION, t in last
    return kind, keep


def _edges(story: Story, words: Sequence[str]) -> tuple[frozenset[int], frozenset[int]]:
    """Tokens of words that begin sentences, marks before them aside, and of words that end them."""
    first, last = [], []
    for a, b in story.sentence_tokens.tolist():
        at = [t for t in range(a, min(a + 3, b)) if words[t][:1].isalnum()]
        if at:
            first.append(at[0])
        to = [t for t in range(b - 1, max(a, b - 4) - 1, -1) if words[t][:1].isalnum()]
        if to:
            last.append(to[0])
    return frozenset(first), frozenset(last)
