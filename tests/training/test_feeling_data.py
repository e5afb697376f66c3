"""Of a passage of three sentences the middle one is labelled."""

from __future__ import annotations

from training.feeling_data import annotated

from fabula.text import read_text


def test_the_middle_sentence_is_labelled() -> None:
    story = read_text("Arthur shut the gate. Martin was afraid of the dog. It barked twice.")
    a, b = annotated(story)
    assert [story.token_text(t) for t in range(a, b)] == ["Martin", "was", "afraid", "of", "the", "dog", "."]


def test_a_passage_of_two_sentences_counts_whole() -> None:
    story = read_text("Arthur shut the gate. Martin was afraid.")
    assert annotated(story) == (0, len(story.tokens))
