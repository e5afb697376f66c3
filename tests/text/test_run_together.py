"""Paragraphs in which several people speak are parted where another begins."""

from __future__ import annotations

import time

import pytest

from fabula.text import read_text
from fabula.text.run_together import part_turns
from fabula.types import Span

HABIT = """“Is that the boat?” “It is a boat.” “Then go down to it.” “In a minute.”

Imre looked at the clock. “Now.” “I am going.”

“You said that before.” “I meant it before.”
"""


def _paragraphs(text: str) -> list[str]:
    return [text[p.start : p.end] for p in read_text(text).paragraphs]


def test_lines_with_nothing_between_are_two_peoples() -> None:
    found = _paragraphs(HABIT)
    assert found[:4] == ["“Is that the boat?”", "“It is a boat.”", "“Then go down to it.”", "“In a minute.”"]
    assert found[-2:] == ["“You said that before.”", "“I meant it before.”"]
    assert "“I am going.”" in found


def test_a_line_that_a_tag_interrupts_stays_one_paragraph() -> None:
    text = HABIT + "\n“I am going,” said Halvard, “as soon as I have my boots.” “You have them on.”\n"
    assert _paragraphs(text)[-2:] == [
        "“I am going,” said Halvard, “as soon as I have my boots.”",
        "“You have them on.”",
    ]


def test_two_tags_in_one_paragraph_are_two_peoples() -> None:
    text = HABIT + "\n“The river is high,” said Halvard. “It is always high,” said Imre.\n"
    assert _paragraphs(text)[-2:] == [
        "“The river is high,” said Halvard.",
        "“It is always high,” said Imre.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "“One.” “Two.”\n\n“Three.” “Four.”\n\nHe went out.\n",
        "“Oh,” he said. “Yes.” He sat. “No.”\n\n“Why?” she said. “Tell me.”\n\n“Because.” He got up.\n",
        "He read ‘Wait for me’ and “Come at once.” The notes were old.\n",
        "",
    ],
)
def test_where_it_is_no_habit_nothing_changes(text: str) -> None:
    story = read_text(text)
    assert part_turns(text, story.paragraphs, story.quotes) == story.paragraphs
    assert len(story.paragraphs) == len([block for block in text.split("\n\n") if block.strip()])


def test_a_story_without_paragraphs_has_them() -> None:
    lines = [
        "“Is that the boat?” asked Imre.",
        "“It is a boat.”",
        "“I told you to wait.”",
        "“You told me a lot of things.”",
        "“I meant them.”",
        "“Did you?”",
    ]
    assert _paragraphs(" ".join(lines) + "\n") == lines


def test_all_text_stays_in_a_paragraph() -> None:
    text = HABIT.replace("\n\n", " ") * 20
    story = read_text(text)
    for a, b in zip(story.paragraphs, story.paragraphs[1:], strict=False):
        assert a.end <= b.start
        assert not text[a.end : b.start].strip()
    assert all(any(p.start <= s.start and s.end <= p.end for p in story.paragraphs) for s in story.sentences)


def test_the_cost_is_linear() -> None:
    text = HABIT.replace("\n\n", " ")
    story = read_text(text * 300)
    began = time.perf_counter()
    part_turns(story.text, [Span(0, len(story.text))], story.quotes)
    assert time.perf_counter() - began < 5
