"""``fabula open``: a story as Fabula read it, in the browser, to be read and put right."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from fabula.cli.failure import USAGE, complain
from fabula.cli.source import STDIN, is_saved
from fabula.types import Analysis


def open_story(
    story: Annotated[str, Parameter(name="STORY", negative="")],
    /,
    *,
    no_browser: bool = False,
    port: int = 0,
    cast: str | None = None,
    debug: bool = False,
) -> int:
    """Open a story in the browser: the text, the cast, what is in doubt; correct it by keyboard.

    Prints the address on the first line and serves it to this machine only, until interrupted (Ctrl-C). The
    corrections lie beside the story, in a file whose name ends in .fabula.

    Parameters
    ----------
    story
        A text file, or a saved reading (JSON).
    no_browser
        Only print the address.
    port
        The port to serve on; any free one without it.
    cast
        A CSV or JSON file of people known beforehand: name, aliases, pronouns, note.
    debug
        On a fault of the program, show where it happened.
    """
    from fabula.corrections.log import Log, log_path
    from fabula.reader.serve import listen, serve
    from fabula.reader.session import Session

    if story == STDIN:
        complain("open needs a file, beside which corrections can be kept")
        return USAGE
    text, read = _reader(story, cast)
    Log(log_path(story), text)  # corrections of another text are told before anything is read
    session = Session(Path(story).name, log_path(story), read)
    sock = listen(port)

    def told(address: str) -> None:
        sys.stdout.write(f"{address}\n")
        sys.stdout.flush()

    serve(session, sock, told, browser=not no_browser)
    return 0


def _reader(story: str, cast: str | None) -> tuple[str, Callable[[Callable[[str, float], None]], Analysis]]:
    """The story's id, and what makes its analysis. What is wrong with the files is found out at once."""
    from fabula.api import cast_members
    from fabula.cli.source import open_reading

    if is_saved(story):
        analysis = open_reading(story, cast=cast_members(cast)).analysis
        return analysis.story.id, lambda progress: analysis
    from fabula.text import read_file

    people = cast_members(cast)
    text = read_file(story)

    def read(progress: Callable[[str, float], None]) -> Analysis:
        from fabula import pipeline
        from fabula.corrections.keep import kept_reading
        from fabula.corrections.log import log_path

        kept = None if people else kept_reading(log_path(story), text)
        if kept is not None:
            return kept
        return pipeline.analyse(text, cast=people, progress=progress)

    return text.id, read
