"""Mentions to entities: names hold, doubt is carried, grammar keeps people apart."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.support.mentions import evidence_of

from fabula.resolve.agreement import Agreement
from fabula.resolve.coref import resolve_mentions
from fabula.resolve.grammar import apart
from fabula.types import Story, Syntax

NOBODY = (0.0, 0.0, 0.0)


def _near(a: str, b: str) -> float:
    return 3.0


def test_names_keep_the_entity_they_were_given() -> None:
    text = "Anna met Boris. Anna left.\n"
    story, evidence = evidence_of(text, [("Anna", "PROP"), ("Boris", "PROP"), ("Anna", "PROP")], _near)
    named = np.asarray([0, 1, 0], dtype=np.int32)
    beliefs = resolve_mentions(story, evidence, named, 2, Agreement([NOBODY, NOBODY]))
    assert beliefs.entity.tolist() == [0, 1, 0]
    assert beliefs.p.tolist() == [1.0, 1.0, 1.0]


def test_usage_decides_between_equal_candidates() -> None:
    text = "Anna met Boris. She left.\n"
    story, evidence = evidence_of(text, [("Anna", "PROP"), ("Boris", "PROP"), ("She", "PRON")], _near)
    named = np.asarray([0, 1, -1], dtype=np.int32)
    beliefs = resolve_mentions(story, evidence, named, 2, Agreement([(0.0, 1.0, 0.0), (1.0, 0.0, 0.0)]))
    assert beliefs.entity[2] == 0
    assert 0.5 < beliefs.p[2] < 1.0


def test_doubt_is_carried_along_a_chain() -> None:
    text = "Adam met Boris. He sat. He rose.\n"

    def score(a: str, b: str) -> float:
        return 6.0 if b == "He" else 2.0

    words = [("Adam", "PROP"), ("Boris", "PROP"), ("He", "PRON"), ("He", "PRON")]
    story, evidence = evidence_of(text, words, score)
    named = np.asarray([0, 1, -1, -1], dtype=np.int32)
    beliefs = resolve_mentions(story, evidence, named, 2, Agreement([NOBODY, NOBODY]))
    assert beliefs.p[3] < 0.6
    for d in beliefs.distribution:
        assert sum(p for _, p in d) <= 1.0 + 1e-6
        assert [p for _, p in d] == sorted((p for _, p in d), reverse=True)


def test_what_nothing_precedes_is_new() -> None:
    text = "A stranger came. He sat.\n"

    def score(a: str, b: str) -> float:
        return 4.0

    story, evidence = evidence_of(text, [("A stranger", "NOM"), ("He", "PRON")], score)
    named = np.asarray([-1, -1], dtype=np.int32)
    beliefs = resolve_mentions(story, evidence, named, 0, Agreement([]))
    assert beliefs.entity[0] == beliefs.entity[1]
    assert beliefs.p[0] == 1.0


def test_a_nameless_man_takes_the_name_that_follows() -> None:
    text = "The stranger sat. He waited. Corin was early.\n"

    def score(a: str, b: str) -> float:
        return 5.0

    words = [("The stranger", "NOM"), ("He", "PRON"), ("Corin", "PROP")]
    story, evidence = evidence_of(text, words, score)
    beliefs = resolve_mentions(
        story, evidence, np.asarray([-1, -1, 0], dtype=np.int32), 1, Agreement([NOBODY])
    )
    assert beliefs.entity.tolist() == [0, 0, 0]


def test_fixed_words_keep_their_owner() -> None:
    text = "“I go,” said Anna.\n"
    story, evidence = evidence_of(text, [("I", "PRON"), ("Anna", "PROP")], _near)
    named = np.asarray([-1, 0], dtype=np.int32)
    beliefs = resolve_mentions(story, evidence, named, 1, Agreement([NOBODY]), {0: ((0, 0.8),)})
    assert beliefs.entity[0] == 0
    assert abs(beliefs.p[0] - 0.8) < 1e-6


def test_his_mother_is_not_he() -> None:
    text = "Adam saw his mother.\n"
    words = [("Adam", "PROP"), ("his mother", "NOM"), ("his", "PRON")]

    def score(a: str, b: str) -> float:
        return -9.0 if a == "his mother" else 4.0

    story, evidence = evidence_of(text, words, score)
    assert apart(story, evidence) == {2: (1,)}
    named = np.asarray([0, -1, -1], dtype=np.int32)
    beliefs = resolve_mentions(story, evidence, named, 1, Agreement([NOBODY]), apart=apart(story, evidence))
    assert beliefs.entity[2] == 0
    assert beliefs.p[2] > 0.9


def test_the_other_man_is_not_the_one_told_of_last() -> None:
    text = "Adam met Boris. Adam sat. The other man lit a pipe. The other man coughed.\n"
    words = [("Adam", "PROP"), ("Boris", "PROP"), ("Adam", "PROP"),
             ("The other man", "NOM"), ("The other man", "NOM")]  # fmt: skip

    def score(a: str, b: str) -> float:
        return 4.0 if b == "Adam" else 3.0

    story, evidence = evidence_of(text, words, score)
    evidence = replace(evidence, syntax=_subjects(story, (0, 4, 9, 14)))
    kept = apart(story, evidence)
    assert kept == {3: (2,)}
    named = np.asarray([0, 1, 0, -1, -1], dtype=np.int32)
    beliefs = resolve_mentions(story, evidence, named, 2, Agreement([NOBODY] * 2), apart=kept)
    assert beliefs.entity[3] == 1


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Adam shut the door behind him.\n", {}),
        ("Adam put the coat round him.\n", {}),
        ("Adam told the joke to him.\n", {1: (0,)}),
        ("Adam let the secret slip from him.\n", {1: (0,)}),
    ],
)
def test_a_place_may_be_about_oneself(text: str, kept: dict[int, tuple[int, ...]]) -> None:
    story, evidence = evidence_of(text, [("Adam", "PROP"), ("him", "PRON")], _near)
    n = len(story.tokens)
    him = n - 2
    head = np.full(n, 1, np.int32)
    head[1], head[him - 1] = -1, him
    relations = ["dep"] * n
    relations[0], relations[him - 1], relations[him] = "nsubj", "case", "obl"
    evidence = replace(evidence, syntax=Syntax(("",) * n, ("",) * n, ("",) * n, head, tuple(relations)))
    assert apart(story, evidence) == kept


def _subjects(story: Story, tokens: tuple[int, ...]) -> Syntax:
    n = len(story.tokens)
    relations = tuple("nsubj" if t in tokens else "dep" for t in range(n))
    return Syntax(("",) * n, ("",) * n, ("",) * n, np.full(n, -1, np.int32), relations)


def test_a_speaker_is_not_he_in_his_own_words() -> None:
    text = "Adam met Boris. “He lied,” said Adam.\n"
    words = [("Adam", "PROP"), ("Boris", "PROP"), ("He", "PRON"), ("Adam", "PROP")]
    story, evidence = evidence_of(text, words, _near)
    named = np.asarray([0, 1, -1, 0], dtype=np.int32)
    barred = {2: ((0, 0.95),)}
    beliefs = resolve_mentions(story, evidence, named, 2, Agreement([NOBODY, NOBODY]), barred=barred)
    assert beliefs.entity[2] == 1
    assert beliefs.p[2] > 0.8


def test_no_mentions_no_beliefs() -> None:
    story, evidence = evidence_of("Rain.\n", [], _near)
    beliefs = resolve_mentions(story, evidence, np.zeros(0, dtype=np.int32), 0, Agreement([]))
    assert beliefs.entity.tolist() == []
    assert beliefs.n_entities == 0
