"""Labelled acts of novels: from label files to rows without text, and back; all text is made up."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from bench.settings import BenchError
from tests.support.fake import fake_analysis
from training.act_novels import labelled_novels, packed

from fabula.types import Analysis

MARKED = """\
[Orrin:Orrin] came up to [Wenna:Wenna].

{{Orrin>-|“Sit down,”}} [he:Orrin] said. Ibb did not thank them.
"""
TEXT = fake_analysis(MARKED).story.text
LABELS = """\
1 approach Orrin>Wenna | came up to
3 command Orrin>- | Sit down
3 not thank ->Orrin+Wenna | did not thank
"""


@pytest.fixture
def novels(tmp_path: Path) -> Path:
    """A folder with a novel, a passage of it whose people are known, and labels of its acts."""
    before = "CHAPTER I\n\n"
    (tmp_path / "gutenberg").mkdir()
    (tmp_path / "gutenberg/7_made_up.txt").write_text(before + TEXT, encoding="utf-8")
    digest = hashlib.sha256((before + TEXT).encode()).hexdigest()
    quote = [TEXT.index("“"), TEXT.index("”") + 1]
    about = {
        "book": "7_made_up", "sha256": digest, "start": len(before), "end": len(before + TEXT),
        "cast": [["Orrin", []], ["Wenna", []]],
        "mentions": [[0, 5, 0, 0], [17, 22, 0, 1], [TEXT.index("he said"), TEXT.index("he said") + 2, 2, 0]],
        "quotes": [[*quote, 0, -1]],
    }  # fmt: skip
    (tmp_path / "people").mkdir()
    (tmp_path / "people/7_made_up_11.json").write_text(json.dumps(about), encoding="utf-8")
    (tmp_path / "labels").mkdir()
    (tmp_path / "labels/7_made_up_11.labels").write_text(LABELS, encoding="utf-8")
    return tmp_path


class _Reading:
    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis


def test_labels_become_rows_and_acts(novels: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = packed(novels / "labels", novels, novels / "people")
    order = TEXT.index("Sit down")
    denied = TEXT.index("did not thank")
    assert rows == {
        "7_made_up_11": [
            [6, 16, "", "approach", 0, 1],
            [order, order + 8, "", "command", 0, -1],
            [denied, denied + 13, "not", "thank", -1, 0],
            [denied, denied + 13, "not", "thank", -1, 1],
        ]
    }
    file = novels / "novels.json"
    file.write_text(json.dumps(rows), encoding="utf-8")

    def read(name: str, text: str, people: bool = True) -> _Reading:
        assert (name, text, people) == ("novel_7_made_up_11", TEXT, False)
        return _Reading(fake_analysis(MARKED))

    (got,) = labelled_novels(read, novels, file, novels / "people")  # type: ignore[arg-type]
    assert (got.name, got.book, got.start, got.end, got.held) == (
        "7_made_up_11",
        "7_made_up",
        0,
        len(TEXT),
        False,
    )
    assert [(a.kinds, a.agent, a.patient, a.negated, a.words) for a in got.acts] == [
        (("approach",), "Orrin", "Wenna", False, False),
        (("command",), "Orrin", None, False, True),
        (("thank",), None, "Orrin", True, False),
        (("thank",), None, "Wenna", True, False),
    ]
    assert got.mention == ["Orrin", "Wenna", "Orrin"]
    assert got.speaker == ["Orrin"]

    (novels / "gutenberg/7_made_up.txt").write_text("another book", encoding="utf-8")
    assert not list(labelled_novels(read, novels, file, novels / "people"))  # type: ignore[arg-type]
    assert "left out" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("row", "wrong"),
    [("1 approach Orrin>Ibb | came up to", "not in"), ("2 approach Orrin>Wenna | came up to", "0 times")],
)
def test_what_does_not_fit_is_refused(novels: Path, row: str, wrong: str) -> None:
    (novels / "labels/7_made_up_11.labels").write_text(row + "\n", encoding="utf-8")
    with pytest.raises((BenchError, ValueError), match=wrong):
        packed(novels / "labels", novels, novels / "people")
