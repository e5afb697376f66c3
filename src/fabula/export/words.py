"""Words as columns of a table hold them."""

from __future__ import annotations

import re

_BREAKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")


def one_word(text: str, empty: str = "_") -> str:
    """The text without blanks and control characters, ``_`` in their place; ``empty`` if nothing is left."""
    return _BREAKS.sub("_", text) or empty
