"""A tree of HTML to blocks: paragraphs, lines, emphasis, quotations. Walked without recursion."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple

from fabula.text.formats.document import Block
from fabula.text.formats.limits import clean
from fabula.text.formats.markup import Element, attribute, local
from fabula.text.formats.styles import INLINE, TAGS, Sheet
from fabula.text.lines import scene_break
from fabula.text.paragraphs import find_paragraphs
from fabula.text.words import words
from fabula.types import Mark, MarkKind, SegmentKind

_SKIPPED = words(
    "script style head template noscript iframe object embed applet svg math audio video canvas "
    "select option button textarea input rp area map datalist dialog frameset frame noframes"
)
_BLOCKS = words(
    "p div h1 h2 h3 h4 h5 h6 blockquote li ul ol dl dt table tr td th caption tbody thead section "
    "article header footer main aside figure figcaption center address pre body html fieldset legend "
    "form hgroup details summary hr listing xmp plaintext nav"
)
_LAYOUT: dict[str, MarkKind] = {"blockquote": "block_quote", "li": "list_item", "center": "centered"}
_ROWS = frozenset({"dt", "li", "tr"})
_PRE = frozenset({"pre", "listing", "xmp", "plaintext"})
_SPACES = re.compile(r"[ \t\n]+")
_BLANK_LINES = re.compile(r"\n[ \t\xa0]*(?:\n[ \t\xa0]*)+")
_STOPPED = re.compile(r"""[.!?…—–-][\])}'"’”»*_]*$""")
SCENE_BREAK = "* * *"
"""How a rule across the page (``<hr>``) reads in the text."""


class Role(NamedTuple):
    """What an element's text is, for all of it that has no role of its own (see ``Block``)."""

    kind: SegmentKind | None
    label: str | None = None
    group: int = 0
    fixed: bool = False


@dataclass(slots=True)
class Notes:
    """What the knowledge of an archive says of the elements of one page."""

    roles: dict[Element, Role] = field(default_factory=dict)
    dropped: set[Element] = field(default_factory=set)
    layouts: dict[Element, MarkKind] = field(default_factory=dict)


class _Context(NamedTuple):
    """What holds inside an element."""

    role: Role
    layout: tuple[MarkKind, ...]
    pre: bool
    row: bool
    level: int


def flow(root: Element, notes: Notes | None = None, sheet: Sheet | None = None) -> list[Block]:
    """The blocks of a page in reading order."""
    return _Walker(notes or Notes(), sheet or Sheet()).walk(root)


