"""Cast files: read in every shape people have them, written so that they read back."""

# ruff: noqa: E501  (whole lines of cast files)

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fabula.cast import cast_csv, cast_json, cast_of, parse_cast, read_cast
from fabula.errors import CastError, FabulaError
from fabula.types import CastMember
from fabula.usage import pronoun_pair, subject_forms
from tests.support.fake import fake_analysis, ferry

IMRE = CastMember("Imre Sandor", ("Imre", "Imi"), ("he", "him"), "the ferryman")
RUNA = CastMember("Runa", (), ("she", "they"))


@pytest.mark.parametrize(
    "text",
    [
        "name,aliases,pronouns,note\nImre Sandor,Imre; Imi,he/him,the ferryman\nRuna,,she/they,\n",
        "Imre Sandor,Imre|Imi,he/him,the ferryman\nRuna,,she/they\n",
        "Name;Aliases;Pronouns;Note\nImre Sandor;Imre | Imi;he/him;the ferryman\nRuna;;she/they;\n",
        'Name;Aliases;Pronouns;Note\nImre Sandor;"Imre;Imi";he/him;the ferryman\nRuna;;she/they;\n',
        "name\taliases\tpronouns\tnote\r\nImre Sandor\tImre;Imi\the, him\tthe ferryman\r\nRuna\t\tshe they\t\r\n",
        "sep=;\nImre Sandor;Imre|Imi;he/him;the ferryman\nRuna;;she/they\n",
        "Pronoun,Note,NAME,Alias\nhe/him,the ferryman,Imre  Sandor,Imre;Imre;Imi;imre sandor\nshe/they,,Runa,\n\n,,,\n",
        '"Imre Sandor","Imre;Imi",HE/HIM,"the ferryman"\n"Runa",,She|They,\n',
        '[{"name": "Imre Sandor", "aliases": ["Imre", "Imi"], "pronouns": "he/him", "note": "the ferryman"},'
        ' {"Name": "Runa", "pronouns": ["she", "they"], "note": null}]',
        '{"cast": [{"name": "Imre Sandor", "alias": "Imre; Imi", "pronouns": "he him", "notes": "the ferryman"},'
        ' {"name": "Runa", "pronouns": "she/they"}]}',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_every_shape(text: str, encoding: str) -> None:
    assert parse_cast(text.encode(encoding)) == (IMRE, RUNA)


def test_names_alone_are_enough() -> None:
    assert (
        parse_cast('["Imre", "Runa"]')
        == parse_cast("Imre\nRuna\n")
        == (CastMember("Imre"), CastMember("Runa"))
    )


def test_what_spreadsheets_on_windows_write() -> None:
    assert parse_cast("name;note\r\nZoë;naïve – très\r\n".encode("cp1252"))[0] == CastMember(
        "Zoë", note="naïve – très"
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "cast: names nobody. Use the columns name, aliases, pronouns, note"),
        ("name,aliases\n", "names nobody"),
        ("name,voice\nImre,low\n", "line 1: the column 'voice' is unknown. Use the columns"),
        ("aliases,note\nImre,low\n", "line 1: there is no column 'name'. Use the columns"),
        ("name,name\nImre,low\n", "line 1: the column 'name' stands twice"),
        ("name,note\nImre,tall\n\n,short\n", "line 4: the name is missing. Write a name or delete the line"),
        ("Imre,,,tall, thin, wet\n", "line 1: 6 cells, there are 4 columns"),
        ('Imre,"Imi\nRuna\n', "line 2: unexpected end of data. Check the quote marks"),
        ("Imre,Imi\nImi Sandor,imi\n", "line 2: 'imi' is a name of 'Imre' already (line 1)"),
        ("Imre\nRuna\nImre\n", "line 3: 'Imre' is a name of 'Imre' already (line 1)"),
        ("Imre," + "x" * 200_000 + "\n", "line 1: field larger than field limit"),
        (b"Im\0re", "is not text"),
        (b"\x81\x8d\x8f", "is not text in UTF-8"),
        ('[{"name": "Imre"},\n {]', "line 2: is not JSON"),
        ('{"people": []}', "holds no list of people"),
        ('{"cast": {"name": "Imre"}}', "holds no list of people"),
        ("[1]", "person 1: is no object"),
        ("[{}]", "person 1: the name is missing"),
        ('["Imre", {"name": 7}]', "person 2: 'name' must be text"),
        ('[{"name": "Imre", "aliases": [1]}]', "person 1: 'aliases' must be text"),
        ('[{"name": "Imre", "voice": "low"}]', "person 1: the key 'voice' is unknown"),
        ("[" * 100_000, "is not a cast"),
    ],
)  # fmt: skip
def test_each_fault_names_its_line_and_the_remedy(content: str | bytes, message: str) -> None:
    with pytest.raises(CastError) as caught:
        parse_cast(content)
    assert message in str(caught.value)
    assert caught.value.remedy
    assert "\n" not in str(caught.value)


