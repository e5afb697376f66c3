"""A page of HTML with what is known of its elements, and what classes mean wherever a page comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from fabula.text.formats.flow import Notes, Role
from fabula.text.formats.markup import Element, classes, local
from fabula.text.words import words
from fabula.types import MarkKind, SegmentKind


@dataclass(slots=True)
class Page:
    """One page: a file of HTML, or one document of an EPUB. ``number`` is its place in the book."""

    root: Element
    number: int = 0
    title: str | None = None
    notes: Notes = field(default_factory=Notes)
    _ids: set[str] | None = None

    def elements(self, *tags: str) -> Iterator[Element]:
        """Elements of these names, of any name if none is given, in the order of the page."""
        for element in self.root.iter():
            tag = local(element)
            if tag and (not tags or tag in tags):
                yield element

    def group(self, part: int = 0) -> int:
        """A number for a segment of this page that no other page uses."""
        return (self.number + 1) * 10_000 + part

    def mark(
        self, element: Element, kind: SegmentKind | None, label: str | None = None, part: int = 0
    ) -> None:
        """Say what an element is."""
        self.notes.roles[element] = Role(kind, label, self.group(part) if part else 0, kind is not None)

    def ids(self) -> set[str]:
        """Every id and anchor name on the page."""
        if self._ids is None:
            found = {element.get("id") for element in self.elements()}
            self._ids = {str(i) for i in found | {a.get("name") for a in self.elements("a")} if i}
        return self._ids


_DROPPED = words(
    "pagenum pageno pgnum pagenumber page-number pagebreak noteref fnanchor fnref footnote-ref footnote-back "
    "footnote-backref reversefootnote"
)
_BOILERPLATE = words("caption figcaption figcenter illustration illo transnote tnote tn toc contents")
_VERSE = words("poem poetry poetry-container verse stanza")
_QUOTED = words("blockquote blockquot letter quote")
_NOTE = words("footnote footnotes endnote rearnote")
_TYPES = {
    "pagebreak": "drop", "page-list": "drop", "landmarks": "drop", "toc": "boilerplate",
    "copyright-page": "boilerplate", "footnote": "note", "footnotes": "note", "endnote": "note",
    "noteref": "drop", "backlink": "drop",
    "endnotes": "note", "rearnote": "note", "rearnotes": "note", "titlepage": "", "cover": "",
}  # fmt: skip
_LABELS = {
    "caption": "Illustration",
    "illustration": "Illustration",
    "toc": "Contents",
    "contents": "Contents",
}


def annotate(page: Page) -> None:
    """Note what elements are by classes and EPUB types that mean the same everywhere."""
    part = 0
    for element in page.elements():
        names = set(classes(element))
        for word in _epub_types(element):
            meant = _TYPES.get(word)
            if meant == "drop":
                page.notes.dropped.add(element)
            elif meant in ("note", "boilerplate"):
                part += 1
                page.mark(element, meant, "Footnote" if meant == "note" else None, part)  # type: ignore[arg-type]
        if not names:
            continue
        layout: MarkKind | None = "verse" if names & _VERSE else "block_quote" if names & _QUOTED else None
        if layout:
            page.notes.layouts[element] = layout
        if names & _DROPPED:
            page.notes.dropped.add(element)
        elif names & _NOTE and local(element) != "a":
            part += 1
            page.mark(element, "note", "Footnote", part)
        elif names & _BOILERPLATE and local(element) not in ("a", "span", "body", "html", "img"):
            part += 1
            label = next((_LABELS[name] for name in sorted(names) if name in _LABELS), None)
            page.mark(element, "boilerplate", label, part)


def _epub_types(element: Element) -> list[str]:
    key = "{http://www.idpf.org/2007/ops}type"
    roles = [role.removeprefix("doc-") for role in (element.get("role") or "").split() if "doc-" in role]
    return (element.get(key) or element.get("epub:type") or "").split() + roles


def title_of(root: Element) -> str | None:
    """What the page calls itself (``<title>``), or None."""
    for element in root.iter():
        if local(element) == "title":
            text = " ".join("".join(element.itertext()).split())
            return re.sub(r"\s+", " ", text)[:300] or None
        if local(element) == "body":
            return None
    return None
