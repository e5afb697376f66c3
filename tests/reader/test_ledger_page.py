"""The ledger's views in a browser: bonds, their passages, and the replay."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from fabula.types import Turn
from tests.reader.conftest import Serve
from tests.reader.test_access import SIZES, serious
from tests.reader.told import sentence, told_ferry

pytest.importorskip("playwright.sync_api", reason="playwright comes with the dev extra")
from playwright.sync_api import Page, expect

Open = Callable[..., Page]
MARKED = "[...(CSS.highlights.get('passage') ?? [])].map((r) => r.toString()).join('')"


def marked(page: Page, words: str, whole: bool = False) -> None:
    """Wait until the passage with these words is lit up; the page's policy forbids waiting inside of it."""
    until = time.monotonic() + 15
    while not (words == (found := page.evaluate(MARKED)) or (not whole and words in found)):
        assert time.monotonic() < until, found
        page.wait_for_timeout(50)


def test_feelings_lead_to_their_passages_and_what_is_denied_is_left_out(
    serve: Serve, open_page: Open
) -> None:
    page = open_page(serve(told_ferry()) + "feelings")
    expect(page.locator("#view")).to_contain_text("5 deeds")
    expect(page.get_by_role("button", name="fear")).to_have_count(0)
    page.get_by_role("button", name="Halvard: joy").press("Enter")
    expect(page.locator("#text")).to_contain_text("laughed, not well")
    marked(page, "laughed, not well", whole=True)
    page.go_back()
    expect(page.locator("#view h2")).to_have_text("Feelings and deeds")
    page = open_page(serve())
    for view in ("feelings", "bonds", "at"):
        expect(page.locator(f'#views [data-view="{view}"]')).to_be_hidden()


def test_bonds_lead_to_a_pair_and_from_there_to_passages(serve: Serve, open_page: Open) -> None:
    told = told_ferry()
    here = sentence(told, "laughed, not well")
    [bond] = told.bonds
    told = replace(told, bonds=(replace(bond, turns=(Turn(here.start, here.end, None),)),))
    page = open_page(serve(told) + "bonds")
    page.get_by_role("link", name="Halvard and Imre").click()
    expect(page.locator("#view h2")).to_have_text("Halvard and Imre")
    assert page.url.endswith("/bonds/1-2")
    view = page.locator("#view")
    expect(view).to_contain_text("untested")
    expect(view).to_contain_text("Halvard does 57 % (90 % interval")
    expect(view).to_contain_text("Denied or only imagined, and not counted: 1")
    page.locator(".bond-scenes summary", has_text="Lines").click()
    expect(page.locator(".bond-scenes details li")).to_have_count(11)
    page.get_by_role("link", name="laughed, not well").last.click()
    expect(page.locator("#text")).to_be_visible()
    marked(page, "laughed, not well")
    page.go_back()
    expect(page.locator("#view h2")).to_have_text("Halvard and Imre")


def test_the_replay_goes_by_keyboard_from_sentence_to_sentence(serve: Serve, open_page: Open) -> None:
    told = told_ferry()
    here = sentence(told, "laughed, not well")
    address = serve(told)
    page = open_page(f"{address}at/{here.start}")
    state = page.locator("#view .state")
    expect(state).not_to_contain_text("comfort 1")
    page.get_by_label("Sentences so far").press("ArrowRight")
    expect(page.locator("#view blockquote")).to_contain_text("laughed, not well")
    expect(state).to_contain_text("comfort 1")
    expect(state).to_contain_text("joy: ")
    page.wait_for_url(f"**/at/{here.end}")
    page.get_by_role("button", name="Event ›").click()
    expect(state).to_contain_text("embrace 1")
    expect(page.get_by_role("button", name="Event ›")).to_be_disabled()
    page.get_by_label("Sentences so far").press("Home")
    expect(state).to_contain_text("Nobody by now")
    page.locator("#strip input").press("End")
    expect(state).to_contain_text("embrace 1")
    page.get_by_role("link", name="Halvard and Imre").click()
    page.wait_for_url("**/bonds/1-2")
    page.go_back()
    expect(page.locator("#view h2")).to_have_text("Replay")


def test_every_count_of_the_replay_opens_the_passages_it_counts(serve: Serve, open_page: Open) -> None:
    told = told_ferry()
    page = open_page(f"{serve(told)}at/{sentence(told, 'laughed then too').end}")
    halvard = page.locator(".way", has_text="Halvard: ")
    halvard.get_by_role("button", name="accuse 1").press("Enter")
    expect(halvard.locator("li")).to_have_count(1)
    expect(halvard.locator("li")).to_contain_text("might say something")
    halvard.get_by_role("button", name="lines").click()
    expect(halvard.locator("li")).not_to_have_count(1)
    page.get_by_label("Sentences so far").press("ArrowRight")
    expect(halvard.get_by_role("button", name="accuse 1")).to_have_attribute("aria-expanded", "true")
    halvard.get_by_role("link", name="said Halvard at last").click()
    marked(page, "might say something")


def test_every_mark_of_a_picture_leads_to_a_passage(serve: Serve, open_page: Open) -> None:
    told = told_ferry()
    here = sentence(told, "laughed, not well")
    told = replace(told, bonds=(replace(told.bonds[0], turns=(Turn(here.start, here.end, None),)),))
    address = serve(told)
    page = open_page(address + "bonds")
    page.get_by_role("button", name="Scene 1: tone").press("Enter")
    page.wait_for_url("**/text/*")
    page.goto(address + "bonds/1-2")
    page.get_by_role("button", name="likeliest turn, untested").press("Enter")
    marked(page, "laughed, not well")


def test_moving_the_replay_asks_the_server_only_after_a_pause(serve: Serve, open_page: Open) -> None:
    address = serve(told_ferry())
    page = open_page(address + "at/0")
    expect(page.locator("#view .state")).to_contain_text("Nobody by now")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.evaluate(
        """() => {
          const range = document.getElementById("sentence");
          for (let k = 1; k <= 12; k += 1) {
            range.value = k;
            range.dispatchEvent(new Event("input"));
          }
        }"""
    )
    expect(page.locator("#view .state:not([data-late])")).to_be_visible()
    assert len([url for url in asked if "/at/" in url]) == 1


def test_a_correction_is_seen_in_an_open_view(serve: Serve, open_page: Open) -> None:
    page = open_page(serve(told_ferry()) + "doubts/speaker/4")
    page.locator('#views [data-view="bonds"]').click()
    page.get_by_role("link", name="Halvard and Imre").click()
    imre = page.locator(".counts tr", has_text="Imre").locator("td")
    expect(imre).to_have_text(["2", "5"])
    page.locator(".choice", has_text="Halvard").click()
    expect(imre).to_have_text(["2", "4"])


@pytest.mark.parametrize(("size", "scheme"), [("phone", "light"), ("laptop", "dark"), ("wide", "light")])
def test_axe_finds_nothing_serious_and_nothing_runs_over(
    serve: Serve, open_page: Open, size: str, scheme: str
) -> None:
    address = serve(told_ferry())
    page = open_page(address, *SIZES[size], color_scheme=scheme)
    for view in ("feelings", "bonds", "bonds/1-2", "at/900"):
        page.goto(address + view)
        page.wait_for_selector(".state:not([data-late]), .pairs, .bond-scenes, .deeds")
        assert serious(page) == [], view
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
