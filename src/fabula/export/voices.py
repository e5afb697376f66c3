"""``voices.csv``: which voice reads which character, carried from book to book of a series.

Columns: character, voice (a name or a file, as the speech engine wants it), pronunciation, note; others that
a person adds are kept. The rows ``(narrator)`` and ``(unknown)`` are the voice of the narration and of
speakers who are not known. A pronunciation says the whole name ("EEM-reh"), in IPA between slashes, or word
by word ("Imre=EEM-reh; Sandor=/ˈʃaːndor/").
"""

from __future__ import annotations

import csv
import io
import os
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from fabula.errors import InputError
from fabula.export.cells import csv_text, decoded, delimiter_of, unguard
from fabula.types import Analysis, Entity
from fabula.usage import subject_forms

COLUMNS = ("character", "voice", "pronunciation", "note")
NARRATOR = "(narrator)"
UNKNOWN = "(unknown)"
_LARGEST = 10_000_000
_REMEDY = f"Use the columns {', '.join(COLUMNS)}; 'fabula voices' writes such a file"


@dataclass(frozen=True, slots=True)
class VoiceRow:
    """The voice of one character; ``others`` are the cells of columns that Fabula does not know."""

    character: str
    voice: str = ""
    pronunciation: str = ""
    note: str = ""
    others: tuple[str, ...] = ()

    def sayings(self) -> dict[str, str]:
        """How words are said: word to respelling, or to IPA between slashes."""
        said: dict[str, str] = {}
        for part in self.pronunciation.split(";") if "=" in self.pronunciation else [self.pronunciation]:
            word, _, how = part.rpartition("=")
            word, how = (word or self.character).strip(), how.strip()
            if word and how and word not in (NARRATOR, UNKNOWN):
                said[word] = how
        return said


@dataclass(frozen=True, slots=True)
class Voices:
    """The rows of a voices file. ``others`` names the columns that Fabula does not know."""

    rows: tuple[VoiceRow, ...] = ()
    others: tuple[str, ...] = ()

    def named(self, name: str) -> VoiceRow | None:
        """The row of the character called so, in any case."""
        wanted = name.casefold()
        return next((row for row in self.rows if row.character.casefold() == wanted), None)


def parse_voices(content: bytes | str, subject: str = "voices") -> Voices:
    """The voices in the content of a CSV file; ``subject`` is what errors call it. Raises InputError."""
    text = decoded(content, subject) if isinstance(content, bytes) else content
    text = text.removeprefix("\ufeff")
    delimiter = delimiter_of(text)
    rows: list[VoiceRow] = []
    header: list[str] | None = None
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if header is None:
                header = [cell.strip().casefold() for cell in cells]
                if "character" not in header or len(set(header)) < len(header):
                    raise InputError(subject, "names no column 'character', or a column twice", _REMEDY)
                continue
            if len(cells) > len(header):
                problem = f"line {reader.line_num}: {len(cells)} cells, there are {len(header)} columns"
                raise InputError(subject, problem, f"Put quote marks around a cell with a {delimiter!r}")
            found = dict(zip(header, [unguard(cell).strip() for cell in cells], strict=False))
            if not found["character"]:
                problem = f"line {reader.line_num}: the character is missing"
                raise InputError(subject, problem, "Write a name or delete the line")
            others = tuple(found.get(name, "") for name in header if name not in COLUMNS)
            character, voice, said, note = (found.get(name, "") for name in COLUMNS)
            rows.append(VoiceRow(character, voice, said, note, others))
    except csv.Error as error:
        raise InputError(subject, f"line {reader.line_num}: {error}", "Check the quote marks") from None
    if header is None:
        raise InputError(subject, "is empty", _REMEDY)
    twice = [n for n, count in Counter(row.character.casefold() for row in rows).items() if count > 1]
    if twice:
        raise InputError(subject, f"names {twice[0]!r} twice", "Give each character one line")
    return Voices(tuple(rows), tuple(name for name in header if name not in COLUMNS))


def read_voices(path: str | os.PathLike[str]) -> Voices:
    """The voices in the file ``path``. Raises InputError, which names the line and the remedy."""
    name = os.fspath(path)
    try:
        with Path(path).open("rb") as stream:
            content = stream.read(_LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(name, f"cannot be read ({reason})", "Name a file 'fabula voices' wrote") from None
    if len(content) > _LARGEST:
        raise InputError(name, "is too large for a file of voices", _REMEDY)
    return parse_voices(content, name)


def voices_csv(voices: Voices) -> str:
    """The voices as CSV that ``parse_voices`` reads back."""
    rows = ((r.character, r.voice, r.pronunciation, r.note, *r.others) for r in voices.rows)
    return csv_text((*COLUMNS, *voices.others), rows)


# ------------------------------------------------------------------ who has which row
def display_name(entity: Entity) -> str:
    """The name of an entity in one line; a bracketed number if it has none."""
    return " ".join(entity.name.split()) or f"(unnamed {entity.id})"


def rows_of(entities: Iterable[Entity], voices: Voices) -> dict[int, VoiceRow]:
    """The row of each entity that has one: by its name, else by an alias that no other entity bears."""
    entities = list(entities)
    bearers = Counter(key for e in entities for key in _keys(e))
    by_name = {row.character.casefold(): row for row in voices.rows}
    found = {}
    for entity in entities:
        own = display_name(entity).casefold()
        keys = [own, *(key for key in _keys(entity) if key != own and bearers[key] == 1)]
        row = next((by_name[key] for key in keys if key in by_name), None)
        if row is not None:
            found[entity.id] = row
    return found


def _keys(entity: Entity) -> dict[str, None]:
    """The names of an entity that may stand in a voices file, folded; descriptions are no names."""
    names = [display_name(entity), *(" ".join(a.text.split()) for a in entity.aliases if _proper(a.text))]
    return dict.fromkeys(name.casefold() for name in names if name)


def _proper(text: str) -> bool:
    return re.match(r"\s*\w", text) is not None and text.lstrip()[0].isupper()


def voices_for(analysis: Analysis, known: Voices | None = None) -> Voices:
    """The known voices, every row as it was, and a row for each speaker or narrator who has none yet.

    New rows have no voice; their note says how many lines they speak and which pronouns are used of them.
    The most talkative come first.
    """
    known = known or Voices()
    have = rows_of(analysis.entities, known)
    lines = Counter(q.speaker for q in analysis.quotes if q.speaker is not None and q.parent is None)
    narrators = {s.narrator for s in analysis.story.segments if s.narrator is not None}
    blank = ("",) * len(known.others)
    rows = list(known.rows)
    for name, note in ((NARRATOR, "the narration"), (UNKNOWN, "lines of speakers who are not known")):
        if known.named(name) is None:
            rows.append(VoiceRow(name, note=note, others=blank))
    taken = {row.character.casefold() for row in rows}
    for entity in sorted(analysis.entities, key=lambda e: (-lines[e.id], -e.mention_count)):
        name = display_name(entity)
        speaks = lines[entity.id] or entity.id in narrators
        if speaks and entity.id not in have and name.casefold() not in taken:
            taken.add(name.casefold())
            rows.append(VoiceRow(name, note=_note(entity, lines, narrators), others=blank))
    return Voices(tuple(rows), known.others)


def _note(entity: Entity, lines: Mapping[int, int], narrators: set[int]) -> str:
    count = lines.get(entity.id, 0)
    parts: Sequence[str] = [
        f"{count} line{'' if count == 1 else 's'}",
        *(["narrates"] if entity.id in narrators else []),
        "/".join(subject_forms(entity.pronouns)[:2]),
    ]
    return ", ".join(part for part in parts if part)
