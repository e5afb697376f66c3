"""Where a letter begins and ends, whom it greets and who signs it."""

from __future__ import annotations

import pytest
from tests.support.parts import BODY, kinds, of_kind

from fabula.text import read_text
from fabula.text.letters import letter_names
from fabula.types import Story

LETTER = (
    "Dear Yitzhak,\n\nThe boat was late and I slept badly.\n\nWe eat well enough here.\n\n"
    "Yours ever,\n\nB. Oake\n\n"
)


def _names(story: Story) -> list[str]:
    """What ``letter_names`` finds in the letters of a story."""
    return [
        story.text[a:b]
        for s in story.segments
        if s.kind == "letter"
        for a, b in letter_names(story.text, s.start, s.end)
    ]


@pytest.mark.parametrize(
    "dateline", ["Haifa, 19 January", "19 January", "The Lock House, 19 January 1921", "Haifa, January 19"]
)
def test_a_place_and_a_date_belong_to_the_letter_below(dateline: str) -> None:
    story = read_text(f"{BODY}{dateline}\n\n{LETTER}{BODY}")
    (letter,) = of_kind(story, "letter")
    assert letter.startswith(dateline) and letter.rstrip().endswith("B. Oake")


@pytest.mark.parametrize(
    "line",
    ["Haifa, which was cold", "haifa, 19 January", "It rained in all of Haifa, 19 January", "Haifa 19"],
)
def test_another_line_above_does_not(line: str) -> None:
    story = read_text(f"{BODY}{line}\n\n{LETTER}{BODY}")
    assert [x[:13] for x in of_kind(story, "letter")] == ["Dear Yitzhak,"]


def test_a_dateline_alone_is_no_letter() -> None:
    assert kinds(f"{BODY}Haifa, 19 January\n\n{BODY}") == ["body"]


def test_a_dateline_below_a_letter_belongs_to_the_next_one() -> None:
    second = LETTER.replace("Yitzhak", "Maren")
    story = read_text(f"{BODY}{LETTER}Haifa, 19 January\n\n{second}{BODY}")
    first, other = of_kind(story, "letter")
    assert first.rstrip().endswith("B. Oake") and other.startswith("Haifa, 19 January")


@pytest.mark.parametrize("name", ["Y.", "Bunny", "Y. Oake", "Anna B. Oake", "— Y."])
def test_a_name_or_an_initial_alone_closes_a_letter(name: str) -> None:
    letter = LETTER.replace("Yours ever,\n\nB. Oake", name)
    story = read_text(BODY + letter + BODY)
    assert [x.rstrip()[-len(name) :] for x in of_kind(story, "letter")] == [name]


@pytest.mark.parametrize("line", ["y.", "Yes, I do.", "It rained. It rained. It rained. It rained.", "3."])
def test_another_short_line_does_not_close_it(line: str) -> None:
    assert kinds(BODY + LETTER.replace("Yours ever,\n\nB. Oake", line) + BODY) == ["body"]


@pytest.mark.parametrize(
    ("greeting", "signed", "names"),
    [
        ("Dear Yitzhak,", "B. Oake", ["Yitzhak", "B. Oake"]),
        ("My dear Miss Grey:--", "Y.", ["Miss Grey", "Y."]),
        ("Dearest Anna Maria Oake,", "Yitzhak Oake", ["Anna Maria Oake", "Yitzhak Oake"]),
        ("Dear Sir,", "Bunny", ["Sir", "Bunny"]),
        ("My dear friend,", "— Anna", ["Anna"]),
        ("Dear Maren,", "Anne, who had the bag", ["Maren"]),
    ],
)
def test_whom_a_letter_greets_and_who_signs(greeting: str, signed: str, names: list[str]) -> None:
    letter = LETTER.replace("Dear Yitzhak,", greeting).replace("B. Oake", signed)
    assert _names(read_text(BODY + letter + BODY)) == names
    assert _names(read_text(f"{BODY}Haifa, 19 January\n\n{letter}{BODY}")) == names


