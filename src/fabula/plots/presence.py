"""Who is there, scene by scene: a bar as dark as the person is mentioned often, blank where nobody is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from fabula.lexicon.words import words
from fabula.plots.svg import COLOURS, FAINT, Sheet, lines, shorten
from fabula.reading import Reading
from fabula.types import Scene
from fabula.views import Character

_PEOPLE = 12
_NAMED, _UNNAMED = 0.02, 0.1
"""A row needs this share of the mentions of the most mentioned person, with and without a name."""
_OPENING = words("a an the my his her our their your its this that these those some one two each another")
"""Words that are capital in a description only where it opens a sentence."""
_LEFT, _WIDTH, _ROW, _TOP = 170, 900, 26, 70


def presence_plot(reading: Reading, people: Sequence[int] = ()) -> str:
    """A row for each person who has a part, or who is asked for; the story from left to right."""
    scenes = reading.analysis.scenes
    wanted = set(people) or with_a_part(reading)
    named = _named(reading)
    chosen: list[Character] = [c for c in reading.characters if c.id in wanted][:_PEOPLE]
    sheet = Sheet(_WIDTH, _TOP + _ROW * max(len(chosen), 1) + 50, f"Presence in {reading.title or 'a story'}")
    sheet.text(20, 28, f"Who is there in {shorten(reading.title or 'the story', 60)}", size=16, bold=True)
    sheet.text(
        20,
        48,
        "Darker: more mentions per thousand characters of the scene. Blank: not there.",
        size=11,
        colour=FAINT,
    )
    first = min((s.start for s in scenes), default=0)
    last = max((s.end for s in scenes), default=1)

    def x(offset: float) -> float:
        return _LEFT + (_WIDTH - 20 - _LEFT) * (offset - first) / max(last - first, 1)

    rates = {}
    for s in scenes:
        found = Counter(m.entity for m in reading.analysis.mentions if s.start <= m.start < s.end)
        for c in chosen:
            if found[c.id] and c.id in s.characters:
                rates[c.id, s.id] = (found[c.id], 1000 * found[c.id] / max(s.end - s.start, 1))
    most = max((r for _, r in rates.values()), default=1.0)
    for k, c in enumerate(chosen):
        y = _TOP + k * _ROW
        sheet.text(
            _LEFT - 8, y + 15, shorten(mid_sentence(c.name, named=c.id in named), 24), size=12, anchor="end"
        )
        sheet.line(_LEFT, y + _ROW - 3, _WIDTH - 20, y + _ROW - 3, "#eeeeee")
        for s in scenes:
            if (c.id, s.id) in rates:
                n, rate = rates[c.id, s.id]
                name = mid_sentence(c.name, named=c.id in named)
                tip = f"{name}: {n} mentions, {lines(reading, s.start, s.end)}"
                shade = 0.25 + 0.75 * rate / most
                sheet.box(
                    x(s.start) + 0.5,
                    y + 3,
                    x(s.end) - x(s.start) - 1,
                    _ROW - 9,
                    COLOURS[k % len(COLOURS)],
                    tip,
                    shade,
                )
    bottom = _TOP + _ROW * max(len(chosen), 1) + 8
    for s in scenes:
        sheet.line(x(s.start), _TOP - 4, x(s.start), bottom, "#dddddd")
    for s in _spaced(scenes, x):
        sheet.text(x(s.start), bottom + 14, f"line {reading.line_of(s.start)}", size=9, colour=FAINT)
    return sheet.render()


def with_a_part(reading: Reading) -> set[int]:
    """The people of the scenes who are mentioned often enough beside the most mentioned one."""
    named = _named(reading)
    there = {number for s in reading.analysis.scenes for number in s.characters}
    count = {e.id: e.mention_count for e in reading.analysis.entities if e.id in there}
    most = max(count.values(), default=0)
    return {x for x, n in count.items() if n >= most * (_NAMED if x in named else _UNNAMED)}


def _named(reading: Reading) -> set[int]:
    """Who is called by a proper name anywhere, and the narrators."""
    narrators = {e.id for e in reading.analysis.entities if e.role == "narrator"}
    return narrators | {
        m.entity for m in reading.analysis.mentions if m.kind == "PROP" and m.entity is not None
    }


def mid_sentence(name: str, *, named: bool) -> str:
    """A person's name as it stands inside a sentence: "My doctor" is "my doctor", "i" is "I"."""
    first, _, rest = name.partition(" ")
    if named:
        return name
    if name.lower() == "i":
        return "I"
    low = first.lower()
    return f"{low} {rest}" if rest and low in _OPENING else name


def _spaced(scenes: Sequence[Scene], x: Callable[[float], float]) -> list[Scene]:
    """Scenes whose labels do not run into one another."""
    kept: list[Scene] = []
    for s in scenes:
        if not kept or x(s.start) - x(kept[-1].start) > 60:
            kept.append(s)
    return kept
