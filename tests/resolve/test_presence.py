"""Who is there, and who turns out to have a name."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from tests.support.mentions import evidence_of

from fabula.resolve.coref import EntityBeliefs
from fabula.resolve.introductions import introduced
from fabula.resolve.late_names import called_out, late_names, rename, rename_entities
from fabula.resolve.names import NameBeliefs, RosterEntry
from fabula.resolve.presence import off_stage
from fabula.resolve.quote_context import read_context
from fabula.resolve.speech import SpeechBeliefs
from fabula.types import Ints


def _names(entity: list[int], *people: str) -> NameBeliefs:
    roster = tuple(RosterEntry(p, (), "PER", (0.0, 0.0, 0.0), "sing", False) for p in people)
    column: Ints = np.asarray(entity, dtype=np.int32)
    return NameBeliefs(roster, column, np.ones(len(entity), dtype=np.float32))


def _speech(*speakers: int) -> SpeechBeliefs:
    n = len(speakers)
    said = tuple(((e, 0.9),) for e in speakers)
    minus = np.full(n, -1, dtype=np.int32)
    return SpeechBeliefs(said, ((),) * n, ((),) * n, ("implicit",) * n, ("speech",) * n, minus, (None,) * n)


def _beliefs(entity: list[int], n_named: int) -> EntityBeliefs:
    column: Ints = np.asarray(entity, dtype=np.int32)
    p = np.ones(len(entity), dtype=np.float32)
    return EntityBeliefs(column, p, tuple(((e, 1.0),) for e in entity), n_named, max(entity) + 1)


def _flat(a: str, b: str) -> float:
    return 0.0


def test_somebody_only_talked_about_is_off_stage() -> None:
    text = "Anna sat. “Corin is dead,” said Anna.\n"
    _, evidence = evidence_of(text, [("Anna", "PROP"), ("Corin", "PROP"), ("Anna", "PROP")], _flat)
    names = _names([0, 1, 0], "Anna", "Corin")
    assert off_stage(evidence, names) == {1}
    assert off_stage(evidence, names, narrators=(1,)) == frozenset()


def test_a_nameless_speaker_who_says_a_name_has_it() -> None:
    text = "A man came. “My name is Corin,” he said.\n"
    words = [("A man", "NOM"), ("My", "PRON"), ("Corin", "PROP"), ("he", "PRON")]
    story, evidence = evidence_of(text, words, _flat)
    names = _names([-1, -1, 0, -1], "Corin")
    said = introduced(evidence, names, read_context(story, evidence))
    assert said == {0: 0}
    assert late_names(story, evidence, names, _beliefs([1, 1, 0, 1], 1), _speech(1), said=said) == {1: 0}
    assert off_stage(evidence, names) == {0}
    assert off_stage(evidence, names, there=said.values()) == frozenset()


def test_who_is_called_by_name_and_hears_it_has_that_name() -> None:
    text = "A girl came in. “Other shoe, Corin.” She left. “I know Dov,” said Anna.\n"
    words = [
        ("A girl", "NOM"),
        ("Corin", "PROP"),
        ("She", "PRON"),
        ("I", "PRON"),
        ("Dov", "PROP"),
        ("Anna", "PROP"),
    ]
    story, evidence = evidence_of(text, words, _flat)
    names = _names([-1, 0, -1, -1, 1, 2], "Corin", "Dov", "Anna")
    beliefs = _beliefs([3, 0, 3, 2, 1, 2], 3)
    away = off_stage(evidence, names)
    calls = called_out(names, read_context(story, evidence).quotes, away)
    assert (away, calls) == ({0, 1}, {0: [0]})
    for hearer, found in ((((3, 0.6),), {3: 0}), (((2, 0.6),), {}), (((3, 0.2),), {})):
        speech = replace(_speech(2, 2), addressee=(hearer, ()))
        assert late_names(story, evidence, names, beliefs, speech, calls) == found


def test_saying_somebody_elses_name_gives_nobody_a_name() -> None:
    text = "A man came. “I know Corin,” he said.\n"
    words = [("A man", "NOM"), ("I", "PRON"), ("Corin", "PROP"), ("he", "PRON")]
    story, evidence = evidence_of(text, words, _flat)
    assert (
        late_names(story, evidence, _names([-1, -1, 0, -1], "Corin"), _beliefs([1, 1, 0, 1], 1), _speech(1))
        == {}
    )


def test_merged_entities_add_up() -> None:
    assert rename(((2, 0.4), (0, 0.35), (1, 0.25)), {1: 0}) == ((0, 0.6), (2, 0.4))
    merged = rename_entities(_beliefs([0, 1, 1], 1), {1: 0})
    assert merged.entity.tolist() == [0, 0, 0]
