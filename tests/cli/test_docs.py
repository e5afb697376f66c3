"""docs/cli.md tells every command and every option, and none that does not exist."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from fabula.cli.app import app
from fabula.doubts import LIKELY, SURE
from tests.cli.conftest import Run

PAGE = (Path(__file__).parents[2] / "docs" / "cli.md").read_text(encoding="utf-8")
COMMANDS = [name for name in app if not name.startswith("-")]
SECTIONS = dict(re.findall(r"^## fabula (\w+)\n(.*?)(?=^## )", PAGE, re.M | re.S))


def test_every_command_has_its_section() -> None:
    known = "bonds cast corrections export import open plot read validate version voices"
    assert sorted(SECTIONS) == sorted(COMMANDS) == known.split()
    for name in COMMANDS:
        assert f"    fabula {name} " in PAGE


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_told_and_no_other(name: str) -> None:
    options = {
        flag
        for argument in app[name].assemble_argument_collection(default_parameter=app.default_parameter)
        for flag in argument.names
        if flag.startswith("-")
    }
    told = {
        flag
        for row in re.findall(r"^\| (`-.*?) \| ", SECTIONS[name], re.M)
        for flag in re.findall(r"(?<![\w-])--?[a-z][\w-]*", row)
    }
    assert told == options


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_has_its_help(run: Run, name: str) -> None:
    for argument in app[name].assemble_argument_collection(parse_docstring=True):
        assert argument.parameter.help, argument.names
    code, out, _ = run(name, "--help")
    assert code == 0
    assert "Parameters\n" not in out, "the docstring was understood"


def test_the_examples_are_right(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "the_sequel.txt").write_text("It rained.\n", encoding="utf-8")
    examples = [
        line
        for line in re.findall(r"^    (fabula .*)$", PAGE, re.M)
        if "..." not in line and "  " not in line and " open " not in line  # serves until interrupted
    ]
    assert len(examples) >= 5
    for line in examples:
        arguments = [
            a
            for word in shlex.split(line)[1:]
            for a in (sorted(map(str, folder.glob(word))) if "*" in word else [word])
        ]
        assert run(*arguments)[0] == 0, line


def test_the_figures_are_those_of_the_program() -> None:
    from fabula.cli.progress import PATIENCE
    from fabula.cli.report import _CAST_ROWS
    from fabula.cli.story import _PALETTE

    assert (SURE, LIKELY, PATIENCE, _CAST_ROWS, len(_PALETTE)) == (0.9, 0.6, 1.5, 12, 10)
