"""What every importer makes: blocks of text with what the file says of them. No offsets into a text yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from fabula.types import Mark, MarkKind, SegmentKind


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph. ``text`` has no blank line in it; a ``\\n`` is a line end that the author set.

    ``role`` is what the file says it is, None where it does not say: then the rules for plain text decide.
    Neighbours of one role and one ``group`` are one segment. ``fixed`` takes it out of those rules: with no
    role it is story whatever it looks like. ``close`` puts it on the line under the one before, ``gap``
    counts blank lines before it beyond the usual one. ``marks`` count from the start of ``text``;
    ``layout`` holds for the whole block. ``linked``: nothing but links into the book itself. ``level``: set
    as a heading of this level, 1 to 6; 0 where it is none.
    """

    text: str
    role: SegmentKind | None = None
    label: str | None = None
    group: int = 0
    fixed: bool = False
    close: bool = False
    gap: int = 0
    marks: tuple[Mark, ...] = ()
    layout: tuple[MarkKind, ...] = ()
    linked: bool = False
    level: int = 0

    def told(self, role: SegmentKind, label: str | None = None, group: int = 0) -> Block:
        """The block with a role."""
        return replace(self, role=role, label=label, group=group)


Metadata = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Document:
    """A file taken apart: its blocks in reading order and what it declares.

    ``format`` is the kind of file ("epub"), ``archive`` where it comes from ("ao3") or None. ``named`` is
    what the file calls itself, which is a title where nothing better is found.
    """

    format: str
    blocks: tuple[Block, ...]
    title: str | None = None
    author: str | None = None
    language: str | None = None
    metadata: Metadata = field(default_factory=dict)
    archive: str | None = None
    named: str | None = None


class UnreadableError(Exception):
    """A file cannot be read. Importers do not know its name: ``opening`` makes an InputError of it."""

    def __init__(self, problem: str, remedy: str) -> None:
        self.problem, self.remedy = problem, remedy
        super().__init__(problem)
