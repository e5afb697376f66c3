"""``tei``: TEI P5. The character content of ``text`` is the story's text, character for character.

Speech is ``said`` (``who``, ``toWhom``; ``aloud="false"`` for thoughts), quoted writing ``q``; mentions are
``persName``, ``placeName``, ``orgName`` or ``name``, descriptions and pronouns ``rs``, with a ``ref`` to who
it is; ``cert`` is the confidence. Emphasis is ``hi``, and a paragraph set apart has the same names in
``rend``; a line begins with ``lb``. What runs over a paragraph is continued with ``next`` and ``prev``.
Persons, places and organisations are listed in the header.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from fabula.export.blocks import Block, Chapter, blocks_of, chapters_of
from fabula.export.forms import emphasis_of, layouts_of
from fabula.export.inline import sweep
from fabula.export.request import Files, Request
from fabula.export.tei_header import NAMESPACE, XML, header
from fabula.export.xml_text import xml_text
from fabula.types import Analysis, Mark, Mention, Quote

if TYPE_CHECKING:
    from lxml.etree import _Element

_NAMES = {
    "PER": ("persName", {}), "GPE": ("placeName", {}), "LOC": ("placeName", {}), "ORG": ("orgName", {}),
    "FAC": ("name", {"type": "facility"}), "VEH": ("name", {"type": "vehicle"}),
}  # fmt: skip
_KINDS = {"PER": "person", "GPE": "place", "LOC": "place", "ORG": "org", "FAC": "facility", "VEH": "vehicle"}
_STRUCTURE = frozenset({"text", "front", "body", "div", "floatingText"})
_XML_SPACE = " \t\r\n"
_PLAIN = {"scene_break": "ab", "end": "ab"}


def write(analysis: Analysis, request: Request) -> Files:
    """One document."""
    from lxml import etree

    root = etree.Element(f"{{{NAMESPACE}}}TEI", nsmap={None: NAMESPACE})
    header(root, analysis)
    _Text(analysis).write(root)
    content = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    altered = xml_text(analysis.story.text) != analysis.story.text
    notes = ("characters that XML does not allow are U+FFFD",) if altered else ()
    return Files({f"{request.name}.xml": content + b"\n"}, notes)


class _Text:
    """Writes ``text``: words go after what was last opened or closed."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.text = xml_text(analysis.story.text)
        # Of stretches that are the same, the first is the outer one.
        self.items: list[Mark | Quote | Mention] = [
            *emphasis_of(analysis.story),
            *analysis.quotes,
            *analysis.mentions,
        ]
        self.blocks = blocks_of(analysis.story)
        self.layouts = layouts_of(analysis.story, self.blocks)
        self.spans = sorted((m.start, m.end, i) for i, m in enumerate(self.items))
        self.next = 0
        self.open: list[tuple[int, int, int]] = []
        self.parts: Counter[int] = Counter()
        self.latest: dict[int, _Element] = {}
        self.at = 0
        self.inside: list[_Element] = []
        self.after: _Element | None = None
        self.block: _Element | None = None
        self.early = ""

    def write(self, root: _Element) -> None:
        story = self.analysis.story
        chapters = chapters_of(story, self.blocks)
        self._open(f"{{{NAMESPACE}}}text", root)
        if chapters and chapters[0].title is None:
            front, first = _parted(chapters.pop(0))
            if front.blocks:
                self._enter("front")
                self._chapter(front, "paratext")
                self._leave()
            chapters[:0] = [first] if first.blocks else []
        self._enter("body")
        for chapter in chapters:
            self._chapter(chapter, "chapter")
        if not chapters:
            self._enter("p")
            self._words(len(self.text))
            self._leave()
        self._words(len(self.text))
        self._leave()

    # -------------------------------------------------------------- the tree
    def _open(self, tag: str, parent: _Element) -> _Element:
        from lxml import etree

        element = etree.SubElement(parent, tag)
        self.inside.append(element)
        self.after = None
        return element

    def _enter(self, name: str, **attributes: str) -> _Element:
        element = self._open(f"{{{NAMESPACE}}}{name}", self.inside[-1])
        for key, value in attributes.items():
            element.set(key, value)
        return element

    def _leave(self) -> None:
        self.after = self.inside.pop()

    def _words(self, until: int) -> None:
        words, self.at = self.text[self.at : until], until
        if self._between() and words.strip(_XML_SPACE):
            self._keep(words)
            return
        if self.early and not self._between():
            words, self.early = self.early + words, ""
        if self.after is None:
            self.inside[-1].text = (self.inside[-1].text or "") + words
        else:
            self.after.tail = (self.after.tail or "") + words

    def _lines(self, until: int) -> None:
        """As ``_words``, inside a block, with a sign where a line begins."""
        while (end := self.text.find("\n", self.at, until)) >= 0:
            self._words(end + 1)
            self._enter("lb")
            self._leave()
        self._words(until)

    def _between(self) -> bool:
        """Whether no words may stand here, only what XML takes for white space."""
        return str(self.inside[-1].tag).removeprefix(f"{{{NAMESPACE}}}") in _STRUCTURE

    def _keep(self, words: str) -> None:
        """White space that is none to XML (a no-break space) ends the last block, or begins the first."""
        if self.block is None:
            self.early += words
        elif len(self.block):
            self.block[-1].tail = (self.block[-1].tail or "") + words
        else:
            self.block.text = (self.block.text or "") + words

    # -------------------------------------------------------------- chapters and paragraphs
    def _chapter(self, chapter: Chapter, kind: str) -> None:
        self._enter("div", type=kind)
        for group in _by_segment(chapter.blocks):
            if group[0].kind == "letter":
                self._words(group[0].start)
                self._enter("floatingText", type="letter")
                self._enter("body")
                for block in group:
                    self._block(block, "p")
                self._leave()
                self._leave()
                continue
            for block in group:
                if block.kind == "heading":
                    self._block(block, "head")
                elif block.kind in _PLAIN:
                    self._block(block, _PLAIN[block.kind], type=block.kind)
                elif block.kind == "body":
                    self._block(block, "p")
                elif kind == "paratext":
                    self._block(block, "ab", type=block.kind)
                else:
                    self._block(block, "note", type=block.kind)
        self._leave()

    def _block(self, block: Block, name: str, **attributes: str) -> None:
        self._words(block.start)
        self.block = self._enter(name, **attributes)
        if block.start in self.layouts:
            self.block.set("rend", " ".join(self.layouts[block.start]))
        for mark in sweep(block.start, block.end, self._near(block)):
            if mark.what == "text":
                self._lines(mark.end)
            elif mark.what == "close":
                self._leave()
            else:
                self._item(mark.span)
        self._leave()

    def _near(self, block: Block) -> list[tuple[int, int, int]]:
        """The spans that overlap the block; blocks come in text order."""
        self.open = [s for s in self.open if s[1] > block.start]
        while self.next < len(self.spans) and self.spans[self.next][0] < block.end:
            if self.spans[self.next][1] > block.start:
                self.open.append(self.spans[self.next])
            self.next += 1
        return self.open

    # -------------------------------------------------------------- speech and mentions
    def _item(self, index: int) -> None:
        item = self.items[index]
        if isinstance(item, Mark):
            self._enter("hi", rend=item.kind)
            return
        element = self._mention(item) if isinstance(item, Mention) else self._quote(item)
        letter = "m" if isinstance(item, Mention) else "q"
        self.parts[index] += 1
        part = self.parts[index]
        name = f"{letter}{item.id}" if part == 1 else f"{letter}{item.id}.{part}"
        element.set(f"{XML}id", name)
        if part > 1:
            previous = self.latest[index]
            previous.set("next", f"#{name}")
            element.set("prev", f"#{previous.get(f'{XML}id')}")
        self.latest[index] = element

    def _mention(self, m: Mention) -> _Element:
        if m.kind == "PROP":
            name, attributes = _NAMES[m.type]
            element = self._enter(name, **attributes)
        else:
            element = self._enter("rs", type=_KINDS[m.type])
        if m.entity is not None:
            element.set("ref", f"#e{m.entity}")
            element.set("cert", f"{m.confidence:.3f}")
        return element

    def _quote(self, q: Quote) -> _Element:
        if q.kind == "writing":
            element = self._enter("q", type="written")
        else:
            element = self._enter("said", aloud="true" if q.kind == "speech" else "false", direct="true")
        if q.speaker is not None:
            element.set("who", f"#e{q.speaker}")
            element.set("cert", f"{q.confidence:.3f}")
        if q.addressees:
            element.set("toWhom", " ".join(f"#e{a}" for a in q.addressees))
        return element


def _parted(chapter: Chapter) -> tuple[Chapter, Chapter]:
    """What stands before the story, and the rest."""
    count = next((i for i, b in enumerate(chapter.blocks) if b.is_story), len(chapter.blocks))
    return Chapter(None, chapter.blocks[:count]), Chapter(None, chapter.blocks[count:])


def _by_segment(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    group: list[Block] = []
    for block in blocks:
        if group and (block.segment, block.kind) != (group[-1].segment, group[-1].kind):
            yield group
            group = []
        group.append(block)
    if group:
        yield group
