"""Standard output: in colour on a terminal, plain in a pipe, and never a traceback when it goes away."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable
from typing import IO

from rich.console import Console
from rich.text import Text

from fabula.cli.safe import json_for_terminal
from fabula.output import output_error

_LONGEST = 20_000
"""Code points of a line that a terminal's own wrapping has to do for."""


class Screen:
    """Where a command prints.

    ``colour`` says whether styles are shown (a terminal, no NO_COLOR, not a dumb one, or FORCE_COLOR);
    ``width`` is that of the terminal in columns, None in a pipe, where nothing is wrapped or cut. ``gone`` is
    set when the reader of the pipe has left; what is printed after that is dropped.
    """

    def __init__(self, stream: IO[str] | None = None) -> None:
        self._stream: IO[str] = stream or sys.stdout or io.StringIO()
        # Whatever encoding the terminal has, a character it lacks must not end the program.
        if isinstance(self._stream, io.TextIOWrapper):
            self._stream.reconfigure(errors="replace")
        self._console = Console(file=self._stream, highlight=False, markup=False, emoji=False)
        terminal = self._console.is_terminal
        self.colour = terminal and not self._console.no_color and self._console.color_system is not None
        self.width: int | None = max(self._console.width, 20) if terminal else None
        self.gone = False

    def print(self, *lines: Text, wrap: bool = False) -> None:
        """Print each line; ``wrap`` lets a terminal's lines break between words. Raises OutputError."""
        for line in lines:
            self._write(self._rendered(line, wrap))

    def _rendered(self, line: Text, wrap: bool) -> str:
        if self.width is None or (not self.colour and not wrap):
            return line.plain + "\n"
        shown = line if self.colour else Text(line.plain)
        with self._console.capture() as capture:
            if len(shown) <= _LONGEST:
                self._console.print(shown, soft_wrap=not wrap)
            else:
                # Breaking a whole book on one line between words takes time that grows with its square.
                for part in shown.divide(range(_LONGEST, len(shown), _LONGEST)):
                    self._console.print(part, soft_wrap=True, end="")
                self._console.print()
        return capture.get()

    def print_json(self, pieces: Iterable[str]) -> None:
        """Print JSON in UTF-8, whatever the terminal's encoding. Raises OutputError."""
        escape = self.width is not None
        buffer = getattr(self._stream, "buffer", None)
        self.flush()
        for piece in pieces:
            if self.gone:
                return
            text = json_for_terminal(piece) if escape else piece
            if buffer is None:
                self._write(text)
            else:
                self._guarded(buffer.write, text.encode("utf-8"))
        self.flush()

    def print_file(self, content: bytes) -> None:
        """Print a file byte for byte. Raises OutputError."""
        buffer = getattr(self._stream, "buffer", None)
        self.flush()
        if buffer is None:
            self._write(content.decode("utf-8", "replace"))
        else:
            self._guarded(buffer.write, content)
        self.flush()

    def flush(self) -> None:
        """Hand everything to the system, so that a full disk is noticed. Raises OutputError."""
        self._guarded(self._stream.flush)

    def _write(self, text: str) -> None:
        self._guarded(self._stream.write, text)

    def _guarded(self, action: object, *arguments: object) -> None:
        if self.gone:
            return
        try:
            action(*arguments)  # type: ignore[operator]
        except BrokenPipeError:
            self._leave()
        except OSError as error:
            self._leave()
            raise output_error("standard output", error) from None

    def _leave(self) -> None:
        """Let Python's own last flush go nowhere."""
        self.gone = True
        try:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self._stream.fileno())
            os.close(nowhere)
        except (OSError, ValueError):
            pass
