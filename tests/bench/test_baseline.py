"""The recency baseline on a passage small enough to decide by hand, and on LitBank dev."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from bench.settings import Settings

from bench import baseline


def passage(words: str, *mentions: tuple[int, str, str]) -> dict[str, Any]:
    """A document of space-separated words; mentions are (token, entity, kind)."""
    starts, at = [], 0
    for word in words.split():
        starts.append(at)
        at += len(word) + 1
    tokens = words.split()
    return {
        "text": words,
        "mentions": [
            {
                "start": starts[t],
                "end": starts[t] + len(tokens[t]),
                "token_start": t,
                "token_end": t + 1,
                "type": "PER",
                "kind": kind,
                "entity": who,
            }
            for t, who, kind in mentions
        ],
    }


def test_the_most_recent_of_the_gender_is_taken_and_an_error_is_passed_on() -> None:
    document = passage(
        "Tom met Ann and Jim . He smiled ; she left . He followed her",
        (0, "tom", "PROP"),
        (2, "ann", "PROP"),
        (4, "jim", "PROP"),
        (6, "tom", "PRON"),
        (9, "ann", "PRON"),
        (12, "jim", "PRON"),
        (14, "ann", "PRON"),
    )
    # "He" is taken for Jim: wrong, with a rival near. "she": right, no rival. The second "He" follows the
    # first, to Jim: right. "her": right.
    assert baseline.cases(document) == [(False, True), (True, False), (True, True), (True, False)]


def test_other_pronouns_are_no_antecedents_and_nobody_known_is_wrong() -> None:
    document = passage("He said I know him", (0, "tom", "PRON"), (2, "jim", "PRON"), (4, "jim", "PRON"))
    assert [ok for ok, _ in baseline.cases(document)] == [False, False]


def test_a_mention_that_contains_the_pronoun_is_no_antecedent() -> None:
    document = passage(
        "Ann saw the girl in her hat . She waved",
        (0, "ann", "PROP"),
        (2, "girl", "NOM"),
        (5, "ann", "PRON"),
        (8, "girl", "PRON"),
    )
    document["mentions"][1]["token_end"] = 7  # the girl in her hat
    assert [ok for ok, _ in baseline.cases(document)] == [True, False]


def test_litbank_dev_comes_near_the_figures_of_the_design(litbank_dev: Path, tmp_path: Path) -> None:
    found = baseline.run(Settings(litbank_dev.parents[1], Path("unused"), tmp_path, resamples=0)).figures
    assert found["he/she accuracy"].value == pytest.approx(80.5, abs=1)
    assert found["he/she accuracy, same-gender rival near"].value == pytest.approx(68.0, abs=1)
    assert found["he/she accuracy"].n == 980
