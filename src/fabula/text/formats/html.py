"""HTML: a page saved from a browser, a download from an archive, a piece of one."""

from __future__ import annotations

import re
from dataclasses import replace

from fabula.text.formats.book import make_book
from fabula.text.formats.document import Document, UnreadableError
from fabula.text.formats.facts import Facts
from fabula.text.formats.markup import Element, local, parse_html, parse_xhtml
from fabula.text.formats.page import Page, title_of

_OPENING = re.compile(
    r"\s*(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|\?xml)\b", re.IGNORECASE | re.DOTALL
)
_PIECE = re.compile(
    r"\s*<(?:p|div|h[1-6]|article|section|center|blockquote|table|font|span|pre|hr|b|i|em|strong|u|a|br)\b[^<>]*>",
    re.IGNORECASE,
)
_CLOSE = re.compile(r"</(?:p|div|h[1-6]|article|section|center|table|pre|body)\s*>|<br\b", re.IGNORECASE)
_UNFINISHED = re.compile(r"<[a-zA-Z/!][^<>]{0,2000}$")
_ALWAYS_CLOSED = re.compile(
    r"""id=["']preface["']|archiveofourown|id=["']pg-header["']|name=["']TOCTOP["']|class=["']fff_""",
    re.IGNORECASE,
)
_HEAD = 20_000


def is_html(text: str) -> bool:
    """Whether a text is HTML and no plain text with a tag or two left in it."""
    head = text[:_HEAD].lstrip("\ufeff \t\r\n")
    if not head.startswith("<"):
        return False
    if _OPENING.match(head):
        return not head.startswith("<?xml") or re.search(r"<html\b", head, re.IGNORECASE) is not None
    return _PIECE.match(head) is not None and len(_CLOSE.findall(head)) >= max(1, head.count("\n\n") // 3)


def html_document(text: str) -> Document:
    """The Document of a page. Raises UnreadableError where it was cut short or is nested too deep."""
    _refuse_cut(text)
    root = parse_xhtml(text) if text.lstrip("\ufeff \t\r\n").startswith("<?xml") else parse_html(text)
    return html_tree(root, "html")


def html_tree(root: Element, kind: str, facts: Facts | None = None) -> Document:
    """The Document of a page that has been parsed; ``kind`` is the format it came as."""
    facts = facts or Facts()
    css: list[str] = []
    for element in root.iter():
        if local(element) == "style" and element.text:
            css.append(element.text)
        elif local(element) == "meta" and (element.get("name") or "").lower() in ("author", "dc.creator"):
            facts.add("Author", element.get("content") or "")
        elif local(element) == "meta" and (element.get("name") or "").lower() in (
            "dc.title",
            "dcterms.title",
        ):
            facts.add("Title", element.get("content") or "")
    language = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")
    page = Page(root, title=title_of(root))
    document = replace(make_book([page], kind, facts, css=css), named=page.title)
    if language and document.language is None:
        facts.add("Language", language)
        return replace(document, language=language, metadata=facts.done())
    return document


def _refuse_cut(text: str) -> None:
    tail = text[-3000:].rstrip()
    opened = tail.rfind("<")
    cut = opened > tail.rfind(">") and _UNFINISHED.match(tail[opened:]) is not None
    whole = "</html" in tail.lower()
    if cut or (
        not whole and re.search(r"<html\b", text[:_HEAD], re.I) and _ALWAYS_CLOSED.search(text[:_HEAD])
    ):
        raise UnreadableError("the page was cut short: it does not close", "Download it again")
