"""Nameless people who turn out to have a name."""

from __future__ import annotations

import numpy as np
import pytest
from tests.support.mentions import evidence_of

from fabula.resolve.coref import EntityBeliefs
from fabula.resolve.late_names import late_names
from fabula.resolve.names import NameBeliefs, RosterEntry
from fabula.resolve.speech import SpeechBeliefs
from fabula.types import Alias

FISK, LODGER = 0, 1


def named(text: str, described: str) -> dict[int, int]:
    """The nameless entity LODGER, called ``described``, in a story that also names Fisk."""
    order = sorted([("Fisk", "PROP", FISK), (described, "NOM", LODGER)], key=lambda w: text.index(w[0]))
    story, evidence = evidence_of(text, [(w, k) for w, k, _ in order], lambda a, b: 0.0)
    entity = np.asarray([e for _, _, e in order], dtype=np.int32)
    ones = np.ones(2, np.float32)
    roster = (RosterEntry("Fisk", (Alias("Fisk", 1),), "PER", (0.0, 0.0, 0.0), "sing", False),)
    names = NameBeliefs(roster, np.where(entity == FISK, 0, -1).astype(np.int32), ones)
    beliefs = EntityBeliefs(entity, ones, tuple(((int(e), 1.0),) for e in entity), 1, 2)
    speech = SpeechBeliefs((), (), (), (), (), np.zeros(0, np.int32), ())
    return late_names(story, evidence, names, beliefs, speech)


@pytest.mark.parametrize(
    ("text", "described"),
    [
        ("The lodger, whose name was Fisk, came in.\n", "The lodger"),
        ("There was a lodger named Fisk.\n", "a lodger"),
        ("The lodger, named Fisk, came in.\n", "The lodger"),
    ],
)
def test_described_and_named_in_one_breath(text: str, described: str) -> None:
    assert named(text, described) == {LODGER: FISK}


@pytest.mark.parametrize(
    ("text", "described"),
    [("The lodger knew Fisk.\n", "The lodger"), ("The lodger, who named Fisk, came in.\n", "The lodger")],
)
def test_two_people_in_one_sentence_stay_two(text: str, described: str) -> None:
    assert named(text, described) == {}
