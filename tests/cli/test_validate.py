"""``fabula validate``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from fabula.contract import to_dict
from tests.cli.conftest import Run
from tests.cli.test_read import FakeInput
from tests.support.fake import ferry


def test_a_good_file(run: Run) -> None:
    line = "ferry.json: follows fabula/1: 4 entities, 35 mentions, 12 quotes\n"
    assert run("validate", "ferry.json") == (0, line, "")
    assert run("validate", "ferry.json", "-q") == (0, "", "")


def test_standard_input(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", FakeInput((folder / "ferry.json").read_bytes()))
    assert run("validate", "-")[0] == 0
    monkeypatch.setattr(sys, "stdin", FakeInput(b"{"))
    code, out, err = run("validate", "-")
    assert (code, out) == (5, "")
    assert err.startswith("fabula: standard input: is cut short")


def test_problems_are_listed_with_their_places(run: Run, folder: Path) -> None:
    data = to_dict(ferry())
    data["mentions"][3]["entity"] = 99
    data["quotes"][0]["speaker"] = 98
    (folder / "bad.json").write_text(json.dumps(data), encoding="utf-8")
    code, out, err = run("validate", "bad.json", "ferry.json")
    assert code == 5
    assert out.splitlines() == [
        "bad.json: mentions[3].entity: no entity has the id 99",
        "bad.json: entities[1].mention_count: is 16, 15 mentions name it",
        "bad.json: quotes[0].speaker: no entity has the id 98",
        "ferry.json: follows fabula/1: 4 entities, 35 mentions, 12 quotes",
    ]
    assert err == (
        "fabula: bad.json: does not follow the contract (3 problems). "
        "Write the file again with 'fabula read STORY -o FILE'\n"
    )


def test_a_hundred_problems_are_enough(run: Run, folder: Path) -> None:
    data = to_dict(ferry())
    data["tokens"]["head"] = [9999] * len(data["tokens"]["head"])
    (folder / "bad.json").write_text(json.dumps(data), encoding="utf-8")
    code, out, err = run("validate", "bad.json", "-q")
    assert (code, out) == (5, "")
    assert "(100 problems or more)" in err
    assert run("validate", "bad.json")[1].count("\n") == 100


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", 5),
        (b"{}", 5),
        (b"[]", 5),
        (b"null", 5),
        (b'{"schema": "fabula/2"}', 5),
        (b"\xff", 5),
        (b"[" * 99_999, 5),
    ],
)
def test_what_is_no_reading(run: Run, folder: Path, content: bytes, code: int) -> None:
    (folder / "bad.json").write_bytes(content)
    got, _, err = run("validate", "bad.json")
    assert got == code
    assert err.startswith("fabula: bad.json: ")
    assert err.count("\n") == 1


def test_a_file_that_is_not_there(run: Run) -> None:
    code, out, err = run("validate", "missing.json")
    assert (code, out) == (3, "")
    assert err.startswith("fabula: missing.json: cannot be read (No such file or directory).")
