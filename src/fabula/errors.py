"""The tree of errors. Each names the file, the stage, what was wrong, and the remedy.

    FabulaError              exit 1
    ├── InputError           exit 3   the story cannot be read (missing, binary, empty, too large …)
    ├── OutputError          exit 4   the result cannot be written
    ├── ContractError        exit 5   a JSON file does not follow the contract
    ├── CastError            exit 6   a cast file cannot be used
    ├── ModelError           exit 7   the weights are missing, damaged or of another version
    └── CorrectionError      exit 8   a correction or a file of corrections cannot be used

Exit 0 is success, 2 a wrong command line, 130 an interruption by the user.
"""

from __future__ import annotations


class FabulaError(Exception):
    """Base of everything Fabula raises on purpose.

    ``subject`` is the file or value concerned, ``problem`` what was wrong with it, ``remedy`` what to do.
    """

    exit_code = 1
    stage = "fabula"

    def __init__(self, subject: str, problem: str, remedy: str = "") -> None:
        self.subject, self.problem, self.remedy = subject, problem, remedy
        super().__init__(f"{subject}: {problem}" + (f". {remedy}" if remedy else ""))


class InputError(FabulaError):
    """The story cannot be read."""

    exit_code = 3
    stage = "text"


class OutputError(FabulaError):
    """The result cannot be written; nothing half-written is left behind."""

    exit_code = 4
    stage = "export"


class ContractError(FabulaError):
    """A JSON file does not follow the contract."""

    exit_code = 5
    stage = "contract"


class CastError(FabulaError):
    """A cast file cannot be used."""

    exit_code = 6
    stage = "cast"


class ModelError(FabulaError):
    """The weights are missing, damaged or of another version."""

    exit_code = 7
    stage = "encoder"


class CorrectionError(FabulaError):
    """A correction cannot be made, or a file of corrections cannot be used."""

    exit_code = 8
    stage = "corrections"
