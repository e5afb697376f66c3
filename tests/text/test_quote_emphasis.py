"""Thoughts in italics, and speech between other signs than quotation marks."""

from __future__ import annotations

import pytest

from fabula.text import read_text
from fabula.text.formats.document import Block, Document
from fabula.text.read import read_document
from fabula.types import Mark


def said(text: str) -> list[str]:
    story = read_text(text)
    return [" ".join(story.text[q.start : q.end].split()) for q in story.quotes]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("*He knows,* Anders thought. He put down the cup.", ["He knows,"]),
        ("_He knows_, thought Anders, and put down the cup.", ["He knows"]),
        ("Anders thought, *He knows.* He put down the cup.", ["He knows."]),
        ("He thought: *I also am late.*", ["I also am late."]),
        ("*Liar,* he told himself.", ["Liar,"]),
        ("*What now?* she wondered aloud.", ["What now?"]),
        ("*On the quay,* he typed back.", ["On the quay,"]),
        ("*Come in,* he wrote. *I am upstairs.* He waited.", ["Come in,", "I am upstairs."]),
        ("“I am tired,” he said. *Liar,* thought Anders.", ["“I am tired,”", "Liar,"]),
        ("“*Go,*” he thought.", ["“*Go,*”"]),
    ],
)
def test_thoughts_and_messages_that_a_tag_stands_beside(text: str, expected: list[str]) -> None:
    assert said(text + "\n") == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("*No!* He laughed. He had not meant it.", id="another sentence"),
        pytest.param("He had read *Hamlet,* he thought, at school.", id="a title"),
        pytest.param("*He knows.* The cup was cold.", id="no tag"),
        pytest.param("*Your move*, he had said, that summer.", id="said long ago"),
        pytest.param("*My lamb,* it said. *I have sold the cart.*", id="a paper"),
        pytest.param("He was *very* late, Anders thought.", id="stress"),
    ],
)
def test_emphasis_that_is_nobodys(text: str) -> None:
    assert said(text + "\n") == []


@pytest.mark.parametrize(
    ("opens", "closes"), [("<", ">"), ("::", "::"), (":", ":"), ("//", "//"), ("~", "~")]
)
def test_speech_between_other_signs(opens: str, closes: str) -> None:
    lines = ["Are you there?{} Anders asked.", "I am here,{} said Jonas.", "Then come.{}"]
    text = "\n\n".join(opens + line.format(closes) for line in lines) + "\n"
    assert said(text) == ["Are you there?", "I am here,", "Then come."]


@pytest.mark.parametrize(
    "text", ["It was 5:30, she said, or 6:30.", "He wrote a < b > c, he said.", "See //x, he said."]
)
def test_signs_that_are_none(text: str) -> None:
    assert said(text + "\n") == []


def test_emphasis_of_a_document_is_read_without_signs() -> None:
    words = "He knows, Anders thought. He put down the cup and did not look at his brother."
    block = Block(words, marks=(Mark(0, 9, "emphasis"),))
    story = read_document(Document("html", (block,)))
    assert [story.text[q.start : q.end] for q in story.quotes] == ["He knows,"]
