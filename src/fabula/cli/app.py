"""The command line as a whole: the commands, and what becomes of a wrong line."""

from __future__ import annotations

from collections.abc import Sequence

from cyclopts import App, CycloptsError, Parameter

from fabula import __version__
from fabula.cli.bonds import bonds
from fabula.cli.cast import cast
from fabula.cli.corrections import corrections
from fabula.cli.export import export
from fabula.cli.failure import USAGE, complain, fail
from fabula.cli.import_ import import_
from fabula.cli.open import open_story
from fabula.cli.plot import plot
from fabula.cli.read import read
from fabula.cli.validate import validate
from fabula.cli.version import version
from fabula.cli.voices import voices

app = App(
    name="fabula",
    help="Fabula reads fiction: who is in a story, who says what to whom, and which person each “he” is.",
    version=f"fabula {__version__}",
    default_parameter=Parameter(negative=(), show_env_var=False),
)
for command in (read, bonds, plot, export, voices, validate, cast, version):
    app.command(command)
app.command(import_, name="import")
app.command(open_story, name="open")
app.command(corrections)


_HYPHEN = "\ue000"
"""Stands for a lone "-" while the line is parsed: cyclopts would take it for an option."""


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code."""
    try:
        tokens = [_HYPHEN if argument == "-" else argument for argument in arguments]
        command, bound, _ = app.parse_args(tokens, exit_on_error=False, print_error=False)
    except CycloptsError as error:
        lines = [line for line in str(error).splitlines() if line.strip()]
        complain(f"{' '.join(lines)} See 'fabula --help'".replace(_HYPHEN, "-"))
        return USAGE
    for name, value in bound.arguments.items():
        if isinstance(value, list):
            bound.arguments[name] = ["-" if item == _HYPHEN else item for item in value]
        elif value == _HYPHEN:
            bound.arguments[name] = "-"
    try:
        code = command(*bound.args, **bound.kwargs)
    except Exception as error:
        return fail(error, " ".join(arguments[:1]), debug="--debug" in arguments)
    return code if isinstance(code, int) else 0
