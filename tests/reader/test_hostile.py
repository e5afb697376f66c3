"""A story that tries to be a program, and one as long as two novels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from fabula.contract import from_dict, to_dict
from fabula.ledger.bonds import find_bonds
from fabula.types import Act, Analysis, Emotion, Span
from tests.reader.conftest import TOKEN, Serve
from tests.support.fake import fake_analysis, novel

pytest.importorskip("playwright.sync_api", reason="playwright comes with the dev extra")
from playwright.sync_api import Page, expect

Open = Callable[..., Page]
EVIL = (
    '<script>window.bad=1</script><img src=x onerror="window.bad=2"><a href="javascript:window.bad=3">x</a>'
)
HOSTILE = (
    "[Ann:Ann] wrote " + EVIL + " on the wall.\n\n"
    "{{Ann>Bo|“</p><script>window.bad=4</script> \u202ereversed\u202c \u2066\u200f ${window.bad=5} ”}} "
    "[she:Ann .5 Bo .4] said.\n\n"
    "{{Bo .5 Ann .4>Ann|“\x07\x1b[31m&lt;b&gt; \U0001f600 — ‘javascript:alert(1)’”}}\n"
)


def hostile() -> Analysis:
    data = to_dict(fake_analysis(HOSTILE))
    for entity, name in zip(data["entities"], (EVIL, "\u202eoB\u202c"), strict=False):
        entity["name"] = name
    data["story"]["title"] = EVIL
    data["story"]["author"] = "\u202ey" + EVIL
    found = from_dict(data, "hostile")
    span = Span(0, 60)
    acts = tuple(Act(k, EVIL, k, 1 - k, span, span, "narration", False, False, 0.9) for k in (0, 1))
    told = replace(found, acts=acts, emotions=(Emotion(0, 0, EVIL, 0.1, span, "speech", False, False, 0.9),))
    return replace(told, bonds=find_bonds(told))


def test_a_story_is_shown_and_never_obeyed(serve: Serve, open_page: Open) -> None:
    asked: list[str] = []
    address = serve(hostile())
    page = open_page(address)
    page.on("request", lambda request: asked.append(request.url))
    page.keyboard.press("2")
    page.keyboard.press("i")
    for view in ("scenes", "network", "feelings", "bonds", "at", "text"):
        page.locator(f'#views [data-view="{view}"]').click()
        if view == "bonds":
            page.locator(".pairs a").first.click()
            page.wait_for_selector(".bond-scenes")
        if view == "at":
            page.get_by_label("Sentences so far").press("End")
            page.wait_for_selector(".state:not([data-late])")
        assert not set(page.locator("#view").inner_html()) & set("\u202e\u202c\u2066\u200f")
    page.keyboard.press("/")
    page.keyboard.type(EVIL + "!")
    page.keyboard.press("Enter")
    expect(page.locator("#toast")).to_contain_text(EVIL + "!")
    expect(page.locator("#cast")).to_contain_text(EVIL + "!")
    page.locator('#views [data-view="network"]').click()
    with page.expect_download() as kept:
        page.get_by_role("button", name="SVG").click()
    assert b"<script" not in Path(kept.value.path()).read_bytes()
    page.locator('#views [data-view="text"]').click()
    page.locator("#history").click()
    expect(page.locator("#dialog")).to_contain_text("onerror=")
    assert page.evaluate("window.bad") is None
    assert page.locator("#text script, #text img, #text a, #cast img, #panel img, #dialog img").count() == 0
    shown = page.locator("#text").text_content() or ""
    assert EVIL in shown
    assert not set(page.locator("body").text_content() or "") & set("\u202e\u202c\u2066\u200f\x07\x1b")
    assert "\U0001f600" in shown
    told = page.evaluate(
        """() => [...document.querySelectorAll("[title], [aria-label], [aria-valuetext]")]
          .flatMap((e) => ["title", "aria-label", "aria-valuetext"].map((a) => e.getAttribute(a)))
          .join(" ")"""
    )
    assert "\u2426y" in told and not set(told) & set("\u202e\u202c\u2066\u200f\x07\x1b")
    assert asked and all(url.startswith((address, f"blob:{address.split(TOKEN)[0][:-1]}")) for url in asked)


def test_offsets_after_wide_characters_are_right(serve: Serve, open_page: Open) -> None:
    page = open_page(
        serve(
            fake_analysis(
                "\U0001f600\U0001f600 [Ann:Ann] slept. {{Ann>-|“No \U0001f600.”}} [She:Ann .5 Bo .4] woke."
            )
        )
    )
    assert page.locator(".m").all_inner_texts() == ["Ann", "She"]
    assert page.locator(".q").evaluate("q => q.lastChild.textContent") == "“No \U0001f600.”"


@pytest.mark.parametrize("marked", ["", "Rain.", "[He:? .4 Ann .4] left."])
def test_a_story_with_hardly_anything_in_it(serve: Serve, open_page: Open, marked: str) -> None:
    page = open_page(serve(fake_analysis(marked)))
    for key in ("j", "k", "1", "u", "Enter", "z", "x", "n", "b", "i"):
        page.keyboard.press(key)
    for view in ("scenes", "network", "text"):
        page.locator(f'[data-view="{view}"]').click()


def test_a_long_novel_is_windowed(serve: Serve, open_page: Open) -> None:
    page = open_page(serve(novel(200_000)))

    def nodes() -> int:
        return int(page.evaluate("document.querySelectorAll('#text *').length"))

    assert nodes() < 6000
    root: Any = page.locator("#text")
    high = root.evaluate("e => e.scrollHeight")
    assert high > 200_000
    root.evaluate("e => { e.scrollTop = e.scrollHeight; }")
    page.wait_for_selector(".chunk:last-child .block")
    assert nodes() < 6000
    page.keyboard.press("k")
    expect(page.locator("#text .sel")).to_be_visible()
    page.keyboard.press("1")
    expect(page.locator("#toast")).to_contain_text("undoes")
