"""Files that FanFicFare writes: HTML on one page, EPUB with a title page, contents and a log.

Users edit its templates, so features are counted: classes, anchors, meta elements, the labels of its table.
"""

from __future__ import annotations

import re

from fabula.text.formats.facts import Facts
from fabula.text.formats.front import LONGEST_HEADING
from fabula.text.formats.markup import Element, attribute, classes, local, text_of
from fabula.text.formats.page import Page
from fabula.text.words import words

NAME = "fanficfare"

_SECTION = re.compile(r"section\d{3,4}")
_LABELS = words(
    "category genre language characters relationships ships series status published updated packaged "
    "rating warnings chapters words publisher summary"
) | {"story url", "author url", "story id", "author id", "last updated", "content rating", "word count"}
_LABELLED = ("b", "strong", "i", "em", "u", "th", "td", "dt")
_TOOL = re.compile(r"fanficfare|fanfictiondownloader|fanficdownloader", re.IGNORECASE)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LARGE = ("b", "strong", "big", "center", "font", "u")
_METAS = frozenset({"chapterurl", "chapterorigtitle", "chaptertoctitle", "chaptertitle"})


def score(page: Page, facts: Facts) -> float:
    """How much the page speaks for FanFicFare."""
    body = {name for element in page.elements("body", "h3") for name in (element.get("class") or "").split()}
    found = 3.0 * any(name.startswith("fff_") for name in body)
    anchors = [a for a in page.elements("a") if _SECTION.fullmatch(_anchor(a))]
    found += 2.0 * bool(anchors) + 1.0 * any(_anchor(a) == "TOCTOP" for a in page.elements("a"))
    found += 2.0 * any((m.get("name") or "") in _METAS for m in page.elements("meta"))
    found += 3.0 * any(_TOOL.search(value) for value in facts.all("Contributor"))
    labels = {text_of(b, 60).strip(" :*").lower() for b in page.elements(*_LABELLED)}
    found += 0.4 * len(labels & _LABELS) + 0.5 * bool(labels & {"packaged", "story url"})
    found += 0.5 * any("full" in classes(table) for table in page.elements("table"))
    return found


def annotate(page: Page, facts: Facts) -> None:
    """Say what the page's elements are: header lines, contents, chapter headings, the log."""
    body = next(iter(page.elements("body")), None)
    kind = "" if body is None else (body.get("class") or "")
    if body is not None and ("fff_logpage" in kind or _is_log(body)):
        page.mark(body, "boilerplate", "Update log", 1)
        return
    if body is not None and "fff_tocpage" in kind:
        page.mark(body, "boilerplate", "Contents", 1)
        return
    for part, element in enumerate(page.elements(), 10):
        if _anchor(element) == "TOCTOP":
            page.mark(element, "boilerplate", "Contents", 2)
            listed = element.getnext()
            if listed is not None and local(listed) in ("p", "ul", "ol", "div"):
                page.mark(listed, "boilerplate", "Contents", 2)
        elif _SECTION.fullmatch(_anchor(element)) or "fff_chapter_title" in (element.get("class") or ""):
            heading = _headed(element)
            if heading is not None:
                page.mark(heading, "heading", text_of(heading) or None, part)


def _is_log(body: Element) -> bool:
    """Whether a page is the log of updates, also where its template was edited."""
    return text_of(body, 60).strip().casefold().startswith("update log")


def _anchor(element: Element) -> str:
    return attribute(element, "name") or attribute(element, "id")


def _headed(element: Element) -> Element | None:
    """The heading that an anchor names: the anchor itself, what is in it, or what follows it."""
    if local(element) in _HEADINGS or (local(element) == "a" and text_of(element)):
        return element
    for near in (element.getnext(), element.getparent()):
        if near is not None and (local(near) in _HEADINGS or _set_apart(near)):
            return near
    return None


def _set_apart(element: Element) -> bool:
    """Whether a short paragraph is set from end to end as headings are: bold, larger, in the middle."""
    text = text_of(element, LONGEST_HEADING)
    if local(element) not in ("p", "div", "center") or not 0 < len(text) < LONGEST_HEADING:
        return False
    return any(local(part) in _LARGE and text_of(part, LONGEST_HEADING) == text for part in element.iter())
