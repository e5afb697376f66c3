"""A name that stands nowhere but where places do is no person's."""

from __future__ import annotations

import numpy as np
import pytest

from fabula.heads.capitals import lone_words
from fabula.heads.places import placed
from fabula.text import read_text
from fabula.types import ENTITY_TYPES, MENTION_KINDS, MentionSpans, Syntax


def _types(text: str, name: str, lemmas: dict[str, str] | None = None, relation: str = "obl") -> set[str]:
    """The types of the mentions of ``name``, all taken for people; each hangs two words back."""
    story = read_text(text)
    words = [story.token_text(t) for t in range(len(story.tokens))]
    at = np.asarray([t for t, w in enumerate(words) if w == name], np.int32)
    head = np.full(len(words), -1, np.int32)
    deprel = ["dep"] * len(words)
    for t in at.tolist():
        head[t], deprel[t] = t - 2, relation
    lemma = tuple((lemmas or {}).get(w, w) for w in words)
    n = len(at)
    spans = MentionSpans(
        at, at + 1, at, np.full(n, ENTITY_TYPES.index("PER"), np.int32),
        np.full(n, MENTION_KINDS.index("PROP"), np.int32), np.ones(n, np.float32),
    )  # fmt: skip
    syntax = Syntax(lemma, lemma, lemma, head, tuple(deprel))
    return {ENTITY_TYPES[k] for k in placed(words, lone_words(story, words), syntax, spans).tolist()}


@pytest.mark.parametrize(
    "text",
    [
        "It was raining at Cwmbach when the bus came.",
        "A mason from Cwmbach had carved it.",
        "He had worn it since Cwmbach. They went to Cwmbach again.",
        "It was raining at Cwmbach.\n\n“Cwmbach?”\n\n“Yes.”",
    ],
)
def test_where_places_stand_is_a_place(text: str) -> None:
    assert _types(text, "Cwmbach") == {"GPE"}


@pytest.mark.parametrize(
    ("text", "name", "lemmas"),
    [
        ("It was raining at Cwmbach. Cwmbach looked up.", "Cwmbach", {}),
        ("They went to Cwmbach.", "Cwmbach", {}),
        ("He walked into Tuala’s tent.", "Tuala", {}),
        ("She was looking at Okoro.", "Okoro", {"looking": "look"}),
        ("There was a letter from Okoro.", "Okoro", {}),
        ("A smell came in from Helen.", "Helen", {}),
        ("“Okoro?” she said.", "Okoro", {}),
    ],
)
def test_a_person_stays_one(text: str, name: str, lemmas: dict[str, str]) -> None:
    assert _types(text, name, lemmas) == {"PER"}


def test_who_does_something_since_then_is_a_person() -> None:
    assert _types("They were short since Figlioli stopped.", "Figlioli", relation="nsubj") == {"PER"}


def test_a_story_without_a_parse_keeps_its_people() -> None:
    one = np.full(1, 3, np.int32)
    zero = np.zeros(1, np.int32)
    spans = MentionSpans(one, one + 1, one, zero, zero, np.ones(1, np.float32))
    none = Syntax((), (), (), np.zeros(0, np.int32), ())
    assert placed(["It", "rained", "at", "Cwmbach", "."], frozenset(), none, spans).tolist() == [0]
