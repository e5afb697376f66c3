"""The reasons for a decision, and what the page is told of a story."""

from __future__ import annotations

from pathlib import Path

import pytest

from fabula.corrections.desk import Desk
from fabula.corrections.log import Log
from fabula.corrections.values import Correction, Person
from fabula.errors import CorrectionError
from fabula.reader.book import book, change, describe
from fabula.reader.why import why
from tests.support.fake import fake_analysis, ferry


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(ferry(), Log(tmp_path / "ferry.fabula", ferry().story.id))


def words(desk: Desk, kind: str, number: int) -> str:
    return "\n".join(r["words"] for r in why(desk.edition, kind, number)["reasons"])


def test_a_lines_reasons_are_its_beat_its_turn_and_who_is_named_in_it(desk: Desk) -> None:
    line = next(q for q in ferry().quotes if "Hal, you" in ferry().story.text[q.start : q.end])
    told = words(desk, "speaker", line.id)
    assert "“Hal” is named in it" in told
    assert "Halvard acts in the same paragraph" in told
    assert "The line before is Imre’s" in told


def test_a_pronouns_reasons_are_who_was_told_of_last_and_the_storys_usage(desk: Desk) -> None:
    text = ferry().story.text
    he = [m for m in ferry().mentions if text[m.start : m.end] == "He"][-1]
    told = words(desk, "person", he.id)
    assert "Halvard was last told of as" in told and "Imre was last told of as" in told
    assert "×" in told


def test_every_reason_leads_to_a_passage_of_the_text(desk: Desk) -> None:
    length = len(ferry().story.text)
    for kind, rows in (("speaker", ferry().quotes), ("person", ferry().mentions)):
        for row in rows:  # type: ignore[attr-defined]
            found = why(desk.edition, kind, row.id)
            assert found["reasons"] and found["scopes"]["scene"] >= 1
            assert all(0 <= a < b <= length for r in found["reasons"] for a, b in r["spans"])


def test_what_a_person_settled_is_the_first_reason(desk: Desk) -> None:
    desk.do(desk.accept("speaker", 3))
    assert words(desk, "speaker", 3).startswith("You accepted this.")
    with pytest.raises(CorrectionError):
        why(desk.edition, "speaker", 999)


def test_a_change_tells_what_differs_from_the_book_and_nothing_else(desk: Desk) -> None:
    before = book(desk)
    told = change(desk, desk.do(desk.correction("speaker", 4, (2,), "this")))
    after = book(desk)
    rows = {row[0]: row for row in told["quotes"]}
    for old, new in zip(before["quotes"], after["quotes"], strict=True):
        assert (old != new) == (old[0] in rows)
        if old[0] in rows:
            assert new[6:] == rows[old[0]][1:]
    mentions = {row[0]: row for row in told["mentions"]}
    assert [m for m in after["mentions"] if m not in before["mentions"]] == [
        mentions[k] for k in sorted(mentions)
    ]
    assert told["doubts"] == after["doubts"] and told["people"] == after["people"]


def test_corrections_are_told_in_words(desk: Desk) -> None:
    line = desk.correction("speaker", 0, (1,), "this")
    assert describe(desk.edition, line) == "“You might say something,” is spoken by Halvard"
    tomas = desk.edition.refer(next(e.id for e in ferry().entities if e.name == "Tomas"))
    merge = Correction("merge", people=(tomas, Person.new("Runa")))
    assert describe(desk.edition, merge) == "Tomas is Runa"


def test_who_has_no_name_is_told_by_a_few_words_whatever_became_of_them(tmp_path: Path) -> None:
    text = "[Ann:Ann] waited. [he who had come the longest way:he] sat down, and [she:she] beside [him:he].\n"
    found = fake_analysis(text)
    desk = Desk(found, Log(tmp_path / "nameless.fabula", found.story.id))
    him, her = (next(e.id for e in found.entities if e.name == name) for name in ("he", "she"))
    assert [desk.edition.unnamed(e.id) for e in found.entities] == [False, True, True]
    him_called, her_called = "somebody (“he who had come…”)", "somebody (“she beside him”)"
    assert [desk.edition.label(k) for k in (him, her)] == [him_called, her_called]
    rename = Correction("rename", people=(desk.edition.refer(him),), name="Oskar")
    desk.do(rename)
    assert desk.edition.label(him) == "Oskar" and not desk.edition.unnamed(him)
    assert describe(desk.edition, rename) == f"{him_called} is called Oskar"
    merge = Correction("merge", people=(desk.edition.refer(her), desk.edition.refer(him)))
    assert describe(desk.do(merge).after, merge) == f"{her_called} is Oskar"


