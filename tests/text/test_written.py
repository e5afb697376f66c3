"""What somebody has written, in italics between the paragraphs of those who read it."""

from __future__ import annotations

import pytest
from tests.support.parts import BODY, kinds, of_kind

from fabula.text import read_text

WROTE = (
    "I do not know your name and I am sorry for it, for I had hoped to meet you and to show you where the "
    "bread is kept, and the lamp."
)
THOUGHT = "I should go home."


def _marked(mark: str, words: str) -> str:
    return f"{mark}{words}{mark}\n\n"


@pytest.mark.parametrize("mark", ["*", "_"])
def test_paragraphs_in_italics_are_a_letter(mark: str) -> None:
    story = read_text(f"{BODY}{_marked(mark, WROTE)}{BODY}{_marked(mark, WROTE)}{BODY}")
    assert kinds(story.text) == ["body", "letter", "body", "letter", "body"]
    assert all(s.label is None for s in story.segments)


def test_the_reader_may_break_in() -> None:
    text = f"{BODY}*{WROTE}* the letter went on. *{WROTE}*\n\n{BODY}"
    assert [x.strip()[-9:] for x in of_kind(read_text(text), "letter")] == ["the lamp.*"[-9:]]


@pytest.mark.parametrize(
    "text",
    [
        f"{BODY}{_marked('*', THOUGHT) * 4}{BODY}",
        f"{BODY}{_marked('*', WROTE.replace('I ', 'we '))}{BODY}",
        f"{BODY}I rose. I sat. I slept.\n\n{_marked('*', WROTE)}{BODY}",
        f"{BODY}{WROTE} *I am.* I am.\n\n{BODY}",
        f"{BODY}{_marked('**', WROTE)}{BODY}",
        f"{BODY}*({WROTE})*\n\n{BODY}",
    ],
    ids=["thoughts", "not I", "told by I", "mostly plain", "bold", "in brackets"],
)
def test_what_is_no_letter(text: str) -> None:
    assert "letter" not in kinds(text)


def test_what_people_say_of_themselves_does_not_count() -> None:
    talk = "“I am late, I know, and I am sorry; I ran.”\n\n" * 3
    assert "letter" in kinds(f"{BODY}{talk}{_marked('*', WROTE)}{BODY}")
