"""The characters of a story, found by any of their names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fabula.views import Character


class Characters:
    """The characters of a story: iterates over them, most important first; finds one by name or alias.

    ``characters["Imre"]`` looks for a name, then for an alias, then for either in any case. Raises KeyError
    if nobody is called so, or several are and none of them has it for a name.
    """

    def __init__(self, characters: Sequence[Character]) -> None:
        self._all = tuple(characters)
        self._tables: list[dict[str, list[Character]]] = [{}, {}, {}, {}]
        for character in self._all:
            aliases = {alias.text for alias in character.aliases}
            for table, names in zip(
                self._tables,
                ({character.name}, aliases, {character.name.casefold()}, {a.casefold() for a in aliases}),
                strict=True,
            ):
                for name in names:
                    table.setdefault(name, []).append(character)

    def __len__(self) -> int:
        return len(self._all)

    def __iter__(self) -> Iterator[Character]:
        return iter(self._all)

    def __contains__(self, name: object) -> bool:
        return name in self._all or (isinstance(name, str) and bool(self._called(name)))

    def __getitem__(self, name: str) -> Character:
        found = self._called(name)
        if len(found) == 1:
            return found[0]
        if found:
            raise KeyError(f"several are called {name!r}: {', '.join(map(str, found))}")
        there_are = ", ".join(map(str, self._all[:8])) or "no characters"
        raise KeyError(f"nobody is called {name!r}; there are {there_are}")

    def get(self, name: str) -> Character | None:
        """The character called ``name``, None if there is not exactly one."""
        found = self._called(name)
        return found[0] if len(found) == 1 else None

    def _called(self, name: str) -> list[Character]:
        keys = (name, name, name.casefold(), name.casefold())
        return next((t[key] for t, key in zip(self._tables, keys, strict=True) if key in t), [])

    def __repr__(self) -> str:
        return f"<Characters {', '.join(map(str, self._all))}>"
