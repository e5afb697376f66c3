"""A reader served from a thread, and a browser to look at it with."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from fabula.reader.app import make_app
from fabula.reader.serve import listen
from fabula.reader.session import Session
from fabula.types import Analysis
from tests.support.fake import ferry

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

TOKEN = "a-token-for-tests"
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", "--disable-dev-shm-usage",
)  # fmt: skip
Serve = Callable[..., str]


def chromium() -> str | None:
    """Where the system's Chromium is."""
    return next(
        (p for n in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(n))), None
    )


class Served:
    """One story served from a thread of this process."""

    def __init__(
        self,
        analysis: Analysis,
        log: Path,
        around: Callable[[Any], Any],
        read: Callable[[Callable[[str, float], None]], Analysis] | None = None,
    ) -> None:
        import uvicorn

        self.session = Session(log.stem + ".txt", log, read or (lambda progress: analysis), around)
        self.socket: socket.socket = listen(0)
        port = self.socket.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}/{TOKEN}/"
        config = uvicorn.Config(
            make_app(self.session, TOKEN, port), log_level="critical", lifespan="off", ws="none",
            timeout_graceful_shutdown=1,
        )  # fmt: skip
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, kwargs={"sockets": [self.socket]}, daemon=True)
        self.thread.start()
        self.session.start()
        until = time.monotonic() + 30
        while not (self.server.started and (read or self.session.desk or self.session.error)):
            assert time.monotonic() < until, "the reader does not start"
            time.sleep(0.01)

    def close(self) -> None:
        """Stop serving."""
        self.server.should_exit = True
        self.thread.join(5)
        self.socket.close()


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Serves an analysis (the ferry story) and gives its address; the same ``name`` keeps its corrections."""
    running: list[Served] = []

    def start(
        analysis: Analysis | None = None,
        name: str = "ferry",
        around: Callable[[Any], Any] = lambda _: None,
        read: Callable[[Callable[[str, float], None]], Analysis] | None = None,
    ) -> str:
        running.append(Served(analysis or ferry(), tmp_path / f"{name}.fabula", around, read))
        return running[-1].address

    yield start
    for one in running:
        one.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    api = pytest.importorskip("playwright.sync_api", reason="playwright comes with the dev extra")
    path = chromium()
    if path is None:
        pytest.skip("no Chromium is installed (Debian: apt-get install chromium)")
    with api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield running
        running.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens an address in a window of its own; whatever goes wrong in a page fails the test."""
    contexts = []
    wrong: list[str] = []

    def open_it(
        address: str, width: int = 1280, height: int = 800, wait: bool = True, **options: Any
    ) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)  # a busy machine is slow, not wrong
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
        page.goto(address)
        if wait:
            page.wait_for_selector("#wait", state="hidden")
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert wrong == []
