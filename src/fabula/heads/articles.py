"""Names that are none: "the Norwegian" and “Highness” are descriptions, the *Patient Griselda* is a ship."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from fabula.lexicon.demonyms import is_people
from fabula.lexicon.name_titles import STYLES, fold
from fabula.types import ENTITY_TYPES, MENTION_KINDS, MentionSpans, Syntax

_ARTICLES = frozenset(["the", "a", "an", "that", "this", "another"])
_MARKS = frozenset(["*", "_"])
_OF_A_NOUN = frozenset(["amod", "compound"])
_PERSON, _NAME = ENTITY_TYPES.index("PER"), MENTION_KINDS.index("PROP")
_DESCRIPTION = MENTION_KINDS.index("NOM")


def without_articles(
    text: Sequence[str], syntax: Syntax, m: MentionSpans
) -> tuple[MentionSpans, npt.NDArray[np.bool_]]:
    """The mentions, names that say where somebody is from, or a style, made descriptions; which to keep (n,).

    ``text``: the story's tokens. Not kept are ships and books: emphasised, behind an article. Cost: linear in
    mentions.
    """
    keep = np.ones(len(m), dtype=bool)
    start, kind = m.token_start.copy(), m.kind.copy()
    have = {(int(m.token_start[k]), int(m.token_end[k])) for k in np.flatnonzero(m.kind != _NAME).tolist()}
    for k in np.flatnonzero((m.type == _PERSON) & (m.kind == _NAME)).tolist():
        a, b = int(start[k]), int(m.token_end[k])
        a += b - a > 1 and text[a].lower() in _ARTICLES
        if b == a + 1 and fold(text[a]) in STYLES:
            kind[k] = _DESCRIPTION
        elif a and text[a].lower() not in _MARKS and text[a - 1] in _MARKS:
            keep[k] = a < 2 or text[a - 2].lower() not in _ARTICLES
        elif a and b == a + 1 and text[a - 1].lower() in _ARTICLES and is_people(text[a]):
            noun = syntax.deprel[a] in _OF_A_NOUN and text[b : b + 1] and text[b][:1].islower()
            keep[k] = not noun and (a - 1, b) not in have
            start[k], kind[k] = a - 1, _DESCRIPTION
    return replace(m, token_start=start, kind=kind), keep
