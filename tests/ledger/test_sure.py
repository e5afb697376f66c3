"""How surely a story is read is part of how sure an act is."""

from __future__ import annotations

from dataclasses import replace
from math import isfinite

from fabula.ledger.sure import ease_of
from fabula.pipeline import analyse
from fabula.text import read_text
from fabula.types import Analysis

TEXT = "Helen looked at Tom. She smiled. “Sit down,” she said. He sat.\n"


def _with(a: Analysis, person: float, speaker: float) -> Analysis:
    return replace(
        a,
        mentions=tuple(replace(m, confidence=person) for m in a.mentions),
        quotes=tuple(replace(q, confidence=speaker) for q in a.quotes),
    )


def test_people_read_more_surely_make_a_story_easier() -> None:
    read = analyse(read_text(TEXT))
    low, high = ease_of(_with(read, 0.3, 0.6)), ease_of(_with(read, 0.9, 0.6))
    assert low[0] < high[0]
    assert low[1] == high[1]
    assert ease_of(_with(read, 0.9, 0.9))[1] > high[1]


def test_a_text_without_people_is_as_easy_as_any() -> None:
    nobody = ease_of(analyse(read_text("It rained all night.\n")))
    assert nobody == ease_of(analyse(read_text("The rain went on.\n")))
    assert all(isfinite(x) for x in nobody)
