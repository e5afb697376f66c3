"""A story in small letters is read with capitals, and kept as it was written."""

from __future__ import annotations

import time

import pytest

from fabula.text import read_text
from fabula.text.small_letters import begun, in_small_letters
from fabula.types import Span

STORY = (
    "the rain came over the hill and imre put down his book. “you're late,” he said. “i waited.”\n\n"
    "“did you?” asked halvard, and then he said, “i'm sorry. i was at the river.”\n\n"
    "“what for?” he didn't look up… “i know what for.”\n\n"
    "halvard sat down. *i should go*, he thought. he did not go; i.e. he stayed where he was, "
    "and the fire burned lower, and the river went by in the dark outside the door, "
    "and neither of them got up to see to it until it was nearly out.\n"
)


def _all(text: str) -> list[Span]:
    return [Span(0, len(text))]


def test_small_letters_are_a_habit() -> None:
    assert in_small_letters(STORY, _all(STORY))
    assert not in_small_letters(STORY.replace("imre", "Imre").replace("halvard", "Halvard"), _all(STORY))
    assert not in_small_letters("he came. he went.", [Span(0, 17)])


def test_a_capital_begins_sentences_and_lines_and_is_i() -> None:
    story = read_text(STORY)
    read = begun(STORY, story.paragraphs)
    assert len(read) == len(STORY)
    assert read.lower() == STORY
    assert read.startswith(
        "The rain came over the hill and imre put down his book. “You're late,” he said. “I"
    )
    assert "“Did you?” asked halvard, and then he said, “I'm sorry. I was at the river.”" in read
    assert "“What for?” He didn't look up… “I know what for.”" in read
    assert "*I should go*, he thought. He did not go; i.e. he stayed" in read


def test_the_text_stays_as_it_was_written_and_has_sentences() -> None:
    story = read_text(STORY)
    assert story.text == STORY
    sentences = [STORY[s.start : s.end] for s in story.sentences]
    assert "halvard sat down." in sentences
    assert len(sentences) > 8


@pytest.mark.parametrize("piece", [".", "a.", " ", "“a,” ", ", “", ".a", "?”", "*"])
def test_the_cost_is_linear(piece: str) -> None:
    text = piece * 200_000
    began = time.perf_counter()
    begun(text, _all(text))
    assert time.perf_counter() - began < 5


def test_letters_whose_capital_is_longer_stay() -> None:
    text = "ßo. " * 200
    assert begun(text, _all(text)) == text
