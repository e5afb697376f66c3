"""The pictures of the reader in the documentation, as Chromium shows it.

    python -m bench.screens [FOLDER]

Opens an example story with ``fabula open``, settles a doubt, and writes docs/img/reader*.png (or into
FOLDER): a laptop's window, a wide one in the dark, a phone's, and the views.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from bench.browser import chromium
from bench.reader import opened
from bench.settings import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Page

STORY = "leg_before"
SIZES = {
    "reader": (1280, 800, "light"),
    "reader-dark": (1720, 968, "dark"),
    "reader-phone": (390, 844, "light"),
}
REPLAYED = 0.6
"""How far into the story the replay is shown."""


def draw(out: Path) -> None:
    """Take all pictures.

    Raises:
        BenchError: there is no browser.

    """
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, chromium() as browser:
        story = Path(scratch) / f"{STORY}.txt"
        shutil.copy(ROOT / "examples" / f"{STORY}.txt", story)
        with opened(story) as address:
            for name, (width, height, scheme) in SIZES.items():
                page = browser.new_page(
                    viewport={"width": width, "height": height},
                    color_scheme=scheme,  # type: ignore[arg-type]
                )
                page.goto(address)
                page.wait_for_selector("#wait", state="hidden", timeout=120_000)
                page.wait_for_selector(".why li", state="attached")
                if name == "reader-phone":
                    page.locator('#tabs [data-side="panel"]').click()
                elif name == "reader":
                    page.keyboard.press("Enter")
                    page.wait_for_selector("#toast.on")
                page.wait_for_timeout(700)
                page.screenshot(path=out / f"{name}.png")
                if name == "reader":
                    page.wait_for_timeout(5500)  # what was said of the answer has gone
                    for view in ("scenes", "network"):
                        page.locator(f'[data-view="{view}"]').click()
                        page.wait_for_timeout(300)
                        page.screenshot(path=out / f"reader-{view}.png")
                    length = len(story.read_text(encoding="utf-8"))
                    draw_ledger(page, address, int(REPLAYED * length), out)
                page.close()


def draw_ledger(page: Page, address: str, offset: int, out: Path) -> None:
    """Take the pictures of the pair with most between them, and of the replay with a count opened."""
    page.goto(f"{address}bonds")
    page.locator(".pairs h3 a").first.click()
    page.wait_for_selector(".bond-scenes")
    page.wait_for_timeout(300)
    page.screenshot(path=out / "reader-bonds.png")
    page.goto(f"{address}at/{offset}")
    page.wait_for_selector(".state:not([data-late])")
    page.locator(".count").first.click()
    page.wait_for_selector(".counted li")
    page.screenshot(path=out / "reader-replay.png")


if __name__ == "__main__":
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("folder", type=Path, nargs="?", default=ROOT / "docs" / "img")
    draw(options.parse_args().folder)
