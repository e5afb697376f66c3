"""Common nouns that the detector takes for names because they stand where every word has a capital.

“Robber.” and “Smoke rose” look like names to it. Of 29 words in 136 marked stories that stand nowhere but
at the beginning of a sentence and that the tagger calls nouns each time, two are names. 26 of the 29 stand
once, and only these are looked at.

“Gloomy.” and “Twelve,” said Kol, are no names either, where the tagger calls the word an adjective, a number
or a verb wherever it has a capital: of 34 words in 340 other stories that stand so once or twice none is a
name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set

import numpy as np
import numpy.typing as npt

from fabula.lexicon.gender import UNKNOWN, name_gender
from fabula.types import ENTITY_TYPES, MENTION_KINDS, Ints, MentionSpans, Story, Syntax

_PERSON = ENTITY_TYPES.index("PER")
_NAME, _DESCRIPTION = MENTION_KINDS.index("PROP"), MENTION_KINDS.index("NOM")
_NOUNS = frozenset(["NN", "NNS"])
_NO_NAMES = frozenset(["ADJ", "NUM", "VERB", "ADV"])
_OF_A_NOUN = frozenset(["amod", "nummod"])
_SELDOM = 2


def common_nouns(
    story: Story, words: Sequence[str], lone: Set[int], syntax: Syntax, m: MentionSpans
) -> tuple[Ints, npt.NDArray[np.bool_]]:
    """The kind of every mention, and which to keep, both (n,).

    A common noun that is a whole sentence ("Robber.") is what somebody is called. One with a sentence around
    it ("Smoke rose") is nobody. ``words``: the story's tokens; ``lone``: its ``lone_words``. Cost: linear in
    tokens.
    """
    kind, keep = m.kind.copy(), np.ones(len(m), dtype=bool)
    if not syntax.xpos:
        return kind, keep
    alone = (m.type == _PERSON) & (m.kind == _NAME) & (m.token_end - m.token_start == 1)
    times = Counter(words)
    first = {at[0] for a, b in story.sentence_tokens.tolist() if (at := _words_in(words, a, min(a + 3, b)))}
    no_names = _no_names(words, syntax, first, [int(t) for t in m.token_start[alone]])
    for k in np.flatnonzero(alone).tolist():
        t = int(m.token_start[k])
        word = words[t]
        noun = times[word] == 1 and t in first and syntax.xpos[t] in _NOUNS
        if noun and name_gender(word) == UNKNOWN:
            kind[k], keep[k] = _DESCRIPTION, t in lone
        keep[k] &= word not in no_names
    return kind, keep


def _no_names(words: Sequence[str], syntax: Syntax, first: Set[int], tokens: Sequence[int]) -> frozenset[str]:
    """Words of ``tokens`` that are adjectives, numbers or verbs wherever they stand with a capital.

    They stand so once or twice, at the beginning of a sentence or before a noun ("a Czech haircut").
    """
    wanted = {words[t] for t in tokens if syntax.upos[t] in _NO_NAMES and name_gender(words[t]) == UNKNOWN}
    at: dict[str, list[int]] = {w: [] for w in wanted}
    for t, word in enumerate(words) if wanted else ():
        if word in wanted:
            at[word].append(t)
    return frozenset(
        word
        for word, where in at.items()
        if len(where) <= _SELDOM
        and all(syntax.upos[t] in _NO_NAMES for t in where)
        and all(t in first or syntax.deprel[t] in _OF_A_NOUN for t in where)
    )


def lone_words(story: Story, words: Sequence[str]) -> frozenset[int]:
    """Tokens that are the only word of their sentence, marks aside. ``words``: the story's tokens."""
    found = (_words_in(words, a, b) for a, b in story.sentence_tokens.tolist())
    return frozenset(at[0] for at in found if len(at) == 1)


def _words_in(words: Sequence[str], a: int, b: int) -> list[int]:
    return [t for t in range(a, b) if words[t][:1].isalnum()]
