"""Correcting a reading: what a correction changes, what it leaves alone, and that all can be undone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.support.fake import fake_analysis, ferry

from fabula.contract import from_dict, to_dict, validate
from fabula.corrections.desk import Desk
from fabula.corrections.edition import fingerprint
from fabula.corrections.exchange import bring_over, read_corrections, write_corrections
from fabula.corrections.log import Log
from fabula.corrections.values import Anchor, Correction, Person
from fabula.errors import CorrectionError
from fabula.types import Analysis


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(ferry(), Log(tmp_path / "ferry.fabula", ferry().story.id))


def who(desk: Desk, name: str) -> int:
    return next(e.id for e in desk.edition.analysis.entities if e.name == name)


def quote(desk: Desk, words: str) -> int:
    text = desk.base.story.text
    return next(q.id for q in desk.base.quotes if words in text[q.start : q.end])


def mention(desk: Desk, words: str, number: int = 0) -> int:
    text = desk.base.story.text
    return [m.id for m in desk.base.mentions if text[m.start : m.end] == words][number]


def test_a_speaker_is_corrected_and_is_sure(desk: Desk) -> None:
    imre, line = who(desk, "Imre"), quote(desk, "Friday,")
    desk.do(desk.correction("speaker", line, (imre,), "this"))
    q = next(q for q in desk.analysis().quotes if q.id == line)
    assert (q.speaker, q.confidence, q.candidates) == (imre, 1.0, ())


def test_a_fixed_speaker_fixes_the_i_inside_but_not_what_was_settled(desk: Desk) -> None:
    tomas, line = who(desk, "Tomas"), quote(desk, "I wrote to")
    inside = mention(desk, "I"), mention(desk, "me", 1)
    desk.do(desk.accept("person", inside[1]))
    settled = desk.edition.mention(inside[1]).who
    desk.do(desk.correction("speaker", line, (tomas,), "this"))
    assert desk.edition.mention(inside[0]).who == tomas
    assert desk.edition.mention(inside[1]).who == settled


def test_nobody_known_is_an_answer(desk: Desk) -> None:
    line = quote(desk, "Then go,")
    desk.do(desk.correction("speaker", line, (), "this"))
    assert desk.edition.quote(line).who is None
    assert desk.edition.settled["speaker", line] == "corrected"


def test_a_new_person_is_one_person_however_often_named(desk: Desk) -> None:
    runa = Person.new("Runa")
    lines = [quote(desk, "Friday,"), quote(desk, "In this?")]
    for line in lines:
        desk.do(replace(desk.correction("speaker", line, (), "this"), people=(runa,)))
    assert len({desk.edition.quote(line).who for line in lines}) == 1
    assert [e.name for e in desk.analysis().entities].count("Runa") == 1


def test_merged_people_are_one_and_nothing_names_the_other(desk: Desk) -> None:
    halvard, tomas = who(desk, "Halvard"), who(desk, "Tomas")
    desk.do(Correction("merge", people=(desk.edition.refer(tomas), desk.edition.refer(halvard))))
    analysis = desk.analysis()
    assert tomas not in {e.id for e in analysis.entities}
    assert tomas not in {m.entity for m in analysis.mentions}
    assert tomas not in {c.entity for m in analysis.mentions for c in m.candidates}
    assert (
        desk.edition.find(Person("Tomas", Anchor.at(analysis.story.text, *_first(desk, "Tomas")))) == halvard
    )


def _first(desk: Desk, words: str) -> tuple[int, int]:
    at = desk.base.story.text.index(words)
    return at, at + len(words)


def test_who_is_merged_is_nobodys_candidate_any_more(desk: Desk) -> None:
    halvard, imre = who(desk, "Halvard"), who(desk, "Imre")
    desk.do(Correction("merge", people=(desk.edition.refer(imre), desk.edition.refer(halvard))))
    assert validate(to_dict(desk.analysis())) == []


def test_a_split_parts_a_person_from_there_on_and_spares_what_is_settled(desk: Desk) -> None:
    halvard = who(desk, "Halvard")
    late = mention(desk, "me", 2)
    desk.do(desk.accept("person", late))
    here = mention(desk, "taller man")
    split = Correction(
        "split", desk.anchors("person", [here]), (desk.edition.refer(halvard), Person.new("a guest"))
    )
    desk.do(split)
    guest = who(desk, "a guest")
    edition = desk.edition
    assert edition.mention(mention(desk, "Halvard")).who == halvard
    assert edition.mention(here).who == guest
    assert edition.mention(late).who == halvard
    assert edition.quote(quote(desk, "No.")).who == guest


def test_a_rename_changes_the_name_alone(desk: Desk) -> None:
    before = to_dict(desk.analysis())
    desk.do(Correction("rename", people=(desk.edition.refer(who(desk, "Imre")),), name="Imre Sandor"))
    after = to_dict(desk.analysis())
    assert who(desk, "Imre Sandor") is not None
    assert after["mentions"] == before["mentions"] and after["quotes"] == before["quotes"]


def test_addressees_may_be_several(desk: Desk) -> None:
    both = who(desk, "Imre"), who(desk, "Tomas")
    line = quote(desk, "Friday,")
    desk.do(desk.correction("addressees", line, both, "this"))
    assert desk.edition.addressees(line).who == both


def test_to_the_scenes_end_reaches_later_lines_of_the_same_answer_only(desk: Desk) -> None:
    halvard, tomas = who(desk, "Halvard"), who(desk, "Tomas")
    first = quote(desk, "In this?")
    correction = desk.correction("speaker", first, (tomas,), "scene")
    before = [q.id for q in desk.base.quotes if q.speaker == halvard and q.id >= first]
    assert len(correction.targets) == len(before) > 1
    desk.do(correction)
    assert {desk.edition.quote(q).who for q in before} == {tomas}
    assert desk.edition.quote(quote(desk, "might say")).who == halvard


def test_everything_can_be_undone_and_is_as_before(desk: Desk) -> None:
    imre, halvard = who(desk, "Imre"), who(desk, "Halvard")
    desk.do(desk.correction("speaker", 3, (halvard,), "scene"))
    desk.do(Correction("merge", people=(desk.edition.refer(imre), desk.edition.refer(halvard))))
    desk.do(desk.correction("person", mention(desk, "He", 1), (), "everywhere"))
    corrected = to_dict(desk.analysis())
    while desk.undo() is not None:
        pass
    assert desk.analysis() is ferry()
    while desk.redo() is not None:
        pass
    assert to_dict(desk.analysis()) == corrected


def test_what_is_written_follows_the_contract_and_tells_what_was_looked_at(desk: Desk) -> None:
    imre = who(desk, "Imre")
    line = quote(desk, "Friday,")
    desk.do(replace(desk.correction("speaker", line, (imre,), "this"), status="blind"))
    desk.do(desk.accept("person", mention(desk, "He", 1)))
    desk.do(Correction("merge", people=(desk.edition.refer(who(desk, "Tomas")), desk.edition.refer(imre))))
    data = to_dict(desk.analysis())
    assert validate(data) == []
    rows = from_dict(data, "x").producer.options["reviewed"]
    assert sorted(r["status"] for r in rows) == ["accepted", "blind"]


def test_two_desks_see_each_others_work(desk: Desk) -> None:
    other = Desk(ferry(), Log(desk.log.path, ferry().story.id))
    imre = who(desk, "Imre")
    desk.do(desk.correction("speaker", quote(desk, "Friday,"), (imre,), "this"))
    other.do(other.correction("speaker", quote(other, "In this?"), (imre,), "this"))
    assert desk.refresh()
    assert desk.edition.settled.keys() == other.edition.settled.keys()
    assert len(desk.entries) == 2


def newer() -> Analysis:
    """The same text read by something else: other ids, other people, one mention less."""
    base = ferry()
    shift = {e.id: e.id + 10 for e in base.entities}
    data = to_dict(base)
    for e in data["entities"]:
        e["id"], e["members"] = shift[e["id"]], [shift[x] for x in e["members"]]
    gone = next(m for m in data["mentions"] if base.story.text[m["start"] : m["end"]] == "His")
    data["mentions"].remove(gone)
    next(e for e in data["entities"] if e["id"] == shift[gone["entity"]])["mention_count"] -= 1
    for m in data["mentions"]:
        m["entity"] = shift.get(m["entity"])
    for row in (*data["mentions"], *data["quotes"]):
        row["candidates"] = [{"entity": shift[c["entity"]], "p": c["p"]} for c in row["candidates"]]
    for q in data["quotes"]:
        q["speaker"], q["addressees"] = shift.get(q["speaker"]), [shift[x] for x in q["addressees"]]
    for s in data["scenes"]:
        s["characters"] = [shift[x] for x in s["characters"]]
    return from_dict(data, "newer")


def test_corrections_are_made_again_on_a_newer_reading_and_the_lost_are_told(desk: Desk) -> None:
    halvard = who(desk, "Halvard")
    line = quote(desk, "Friday,")
    desk.do(desk.correction("speaker", line, (halvard,), "this"))
    desk.do(desk.correction("person", mention(desk, "His"), (halvard,), "this"))
    assert fingerprint(newer()) != fingerprint(ferry())
    again = Desk(newer(), desk.log)
    assert again.edition.name(again.edition.quote(line).who or 0) == "Halvard"
    assert [m.entry.correction.targets[0].words for m in again.missing] == ["His"]
    assert len(Desk(ferry(), desk.log).entries) == 2, "nothing is lost for the older reading"


def test_corrections_are_brought_over_to_an_edited_text(desk: Desk, tmp_path: Path) -> None:
    imre = who(desk, "Imre")
    desk.do(desk.correction("speaker", quote(desk, "Friday,"), (imre,), "this"))
    desk.do(desk.correction("speaker", quote(desk, "In this?"), (imre,), "this"))
    written = write_corrections(desk)
    marked = (
        "{{Ann>Imre|“Wait.”}} [Imre:Imre] waited.\n\n"
        "{{? .41 Imre .41 Ann .39>-|“Friday,”}} somebody said, and the river went on rising."
    )
    edited = fake_analysis(marked)
    there = Desk(edited, Log(tmp_path / "edited.fabula", edited.story.id))
    done, lost = bring_over(there, read_corrections(written, "file"))
    assert (done, len(lost)) == (1, 1)
    assert "no longer in the text" in lost[0][1]
    assert there.edition.quote(1).who == who(there, "Imre")


def test_a_decision_that_does_not_exist_is_refused(desk: Desk) -> None:
    with pytest.raises(CorrectionError, match="no decision"):
        desk.correction("speaker", 999, (), "this")
    with pytest.raises(CorrectionError, match="no quote"):
        desk.do(Correction("speaker", (Anchor.at(desk.base.story.text, 0, 3),), ()))
    assert desk.log.in_force() == ()


def test_the_reading_is_kept_with_its_corrections_for_the_weights_that_made_it(desk: Desk) -> None:
    from fabula import __version__
    from fabula.corrections.keep import keep_reading, kept_reading
    from fabula.pipeline import default_encoder

    story = desk.base.story
    assert kept_reading(desk.log.path, story) is None
    producer = replace(desk.base.producer, fabula=__version__, model=default_encoder().model_id)
    keep_reading(desk.log, replace(desk.base, producer=producer))
    found = kept_reading(desk.log.path, story)
    assert found is not None and fingerprint(found) == fingerprint(desk.base)
    keep_reading(desk.log, desk.base)
    assert kept_reading(desk.log.path, story) is None, "made by other weights"
    assert kept_reading(desk.log.path, replace(story, id="0" * 64)) is None
