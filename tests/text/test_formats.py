"""Every kind of file that is read gives the same story, and nothing of what stands around it."""

from __future__ import annotations

import re

import pytest
from tests.support import story_files as files
from tests.support.kinds import KINDS, NAMELESS, ONE_CHAPTER, PLAIN, story
from tests.support.parts import marked, of_kind, told
from tests.support.story_files import AUTHOR, CAST, OUTSIDERS, TITLE
from tests.text.test_properties import check

each = pytest.mark.parametrize("name", KINDS)


@each
def test_title_author_format_and_archive(name: str) -> None:
    s = story(name)
    assert (s.format, s.archive) == KINDS[name][1:]
    assert (s.title, s.author) == ((None, None) if name in NAMELESS else (TITLE, AUTHOR))


@each
def test_the_story_is_told_and_nothing_around_it(name: str) -> None:
    text = told(story(name))
    assert [who for who in OUTSIDERS if who in text] == []
    assert all(who in text for who in CAST)
    lines = [line for _, chapter in files.CHAPTERS[: 1 if name in ONE_CHAPTER else 2] for line in chapter]
    words = re.sub(r"[\s_*]+", " ", text)
    for line in lines:
        plain = re.sub(r"<[^<>]+>|^(?:QUOTE|LINES) ", "", line).replace("|", " ")
        assert line == "HR" or plain in words
    assert len(words) < sum(map(len, lines)) + 60, "nothing else is in the body"


@each
def test_chapters_are_headings_in_order(name: str) -> None:
    s = story(name)
    labels = [g.label or "" for g in s.segments if g.kind == "heading"]
    expected = [chapter for chapter, _ in files.CHAPTERS]
    if name == "AO3 HTML, one chapter":
        expected = []
    elif name in ONE_CHAPTER:
        expected = expected[:1]
    assert len(labels) == len(expected)
    assert all(label.endswith(chapter) for label, chapter in zip(labels, expected, strict=True))
    assert len(of_kind(s, "scene_break")) >= 1


@each
def test_emphasis_and_line_ends_are_kept(name: str) -> None:
    s = story(name)
    expected = ["down"] if name in ONE_CHAPTER else ["down", "that"]
    if name == "fanfiction.net txt":
        expected = []
    labels = {"Category", "Genre"}
    inside = [text for text in marked(s, "emphasis") if text in told(s) and text not in labels]
    assert [text for text in inside if text in ("down", "that")] == expected
    if name not in ONE_CHAPTER:
        assert "Come in, come in,\nthe tide said,\nand bring the boats home." in s.text


@each
def test_block_quotes_are_kept_where_the_format_has_them(name: str) -> None:
    s = story(name)
    quote = "The harbour is closed until the ice goes."
    has_none = name in PLAIN or name == "zip of chapters"
    assert (quote in marked(s, "block_quote")) is not has_none


@each
def test_the_same_bytes_give_the_same_story(name: str) -> None:
    a, b = story(name), story(name)
    assert (a.text, a.id, a.segments, a.paragraphs, a.marks, a.metadata, a.hints) == (
        b.text, b.id, b.segments, b.paragraphs, b.marks, b.metadata, b.hints,
    )  # fmt: skip
    check(a)
    for mark in a.marks:
        piece = a.text[mark.start : mark.end]
        assert piece and piece == piece.strip()


@pytest.mark.parametrize("name", sorted(PLAIN))
def test_the_text_of_a_plain_file_is_the_file(name: str) -> None:
    data = KINDS[name][0]()
    assert story(name).text == data.decode("utf-8-sig").replace("\r\n", "\n")
