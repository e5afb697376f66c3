"""Paragraphs in every style of plain text, and in mixtures of them."""

from __future__ import annotations

import textwrap

import pytest

from fabula.text.paragraphs import find_paragraphs

PARAGRAPHS = [
    "The ferry had not run since the first of the ice, and so the two of them walked out to the end of "
    "the jetty every "
    "evening to see whether it had changed its mind, which was how Imre put it, and not how anybody else "
    "did.",
    "“It will not,” said Halvard.",
    "“It might.” Imre kicked a stone over the edge and listened for it, and when it came it was the sound "
    "that a stone "
    "makes upon a floor.",
    "They stood a while.",
    "Behind them the lamps of the town came up one after another along the harbour road, and in the last "
    "house but two, "
    "where nobody had lived since the spring, somebody had put a candle in the window and had then, it "
    "seemed, forgotten it.",
    "“Tomorrow, then,” said Halvard, and did not move. He had his hands in his sleeves and his chin in "
    "his collar, and he "
    "was looking at the candle, as he had looked at it yesterday and the day before.",
    "Imre said nothing.",
    "“You could write to them,” said Halvard at last, turning round. “You could always have written to "
    "them. It is not so "
    "far as all that, and the post goes over the hill whatever the water does.”",
]  # fmt: skip


def found(text: str) -> list[str]:
    """The paragraphs of ``text``, white space made plain."""
    return [" ".join(text[p.start : p.end].split()) for p in find_paragraphs(text)]


def wrapped(width: int, first: str = "", between: str = "\n\n") -> str:
    return between.join(textwrap.fill(p, width, initial_indent=first) for p in PARAGRAPHS)


@pytest.mark.parametrize(
    "text",
    [
        "\n\n".join(PARAGRAPHS),
        "\n".join(PARAGRAPHS),
        "\n\n\n".join(PARAGRAPHS) + "\n\n",
        " \n \t\n".join(PARAGRAPHS),
        "\n".join("    " + p for p in PARAGRAPHS),
        "\n".join("\t" + p for p in PARAGRAPHS),
        "\n".join("\u3000" + p for p in PARAGRAPHS),
        wrapped(72),
        wrapped(60),
        wrapped(78, "   "),
        wrapped(72, "    ", "\n"),
        wrapped(66, "  ", "\n"),
        wrapped(70, between="\n"),
    ],
    ids=[
        "blank line", "one a line", "two blank lines", "blank lines with spaces", "indented lines", "tabs",
        "ideographic space",
        "wrapped at 72", "wrapped at 60", "wrapped, indented, blank line", "wrapped and indented",
        "wrapped, small indent",
        "wrapped, nothing between",
    ],
)  # fmt: skip
def test_styles(text: str) -> None:
    assert found(text) == PARAGRAPHS


def test_a_file_that_mixes_styles() -> None:
    note = textwrap.fill(
        "A/N: " + "This was written on a train, in the dark, with the wrong glasses on. " * 4, 70
    )
    text = (
        "Title: The Ferry House\nRating: G\n\n" + note + "\n\n" + "\n".join(PARAGRAPHS) + "\n\n" + wrapped(70)
    )
    assert found(text) == [
        "Title: The Ferry House",
        "Rating: G",
        " ".join(note.split()),
        *PARAGRAPHS,
        *PARAGRAPHS,
    ]


def test_lines_of_talk_without_blank_lines_in_a_wrapped_file() -> None:
    talk = ["“Is it you?”", "“It is.”", "“Come in, then.”"]
    assert found(wrapped(72) + "\n\n" + "\n".join(talk) + "\n\n" + wrapped(72)) == [
        *PARAGRAPHS,
        *talk,
        *PARAGRAPHS,
    ]


def test_verse_in_a_wrapped_file_stays_together() -> None:
    verse = "    The water went over the stone,\n    And the stone went under the sea,\n    And nobody came."
    assert " ".join(verse.split()) in found(wrapped(72) + "\n\n" + verse + "\n\n" + wrapped(72))


def test_double_spaced_wrapped_text() -> None:
    text = "\n\n\n\n".join(textwrap.fill(p, 60).replace("\n", "\n\n") for p in PARAGRAPHS)
    assert found(text) == PARAGRAPHS


def test_heading_and_text_without_a_blank_line() -> None:
    text = "\n\n\n".join(f"Chapter {n}\n{wrapped(72)}" for n in (1, 2))
    assert found(text) == ["Chapter 1", *PARAGRAPHS, "Chapter 2", *PARAGRAPHS]


HEADER = ["The Ferry", "by saltpan", "Disclaimer: none of it is mine.", "A/N: For Kim.", "* * *"]


@pytest.mark.parametrize("width", [0, 72])
@pytest.mark.parametrize("indent", ["", "    "])
def test_a_story_under_its_header_without_a_blank_line(width: int, indent: str) -> None:
    story = [*HEADER, *PARAGRAPHS]
    lines = [textwrap.fill(p, width or 1000, initial_indent=indent) for p in story]
    assert found("\n".join(lines)) == story


def test_short_paragraphs_wrapped_without_blank_lines() -> None:
    short = ["Two lines of it, where the second of them is not a long one and stops in the middle."]
    story = [p for long in PARAGRAPHS[:3] for p in (*short * 3, "“No.”", long)]
    assert found("\n".join(textwrap.fill(p, 70) for p in story)) == story


def test_blank_text() -> None:
    assert find_paragraphs("") == ()
    assert find_paragraphs(" \n\t\n\u00a0\n") == ()


def test_spans_are_trimmed() -> None:
    text = "  one  \n\n\ttwo\t"
    assert [text[p.start : p.end] for p in find_paragraphs(text)] == ["one", "two"]
