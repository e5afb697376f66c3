"""Experimental kinds: which they are, and that nobody is told of them unasked."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from fabula import read_text
from fabula.heads.feelings import LABELS
from fabula.ledger.experimental import ACTS, FEELINGS, settled_feelings
from fabula.lexicon.deeds import DEED_KINDS
from fabula.lexicon.speech_acts import SPEECH_KINDS
from fabula.reading import Reading
from fabula.types import Act

ROOT = Path(__file__).parents[2]
STORY = (
    "Helen Marsh and Arthur Kerr lived by the river.\n\nArthur accused Helen. Helen thanked Arthur. "
    "Arthur adored Helen. Arthur was terrified. Arthur scolded Helen. Helen kissed Arthur.\n"
)


@cache
def read(experimental: bool) -> Reading:
    return read_text(STORY, experimental=experimental)


def test_they_are_those_that_the_published_consistency_calls_so() -> None:
    table = json.loads((ROOT / "bench" / "gold" / "consistency.json").read_text(encoding="utf-8"))
    marked = {kind for kind, row in table.items() if row["experimental"]}
    assert marked & {*DEED_KINDS, *SPEECH_KINDS} == ACTS
    assert marked & {*LABELS} == FEELINGS


def test_they_are_left_out_unless_asked_for() -> None:
    told, whole = read(False), read(True)
    assert {a.kind for a in whole.acts} & ACTS
    assert not {a.kind for a in told.acts} & ACTS
    assert not {e.label for e in told.emotions} & FEELINGS
    assert not any(ACTS & set(s.acts) for b in told.bonds for s in b.value.scenes)
    assert any(ACTS & set(s.acts) for b in whole.bonds for s in b.value.scenes)


def test_love_and_shame_are_told_unasked() -> None:
    assert "love" in {e.label for e in read(False).emotions}


def test_a_feeling_that_is_experimental_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fabula.ledger.experimental.FEELINGS", frozenset({"love"}))
    emotions = read(False).analysis.emotions
    kept = settled_feelings(emotions)
    assert "love" not in {e.label for e in kept} and len(kept) < len(emotions)
    assert [e.id for e in kept] == list(range(len(kept)))


def test_all_else_is_the_same_and_numbered_through() -> None:
    def others(reading: Reading) -> list[tuple[object, ...]]:
        def facts(a: Act) -> tuple[object, ...]:
            return a.kind, a.agent, a.patient, a.trigger, a.confidence

        return [facts(a) for a in reading.analysis.acts if a.kind not in ACTS]

    told = read(False)
    assert others(told) == others(read(True))
    assert [a.id for a in told.analysis.acts] == list(range(len(told.acts)))
    assert [e.id for e in told.analysis.emotions] == list(range(len(told.emotions)))


def test_the_reading_says_how_it_was_made() -> None:
    assert read(True).to_dict()["producer"]["options"] == {"experimental": True}
    assert read(False).to_dict()["producer"]["options"] == {}
