"""A name found on one page is found on the next; one that the detector nearly took is one."""

from __future__ import annotations

import numpy as np
import pytest
from tests.heads.keeper import at, keeper_of, missed

from fabula.text import read_text


def test_a_name_known_elsewhere_is_taken_up() -> None:
    story = read_text("Imre sat down. The lamp was low, and Imre slept. We waited for Prague.\n")
    first = at(story, "Imre")[0]
    assert missed(story, [(first, first + 1, 0, 0)]) == ["Imre"]


def test_an_ordinary_word_that_opens_a_sentence_is_no_name() -> None:
    story = read_text("They called to Will from the door. Will you come? He said he will come.\n")
    first = at(story, "Will")[0]
    assert missed(story, [(first, first + 1, 0, 0)]) == []


def test_places_and_doubtful_strings_are_left_alone() -> None:
    story = read_text("They went to Florence. They saw Florence, and wrote of Florence.\n")
    a, b, _ = at(story, "Florence")
    assert missed(story, [(a, a + 1, 2, 0)]) == []
    assert missed(story, [(a, a + 1, 2, 0), (b, b + 1, 0, 0)]) == []


def test_the_last_word_of_a_full_name_is_a_name_too() -> None:
    story = read_text("Emeka Okafor knocked. She let Okafor in.\n")
    assert missed(story, [(0, 2, 0, 0)]) == ["Okafor"]


def test_a_known_name_taken_for_a_description_becomes_a_name() -> None:
    story = read_text("Noor came in. So Noor sat, and Noor ate. Then Noor and the boy left.\n")
    a, c, d, b = at(story, "Noor")
    boy = at(story, "the")[0]
    keeper = keeper_of(
        story, [(a, a + 1, 0, 0), (c, c + 1, 0, 0), (d, d + 1, 0, 0), (b, b + 1, 0, 1), (boy, boy + 2, 0, 1)]
    )
    start, end = np.asarray([a, b, boy], np.int32), np.asarray([a + 1, b + 1, boy + 2], np.int32)
    kind = keeper.kinds(start, end, np.zeros(3, np.int32), np.asarray([0, 1, 1], np.int32))
    assert kind.tolist() == [0, 0, 1]


def test_what_the_detector_nearly_took_is_a_name_but_no_day_number_or_ordinary_word() -> None:
    story = read_text("on the stairs stood Wambui. On Tuesday they came on for Eleven.\n")
    assert missed(story, [], logit=-1.0) == ["Wambui"]
    assert missed(story, [], logit=-3.0) == []


def test_of_a_long_stretch_in_capitals_only_what_may_be_a_name_is_kept() -> None:
    story = read_text("it is said that THE BRIDGE IS DOWN.\n")
    assert len(keeper_of(story, [])._span) == 5
    assert len(keeper_of(story, [], logit=-1.0)._span) == 10


def test_a_word_without_a_capital_is_no_name_where_names_have_one() -> None:
    story = read_text("Imre ate gravy. So imre left.\n")
    keeper = keeper_of(story, [(0, 1, 0, 0), (2, 3, 0, 0), (5, 6, 0, 0)])
    start, end = np.asarray([0, 2, 5]), np.asarray([1, 3, 6])
    kinds = keeper.kinds(start, end, np.zeros(3, np.int32), np.zeros(3, np.int32))
    assert kinds.tolist() == [0, 1, 0]
    story = read_text("imre ate gravy.\n")
    keeper = keeper_of(story, [(0, 1, 0, 0), (2, 3, 0, 0)])
    kinds = keeper.kinds(start[:2], end[:2], np.zeros(2, np.int32), np.zeros(2, np.int32))
    assert kinds.tolist() == [0, 0]


def test_nobody_is_no_name_though_it_looks_like_one() -> None:
    story = read_text("Nobody came. Imre slept.\n")
    assert keeper_of(story, [(3, 4, 0, 0)], logit=-1.0).missed().start.tolist() == []


