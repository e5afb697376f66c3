"""The page in a browser: opened, read, hovered over, and asked why."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

import pytest

from fabula.errors import ModelError
from fabula.types import Analysis
from tests.reader.conftest import Serve
from tests.support.fake import ferry

pytest.importorskip("playwright.sync_api", reason="playwright comes with the dev extra")
from playwright.sync_api import Page, expect

from tests.reader.hands import Open, doubts_left, said


def test_the_first_thirty_seconds(serve: Serve, open_page: Open) -> None:
    page = open_page(serve())
    expect(page.locator("#title")).to_have_text("The Ferry House")
    expect(page.locator("#text")).to_contain_text("Halvard had tied the boat badly")
    assert page.locator("#cast .person .called").all_inner_texts()[:2] == ["Halvard", "Imre"]
    before = doubts_left(page)
    assert before > 5
    expect(page.locator("#text .sel")).to_be_visible()
    expect(page.locator("#panel .where")).to_contain_text("Doubt 1 of")
    asked = page.url
    page.keyboard.press("1")
    said(page, "z undoes")
    assert doubts_left(page) < before
    expect(page.locator("#panel .where")).to_contain_text("Doubt 1 of")
    assert page.url != asked, "the next doubt has come up"
    page.keyboard.press("z")
    expect(page.locator("#tally .big").first).to_have_text(str(before))


def test_reading_shows_its_progress_and_then_the_text(serve: Serve, open_page: Open) -> None:
    shown = Event()

    def read(progress: Callable[[str, float], None]) -> Analysis:
        while not shown.wait(0.05):
            progress("reading", 0.5)
        return ferry()

    page = open_page(serve(read=read), wait=False)
    expect(page.locator("#stage")).to_have_text("reading …")
    expect(page.locator("#share")).to_have_attribute("value", "0.5")
    shown.set()
    expect(page.locator("#text")).to_contain_text("Halvard had tied the boat badly")


def test_a_reading_that_fails_says_why(serve: Serve, open_page: Open) -> None:
    def read(progress: Callable[[str, float], None]) -> Analysis:
        raise ModelError("model", "is damaged", "Install fabula again")

    page = open_page(serve(read=read), wait=False)
    expect(page.locator("#stage")).to_have_text("model: is damaged. Install fabula again")


def test_paratext_is_folded_but_there(serve: Serve, open_page: Open) -> None:
    page = open_page(serve())
    note = page.locator("details.aside", has_text="after the flood").first
    expect(note.locator("p").last).not_to_be_visible()
    note.locator("summary").click()
    expect(note.locator("p").last).to_be_visible()


def test_hovering_tells_who_and_how_sure(serve: Serve, open_page: Open) -> None:
    page = open_page(serve())
    page.locator(".m", has_text="He").first.hover()
    expect(page.locator("#tip")).to_be_visible()
    assert "%" in page.locator("#tip").inner_text()


def test_why_leads_to_where_the_decision_matters_next(serve: Serve, open_page: Open) -> None:
    page = open_page(serve())
    doubts = page.url.rsplit("/", 2)[0]
    asked = page.request.get(f"{page.url}.json").json()
    places = asked["hangs"]["places"]
    links = page.locator(".hangs li button")
    expect(links).to_have_count(len(places))
    assert places and len(places) <= 3
    for kind, number in places:
        place = page.request.get(f"{doubts}/{kind}/{number}.json").json()
        assert place["start"] > asked["start"]
    links.last.click()
    kind, number = places[-1]
    expect(page.locator(f'#text .sel[data-kind="{kind}"][data-id="{number}"]')).to_be_visible()
    page.go_back()
    expect(page.locator("#text .sel")).to_have_attribute("data-id", str(asked["id"]))


def test_light_and_dark(serve: Serve, open_page: Open) -> None:
    address = serve()

    def ground(page: Page) -> str:
        return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))

    light, dark = open_page(address), open_page(address, color_scheme="dark")
    assert ground(light) != ground(dark)
    light.keyboard.press("t")
    assert ground(light) == ground(dark)
