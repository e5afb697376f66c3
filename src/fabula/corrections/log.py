"""The corrections of one story: an append-only log in SQLite, in a file beside the story.

An entry does a correction, or undoes or redoes the last. What is in force is computed from the entries, so
nothing is ever lost, and a process that dies leaves whole entries only. Several programs may have the file
open: each writes in a transaction that sees what the others wrote.
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from fabula.corrections.values import (
    Correction,
    Effects,
    correction_json,
    effects_json,
    read_correction,
    read_effects,
)
from fabula.errors import CorrectionError

FORMAT = 1
SUFFIX = ".fabula"
PATIENCE = 10.0
"""Seconds to wait for another program that is writing."""
_TABLES = """
CREATE TABLE IF NOT EXISTS about (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS entries (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    time REAL NOT NULL,
    does TEXT NOT NULL CHECK (does IN ('do', 'undo', 'redo')),
    correction TEXT,
    reading TEXT,
    effects TEXT
);
CREATE TABLE IF NOT EXISTS readings (key TEXT PRIMARY KEY, content BLOB NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A correction in force. ``number`` is its place in the log, ``time`` seconds since 1970.

    ``effects`` is what it changed in the reading with the fingerprint ``reading``.
    """

    number: int
    time: float
    correction: Correction
    reading: str
    effects: Effects


def log_path(story: str | os.PathLike[str]) -> Path:
    """Where the corrections of the story or saved reading ``story`` lie: beside it."""
    return Path(story).with_suffix(SUFFIX)


class Log:
    """The log in the file ``path``, made with the first correction; ``story`` is the story's id.

    Raises CorrectionError if the file belongs to another text or is none of ours.
    """

    def __init__(self, path: str | os.PathLike[str], story: str) -> None:
        self.path, self.story = Path(path), story
        if self.path.exists():
            with self._open():
                pass

    # -------------------------------------------------------------- reading
    @property
    def version(self) -> int:
        """The number of the last entry, 0 for none: it grows with everything that is done or undone."""
        if not self.path.exists():
            return 0
        with self._open() as db:
            return _version(db)

    def in_force(self) -> tuple[Entry, ...]:
        """The corrections in force, in order."""
        if not self.path.exists():
            return ()
        with self._open() as db:
            return self._in_force(db)

    def _in_force(self, db: sqlite3.Connection) -> tuple[Entry, ...]:
        done, _ = _stacks(db)
        rows = db.execute("SELECT number, time, correction, reading, effects FROM entries WHERE does = 'do'")
        found = {row[0]: row for row in rows}
        return tuple(_entry(found[n], self.path) for n in done)

    def can_redo(self) -> bool:
        """Whether something was undone and nothing done since."""
        if not self.path.exists():
            return False
        with self._open() as db:
            return bool(_stacks(db)[1])

    # -------------------------------------------------------------- writing
    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """Take the pen: nobody else writes until the block ends, and it is written whole or not at all."""
        with self._open(make=True) as db:
            db.execute("BEGIN IMMEDIATE")
            try:
                yield Writer(self, db)
            except BaseException:
                db.execute("ROLLBACK")
                raise
            db.execute("COMMIT")

    # -------------------------------------------------------------- the reading beside it
    def holds_reading(self, key: str) -> bool:
        """Whether a reading is kept under ``key``."""
        return self.kept_reading(key) is not None

    def kept_reading(self, key: str) -> bytes | None:
        """The reading kept under ``key``, None for none."""
        if not self.path.exists():
            return None
        with self._open() as db:
            row = db.execute("SELECT content FROM readings WHERE key = ?", (key,)).fetchone()
        return None if row is None else bytes(row[0])

    def keep_reading(self, key: str, content: bytes) -> None:
        """Keep a reading in the place of those kept before."""
        with self._open(make=True) as db:
            db.execute("BEGIN IMMEDIATE")
            db.execute("DELETE FROM readings")
            db.execute("INSERT INTO readings VALUES (?, ?)", (key, content))
            db.execute("COMMIT")

    @contextmanager
    def _open(self, make: bool = False) -> Iterator[sqlite3.Connection]:
        try:
            if not make and not self.path.is_file():
                raise sqlite3.OperationalError("it is no file")
            db = sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None)
        except sqlite3.Error as error:
            raise self._wrong(error) from None
        try:
            db.execute("PRAGMA synchronous=FULL")
            if make:
                db.executescript(_TABLES)
                with_story = (("format", str(FORMAT)), ("story", self.story))
                db.executemany("INSERT OR IGNORE INTO about VALUES (?, ?)", with_story)
            about = dict(db.execute("SELECT key, value FROM about"))
            if about.get("format") != str(FORMAT):
                remedy = "Use a newer version of Fabula, or move the file away"
                raise CorrectionError(str(self.path), "is of another version", remedy)
            if about.get("story") != self.story:
                raise CorrectionError(
                    str(self.path),
                    "holds the corrections of another text",
                    "If the story was edited, move the file away and bring them over with "
                    "'fabula corrections STORY --import FILE'",
                )
            yield db
        except sqlite3.Error as error:
            raise self._wrong(error) from None
        finally:
            db.close()

    def _wrong(self, error: sqlite3.Error) -> CorrectionError:
        text = str(error)
        if "locked" in text:
            return CorrectionError(str(self.path), "is in use by another program", "Close it there, or wait")
        if "readonly" in text or "unable to open" in text or "disk" in text:
            remedy = "Copy the story into a folder of your own and open it there"
            return CorrectionError(str(self.path), f"cannot be written ({text})", remedy)
        return CorrectionError(str(self.path), f"is no file of corrections ({text})", "Move it away")


class Writer:
    """The pen of a Log, inside ``Log.writing``."""

    def __init__(self, log: Log, db: sqlite3.Connection) -> None:
        self._log, self._db = log, db

    @property
    def version(self) -> int:
        """The number of the last entry as it is now."""
        return _version(self._db)

    def in_force(self) -> tuple[Entry, ...]:
        """The corrections in force as they are now."""
        return self._log._in_force(self._db)

    def do(self, correction: Correction, reading: str, effects: Effects) -> Entry:
        """Write a correction down."""
        now = time.time()
        row = (
            now,
            "do",
            json.dumps(correction_json(correction), ensure_ascii=False),
            reading,
            json.dumps(effects_json(effects)),
        )
        cursor = self._db.execute(
            "INSERT INTO entries (time, does, correction, reading, effects) VALUES (?, ?, ?, ?, ?)", row
        )
        return Entry(int(cursor.lastrowid or 0), now, correction, reading, effects)

    def undo(self) -> Entry | None:
        """Undo the last correction in force; None if there is none."""
        entries = self.in_force()
        if not entries:
            return None
        self._db.execute("INSERT INTO entries (time, does) VALUES (?, 'undo')", (time.time(),))
        return entries[-1]

    def redo(self) -> Entry | None:
        """Do again what was undone last, if nothing was done since; None if there is nothing."""
        if not _stacks(self._db)[1]:
            return None
        self._db.execute("INSERT INTO entries (time, does) VALUES (?, 'redo')", (time.time(),))
        return self.in_force()[-1]

    def again(self, entry: Entry, reading: str, effects: Effects) -> None:
        """Note what a correction changes in another reading."""
        row = (reading, json.dumps(effects_json(effects)), entry.number)
        self._db.execute("UPDATE entries SET reading = ?, effects = ? WHERE number = ?", row)


def _version(db: sqlite3.Connection) -> int:
    return int(db.execute("SELECT coalesce(max(number), 0) FROM entries").fetchone()[0])


def _stacks(db: sqlite3.Connection) -> tuple[list[int], list[int]]:
    """Numbers of the corrections done and in force, and of those undone that can be redone."""
    done: list[int] = []
    undone: list[int] = []
    for number, does in db.execute("SELECT number, does FROM entries ORDER BY number"):
        if does == "do":
            done.append(number)
            undone = []
        elif does == "undo" and done:
            undone.append(done.pop())
        elif does == "redo" and undone:
            done.append(undone.pop())
    return done, undone


def _entry(row: tuple[int, float, str, str, str], path: Path) -> Entry:
    try:
        correction = read_correction(json.loads(row[2]), f"{path}: entry {row[0]}")
        return Entry(row[0], row[1], correction, row[3], read_effects(json.loads(row[4])))
    except (ValueError, KeyError, TypeError) as error:
        raise CorrectionError(str(path), f"entry {row[0]} is damaged ({error})", "Move it away") from None
