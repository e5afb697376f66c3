"""``fabula corrections``: lists, exports, brings over; says what is lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fabula.corrections.desk import Desk
from fabula.corrections.log import Log
from fabula.doubts import person_decisions, speaker_decisions
from fabula.types import Analysis
from tests.cli.conftest import Run
from tests.support.fake import ferry


@pytest.fixture
def corrected(folder: Path) -> Analysis:
    """The ferry story with two corrections beside it."""
    desk = Desk(ferry(), Log(folder / "ferry.fabula", ferry().story.id))
    desk.do(desk.correction("speaker", 4, (2,), "this"))
    desk.do(desk.accept("person", 3))
    return desk.analysis()


def test_nothing_put_right_is_said(run: Run, folder: Path) -> None:
    code, out, err = run("corrections", "ferry.txt")
    assert (code, err) == (0, "")
    assert out.endswith("Decisions: all unread.\n")
    assert not (folder / "ferry.fabula").exists()


def test_the_list_says_what_was_put_right_and_how(run: Run, corrected: Analysis) -> None:
    code, out, err = run("corrections", "ferry.json")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert len(lines) == 4
    assert "corrected  “" in lines[1] and "is spoken by Imre" in lines[1]
    assert "accepted" in lines[2]
    # The accepted one is a name; those unread are lines and pronouns.
    unread = len(speaker_decisions(corrected) + person_decisions(corrected)) - 1
    assert lines[3] == f"Decisions: 1 accepted, 1 corrected, {unread} unread."


def test_export_import_and_the_corrected_reading(run: Run, corrected: Analysis, folder: Path) -> None:
    assert run("corrections", "ferry.txt", "--export", "c.json", "-o", "right.json", "--quiet") == (0, "", "")
    right = json.loads((folder / "right.json").read_text(encoding="utf-8"))
    assert right["quotes"][4]["speaker"] == 2
    (folder / "ferry.fabula").unlink()
    code, out, _ = run("corrections", "ferry.txt", "--import", "c.json")
    assert (code, out) == (0, "2 of 2 corrections brought over\n")
    assert run("corrections", "ferry.txt", "-o", "again.json", "-q")[0] == 0
    again = json.loads((folder / "again.json").read_text(encoding="utf-8"))
    assert again["producer"] == right["producer"]
    assert again["quotes"][4]["speaker"] == 2 and again["quotes"][4]["confidence"] == 1.0


def test_what_is_lost_in_an_edited_text_is_named(run: Run, corrected: Analysis, folder: Path) -> None:
    run("corrections", "ferry.txt", "--export", "c.json", "-q")
    (folder / "edited.txt").write_text("Nothing of it is left.\n", encoding="utf-8")
    code, out, err = run("corrections", "edited.txt", "--import", "c.json")
    assert (code, out) == (0, "0 of 2 corrections brought over\n")
    assert err.count("is no longer in the text") == 2


def test_what_cannot_be_used_is_told(run: Run, corrected: Analysis, folder: Path) -> None:
    (folder / "wrong.json").write_text("{}", encoding="utf-8")
    assert run("corrections", "ferry.txt", "--import", "wrong.json")[0] == 8
    assert run("corrections", "ferry.txt", "--import", "missing.json")[0] == 3
    assert run("corrections", "ferry.txt", "--export", "nowhere/c.json")[0] == 4
    assert run("corrections", "-")[0] == 2
    (folder / "other.txt").write_text("Another story.\n", encoding="utf-8")
    (folder / "ferry.fabula").rename(folder / "other.fabula")
    code, _, err = run("corrections", "other.txt")
    assert code == 8 and "another text" in err
