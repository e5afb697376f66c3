"""``fabula voices``: which voice reads whom, kept from book to book."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from fabula.cli.failure import fail


def voices(
    reading: Annotated[str, Parameter(name="READING")],
    /,
    *,
    output: Annotated[str | None, Parameter(name=("--output", "-o"))] = None,
    debug: bool = False,
) -> int:
    """Write the file of voices for a reading, or add to it who is new in this book.

    Parameters
    ----------
    reading
        A saved reading (JSON), or a story, which is then read; "-" is standard input.
    output
        The CSV file. If it exists, its lines stay as they are and only characters who have none are added.
        Without it, CSV is printed.
    debug
        On a fault of the program, show where it happened.
    """
    from pathlib import Path

    from rich.text import Text

    from fabula.cli.progress import ProgressLine
    from fabula.cli.safe import safe
    from fabula.cli.screen import Screen
    from fabula.cli.source import open_reading
    from fabula.export.voices import read_voices, voices_csv, voices_for
    from fabula.output import check_writable, write_atomic

    try:
        known = None
        if output is not None:
            check_writable(output)
            known = read_voices(output) if Path(output).is_file() and Path(output).stat().st_size else None
        with ProgressLine(reading) as progress:
            content = voices_csv(voices_for(open_reading(reading, progress=progress).analysis, known))
        if output is None:
            screen = Screen()
            screen.print(*(Text(safe(line)) for line in content.splitlines()))
            screen.flush()
        else:
            write_atomic(output, [content])
    except Exception as error:
        return fail(error, reading, debug=debug)
    return 0
