"""Where a story quotes a song or a poem, by how its lines are set."""

from __future__ import annotations

import re

LINES = 3
"""Fewer lines are no verse, or none that can be told from prose."""
WIDEST = 60
"""Code points of a line of verse; prose is broken later."""
LONGEST = 200 * WIDEST
"""Code points of a block that is looked at."""
_BLOCK = re.compile(r"(?:[^\n]*\S[^\n]*(?:\n|\Z))+")
_STOPS = (".", "!", "?", "…", "”", '"', "’", "'")


def find_verse(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The blocks of ``text[start:end]`` between blank lines that are verse, in order; code points."""
    return [m.span() for m in _BLOCK.finditer(text, start, end) if is_verse(m.group())]


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
