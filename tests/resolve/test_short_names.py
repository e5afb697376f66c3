"""Given names that are short for one another."""

from __future__ import annotations

import pytest

from fabula.resolve.short_names import same_given, short_keys


@pytest.mark.parametrize(
    ("a", "b", "fit"),
    [
        ("anna", "anna", 1.0),
        ("bill", "william", 0.8),
        ("j", "john", 0.5),
        ("j", "anna", 0.0),
        ("siddy", "sid", 0.8),
        ("siddy", "siddie", 0.6),
        ("sasha", "aleksandr", 0.8),
        ("tibi", "tibor", 0.8),
        ("kel", "kelsier", 0.6),
        ("betsy", "lizzie", 0.4),
        ("mary", "march", 0.0),
        ("jane", "anna", 0.0),
        ("", "anna", 0.0),
    ],
)
def test_given_names_of_one_person(a: str, b: str, fit: float) -> None:
    assert same_given(a, b) == same_given(b, a) == fit
    if fit > 0.5:
        assert set(short_keys(a)) & set(short_keys(b))
