"""The house is the house: places and things called again by the same words."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from tests.support.mentions import evidence_of

from fabula.resolve.agreement import Agreement
from fabula.resolve.coref import resolve_mentions
from fabula.resolve.repeats import FAR, repeated_things

_HOUSE = [("the house", "NOM"), ("a barn", "NOM"), ("the house", "NOM"), ("a barn", "NOM")]


def _told(between: str, words: list[tuple[str, str]] = _HOUSE, type_: int = 1) -> tuple[dict, list[int]]:  # type: ignore[type-arg]
    text = f"He saw the house beside a barn. {between}Then the house and a barn burnt.\n"
    story, evidence = evidence_of(text, words, lambda a, b: -9.0)
    types = np.full(len(words), type_, dtype=np.int32)
    evidence = replace(evidence, mentions=replace(evidence.mentions, type=types))
    named = np.full(len(words), -1, dtype=np.int32)
    found = repeated_things(story, evidence)
    beliefs = resolve_mentions(story, evidence, named, 0, Agreement([]), repeats=found)
    return dict(found), beliefs.entity.tolist()


def test_a_description_as_of_something_known_is_the_last_of_the_same_words() -> None:
    found, entity = _told("")
    assert set(found) == {2}
    assert found[2][0] == 0
    assert entity[2] == entity[0]
    assert len({entity[1], entity[2], entity[3]}) == 3


def test_the_farther_the_less_sure() -> None:
    shares = [_told("It rained. " * n)[0][2][1] for n in (0, 150, 600)]
    assert shares[0] > shares[1] > shares[2] == FAR


def test_people_are_not_places() -> None:
    found, entity = _told("", type_=0)
    assert not found
    assert entity[2] != entity[0]
