"""Pair features: what a mention's words say, how two mentions stand, and every value within its table."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.mentions import evidence_of

from fabula.heads.pair_features import (
    FEATURE_SIZES,
    N_CLASSES,
    N_GENDERS,
    N_KINDS,
    N_PAIR_FEATURES,
    N_TYPES,
    QUOTE_KIND,
    Anaphors,
    build_anaphors,
    head_offset,
    lexical_gender,
    pair_features,
)
from fabula.types import MENTION_KINDS, Ints

(
    DISTANCE, MENTIONS, SENTENCES, CLASSES, MATCH, TYPES,
    QUOTES, NESTING, PARAGRAPHS, GENDERS, FIRST, FREQUENCY,
) = range(N_PAIR_FEATURES)  # fmt: skip
NOTHING, HE, SHE, SEVERAL = range(N_GENDERS)


def anaphors_of(text: str, *words: tuple[str, str]) -> Anaphors:
    """The columns of a text's mentions, given as (words, kind) in text order, and of its quotes."""
    return evidence_of(text, words, lambda a, b: 0.0)[1].anaphors


def value(a: Anaphors, feature: int, i: int, j: int) -> int:
    """One feature of the pair of anaphor ``i`` and candidate ``j``."""
    return int(pair_features(a, np.asarray([i], np.int32), np.asarray([j], np.int32))[0, feature])


# ------------------------------------------------------------------ the head word
@pytest.mark.parametrize(
    ("words", "head"),
    [
        ("tom", "tom"),
        ("tom grey", "grey"),
        ("the old ferryman", "ferryman"),
        ("the mother of the boy", "mother"),
        ("a woman with a lamp", "woman"),
        ("the man who laughed", "man"),
        ("tom , the ferryman", "tom"),
        ("my brother 's", "brother"),
        ("the boys '", "boys"),
        ("that man", "man"),
        ("the like", "like"),
    ],
)
def test_the_head_is_the_last_word_before_what_only_modifies_it(words: str, head: str) -> None:
    tokens = words.split()
    assert tokens[head_offset(tokens)] == head


@given(st.lists(st.sampled_from(["the", "that", "of", ",", "tom", "'s", "who"]), min_size=1, max_size=8))
def test_the_head_is_one_of_the_words(tokens: list[str]) -> None:
    assert 0 <= head_offset(tokens) < len(tokens)


# ------------------------------------------------------------------ gender by the words alone
@pytest.mark.parametrize(
    ("words", "kind", "gender"),
    [
        ("He", "PRON", HE),
        ("himself", "PRON", HE),
        ("her", "PRON", SHE),
        ("They", "PRON", SEVERAL),
        ("it", "PRON", NOTHING),
        ("I", "PRON", NOTHING),
        ("you", "PRON", NOTHING),
        ("whoever", "PRON", NOTHING),
        ("Mrs Grey", "PROP", SHE),
        ("Mr. Grey", "PROP", HE),
        ("Anna", "PROP", SHE),
        ("Thomas Grey", "PROP", HE),
        ("old Thomas", "PROP", HE),
        ("little Anna", "PROP", SHE),
        ("Zqx", "PROP", NOTHING),
        ("the widow", "NOM", SHE),
        ("her brother", "NOM", HE),
        ("the mother of the boy", "NOM", SHE),
        ("the stranger", "NOM", NOTHING),
        ("Thomas and Anna", "PROP", SEVERAL),
        ("the widow and her son", "NOM", SEVERAL),
    ],
)
def test_gender_by_the_words_alone(words: str, kind: str, gender: int) -> None:
    tokens = words.split()
    low = [t.lower() for t in tokens]
    assert lexical_gender(tokens, low, MENTION_KINDS.index(kind)) == gender


@pytest.mark.parametrize("anaphor", ["he", "she", "they", "it"])
@pytest.mark.parametrize("candidate", ["Thomas", "Anna", "Zqx"])
def test_a_pair_tells_every_two_genders_apart(anaphor: str, candidate: str) -> None:
    gender = {"he": HE, "she": SHE, "they": SEVERAL, "it": NOTHING, "Thomas": HE, "Anna": SHE, "Zqx": NOTHING}
    a = anaphors_of(f"{candidate} came, and {anaphor} sat.\n", (candidate, "PROP"), (anaphor, "PRON"))
    assert value(a, GENDERS, 1, 0) == gender[anaphor] * N_GENDERS + gender[candidate]


