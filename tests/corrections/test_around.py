"""What follows from a correction on a real reading: never against what is settled, always the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from fabula.contract import to_dict, validate
from fabula.corrections.around import Around
from fabula.corrections.desk import Desk
from fabula.corrections.log import Log
from fabula.pipeline import analyse
from fabula.reader.book import doubts
from fabula.text import read_text
from fabula.types import Analysis

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def ferry() -> Analysis:
    return analyse(read_text((EXAMPLES / "ferry_house.txt").read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def around(ferry: Analysis) -> Around:
    return Around(ferry.story)


def settle_some(desk: Desk, steps: int) -> None:
    for _ in range(steps):
        kind, number, _ = doubts(desk.edition)["queue"][0]
        d = desk.edition.mention(number) if kind == "person" else desk.edition.quote(number)
        other = next((e for e, _ in d.candidates if e != d.who), d.who)
        before = dict(desk.edition.settled)
        answers = {key: answer(desk, key) for key in before}
        desk.do(desk.correction(kind, number, () if other is None else (other,), "this"))
        assert {key: answer(desk, key) for key in before} == answers, "a correction overturned another"


def answer(desk: Desk, key: tuple[str, int]) -> int | None:
    kind, number = key
    return (desk.edition.mention(number) if kind == "person" else desk.edition.quote(number)).who


def test_corrections_stand_whatever_follows_and_come_back_the_same(
    ferry: Analysis, around: Around, tmp_path: Path
) -> None:
    desk = Desk(ferry, Log(tmp_path / "a.fabula", ferry.story.id), around)
    settle_some(desk, 5)
    data = to_dict(desk.analysis())
    assert validate(data) == []
    again = Desk(ferry, desk.log, None)
    assert to_dict(again.analysis()) == data, "what followed is kept, not thought out again"
    desk.replay()
    assert to_dict(desk.analysis()) == data
    while desk.undo():
        pass
    assert desk.analysis() is ferry


def test_accepting_turns_no_other_answer(ferry: Analysis, around: Around, tmp_path: Path) -> None:
    desk = Desk(ferry, Log(tmp_path / "b.fabula", ferry.story.id), around)
    kind, number, _ = doubts(ferry_edition := desk.edition)["queue"][0]
    desk.do(desk.accept(kind, number))
    was, now = ferry_edition.analysis, desk.edition.analysis
    assert [m.entity for m in was.mentions] == [m.entity for m in now.mentions]
    assert [q.speaker for q in was.quotes] == [q.speaker for q in now.quotes]


def test_a_correction_is_felt_around_it(ferry: Analysis, around: Around, tmp_path: Path) -> None:
    desk = Desk(ferry, Log(tmp_path / "c.fabula", ferry.story.id), around)
    expected = doubts(desk.edition)["wrong"]
    for _ in range(4):
        kind, number, _ = doubts(desk.edition)["queue"][0]
        desk.do(desk.accept(kind, number))
    assert doubts(desk.edition)["wrong"] < expected


def test_what_was_foreseen_is_what_follows_and_needs_no_thinking(
    ferry: Analysis, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Desk(ferry, Log(tmp_path / "asked.fabula", ferry.story.id), Around(ferry.story))
    foreseen = Desk(ferry, Log(tmp_path / "foreseen.fabula", ferry.story.id), Around(ferry.story))
    kind, number, _ = doubts(asked.edition)["queue"][0]
    likely = foreseen.likely(kind, number)
    assert len(likely) > 1
    assert likely[0].people == foreseen.accept(kind, number).people, "what stands comes first"
    foreseen.foresee(likely[1])
    assert foreseen.edition.settled == {}, "nothing is settled by it"
    assert foreseen.log.version == 0
    after = asked.do(likely[1]).after

    def thinks(*_: object, **__: object) -> None:
        raise AssertionError("it was thought through already")

    monkeypatch.setattr("fabula.pipeline.settle", thinks)
    again = foreseen.do(likely[1]).after
    assert again.mentions == after.mentions
    assert again.quotes == after.quotes
    assert again.heard == after.heard


YOU = (
    "Coffee\n\nYou push the door open with your shoulder and shake out your umbrella. Bastian is here.\n\n"
    "“You are late,” he says.\n\n“You are early,” you tell him. You put your wet hat on the chair.\n\n"
    "Stellan looks up from his corner. He waves at you, and you drop into the chair beside him.\n\n"
    "“He did not order yet,” you say.\n"
)


def test_whoever_is_you_stays_so_when_others_are_put_right(tmp_path: Path) -> None:
    read = analyse(read_text(YOU))
    desk = Desk(read, Log(tmp_path / "you.fabula", read.story.id), Around(read.story))
    told = [m for m in read.mentions if YOU[m.start : m.end] in ("You", "you", "your")]
    narrated = [m for m in told if not any(q.start <= m.start < q.end for q in read.quotes)]
    (who,) = {m.entity for m in narrated}
    settle_some(desk, 3)
    assert len(narrated) >= 7 and {desk.edition.mention(m.id).who for m in narrated} == {who}
