"""How far a reading is, on a terminal's standard error, if it takes more than a moment."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING

from fabula.cli.safe import one_line

if TYPE_CHECKING:
    from rich.progress import Progress

PATIENCE = 1.5
"""Seconds before anything is shown."""


class ProgressLine:
    """A bar for the stage at work; a context manager that is called with a stage and its share done.

    Nothing is shown before ``PATIENCE`` seconds, when standard error is no terminal, or when ``quiet``.
    """

    def __init__(self, name: str, *, quiet: bool = False) -> None:
        self._name = one_line(name)
        self._quiet = quiet
        self._began = time.monotonic()
        self._shown = 0.0
        self._bar: Progress | None = None

    def __enter__(self) -> ProgressLine:
        return self

    def __call__(self, stage: str, share: float) -> None:
        """``share`` of ``stage`` is done, in [0, 1]."""
        now = time.monotonic()
        if self._quiet or now - self._began < PATIENCE or now - self._shown < 0.1:
            return
        self._shown = now
        if self._bar is None:
            self._bar = _bar()
            if self._bar is None:
                self._quiet = True
                return
            self._bar.add_task(self._name, total=1.0)
            self._bar.start()
        task = self._bar.task_ids[0]
        self._bar.update(task, description=f"{self._name}: {stage}", completed=min(max(share, 0.0), 1.0))
        self._bar.refresh()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()


def _bar() -> Progress | None:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

    console = Console(file=sys.stderr)
    if not console.is_terminal or console.is_dumb_terminal:
        return None
    parts = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
    )
    return Progress(
        *parts,
        console=console,
        transient=True,
        auto_refresh=False,
        redirect_stdout=False,
        redirect_stderr=False,
    )
