"""A person's name goes to the end of its word, hyphens and all."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabula.heads.hyphens import Hyphens
from fabula.heads.mentions import WindowMentions
from fabula.text import read_text
from fabula.types import ENTITY_TYPES, MENTION_KINDS


def _whole(text: str, *found: tuple[str, str, float], type_: str = "PER") -> list[tuple[str, str]]:
    """What becomes of mentions, given as words, kind and score, each where its words first stand."""
    story = read_text(text)
    words = [story.token_text(i) for i in range(len(story.tokens))]
    rows = []
    for mention, kind, _ in found:
        own = mention.split()
        a = next(i for i in range(len(words)) if words[i : i + len(own)] == own)
        rows.append((a, a + len(own), ENTITY_TYPES.index(type_), MENTION_KINDS.index(kind)))
    table = np.asarray(rows, np.int32).reshape(-1, 4)
    score = np.asarray([s for _, _, s in found], np.float32)
    room = np.arange(len(words), 0, -1).astype(np.int32)
    m = Hyphens(story).whole(0, room, WindowMentions(*table.T, score))
    start, end = story.tokens.start, story.tokens.end
    return [
        (story.text[int(start[a]) : int(end[b - 1])], MENTION_KINDS[k])
        for a, b, k in zip(m.start.tolist(), m.end.tolist(), m.kind.tolist(), strict=True)
    ]


@pytest.mark.parametrize(
    ("text", "mention", "kind", "whole"),
    [
        ("Then Ok-hee smiled.", "Ok", "PROP", "Ok-hee"),
        ("“Wait, Ok-hee-ya,” she said.", "Ok", "PROP", "Ok-hee-ya"),
        ("Then Arai-kun bowed.", "Arai", "PROP", "Arai-kun"),
        ("Han Sung-min coached them.", "Han Sung", "PROP", "Han Sung-min"),
        ("Then Soon-ja dived.", "ja", "NOM", "Soon-ja"),
        ("Soon-ja samchun dived.", "Soon", "PROP", "Soon-ja"),
    ],
)
def test_a_name_is_whole(text: str, mention: str, kind: str, whole: str) -> None:
    assert _whole(text, (mention, kind, 0.9)) == [(whole, "PROP")]


@pytest.mark.parametrize(
    ("text", "mention", "kind"),
    [
        ("It was a Tara-built house.", "Tara", "PROP"),
        ("She was Holmes-like in this.", "Holmes", "PROP"),
        ("Great-grandmother said so.", "grandmother", "NOM"),
        ("Then Ok - hee, was it? - smiled.", "Ok", "PROP"),
        ("Anna-Maria came.", "Anna", "PROP"),
        ("He held it lance-hee.", "lance", "PROP"),
    ],
)
def test_what_a_hyphen_adds_is_not_always_a_name(text: str, mention: str, kind: str) -> None:
    assert _whole(text, (mention, kind, 0.9)) == [(mention, kind)]


def test_only_persons_have_such_names() -> None:
    assert _whole("They saw Bu-yeong below.", ("Bu", "PROP", 0.9), type_="GPE") == [("Bu", "PROP")]


def test_of_two_that_become_one_the_surer_stays() -> None:
    found = _whole("Then Mi-so left.", ("Mi", "PROP", 0.6), ("Mi - so", "PROP", 0.9), ("so", "NOM", 0.7))
    assert found == [("Mi-so", "PROP")]


@given(
    st.lists(st.sampled_from(["Ok", "-", "hee", " ", "ya", ".", "Mi", "like", "“", "\n\n"]), max_size=14),
    st.data(),
)
def test_mentions_stay_within_the_window(parts: list[str], data: st.DataObject) -> None:
    story = read_text("".join(parts))
    n = len(story.tokens)
    spans = data.draw(
        st.lists(st.tuples(st.integers(0, max(n - 1, 0)), st.integers(1, 4)), max_size=5 if n else 0)
    )
    rows = np.asarray([(a, min(a + w, n), 0, k % 2) for k, (a, w) in enumerate(spans)], np.int32).reshape(
        -1, 4
    )
    room = np.arange(n, 0, -1).astype(np.int32)
    m = Hyphens(story).whole(0, room, WindowMentions(*rows.T, np.ones(len(rows), np.float32)))
    assert len(m.start) <= len(rows)
    assert ((m.start >= 0) & (m.start < m.end) & (m.end <= n)).all()
    for a, b in rows[:, :2].tolist():
        assert any(x <= a and b <= y for x, y in zip(m.start.tolist(), m.end.tolist(), strict=True))
