"""A table of quotes that was corrected in a spreadsheet: ``quotes.csv`` of the export ``csv``.

A name that was changed in ``speaker_name`` or ``addressee_names`` counts; where the names are as they were, a
number that was changed in ``speaker`` or ``addressees``. An emptied cell means nobody known.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from fabula.annotated.answers import Answer, People, Who
from fabula.errors import InputError
from fabula.export.cells import decoded, delimiter_of, unguard
from fabula.types import Analysis, Quote

_NEEDED = ("start", "end", "speaker_name")
_REMEDY = "Correct the file quotes.csv that 'fabula export READING --to csv' writes"


def answers_in(content: bytes, analysis: Analysis, subject: str) -> Iterator[Answer]:
    """The answers in a corrected table. Raises InputError, which names the line."""
    text = decoded(content, subject)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter_of(text), strict=True)
    people = People(analysis)
    quotes = {(q.start, q.end): q for q in analysis.quotes}
    try:
        missing = [name for name in _NEEDED if name not in (reader.fieldnames or ())]
        if missing:
            raise InputError(subject, f"has no column {missing[0]!r}", _REMEDY)
        for row in reader:
            cells = {key: unguard(value or "") for key, value in row.items() if isinstance(key, str)}
            if not any(map(str.strip, cells.values())):
                continue
            yield from _row(cells, people, quotes, analysis, f"line {reader.line_num}", subject)
    except csv.Error as error:
        raise InputError(subject, f"line {reader.line_num}: {error}", "Check the quote marks") from None


def _row(
    cells: dict[str, str],
    people: People,
    quotes: dict[tuple[int, int], Quote],
    analysis: Analysis,
    line: str,
    subject: str,
) -> Iterator[Answer]:
    story = cells.get("story", "").strip()
    if story and not analysis.story.id.startswith(story):
        raise InputError(
            subject, f"{line}: is of another text ({story})", "Name the reading it was made from"
        )
    try:
        start, end = int(cells["start"]), int(cells["end"])
    except ValueError:
        raise InputError(subject, f"{line}: start and end must be numbers", _REMEDY) from None
    quote = quotes.get((start, end))
    known = [] if quote is None or quote.speaker is None else [quote.speaker]
    yield Answer("speaker", start, end, _people(cells, "speaker_name", "speaker", known, people))
    if "addressee_names" in cells:
        heard = [] if quote is None else list(quote.addressees)
        yield Answer("addressees", start, end, _people(cells, "addressee_names", "addressees", heard, people))


def _people(
    cells: dict[str, str], names: str, numbers: str, known: list[int], people: People
) -> tuple[Who, ...]:
    """Whom the cells mean; ``known`` is the reading's own answer."""
    named = cells[names].strip()
    if named == "; ".join(people.names[k] for k in known):
        found = [part.strip() for part in cells.get(numbers, "").split(";") if part.strip()]
        if not all(part.isdecimal() and int(part) in people.names for part in found) or not found:
            return tuple(known)
        return tuple(map(int, found))
    parts = [named] if named in people.names.values() else named.split(";")
    return tuple(dict.fromkeys(who for part in parts if (who := people.find(part)) is not None))
