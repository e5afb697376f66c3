"""Whatever goes wrong: one clear line on standard error, the right exit code, nothing half-written."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from fabula import errors
from fabula.cli import main
from fabula.cli.failure import complain
from fabula.cli.screen import Screen
from fabula.errors import FabulaError, ModelError
from fabula.reading import Reading
from tests.cli.conftest import Run
from tests.support.fake import novel

ERRORS = [e for e in vars(errors).values() if isinstance(e, type) and issubclass(e, FabulaError)]


def files(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir())


def one_line_about(err: str, *words: str) -> bool:
    return err.count("\n") == 1 and err.startswith("fabula: ") and all(word in err for word in words)


def failing(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def analyse(*_: Any, **__: Any) -> None:
        raise error

    monkeypatch.setattr("fabula.pipeline.analyse", analyse)


# ------------------------------------------------------------------ stories
@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("empty.txt", b"", 3),
        ("binary.txt", bytes(range(256)) * 40, 3),
        ("digits.txt", b"1 2 3 *** 4\n", 3),
        ("missing.txt", None, 3),
        ("broken.json", b'{"schema": "fabula/1", "text": "Onc', 5),
        ("later.json", b'{"schema": "fabula/2"}', 5),
        ("zeros\0.txt", None, 3),
    ],
)
def test_a_story_that_cannot_be_read(
    run: Run, folder: Path, name: str, content: bytes | None, code: int
) -> None:
    if content is not None:
        (folder / name).write_bytes(content)
    before = files(folder)
    got, out, err = run("read", name, "-o", "out.json")
    assert (got, out) == (code, "")
    assert one_line_about(err, f"fabula: {name.replace(chr(0), '␀')}".rstrip(), ". "), err
    assert files(folder) == before


def test_a_folder_without_chapters_and_no_name_at_all(run: Run, folder: Path) -> None:
    (folder / "nothing").mkdir()
    for name in ("nothing", ""):
        got, out, err = run("read", name, "-o", "out.json")
        assert (got, out) == (3, "")
        assert one_line_about(err, "fabula: ", ". "), err


@pytest.mark.skipif(os.getuid() == 0, reason="root may read everything")
def test_a_story_without_permission(run: Run, folder: Path) -> None:
    (folder / "ferry.txt").chmod(0)
    code, _, err = run("read", "ferry.txt")
    assert code == 3
    assert one_line_about(err, "ferry.txt", "permission")


def test_one_failure_does_not_stop_the_others(run: Run, folder: Path) -> None:
    code, out, err = run("read", "missing.txt", "ferry.txt", "broken.json", "ferry.txt", "-o", "out", "-q")
    assert code == 3
    assert err.count("\n") == 2
    assert files(folder / "out") == ["ferry-2.json", "ferry.json"]
    (folder / "bad.json").write_text('{"schema": "fabula/1"}', encoding="utf-8")
    code, out, err = run("read", "bad.json", "missing.txt", "ferry.txt")
    assert code == 5, "the exit code is that of the worst"
    assert "WHO" in out


@pytest.mark.parametrize("kind", ERRORS, ids=lambda kind: kind.__name__)
def test_every_error_has_its_exit_code(
    run: Run, monkeypatch: pytest.MonkeyPatch, kind: type[FabulaError]
) -> None:
    failing(monkeypatch, kind("the model", "is\ndamaged \x1b[2J", "Install it again"))
    code, out, err = run("read", "ferry.txt")
    assert (code, out) == (kind.exit_code, "")
    assert err == "fabula: the model: is damaged ␛[2J. Install it again\n"


def test_the_exit_codes_are_distinct_and_documented() -> None:
    codes = {kind.exit_code for kind in ERRORS}
    assert len(codes) == len(ERRORS)
    assert not codes & {0, 2, 130}
    page = (Path(__file__).parents[2] / "docs" / "cli.md").read_text(encoding="utf-8")
    for code in (0, 2, 130, *codes):
        assert f"| {code} |" in page
    for kind in ERRORS:
        assert f"`{kind.__name__}`" in page


@pytest.mark.parametrize(
    "error", [ValueError("odd\nthing"), RecursionError(), KeyError("x" * 5000), AssertionError()]
)
def test_a_fault_of_the_program_is_one_line_too(
    run: Run, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    failing(monkeypatch, error)
    code, out, err = run("read", "ferry.txt")
    assert (code, out) == (1, "")
    assert one_line_about(err, "ferry.txt", type(error).__name__, "please report it", "--debug")
    assert len(err) < 600


def test_debug_shows_where(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, ValueError("odd"))
    _, _, err = run("read", "ferry.txt", "--debug")
    assert "Traceback" in err
    assert "in analyse" in err
    failing(monkeypatch, ModelError("the model", "is damaged"))
    assert "Traceback" in run("read", "ferry.txt", "--debug")[2]


def test_too_little_memory(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, MemoryError())
    code, _, err = run("read", "ferry.txt")
    assert code == 1
    assert one_line_about(err, "ferry.txt", "not enough memory")


def test_an_interruption(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, KeyboardInterrupt())
    before = files(folder)
    assert run("read", "ferry.txt", "ferry.txt", "-o", "new/") == (130, "", "fabula: interrupted\n")
    assert files(folder / "new") == []
    assert files(folder) == sorted([*before, "new"])


def test_an_interruption_while_saving(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    before = files(folder)
    monkeypatch.setattr(os, "fsync", interrupted)
    assert run("read", "ferry.txt", "-o", "out.json")[0] == 130
    assert files(folder) == before


# ------------------------------------------------------------------ the command line
@pytest.mark.parametrize(
    "arguments",
    [
        ["read"],
        ["reed", "ferry.txt"],
        ["read", "ferry.txt", "--shw", "text"],
        ["read", "ferry.txt", "--show", "film"],
        ["read", "ferry.txt", "--json", "--show", "text"],
        ["read", "ferry.txt", "--pronouns"],
        ["read", "ferry.txt", "-o", "-"],
        ["read", "ferry.txt", "-o"],
        ["validate"],
        ["cast"],
        ["cast", "ferry.json", "ferry.json"],
        ["version", "now"],
    ],
)
def test_a_wrong_command_line(run: Run, folder: Path, arguments: list[str]) -> None:
    before = files(folder)
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert one_line_about(err)
    assert files(folder) == before


@pytest.mark.parametrize("arguments", [[], ["--help"], ["read", "--help"], ["--version"]])
def test_help(run: Run, arguments: list[str]) -> None:
    code, out, err = run(*arguments)
    assert (code, err) == (0, "")
    assert "fabula" in out


# ------------------------------------------------------------------ output
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["ferry.txt", "-o", "none/out.json"], ["none/out.json", "Make the folder first"]),
        (["ferry.txt", "-o", "ferry.txt/out.json"], ["ferry.txt/out.json", "folder"]),
        (
            ["ferry.txt", "ferry.json", "-o", "ferry.json"],
            ["ferry.json", "With several stories -o names a folder"],
        ),
        (["ferry.txt", "ferry.txt", "-o", "none/none"], ["none/none", "Make the folder first"]),
        (["ferry.txt", "-o", "out\0.json"], ["out␀.json", "no file name"]),
        (["ferry.txt", "ferry.txt", "-o", "out\0"], ["out␀", "no file name"]),
    ],
)
def test_a_place_that_cannot_be_written_is_told_before_the_reading(
    run: Run, asked: list[Any], arguments: list[str], words: list[str]
) -> None:
    code, out, err = run("read", *arguments)
    assert (code, out) == (4, "")
    assert one_line_about(err, *words)
    assert asked == []


def test_a_cast_that_cannot_be_used(run: Run, folder: Path, asked: list[Any]) -> None:
    (folder / "cast.csv").write_text("name,voice\nImre,low\n", encoding="utf-8")
    code, out, err = run("read", "ferry.txt", "--cast", "cast.csv")
    assert (code, out, asked) == (6, "", [])
    assert one_line_about(err, "cast.csv: line 1: the column 'voice' is unknown. Use the columns")
    (folder / "cast.csv").write_text("name\nImre\n", encoding="utf-8")
    code, _, err = run("read", "ferry.json", "--cast", "cast.csv")
    assert code == 6
    assert one_line_about(err, "ferry.json", "Give --cast with the story itself")


def fabula(
    folder: Path, *arguments: str, shell: str = "", limit: int | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """The real program in a process of its own; ``shell`` follows the command line."""
    command = " ".join(["exec" if not shell else "", sys.executable, "-m", "fabula", *arguments, shell])
    if limit:
        command = f"ulimit -f {limit}; {command}"
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, **environment},
    )


def test_a_disk_that_fills(folder: Path) -> None:
    """The system refuses files of more than 8 kB; ferry.json has twenty."""
    before = files(folder)
    run = fabula(folder, "read", "ferry.json", "-o", "out.json", limit=8)
    assert run.returncode == 4
    assert run.stdout == ""
    assert one_line_about(run.stderr, "out.json: cannot be written (File too large)")
    assert files(folder) == before


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize("option", ["--json", "--show text", "--show report"])
def test_a_full_disk_behind_standard_output(folder: Path, option: str) -> None:
    run = fabula(folder, "read", "ferry.json", option, shell="> /dev/full")
    assert run.returncode == 4
    assert one_line_about(run.stderr, "standard output: cannot be written (No space left on device)")


@pytest.mark.parametrize("option", ["--json", "--show text", "--show quotes"])
def test_a_reader_that_leaves(folder: Path, option: str) -> None:
    Reading(novel(20_000)).save(folder / "novel.json")
    run = fabula(folder, "read", "novel.json", "novel.json", option, shell="| head -c 100")
    assert (run.returncode, run.stderr) == (0, "")
    assert len(run.stdout.encode()) <= 100


def test_what_was_asked_for_is_saved_though_the_reader_left(folder: Path) -> None:
    Reading(novel(20_000)).save(folder / "novel.json")
    arguments = ["read", "novel.json", "ferry.json", "--show", "text", "-o", "out/"]
    run = fabula(folder, *arguments, shell="| head -c 100")
    assert (run.returncode, run.stderr) == (0, "")
    assert files(folder / "out") == ["ferry.json", "novel.json"]


@pytest.mark.parametrize("shell", [">&-", "2>&-", "<&-", ">&- 2>&-"])
def test_closed_streams(folder: Path, shell: str) -> None:
    run = fabula(folder, "read", "ferry.json", shell=shell)
    assert run.returncode == 0
    assert run.stderr == ""
    assert fabula(folder, "read", "missing.txt", shell=shell).returncode == 3


def test_a_terminal_that_knows_only_ascii(folder: Path) -> None:
    run = fabula(folder, "read", "ferry.json", "--show", "text", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert (run.returncode, run.stderr) == (0, "")
    assert "?Then go,?[Imre?] he said." in run.stdout
    run = fabula(folder, "read", "ferry.json", "--json", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert run.stdout == (folder / "ferry.json").read_text(encoding="utf-8"), "JSON is UTF-8 everywhere"


def test_nobody_listens_to_complaints(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken(io.StringIO):
        def write(self, _: str) -> int:
            raise BrokenPipeError

    for stream in (Broken(), None):
        monkeypatch.setattr(sys, "stderr", stream)
        complain("something")


def test_a_screen_without_a_stream(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    screen = Screen()
    assert screen.width is None
    assert main(["version"]) == 0
