"""What a file declares of its story, under one name for each thing, and the archive's tags as hints."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from fabula.types import CastHint

_ONE_NAME = {
    name: one
    for one, names in {
        "Rating": "rating ratings rated",
        "Archive Warning": "archive+warning archive+warnings",
        "Warning": "warning warnings content+warning content+warnings",
        "Category": "category categories",
        "Fandom": "fandom fandoms",
        "Relationship": "relationship relationships pairing pairings ship ships",
        "Character": "character characters",
        "Additional Tags": "additional+tags additional+tag freeform freeforms tag tags",
        "Genre": "genre genres",
        "Language": "language lang",
        "Series": "series",
        "Collections": "collection collections",
        "Words": "words word+count wordcount",
        "Chapters": "chapters",
        "Published": "published",
        "Updated": "updated last+updated",
        "Completed": "completed",
        "Packaged": "packaged",
        "Status": "status",
        "Summary": "summary description",
        "Story URL": "story+url",
        "Author URL": "author+url",
        "Publisher": "publisher",
        "Title": "title",
        "Author": "author authors",
    }.items()
    for name in (n.replace("+", " ") for n in names.split())
}
LISTS = frozenset({"Archive Warning", "Warning", "Category", "Fandom", "Relationship", "Character", "Genre"})
LISTS |= {"Additional Tags", "Collections"}
"""Names whose value is a list, parted by commas where the file has no links."""

_STATS = re.compile(
    r"\b(Published|Updated|Completed|Words|Chapters|Comments|Kudos|Bookmarks|Hits)\s*:\s*"
    r"([\w,./?-]+(?: [A-Z][a-z]{2,8} \d{4})?)"
)
_FANDOM = re.compile(r"\s*\([^()]*\)\s*$")
_NOBODY = re.compile(
    r"\b(?:reader|you|y/?n|original (?:\w+ )?characters?|o\.?c\.?s?|everyone|others?|minor|background|various"
    r"|undisclosed|implied|past|mentioned|no romantic|past or present)\b",
    re.IGNORECASE,
)


def one_name(key: str) -> str:
    """The name under which a thing is kept, whatever the file calls it: "Relationships" is "Relationship"."""
    plain = " ".join(key.replace("’", "'").split()).strip(" :*_")
    return _ONE_NAME.get(plain.lower(), plain)


class Facts:
    """Metadata while it is collected; the first value given for a title, author or language stays."""

    def __init__(self) -> None:
        self._values: dict[str, list[str]] = {}

    def add(self, key: str, *values: str) -> None:
        """Add values under the one name of ``key``, each once, in the order given."""
        known = self._values.setdefault(one_name(key), [])
        for value in values:
            flat = " ".join(value.split())
            if flat and flat not in known:
                known.append(flat)
        if not known:
            del self._values[one_name(key)]

    def add_line(self, key: str, value: str) -> None:
        """Add what a header line says: a list by its commas, AO3's line of figures by its parts."""
        name = one_name(key)
        stats = _STATS.findall(value) if name in ("Stats", "Statistics") else []
        if stats:
            for part, figure in stats:
                self.add(part, figure)
        elif name in LISTS:
            self.add(name, *value.split(","))
        else:
            self.add(name, value)

    def first(self, name: str) -> str | None:
        """The first value under ``name``, if there is one."""
        return self._values.get(name, [None])[0]

    def all(self, name: str) -> list[str]:
        """Every value under ``name``."""
        return list(self._values.get(name, ()))

    def update(self, other: Mapping[str, Iterable[str]]) -> None:
        """Add everything that ``other`` has."""
        for key, values in other.items():
            self.add(key, *values)

    def done(self) -> dict[str, tuple[str, ...]]:
        """The metadata collected."""
        return {key: tuple(values) for key, values in self._values.items()}


def cast_hints(metadata: Mapping[str, Iterable[str]]) -> tuple[CastHint, ...]:
    """The Character and Relationship tags among ``metadata``, taken apart into names."""
    hints: list[CastHint] = []
    for key, values in metadata.items():
        name = one_name(key)
        if name == "Character":
            hints += [_character(tag) for tag in values]
        elif name == "Relationship":
            hints += [_relationship(tag) for tag in values]
    return tuple(dict.fromkeys(hints))


def _character(tag: str) -> CastHint:
    names = [_person(part) for part in tag.split(" | ")]
    return CastHint("character", tag, tuple(name for name in names if name))


def _relationship(tag: str) -> CastHint:
    bare = _FANDOM.sub("", tag)
    for sign, bond in (("/", "romantic"), (" & ", "platonic"), (" x ", "romantic")):
        parts = bare.split(sign)
        if len(parts) > 1:
            names = tuple(filter(None, (_person(part.split(" | ")[0]) for part in parts)))
            return CastHint("relationship", tag, names, "romantic" if bond == "romantic" else "platonic")
    return CastHint("relationship", tag)


def _person(part: str) -> str:
    """The name in a part of a tag, without its fandom; "" where it names nobody in particular."""
    name = _FANDOM.sub("", part).split(" - ")[0].strip(" .")
    if _NOBODY.search(name) or not name[:1].isupper() or len(name) > 60:
        return ""
    return name
