"""EPUB 2 and 3: the spine in its order, the names of chapters from its table of contents."""

from __future__ import annotations

import re

from fabula.text.formats import limits
from fabula.text.formats.book import make_book
from fabula.text.formats.container import Archive, resolve
from fabula.text.formats.document import Document, UnreadableError
from fabula.text.formats.facts import Facts
from fabula.text.formats.markup import (
    Element,
    attribute,
    decode_markup,
    local,
    parse_xhtml,
    parse_xml,
    text_of,
)
from fabula.text.formats.page import Page, title_of

CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_MARKUP = frozenset(
    {"application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/x-oeb1-document"}
)
_DAMAGED = "Download the book again, or convert it with another program"
_FILE_NAME = re.compile(r".*\.x?html?|(?:start|cover|title ?page|contents|table of contents)", re.IGNORECASE)
_NAMES = {
    "title": "Title", "creator": "Author", "language": "Language", "publisher": "Publisher",
    "date": "Published",
    "subject": "Subject", "description": "Summary", "identifier": "Identifier", "source": "Source",
    "contributor": "Contributor", "rights": "Rights",
}  # fmt: skip
_TAGGED = re.compile(
    r"<(?:(?P<inline>/?(?:a|abbr|b|big|em|font|i|q|s|small|span|strike|strong|sub|sup|u)\b)[^<>]{0,200}"
    r"|[^<>]{1,200})>"
)


def epub_document(archive: Archive) -> Document:
    """The Document of a book. Raises UnreadableError where it is encrypted, damaged or has no text."""
    _refuse_encrypted(archive)
    package = _package(archive)
    root = parse_xml(archive.read(package), package)
    facts = Facts()
    _metadata(root, facts)
    manifest = {
        attribute(item, "id"): item
        for item in root.iter()
        if local(item) == "item" and attribute(item, "href")
    }
    spine = [attribute(ref, "idref") for ref in root.iter() if local(ref) == "itemref"]
    names, pages, seen = _contents(archive, package, root, manifest), [], set()
    contents: dict[int, str] = {}
    for number, idref in enumerate(spine):
        item = manifest.get(idref)
        path = resolve(package, attribute(item, "href")) if item is not None else None
        if path is None or item is None or path in seen or _is_contents(item):
            continue
        seen.add(path)
        if (attribute(item, "media-type") or "application/xhtml+xml").lower() not in _MARKUP:
            continue
        if path not in archive:
            facts.add("Left out", f"{path} (missing from the book)")
            continue
        tree = parse_xhtml(decode_markup(archive.read(path), path))
        pages.append(Page(tree, number=number, title=title_of(tree)))
        if path in names:
            contents[number] = names[path]
    if not pages:
        raise UnreadableError("there are no pages with text in the book", _DAMAGED)
    return make_book(pages, "epub", facts, css=_css(archive), contents=contents)


def _refuse_encrypted(archive: Archive) -> None:
    if _ENCRYPTION not in archive:
        return
    root = parse_xml(archive.read(_ENCRYPTION), _ENCRYPTION)
    methods = [attribute(e, "Algorithm") for e in root.iter() if local(e) == "encryptionmethod"]
    if any(method not in _FONTS for method in methods):
        raise UnreadableError("the book is encrypted (DRM)", "Give a copy that is not")


def _package(archive: Archive) -> str:
    """The entry that describes the book."""
    if CONTAINER in archive:
        root = parse_xml(archive.read(CONTAINER), CONTAINER)
        for element in root.iter():
            path = attribute(element, "full-path") if local(element) == "rootfile" else ""
            if path in archive:
                return path
    for name in archive.names:
        if name.endswith(".opf"):
            return name
    raise UnreadableError("the book does not say what its pages are", _DAMAGED)


def _metadata(root: Element, facts: Facts) -> None:
    for element in root.iter():
        name = local(element)
        text = text_of(element, 50_000)
        if name in _NAMES and "purl.org/dc" in str(element.tag) and text:
            role = attribute(element, "role")
            if name == "creator" and role not in ("", "aut"):
                facts.add("Contributor", text)
            else:
                # A description may itself be HTML, escaped.
                facts.add(_NAMES[name], _TAGGED.sub(lambda m: "" if m["inline"] else " ", text))
        elif name == "meta" and attribute(element, "name") == "calibre:series":
            facts.add("Series", attribute(element, "content"))
        elif name == "meta" and attribute(element, "property") == "belongs-to-collection":
            facts.add("Series", text)


def _is_contents(item: Element) -> bool:
    return "nav" in attribute(item, "properties").split() or "ncx" in attribute(item, "media-type")


def _contents(archive: Archive, package: str, root: Element, manifest: dict[str, Element]) -> dict[str, str]:
    """What the table of contents (``nav`` or ``toc.ncx``) calls each page; {} where it is broken."""
    items = list(manifest.values())
    nav = [i for i in items if "nav" in attribute(i, "properties").split()]
    ncx = [i for i in items if attribute(i, "media-type") == "application/x-dtbncx+xml"]
    names: dict[str, str] = {}
    for item in [*nav, *ncx]:
        path = resolve(package, attribute(item, "href"))
        if path is None or path not in archive:
            continue
        try:
            tree = parse_xhtml(decode_markup(archive.read(path), path))
        except UnreadableError:
            continue
        label = ""
        for element in tree.iter():
            if local(element) == "a" and attribute(element, "href"):
                _name(names, path, attribute(element, "href"), text_of(element))
            elif local(element) == "text":
                label = text_of(element)
            elif local(element) == "content" and attribute(element, "src"):
                _name(names, path, attribute(element, "src"), label)
        if names:
            return names
    return names


def _name(names: dict[str, str], path: str, href: str, label: str) -> None:
    target = resolve(path, href)
    if target is not None and 0 < len(label) <= 200 and not _FILE_NAME.fullmatch(label):
        names.setdefault(target, label)


def _css(archive: Archive) -> list[str]:
    sheets = [name for name in archive.names if name.lower().endswith(".css")]
    return [
        archive.read(name).decode("utf-8", "replace")
        for name in sheets[:20]
        if archive.size(name) < limits.RATIO_FROM
    ]
