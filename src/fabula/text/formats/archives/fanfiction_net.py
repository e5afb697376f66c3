"""Pages saved from fanfiction.net and files in its style: a profile, the story, a list of chapters."""

from __future__ import annotations

from fabula.text.archive_lines import fanfiction_line
from fabula.text.formats.facts import Facts
from fabula.text.formats.markup import Element, attribute, classes, local, text_of
from fabula.text.formats.page import Page

NAME = "fanfiction.net"

_STORY = {"storytext", "storycontent"}
"""What the story itself is called, on the site and on its pages for telephones."""


def score(page: Page, facts: Facts) -> float:
    """How much the page speaks for fanfiction.net."""
    ids = page.ids()
    found = 2.0 * bool(ids & _STORY) + 1.5 * ("profile_top" in ids) + 1.0 * ("chap_select" in ids)
    names = {name for element in page.elements("div", "b", "span") for name in classes(element)}
    found += 1.0 * ("xcontrast_txt" in names) + 1.0 * bool(names & _STORY)
    for element in page.elements("span", "p", "div"):
        text = text_of(element) if len(element) < 12 else ""
        if len(text) < 600 and fanfiction_line(text):
            return found + 2.0
    return found


def annotate(page: Page, facts: Facts) -> None:
    """Keep the profile and the story; the rest of a saved page is the site."""
    story = _by_id(page, *sorted(_STORY))
    profile = _by_id(page, "profile_top")
    for element in page.elements("span", "p", "div"):
        text = text_of(element) if len(element) < 12 else ""
        found = fanfiction_line(text) if len(text) < 600 else {}
        if found:
            facts.update(found)
            page.mark(element, "tags", None, 3)
    if profile is not None:
        _profile(page, profile, facts)
    if story is None:
        return
    page.mark(story, None)
    if profile is None:
        _around(page, story, facts)
        _chapter(page, story)
        return
    keep = {element for top in (story, profile) if top is not None for element in (*top.iterancestors(), top)}
    for element in [e for top in keep for e in top if top is not story and top is not profile]:
        if element not in keep and local(element) != "head":
            page.notes.dropped.add(element)
    _chapter(page, story)


def _by_id(page: Page, *names: str) -> Element | None:
    return next((e for e in page.elements() if attribute(e, "id") in names), None)


def _around(page: Page, story: Element, facts: Facts) -> None:
    """On a page for telephones: shelf and facts stand above the story, buttons and forms below it."""
    page.notes.dropped.update(story.itersiblings())
    for element in story.itersiblings(preceding=True):
        for line in element.itertext():
            found = fanfiction_line(line)
            if found:
                facts.update(found)
                page.mark(element, "tags", None, 3)


def _profile(page: Page, profile: Element, facts: Facts) -> None:
    page.mark(profile, "boilerplate", None, 4)
    summary = ""
    for element in profile:
        text = text_of(element)
        link = attribute(element, "href")
        if local(element) == "b" and "Title" not in facts.done():
            facts.add("Title", text)
            page.mark(element, "title", None, 1)
        elif local(element) == "a" and link.startswith(("/u/", "https://www.fanfiction.net/u/")):
            facts.add("Author", text)
            page.mark(element, "byline", None, 2)
        elif local(element) == "div" and "xcontrast_txt" in classes(element) and len(text) > len(summary):
            summary = text
            page.mark(element, "summary", "Summary", 5)
    facts.add("Summary", summary)


def _chapter(page: Page, story: Element) -> None:
    """The chapter's name stands in the list of chapters only: set it over the story as a heading."""
    from lxml import etree

    for option in page.elements("option"):
        if option.get("selected") is not None and text_of(option):
            heading = etree.Element("h2")
            heading.text = text_of(option)
            first = story.text
            story.text = None
            heading.tail = first
            story.insert(0, heading)
            page.mark(heading, "heading", heading.text, 6)
            return
