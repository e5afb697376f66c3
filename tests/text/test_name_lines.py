"""Names alone on a line above the parts of a story, and lines that only begin as a heading does."""

from __future__ import annotations

import pytest
from tests.support.parts import BODY, kinds

from fabula.text import read_text
from fabula.text.chapter_lines import heading

LONG = (
    "I had never seen so much rain in one night, and I told Odd as much when he came up to the lamp.\n\n"
    "Maren thinks that I did not hear her. I heard every word of it, and I went on mending the net.\n\n"
) * 2
SHORT = "I slept badly.\n\n"


def _headings(text: str) -> list[str | None]:
    return [s.label for s in read_text(text).segments if s.kind == "heading"]


@pytest.mark.parametrize("opening", [1, 2, 3])
def test_a_part_that_begins_with_a_short_paragraph_has_its_heading_where_most_do_not(opening: int) -> None:
    names = ["Maren", "Odd", "Maren", "Odd"]
    parts = [f"{name}\n\n{SHORT if k == opening else ''}{LONG}" for k, name in enumerate(names)]
    assert _headings("".join(parts)) == names


def test_where_most_parts_begin_with_a_short_paragraph_those_names_are_no_headings() -> None:
    names = ["Maren", "Odd"] * 3
    parts = [f"{name}\n\n{SHORT if k > 1 else ''}{LONG}" for k, name in enumerate(names)]
    assert _headings("".join(parts)) == ["Maren", "Odd"]


def test_a_name_that_nothing_follows_or_a_heading_is_none() -> None:
    parts = "".join(f"{name}\n\n{LONG}" for name in ("Maren", "Odd") * 2)
    assert _headings(f"{parts}Maren\n") == ["Maren", "Odd"] * 2
    assert _headings(f"{parts}Maren\n\n* * *\n\n{LONG}") == ["Maren", "Odd"] * 2


@pytest.mark.parametrize("long_turns", [1, 2, 3])
def test_lines_of_a_play_do_not_become_headings(long_turns: int) -> None:
    long = "I will not go out in this, not for you and not for all the herring in the sea.\n\n"
    turns = [f"{name}\n\n{long if k < long_turns else SHORT}" for k, name in enumerate(["MAREN", "ODD"] * 5)]
    assert len(_headings(LONG * 10 + "".join(turns) + LONG * 10)) <= long_turns
    assert "heading" not in kinds("".join(turns))


@pytest.mark.parametrize(
    "line",
    [
        "“Last night. The harbour master rang.”",
        "Last night. The harbour master rang.",
        "Second day. The boats were out.",
        "“Chapter One. We begin.”",
        '"Day One. It rained,"',
        "«Third letter. It is from Odd.»",
    ],
)
def test_a_line_of_speech_or_a_sentence_that_begins_with_a_night_is_no_heading(line: str) -> None:
    assert heading(line) is None
    assert kinds(f"{BODY}{line}\n\n{BODY}") == ["body"]


@pytest.mark.parametrize(
    "line",
    ["First Night: The Storm", "First Night", "Second Day. The Boats", "“Chapter One: We Begin”", "Day 2."],
)
def test_a_night_with_a_title_or_alone_is_one(line: str) -> None:
    assert kinds(f"{BODY}{line}\n\n{BODY}") == ["body", "heading", "body"]
