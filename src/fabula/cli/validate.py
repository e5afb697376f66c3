"""``fabula validate``: does a JSON file follow the contract?"""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from fabula.cli.failure import fail
from fabula.errors import ContractError

_MOST = 100


def validate(
    files: Annotated[list[str], Parameter(name="FILE", negative="")],
    /,
    *,
    quiet: Annotated[bool, Parameter(name=("--quiet", "-q"))] = False,
    debug: bool = False,
) -> int:
    """Check that JSON files are readings as this program writes them.

    Prints a line for each problem, with its place in the file, a hundred at most.

    Parameters
    ----------
    files
        JSON files that "fabula read -o" or another program wrote; "-" is standard input.
    quiet
        Print nothing but errors.
    debug
        On a fault of the program, show where it happened.
    """
    from rich.text import Text

    from fabula.cli.safe import one_line
    from fabula.cli.screen import Screen
    from fabula.cli.words import counted

    screen = Screen()
    worst = 0
    for path in files:
        try:
            found, summary = _problems(path)
            if not quiet:
                lines = [f"{path}: {problem}" for problem in found] or [f"{path}: {summary}"]
                screen.print(*(Text(one_line(line)) for line in lines))
            if found:
                many = "100 problems or more" if len(found) == _MOST else counted(len(found), "problem")
                remedy = "Write the file again with 'fabula read STORY -o FILE'"
                raise ContractError(path, f"does not follow the contract ({many})", remedy)
            screen.flush()
        except Exception as error:
            worst = max(worst, fail(error, path, debug=debug))
    return worst


def _problems(path: str) -> tuple[list[str], str]:
    """What is wrong with the file, and what to say if nothing is. Raises FabulaError if it cannot be read."""
    from fabula.cli.source import STDIN, standard_input
    from fabula.cli.words import counted
    from fabula.contract import parse, parse_file, validate
    from fabula.types import SCHEMA

    data = parse(standard_input(), "standard input") if path == STDIN else parse_file(path)
    problems = [str(problem) for problem in validate(data, limit=_MOST)]
    if problems:
        return problems, ""
    counts = [counted(len(data[key]), word) for key, word in (("mentions", "mention"), ("quotes", "quote"))]
    counts.insert(0, counted(len(data["entities"]), "entity").replace("entitys", "entities"))
    return [], f"follows {SCHEMA}: {', '.join(counts)}"
