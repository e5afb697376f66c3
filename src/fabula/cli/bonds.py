"""``fabula bonds``: what passes between people, or between two of them scene by scene."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from fabula.cli.failure import USAGE, complain, fail

if TYPE_CHECKING:
    from rich.text import Text

    from fabula.reading import Reading
    from fabula.types import Act, Bond, Interval


def bonds(
    story: Annotated[str, Parameter(name="STORY")],
    a: Annotated[str | None, Parameter(name="A")] = None,
    b: Annotated[str | None, Parameter(name="B")] = None,
    /,
    *,
    experimental: bool = False,
    debug: bool = False,
) -> int:
    """Show the bonds of a story; with two names, what passes between the two, scene by scene.

    Parameters
    ----------
    story
        A story or a saved reading (JSON); "-" is standard input.
    a
        One of two people, by a name or alias.
    b
        The other.
    experimental
        Tell also the kinds of acts and feelings that docs/ledger.md calls experimental.
    debug
        On a fault of the program, show where it happened.
    """
    from fabula.cli.progress import ProgressLine
    from fabula.cli.screen import Screen
    from fabula.cli.source import open_reading

    if (a is None) != (b is None):
        complain("a bond is between two people: name both, or neither")
        return USAGE
    try:
        with ProgressLine(story) as progress:
            reading = open_reading(story, progress=progress, experimental=experimental)
        screen = Screen()
        if a is None or b is None:
            screen.print(*_table(reading, screen.width))
        else:
            try:
                bond = reading.bonds.between(a, b)
            except KeyError as error:
                complain(f"{story}: {error.args[0]}. See 'fabula bonds {story}'")
                return USAGE
            if bond is None:
                complain(f"{story}: too little passes between {a} and {b} to say anything")
                return 0
            screen.print(*_scenes(reading, bond.value, screen.width))
        screen.flush()
    except Exception as error:
        return fail(error, story, debug=debug)
    return 0


def _table(reading: Reading, width: int | None) -> Iterator[Text]:
    from rich.text import Text

    from fabula.cli.layout import columns
    from fabula.cli.pairs import short
    from fabula.ledger.bonds import pair_acts, pair_lines

    if not reading.bonds:
        yield Text("Too little passes between any two people to say anything.", "dim")
        return
    acts, lines = pair_acts(reading.analysis), pair_lines(reading.analysis)
    titles = ("BONDS", "scenes", "acts →", "←", "lines →", "←", "one-sided, 90 % interval")
    rows = [[Text(t, "bold" if not i else "dim") for i, t in enumerate(titles)]]
    for bond in (b.value for b in reading.bonds):
        some, its = acts.get((bond.a, bond.b), []), lines.get((bond.a, bond.b), [])
        mine, said = sum(x.agent == bond.a for x in some), sum(q.speaker == bond.a for q in its)
        cells = [len(bond.scenes), mine, len(some) - mine, said, len(its) - said]
        told = [*map(str, cells), interval(bond.asymmetry)]
        rows.append([Text(f" {short(reading, bond.a)} → {short(reading, bond.b)}"), *map(Text, told)])
    yield from columns(rows, "lrrrrrl", width=width, flexible=0, indent=0)
    yield Text(" One-sided: +1 all acts by the first named. Two names tell a bond scene by scene.", "dim")


def interval(found: Interval | None) -> str:
    """ "+.33 (-.12 to +.70)", "too few acts" for none."""
    if found is None:
        return "too few acts"
    return f"{found.value:+.2f} ({found.low:+.2f} to {found.high:+.2f})"


def _scenes(reading: Reading, bond: Bond, width: int | None) -> Iterator[Text]:
    from rich.text import Text

    from fabula.cli.layout import columns, fitted
    from fabula.cli.pairs import experimental_note, short
    from fabula.cli.safe import one_line
    from fabula.cli.words import chance, counted
    from fabula.ledger.bonds import happened, pair_acts
    from fabula.telling import phrase

    one, other = short(reading, bond.a), short(reading, bond.b)
    acts = pair_acts(reading.analysis).get((bond.a, bond.b), [])
    yield Text(f"{one} and {other}", "bold")
    yield Text(f" one-sided {interval(bond.asymmetry)}", "dim")
    yield Text(" A scene's tone: +1 all friendly, -1 all unfriendly acts.", "dim")
    scenes = {s.id: s for s in reading.analysis.scenes}
    for number, found in enumerate(bond.scenes, 1):
        scene = scenes[found.scene]
        first, last = reading.line_of(scene.start), reading.line_of(max(scene.end - 1, scene.start))
        here = [a for a in acts if scene.start <= a.trigger.start < scene.end]
        yield Text()
        said = f"{counted(found.lines[0], 'line')} by {one}, {found.lines[1]} by {other}"
        head = Text.assemble(
            (f"Scene {number}", "bold"), f", lines {first:,}–{last:,}: {said}; tone {interval(found.tone)}"
        )
        yield fitted(head, width)
        rows = []
        for act in here:
            what = f"{short(reading, act.agent)} {one_line(phrase(act.kind))} {short(reading, act.patient)}"
            words = one_line(reading.text[act.evidence.start : act.evidence.end])
            rows.append(
                [
                    Text(f"line {reading.line_of(act.trigger.start):,}", "dim"),
                    Text(what),
                    Text(chance(act.confidence)),
                    Text(words),
                ]
            )
        yield from columns(rows, "llll", width=width or 110, flexible=3, indent=1)
    left = [a for a in _both(reading, bond) if not happened(a)]
    yield Text()
    for turn in bond.turns:
        sure = "not tested" if turn.p is None else f"p = {turn.p:.3f}, corrected over pairs"
        words = one_line(reading.text[turn.start : turn.end])
        yield fitted(Text(f"May turn at line {reading.line_of(turn.start):,} ({sure}): {words}"), width)
    if left:
        yield Text(f"Left out: {counted(len(left), 'act')} denied or only imagined.", "dim")
    yield from experimental_note(acts)


def _both(reading: Reading, bond: Bond) -> list[Act]:
    two = {bond.a, bond.b}
    return [a for a in reading.analysis.acts if {a.agent, a.patient} == two]
