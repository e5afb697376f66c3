"""Whom talk calls by a name that the narration never uses."""

from __future__ import annotations

import numpy as np

from fabula.lexicon.gender import UNKNOWN
from fabula.resolve.names import NameBeliefs, RosterEntry
from fabula.resolve.second_names import joined_names
from fabula.types import Alias


def _entry(name: str, count: int, gender: tuple[float, float, float] = UNKNOWN) -> RosterEntry:
    return RosterEntry(name, (Alias(name, count),), "PER", gender, "sing", known=False)


def test_joined_people_are_one_with_all_their_names() -> None:
    names = NameBeliefs(
        (_entry("Imre", 2), _entry("Dr Bratt", 3, (0.0, 1.0, 0.0)), _entry("Ilse", 5)),
        np.asarray([0, 1, -1, 2, 1], np.int32),
        np.ones(5, np.float32),
        {"ILSE": 2},
    )
    joined = joined_names(names, {1: 2})
    assert [x.name for x in joined.roster] == ["Imre", "Ilse"]
    assert joined.entity.tolist() == [0, 1, -1, 1, 1]
    assert joined.headed == {"ILSE": 1}
    assert joined.roster[1].aliases == (Alias("Ilse", 5), Alias("Dr Bratt", 3))
    assert joined.roster[1].gender == (0.0, 1.0, 0.0)
    assert joined.roster[0] is names.roster[0]
