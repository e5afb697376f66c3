"""Lines that say whose the words below them are."""

from __future__ import annotations

import pytest
from tests.support.parts import BODY, kinds

from fabula.text import read_text
from fabula.text.lines import narrator_name, teller_and_place, written_by

LONG = (
    "I had never seen so much rain in one night, and I told Odd as much when he came up to the lamp.\n\n"
    "Maren thinks that I did not hear her. I heard every word of it, and I went on mending the net.\n\n"
) * 2
SHORT = "It rained.\n\n"


def _headings(text: str) -> list[str | None]:
    return [s.label for s in read_text(text).segments if s.kind == "heading"]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("STATEMENT OF ENSIGN TAKK", "ENSIGN TAKK"),
        ("**Statement of Maren Oake, second year, Room 9**", "Maren Oake"),
        ("Second statement of Maren Oake", "Maren Oake"),
        ("From the diary of Lt. H. Oake", "Lt. H. Oake"),
        ("_Dr. Oake's Diary._", "Dr. Oake"),
        ("MAREN OAKE'S JOURNAL", "MAREN OAKE"),
        ("The log kept by Maren", "Maren"),
    ],
)
def test_whose_paper_it_is(line: str, name: str) -> None:
    assert written_by(line) == name
    assert narrator_name(line.strip("*_")) == name


@pytest.mark.parametrize(
    "line",
    [
        "“It’s evidence.”",
        "It's evidence.",
        "My sister's story",
        "He told her the story of Maren and the herring, which was long.",
        "The tale of a boat",
        "--MISSIONARY JOURNAL OF TYRE AND SIDON.",
        "Diary of the storm",
        "",
    ],
)
def test_what_is_nobodys_paper(line: str) -> None:
    assert written_by(line) is None


def test_papers_head_parts_and_the_first_may_be_the_title() -> None:
    text = f"STATEMENT OF MAREN OAKE\n\n{LONG}STATEMENT OF ODD LUND\n\n{LONG}"
    assert _headings(text) == ["STATEMENT OF MAREN OAKE", "STATEMENT OF ODD LUND"]
    assert kinds(f"STATEMENT OF MAREN OAKE\n\n{LONG}") == ["title", "body"]
    assert kinds(f"{BODY}From the diary of Maren Oake\n\n{BODY}") == ["body", "heading", "body"]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("MAREN, on the north bank", "MAREN"),
        ("**Maren, in the boat**", "Maren"),
        ("Monday, late", None),
        ("To Maren, from his wife", None),
        ("Maren, Odd", None),
        ("Maren, in the boat, wept", None),
        ("Maren, 10:16", None),
    ],
)
def test_who_tells_and_where(line: str, name: str | None) -> None:
    assert teller_and_place(line) == name


def test_places_head_parts_where_two_people_take_turns() -> None:
    north, south = "MAREN, on the north bank", "ODD, on the south bank"
    turns = f"{north}\n\n{LONG}{south}\n\n{LONG}"
    assert _headings(turns * 2) == [north, south] * 2
    assert _headings(turns) == []
    assert _headings(f"{north}\n\n{LONG}" * 3) == []


@pytest.mark.parametrize("ornament", ["**{}**", "— {} —", "# {}", "[{}]"])
def test_a_heading_like_the_others_needs_no_long_paragraph_below(ornament: str) -> None:
    maren, odd = ornament.format("Maren"), ornament.format("Odd")
    text = f"{maren}\n\n{LONG}{odd}\n\n{SHORT}{LONG}{maren}\n\n{LONG}{odd}\n\n{SHORT}{LONG}"
    assert _headings(text) == ["Maren", "Odd"] * 2


def test_names_in_capitals_before_a_song_head_nothing() -> None:
    text = f"{LONG}MAREN\n\n{LONG}MAREN\n\n{LONG}" + "ODD\n\nAye! aye!\n\n" * 6
    assert "Odd" not in {str(x).title() for x in _headings(text)}


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Y/N's POV", "Y/N"),
        ("(Y/N)’s P.O.V.", "Y/N"),
        ("Maren's pov:", "Maren"),
        ("Your POV", None),
        ("3rd Person POV", None),
        ("No one’s point of view", None),
    ],
)
def test_whose_view_it_is(line: str, name: str | None) -> None:
    assert narrator_name(line) == name
    assert kinds(f"{BODY}{line}\n\n{BODY}") == ["body", "heading", "body"]
