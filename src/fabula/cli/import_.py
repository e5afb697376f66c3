"""``fabula import``: what was corrected in another tool, as corrections."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from fabula.cli.failure import complain, fail
from fabula.cli.words import counted


def import_(
    reading: Annotated[str, Parameter(name="READING")],
    annotated: Annotated[str, Parameter(name="FILE")],
    /,
    *,
    output: Annotated[str | None, Parameter(name=("--output", "-o"))] = None,
    quiet: Annotated[bool, Parameter(name=("--quiet", "-q"))] = False,
    debug: bool = False,
) -> int:
    """Read what was corrected in brat, INCEpTION or a spreadsheet, as corrections of a reading.

    Parameters
    ----------
    reading
        The saved reading (JSON) that was exported, or its story, which is then read.
    annotated
        What came back: quotes.csv, brat's .ann file or folder, INCEpTION's XMI, JSON or zip.
    output
        The file of corrections to write, as JSON; without it, they are printed.
    quiet
        Print nothing but errors.
    debug
        On a fault of the program, show where it happened.
    """
    import json

    from fabula.annotated import corrections_of, read_answers
    from fabula.cli.progress import ProgressLine
    from fabula.cli.screen import Screen
    from fabula.cli.source import open_reading
    from fabula.output import check_writable, write_atomic

    try:
        if output is not None:
            check_writable(output)
        with ProgressLine(reading) as progress:
            analysis = open_reading(reading, progress=progress).analysis
        data, notes = corrections_of(analysis, read_answers(annotated, analysis))
        content = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
        if output is None:
            Screen().print_json([content])
        else:
            write_atomic(output, [content])
        for note in () if quiet else notes:
            complain(f"{annotated}: {note}")
        if output is not None and not quiet:
            complain(counted(len(data["corrections"]), "correction"))
    except Exception as error:
        return fail(error, annotated, debug=debug)
    return 0
