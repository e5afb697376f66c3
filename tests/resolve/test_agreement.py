"""Pronoun sets: evidence of usage, soft in both directions."""

from __future__ import annotations

from fabula.resolve.agreement import Agreement


def test_an_unknown_entity_takes_any_pronoun() -> None:
    assert Agreement([]).factor(3, ("she", 1.0)) == 1.0


def test_usage_speaks_for_the_set_seen_and_against_the_other() -> None:
    a = Agreement([])
    for _ in range(5):
        a.saw(((0, 1.0),), ("he", 1.0))
    assert a.factor(0, ("he", 1.0)) > 1.5
    assert 0 < a.factor(0, ("she", 1.0)) < 0.3
    assert 0 < a.factor(0, ("xe", 1.0)) < 0.3


def test_a_person_may_change_pronouns() -> None:
    a = Agreement([])
    for _ in range(3):
        a.saw(((0, 1.0),), ("he", 1.0))
    before = a.factor(0, ("she", 1.0))
    for _ in range(6):
        a.saw(((0, 1.0),), ("she", 1.0))
    assert a.factor(0, ("she", 1.0)) > 3 * before


def test_doubtful_mentions_count_by_their_probability() -> None:
    a = Agreement([])
    a.saw(((0, 0.9), (1, 0.1)), ("she", 1.0))
    assert a.factor(0, ("she", 1.0)) > a.factor(1, ("she", 1.0)) > 1.0


def test_entities_of_different_usage_do_not_merge() -> None:
    a = Agreement([(1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 0.0)])
    assert not a.may_merge(0, 1)
    assert a.may_merge(0, 2)
    a.merge(0, 2)
    assert not a.may_merge(2, 1)
