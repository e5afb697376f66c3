"""voices.csv: made, corrected, and carried to the next book."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from fabula.errors import InputError
from fabula.export.voices import VoiceRow, Voices, parse_voices, read_voices, rows_of, voices_csv, voices_for
from fabula.types import Analysis
from tests.export.sample import lock
from tests.support.fake import fake_analysis
from tests.support.strategies import analyses


def test_speakers_have_a_row_the_most_talkative_first() -> None:
    assert [(r.character, r.voice, r.note) for r in voices_for(lock()).rows] == [
        ("(narrator)", "", "the narration"),
        ("(unknown)", "", "lines of speakers who are not known"),
        ("Runa", "", "3 lines, she"),
        ("Eskil", "", "3 lines, narrates, he"),
    ]


def test_the_next_book_adds_whom_it_brings_and_changes_nothing() -> None:
    text = "note;character;voice;actor\nfirm;Runa;runa.wav;K. Lund\n;Old Tom;tom.wav;\n;(narrator);n.wav;\n"
    known = parse_voices(text)
    updated = voices_for(lock(), known)
    assert updated.rows[:3] == known.rows
    assert [r.character for r in updated.rows[3:]] == ["(unknown)", "Eskil"]
    assert parse_voices(voices_csv(updated)) == updated
    assert voices_for(lock(), updated) == updated
    assert updated.others == ("actor",)
    assert updated.rows[0] == VoiceRow("Runa", "runa.wav", "", "firm", ("K. Lund",))


def test_a_row_is_found_by_an_alias_that_is_nobody_elses() -> None:
    book = fake_analysis(
        "[Imre Sandor:Imre Sandor] and [Imre:Imre Sandor] met [Hal:Halvard] and [Hal:Hal Berg]."
    )
    known = Voices((VoiceRow("Imre", "i.wav"), VoiceRow("HAL", "h.wav")))
    assert {
        e.name: rows_of(book.entities, known)[e.id].voice
        for e in book.entities
        if e.id in rows_of(book.entities, known)
    } == {"Imre Sandor": "i.wav"}


def test_pronunciations() -> None:
    assert VoiceRow("Imre", "", "EEM-reh").sayings() == {"Imre": "EEM-reh"}
    assert VoiceRow("Imre S.", "", "Imre=EEM-reh; Sandor = /ˈʃaːndor/").sayings() == {
        "Imre": "EEM-reh",
        "Sandor": "/ˈʃaːndor/",
    }
    assert VoiceRow("(narrator)", "", "x").sayings() == VoiceRow("Imre").sayings() == {}


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", "is empty"),
        ("name,voice\nRuna,x\n", "names no column 'character'"),
        ("character,character\n", "or a column twice"),
        ("character,voice\nRuna,a,b\n", "line 2: 3 cells"),
        ("character,voice\n,a\n", "line 2: the character is missing"),
        ("character\nRuna\nruna\n", "names 'runa' twice"),
        ('character\n"Runa\n', "line 2"),
        (b"\x00\x01\x02", "is not text"),
    ],
)
def test_what_can_be_wrong_with_a_file(content: str | bytes, problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        parse_voices(content, "voices.csv")


def test_what_spreadsheets_save_is_read(tmp_path: Path) -> None:
    path = tmp_path / "voices.csv"
    for content in (
        "\ufeffcharacter;voice\r\nZoë;z.wav\r\n".encode(),
        "character\tvoice\nZoë\tz.wav\n".encode("utf-16"),
        "Character,Voice\nZoë,z.wav\n".encode("cp1252"),
    ):
        path.write_bytes(content)
        assert read_voices(path).rows == (VoiceRow("Zoë", "z.wav"),)
    with pytest.raises(InputError, match="cannot be read"):
        read_voices(tmp_path / "none.csv")


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(analyses())
def test_what_is_written_is_read_back(analysis: Analysis) -> None:
    made = voices_for(analysis)
    again = parse_voices(voices_csv(made))
    assert [r.voice for r in again.rows] == [r.voice for r in made.rows]
    assert len(voices_for(analysis, again).rows) == len(made.rows)
