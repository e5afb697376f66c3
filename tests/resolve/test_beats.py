"""The "he" beside a line is its speaker, and the sentence follows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.support.mentions import evidence_of

from fabula.heads.evidence import Evidence
from fabula.resolve.beats import beats, with_beats
from fabula.resolve.coref import Distribution, EntityBeliefs
from fabula.resolve.speech import SpeechBeliefs
from fabula.types import Story, Syntax

IMRE, HALVARD = 0, 1
WORDS = [("He", "PRON"), ("his", "PRON"), ("him", "PRON"), ("He", "PRON")]
TEXT = "“Go home.” He put his hand on him.\n\nHe waited outside.\n"


def _flat(a: str, b: str) -> float:
    return 0.0


def _read(text: str = TEXT, words: list[tuple[str, str]] = WORDS) -> tuple[Story, Evidence]:
    story, evidence = evidence_of(text, words, _flat)
    n = len(story.tokens)
    subject = {int(t) for t, (w, _) in zip(evidence.mentions.head_token, words, strict=True) if w == "He"}
    relations = tuple("nsubj" if t in subject else "dep" for t in range(n))
    syntax = Syntax(("",) * n, ("",) * n, ("",) * n, np.full(n, -1, np.int32), relations)
    return story, replace(evidence, syntax=syntax)


def _speech(*speakers: Distribution) -> SpeechBeliefs:
    n = len(speakers)
    minus = np.full(n, -1, dtype=np.int32)
    return SpeechBeliefs(
        speakers, ((),) * n, ((),) * n, ("implicit",) * n, ("speech",) * n, minus, (None,) * n
    )


def _beliefs(*some: Distribution) -> EntityBeliefs:
    best = np.asarray([d[0][0] for d in some], np.int32)
    return EntityBeliefs(best, np.asarray([d[0][1] for d in some], np.float32), some, 2, 2)


BEFORE = (
    ((IMRE, 0.6), (HALVARD, 0.4)),
    ((IMRE, 0.7), (HALVARD, 0.3)),
    ((HALVARD, 0.8), (IMRE, 0.2)),
    ((IMRE, 0.9), (HALVARD, 0.1)),
)


def test_the_he_of_a_beat_points_to_the_speaker_beside_it() -> None:
    story, evidence = _read()
    assert beats(story, evidence, _speech(((HALVARD, 0.9),))) == {0: ((HALVARD, 0.9),)}


def test_the_speaker_is_the_subject_and_the_two_change_places_in_its_sentence() -> None:
    story, evidence = _read()
    found = with_beats(story, evidence, _beliefs(*BEFORE), _speech(((HALVARD, 0.9), (IMRE, 0.1))), {})
    assert found.entity.tolist() == [HALVARD, HALVARD, IMRE, IMRE]
    assert found.p[0] > 0.8
    assert found.distribution[1] == ((HALVARD, 0.7), (IMRE, 0.3))
    assert found.distribution[3] == BEFORE[3]
    assert all(sum(p for _, p in d) == pytest.approx(1) for d in found.distribution)


def test_where_line_and_beat_agree_the_rest_of_the_sentence_stays() -> None:
    story, evidence = _read()
    found = with_beats(story, evidence, _beliefs(*BEFORE), _speech(((IMRE, 0.9), (HALVARD, 0.1))), {})
    assert found.distribution[1:] == BEFORE[1:]
    assert found.distribution[0][0][1] > 0.9


def test_what_is_fixed_stays() -> None:
    story, evidence = _read()
    speech = _speech(((HALVARD, 0.9), (IMRE, 0.1)))
    found = with_beats(story, evidence, _beliefs(*BEFORE), speech, {0: BEFORE[0]})
    assert found.distribution == BEFORE


def test_somebody_else_who_does_something_first_is_believed() -> None:
    story, evidence = _read("“Go.” The dog barked. He sat.\n", [("The dog", "NOM"), ("He", "PRON")])
    syntax = evidence.syntax
    dog = int(evidence.mentions.head_token[0])
    relations = tuple("nsubj" if t == dog else r for t, r in enumerate(syntax.deprel))
    evidence = replace(evidence, syntax=replace(syntax, deprel=relations))
    beliefs = _beliefs(((IMRE, 1.0),), BEFORE[0])
    assert with_beats(story, evidence, beliefs, _speech(((HALVARD, 1.0),)), {}).entity[1] == IMRE


def test_lines_of_two_speakers_in_one_paragraph_decide_nothing() -> None:
    story, evidence = _read("“Go.” He sat. “No.”\n", [("He", "PRON")])
    speech = _speech(((IMRE, 1.0),), ((HALVARD, 1.0),))
    assert with_beats(story, evidence, _beliefs(BEFORE[0]), speech, {}).entity[0] == IMRE
