"""Files are written whole or not at all."""

from __future__ import annotations

import errno
import os
import re
import resource
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from fabula.errors import ContractError, OutputError
from fabula.output import check_writable, write_atomic


def left_behind(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir())


def test_pieces_become_a_file_with_the_usual_permissions(tmp_path: Path) -> None:
    path = tmp_path / "story.json"
    write_atomic(path, ["«Ä", "ß»\n"])
    assert path.read_bytes() == "«Äß»\n".encode()
    plain = tmp_path / "plain"
    plain.write_text("x")
    assert stat.S_IMODE(path.stat().st_mode) == stat.S_IMODE(plain.stat().st_mode)


def test_a_file_that_is_replaced_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "story.json"
    path.write_text("old")
    path.chmod(0o640)
    write_atomic(path, ["new"])
    assert path.read_text() == "new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


@pytest.mark.parametrize(
    ("failure", "expected"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), OutputError),
        (UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogates not allowed"), ContractError),
        (KeyboardInterrupt(), KeyboardInterrupt),
        (MemoryError(), MemoryError),
    ],
)
@pytest.mark.parametrize("before", [None, "old"])
def test_after_a_failure_in_the_middle_all_is_as_before(
    tmp_path: Path, failure: BaseException, expected: type[BaseException], before: str | None
) -> None:
    path = tmp_path / "story.json"
    if before:
        path.write_text(before)

    def pieces() -> Iterator[str]:
        yield "half of "
        raise failure

    with pytest.raises(expected):
        write_atomic(path, pieces())
    assert left_behind(tmp_path) == ([path.name] if before else [])
    assert not before or path.read_text() == before


def test_a_disk_that_fills(tmp_path: Path) -> None:
    """A real write that the system refuses: files may not grow past 64 kB in the child."""
    program = (
        "import resource, sys\n"
        "from fabula.output import write_atomic\n"
        "from fabula.errors import OutputError\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536))\n"
        "try: write_atomic(sys.argv[1], ('x' * 1000 for _ in range(1000)))\n"
        "except OutputError as error: print(error)\n"
    )
    path = tmp_path / "story.json"
    run = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=False
    )
    assert run.stdout.startswith(f"{path}: cannot be written (File too large). Raise the limit")
    assert run.stderr == ""
    assert left_behind(tmp_path) == []
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 65536


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("none/story.json", "(No such file or directory). Make the folder first"),
        ("", "(Is a directory). Name a file, not a folder"),
        ("file/story.json", "(Not a directory). Name a file in a folder"),
        ("x" * 300, "(File name too long). Choose a shorter name"),
        ("a\0b", "is no file name"),
    ],
)
def test_a_place_that_cannot_be_written(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "file").write_text("a file")
    with pytest.raises(OutputError, match=re.escape(message)):
        write_atomic(f"{tmp_path}/{name}", ["text"])
    assert left_behind(tmp_path) == ["file"]


def test_a_link_is_followed(tmp_path: Path) -> None:
    real = tmp_path / "real.json"
    real.write_text("old")
    link = tmp_path / "link.json"
    link.symlink_to(real)
    write_atomic(link, ["new"])
    assert link.is_symlink()
    assert real.read_text() == "new"


def test_a_pipe_is_written_straight(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got: list[str] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_text()))
    reader.start()
    write_atomic(pipe, ["through ", "a pipe"])
    reader.join(10)
    assert got == ["through a pipe"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_what_can_be_known_beforehand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check_writable(tmp_path / "story.json")
    check_writable("/dev/null")
    for name in (tmp_path, tmp_path / "none" / "story.json"):
        with pytest.raises(OutputError):
            check_writable(name)
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(OutputError, match="Write to a folder of your own"):
        check_writable(tmp_path / "story.json")
    assert left_behind(tmp_path) == []
