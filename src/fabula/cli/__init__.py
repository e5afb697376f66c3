"""The command ``fabula``, a file for each of its commands.

Exit codes: 0 success, 2 a wrong command line, 130 an interruption; the others are those of ``fabula.errors``.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run ``fabula`` with these arguments (None: those of the process) and return the exit code."""
    try:
        from fabula.cli.app import run

        return run(sys.argv[1:] if arguments is None else arguments)
    except KeyboardInterrupt:
        from fabula.cli.failure import INTERRUPTED, complain

        complain("interrupted")
        return INTERRUPTED
