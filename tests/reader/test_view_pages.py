"""Views, filters and what can be taken away: addresses, pictures, exports."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fabula.contract import validate
from tests.reader.conftest import Serve

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
