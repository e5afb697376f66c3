"""A short name that only talk uses belongs to the one whose name it begins."""

from __future__ import annotations

import pytest
from tests.resolve.named import Named

LONG = "She had walked to the harbour that morning to look at the boats and the rain. "


def test_a_short_name_in_talk_is_the_full_name_of_narration() -> None:
    story = Named(f"[Josette] came in late. {LONG}“I can’t be that any more, [Jo].” [Robin] left.")
    assert story.same("Josette", "Jo")
    assert story.entry("Jo").name == "Josette"


@pytest.mark.parametrize(
    "text",
    [
        f"[Josette] came in late. {LONG}[Jo] sat down. “Well, [Jo]?”",
        f"[Josette] came in late. {LONG}“Hello, [Jo],” said [Josette].",
        f"[Josette] and [Jolanta] came in late. {LONG}“I can’t, [Jo].”",
        f"“Where is [Josette]?” {LONG}“I can’t, [Jo].”",
    ],
)
def test_otherwise_they_are_two(text: str) -> None:
    story = Named(text)
    assert story.apart("Jo", "Josette")


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("Lucian", "Luce"),
        ("Tashi", "Tash"),
        ("Yasmin", "Yaz"),
        ("Yazmin", "Yas"),
        ("Yasmina", "Yazy"),
        ("Yasmina", "Yazey"),
        ("Yasmina", "Yazie"),
    ],
)
def test_a_short_name_may_have_an_ending_of_its_own_or_leave_out_one_letter(full: str, short: str) -> None:
    story = Named(f"[{full}] came in late. {LONG}“I can’t be that any more, [{short}].” [Robin] left.")
    assert story.same(full, short)
    assert story.entry(short).name == full


@pytest.mark.parametrize(
    ("full", "short"), [("Annabel", "Anne"), ("Lucian", "Luce"), ("Yasmina", "Yaz"), ("Josette", "Jo")]
)
def test_told_by_narration_too_it_is_somebody_else(full: str, short: str) -> None:
    story = Named(f"[{full}] came in late. {LONG}[{short}] sat down. “I can’t be that any more, [{short}].”")
    assert story.apart(full, short)


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("Lucian", "Lucy"),
        ("Tas", "Ta"),
        ("Tashi", "Mash"),
        ("Vespera", "Vee"),
    ],
)
def test_another_gender_too_little_left_out_or_other_letters_are_another_name(full: str, short: str) -> None:
    assert Named(f"[{full}] came late. {LONG}“I can’t be that now, [{short}].” [Robin] left.").apart(
        full, short
    )


# ------------------------------------------------------------------ whatever calls them so
@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("Solveig", "Sol"), ("Soledad Ibarra", "Sol"), ("Lizaveta Andreyevna", "Liza"), ("Ilsabet", "Bet"),
        ("Babajide", "Jide"), ("Dong-wook", "Wook"), ("Tomasz", "Tomek"), ("Thandeka", "Thandi"),
        ("Adaeze", "Ada"), ("Emery", "Emmy"), ("Ansel", "Anse"), ("Tashi", "Tash"),
    ],
)  # fmt: skip
def test_a_name_that_begins_or_ends_a_longer_one_is_short_for_it(full: str, short: str) -> None:
    story = Named(f"[{full}] came in late. {LONG}[{short}] sat down. {LONG}[{full}] rose.")
    assert story.same(full, short)


@pytest.mark.parametrize(
    ("full", "short"),
    [
        pytest.param("Johnson", "John", id="a surname"),
        pytest.param("Mr. Tomasz", "Tom", id="behind a title"),
        pytest.param("Martha", "Mary", id="a name of her own"),
        pytest.param("Dons", "Don", id="several"),
        pytest.param("Solveig", "So", id="two letters"),
    ],
)
def test_other_names_are_two_peoples(full: str, short: str) -> None:
    story = Named(f"[{full}] came in late. {LONG}[{short}] sat down. {LONG}[{full}] rose.")
    assert story.apart(full, short)


@pytest.mark.parametrize(
    "text",
    [
        f"[Solveig] came in late. {LONG}[Soledad] rose. {LONG}[Sol] sat down.",
        f"[Solveig] and [Sol] came in late. {LONG}[Sol] sat down.",
    ],
)
def test_a_short_name_of_two_or_beside_the_long_one_stays_alone(text: str) -> None:
    story = Named(text)
    assert story.apart("Sol", "Solveig")


def test_in_a_whole_novel_likeness_is_chance() -> None:
    story = Named(f"[Solveig] came in late. {LONG * 1300}[Sol] sat down.")
    assert story.apart("Sol", "Solveig")


def test_among_hundreds_of_people_likeness_is_chance() -> None:
    letters = "bcdfghklmnprtv"
    crowd = " ".join(f"[{a.upper()}o{b}a{c}ig] came." for a in letters for b in letters for c in "lm")
    story = Named(f"[Solveig] came in late. {LONG}{crowd} {LONG}[Sol] sat down.")
    assert story.apart("Sol", "Solveig")


def test_a_short_name_may_have_an_honorific() -> None:
    story = Named(f"[Mori Haruki] came in late. {LONG}“Oh, [Haru-chan].” {LONG}[Haruki] left.")
    assert story.same("Haruki", "Haru-chan")


def test_an_honorific_alone_is_the_one_who_has_it() -> None:
    story = Named(f"“[Kurosawa-senpai]!” [Haruki] came in late. {LONG}“Wait, [Senpai].”")
    assert story.same("Kurosawa-senpai", "Senpai")


def test_what_ends_a_name_is_no_honorific() -> None:
    story = Named(f"[Minho] met [Min-ji]. {LONG}“Wait, [Ji].” {LONG}[Min-ji] left.")
    assert story.apart("Minho", "Min-ji")
    assert story.apart("Min-ji", "Ji")


def test_an_honorific_of_two_is_nobodys() -> None:
    story = Named(f"[Fujita-sensei] met [Mori-sensei]. {LONG}“Wait, [Sensei].”")
    assert story.apart("Fujita-sensei", "Sensei")
    assert story.apart("Mori-sensei", "Sensei")


@pytest.mark.parametrize(("one", "other"), [("Min-jae", "Minjae-ya"), ("Tae-oh", "Taeoh-hyung")])
def test_a_hyphen_makes_no_other_name(one: str, other: str) -> None:
    story = Named(f"[{one}] came in late. {LONG}“Sit down, [{other}].” [Robin] left.")
    assert story.same(one, other)


def test_a_style_names_nobody() -> None:
    story = Named(f"[Sabran] came in late. {LONG}“Sit down, [Highness].” “I will, [Your Grace].”")
    assert story.entities("Highness") + story.entities("Your Grace") == [-1, -1]
