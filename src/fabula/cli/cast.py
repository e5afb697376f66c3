"""``fabula cast``: a cast file made from a reading."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from fabula.cli.failure import fail


def cast(
    reading: Annotated[str, Parameter(name="READING")],
    /,
    *,
    output: Annotated[str | None, Parameter(name=("--output", "-o"))] = None,
    debug: bool = False,
) -> int:
    """Write the named characters of a reading as a cast file, to be corrected for "fabula read --cast".

    Parameters
    ----------
    reading
        A saved reading (JSON), or a story, which is then read; "-" is standard input.
    output
        The file to write, as JSON if its name ends so and as CSV otherwise; without it, CSV is printed.
    debug
        On a fault of the program, show where it happened.
    """
    from rich.text import Text

    from fabula.cast import cast_csv, cast_json, cast_of
    from fabula.cli.progress import ProgressLine
    from fabula.cli.safe import safe
    from fabula.cli.screen import Screen
    from fabula.cli.source import open_reading
    from fabula.output import check_writable, write_atomic

    try:
        if output is not None:
            check_writable(output)
        with ProgressLine(reading) as progress:
            people = cast_of(open_reading(reading, progress=progress).analysis)
        if output is None:
            screen = Screen()
            screen.print(*(Text(safe(line)) for line in cast_csv(people).splitlines()))
            screen.flush()
        else:
            as_json = output.casefold().endswith(".json")
            write_atomic(output, [cast_json(people) if as_json else cast_csv(people)])
    except Exception as error:
        return fail(error, reading, debug=debug)
    return 0
