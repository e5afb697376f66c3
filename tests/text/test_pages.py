"""Pages of a paged file are run together."""

from __future__ import annotations

import time

import pytest

from fabula.text import read_bytes
from fabula.text.formats.pages import without_pages

TITLE = "The Ferry House\n\nby Somebody\n\n\n                         1\n"
ONE = """CHAPTER ONE

Imre came down to the ferry house at six, as he did
every evening, and found that the door was open. He
stood and lis-
                         2
"""
TWO = """THE FERRY HOUSE

tened. “Is that you?” he said. “You are early, and the
river is as high as it has been since the spring, so you
                         3
"""
THREE = """THE FERRY HOUSE

must have come by the road.”

Nobody answered. It was half-
dark. “Halvard?” The half-dark did not answer him.
                         4
"""
FOUR = """THE FERRY HOUSE

Then he saw the boots.

He sat down beside them and waited for the rest.
                         5
"""


def test_numbers_running_heads_and_hyphens_go() -> None:
    text = without_pages("\f".join([TITLE, ONE, TWO, THREE, FOUR]))
    assert text.count("FERRY HOUSE") == 0
    assert "The Ferry House" in text
    assert "CHAPTER ONE" in text
    assert not any(line.strip().isdigit() for line in text.split("\n"))
    assert "stood and\nlistened." in text or "stood and listened." in text
    assert "so you\n" in text
    assert "so you\nmust have come" in " ".join(text.split("  ")) or "so you\n\nmust" not in text
    assert "half-dark." in text
    assert "\f" not in text


def test_it_is_read_as_one_text() -> None:
    story = read_bytes("\f".join([TITLE, ONE, TWO, THREE, FOUR]).encode(), "ferry.txt")
    quotes = [" ".join(story.text[q.start : q.end].split()) for q in story.quotes]
    assert quotes[1].startswith(
        "“You are early, and the river is as high as it has been since the spring, so you"
    )
    assert quotes[1].endswith("so you must have come by the road.”")
    assert story.title == "The Ferry House"


@pytest.mark.parametrize(
    "text",
    [
        "One page.\n\n1\n",
        "One.\n\fTwo.\n",
        "Part 1\f\tHe came in.\nPart 2\f\tHe went out.\nPart 3\f\tHe came back.\n",
        "No pages here, but a num-\nber.\n",
    ],
)
def test_other_text_stays(text: str) -> None:
    assert without_pages(text) == text


def test_numbers_that_count_no_pages_stay() -> None:
    pages = ["1\n\nHe came in.\n", "7\n\nHe went out.\n", "2\n\nHe came back.\n", "9\n\nHe stayed.\n"]
    assert [line for line in without_pages("\f".join(pages)).split("\n") if line.isdigit()] == list("1729")


@pytest.mark.parametrize("piece", ["a", " ", "-\n", "1\n", "a-\n", ".", "\n\f", "\n\f12\n"])
def test_the_cost_is_linear(piece: str) -> None:
    began = time.perf_counter()
    without_pages(f"One.\n\fTwo.\n\f{piece * 100_000}")
    assert time.perf_counter() - began < 5


def test_a_chapter_keeps_its_first_heading() -> None:
    pages = [f"CHAPTER TWO\n\nHe said it {k} times, and\nthen he was quiet for a while.\n" for k in range(4)]
    assert without_pages("\f".join(pages)).count("CHAPTER TWO") == 1
