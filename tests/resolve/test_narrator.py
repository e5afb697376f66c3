"""Who says "I" in the narration."""

from __future__ import annotations

import re

import numpy as np
import pytest
from tests.support.mentions import evidence_of

from fabula.resolve.coref import EntityBeliefs
from fabula.resolve.names import NameBeliefs, RosterEntry
from fabula.resolve.narrator import find_narrators
from fabula.types import Alias, Ints, Story

PEOPLE = ("Anna", "Corin", "Lionel", "Thomas")


def _find(text: str) -> tuple[Story, tuple[int, ...], int]:
    """The story, its narrators, and the first id that no name or mention can have."""
    words = [
        (m[0], "PROP" if m[0] in PEOPLE else "PRON")
        for m in re.finditer(r"\b(?:Anna|Corin|Lionel|Thomas|I|me)\b", text)
    ]
    story, evidence = evidence_of(text, words, lambda a, b: 0.0)
    column: Ints = np.asarray([PEOPLE.index(w) if w in PEOPLE else -1 for w, _ in words], dtype=np.int32)
    roster = tuple(RosterEntry(p, (Alias(p, 1),), "PER", (0.0, 0.0, 0.0), "sing", False) for p in PEOPLE)
    names = NameBeliefs(roster, column, np.ones(len(words), np.float32))
    ids = np.where(column >= 0, column, len(PEOPLE) + np.arange(len(words))).astype(np.int32)
    entities = EntityBeliefs(
        ids,
        np.ones(len(ids), np.float32),
        tuple(((int(e), 1.0),) for e in ids),
        len(PEOPLE),
        len(PEOPLE) + len(ids),
    )
    return story, find_narrators(story, evidence, names, entities), len(PEOPLE) + len(words)


def test_third_person_has_no_narrator() -> None:
    _, found, _ = _find("Anna sat down. She was tired.\n\n“I am late,” she said. “I know I am. I am.”\n")
    assert set(found) == {-1}


def test_an_unnamed_narrator_has_an_id_of_their_own() -> None:
    _, found, new = _find("I sat down. I was tired. Anna looked at me. I slept.\n")
    assert set(found) == {new}


def test_my_name_is() -> None:
    _, found, _ = _find("My name is Lionel. I sat down. Anna looked at me. I slept, and I woke.\n")
    assert set(found) == {PEOPLE.index("Lionel")}


def test_the_name_others_call() -> None:
    text = (
        "I sat down. Anna looked at me.\n\n“Where were you?” I said.\n\n“Lionel, sign it,” said Anna.\n\n"
        "I did.\n"
    )
    _, found, _ = _find(text)
    assert set(found) == {PEOPLE.index("Lionel")}


def test_whom_narration_names_is_somebody_else() -> None:
    text = "I sat down. Anna looked at me. Anna rose. Anna sang.\n\n“Anna, sign it,” I said.\n\nI slept.\n"
    _, found, new = _find(text)
    assert set(found) == {new}


def test_headings_name_narrators_in_turn() -> None:
    text = (
        "Chapter One: Anna\n\nI sat down. I was tired. Corin looked at me. I slept that night.\n\n"
        "Chapter Two: Corin\n\nI rose early. I was cold. Anna looked at me. I went out then.\n"
    )
    story, found, _ = _find(text)
    told = [found[k] for k, s in enumerate(story.segments) if s.kind == "body"]
    assert told == [PEOPLE.index("Anna"), PEOPLE.index("Corin")]


def test_a_point_of_view_whose_name_ends_in_s() -> None:
    text = (
        "Anna's POV\n\nI sat down. I was tired. Thomas looked at me. I slept that night.\n\n"
        "Thomas' POV\n\nI rose early. I was cold. Anna looked at me. I went out then.\n"
    )
    story, found, _ = _find(text)
    told = [found[k] for k, s in enumerate(story.segments) if s.kind == "body"]
    assert told == [PEOPLE.index("Anna"), PEOPLE.index("Thomas")]


def test_finding_twice_gives_the_same() -> None:
    text = "I sat down. I was tired. Anna looked at me. I slept.\n"
    assert _find(text)[1] == _find(text)[1]


SONG = "  Over the hill and under the tree\n  I lost my love and she lost me,\n  And I went home alone.\n"


def test_a_song_has_no_narrator() -> None:
    _, found, _ = _find(f"Anna sang to the goats.\n\n{SONG}{SONG}\nAnna went up the hill. The goats ate.\n")
    assert set(found) == {-1}


def test_a_story_told_in_verse_has_one() -> None:
    _, found, new = _find(f"{SONG}\n{SONG}\n{SONG}\n")
    assert set(found) == {new}


LETTER = "Dear Corin,\n\nI am well. I was ill, and I slept for a week.\n\nThe boat is late.\n\n"
EVER = "Yours ever,\n\n"
TOLD = "The lamp stood on the sill. Anna came, and Corin and Lionel and Thomas sat down by the water.\n\n"


def _writer(closing: str) -> int:
    """Who tells the letter that closes so; -1 for nobody whom the story names."""
    story, found, _ = _find(f"{TOLD}{LETTER}{closing}\n\n{TOLD}")
    (who,) = (found[k] for k, s in enumerate(story.segments) if s.kind == "letter")
    return who if who < len(PEOPLE) else -1


@pytest.mark.parametrize(
    "closing",
    [
        f"{EVER}Anna",
        f"{EVER}_Anna_",
        f"{EVER}Anna, who had the bag",
        "Your sister, Anna",
        "Your loving sister, Anna",
    ],
)
def test_a_letter_is_told_by_who_signs_it(closing: str) -> None:
    assert _writer(closing) == PEOPLE.index("Anna")


@pytest.mark.parametrize(
    "closing",
    [f"{EVER}Marta", f"{EVER}Marta, who had the bag", "Your sister, Marta", f"{EVER}Anna, Corin, Lionel"],
)
def test_a_letter_signed_by_nobody_known_or_by_several_is_told_by_somebody_else(closing: str) -> None:
    assert _writer(closing) == -1
