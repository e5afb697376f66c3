"""DOCX: the paragraphs of ``word/document.xml``, with styles, notes and tracked changes as accepted."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from fabula.text.formats import limits
from fabula.text.formats.container import Archive
from fabula.text.formats.document import Block, Document, UnreadableError
from fabula.text.formats.facts import Facts
from fabula.text.formats.flow import SCENE_BREAK
from fabula.text.formats.front import settle
from fabula.text.formats.markup import Element, attribute, local, parse_xml, text_of
from fabula.text.formats.runs import Paragraph, spaced
from fabula.types import MarkKind

_MAIN = re.compile(r"word/document\d*\.xml")
# A deletion, a field's code, the same picture or box once more for old programs.
_SKIPPED = frozenset(
    {"del", "movefrom", "instrtext", "deltext", "fallback", "rpr", "sectpr", "ruby_rt", "rt"}
)
_MARKS: dict[str, MarkKind] = {
    "i": "emphasis", "b": "strong", "u": "underline", "strike": "strike", "dstrike": "strike",
    "smallcaps": "small_caps",
}  # fmt: skip
_OFF = frozenset({"0", "false", "none", "off"})
_CORE = {"title": "Title", "creator": "Author", "language": "Language", "description": "Summary",
         "subject": "Subject", "keywords": "Keywords"}  # fmt: skip


class _Style(NamedTuple):
    name: str
    level: int
    marks: frozenset[MarkKind]


def docx_document(archive: Archive) -> Document:
    """The Document of a DOCX file. Raises UnreadableError where it is damaged or has no text."""
    main = next((n for n in archive.names if _MAIN.fullmatch(n)), None)
    if main is None:
        raise UnreadableError("the document has no text in it", "Save it again")
    facts = Facts()
    if "docProps/core.xml" in archive:
        for element in parse_xml(archive.read("docProps/core.xml"), "docProps/core.xml"):
            if local(element) in _CORE:
                facts.add(_CORE[local(element)], text_of(element, 50_000))
    root = parse_xml(archive.read(main), main)
    blocks = spaced(_Reader(_styles(archive)).read(root))
    for part in ("word/footnotes.xml", "word/endnotes.xml"):
        if part in archive:
            blocks += _notes(archive, part)
    blocks = settle(blocks, facts)
    return Document(
        "docx", tuple(blocks), facts.first("Title"), ", ".join(facts.all("Author")) or None,
        facts.first("Language"), facts.done(),
    )  # fmt: skip


def _styles(archive: Archive) -> dict[str, _Style]:
    if "word/styles.xml" not in archive:
        return {}
    found: dict[str, _Style] = {}
    for style in parse_xml(archive.read("word/styles.xml"), "word/styles.xml"):
        if local(style) != "style":
            continue
        name, level, marks = "", 0, frozenset[MarkKind]()
        for part in style:
            if local(part) == "name":
                name = attribute(part, "val")
            elif local(part) == "ppr":
                level = next((_level(p) for p in part if local(p) == "outlinelvl"), 0)
            elif local(part) == "rpr":
                marks = frozenset(_marks(part, frozenset()))
        found[attribute(style, "styleId")] = _Style(name, level, marks)
    return found


def _level(outline: Element) -> int:
    value = attribute(outline, "val")
    return int(value) + 1 if value.isdecimal() and len(value) == 1 and int(value) < 6 else 0


def _marks(properties: Element, before: frozenset[MarkKind]) -> frozenset[MarkKind]:
    """The marks of a run: those of its style, switched on and off by its own properties."""
    marks = set(before)
    for part in properties:
        name, value = local(part), attribute(part, "val").lower()
        if name in _MARKS:
            (marks.discard if value in _OFF else marks.add)(_MARKS[name])
        elif name == "vertalign":
            kinds: dict[str, MarkKind] = {"superscript": "superscript", "subscript": "subscript"}
            if value in kinds:
                marks.add(kinds[value])
    return frozenset(marks)


class _Reader:
    """One pass over the elements of a story in WordprocessingML, without recursion."""

    def __init__(self, styles: dict[str, _Style]) -> None:
        self.styles = styles
        self.blocks: list[Block] = []
        self.open: list[Paragraph] = []
        self.marks: frozenset[MarkKind] = frozenset()
        self.base: frozenset[MarkKind] = frozenset()

    def read(self, root: Element) -> list[Block]:
        from lxml import etree

        walk = etree.iterwalk(root, events=("start", "end"))
        skipping = 0
        for event, element in walk:
            name = local(element)
            if event == "end":
                if name in _SKIPPED or name == "rpr":
                    skipping = max(skipping - 1, 0)
                elif name == "p" and self.open and not skipping:
                    self._close()
                continue
            if name == "rpr" and self.open and local(element.getparent()) == "r":
                self._run(element)
            if name in _SKIPPED:
                skipping += 1
                walk.skip_subtree()
            else:
                self._start(element, name)
        while self.open:
            self._close()
        return self.blocks

    def _start(self, element: Element, name: str) -> None:
        if name == "p":
            self.open.append(Paragraph())
            self.base = self.marks = frozenset()
            return
        if not self.open:
            return
        paragraph = self.open[-1]
        if name == "pstyle":
            style = self.styles.get(
                attribute(element, "val"), _Style(attribute(element, "val"), 0, frozenset())
            )
            paragraph.style, paragraph.level = style.name, style.level
            # A heading that is bold all over is not emphasised.
            self.base = self.marks = frozenset() if style.level or "eading" in style.name else style.marks
        elif name == "outlinelvl":
            paragraph.level = _level(element)
        elif name == "jc" and attribute(element, "val") == "center":
            paragraph.layout.append("centered")
        elif name == "numpr":
            paragraph.layout.append("list_item")
        elif name == "r":
            self.marks = self.base
        elif name == "t":
            paragraph.add("".join(map(str, element.itertext())), self.marks)
        elif name in ("tab", "ptab") and local(element.getparent()) == "r":
            paragraph.add("\t")
        elif name in ("br", "cr") and attribute(element, "type") not in ("page", "column"):
            paragraph.add("\n")
        elif name == "nobreakhyphen":
            paragraph.add("-", self.marks)
        elif name == "rect" and attribute(element, "hr") in ("t", "true", "1"):
            self.blocks.append(Block(SCENE_BREAK, "scene_break"))

    def _run(self, properties: Element) -> None:
        marks = self.base
        for part in properties:
            if local(part) == "rstyle":
                marks |= self.styles.get(attribute(part, "val"), _Style("", 0, frozenset())).marks
        self.marks = _marks(properties, marks)

    def _close(self) -> None:
        found = self.open.pop().blocks()
        if found:
            self.blocks += found
        elif self.blocks:
            self.blocks.append(Block("", gap=1))


def _notes(archive: Archive, part: str) -> list[Block]:
    """Footnotes and endnotes, each a note of its own at the end of the text."""
    found: list[Block] = []
    root = parse_xml(archive.read(part, limits.MARKUP_BYTES), part)
    for number, note in enumerate(root):
        if attribute(note, "type") in ("separator", "continuationSeparator", "continuationNotice"):
            continue
        for block in _Reader({}).read(note):
            if block.text.strip():
                found.append(replace(block.told("note", "Footnote", -(number + 1)), level=0))
    return found
