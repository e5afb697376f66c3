"""Bonds, their turns, and the replay: arithmetic on ledgers made by hand."""

from __future__ import annotations

import numpy as np
import pytest

from fabula.contract import to_dict, validate
from fabula.ledger.estimates import share
from fabula.ledger.replay import Replay, state_at
from fabula.ledger.turns import holm, ratios
from fabula.reading import Reading
from tests.ledger.told import story_of


def test_a_bond_counts_acts_each_way_and_leaves_out_what_was_denied() -> None:
    [bond] = story_of(["++0", "-!"], by_other="+").bonds
    assert (bond.a, bond.b) == (0, 1)
    assert [dict(s.acts) for s in bond.scenes] == [
        {"praise": (2, 0), "look": (1, 0)},
        {"insult": (1, 0), "praise": (0, 1)},
    ]


def test_tone_is_blank_where_too_little_is_told_and_an_interval_otherwise() -> None:
    [bond] = story_of(["+0", "++++"]).bonds
    first, second = bond.scenes
    assert first.tone is None
    assert second.tone is not None
    assert -1 <= second.tone.low < second.tone.value < second.tone.high <= 1
    assert second.tone.low > 0


def test_asymmetry_needs_five_acts_and_points_to_who_acts() -> None:
    assert story_of(["+++"]).bonds[0].asymmetry is None
    found = story_of(["++++++"], by_other="0").bonds[0].asymmetry
    assert found is not None and found.value > 0.4 and found.low < found.value < found.high


def test_a_share_is_the_mean_and_quantiles_of_its_posterior() -> None:
    even = share(0.0, 0.0)
    assert even.value == pytest.approx(0, abs=1e-3)
    assert (even.low, even.high) == pytest.approx((-0.9, 0.9), abs=2e-3)
    # Beta(4, 1): mean 0.8, 5 % quantile 0.05 ** (1 / 4).
    three = share(3.0, 0.0)
    assert three.value == pytest.approx(0.6, abs=1e-3)
    assert three.low == pytest.approx(2 * 0.05**0.25 - 1, abs=2e-3)


def test_a_clear_change_over_many_scenes_is_tested_and_found() -> None:
    [bond] = story_of(["+++", "+++", "+++", "+++", "---", "---", "---", "---"]).bonds
    [turn] = bond.turns
    assert turn.p is not None and turn.p < 0.1
    analysis = story_of(["+++", "+++", "+++", "+++", "---", "---", "---", "---"])
    assert turn.start == analysis.scenes[4].start


def test_a_short_ledger_is_ranked_and_not_tested() -> None:
    [bond] = story_of(["+++---"]).bonds
    assert bond.turns and all(t.p is None for t in bond.turns)
    assert story_of(["+-"]).bonds[0].turns == ()


def test_no_change_has_no_ratio_and_the_place_of_a_change_has_the_greatest() -> None:
    even = ratios(np.array([1.0, 1, 1, 1]), np.array([2.0, 2, 2, 2]))
    assert even == pytest.approx([0, 0, 0], abs=1e-6)
    found = ratios(np.array([1.0, 1, 0, 0, 0]), np.ones(5))
    assert int(np.argmax(found)) == 1


def test_p_values_are_corrected_for_their_number() -> None:
    assert holm([0.01, 0.04, 0.03]) == [0.03, 0.06, 0.06]
    assert holm([]) == []


def test_replay_grows_with_the_story_and_ends_at_the_whole() -> None:
    analysis = story_of(["++", "--"])
    assert state_at(analysis, 0).bonds == {}
    counts = [
        sum(sum(n) for n in state.bonds[0, 1].acts.values()) if (0, 1) in state.bonds else 0
        for state in (state_at(analysis, s.end) for s in analysis.story.sentences)
    ]
    assert counts == [0, 1, 2, 3, 4]
    last = state_at(analysis, len(analysis.story.text))
    assert len(last.people[0].did) == 4 == len(last.people[1].suffered)
    assert last.people[0].feeling is not None
    with pytest.raises(ValueError, match="outside"):
        state_at(analysis, len(analysis.story.text) + 1)


def test_a_replay_tells_where_something_happens_before_and_after() -> None:
    analysis = story_of(["+", "!-"])
    met, first, denied, last = (s.end for s in analysis.story.sentences)
    replay = Replay(analysis)
    # A feeling is told in the first sentence; the denied act changes nothing.
    assert replay.changes(0) == (None, met)
    assert replay.changes(first) == (met, last)
    assert replay.changes(denied) == (first, last)
    assert replay.changes(last) == (first, None)


def test_users_find_a_bond_by_names_in_either_order_and_a_moment_by_offset() -> None:
    reading = Reading(story_of(["++", "--"]))
    assert reading.bonds["Ann", "Bob"] is reading.bonds["Bob", "Ann"] is reading.bonds[0]
    with pytest.raises(KeyError, match="nobody is called"):
        reading.bonds["Ann", "Zoe"]
    moment = reading.at(len(reading.text))
    assert [a.kind for a in moment.acts("Bob", "Ann")] == ["praise", "praise", "insult", "insult"]
    assert str(moment.feeling("Ann")) == "joy" and moment.feeling("Bob") is None
    tone = moment.tone("Ann", "Bob")
    assert tone is not None and tone.value == pytest.approx(0, abs=1e-3)


def test_a_ledger_follows_the_contract() -> None:
    for analysis in (story_of(["++0-", "!"]), story_of(["+++"] * 4 + ["---"] * 4, by_other="+-")):
        assert validate(to_dict(analysis)) == []
