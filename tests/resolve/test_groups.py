"""Groups: "Tom and Ann" are two, and the text says which two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from tests.support.mentions import evidence_of

from fabula.resolve.coref import EntityBeliefs
from fabula.resolve.groups import find_groups
from fabula.resolve.names import NameBeliefs, RosterEntry
from fabula.types import ENTITY_TYPES


def groups_of(
    text: str,
    words: Sequence[tuple[str, str]],
    entity: Sequence[int],
    roster: Sequence[RosterEntry] = (),
    types: Sequence[str] = (),
) -> dict[int, tuple[int, ...]]:
    """The groups among mentions ``words`` (mention, kind) of the entities ``entity``, persons unless said."""
    story, evidence = evidence_of(text, words, lambda a, b: 0.0)
    if types:
        kinds = np.asarray([ENTITY_TYPES.index(t) for t in types], dtype=np.int32)
        evidence = replace(evidence, mentions=replace(evidence.mentions, type=kinds))
    n = len(words)
    own = np.asarray(entity, dtype=np.int32)
    names = NameBeliefs(tuple(roster), np.full(n, -1, np.int32), np.zeros(n, np.float32))
    certain = tuple(((e, 1.0),) for e in entity)
    count = max([len(roster), *(e + 1 for e in entity)])
    beliefs = EntityBeliefs(own, np.ones(n, np.float32), certain, len(roster), count)
    return dict(find_groups(story, evidence, names, beliefs))


def entry(name: str, number: str = "sing", kind: str = "PER") -> RosterEntry:
    return RosterEntry(name, (), kind, (0.0, 0.0, 0.0), number, False)  # type: ignore[arg-type]


def test_two_joined_by_and_are_a_group_of_these_two() -> None:
    words = [("Tom and Ann", "NOM"), ("Tom", "PROP"), ("Ann", "PROP")]
    assert groups_of("Tom and Ann left.\n", words, [2, 0, 1]) == {2: (0, 1)}


def test_an_ampersand_joins_as_well() -> None:
    words = [("Tom & Ann", "NOM"), ("Tom", "PROP"), ("Ann", "PROP")]
    assert groups_of("Tom & Ann left.\n", words, [2, 0, 1]) == {2: (0, 1)}


def test_a_list_has_all_its_members() -> None:
    words = [("Tom, Boris and Ann", "NOM"), ("Tom", "PROP"), ("Boris", "PROP"), ("Ann", "PROP")]
    assert groups_of("Tom, Boris and Ann left.\n", words, [3, 0, 1, 2]) == {3: (0, 1, 2)}


def test_either_or_is_no_group() -> None:
    words = [("Tom or Ann", "NOM"), ("Tom", "PROP"), ("Ann", "PROP")]
    assert groups_of("Tom or Ann left.\n", words, [2, 0, 1]) == {}


def test_who_is_only_named_within_a_member_is_no_member() -> None:
    words = [("Tom’s mother and Ann", "PROP"), ("Tom’s mother", "NOM"), ("Tom", "PROP"), ("Ann", "PROP")]
    assert groups_of("Tom’s mother and Ann left.\n", words, [3, 1, 0, 2]) == {3: (1, 2)}


def test_members_fill_the_group_from_end_to_end() -> None:
    words = [("the friend of Tom and Ann", "NOM"), ("Tom", "PROP"), ("Ann", "PROP")]
    assert groups_of("It was the friend of Tom and Ann.\n", words, [2, 0, 1]) == {}


def test_one_person_named_twice_is_no_group() -> None:
    words = [("Tom and Thomas", "NOM"), ("Tom", "PROP"), ("Thomas", "PROP")]
    assert groups_of("Tom and Thomas are one man.\n", words, [1, 0, 0]) == {}


def test_a_group_is_never_its_own_member() -> None:
    words = [("Tom and Ann", "NOM"), ("Tom", "PROP"), ("Ann", "PROP")]
    assert groups_of("Tom and Ann left.\n", words, [0, 0, 1]) == {}


def test_the_first_mention_says_who_the_members_are() -> None:
    text = "Tom and Ann left. Tom and Boris stayed.\n"
    words = [("Tom and Ann", "NOM"), ("Tom", "PROP"), ("Ann", "PROP"),
             ("Tom and Boris", "NOM"), ("Tom", "PROP"), ("Boris", "PROP")]  # fmt: skip
    assert groups_of(text, words, [3, 0, 1, 3, 0, 2]) == {3: (0, 1)}


def test_two_towns_are_no_group_of_people() -> None:
    words = [("Vardo and Tromso", "NOM"), ("Vardo", "PROP"), ("Tromso", "PROP")]
    places = ["LOC", "LOC", "LOC"]
    assert groups_of("She saw Vardo and Tromso.\n", words, [2, 0, 1], types=places) == {}


def test_a_plural_name_is_a_group_whose_members_are_not_told() -> None:
    roster = [entry("Tom Grey"), entry("the Greys", "plur"), entry("the Alps", "plur", "LOC")]
    words = [("Tom Grey", "PROP"), ("the Greys", "PROP")]
    assert groups_of("Tom Grey was not of the Greys.\n", words, [0, 1], roster) == {1: ()}
