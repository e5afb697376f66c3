"""Stories from Wattpad: saved pages, and what export tools make of them (paragraphs keep ``data-p-id``)."""

from __future__ import annotations

import re

from fabula.text.archive_lines import site_counts
from fabula.text.formats.facts import Facts
from fabula.text.formats.markup import Element, attribute, classes, local, text_of
from fabula.text.formats.page import Page
from fabula.text.words import words

NAME = "wattpad"

_SITE = words("comment comments num-comment component-wrapper share-tools vote-button btn stats meta-stats")
_HEADINGS = ("h1", "h2", "h3", "h4")
_ABOUT = re.compile(r"\W*(?:story )?(?:description|summary|synopsis|blurb)\W*", re.IGNORECASE)
_BARE = re.compile(r"(?:\W*\b\d[\d.,]*[KM]?\b){2,5}\W*")


def score(page: Page, facts: Facts) -> float:
    """How much the page speaks for Wattpad."""
    found = 3.0 * any(p.get("data-p-id") is not None for p in page.elements("p"))
    found += 1.5 * any("wattpad" in attribute(a, "href").lower() for a in page.elements("a", "link"))
    found += 1.5 * any("wattpad" in (m.get("content") or "").lower() for m in page.elements("meta"))
    return found + 2.0 * any("wattpad" in v.lower() for v in facts.all("Publisher") + facts.all("Source"))


def annotate(page: Page, facts: Facts) -> None:
    """Set the site's own lines apart; note title, author and the story's description."""
    for meta in page.elements("meta"):
        name = (meta.get("property") or meta.get("name") or "").lower()
        if name in ("og:description", "description") and meta.get("content"):
            facts.add("Summary", meta.get("content") or "")
    for part, element in enumerate(page.elements(), 1):
        names = set(classes(element))
        if names & _SITE and local(element) in ("div", "span", "button", "ul", "aside", "a", "p"):
            page.notes.dropped.add(element)
        elif names & {"author", "username", "by"} and local(element) in ("a", "span", "h2", "h3", "p", "div"):
            _author(page, element, facts, part)
        elif local(element) in ("p", "div", "span") and _figures(text_of(element, 100)):
            page.mark(element, "boilerplate", None, part)
        elif local(element) in _HEADINGS and _ABOUT.fullmatch(text_of(element, 60)):
            _about(page, element, facts, part)


def _figures(text: str) -> bool:
    """Whether a line is a site's figures, with or without their names: "1.2K 98 12"."""
    return site_counts(text) or _BARE.fullmatch(text) is not None


def _about(page: Page, heading: Element, facts: Facts, part: int) -> None:
    """What stands under "Description", to the next heading."""
    page.mark(heading, "summary", "Summary", part)
    told = []
    for element in heading.itersiblings():
        if local(element) in _HEADINGS or attribute(element, "data-p-id"):
            break
        page.mark(element, "summary", "Summary", part)
        told.append(text_of(element, 50_000))
    facts.add("Summary", " ".join(told))


def _author(page: Page, element: Element, facts: Facts, part: int) -> None:
    text = text_of(element)
    name = re.sub(r"^\s*by\b[\s:]*", "", text, flags=re.IGNORECASE).strip()
    if 0 < len(name) <= 60 and "Author" not in facts.done():
        facts.add("Author", name)
        page.mark(element, "byline", None, part)
