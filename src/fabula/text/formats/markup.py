"""HTML and XML to trees, with a parser that follows nothing and expands nothing.

No network, no document type, no entities but those of HTML, a limit on depth. Walking a tree is never
recursive, so depth costs nothing but memory.
"""

from __future__ import annotations

import codecs
import re
from html.entities import html5
from typing import Any, TypeAlias

from fabula.text.decode import decode
from fabula.text.formats import limits
from fabula.text.formats.document import UnreadableError
from fabula.text.words import words

Element: TypeAlias = Any
"""An element of lxml, which has no types of its own."""

_CHARSET = re.compile(
    rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})|<meta[^>]{0,200}?charset\s*=\s*["']?([\w.:-]{1,40})""",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(#\d{1,8};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)?")
_XML_ENTITIES = frozenset({"amp;", "lt;", "gt;", "quot;", "apos;"})
_LATIN = frozenset({"iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii", "iso8859-1"})
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DOCTYPE = re.compile(r"<!DOCTYPE\b", re.IGNORECASE)
_APART = words(
    "address blockquote br center dd div dl dt h1 h2 h3 h4 h5 h6 hr li ol p pre section table td th tr ul"
)
"""Elements whose text stands apart from what is around them."""
_TOO_DEEP = UnreadableError(
    "its elements are nested deeper than any story's", "Check where the file comes from"
)


def decode_markup(data: bytes, name: str = "page") -> str:
    """The text of a page in the encoding that it declares, or in the one that fits where that is wrong.

    Raises InputError where no encoding fits (see ``text.decode``).
    """
    if not data.startswith((codecs.BOM_UTF8, b"\xff\xfe", b"\xfe\xff")):
        m = _CHARSET.search(data[:4096])
        if m is not None:
            declared = (m[1] or m[2]).decode("ascii").lower()
            try:
                encoding = codecs.lookup("cp1252" if declared in _LATIN else declared)
                if getattr(encoding, "_is_text_encoding", False) and encoding.name != "utf-7":
                    return data.decode(encoding.name)
            except (LookupError, UnicodeError, ValueError):
                pass
    return decode(data, name)


def parse_html(text: str) -> Element:
    """The root element of an HTML page, however broken. Raises UnreadableError."""
    if len(text) > limits.MARKUP_BYTES:
        raise limits.too_large("the page", limits.MARKUP_BYTES)
    from lxml import etree

    data = _NOT_XML.sub(" ", text).encode("utf-8")
    for huge in (False, True):
        parser = etree.HTMLParser(
            encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=huge
        )
        try:
            root = etree.fromstring(data, parser)
        except (etree.LxmlError, ValueError, AssertionError):
            root = None
        if not _limited(parser):
            break
    else:
        raise _TOO_DEEP
    if root is None:
        raise UnreadableError("there is no text in the page", "Give a file that holds a story")
    return root


def parse_xhtml(text: str) -> Element:
    """The root element of a page that should be XHTML; read as HTML where it is not well-formed."""
    from lxml import etree

    if len(text) > limits.MARKUP_BYTES:
        raise limits.too_large("the page", limits.MARKUP_BYTES)
    try:
        return _xml(text)
    except etree.XMLSyntaxError:
        return parse_html(text)


def parse_xml(data: bytes, what: str) -> Element:
    """The root element of an XML file inside a book, which ``what`` names. Raises UnreadableError."""
    from lxml import etree

    try:
        return _xml(decode_markup(data, what))
    except etree.XMLSyntaxError:
        raise UnreadableError(f"its part {what} is damaged", "Download or save the file again") from None


def _xml(text: str) -> Element:
    from lxml import etree

    text = _ENTITY.sub(_plain_entity, _without_doctype(_NOT_XML.sub(" ", text)))
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text.lstrip("\ufeff"), count=1)
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False,
        huge_tree=False, remove_comments=True, remove_pis=True, recover=False,
    )  # fmt: skip
    try:
        return etree.fromstring(text.strip().encode("utf-8"), parser)
    except etree.XMLSyntaxError:
        if _limited(parser):
            raise _TOO_DEEP from None
        raise
    except ValueError:
        raise UnreadableError("it is no XML", "Save the file again") from None


def _limited(parser: Any) -> bool:
    """Whether the parser gave up at one of its limits."""
    return any(entry.type_name == "ERR_RESOURCE_LIMIT" or "xcessive depth" in entry.message
               for entry in parser.error_log)  # fmt: skip


def _plain_entity(m: re.Match[str]) -> str:
    """HTML's entities as characters; what is no entity of XML or HTML stays as it is written."""
    name = m[1]
    if name is None:
        return "&amp;"
    if name in _XML_ENTITIES:
        return m[0]
    if name[0] == "#":
        code = int(name[2:-1], 16) if name[1] in "xX" else int(name[1:-1])
        legal = (
            code in (9, 10, 13)
            or 32 <= code < 0xD800
            or 0xE000 <= code < 0xFFFE
            or 0x10000 <= code < 0x110000
        )
        return m[0] if legal else "\ufffd"
    return html5.get(name, "&amp;" + name).replace("<", "&lt;") if name in html5 else "&amp;" + name


def _without_doctype(text: str) -> str:
    """The text without its document type, and so without every entity that it declares."""
    m = _DOCTYPE.search(text, 0, 4096)
    if m is None:
        return text
    depth, quote = 0, ""
    for i in range(m.end(), min(len(text), m.end() + 100_000)):
        c = text[i]
        if quote:
            quote = "" if c == quote else quote
        elif c in "\"'" and depth < 2:
            quote = c
        elif c == "[":
            depth += 1
        elif c == "]":
            depth -= 1
        elif c == ">" and depth <= 0:
            return text[: m.start()] + text[i + 1 :]
    raise UnreadableError("its document type is longer than any book's", "Check where the file comes from")


def local(element: Element) -> str:
    """The element's name without a namespace, in lower case; "" for what is no element."""
    tag = element.tag
    return tag.rsplit("}", 1)[-1].lower() if isinstance(tag, str) else ""


def text_of(element: Element, limit: int = 5_000) -> str:
    """The text in the element on one line, a blank between its paragraphs; of a longer one, the beginning."""
    from lxml import etree

    parts: list[str] = []
    length = 0
    for event, inner in etree.iterwalk(element, events=("start", "end")):
        if event == "end" and inner is element:
            break
        if length and local(inner) in _APART:
            parts.append(" ")
        part = inner.text if event == "start" else inner.tail
        if part:
            parts.append(str(part))
            length += len(part)
        if length > limit:
            break
    return " ".join(limits.clean("".join(parts)).split())


def attribute(element: Element, name: str) -> str:
    """The value of an attribute, whatever its namespace; "" where it is missing."""
    value = element.get(name)
    if value is None:
        end = "}" + name
        value = next((v for k, v in element.attrib.items() if str(k).endswith(end)), "")
    return str(value)


def classes(element: Element) -> list[str]:
    """The classes of an element, in lower case, without the number that calibre appends."""
    return [re.sub(r"_?\d{1,3}$", "", c) or c for c in (element.get("class") or "").lower().split()]
