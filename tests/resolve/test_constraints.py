"""What is held stays as it is held, whatever the stages think, and what hangs on it follows."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from fabula.encoder.session import model_folder
from fabula.heads.evidence import Evidence, gather
from fabula.pipeline import Settled, default_encoder, settle
from fabula.resolve import speakers
from fabula.resolve.constraints import NOBODY, Constraints
from fabula.resolve.conversations import Doubles
from fabula.text import read_text
from fabula.text.part import WHOLE, part_of, parts
from fabula.types import Story

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def ferry() -> tuple[Story, Evidence, Settled]:
    story = read_text((EXAMPLES / "ferry_house.txt").read_text(encoding="utf-8"))
    evidence = gather(story, default_encoder(), model_folder())
    return story, evidence, settle(story, evidence)


def test_no_constraint_changes_nothing(ferry: tuple[Story, Evidence, Settled]) -> None:
    story, evidence, free = ferry
    held = settle(story, evidence, held=Constraints(free.names, free.narrators))
    assert held.entities.distribution == free.entities.distribution
    assert held.speech.speaker == free.speech.speaker


def test_every_held_answer_holds_and_the_i_inside_follows(ferry: tuple[Story, Evidence, Settled]) -> None:
    story, evidence, free = ferry
    m, quote_of = evidence.mentions, evidence.layout.quote
    quotes = range(0, len(story.quotes), 3)
    other = {q: 1 - free.speech.speaker[q][0][0] if free.speech.speaker[q][0][0] < 2 else 0 for q in quotes}
    silent = 1
    pronouns = [k for k in range(len(m)) if m.kind[k] == 2 and quote_of[m.token_start[k]] < 0][:5]
    held = Constraints(
        mentions=dict.fromkeys(pronouns, 1),
        speakers={**other, silent: NOBODY},
        addressees={0: (), 3: (0, 1)},
    )
    s = settle(story, evidence, held=held)
    assert all(s.speech.speaker[q] == ((e, 1.0),) for q, e in other.items())
    assert s.speech.speaker[silent] == ()
    assert s.speech.addressees[0] == () and s.speech.addressees[3] == (0, 1)
    assert all(s.entities.entity[k] == 1 for k in pronouns)
    for k in range(len(m)):
        q = int(quote_of[m.token_start[k]])
        if q in other and m.kind[k] == 2 and story.token_text(int(m.token_start[k])) == "I":
            assert s.entities.entity[k] == other[q]


def test_whoever_is_held_to_hear_a_line_does_not_speak_it(
    ferry: tuple[Story, Evidence, Settled], monkeypatch: pytest.MonkeyPatch
) -> None:
    story, evidence, free = ferry
    spoken = {q: d[0][0] for q, d in enumerate(free.speech.speaker) if d and story.quotes[q].parent is None}
    held = Constraints(addressees={q: (e,) for q, e in spoken.items()})

    def level(*given: object) -> list[Doubles]:
        """As if the network knew nothing and forgot what the decoder knew."""
        tables: list[Doubles] = given[3]  # type: ignore[assignment]
        return [np.full(t.shape, 1 / max(1, t.size)) for t in tables]

    monkeypatch.setattr(speakers, "weighed", level)
    s = settle(story, evidence, held=held)
    assert spoken
    for q, e in spoken.items():
        assert s.speech.addressees[q] == (e,)
        assert not s.speech.speaker[q] or s.speech.speaker[q][0][0] != e


def test_somebody_who_was_no_candidate_can_be_held_to_speak(ferry: tuple[Story, Evidence, Settled]) -> None:
    story, evidence, free = ferry
    last = len(free.names.roster) - 1
    s = settle(story, evidence, held=Constraints(speakers={4: last}))
    assert s.speech.speaker[4] == ((last, 1.0),)


def test_a_long_story_is_cut_at_paragraphs_into_parts_that_cover_it() -> None:
    text = "\n\n".join(f"“One {n},” said Ann. She left the room and went home." for n in range(900))
    story = read_text(text)
    assert len(story.tokens) > 3 * WHOLE
    found = parts(story)
    assert found[0].start == 0 and found[-1].end == len(story.text)
    assert all(a.end == b.start for a, b in pairwise(found))
    starts = {p.start for p in story.paragraphs}
    for part in found[1:]:
        assert part.start in starts and part.first < part.start < part.end <= part.last
        own = part_of(story, part)
        assert set(own.quotes) <= set(story.quotes) and part.first <= own.quotes[0].start
        assert own.text == story.text and 0 < len(own.tokens) < WHOLE
        assert own.sentence_tokens[0, 0] == 0 and own.sentence_tokens[-1, 1] == len(own.tokens)
        assert len(own.sentences) == len(own.sentence_tokens)


def test_a_short_story_is_one_part() -> None:
    story = read_text("It rained.\n\n“Yes,” said Ann.\n")
    (part,) = parts(story)
    own = part_of(story, part)
    assert (own.quotes, len(own.tokens)) == (story.quotes, len(story.tokens))
