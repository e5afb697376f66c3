"""The tone between people, scene by scene, with its interval; blank where too little passes."""

from __future__ import annotations

from collections.abc import Sequence

from fabula.ledger.bonds import pair_acts
from fabula.lexicon.tone import tone
from fabula.plots.svg import COLOURS, FAINT, Sheet, lines, shorten
from fabula.reading import Reading
from fabula.types import Bond

_PAIRS = 4
_ROW, _TOP, _LEFT, _WIDTH = 170, 70, 60, 900


def bonds_plot(reading: Reading, people: Sequence[int] = ()) -> str:
    """A panel for each pair: above the tone of each scene, below every friendly and unfriendly act."""
    chosen = [b.value for b in reading.bonds if not people or {b.value.a, b.value.b} <= set(people)][:_PAIRS]
    sheet = Sheet(_WIDTH, _TOP + _ROW * max(len(chosen), 1) + 40, f"Bonds in {reading.title or 'a story'}")
    sheet.text(20, 28, f"Bonds in {shorten(reading.title or 'the story', 60)}", size=16, bold=True)
    note = "Bars: tone of a scene, 90 % interval (none under two toned acts). Dots: acts, hollow: unfriendly."
    sheet.text(20, 48, note, size=11, colour=FAINT)
    if not chosen:
        sheet.text(20, _TOP + 40, "Too little passes between these people to say anything.")
    for k, bond in enumerate(chosen):
        _panel(sheet, reading, bond, _TOP + k * _ROW, COLOURS[k % len(COLOURS)])
    return sheet.render()


def _panel(sheet: Sheet, reading: Reading, bond: Bond, top: float, colour: str) -> None:
    left, right, high, low = _LEFT, _WIDTH - 20, top + 24, top + 114
    scenes = {s.id: s for s in reading.analysis.scenes}
    first = min((s.start for s in scenes.values()), default=0)
    last = max((s.end for s in scenes.values()), default=1)

    def x(offset: float) -> float:
        return left + (right - left) * (offset - first) / max(last - first, 1)

    def y(value: float) -> float:
        return low - (low - high) * (value + 1) / 2

    a, b = reading.entity(bond.a).name, reading.entity(bond.b).name
    sheet.text(left, top + 14, f"{shorten(a, 30)} and {shorten(b, 30)}", size=13, bold=True, colour=colour)
    for value, label in ((1, "friendly"), (0, ""), (-1, "unfriendly")):
        sheet.line(left, y(value), right, y(value), "#dddddd")
        sheet.text(left - 5, y(value) + 4, label, size=9, colour=FAINT, anchor="end")
    for s in scenes.values():
        sheet.line(x(s.start), high, x(s.start), low + 26, "#eeeeee")
    for found in bond.scenes:
        s = scenes[found.scene]
        if found.tone is None:
            continue
        middle, t = (x(s.start) + x(s.end)) / 2, found.tone
        tip = f"{lines(reading, s.start, s.end)}: tone {t.value:+.2f} ({t.low:+.2f} to {t.high:+.2f})"
        sheet.line(x(s.start) + 2, y(t.value), x(s.end) - 2, y(t.value), colour, 2)
        sheet.line(middle, y(t.low), middle, y(t.high), colour, 1.2)
        for end in (t.low, t.high):
            sheet.line(middle - 4, y(end), middle + 4, y(end), colour, 1.2)
        sheet.dot(middle, y(t.value), 4, colour, tip)
    acts = pair_acts(reading.analysis).get((bond.a, bond.b), [])
    if not any(tone(act.kind) for act in acts):
        sheet.text(left + 8, y(0) - 6, "No friendly or unfriendly act is told.", size=11, colour=FAINT)
    for act in acts:
        sign = tone(act.kind)
        if sign:
            words = shorten(reading.text[act.evidence.start : act.evidence.end], 160)
            who = reading.entity(act.agent).name if act.agent is not None else "?"
            at = f"line {reading.line_of(act.trigger.start)}"
            tip = f"{at}: {who}, {act.kind} ({act.confidence:.2f}): {words}"
            sheet.dot(
                x(act.trigger.start), low + 12 if sign > 0 else low + 22, 3, colour, tip, hollow=sign < 0
            )
    sheet.text(left - 5, low + 19, "acts", size=9, colour=FAINT, anchor="end")
    for turn in bond.turns[:1]:
        sheet.line(x(turn.start), high - 4, x(turn.start), low + 26, "#222222", 1, "3 3")
        sure = "untested" if turn.p is None else f"p = {turn.p:.3f}"
        at_end = x(turn.start) > right - 160
        sheet.text(
            x(turn.start) + (-4 if at_end else 4),
            high + 2,
            f"may turn, line {reading.line_of(turn.start)} ({sure})",
            size=9,
            anchor="end" if at_end else "start",
        )
