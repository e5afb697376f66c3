"""Names that the person model is asked about in training: those that only talk uses, and second names."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="torch is needed for training alone and is not installed")

STORY = """@cast Ilse: Doctor Bratt
@cast Marta:

Ilse sat down. {{Marta>Ilse|“Doctor Bratt!”}} said Marta. Ilse and Marta waited.
"""


class _Halves(random.Random):
    """Every draw falls just under a half."""

    def random(self) -> float:
        return 0.49


@pytest.fixture
def marked(tmp_path: Path) -> Path:
    path = tmp_path / "waiting.mark"
    path.write_text(STORY, encoding="utf-8")
    return path


def test_names_that_only_talk_uses_or_that_another_entry_names_are_asked_after(marked: Path) -> None:
    from training.person_data import from_marks
    from training.person_read import Read, doubted_names

    people = from_marks(marked)
    at = {word: k for k, word in reversed(list(enumerate(people.tokens)))}
    ilse, bratt, marta = range(3)
    spans = [(at["Ilse"], ilse), (at["Doctor"], bratt), (at["Marta"], marta)]
    names = np.asarray([(a, a + 1, e) for a, e in spans])
    nothing = np.zeros((0, 5), int)
    slots = {ilse: 2, bratt: 3, marta: 4}

    def asked(who: dict[int, int], columns: dict[int, list[int]]) -> set[int]:
        read = Read(people, None, who, names, nothing, nothing)  # type: ignore[arg-type]
        return doubted_names(read, slots, columns, _Halves())

    assert asked({ilse: 0, bratt: 0, marta: 1}, {0: [2, 3], 1: [4]}) == {bratt}
    assert asked({ilse: 0, bratt: 1, marta: 0}, {0: [2, 4], 1: [3]}) == {bratt, marta}


def test_a_second_name_is_one_of_several_and_not_the_longest(marked: Path) -> None:
    from training.person_data import from_marks
    from training.person_windows import second_names

    people = from_marks(marked)
    found = [second_names(people, [0, 1], random.Random(seed)) for seed in range(40)]
    assert {form for some in found for form in some.values()} == {"Ilse"}
    assert 0 < sum(map(bool, found)) < 40, "now and then"
    assert all(set(some) <= {0} for some in found), "Marta has one name"
