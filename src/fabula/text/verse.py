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
    alone: list[tuple[int, int]] = []
    for m in _BLOCK.finditer(text, start, end):
        line = _SUNG.fullmatch(m.group().strip())
        if is_verse(m.group()) or is_sung(m.group()):
            found.append(m.span())
        elif line and line[2] not in _STOPS:
            alone = (
                [*alone, m.span()] if alone and text[alone[-1][1] : m.start()].strip() == "" else [m.span()]
            )
            if len(alone) > 1:
                found = [*found, m.span()] if len(alone) > 2 else [*found, *alone]
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
