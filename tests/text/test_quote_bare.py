"""Speech without any mark around it."""

from __future__ import annotations

import time

import pytest
from tests.support.quoting import said

from fabula.text import read_text

STORY = """Anders came down to the quay at six. The boat was already out of the water.

You're late, Jonas said.

I walked.

Jonas wiped his hands on a rag. He did not look up. You could have called, he said. I would have come for you.

I wanted to walk, said Anders. He put his hand on the hull. Is she dry?

She is dry enough.

What did Mr. Holt say? Jonas asked.

Anders thought about it. He said to sell, he said.

And what do you say?
"""


def test_tagged_sentences_and_their_answers() -> None:
    assert said(STORY) == [
        "You're late,",
        "I walked.",
        "You could have called,",
        "I would have come for you.",
        "I wanted to walk,",
        "Is she dry?",
        "She is dry enough.",
        "What did Mr. Holt say?",
        "He said to sell,",
        "And what do you say?",
    ]


def test_where_i_tells_only_tags_and_what_goes_on_to_you_are_speech() -> None:
    text = (
        "I came down to the quay at six. My boat was already out of the water.\n\n"
        "You're late, Jonas said. I looked at my hands.\n\n"
        "I walked, I said. You know the road.\n\n"
        "He wiped his hands. I could have come for you, he said.\n\n"
        "I like to walk, I said.\n\n"
        "I thought of my brother, and of your letter.\n"
    )
    assert said(text) == [
        "You're late,", "I walked,", "You know the road.", "I could have come for you,", "I like to walk,",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            STORY.replace("You're late,", "“You're late,”") + "\n“No.”\n\n“So be it.”\n", id="marks"
        ),
        pytest.param(
            "Come in, he said. He sat down.\n\nNo, she said.\n\nSo be it, he said.\n", id="three tags"
        ),
        pytest.param("I went down. You know the quay. " * 20, id="no tags"),
        pytest.param(
            "Jonas said that he was late. Anders told him so. At six, Jonas asked for bread.\n\n" * 4,
            id="reported",
        ),
    ],
)
def test_other_stories_have_none(text: str) -> None:
    assert [x for x in said(text) if not x.startswith("“")] == []


def test_a_letter_in_such_a_story_is_no_speech() -> None:
    letter = "Dear Anders,\n\nI have sold the boat. You may have the nets.\n\nYour brother,\n\nJonas\n\n"
    story = read_text("The Quay\n\n" + STORY + "\n" + letter + "Anders came down to the quay.\n")
    assert not any("sold" in story.text[q.start : q.end] for q in story.quotes)
    assert len(story.quotes) == 10


def test_any_length_takes_linear_time() -> None:
    took = []
    for n in (200, 2000):
        text = STORY * n
        began = time.perf_counter()
        said(text)
        took.append(time.perf_counter() - began)
    assert took[1] < 40 * took[0]
