"""The labelled passages: offsets that fit, books that keep to one split, the form of their labels."""

from __future__ import annotations

import json
from typing import Any

import pytest
from bench.labels import FEELINGS, KINDS
from bench.passage_form import Numbered, label
from bench.settings import shared_folder

from bench import passages

GOLD: list[dict[str, Any]] = json.loads(passages.GOLD.read_text(encoding="utf-8"))
TEXT = "He took her hand. “You’re cold,” he said, and he let it go; Ada’s eyes\nwere wet."


def test_there_are_enough_from_many_books() -> None:
    assert len(GOLD) >= 300
    assert len({entry["book"] for entry in GOLD}) >= 30


def test_a_book_is_in_one_split_and_no_passages_overlap() -> None:
    last: dict[str, int] = {}
    for entry in sorted(GOLD, key=lambda e: (e["book"], e["start"])):
        assert entry["split"] == passages.split_of(entry["book"])
        assert last.get(entry["book"], 0) <= entry["start"] < entry["end"]
        last[entry["book"]] = entry["end"]


def test_labels_are_of_known_kinds_and_stand_inside() -> None:
    for entry in GOLD:
        size = entry["end"] - entry["start"]
        for part, key, known in (("acts", "kind", KINDS), ("emotions", "label", FEELINGS)):
            for item in entry[part]:
                kinds = [item[key]] if isinstance(item[key], str) else item[key]
                assert set(kinds) <= set(known)
                spans = [item, *(item[role] for role in ("agent", "patient", "who") if item.get(role))]
                assert all(0 <= span["start"] < span["end"] <= size for span in spans)


def test_no_text_of_the_books_is_kept() -> None:
    allowed = {"book", "start", "end", "sha256", "split", "acts", "emotions"}
    allowed |= {"kind", "agent", "patient", "who", "label", "negated", "hypothetical"}
    for entry in GOLD:
        assert set(entry) <= allowed
        assert all(set(item) <= allowed for item in (*entry["acts"], *entry["emotions"]))


def test_the_passages_are_those_that_were_labelled() -> None:
    data = shared_folder() / "data"
    if not (data / "gutenberg").exists():
        pytest.skip("needs the novels, ../shared/data/gutenberg")
    assert passages.check(data) == 0


def test_a_sentence_ends_where_a_capital_follows() -> None:
    text = "CHAPTER I\n\n“Mr. Hale!” she cried. He came in.\nHe sat down.\n\n“Well?”\n"
    runs = [[text[a:b] for a, b in run] for run in passages.sentences(text)]
    assert runs == [["“Mr. Hale!” she cried.", "He came in.", "He sat down.", "“Well?”"]]


def test_repeated_words_are_numbered_and_found() -> None:
    passage = Numbered(TEXT)
    assert passage.shown().startswith("He1 took her hand. “You’re cold,” he2 said, and he3 let it go")
    start, end = passage.find("he3 let..go")
    assert TEXT[start:end] == "he let it go"
    for wrong in ("he", "he9", "nobody", "go..he1"):
        with pytest.raises(ValueError, match=r"stands|backwards"):
            passage.find(wrong)


def test_a_label_line_becomes_offsets() -> None:
    passage = Numbered(TEXT)
    part, act = label("touch/restrain He1>You're : took her hand", passage)
    assert part == "acts"
    assert act["kind"] == ["touch", "restrain"]
    you = act["patient"]
    assert TEXT[you["start"] : you["end"]] == "You"
    assert not act["negated"]
    part, feeling = label("ifnot ~sadness Ada's : wet", passage)
    assert part == "emotions"
    assert (feeling["label"], feeling["negated"], feeling["hypothetical"]) == ("sadness", True, True)
    assert TEXT[feeling["who"]["start"] : feeling["who"]["end"]] == "Ada"
    for wrong in ("hug He1>- : took", "touch He1 : took", "touch He1>- : gave", "touch He1>-"):
        with pytest.raises(ValueError):
            label(wrong, passage)
