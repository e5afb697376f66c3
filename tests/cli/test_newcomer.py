"""What somebody sees who has an EPUB from AO3 and nothing else: the whole program, with its weights."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fabula.cli import main
from tests.support import archive_files
from tests.support.story_files import OUTSIDERS


def test_an_epub_from_ao3(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    Path("low_water.epub").write_bytes(archive_files.ao3_epub())
    assert main(["read", "low_water.epub", "-o", "out.json"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("Low Water, by greywake")
    assert "2 chapters" in shown.splitlines()[0]
    assert "Tags: General Audiences" in shown

    data = json.loads(Path("out.json").read_text(encoding="utf-8"))
    assert data["story"]["metadata"]["Character"][0] == "Odd Berg"
    assert {name for hint in data["story"]["hints"] for name in hint["names"]} >= {"Odd Berg", "Gunnar Vik"}
    assert [s["label"] for s in data["segments"] if s["kind"] == "heading"] == [
        "Chapter 1: Ebb",
        "Chapter 2: Flood",
    ]
    told = [(s["start"], s["end"]) for s in data["segments"] if s["kind"] in ("body", "letter")]
    assert data["mentions"]
    assert all(any(a <= m["start"] and m["end"] <= b for a, b in told) for m in data["mentions"])
    names = " ".join(
        [e["name"] for e in data["entities"]] + [a["text"] for e in data["entities"] for a in e["aliases"]]
    )
    assert not [who for who in (*OUTSIDERS, "Berg", "Lund", "greywake") if who in names]
    assert {"Odd", "Maren"} <= {e["name"] for e in data["entities"]}
    capsys.readouterr()
    assert main(["validate", "out.json"]) == 0
