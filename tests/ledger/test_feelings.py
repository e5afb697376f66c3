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
Helen crossed the yard. | -
"""


@cache
def reading() -> tuple[Reading, dict[str, int]]:
    text, places = PEOPLE, {}
    for sentence, _ in rows():
        places[sentence] = len(text)
        text += sentence + "\n\n"
    return read_text(text), places


def rows() -> list[tuple[str, str]]:
    return [(a, b) for a, b in (line.split(" | ") for line in CASES.strip().splitlines())]


@pytest.mark.parametrize(("sentence", "felt"), rows())
def test_a_feeling_has_its_person_and_stance(sentence: str, felt: str) -> None:
    story, places = reading()
    start = places[sentence]
    found = []
    for e in story.emotions:
        if start <= e.value.cue.start < start + len(sentence):
            flag = "!" if e.value.negated else "?" if e.value.hypothetical else ""
            found.append(f"{flag}{e.label} {str(e.character).split()[0]}")
    assert found == ([] if felt == "-" else [felt])
