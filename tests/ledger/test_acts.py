"""Acts from the whole pipeline, on sentences made up for it."""

from __future__ import annotations

from functools import cache

import pytest

from fabula.ledger.acts import LEAST, find_acts
from fabula.ledger.bonds import happened
from fabula.ledger.clauses import read_clauses
from fabula.pipeline import analyse
from fabula.text import read_text
from fabula.types import Act, Analysis
from tests.ledger.cases import (
    DEEDS,
    DONE,
    MORE_DEEDS,
    MORE_SAID,
    MORE_TOLD,
    NOT_DONE,
    SAID,
    SOUNDS_LIKE,
    TOLD,
    cases,
)

PEOPLE = (
    "Helen Marsh, Arthur Kerr and Martin Dunn lived by the river. Helen was a teacher, Arthur kept the "
    "ferry, and Martin had a boat.\n\n"
)


@cache
def read_all(text: str) -> tuple[Analysis, dict[str, int]]:
    """All the sentences of a list read as one story, and where each begins."""
    story, places = PEOPLE, {}
    for sentence in (line.split(" | ")[0] for line in text.strip().splitlines()):
        places[sentence] = len(story)
        story += sentence + "\n\n"
    return analyse(read_text(story), experimental=True), places


def acts_of(text: str, sentence: str, *, rules: bool = False) -> list[Act]:
    """The acts told in a sentence; ``rules``: those that the rules alone would keep."""
    analysis, places = read_all(text)
    start = places[sentence]
    acts = analysis.acts
    if rules:
        clauses = read_clauses(analysis)
        assert clauses is not None
        acts = find_acts(clauses, None, 0.5)
    return [a for a in acts if start <= a.trigger.start < start + len(sentence)]


def written(text: str, act: Act) -> str:
    analysis, _ = read_all(text)
    names = {e.id: e.name.split()[0] for e in analysis.entities}
    to = "-" if act.patient is None else names[act.patient]
    flag = "!" if act.negated else "?" if act.hypothetical else ""
    return f"{flag}{act.kind} {names[act.agent] if act.agent is not None else '-'}>{to}"


@pytest.mark.parametrize(("sentence", "told"), cases(DEEDS))
def test_a_deed_has_its_agent_patient_and_stance(sentence: str, told: str) -> None:
    found = sorted(written(DEEDS, a) for a in acts_of(DEEDS, sentence))
    assert found == sorted(filter(None, told.replace("-", "", told == "-").split("; ")))


@pytest.mark.parametrize("sentence", NOT_DONE.strip().splitlines())
@pytest.mark.parametrize("rules", [False, True])
def test_what_the_text_denies_or_imagines_is_never_told_as_done(sentence: str, rules: bool) -> None:
    assert not any(happened(a) for a in acts_of(NOT_DONE, sentence, rules=rules))


@pytest.mark.parametrize("sentence", DONE.strip().splitlines())
def test_what_the_text_tells_as_done_is_told_as_done(sentence: str) -> None:
    assert all(happened(a) for a in acts_of(DONE, sentence))
    assert acts_of(DONE, sentence)


def test_lips_on_a_forehead_are_a_kiss() -> None:
    found = [written(DONE, a) for a in acts_of(DONE, "Martin kissed Helen's forehead.", rules=True)]
    assert found == ["kiss Martin>Helen"]


@pytest.mark.parametrize(("sentence", "told"), cases(TOLD))
def test_a_told_act_of_speech_has_its_agent_patient_and_stance(sentence: str, told: str) -> None:
    assert [written(TOLD, a) for a in acts_of(TOLD, sentence)] == [told]


@pytest.mark.parametrize(("sentence", "told"), cases(SAID))
def test_words_do_an_act_of_their_speaker(sentence: str, told: str) -> None:
    said = [a for a in acts_of(SAID, sentence, rules=True) if not a.hypothetical]
    found = [("!" if a.negated else "") + a.kind for a in said]
    assert found == ([] if told == "-" else [told])


@pytest.mark.parametrize(("sentence", "told"), cases(MORE_DEEDS))
def test_a_rule_knows_the_deed_and_not_its_like(sentence: str, told: str) -> None:
    found = sorted(written(MORE_DEEDS, a) for a in acts_of(MORE_DEEDS, sentence, rules=True))
    assert found == sorted(filter(None, told.replace("-", "", told == "-").split("; ")))


@pytest.mark.parametrize(("sentence", "told"), cases(MORE_TOLD))
def test_a_rule_knows_the_told_act_of_speech_and_not_its_like(sentence: str, told: str) -> None:
    found = sorted(written(MORE_TOLD, a) for a in acts_of(MORE_TOLD, sentence, rules=True))
    assert found == sorted(filter(None, told.replace("-", "", told == "-").split("; ")))


@pytest.mark.parametrize(("sentence", "told"), cases(MORE_SAID))
def test_a_rule_knows_the_words_that_do_an_act_and_not_their_like(sentence: str, told: str) -> None:
    found = [a.kind for a in acts_of(MORE_SAID, sentence, rules=True)]
    assert found == ([] if told == "-" else [told])


def test_an_act_done_by_words_is_the_speakers_to_the_one_addressed() -> None:
    assert written(SAID, acts_of(SAID, "“Sit down, Arthur,” said Helen.")[0]) == "command Helen>Arthur"


def test_every_act_stands_in_its_evidence_and_between_two_people() -> None:
    for text in (DEEDS, TOLD, SAID):
        for a in read_all(text)[0].acts:
            assert a.evidence.start <= a.trigger.start < a.trigger.end <= a.evidence.end
            assert a.agent != a.patient
            assert LEAST <= a.confidence <= 1


@pytest.mark.parametrize(("sentence", "kind"), cases(SOUNDS_LIKE))
def test_what_only_sounds_like_an_act_is_told_neither_by_rule_nor_by_classifier(
    sentence: str, kind: str
) -> None:
    found = [a.kind for a in acts_of(SOUNDS_LIKE, sentence)]
    found += [a.kind for a in acts_of(SOUNDS_LIKE, sentence, rules=True)]
    assert kind not in found
