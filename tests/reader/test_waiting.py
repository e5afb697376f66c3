"""What is clicked while an earlier answer is on its way, what stays blind, and who is called by a pronoun."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from fabula.types import Analysis, Candidate, Entity, Mention, Span
from tests.reader.conftest import Serve
from tests.support.fake import ferry

pytest.importorskip("playwright.sync_api", reason="playwright comes with the dev extra")
from playwright.sync_api import Page, Route, expect

Open = Callable[..., Page]
SLOW = 400
"""Milliseconds that an answer takes here."""


@pytest.fixture
def slow(serve: Serve, open_page: Open) -> Page:
    """A page whose answers are a while on their way."""
    page = open_page(serve())

    def delayed(route: Route) -> None:
        page.wait_for_timeout(SLOW)
        route.continue_()

    page.route("**/do", delayed)
    return page


def test_two_clicks_on_a_candidate_are_one_answer(slow: Page) -> None:
    slow.locator(".choice").nth(1).dblclick()
    expect(slow.locator("#toast")).to_contain_text("undoes")
    slow.wait_for_selector("body:not(.busy)")
    expect(slow.locator("#settled")).to_have_text("1")


def test_another_candidate_clicked_meanwhile_answers_the_same_question(slow: Page) -> None:
    asked = slow.url.rsplit("/", 2)[1:]
    first, second = slow.locator(".choice .called").all_inner_texts()[:2]
    assert first != second
    slow.evaluate("() => document.querySelectorAll('.choice').forEach((b, k) => k < 2 && b.click())")
    expect(slow.locator("#settled")).to_have_text("1")
    expect(slow.locator("#toast")).to_contain_text(second)
    slow.wait_for_selector("body:not(.busy)")
    kind, number = asked
    slow.locator(f'[data-kind="{kind}"][data-id="{number}"]').first.click(position={"x": 2, "y": 2})
    expect(slow.locator(".choice.now .called")).to_have_text(second)


def test_a_line_clicked_meanwhile_is_gone_to(slow: Page) -> None:
    slow.evaluate(
        """() => {
          document.querySelector(".choice").click();
          [...document.querySelectorAll("#text .q")].find((q) => q.textContent.includes("Friday,")).click();
        }"""
    )
    expect(slow.locator("#settled")).to_have_text("1")
    expect(slow.locator("#panel blockquote")).to_contain_text("Friday,")


def test_a_blind_question_stays_blind_at_its_address(serve: Serve, open_page: Open) -> None:
    page = open_page(serve())
    page.keyboard.press("b")
    expect(page.locator("#panel .where")).to_contain_text("Blind")
    assert "/blind/" in page.url
    asked = page.locator("#question").inner_text()
    page.reload()
    expect(page.locator("#panel .where")).to_contain_text("Blind")
    expect(page.locator("#question")).to_have_text(asked)
    assert page.locator(".choice.now").count() == 0
    assert page.locator(".why").count() == 0
    assert "blind" in (page.locator("body").get_attribute("class") or "")
    found = json.loads(page.request.get(f"{page.url}.json").text())
    assert sorted(found) == ["end", "id", "kind", "start"], "the address tells no more to a program"


def test_who_is_only_a_pronoun_is_called_by_some_words(serve: Serve, open_page: Open) -> None:
    page = open_page(serve(analysis=with_a_you(ferry()), name="you"))
    found = page.request.get(page.evaluate("document.baseURI") + "cast.json").text()
    names = [p["name"] for p in json.loads(found)["people"]]
    assert "you" not in names
    assert any(n.startswith("somebody (“") for n in names)


def with_a_you(analysis: Analysis) -> Analysis:
    """The story with somebody whom only one pronoun means, a candidate for it."""
    m = next(m for m in analysis.mentions if m.kind == "PRON" and m.type == "PER")
    new = max(e.id for e in analysis.entities) + 1
    you = Entity(new, "you", (), "PER", "sing", {"you": 1}, None, (), 1)
    moved: Mention = replace(m, entity=new, confidence=0.5, candidates=(Candidate(new, 0.5),))
    assert isinstance(moved.head, Span)
    return replace(
        analysis,
        entities=(*analysis.entities, you),
        mentions=tuple(moved if x.id == m.id else x for x in analysis.mentions),
    )
