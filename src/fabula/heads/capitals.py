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
    first = {at[0] for a, b in story.sentence_tokens.tolist() if (at := _words_in(words, a, min(a + 3, b)))}
    lone = lone_words(story, words)
    for k in np.flatnonzero(alone).tolist():
        t = int(m.token_start[k])
        word = words[t]
        noun = times[word] == 1 and t in first and syntax.xpos[t] in _NOUNS
        if noun and name_gender(word) == UNKNOWN:
            kind[k], keep[k] = _DESCRIPTION, t in lone
    return kind, keep


def lone_words(story: Story, words: Sequence[str]) -> frozenset[int]:
    """Tokens that are the only word of their sentence, marks aside. ``words``: the story's tokens."""
    found = (_words_in(words, a, b) for a, b in story.sentence_tokens.tolist())
    return frozenset(at[0] for at in found if len(at) == 1)


def _words_in(words: Sequence[str], a: int, b: int) -> list[int]:
    return [t for t in range(a, b) if words[t][:1].isalnum()]
