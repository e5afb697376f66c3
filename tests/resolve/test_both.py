"""Who "they both" are: the two people present, and nobody where there are not just two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from tests.support.mentions import evidence_of

from fabula.resolve.both import pairs_of_people
from fabula.resolve.coref import EntityBeliefs
from fabula.resolve.names import NameBeliefs, RosterEntry
from fabula.types import Alias, Span, Syntax

PEOPLE = ("Anna", "Tom", "Boris")
THEY = 3


def pairs(
    text: str, words: Sequence[str], scenes: Sequence[Span] = (), heads: str = ""
) -> dict[int, tuple[int, ...]]:
    """The pairs of a story of PEOPLE (0, 1, 2); "I" is Boris, and every other mention means entity THEY.

    ``heads``: the relation of every token, as a parse would have it; "" for no parse.
    """
    genders = ((0.0, 1.0, 0.0), (1.0, 0.0, 0.0), (1.0, 0.0, 0.0))
    kinds = [
        "PROP" if w in PEOPLE else "PRON" if w.lower() in ("they", "them", "we", "i") else "NOM"
        for w in words
    ]
    story, evidence = evidence_of(text, list(zip(words, kinds, strict=True)), lambda a, b: 0.0)
    n = len(story.tokens)
    if heads:
        blank = ("",) * n
        tree = Syntax(blank, blank, blank, np.full(n, -1, np.int32), (heads,) * n)
        evidence = replace(evidence, syntax=tree)
    entity = [PEOPLE.index(w) if w in PEOPLE else 2 if w == "I" else THEY for w in words]
    own = np.asarray(entity, dtype=np.int32)
    roster = tuple(
        RosterEntry(p, (Alias(p, 1),), "PER", gender, "sing", False)
        for p, gender in zip(PEOPLE, genders, strict=True)
    )
    names = NameBeliefs(roster, np.full(len(words), -1, np.int32), np.zeros(len(words), np.float32))
    certain = tuple(((e, 1.0),) for e in entity)
    beliefs = EntityBeliefs(own, np.ones(len(words), np.float32), certain, 3, 3 + len(words))
    return pairs_of_people(story, evidence, names, beliefs, scenes)


@pytest.mark.parametrize(
    ("last", "mentions"),
    [
        ("They both laughed.", ["They"]),
        ("They embraced.", ["They"]),
        ("They would have hugged.", ["They"]),
        ("They kissed in the doorway.", ["They"]),
        ("They looked for a while at each other.", ["They"]),
        ("They shook hands.", ["They"]),
        ("They were both tired.", ["They"]),
        ("Both of them laughed.", ["them"]),
        ("The two of them laughed.", ["The two of them", "them"]),
        ("The two laughed.", ["The two"]),
        ("Both friends laughed.", ["Both friends"]),
        ("Neither of them laughed.", ["them"]),
        ("He had never seen the pair of them laugh.", ["the pair of them", "them"]),
    ],
)
def test_the_two_people_present(last: str, mentions: list[str]) -> None:
    assert pairs(f"Anna came in. Tom sat.\n\n{last}\n", ["Anna", "Tom", *mentions]) == {THEY: (0, 1)}


@pytest.mark.parametrize(
    ("last", "mention"),
    [
        ("They laughed.", "They"),
        ("They kissed the baby.", "They"),
        ("They embraced him.", "They"),
        ("They wept, and the sisters held one another.", "They"),
        ("They saw the ox he kissed.", "They"),
        ("They had both hands full.", "They"),
        ("Two of them laughed.", "them"),
        ("“They both laughed,” said he.", "They"),
    ],
)
def test_others_are_not_said_to_be_two(last: str, mention: str) -> None:
    assert pairs(f"Anna came in. Tom sat.\n\n{last}\n", ["Anna", "Tom", mention]) == {}


def test_of_three_present_nobody_knows_which_two() -> None:
    text = "Anna came in with Tom and Boris.\n\nThey both laughed.\n"
    assert pairs(text, ["Anna", "Tom", "Boris", "They"]) == {THEY: ()}


def test_the_two_met_last_are_meant() -> None:
    text = "Boris left.\n\nAnna looked at Tom.\n\nThey both laughed.\n"
    assert pairs(text, ["Boris", "Anna", "Tom", "They"]) == {THEY: (0, 1)}


def test_who_is_in_another_scene_is_not_meant() -> None:
    text = "Anna came. Tom sat.\n\n* * *\n\nBoris slept.\n\nThey both laughed.\n"
    cut = text.index("* * *")
    scenes = [Span(0, cut), Span(cut + 5, len(text))]
    assert pairs(text, ["Anna", "Tom", "Boris", "They"], scenes) == {THEY: ()}


def test_they_who_are_spoken_of_where_one_of_the_two_is_not_are_others_too() -> None:
    text = "Anna came. Tom sat. They both laughed.\n\n* * *\n\nBoris slept. They sang.\n"
    cut = text.index("* * *")
    scenes = [Span(0, cut), Span(cut + 5, len(text))]
    assert pairs(text, ["Anna", "Tom", "They", "Boris", "They"], scenes) == {THEY: ()}


def test_places_that_do_not_agree_say_nothing() -> None:
    text = "Anna came. Tom sat.\n\nThey both laughed.\n\nAnna saw Boris.\n\nThey both sang.\n"
    assert pairs(text, ["Anna", "Tom", "They", "Anna", "Boris", "They"]) == {THEY: ()}


def test_the_teller_is_one_of_us_and_none_of_them() -> None:
    assert pairs("I saw Anna.\n\nWe both laughed.\n", ["I", "Anna", "We"]) == {THEY: (0, 2)}
    assert pairs("I saw Anna.\n\nThey both laughed.\n", ["I", "Anna", "They"]) == {THEY: ()}


def test_two_men_are_two_men() -> None:
    text = "Tom came in. Boris sat. Anna looked up.\n\nThe two men shook hands.\n"
    assert pairs(text, ["Tom", "Boris", "Anna", "The two men"]) == {THEY: (1, 2)}


def test_who_looks_at_them_both_is_not_one_of_them() -> None:
    text = "Anna came. Tom sat.\n\nBoris saw the pair of them.\n"
    assert pairs(text, ["Anna", "Tom", "Boris", "the pair of them", "them"], heads="obj") == {THEY: (0, 1)}
    said = "Anna told Tom that the two of them were late.\n"
    assert pairs(said, ["Anna", "Tom", "the two of them", "them"], heads="nsubj") == {THEY: (0, 1)}
