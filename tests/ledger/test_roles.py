"""Verbs, possessions and descriptions by person, and the feelings, from the whole pipeline."""

from __future__ import annotations

from functools import cache

from fabula.ledger.roles import roles_of
from fabula.pipeline import analyse
from fabula.text import read_text
from fabula.types import Analysis

TEXT = """Mary Marsh and John Kerr lived by the river.

John watched Mary. John watched the boat. Mary was tired. Old John lifted Mary's basket.

John did not sing. Mary was terrified of the water. John's joy was great.

“I am so happy,” said Mary.
"""


@cache
def read() -> Analysis:
    return analyse(read_text(TEXT))


def of(name: str) -> dict[str, dict[str, int]]:
    analysis = read()
    entity = next(e.id for e in analysis.entities if e.name.startswith(name))
    roles = roles_of(analysis)[entity]
    lists = ("agent", "patient", "possessive", "modifier")
    return {k: {w.word: w.count for w in getattr(roles, k)} for k in lists}


def test_verbs_done_and_suffered_are_counted() -> None:
    john, mary = of("John"), of("Mary")
    assert john["agent"]["watch"] == 2 and john["agent"]["lift"] == 1
    assert mary["patient"]["watch"] == 1
    assert "sing" not in john["agent"], "what is denied is not done"


def test_possessions_and_descriptions_are_counted_with_their_passages() -> None:
    assert "basket" in of("Mary")["possessive"]
    assert "tired" in of("Mary")["modifier"]
    analysis = read()
    for roles in roles_of(analysis).values():
        for word in (*roles.agent, *roles.modifier):
            assert all(0 <= s.start < s.end <= len(TEXT) for s in word.spans)


def test_who_stands_after_the_verb_of_a_quote_says_it() -> None:
    assert of("Mary")["agent"]["say"] == 1
    assert "say" not in of("Mary")["patient"]


def test_feelings_told_have_their_experiencer() -> None:
    analysis = read()
    names = {e.id: e.name.split()[0] for e in analysis.entities}
    found = {(names.get(e.character or 0), e.label, TEXT[e.cue.start : e.cue.end]) for e in analysis.emotions}
    assert ("Mary", "fear", "terrified") in found
    assert ("Mary", "joy", "happy") in found
    assert all(-1 <= e.valence <= 1 and 0 <= e.confidence <= 1 for e in analysis.emotions)
