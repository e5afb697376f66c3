"""Where a story quotes a song or a poem, by how its lines are set."""

from __future__ import annotations

import re

LINES = 3
"""Fewer lines are no verse, or none that can be told from prose, but for those in italics."""
WIDEST = 60
"""Code points of a line of verse; prose is broken later."""
LONGEST = 200 * WIDEST
"""Code points of a block that is looked at."""
_BLOCK = re.compile(r"(?:[^\n]*\S[^\n]*(?:\n|\Z))+")
_SUNG = re.compile(r"([*_~♪])\s?(?=[^\s*_~♪])[^*_~♪\n]{0,60}?([^\s*_~♪])\s?\1")
_STOPS = (".", "!", "?", "…", "”", '"', "’", "'")


def find_verse(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The blocks of ``text[start:end]`` between blank lines that are verse, in order; code points."""
    found: list[tuple[int, int]] = []
    before: tuple[int, int] | None = None
    running = False
    for m in _BLOCK.finditer(text, start, end):
        block = m.group()
        line = _SUNG.fullmatch(block.strip())
        verse = is_verse(block) or is_sung(block)
        if verse or line is None or line[2] in _STOPS:
            found += [m.span()] if verse else []
            before, running = None, False
            continue
        if before is not None:
            found += [m.span()] if running else [before, m.span()]
            running = True
        before = m.span()
    return found


def is_sung(block: str) -> bool:
    """Whether a block is two lines or more, each in italics of its own, and half of them run on."""
    lines = [_SUNG.fullmatch(line.strip()) for line in block.strip().splitlines()[: LONGEST // WIDEST]]
    return (
        len(lines) > 1
        and all(lines)
        and 2 * sum(m is not None and m[2] not in _STOPS for m in lines) >= len(lines)
    )


def is_verse(block: str) -> bool:
    """Whether a block without blank lines is set in short lines that open with capitals.

    Its lines are indented, or at least half of them run on: a list of short sentences is no verse.
    """
    if len(block) > LONGEST:
        return False
    lines = block.splitlines()
    if len(lines) < LINES or any(len(line.strip()) > WIDEST for line in lines):
        return False
    bare = [line.strip().lstrip("\"'“‘*_") for line in lines]
    if 4 * sum(line[:1].isupper() for line in bare) < 3 * len(lines):
        return False
    indented = all(line[:1].isspace() for line in lines)
    return indented or 2 * sum(not line.endswith(_STOPS) for line in bare) >= len(lines)
