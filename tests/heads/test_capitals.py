"""A common noun at the beginning of a sentence is no name."""

from __future__ import annotations

import numpy as np
import pytest

from fabula.heads.capitals import common_nouns, lone_words
from fabula.text import read_text
from fabula.types import ENTITY_TYPES, MENTION_KINDS, MentionSpans, Syntax


def _left(text: str, word: str, tags: dict[str, str]) -> list[str]:
    """The kinds of what is left of the mentions of ``word``, each taken for a person's name."""
    story = read_text(text)
    words = [story.token_text(t) for t in range(len(story.tokens))]
    xpos = tuple(tags.get(w, "VB") for w in words)
    at = np.asarray([t for t, w in enumerate(words) if w == word], np.int32)
    n = len(at)
    spans = MentionSpans(
        at, at + 1, at, np.full(n, ENTITY_TYPES.index("PER"), np.int32),
        np.full(n, MENTION_KINDS.index("PROP"), np.int32), np.ones(n, np.float32),
    )  # fmt: skip
    syntax = Syntax(tuple(words), xpos, xpos, np.full(len(words), -1, np.int32), xpos)
    kind, keep = common_nouns(story, words, lone_words(story, words), syntax, spans)
    return [MENTION_KINDS[k] for k in kind[keep].tolist()]


def test_a_word_that_is_a_sentence_is_what_somebody_is_called() -> None:
    assert _left("“Two crowns.”\n\n“Robber.” He smiled.", "Robber", {"Robber": "NN"}) == ["NOM"]


def test_a_thing_with_a_sentence_around_it_is_nobody() -> None:
    assert _left("They waited. Smoke had risen. It was late.", "Smoke", {"Smoke": "NN"}) == []


@pytest.mark.parametrize(
    ("text", "word", "tag"),
    [
        ("Rook left. Then Rook came back.", "Rook", "NN"),
        ("Rook left. He came back.", "Rook", "NNP"),
        ("“Bill, driving licence?” He sighed.", "Bill", "NN"),
    ],
)
def test_a_name_stays_a_name(text: str, word: str, tag: str) -> None:
    assert set(_left(text, word, {word: tag})) == {"PROP"}


def test_a_story_without_a_parse_keeps_its_names() -> None:
    story = read_text("Rain had begun.")
    one = np.zeros(1, np.int32)
    spans = MentionSpans(one, one + 1, one, one, one, np.ones(1, np.float32))
    none = Syntax((), (), (), np.zeros(0, np.int32), ())
    kind, keep = common_nouns(story, ["Rain", "had", "begun", "."], frozenset(), none, spans)
    assert kind.tolist() == [0]
    assert keep.all()


@pytest.mark.parametrize(
    ("text", "word", "tag"),
    [
        ("“How many?”\n\n“Twelve,” said Kol. “Twelve.”", "Twelve", "NUM"),
        ("“How did you find him?”\n\n“Gloomy.” She sat.", "Gloomy", "ADJ"),
    ],
)
def test_numbers_and_adjectives_are_no_names(text: str, word: str, tag: str) -> None:
    assert _left(text, word, {word: tag}) == []


def test_a_word_that_is_a_name_often_is_one() -> None:
    text = "Small came in. Small sat down. “Small,” she said."
    assert set(_left(text, "Small", {"Small": "ADJ"})) == {"PROP"}
