"""Story text made harmless to a terminal: what a story holds is shown, never obeyed."""

from __future__ import annotations

_CONTROLS = {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\n\t"}
_CONTROLS |= {0x7F: "\u2421"} | dict.fromkeys(range(0x80, 0xA0), "\ufffd")
# Marks that turn the direction of what follows, and lone halves of surrogate pairs.
_CONTROLS |= dict.fromkeys((0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)), "\ufffd")
_CONTROLS |= dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
_IN_JSON = {
    code: f"\\u{code:04x}"
    for code in (
        0x7F,
        *range(0x80, 0xA0),
        0x061C,
        0x200E,
        0x200F,
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
    )
}


def safe(text: str) -> str:
    """The text with control characters, escape sequences and direction marks made visible, one for one.

    Line ends and tabs stay.
    """
    return text if text.isascii() and text.isprintable() else text.translate(_CONTROLS)


def one_line(text: str) -> str:
    """The text made harmless, on one line, with single spaces."""
    return safe(" ".join(text.split()))


def json_for_terminal(piece: str) -> str:
    """A piece of JSON text in which what a terminal might obey is escaped: the same JSON."""
    return piece if piece.isascii() and "\x7f" not in piece else piece.translate(_IN_JSON)
