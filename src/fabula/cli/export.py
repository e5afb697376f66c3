"""``fabula export``: a reading in a format of other tools."""

from __future__ import annotations

from typing import Annotated, Literal

from cyclopts import Parameter

from fabula.cli.failure import complain, fail

To = Literal[
    "booknlp", "conllu", "conll2012", "tei", "brat", "inception", "gexf", "graphml",
    "csv", "parquet", "jsonl", "spacy", "script", "ssml", "ebook2audiobook", "html",
]  # fmt: skip
Reader = Literal["character", "narrator"]
Spoken = Literal["spoken", "omitted"]
Unknown = Literal["narrator", "unknown"]


def export(
    reading: Annotated[str, Parameter(name="READING")],
    /,
    *,
    to: To,
    output: Annotated[str | None, Parameter(name=("--output", "-o"))] = None,
    voices: str | None = None,
    thoughts: Reader = "character",
    letters: Reader = "character",
    tags: Spoken = "spoken",
    unknown: Unknown = "narrator",
    first_person: Reader = "character",
    headings: Spoken = "spoken",
    paratext: Spoken = "omitted",
    quiet: Annotated[bool, Parameter(name=("--quiet", "-q"))] = False,
    debug: bool = False,
) -> int:
    """Write a reading in a format that other tools open.

    Parameters
    ----------
    reading
        A saved reading (JSON), or a story, which is then read; "-" is standard input.
    to
        The format. docs/formats.md says what each keeps.
    output
        The file or folder to write. Without it a file goes to standard output, a folder is named after the
        reading and the format.
    voices
        For script, ssml, ebook2audiobook: the file of voices that "fabula voices" wrote.
    thoughts
        Whether thoughts are read by who thinks them or by the narrator.
    letters
        Whether letters and other writing are read by who wrote them or by the narrator.
    tags
        Whether bare speech tags ("said Imre") and labels ("IMRE:") are read.
    unknown
        Who reads the lines of unknown speakers: the narrator, or the voice "(unknown)".
    first_person
        Whether a narrator who is a character has that character's voice.
    headings
        Whether chapter headings are read.
    paratext
        Whether notes, summaries, disclaimers and their like are read.
    quiet
        Print nothing but errors.
    debug
        On a fault of the program, show where it happened.
    """
    from pathlib import Path

    from fabula.cli.progress import ProgressLine
    from fabula.cli.source import STDIN, open_reading
    from fabula.export import Choices, Request, base_name, format_named, read_voices, store
    from fabula.export.voices import Voices
    from fabula.output import check_writable

    try:
        form = format_named(to)
        known = Voices() if voices is None else read_voices(voices)
        if output is not None and form.suffix is not None:
            check_writable(output)
        with ProgressLine(reading) as progress:
            analysis = open_reading(reading, progress=progress).analysis
        source = None if reading == STDIN else reading
        choices = Choices(thoughts, letters, tags, unknown, first_person, headings, paratext)
        name = base_name(analysis, source if output is None else output)
        files = form.write(analysis, Request(name, choices, known))
        if output is None and form.suffix is not None:
            (content,) = files.contents.values()
            _print(content, binary=form.binary, to=to)
        else:
            target = Path(output) if output is not None else Path(f"{name}.{to}")
            written = store(files, form, target)
            if not quiet and output is None:
                complain(f"wrote {len(written)} files into {target}")
        for note in () if quiet else files.notes:
            complain(f"--to {to}: {note}")
    except Exception as error:
        return fail(error, reading, debug=debug)
    return 0


def _print(content: str | bytes, *, binary: bool, to: str) -> None:
    """Put a file on standard output: made harmless on a terminal, where one that is no text is refused."""
    from fabula.cli.safe import safe
    from fabula.cli.screen import Screen
    from fabula.errors import OutputError

    screen = Screen()
    raw = content if isinstance(content, bytes) else content.encode()
    if screen.width is not None:
        if binary:
            raise OutputError(f"--to {to}", "is not for a terminal", "Name a file with -o")
        raw = safe(raw.decode()).encode()
    screen.print_file(raw)