# ------------------------------------------------------------------ columns
def test_quotes_come_after_the_mentions_with_a_kind_and_type_of_their_own() -> None:
    a = anaphors_of("“Go,” said Anna. Tom went.\n", ("Anna", "PROP"), ("Tom", "PROP"))
    assert a.n_mentions == 2
    assert a.kind.tolist() == [0, 0, QUOTE_KIND]
    assert a.type.tolist() == [0, 0, N_TYPES - 1]
    assert a.words[2] == frozenset()
    assert a.rank.tolist() == [0, 1, 0]


def test_articles_and_capitals_are_no_part_of_a_mentions_words() -> None:
    words = [("The ferryman", "NOM"), ("a Ferryman", "NOM"), ("the", "NOM")]
    a = anaphors_of("The ferryman saw a Ferryman on the.\n", *words)
    assert a.text[0] == a.text[1]
    assert a.words[0] == a.words[1]
    assert a.words[2], "a mention of nothing but an article keeps it"


def test_the_first_mention_of_a_sentence_and_of_a_paragraph_is_marked() -> None:
    text = "Anna met Tom. Tom left.\n\nAnna stayed with Tom.\n"
    names = ("Anna", "Tom", "Tom", "Anna", "Tom")
    words = [("Anna", "PROP"), ("Tom", "PROP"), ("Tom", "PROP"), ("Anna", "PROP"), ("Tom", "PROP")]
    a = anaphors_of(text, *words)
    assert dict(zip(enumerate(names), a.first.tolist(), strict=True)) == {
        (0, "Anna"): 3, (1, "Tom"): 0, (2, "Tom"): 1, (3, "Anna"): 3, (4, "Tom"): 0,
    }  # fmt: skip


def test_how_often_the_same_words_have_stood_before_is_counted() -> None:
    a = anaphors_of("Tom met Anna. Tom left. Tom sang.\n",
                    ("Tom", "PROP"), ("Anna", "PROP"), ("Tom", "PROP"), ("Tom", "PROP"))  # fmt: skip
    assert a.frequency.tolist() == [0, 0, 1, 2]
    assert value(a, FREQUENCY, 3, 0) == 0 * N_KINDS
    assert value(a, FREQUENCY, 3, 2) == 1 * N_KINDS


def test_pronouns_of_one_set_share_a_class_and_others_do_not() -> None:
    words = [("He", "PRON"), ("his", "PRON"), ("she", "PRON"), ("we", "PRON"), ("everybody", "PRON")]
    a = anaphors_of("He took his hat, she and we and everybody left.\n", *words)
    he, his, *others = a.cls.tolist()
    assert he == his
    assert len({he, *others}) == 4


def test_neopronouns_have_the_class_of_he() -> None:
    a = anaphors_of("He saw that xe took faer hat.\n", ("He", "PRON"), ("xe", "PRON"), ("faer", "PRON"))
    assert len(set(a.cls.tolist())) == 1


def test_a_story_without_mentions_or_quotes_has_no_columns() -> None:
    a = anaphors_of("It rained.\n")
    assert a.n_mentions == len(a.start) == 0
    none = np.zeros(0, np.int32)
    assert pair_features(a, none, none).shape == (0, N_PAIR_FEATURES)


# ------------------------------------------------------------------ strings
NOT_ALIKE, SAME, SAME_HEAD, HEAD_WITHIN, WORDS_SHARED = range(5)


@pytest.mark.parametrize(
    ("first", "second", "kind", "match"),
    [
        ("Anna", "Boris", "PROP", NOT_ALIKE),
        ("Tom Grey", "Tom Grey", "PROP", SAME),
        ("the ferryman", "a ferryman", "NOM", SAME),
        ("an old ferryman", "the ferryman", "NOM", SAME_HEAD),
        ("Tom Grey", "Ann Grey", "PROP", SAME_HEAD),
        ("Tom Grey", "Tom", "PROP", HEAD_WITHIN),
        ("Tom", "Tom Grey", "PROP", HEAD_WITHIN),
        ("Tom Grey", "Tom Black", "PROP", WORDS_SHARED),
        ("the man", "the woman", "NOM", NOT_ALIKE),
        ("he", "he", "PRON", SAME),
        ("he", "him", "PRON", NOT_ALIKE),
    ],
)
def test_how_alike_two_mentions_are_written(first: str, second: str, kind: str, match: int) -> None:
    a = anaphors_of(f"Yesterday {first} saw {second} again.\n", (first, kind), (second, kind))
    number = MENTION_KINDS.index(kind)
    assert value(a, MATCH, 1, 0) == match * N_KINDS + number


