"""Who says what they are called, and who does not."""

from __future__ import annotations

import numpy as np
import pytest
from tests.support.mentions import evidence_of

from fabula.resolve.introductions import introduced
from fabula.resolve.names import NameBeliefs, RosterEntry
from fabula.resolve.quote_context import read_context


def said(text: str) -> list[int]:
    """The quotes of a text whose speakers say that they are Corin."""
    story, evidence = evidence_of(text, [("Corin", "PROP")], lambda a, b: 0.0)
    roster = (RosterEntry("Corin", (), "PER", (0.0, 0.0, 0.0), "sing", False),)
    names = NameBeliefs(roster, np.zeros(1, np.int32), np.ones(1, np.float32))
    return sorted(introduced(evidence, names, read_context(story, evidence)))


@pytest.mark.parametrize(
    "words",
    [
        "I’m Corin.",
        "I am Corin, sir.",
        "Good evening. My name is Corin.",
        "My name’s Corin.",
        "Call me Corin.",
    ],
)
def test_a_name_after_these_words_is_the_speakers(words: str) -> None:
    assert said(f"The door opened.\n\n“{words}”\n") == [0]


@pytest.mark.parametrize(
    "words",
    [
        "I’m Corin’s brother.", "I am not Corin.", "Say I’m Corin.", "Corin is dead.", "Corin, wait.",
        "I saw Corin.",
    ],
)  # fmt: skip
def test_a_name_elsewhere_is_not(words: str) -> None:
    assert said(f"The door opened.\n\n“{words}”\n") == []


@pytest.mark.parametrize(
    "question",
    ["What’s your name?", "And what do they call you?", "Who are you?", "Name?", "What is your name, then?"],
)
@pytest.mark.parametrize("answer", ["Corin.", "It’s Corin.", "Corin, sir."])
def test_an_answer_to_who_somebody_is(question: str, answer: str) -> None:
    assert said(f"“{question}”\n\n“{answer}”\n") == [1]


@pytest.mark.parametrize(
    ("question", "answer"),
    [("Who broke it?", "Corin."), ("What’s your name?", "Ask Corin."), ("What’s his name?", "Corin.")],
)
def test_an_answer_to_something_else(question: str, answer: str) -> None:
    assert said(f"“{question}”\n\n“{answer}”\n") == []
