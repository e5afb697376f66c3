"""Names that only a heading, a salutation or a signature has are mentions, where they surely are names."""

from __future__ import annotations

import pytest
from tests.heads.keeper import at, keeper_of, missed

from fabula.text import read_text
from fabula.types import Story

TOLD = (
    "I went down to the quay, and I sat there until the lamps were lit. I thought of nothing much.\n\n"
    "the ferry was late, as it was every day of the week, and the rope lay on the stones like a sleeper.\n\n"
)
BODY = "the lamp stood on the sill and the water was low, and nobody had slept in the house by the lock.\n\n"
LETTER = "the boat was late, and it rained.\n\nwe eat well enough.\n\nyours ever,\n\n"


def _chapters(*parts: tuple[str, str]) -> Story:
    return read_text("".join(f"Chapter {n}: {name}\n\n{told}" for n, (name, told) in enumerate(parts, 1)))


def _places(story: Story) -> list[tuple[str, str]]:
    """(kind of segment, words) of every missed name."""
    m = keeper_of(story, []).missed()
    spans = zip(story.tokens.start[m.start].tolist(), story.tokens.end[m.end - 1].tolist(), strict=True)
    return [(next(s.kind for s in story.segments if s.start <= a < s.end), story.text[a:b]) for a, b in spans]


def test_the_name_over_a_part_told_by_i_is_a_mention() -> None:
    assert _places(_chapters(("Katherine", TOLD), ("Thomas", TOLD))) == [
        ("heading", "Katherine"),
        ("heading", "Thomas"),
    ]


def test_the_name_over_a_part_in_the_third_person_is_none() -> None:
    third = TOLD.replace("I ", "they ")
    assert _places(_chapters(("Katherine", TOLD), ("Thomas", third))) == [("heading", "Katherine")]


def test_a_word_over_a_part_is_no_name_unless_it_comes_again() -> None:
    assert _places(_chapters(("Vesper", TOLD), ("Harvest", TOLD))) == []
    again = "".join(f"{name}'s POV\n\n{TOLD}" for name in ("Vesper", "Harvest", "Vesper"))
    assert _places(read_text(again)) == [("heading", "Vesper")] * 2


def test_a_word_over_a_part_is_a_name_where_the_text_has_it() -> None:
    story = _chapters(("Vesper", TOLD), ("Harvest", TOLD + "then Vesper came in."))
    within = at(story, "Vesper")[1]
    assert missed(story, [(within, within + 1, 0, 0)]) == ["Vesper"]
    assert missed(story, [(within, within + 1, 2, 0)]) == []


def test_a_name_in_a_heading_has_a_vector() -> None:
    story = _chapters(("Katherine", TOLD), ("Thomas", TOLD))
    assert keeper_of(story, []).missed().vectors.shape == (2, 3)


def _in_letter(greeting: str, signed: str) -> set[str]:
    """The names in a letter that stands in a story of no other names."""
    return {
        w for k, w in _places(read_text(f"{BODY}{greeting}\n\n{LETTER}{signed}\n\n{BODY}")) if k == "letter"
    }


@pytest.mark.parametrize(
    ("greeting", "signed", "names"),
    [
        ("Dear Yitzhak,", "B. Oake", {"Yitzhak", "B. Oake"}),
        ("My dear Miss Grey,", "Bunny", {"Miss Grey", "Bunny"}),
        ("Dearest Vesper,", "Yitzhak Oake", {"Vesper", "Yitzhak Oake"}),
        ("Dear Sir,", "B. Oake", {"B. Oake"}),
        ("Dear Madam,", "Mother", set()),
        ("Dear Yitzhak,", "Y.", {"Yitzhak"}),
        ("Dear Captain,", "Uncle", set()),
    ],
)
def test_whom_a_letter_greets_and_who_signs_are_named(greeting: str, signed: str, names: set[str]) -> None:
    assert _in_letter(greeting, signed) == names


def test_a_word_that_signs_is_a_name_where_the_text_has_it() -> None:
    story = read_text(f"{BODY}then Mother wept.\n\nDear Sir,\n\n{LETTER}Mother\n\n{BODY}")
    first, last = at(story, "Mother")
    assert (last, last + 1) in _spans(story, first)


def _spans(story: Story, known: int) -> set[tuple[int, int]]:
    m = keeper_of(story, [(known, known + 1, 0, 0)]).missed()
    return set(zip(m.start.tolist(), m.end.tolist(), strict=True))
