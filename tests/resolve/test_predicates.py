"""What somebody is said to be is nobody else; what somebody is called to their face is who is spoken to."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from tests.support.mentions import evidence_of

from fabula.heads.evidence import Evidence
from fabula.resolve.names import NameBeliefs
from fabula.resolve.own_words import own_words
from fabula.resolve.predicates import predicates
from fabula.resolve.speech import SpeechBeliefs
from fabula.types import Story, Syntax


def _parsed(
    text: str, mentions: list[tuple[str, str]], arcs: dict[str, tuple[str, str]]
) -> tuple[Story, Evidence]:
    """A story whose words have these (head, relation); all words differ."""
    story, evidence = evidence_of(text, mentions, lambda a, b: 0.0)
    words = [story.token_text(t) for t in range(len(story.tokens))]
    head = [words.index(arcs[w][0]) if w in arcs else -1 for w in words]
    deprel = tuple(arcs[w][1] if w in arcs else "root" for w in words)
    tags = ("NN",) * len(words)
    return story, replace(
        evidence, syntax=Syntax(tuple(words), tags, tags, np.asarray(head, np.int32), deprel)
    )


_WAS = {"You": ("man", "nsubj"), "were": ("man", "cop"), "the": ("man", "det"), "strongest": ("man", "amod")}


def test_a_predicate_is_nobody_else() -> None:
    story, evidence = _parsed("You were the strongest man.", [("the strongest man", "NOM")], _WAS)
    assert predicates(story, evidence, 7) == {0: ((7, 1.0),)}


def test_what_somebody_is_called_elsewhere_too_is_left_open() -> None:
    text = "You were the strongest man. A strongest man spoke."
    story, evidence = _parsed(text, [("the strongest man", "NOM"), ("A strongest man", "NOM")], _WAS)
    assert predicates(story, evidence, 7) == {}


def test_a_subject_is_no_predicate() -> None:
    arcs = {"man": ("slept", "nsubj"), "The": ("man", "det")}
    story, evidence = _parsed("The man slept.", [("The man", "NOM")], arcs)
    assert predicates(story, evidence, 7) == {}


def test_a_word_that_is_a_sentence_says_what_somebody_is() -> None:
    story, evidence = _parsed("“Robber.” Nobody laughed.", [("Robber", "NOM")], {})
    assert predicates(story, evidence, 7) == {0: ((7, 1.0),)}


def _called(relation: str) -> dict[int, tuple[tuple[int, float], ...]]:
    arcs = {"man": ("Sit", relation), "old": ("man", "amod")}
    story, evidence = _parsed("“Sit, old man.”", [("old man", "NOM")], arcs)
    speech = SpeechBeliefs(
        speaker=(((1, 1.0),),), addressee=(((2, 0.8),),), addressees=((2,),), type=("implicit",),
        kind=("speech",), cue=(None,), mention=np.full(1, -1, np.int32),
    )  # fmt: skip
    names = NameBeliefs((), np.full(1, -1, np.int32), np.ones(1, np.float32))
    return own_words(story, evidence, speech, [-1], names)


def test_who_is_called_is_who_is_spoken_to() -> None:
    assert _called("vocative") == {0: ((2, 0.8),)}
    assert _called("obj") == {}
