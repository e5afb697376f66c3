"""A failure as one line on standard error, and the exit code that goes with it."""

from __future__ import annotations

import sys
import traceback

from fabula.cli.safe import one_line
from fabula.errors import FabulaError

USAGE = 2
INTERRUPTED = 130


def complain(message: str) -> None:
    """Print one line on standard error."""
    try:
        sys.stderr.write(one_line(f"fabula: {message}") + "\n")
        sys.stderr.flush()
    except (OSError, ValueError, AttributeError):
        # Nobody listens; the exit code still tells.
        pass


def fail(error: Exception, subject: str, *, debug: bool = False) -> int:
    """Say what went wrong with ``subject`` and return the exit code; ``debug`` shows where in the program."""
    if debug:
        traceback.print_exception(error)
    if isinstance(error, FabulaError):
        complain(str(error))
        return error.exit_code
    what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    if isinstance(error, MemoryError):
        complain(f"{subject}: there is not enough memory. Split the story or use a larger machine")
    else:
        complain(
            f"{subject}: Fabula failed ({what[:300]}). This is a fault of the program: please report it, "
            "with the story if you can; --debug shows where it happened"
        )
    return FabulaError.exit_code
