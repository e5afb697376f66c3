"""Books from Project Gutenberg, HTML and EPUB: header and footer set apart, page numbers, notes.

Older files have the header and the licence as plain paragraphs: these the rules for plain text find.
"""

from __future__ import annotations

import re

from fabula.text.formats.facts import Facts
from fabula.text.formats.markup import attribute, classes, local, text_of
from fabula.text.formats.page import Page

NAME = "gutenberg"

_FRAMES = frozenset({"pg-header", "pg-footer", "pg-machine-header", "pg-start-separator", "pg-end-separator"})
_FRAME_CLASSES = frozenset({"pg-boilerplate", "pgheader", "pgfooter", "x-ebookmaker-cover"})
_SAYS = re.compile(r"project gutenberg", re.IGNORECASE)
_FACT = re.compile(
    r"(Title|Author|Language|Translator|Illustrator|Editor|Release date|Credits)\s*:\s*(\S.*)", re.DOTALL
)


def score(page: Page, facts: Facts) -> float:
    """How much the page speaks for Project Gutenberg."""
    found = 3.0 * bool(page.ids() & _FRAMES) + 2.0 * ("Project Gutenberg" in " ".join(facts.all("Publisher")))
    found += 2.0 * any("gutenberg.org" in value for value in facts.all("Identifier") + facts.all("Source"))
    for place, element in enumerate(page.elements("p", "pre", "div", "h1", "h2")):
        text = (element.text or "")[:4000]
        if "*** START OF TH" in text.upper() and _SAYS.search(text):
            found += 3.0
        if place < 12 and _SAYS.search(text):
            found += 1.0
    return found


def annotate(page: Page, facts: Facts) -> None:
    """Say what the page's elements are; add what the header declares to ``facts``."""
    for part, element in enumerate(page.elements(), 1):
        framed = attribute(element, "id") in _FRAMES or _FRAME_CLASSES & set(classes(element))
        if not framed or local(element) not in ("div", "section", "header", "footer", "pre", "p"):
            continue
        page.mark(element, "boilerplate", "Project Gutenberg", 1 if part < 200 else 2)
        for line in element.iter():
            if local(line) in ("p", "li"):
                m = _FACT.fullmatch(text_of(line))
                if m is not None:
                    facts.add(m[1].capitalize(), m[2])
