"""The browser in which the reader is measured and its pictures are taken."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bench.settings import BenchError

if TYPE_CHECKING:
    from playwright.sync_api import Browser

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", "--disable-dev-shm-usage",
)  # fmt: skip


@contextmanager
def chromium(patience: float = 30_000) -> Iterator[Browser]:
    """Chromium, for as long as the block lasts; ``patience``: milliseconds it may take to start.

    Raises:
        BenchError: playwright or the browser is not installed.

    """
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        raise BenchError("playwright is not installed: pip install -e '.[dev]'") from None
    path = next((p for n in BROWSERS if (p := shutil.which(n))), None)
    if path is None:
        raise BenchError("no Chromium is installed (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS), timeout=patience)
        yield browser
        browser.close()
