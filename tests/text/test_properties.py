"""What holds for every text whatever: coverage, order, bounds, and time in proportion to length."""

from __future__ import annotations

import gc
import json
import time

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fabula.errors import InputError
from fabula.text import read_bytes, read_text
from fabula.text.sentences import LONGEST
from fabula.types import Story

ANY = st.text(st.characters(codec=None), max_size=300)
WORDS = st.sampled_from(
    [
        "Maren", "he", "she said", "don't", "Mr.", "...", "--", "“", "”", '"', "'", "‘", "’", "—", "!", "?",
        ".", ",", "\n", "\n\n",
        " ", "    ", "\t", "A/N:", "(A/N: so", ")", "[", "Chapter 1", "Chapter", "I", "II", "X", "***",
        "* * *", "~", "The End", "by",
        "Title:", "Rating: PG", "Summary", "Notes", "Disclaimer: not mine", "Dear Odd,", "Yours,", "1.",
        "2.", "http://a.b/c", "a@b.co",
        "*** START OF THE PROJECT GUTENBERG EBOOK", "*** END OF THE PROJECT GUTENBERG EBOOK",
        "[Illustration", "]", "Contents", "\r\n",
        "\x00", "\ufeff", "\u200b", "\u0301", "猫", "é", "\xa0", "\x0c", "\u2028", "\x85", "_", "<hr>",
        "Maren's POV", "End A/N",
    ]
)  # fmt: skip
RELAXED = settings(deadline=None)
"""A busy machine is no failure."""
SOUP = st.lists(WORDS, max_size=60).map(" ".join) | st.lists(WORDS, max_size=60).map("".join)


def check(story: Story) -> None:
    """Every invariant of the surface structure."""
    text, n = story.text, len(story.text)
    start, end = story.tokens.start, story.tokens.end
    covered = np.zeros(n + 1, dtype=bool)
    for a, b in zip(start.tolist(), end.tolist(), strict=True):
        assert 0 <= a < b <= n
        assert not any(c.isspace() for c in text[a:b])
        assert not covered[a:b].any()
        covered[a:b] = True
    assert all(covered[i] == (not c.isspace()) for i, c in enumerate(text))
    assert (np.diff(start) > 0).all()

    ranges = story.sentence_tokens
    assert ranges.shape == (len(story.sentences), 2)
    assert [i for a, b in ranges.tolist() for i in range(a, b)] == list(range(len(start)))
    assert all(0 < b - a <= LONGEST for a, b in ranges.tolist())
    for sentence, (a, b) in zip(story.sentences, ranges.tolist(), strict=True):
        assert (sentence.start, sentence.end) == (start[a], end[b - 1])

    for spans in (story.paragraphs, story.segments, story.sentences):
        last = 0
        blank = np.ones(n + 1, dtype=bool)
        for span in spans:
            assert last <= span.start < span.end <= n
            assert text[span.start : span.end] == text[span.start : span.end].strip()
            blank[span.start : span.end] = False
            last = span.end
        assert all(c.isspace() for i, c in enumerate(text) if blank[i])
    for sentence in story.sentences:
        assert sum(p.start <= sentence.start and sentence.end <= p.end for p in story.paragraphs) == 1
    json.dumps(story.text).encode()


@given(ANY)
@RELAXED
def test_any_text(text: str) -> None:
    check(read_text(text))


@given(SOUP)
@example("Dear Odd, by Maren")
@settings(RELAXED, max_examples=300)
def test_what_stories_are_made_of(text: str) -> None:
    check(read_text(text))


@given(SOUP)
@RELAXED
def test_same_text_same_story(text: str) -> None:
    a, b = read_text(text), read_text(text)
    assert (a.segments, a.paragraphs, a.sentences, a.metadata) == (
        b.segments,
        b.paragraphs,
        b.sentences,
        b.metadata,
    )
    assert (a.tokens.start == b.tokens.start).all()


@given(st.binary(max_size=300))
@RELAXED
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        story = read_bytes(data, "story.txt")
    except InputError as error:
        assert error.problem and error.remedy
    else:
        check(story)


@pytest.mark.parametrize(
    "unit",
    [
        "He went on and she stayed, and “No,” said Odd. ", "a", ".", "a.", "é", "'", "\"", "“", "a'", "'a",
        "-", "a-", "1", "1.", "a@",
        "a.b@", "&a", "(A/N: ", "[Illustration ", "! ", ". ", ". . ", "\n", "a\n", "I\n\n", "X\n\n",
        "Maren\n\nshe went away\n\n",
        "Rating: G\n", "A/N: so\n\n", "Chapter 1\n\n", "Dear Odd,\n\n", "*", "* ", "<", "<hr>", "_a_ ",
        "www.", "http://", "\x00", "\t", "\t\n",
        " a\n", "a \t", "[[", "(", "A/N (so\n\n", "Contents\n\n", "Summary\n\n", "x\n\n***\n\n", "“a” "
            "said Odd.\n\n",
        "“So\n\n", "'a b\n\n", "— a\n", "*** START OF THE PROJECT GUTENBERG EBOOK\n",
    ],
)  # fmt: skip
def test_time_grows_with_length_only(unit: str) -> None:
    seconds = []
    gc.collect()
    gc.disable()  # what other tests have left lying about is not the text's cost
    try:
        for size in (12_000, 96_000):
            text = unit * (size // len(unit))
            begin = time.process_time()
            read_text(text)
            seconds.append(time.process_time() - begin)
    finally:
        gc.enable()
    assert seconds[1] < 28 * max(seconds[0], 0.03)


def test_a_long_single_line() -> None:
    text = "He went on to the end of the quay, and she stayed; nobody said anything about it. " * 40_000
    begin = time.process_time()
    story = read_text(text)
    assert time.process_time() - begin < 60
    assert len(story.paragraphs) == 1
    assert len(story.sentences) == 40_000
