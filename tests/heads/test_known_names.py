"""A name found on one page is found on the next; one that the detector nearly took is one."""

from __future__ import annotations

import numpy as np

from fabula.heads.known_names import NameKeeper
from fabula.heads.mentions import WindowMentions
from fabula.text import read_text
from fabula.types import Ints, Story

WIDTH = 4


def _weights(logit: float = -9.0) -> dict[str, np.ndarray]:
    """Weights under which every span has this logit, and is a person's name if it is a mention."""
    label = np.zeros(9, np.float32)
    label[[0, 6]] = 1.0
    return {
        "mentions.start.weight": np.zeros((2, WIDTH), np.float32),
        "mentions.start.bias": np.zeros(2, np.float32),
        "mentions.end.weight": np.zeros((2, WIDTH), np.float32),
        "mentions.end.bias": np.zeros(2, np.float32),
        "mentions.bilinear.weight": np.zeros((2, 2), np.float32),
        "mentions.bilinear.bias": np.zeros(2, np.float32),
        "mentions.start_bias.weight": np.zeros((1, 2), np.float32),
        "mentions.start_bias.bias": np.asarray([logit], np.float32),
        "mentions.end_bias.weight": np.zeros((1, 2), np.float32),
        "mentions.end_bias.bias": np.zeros(1, np.float32),
        "mentions.length.weight": np.zeros((30, 1), np.float32),
        "mentions.label_in.weight": np.zeros((2, 2 * WIDTH), np.float32),
        "mentions.label_in.bias": np.zeros(2, np.float32),
        "mentions.label_out.weight": np.zeros((9, 2), np.float32),
        "mentions.label_out.bias": label,
        "pairs.attention.weight": np.zeros((1, WIDTH), np.float32),
        "pairs.attention.bias": np.zeros(1, np.float32),
        "pairs.mention_span.weight": np.ones((3, 3 * WIDTH), np.float32),
        "pairs.mention_span.bias": np.zeros(3, np.float32),
    }


def _keeper(story: Story, found: list[tuple[int, int, int, int]], logit: float = -9.0) -> NameKeeper:
    """``found``: start, end, type, kind of the detected mentions; all other spans have ``logit``."""
    n = len(story.tokens)
    keeper = NameKeeper(story, _weights(logit))
    rows: Ints = np.asarray(found, np.int32).reshape(-1, 4)
    m = WindowMentions(rows[:, 0], rows[:, 1], rows[:, 2], rows[:, 3], np.ones(len(rows), np.float32))
    keeper.add(0, np.ones((n, WIDTH), np.float32), np.full(n, 9), m)
    return keeper


def _at(story: Story, word: str) -> list[int]:
    return [i for i in range(len(story.tokens)) if story.token_text(i) == word]


def _missed(story: Story, found: list[tuple[int, int, int, int]], logit: float = -9.0) -> list[str]:
    m = _keeper(story, found, logit).missed()
    assert m.vectors.shape == (len(m.start), 3)
    return [
        " ".join(story.token_text(t) for t in range(a, b))
        for a, b in zip(m.start.tolist(), m.end.tolist(), strict=True)
    ]


def test_a_name_known_elsewhere_is_taken_up() -> None:
    story = read_text("Imre sat down. The lamp was low, and Imre slept. We waited for Prague.\n")
    first = _at(story, "Imre")[0]
    assert _missed(story, [(first, first + 1, 0, 0)]) == ["Imre"]


def test_an_ordinary_word_that_opens_a_sentence_is_no_name() -> None:
    story = read_text("They called to Will from the door. Will you come? He said he will come.\n")
    first = _at(story, "Will")[0]
    assert _missed(story, [(first, first + 1, 0, 0)]) == []


def test_places_and_doubtful_strings_are_left_alone() -> None:
    story = read_text("They went to Florence. They saw Florence, and wrote of Florence.\n")
    a, b, _ = _at(story, "Florence")
    assert _missed(story, [(a, a + 1, 2, 0)]) == []
    assert _missed(story, [(a, a + 1, 2, 0), (b, b + 1, 0, 0)]) == []


def test_the_last_word_of_a_full_name_is_a_name_too() -> None:
    story = read_text("Emeka Okafor knocked. She let Okafor in.\n")
    assert _missed(story, [(0, 2, 0, 0)]) == ["Okafor"]


def test_a_known_name_taken_for_a_description_becomes_a_name() -> None:
    story = read_text("Noor came in. So Noor sat, and Noor ate. Then Noor and the boy left.\n")
    a, c, d, b = _at(story, "Noor")
    boy = _at(story, "the")[0]
    keeper = _keeper(
        story, [(a, a + 1, 0, 0), (c, c + 1, 0, 0), (d, d + 1, 0, 0), (b, b + 1, 0, 1), (boy, boy + 2, 0, 1)]
    )
    start, end = np.asarray([a, b, boy], np.int32), np.asarray([a + 1, b + 1, boy + 2], np.int32)
    kind = keeper.kinds(start, end, np.zeros(3, np.int32), np.asarray([0, 1, 1], np.int32))
    assert kind.tolist() == [0, 0, 1]


def test_what_the_detector_nearly_took_is_a_name_but_no_day_number_or_ordinary_word() -> None:
    story = read_text("on the stairs stood Wambui. On Tuesday they came on for Eleven.\n")
    assert _missed(story, [], logit=-1.0) == ["Wambui"]
    assert _missed(story, [], logit=-3.0) == []


def test_of_a_long_stretch_in_capitals_only_what_may_be_a_name_is_kept() -> None:
    story = read_text("THE BRIDGE IS DOWN\n")
    assert len(_keeper(story, [])._span) == 5
    assert len(_keeper(story, [], logit=-1.0)._span) == 10


def test_a_word_without_a_capital_is_no_name_where_names_have_one() -> None:
    story = read_text("Imre ate gravy. So imre left.\n")
    keeper = _keeper(story, [(0, 1, 0, 0), (2, 3, 0, 0), (5, 6, 0, 0)])
    start, end = np.asarray([0, 2, 5]), np.asarray([1, 3, 6])
    kinds = keeper.kinds(start, end, np.zeros(3, np.int32), np.zeros(3, np.int32))
    assert kinds.tolist() == [0, 1, 0]
    story = read_text("imre ate gravy.\n")
    keeper = _keeper(story, [(0, 1, 0, 0), (2, 3, 0, 0)])
    kinds = keeper.kinds(start[:2], end[:2], np.zeros(2, np.int32), np.zeros(2, np.int32))
    assert kinds.tolist() == [0, 0]


def test_nobody_is_no_name_though_it_looks_like_one() -> None:
    story = read_text("Nobody came. Imre slept.\n")
    assert _keeper(story, [(3, 4, 0, 0)], logit=-1.0).missed().start.tolist() == []