def test_a_dear_within_a_sentence_greets_nobody() -> None:
    text = "Dear Maren,\n\nAs my Dear Anna, who is ill, says: it rains.\n\nBunny\n"
    assert [text[a:b] for a, b in letter_names(text, 0, len(text))] == ["Maren", "Bunny"]


def test_only_the_first_lines_greet_and_only_the_last_signs() -> None:
    text = "Dear Yitzhak,\n\nIt rained.\n\nBunny\n\nIt rained again.\n\nDear Maren,\n\nit is late.\n"
    assert [text[a:b] for a, b in letter_names(text, 0, len(text))] == ["Yitzhak"]


@pytest.mark.parametrize("text", ["", "\n \n", "Dear Yitzhak,", "Bunny\n"])
def test_scraps_of_a_letter(text: str) -> None:
    assert [text[a:b] for a, b in letter_names(text, 0, len(text))] == ["Yitzhak"] * ("Dear" in text)


TALK = "“Who is it?” I said.\n\n“Who is what?”\n\n“You talk in your sleep,” I said.\n\n"
FULL = f"Dear Maren,\n\nThe boat was late and I slept badly.\n\n{TALK}"


@pytest.mark.parametrize(
    "below", ["", "* * *\n\n", "Dear Bunny,\n\nIt rained.\n\nIt snowed.\n\nYours ever,\n\nMaren\n\n"]
)
def test_a_letter_full_of_talk_ends_with_a_name_that_cannot_be_mistaken(below: str) -> None:
    story = read_text(f"{BODY}{FULL}Bunny\n\n{below}")
    assert of_kind(story, "letter")[0].startswith("Dear Maren,")
    assert of_kind(story, "letter")[0].rstrip().endswith("Bunny")


def test_else_it_is_none() -> None:
    assert kinds(f"{BODY}{FULL}Bunny\n\n{BODY}") == ["body"]


@pytest.mark.parametrize("greeting", ["Madam,", "Sir,", "Oake,", "Maren Oake,"])
@pytest.mark.parametrize("above", ["", "Haifa, 19 January\n\n", "The New Bakery, Monday\n\n"])
def test_a_plain_greeting_opens_a_letter_that_is_signed(greeting: str, above: str) -> None:
    letter = f"{above}{greeting}\n\nThe boat was late.\n\nWe eat well enough.\n\nC. M.\n\n"
    (found,) = of_kind(read_text(f"{BODY}* * *\n\n{letter}* * *\n\n{BODY}"), "letter")
    assert found.rstrip() == letter.rstrip()


@pytest.mark.parametrize(
    "text",
    [
        f"{BODY}Oake,\n\nThe boat was late.\n\nWe eat well.\n\nC. M.\n\n{BODY}",
        f"{BODY}* * *\n\nOake,\n\nThe boat was late.\n\nWe eat well.\n\n{BODY}",
    ],
    ids=["no place", "no end"],
)
def test_elsewhere_it_opens_none(text: str) -> None:
    assert "letter" not in kinds(text)


@pytest.mark.parametrize(
    "line", ["Monday", "Monday, late", "The New Bakery, Monday", "*14 Oake Street, Otley. Thursday*"]
)
def test_a_day_belongs_to_the_letter_below(line: str) -> None:
    (letter,) = of_kind(read_text(f"{BODY}{line}\n\n{LETTER}{BODY}"), "letter")
    assert letter.startswith(line)


@pytest.mark.parametrize("line", ["Monday came", "It was Monday", "On Monday, Late Boats", "Mondays"])
def test_a_sentence_with_a_day_does_not(line: str) -> None:
    (letter,) = of_kind(read_text(f"{BODY}{line}\n\n{LETTER}{BODY}"), "letter")
    assert letter.startswith("Dear Yitzhak,")


@pytest.mark.parametrize(
    ("greeting", "last"),
    [("“My dear Maren!”", "Bunny"), ("Dear Maren,", "Bunny."), ("Dear Maren,", "“Bunny?”")],
)
def test_a_story_that_ends_with_a_name_is_no_letter(greeting: str, last: str) -> None:
    assert "letter" not in kinds(f"{BODY}{greeting}\n\nThe boat was late.\n\n{TALK}{BODY}{last}\n")
