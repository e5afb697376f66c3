"""Marked stories become labels that the scorer reads; figures are told group by group."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench.marked import gold_of, render, stories

RAW = """@cast Imre: Imre | Imi
@cast (the guard): the guard
Imre stopped. {{Imre>(the guard)|“Let [me:Imre] in, please.”}} [He:Imre] knocked.

{{(the guard)>-|“No.”}} Imi and <<(the guard)|the man>> looked on. [They:Imre+(the guard)] knew [it:-].
"""


def test_marks_become_labels_with_their_places_in_the_text() -> None:
    text, gold = gold_of(RAW)
    assert "{{" not in text and "[" not in text
    assert [(text[n["start"] : n["end"]], n["who"]) for n in gold["names"]] == [
        ("Imre", "Imre"),
        ("Imi", "Imre"),
    ]
    assert [(p["text"], p["who"]) for p in gold["pronouns"]] == [
        ("me", "Imre"), ("He", "Imre"), ("They", "both"),
    ]  # fmt: skip
    assert all(text[p["start"] : p["end"]] == p["text"] for p in gold["pronouns"])
    said = [(text[q["start"] : q["end"]], q["speaker"], q["to"]) for q in gold["quotes"]]
    assert said == [("“Let me in, please.”", "Imre", "(the guard)"), ("“No.”", "(the guard)", None)]


def test_a_mark_that_is_not_closed_is_told() -> None:
    with pytest.raises(ValueError, match="not closed"):
        gold_of("{{Imre>-|“No.”")


def test_stories_without_a_name_or_a_line_are_left_out(tmp_path: Path) -> None:
    for k in range(40):
        (tmp_path / f"{k}.mark").write_text(RAW if k % 2 else "Nobody came.\n", encoding="utf-8")
    found = [[n for n, *_ in stories(tmp_path, held, 1)] for held in (True, False)]
    assert sum(map(len, found)) == 20
    assert not set(found[0]) & set(found[1])
    assert len(list(stories(tmp_path, False, 2))) < len(found[1])


def test_folders_are_chosen_by_name(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        for k in range(20):
            (tmp_path / folder / f"{folder}{k}.mark").write_text(RAW, encoding="utf-8")
    chosen = [n for n, *_ in stories(tmp_path, None, 1, ["b"])]
    assert chosen == sorted(f"b_b{k}" for k in range(20))
    held = [n for n, *_ in stories(tmp_path, True, 1, ["b"])]
    assert set(held) < set(chosen)
    assert len(list(stories(tmp_path, None, 1))) == 40


def test_figures_stand_by_group() -> None:
    scores = {"stories": (3.0, None), "third-person pronoun accuracy": (71.234, 1500)}
    table = render([("held out", scores)])
    assert "| held out | 3 |" in table
    assert "71.2 (n 1,500)" in table
