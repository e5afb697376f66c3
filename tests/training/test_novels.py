"""Passages of novels: sheets, answers to them, and what is learnt from; all text is made up."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
from training.held import is_held, is_held_text
from training.novel_answers import check, compact, parse, plain
from training.novel_sheets import sheet
from training.novels import from_novel, load_novels
from training.person_data import MANY, NOBODY, UNKNOWN

PASSAGE = (
    "Old Orrin’s sister waited. “You are late,” she told him.\n\nOrrin and Wenna laughed; they knew Ibb.\n"
)
WORDS = [("Orrin", 0), ("Old Orrin’s sister", 1), ("You", 2), ("she", 2), ("him", 2), ("they", 2), ("Ibb", 0)]
CAST = "@ O Orrin | Old Orrin\n@ w Wenna\n"


def about(before: str = "") -> dict[str, Any]:
    """A sheet's JSON for the passage behind ``before``."""
    items = []
    for word, kind in WORDS:
        a = PASSAGE.index(word)
        items.append([a, a + len(word), kind, a])
    quote = [PASSAGE.index("“"), PASSAGE.index("”") + 1]
    digest = hashlib.sha256((before + PASSAGE).encode()).hexdigest()
    return {"book": "7_made_up", "sha256": digest, "start": len(before), "end": len(before + PASSAGE),
            "items": sorted(items, key=lambda t: (t[1], -t[0])), "quotes": [quote]}  # fmt: skip


def test_a_sheet_is_the_text_with_numbers() -> None:
    at = about()
    got = sheet(PASSAGE, [tuple(i) for i in at["items"]], [tuple(q) for q in at["quotes"]])
    assert got.startswith("{Old {Orrin}[1]’s sister}[2] waited. <q1>“You[3] are late,” she[4] told him[5].")
    assert got.endswith("they[6] knew {Ibb}[7].\n")


def test_answers_are_parsed_and_complained_about() -> None:
    a = parse(
        "@ P Pip | Mr. Pip; Handel\n@ c (the man)\n1P 2c+P 3-\n q1c>? 4? 1c x9\n@ P Paul\n@ y the youth"
    )
    assert a.cast == {"P": ("Pip", ["Mr. Pip", "Handel"]), "c": ("(the man)", []), "y": ("(the youth)", [])}
    assert a.items == {1: "P", 2: "c+P", 3: "-", 4: "?"}
    assert a.quotes == {1: ("c", "?")}
    assert a.wrong == ["item 1 answered in two ways", "not understood: x9", "key twice: @ P Paul"]
    assert [a.number(w) for w in ("c", "c+P", "-", "?")] == [1, -2, -1, -3]


def test_names_are_matched_without_their_possessive() -> None:
    assert [plain(n) for n in ("Orrin’s", "Mrs.\nHale's", "James’", "Ross")] == [
        "Orrin", "Mrs. Hale", "James", "Ross"
    ]  # fmt: skip
    assert compact([5, 1, 2, 3], "q") == "q1-q3 q5"


def test_what_is_missing_or_unknown_fails() -> None:
    r = check(about(), PASSAGE, CAST + "3O 4z 9w")
    assert r.wrong == [
        "no such items: 9", "pronouns not answered: 5-6", "quotes not answered: q1", "unknown key z: 4"
    ]  # fmt: skip
    assert r.warnings == ["names of nobody in the cast: 7 Ibb"]
    assert not r.kept
    twice = check(about(), PASSAGE, "@ O Orrin\n@ w Wenna | Orrin\n3O 4w 5O 6O+w q1w>O")
    assert twice.wrong == ["'Orrin' is an alias of both O and w"]


def test_answers_become_people(tmp_path: Path) -> None:
    before = "Chapter “é”\n\n"
    data = tmp_path / "data"
    (data / "gutenberg").mkdir(parents=True)
    book = data / "gutenberg" / "7_made_up.txt"
    book.write_bytes((before + PASSAGE).encode())
    r = check(about(before), PASSAGE, CAST + "2w 3O 4w 5O 6O+w q1w>O")
    assert not r.wrong
    assert "waited" not in json.dumps(r.kept)
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "7_1.json").write_text(json.dumps(r.kept), encoding="utf-8")
    people, text = from_novel(kept / "7_1.json", data)
    assert text == PASSAGE
    assert (people.name, people.source) == (f"7_made_up_{len(before)}", "novel")
    rows = [
        (" ".join(people.tokens[a:b]), people.tokens[h], k, e) for a, b, h, k, e in people.mentions.tolist()
    ]
    assert rows == [
        ("Old Orrin ’s sister", "sister", 1, 1), ("Orrin", "Orrin", 0, 0), ("You", "You", 2, 0),
        ("she", "she", 2, 1), ("him", "him", 2, 0), ("Orrin", "Orrin", 0, 0),
        ("Wenna", "Wenna", 0, 1), ("they", "they", 2, MANY), ("Ibb", "Ibb", 0, UNKNOWN),
    ]  # fmt: skip
    a, b, *who = people.quotes.tolist()[0]
    assert (people.tokens[a], people.tokens[b - 1], who) == ("“", "”", [1, 0])
    assert (people.people[0].pronoun, people.people[1].pronoun) == ("he", "she")
    assert people.name_words == {"Orrin": "m", "Wenna": "f"}
    assert NOBODY not in np.unique(people.mentions[:, 4])
    assert len(load_novels(kept, data)) == 1
    book.write_bytes((before + PASSAGE + "More.").encode())
    assert load_novels(kept, data) == []


def test_a_novel_is_held_out_whole() -> None:
    assert (
        is_held_text("7_made_up_120", "novel") == is_held("7_made_up") == is_held_text("7_made_up_9", "novel")
    )
    assert is_held_text("a_story", "story") == is_held("a_story")
