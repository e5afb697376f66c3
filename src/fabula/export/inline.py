"""Marked stretches of a text as nested markup: where elements open and close."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple


class Mark(NamedTuple):
    """An event while a stretch is written out.

    ``what`` "open" and "close" concern the span with the index ``span``; ``again`` says that the span was
    open before and is continued (it crosses another, or began in an earlier stretch). "text" is the stretch
    ``start..end`` of the text, never empty.
    """

    what: Literal["open", "close", "text"]
    span: int
    start: int
    end: int
    again: bool = False


def sweep(start: int, end: int, spans: Sequence[tuple[int, int, int]]) -> Iterator[Mark]:
    """The events of ``start..end``, in order and well nested.

    ``spans`` are (start, end, index), of any order; those outside are ignored, those that stick out are cut.
    Spans that cross are parted so that elements nest.
    """
    opening: dict[int, list[tuple[int, int, bool]]] = {}
    closing: dict[int, set[int]] = {}
    for first, last, index in spans:
        a, b = max(first, start), min(last, end)
        if a < b:
            opening.setdefault(a, []).append((-b, index, first < start))
            closing.setdefault(b, set()).add(index)
    stack: list[int] = []
    at = start
    for place in sorted({start, end, *opening, *closing}):
        if place > at:
            yield Mark("text", -1, at, place)
            at = place
        ended = closing.get(place, set())
        parted = []
        while ended:
            index = stack.pop()
            yield Mark("close", index, place, place)
            if index in ended:
                ended.discard(index)
            else:
                parted.append(index)
        for index in reversed(parted):
            yield Mark("open", index, place, place, again=True)
            stack.append(index)
        for _, index, again in sorted(opening.get(place, ())):
            yield Mark("open", index, place, place, again)
            stack.append(index)