@pytest.mark.parametrize("word", ["Dad", "Captain", "Grandmother", "Father"])
def test_a_title_that_stands_alone_with_a_capital_is_a_name(word: str) -> None:
    assert _kind_of(f"They found {word} asleep.\n", word) == 0


@pytest.mark.parametrize("word", ["Sir", "sir", "captain", "Lady", "Milord", "Lodger"])
def test_a_form_of_address_or_a_title_without_a_capital_is_none(word: str) -> None:
    assert _kind_of(f"They found {word} asleep.\n", word) == 1


def test_a_title_with_other_words_stays_a_description() -> None:
    story = read_text("They found Captain Hook asleep, and His Captain too.\n")
    a, b = at(story, "Captain")
    keeper = keeper_of(story, [(a, a + 2, 0, 1), (b - 1, b + 1, 0, 1)])
    start, end = np.asarray([a, b - 1]), np.asarray([a + 2, b + 1])
    assert keeper.kinds(start, end, np.zeros(2, np.int32), np.ones(2, np.int32)).tolist() == [1, 1]


@pytest.mark.parametrize("title_found", [False, True])
def test_a_title_before_a_missed_name_belongs_to_it(title_found: bool) -> None:
    story = read_text("Hadewych sat. The bell rang, and Sister Hadewych rose.\n")
    title = at(story, "Sister")[0]
    found = [(0, 1, 0, 0), *([(title, title + 1, 0, 1)] if title_found else [])]
    assert missed(story, found) == ["Sister Hadewych"]


def test_a_title_before_a_name_that_was_nearly_taken_belongs_to_it_too() -> None:
    story = read_text("the bell rang, and Sister Hadewych rose.\n")
    title = at(story, "Sister")[0]
    assert missed(story, [(title, title + 1, 0, 1)], logit=-1.0) == ["Sister Hadewych"]


def test_a_name_or_a_word_in_a_longer_mention_is_no_title_of_the_next() -> None:
    story = read_text("Hadewych sat. They saw Bunny Hadewych, and the old Sister Hadewych knew.\n")
    bunny, sister = at(story, "Bunny")[0], at(story, "Sister")[0]
    assert missed(story, [(0, 1, 0, 0), (bunny, bunny + 1, 0, 0)]) == ["Hadewych", "Sister Hadewych"]
    assert missed(story, [(0, 1, 0, 0), (sister - 2, sister + 1, 0, 1)]) == ["Hadewych", "Hadewych"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("it was signed by Bertrand\n\nHaifa, which was cold.\n", ["Bertrand", "Haifa"]),
        ("it was signed by Bertrand. Haifa was cold.\n", ["Bertrand", "Haifa"]),
        ("it was signed by Bertrand Haifa.\n", ["Bertrand Haifa"]),
    ],
)
def test_no_missed_name_runs_over_the_end_of_a_sentence_or_paragraph(text: str, names: list[str]) -> None:
    assert missed(read_text(text), [], logit=-1.0) == names


def _kind_of(text: str, word: str, found: int = 1) -> int:
    """The kind that a mention of one word, found as ``found``, comes out as."""
    story = read_text(text)
    t = at(story, word)[0]
    one = np.asarray([t], np.int32)
    kinds = keeper_of(story, [(t, t + 1, 0, found)]).kinds(
        one, one + 1, 0 * one, np.asarray([found], np.int32)
    )
    return int(kinds[0])


@pytest.mark.parametrize("found", [0, 1])
def test_a_title_that_only_talk_uses_is_whoever_hears_it(found: int) -> None:
    assert _kind_of("“It makes no sense, Coach,” he said. The old man sighed.\n", "Coach", found) == 1
    assert _kind_of("“Sit, Captain.” Captain Orr sat. “I will.”\n", "Captain", found) == 1


@pytest.mark.parametrize("found", [0, 1])
def test_a_title_that_the_story_tells_with_is_a_name(found: int) -> None:
    assert _kind_of("“It makes no sense, Coach,” he said. Then Coach sighed.\n", "Coach", found) == 0
