"""Tags, beats, vocatives and links around quotes."""

from __future__ import annotations

import pytest
from tests.support.mentions import evidence_of

from fabula.resolve.quote_context import (
    CONTINUES,
    NEXT_PARAGRAPH,
    ONE_BETWEEN,
    SAME_PARAGRAPH,
    StoryContext,
    read_context,
)


def _flat(a: str, b: str) -> float:
    return 0.0


def _read(text: str, *words: str) -> tuple[StoryContext, list[str]]:
    """``words`` in text order; pronouns and descriptions are told by their first letter and article."""
    pronouns = {"he", "she", "him", "her", "i", "herself"}
    kinds = [(w, "PRON" if w.lower() in pronouns else "NOM" if " " in w else "PROP") for w in words]
    story, evidence = evidence_of(text, kinds, _flat)
    assert story.quotes
    return read_context(story, evidence), list(words)


@pytest.mark.parametrize(
    ("text", "words", "name", "shape"),
    [
        ("“Go home,” said Anna.\n", ["Anna"], "Anna", "direct"),
        ("“Go home,” Anna said.\n", ["Anna"], "Anna", "direct"),
        ("“Go home!” he cried out.\n", ["he"], "he", "direct"),
        ("“Go home,” quavered Anna.\n", ["Anna"], "Anna", "direct"),
        ("“Go home,” Anna, who was tired, had said.\n", ["Anna"], "Anna", "clause"),
        ("“Go home,” she turned to the door and said.\n", ["she"], "she", "clause"),
        ("Anna looked at him and said, “Go home.”\n", ["Anna", "him"], "Anna", "clause"),
        ("When Anna came near he bowed and said: “Go home.”\n", ["Anna", "he"], "he", "clause"),
        ("Then Anna whispered, “Go home.”\n", ["Anna"], "Anna", "direct"),
        ("At last she said:\n\n“Go home.”\n", ["she"], "she", "direct"),
        ("“Go home,” went on the old man.\n", ["the old man"], "the old man", "direct"),
    ],
)
def test_a_tag_names_the_speaker(text: str, words: list[str], name: str, shape: str) -> None:
    context, _ = _read(text, *words)
    tag = context.quotes[0].tag
    assert tag is not None and words[tag.mention] == name
    assert tag.shape == shape


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“Go home.” Anna shrugged.\n", ["Anna"]),
        ("“Go home.” Anna said nothing.\n", ["Anna"]),
        ("“Do you know the day?” I answered that I did not.\n", ["I", "I"]),
        ("Anna sat down. “Go home.”\n", ["Anna"]),
        ("“Go home.” The voice was Anna’s.\n", ["Anna"]),
    ],
)
def test_what_is_no_tag(text: str, words: list[str]) -> None:
    context, _ = _read(text, *words)
    assert context.quotes[0].tag is None


def test_a_name_that_no_mention_covers_is_still_a_tag() -> None:
    context, _ = _read("“Go home,” said Wemmick to her.\n", "her")
    tag = context.quotes[0].tag
    assert tag is not None and tag.mention == -1
    assert context.low[tag.name[0] : tag.name[1]] == ("wemmick",)


def test_the_beat_beside_a_quote() -> None:
    context, words = _read("He set down the lamp. “Go home.” Anna turned away.\n", "He", "Anna")
    q = context.quotes[0]
    assert (words[q.beat_before], words[q.beat_after]) == ("He", "Anna")
    assert q.led


@pytest.mark.parametrize(
    ("said", "words", "sure", "perhaps"),
    [
        ("Go home, Anna.", ["Anna"], ["Anna"], []),
        ("Anna, go home.", ["Anna"], ["Anna"], []),
        ("Oh Anna!", ["Anna"], ["Anna"], []),
        ("Anna?", ["Anna"], [], ["Anna"]),
        ("My friend, Anna, went home.", ["My friend", "Anna"], ["My friend"], []),
        ("I saw Anna there.", ["I", "Anna"], [], []),
        ("The doctor, I think.", ["The doctor", "I"], [], []),
    ],
)
def test_vocatives(said: str, words: list[str], sure: list[str], perhaps: list[str]) -> None:
    context, _ = _read(f"“{said}”\n", *words)
    q = context.quotes[0]
    if said.startswith("My friend"):  # in apposition or called: either way Anna is not called
        assert "Anna" not in [words[k] for k in q.vocatives]
        return
    assert [words[k] for k in q.vocatives] == sure
    assert [words[k] for k in q.perhaps] == perhaps


def test_a_bare_sir_shows_gender() -> None:
    context, _ = _read("“Yes, sir,” said Anna.\n", "Anna")
    assert context.quotes[0].called == (1.0, 0.0)


def test_who_is_told_and_who_is_looked_at() -> None:
    context, words = _read(
        "“Go home,” said Anna to Corin. “Now.” She looked at him.\n", "Anna", "Corin", "She", "him"
    )
    assert [words[k] for k in context.quotes[0].told] == ["Corin"]
    assert [words[k] for k in context.quotes[1].faced] == ["Corin", "him"]


def test_said_to_oneself() -> None:
    context, _ = _read("“Go home,” said Anna to herself.\n", "Anna", "herself")
    assert context.quotes[0].alone and not context.quotes[0].told


def test_links() -> None:
    text = "“Go,” said Anna, “and stay.” She sat. “Well?”\n\n“No.”\n\nIt rained.\n\n“Yes.”\n"
    context, _ = _read(text, "Anna", "She")
    assert [q.link for q in context.quotes[1:]] == [CONTINUES, SAME_PARAGRAPH, NEXT_PARAGRAPH, ONE_BETWEEN]


def test_quote_inside_a_quote_is_bounded_by_it() -> None:
    context, words = _read("“So he said, ‘Go home to your mother.’ I left,” said Anna.\n", "he", "I", "Anna")
    inner = next(q for q in context.quotes if q.parent >= 0)
    outer = next(q for q in context.quotes if q.parent < 0)
    assert inner.tag is not None and words[inner.tag.mention] == "he"
    assert outer.tag is not None and words[outer.tag.mention] == "Anna"


def test_many_quotes_stay_linear() -> None:
    text = "“Go home,” said Anna. " * 4000
    story, evidence = evidence_of(text, [("Anna", "PROP")], _flat)
    assert len(read_context(story, evidence).quotes) == 4000
