"""Headings, scene breaks and ends, and what only looks like them."""

from __future__ import annotations

import pytest
from tests.support.parts import BODY, kinds

from fabula.text import read_text


@pytest.mark.parametrize(
    "heading",
    [
        "Chapter 1", "CHAPTER ONE", "Chapter I.", "Chapter 12: The Lamp", "chapter three", "Part Two",
        "PART II - Low Water",
        "Book the First", "Prologue", "EPILOGUE", "**Chapter 7**", "# Chapter 7", "~ Chapter Seven ~",
        "Ch. 4 - Rain",
        "_Chapter Five_", "Act III", "Maren's POV", "*Maren POV*", "POV: Maren", "-Maren's Point of View-",
    ],
)  # fmt: skip
def test_headings(heading: str) -> None:
    assert kinds(f"{BODY}\n{heading}\n\n{BODY}") == ["body", "heading", "body"]


def test_headings_that_are_bare_numbers_in_sequence() -> None:
    story = read_text(f"I\n\n{BODY}II\n\n{BODY}III\n\n{BODY}")
    assert [s.label for s in story.segments if s.kind == "heading"] == ["I", "II", "III"]
    assert kinds(f"1.\n\n{BODY}2.\n\n{BODY}") == ["heading", "body", "heading", "body"]


def test_heading_with_its_title_below() -> None:
    story = read_text(f"CHAPTER I\n\nThe Lamp on the Sill\n\n{BODY}CHAPTER II\n\nLOW WATER\n\n{BODY}")
    assert [s.label for s in story.segments if s.kind == "heading"] == [
        "CHAPTER I: The Lamp on the Sill", "CHAPTER II: LOW WATER",
    ]  # fmt: skip


def test_names_of_narrators_as_headings() -> None:
    first = "I had never seen so much rain in one night, and I told Odd as much when he came up.\n\n"
    second = (
        "Maren thinks that I did not hear her. I heard every word of it, and I went on mending the net.\n\n"
    )
    first, second = first * 3, second * 3
    story = read_text(f"Maren\n\n{first}Odd\n\n{second}Maren\n\n{first}")
    assert [(s.kind, s.label) for s in story.segments if s.kind == "heading"] == [
        ("heading", "Maren"), ("heading", "Odd"), ("heading", "Maren"),
    ]  # fmt: skip


@pytest.mark.parametrize("names", [("MAREN", "ODD"), ("-Maren-", "-Odd-"), ("Maren", "Odd")])
def test_names_of_narrators_under_title_and_byline(names: tuple[str, str]) -> None:
    told = "I had never seen so much rain, and Maren told Odd as much when he came up to the lamp.\n\n" * 6
    story = read_text(f"The Late Boat\nby saltpan\n\n{names[0]}\n\n{told}{names[1]}\n\n{told}")
    assert [s.label for s in story.segments if s.kind == "heading"] == [n.strip("-") for n in names]


@pytest.mark.parametrize(
    "ornament",
    [
        "***", "* * *", "*", "---", "-----", "~*~", "~~~", "oOo", "oOoOo", "-oOo-", "X", "x", "xXx", "###",
        "#", "<>", "<><><>",
        "_____", "=====", "+++", "- - -", "• • •", "⁂", "❦", "***\n***", "-x-x-x-", "[scene break]", "~ "
            "Scene Break ~", "-x-", "-0-", "<3 <3 <3", "・・・", "/ / /",
        "<hr>", "<center>* * *</center>", "OoO", ". . .", "—", "o0o", "MOMOMOMO", "/\\/\\/\\",
    ],
)  # fmt: skip
def test_scene_breaks(ornament: str) -> None:
    assert kinds(f"{BODY}{ornament}\n\n{BODY}") == ["body", "scene_break", "body"]


@pytest.mark.parametrize(
    "end",
    [
        "The End",
        "THE END.",
        "Fin",
        "~fin~",
        "FINIS",
        "TBC",
        "TBC...",
        "To be continued...",
        "*To Be Continued*",
        "End of Part One",
        "END",
        "The End?",
        "TBC?",
    ],
)
def test_ends(end: str) -> None:
    assert kinds(f"{BODY}{end}\n") == ["body", "end"]


def test_contents_are_no_headings() -> None:
    chapters = "\n".join(f"CHAPTER {n}. A title" for n in ("I", "II", "III", "IV", "V", "VI"))
    story = f"CHAPTER I. A title\n\n{BODY}CHAPTER II. A title\n\n{BODY}"
    assert kinds(f"THE LATE BOAT\n\nCONTENTS\n\n{chapters}\n\n\n{story}") == [
        "title", "boilerplate", "heading", "body", "heading", "body",
    ]  # fmt: skip


def test_play_script_names_are_no_headings() -> None:
    turn = "I will not go out in this, not for you and not for all the herring in the sea.\n\n"
    assert "heading" not in kinds("".join(f"{name}\n\n{turn}" for name in ("MAREN", "ODD") * 5))