def test_a_quote_is_written_like_no_mention() -> None:
    a = anaphors_of("“Tom,” said Tom.\n", ("Tom", "PROP"), ("Tom", "PROP"))
    for j in (0, 1):
        assert value(a, MATCH, 2, j) == NOT_ALIKE * N_KINDS + QUOTE_KIND


# ------------------------------------------------------------------ places
BOTH_TOLD, ONLY_CANDIDATE_SAID, ONLY_ANAPHOR_SAID, SAME_QUOTE, NEXT_QUOTE, ONE_BETWEEN = range(6)


def test_how_two_mentions_stand_in_quotes() -> None:
    text = "Tom knew Anna.\n\n“Boris saw Clara.”\n\n“Dora did.”\n\n“Emil too.”\n"
    names = ["Tom", "Anna", "Boris", "Clara", "Dora", "Emil"]
    a = anaphors_of(text, *((n, "PROP") for n in names))

    def relation(anaphor: str, candidate: str) -> int:
        return value(a, QUOTES, names.index(anaphor), names.index(candidate))

    assert relation("Anna", "Tom") == BOTH_TOLD
    assert relation("Anna", "Boris") == ONLY_CANDIDATE_SAID
    assert relation("Boris", "Tom") == ONLY_ANAPHOR_SAID
    assert relation("Clara", "Boris") == SAME_QUOTE
    assert relation("Dora", "Boris") == relation("Boris", "Dora") == NEXT_QUOTE
    assert relation("Emil", "Boris") == ONE_BETWEEN


def test_a_quote_stands_in_itself() -> None:
    a = anaphors_of("Tom sat. “Anna left.”\n", ("Tom", "PROP"), ("Anna", "PROP"))
    assert value(a, QUOTES, 2, 0) == ONLY_ANAPHOR_SAID
    assert value(a, QUOTES, 2, 1) == SAME_QUOTE


AFTER = 10
"""Added to the bucket of a distance where the candidate begins after the anaphor does."""


def test_distance_says_on_which_side_of_a_quote_a_mention_stands() -> None:
    text = "Tom said, “Go away, Boris!” and Anna laughed.\n"
    a = anaphors_of(text, ("Tom", "PROP"), ("Boris", "PROP"), ("Anna", "PROP"))
    assert value(a, DISTANCE, 3, 0) == 2, "two tokens, 'said' and ',', before the opening mark"
    assert value(a, DISTANCE, 3, 1) == AFTER, "within the quote there is no distance"
    assert value(a, DISTANCE, 3, 2) == AFTER + 1, "one token, 'and', after the closing mark"


def test_the_farthest_after_a_quote_is_the_last_value_of_the_table() -> None:
    a = anaphors_of(f"“Go away!”\n\n{'It rained. ' * 60}Anna came.\n", ("Anna", "PROP"))
    assert value(a, DISTANCE, 1, 0) == AFTER + 9 == FEATURE_SIZES[DISTANCE] - 1


def test_distances_grow_by_powers_of_two() -> None:
    def bucket(gap: int) -> int:
        a = anaphors_of(f"Tom {'so ' * gap}he.\n", ("Tom", "PROP"), ("he", "PRON"))
        return value(a, DISTANCE, 1, 0)

    gaps = (0, 1, 2, 3, 4, 5, 8, 9, 16, 17, 64, 65, 128, 129, 400)
    assert [bucket(g) for g in gaps] == [0, 1, 2, 3, 3, 4, 4, 5, 5, 6, 7, 8, 8, 9, 9]


def test_mentions_and_sentences_between_are_counted_either_way() -> None:
    a = anaphors_of(
        "Tom met Anna. Rain fell. Boris came.\n", ("Tom", "PROP"), ("Anna", "PROP"), ("Boris", "PROP")
    )
    assert [value(a, MENTIONS, i, j) for i, j in ((1, 0), (2, 0), (0, 2))] == [1, 2, 2]
    assert [value(a, SENTENCES, i, j) for i, j in ((1, 0), (2, 0), (0, 2))] == [0, 2, 2]


