"""The reader in a browser: first paint, frames while scrolling through a novel, what a correction takes.

    python -m bench.reader [--words N]

A short story of examples/ and a novel of 200,000 words are opened with ``fabula open`` in Chromium. Times are
the browser's own: from the request for the page to the text being there; from a key to the answer of the
server, and to the changed page. A frame counts as dropped for every further 1/60 s that it takes. Corrections
follow the queue of doubts; each takes the second candidate, so that something changes.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench import results
from bench.browser import chromium
from bench.novel import novel
from bench.results import Figure, Result
from bench.settings import BenchError, Settings, parser, settings

WORDS = 200_000
STORY = "ferry_house"
CORRECTIONS = 10
THOUGHT = 2000
"""Milliseconds between an answer and the next key."""
SCROLL = """
async () => {
  const root = document.getElementById("text");
  const frames = [];
  let before = await new Promise(requestAnimationFrame);
  const step = Math.max(60, root.scrollHeight / 1800);
  root.scrollTop = 0;
  while (root.scrollTop + root.clientHeight < root.scrollHeight - 4 && frames.length < 4000) {
    root.scrollTop += step;
    const now = await new Promise(requestAnimationFrame);
    frames.push(now - before);
    before = now;
  }
  return frames;
}
"""


@contextmanager
def started(story: Path) -> Iterator[tuple[int, str]]:
    """``fabula open`` on a story; gives the number of its process and its address."""
    command = [sys.executable, "-m", "fabula", "open", str(story), "--no-browser"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        address = process.stdout.readline().strip()
        if not address:
            raise BenchError(f"fabula open did not serve {story.name}")
        yield process.pid, address
    finally:
        process.terminate()
        process.wait(20)
        process.stdout.close()


@contextmanager
def opened(story: Path) -> Iterator[str]:
    """``fabula open`` on a story; gives its address."""
    with started(story) as (_, address):
        yield address


def measure(page: Any, address: str, scroll: bool) -> dict[str, float]:
    """Open the page at ``address``, correct, and scroll."""
    began = time.monotonic()
    page.goto(address)
    page.wait_for_selector("#wait", state="hidden", timeout=900_000)
    read = time.monotonic() - began
    page.goto(address)
    page.wait_for_selector("#text .sel", timeout=60_000)
    found = {"first paint": float(page.evaluate("performance.getEntriesByName('ready')[0].startTime")) / 1000}
    page.wait_for_timeout(3000)  # a person reads the first doubt before settling it
    began = time.monotonic()
    for _ in range(CORRECTIONS):
        page.keyboard.press("2")
        page.wait_for_selector("body:not(.busy)", timeout=60_000)
        page.wait_for_timeout(THOUGHT)
    found["opening and ten corrections"] = read + time.monotonic() - began
    for name in ("correction", "shown"):
        took = page.evaluate(f"performance.getEntriesByName('{name}').map(e => e.duration)")
        found[f"{name}, median"] = statistics.median(took) / 1000
        found[f"{name}, slowest"] = max(took) / 1000
    if scroll:
        frames = page.evaluate(SCROLL)
        dropped = sum(max(0, round(f / (1000 / 60)) - 1) for f in frames)
        found["frames dropped"] = 100 * dropped / (dropped + len(frames))
        found["slowest frame"] = max(frames) / 1000
        found["elements"] = float(page.evaluate("document.querySelectorAll('#text *').length"))
    return found


def processor(story: Path) -> float:
    """Seconds of processor time the server spends on a correction, median: the same on a busy machine."""
    import fabula
    from fabula.cli.source import is_saved
    from fabula.corrections.around import Around
    from fabula.corrections.desk import Desk
    from fabula.corrections.log import Log
    from fabula.reader.book import change, doubts

    analysis = (fabula.load(story) if is_saved(str(story)) else fabula.read(story)).analysis
    took = []
    with tempfile.TemporaryDirectory() as scratch:
        desk = Desk(analysis, Log(Path(scratch) / "x.fabula", analysis.story.id), Around(analysis.story))
        assert desk.around is not None
        for kind, number, _ in doubts(desk.edition)["queue"][:CORRECTIONS]:
            spans = desk.edition.index.quote_span if kind == "speaker" else desk.edition.index.span
            desk.around.prepare(spans[number][0], desk.edition)  # as the page asks for ahead of the answer
            now = desk.edition.quote(number) if kind == "speaker" else desk.edition.mention(number)
            other = tuple(e for e, _ in now.candidates if e != now.who)[:1]
            began = time.process_time()
            change(desk, desk.do(desk.correction(kind, number, other, "this")))
            took.append(time.process_time() - began)
    return statistics.median(took)


def run(s: Settings, words: int = WORDS) -> Result:
    """All figures of the short story and of the novel."""
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as scratch, chromium() as browser:
        short = Path(scratch) / f"{STORY}.txt"
        shutil.copy(s.examples / f"{STORY}.txt", short)
        long = Path(scratch) / "novel.json"
        shutil.copy(reading(words, s), long)
        for kind, story in (("short story", short), ("novel", long)):
            found[f"{kind}: correction, processor time"] = processor(story)
            page = browser.new_page(viewport={"width": 1280, "height": 800})
            with opened(story) as address:
                for name, value in measure(page, address, kind == "novel").items():
                    found[f"{kind}: {name}"] = value
            page.close()
    return results.save(results.result("reader", {k: Figure(v) for k, v in found.items()}), s)


def reading(words: int, s: Settings) -> Path:
    """The reading of a long novel, made once for this code and these weights."""
    import fabula

    path = results.folder(s) / f"novel-{words}.json"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        print("  reading the novel …", file=sys.stderr)
        fabula.read_text(novel(words, s)[0]).save(path)
    return path


if __name__ == "__main__":
    options: argparse.ArgumentParser = parser(__doc__)
    options.add_argument("--words", type=int, default=WORDS)
    chosen = options.parse_args()
    results.command(lambda: run(settings(chosen), chosen.words))
