"""Who is called by one description again and again has an entry of his own, unless he is somebody named."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from tests.support.mentions import evidence_of

from fabula.heads.evidence import Evidence
from fabula.resolve.coref import Distribution
from fabula.resolve.names import resolve_names
from fabula.resolve.person_cast import describe_people
from fabula.resolve.person_reading import PersonBeliefs
from fabula.resolve.persons import _joined
from fabula.resolve.roles import find_roles
from fabula.types import Story, Syntax


def read(
    text: str, words: list[tuple[str, str]], tags: dict[str, str] | None = None
) -> tuple[Story, Evidence]:
    story, evidence = evidence_of(text, words, lambda a, b: 0.0)
    forms = [story.token_text(t) for t in range(len(story.tokens))]
    xpos = tuple((tags or {}).get(f, "NN") for f in forms)
    syntax = Syntax(tuple(forms), xpos, xpos, np.zeros(len(forms), np.int32), xpos)
    return story, replace(evidence, syntax=syntax)


def roles(
    text: str, words: list[str], tags: dict[str, str] | None = None, n_named: int = 5
) -> list[tuple[int, ...]]:
    story, evidence = read(text, [(w, "NOM") for w in words], tags)
    known: list[Distribution] = [((0, 1.0),)] * len(words)
    return list(find_roles(story, evidence, known, 5).values())


def test_the_same_words_are_one_role_whatever_their_case_and_determiner() -> None:
    text = "The captain slept. That captain snored. Captain, they said. My captain woke."
    assert roles(text, ["The captain", "That captain", "Captain", "My captain"]) == [(0, 1, 2, 3)]


def test_other_words_are_other_roles() -> None:
    text = "The older man sat. The other man stood. The older man rose. The other man fell. A man ran."
    assert roles(text, ["The older man", "The other man", "The older man", "The other man", "A man"]) == [
        (0, 2),
        (1, 3),
    ]


def test_nobody_in_particular_is_no_role() -> None:
    text = "The men ran. The men fell. The others ran. The others fell. Sir, he said. Sir, he said."
    words = ["The men", "The men", "The others", "The others", "Sir", "Sir"]
    assert roles(text, words, {"men": "NNS"}) == []


def test_her_sister_and_his_sister_are_two() -> None:
    text = "Her sister ran. His sister ran. Her sister fell. His sister fell."
    assert roles(text, ["Her sister", "His sister", "Her sister", "His sister"]) == [(0, 2), (1, 3)]


def test_the_same_words_far_off_are_somebody_else() -> None:
    text = "The boy ran. The boy fell. " + "Rain fell on rain. " * 600 + "The boy ran. The boy fell."
    assert roles(text, ["The boy"] * 4) == [(0, 1), (2, 3)]


def test_one_mention_is_a_role_where_the_links_say_that_it_is_new() -> None:
    story, evidence = read("The boy ran. The girl ran.", [("The boy", "NOM"), ("The girl", "NOM")])
    assert list(find_roles(story, evidence, [((3, 1.0),), ((0, 1.0),)], 3).values()) == [(0,)]


def test_a_role_stands_in_the_header_with_its_words_and_what_they_say_of_gender() -> None:
    story, evidence = read("The queen sat. The queen rose.", [("The queen", "NOM")] * 2)
    names = resolve_names(story, evidence.mentions)
    cast = describe_people(story, evidence, names, [((0, 1.0),), ((0, 1.0),)], (-1,))
    assert cast.words == {0: ("The", "queen", "she")}
    assert cast.role == {0: 0, 1: 0}


def test_a_role_that_is_said_to_be_somebody_gives_him_all_that_it_has() -> None:
    said = PersonBeliefs((((1, 0.7), (9, 0.3)), ((9, 0.95), (1, 0.05))), (((9, 1.0),),), ((),))
    assert _joined(said, {0: 9}) == PersonBeliefs((((1, 1.0),), ((1, 1.0),)), (((1, 1.0),),), ((),))
    assert _joined(said, {1: 9}) == said


def test_the_captain_is_the_only_captain_whom_the_story_names() -> None:
    text = "Captain Ness sat. The captain rose. The captain fell. The doctor ran. The doctor fell."
    words = [("Captain Ness", "PROP"), *[("The captain", "NOM")] * 2, *[("The doctor", "NOM")] * 2]
    story, evidence = read(text, words)
    names = resolve_names(story, evidence.mentions)
    known: list[Distribution] = [((0, 1.0),)] * len(words)
    cast = describe_people(story, evidence, names, known, (-1,))
    assert [" ".join(w) for w in cast.words.values()] == ["Captain Ness", "The doctor"]
    assert cast.role == {3: 4, 4: 4}
