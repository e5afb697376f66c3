"""What comes back from other tools: nothing if nothing was changed, else what was, as corrections."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import cassis
import pytest

from fabula.annotated import corrections_of, read_answers
from fabula.annotated.answers import People
from fabula.errors import InputError
from fabula.export import inception as layers
from fabula.reading import Reading
from tests.export.sample import lock
from tests.support.fake import fake_analysis

TEXT = lock().story.text
NAMES = {e.id: e.name for e in lock().entities}


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A folder with the exports that can come back."""
    for to in ("csv", "brat", "inception"):
        Reading(lock()).export(to, tmp_path / to / "lock")
    return tmp_path


def changed(path: Path) -> list[tuple[str, str, list[str]]]:
    """The corrections in ``path``: what about, the words, who."""
    data, _ = corrections_of(lock(), read_answers(path, lock()))
    assert (data["schema"], data["story"]) == ("fabula-corrections/1", lock().story.id)
    found = []
    for row in data["corrections"]:
        (target,) = row["targets"]
        assert TEXT[target["start"] : target["end"]] == target["words"]
        assert TEXT[: target["start"]].endswith(target["before"])
        assert TEXT[target["end"] :].startswith(target["after"])
        for person in row["people"]:
            assert (person["anchor"] is None) != (person["made"] is None)
        found.append((row["action"], target["words"], [p["name"] for p in row["people"]]))
    return found


def edit(path: Path, *pairs: tuple[str, str]) -> Path:
    content = path.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in content
        content = content.replace(old, new, 1)
    path.write_text(content, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "name",
    [
        "csv/lock/quotes.csv",
        "brat/lock",
        "brat/lock/lock.ann",
        "inception/lock/lock.xmi",
        "inception/lock/lock.json",
    ],
)
def test_an_export_that_nobody_touched_corrects_nothing(made: Path, name: str) -> None:
    assert changed(made / name) == []


def test_a_table_of_quotes(made: Path) -> None:
    path = edit(
        made / "csv" / "lock" / "quotes.csv",
        ("0,Runa,1,Eskil,3,said", "0,Eskil,1,Runa,3,said"),
        (",1,Eskil,2,both,", ",1,Old Tom,2,Runa; Eskil,"),
        (",0,Runa,1,Eskil,,,,0.99,0.99,,“Nobody.”", ",0,,1,Eskil,,,,0.99,0.99,,“Nobody.”"),
    )
    assert changed(path) == [
        ("speaker", "“Come down, Eskil,”", ["Eskil"]),
        ("addressees", "“Come down, Eskil,”", ["Runa"]),
        ("speaker", "“Listen, both of you.\n\n“It is late.”", ["Old Tom"]),
        ("addressees", "“Listen, both of you.\n\n“It is late.”", ["Runa", "Eskil"]),
        ("speaker", "“Nobody.”", []),
    ]


def test_a_number_alone_can_be_corrected_too(made: Path) -> None:
    path = edit(made / "csv" / "lock" / "quotes.csv", ("0,Runa,1,Eskil,3,said", "1,Runa,1,Eskil,3,said"))
    assert changed(path) == [("speaker", "“Come down, Eskil,”", ["Eskil"])]


def test_what_a_spreadsheet_makes_of_a_table_is_read(made: Path) -> None:
    path = made / "csv" / "lock" / "quotes.csv"
    import csv

    rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines(keepends=True)))
    with path.open("w", encoding="utf-16", newline="") as stream:
        csv.writer(stream, delimiter="\t", lineterminator="\r\n").writerows(rows)
    assert changed(path) == []


def mark_of(annotations: str, kind: str, words: str) -> str:
    found = re.search(rf"^(T\d+)\t{kind} [\d ;]+\t{re.escape(words)}$", annotations, re.M)
    assert found, words
    return found[1]


def test_brat(made: Path) -> None:
    path = made / "brat" / "lock" / "lock.ann"
    content = path.read_text(encoding="utf-8")
    quote, nobody = mark_of(content, "Speech", "“Nobody.”"), mark_of(content, "Speech", "“Who’s there?”")
    her, eskil = mark_of(content, "Person", "her"), mark_of(content, "Person", "Eskil")
    content = re.sub(rf"Speaker Arg1:{quote} Arg2:T\d+", f"Speaker Arg1:{quote} Arg2:{eskil}", content)
    content = re.sub(rf"Coref Arg1:{her} Arg2:T\d+", f"Coref Arg1:{her} Arg2:{eskil}", content)
    content += f"R999\tSpeaker Arg1:{nobody} Arg2:{her}\t\n"
    path.write_text(content, encoding="utf-8")
    assert sorted(changed(path)) == [
        ("person", "her", ["Eskil"]),
        ("speaker", "“Nobody.”", ["Eskil"]),
        ("speaker", "“Who’s there?”", ["Eskil"]),
    ], "her means Eskil now, so whom she leads to does too"


