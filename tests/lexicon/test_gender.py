"""What names, titles, nouns and pronouns say about gender."""

from __future__ import annotations

import pytest

from fabula.lexicon.gender import PRONOUNS, UNKNOWN, name_gender, noun_gender, title_gender
from fabula.lexicon.name_lists import given_names
from fabula.lexicon.short_forms import diminutives


@pytest.mark.parametrize(
    "noun", ["man", "king", "Boys", "grandsons", "policemen", "husband", "Sir", "widowers"]
)
def test_nouns_for_men(noun: str) -> None:
    assert noun_gender(noun)[0] > noun_gender(noun)[1]


@pytest.mark.parametrize(
    "noun", ["woman", "queen", "Girls", "wives", "widow", "actress", "madam", "chairwoman", "ladies"]
)
def test_nouns_for_women(noun: str) -> None:
    assert noun_gender(noun)[1] > noun_gender(noun)[0]


@pytest.mark.parametrize("noun", ["table", "doctor", "", "people", "friend", "German", "omen"])
def test_nouns_that_do_not_say(noun: str) -> None:
    assert noun_gender(noun) == UNKNOWN


def test_titles() -> None:
    assert title_gender("Mrs.") == title_gender("Frau") == (0.0, 1.0, 0.0)
    assert title_gender("Herr") == title_gender("Sir") == (1.0, 0.0, 0.0)
    assert title_gender("Mx.")[2] == 1.0
    assert title_gender("Captain") == title_gender("Halvard") == UNKNOWN


def test_names() -> None:
    assert name_gender("Hermione")[1] == name_gender("Halvard")[0] == 1.0
    assert name_gender("Miss Quell")[1] == 1.0
    assert name_gender("Jean-Luc")[0] == 1.0
    robin = name_gender("Robin")
    assert robin[0] == robin[1] > 0
    hint = name_gender("Ilessa")
    assert 0 < hint[0] < hint[1] < 0.5
    assert name_gender("Quen") == name_gender("") == UNKNOWN


def test_the_tables_are_large_folded_and_in_range() -> None:
    assert len(given_names()) > 2000
    assert sum(map(len, diminutives().values())) > 800
    assert all(
        n == n.lower() and n.isascii() and all(0 <= w <= 1 for w in e) for n, e in given_names().items()
    )
    assert all(short not in bases for short, bases in diminutives().items())
    assert set(diminutives()["kit"]) >= {"christopher", "katherine"}


@pytest.mark.parametrize(
    ("form", "person", "number", "name", "cases"),
    [
        ("he", 3, "sing", "he", ("nom",)),
        ("him", 3, "sing", "he", ("acc",)),
        ("her", 3, "sing", "she", ("poss", "acc")),
        ("themself", 3, "sing", "they", ("refl",)),
        ("them", 3, "plur", "they", ("acc",)),
        ("'em", 3, "plur", "they", ("acc",)),
        ("em", 3, "sing", "ey", ("acc",)),
        ("xem", 3, "sing", "xe", ("acc",)),
        ("hir", 3, "sing", "ze", ("acc", "poss")),
        ("faer", 3, "sing", "fae", ("acc", "poss")),
        ("it", 3, "sing", "it", ("nom", "acc")),
        ("i", 1, "sing", "I", ("nom",)),
        ("ourselves", 1, "plur", "we", ("refl",)),
        ("thee", 2, "sing", "you", ("acc", "nom")),
        ("yourselves", 2, "plur", "you", ("refl",)),
    ],
)
def test_pronouns(form: str, person: int, number: str, name: str, cases: tuple[str, ...]) -> None:
    assert PRONOUNS[form] == (person, number, name, cases)


def test_every_pronoun_has_a_case_and_a_folded_form() -> None:
    assert all(form == form.lower() and p.cases for form, p in PRONOUNS.items())
