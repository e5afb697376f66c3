"""What style sheets say of emphasis: the few properties that carry meaning, for simple selectors only."""

from __future__ import annotations

import re
from collections.abc import Iterable

from fabula.types import MarkKind

Look = frozenset[str]
"""Mark kinds of an element, and "hidden"."""

_SELECTOR = re.compile(r"^([a-zA-Z][\w-]*)?(?:\.([\w-]+))?$")
_PROPERTIES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), look)
    for pattern, look in (
        (r"font-style\s*:\s*(?:italic|oblique)", "emphasis"),
        (r"font-weight\s*:\s*(?:bold|bolder|[6-9]00)", "strong"),
        (r"text-decoration(?:-line)?\s*:[^;]*underline", "underline"),
        (r"text-decoration(?:-line)?\s*:[^;]*line-through", "strike"),
        (r"vertical-align\s*:\s*super", "superscript"),
        (r"vertical-align\s*:\s*sub", "subscript"),
        (r"font-variant(?:-caps)?\s*:\s*(?:all-)?small-caps", "small_caps"),
        (r"text-align\s*:\s*center", "centered"),
        (r"(?<![\w-])display\s*:\s*none|(?<![\w-])visibility\s*:\s*hidden", "hidden"),
    )
)
MOST_CSS = 1_000_000
"""Longest style sheet that is looked at, in code points."""


def look_of(style: str) -> Look:
    """What a list of declarations says."""
    return frozenset(look for pattern, look in _PROPERTIES if pattern.search(style))


def _without_comments(css: str) -> str:
    parts = css.split("/*")
    return parts[0] + "".join(part.partition("*/")[2] for part in parts[1:])


class Sheet:
    """The rules of one book's or page's style sheets."""

    def __init__(self, sheets: Iterable[str] = ()) -> None:
        self._looks: dict[tuple[str, str], Look] = {}
        for sheet in sheets:
            for rule in _without_comments(sheet[:MOST_CSS]).split("}"):
                rest, brace, declarations = rule.rpartition("{")
                look = look_of(declarations[:4000]) if brace else None
                if look:
                    self._add(rest.rpartition("{")[2].rpartition(";")[2], look)

    def _add(self, selectors: str, look: Look) -> None:
        for selector in selectors.split(","):
            m = _SELECTOR.match(selector.strip())
            if m is not None and (m[1] or m[2]):
                key = ((m[1] or "").lower(), m[2] or "")
                self._looks[key] = self._looks.get(key, frozenset()) | look

    def look(self, tag: str, classes: Iterable[str], style: str) -> Look:
        """How an element looks by these rules and its own ``style``."""
        found = look_of(style) if style else frozenset()
        if self._looks:
            found |= self._looks.get((tag, ""), frozenset())
            for name in classes:
                found |= self._looks.get(("", name), frozenset()) | self._looks.get((tag, name), frozenset())
        return found


TAGS: dict[str, MarkKind] = {
    "i": "emphasis", "em": "emphasis", "cite": "emphasis", "dfn": "emphasis", "var": "emphasis",
    "b": "strong", "strong": "strong", "u": "underline", "ins": "underline",
    "s": "strike", "strike": "strike", "del": "strike", "sup": "superscript", "sub": "subscript",
    "code": "code", "tt": "code", "kbd": "code", "samp": "code",
}  # fmt: skip
"""Elements that mark a stretch by themselves."""
INLINE: tuple[MarkKind, ...] = (
    "emphasis", "strong", "underline", "strike", "superscript", "subscript", "small_caps", "code",
)  # fmt: skip
"""Kinds of mark inside a line."""
