"""Names taken apart, and the rules by which two given names may be one person's."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fabula.lexicon.name_titles import fold
from fabula.resolve.name_forms import LONGEST, parse_person, place_key, singular


@pytest.mark.parametrize(
    ("surface", "parts"),
    [
        ("Sir Walter Elliot", {"titles": ("sir",), "given": ("walter",), "family": "elliot"}),
        ("Mrs Charles Vane", {"titles": ("mrs",), "family": "vane", "spouse": "charles"}),
        ("the same handsome Miss Vane", {"titles": ("miss",), "lone": "vane"}),
        ("Charles II", {"lone": "charles", "suffix": "ii"}),
        ("Edward the Second", {"lone": "edward", "suffix": "ii", "display": "Edward the Second"}),
        ("William the Conqueror", {"lone": "william", "suffix": "the conqueror"}),
        ("Sir John d'Urbel", {"titles": ("sir",), "given": ("john",), "family": "d'urbel"}),
        ("uncle Charles", {"titles": ("uncle",), "lone": "charles"}),
        ("the poet Shelby", {"lone": "shelby"}),
        ("John Graves, Esq.", {"given": ("john",), "family": "graves"}),
        ("Captain and Mrs Vane", {"family": "vane", "group": "family"}),
        ("the Wilcoxes", {"family": "wilcox", "group": "people"}),
        ("the Weaver twins", {"family": "weaver", "group": "family"}),
        ("Harry and Ron", {"lone": "harry and ron", "group": "pair"}),
        ("the great Gibbs", {"lone": "gibbs", "group": ""}),
        ("Terry O. Nichols", {"given": ("terry", "o"), "family": "nichols"}),
        ("Mr. Way of Milrose", {"titles": ("mr",), "lone": "way", "display": "Mr. Way"}),
        ("Little Miss Muffet", {"titles": ("miss",), "lone": "muffet"}),
        ("Madame Du Pont", {"titles": ("mrs",), "lone": "du pont"}),
        ("Emily St. Aubert", {"given": ("emily",), "family": "st aubert"}),
        ("St. John Rivers", {"given": ("st john",), "family": "rivers"}),
        ("Earl of Moreland", {"titles": ("earl",), "place": "moreland"}),
        ("the King", {"titles": ("king",), "lone": ""}),
        ("Stephen King", {"given": ("stephen",), "family": "king", "titles": ()}),
        ("Dean Orme", {"given": ("dean",), "family": "orme", "titles": ()}),
        ("Yuki Tanaka-senpai", {"given": ("yuki",), "family": "tanaka"}),
        ("HALVARD’S", {"lone": "halvard", "display": "Halvard"}),
        ("_Imre_", {"lone": "imre", "display": "Imre"}),
        ("thomas", {"lone": "thomas"}),
        ("Imre--you", {"lone": "imre"}),
        ("the Reverend Mr. Elting", {"titles": ("reverend", "mr"), "lone": "elting"}),
        ("Robert “Bob” Ash", {"given": ("robert", "bob"), "family": "ash"}),
    ],
)
def test_a_name_taken_apart(surface: str, parts: dict[str, object]) -> None:
    form = parse_person(surface)
    assert form is not None
    assert {name: getattr(form, name) for name in parts} == parts


def test_m_is_monsieur_in_a_french_setting_and_an_initial_elsewhere() -> None:
    french, english = parse_person("M. Duval", french=True), parse_person("M. Duval")
    assert french is not None and english is not None
    assert (french.titles, french.lone) == (("mr",), "duval")
    assert (english.given, english.family) == (("m",), "duval")


@pytest.mark.parametrize("surface", ["", "’s", "Mrs. Hall's sister", "the", "“"])
def test_what_names_nobody(surface: str) -> None:
    form = parse_person(surface)
    assert form is None or not (form.given or form.family or form.titles)


def test_places_are_compared_without_article_case_and_hyphen() -> None:
    assert place_key("the Wall-street’s")[0] == place_key("Wall Street")[0] == "wall street"
    assert place_key("the city of Oslo") == ("oslo", "Oslo")
    assert place_key("") == ("", "")


def test_folding_and_plurals() -> None:
    assert fold("Léonïe’s.") == "leonie's"
    assert fold("Łukasz Ørsted") == "lukasz orsted"
    assert [singular(w) for w in ("wilcoxes", "bennets", "darcies", "orme")] == [
        "wilcox",
        "bennet",
        "darcy",
        "orme",
    ]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_any_text_parses(surface: str) -> None:
    form = parse_person(surface)
    assert form is None or form.key == (parse_person(surface) or form).key
    key, _ = place_key(surface)
    assert key == key.strip()


def test_a_very_long_mention_is_cut() -> None:
    form = parse_person("Imre " * 100_000)
    assert form is not None and len(form.display) <= LONGEST


def test_some_of_a_name_is_nobody() -> None:
    assert parse_person("Some Bach") is None
    assert parse_person("Bach") is not None


def test_a_cry_is_nobody() -> None:
    assert parse_person("Hulloa!") is None
    assert parse_person("Hm") is None
    assert parse_person("Hulloa Emma") is not None


def test_a_title_in_capitals_is_shown_as_its_name_is() -> None:
    form = parse_person("MR. ODELL")
    assert form is not None and form.display == "Mr. Odell"
