"""Passages of GAP become texts with two people and one pronoun; those that mean neither are left out."""

from __future__ import annotations

from pathlib import Path

from training.person_gap import load_gap

HEAD = [
    "ID",
    "Text",
    "Pronoun",
    "Pronoun-offset",
    "A",
    "A-offset",
    "A-coref",
    "B",
    "B-offset",
    "B-coref",
    "URL",
]
TEXT = "Ruth Amsel taught Delia Orr to row. Delia Orr was slow to learn, and she never thanked Ruth Amsel."


def row(name: str, a: str, b: str) -> str:
    at = {"A": TEXT.index("Ruth"), "B": TEXT.index("Delia"), "she": TEXT.index("she ")}
    cells = [name, TEXT, "she", at["she"], "Ruth Amsel", at["A"], a, "Delia Orr", at["B"], b, "-"]
    return "\t".join(map(str, cells))


def test_a_passage_has_two_people_and_one_question(tmp_path: Path) -> None:
    rows = ["\t".join(HEAD), row("one", "FALSE", "TRUE"), row("two", "FALSE", "FALSE")]
    (tmp_path / "gap-some.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (p,) = load_gap(tmp_path)
    names = [int(e) for _, _, _, kind, e in p.mentions if kind == 0]
    asked = [(p.tokens[a], int(e)) for a, _, _, kind, e in p.mentions if kind == 2]
    assert names == [0, 1, 1, 0]
    assert asked == [("she", 1)]
    assert [p.people[k].pronoun for k in (0, 1)] == ["she", "she"]
    assert set(p.name_words.values()) == {"f"}
