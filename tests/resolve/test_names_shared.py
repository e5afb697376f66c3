"""Names that several people might bear: the last word of a longer one, a shared surname, a title alone."""

from __future__ import annotations

import pytest
from tests.resolve.named import Named

from fabula.resolve.name_fit import last_word

FILLER = "The tide turned and the gulls were loud over the empty harbour. "


# ------------------------------------------------------------------ names with particles
@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("Professor de Worms", "Worms"),
        ("Jan van Hai", "Hai"),
        ("Anna von Trott", "Trott"),
        ("Captain van der Merwe", "Merwe"),
        ("the Marquis de Saint Eustache", "the Marquis de St. Eustache"),
        ("the Marquis de Saint Eustache", "Eustache"),
        ("Paul de St. Orme", "Paul de Saint Orme"),
    ],
)
def test_the_last_word_of_a_name_with_a_particle_and_both_spellings_of_a_saint(full: str, short: str) -> None:
    assert Named(f"[{full}] came in. {FILLER}After that [{short}] slept.").same(full, short)


def test_a_last_word_does_not_take_the_place_of_a_whole_name() -> None:
    story = Named(
        f"[Professor de Worms] came in. {FILLER}[Ada Worms] sat. {FILLER}[Ada] said: “Up, [Worms]!”"
    )
    assert story.apart("Professor de Worms", "Ada Worms")
    assert Named(f"[Professor de Worms] came in. {FILLER}After that [De] slept.").apart(
        "Professor de Worms", "De"
    )


@pytest.mark.parametrize(
    ("name", "last"), [("de worms", "worms"), ("van der merwe", "merwe"), ("worms", "worms")]
)
def test_what_is_left_of_a_name_without_its_particles(name: str, last: str) -> None:
    assert last_word(name) == last


# ------------------------------------------------------------------ a surname that two bear
def _orlovs(calls: int) -> Named:
    """Tom is met six times, Ivan once and long after; then somebody calls for Orlov again and again."""
    again = (FILLER * 10 + "“Row, [Orlov],” she said. ") * calls
    return Named(
        "[Tom Orlov] rowed. [Tom] sang. " * 6
        + FILLER * 120
        + "[Ivan Orlov] woke. “Up, [Orlov],” she said. "
        + again
    )


def test_a_surname_given_by_guess_is_no_meeting_with_its_bearer() -> None:
    story = _orlovs(5)
    tom, ivan = story.number("Tom"), story.number("Ivan Orlov")
    found = story.entities("Orlov")
    assert found[0] == ivan
    assert found[-1] == tom
    assert found == sorted(found, key=lambda e: e == tom), "a guess is not taken back and forth"


def test_guesses_leave_the_last_meeting_where_it_was() -> None:
    often, seldom = _orlovs(5).confidence("Orlov"), _orlovs(1).confidence("Orlov")
    assert often[:2] == pytest.approx(seldom)


def test_a_name_that_is_surely_hers_is_a_meeting() -> None:
    story = Named(
        "[Tom Orlov] rowed. [Tom] sang. " * 6
        + FILLER * 120
        + "[Ivan Orlov] woke. "
        + (FILLER * 60 + "[Ivan] sang. “Up, [Orlov],” she said. ") * 2
    )
    assert story.entities("Orlov") == [story.number("Ivan")] * 2


# ------------------------------------------------------------------ a title alone
@pytest.mark.parametrize(
    ("bearer", "title"),
    [
        ("Sister Hadewych", "Sister"),
        ("Brother Cadoc", "Brother"),
        ("Mother Hadewych", "Mother"),
        ("Father Cadoc", "Father"),
    ],
)
@pytest.mark.parametrize("kind", ["", "/NOM"])
def test_a_title_alone_is_the_one_who_bears_it(bearer: str, title: str, kind: str) -> None:
    story = Named(f"[{bearer}] came in. {FILLER}“Yes, [{title}{kind}].” Then [{title}{kind}] slept.")
    assert story.same(bearer, title)
    assert max(story.confidence(title)) < min(story.confidence(bearer))


@pytest.mark.parametrize("title", ["Mother", "Father", "Sister", "Brother"])
def test_in_a_family_in_which_nobody_bears_it_it_is_somebodys_own(title: str) -> None:
    story = Named(f"[Tom Orme] came in. [Ada Orme] sat. {FILLER}“Yes, [{title}].” Then [{title}] slept.")
    assert story.apart("Tom Orme", "Ada Orme", title)
    assert story.entry(title).name == title


def test_a_sister_of_full_name_is_not_every_sister() -> None:
    story = Named(f"[Sister Ada Orme] came in. {FILLER}“Yes, [Sister].” Then [Sister] slept.")
    assert story.apart("Sister Ada Orme", "Sister")


_SIDE_BY_SIDE = "[Bo] looked at [Helen]. " * 5


def test_two_people_whose_names_meet_at_a_clauses_edge_are_no_full_name() -> None:
    story = Named(f"{_SIDE_BY_SIDE}At sight of [Bo Helen] cried out.")
    assert story.apart("Bo", "Helen")
    assert story.same("Bo Helen", "Helen")


def test_a_full_name_told_once_joins_its_halves() -> None:
    story = Named("[Milt] came.\n\n[Dale] sat.\n\n" * 5 + "“It is [Milt Dale],” she said.")
    assert story.same("Milt", "Dale", "Milt Dale")
