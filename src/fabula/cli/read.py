"""``fabula read``: read stories and tell, show or save what was found."""

from __future__ import annotations

import errno
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from fabula.cli.failure import USAGE, complain, fail
from fabula.cli.progress import ProgressLine
from fabula.cli.source import STDIN, is_saved, open_reading
from fabula.errors import FabulaError, OutputError
from fabula.reading import Reading
from fabula.types import CastMember

if TYPE_CHECKING:
    from fabula.cli.screen import Screen

Show = Literal["report", "text", "quotes"]


def read(
    stories: Annotated[list[str], Parameter(name="STORY", negative="")],
    /,
    *,
    json: bool = False,
    output: Annotated[str | None, Parameter(name=("--output", "-o"))] = None,
    show: Show = "report",
    pronouns: bool = False,
    cast: str | None = None,
    experimental: bool = False,
    quiet: Annotated[bool, Parameter(name=("--quiet", "-q"))] = False,
    debug: bool = False,
) -> int:
    """Read stories: who is in them, who says what to whom, which person each "he" is.

    Prints a report on each, one after another. A story that cannot be read is named on standard error and the
    others are read all the same; the exit code is that of the worst failure.

    Parameters
    ----------
    stories
        Files of text, HTML, EPUB, Markdown, DOCX, ODT or RTF, folders or zips of chapters; "-" is standard
        input. A saved reading (JSON) is shown again without being read anew.
    json
        Print the reading as JSON instead, a line for each story if there are several.
    output
        Also save the reading as JSON to this file; with several stories, or if it is a folder, to one file
        for each in this folder.
    show
        What to print: the report, the text in colour by speaker, or a line for each quote.
    pronouns
        With --show text: after each pronoun the person it means, as in he[Imre].
    cast
        A CSV or JSON file of people known beforehand: name, aliases, pronouns, note.
    experimental
        Tell also the kinds of acts and feelings that docs/ledger.md calls experimental.
    quiet
        Print nothing but errors.
    debug
        On a fault of the program, show where it happened.
    """
    from fabula.cli.screen import Screen

    if json and show != "report":
        complain("--json prints the reading as JSON: leave out --show")
        return USAGE
    if pronouns and show != "text":
        complain("--pronouns needs --show text")
        return USAGE
    if output == "-":
        complain("-o names a file: to print the reading as JSON, use --json")
        return USAGE
    known: tuple[CastMember, ...] = ()
    worst = 0
    try:
        if cast is not None:
            from fabula.cast import read_cast

            known = read_cast(cast)
        targets = _targets(stories, output)
    except FabulaError as error:
        return fail(error, cast or "", debug=debug)
    screen = Screen()
    printing = _Printing(screen, json=json, show=show, pronouns=pronouns, several=len(stories) > 1)
    for path, target in zip(stories, targets, strict=True):
        name = "standard input" if path == STDIN else path
        try:
            with ProgressLine(name, quiet=quiet) as progress:
                reading = open_reading(path, cast=known, progress=progress, experimental=experimental)
            if target is not None:
                reading.save(target)
            if not reading.is_english:
                from fabula.cli.report import foreign

                complain(f"{name}: {foreign(reading)}")
            if not quiet:
                printing.show(reading, path, kept=target is not None or is_saved(path))
        except Exception as error:
            worst = max(worst, fail(error, name, debug=debug))
        if screen.gone and output is None:
            break
    try:
        screen.flush()
    except FabulaError as error:
        worst = max(worst, fail(error, "", debug=debug))
    return worst


class _Printing:
    """What is printed of each reading."""

    def __init__(self, screen: Screen, *, json: bool, show: Show, pronouns: bool, several: bool) -> None:
        self._screen, self._json, self._show = screen, json, show
        self._pronouns, self._several = pronouns, several
        self._first = True

    def show(self, reading: Reading, path: str, *, kept: bool) -> None:
        """Print ``reading`` of the story ``path``, which is ``kept`` if it is saved. Raises OutputError."""
        from rich.text import Text

        screen = self._screen
        if self._json:
            from fabula.contract import json_pieces

            screen.print_json(json_pieces(reading.analysis, one_line=self._several))
            return
        if not self._first:
            screen.print(Text())
        self._first = False
        if self._show == "report":
            from fabula.cli.report import report

            screen.print(*report(reading, path=path, kept=kept, width=screen.width))
            return
        if self._several:
            from fabula.cli.safe import one_line

            screen.print(Text(f"== {one_line(path)} ==", "bold"))
        if self._show == "text":
            from fabula.cli.story import story_lines

            for line in story_lines(reading, colour=screen.colour, pronouns=self._pronouns):
                screen.print(line, wrap=True)
        else:
            from fabula.cli.quotes import quote_lines

            screen.print(*quote_lines(reading, width=screen.width))


def _targets(stories: Sequence[str], output: str | None) -> list[str | None]:
    """Where each story's reading is saved; found out, and checked, before the first is read.

    Raises OutputError.
    """
    from fabula.output import check_writable, output_error

    if output is None:
        return [None] * len(stories)
    folder = Path(output)
    try:
        if len(stories) == 1 and not folder.is_dir() and not output.endswith("/"):
            check_writable(output)
            return [output]
        if folder.exists() and not folder.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
        folder.mkdir(exist_ok=True)
    except ValueError as error:
        raise OutputError(output, f"is no file name ({error})", "Choose another name") from None
    except OSError as error:
        remedy = "With several stories -o names a folder" if error.errno == errno.ENOTDIR else ""
        wrong = output_error(output, error)
        raise OutputError(output, wrong.problem, remedy or wrong.remedy) from None
    taken: set[str] = set()
    targets: list[str | None] = []
    for path in stories:
        stem = "stdin" if path == STDIN else Path(path).stem or "story"
        name, number = stem, 1
        while name.casefold() in taken:
            number += 1
            name = f"{stem}-{number}"
        taken.add(name.casefold())
        target = folder / f"{name}.json"
        check_writable(target)
        targets.append(str(target))
    return targets
