"""Values compare by what they say, also those that hold arrays."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from fabula.contract import from_dict, to_dict
from fabula.types import MentionSpans, Syntax, TokenSpans
from tests.support.fake import ferry, flat_syntax, surface


def test_two_analyses_that_say_the_same_are_equal() -> None:
    one = ferry()
    other = replace(one, story=surface(one.story.text), syntax=flat_syntax(one.story))
    again = replace(one, story=surface(one.story.text), syntax=flat_syntax(one.story))
    assert other == again
    assert other.story.tokens.start is not again.story.tokens.start


def test_what_was_saved_and_loaded_twice_is_equal() -> None:
    saved = to_dict(ferry())
    assert from_dict(saved) == from_dict(saved)


def test_analyses_that_differ_in_one_number_of_an_array_are_not_equal() -> None:
    one = ferry()
    head = one.syntax.head.copy()
    head[0] = head[0] + 1
    assert replace(one, syntax=replace(one.syntax, head=head)) != one
    shorter = TokenSpans(one.story.tokens.start[:-1], one.story.tokens.end[:-1])
    assert replace(one, story=replace(one.story, tokens=shorter)) != one


def test_values_of_other_kinds_are_not_equal() -> None:
    none = np.zeros(0, np.int32)
    spans = TokenSpans(none, none)
    assert spans != MentionSpans(none, none, none, none, none, np.zeros(0, np.float32))
    assert spans != Syntax((), (), (), none, ())
    assert spans != "spans"
