"""What a story declares of itself: title, author, language, and facts under the names the file gives them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from fabula.text import header_lines as header
from fabula.text.language import language_code
from fabula.text.lines import bare

_LIST_VALUES = frozenset(
    {"additional tags", "tags", "pairing", "pairings", "characters", "character", "relationship",
    "relationships", "warnings",
     "archive warnings", "genre", "genres", "keywords"}
)  # fmt: skip


_FURTHER = re.compile(r"\s*(?:[,;|]\s+|\s[-–—•·]\s+)(?P<key>[A-Z][A-Za-z ]{1,20}?)\s?:\s+(?=\S)")
"""Where a further fact begins on a header line: "Category: Books, Genre: Adventure"."""


@dataclass(frozen=True, slots=True)
class Declared:
    """What a file declares apart from its text."""

    title: str | None = None
    author: str | None = None
    language: str | None = None
    metadata: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class Declaring:
    """The same while it is collected; what is known of title, author and language stays."""

    def __init__(self, told: Declared) -> None:
        self.title, self.author = told.title, told.author
        self.language = language_code(told.language) if told.language else None
        self._metadata = {key: list(values) for key, values in told.metadata.items()}

    def add(self, key: str, value: str) -> None:
        """Add what a header line says: a list by its commas, further facts on the line on their own."""
        for one, said in _facts(key, value):
            self._add(one, said.strip())

    def _add(self, key: str, value: str) -> None:
        if not value:
            return
        lower = key.lower()
        kind = header.KEYS.get(lower)
        if kind == "title":
            self.title = self.title or bare(value)
        elif kind == "byline":
            self.author = self.author or value.strip("*_ ")
        elif lower == "language":
            self.language = self.language or language_code(value)
        name = key if not (key.isupper() or key.islower()) or "/" in key else key.capitalize()
        self.extend(name, [v.strip() for v in value.split(",")] if lower in _LIST_VALUES else [value])

    def extend(self, name: str, values: Sequence[str]) -> None:
        """Add values under a name as they stand, each once; "THE LAMP" is "The Lamp" again."""
        known = self._metadata.setdefault(name, [])
        seen = {v.casefold() for v in known}
        known.extend(v for v in dict.fromkeys(values) if v and v.casefold() not in seen)

    def metadata(self) -> dict[str, tuple[str, ...]]:
        """The facts collected."""
        return {key: tuple(values) for key, values in self._metadata.items()}


def _facts(key: str, value: str) -> list[tuple[str, str]]:
    """What one header line says, fact by fact; only of those that describe a story there are several."""
    if header.KEYS.get(key.lower()) != "tags":
        return [(key, value)]
    out, at = [], 0
    for match in _FURTHER.finditer(value):
        if header.KEYS.get(match["key"].lower()) == "tags":
            out.append((key, value[at : match.start()]))
            key, at = match["key"], match.end()
    return [*out, (key, value[at:])]
