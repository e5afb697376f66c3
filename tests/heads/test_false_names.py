"""What the detector takes for a person's name is nobody's where nothing about it is a person's."""

from __future__ import annotations

import numpy as np
import pytest

from fabula.encoder.session import model_folder
from fabula.heads.false_names import FEATURES, Words, name_features, persons_named
from fabula.heads.feelings import encoder_mark
from fabula.heads.trees import Trees
from fabula.text import read_text
from fabula.types import ENTITY_TYPES, MENTION_KINDS, MentionSpans, Story, Syntax

TABLE = Words(["mango", "welsh"], np.asarray([1.0, 0.0], np.float32), np.asarray([0.0, 0.7], np.float32))


def _mentions(
    text: str, names: list[str], relation: str = "root", verb: str = "be", score: float = 0.6
) -> tuple[Story, list[str], Syntax, MentionSpans]:
    """A story in which every use of ``names`` is taken for a person's name; each hangs on ``verb``."""
    story = read_text(text)
    words = [story.token_text(t) for t in range(len(story.tokens))]
    at = np.asarray([t for t, w in enumerate(words) if w in names], np.int32)
    head = np.full(len(words), -1, np.int32)
    deprel = ["dep"] * len(words)
    for t in at.tolist():
        head[t], deprel[t] = 0, relation
    n = len(at)
    spans = MentionSpans(
        at, at + 1, at, np.full(n, ENTITY_TYPES.index("PER"), np.int32),
        np.full(n, MENTION_KINDS.index("PROP"), np.int32), np.full(n, score, np.float32),
    )  # fmt: skip
    upos = tuple("PROPN" if w in names else "NOUN" for w in words)
    lemma = (verb,) * len(words)
    return story, words, Syntax(lemma, upos, upos, head, tuple(deprel)), spans


def _kept(*given: object, **more: object) -> list[bool]:
    story, words, syntax, spans = _mentions(*given)  # type: ignore[arg-type]
    return persons_named(story, words, syntax, spans, model_folder(), **more).tolist()  # type: ignore[arg-type]


def test_the_trees_were_learnt_over_the_encoder_that_ships() -> None:
    with np.load(model_folder() / "names.npz") as w:
        assert str(w["encoder"]) == encoder_mark(model_folder()), "run training.false_names again"
        assert int(w["trees.feature"].max()) < len(FEATURES)


NOBODY = "“We shipped it to Portland.” He sat down."


def test_a_word_that_novels_know_and_that_does_nothing_is_nobody() -> None:
    assert _kept(NOBODY, ["Portland"], "obl", "ship") == [False]


def test_who_does_things_is_somebody() -> None:
    text = "Imre looked up. “Imre?” Imre smiled. Then Imre went home."
    assert all(_kept(text, ["Imre"], "nsubj", "look"))


@pytest.mark.parametrize(
    ("text", "relation", "verb", "kept"),
    [
        ("He came back Friday. It was Friday, that Friday.", "obl", "be", False),
        ("Friday looked up. “Friday!” Then Friday laughed.", "nsubj", "look", True),
    ],
)
def test_a_day_is_nobody_unless_it_does_something(text: str, relation: str, verb: str, kept: bool) -> None:
    assert set(_kept(text, ["Friday"], relation, verb, 0.99)) == {kept}


def test_whom_the_reader_knows_is_somebody_whatever_the_text_says() -> None:
    assert _kept(NOBODY, ["Portland"], "obl", "ship", known=["Portland"]) == [True]
    story, words, syntax, spans = _mentions(NOBODY, ["Portland"], "obl", "ship")
    at = (int(spans.token_start[0]), int(spans.token_end[0]))
    assert persons_named(story, words, syntax, spans, model_folder(), kept=[at]).tolist() == [True]


def test_gods_are_told_apart_elsewhere() -> None:
    assert _kept("Thank God it was over.", ["God"]) == [True]


def test_a_text_without_a_parse_keeps_its_names() -> None:
    story, words, _, spans = _mentions(NOBODY, ["Portland"])
    nothing = Syntax((), (), (), np.zeros(0, np.int32), ())
    assert persons_named(story, words, nothing, spans, model_folder()).all()


def test_features_are_shares_of_a_names_uses() -> None:
    story, words, syntax, spans = _mentions("Mango fell. “A mango!” The Mango rolled.", ["Mango"])
    ((key, uses, row),) = name_features(story, words, syntax, spans, TABLE)
    assert (key, uses) == (("mango",), [0, 1])
    assert (row["the"], row["opens"], row["small here"]) == (0.5, 0.5, 1.0)
    assert (row["small share"], row["known word"], row["once"]) == (1.0, 1.0, 0.0)
    assert set(row) <= set(FEATURES)


def test_a_tree_sends_small_values_to_the_left() -> None:
    w = {
        "trees.feature": np.asarray([1, -1, -1]), "trees.threshold": np.asarray([0.5, 0, 0]),
        "trees.left": np.asarray([1, 0, 0]), "trees.right": np.asarray([2, 0, 0]),
        "trees.value": np.asarray([0, -2, 3]), "trees.first": np.asarray([0]),
        "trees.bias": np.asarray([0.0]),
    }  # fmt: skip
    trees = Trees.of({k: v.astype(np.float32) for k, v in w.items()})
    p = trees.probability(np.asarray([[9, 0.5], [0, 0.6]], np.float32))
    assert p == pytest.approx([1 / (1 + np.exp(2)), 1 / (1 + np.exp(-3))], abs=1e-6)
