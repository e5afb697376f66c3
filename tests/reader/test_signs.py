"""The signs that stand for people, what is drawn again after a correction, and what a range marks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations

import pytest

from tests.reader.conftest import Serve
from tests.support.fake import fake_analysis, ferry

pytest.importorskip("playwright.sync_api", reason="playwright comes with the dev extra")
from playwright.sync_api import Page, expect

from tests.reader.hands import Open, said

NAMELESS = (
    "[Ann:Ann] opened the door.\n\n"
    "{{he>Ann|“Is this the right house?”}} asked [he:he] on the step, and [his:he] hat dripped.\n\n"
    "{{she>Ann|“It is the only house.”}} said [she:she] behind [him:he].\n\n"
    "{{Ann>he|“Then come in, both of [you:he].”}}\n"
)
ONE_LINE = (
    "{{Ann .5 Bo .4>Bo|“Sir?”}} [she:Ann] called. {{Ann>Bo|“What name?”}}\n\n"
    "{{Ann>Bo|“Yes?”}} {{Bo>Ann|“No.”}} {{Ann .5 Bo .4>Bo|“Well?”}}\n\n"
    "{{Bo>Ann|“I said no,”}} said [Bo:Bo], "
    + "and went on to the end of the long wet street where nobody lives, " * 4
    + "{{Ann>Bo|“and I heard you.”}}\n"
)


def signs(page: Page) -> list[str]:
    """What stands in the margin and can be seen."""
    seen: list[str] = page.locator("#text .initial").evaluate_all(
        "all => all.filter(e => getComputedStyle(e).visibility === 'visible').map(e => e.textContent)"
    )
    return seen


def test_those_without_a_name_have_a_number_everywhere(serve: Serve, open_page: Open) -> None:
    page = open_page(serve(fake_analysis(NAMELESS), name="nameless"))
    assert signs(page) == ["#1", "#2", "A"]
    rows = page.locator("#cast .person")
    assert rows.locator(".dot").all_inner_texts() == ["#1", "A", "#2"]
    assert rows.locator(".called").all_inner_texts() == ["somebody #1", "Ann", "somebody #2"]
    expect(rows.first.locator(".also")).to_contain_text("“he on the”")
    assert page.locator("#strip .names li").all_inner_texts()[:3] == ["somebody #1", "Ann", "somebody #2"]
    page.locator(".q", has_text="right house").click()
    expect(page.locator(".choice.now .dot")).to_have_text("#1")
    expect(page.locator(".choice.now .called")).to_contain_text("somebody (“he on the”)")
    page.keyboard.press("i")
    assert page.locator(".named").all_inner_texts()[0] == "somebody #1"


def test_a_name_is_asked_for_from_nothing_where_there_is_none(serve: Serve, open_page: Open) -> None:
    page = open_page(serve(fake_analysis(NAMELESS), name="nameless"))
    field = page.locator("#dialog input")
    page.locator(".q", has_text="right house").click()
    page.keyboard.press("r")
    expect(page.locator("#dialog h2")).to_contain_text("somebody (“he on the”)")
    expect(field).to_have_value("")
    page.keyboard.type("Oskar")
    page.keyboard.press("Enter")
    said(page, "somebody (“he on the”) is called Oskar")
    assert signs(page) == ["O", "#2", "A"], "whoever else has no name keeps the number"
    page.locator(".q", has_text="right house").click()
    page.keyboard.press("r")
    expect(field).to_have_value("Oskar")


@pytest.mark.parametrize(
    ("called", "sign"),
    [("the taller man", "T"), ("his sister’s girl", "S"), ("Mrs. Okafor", "O"), ("our old judge", "O"),
     ("an “elf”", "E"), ("Thea", "T"), ("Anna", "A"), ("–", "·")],
)  # fmt: skip
def test_an_initial_is_that_of_the_word_that_tells(
    serve: Serve, open_page: Open, called: str, sign: str
) -> None:
    base = ferry()
    named = tuple(replace(e, name=called) if e.name == "Imre" else e for e in base.entities)
    page = open_page(serve(replace(base, entities=named), name="called"))
    expect(page.locator("#cast .person", has_text=called).first.locator(".dot")).to_have_text(sign)


@pytest.mark.parametrize("width", [390, 1280])
def test_no_two_signs_stand_on_one_another(serve: Serve, open_page: Open, width: int) -> None:
    page = open_page(serve(fake_analysis(ONE_LINE), name="one-line"), width)
    assert signs(page)[:2] == ["A?", "A? B"]
    # Where the line is broken elsewhere the two who share a paragraph have a sign each.
    assert signs(page)[2:] == ["B", "A"]
    shown = page.locator("#text .initial:not(.joined)")
    boxes = [b for b in (e.bounding_box() for e in shown.all()) if b is not None]
    assert len(boxes) == 4
    for a, b in combinations(boxes, 2):
        assert a["y"] + a["height"] <= b["y"] + 2 or b["y"] + b["height"] <= a["y"] + 2
    assert all(
        b["x"] >= page.evaluate("document.getElementById('main').getBoundingClientRect().x") for b in boxes
    )


def test_signs_follow_the_lines_when_the_window_changes(serve: Serve, open_page: Open) -> None:
    short = "{{Bo>Ann|“No,”}} said [Bo:Bo], and looked at the long wet street. {{Ann>Bo|“Yes.”}}\n"
    page = open_page(serve(fake_analysis(short), name="short"), 1920)
    assert signs(page) == ["B A"]
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.locator("#text .initial").first).to_have_text("B")
    assert signs(page) == ["B", "A"]
    page.set_viewport_size({"width": 1920, "height": 1080})
    expect(page.locator("#text .initial").first).to_have_text("B A")


def drawn_anew(page: Page, act: Callable[[], None]) -> set[str]:
    """The beginnings of the paragraphs that were drawn again by ``act``."""
    page.evaluate("document.querySelectorAll('#text .block').forEach(e => { e.old = true; })")
    act()
    said(page)
    found: list[str] = page.locator("#text .block").evaluate_all(
        "all => all.filter(e => !e.old).map(e => e.dataset.start)"
    )
    return set(found)


def around(page: Page, words: str) -> str:
    found = page.locator("#text .block", has_text=words).first.get_attribute("data-start")
    assert found is not None
    return found


def test_only_paragraphs_with_what_changed_are_drawn_again(serve: Serve, open_page: Open) -> None:
    page = open_page(serve())
    page.locator(".q", has_text="Friday,”").first.click()
    blocks = page.locator("#text .block").count()
    anew = drawn_anew(page, lambda: page.keyboard.press("2"))
    assert around(page, "Friday,”") in anew
    touched = page.locator("#text .block:has(.flash)").evaluate_all("all => all.map(e => e.dataset.start)")
    assert set(touched) <= anew
    assert len(anew) < blocks / 3
    assert around(page, "Halvard had tied the boat badly") not in anew


def test_a_new_name_is_drawn_wherever_it_may_stand(serve: Serve, open_page: Open) -> None:
    page = open_page(serve())
    page.keyboard.press("i")

    def rename() -> None:
        page.locator(".m", has_text="Halvard").first.click()
        page.keyboard.press("r")
        page.keyboard.type("Oskar")
        page.keyboard.press("Enter")

    anew = drawn_anew(page, rename)
    assert len(anew) == page.locator("#text .block").count()
    assert "Halvard" not in page.locator(".named").all_inner_texts()


RANGE = (
    "[Ann:Ann] said that [he:Bo .5 Cy .4] had [his:Bo .5 Cy .4] coat, "
    "and [she:Ann] had seen [him:Bo .5 Cy .4].\n\n"
    "[Bo:Bo] and [Cy:Cy] laughed.\n\n[He:Cy .5 Bo .4] laughed longest.\n"
)


def test_a_range_marks_what_it_answers_and_nothing_else(serve: Serve, open_page: Open) -> None:
    page = open_page(serve(fake_analysis(RANGE), name="range"))

    def within() -> list[str]:
        return page.locator("#text .within").all_inner_texts()

    page.locator(".m", has_text="he").first.click()
    page.keyboard.press("x")
    assert within() == ["he"]
    for _ in range(3):
        page.keyboard.press("n")
    assert within() == ["he", "his", "him"]
    expect(page.locator("#question")).to_have_text("Who is “he” in these 3 places?")
    page.keyboard.press("Enter")
    expect(page.locator("#toast")).to_contain_text("A range is open")
    page.keyboard.press("Escape")
    assert within() == []
    expect(page.locator("#question")).to_have_text("Who is “him” here?")
    page.locator(".m", has_text="he").first.click()
    page.keyboard.press("x")
    page.keyboard.press("n")
    page.keyboard.press("n")
    expect(page.locator("#question")).to_have_text("Who is “he” in these 2 places?")
    page.keyboard.press("2")
    said(page, "“he” and 1 more mean Cy")
    expect(page.locator("#question")).not_to_contain_text("places")


def test_a_range_that_ends_at_another_word_says_what_is_asked(serve: Serve, open_page: Open) -> None:
    page = open_page(serve(fake_analysis(RANGE), name="range"))
    page.locator(".m", has_text="she").first.click()
    page.keyboard.press("x")
    page.keyboard.press("n")
    expect(page.locator("#question")).to_have_text("Who is “she” where the range begins?")
    expect(page.locator(".choice.now .called")).to_have_text("Ann")
