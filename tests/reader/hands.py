"""What tests of the page do by hand and look at."""

from __future__ import annotations

from collections.abc import Callable

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
