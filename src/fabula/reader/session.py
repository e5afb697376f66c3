"""One story being read and corrected: how far the reading is, the desk, and who is to be told."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock, Thread
from typing import Any

from fabula.corrections.around import Around
from fabula.corrections.desk import Desk, Outcome
from fabula.corrections.keep import keep_reading
from fabula.corrections.log import Log
from fabula.corrections.values import Correction, Person, Scope
from fabula.errors import CorrectionError, FabulaError
from fabula.reader.book import book, change
from fabula.types import Analysis, Story

Json = dict[str, Any]
POLL = 2.0
"""Seconds between looks at what other programs wrote to the log."""
FORESEEN = 3
"""Answers to the decision before a person's eyes that are thought through before one is given."""


class Session:
    """A story open in the reader. ``read`` makes its analysis, in a thread of its own, told of progress."""

    def __init__(
        self,
        name: str,
        log: Path,
        read: Callable[[Callable[[str, float], None]], Analysis],
        around: Callable[[Story], Around | None] = Around,
    ) -> None:
        self.name = name
        self.desk: Desk | None = None
        self.error: Exception | None = None
        self.stage, self.share = "starting", 0.0
        self._log, self._read, self._around = log, read, around
        self._loop: asyncio.AbstractEventLoop | None = None
        self._listeners: set[asyncio.Queue[Json]] = set()
        self._ahead = ThreadPoolExecutor(1, thread_name_prefix="fabula-ahead")
        self._next: tuple[int, tuple[str, int] | None] | None = None
        self._answering = 0
        self._guard = Lock()
        self._kept = False
        self._book: tuple[int, bytes] = (-1, b"")

    # -------------------------------------------------------------- reading
    def start(self) -> None:
        """Begin to read."""
        Thread(target=self._work, name="fabula-reading", daemon=True).start()

    def _work(self) -> None:
        try:
            analysis = self._read(self._progress)
            desk = Desk(analysis, Log(self._log, analysis.story.id), self._around(analysis.story))
        except Exception as error:
            self.error = error
            self._tell({"event": "failed", "message": str(error)})
            return
        self.desk = desk
        self.share = 1.0
        self._tell({"event": "ready", "version": desk.version})
        from fabula.doubts import check_first

        for doubt in check_first(desk.edition.analysis, 1):
            self.look_ahead(doubt.decision.start, (doubt.decision.kind, doubt.decision.id))

    def _progress(self, stage: str, share: float) -> None:
        self.stage, self.share = stage, share
        self._tell({"event": "progress", "stage": stage, "share": round(share, 3)})

    # -------------------------------------------------------------- telling
    def state(self) -> Json:
        """How far the reading is."""
        error = None if self.error is None else str(self.error)
        ready = self.desk is not None
        return {"ready": ready, "stage": self.stage, "share": self.share, "error": error, "name": self.name}

    def listen(self) -> asyncio.Queue[Json]:
        """A queue of what happens from now on; call in the server's loop."""
        self._loop = asyncio.get_running_loop()
        queue: asyncio.Queue[Json] = asyncio.Queue()
        self._listeners.add(queue)
        return queue

    def leave(self, queue: asyncio.Queue[Json]) -> None:
        """Listen no longer."""
        self._listeners.discard(queue)

    def _tell(self, message: Json) -> None:
        loop = self._loop
        if loop is None:
            return

        def put() -> None:
            for queue in self._listeners:
                queue.put_nowait(message)

        with contextlib.suppress(RuntimeError):  # the server is gone
            loop.call_soon_threadsafe(put)

    def look_around(self) -> None:
        """Tell listeners if another program has corrected something."""
        if self.desk is not None:
            with contextlib.suppress(FabulaError):
                if self.desk.refresh():
                    self._tell({"event": "changed", "version": self.desk.version})

    # -------------------------------------------------------------- correcting
    @property
    def open_desk(self) -> Desk:
        """The desk. Raises CorrectionError while the story is still being read."""
        if self.desk is None:
            raise CorrectionError(self.name, "is still being read", "Wait a moment")
        return self.desk

    def book(self) -> bytes:
        """The book as JSON; made once for each state of the corrections. Raises CorrectionError."""
        desk = self.open_desk
        with self._guard:
            if self._book[0] != desk.version:
                found = book(desk)
                text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
                self._book = (int(found["version"]), text.encode("utf-8", "replace"))
            return self._book[1]

    def look_ahead(self, offset: int, decision: tuple[str, int] | None = None) -> None:
        """Gather the evidence around a code point in the background; the last call counts.

        Of a ``decision``, (kind, id), the likeliest answers are thought through as well.
        """
        with self._guard:
            self._next = (offset, decision)
        self._ahead.submit(self._prepare)

    def _prepare(self) -> None:
        with self._guard:
            wanted, self._next = self._next, None
        desk = self.desk
        if wanted is None or desk is None or desk.around is None:
            return
        offset, decision = wanted
        with contextlib.suppress(FabulaError):
            desk.around.prepare(offset, desk.edition)
            for correction in desk.likely(*decision)[:FORESEEN] if decision else ():
                if self._answering or self._next is not None:  # somebody waits: that goes first
                    return
                desk.foresee(correction)

    def do(self, wanted: Json) -> Json:
        """Make the correction a page asks for and say what changed. Raises CorrectionError, ModelError."""
        desk = self.open_desk
        correction = self._asked(desk, wanted)
        self._answering += 1
        try:
            outcome = desk.do(correction)
        finally:
            self._answering -= 1
        if not self._kept:
            self._kept = True
            self._ahead.submit(self._keep, desk)
        return self._tell_change(desk, outcome)

    @staticmethod
    def _keep(desk: Desk) -> None:
        with contextlib.suppress(FabulaError):
            keep_reading(desk.log, desk.base)

    def turn(self, back: bool) -> Json:
        """Undo or redo; an empty answer where there is nothing."""
        desk = self.open_desk
        outcome = desk.undo() if back else desk.redo()
        if outcome is None:
            return {"version": desk.version, "nothing": True}
        return self._tell_change(desk, outcome)

    def _tell_change(self, desk: Desk, outcome: Outcome) -> Json:
        self._tell({"event": "changed", "version": outcome.version})
        return change(desk, outcome)

    def _asked(self, desk: Desk, wanted: Json) -> Correction:
        edition = desk.edition
        try:
            action, scope = wanted["action"], wanted.get("scope", "this")
            people = tuple(self._person(desk, p) for p in wanted.get("people", []))
            status = wanted.get("status", "corrected")
            if action == "accept":
                return desk.accept(str(wanted["kind"]), int(wanted["id"]))
            if action == "rename":
                return Correction("rename", people=people, name=Person.new(str(wanted["name"])).name)
            if action == "merge":
                return Correction("merge", people=people)
            if action == "split":
                return Correction("split", desk.anchors("person", [int(wanted["id"])]), people)
            if action not in ("speaker", "person", "addressees") or status not in ("corrected", "blind"):
                raise ValueError(f"{action!r} is no correction")
            if scope == "range":
                numbers = [int(k) for k in wanted["ids"]]
            else:
                from fabula.corrections.direct import reach

                number = int(wanted["id"])
                desk.anchors(action, [number])
                reaching: Scope = scope if scope in ("scene", "everywhere") else "this"
                numbers = reach(edition, action, number, reaching)
            if people and scope == "this" and status == "corrected":
                # Whoever chooses the answer that stands has accepted it.
                as_it_stands = desk.accept(action, numbers[0])
                if as_it_stands.people == people and (action, numbers[0]) not in edition.settled:
                    return as_it_stands
            targets = desk.anchors(action, numbers)
            return Correction(action, targets, people, status=status, scope=scope)
        except (KeyError, TypeError, ValueError) as error:
            raise CorrectionError("correction", f"is not understood ({error})") from None

    def _person(self, desk: Desk, wanted: Any) -> Person:
        if isinstance(wanted, dict):
            return Person.new(str(wanted["new"]))
        edition = desk.edition
        if type(wanted) is not int or not (wanted in edition.index.entity or wanted in edition.made):
            raise ValueError(f"{wanted!r} is nobody in this story")
        return desk.edition.refer(wanted)
