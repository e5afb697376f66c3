"""Cast files: what is known of the people of a story before it is read, as CSV or JSON.

CSV has the columns name, aliases (separated by ``;`` or ``|``), pronouns (``he/him``) and note; its cells may
be separated by commas, semicolons or tabs, and its first line may name the columns. JSON is a list of objects
with the same keys, or of names. Every name and alias belongs to one person.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from fabula.errors import CastError
from fabula.types import Analysis, CastMember, Entity
from fabula.usage import pronoun_pair, subject_forms

COLUMNS = ("name", "aliases", "pronouns", "note")
_SYNONYMS = {"alias": "aliases", "pronoun": "pronouns", "notes": "note", "names": "name", "character": "name"}
_USE = f"Use the columns {', '.join(COLUMNS)}"
_LARGEST = 10_000_000


class _Row(NamedTuple):
    """One person with the place in the file that errors name."""

    place: str
    member: CastMember


def read_cast(path: str | os.PathLike[str]) -> tuple[CastMember, ...]:
    """The people in the cast file ``path``. Raises CastError, which names the line and the remedy."""
    name = os.fspath(path)
    try:
        with Path(path).open("rb") as stream:
            content = stream.read(_LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise CastError(name, f"cannot be read ({reason})", "Name a CSV or JSON file") from None
    if len(content) > _LARGEST:
        raise CastError(name, "is too large for a cast file", "Name a CSV or JSON file of names")
    return parse_cast(content, name)


def parse_cast(content: bytes | str, subject: str = "cast") -> tuple[CastMember, ...]:
    """The people in the content of a cast file; ``subject`` is what errors call it. Raises CastError."""
    text = _decode(content, subject) if isinstance(content, bytes) else content
    text = text.removeprefix("\ufeff")
    if "\0" in text:
        raise CastError(subject, "is not text", "Save it as CSV (UTF-8) or JSON")
    rows = list(_json_rows(text, subject) if text.lstrip()[:1] in ("[", "{") else _csv_rows(text, subject))
    if not rows:
        raise CastError(subject, "names nobody", _USE)
    _refuse_shared_names(rows, subject)
    return tuple(row.member for row in rows)


def _decode(content: bytes, subject: str) -> str:
    try:
        if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return content.decode("utf-16")
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What spreadsheets on Windows call CSV.
        try:
            return content.decode("cp1252")
        except UnicodeDecodeError:
            raise CastError(subject, "is not text in UTF-8", "Save it as CSV (UTF-8)") from None


def _refuse_shared_names(rows: Sequence[_Row], subject: str) -> None:
    owners: dict[str, _Row] = {}
    for row in rows:
        for name in dict.fromkeys(map(str.casefold, (row.member.name, *row.member.aliases))):
            other = owners.setdefault(name, row)
            if other is not row:
                shown = next(n for n in (row.member.name, *row.member.aliases) if n.casefold() == name)
                problem = f"{row.place}: {shown!r} is a name of {other.member.name!r} already ({other.place})"
                raise CastError(subject, problem, "Give each name to one person, or leave it out for both")


def _member(cells: dict[str, str | Sequence[str]], place: str, subject: str) -> _Row:
    """A person from raw cells. Raises CastError if nobody is named."""
    name = _tidy(cells.get("name", ""))
    if not name:
        raise CastError(subject, f"{place}: the name is missing", "Write a name or delete the line")
    aliases = cells.get("aliases", ())
    if isinstance(aliases, str):
        aliases = [re.sub(r"\\([;|])", r"\1", part) for part in re.split(r"(?<!\\)[;|]", aliases)]
    pronouns = cells.get("pronouns", ())
    if not isinstance(pronouns, str):
        pronouns = "/".join(pronouns)
    forms = re.split(r"[\s/,;|]+", pronouns.casefold())
    tidy = dict.fromkeys(a for a in map(_tidy, aliases) if a and a.casefold() != name.casefold())
    note = cells.get("note", "")
    return _Row(
        place, CastMember(name, tuple(tidy), tuple(dict.fromkeys(filter(None, forms))), str(note).strip())
    )


def _tidy(text: Any) -> str:
    return " ".join(str(text).split())


# ------------------------------------------------------------------ CSV
MAX_CELL = 131_072
"""Longest cell of a cast file, in code points."""


def _csv_rows(text: str, subject: str) -> Iterator[_Row]:
    told = re.match(r"[Ss][Ee][Pp]=([,;\t])\r?\n", text)
    skipped = text.count("\n", 0, told.end()) if told else 0
    body = text[told.end() :] if told else text
    first = next((line for line in body.splitlines() if line.strip()), "")
    delimiter = told[1] if told else _delimiter(first)
    reader = csv.reader(
        io.StringIO(body, newline=""), delimiter=delimiter, strict=True, skipinitialspace=True
    )
    columns: Sequence[str] | None = None
    try:
        for cells in reader:
            place = f"line {reader.line_num + skipped}"
            cells = [cell.strip() for cell in cells]
            if max(map(len, cells), default=0) > MAX_CELL:  # csv's own limit is any module's to lift
                raise csv.Error(f"field larger than field limit ({MAX_CELL})")
            if not any(cells):
                continue
            if columns is None:
                columns = _header(cells, place, subject)
                if columns is not None:
                    continue
                columns = COLUMNS
            if len(cells) > len(columns) and any(cells[len(columns) :]):
                problem = f"{place}: {len(cells)} cells, there are {len(columns)} columns"
                raise CastError(
                    subject, problem, f"{_USE}, and put quote marks around a cell with a {delimiter!r}"
                )
            yield _member(dict(zip(columns, cells, strict=False)), place, subject)
    except csv.Error as error:
        place = f"line {reader.line_num + skipped}"
        raise CastError(subject, f"{place}: {error}", "Check the quote marks of the cells") from None


def _delimiter(line: str) -> str:
    """The first mark after the first cell: no name holds one outside quote marks."""
    found = re.match(r'\s*(?:"(?:[^"]|"")*"\s*)?[^,;\t]*([,;\t])', line)
    return found[1] if found else ","


def _header(cells: Sequence[str], place: str, subject: str) -> Sequence[str] | None:
    """The columns that the first line names, None if it is a person already."""
    named = [_SYNONYMS.get(cell.casefold(), cell.casefold()) for cell in cells]
    if "name" not in named:
        if all(column in COLUMNS for column in named if column) and any(named):
            raise CastError(subject, f"{place}: there is no column 'name'", _USE)
        return None
    for cell, column in zip(cells, named, strict=True):
        if column and column not in COLUMNS:
            raise CastError(subject, f"{place}: the column {cell[:40]!r} is unknown", _USE)
        if column and named.count(column) > 1:
            raise CastError(subject, f"{place}: the column {column!r} stands twice", _USE)
    return named


# ------------------------------------------------------------------ JSON
def _json_rows(text: str, subject: str) -> Iterator[_Row]:
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        problem = f"line {error.lineno}: is not JSON ({error.msg})"
        raise CastError(subject, problem, "Mend it, or write the cast as CSV") from None
    except (RecursionError, ValueError):
        raise CastError(
            subject, "is not a cast", "Write a list of objects with " + ", ".join(COLUMNS)
        ) from None
    if isinstance(data, dict):
        data = data.get("cast")
    if not isinstance(data, list):
        raise CastError(
            subject, "holds no list of people", "Write a list of objects with " + ", ".join(COLUMNS)
        )
    for number, person in enumerate(data, 1):
        place = f"person {number}"
        if isinstance(person, str):
            person = {"name": person}
        if not isinstance(person, dict):
            raise CastError(subject, f"{place}: is no object", "Write objects with " + ", ".join(COLUMNS))
        cells: dict[str, str | Sequence[str]] = {}
        for key, value in person.items():
            column = _SYNONYMS.get(key.casefold(), key.casefold())
            if column not in COLUMNS:
                raise CastError(subject, f"{place}: the key {key[:40]!r} is unknown", _USE)
            several = isinstance(value, list) and all(isinstance(item, str) for item in value)
            if value is None:
                continue
            if not isinstance(value, str) and not (several and column in ("aliases", "pronouns")):
                raise CastError(subject, f"{place}: {key!r} must be text", _USE)
            cells[column] = value
        yield _member(cells, place, subject)


# ------------------------------------------------------------------ out
def cast_csv(members: Iterable[CastMember]) -> str:
    """The people as CSV that ``parse_cast`` reads back."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for member in members:
        aliases = "; ".join(re.sub(r"([;|])", r"\\\1", alias) for alias in member.aliases)
        writer.writerow((member.name, aliases, "/".join(member.pronouns), member.note))
    return out.getvalue()


