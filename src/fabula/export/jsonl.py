"""``jsonl``: a folder of tables, each row an object on a line of its own (JSON Lines)."""

from __future__ import annotations

import json

from fabula.export.request import Files, Request
from fabula.export.tables import Table, tables_of
from fabula.types import Analysis


def write(analysis: Analysis, request: Request) -> Files:
    """A file for each table."""
    return Files({f"{table.name}.jsonl": _lines(table) for table in tables_of(analysis)})


def _lines(table: Table) -> str:
    encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
    return "".join(encode(dict(zip(table.names, row, strict=True))) + "\n" for row in table.rows)
