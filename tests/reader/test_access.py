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


def test_every_button_has_a_name(serve: Serve, open_page: Open) -> None:
    page = open_page(serve())
    for button in page.get_by_role("button").all():
        assert button.get_attribute("aria-label") or button.inner_text().strip()
