"""``fabula cast`` and ``fabula version``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fabula import __version__
from fabula.cast import cast_of, read_cast
from tests.cli.conftest import Run
from tests.support.fake import ferry

CSV = "name,aliases,pronouns,note\nHalvard,Hal,he/him,\nImre,Imre Sandor,he/him,\nTomas,,he/him,\n"


def test_a_cast_is_printed(run: Run, asked: list[Any]) -> None:
    assert run("cast", "ferry.json") == (0, CSV, "")
    assert asked == []


def test_a_story_is_read_first(run: Run, asked: list[Any]) -> None:
    assert run("cast", "ferry.txt") == (0, CSV, "")
    assert len(asked) == 1


def test_a_cast_is_written_and_reads_back(run: Run, folder: Path, asked: list[Any]) -> None:
    for name in ("cast.csv", "cast.JSON"):
        assert run("cast", "ferry.json", "-o", name) == (0, "", "")
        assert read_cast(folder / name) == cast_of(ferry())
        assert run("read", "ferry.txt", "-q", "--cast", name) == (0, "", "")
    assert asked[1][1] == cast_of(ferry())


def test_what_can_go_wrong(run: Run, folder: Path) -> None:
    code, out, err = run("cast", "ferry.json", "-o", "none/cast.csv")
    assert (code, out) == (4, "")
    assert "Make the folder first" in err
    code, _, err = run("cast", "missing.json", "-o", "cast.csv")
    assert code == 3
    assert err.startswith("fabula: missing.json: ")
    assert not (folder / "cast.csv").exists()


def test_version(run: Run) -> None:
    code, out, _ = run("version")
    assert code == 0
    assert out.startswith(f"fabula {__version__}\ncontract fabula/1\npython 3.")
    assert "onnxruntime" in out
    assert run("--version")[1] == f"fabula {__version__}\n"
