"""RTF: text, emphasis and paragraphs; pictures, objects and fields' codes are passed over.

Read token by token with a stack of our own, so that depth and size cost nothing but time in proportion.
Control words are those of the RTF 1.9 specification.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from fabula.text.formats import limits
from fabula.text.formats.document import Block, Document, UnreadableError
from fabula.text.formats.facts import Facts
from fabula.text.formats.front import settle
from fabula.text.formats.runs import Paragraph, spaced
from fabula.types import MarkKind

_TOKEN = re.compile(
    rb"\\(?:(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|'(?P<hex>[0-9a-fA-F]{2})"
    rb"|(?P<symbol>[^a-zA-Z']))"
    rb"|(?P<open>\{)|(?P<close>\})|(?P<text>[^\\{}\r\n]+)"
)
_SKIPPED = frozenset(
    (
        b"colortbl listtable listoverridetable rsidtbl generator pict object nonshppict fldinst "
        b"themedata datastore colorschememapping latentstyles datafield xmlnstbl mmathPr header "
        b"headerl headerr headerf footer footerl footerr footerf filetbl revtbl pnseclvl bkmkstart "
        b"bkmkend annotation atnid atnauthor atnref tc xe private template passwordhash protusertbl "
        b"fontemb falt panose objdata objclass shpinst sp sn sv blipuid"
    ).split()
)
"""Destinations that hold no text of the story."""
_MARKS: dict[bytes, MarkKind] = {
    b"i": "emphasis", b"b": "strong", b"ul": "underline", b"strike": "strike", b"scaps": "small_caps",
}  # fmt: skip
_CHARACTERS = {
    b"emdash": "—", b"endash": "–", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”",
    b"bullet": "•", b"tab": "\t", b"cell": "\t",
    b"line": "\n", b"lbr": "\n", b"emspace": " ", b"enspace": " ",
}  # fmt: skip
_PARAGRAPHS = frozenset({b"par", b"page", b"sect", b"row", b"nestrow"})
_CODE_PAGES = {0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gbk", 136: "big5",
               161: "cp1253",
               162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251",
               222: "cp874", 238: "cp1250"}  # fmt: skip
_INFO = {b"title": "Title", b"author": "Author", b"subject": "Subject", b"keywords": "Keywords"}


@dataclass(slots=True)
class _State:
    """What a group has of its own; a copy of the group around it at first."""

    kind: str = "body"
    marks: frozenset[MarkKind] = frozenset()
    encoding: str = "cp1252"
    skip: int = 1
    font: int = 0
    star: bool = False
    notes: int = 0
    """How many footnotes the group stands in, each with a paragraph of its own."""


class _Reader:
    def __init__(self) -> None:
        self.facts = Facts()
        self.blocks: list[Block] = []
        self.notes: list[Block] = []
        self.stack: list[_State] = []
        self.state = _State()
        self.paragraphs = [Paragraph()]
        self.bytes = bytearray()
        self.high = 0
        self.pending = 0
        self.kept: list[str] = []
        self.fonts: dict[int, str] = {}
        self.styles: dict[int, str] = {}
        self.style = 0
        self.outline = 0
        self.layout: set[MarkKind] = set()
        self.outer: list[tuple[int, int, set[MarkKind]]] = []
        self.default = "cp1252"

    # -------------------------------------------------------------- text
    def text(self, text: str) -> None:
        kind = self.state.kind
        if kind == "body" or kind == "note":
            self.paragraphs[-1].add(text, sorted(self.state.marks))
        elif kind != "skip":
            self.kept.append(text[:1000])

    def flush(self) -> None:
        """Decode what has been gathered byte by byte: a character may be two bytes."""
        if self.bytes:
            data, self.bytes = bytes(self.bytes), bytearray()
            self.text(data.decode(self.state.encoding, "replace"))

    def paragraph(self) -> None:
        paragraph = self.paragraphs[-1]
        self.paragraphs[-1] = Paragraph()
        paragraph.style = self.styles.get(self.style, "")
        paragraph.level = self.outline
        paragraph.layout = sorted(self.layout)
        found = paragraph.blocks()
        if self.state.kind == "note":
            self.notes += [replace(b.told("note", "Footnote", -len(self.notes) - 1), level=0) for b in found]
        else:
            self.blocks += found or [Block("", gap=1)]

    # -------------------------------------------------------------- groups
    def open(self) -> None:
        self.flush()
        if len(self.stack) >= limits.DEPTH:
            raise UnreadableError(
                "its groups are nested deeper than any story's", "Check where the file comes from"
            )
        self.stack.append(self.state)
        self.state = replace(self.state, star=False)

    def close(self) -> None:
        self.flush()
        if not self.stack:
            return
        ended, self.state = self.state, self.stack.pop()
        if ended.notes > self.state.notes:
            self.end_notes(self.state.notes)
        elif ended.kind.startswith("info:") and self.state.kind == "info":
            self.facts.add(ended.kind[5:], "".join(self.kept))
            self.kept = []
        elif ended.kind == "style" and self.state.kind == "styles":
            self.styles[ended.font] = "".join(self.kept).strip(" ;")
            self.kept = []
        elif ended.kind != "skip" and self.state.kind == "fonts":
            self.kept = []

    def end_notes(self, left: int) -> None:
        """End footnotes until ``left`` are open; what was called goes on as if they had not been."""
        here = self.state
        while len(self.outer) > left:
            self.state = replace(here, kind="note")
            self.paragraph()
            self.paragraphs.pop()
            self.style, self.outline, self.layout = self.outer.pop()
        self.state = here

    # -------------------------------------------------------------- control words
    def word(self, word: bytes, number: int | None) -> None:
        state = self.state
        if word == b"u" and number is not None:
            self.flush()
            self.unicode(number & 0xFFFF)
            self.pending = state.skip
            return
        self.flush()
        starred, state.star = state.star, False
        if word in _SKIPPED or (starred and word not in (b"shppict", b"footnote")):
            state.kind = "skip"
        elif state.kind == "skip":
            return
        elif word in _PARAGRAPHS:
            if state.kind in ("body", "note"):
                self.paragraph()
        elif word in _CHARACTERS:
            self.text(_CHARACTERS[word])
        elif word in _MARKS:
            state.marks = state.marks - {_MARKS[word]} if number == 0 else state.marks | {_MARKS[word]}
        elif word == b"ulnone":
            state.marks -= {"underline"}
        elif word in (b"super", b"sub", b"nosupersub"):
            state.marks -= {"superscript", "subscript"}
            if word != b"nosupersub":
                state.marks |= {"superscript"} if word == b"super" else {"subscript"}
        elif word == b"plain":
            state.marks = frozenset()
        elif word == b"footnote":
            state.kind = "note"
            state.marks = frozenset()
            state.notes += 1
            self.outer.append((self.style, self.outline, self.layout))
            self.style, self.outline, self.layout = 0, 0, set()
            self.paragraphs.append(Paragraph())
        elif word == b"pard":
            self.style, self.outline = 0, 0
            self.layout.clear()
        else:
            self.setting(word, number)

    def setting(self, word: bytes, number: int | None) -> None:
        state = self.state
        if word == b"uc":
            state.skip = min(max(number or 0, 0), 16)
        elif word == b"v":
            state.kind = "body" if number == 0 else "skip"
        elif word == b"qc":
            self.layout.add("centered")
        elif word in (b"ql", b"qj", b"qr"):
            self.layout.discard("centered")
        elif word == b"outlinelevel" and number is not None:
            self.outline = number + 1 if 0 <= number < 6 else 0
        elif word == b"s" and number is not None:
            self.style, state.font = number, number if state.kind in ("styles", "style") else state.font
            state.kind = "style" if state.kind == "styles" else state.kind
        elif word == b"stylesheet":
            state.kind = "styles"
        elif word == b"fonttbl":
            state.kind = "fonts"
        elif word == b"info":
            state.kind = "info"
        elif word in _INFO and state.kind == "info":
            state.kind = "info:" + _INFO[word]
        elif word == b"ansicpg" and number:
            self.default = state.encoding = _known(f"cp{number}")
        elif word == b"mac":
            self.default = state.encoding = "mac_roman"
        elif word == b"f" and number is not None:
            state.font = number
            if state.kind in ("body", "note"):
                state.encoding = self.fonts.get(number, self.default)
        elif word == b"fcharset" and number is not None and state.kind == "fonts":
            self.fonts[state.font] = _CODE_PAGES.get(number, self.default) if number else self.default

    def unicode(self, code: int) -> None:
        if 0xD800 <= code < 0xDC00:
            self.high = code
            return
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((self.high - 0xD800) << 10) + code - 0xDC00 if self.high else 0xFFFD
        self.high = 0
        self.text(chr(code))

    def read(self, data: bytes) -> None:
        for m in _TOKEN.finditer(data):
            kind = m.lastgroup
            if kind == "text":
                part = m["text"]
                if self.pending:
                    part, self.pending = part[self.pending :], max(self.pending - len(part), 0)
                if self.state.kind != "skip":
                    self.bytes += part
            elif kind == "hex":
                if self.pending:
                    self.pending -= 1
                elif self.state.kind != "skip":
                    self.bytes.append(int(m["hex"], 16))
            elif kind == "open":
                self.pending = 0
                self.open()
            elif kind == "close":
                self.pending = 0
                self.close()
            elif kind == "symbol":
                self.symbol(m["symbol"])
            else:
                self.pending = 0
                self.word(m["word"], int(m["number"]) if m["number"] else None)
        self.flush()

    def symbol(self, symbol: bytes) -> None:
        if self.pending:
            self.pending -= 1
            return
        if symbol == b"*":
            self.state.star = True
        elif symbol in b"\\{}":
            if self.state.kind != "skip":
                self.bytes += symbol
        elif symbol in (b"\n", b"\r"):
            self.word(b"par", None)
        elif symbol in (b"~", b"_"):
            self.flush()
            self.text("\xa0" if symbol == b"~" else "-")


def _known(encoding: str) -> str:
    import codecs

    try:
        return codecs.lookup(encoding).name
    except LookupError:
        return "utf-8" if encoding == "cp65001" else "cp1252"


def rtf_document(data: bytes) -> Document:
    """The Document of an RTF file. Raises UnreadableError: cut short, nested too deep, too large."""
    if len(data) > limits.RTF_BYTES:
        raise limits.too_large("the document", limits.RTF_BYTES)
    reader = _Reader()
    reader.read(data.rstrip(b"\0"))
    if reader.stack:
        raise UnreadableError(
            "the document was cut short: its groups do not close", "Save or download it again"
        )
    reader.end_notes(0)
    reader.paragraph()
    facts = reader.facts
    blocks = settle([*spaced(reader.blocks), *spaced(reader.notes)], facts)
    author = ", ".join(facts.all("Author")) or None
    return Document("rtf", tuple(blocks), facts.first("Title"), author, None, facts.done())
