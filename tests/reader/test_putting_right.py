"""Putting right by keyboard: every action, its undoing, and what two windows see of one another."""

from __future__ import annotations

import pytest

from tests.reader.conftest import Serve

pytest.importorskip("playwright.sync_api", reason="playwright comes with the dev extra")
from playwright.sync_api import Page, expect

from tests.reader.hands import Open, choose_line, said, speaker


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


def _each_sees_the_other(one: Page, two: Page) -> None:
    """A line is settled in either; both show both."""
    choose_line(one, "Friday,”")
    one.keyboard.press("2")
    said(one)
    expect(two.locator(".q.settled", has_text="Friday,”")).to_have_count(1)
    choose_line(two, "In this?”")
    two.keyboard.press("u")
    expect(one.locator(".q.settled")).to_have_count(2)


def test_two_windows_do_not_lose_each_others_work(serve: Serve, open_page: Open) -> None:
    address = serve()
    one, two = open_page(address), open_page(address)
    _each_sees_the_other(one, two)
    expect(two.locator(".q.settled")).to_have_count(2)


def test_two_programs_on_one_story_see_each_other(serve: Serve, open_page: Open) -> None:
    one, two = open_page(serve()), open_page(serve())
    _each_sees_the_other(one, two)
    one.keyboard.press("z")
    expect(two.locator(".q.settled")).to_have_count(1)
    expect(two.locator(".q.settled", has_text="Friday,”")).to_have_count(1)


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
