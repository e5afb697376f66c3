"""Sentences inside paragraphs."""

from __future__ import annotations

import numpy as np
import pytest

from fabula.text import read_text
from fabula.text.sentences import LONGEST


def split(text: str) -> list[str]:
    """The sentences of ``text``."""
    return [text[s.start : s.end] for s in read_text(text).sentences]


@pytest.mark.parametrize(
    "text",
    [
        "He left.|She stayed.",
        "“Go!” he said.|“Now!”",
        "“Go!” He turned away.",
        "“Where?” asked Imre.|“There?”",
        "“I see.|You are late.”|He sat down.",
        "He left... and came back.",
        "He left...|Then he came back.",
        "He left….|Then he came back.",
        "Mr. Grey met Dr. Moss at 5 p.m. sharp.",
        "Mr. Grey left at 5 p.m.|He was late.",
        "J. M. Grey wrote it.",
        "It was I.|Nobody else was there.",
        "(He left.)|She stayed.",
        "_Never._|He said it twice.",
        "What?!|No.",
        "He asked why. . . .|Nobody knew.",
        "‘Go!’ he said.|‘Now.’",
        "It cost 3.50 in No. 7 Long Street.",
        "She said, “No.”|He said, “Yes.”",
        "etc. and so on.",
    ],
)
def test_sentences(text: str) -> None:
    expected = text.split("|")
    if text == "“Go!” He turned away.":
        expected = ["“Go!”", "He turned away."]
    assert split(text.replace("|", " ")) == expected


def test_no_sentence_crosses_a_paragraph() -> None:
    assert split("A title\n\nHe went and\n\nshe stayed") == ["A title", "He went and", "she stayed"]


def test_long_sentences_are_cut_at_a_clause() -> None:
    clause = "and the water went on rising over the stones of the quay where they had stood; "
    story = read_text("He saw it, " + clause * 60 + "and that was all.")
    lengths = np.diff(story.sentence_tokens, axis=1).ravel()
    assert lengths.max() <= LONGEST
    assert all(story.text[s.end - 1] in ";." for s in story.sentences)


def test_long_runs_without_any_mark_are_cut_too() -> None:
    story = read_text("word " * 5000)
    assert np.diff(story.sentence_tokens, axis=1).max() <= LONGEST
    assert len(story.tokens) == 5000
