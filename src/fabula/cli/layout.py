"""Tables of text, as wide as they need to be and no wider than the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

_LEAST = 8


def columns(
    rows: Sequence[Sequence[Text]],
    align: str,
    *,
    width: int | None,
    flexible: int,
    gap: int = 2,
    indent: int = 1,
) -> list[Text]:
    """The rows as lines.

    ``align`` has a letter for each column: l or r. Where the table is wider than ``width`` columns of a
    terminal the cells of the column ``flexible`` are cut with "…" (never under 8 columns); ``width`` None
    cuts nothing. A row shorter than ``align`` leaves its last columns empty.
    """
    if not rows:
        return []
    widths = [max((row[i].cell_len for row in rows if i < len(row)), default=0) for i in range(len(align))]
    if width is not None:
        spare = width - indent - sum(widths) - gap * (len(align) - 1)
        if spare < 0:
            widths[flexible] = min(widths[flexible], max(_LEAST, widths[flexible] + spare))
    lines = []
    for row in rows:
        line = Text(" " * indent)
        for i, cell in enumerate(row):
            cell = fitted(cell, widths[i])
            padding = Text(" " * (widths[i] - cell.cell_len))
            line += padding + cell if align[i] == "r" else cell + padding
            if i < len(row) - 1:
                line += Text(" " * gap)
        line.rstrip()
        lines.append(line)
    return lines


def fitted(cell: Text, width: int | None) -> Text:
    """The cell, cut with "…" to ``width`` columns if it is longer."""
    if width is not None and cell.cell_len > width:
        cell = cell.copy()
        cell.truncate(width, overflow="ellipsis")
    return cell


def sides(left: Text, right: Text, width: int) -> list[Text]:
    """One line with ``right`` at its end, or two lines where both do not fit."""
    spare = width - left.cell_len - right.cell_len
    return [left + Text(" " * spare) + right] if spare >= 2 else [left, right]
