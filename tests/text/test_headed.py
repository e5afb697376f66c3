"""Headings over parts that say "I", and the name in each."""

from __future__ import annotations

import pytest

from fabula.text import read_text
from fabula.text.headed import FEWEST, headed_parts

REST = (
    "The ferry was late, as it was every day of the week, and the rope lay on the stones like a sleeper. "
    "A woman was selling eels out of a pail, and a boy was trying to look as if he wanted none of them.\n\n"
)


def _told(times: int) -> str:
    """A part that says "I" so often."""
    return " ".join(["Then I sat down on the quay."] * times + ["It rained."]) + "\n\n" + REST


def _names(text: str) -> list[str]:
    story = read_text(text)
    found = headed_parts(story)
    assert all(story.text[p.start : p.end] == p.name for p in found)
    return [p.name for p in found]


def test_a_part_must_say_i_three_times() -> None:
    assert FEWEST == 3
    text = "".join(f"Chapter {n}: Kezia\n\n{_told(n)}" for n in range(1, 5))
    assert [p.label for p in headed_parts(read_text(text))] == ["Chapter 3: Kezia", "Chapter 4: Kezia"]


def test_all_the_segments_of_a_part_count_together() -> None:
    once = f"{_told(1)}* * *\n\n"
    assert _names(f"Chapter 1: Kezia\n\n{once * 3}Chapter 2: Ambrus\n\n{once * 2}") == ["Kezia"]


@pytest.mark.parametrize("told", [_told(0).replace("It", "Ilka"), _told(3).replace("I ", "i ")])
def test_a_part_in_the_third_person_has_no_narrator(told: str) -> None:
    assert _names(f"Chapter 1: Kezia\n\n{told}Chapter 2: Ambrus\n\n{_told(3)}") == ["Ambrus"]


def test_what_stands_before_the_first_heading_is_nobodys() -> None:
    assert _names(f"{_told(5)}Chapter 1: Kezia\n\n{_told(0)}") == []


def test_the_name_is_found_within_its_heading_and_the_part_begins_below() -> None:
    story = read_text(f"Chapter 1: Kezia's POV\n\n{_told(3)}Part 2: The Storm\n\n{_told(3)}")
    (part,) = headed_parts(story)
    assert (part.label, part.name) == ("Chapter 1: Kezia's POV", "Kezia")
    assert part.start == len("Chapter 1: ")
    assert story.token_text(part.first) == "Then"
    assert story.tokens.start[part.first] == story.text.index("Then")


def test_no_headings_no_parts() -> None:
    assert headed_parts(read_text("")) == ()
    assert _names(_told(9)) == []
