"""From bytes to text, or a plain word about why not."""

from __future__ import annotations

import codecs
import re

from fabula.errors import InputError

MAX_BYTES = 512 * 1024 * 1024
"""Largest file that is read."""

_MAGIC = (
    (b"%PDF", "a PDF", "Save it as plain text (pdftotext) and read that"),
    (b"PK\x03\x04", "a zip archive (EPUB, DOCX, ODT …)", "Export the story as plain text and read that"),
    (b"\xd0\xcf\x11\xe0", "an old Office document", "Save it as plain text and read that"),
    (b"BOOKMOBI", "a MOBI book", "Convert it to EPUB and read that"),
    (b"{\\rtf", "a rich-text document", "Save it as plain text and read that"),
    (b"\x1f\x8b", "compressed", "Unpack it first"),
    (b"\x89PNG", "a picture", "Give the text of the story"),
    (b"\xff\xd8\xff", "a picture", "Give the text of the story"),
    (b"GIF8", "a picture", "Give the text of the story"),
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = bytes(b for b in range(32) if b not in b"\0\t\n\x0b\x0c\r\x1a\x1b") + b"\x7f"
_LETTER = re.compile(r"[^\W\d_]")
_ESCAPED = re.compile("[\udc80-\udcff]")
_SURROGATE = re.compile(b"\xed[\xa0-\xbf][\x80-\xbf]")
"""Half of a surrogate pair that a careless program wrote as if it were a character."""
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")


def decode(data: bytes, name: str) -> str:
    """The text of a file, its byte-order mark dropped and its line ends made ``\\n``, nothing else changed.

    Tried in turn: the byte-order mark (UTF-8, UTF-16, UTF-32), UTF-8, UTF-8 with a few stray bytes, UTF-16
    without a mark, Windows-1252, and what charset-normalizer finds.

    Raises InputError for a file that is empty, too large, binary, in no encoding known, or without letters.
    """
    if not data:
        raise InputError(name, "the file is empty", "Give a file that holds a story")
    if len(data) > MAX_BYTES:
        raise InputError(name, f"the file is larger than {MAX_BYTES >> 20} MiB", "Split it into stories")
    for magic, what, remedy in _MAGIC:
        if data.startswith(magic) or (magic == b"BOOKMOBI" and data[60:68] == magic):
            raise InputError(name, f"this is {what}, not plain text", remedy)
    text = unify_line_ends(_decode(data, name))
    if _LETTER.search(text) is None:
        raise InputError(name, "there are no letters in it", "Give a file that holds a story")
    return text


def unify_line_ends(text: str) -> str:
    """The text with ``\\r\\n`` and ``\\r`` made ``\\n``."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _decode(data: bytes, name: str) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, "replace")
    if (wide := _utf16(data)) is not None:
        return wide
    if data.count(0) > 0.02 * len(data) or len(data) - len(data.translate(None, _CONTROLS)) > 0.05 * len(
        data
    ):
        raise InputError(name, "this is a binary file, not text", "Save the story as plain text in UTF-8")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if _SURROGATE.search(data) is not None and (text := _with_surrogates(data)) is not None:
        return text
    mended = _mostly_utf8(data)
    if mended is not None:
        return mended
    try:
        western = data.decode("cp1252")
    except UnicodeDecodeError:
        western = None
    if western is not None and _looks_western(western):
        return western
    return _guess(data, western, name)


def _with_surrogates(data: bytes) -> str | None:
    """UTF-8 but for surrogates: two that make a pair are its character, others ``\ufffd``."""
    try:
        text = data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return None
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _utf16(data: bytes) -> str | None:
    """UTF-16 without a mark, which shows as a NUL in every other byte of Western text."""
    even, odd = data[0:8192:2].count(0), data[1:8192:2].count(0)
    half = len(data[:8192]) / 2
    if len(data) % 2 or max(even, odd) < 0.6 * half or min(even, odd) > 0.05 * half:
        return None
    try:
        return data.decode("utf-16-be" if even > odd else "utf-16-le")
    except UnicodeDecodeError:
        return None


def _mostly_utf8(data: bytes) -> str | None:
    """UTF-8 with a few bytes of another encoding in it; these are read as Windows-1252."""
    text = data.decode("utf-8", "surrogateescape")
    strays = len(_ESCAPED.findall(text))
    valid = len(_BEYOND_ASCII.findall(text)) - strays
    if valid < 3 * strays:
        return None
    return _ESCAPED.sub(lambda m: bytes([ord(m.group()) - 0xDC00]).decode("cp1252", "replace"), text)


def _looks_western(text: str) -> bool:
    """Whether text read as Windows-1252 has no more accented letters than a Western language has."""
    sample = text[:200_000]
    plain = sum(map(sample.count, "etaoinETAOIN"))
    accented = sum(1 for c in _BEYOND_ASCII.findall(sample) if c.isalpha())
    return accented <= 0.4 * plain


def _guess(data: bytes, western: str | None, name: str) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:500_000]).best()
    if best is not None:
        try:
            return data.decode(best.encoding)
        except (UnicodeDecodeError, LookupError):
            pass
    if western is not None:
        return western
    raise InputError(name, "its encoding is not known", "Save the story as plain text in UTF-8")
