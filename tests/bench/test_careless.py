"""Labels move with a text that is rewritten."""

from __future__ import annotations

import pytest
from bench.careless import KINDS, rewritten

TEXT = "“You’re late,” said Imre. He didn’t get up.\n\n“Am I?” asked Halvard.\n\n“You know it!” Imre said.\n"
GOLD = {
    "names": [
        {"start": 20, "end": 24, "who": "Imre"},
        {"start": 59, "end": 66, "who": "Halvard"},
        {"start": 84, "end": 88, "who": "Imre"},
    ],
    "pronouns": [
        {"start": 26, "end": 28, "text": "He", "who": "Imre"},
        {"start": 49, "end": 50, "text": "I", "who": "Halvard"},
    ],
    "quotes": [
        {"start": 0, "end": 14, "speaker": "Imre", "to": "Halvard"},
        {"start": 45, "end": 52, "speaker": "Halvard", "to": "Imre"},
        {"start": 69, "end": 83, "speaker": "Imre", "to": "Halvard"},
    ],
}


def test_the_sample_is_labelled_as_it_says() -> None:
    assert [TEXT[x["start"] : x["end"]] for x in GOLD["names"]] == ["Imre", "Halvard", "Imre"]
    assert [TEXT[x["start"] : x["end"]] for x in GOLD["pronouns"]] == ["He", "I"]
    assert [TEXT[x["start"]] + TEXT[x["end"] - 1] for x in GOLD["quotes"]] == ["“”"] * 3


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("as written", TEXT),
        ("full stops", TEXT.replace("late,” said", "late.” Said").replace("?” asked", "?” Asked")),
        ("comma outside", TEXT.replace(",”", "”,")),
        ("no comma", TEXT.replace(",”", "”")),
        ("small i", TEXT.replace(" I?", " i?")),
        ("no capitals", TEXT.lower()),
        ("one block", TEXT.replace("\n\n", " ")),
        ("run together", TEXT.replace("\n\n", " ", 1)),
        ("no apostrophes", TEXT.replace("didn’t", "didnt")),
        ("loud", TEXT.replace("!", "!!!").replace("?", "??")),
    ],
)
def test_each_habit(kind: str, expected: str) -> None:
    text, gold = rewritten(TEXT, GOLD, KINDS[kind](TEXT, GOLD))
    assert text == expected
    assert [text[x["start"] : x["end"]].lower() for x in gold["names"]] == ["imre", "halvard", "imre"]
    assert [text[x["start"] : x["end"]].lower() for x in gold["pronouns"]] == ["he", "i"]
    assert all(text[x["start"]] == "“" and text[x["end"] - 1] == "”" for x in gold["quotes"])
    assert all(x["text"] == text[x["start"] : x["end"]] for x in gold["pronouns"])
    assert GOLD["pronouns"][1]["text"] == "I"


def test_a_missing_mark_is_no_part_of_the_line() -> None:
    whole = TEXT.replace(" asked Halvard.", "")
    cut = len(" asked Halvard.")
    gold = {
        "names": [GOLD["names"][0]],
        "pronouns": GOLD["pronouns"],
        "quotes": [GOLD["quotes"][1], {**GOLD["quotes"][2], "start": 69 - cut, "end": 83 - cut}],
    }
    text, moved = rewritten(whole, gold, KINDS["unclosed"](whole, gold))
    assert text == whole.replace("I?”", "I?")
    assert text[moved["quotes"][0]["start"] : moved["quotes"][0]["end"]] == "“Am I?"


def test_every_fourth_name_is_misspelt() -> None:
    text = "Halvard, Halvard, Halvard, Halvard."
    names = [{"start": i, "end": i + 7, "who": "Halvard"} for i in (0, 9, 18, 27)]
    gold = {"names": names, "pronouns": [], "quotes": []}
    assert rewritten(text, gold, KINDS["misspelt"](text, gold))[0] == "Halvard, Halvard, Halvard, Havlard."
