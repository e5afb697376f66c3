"""From beliefs to the Analysis: how entities are called and counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from fabula.assemble import Beliefs, assemble
from fabula.resolve.calibration import Confidences
from fabula.resolve.coref import EntityBeliefs
from fabula.resolve.names import NameBeliefs, RosterEntry
from fabula.resolve.speech import SpeechBeliefs
from fabula.types import Alias, Analysis, Entity, Producer, Syntax
from tests.support.mentions import evidence_of


def entities(
    text: str, words: Sequence[tuple[str, str]], entity: Sequence[int], plural: str = ""
) -> list[Entity]:
    """The entities of nameless mentions ``words`` (mention, kind); ``plural`` are the plural nouns."""
    story, evidence = evidence_of(text, words, lambda a, b: 0.0)
    n, tokens = len(words), [story.token_text(t) for t in range(len(story.tokens))]
    tags = tuple("NNS" if t in plural.split() else "NN" for t in tokens)
    syntax = Syntax(tags, tags, tags, np.full(len(tokens), -1, np.int32), tags)
    ones = np.ones(n, np.float32)
    own = np.asarray(entity, dtype=np.int32)
    beliefs = Beliefs(
        names=NameBeliefs((), np.full(n, -1, np.int32), ones),
        entities=EntityBeliefs(own, ones, tuple(((e, 1.0),) for e in entity), 0, max(entity) + 1),
        speech=SpeechBeliefs((), (), (), (), (), np.zeros(0, np.int32), ()),
        confidences=Confidences(ones, ones[:0], ones[:0], 0.0),
        narrators=(-1,) * len(story.segments),
        groups={},
        scenes=(),
    )
    read = assemble(story, replace(evidence, syntax=syntax), beliefs, Producer("0", "none"))
    return list(read.entities)


def test_the_capital_of_a_sentence_is_no_part_of_what_somebody_is_called() -> None:
    text = "The taller man sat. He saw the taller man. The Countess knew. A friend of Tom came.\n"
    words = [("The taller man", "NOM"), ("the taller man", "NOM"), ("The Countess", "PROP"),
             ("A friend of Tom", "NOM")]  # fmt: skip
    man, countess, friend = entities(text, words, [0, 0, 1, 2])
    assert [(a.text, a.count) for a in man.aliases] == [("the taller man", 2)]
    assert man.name == "the taller man"
    assert countess.name == "The Countess"
    assert friend.name == "a friend of Tom"


def test_shouting_keeps_its_capitals() -> None:
    (nurse,) = entities("A NURSE CAME.\n", [("A NURSE", "NOM")], [0])
    assert nurse.name == "A NURSE"


def test_both_men_and_others_are_many() -> None:
    words = [("Both men", "NOM"), ("the guards", "NOM"), ("the man", "NOM")]
    both, guards, man = entities(
        "Both men ran from the guards and the man.\n", words, [0, 1, 2], "men guards"
    )
    assert (both.number, guards.number, man.number) == ("plur", "plur", "sing")


@pytest.mark.parametrize(
    ("text", "words", "many"),
    [
        ("They came.", [("They", "PRON")], True),
        ("We saw us.", [("We", "PRON"), ("us", "PRON")], True),
        ("The guest came. They sat.", [("The guest", "NOM"), ("They", "PRON")], False),
        ("The band came. They sat.", [("The band", "NOM"), ("They", "PRON")], True),
        ("She sat.", [("She", "PRON")], False),
    ],
)
def test_they_without_a_name_are_a_group_unless_called_one_person(
    text: str, words: list[tuple[str, str]], many: bool
) -> None:
    (who,) = entities(text + "\n", words, [0] * len(words))
    assert (who.number, who.role) == (("plur", "group") if many else ("sing", None))


def test_a_pronoun_with_words_about_it_is_counted_as_that_pronoun() -> None:
    (both,) = entities("They both ran. They fell.\n", [("They both", "PRON"), ("They", "PRON")], [0, 0])
    assert both.pronouns == {"they": 2}


def test_who_is_only_i_is_called_i() -> None:
    (somebody,) = entities("And what could I do?\n", [("I", "PRON")], [0])
    assert somebody.name == "I"


def mentions_named(
    text: str,
    words: Sequence[tuple[str, str]],
    named: Sequence[int],
    same: dict[int, int] | None = None,
    sure: Sequence[float] = (),
) -> Analysis:
    """The mentions ``words``, each an entity of its own; ``named``: the roster entry each gives, or -1.

    ``same``: mentions that mean an entry without giving its name; ``sure``: the confidence of each mention.
    """
    story, evidence = evidence_of(text, words, lambda a, b: 0.0)
    n, ones = len(words), np.ones(len(words), np.float32)
    roster = tuple(
        RosterEntry(words[k][0], (Alias(words[k][0], 1),), "PER", (0.0, 0.0, 0.0), "sing", False)
        for k in range(n)
        if named[k] >= 0
    )
    own = [k if k >= 0 else (same or {}).get(i, len(roster) + i) for i, k in enumerate(named)]
    beliefs = Beliefs(
        names=NameBeliefs(roster, np.asarray(named, np.int32), ones),
        entities=EntityBeliefs(
            np.asarray(own, np.int32), ones, tuple(((e, 1.0),) for e in own), len(roster), max(own) + 1
        ),
        speech=SpeechBeliefs((), (), (), (), (), np.zeros(0, np.int32), ()),
        confidences=Confidences(np.asarray(sure or ones, np.float32), ones[:0], ones[:0], 0.0),
        narrators=(-1,) * len(story.segments),
        groups={},
        scenes=(),
    )
    return assemble(story, evidence, beliefs, Producer("0", "none"))


def test_a_description_that_the_story_uses_as_a_name_is_written_down_as_one() -> None:
    text = "Then Dad rose. He saw the Abbess and the tall man. Imre slept.\n"
    words = [("Dad", "NOM"), ("He", "PRON"), ("the Abbess", "NOM"), ("the tall man", "NOM"), ("Imre", "PROP")]
    found = mentions_named(text, words, [0, -1, 1, -1, 2]).mentions
    assert [(text[m.start : m.end], m.kind) for m in found] == [
        ("Dad", "PROP"), ("He", "PRON"), ("the Abbess", "PROP"), ("the tall man", "NOM"), ("Imre", "PROP"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("sure", "called"),
    [
        ((1.0, 0.66, 0.66), ["Imre"]),
        ((1.0, 0.66, 0.9), ["Imre", "the taller man"]),  # The surest use counts.
    ],
)
def test_a_description_is_an_alias_where_it_is_sure(sure: Sequence[float], called: list[str]) -> None:
    text = "Imre came. The taller man sat. He saw the taller man.\n"
    words = [("Imre", "PROP"), ("The taller man", "NOM"), ("the taller man", "NOM")]
    imre = mentions_named(text, words, [0, -1, -1], {1: 0, 2: 0}, sure).entities[0]
    assert [a.text for a in imre.aliases] == called
    assert imre.mention_count == 3


def test_who_has_no_name_keeps_every_description() -> None:
    words = [("the porter", "NOM"), ("the old man", "NOM")]
    found = mentions_named("He saw the porter and the old man.\n", words, [-1, -1], {0: 0, 1: 0}, [0.4, 0.3])
    assert {a.text for a in found.entities[0].aliases} == {"the porter", "the old man"}