class _Walker:
    def __init__(self, notes: Notes, sheet: Sheet) -> None:
        self.notes, self.sheet = notes, sheet
        self.blocks: list[Block] = []
        self.parts: list[str] = []
        self.length = 0
        self.spaced = True
        self.active: list[tuple[MarkKind, int]] = []
        self.marks: list[Mark] = []
        self.context = _Context(Role(None), (), False, False, 0)
        self.gap = 0
        self.link_depth = 0
        self.letters = self.linked_letters = 0
        self.close = False

    def walk(self, root: Element) -> list[Block]:
        from lxml import etree

        stack: list[tuple[_Context, int, bool]] = []
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            if event == "start":
                if self._skipped(element):
                    walk.skip_subtree()
                    stack.append((self.context, -1, False))
                    continue
                stack.append((self.context, len(self.active), self._open(element)))
                self._text(element.text)
            else:
                context, depth, linked = stack.pop()
                if depth >= 0:
                    self._close(element, depth)
                    self.link_depth -= linked
                self.context = context
                if element is not root:
                    self._text(element.tail)
        self._flush()
        return self.blocks

    # -------------------------------------------------------------- elements
    def _skipped(self, element: Element) -> bool:
        tag = local(element)
        if not tag or tag in _SKIPPED or element in self.notes.dropped or element.get("hidden") is not None:
            return True
        return "hidden" in self._look(element, tag)

    def _look(self, element: Element, tag: str) -> frozenset[str]:
        return self.sheet.look(tag, (element.get("class") or "").split(), element.get("style") or "")

    def _open(self, element: Element) -> bool:
        """Enter an element; return whether it is a link into the book."""
        tag = local(element)
        role = self.notes.roles.get(element)
        breaks = tag in _BLOCKS or role is not None
        if tag == "tr":
            self._flush()
            self.context = self.context._replace(row=_is_row(element))
            breaks = False
        elif self.context.row and tag in ("td", "th"):
            breaks = False
            if self.length and not self.spaced:
                self._raw(" " if self.parts[-1].endswith(":") else "\t")
        elif tag == "dd":
            breaks = not self.length
            if self.length and not self.spaced:
                self._raw(" " if self.parts[-1].endswith((":", ",")) else "\t")
        if breaks:
            self._flush()
        if tag in _ROWS:
            self.close = element.getprevious() is not None
        if role is not None:
            self.context = self.context._replace(role=role)
        look = self._look(element, tag)
        extra: list[MarkKind] = [_LAYOUT[tag]] if tag in _LAYOUT else []
        if element in self.notes.layouts:
            extra.append(self.notes.layouts[element])
        if tag in _BLOCKS and ("centered" in look or (element.get("align") or "").lower() == "center"):
            extra.append("centered")
        if extra:
            self.context = self.context._replace(layout=tuple(dict.fromkeys((*self.context.layout, *extra))))
        if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
            self.context = self.context._replace(level=int(tag[1]))
        if tag in _PRE:
            self.context = self.context._replace(pre=True)
        elif self.context.pre and tag == "p":
            self.context = self.context._replace(pre=False)
        inline = {TAGS[tag]} if tag in TAGS else set()
        inline |= {kind for kind in INLINE if kind in look}
        for kind in sorted(inline - {kind for kind, _ in self.active}):
            self.active.append((kind, self.length))
        if tag == "br":
            self._raw("\n")
        elif tag == "hr":
            self._rule()
        elif tag == "img":
            alt = clean(attribute(element, "alt")).strip()
            if alt and scene_break(alt):
                self._text(alt)
        linked = tag == "a" and (attribute(element, "href").startswith("#") or _in_book(element))
        self.link_depth += linked
        return linked

    def _close(self, element: Element, depth: int) -> None:
        tag = local(element)
        if tag == "dd" and (following := element.getnext()) is not None and local(following) == "dd":
            self._raw(",")
        elif tag in ("dt", "dd"):
            pass
        elif (
            tag in _BLOCKS and not (self.context.row and tag in ("td", "th"))
        ) or element in self.notes.roles:
            self._flush()
        while len(self.active) > depth:
            kind, start = self.active.pop()
            if start < self.length:
                self.marks.append(Mark(start, self.length, kind))

    def _rule(self) -> None:
        self._flush()
        role = self.context.role
        inside_story = role.kind is None and not role.fixed
        self.blocks.append(
            Block(SCENE_BREAK, "scene_break") if inside_story else Block(SCENE_BREAK, *role[:3])
        )

    # -------------------------------------------------------------- text
    def _raw(self, text: str) -> None:
        if text == "\n" and self.spaced and self.parts:
            stripped = self.parts[-1].rstrip(" ")
            self.length -= len(self.parts[-1]) - len(stripped)
            self.parts[-1] = stripped
        self.parts.append(text)
        self.length += len(text)
        self.spaced = True

    def _text(self, text: str | None) -> None:
        if not text:
            return
        text = clean(text)
        if not self.context.pre:
            text = _SPACES.sub(" ", text)
            if self.spaced:
                text = text.lstrip(" ")
        if not text:
            return
        self.parts.append(text)
        self.length += len(text)
        self.spaced = text[-1] in " \n\t"
        letters = sum(map(str.isalnum, text))
        self.letters += letters
        self.linked_letters += letters if self.link_depth else 0

    def _flush(self) -> None:
        """Make blocks of what has been gathered, and begin anew inside the same marks."""
        text = "".join(self.parts)
        marks = self.marks + [Mark(start, self.length, kind) for kind, start in self.active]
        linked = self.linked_letters > 0.6 * self.letters
        self.parts, self.length, self.spaced, self.marks = [], 0, True, []
        self.letters = self.linked_letters = 0
        self.active = [(kind, 0) for kind, _ in self.active]
        if not text.strip():
            self.gap += bool(text) and ("\xa0" in text or "\n" in text) and not self.context.pre
            return
        role, layout = self.context.role, self.context.layout
        if self.context.pre:
            layout = (*layout, "preformatted")
        block = Block(
            text, role.kind, role.label, role.group, role.fixed, self.close and not self.gap, self.gap,
            marks=tuple(marks), layout=layout, linked=linked, level=self.context.level,
        )  # fmt: skip
        self.gap, self.close = 0, False
        self.blocks += split_block(block, preformatted=self.context.pre)


