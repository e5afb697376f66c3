"""The tables: CSV read by Python's reader, JSON Lines by json, Parquet by pyarrow; all three say the same."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabula.export import render
from fabula.export.cells import csv_text, guard, unguard
from fabula.export.tables import tables_of
from tests.export.sample import lock
from tests.support.fake import fake_analysis

NAMES = ["story", "quotes", "mentions", "characters", "places", "acts", "emotions", "scenes", "bonds"]


def parquet(name: str) -> pa.Table:
    return pq.read_table(pa.BufferReader(render(lock(), "parquet").contents[f"{name}.parquet"]))


def jsonl(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in str(render(lock(), "jsonl").contents[f"{name}.jsonl"]).splitlines()]


def comma(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(str(render(lock(), "csv").contents[f"{name}.csv"]), newline="")))


def test_there_is_a_table_of_everything() -> None:
    for to, suffix in (("csv", "csv"), ("jsonl", "jsonl"), ("parquet", "parquet")):
        assert list(render(lock(), to).contents) == [f"{name}.{suffix}" for name in NAMES]
        assert list(render(fake_analysis(""), to).contents) == [f"{name}.{suffix}" for name in NAMES]


@pytest.mark.parametrize("name", NAMES)
def test_the_three_agree(name: str) -> None:
    rows, table, cells = jsonl(name), parquet(name), comma(name)
    assert table.to_pylist() == rows
    assert len(rows) == len(cells) > 0
    for row, line in zip(rows, cells, strict=True):
        assert list(row) == list(line) == table.column_names
        for key, value in row.items():
            if isinstance(value, str):
                assert unguard(line[key]) == value
            elif isinstance(value, bool) or value is None:
                assert line[key] == {None: "", True: "true", False: "false"}[value]
            elif isinstance(value, list):
                assert unguard(line[key]) == "; ".join(map(str, value))
            else:
                assert float(line[key]) == value


def test_quotes_say_who_where_and_what() -> None:
    text = lock().story.text
    first, *_, last = jsonl("quotes")
    assert (first["speaker_name"], first["addressee_names"], first["cue"]) == ("Runa", ["Eskil"], "said")
    assert text[first["start"] : first["end"]] == first["text"] == "“Come down, Eskil,”"
    assert first["line"] == text[: first["start"]].count("\n") + 1
    assert (first["chapter"], first["scene"], last["chapter"], last["scene"]) == (1, 0, 2, 2)
    assert last["kind"] == "thought"
    assert [q["parent"] for q in jsonl("quotes")].count(2) == 1


def test_the_story_itself() -> None:
    (story,) = jsonl("story")
    assert (story["title"], story["author"]) == ("The Lock-Keeper", "A. Reader")
    assert story["metadata"] == ["Rating: Teen", "Characters: Runa", "Characters: Eskil"]
    assert story["characters"] == len(lock().story.text)


def test_mentions_characters_and_the_ledger() -> None:
    she = next(m for m in jsonl("mentions") if m["text"] == "she")
    assert (she["name"], she["kind"], she["in_speech"], she["confidence"]) == ("Runa", "PRON", False, 0.95)
    assert next(m for m in jsonl("mentions") if m["text"] == "You")["in_speech"] is True
    runa = next(c for c in jsonl("characters") if c["name"] == "Runa")
    assert (runa["lines"], runa["words_spoken"], runa["scenes"]) == (4, 9, 2)
    assert [p["name"] for p in jsonl("places")] == ["Mossgate", "Heron"]
    (act,) = jsonl("acts")
    assert (act["kind"], act["agent_name"], act["patient_name"], act["scene"]) == ("ask", "Runa", "Eskil", 0)
    (feeling,) = jsonl("emotions")
    assert (feeling["character_name"], feeling["label"], feeling["text"]) == ("Eskil", "mirth", "laughed")
    bonds = jsonl("bonds")
    assert [(b["from_name"], b["to_name"], b["lines"], b["acts"]) for b in bonds] == [
        ("Runa", "Eskil", 2, 1),
        ("Eskil", "Runa", 1, 0),
    ]


def test_types_stand_in_the_parquet_files() -> None:
    schema = parquet("quotes").schema
    assert schema.field("speaker").type == pa.int64()
    assert schema.field("confidence").type == pa.float64()
    assert schema.field("addressees").type == pa.list_(pa.int64())
    assert schema.metadata[b"story"].decode() == lock().story.id
    empty = pq.read_table(pa.BufferReader(render(fake_analysis(""), "parquet").contents["acts.parquet"]))
    assert empty.schema.field("negated").type == pa.bool_()
    assert empty.num_rows == 0


def test_no_cell_is_a_formula() -> None:
    analysis = fake_analysis('{{=Ann>-|=HYPERLINK("x")}} [@Bo:=Ann]')
    for content in render(analysis, "csv").contents.values():
        for row in csv.reader(io.StringIO(str(content), newline="")):
            assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)
    assert any("'=HYPERLINK" in str(c) for c in render(analysis, "csv").contents.values())


@given(st.text(alphabet="'=+-@\t\rab"))
def test_a_guarded_cell_is_read_back(cell: str) -> None:
    assert unguard(guard(cell)) == cell
    assert not guard(cell).startswith(("=", "+", "-", "@", "\t", "\r"))


@given(st.lists(st.lists(st.text(alphabet="a\r\n,\"'= "), min_size=2, max_size=2), max_size=3))
def test_cells_of_any_text_are_read_back(written: list[list[str]]) -> None:
    rows = list(csv.reader(io.StringIO(csv_text(("x", "y"), written), newline="")))
    assert [[unguard(cell) for cell in row] for row in rows] == [["x", "y"], *written]


def test_tables_of_many_stories_can_be_put_together() -> None:
    assert {t.names[0] for t in tables_of(lock())} == {"story"}
    assert {row[0] for t in tables_of(lock()) for row in t.rows} == {lock().story.id[:12]}
