"""The log: ordered, reversible, whole after any death of a process, shared by several."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from fabula.corrections.log import Log, log_path
from fabula.corrections.values import Anchor, Correction, Effects
from fabula.errors import CorrectionError

STORY = "a" * 64


def correction(n: int) -> Correction:
    return Correction("person", (Anchor(n, n + 1, "x"),), ())


def do(log: Log, n: int) -> None:
    with log.writing() as pen:
        pen.do(correction(n), "reading", Effects())


def in_force(log: Log) -> list[int]:
    return [e.correction.targets[0].start for e in log.in_force()]


@pytest.fixture
def log(tmp_path: Path) -> Log:
    return Log(tmp_path / "story.fabula", STORY)


def test_the_log_lies_beside_the_story() -> None:
    assert log_path("stories/ferry.txt") == Path("stories/ferry.fabula")


def test_opening_a_story_leaves_nothing_behind(log: Log) -> None:
    assert (log.version, log.in_force(), log.can_redo()) == (0, (), False)
    assert not log.path.exists()


def test_undo_goes_to_the_beginning_and_redo_comes_back(log: Log) -> None:
    for n in range(3):
        do(log, n)
    for left in (2, 1, 0):
        with log.writing() as pen:
            assert pen.undo() is not None
        assert in_force(log) == list(range(left))
    with log.writing() as pen:
        assert pen.undo() is None
        assert pen.redo() is not None
        assert pen.redo() is not None
    assert in_force(log) == [0, 1]
    do(log, 7)
    assert in_force(log) == [0, 1, 7]
    assert not log.can_redo()


def test_the_version_grows_with_every_step(log: Log) -> None:
    do(log, 0)
    first = log.version
    with log.writing() as pen:
        pen.undo()
    assert log.version > first


def test_a_step_that_fails_leaves_no_trace(log: Log) -> None:
    do(log, 0)
    with pytest.raises(RuntimeError), log.writing() as pen:
        pen.do(correction(1), "reading", Effects())
        raise RuntimeError
    assert in_force(log) == [0]


def test_two_programs_do_not_lose_each_others_work(log: Log) -> None:
    other = Log(log.path, STORY)
    do(log, 0)
    do(other, 1)
    do(log, 2)
    assert in_force(log) == in_force(other) == [0, 1, 2]


WRITER = """
import sys
from fabula.corrections.log import Log
from fabula.corrections.values import Anchor, Correction, Effects
log = Log(sys.argv[1], "a" * 64)
for n in range(100000):
    with log.writing() as pen:
        pen.do(Correction("person", (Anchor(n, n + 1, "x"),), ()), "reading", Effects())
    print(n, flush=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no kill -9")
def test_what_was_written_survives_a_kill(log: Log) -> None:
    child = subprocess.Popen([sys.executable, "-c", WRITER, str(log.path)], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    for _ in range(20):
        said = int(child.stdout.readline())
    time.sleep(0.02)
    os.kill(child.pid, signal.SIGKILL)
    said = max([said, *(int(line) for line in child.stdout.read().split())])
    child.stdout.close()
    child.wait()
    kept = in_force(Log(log.path, STORY))
    assert kept == list(range(len(kept)))
    assert len(kept) > said


def test_a_log_of_another_text_is_not_touched(log: Log) -> None:
    do(log, 0)
    with pytest.raises(CorrectionError, match="another text"):
        Log(log.path, "b" * 64)


def test_a_file_that_is_no_log_is_told(tmp_path: Path) -> None:
    path = tmp_path / "story.fabula"
    path.write_text("not a database, but long enough to be looked at as one" * 40)
    with pytest.raises(CorrectionError, match="no file of corrections"):
        Log(path, STORY)
    path.unlink()
    sqlite3.connect(path).executescript("CREATE TABLE other (x)").connection.close()
    with pytest.raises(CorrectionError):
        Log(path, STORY)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(CorrectionError, match="cannot be written"):
        do(Log(tmp_path / "nowhere" / "story.fabula", STORY), 0)


DYING = """
import os, signal, sys
from fabula.corrections.log import Log
from fabula.corrections.values import Anchor, Correction, Effects
log = Log(sys.argv[1], "a" * 64)
with log.writing() as pen:
    for n in range(7, 7 + int(sys.argv[2])):
        pen.do(Correction("person", (Anchor(n, n + 1, "x" * 4000),), ()), "reading", Effects())
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no kill -9")
@pytest.mark.parametrize("entries", [1, 3000])
def test_a_kill_while_an_entry_is_written_leaves_those_before_and_no_lock(log: Log, entries: int) -> None:
    # 3,000 entries of 4,000 characters are more than SQLite holds back: part of them is in the file by then.
    do(log, 0)
    size = log.path.stat().st_size
    died = subprocess.run([sys.executable, "-c", DYING, str(log.path), str(entries)], check=False)
    assert died.returncode == -signal.SIGKILL
    if entries > 1:
        assert log.path.stat().st_size > 2 * size, "nothing had been written yet"
    again = Log(log.path, STORY)
    assert in_force(again) == [0]
    do(again, 1)
    assert in_force(again) == [0, 1]