def test_arcs_taken_away_in_brat(made: Path) -> None:
    path = made / "brat" / "lock" / "lock.ann"
    content = path.read_text(encoding="utf-8")
    quote, her = mark_of(content, "Speech", "“Nobody.”"), mark_of(content, "Person", "her")
    kept = [
        line
        for line in content.splitlines(keepends=True)
        if f"Coref Arg1:{her} " not in line and f"Arg1:{quote} " not in line
    ]
    path.write_text("".join(kept), encoding="utf-8")
    assert sorted(changed(path)) == [
        ("addressees", "“Nobody.”", []),
        ("person", "her", []),
        ("speaker", "“Nobody.”", []),
    ]


@pytest.mark.parametrize("kind", ["xmi", "json", "zip"])
def test_inception(made: Path, kind: str) -> None:
    folder = made / "inception" / "lock"
    system = cassis.load_typesystem((folder / "TypeSystem.xml").read_text(encoding="utf-8"))
    cas = cassis.load_cas_from_xmi((folder / "lock.xmi").read_text(encoding="utf-8"), typesystem=system)
    quotes = {q.get_covered_text(): q for q in cas.select(layers.QUOTE)}
    quotes["“Nobody.”"].speaker = layers.label("Eskil", 1)
    quotes["“Who’s there?”"].speaker = "Old Tom"
    quotes["“Come down, Eskil,”"].addressees = None
    chains = {c.first.get_covered_text(): c for c in cas.select(layers.CHAIN)}
    link = chains["Runa"].first
    while link.next.get_covered_text() != "her":
        link = link.next
    her, link.next = link.next, link.next.next
    her.next, chains["Eskil"].first = chains["Eskil"].first, her
    path = folder / f"back.{kind}"
    if kind == "json":
        cas.to_json(path)
    else:
        cas.to_xmi(folder / "back.xmi")
    if kind == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.write(folder / "back.xmi", "x/back.xmi")
            archive.write(folder / "TypeSystem.xml", "x/TypeSystem.xml")
    assert sorted(changed(path)) == [
        ("addressees", "“Come down, Eskil,”", []),
        ("person", "her", ["Eskil"]),
        ("speaker", "“Nobody.”", ["Eskil"]),
        ("speaker", "“Who’s there?”", ["Old Tom"]),
    ]


def test_labels() -> None:
    people = People(lock())
    assert (
        people.find("Eskil (e1)")
        == people.find("e1 Eskil")
        == people.find("ESKIL")
        == people.find("e1 ")
        == 1
    )
    assert people.find("Runa (e1)") == 0, "a name that was changed by hand counts more than the number"
    assert people.find("Old Tom") == "Old Tom"
    assert people.find("Old Tom (e1)") == "Old Tom"
    assert people.find("?") is None


def test_a_person_is_anchored_on_the_first_name() -> None:
    analysis = fake_analysis("[He:Imre] sat. {{-  >-|“Hm.”}} said [Imre:Imre].")
    quote = analysis.quotes[0]
    from fabula.annotated import Answer

    data, _ = corrections_of(
        analysis, [Answer("speaker", quote.start, quote.end, (analysis.entities[0].id,))]
    )
    assert data["corrections"][0]["people"][0]["anchor"]["words"] == "Imre"


def test_spans_that_the_reading_does_not_have_are_counted(made: Path) -> None:
    path = made / "csv" / "lock" / "quotes.csv"
    rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text(rows[0] + f"{lock().story.id[:12]},9,0,4" + "," * 16 + "\n", encoding="utf-8")
    _, notes = corrections_of(lock(), read_answers(path, lock()))
    assert notes == ["2 annotations stand where the reading has no quote or mention"]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.csv", b"start,end\n1,2\n", "no column 'speaker_name'"),
        ("a.csv", b"start,end,speaker_name\nx,2,\n", "line 2: start and end must be numbers"),
        ("a.csv", b"story,start,end,speaker_name\nffff,1,2,\n", "of another text"),
        ("a.csv", b"\x00\x01", "is not text"),
        ("a.ann", b"T1\tnonsense\n", "is no annotation of brat"),
        ("a.json", b"{}", "is no CAS"),
        ("a.xmi", b"<xmi/>", "is no CAS"),
        ("a.xmi", b'<!DOCTYPE x [<!ENTITY y "z">]><x>&y;</x>', "declares entities"),
        ("a.zip", b"PK\x03\x04 cut", "is no zip"),
    ],
)
def test_broken_files(made: Path, name: str, content: bytes, told: str) -> None:
    folder = made / "inception" / "lock"
    (folder / name).write_bytes(content)
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    with pytest.raises(InputError, match=told):
        read_answers(folder / name, lock())


def test_a_file_of_another_text(made: Path) -> None:
    other = fake_analysis("Another story.")
    for name in ("csv/lock/quotes.csv", "brat/lock", "inception/lock/lock.xmi"):
        with pytest.raises(InputError, match="another text"):
            read_answers(made / name, other)
    with pytest.raises(InputError, match="cannot be read"):
        read_answers(made / "none.csv", other)
    with pytest.raises(InputError, match=r"holds 0 \.ann files"):
        read_answers(made / "csv" / "lock", other)
