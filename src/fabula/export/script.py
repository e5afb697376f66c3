"""``script``: a performance as tables, a file to a chapter.

Columns of a chapter: id, character, voice, kind, text, after (the blanks after the text, with ``\\n`` for a
line end), pronunciation (word=said), confidence (in the speaker), start. ``chapters.csv`` lists the chapters,
``omitted.csv`` all that is not read.
"""

from __future__ import annotations

from collections.abc import Sequence

from fabula.export.cells import csv_text
from fabula.export.lines import Line, Part, Performance, perform
from fabula.export.request import Files, Request
from fabula.types import Analysis

COLUMNS = ("id", "character", "voice", "kind", "text", "after", "pronunciation", "confidence", "start")
_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def write(analysis: Analysis, request: Request) -> Files:
    """The files of the script."""
    performance = perform(analysis, request)
    contents = {
        f"{chapter_name(number)}.csv": csv_text(COLUMNS, map(_row, part.lines))
        for number, part in enumerate(performance.chapters, 1)
    }
    return Files(contents | common_files(performance, ".csv"), notes(performance))


def chapter_name(number: int) -> str:
    """The file name of a chapter, counted from 1, without a suffix."""
    return f"chapter_{number:03d}"


def notes(performance: Performance) -> tuple[str, ...]:
    """What to say of the performance as a whole."""
    return () if performance.chapters else ("the story has nothing to read aloud",)


def common_files(performance: Performance, suffix: str) -> dict[str, str]:
    """For every spoken format: the list of its chapters, whose files end in ``suffix``, and of omissions."""
    chapters = [
        (f"{chapter_name(number)}{suffix}", part.title, len(part.lines), _words(part.lines), *_cast(part))
        for number, part in enumerate(performance.chapters, 1)
    ]
    omitted = [(o.start, o.why, escaped(o.text)) for o in performance.omissions]
    return {
        "chapters.csv": csv_text(("file", "title", "lines", "words", "characters"), chapters),
        "omitted.csv": csv_text(("start", "why", "text"), omitted),
    }


def _words(lines: Sequence[Line]) -> int:
    return sum(len(line.text.split()) for line in lines)


def _cast(part: Part) -> tuple[list[str]]:
    return (list(dict.fromkeys(line.character for line in part.lines)),)


def escaped(blanks: str) -> str:
    r"""Text on one line: line ends, tabs and backslashes as ``\n``, ``\t``, ``\r``, ``\\``."""
    return "".join(_ESCAPES.get(c, c) for c in blanks)


def _row(line: Line) -> Sequence[object]:
    said = "; ".join(f"{word}={how}" for word, how in line.sayings)
    confidence = None if line.confidence is None else round(line.confidence, 3)
    after = escaped(line.after)
    return line.id, line.character, line.voice, line.kind, line.text, after, said, confidence, line.start
