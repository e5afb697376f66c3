"""Corrections as values: anchors find their passage again, JSON gives back what was written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabula.corrections.values import (
    Anchor,
    Correction,
    Decided,
    Effects,
    Heard,
    Person,
    correction_json,
    effects_json,
    read_correction,
    read_effects,
    tidy_name,
)
from fabula.errors import CorrectionError

TEXT = "“Go,” he said. The rain came down. “Go where?” he said, and went."


def test_a_passage_is_found_where_it_stood() -> None:
    at = TEXT.index("he said")
    anchor = Anchor.at(TEXT, at, at + 2)
    assert anchor.find(TEXT) == anchor


def test_a_passage_is_found_again_after_an_edit_before_it() -> None:
    at = TEXT.rindex("he said")
    anchor = Anchor.at(TEXT, at, at + 2)
    edited = "It was late. " + TEXT.replace("The rain came down", "Rain came")
    found = anchor.find(edited)
    assert found is not None
    assert edited[found.start :].startswith("he said, and went")


def test_a_passage_that_is_gone_or_stands_twice_is_not_guessed() -> None:
    anchor = Anchor(5, 7, "he", "“Go,” ", " said")
    assert anchor.find("She left.") is None
    assert Anchor(90, 92, "he", "", " said").find("he said, he said") is None


@given(st.text(min_size=3, max_size=200), st.data())
def test_every_passage_of_a_text_is_found_in_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    found = Anchor.at(text, start, end).find(text)
    assert found is not None and (found.start, found.end) == (start, end)


def test_a_passage_is_told_on_one_line_between_one_pair_of_marks() -> None:
    text = "“Are you\ngood?” ‘No,’ and so it went on and on until nobody was listening any more."
    assert Anchor.at(text, 0, 15).told() == "“Are you good?”"
    assert Anchor.at(text, 16, 21).told() == "“No,”"
    assert Anchor.at(text, 22, len(text)).told() == "“and so it went on and on until nobody was listen…”"


def test_corrections_come_back_from_json() -> None:
    anchor = Anchor.at(TEXT, 0, 5)
    for correction in (
        Correction("speaker", (anchor,), (Person("Imre", anchor),), scope="scene"),
        Correction("person", (anchor,), (), status="blind"),
        Correction("merge", people=(Person("Imre", anchor), Person.new("the ferryman"))),
        Correction("rename", people=(Person("he", anchor),), name="Imre"),
    ):
        assert read_correction(correction_json(correction)) == correction


def test_effects_come_back_from_json() -> None:
    effects = Effects(
        mentions={3: Decided(1, 0.5, ((1, 0.5), (2, 0.4)))},
        quotes={0: Decided(None, 1.0)},
        heard={0: Heard((2,), None)},
        settled=frozenset({("speaker", 0)}),
        made={9: ("key", "Runa")},
        names={1: "Imre"},
        gone={4: 1},
        narrators={0: 1},
    )
    assert read_effects(effects_json(effects)) == effects


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {},
        {"action": "delete"},
        {"action": "speaker", "targets": []},
        {"action": "speaker", "targets": [{"start": 3, "end": 2, "words": "x"}]},
        {"action": "speaker", "targets": [{"start": 0, "end": 2, "words": 7}]},
        {"action": "merge", "people": []},
        {"action": "rename", "people": [{"name": "A", "made": "k"}], "name": " "},
        {"action": "person", "targets": "all"},
    ],
)
def test_what_is_no_correction_is_refused(data: object) -> None:
    with pytest.raises(CorrectionError):
        read_correction(data)


def test_a_name_is_one_line() -> None:
    assert tidy_name("  Imre\n\tSandor\u202e ") == "Imre Sandor"
    with pytest.raises(CorrectionError, match="empty"):
        tidy_name("\u200f \n")
