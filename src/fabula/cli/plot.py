"""``fabula plot``: bonds, feelings or presence as a picture."""

from __future__ import annotations

from typing import Annotated, Literal

from cyclopts import Parameter

from fabula.cli.failure import USAGE, complain, fail

What = Literal["bonds", "feelings", "presence"]


def plot(
    what: Annotated[What, Parameter(name="WHAT")],
    story: Annotated[str, Parameter(name="STORY")],
    people: Annotated[tuple[str, ...], Parameter(name="PERSON", negative="")] = (),
    /,
    *,
    output: Annotated[str | None, Parameter(name=("--output", "-o"))] = None,
    experimental: bool = False,
    debug: bool = False,
) -> int:
    """Draw the bonds, the feelings or the presence of the people of a story.

    Intervals are drawn, parts with too little evidence are left blank, and in the SVG every point names its
    passage when pointed at.

    Parameters
    ----------
    what
        bonds, feelings or presence.
    story
        A story or a saved reading (JSON); "-" is standard input.
    people
        Whom the plot is about, by names or aliases; everybody who matters, if nobody is named.
    output
        The file to write: PNG if its name ends so (needs the extra "plots"), otherwise SVG. Without it, SVG
        is printed.
    experimental
        Tell also the kinds of acts and feelings that docs/ledger.md calls experimental.
    debug
        On a fault of the program, show where it happened.
    """
    from rich.text import Text

    from fabula.cli.progress import ProgressLine
    from fabula.cli.screen import Screen
    from fabula.cli.source import open_reading
    from fabula.output import check_writable, write_atomic
    from fabula.plots import draw

    try:
        if output is not None:
            check_writable(output)
        with ProgressLine(story) as progress:
            reading = open_reading(story, progress=progress, experimental=experimental)
        try:
            chosen = [reading.characters[name].id for name in people]
        except KeyError as error:
            complain(f"{story}: {error.args[0]}. See 'fabula read {story}'")
            return USAGE
        picture = draw(reading, what, chosen)
        if output is None:
            screen = Screen()
            screen.print(*map(Text, picture.splitlines()))
            screen.flush()
        elif output.casefold().endswith(".png"):
            from fabula.plots.png import write_png

            write_png(output, picture)
        else:
            write_atomic(output, [picture])
    except Exception as error:
        return fail(error, story, debug=debug)
    return 0
