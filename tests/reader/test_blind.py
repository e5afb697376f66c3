"""A blind sample: nothing gives the answer away before it is given."""

from __future__ import annotations

import pytest

from tests.reader.conftest import Serve
from tests.support.fake import fake_analysis

pytest.importorskip("playwright.sync_api", reason="playwright comes with the dev extra")
from playwright.sync_api import expect

from tests.reader.hands import Open, said


def test_a_blind_sample_shows_no_answer_and_is_told_apart(serve: Serve, open_page: Open) -> None:
    address = serve()
    page = open_page(address)
    page.keyboard.press("b")
    expect(page.locator("body")).to_have_class("blind")
    assert "%" not in page.locator(".choices").inner_text()
    expect(page.locator(".choice.now")).to_have_count(0)
    page.keyboard.press("1")
    said(page)
    page.locator("#history").click()
    expect(page.locator(".history")).to_contain_text("blind")


def test_a_blind_answer_is_not_given_away_by_filters_and_views(serve: Serve, open_page: Open) -> None:
    page = open_page(serve())
    page.keyboard.press("b")
    expect(page.locator("body")).to_have_class("blind")
    page.locator("#cast .person").first.click()
    said(page, "answer this one")
    expect(page.locator("#filter")).to_be_hidden()
    page.locator('#views [data-view="network"]').click()
    expect(page.locator("#view")).to_be_hidden()
    page.keyboard.press("j")
    page.locator('#views [data-view="network"]').click()
    expect(page.locator("#view")).to_be_visible()


def test_nothing_gives_a_blind_answer_away(serve: Serve, open_page: Open) -> None:
    page = open_page(serve())
    page.keyboard.press(".")
    page.keyboard.press("b")
    expect(page.locator("#panel .where")).to_have_text("Blind, drawn by chance")
    expect(page.locator(".why, .scopes, .about, .choice[aria-pressed=true]")).to_have_count(0)
    assert not [p for p in page.locator(".choice .p").all_inner_texts() if p]
    assert "%" not in page.locator("#live").inner_text()
    page.locator("#text .m", has_text="He").first.hover()
    expect(page.locator("#tip")).to_be_hidden()
    for key in ("a", "x", ".", "m", "r"):
        page.keyboard.press(key)
        expect(page.locator("#toast")).to_contain_text("answer this one")
        expect(page.locator("#dialog")).to_be_hidden()
    page.keyboard.press("1")
    said(page)
    history = page.request.get(page.url.split("doubts")[0] + "corrections.json").json()
    assert [c["status"] for c in history["corrections"]] == ["blind"]
    expect(page.locator(".why")).to_be_visible()


def test_neither_presence_nor_underlines_tell_a_blind_answer(serve: Serve, open_page: Open) -> None:
    page = open_page(serve())

    def told() -> list[str]:
        found: list[str] = page.evaluate(
            """() => [
              ...["#strip .fill", "#cast .presence", "#text .initial"].flatMap((s) =>
                [...document.querySelectorAll(s)].map((e) => getComputedStyle(e).visibility)),
              ...[...document.querySelectorAll("#text .m")].map((e) =>
                getComputedStyle(e).textDecorationLine),
            ]"""
        )
        return sorted(set(found))

    assert "visible" in told() and "underline" in told()
    page.keyboard.press("b")
    expect(page.locator("body")).to_have_class("blind")
    assert told() == ["hidden", "none"]
    page.keyboard.press("j")
    assert "visible" in told() and "underline" in told()


def test_a_decision_drawn_while_it_is_shown_is_told_anew_without_its_answer(
    serve: Serve, open_page: Open
) -> None:
    one = fake_analysis("[Ann:Ann] and [Bo:Bo] met on the stairs. [He:Bo .5 Ann .4] went out.\n")
    page = open_page(serve(one, name="one"))
    expect(page.locator("#live")).to_contain_text("50 %")
    page.keyboard.press("b")
    expect(page.locator("#panel .where")).to_have_text("Blind, drawn by chance")
    expect(page.locator("#live")).to_contain_text("Who is “He” here?")
    assert "%" not in page.locator("#live").inner_text()
    assert "Bo" not in page.locator("#live").inner_text()
