"""Descriptions that only say what somebody is: "You were the strongest man I knew", "Robber.".

LitBank's annotators link such a predicate to its subject by a link of its own and keep it out of the chains
(Bamman et al. 2020): of 385 in its training documents not one shares an entity with anybody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from fabula.heads.capitals import lone_words
from fabula.heads.evidence import Evidence
from fabula.resolve.coref import Distribution
from fabula.types import ENTITY_TYPES, MENTION_KINDS, Story

_PERSON, _DESCRIPTION = ENTITY_TYPES.index("PER"), MENTION_KINDS.index("NOM")
_ARTICLES = frozenset(["a", "an", "the", "this", "that"])


def predicates(story: Story, evidence: Evidence, n_named: int) -> dict[int, Distribution]:
    """Mention -> itself alone, for every predicate of a person.

    Where the same words, the article aside, call somebody elsewhere, too ("He was the captain", "the
    captain"), nothing is said. Cost: linear in tokens.
    """
    m, s = evidence.mentions, evidence.syntax
    if not s.deprel:
        return {}
    copula, subject = set(), set()
    for t, relation in enumerate(s.deprel):
        if relation == "cop":
            copula.add(int(s.head[t]))
        elif relation.startswith("nsubj"):
            subject.add(int(s.head[t]))
    words = [story.token_text(t) for t in range(len(story.tokens))]
    # "Robber." says what somebody is, but not who.
    said = (copula & subject) | {t for t in lone_words(story, words) if s.deprel[t] != "vocative"}
    heads = m.head_token.tolist()
    mentions = np.flatnonzero((m.type == _PERSON) & (m.kind == _DESCRIPTION)).tolist()
    start = m.token_start.tolist()
    called = {k: _called([w.lower() for w in words[start[k] : heads[k] + 1]]) for k in mentions}
    times = Counter(called.values())
    return {k: ((n_named + k, 1.0),) for k in mentions if heads[k] in said and times[called[k]] == 1}


def _called(words: Sequence[str]) -> str:
    """The words up to the noun without the article."""
    return " ".join(words[words[0] in _ARTICLES and len(words) > 1 :])
