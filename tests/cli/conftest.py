"""A folder with the ferry story in it, and a pipeline that knows it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from fabula.cli import main
from fabula.reading import Reading
from fabula.types import CastMember, Story
from tests.support.fake import ferry
from tests.support.pipeline import stand_in

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FORCE_COLOR", "NO_COLOR", "COLUMNS", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Makes standard output count as a terminal of that many columns."""

    def set_width(columns: int) -> None:
        monkeypatch.setenv("FORCE_COLOR", "1")
        monkeypatch.setenv("COLUMNS", str(columns))

    return set_width


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Story, Sequence[CastMember]]]:
    return stand_in(monkeypatch)


@pytest.fixture
def folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: list[tuple[Story, Sequence[CastMember]]]
) -> Path:
    """The working folder: ferry.txt (a story), ferry.json (its saved reading)."""
    (tmp_path / "ferry.txt").write_text(ferry().story.text, encoding="utf-8")
    Reading(ferry()).save(tmp_path / "ferry.json")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(folder: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs one command line; returns exit code, standard output and standard error."""

    def call(*arguments: str) -> tuple[int, str, str]:
        code = main(arguments)
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return call
