"""Which kind of file it is, by its content alone, and its Document. Plain text stays as it is."""

from __future__ import annotations

import re
from collections.abc import Callable

from fabula.errors import InputError
from fabula.text.decode import MAX_BYTES, decode
from fabula.text.formats.container import Archive
from fabula.text.formats.document import Document, UnreadableError

_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ODT = b"application/vnd.oasis.opendocument.text"
_OTHER = {
    "xl/workbook.xml": "a spreadsheet",
    "ppt/presentation.xml": "a presentation",
    "AndroidManifest.xml": "a program",
    "META-INF/MANIFEST.MF": "a program",
}
_XML = re.compile(
    r"\s*<\?xml\b[^>]*>(?:\s|<!--(?:(?!-->).)*-->|<\?[^>]*>|<![A-Z][^>]*>)*<([\w:.-]{1,60})", re.DOTALL
)
_XML_KINDS = {"fictionbook": "a FictionBook (FB2)", "rss": "a news feed", "feed": "a news feed"}


def open_document(data: bytes, name: str) -> Document | str:
    """The Document in the bytes of a file, or its text where it is plain text; ``name`` is for errors.

    Raises InputError for what cannot be read: no text, damaged, encrypted, hostile.
    """
    try:
        return document_of(data, name)
    except UnreadableError as error:
        raise InputError(name, error.problem, error.remedy) from None


def document_of(data: bytes, name: str, *, nested: bool = False) -> Document | str:
    """As ``open_document``; ``nested``: the file is itself in an archive, which ends there.

    Raises UnreadableError beside InputError.
    """
    if len(data) > MAX_BYTES:
        raise InputError(name, f"the file is larger than {MAX_BYTES >> 20} MiB", "Split it into stories")
    if data.startswith(_ZIP):
        return _zipped(data, name, nested=nested)
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise UnreadableError("it is encrypted with a password", "Save it without one")
        raise UnreadableError("this is an old Office document", "Save it as DOCX, ODT or plain text")
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf"):
        from fabula.text.formats.rtf import rtf_document

        return rtf_document(data)
    return _written(data, name)


def _zipped(data: bytes, name: str, *, nested: bool) -> Document:
    archive = Archive(data)
    mimetype = (
        archive.read("mimetype", 200).strip()
        if "mimetype" in archive and archive.size("mimetype") < 200
        else b""
    )
    reader: Callable[[Archive], Document]
    if "META-INF/container.xml" in archive or mimetype == b"application/epub+zip":
        from fabula.text.formats.epub import epub_document as reader
    elif "word/document.xml" in archive or (
        "[Content_Types].xml" in archive and any(n.startswith("word/document") for n in archive.names)
    ):
        from fabula.text.formats.docx import docx_document as reader
    elif "content.xml" in archive and (mimetype.startswith(_ODT) or "META-INF/manifest.xml" in archive):
        from fabula.text.formats.odt import odt_document as reader
    else:
        for entry, what in _OTHER.items():
            if entry in archive:
                raise UnreadableError(f"this is {what}, not a story", "Give a file that holds a story")
        if nested:
            raise UnreadableError("it is an archive inside an archive", "Unpack it")
        from fabula.text.formats.chapters import zip_document

        return zip_document(archive, name)
    return reader(archive)


def _written(data: bytes, name: str) -> Document | str:
    """What is text itself: HTML, Markdown, or plain."""
    from fabula.text.formats.html import html_document, is_html
    from fabula.text.formats.leftovers import without_markup
    from fabula.text.formats.markdown import is_markdown, markdown_document
    from fabula.text.formats.markup import decode_markup
    from fabula.text.formats.pages import without_pages
    from fabula.text.sheet import made_by_tool

    if b"<" in data[:4096]:
        page = decode_markup(data, name)
        if is_html(page):
            return html_document(page)
        if "<office:document" in page[:4096]:
            from fabula.text.formats.odt import flat_document

            return flat_document(data)
        found = _XML.match(page[:4096])
        if found is not None:
            what = _XML_KINDS.get(found[1].lower(), f"an XML file ({found[1]})")
            raise UnreadableError(f"this is {what}, which is not read", "Convert it to EPUB")
    text = without_markup(without_pages(decode(data, name)))
    # A tool that makes text of pages leaves Markdown's signs in the chapters; the file is its own.
    if is_markdown(text) and not made_by_tool(text):
        return markdown_document(text)
    return text
