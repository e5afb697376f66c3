"""What XML can hold of a text."""

from __future__ import annotations

import re

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """The text with each character that XML 1.0 forbids as U+FFFD, or a space where it is one (a form feed).

    Of the same length.
    """
    return _FORBIDDEN.sub(lambda m: " " if m[0].isspace() else "\ufffd", text)
