"""Views, filters and what can be taken away: addresses, pictures, exports."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from fabula.contract import validate
from tests.reader.conftest import Serve
from tests.support.fake import ferry

pytest.importorskip("playwright.sync_api", reason="playwright comes with the dev extra")
from playwright.sync_api import expect

from tests.reader.hands import Open, choose_line, doubts_left, question, said


def test_the_export_menu_gives_the_corrected_reading(serve: Serve, open_page: Open, tmp_path: Path) -> None:
    page = open_page(serve())
    choose_line(page, "Friday,”")
    page.keyboard.press("2")
    said(page)
    page.locator("#export summary").click()
    with page.expect_download() as kept:
        page.get_by_text("Corrected reading").click()
    data = json.loads(Path(kept.value.path()).read_text(encoding="utf-8"))
    assert validate(data) == []
    assert [r["status"] for r in data["producer"]["options"]["reviewed"]] == ["corrected"]


def test_views_have_addresses_and_their_marks_lead_to_passages(serve: Serve, open_page: Open) -> None:
    address = serve()
    page = open_page(address + "network")
    expect(page.locator("#view h2")).to_have_text("Who speaks to whom")
    page.get_by_role("button", name="Halvard to Imre: ").first.press("Enter")
    page.locator(".lines-of ol .link").first.click()
    expect(page.locator("#view")).to_be_hidden()
    expect(page.locator("#text .q.sel")).to_be_visible()
    page.go_back()
    expect(page.locator("#view h2")).to_have_text("Who speaks to whom")
    page = open_page(address + "scenes")
    page.locator("#view [role=button]").first.press("Enter")
    expect(page.locator("#text")).to_be_visible()
    page = open_page(address + "cast/2")
    expect(page.locator("#filter")).to_contain_text("Only Imre")
    page.keyboard.press("Escape")
    expect(page.locator("#filter")).to_be_hidden()
    page = open_page(address + "doubts/speaker/3")
    assert question(page) == "Who says this?"


def test_the_range_of_who_speaks_to_whom_keeps_the_focus_while_it_is_moved(
    serve: Serve, open_page: Open
) -> None:
    page = open_page(serve() + "network")
    page.get_by_label("Up to this place in the story").focus()
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    expect(page.get_by_label("Up to this place in the story")).to_have_value("997")
    expect(page.locator("#view output")).to_contain_text("up to")


@pytest.mark.parametrize("kind", ["SVG", "PNG"])
def test_pictures_can_be_saved(serve: Serve, open_page: Open, kind: str) -> None:
    page = open_page(serve() + "network")
    with page.expect_download() as kept:
        page.get_by_role("button", name=kind).click()
    content = Path(kept.value.path()).read_bytes()
    assert content.startswith(b"\x89PNG") if kind == "PNG" else b"Halvard" in content
    assert len(content) > 1000


def test_the_list_of_scenes_tells_who_is_there_in_whole_words(serve: Serve, open_page: Open) -> None:
    page = open_page(serve() + "scenes")
    rows = page.locator("#view .as-table li")
    expect(rows.first).to_be_visible()  # a short list stands open
    expect(rows).to_have_count(16)
    bars = page.locator("#view svg [role=button]").evaluate_all(
        "all => all.map(e => e.getAttribute('aria-label'))"
    )
    told_of = [row.inner_text() for row in rows.locator("small").all()]
    listed = {f"{who}, part {k}" for k, row in enumerate(told_of, 1) for who in row.split(", ") if who}
    assert listed == set(bars) and len(bars) > 10, "as in the picture"
    story = " ".join(ferry().story.text.split())
    for words in rows.locator(".link").all_inner_texts():
        told = words.removesuffix("…")
        assert told, "nothing to press"
        start = story.index(told)
        for k in (start, start + len(told)):
            assert not (story[k - 1 : k].isalnum() and story[k : k + 1].isalnum()), f"{told} cuts a word"


@pytest.mark.parametrize("width", [390, 1280])
def test_a_tie_says_whose_it_is_without_its_colour(serve: Serve, open_page: Open, width: int) -> None:
    page = open_page(serve() + "network", width)
    ties = page.locator("#view path.tie").count()
    arrows = page.locator("#view svg path[transform]")
    expect(arrows).to_have_count(ties)
    turns = arrows.evaluate_all(
        "all => all.map(e => Number(/rotate\\((.*)\\)/.exec(e.getAttribute('transform'))[1]))"
    )
    assert sorted(t % 360 for t in turns) == [0, 180], "two people side by side: one arrow each way"
    box = page.locator("#view .picture").bounding_box()
    assert box is not None and box["height"] < box["width"] / 2, "no empty space above and below two people"


def test_who_wrote_it_is_told_whole_before_the_number_of_words(serve: Serve, open_page: Open) -> None:
    author = "saltmarsh_and_tallow"
    base = ferry()
    address = serve(replace(base, story=replace(base.story, author=author)))
    for width in (390, 1280):
        page = open_page(address, width)
        shown = page.locator("#byline .author")
        assert shown.evaluate("e => e.scrollWidth <= e.clientWidth + 1")
        bar, written = page.locator("#byline").bounding_box(), shown.bounding_box()
        assert bar is not None and written is not None
        assert written["y"] + written["height"] <= bar["y"] + bar["height"] + 2


def test_a_filter_goes_with_its_address_and_hides_nothing_that_is_selected(
    serve: Serve, open_page: Open
) -> None:
    page = open_page(serve())
    page.locator("#cast summary").click()
    page.locator("#cast .person", has_text="Tomas").click()
    expect(page.locator("#filter")).to_contain_text("Only Tomas")
    page.go_back()
    expect(page.locator("#filter")).to_be_hidden()
    page.locator("#cast .person", has_text="Tomas").click()
    for _ in range(3):
        page.keyboard.press("j")
        expect(page.locator("#text .sel")).to_be_visible()


def test_keys_answer_in_a_view_and_escape_closes_the_menu(serve: Serve, open_page: Open) -> None:
    page = open_page(serve())
    before = doubts_left(page)
    page.locator('[data-view="network"]').click()
    page.keyboard.press("1")
    said(page)
    assert doubts_left(page) < before
    expect(page.locator("#view h2")).to_have_text("Who speaks to whom")
    page.get_by_role("button", name="What Imre says").press("Enter")
    expect(page.locator(".lines-of h3")).to_have_text("Imre to anybody")
    page.locator("#export summary").click()
    page.keyboard.press("Escape")
    expect(page.locator("#exports")).to_be_hidden()
    expect(page.locator("#view")).to_be_visible()


def test_pictures_fit_a_phone(serve: Serve, open_page: Open) -> None:
    address = serve()
    page = open_page(address + "network", 390, 844)
    for view in ("network", "scenes"):
        page.goto(address + view)
        wide = page.locator("#view .wide")
        expect(wide.locator("svg")).to_be_visible()
        assert wide.evaluate("e => e.scrollWidth <= e.clientWidth")
        label = wide.locator(".label").first
        assert label.evaluate("e => e.getBoundingClientRect().height") > 9
