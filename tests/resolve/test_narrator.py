"""Who says "I" in the narration."""

from __future__ import annotations

import re

import numpy as np
import pytest
from tests.support.mentions import evidence_of

from fabula.heads.evidence import Evidence
from fabula.resolve.coref import EntityBeliefs
from fabula.resolve.letter_writers import readers_own
from fabula.resolve.names import NameBeliefs, RosterEntry
from fabula.resolve.narrated_parts import told_of_you
from fabula.resolve.narrator import find_narrators
from fabula.types import Alias, Ints, Story

PEOPLE = ("Anna", "Corin", "Lionel", "Thomas")


def _read(text: str, words: str) -> tuple[Story, Evidence, NameBeliefs, list[str]]:
    """The story, with PEOPLE and these words ("I|me") as its mentions, and what each mention says."""
    found = [m[0] for m in re.finditer(rf"\b(?:{'|'.join(PEOPLE)}|{words})\b", text)]
    kinds = [(w, "PROP" if w in PEOPLE else "PRON") for w in found]
    story, evidence = evidence_of(text, kinds, lambda a, b: 0.0)
    column: Ints = np.asarray([PEOPLE.index(w) if w in PEOPLE else -1 for w in found], dtype=np.int32)
    roster = tuple(RosterEntry(p, (Alias(p, 1),), "PER", (0.0, 0.0, 0.0), "sing", False) for p in PEOPLE)
    return story, evidence, NameBeliefs(roster, column, np.ones(len(found), np.float32)), found


def _find(text: str, words: str = "I|me", him: int = -1) -> tuple[Story, tuple[int, ...], int]:
    """The story, its narrators, and the first id that no name or mention can have.

    Every "him" and "He" means the person ``him``.
    """
    story, evidence, names, found = _read(text, words)
    n = len(found)
    ids = np.where(names.entity >= 0, names.entity, len(PEOPLE) + np.arange(n)).astype(np.int32)
    ids[[k for k, w in enumerate(found) if w in ("him", "He")]] = him
    beliefs = tuple(((int(e), 1.0),) for e in ids)
    entities = EntityBeliefs(ids, np.ones(n, np.float32), beliefs, len(PEOPLE), len(PEOPLE) + n)
    return story, find_narrators(story, evidence, names, entities).entity, len(PEOPLE) + n


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


SCENE = "I sat down. I was tired. I said nothing.\n\n“{}” said the mate.\n\nI did so. I was late.\n"


@pytest.mark.parametrize("line", ["Lionel, sign it,", "Lionel."])
def test_a_name_called_once_is_enough(line: str) -> None:
    _, found, _ = _find(SCENE.format(line))
    assert set(found) == {PEOPLE.index("Lionel")}


def test_whom_i_call_is_not_me() -> None:
    text = (
        "I sat. I was tired.\n\n“Lionel, get up off the floor,” I said.\n\n“Lionel, sign it,” said the mate."
        "\n\nI slept.\n"
    )
    _, found, new = _find(text)
    assert set(found) == {new}


def test_a_name_that_i_give_alone_may_be_mine() -> None:
    text = "I sat. I was tired.\n\n“Lionel,” I said.\n\n“Lionel, sign it,” said the mate.\n\nI slept.\n"
    _, found, _ = _find(text)
    assert set(found) == {PEOPLE.index("Lionel")}


def test_whom_others_speak_of_is_not_me() -> None:
    text = (
        "I sat down. I was tired. I said nothing.\n\n“Thomas, wake up,” said the mate.\n\n"
        "“Thomas! You know him. He never wakes. Ask him yourself,” said the cook.\n\nI slept.\n"
    )
    thomas, corin = PEOPLE.index("Thomas"), PEOPLE.index("Corin")
    _, found, new = _find(text, "I|him|He", him=thomas)
    assert set(found) == {new}
    _, found, _ = _find(text, "I|him|He", him=corin)
    assert set(found) == {thomas}


def test_a_paper_names_who_wrote_it() -> None:
    told = "I sat down. I was tired. Corin looked at me. I slept that night.\n\n"
    text = f"Statement of Anna\n\n{told * 3}Statement of Thomas\n\n{told * 3}"
    story, found, _ = _find(text)
    told_by = [found[k] for k, s in enumerate(story.segments) if s.kind == "body"]
    assert told_by == [PEOPLE.index("Anna"), PEOPLE.index("Thomas")]


@pytest.mark.parametrize(("closing", "name"), [("A.", "Anna"), ("L.", "Lionel"), ("X.", ""), ("T. C.", "")])
def test_initials_sign_a_letter(closing: str, name: str) -> None:
    assert _writer(f"{EVER}{closing}") == (PEOPLE.index(name) if name else -1)


def test_parts_that_end_in_names_are_letters() -> None:
    told = "The boat is late. I am well, I think. I sleep.\n\n"
    text = f"{told}Anna\n\n* * *\n\n{told}C.\n\n* * *\n\n{told}Anna\n"
    story, found, _ = _find(text)
    told_by = [found[k] for k, s in enumerate(story.segments) if s.kind == "body"]
    assert told_by == [PEOPLE.index("Anna"), PEOPLE.index("Corin"), PEOPLE.index("Anna")]