def _in_book(element: Element) -> bool:
    """Whether a link leads to another page of the same book."""
    href = attribute(element, "href")
    return bool(href) and ":" not in href and not href.startswith("/")


def _is_row(row: Element) -> bool:
    """Whether a row of a table reads as one line: several cells without paragraphs in them."""
    cells = [cell for cell in row if local(cell) in ("td", "th")]
    if len(cells) < 2 or len(cells) > 12:
        return False
    return not any(local(part) in _BLOCKS or local(part) == "br" for cell in cells for part in cell)


# ------------------------------------------------------------------ one block to several
def split_block(block: Block, *, preformatted: bool = False) -> list[Block]:
    """The block parted at blank lines, and at line ends where every line is a paragraph of its own."""
    text = block.text
    if preformatted:
        cuts = [(span.start, span.end) for span in find_paragraphs(text)]
    else:
        cuts, start = [], 0
        for m in _BLANK_LINES.finditer(text):
            cuts.append((start, m.start()))
            start = m.end()
        cuts.append((start, len(text)))
        cuts = [cut for part in cuts for cut in _lines(text, *part)]
    kinds = _by_kind(tidy(text, block.marks))
    found: list[Block] = []
    for start, end in cuts:
        piece = text[start:end]
        body = piece.strip()
        if not body:
            continue
        first = start + len(piece) - len(piece.lstrip())
        inside = _inside(kinds, first, first + len(body))
        found.append(_replace(block, body, inside, first=not found))
    return found


def _by_kind(marks: list[Mark]) -> list[tuple[list[Mark], list[int]]]:
    """Marks of each kind, which do not overlap, with their ends."""
    kinds: dict[str, list[Mark]] = {}
    for mark in marks:
        kinds.setdefault(mark.kind, []).append(mark)
    return [(row, [mark.end for mark in row]) for row in kinds.values()]


def _inside(kinds: list[tuple[list[Mark], list[int]]], first: int, last: int) -> list[Mark]:
    """The marks in a part of the text, cut to it and counted from its start."""
    found: list[Mark] = []
    for row, ends in kinds:
        for i in range(bisect_right(ends, first), len(row)):
            mark = row[i]
            if mark.start >= last:
                break
            found.append(Mark(max(mark.start, first) - first, min(mark.end, last) - first, mark.kind))
    return sorted(found, key=lambda m: (m.start, -m.end, m.kind))


def _replace(block: Block, text: str, marks: list[Mark], *, first: bool) -> Block:
    return Block(
        text, block.role, block.label, block.group, block.fixed, block.close and first,
        block.gap if first else 0, tuple(marks), block.layout, block.linked, block.level,
    )  # fmt: skip


def _lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The part as a whole, or its lines where they are paragraphs: long ones that end like sentences."""
    part = text[start:end]
    if "\n" not in part.strip():
        return [(start, end)]
    lines = part.split("\n")
    shown = [line for line in map(str.strip, lines) if line]
    ended = sum(_STOPPED.search(line[-12:]) is not None for line in shown)
    if max(map(len, shown), default=0) <= 90 or ended < 0.6 * len(shown):
        return [(start, end)]
    cuts, at = [], start
    for line in lines:
        cuts.append((at, at + len(line)))
        at += len(line) + 1
    return cuts


def tidy(text: str, marks: tuple[Mark, ...] | list[Mark]) -> list[Mark]:
    """Marks without white space at their ends, each kind joined where it touches itself, in order."""
    by_kind: dict[str, list[Mark]] = {}
    for mark in sorted(set(marks)):
        piece = text[mark.start : mark.end]
        body = piece.strip()
        if not body:
            continue
        start = mark.start + len(piece) - len(piece.lstrip())
        row = by_kind.setdefault(mark.kind, [])
        if row and start <= row[-1].end:
            row[-1] = Mark(row[-1].start, max(row[-1].end, start + len(body)), mark.kind)
        else:
            row.append(Mark(start, start + len(body), mark.kind))
    return sorted((m for row in by_kind.values() for m in row), key=lambda m: (m.start, -m.end, m.kind))
