"""Marked texts as documents for the reading branch: what they tell and what they leave open."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
from training.documents import Document
from training.marked_documents import SEVERAL, marked_document, marked_steps, span_told
from training.person_data import from_marks, parse_marks

STORY = """@cast Ada Wren: Ada
@cast Tom:

Ada Wren set the lamp down. {{Ada Wren>Tom|“[You:Tom] are late,”}} [she:Ada Wren] said.

Tom looked at <<Ada Wren|the tired woman>>. [They:Ada Wren+Tom] had both been waiting.
The clock struck, and [it:-] stopped.
"""


@pytest.fixture
def document(tmp_path: Path) -> Document:
    path = tmp_path / "lamp.mark"
    path.write_text(STORY, encoding="utf-8")
    return marked_document(from_marks(path), parse_marks(STORY)[0])


def test_people_are_mentions_several_are_nobody_and_the_rest_is_left_out(document: Document) -> None:
    words = {" ".join(document.tokens[a:b]): (kind, e) for a, b, _, kind, e in document.mentions.tolist()}
    assert words["Ada Wren"] == (0, 0)
    assert words["Tom"] == (0, 1)
    assert words["the tired woman"] == (1, 0)
    assert words["she"] == (2, 0)
    assert words["They"] == (2, SEVERAL)
    assert "it" not in words
    assert document.quotes[0, 2] == 0
    assert (np.diff(document.mentions[:, 0]) >= 0).all()


def test_what_crosses_a_name_or_lies_within_it_is_known_to_be_none(document: Document) -> None:
    told = span_told(document, 30)
    at = document.tokens.index("Wren")
    assert told[at - 1, 1]  # Ada Wren
    assert told[at - 1, 0]  # Ada
    assert told[at, 0]  # Wren
    assert told[at, 1]  # Wren set
    assert not told[at - 1, 2]  # Ada Wren set …: a longer mention may begin with the name
    lamp = document.tokens.index("lamp")
    assert not told[lamp - 1, 1]  # the lamp


def test_every_text_is_gone_through_as_often_as_asked(document: Document) -> None:
    steps = marked_steps([document], 3.0, 1000, [("Ida", "f")], random.Random(1))
    assert len(steps) == 3
    assert not marked_steps([document], 0.0, 1000, [], random.Random(1))
