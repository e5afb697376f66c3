"""A sheet of SVG, written by hand: what the story says is escaped, and nothing in it is ever run."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fabula.reading import Reading

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
COLOURS = ("#1b6ca8", "#c1502e", "#3a7d44", "#7b4b94", "#a67c00", "#3d3d3d", "#b03a5b", "#4f8a8b")
"""Told apart by people who see colours differently, too; lines also have their names beside them."""
FAINT, INK = "#8a8a8a", "#222222"
FONT = "font-family=\"'DejaVu Sans', Helvetica, Arial, sans-serif\""


def safe(text: str) -> str:
    """Text for the inside of an element or attribute."""
    return escape(_NOT_XML.sub("\ufffd", " ".join(text.split())), quote=True)


def lines(reading: Reading, start: float, end: float) -> str:
    """ "lines 3–9" for a stretch of code points."""
    return f"lines {reading.line_of(int(start))}–{reading.line_of(max(int(end) - 1, int(start)))}"


def num(value: float) -> str:
    """A coordinate."""
    return f"{value:.1f}".rstrip("0").rstrip(".")


class Sheet:
    """Elements in the order in which they are painted. Units: pixels from the upper left corner."""

    def __init__(self, width: int, height: int, title: str) -> None:
        self.width, self.height = width, height
        self._title = title
        self._parts: list[str] = []

    def line(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        colour: str = FAINT,
        width: float = 1,
        dash: str = "",
    ) -> None:
        """A straight line."""
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        self._parts.append(
            f'<line x1="{num(x1)}" y1="{num(y1)}" x2="{num(x2)}" y2="{num(y2)}" stroke="{colour}"'
            f' stroke-width="{num(width)}"{dashed}/>'
        )

    def box(
        self, x: float, y: float, w: float, h: float, colour: str, tip: str = "", opacity: float = 1.0
    ) -> None:
        """A filled rectangle; ``tip`` is shown when it is pointed at."""
        self._parts.append(
            f'<rect x="{num(x)}" y="{num(y)}" width="{num(max(w, 0.5))}" height="{num(h)}" fill="{colour}"'
            f' fill-opacity="{opacity:.2f}">{self._tip(tip)}</rect>'
        )

    def dot(self, x: float, y: float, r: float, colour: str, tip: str = "", hollow: bool = False) -> None:
        """A circle; ``tip`` is shown when it is pointed at."""
        fill = "white" if hollow else colour
        self._parts.append(
            f'<circle cx="{num(x)}" cy="{num(y)}" r="{num(r)}" fill="{fill}" stroke="{colour}"'
            f' stroke-width="1.5">{self._tip(tip)}</circle>'
        )

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        size: int = 12,
        colour: str = INK,
        anchor: str = "start",
        bold: bool = False,
    ) -> None:
        """One line of words; ``anchor`` is start, middle or end."""
        weight = ' font-weight="bold"' if bold else ""
        self._parts.append(
            f'<text x="{num(x)}" y="{num(y)}" font-size="{size}" fill="{colour}" text-anchor="{anchor}"'
            f"{weight}>{safe(words)}</text>"
        )

    def _tip(self, tip: str) -> str:
        return f"<title>{safe(tip)}</title>" if tip else ""

    def render(self) -> str:
        """The whole file."""
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width}" height="{self.height}"'
            f' viewBox="0 0 {self.width} {self.height}" role="img" {FONT}>\n'
            f"<title>{safe(self._title)}</title>\n"
            f'<rect width="{self.width}" height="{self.height}" fill="white"/>\n'
        )
        return head + "\n".join(self._parts) + "\n</svg>\n"


def shorten(text: str, most: int) -> str:
    """Words cut to ``most`` characters."""
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[: most - 1].rstrip() + "…"
