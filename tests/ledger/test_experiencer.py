"""Whose a feeling is: the rules, and what the learnt scorer makes of their answer."""

from __future__ import annotations

import numpy as np
import pytest

from fabula import read_text
from fabula.ledger.clauses import Clauses, read_clauses
from fabula.ledger.experiencer import Experiencers, likeliest
from fabula.ledger.slots import BUCKETS, bucket

STORY = "Helen Marsh and Arthur Kerr lived by the river.\n\nArthur said nothing. Helen was terrified.\n"


@pytest.fixture(scope="module")
def clauses() -> Clauses:
    found = read_clauses(read_text(STORY).analysis)
    assert found is not None
    return found


def at(c: Clauses, form: str) -> int:
    return c.form.index(form)


def name(c: Clauses, entity: int | None) -> str:
    return next(e.name for e in c.analysis.entities if e.id == entity)


def test_without_weights_the_rules_decide(clauses: Clauses) -> None:
    who, p = Experiencers(clauses, None).of(at(clauses, "terrified"), "fear")
    assert name(clauses, who).startswith("Helen") and 0 < p <= 1


def test_the_place_that_the_rules_name_is_marked(clauses: Clauses) -> None:
    places = Experiencers(clauses, None).places(at(clauses, "terrified"), "fear")
    marked = {name(clauses, likeliest(s.people)) for s in places if bucket("rule says") in s.features}
    assert len(marked) == 1 and next(iter(marked)).startswith("Helen")


def test_weights_may_hear_the_rules_or_not(clauses: Clauses) -> None:
    t = at(clauses, "terrified")
    for weight, expected in ((6.0, "Helen"), (-6.0, "Arthur")):
        w = np.zeros(BUCKETS, np.float32)
        w[bucket("rule says")] = weight
        who, p = Experiencers(clauses, w).of(t, "fear")
        assert name(clauses, who).startswith(expected) and 0 < p <= 1


def test_nobody_is_likeliest_where_nobody_is_known() -> None:
    assert likeliest({}) is None
    assert likeliest({3: 0.5, 1: 0.5}) == 1
