"""What a format is asked for and what it answers: values that every writer of ``export/`` shares."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from fabula.errors import OutputError
from fabula.export.choices import Choices
from fabula.export.voices import Voices

Content = str | bytes


@dataclass(frozen=True, slots=True)
class Request:
    """What a writer is told besides the Analysis.

    ``name`` is what the files are called, without a suffix. ``choices`` and ``voices`` matter to the formats
    that are spoken.
    """

    name: str = "story"
    choices: Choices = field(default_factory=Choices)
    voices: Voices = field(default_factory=Voices)


@dataclass(frozen=True, slots=True)
class Files:
    """What a writer made: relative names (``/`` between folders) with their content, str meaning UTF-8.

    ``notes`` say, a line each, what of this reading the format could not take.
    """

    contents: Mapping[str, Content]
    notes: tuple[str, ...] = ()


def file_stem(name: str, fallback: str = "story") -> str:
    """``name`` as a file name that every system takes: letters, digits, ``_-.``, at most 80."""
    stem = re.sub(r"[^\w.-]+", "_", name).strip("._-")[:80].rstrip("._-")
    return stem or fallback


def needs(module: str, distribution: str, extra: str, to: str) -> OutputError:
    """The error that says which package is missing for the format ``to`` and how to get it."""
    problem = f"needs the package {distribution}, which is not installed"
    return OutputError(f"--to {to}", problem, f"Install it with: pip install 'fabula[{extra}]'")
