"""The scorer of whose a feeling is, on places made up for it."""

from __future__ import annotations

import numpy as np
from training.experiencers import Felt, answer, by_author, fit, folds, sharpened

from fabula.ledger.slots import BUCKETS, Slot, bucket

SAYS, ELSE = bucket("rule says"), bucket("somebody else")


def felt(author: int, right: int) -> Felt:
    """Two places, of persons 1 and 2; the rules say 1."""
    places = (Slot({1: 0.9}, (SAYS,)), Slot({2: 0.9}, (ELSE,)))
    return Felt(f"author {author}", places, frozenset({right}), 1)


def test_what_the_rules_say_is_learnt_to_be_right_or_wrong() -> None:
    assert answer(fit([felt(k, 1) for k in range(40)]), felt(99, 1))[0] == 1
    assert answer(fit([felt(k, 2) for k in range(40)]), felt(99, 1))[0] == 2


def test_the_chance_is_that_of_the_places_and_of_whom_they_mean() -> None:
    who, p = answer(np.zeros(BUCKETS, np.float32), felt(0, 1))
    assert who == 1 and abs(p - 0.45) < 1e-6


def test_without_places_the_rules_answer() -> None:
    assert answer(np.zeros(BUCKETS, np.float32), Felt("a", (), frozenset(), 7)) == (7, 0.0)


def test_weights_are_sharpened_where_they_are_right_and_by_factors_alone() -> None:
    some = [felt(k, 1) for k in range(40)]
    w = fit(some)
    sharp = sharpened(w, some)
    assert answer(sharp, some[0])[1] > answer(w, some[0])[1]
    assert np.allclose(sharp / sharp[SAYS], w / w[SAYS], atol=1e-6)


def test_an_author_is_judged_by_weights_that_never_saw_a_cue_of_theirs() -> None:
    # Author 0 alone has what the rules say wrong, in most cues of all: weights that saw them would follow.
    some = [felt(k, 1) for k in range(1, 8) for _ in range(5)] + [felt(0, 2) for _ in range(60)]
    at = folds(some)
    assert all(
        a == b
        for x, a in zip(some, at, strict=True)
        for y, b in zip(some, at, strict=True)
        if x.fold == y.fold
    )
    assert answer(by_author(some)["author 0"], felt(0, 2))[0] == 1