@settings(deadline=None)
@given(st.one_of(st.binary(max_size=80), st.text('name,;|"\t\n[]{}:aI\\', max_size=60).map(str.encode)))
def test_no_content_breaks_it(content: bytes) -> None:
    try:
        members = parse_cast(content)
    except FabulaError as error:
        assert str(error).startswith("cast: ")
    else:
        assert all(member.name for member in members)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(CastError, match="cannot be read"):
        read_cast(tmp_path / "none.csv")
    with pytest.raises(CastError, match="cannot be read"):
        read_cast(tmp_path)
    large = tmp_path / "large.csv"
    large.write_bytes(b"x" * 10_000_001)
    with pytest.raises(CastError, match="is too large"):
        read_cast(large)


# ------------------------------------------------------------------ out
_names = st.text(st.characters(categories=("L", "P", "S")), min_size=1, max_size=8).filter(
    lambda name: "\\" not in name and name.strip() == name
)


@settings(deadline=None)
@given(st.lists(_names, unique_by=str.casefold, min_size=1, max_size=6), st.text("abc\n,\";'", max_size=9))
def test_what_is_written_reads_back(names: list[str], note: str) -> None:
    half = len(names) // 2
    members = (
        CastMember(names[0], tuple(names[1 : half + 1]), ("xe", "xem"), note.strip()),
        *(CastMember(name) for name in names[half + 1 :]),
    )
    assert parse_cast(cast_csv(members)) == members
    assert parse_cast(cast_json(members)) == members


def test_a_cast_from_a_reading() -> None:
    assert cast_of(ferry()) == (
        CastMember("Halvard", ("Hal",), ("he", "him")),
        CastMember("Imre", ("Imre Sandor",), ("he", "him")),
        CastMember("Tomas", (), ("he", "him")),
    )
    assert parse_cast(cast_csv(cast_of(ferry()))) == cast_of(ferry())


def test_a_name_of_two_stays_with_its_owner_or_with_nobody() -> None:
    analysis = fake_analysis(
        "[Imre Sandor:Imre Sandor], [Sandor:Imre Sandor], [IMRE:Imre Sandor], [Imre:Imre Sandor], "
        "[Imre:Imre Sandor]. [Tomas:Tomas] [Sandor:Tomas]. [Old Sandor:Old Sandor]. [the guard:the guard]. "
        "[Tomas:Tomas the Younger]."
    )
    cast = cast_of(analysis)
    assert cast[0] == CastMember("Imre Sandor", ("Imre",), (), "others are called so too: Sandor")
    assert cast[1] == CastMember("Tomas", (), (), "somebody else has the same name and is left out")
    assert [member.name for member in cast] == ["Imre Sandor", "Tomas", "Old Sandor"]
    assert parse_cast(cast_csv(cast)) == cast


# ------------------------------------------------------------------ pronouns
@pytest.mark.parametrize(
    ("counts", "sets"),
    [
        ({"he": 9, "His": 3, "I": 40, "you": 9}, ("he",)),
        ({"she": 6, "them": 5}, ("she", "they")),
        ({"she": 60, "him": 1}, ("she",)),
        ({"xyr": 2, "xe": 1}, ("xe",)),
        ({"thon": 2}, ("thon",)),
        ({"i": 3, "who": 1}, ()),
        ({}, ()),
    ],
)
def test_pronoun_sets(counts: dict[str, int], sets: tuple[str, ...]) -> None:
    assert subject_forms(counts) == sets


def test_pronoun_pairs() -> None:
    assert [pronoun_pair(form) for form in ("he", "xe", "thon")] == ["he/him", "xe/xem", "thon"]
