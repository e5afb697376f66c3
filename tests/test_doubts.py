"""Which decisions hang together, and which come first."""

from __future__ import annotations

import time

import pytest

from fabula.doubts import chains, check_first, person_decisions, speaker_decisions, sureness
from fabula.types import Analysis
from tests.support.fake import fake_analysis, ferry, novel

DOUBT = "[he:A .6 B .3]"


def told(analysis: Analysis) -> list[tuple[str, int]]:
    text = analysis.story.text
    return [(text[d.decision.start : d.decision.end], d.decides) for d in check_first(analysis)]


def test_the_ferry_house() -> None:
    assert told(ferry())[:3] == [("“Then go,”", 6), ("“Friday,”", 0), ("them", 0)]


@pytest.mark.parametrize(
    ("text", "decides"),
    [
        (f"{DOUBT} and {DOUBT} and {DOUBT}.", [2, 1, 0]),
        (f"{DOUBT} and [he:B .6 A .3].", [1, 0]),
        (f"{DOUBT}. [A:A] and {DOUBT}.", [0, 0]),
        (f"{DOUBT}. [C:C] and {DOUBT}.", [1, 0]),
        (f"{DOUBT} and [he:A .6 C .3] and {DOUBT}.", [1, 0, 0]),
        (f"{DOUBT} and [he:? .4 A .4 B .3] there.", [1, 0]),
        ("[he:A .6] and [he:A .6].", [0, 0]),
        (f"{{{{A .5 B .4>-|“Go, {DOUBT}.”}}}}", [1, 0]),
    ],
)
def test_what_hangs_on_a_doubt(text: str, decides: list[int]) -> None:
    found = [doubt for chain in chains(fake_analysis(text)) for doubt in chain]
    found.sort(key=lambda doubt: doubt.decision.start)
    assert [doubt.decides for doubt in found] == decides


def test_a_scene_break_ends_a_chain() -> None:
    analysis = fake_analysis(
        f"{DOUBT} went.\n\n***\n\n{DOUBT} came.", segments=[("scene_break", "***", None)]
    )
    assert [doubt.decides for chain in chains(analysis) for doubt in chain] == [0, 0]


def test_one_of_a_chain_and_the_weightiest_first() -> None:
    analysis = fake_analysis(
        f"{DOUBT} and {DOUBT}. [A:A] left. [he:A .5 B .4] spoke. [Saint Olaf:-]. {{{{->-|“No.”}}}}"
    )
    assert [(d.decision.kind, d.decision.confidence, d.decides) for d in check_first(analysis)] == [
        ("speaker", 0.0, 0), ("person", 0.6, 1), ("person", 0.5, 0),
    ]  # fmt: skip
    assert len(check_first(analysis, limit=1)) == 1


def test_counts() -> None:
    tally = sureness([(0.95, True), (0.9, True), (0.7, True), (0.6, True), (0.5, True), (0.8, False)])
    assert (tally.total, tally.sure, tally.likely, tally.open) == (6, 2, 2, 2)
    assert tally.expected_wrong == pytest.approx(1.55)


def test_decisions_of_the_ferry_house() -> None:
    people, speakers = person_decisions(ferry()), speaker_decisions(ferry())
    assert (len(people), len(speakers)) == (25, 12)
    assert sum(d.answer is None for d in speakers) == 1


def test_a_novel_without_one_sure_name_is_quick() -> None:
    analysis = fake_analysis(f"{DOUBT} and [he:A .5 C .3] and [he:C .5 B .3] went.\n" * 8_000)
    began = time.process_time()
    found = check_first(analysis)
    assert [doubt.decides for doubt in found] == [7999, 7999, 7999]
    assert check_first(novel(30_000))
    assert time.process_time() - began < 5