@pytest.mark.parametrize(
    ("last", "signed"),
    [("“Anna?”", 0), ("“Anna!”", 0), ("Anna.", 0), ("A. N. O.", 0), ("Anna", 2), ("A.", 2)],
)
def test_scenes_that_end_in_a_name_are_not(last: str, signed: int) -> None:
    told = f"The boat is late. Corin is well, and I sleep.\n\n{last}\n\n"
    _, found, _ = _find(f"{told}* * *\n\n{told}")
    assert found.count(PEOPLE.index("Anna")) == signed


PAPER = (
    "*I am well. I was ill, and I slept for a week, and the boat is late, and the lamp is out. I miss you.{}*"
)


@pytest.mark.parametrize(
    ("before", "end", "name"),
    [
        ("Corin found it. ", " Anna.", "Anna"),
        ("It was Anna’s diary. ", "", "Anna"),
        ("The letter from Lionel lay there. ", "", "Lionel"),
        ("Thomas had written it in pencil. ", "", "Thomas"),
        ("Corin found it. ", "", ""),
    ],
)
def test_who_wrote_what_is_in_italics(before: str, end: str, name: str) -> None:
    text = f"{before}{TOLD}{PAPER.format('')}\n\n{TOLD}{PAPER.format(end)}\n\n{TOLD}"
    story, found, new = _find(text)
    (who,) = {found[k] for k, s in enumerate(story.segments) if s.kind == "letter"}
    assert {found[k] for k, s in enumerate(story.segments) if s.kind == "body"} == {-1}
    assert who == PEOPLE.index(name) if name else who >= new


YOU = "I am well, and I hope that you are. I miss you. “You came,” he said.\n\nThe boat is late.\n\n"


def _readers(text: str) -> list[int]:
    """To whom each "you" outside quotes is said, -1 for nobody known; who tells is the letters' writer."""
    story, evidence, names, words = _read(text, "I|you")
    narrators = []
    for s in story.segments:
        signed = story.text[s.start : s.end].rstrip().rpartition("\n")[2]
        narrators.append(PEOPLE.index(signed) if s.kind == "letter" and signed in PEOPLE else -1)
    found = readers_own(story, evidence, names, narrators)
    return [found.get(k, -1) for k, w in enumerate(words) if w == "you"]


def test_you_in_a_letter_is_whom_it_greets() -> None:
    assert _readers(f"{TOLD}Dear Corin,\n\n{YOU}Yours ever,\n\nAnna\n\n{TOLD}") == [PEOPLE.index("Corin")] * 2


@pytest.mark.parametrize("greeting", ["Dear Corin, dear Thomas,", "Dear Corin and Thomas,"])
def test_you_in_a_letter_to_two_is_not_one_of_them(greeting: str) -> None:
    assert _readers(f"{TOLD}{greeting}\n\n{YOU}Yours ever,\n\nAnna\n\n{TOLD}") == [-1] * 2


def test_you_in_letters_between_two_is_the_other() -> None:
    anna, corin = PEOPLE.index("Anna"), PEOPLE.index("Corin")
    first, second = (f"Dear friend,\n\n{YOU}Yours ever,\n\n{who}\n\n" for who in ("Anna", "Corin"))
    assert _readers(first + second) == [corin] * 2 + [anna] * 2
    assert _readers(first) == [-1] * 2


def test_you_elsewhere_is_not_known() -> None:
    assert _readers(f"{TOLD}I miss you.\n\n") == [-1]


# ------------------------------------------------------------------ told of "you"
YOU = "You sit down. Your coat is wet. You look at your hands, and you laugh. Anna looks at you.\n\n"


def test_a_story_told_of_you_has_one_who_is_you() -> None:
    _, found, new = _find(YOU, "You|you|Your|your")
    assert set(found) == {new}


def test_whom_others_call_in_a_story_told_of_you() -> None:
    text = YOU + "“Where were they?” you say.\n\n“Lionel, sign it,” says Anna.\n\nYou do.\n"
    _, found, _ = _find(text, "You|you|Your|your|they")
    assert set(found) == {PEOPLE.index("Lionel")}


def test_whom_you_call_is_somebody_else() -> None:
    text = YOU + "“Sit down,” you tell her. “I am late again today, Lionel.”\n\nYou sit.\n"
    _, found, new = _find(text, "You|you|Your|your|her|I")
    assert set(found) == {new}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Anna sat down. You could have heard a pin. You never knew with her.\n", id="anybody"),
        pytest.param("“You sit. Your coat. You. Your hat. You. You. You,” said Anna.\n", id="in talk"),
        pytest.param(YOU.replace("You ", "I saw you. I "), id="told by I"),
    ],
)
def test_you_may_be_nobody_told_of(text: str) -> None:
    story, evidence, _, _ = _read(text, "You|you|Your|your|I")
    assert told_of_you(story, evidence) == frozenset()


def test_you_of_a_letter_is_its_reader() -> None:
    said = "You left your hat. You and your hat! You know that you will come for it, Anna."
    text = f"It rained.\n\nDear Anna,\n\n{said}\n\nCorin\n"
    story, evidence, _, _ = _read(text, "You|you|your")
    assert told_of_you(story, evidence) == frozenset()
