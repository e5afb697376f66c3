"""What the ledger's views are told: feelings, bonds, and the state after any sentence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from fabula.corrections.desk import Desk
from fabula.corrections.log import Log
from fabula.errors import CorrectionError
from fabula.reader.session import Session
from fabula.reader.views import view
from fabula.types import Analysis
from tests.reader.told import HALVARD, IMRE, sentence, told_ferry


def session(path: Path, analysis: Analysis) -> Session:
    log = Log(path / "ferry.fabula", analysis.story.id)
    found = Session("ferry.txt", path / "ferry.fabula", lambda progress: analysis, lambda _: None)
    found.desk = Desk(analysis, log)
    return found


@pytest.fixture
def told(tmp_path: Path) -> Session:
    return session(tmp_path, told_ferry())


def test_feelings_tell_which_were_denied(told: Session) -> None:
    found = view(told, "feelings")
    assert [(e["label"], e["character"], e["happened"]) for e in found["emotions"]] == [
        ("shame", HALVARD, True),
        ("joy", HALVARD, True),
        ("fear", IMRE, False),
    ]
    comfort = found["acts"][3]
    assert (comfort["agent"], comfort["patient"], comfort["tone"]) == (HALVARD, IMRE, 1)
    text = told.open_desk.base.story.text
    assert "laughed, not well" in text[comfort["start"] : comfort["end"]]


def test_bonds_count_each_way_and_a_pair_lists_its_acts_and_lines(told: Session) -> None:
    [bond] = view(told, "bonds")["bonds"]
    assert (bond["a"], bond["b"]) == (HALVARD, IMRE)
    assert bond["acts"] == [3, 2] and bond["lines"] == [6, 5]
    assert bond["asymmetry"] is not None and -1 <= bond["asymmetry"]["low"] < bond["asymmetry"]["high"] <= 1
    pair = view(told, "bonds/2-1")
    assert pair == view(told, "bonds/1-2")
    [scene] = pair["scenes"]
    assert scene["number"] == 1 and scene["tone"] is not None
    assert [a["kind"] for a in scene["acts"]] == ["accuse", "withdraw", "look", "comfort", "embrace"]
    assert sum(q["speaker"] == HALVARD for q in scene["lines"]) == 6
    assert [a["kind"] for a in pair["not_counted"]] == ["strike"]


def test_the_state_after_a_sentence_knows_nothing_of_the_next(told: Session) -> None:
    base = told.open_desk.base
    here = sentence(base, "laughed, not well")

    def kinds(offset: int) -> dict[str, Any]:
        found = view(told, f"at/{offset}")
        return dict(found["bonds"][0]["acts"]) if found["bonds"] else {}

    assert "comfort" not in kinds(here.end - 1)
    assert kinds(here.end)["comfort"] == [1, 0]
    state = view(told, f"at/{here.end + 1}")
    assert state["offset"] == here.end and state["scene"] == 1
    assert state["before"] == sentence(base, "picked at the wax").end
    assert state["after"] == sentence(base, "laughed then too").end
    feeling = {p["id"]: p["feeling"] for p in state["people"]}
    assert feeling[HALVARD]["label"] == "joy" and feeling[IMRE] is None
    assert state["bonds"][0]["last"]["kind"] == "comfort"
    first, last = view(told, "at/0"), view(told, "at")
    assert first["people"] == first["bonds"] == [] and first["before"] is None
    assert last["after"] is None and last["bonds"][0]["tone"] is not None


def test_what_a_count_of_the_state_counts_is_listed(told: Session) -> None:
    here = sentence(told.open_desk.base, "laughed, not well")
    [bond] = view(told, f"at/{here.end}")["bonds"]
    found = view(told, f"at/{here.end}/1-2")
    assert found == view(told, f"at/{here.end}/2-1")
    assert [a["kind"] for a in found["acts"]] == ["accuse", "withdraw", "look", "comfort"]
    said = [sum(q["speaker"] == who for q in found["lines"]) for who in (HALVARD, IMRE)]
    assert said == bond["lines"]
    assert view(told, "at/0/1-2") == {"acts": [], "lines": []}


def test_a_correction_is_followed_by_bonds_and_states(told: Session) -> None:
    line = next(q["id"] for q in view(told, "bonds/1-2")["scenes"][0]["lines"] if q["speaker"] == IMRE)
    told.do({"action": "speaker", "id": line, "people": [{"new": "Runa"}]})
    assert view(told, "bonds/1-2")["lines"] == [6, 4]
    assert view(told, "at")["bonds"][0]["lines"] == [6, 4]
    told.do({"action": "merge", "people": [IMRE, HALVARD]})
    assert view(told, "bonds") == {"bonds": [], "count": 0}
    told.turn(back=True)
    assert view(told, "bonds/1-2")["acts"] == [3, 2]


@pytest.mark.parametrize(
    "path",
    ["bonds/1-9", "bonds/1", "bonds/x-y", "at/x", "at/99999999", "at/-1", "at/9/1-9", "at/9/1"],
)
def test_what_is_not_there_is_told(told: Session, path: str) -> None:
    with pytest.raises(CorrectionError, match="no view"):
        view(told, path)
