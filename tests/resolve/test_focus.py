"""Whom "he" means, weighed once more: features, what stays, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from tests.support.mentions import evidence_of

from fabula.encoder.session import model_folder
from fabula.errors import ModelError
from fabula.resolve import focus
from fabula.resolve.coref import Distribution, EntityBeliefs
from fabula.resolve.focus import FocusWeights, focus_weights, refocused
from fabula.resolve.focus_features import FEATURES, FocusFeatures
from fabula.resolve.focus_people import FocusPeople, highest, mean
from fabula.resolve.grammar import apart
from fabula.resolve.names import resolve_names
from fabula.resolve.person_reading import SOMEBODY, PersonBeliefs
from fabula.resolve.speech import SpeechBeliefs
from fabula.types import Floats

IMRE, HALVARD, OSK = 0, 1, 2
TEXT = "Imre met Halvard. He sat.\n\n“He never came,” he said.\n\nOsk came in.\n"
WORDS = [
    ("Imre", "PROP"),
    ("Halvard", "PROP"),
    ("He", "PRON"),
    ("He", "PRON"),
    ("he", "PRON"),
    ("Osk", "PROP"),
]
SAT, CAME, SAID = 2, 3, 4
DOUBT: Distribution = ((IMRE, 0.6), (HALVARD, 0.4))


class Reading:
    """The story with beliefs about its pronouns."""

    def __init__(self) -> None:
        self.story, self.evidence = evidence_of(TEXT, WORDS, lambda a, b: 0.0)
        self.names = resolve_names(self.story, self.evidence.mentions, ())
        sure = [((e, 1.0),) for e in (IMRE, HALVARD, OSK)]
        some: list[Distribution] = [sure[0], sure[1], DOUBT, DOUBT, DOUBT, sure[2]]
        best = np.asarray([d[0][0] for d in some], np.int32)
        p = np.asarray([d[0][1] for d in some], np.float32)
        self.entities = EntityBeliefs(best, p, tuple(some), 3, 9)
        asked: list[Distribution] = [(), (), ((HALVARD, 0.7), (SOMEBODY, 0.3)), (), (), ()]
        self.persons = PersonBeliefs(tuple(asked), ((),), ((),))
        self.speech = SpeechBeliefs(
            (((HALVARD, 0.9),),), (((IMRE, 0.8),),), ((IMRE,),), ("anaphoric",), ("speech",),
            np.full(1, -1, np.int32), (None,),
        )  # fmt: skip
        self.people = FocusPeople(self.story, self.evidence, self.names, self.entities)

    def features(self) -> FocusFeatures:
        """Over these beliefs."""
        kept_apart = apart(self.story, self.evidence)
        return FocusFeatures(self.people, self.persons, self.speech, kept_apart, frozenset(), [-1])

    def of(self, k: int) -> dict[str, dict[int, float]]:
        """Feature -> candidate -> value."""
        chosen, x = self.features().of(k)
        return {f: dict(zip(chosen, x[:, i].tolist(), strict=True)) for i, f in enumerate(FEATURES)}

    def again(
        self, weights: FocusWeights | None, fixed: Mapping[int, Distribution] | None = None
    ) -> EntityBeliefs:
        """The beliefs, weighed once more."""
        return refocused(
            self.story, self.evidence, self.names, self.entities, self.persons, self.speech, frozenset(),
            [-1], apart(self.story, self.evidence), fixed or {}, weights,
        )  # fmt: skip


def _weights(**linear: float) -> FocusWeights:
    n = len(FEATURES)
    own = np.zeros(n, np.float32)
    for name, w in linear.items():
        own[FEATURES.index(name)] = w
    return FocusWeights(own, np.zeros((1, n), np.float32), np.zeros(1, np.float32), np.zeros(1, np.float32))


def test_candidates_are_those_believed_named_before_and_named_soon() -> None:
    assert Reading().features().candidates(SAT) == [IMRE, HALVARD, OSK]


def test_features_say_what_is_believed_and_where_people_are_named() -> None:
    x = Reading().of(SAT)
    assert x["now"] == pytest.approx({IMRE: np.log(0.6), HALVARD: np.log(0.4), OSK: np.log(1e-3)}, abs=1e-5)
    assert x["asked"][HALVARD] == pytest.approx(np.log(0.7))
    assert x["shown"] == {IMRE: 0.0, HALVARD: 1.0, OSK: 0.0}
    assert x["somebody"][IMRE] == pytest.approx(0.3)
    assert x["later"] == {IMRE: 0.0, HALVARD: 0.0, OSK: 1.0}
    assert x["since_named"][HALVARD] < x["since_named"][IMRE] < x["since_named"][OSK]
    assert x["first_in_talk"][OSK] == 0.0


def test_features_say_who_speaks_and_hears_where_the_pronoun_stands() -> None:
    said, told = Reading().of(CAME), Reading().of(SAID)
    assert said["speaks"][HALVARD] == pytest.approx(0.9)
    assert said["hears"][IMRE] == pytest.approx(0.8)
    assert said["in_talk"][IMRE] == 1.0
    assert told["speaks"][HALVARD] == 0.0
    assert told["beside_speaks"][HALVARD] == pytest.approx(0.9)


def test_each_pronoun_is_given_to_the_candidate_of_the_highest_score() -> None:
    r = Reading()
    by_belief, by_speech = r.again(_weights(now=1.0)), r.again(_weights(hears=9.0))
    assert by_belief.entity[[SAT, CAME, SAID]].tolist() == [IMRE] * 3
    assert by_speech.entity[CAME] == IMRE
    assert r.again(_weights(beside_speaks=9.0)).entity[SAID] == HALVARD
    assert dict(by_belief.distribution[SAT])[IMRE] == pytest.approx(0.6, abs=0.01)
    assert sum(p for _, p in by_speech.distribution[SAT]) == pytest.approx(1.0)


def test_what_is_fixed_and_what_is_no_he_or_she_stays() -> None:
    r = Reading()
    after = r.again(_weights(later=9.0), fixed={SAT: DOUBT})
    assert after.distribution[SAT] == DOUBT
    assert after.entity[CAME] == OSK
    assert after.distribution[:2] == r.entities.distribution[:2]


def test_blocks_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    weights = _weights(now=1.0, near=2.0)
    whole = Reading().again(weights)
    monkeypatch.setattr(focus, "BLOCK", 1)
    assert Reading().again(weights).distribution == whole.distribution


def test_shares_of_several_mentions() -> None:
    some: list[Distribution] = [((0, 0.6), (1, 0.4)), ((1, 0.9),)]
    assert highest(some, [0, 1]) == {0: 0.6, 1: 0.9}
    assert mean(some, [0, 1]) == pytest.approx({0: 0.3, 1: 0.65})
    assert mean(some, []) == {}


def test_a_folder_without_weights_leaves_all_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(focus, "model_folder", lambda: tmp_path)
    r = Reading()
    assert r.again(None) is r.entities


def test_weights_for_other_features_are_refused(tmp_path: Path) -> None:
    short: Floats = np.zeros(3, np.float32)
    np.savez(tmp_path / focus.MODEL, linear=short, hidden=short[None], bias=short[:1], out=short[:1])
    with pytest.raises(ModelError, match="other features"):
        focus_weights(tmp_path)
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / focus.MODEL).write_bytes(b"no archive")
    with pytest.raises(ModelError, match="cannot be read"):
        focus_weights(tmp_path / "sub")


def test_the_weights_that_ship_fit() -> None:
    weights = focus_weights(model_folder())
    assert weights is not None
    assert weights.hidden.shape == (len(weights.bias), len(FEATURES))
    assert len(weights.out) == len(weights.bias)
