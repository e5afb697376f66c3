"""People who are called by an adjective alone are found, and things that are called so are not."""

from __future__ import annotations

import numpy as np
import pytest

from fabula.encoder.session import model_folder
from fabula.heads.bare_adjectives import SCORE, people_among
from fabula.heads.evidence import gather
from fabula.pipeline import default_encoder
from fabula.text import read_text
from fabula.types import ENTITY_TYPES, MENTION_KINDS, MentionSpans, Syntax


def _described(text: str) -> list[str]:
    """The descriptions of people that are found in a text."""
    story = read_text(text)
    m = gather(story, default_encoder(), model_folder()).mentions
    people = (m.type == ENTITY_TYPES.index("PER")) & (m.kind == MENTION_KINDS.index("NOM"))
    spans = zip(m.token_start[people].tolist(), m.token_end[people].tolist(), strict=True)
    return [story.text[story.tokens.start[a] : story.tokens.end[b - 1]] for a, b in spans]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“Quiet,” says the smaller, with what dignity he can have on a ladder.", "the smaller"),
        ("Imre looked at Halvard. The taller went in first, and came back wet.", "The taller"),
        ("“It's a very bad idea,” said the other, and put on his hat.", "the other"),
        ("Imre pressed the blond against the wall.", "the blond"),
        ("Joss sat still. The thinner of the two got up and went out.", "The thinner"),
    ],
)
def test_who_does_something_is_somebody(text: str, found: str) -> None:
    assert any(d.startswith(found) for d in _described(text))


@pytest.mark.parametrize(
    "text",
    [
        "There were two knives in the drawer. Imre took the larger, and cut the bread.",
        "He put one boot on, and then the other.",
        "Of the boats the oldest is made of oak.",
        "The other side of the river was dark.",
        "The taller tree had been felled.",
    ],
)
def test_things_are_not(text: str) -> None:
    assert not [
        d for d in _described(text) if d.lower() in ("the larger", "the other", "the oldest", "the taller")
    ]


def test_once_somebody_is_the_taller_they_are_so_elsewhere() -> None:
    text = "The taller laughed. Imre, who did not, looked at the taller and sat down."
    assert [d.lower() for d in _described(text)].count("the taller") == 2


def test_a_mention_that_the_detector_is_barely_sure_of_is_not_taken_for_an_adjective() -> None:
    story = read_text("Imre")
    one = np.ones(1, np.int32)
    m = MentionSpans(0 * one, one, 0 * one, 0 * one, 0 * one, np.full(1, SCORE, np.float32))
    syntax = Syntax(("Imre",), ("PROPN",), ("NNP",), -one, ("root",))
    assert people_among([story.token_text(0).lower()], syntax, m).tolist() == [True]