TALK = (
    "[Ann:Ann] met [Bo:Bo] on the stairs. {{Ann .6 Bo .4>-|“Late again.”}} {{Bo .6 Ann .4>-|“Who is?”}}\n\n"
    "{{Ann .7 Bo .3>-|“All of us.”}}\n\n[She:Bo .5 Ann .4] shrugged. {{Bo .5 Ann .4>-|“Then sit.”}}\n\n"
    "{{Ann>Bo|“Before [I:Ann] sit, what have [you:Bo] done with [me:Ann]?”}} [Bo:Bo] laughed.\n\n"
    "[She:Ann] left. {{Bo>-|“Well.”}}\n"
)


def hanging(desk: Desk, kind: str, number: int) -> tuple[int, list[list[object]]]:
    found = why(desk.edition, kind, number)["hangs"]
    return found["count"], found["places"]


def test_a_doubt_matters_next_where_others_hang_on_it(tmp_path: Path) -> None:
    talk = fake_analysis(TALK)
    desk = Desk(talk, Log(tmp_path / "talk.fabula", talk.story.id))
    she = next(m.id for m in talk.mentions if m.confidence == 0.5)
    assert hanging(desk, "speaker", 0) == (4, [["speaker", 1], ["speaker", 2], ["person", she]])
    assert hanging(desk, "speaker", 2) == (2, [["person", she], ["speaker", 3]])
    leading = {(kind, number): decides for kind, number, decides in book(desk)["doubts"]["queue"]}
    assert all(hanging(desk, kind, number)[0] == n for (kind, number), n in leading.items())
    desk.do(desk.correction("speaker", 2, (1,), "this"))
    # A sure line of one of the two parts what came before it from what comes after.
    assert hanging(desk, "speaker", 0) == (1, [["speaker", 1]])


def test_a_sure_decision_matters_next_for_what_its_answer_brings_with_it(tmp_path: Path) -> None:
    talk = fake_analysis(TALK)
    desk = Desk(talk, Log(tmp_path / "talk.fabula", talk.story.id))
    by_words = {talk.story.text[m.start : m.end]: m.id for m in talk.mentions}
    assert hanging(desk, "speaker", 4) == (2, [["person", by_words["I"]], ["person", by_words["me"]]])
    assert hanging(desk, "addressees", 4) == (1, [["person", by_words["you"]]])
    assert hanging(desk, "speaker", 5) == (0, [])
    desk.do(desk.correction("person", by_words["me"], (1,), "this"))
    assert hanging(desk, "speaker", 4) == (1, [["person", by_words["I"]]])


def test_words_of_a_passage_end_with_a_word_and_before_the_line(tmp_path: Path) -> None:
    beat = fake_analysis(
        "[Ann:Ann] had not slept. {{Ann .5 Bo .4>-|“No.”}}\n\n"
        "[Bo:Bo] pulled the unaccountably complicated latch towards her. {{Bo .5 Ann .4>-|“No.”}}\n"
    )
    desk = Desk(beat, Log(tmp_path / "beat.fabula", beat.story.id))
    assert "“Ann had not slept.”: Ann acts" in words(desk, "speaker", 0)
    assert "“Bo pulled the unaccountably…”: Bo acts" in words(desk, "speaker", 1)


def test_a_step_says_which_decision_it_was_about(desk: Desk) -> None:
    step = desk.do(desk.correction("addressees", 3, (1,), "scene"))
    told = change(desk, step)
    assert told["at"] == ["addressees", 3, len(step.correction.targets)]
    taken_back = desk.undo()
    assert taken_back is not None and change(desk, taken_back)["at"] == told["at"]
    tomas = desk.edition.refer(next(e.id for e in ferry().entities if e.name == "Tomas"))
    assert change(desk, desk.do(Correction("merge", people=(tomas, Person.new("Runa")))))["at"] is None
