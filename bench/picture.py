"""The picture in the README: a report and a page of a story in colour, as the terminal shows them.

python -m bench.picture            writes docs/img/report.svg
"""

from __future__ import annotations

import io
import re
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).parent.parent
STORY = "examples/ferry_house.txt"
WIDTH, LINES = 104, 14


def draw(out: Path) -> None:
    """Read the story and write the terminal's output as SVG."""
    from rich.console import Console

    import fabula
    from fabula.cli.report import report
    from fabula.cli.story import story_lines

    reading = fabula.read(str(ROOT / STORY))
    console = Console(
        record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, color_system="truecolor"
    )
    console.print(f"$ fabula read {STORY}", style="bold")
    for line in report(reading, path=STORY, kept=False, width=WIDTH):
        console.print(line)
    console.print()
    console.print(f"$ fabula read {STORY} --show text --pronouns | sed -n '14,27p'", style="bold")
    for line in islice(story_lines(reading, colour=True, pronouns=True), 13, 13 + LINES):
        console.print(line)
    out.parent.mkdir(parents=True, exist_ok=True)
    picture = re.sub(
        r"@font-face \{.*?\}", "", console.export_svg(title="fabula"), flags=re.S
    )  # fonts from the net
    out.write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    draw(ROOT / "docs" / "img" / "report.svg")
