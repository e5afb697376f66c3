"""Feelings from the whole pipeline, on sentences made up for it: what is felt, by whom, and what is none."""

from __future__ import annotations

from functools import cache

import pytest

from fabula import read_text
from fabula.reading import Reading

PEOPLE = "Helen Marsh, Arthur Kerr and Martin Dunn lived by the river. Arthur kept the ferry.\n\n"
CASES = """
Arthur was terrified. | fear Arthur
Arthur was not afraid. | !fear Arthur
If Arthur were angry, Helen would know. | ?anger Arthur
Helen knew that Arthur was angry. | anger Arthur
Helen looked at Martin with disgust. | disgust Helen
Fear seized Martin. | fear Martin
Martin wept. | sadness Martin
Martin's breath came in gasps. | surprise Martin
“I'm afraid of the dark, Helen,” said Martin. | fear Martin
“I'm afraid it is late, Helen,” said Martin. | -
“I'm afraid not, Helen,” said Martin. | -
“Come back!” cried Helen. | -
“Don't cry, Helen,” said Martin. | !sadness Helen
“Mind your head, love,” said Martin. | -
“I love Helen,” said Martin. | love Martin
“I'm angry with you, Helen,” said Martin. | anger Martin
Martin smiled. | joy Martin
Martin blushed with shame. | shame Martin
Helen crossed the yard. | -
"""
OUTRIGHT = """
Helen hated Arthur. | anger Helen
Martin did not hate Helen. | !anger Martin
“I hate him,” said Arthur. | anger Arthur
Martin was full of hatred for Arthur. | anger Martin
Helen said that she hated rice. | -
Tears ran down Martin's face. | sadness Martin
Helen's eyes filled with tears. | sadness Helen
Arthur was in tears. | sadness Arthur
Helen burst into tears. | sadness Helen
Helen tears the letter in two. | -
Arthur has to tear it out. | -
There was a tear in Martin's coat. | -
"""


@cache
def reading(cases: str = CASES) -> tuple[Reading, dict[str, int]]:
    text, places = PEOPLE, {}
    for sentence, _ in rows(cases):
        places[sentence] = len(text)
        text += sentence + "\n\n"
    return read_text(text), places


def rows(cases: str = CASES) -> list[tuple[str, str]]:
    return [(a, b) for a, b in (line.split(" | ") for line in cases.strip().splitlines())]


@pytest.mark.parametrize(("sentence", "felt"), rows())
def test_a_feeling_has_its_person_and_stance(sentence: str, felt: str) -> None:
    assert told(CASES, sentence) == ([] if felt == "-" else [felt])


@pytest.mark.parametrize(("sentence", "felt"), rows(OUTRIGHT))
def test_tears_and_hatred_said_outright_are_told(sentence: str, felt: str) -> None:
    assert told(OUTRIGHT, sentence) == ([] if felt == "-" else [felt])


def told(cases: str, sentence: str) -> list[str]:
    story, places = reading(cases)
    start = places[sentence]
    found = []
    for e in story.emotions:
        if start <= e.value.cue.start < start + len(sentence):
            flag = "!" if e.value.negated else "?" if e.value.hypothetical else ""
            found.append(f"{flag}{e.label} {str(e.character).split()[0]}")
    return found
