"""``csv``: a folder of tables; lists are joined with ``; ``, what is not known is an empty cell.

A cell that a spreadsheet would run as a formula is shown after an apostrophe.
"""

from __future__ import annotations

from fabula.export.cells import csv_text
from fabula.export.request import Files, Request
from fabula.export.tables import tables_of
from fabula.types import Analysis


def write(analysis: Analysis, request: Request) -> Files:
    """A file for each table."""
    return Files({f"{t.name}.csv": csv_text(t.names, t.rows) for t in tables_of(analysis)})
