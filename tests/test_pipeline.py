"""The whole reading with the shipped weights: what it says of a story is well formed, stable and sensible."""

from __future__ import annotations

import random
import sys
from pathlib import Path
from types import FrameType

import pytest

from fabula.contract import to_dict, validate
from fabula.encoder.session import OnnxEncoder, model_folder
from fabula.heads.evidence import gather
from fabula.pipeline import analyse, decide, default_encoder
from fabula.text import read_text
from fabula.types import STORY_KINDS, Analysis, CastMember

EXAMPLES = Path(__file__).parent.parent / "examples"


def _story(name: str) -> str:
    return (EXAMPLES / f"{name}.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def ferry() -> Analysis:
    return analyse(read_text(_story("ferry_house")))


def test_the_reading_follows_the_contract(ferry: Analysis) -> None:
    assert validate(to_dict(ferry)) == []


def test_both_men_are_in_the_cast_and_each_is_one_person(ferry: Analysis) -> None:
    people = [e for e in ferry.entities if e.type == "PER"]
    main = {e.name.split()[0]: e for e in people[:4]}
    assert {"Halvard", "Imre"} <= set(main)
    for name in ("Halvard", "Imre"):
        holders = {m.entity for m in ferry.mentions if ferry.story.text[m.start : m.end] == name}
        assert holders == {main[name].id}


def test_paratext_feeds_nothing_into_the_cast(ferry: Analysis) -> None:
    told = [(s.start, s.end) for s in ferry.story.segments if s.kind in STORY_KINDS]
    assert len(told) < len(ferry.story.segments)
    for m in ferry.mentions:
        assert any(a <= m.start and m.end <= b for a, b in told)


def test_every_decision_carries_a_probability_and_the_doubtful_ones_candidates(ferry: Analysis) -> None:
    for m in ferry.mentions:
        assert 0.0 <= m.confidence <= 1.0
        # A saint sworn by is nobody in the cast, so there is nobody to list.
        assert m.confidence >= 0.9 or m.candidates or m.entity is None
    for q in ferry.quotes:
        assert 0.0 <= q.confidence <= 1.0
        assert q.speaker not in q.addressees


@pytest.mark.parametrize("name", ["ferry_house", "best_in_show", "leg_before"])
def test_i_in_a_quote_is_who_speaks_it(name: str) -> None:
    read = analyse(read_text(_story(name)))
    said = 0
    for q in read.quotes:
        nested = [n for n in read.quotes if n.parent == q.id]
        for m in read.mentions:
            if not q.start <= m.start < q.end or any(n.start <= m.start < n.end for n in nested):
                continue
            word = read.story.text[m.start : m.end].lower()
            if word == "i" and q.speaker is not None:
                said += 1
                assert m.entity == q.speaker
    assert said > 3


def test_a_reading_does_not_depend_on_what_was_read_before_or_on_threads(ferry: Analysis) -> None:
    encoder = OnnxEncoder(model_folder(), threads=1)
    analyse(read_text(_story("last_service")), encoder=encoder)
    again = analyse(read_text(_story("ferry_house")), encoder=encoder)
    assert to_dict(again) == to_dict(ferry)


def test_a_cast_file_holds_whatever_the_text_suggests() -> None:
    cast = [CastMember("Halvard Sandor", ("Halvard", "Hal", "Imre"), ("he",))]
    reading = analyse(read_text(_story("ferry_house")), cast=cast)
    holders = {
        m.entity for m in reading.mentions if reading.story.text[m.start : m.end] in ("Halvard", "Imre")
    }
    assert len(holders) == 1
    assert next(e.name for e in reading.entities if e.id in holders) == "Halvard Sandor"


@pytest.mark.parametrize(
    "text", ["A.\n", "Rain. Rain. Rain.\n", "“\n" * 50 + "Yes.\n", "He said so.\n", "1984\nx\n"]
)
def test_stories_with_hardly_anything_in_them(text: str) -> None:
    assert validate(to_dict(analyse(read_text(text)))) == []


def test_unbalanced_marks_cost_no_more_than_their_number() -> None:
    """Work, not time: calls made by every decision, over three times the marks."""

    def calls(n: int) -> int:
        draw = random.Random(5)
        words, ends = ("he", "said", "she", "and", "the", "lamp", "no", "yes"), (" ", ", ", ".\n\n")
        parts = [draw.choice("“”\"'‘’«»„") + draw.choice(words) + draw.choice(ends) for _ in range(n)]
        story = read_text("".join(parts))
        evidence = gather(story, default_encoder(), model_folder())
        made = 0

        def count(frame: FrameType, event: str, arg: object) -> None:
            nonlocal made
            made += event in ("call", "c_call")

        sys.setprofile(count)
        try:
            decide(story, evidence)
        finally:
            sys.setprofile(None)
        return made

    calls(10)
    assert calls(900) < 5 * calls(300)
