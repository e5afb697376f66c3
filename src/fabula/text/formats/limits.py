"""How much of anything is read. Beyond it a file is refused, so that time and memory stay bounded."""

from __future__ import annotations

import re

from fabula.text.formats.document import UnreadableError

MARKUP_BYTES = 64 * 1024 * 1024
"""Largest page of HTML or XML, and all pages of one book together twice that."""
BOOK_BYTES = 2 * MARKUP_BYTES
MARKDOWN_BYTES = 16 * 1024 * 1024
RTF_BYTES = 128 * 1024 * 1024
"""Largest RTF file; much of one may be pictures in hexadecimal."""
RATIO = 300
"""Most that a large entry of a zip archive may grow when it is unpacked: text shrinks by ten at most."""
RATIO_FROM = 4 * 1024 * 1024
ENTRIES = 20_000
CHAPTERS = 5_000
"""Most chapters of a folder or zip, and files of a folder that are looked at."""
FOLDER_DEPTH = 6
DEPTH = 2_000
"""Deepest nesting of elements, groups or lists."""

_CONTROLS: dict[int, str | None] = {code: None for code in range(32) if code not in (9, 10, 13)}
_CONTROLS |= {
    0x7F: None,
    0xAD: None,
    0x200B: None,
    0x2060: None,
    0xFEFF: None,
    0x0B: " ",
    0x0C: " ",
    0x85: " ",
    0x2028: " ",
    0x2029: " ",
}
_CONTROLS |= {code: None for code in range(0x80, 0xA0) if code != 0x85}
_CONTROLS |= dict.fromkeys(range(55296, 57344), "�")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b\u2028\u2029\u2060\ufeff\ud800-\udfff]")


def clean(text: str) -> str:
    """The text without what nobody sees: control characters, soft hyphens, zero-width spaces."""
    if _CONTROL.search(text) is None:
        return text
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_CONTROLS)


def too_large(what: str, limit: int) -> UnreadableError:
    """The refusal of something larger than ``limit`` bytes."""
    return UnreadableError(f"{what} is larger than {limit >> 20} MiB", "Split it into stories")
