"""Plain text with markup left in it: tags and character references of pages, codes of boards.

Stories are copied out of pages and forum posts, and ``&quot;``, ``<i>``, ``[i]`` come along. A file that is
a page as a whole is read as one (``html``); the rest becomes the plain text it was meant as: emphasis between
asterisks, breaks as breaks. No text is lost but what is between tags of scripts and styles.
"""

from __future__ import annotations

import html
import re

from fabula.text.words import words

LEAST = 2
"""Tags from which they are markup, and not what somebody says of a tag."""
DEEPEST = 8
"""Emphasis within emphasis; what is opened and never closed goes no further."""
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_BLOCKS = words(
    "p div center blockquote section article ul ol li table tr td html body head title h1 h2 h3 h4 h5 h6"
)
_INLINE = words("span font a u s strike del ins sup sub small big img tt pre code meta link")
_HIDDEN = words("script style")
_BREAKS = {"br": "\n", "hr": "\n\n* * *\n\n"}
_ALONE = frozenset(["br", "hr", "p", "div", "center"])
_EMPHASIS = {"i": "*", "em": "*", "b": "**", "strong": "**"}
_BOARD_BLOCKS = words("center left right justify indent quote spoiler")
_BOARD_INLINE = words("u s url color colour size font img")
_TAG = re.compile(
    rf"<(/?)({'|'.join(_BLOCKS | _INLINE | _HIDDEN | set(_BREAKS) | set(_EMPHASIS))})"
    r"(?:\s+[\w:-]{1,40}\s*=[^<>]{0,400})?\s*/?>|<(!--)|(--)>",
    re.IGNORECASE,
)
_CODE = re.compile(
    rf"\[(/?)({'|'.join(_BOARD_BLOCKS | _BOARD_INLINE | {'i', 'b', 'hr'})})(?:=[^][\n]{{0,200}})?\]",
    re.IGNORECASE,
)
_BLANK = re.compile(r"(\n\s*\n)")
_MANY = re.compile(r"\n{3,}")


def without_markup(text: str) -> str:
    """``text`` itself, or what it says where references, or two tags and more, are left in it. Linear."""
    if "&" in text and _REFERENCE.search(text):
        text = _REFERENCE.sub(_character, _REFERENCE.sub(_character, text))
    for pattern in (_TAG, _CODE):
        if _is_markup(text, pattern):
            text = _plain(text, pattern)
    return text


def _is_markup(text: str, pattern: re.Pattern[str]) -> bool:
    """Whether two tags stand there, one of which closes or stands alone: "[i]" may call a footnote."""
    found, sure = 0, False
    for m in pattern.finditer(text):
        found += m[2] is not None
        sure |= m[2] is not None and (bool(m[1]) or m[2].lower() in _ALONE)
        if sure and found >= LEAST:
            return True
    return False


def _character(m: re.Match[str]) -> str:
    return html.unescape(m.group()).replace("\xa0", " ")


def _plain(text: str, pattern: re.Pattern[str]) -> str:
    """The text without the tags of ``pattern``, emphasis and breaks in its own signs."""
    out: list[str] = []
    opened: list[tuple[str, int]] = []
    hidden, at = "", 0
    for m in pattern.finditer(text):
        name = (m[2] or "--").lower()
        closes = bool(m[1]) or m.group() == "-->"
        if hidden:
            if closes and name == hidden:
                hidden, at = "", m.end()
            continue
        if m.group() == "-->":
            continue
        out.append(text[at : m.start()])
        at = m.end()
        if name == "--" or name in _HIDDEN:
            hidden, at = ("", at) if closes else (name, m.start())
        elif name in _BREAKS:
            out.append(_BREAKS[name])
        elif name in _EMPHASIS and not closes:
            opened = [*opened[1 - DEEPEST :], (name, len(out))]
        elif name in _EMPHASIS:
            if opened and opened[-1][0] == name:
                _, start = opened.pop()
                out[start:] = [_emphasised("".join(out[start:]), _EMPHASIS[name])]
        elif name in _BLOCKS | _BOARD_BLOCKS:
            out.append("\n\n")
    out.append(text[at:])
    return _MANY.sub("\n\n", "".join(out)).strip("\n")


def _emphasised(text: str, mark: str) -> str:
    """Every paragraph of the text between marks, which touch its words."""
    parts = _BLANK.split(text)
    for i, part in enumerate(parts):
        bare = part.strip()
        if any(map(str.isalnum, bare)):
            head, tail = part[: len(part) - len(part.lstrip())], part[len(part.rstrip()) :]
            parts[i] = f"{head}{mark}{bare}{mark}{tail}"
    return "".join(parts)
