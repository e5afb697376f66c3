"""Names with a slip in them, and names that are only alike."""

from __future__ import annotations

import pytest
from tests.resolve.named import Named

from fabula.resolve.misspelt import corrected, slips

REST = "The rain went on. It had been raining for a week and would rain for another. "


def _found(names: str, far: int = 20) -> dict[str, str]:
    return slips((name, far * i) for i, name in enumerate(names.split(", ")))


@pytest.mark.parametrize(
    ("names", "slip"),
    [
        ("Halvard, Halvard, Havlard", {"havlard": "Halvard"}),
        ("Mr. Haskell, Haskell, Haksell", {"haksell": "Haskell"}),
        ("Tom Considine, Considine, Cosnidine", {"cosnidine": "Considine"}),
        ("Halvard, Halvard, Halvard, Halvard, Halvrd", {"halvrd": "Halvard"}),
        ("Halvard, Halvard, Halvard, Halvard, Hallvard", {"hallvard": "Halvard"}),
        ("Halvard, Halvard, Halvard, Halvard, Halverd", {"halverd": "Halvard"}),
        ("Imre, Imreee", {"imreee": "Imre"}),
        ("Tomas, Tooomas", {"tooomas": "Tomas"}),
        ("Aaron, Aaaaron", {"aaaaron": "Aaron"}),
    ],
)
def test_a_slip(names: str, slip: dict[str, str]) -> None:
    assert _found(names) == slip


@pytest.mark.parametrize(
    "names",
    [
        "Marian, Marian, Marian, Marian, Marion",
        "Helen, Helen, Helen, Helen, Helena",
        "Halvard, Havlard",
        "Halvard, Halvard, Halvard, Halverd",
        "Balin, Balin, Balin, Balin, Dalin",
        "Imre, Imre, Imre, Imre, Irme",
        "Baker, Baker, Baker, Baker, Barker, Becker, Barker",
        "Charles III, Charles II, Charles II",
    ],
)
def test_no_slip(names: str) -> None:
    assert _found(names) == {}


def test_two_who_stand_side_by_side_are_two() -> None:
    assert _found("Strand, Strand, Strand, Strand, Starnd", far=5) == {}


def test_in_a_long_text_one_letter_is_no_slip() -> None:
    assert _found("Clump, Clump, Clump, Clump, Crump", far=10_000) == {}
    assert _found("Clump, Clump, Clump, Clump, Culmp", far=10_000) == {"culmp": "Clump"}


def test_a_name_is_put_right_word_by_word() -> None:
    assert corrected("Mr. Tom Cosnidine", {"cosnidine": "Considine"}) == "Mr. Tom Considine"
    assert corrected("Tom", {}) == "Tom"


def test_who_is_misspelt_is_one_person() -> None:
    story = Named(
        f"[Halvard Lind] came in. {REST}[Halvard] sat down. {REST}“Well?” asked [Havlard]. {REST}[Lind] left."
    )
    assert story.same("Halvard", "Havlard")
    assert story.entry("Havlard").name == "Halvard Lind"
