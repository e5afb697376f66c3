"""Whoever is called by one word in talk bears it as a name, though the detector never took it for one."""

from __future__ import annotations

import pytest
from tests.heads.keeper import at, missed

from fabula.text import read_text


def _called(text: str, known: str = "", logit: float = -9.0) -> list[str]:
    """The names found besides ``known``, the one mention that the detector found."""
    story = read_text(text)
    words = known.split()
    first = at(story, words[0])[0] if words else 0
    return missed(story, [(first, first + len(words), 0, 0)] if words else [], logit)


@pytest.mark.parametrize(
    "talk",
    ["“Don’t, Bun.”", "“Don’t, Bun,” he said.", "“Why not, Bun?”", "“Up, Bun!”", "“But, Bun, why?”",
     "“No, Bun…”", "“Well, Bun — ”", '"Don\'t, Bun."'],
)  # fmt: skip
def test_who_is_called_after_a_comma_is_a_person(talk: str) -> None:
    assert _called(f"She put the pail down. {talk}\n") == ["Bun"]


@pytest.mark.parametrize(
    "text",
    [
        "She did not want the cake, Bun, or the pail.\n",
        "“Don’t, Bun ate it,” he said.\n",
        "“We saw Bun and the pail.”\n",
        "“Well, he is late.”\n",
        "“Bun.” She sat.\n",
    ],
)
def test_outside_talk_within_a_clause_or_alone_nobody_is_called(text: str) -> None:
    assert _called(text) == []


@pytest.mark.parametrize("word", ["Tuesday", "March", "Christmas", "Eleven", "God", "Nobody", "I"])
def test_days_numbers_and_nobody_are_not_called(word: str) -> None:
    assert _called(f"She sat. “I will not, {word},” he said.\n") == []


def test_a_short_form_that_begins_a_known_name_is_called_without_a_comma() -> None:
    assert _called("Veshti sat down. “Vesh?” he said.\n", "Veshti", -4.0) == ["Vesh"]
    assert _called("Veshti sat down. “Ves!” he said.\n", "Veshti", -4.0) == ["Ves"]
    assert _called("Wellman sat down. “Well?” he said.\n", "Wellman", -6.0) == []


@pytest.mark.parametrize("talk", ["“I read Latin, Greek, and French.”", "“OH, NO!”", "“I will not, Sir.”"])
def test_lists_shouts_and_forms_of_address_call_nobody(talk: str) -> None:
    assert _called(f"She put the pail down. {talk}\n") == []


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("Veshti sat down. “Ve?” he said.\n", "Veshti"),
        ("Veshti sat down. Vesh?\n", "Veshti"),
        ("Veshti sat down. “Vesha?” he said.\n", "Veshti"),
        ("Veshti sat down. “Vesh rowed,” he said.\n", "Veshti"),
        ("Veshti Orme sat down. “Vesh?” he said.\n", "Veshti Orme"),
        ("Imre sat down. “Vesh?” he said.\n", "Imre"),
    ],
)
def test_what_is_short_for_nobody_or_is_not_called_is_no_name(text: str, known: str) -> None:
    assert _called(text, known) == []


def test_a_word_that_the_story_writes_small_is_no_name_where_talk_begins() -> None:
    assert _called("Vesper sat down at vesp. “Vesp?” he said.\n", "Vesper") == []