def test_who_comes_first_in_a_sentence_or_paragraph_is_told_for_both() -> None:
    text = "Anna met Tom. Clara left.\n"
    a = anaphors_of(text, ("Anna", "PROP"), ("Tom", "PROP"), ("Clara", "PROP"))
    anaphor_first, candidate_first, of_its_paragraph = 4, 2, 1
    assert value(a, FIRST, 1, 0) == candidate_first + of_its_paragraph
    assert value(a, FIRST, 2, 0) == anaphor_first + candidate_first + of_its_paragraph
    assert value(a, FIRST, 2, 1) == anaphor_first
    assert value(a, FIRST, 1, 2) == candidate_first


def test_types_and_classes_are_told_for_both() -> None:
    a = anaphors_of("“Go,” said Anna. She left.\n", ("Anna", "PROP"), ("She", "PRON"))
    person, quote = 0, N_TYPES - 1
    assert value(a, TYPES, 1, 0) == person * N_TYPES + person
    assert value(a, TYPES, 2, 0) == quote * N_TYPES + person
    assert value(a, CLASSES, 1, 0) == int(a.cls[1]) * N_CLASSES + int(a.cls[0])
    assert value(a, CLASSES, 2, 1) == int(a.cls[2]) * N_CLASSES + int(a.cls[1])


def test_nesting_tells_the_inner_from_the_outer() -> None:
    a = anaphors_of("Tom’s mother met Ann.\n", ("Tom’s mother", "NOM"), ("Tom", "PROP"), ("Ann", "PROP"))
    apart, inner, outer = 0, 1, 2
    assert value(a, NESTING, 1, 0) == inner
    assert value(a, NESTING, 0, 1) == outer
    assert value(a, NESTING, 2, 0) == apart


def test_paragraphs_are_counted_with_their_direction() -> None:
    text = "Anna came.\n\n“Go.”\n\nTom went.\n" + "\nRain.\n" * 9 + "\nBoris came.\n"
    a = anaphors_of(text, ("Anna", "PROP"), ("Tom", "PROP"), ("Boris", "PROP"))
    here = 4
    assert [value(a, PARAGRAPHS, 3, j) for j in range(3)] == [here - 1, here + 1, here + 4]
    assert value(a, PARAGRAPHS, 1, 1) == here


# ------------------------------------------------------------------ whatever is read
WORDS = ("the", "The", "Tom", "Mr.", "Grey", "and", "of", "he", "She", "they", "I", "who", "man", "'s", ",")


@st.composite
def any_anaphors(draw: st.DrawFn) -> Anaphors:
    """Mentions and quotes anywhere among any tokens."""
    word = st.sampled_from(WORDS) | st.text(min_size=1, max_size=3)
    tokens = draw(st.lists(word, min_size=1, max_size=40)) * draw(st.sampled_from([1, 8]))
    n = len(tokens)

    def column(values: list[int]) -> Ints:
        return np.asarray(values, dtype=np.int32)

    def spans(most: int) -> list[tuple[int, int]]:
        starts = draw(st.lists(st.integers(0, n - 1), max_size=most))
        return sorted((s, min(n, s + draw(st.integers(1, 30)))) for s in starts)

    mentions, quotes = sorted(spans(12), key=lambda s: (s[0], -s[1])), spans(5)
    types = [draw(st.integers(0, N_TYPES - 2)) for _ in mentions]
    kinds = [draw(st.integers(0, len(MENTION_KINDS) - 1)) for _ in mentions]
    quote_of = np.full(n, -1, dtype=np.int32)
    for k, (s, e) in enumerate(quotes):
        quote_of[s:e] = k
    width, share = draw(st.integers(1, 20)), draw(st.integers(1, 4))
    sentence_of = (np.arange(n) // width).astype(np.int32)
    return build_anaphors(
        tokens,
        column([s for s, _ in mentions]), column([e for _, e in mentions]), column(types), column(kinds),
        column([s for s, _ in quotes]), column([e for _, e in quotes]),
        sentence_of, (sentence_of // share).astype(np.int32), quote_of,
    )  # fmt: skip


@settings(deadline=None)
@given(any_anaphors())
def test_every_value_is_an_index_of_its_table(a: Anaphors) -> None:
    i, j = (x.ravel().astype(np.int32) for x in np.mgrid[: len(a.start), : a.n_mentions])
    f = pair_features(a, i, j)
    assert f.shape == (len(i), N_PAIR_FEATURES)
    assert (f >= 0).all()
    assert (f < np.asarray(FEATURE_SIZES)).all()
