"""Markup that was left in plain text, and what only looks like it."""

from __future__ import annotations

import time

import pytest

from fabula.text import read_bytes
from fabula.text.formats.leftovers import without_markup


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("&quot;You&#39;re late,&quot; said Imre&mdash;again.", '"You\'re late," said Imre—again.'),
        ("&amp;quot;Go.&amp;quot;", '"Go."'),
        ("&#147;Go.&#148;&nbsp;", "“Go.” "),
        ("He <i>knew</i>. She <b>never</b> did.", "He *knew*. She **never** did."),
        ("<EM>He knew.</EM> <strong> Never. </strong>", "*He knew.*  **Never.** "),
        ("<i>One.\n\nTwo.</i>", "*One.*\n\n*Two.*"),
        ("<p>One.</p>\n<p>Two.</p>", "One.\n\nTwo."),
        ("One.<br />\nTwo.<br>Three.", "One.\n\nTwo.\nThree."),
        ("One.\n<hr>\nTwo.<br/>", "One.\n\n* * *\n\nTwo."),
        ('<p class="x">One <a href="http://x.y/?a=b">two</a>.</p>', "One two."),
        ("<b><i>Both</i></b>", "***Both***"),
        ("a <!-- <i>no</i> --> b <i>c</i> <i>d</i>", "a  b *c* *d*"),
        ("<style>p { x }</style><p>One.</p>", "One."),
        ("[i]He knew.[/i] [b]Never.[/b] [color=red]Red[/color]", "*He knew.* **Never.** Red"),
        ("[center]***[/center]\nOne.", "***\n\nOne."),
        ("<i></i>One.<i> </i>", "One. "),
    ],
)
def test_what_it_says(text: str, expected: str) -> None:
    assert without_markup(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "She typed <i> and pressed return.",
        "“a < b and b > c,” said Imre. “And c < d.”",
        "<Where are you?> <I hear you. Come here.>",
        "<p>I am a paragraph, said the tag.",
        "He & she, AT&T; R&B at 5 &c.",
        "[Enter Imre] [10:16] [a long silence] [he reads]",
        "--> here --> there",
        "<b> are you there\n\n<u> no\n",
        "He had a boat[i] and an oar[u].\n\n[i] A small one.\n",
    ],
)
def test_what_is_none(text: str) -> None:
    assert without_markup(text) == text


def test_nothing_is_lost_of_what_is_not_closed() -> None:
    assert without_markup("<p>One.</p> <script>Two. <b>Three.</b>") == "One.\n\n <script>Two. <b>Three.</b>"
    assert without_markup("<p>One.</p> <!-- Two.") == "One.\n\n <!-- Two."
    assert without_markup("<i>One. <b>Two.</b> Three.") == "One. **Two.** Three."


@pytest.mark.parametrize(
    "piece",
    [
        "<i>x",
        "</i>x",
        "<script>",
        "<!--",
        "&amp;",
        "[b]",
        "<p a=",
        "<i>a</i>",
        "&#0;",
        "<i>\n\n",
        "<i>" + " " * 50 + "</i>",
    ],
)
def test_the_cost_is_linear(piece: str) -> None:
    began = time.perf_counter()
    without_markup(piece * 100_000 + "<b>a</b> [i]b[/i]")
    assert time.perf_counter() - began < 5


def test_a_file_is_read_as_what_it_says() -> None:
    story = read_bytes(b"The Boat\n\n&quot;Go,&quot; said Imre. He <i>meant</i> it.<br>\n", "boat.txt")
    assert story.text.strip() == 'The Boat\n\n"Go," said Imre. He *meant* it.'
    assert len(story.quotes) == 1
