"""``fabula corrections``: what has been put right in a story; to list, export, bring over, try again."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from fabula.cli.failure import USAGE, complain, fail
from fabula.cli.progress import ProgressLine
from fabula.cli.source import STDIN, is_saved, open_reading

if TYPE_CHECKING:
    from fabula.corrections.desk import Desk
    from fabula.types import Analysis


def corrections(
    story: Annotated[str, Parameter(name="STORY", negative="")],
    /,
    *,
    export: str | None = None,
    import_: Annotated[str | None, Parameter(name="--import")] = None,
    replay: bool = False,
    output: Annotated[str | None, Parameter(name=("--output", "-o"))] = None,
    quiet: Annotated[bool, Parameter(name=("--quiet", "-q"))] = False,
    debug: bool = False,
) -> int:
    """List what has been put right in a story, and how each correction fares in the present reading.

    The corrections lie beside the story, in a file whose name ends in .fabula; "fabula open" writes them.
    Those whose passages or people no longer exist are named on standard error.

    Parameters
    ----------
    story
        The story, or its saved reading (JSON).
    export
        Write the corrections in force to this file, as JSON.
    import_
        Make the corrections in this file, of another reading or of the text before it was edited.
    replay
        Work out anew what follows from each correction, as after a new version of Fabula.
    output
        Save the corrected reading to this file, as JSON.
    quiet
        Print nothing but errors.
    debug
        On a fault of the program, show where it happened.
    """
    if story == STDIN:
        complain("corrections lie beside a file: name it")
        return USAGE
    try:
        return _work(story, export, import_, replay, output, quiet)
    except Exception as error:
        return fail(error, story, debug=debug)


def _work(
    story: str, export: str | None, import_: str | None, replay: bool, output: str | None, quiet: bool
) -> int:
    from fabula.corrections.around import Around
    from fabula.corrections.desk import Desk
    from fabula.corrections.exchange import bring_over, read_corrections, write_corrections
    from fabula.corrections.log import Log, log_path
    from fabula.errors import InputError
    from fabula.output import check_writable, write_atomic

    for target in (export, output):
        if target is not None:
            check_writable(target)
    brought = None
    if import_ is not None:
        try:
            brought = read_corrections(Path(import_).read_text(encoding="utf-8"), import_)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise InputError(import_, f"cannot be read ({reason})", "Name a file of corrections") from None
    analysis = _analysis(story, quiet)
    log = Log(log_path(story), analysis.story.id)
    desk = Desk(analysis, log, Around(analysis.story))
    if replay:
        desk.replay()
    if brought is not None:
        done, lost = bring_over(desk, brought)
        if not quiet:
            _say(f"{done} of {len(brought)} corrections brought over")
        for correction, why in lost:
            complain(f"{import_}: {correction.action} left out: {why}")
    for missing in desk.missing:
        complain(f"{story}: correction {missing.entry.number} has no place in this reading: {missing.why}")
    if export is not None:
        write_atomic(export, [write_corrections(desk)])
    if output is not None:
        from fabula.contract import json_pieces

        write_atomic(output, json_pieces(desk.analysis()))
    if not quiet and brought is None:
        _list(desk)
    return 0


def _analysis(story: str, quiet: bool) -> Analysis:
    """The reading that the corrections are of: a saved one, the one kept with them, or a new one."""
    from fabula import pipeline
    from fabula.corrections.keep import kept_reading
    from fabula.corrections.log import log_path
    from fabula.text import read_file

    with ProgressLine(story, quiet=quiet) as progress:
        if is_saved(story):
            return open_reading(story, progress=progress).analysis
        text = read_file(story)
        kept = kept_reading(log_path(story), text)
        return pipeline.analyse(text, progress=progress) if kept is None else kept


def _list(desk: Desk) -> None:
    from fabula.doubts import person_decisions, speaker_decisions
    from fabula.reader.book import describe

    _say("number  time              status     what")
    for e in desk.entries:
        when = time.strftime("%Y-%m-%d %H:%M", time.localtime(e.time))
        what = describe(desk.edition, e.correction)
        _say(f"{e.number:>6}  {when}  {e.correction.status:<9}  {what}")
    settled, analysis = desk.edition.settled, desk.edition.analysis
    counts: dict[str, int] = {}
    for status in settled.values():
        counts[status] = counts.get(status, 0) + 1
    decisions = speaker_decisions(analysis) + person_decisions(analysis)
    unread = sum((d.kind, d.id) not in settled for d in decisions)
    told = ", ".join(f"{n:,} {status}" for status, n in sorted(counts.items()))
    told = f"{told}, {unread:,} unread" if told else "all unread"
    _say(f"Decisions: {told}.")


def _say(line: str) -> None:
    from rich.text import Text

    from fabula.cli.safe import safe
    from fabula.cli.screen import Screen

    screen = Screen()
    screen.print(Text(safe(line.replace("\n", " "))))
    screen.flush()
