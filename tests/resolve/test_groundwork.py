"""What is kept between runs over a story changes nothing of what they say."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from fabula.encoder.session import model_folder
from fabula.heads.evidence import Evidence, gather
from fabula.pipeline import Settled, default_encoder, settle
from fabula.resolve.constraints import Constraints
from fabula.resolve.groundwork import Groundwork
from fabula.resolve.names import resolve_names
from fabula.text import read_text
from fabula.types import Story

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def read() -> tuple[Story, Evidence]:
    text = (EXAMPLES / "ferry_house.txt").read_text(encoding="utf-8")
    story = read_text(text[: text.index("\n\n", 3000)])
    return story, gather(story, default_encoder(), model_folder())


def same(a: Settled, b: Settled) -> bool:
    return (
        a.entities.distribution == b.entities.distribution
        and a.speech.speaker == b.speech.speaker
        and a.speech.addressee == b.speech.addressee
        and np.array_equal(a.speech.mention, b.speech.mention)
        and a.persons == b.persons
    )


def test_a_kept_groundwork_gives_the_same_to_the_last_bit(read: tuple[Story, Evidence]) -> None:
    story, evidence = read
    ground = Groundwork(story, evidence)
    first = settle(story, evidence, ground=ground)
    assert same(first, settle(story, evidence))
    for k in np.flatnonzero((evidence.mentions.kind == 2) & (evidence.mentions.type == 0))[:2].tolist():
        for who in range(min(2, len(first.names.roster))):
            held = Constraints(names=first.names, narrators=first.narrators, mentions={k: who})
            kept = settle(story, evidence, held=held, ground=ground)
            assert int(kept.entities.entity[k]) == who
            assert same(kept, settle(story, evidence, held=held))
    assert same(first, settle(story, evidence, ground=ground)), "nothing of a correction stays behind"


def test_answers_to_one_question_share_their_links(read: tuple[Story, Evidence]) -> None:
    story, evidence = read
    ground = Groundwork(story, evidence)
    names = settle(story, evidence).names
    assert ground.links(names, {1: ((0, 1.0),)}) is ground.links(names, [1])
    assert ground.links(names, [1]) is not ground.links(names, [2])


def test_who_reads_once_keeps_no_links(read: tuple[Story, Evidence]) -> None:
    story, evidence = read
    names = resolve_names(story, evidence.mentions)
    once, again = Groundwork(story, evidence, kept=0), Groundwork(story, evidence)
    assert once.links(names, ()) is not once.links(names, ())
    assert again.links(names, ()) is again.links(names, ())
