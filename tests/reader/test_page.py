"""The page in a browser: read, hover, put right by keyboard, undo, restart, export, two windows."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest

from fabula.contract import validate
from fabula.errors import ModelError
from fabula.types import Analysis
from tests.reader.conftest import Serve
from tests.support.fake import ferry

pytest.importorskip("playwright.sync_api", reason="playwright comes with the dev extra")
from playwright.sync_api import Page, expect

Open = Callable[..., Page]


def doubts_left(page: Page) -> int:
    return int(page.locator("#tally .big").first.inner_text().replace(",", ""))


def question(page: Page) -> str:
    return page.locator("#question").inner_text()


def choose_line(page: Page, words: str) -> None:
    page.locator(".q", has_text=words).first.click()
    expect(page.locator("#question")).to_have_text("Who says this?")


def speaker(page: Page, words: str) -> str:
    choose_line(page, words)
    return page.locator(".choice.now .called").inner_text().strip()


def said(page: Page, words: str = "undoes") -> None:
    """Wait until the page has said so."""
    expect(page.locator("#toast")).to_contain_text(words)
    page.wait_for_selector("body:not(.busy)")


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


def test_a_line_is_given_to_somebody_new_and_it_holds_after_a_restart(serve: Serve, open_page: Open) -> None:
    page = open_page(serve())
    choose_line(page, "Friday,”")
    page.keyboard.press("/")
    page.keyboard.type("Runa")
    page.keyboard.press("Enter")
    said(page, "Runa")
    expect(page.locator("#cast")).to_contain_text("Runa")
    page = open_page(serve())
    assert speaker(page, "Friday,”") == "Runa"
    page.keyboard.press("z")
    said(page, "Undone")
    expect(page.locator("#cast")).not_to_contain_text("Runa")


def test_accepting_and_nobody(serve: Serve, open_page: Open) -> None:
    page = open_page(serve())
    choose_line(page, "In this?”")
    page.keyboard.press("Enter")
    said(page)
    expect(page.locator(".q.settled", has_text="In this?”")).to_have_count(1)
    choose_line(page, "Then go,”")
    page.keyboard.press("u")
    expect(page.locator(".q.cnone", has_text="Then go,”")).to_have_count(1)
    expect(page.locator("#history")).to_have_accessible_name("History: 2 settled")


def test_whom_a_line_is_said_to(serve: Serve, open_page: Open) -> None:
    page = open_page(serve())
    choose_line(page, "Friday,”")
    page.keyboard.press("a")
    expect(page.locator("#question")).to_have_text("Whom is this said to?")
    page.keyboard.press("Shift+Digit1")
    said(page)
    expect(page.locator(".choice.now")).to_have_count(1)
    page.keyboard.press("Shift+Digit2")
    expect(page.locator(".choice.now")).to_have_count(2)
    page.keyboard.press("Escape")
    expect(page.locator("#question")).to_have_text("Who says this?")


def test_merging_splitting_and_renaming(serve: Serve, open_page: Open) -> None:
    page = open_page(serve())
    page.locator(".m", has_text="Tomas").first.click()
    page.keyboard.press("m")
    page.keyboard.type("Halv")
    page.keyboard.press("Enter")
    said(page, "Tomas is Halvard")
    expect(page.locator("#cast .called", has_text="Tomas")).to_have_count(0)
    page.locator(".m", has_text="taller man").first.click()
    page.keyboard.press("s")
    page.keyboard.type("a guest")
    page.keyboard.press("Enter")
    said(page, "from “taller man” on, Halvard is a guest")
    assert speaker(page, "No.”") == "a guest"
    assert speaker(page, "might say something") == "Halvard"
    page.keyboard.press("r")
    page.keyboard.press("Control+A")
    page.keyboard.type("Hal")
    page.keyboard.press("Enter")
    # What is typed straight after an answer is done after it.
    for _ in range(3):
        page.keyboard.press("z")
    said(page, "Undone: Tomas is Halvard")
    expect(page.locator("#cast .called", has_text="Tomas")).to_have_count(1)
    page.keyboard.press("z")
    said(page, "Nothing to undo")


def test_to_the_scenes_end_and_over_a_range(serve: Serve, open_page: Open) -> None:
    page = open_page(serve())
    choose_line(page, "In this?”")
    expect(page.locator(".scopes")).to_contain_text("4")
    page.keyboard.press(".")
    page.keyboard.press("2")
    said(page, "and 3 more")
    page.keyboard.press("z")
    choose_line(page, "In this?”")
    page.keyboard.press("x")
    page.locator(".q", has_text="In anything").click()
    expect(page.locator(".q.within")).to_have_count(2)
    page.keyboard.press("u")
    said(page, "and 1 more are spoken by nobody known")


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


def test_two_windows_do_not_lose_each_others_work(serve: Serve, open_page: Open) -> None:
    address = serve()
    one, two = open_page(address), open_page(address)
    choose_line(one, "Friday,”")
    one.keyboard.press("2")
    said(one)
    expect(two.locator(".q.settled", has_text="Friday,”")).to_have_count(1)
    choose_line(two, "In this?”")
    two.keyboard.press("u")
    expect(one.locator(".q.settled")).to_have_count(2)
    expect(two.locator(".q.settled")).to_have_count(2)


def test_two_programs_on_one_story_see_each_other(serve: Serve, open_page: Open) -> None:
    one, two = open_page(serve()), open_page(serve())
    choose_line(one, "Friday,”")
    one.keyboard.press("2")
    said(one)
    expect(two.locator(".q.settled", has_text="Friday,”")).to_have_count(1)
    choose_line(two, "In this?”")
    two.keyboard.press("u")
    expect(one.locator(".q.settled")).to_have_count(2)
    one.keyboard.press("z")
    expect(two.locator(".q.settled")).to_have_count(1)
    expect(two.locator(".q.settled", has_text="Friday,”")).to_have_count(1)


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


def test_an_undone_answer_is_asked_again_and_what_stands_is_told(serve: Serve, open_page: Open) -> None:
    page = open_page(serve())
    choose_line(page, "In this?”")
    stood = page.locator(".choice.now .called").inner_text().strip()
    asked = page.url
    page.keyboard.press("2")
    said(page)
    assert page.url != asked
    page.keyboard.press("z")
    said(page, f"now {stood} again")
    expect(page.locator("#text .q.sel")).to_contain_text("In this?”")
    expect(page.locator(".choice.now .called")).to_contain_text(stood)
    page.keyboard.press("Shift+Z")
    said(page, "Done again")
    expect(page.locator("#text .q.sel.settled")).to_contain_text("In this?”")


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


def test_people_keep_their_places_while_their_lines_change(serve: Serve, open_page: Open) -> None:
    page = open_page(serve())
    names = page.locator("#cast .person .called")
    before = names.all_inner_texts()
    choose_line(page, "In this?”")
    page.keyboard.press(".")
    page.keyboard.press(".")
    page.keyboard.press("/")
    page.keyboard.type("Tomas")
    page.keyboard.press("Enter")
    said(page)
    now = [name for name in names.all_inner_texts() if name in before]
    assert now[:2] == before[:2]
    lines = [int(n.split()[0]) for n in page.locator("#cast > ul .lines").all_inner_texts() if n]
    assert lines != sorted(lines, reverse=True), "the correction did not change who says most"


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


def test_a_step_is_told_and_can_be_taken_back_by_a_touch(serve: Serve, open_page: Open) -> None:
    page = open_page(serve(), 390, 844, has_touch=True, is_mobile=True)
    before = page.locator("#tally").inner_text()
    page.locator("#text .m", has_text="He").first.tap()
    expect(page.locator("#tip")).to_contain_text("%")
    page.locator('#tabs [data-side="panel"]').tap()
    page.locator(".choice").first.tap()
    page.get_by_role("button", name="Undo").tap()
    said(page, "Undone")
    assert not page.locator("#toast").inner_text().rstrip().endswith("·")
    expect(page.locator("#tally")).to_have_text(before)
    page.locator("#history").tap()
    expect(page.locator("#dialog")).to_contain_text("Nothing yet")


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


def test_light_and_dark(serve: Serve, open_page: Open) -> None:
    address = serve()

    def ground(page: Page) -> str:
        return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))

    light, dark = open_page(address), open_page(address, color_scheme="dark")
    assert ground(light) != ground(dark)
    light.keyboard.press("t")
    assert ground(light) == ground(dark)
