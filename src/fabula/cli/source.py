"""From what a user names on the command line to a Reading: a story, a saved reading, or standard input."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from fabula.errors import CastError, InputError
from fabula.reading import Reading
from fabula.types import CastMember

STDIN = "-"
_LOOK = 400


def open_reading(
    path: str,
    *,
    cast: Sequence[CastMember] = (),
    progress: Callable[[str, float], None] | None = None,
    experimental: bool = False,
) -> Reading:
    """The reading of the story ``path``, or the one saved in it as JSON. "-" is standard input.

    Raises any FabulaError of ``fabula.read`` and ``fabula.load``, CastError if a saved reading is given a
    cast, and InputError if it was made without the experimental kinds that are wanted.
    """
    if path == STDIN:
        content = standard_input()
        if _begins_saved(content[:_LOOK]):
            from fabula.contract import from_json

            _refuse_cast("standard input", cast)
            return _made_so(Reading(from_json(content, "standard input")), "standard input", experimental)
        from fabula.api import analyse
        from fabula.text import read_bytes

        story = read_bytes(content, name="standard input")
        return analyse(story, cast=cast, progress=progress, experimental=experimental)
    if not path:
        raise InputError("''", "names no file", "Name a story, or '-' for standard input")
    if is_saved(path):
        _refuse_cast(path, cast)
        return _made_so(Reading.load(path), path, experimental)
    from fabula.api import read

    return read(path, cast=cast, progress=progress, experimental=experimental)


def standard_input() -> bytes:
    """Everything on standard input. Raises InputError."""
    if sys.stdin is None:
        raise InputError("standard input", "is closed", "Name a file, or pipe a story in")
    try:
        buffer = getattr(sys.stdin, "buffer", None)
        return sys.stdin.read().encode() if buffer is None else bytes(buffer.read())
    except OSError as error:
        raise InputError("standard input", f"cannot be read ({error.strerror})", "Name a file") from None


def _begins_saved(beginning: bytes) -> bool:
    beginning = beginning.removeprefix(b"\xef\xbb\xbf").lstrip()
    return beginning.startswith(b"{") and b'"schema"' in beginning and b"fabula/" in beginning


def is_saved(path: str) -> bool:
    """Whether ``path`` is a file that begins like a saved reading."""
    # Only a regular file may be looked into twice; a pipe would lose what is looked at.
    try:
        if not os.path.isfile(path):  # noqa: PTH113 (a path of any kind, "" and bytes that are no text included)
            return False
        with Path(path).open("rb") as stream:
            return _begins_saved(stream.read(_LOOK))
    except (OSError, ValueError):
        return False


def _made_so(reading: Reading, path: str, experimental: bool) -> Reading:
    if experimental and not reading.analysis.producer.options.get("experimental"):
        problem = "is a reading already, made without the experimental kinds"
        raise InputError(path, problem, "Give --experimental with the story itself")
    return reading


def _refuse_cast(path: str, cast: Sequence[CastMember]) -> None:
    if cast:
        raise CastError(
            path, "is a reading already, a cast comes too late", "Give --cast with the story itself"
        )
