"""What a story declares of itself: title, author, language, and facts under the names the file gives them."""

from __future__ import annotations

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
        """Add what a header line says, a list by its commas."""
        value = value.strip()
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
