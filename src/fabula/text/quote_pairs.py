"""Which mark opens, which closes, which is no quotation mark: the cheapest reading of a paragraph.

A dynamic programme over the marks of one paragraph. Its state is the stack of open quotes, written as the
letters of their families ("DS": a single inside a double); at every mark each state may pass over it, open,
close, or admit that a mark is missing. There are never more than a few states, so time is linear in marks.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from fabula.text.quote_marks import Mark, Style

MISSING = 30
"""The cost of a mark that should stand in the text and does not."""
CONTINUED = 5
"""The cost of an open quote at a paragraph's end where the next paragraph seems to reopen it."""
DEPTH = 3
_BEAM = 45

Action = Literal["skip", "open", "nest", "close", "break", "orphan"]
"""``nest``: open inside a quote of the same family; ``break``: the open quote of this family misses its
closing mark, and a new one opens here; ``orphan``: a closing mark whose opening mark is missing."""

_Move = tuple[str, Action, int]


class Grammar:
    """The moves that one document's style allows, with their fixed costs; moves are worked out once each."""

    def __init__(self, style: Style) -> None:
        self.style = style
        self._moves: dict[tuple[str, str], tuple[_Move, ...]] = {}

    def moves(self, state: str, family: str) -> tuple[_Move, ...]:
        """What a mark of ``family`` may do in ``state``: (next state, action, cost beside the mark's own)."""
        key = (state, family)
        found = self._moves.get(key)
        if found is None:
            found = self._moves[key] = self._work_out(state, family)
        return found

    def _work_out(self, state: str, family: str) -> tuple[_Move, ...]:
        moves: list[_Move] = [(state, "skip", 0)]
        if family in state:
            if len(state) < DEPTH and not state.endswith(family * 2):
                moves.append((state + family, "nest", 0))
        elif len(state) < DEPTH:
            secondary = family == "S" and (state or self.style.primary != "S")
            moves.append((state + family, "open", 0 if not secondary else 6 if state else 10))
        if family in state:
            at = state.rindex(family)
            moves.append((state[:at], "close", MISSING * (len(state) - at - 1)))
            at = state.index(family)
            moves.append((state[:at] + family, "break", MISSING * (len(state) - at)))
        else:
            moves.append((state, "orphan", 0))
        return tuple(moves)


def read_marks(
    marks: Sequence[Mark], state: str, grammar: Grammar, continues: str | None
) -> tuple[list[Action], str]:
    """The cheapest reading of ``marks`` from ``state``, and the state it ends in.

    ``continues``: the families with which the next paragraph seems to reopen; None where the marks are only
    the first part of a paragraph, so that nothing has to be closed yet.
    """
    layer: dict[str, int] = {state: 0}
    trail: list[dict[str, tuple[str, Action]]] = []
    for mark in marks:
        family = mark.family
        following: dict[str, int] = {}
        back: dict[str, tuple[str, Action]] = {}
        bound = min(layer.values()) + _BEAM
        for here, cost in layer.items():
            if cost > bound:
                continue
            for there, action, extra in grammar.moves(here, family):
                if action == "skip":
                    total = cost + (mark.skip_in if family in here else mark.skip_out)
                elif action == "close":
                    total = cost + extra + mark.close
                elif action == "nest":
                    total = cost + extra + mark.open + mark.inside
                elif action == "orphan":
                    total = cost + extra + mark.orphan
                else:
                    total = cost + extra + mark.open
                if there not in following or total < following[there]:
                    following[there] = total
                    back[there] = (here, action)
        layer = following
        trail.append(back)
    if continues is not None:
        layer = {s: c + _end_cost(s, continues) for s, c in layer.items()}
    last = min(layer, key=lambda s: (layer[s], len(s), s))
    actions: list[Action] = []
    at = last
    for back in reversed(trail):
        at, action = back[at]
        actions.append(action)
    actions.reverse()
    return actions, last


def _end_cost(state: str, continues: str) -> int:
    known = 0
    while known < min(len(state), len(continues)) and state[known] == continues[known]:
        known += 1
    return CONTINUED * known + MISSING * (len(state) - known)
