"""Of two names of persons that begin or end together, one is a slip and falls."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabula.heads.mentions import WindowMentions
from fabula.heads.nested_names import sentences_left_out, untangled
from fabula.types import ENTITY_TYPES, MENTION_KINDS, MentionSpans

Row = tuple[int, int, int, int]


def _spans(rows: list[Row]) -> MentionSpans:
    table = np.asarray(rows, np.int32).reshape(-1, 4)
    start, end, type_, kind = table.T
    return MentionSpans(start, end, (end - 1).astype(np.int32), type_, kind, np.ones(len(rows), np.float32))


def _kept(sentence: str, *mentions: str, type_: str = "PER", kind: str = "PROP") -> list[str]:
    """What is kept of mentions, each where its words first stand; the last of them has this type and kind."""
    words = sentence.split()
    rows: list[Row] = []
    for k, mention in enumerate(mentions):
        own = mention.split()
        a = next(i for i in range(len(words)) if words[i : i + len(own)] == own)
        sort = (ENTITY_TYPES.index(type_), MENTION_KINDS.index(kind)) if k == len(mentions) - 1 else (0, 0)
        rows.append((a, a + len(own), *sort))
    rows.sort(key=lambda r: (r[0], -r[1]))
    keep = untangled(words, _spans(rows))
    return [" ".join(words[a:b]) for (a, b, _, _), k in zip(rows, keep.tolist(), strict=True) if k]


@pytest.mark.parametrize(
    ("sentence", "mentions", "kept"),
    [
        # the shorter ones fall
        ("then Comrade Gregory rose", ["Comrade Gregory", "Gregory"], ["Comrade Gregory"]),
        ("then Gregory Vane rose", ["Gregory Vane", "Gregory"], ["Gregory Vane"]),
        ("then Lanyon major rose", ["Lanyon major", "Lanyon"], ["Lanyon major"]),
        ("then Lanyon minor rose", ["Lanyon minor", "Lanyon"], ["Lanyon minor"]),
        ("then Tom Orme esq rose", ["Tom Orme esq", "Tom Orme"], ["Tom Orme esq"]),
        ("then Tom of Orme rose", ["Tom of Orme", "Tom"], ["Tom of Orme"]),
        # the longer one is none: two people and what lies between, a comma, or words after the name
        ("then Emma led Philip away", ["Emma led Philip", "Emma", "Philip"], ["Emma", "Philip"]),
        ("then Emma , Philip rose", ["Emma , Philip", "Emma"], ["Emma"]),
        ("then Emma , Philip rose", ["Emma , Philip", "Philip"], ["Philip"]),
        ("“ Emma ” Philip said", ["Emma ” Philip", "Philip"], ["Philip"]),
        ("then Emma led away", ["Emma led", "Emma"], ["Emma"]),
        # what neither begins nor ends together stays, as does what is alone
        ("the Duke of Orme Castle rose", ["Duke of Orme Castle", "Orme"], ["Duke of Orme Castle", "Orme"]),
        ("then Emma led Philip away", ["Emma", "Philip"], ["Emma", "Philip"]),
        ("then Emma , Philip rose", ["Emma , Philip"], ["Emma , Philip"]),
    ],
)
def test_one_of_two_names_falls(sentence: str, mentions: list[str], kept: list[str]) -> None:
    assert _kept(sentence, *mentions) == kept


@pytest.mark.parametrize("mark", ["'s", "’s"])
def test_whose_aunt_she_is_is_another_person(mark: str) -> None:
    whole = f"Tom {mark} Aunt Polly"
    assert _kept(f"then {whole} rose", whole, "Tom", "Aunt Polly") == [whole, "Tom", "Aunt Polly"]
    assert _kept(f"then {whole} rose", whole, "Tom") == [whole, "Tom"]
    assert _kept(f"then {whole} rose", whole, "Aunt Polly") == [whole]


def test_names_of_other_things_and_descriptions_within_a_name_stay() -> None:
    names = ["Comrade Gregory", "Gregory"]
    assert _kept("then Comrade Gregory rose", *names, type_="GPE") == names
    assert _kept("then Comrade Gregory rose", *names, kind="NOM") == names


def test_three_names_nested_in_one_another() -> None:
    assert _kept("then Tom Orme Vane rose", "Tom Orme Vane", "Tom Orme", "Tom") == ["Tom Orme Vane"]
    assert _kept("then Mr. Tom Orme rose", "Mr. Tom Orme", "Tom Orme", "Orme") == ["Mr. Tom Orme"]
    kept = _kept("then Emma Vane led Tom off", "Emma Vane led Tom", "Emma Vane", "Emma", "Tom")
    assert kept == ["Emma Vane", "Tom"]


def test_a_name_that_fell_takes_none_along() -> None:
    assert _kept("then Emma , Tom Orme rose", "Emma , Tom Orme", "Emma", "Tom Orme", "Orme") == [
        "Emma",
        "Tom Orme",
    ]


def test_no_mentions_give_none() -> None:
    assert untangled([], _spans([])).tolist() == []


_ROW = st.tuples(
    st.integers(0, 7), st.integers(1, 4), st.sampled_from([(0, 0), (0, 0), (0, 0), (0, 1), (2, 0)])
)
_WORDS = st.lists(
    st.sampled_from(["Tom", "Emma", "Vane", "led", "major", ",", "'s"]), min_size=11, max_size=11
)


def _in_order(drawn: list[tuple[int, int, tuple[int, int]]]) -> list[Row]:
    """Drawn (start, width, (type, kind)) in text order, the longer first, each once."""
    sorts = {(a, a + n): sort for a, n, sort in drawn}
    return [(a, b, *sorts[a, b]) for a, b in sorted(sorts, key=lambda s: (s[0], -s[1]))]


@given(_WORDS, st.lists(_ROW, max_size=9).map(_in_order))
def test_kept_names_neither_begin_nor_end_together(words: list[str], rows: list[Row]) -> None:
    keep = untangled(words, _spans(rows)).tolist()
    assert all(k or r[2:] == (0, 0) for r, k in zip(rows, keep, strict=True))
    names = [r for r, k in zip(rows, keep, strict=True) if k and r[2:] == (0, 0)]
    for i, (a, b, *_) in enumerate(names):
        for c, d, *_ in names[i + 1 :]:
            if a == c or b == d:
                assert "'s" in words[min(a, c) : max(b, d)]
    # Whoever falls falls to a name that begins or ends together with it.
    all_names = [r for r in rows if r[2:] == (0, 0)]
    for r in set(all_names) - set(names):
        assert any(q != r and (q[0] == r[0] or q[1] == r[1]) for q in all_names)


def test_many_names_take_little_time() -> None:
    rows = [(3 * i + k, 3 * i + 2, 0, 0) for i in range(10_000) for k in (0, 1)]
    words, spans = ["Gregory"] * 30_000, _spans(rows)
    start = time.process_time()
    keep = untangled(words, spans)
    assert time.process_time() - start < 1.0
    assert keep.tolist() == [True, False] * 10_000


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Martin kissed Arthur", False),
        ("Bo got into the saddle Dale", False),
        ("Antoinette de Mauban", True),
        ("Rupert of Hentzau", True),
        ("the old Lou", True),
        ("Mary 's Tom", True),
    ],
)
def test_a_clause_is_no_name(text: str, kept: bool) -> None:
    words = ["Then", *text.split(), "left"]
    one = np.asarray([1], np.int32)
    m = WindowMentions(one, one * (len(words) - 1), 0 * one, 0 * one, np.ones(1, np.float32))
    assert len(sentences_left_out(words, m).start) == kept
    as_place = WindowMentions(m.start, m.end, one, m.kind, m.score)
    assert len(sentences_left_out(words, as_place).start) == 1


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("his hands between his", []),
        ("They both of them", []),
        ("each other", [2]),
        ("she", [2]),
        ("Thee", [2]),
        ("Hew", [0]),
        ("Hm", []),
    ],
)
def test_a_pronoun_is_one_word_and_no_name(text: str, kinds: list[int]) -> None:
    words = ["Then", *text.split(), "left"]
    one = np.asarray([1], np.int32)
    m = WindowMentions(one, one * (len(words) - 1), 0 * one, 2 * one, np.ones(1, np.float32))
    assert sentences_left_out(words, m).kind.tolist() == kinds
