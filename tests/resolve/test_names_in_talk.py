"""A short name that only talk uses belongs to the one whose name it begins."""

from __future__ import annotations

import pytest
from tests.resolve.named import Named

LONG = "She had walked to the harbour that morning to look at the boats and the rain. "


def test_a_short_name_in_talk_is_the_full_name_of_narration() -> None:
    story = Named(f"[Josette] came in late. {LONG}“I can’t be that any more, [Jo].” [Robin] left.")
    assert story.same("Josette", "Jo")
    assert story.entry("Jo").name == "Josette"


@pytest.mark.parametrize(
    "text",
    [
        f"[Josette] came in late. {LONG}[Jo] sat down. “Well, [Jo]?”",
        f"[Josette] came in late. {LONG}“Hello, [Jo],” said [Josette].",
        f"[Josette] and [Jolanta] came in late. {LONG}“I can’t, [Jo].”",
        f"“Where is [Josette]?” {LONG}“I can’t, [Jo].”",
    ],
)
def test_otherwise_they_are_two(text: str) -> None:
    story = Named(text)
    assert story.apart("Jo", "Josette")