def cast_json(members: Iterable[CastMember]) -> str:
    """The people as JSON that ``parse_cast`` reads back."""
    people = [
        {"name": m.name, "aliases": list(m.aliases), "pronouns": list(m.pronouns), "note": m.note}
        for m in members
    ]
    return json.dumps(people, ensure_ascii=False, indent=1) + "\n"


def cast_of(analysis: Analysis) -> tuple[CastMember, ...]:
    """The named characters of a reading, the most mentioned first, as the cast for the next one.

    Only proper names become names: a description such as "the taller man" is another's in another story.
    A name that several bear stays with the one whose main name it is, or with nobody; the notes say so.
    """
    text = analysis.story.text
    called: dict[int, Counter[str]] = {}
    for mention in analysis.mentions:
        if mention.kind == "PROP" and mention.entity is not None:
            called.setdefault(mention.entity, Counter())[_tidy(text[mention.start : mention.end])] += 1
    people = [e for e in analysis.entities if e.type == "PER" and e.role != "group" and called.get(e.id)]
    people.sort(key=lambda e: -e.mention_count)
    bearers = Counter(name for e in people for name in {n.casefold() for n in called[e.id]})
    members: dict[str, CastMember] = {}
    for entity in people:
        names = called[entity.id]
        main = _main_name(entity, names, members)
        if main.casefold() in members:
            first = members[main.casefold()]
            members[main.casefold()] = replace(first, note=_NAMESAKE)
            continue
        own: list[str] = []
        shared: list[str] = []
        for name in {name.casefold(): name for name, _ in reversed(names.most_common())}.values():
            if name.casefold() != main.casefold():
                (own if bearers[name.casefold()] == 1 else shared).append(name)
        forms = subject_forms(entity.pronouns)[:2]
        pronouns = pronoun_pair(forms[0]).split("/") if len(forms) == 1 else forms
        note = f"others are called so too: {', '.join(shared[::-1])}" if shared else ""
        members[main.casefold()] = CastMember(main, tuple(own[::-1]), tuple(pronouns), note)
    return tuple(members.values())


_NAMESAKE = "somebody else has the same name and is left out"


def _main_name(entity: Entity, names: Counter[str], taken: Mapping[str, CastMember]) -> str:
    """The entity's name if it is a proper one and free, otherwise its most frequent name that is."""
    main = _tidy(entity.name)
    wanted = [main] if main in names else []
    wanted += [name for name, _ in names.most_common()]
    free = (name for name in wanted if name.casefold() not in taken)
    return next(free, wanted[0])
