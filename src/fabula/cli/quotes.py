"""The quotes of a story, a line each."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from fabula.cli.layout import columns, fitted
from fabula.cli.safe import one_line
from fabula.cli.story import Colours
from fabula.cli.words import chance
from fabula.reading import Reading

_NAME_WIDTH = 20


def quote_lines(reading: Reading, *, width: int | None) -> Iterator[Text]:
    """Line number, speaker → addressees, confidence in the speaker, words; on a terminal cut to its width."""
    colours = Colours(reading)
    most = None if width is None else _NAME_WIDTH
    rows = []
    for quote in reading.quotes:
        style = colours.of(quote.value.speaker)
        speaker = "?" if quote.speaker is None else one_line(str(quote.speaker))
        rows.append(
            [
                Text(f"{quote.line}", "dim"),
                fitted(Text(speaker, style), most),
                Text("→", "dim"),
                fitted(Text(one_line(str(quote.addressees))), most),
                Text(chance(quote.confidence)),
                Text(one_line(quote.text), style),
            ]
        )
    yield from columns(rows, "rlllrl", width=width, flexible=5, indent=0)
