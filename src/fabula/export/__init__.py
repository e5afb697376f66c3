"""A reading in the formats of other tools, a file per format.

Each writer is a pure function from an Analysis (and a Request: names, voices, choices) to files; libraries
are imported where they are used. ``docs/formats.md`` says what each format keeps and what it loses.
"""

from fabula.export.choices import Choices
from fabula.export.registry import FORMATS, Format, base_name, format_named, render, store
from fabula.export.request import Files, Request
from fabula.export.voices import VoiceRow, Voices, read_voices, voices_csv, voices_for

__all__ = [
    "FORMATS",
    "Choices",
    "Files",
    "Format",
    "Request",
    "VoiceRow",
    "Voices",
    "base_name",
    "format_named",
    "read_voices",
    "render",
    "store",
    "voices_csv",
    "voices_for",
]
