"""A story as Fabula read it: the public view of an Analysis."""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from fabula.bonds import Bonds, Moment
from fabula.characters import Characters
from fabula.types import STORY_KINDS, Analysis
from fabula.views import (
    ActView,
    BondView,
    Character,
    EmotionView,
    EntityView,
    MentionView,
    QuoteView,
    SceneView,
)

if TYPE_CHECKING:
    from fabula.export.choices import Choices
    from fabula.ledger.replay import Replay
    from fabula.ledger.roles import Roles

_ENGLISH = frozenset({"en", "eng", "und"})


class Reading:
    """What ``fabula.read`` returns. It never changes.

    for quote in reading.quotes:
        print(quote.speaker, "→", quote.addressees, quote.text, quote.confidence)
    reading.characters["Imre"].mentions
    reading.save("story.json")
    """

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self._entities = {
            e.id: (Character if e.type == "PER" else EntityView)(self, e) for e in analysis.entities
        }

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Reading:
        """The reading that ``save`` or another program wrote to ``path``.

        Raises InputError if the file cannot be read, ContractError if it does not follow the contract.
        """
        from fabula.contract import load_file

        return cls(load_file(path))

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the reading to ``path`` as JSON, whole or not at all. Raises OutputError."""
        from fabula.contract import json_pieces
        from fabula.output import write_atomic

        write_atomic(path, json_pieces(self.analysis))

    def export(
        self,
        to: str,
        path: str | os.PathLike[str],
        *,
        voices: str | os.PathLike[str] | None = None,
        choices: Choices | None = None,
    ) -> tuple[Path, ...]:
        """Write the reading in the format ``to`` (see docs/formats.md) and return the files written.

        ``path`` is the file, or the folder if the format has several files. ``voices`` (a file that ``fabula
        voices`` wrote) and ``choices`` matter to script, ssml and ebook2audiobook. Raises OutputError for an
        unknown format, a missing library, a place that cannot be written; InputError for unusable voices.
        """
        from fabula.export import Choices, Request, Voices, base_name, format_named, read_voices, store

        form = format_named(to)
        known = Voices() if voices is None else read_voices(voices)
        request = Request(base_name(self.analysis, os.fspath(path)), choices or Choices(), known)
        return store(form.write(self.analysis, request), form, path)

    def to_dict(self) -> dict[str, Any]:
        """The reading as the JSON contract has it, in plain dicts and lists."""
        from fabula.contract import to_dict

        return to_dict(self.analysis)

    def __repr__(self) -> str:
        name = self.title or self.analysis.story.id[:8]
        return f"<Reading {name!r}: {len(self.characters)} characters, {len(self.quotes)} quotes>"

    # -------------------------------------------------------------- the story
    @property
    def text(self) -> str:
        """The story's text, to which all offsets refer."""
        return self.analysis.story.text

    @property
    def title(self) -> str | None:
        """The title, if the story gives one."""
        return self.analysis.story.title

    @property
    def author(self) -> str | None:
        """The author, if the story names one."""
        return self.analysis.story.author

    @property
    def language(self) -> str | None:
        """The code of the language the text seems to be in."""
        return self.analysis.story.language

    @property
    def is_english(self) -> bool:
        """Whether the text may be English, the one language Fabula was made for."""
        return self.language is None or self.language.casefold().split("-")[0] in _ENGLISH

    @cached_property
    def word_count(self) -> int:
        """How many words the story has, paratext left out.

        A word is what stands between spaces and has a letter or a digit.
        """
        parts = [self.text[s.start : s.end] for s in self.analysis.story.segments if s.kind in STORY_KINDS]
        return sum(any(map(str.isalnum, word)) for part in parts for word in part.split())

    def line_of(self, offset: int) -> int:
        """The line of the text, from 1, in which the code point ``offset`` stands."""
        return bisect_right(self._line_starts, offset)

    @cached_property
    def _line_starts(self) -> list[int]:
        starts, at = [0], self.text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = self.text.find("\n", at + 1)
        return starts

    # -------------------------------------------------------------- who
    def entity(self, number: int) -> EntityView:
        """The entity with the id ``number``. Raises KeyError."""
        return self._entities[number]

    def _optional(self, number: int | None) -> EntityView | None:
        return None if number is None else self._entities[number]

    @cached_property
    def entities(self) -> tuple[EntityView, ...]:
        """Everything that is mentioned, the most important first: by mentions, then by lines spoken."""

        def importance(entity: EntityView) -> tuple[int, int]:
            return -entity.value.mention_count, -len(self._lines_of.get(entity.id, ()))

        return tuple(sorted(self._entities.values(), key=importance))

    @cached_property
    def characters(self) -> Characters:
        """The persons of the story, the most important first; groups are in ``entities`` only."""
        return Characters([e for e in self.entities if isinstance(e, Character) and e.role != "group"])

    # -------------------------------------------------------------- what is said of them, what they say
    @cached_property
    def mentions(self) -> tuple[MentionView, ...]:
        """Every mention, as ordered in the analysis."""
        return tuple(MentionView(self, m) for m in self.analysis.mentions)

    @cached_property
    def quotes(self) -> tuple[QuoteView, ...]:
        """Every stretch of direct speech, as ordered in the analysis."""
        return tuple(QuoteView(self, q) for q in self.analysis.quotes)

    @cached_property
    def scenes(self) -> tuple[SceneView, ...]:
        """The scenes, in text order."""
        return tuple(SceneView(self, s) for s in self.analysis.scenes)

    @cached_property
    def acts(self) -> tuple[ActView, ...]:
        """Who does what to whom."""
        return tuple(ActView(self, a) for a in self.analysis.acts)

    @cached_property
    def emotions(self) -> tuple[EmotionView, ...]:
        """Who feels what."""
        return tuple(EmotionView(self, e) for e in self.analysis.emotions)

    @cached_property
    def bonds(self) -> Bonds:
        """What is between two characters, scene by scene; ``bonds["Imre", "Halvard"]`` finds one."""
        return Bonds(BondView(self, b) for b in self.analysis.bonds)

    def at(self, offset: int) -> Moment:
        """The story after the last sentence ended by ``offset``. Raises ValueError outside the text."""
        return Moment(self, self._replay.at(offset))

    @cached_property
    def _replay(self) -> Replay:
        from fabula.ledger.replay import Replay

        return Replay(self.analysis)

    @cached_property
    def _roles(self) -> dict[int, Roles]:
        from fabula.ledger.roles import roles_of

        return roles_of(self.analysis)

    @cached_property
    def _mention_by_id(self) -> dict[int, MentionView]:
        return {m.id: m for m in self.mentions}

    @cached_property
    def _quote_by_id(self) -> dict[int, QuoteView]:
        return {q.id: q for q in self.quotes}

    @cached_property
    def _mentions_of(self) -> dict[int, tuple[MentionView, ...]]:
        return _grouped((m.value.entity, m) for m in self.mentions)

    @cached_property
    def _lines_of(self) -> dict[int, tuple[QuoteView, ...]]:
        return _grouped((q.value.speaker, q) for q in self.quotes)


_V = TypeVar("_V", MentionView, QuoteView)


def _grouped(pairs: Iterable[tuple[int | None, _V]]) -> dict[int, tuple[_V, ...]]:
    """The views of each entity, in text order."""
    groups: dict[int, list[_V]] = {}
    for number, view in pairs:
        if number is not None:
            groups.setdefault(number, []).append(view)
    return {number: tuple(sorted(views, key=lambda view: view.start)) for number, views in groups.items()}
