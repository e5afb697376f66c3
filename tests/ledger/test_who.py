"""Where the people of an act are looked for, and how two roles are joined."""

from __future__ import annotations

from functools import cache
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from fabula.heads.acts import ActScores
from fabula.ledger import chosen
from fabula.ledger.clauses import SUBJECTS, Clauses, read_clauses
from fabula.ledger.events import Event
from fabula.ledger.slots import BUCKETS, bucket, path, slots_of
from fabula.ledger.sure import NAMES, confidence, features_of
from fabula.ledger.who import AGENT, PATIENT, pairs_of
from fabula.pipeline import analyse
from fabula.text import read_text
from fabula.types import Span

STORY = (
    "Helen Marsh and Arthur Kerr lived by the river. Helen was a teacher and Arthur kept the ferry.\n\n"
    "Helen laid a hand on Arthur's sleeve.\n\n"
    "“Sit down, Arthur,” said Helen.\n"
)


@cache
def clauses() -> Clauses:
    found = read_clauses(analyse(read_text(STORY)))
    assert found is not None
    return found


def token(word: str) -> int:
    return next(t for t, form in enumerate(clauses().form) if form == word)


def name(entity: int) -> str:
    return clauses().analysis.entities[entity].name.split()[0]


def weights(agent: str, patient: str) -> dict[str, np.ndarray]:
    """A scorer that trusts one feature in each role."""
    w = np.zeros((2, BUCKETS), np.float32)
    w[AGENT, bucket(agent)] = w[PATIENT, bucket(patient)] = 8
    return {"who.weight": w}


def test_the_way_through_the_parse_goes_up_and_down() -> None:
    c = clauses()
    laid = token("laid")
    sleeve = token("sleeve")
    owner = c.deps(sleeve, "nmod:poss")[0]
    way, over = path(c, laid, owner)
    assert way.endswith(">nmod:poss") and over == sleeve
    assert path(c, owner, laid)[1] == -1 and path(c, laid, laid) == ("", -1)


def test_mentions_of_the_sentence_and_of_those_before_are_places() -> None:
    places = slots_of(clauses(), token("laid"), "touch", False)
    here = [s for s in places if bucket("within deed") in s.features]
    before = [s for s in places if bucket("earlier deed") in s.features]
    assert {name(max(s.people, key=lambda x: s.people[x])) for s in here} == {"Helen", "Arthur"}
    assert before


def test_the_likeliest_pair_is_two_people_and_its_chance_a_probability() -> None:
    w = weights("relation deed nsubj l", "relation deed nmod:poss r")
    found = pairs_of(w, clauses(), token("laid"), "touch", False)
    assert (name(found[0].agent), name(found[0].patient)) == ("Helen", "Arthur")
    assert all(f.agent != f.patient and 0 < f.p <= 1 for f in found)
    assert [f.p for f in found] == sorted((f.p for f in found), reverse=True)


BESIDE = (
    "Helen Marsh, Arthur Kerr and Martin Dunn lived by the river.\n\n"
    "Helen was by the door with Arthur when Martin kissed Arthur.\n\n"
    "Helen and Arthur laughed. It kissed Martin's coat. The boat was kissed by the spray.\n"
)


def test_a_verbs_own_subject_and_object_leave_no_room_for_those_who_stand_near() -> None:
    c = read_clauses(analyse(read_text(BESIDE)))
    assert c is not None
    anybody = {"who.weight": np.zeros((2, BUCKETS), np.float32)}
    first, second, third = (t for t, form in enumerate(c.form) if form == "kissed")
    called = [c.analysis.entities[e].name.split()[0] for e in range(len(c.analysis.entities))]
    found = pairs_of(anybody, c, first, "kiss", False)
    assert {(called[f.agent], called[f.patient]) for f in found} == {("Martin", "Arthur")}
    assert pairs_of(anybody, c, second, "kiss", False) == [], "it is nobody"
    assert pairs_of(anybody, c, third, "kiss", False) == [], "things are nobody"


def test_words_do_their_act_for_their_speaker() -> None:
    start = token("sit") - 1
    found = pairs_of(weights("none", "heard own"), clauses(), start, "command", True)
    assert found and name(found[0].agent) == "Helen"


def test_an_act_is_surer_the_more_speaks_for_it() -> None:
    e = Event("touch", 0, False, Span(0, 1), 0.5, 0.1, False, False)
    w = {name: np.zeros(len(NAMES), np.float32) for name in ("sure.weight",)} | {
        "sure.bias": np.zeros(1, np.float32)
    }
    w["sure.weight"][NAMES.index("pair")] = 1
    rows = [features_of(e, p, None, None, (1.0, 1.0)) for p in (0.1, 0.5, 0.9)]
    assert all(len(r) == len(NAMES) for r in rows)
    low, middle, high = confidence(w, rows).tolist()
    assert 0 < low < middle < high < 1


@pytest.mark.parametrize("kind", ["touch", "thank"])
def test_without_people_there_is_no_pair(kind: str) -> None:
    found = read_clauses(analyse(read_text("It rained all night.\n")))
    assert found is not None
    assert pairs_of(weights("a", "b"), found, 1, kind, False) == []


def test_one_word_tells_one_deed_of_touch(monkeypatch: pytest.MonkeyPatch) -> None:
    told = {"touch": 0.5, "kiss": 0.9, "approach": 0.45}
    some = [
        chosen.Candidate(Event(kind, 3, False, Span(0, 1), p, 0.0, False, False), 0, 1, [p])
        for kind, p in told.items()
    ]
    some.append(some[0]._replace(agent=1, patient=0))
    monkeypatch.setattr(chosen, "candidates", lambda *_: some)
    monkeypatch.setattr(chosen, "confidence", lambda _, rows: np.asarray([row[0] for row in rows]))
    c, nothing = clauses(), ActScores(np.zeros(0), np.zeros(0), np.zeros(0, np.int64), np.zeros(0))
    found = [(f.kind, f.agent) for f in chosen.choose(c, nothing, 0.4)]
    assert found == [("kiss", 0), ("approach", 0), ("touch", 1)], "of the same two, the kiss alone"


def test_two_people_do_nothing_to_one_of_themselves() -> None:
    """ "They asked me", where the reading takes "they" for both people of the room."""
    they = SimpleNamespace(entity=9)
    mentions = {0: they, 2: SimpleNamespace(entity=1), 3: SimpleNamespace(entity=4), 4: None}

    def asks(verb: int, obj: int) -> bool:
        deps = {frozenset(["obj", "iobj"]): [obj], SUBJECTS: [0]}
        c = SimpleNamespace(
            mention=mentions, members={9: (1, 2)}, deps=lambda t, *relations: deps[frozenset(relations)]
        )
        return chosen._by_one_of_them(cast(Clauses, c), verb)

    assert asks(1, 2)
    assert not asks(1, 3)
    assert not asks(1, 4)
