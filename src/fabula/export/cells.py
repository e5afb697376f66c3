"""Cells of CSV files, so that a spreadsheet shows what a story says and never runs it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

from fabula.errors import InputError

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")


def guard(cell: str) -> str:
    """The cell with an apostrophe before it if a spreadsheet would take it for a formula."""
    return "'" + cell if _FORMULA.match(cell) else cell


def unguard(cell: str) -> str:
    """What ``guard`` was given."""
    return cell[1:] if _GUARDED.match(cell) else cell


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """A CSV file with a line of column names; text is guarded, None is an empty cell."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    # Python's writer leaves a lone carriage return bare, which its reader takes for the end of the row.
    quoting = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(columns)
    for row in rows:
        cells = [_cell(value) for value in row]
        (quoting if any("\r" in cell for cell in cells) else writer).writerow(cells)
    return out.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return guard(value)
    if isinstance(value, list | tuple):
        return guard("; ".join(map(_cell, value)))
    return str(value)


# ------------------------------------------------------------------ files that come back
def decoded(content: bytes, subject: str) -> str:
    """The text of a CSV file as spreadsheets save it. Raises InputError, which calls the file ``subject``."""
    wide = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    # cp1252 is what spreadsheets on Windows call CSV.
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise InputError(subject, "is not text", "Save it as CSV (UTF-8)")


def delimiter_of(text: str) -> str:
    """Comma, semicolon or tab: what the first line has most of."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(",;\t", key=first.count)
