"""``ebook2audiobook``: a text to a chapter, with that program's voice tags.

``[voice:PATH]`` … ``[/voice]`` stand around what a voice of voices.csv reads, ``[pause]`` at a scene break;
what has no voice is left to the program's own. Square brackets of the story are round ones followed by a word
joiner (U+2060, which nobody hears), so that no word of a story is taken for a tag. The joiner only says which
brackets were square: the program may drop it, as its newer versions do, without a tag coming up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from fabula.errors import InputError
from fabula.export.lines import Line, Part, perform
from fabula.export.request import Files, Request
from fabula.export.script import chapter_name, common_files, notes
from fabula.types import Analysis

JOINER = "\u2060"
_BRACKET = re.compile(f"([][()])({JOINER}*)")
_ROUND = {"[": "(", "]": ")"}
_SQUARE = {"(": "[", ")": "]"}


def write(analysis: Analysis, request: Request) -> Files:
    """The files for ebook2audiobook. Raises InputError for a voice that no tag can hold."""
    for row in request.voices.rows:
        if any(mark in row.voice for mark in "[]\n\r"):
            problem = f"the voice of {row.character!r} has a bracket or a line end in its path"
            raise InputError("voices", problem, "Rename the file: ebook2audiobook could not find it")
    performance = perform(analysis, request)
    contents = {
        f"{chapter_name(number)}.txt": "".join(_pieces(part))
        for number, part in enumerate(performance.chapters, 1)
    }
    silent = () if any(row.voice for row in request.voices.rows) else (_NO_VOICE,)
    said = (_NOT_SAID,) if any(line.sayings for part in performance.parts for line in part.lines) else ()
    return Files(contents | common_files(performance, ".txt"), notes(performance) + silent + said)


_NOT_SAID = "pronunciations are left out: ebook2audiobook has no tag for them"
_NO_VOICE = (
    "no voices are given, so there are no voice tags: fill in voices.csv ('fabula voices'), then --voices"
)


def _pieces(part: Part) -> Iterator[str]:
    """The text of a chapter; neighbours of one voice share a tag, blanks around them stay outside."""
    voice, blanks = "", ""
    for item in part.items:
        if isinstance(item, Line):
            if item.voice != voice:
                yield "[/voice]" if voice else ""
                yield blanks
                yield f"[voice:{item.voice}]" if item.voice else ""
                voice = item.voice
            else:
                yield blanks
            yield escape(item.text)
            blanks = item.after
        elif item.why == "scene_break":
            yield "[/voice]" if voice else ""
            yield f"{blanks}[pause]"
            voice, blanks = "", ""
    yield "[/voice]" if voice else ""
    yield blanks


def escape(text: str) -> str:
    """The text with every square bracket disarmed: round, with an odd number of joiners behind it."""

    def written(m: re.Match[str]) -> str:
        square = m[1] in _ROUND
        return _ROUND.get(m[1], m[1]) + JOINER * (2 * len(m[2]) + square)

    return _BRACKET.sub(written, text)


def unescape(text: str) -> str:
    """What ``escape`` was given."""

    def was(m: re.Match[str]) -> str:
        half, square = divmod(len(m[2]), 2)
        return (_SQUARE.get(m[1], m[1]) if square else m[1]) + JOINER * half

    return _BRACKET.sub(was, text)
