"""Downloads from the Archive of Our Own: HTML as it comes, EPUB as calibre leaves it.

calibre numbers classes ("userstuff2") and parts the page into files, so neither the whole frame
(``#preface``, ``#chapters``, ``#afterword``) nor any one class can be relied on; labels stand in the
singular where there is one tag.
"""

from __future__ import annotations

import re

from fabula.text import header_lines as header
from fabula.text.formats.facts import LISTS, Facts, one_name
from fabula.text.formats.front import same_words
from fabula.text.formats.markup import Element, attribute, classes, local, text_of
from fabula.text.formats.page import Page
from fabula.text.words import words
from fabula.types import SegmentKind

NAME = "ao3"

_KEYS = words(
    "rating ratings category categories fandom fandoms relationship relationships character characters "
    "language series collections stats"
) | {"archive warning", "archive warnings", "additional tag", "additional tags"}
_FRAMES = ("preface", "afterword")
_POSTED = re.compile(r"posted originally on the\b|archive of our own", re.IGNORECASE)
_ENDNOTES = re.compile(r"endnotes\d*")
_SEE = re.compile(r"\(?\s*see the end of the (?:work|chapter) for\b.{0,60}", re.IGNORECASE)


def score(page: Page, facts: Facts) -> float:
    """How much the page speaks for AO3."""
    ids = page.ids()
    found = 1.5 * bool(ids & {"preface", "afterword"}) + 0.5 * ("chapters" in ids)
    found += 2.0 * ("Archive of Our Own" in " ".join(facts.all("Publisher")))
    for element in page.elements("dl"):
        keys = {text_of(dt).strip(" :").lower() for dt in element if local(dt) == "dt"}
        found += min(0.75 * len(keys & _KEYS), 3.0)
    words = {name for element in page.elements("div", "blockquote", "h2") for name in classes(element)}
    found += 0.5 * ("userstuff" in words) + 0.5 * ("toc-heading" in words) + 0.25 * ("meta" in words)
    for link in page.elements("a"):
        if "archiveofourown.org" in attribute(link, "href"):
            return found + 1.0
    return found


def annotate(page: Page, facts: Facts) -> None:
    """Say what the page's elements are; add its tags, title, author and summary to ``facts``."""
    frame = _frame(page)
    for part, element in enumerate(page.elements(), 1):
        tag, names, name_id = local(element), classes(element), attribute(element, "id")
        if (tag == "body" and frame) or name_id in _FRAMES or ("meta" in names and tag == "div"):
            page.mark(element, "boilerplate", None, part)
        elif name_id == "chapters" or ("userstuff" in names and tag == "div" and not _noted(page, element)):
            page.mark(element, None)
        elif tag == "dl":
            _tags(page, element, facts, part)
        elif tag == "h1" and (
            "Title" not in facts.done() or same_words(facts.first("Title") or "", text_of(element))
        ):
            facts.add("Title", text_of(element))
            page.mark(element, "title", None, part)
        elif "byline" in names:
            _byline(page, element, facts, part)
        elif tag == "h2" or "toc-heading" in names:
            outside = text_of(element).lower() in _FRAMES
            page.mark(element, "boilerplate" if outside else "heading", text_of(element) or None, part)
        elif "message" in names and _POSTED.search(text_of(element)):
            _posted(element, facts)
            page.mark(element, "boilerplate", None, part)
        elif "endnote-link" in names or (tag in ("p", "div") and _SEE.fullmatch(text_of(element))):
            page.mark(element, "boilerplate", None, part)
        elif tag == "p":
            _section(page, element, facts, part)


def _frame(page: Page) -> str:
    """ "preface" or "afterword" where the whole page is that, as in an EPUB; else ""."""
    if "chapters" in page.ids():
        return ""
    for element in page.elements("h2", "h1"):
        text = text_of(element).lower()
        if text in _FRAMES:
            return text
    return ""


def _noted(page: Page, element: Element) -> bool:
    """Whether the element stands in something that has been given a role of its own already."""
    above = element.getparent()
    while above is not None:
        role = page.notes.roles.get(above)
        if role is not None:
            return role.kind is not None
        above = above.getparent()
    return False


def _tags(page: Page, element: Element, facts: Facts, part: int) -> None:
    key = ""
    known = 0
    for child in element:
        if local(child) == "dt":
            key = text_of(child).strip(" :")
            known += key.lower() in _KEYS
        elif local(child) == "dd" and key:
            links = [text_of(a) for a in child.iter() if local(a) == "a"]
            if one_name(key) in LISTS and links:
                facts.add(key, *links)
            else:
                facts.add_line(key, text_of(child))
    if known:
        page.mark(element, "tags", "Tags", part)


def _byline(page: Page, element: Element, facts: Facts, part: int) -> None:
    text = text_of(element)
    known = facts.all("Author")
    linked = [text_of(a) for a in element.iter() if local(a) == "a" and attribute(a, "rel") == "author"]
    if not known or (len(linked) > len(known) and not same_words(" ".join(linked), " ".join(known))):
        # Of several authors the book's own description may have the first only.
        facts.add("Author", *(linked or [header.byline(text) or text.removeprefix("by").strip()]))
    page.mark(element, "byline", None, part)


def _posted(element: Element, facts: Facts) -> None:
    for link in element.iter():
        if local(link) == "a" and "/works/" in attribute(link, "href"):
            facts.add("Story URL", attribute(link, "href"))


def _section(page: Page, element: Element, facts: Facts, part: int) -> None:
    """A label ("Summary", "Chapter End Notes"), the gifts and sources under it, and the block quote."""
    text = text_of(element)
    section = header.section_label(text)
    under = element.getnext()
    role = page.notes.roles.get(element.getparent())
    framed = role is not None and role.kind is not None
    if (
        section is None
        or under is None
        or not (framed or _ENDNOTES.fullmatch(attribute(element.getparent(), "id")))
    ):
        return
    kind: SegmentKind = "summary" if section[0] == "summary" else "note"
    page.mark(element, kind, section[1], part)
    while under is not None and "associations" in classes(under):
        page.mark(under, kind, section[1], part)
        under = under.getnext()
    if under is None:
        return
    if local(under) == "blockquote" or "userstuff" in classes(under):
        page.mark(under, kind, section[1], part)
        told = text_of(under, 50_000)
        # The book's own description says the same, with other blanks.
        again = any(same_words(told, known) for known in facts.all("Summary"))
        if kind == "summary" and "chapter" not in text.lower() and not again:
            facts.add("Summary", told)
