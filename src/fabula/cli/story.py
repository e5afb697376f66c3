"""The story itself, in colour by speaker, with what is doubtful marked."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from rich.text import Text

from fabula.cli.safe import one_line, safe
from fabula.doubts import SURE
from fabula.reading import Reading
from fabula.types import STORY_KINDS, Quote

_PALETTE = (
    "cyan", "yellow", "green", "magenta", "bright_blue", "bright_red",
    "bright_cyan", "bright_yellow", "bright_green", "bright_magenta",
)  # fmt: skip
_PARATEXT = "dim"
_UNKNOWN = "underline"


class Colours:
    """A colour for each of the characters with most lines."""

    def __init__(self, reading: Reading) -> None:
        speakers = sorted(
            (e for e in reading.entities if _lines(reading, e.id)), key=lambda e: -_lines(reading, e.id)
        )
        self._of = {e.id: colour for e, colour in zip(speakers, _PALETTE, strict=False)}
        self._names = [(e.name, self._of.get(e.id)) for e in speakers]

    def of(self, speaker: int | None) -> str:
        """The style of a quote by ``speaker``; several of the least important share one."""
        return _UNKNOWN if speaker is None else self._of.get(speaker, "bold")

    def known(self, speaker: int | None) -> bool:
        """Whether the colour alone tells who it is."""
        return speaker in self._of

    def legend(self) -> Text:
        """The names in their colours."""
        line = Text()
        for name, colour in self._names:
            if colour:
                line.append("● ", colour).append(one_line(name) + "   ", colour)
        return line.append("[name?] doubtful", _PARATEXT)


def _lines(reading: Reading, number: int) -> int:
    return len(reading._lines_of.get(number, ()))


def story_lines(reading: Reading, *, colour: bool, pronouns: bool) -> Iterator[Text]:
    """The story line by line.

    In colour, a quote has its speaker's; plain, ``[Name]`` follows it. A doubtful one (confidence under 0.9)
    is followed by ``[Name?]`` either way, an unknown one by ``[?]``. ``pronouns`` adds to each pronoun the
    person it means: ``he[Imre]``.
    """
    colours = Colours(reading)
    if colour:
        yield colours.legend()
        yield Text()
    line = Text()
    for start, end, style in _pieces(reading, colours, colour, pronouns):
        words = start if isinstance(start, str) else safe(reading.text[start:end])
        *whole, rest = words.split("\n")
        for part in whole:
            yield line.append(part, style)
            line = Text()
        line.append(rest, style)
    if line.plain:
        yield line


def _pieces(
    reading: Reading, colours: Colours, colour: bool, pronouns: bool
) -> Iterator[tuple[int | str, int, str]]:
    """Stretches of the text with their style, and labels (a string for a start) between them."""
    labels = _labels(reading, colours, colour, pronouns)
    stretches = _stretches(reading, colours)
    label = next(labels, None)
    for start, end, style in stretches:
        at = start
        while label is not None and label[0] <= end:
            if label[0] > at:
                yield at, label[0], style
                at = label[0]
            yield label[1], 0, _PARATEXT
            label = next(labels, None)
        if at < end:
            yield at, end, style


def _stretches(reading: Reading, colours: Colours) -> Iterator[tuple[int, int, str]]:
    """The whole text, cut where the style changes; the innermost quote has the say."""
    edges: list[tuple[int, int, int, Quote | None]] = []
    for speech in reading.analysis.quotes:
        edges += [(speech.start, 1, -speech.end, speech), (speech.end, 0, -speech.start, None)]
    aside = 0
    for segment in reading.analysis.story.segments:
        if segment.kind not in STORY_KINDS:
            edges += [(segment.start, 3, 0, None), (segment.end, 2, 0, None)]
    edges.sort(key=lambda edge: edge[:3])
    around: list[Quote] = []
    at = 0
    for place, group in groupby(edges, key=lambda edge: edge[0]):
        if place > at:
            yield at, place, _style(around, aside, colours)
            at = place
        for _, what, _, quote in group:
            if quote is not None:
                around.append(quote)
            elif what == 0 and around:
                around.pop()
            elif what in (2, 3):
                aside += 1 if what == 3 else -1
    if at < len(reading.text):
        yield at, len(reading.text), _style(around, aside, colours)


def _style(around: list[Quote], aside: int, colours: Colours) -> str:
    if aside:
        return _PARATEXT
    return colours.of(around[-1].speaker) if around else ""


def _labels(reading: Reading, colours: Colours, colour: bool, pronouns: bool) -> Iterator[tuple[int, str]]:
    """What is written into the text after a pronoun or quote, in text order."""
    labels: list[tuple[int, int, str]] = []
    for quote in reading.quotes:
        doubtful = quote.confidence < SURE or quote.speaker is None
        if doubtful or not colour or not colours.known(quote.value.speaker):
            labels.append((quote.end, 1, _label(quote.speaker, doubtful)))
    if pronouns:
        for mention in reading.mentions:
            if mention.kind == "PRON" and mention.type == "PER" and mention.entity is not None:
                labels.append((mention.end, 0, _label(mention.entity, mention.confidence < SURE)))
    labels.sort()
    yield from ((place, label) for place, _, label in labels)


def _label(entity: object, doubtful: bool) -> str:
    return f"[{'' if entity is None else one_line(str(entity))}{'?' * doubtful}]"
