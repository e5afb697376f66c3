"""From ``fabula open`` to the tenth correction, made by keyboard alone.

    python -m bench.ten_corrections [--story NAME]

An example story is opened in Chromium. Ten times the doubt that is selected is settled: by the key of its
second candidate, every third time by ``/`` and a candidate's name, until the page shows one more as settled.
Times are those of the machine, in seconds of a clock, from the command on; no pause is made to think, so
little is prepared meanwhile. What a person needs to decide is not measured: ``THOUGHT`` is assumed for each.
"""

from __future__ import annotations

import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bench import results
from bench.browser import chromium
from bench.reader import CORRECTIONS, STORY, started
from bench.results import Figure, Result
from bench.settings import BenchError, Settings, parser, settings

if TYPE_CHECKING:
    from playwright.sync_api import Page

THOUGHT = 6.0
"""Seconds that a person is assumed to think about a doubt: to read a line, and choose."""
PATIENCE = 900_000
"""Milliseconds to wait for anything; a busy machine is slow, but is to be measured too."""
_SETTLED = """n => !document.body.classList.contains('busy')
  && Number(document.getElementById('settled').textContent) > n"""


def figures(painted: float, selected: float, took: Sequence[float]) -> dict[str, float]:
    """Figures in seconds: ``painted`` and ``selected`` from the command on, ``took`` for each correction."""
    machine = selected + sum(took)
    return {
        "open to first paint": painted,
        "open to the first doubt selected": selected,
        "correction, median": statistics.median(took),
        "correction, slowest": max(took),
        "machine time to the last correction": machine,
        f"with {THOUGHT:g} s of thought for each": machine + THOUGHT * len(took),
    }


def settle(page: Page, by_name: bool) -> None:
    """Settle the doubt that is selected and wait until the page shows it."""
    before = int(page.locator("#settled").inner_text().strip() or 0)
    others = page.locator(".choice:not(.now) .called").all_inner_texts()
    if by_name and others:
        page.keyboard.press("/")
        page.wait_for_selector("#dialog[open] input", timeout=PATIENCE)
        page.keyboard.type(others[0])
        page.keyboard.press("Enter")
    else:
        page.keyboard.press("2" if others else "1")
    page.wait_for_function(_SETTLED, arg=before, timeout=PATIENCE)


def measure(page: Page, address: str, began: float) -> dict[str, float]:
    """Open the page at ``address`` and settle the first doubts of the queue."""
    page.goto(address, timeout=PATIENCE)
    page.wait_for_selector("#wait", state="hidden", timeout=PATIENCE)
    painted = time.monotonic() - began
    page.wait_for_selector("#text .sel", timeout=PATIENCE)
    page.wait_for_selector("#question", timeout=PATIENCE)
    selected = time.monotonic() - began
    took = []
    for k in range(CORRECTIONS):
        page.wait_for_selector(".choice", timeout=PATIENCE)
        start = time.monotonic()
        settle(page, by_name=k % 3 == 2)
        took.append(time.monotonic() - start)
    kept = page.request.get(f"{address}corrections.json").json()["corrections"]
    if len(kept) != CORRECTIONS:
        raise BenchError(f"{len(kept)} corrections are kept, not {CORRECTIONS}")
    return figures(painted, selected, took)


def processor(process: int) -> float | None:
    """Seconds of processor time that a process has used; None where the system does not say."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        return None
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def run(s: Settings, name: str = STORY) -> Result:
    """All figures of one story."""
    source = s.examples / f"{name}.txt"
    if not source.is_file():
        raise BenchError(f"there is no story {source}")
    with tempfile.TemporaryDirectory() as scratch, chromium(PATIENCE) as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        story = Path(shutil.copy(source, scratch))
        began = time.monotonic()
        with started(story) as (process, address):
            found = measure(page, address, began)
            used = processor(process)
    if used is not None:
        found["of it processor time of the program"] = used
    return results.save(results.result("ten_corrections", {k: Figure(v) for k, v in found.items()}), s)


if __name__ == "__main__":
    options = parser(__doc__)
    options.add_argument("--story", default=STORY, help="name of an example story")
    chosen = options.parse_args()
    results.command(lambda: run(settings(chosen), chosen.story))
