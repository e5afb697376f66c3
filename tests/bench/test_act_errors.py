"""Why labelled acts are missed: each under its cause, on sentences made up for it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from bench.act_errors import CAUSES, Looked, Text, causes, look, main, print_causes, print_table
from bench.act_readings import Kept

from bench import fingerprint
from fabula.pipeline import analyse
from fabula.text import read_text

STORY = (
    "Helen Marsh, Arthur Kerr and Martin Dunn lived by the river.\n\n"
    "Helen kissed Arthur.\n\nMartin pulled a face.\n\nArthur did not touch Helen.\n\nMartin struck Arthur.\n"
)


def label(words: str, kind: str, agent: str, patient: str) -> dict[str, Any]:
    start = STORY.index(words)
    people = {"agent": agent, "patient": patient, "negated": False, "hypothetical": False}
    return {"kind": kind, "start": start, "end": start + len(words), **people}


@cache
def looked() -> Looked:
    analysis = analyse(read_text(STORY))
    names = {e.id: e.name.split()[0] for e in analysis.entities}
    gold = [
        label("kissed", "kiss", "Helen", "Arthur"),
        label("pulled a face", "insult", "Martin", "Arthur"),
        label("touch", "touch", "Arthur", "Helen"),
        label("struck", "threaten", "Martin", "Arthur"),
        label("struck", "strike", "Martin", "Helen"),
    ]

    def same(entity: Any, person: Any) -> bool:
        return names.get(entity) == person

    text = Text("made", Kept(analysis, None, None), gold, [], same, 0, len(STORY), done_only=False)
    return look(text, rules=True)


def test_each_labelled_act_has_the_cause_that_keeps_it_from_being_told() -> None:
    assert [cause for _, cause, _ in causes(looked())] == [
        "told", "nothing found there", "denied or imagined wrongly", "found as another kind",
        "another person near was taken",
    ]  # fmt: skip
    assert {cause for _, cause, _ in causes(looked())} <= {*CAUSES}


def test_the_tables_count_every_label_once(capsys: pytest.CaptureFixture[str]) -> None:
    print_causes({"made": [looked()]})
    rows = [line.strip("| ").split(" | ") for line in capsys.readouterr().out.splitlines()]
    assert rows[-1] == ["all", "3", "2"]
    assert sum(int(row[1]) for row in rows[2:-1]) == 3
    print_table({"made": [looked()]})
    assert "| `kiss` | 1 | 100.0 | 1 | 100.0 |" in capsys.readouterr().out


def test_what_is_held_out_is_never_listed(capsys: pytest.CaptureFixture[str]) -> None:
    for held_out in (["--split", "test"], ["--unseen"]):
        with pytest.raises(SystemExit):
            main(["--list", *held_out])
    assert "not looked at" in capsys.readouterr().err


def test_a_reading_outlives_changes_of_the_ledger_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "fabula"
    (package / "ledger").mkdir(parents=True)
    (package / "ledger" / "acts.py").write_text("a = 1\n", encoding="utf-8")
    (package / "text.py").write_text("b = 1\n", encoding="utf-8")
    monkeypatch.setattr(fingerprint, "package_folder", lambda: package)
    all_code, but_ledger = fingerprint.code_hash(), fingerprint.code_hash(["ledger"])
    (package / "ledger" / "acts.py").write_text("a = 2\n", encoding="utf-8")
    assert fingerprint.code_hash() != all_code and fingerprint.code_hash(["ledger"]) == but_ledger
    (package / "text.py").write_text("b = 2\n", encoding="utf-8")
    assert fingerprint.code_hash(["ledger"]) != but_ledger
