"""The part of the report that tells what passes between people, with passages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from rich.text import Text

from fabula.cli.layout import columns, fitted
from fabula.cli.safe import one_line
from fabula.cli.words import chance, counted
from fabula.ledger.bonds import happened
from fabula.ledger.experimental import ACTS as EXPERIMENTAL
from fabula.reading import Reading
from fabula.telling import between, phrase, telling
from fabula.types import Act, Bond, Span

_PAIRS = 3
_PASSAGES = 3
_LEAST = 2
_FAINT = "dim"
_MARKS = '“”"‘’'
_CLOSED = re.compile(r"”|\"|’(?!\w)")
_OPENED = re.compile(r"“|\"|‘")
_OPENING, _CLOSING = ("“", "‘", '"'), ("”", "’", '"')


def pair_lines(reading: Reading, width: int | None) -> Iterator[Text]:
    """The pairs with most between them: acts each way, passages, what was left out, the likeliest turn."""
    pairs = [(b, between(reading, b)) for b in reading.analysis.bonds]
    pairs = [(b, acts) for b, acts in pairs if sum(map(happened, acts)) >= _LEAST]
    pairs.sort(key=lambda pair: -sum(map(happened, pair[1])))
    if not pairs:
        return
    yield Text()
    yield Text.assemble(
        ("BETWEEN THEM", "bold"), ("  acts the text tells, each with its line and how sure it is", _FAINT)
    )
    for bond, acts in pairs[:_PAIRS]:
        yield from _pair(reading, bond, acts, width)
    yield from experimental_note(a for _, acts in pairs[:_PAIRS] for a in acts)
    if len(pairs) > _PAIRS:
        yield Text(f" {counted(len(pairs) - _PAIRS, 'more pair')}: see fabula bonds.", _FAINT)


def short(reading: Reading, number: int | None) -> str:
    """A name as the report has it, short."""
    return "somebody" if number is None else fitted(Text(one_line(reading.entity(number).name)), 18).plain


def experimental_note(acts: Iterable[Act]) -> Iterator[Text]:
    """A line that names the experimental kinds among ``acts``; none where there are none."""
    some = sorted({a.kind for a in acts} & EXPERIMENTAL)
    if some:
        yield Text(f" Experimental: {', '.join(some)} (see docs/ledger.md).", _FAINT)


def kinds(acts: list[Act]) -> str:
    """ "command 4, look 2"."""
    found = Counter(one_line(a.kind) for a in acts)
    return ", ".join(f"{kind} {n}" if n > 1 else kind for kind, n in found.most_common())


def _pair(reading: Reading, bond: Bond, acts: list[Act], width: int | None) -> Iterator[Text]:
    done = [a for a in acts if happened(a)]
    for one, other in ((bond.a, bond.b), (bond.b, bond.a)):
        mine = [a for a in done if a.agent == one]
        line = Text.assemble(
            f" {short(reading, one)} → {short(reading, other)}",
            (f"  {len(mine)}: " if mine else "  0", _FAINT),
            kinds(mine),
        )
        yield fitted(line, width)
    rows = []
    for act in telling(done, _PASSAGES):
        what = f"{short(reading, act.agent)} {one_line(phrase(act.kind))} {short(reading, act.patient)}"
        rows.append(
            [
                *_place(reading, act.trigger),
                Text(what),
                Text(chance(act.confidence)),
                passage_of(reading, act),
            ]
        )
    yield from columns(rows, "llll" + "l", width=width or 110, flexible=4, indent=3)
    notes = []
    if left := len(acts) - len(done):
        notes.append(f"left out: {counted(left, 'act')} denied or only imagined")
    if bond.turns:
        turn = bond.turns[0]
        sure = "untested" if turn.p is None else f"p = {turn.p:.3f}"
        words = one_line(reading.text[turn.start : turn.end]).strip(_MARKS)
        notes.append(f"likeliest turn ({sure}): line {reading.line_of(turn.start):,}, “{words}”")
    for note in notes:
        yield fitted(Text("   " + note[0].upper() + note[1:], _FAINT), width)


def _place(reading: Reading, span: Span) -> list[Text]:
    return [Text(f"line {reading.line_of(span.start):,}", _FAINT)]


def passage_of(reading: Reading, act: Act) -> Text:
    """The sentence, the words that tell the act underlined."""
    text, e, t = reading.text, act.evidence, act.trigger
    start = max(e.start, t.start - 40)
    while e.start < start < t.start and not text[start - 1].isspace():
        start += 1  # No word is cut.
    head = one_line(f"|{text[start : t.start]}|")[1:-1]
    tail = one_line(f"|{text[t.end : max(e.end, t.end)]}|")[1:-1]
    cut = "…" if start > e.start else ""
    words, head, tail = one_line(text[t.start : t.end]), head.lstrip(), tail.rstrip()
    # A sentence of a longer speech has lost one of its marks: do not show the other.
    whole = head + words + tail
    if whole.startswith(_OPENING) and not _CLOSED.search(whole, 1):
        head, words = (head[1:], words) if head else (head, words[1:])
    if whole.endswith(_CLOSING) and not _OPENED.search(whole[:-1]):
        tail, words = (tail[:-1], words) if tail else (tail, words[:-1])
    return Text.assemble(cut, head, (words, "underline"), tail)
