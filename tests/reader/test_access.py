"""axe-core finds nothing serious, at three widths, light and dark, in every view; everything by keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.reader.conftest import Serve

pytest.importorskip("playwright.sync_api", reason="playwright comes with the dev extra")
pytest.importorskip("axe_playwright_python", reason="axe-playwright-python comes with the dev extra")
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

Open = Callable[..., Page]
SIZES = {"phone": (390, 844), "laptop": (1280, 800), "wide": (1920, 1080)}


def serious(page: Page) -> list[str]:
    page.wait_for_timeout(250)
    found = Axe().run(page).response["violations"]
    return [
        f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in found if v["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_serious(serve: Serve, open_page: Open, size: str, scheme: str) -> None:
    page = open_page(serve(), *SIZES[size], color_scheme=scheme)
    assert serious(page) == []
    if size == "phone":
        for side in ("cast", "panel", "views"):
            page.locator(f'#tabs [data-side="{side}"]').click()
            assert serious(page) == []
        return
    for view in ("scenes", "network"):
        page.locator(f'[data-view="{view}"]').click()
        assert serious(page) == []
    page.keyboard.press("?")
    assert serious(page) == []


def test_a_phone_has_its_sides_as_sheets_and_nothing_runs_over(serve: Serve, open_page: Open) -> None:
    page = open_page(serve(), *SIZES["phone"])
    expect(page.locator("#panel")).to_be_hidden()
    page.locator('#tabs [data-side="panel"]').click()
    expect(page.locator("#panel")).to_be_visible()
    page.locator(".choice").first.click()
    expect(page.locator("#toast")).to_contain_text("undoes")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_phone_asks_the_worst_doubt_at_first_sight(serve: Serve, open_page: Open) -> None:
    page = open_page(serve(), *SIZES["phone"])
    expect(page.locator("#ask")).to_be_in_viewport()
    asked = page.locator("#question").text_content() or ""
    assert asked.endswith("?") and asked in page.locator("#ask").inner_text()
    page.locator("#ask").click()
    expect(page.locator("#question")).to_be_in_viewport()
    expect(page.locator("#ask")).to_be_hidden()
    page.get_by_role("button", name="Next doubt").click()
    expect(page.locator("#panel .where")).to_contain_text("Doubt 2 of")


def test_a_phone_tells_what_an_answer_did_where_it_hides_neither_line_nor_question(
    serve: Serve, open_page: Open
) -> None:
    page = open_page(serve(), *SIZES["phone"])
    page.locator("#ask").click()
    page.locator(".choice").first.click()
    expect(page.locator("#toast")).to_contain_text("Undo")
    page.wait_for_timeout(1300)  # the text has moved to the next doubt

    def box(selector: str) -> tuple[float, float]:
        found = page.locator(selector).first.bounding_box()
        assert found is not None
        return found["y"], found["y"] + found["height"]

    told = box("#toast")
    for other in ("#text .sel", "#question"):
        top, bottom = box(other)
        assert bottom <= told[0] or top >= told[1], other


def test_links_that_skip_go_to_their_part_of_this_page(serve: Serve, open_page: Open) -> None:
    page = open_page(serve())
    address = page.url
    assert "/doubts/" in address
    for part, steps in (("text", 1), ("panel", 2)):
        page.evaluate("document.activeElement.blur()")
        page.locator("body").press("Shift+Tab")  # whatever had the focus, the next Tab begins at the top
        page.evaluate("document.querySelector('.skip').focus()")
        for _ in range(steps - 1):
            page.keyboard.press("Tab")
        expect(page.locator(".skip:focus")).to_be_in_viewport()
        page.keyboard.press("Enter")
        expect(page.locator(f"#{part}")).to_be_focused()
        assert page.url == address
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Previous doubt")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator(".choice").first).to_be_focused()


def test_the_focus_is_seen_wherever_the_tab_key_takes_it(serve: Serve, open_page: Open) -> None:
    page = open_page(serve())
    page.evaluate("document.querySelector('.skip').focus()")
    seen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        # A radio button and a range are drawn by what stands around them.
        found = page.evaluate(
            """() => {
              const e = document.activeElement;
              if (e === document.body) return null;
              const drawn = e.matches("#strip input") ? e.parentElement
                : e.matches("[type=radio]") ? e.nextElementSibling : e;
              const style = getComputedStyle(drawn);
              const width = parseFloat(style.outlineWidth);
              return [e.id || e.className || e.textContent, style.outlineStyle, width];
            }"""
        )
        if found is None:
            break
        seen.append(found)
    names = [name for name, _, _ in seen]
    assert {"text", "history", "help"} <= set(names) and any("choice" in name for name in names)
    assert [name for name, style, width in seen if style == "none" or not width] == []


def test_a_dialog_takes_the_focus_where_nothing_is_done_by_accident_and_gives_it_back(
    serve: Serve, open_page: Open
) -> None:
    page = open_page(serve())
    page.keyboard.press("Enter")
    expect(page.locator("#toast")).to_contain_text("undoes")
    page.locator("#history").press("Enter")
    expect(page.get_by_role("dialog")).to_have_accessible_name("What you have settled")
    expect(page.get_by_role("button", name="Close")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#history")).to_be_focused()
    expect(page.locator("#history")).to_have_accessible_name("History: 1 settled")
    page.keyboard.press("/")
    field = page.get_by_role("combobox", name="Name")
    expect(field).to_be_focused()
    page.keyboard.press("ArrowDown")
    chosen = page.locator('#found [aria-selected="true"]')
    expect(chosen).to_have_count(1)
    assert field.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    page.keyboard.press("Escape")
    expect(page.locator("#history")).to_be_focused()


def test_a_question_is_told_to_those_who_listen_once(serve: Serve, open_page: Open) -> None:
    page = open_page(serve())
    asked = page.locator("#question").inner_text()
    expect(page.locator("#live")).to_contain_text(asked)
    expect(page.get_by_role("list", name=asked)).to_have_count(1)
    assert page.locator('[aria-live="polite"]').count() == 2, "the question, and what an answer did"


def test_every_button_has_a_name(serve: Serve, open_page: Open) -> None:
    page = open_page(serve())
    for button in page.get_by_role("button").all():
        assert button.get_attribute("aria-label") or button.inner_text().strip()
