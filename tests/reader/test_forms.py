"""Emphasis, block quotes and verse in the page, as the file has them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from fabula.types import Mark, MarkKind
from tests.reader.conftest import Serve
from tests.support.fake import fake_analysis

pytest.importorskip("playwright.sync_api", reason="playwright comes with the dev extra")
from playwright.sync_api import Page, expect


def test_words_look_as_in_the_file(serve: Serve, open_page: Callable[..., Page]) -> None:
    analysis = fake_analysis(
        "🜁 {{Runa>Eskil|“You are [Eskil:Eskil] now,”}} said [Runa:Runa].\n\n"
        "The ice is come,\nthe lamp is gone."
    )
    text = analysis.story.text

    def mark(words: str, kind: MarkKind) -> Mark:
        at = text.index(words)
        return Mark(at, at + len(words), kind)

    marks = (
        mark("are Eskil now,” said", "emphasis"),
        mark("Eskil now", "strong"),
        mark("The ice is come,\nthe lamp is gone.", "verse"),
    )
    page = open_page(serve(replace(analysis, story=replace(analysis.story, marks=marks)), name="forms"))
    said = page.locator("#text .f-emphasis").all_text_contents()
    assert "".join(said) == "are Eskil now,” said"
    assert "".join(page.locator("#text .f-emphasis.f-strong").all_text_contents()) == "Eskil now"
    expect(page.locator("#text .m .f-strong")).to_have_text("Eskil")
    expect(page.locator("#text .f-emphasis").first).to_have_css("font-style", "italic")
    assert page.locator("#text .block.f-verse").all_text_contents() == [
        "The ice is come,",
        "the lamp is gone.",
    ]
    page.locator("#text .m .f-strong").click()
    expect(page.locator("#text .m.sel")).to_have_text("Eskil")
