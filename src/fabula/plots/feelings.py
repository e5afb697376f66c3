"""How often each feeling is told of a person, per thousand words of the scenes the person is in.

What the narration tells and what is said in talk have bars of their own. Bands are 90 % intervals from a
bootstrap over scenes (paragraphs, where one scene is long); bars of fewer than ``LEAST`` are left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from fabula.ledger.experimental import FEELINGS
from fabula.plots.svg import COLOURS, FAINT, Sheet, lines, shorten
from fabula.reading import Reading
from fabula.types import Emotion, Scene
from fabula.views import Character

LEAST = 3
PARTS = 8
CHANNELS = (("narration", "#9db4c0", "#44606e"), ("speech", "#e3cfa8", "#8a6d2f"))
"""What tells a feeling, the colour of its bars and that of their bands."""
_PEOPLE = 4
_SHUFFLES = 400
_LEFT, _WIDTH, _ROW, _TOP = 60, 900, 170, 70
_ORDER = ("joy", "love", "surprise", "shame", "sadness", "fear", "disgust", "anger")


def feelings_plot(reading: Reading, people: Sequence[int] = ()) -> str:
    """A panel for each person: every feeling told, and the rate of each part with its band."""
    felt: dict[int, list[Emotion]] = {}
    for e in reading.analysis.emotions:
        if e.character is not None and not e.negated and not e.hypothetical:
            felt.setdefault(e.character, []).append(e)
    chosen = [c for c in reading.characters if c.id in felt and (not people or c.id in people)][:_PEOPLE]
    sheet = Sheet(_WIDTH, _TOP + _ROW * max(len(chosen), 1) + 50, f"Feelings in {reading.title or 'a story'}")
    sheet.text(20, 28, f"Feelings told in {shorten(reading.title or 'the story', 60)}", size=16, bold=True)
    note = (
        "Bars: feelings per 1,000 words, 90 % band (none under three): told by the narration, left and blue;"
    )
    note += " said in talk, right and brown. Dots: passages, hollow: in talk."
    sheet.text(20, 48, note, size=11, colour=FAINT)
    if not chosen:
        sheet.text(20, _TOP + 40, "No feelings are told of these people.")
    for k, c in enumerate(chosen):
        _panel(sheet, reading, c, felt[c.id], _TOP + k * _ROW)
    told = {e.label for c in chosen for e in felt[c.id]}
    for k, label in enumerate(_ORDER):
        if label in FEELINGS - told:
            continue
        at = 60 + k * 100
        y = _TOP + _ROW * max(len(chosen), 1) + 20
        sheet.dot(at, y - 4, 4, COLOURS[k])
        sheet.text(at + 9, y, label, size=11)
    return sheet.render()


def _panel(sheet: Sheet, reading: Reading, c: Character, felt: list[Emotion], top: float) -> None:
    scenes = reading.analysis.scenes
    first = min((s.start for s in scenes), default=0)
    last = max((s.end for s in scenes), default=max(len(reading.text), 1))
    high, low = top + 26, top + 104

    def x(offset: float) -> float:
        return _LEFT + (_WIDTH - 20 - _LEFT) * (offset - first) / max(last - first, 1)

    sheet.text(_LEFT, top + 14, shorten(c.name, 40), size=13, bold=True)
    parts = list(pairwise(np.linspace(first, last, PARTS + 1).tolist()))
    bars = [
        (a, b, k, band)
        for a, b in parts
        for k, (channel, *_) in enumerate(CHANNELS)
        if (band := _rate(reading, c, [e for e in felt if e.channel == channel], scenes, a, b))
    ]
    drawn = [hi for *_, band in bars for hi in band[1:]]
    most = max(drawn or [1.0])

    def y(rate: float) -> float:
        return low - (low - high) * min(rate / most, 1.0)

    sheet.line(_LEFT, low, _WIDTH - 20, low, "#cccccc")
    if drawn:  # A scale without a bar would say something of nothing.
        sheet.text(_LEFT - 5, y(most) + 4, f"{most:.0f}", size=9, colour=FAINT, anchor="end")
        sheet.text(_LEFT - 5, low + 3, "0", size=9, colour=FAINT, anchor="end")
    for a, b, k, (rate, lo, hi) in bars:
        channel, colour, dark = CHANNELS[k]
        width = (x(b) - x(a) - 6) / 2
        left = x(a) + 3 + k * width
        tip = f"{lines(reading, a, b)}, {channel}: {rate:.1f} per 1,000 words ({lo:.1f} to {hi:.1f})"
        sheet.box(left, y(rate), width - 1, low - y(rate), colour, tip, 0.7)
        sheet.line(left + width / 2, y(lo), left + width / 2, y(hi), dark, 1.2)
    for e in felt:
        k = _ORDER.index(e.label) if e.label in _ORDER else 0
        words = shorten(reading.text[max(e.cue.start - 60, 0) : e.cue.end + 60], 160)
        tip = f"line {reading.line_of(e.cue.start)}: {e.label} ({e.confidence:.2f}): …{words}…"
        sheet.dot(x(e.cue.start), low + 10 + 6 * k, 2.6, COLOURS[k], tip, hollow=e.channel == "speech")


def _rate(
    reading: Reading, c: Character, felt: Sequence[Emotion], scenes: Sequence[Scene], start: float, end: float
) -> tuple[float, float, float] | None:
    """Feelings per 1,000 words in [start, end), with its band; None where there are too few."""
    inside = [e for e in felt if start <= e.cue.start < end]
    if len(inside) < LEAST:
        return None
    counts, words = [], []
    for s in scenes:
        a, b = max(s.start, start), min(s.end, end)
        if b <= a or c.id not in s.characters:
            continue
        # In one long scene paragraphs stand for scenes, so that the band says something.
        cuts = [p.start for p in reading.analysis.story.paragraphs if a < p.start < b]
        for lo, hi in zip([a, *cuts], [*cuts, b], strict=True):
            counts.append(sum(lo <= e.cue.start < hi for e in inside))
            words.append(len(reading.text[int(lo) : int(hi)].split()))
    total = sum(words)
    if not total or len(words) < 2:
        return None
    rng = np.random.default_rng(0)
    at = rng.integers(0, len(words), (_SHUFFLES, len(words)))
    n, w = np.asarray(counts)[at].sum(axis=1), np.asarray(words)[at].sum(axis=1)
    low, high = np.quantile(1000 * n / np.maximum(w, 1), [0.05, 0.95])
    return 1000 * sum(counts) / total, float(low), float(high)
