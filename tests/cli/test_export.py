"""``fabula export`` and ``fabula voices``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import pytest

from fabula.cli.export import To
from fabula.export import FORMATS, Request, render
from fabula.export.voices import read_voices
from fabula.reading import Reading
from tests.cli.conftest import Run
from tests.support.fake import fake_analysis, ferry


def test_the_formats_on_the_command_line_are_those_there_are() -> None:
    assert get_args(To) == tuple(FORMATS)


def test_a_file_goes_to_standard_output_or_where_it_is_told(run: Run, folder: Path, asked: list[Any]) -> None:
    (expected,) = render(ferry(), "conllu", Request("ferry")).contents.values()
    assert run("export", "ferry.json", "--to", "conllu") == (0, expected, "")
    assert run("export", "ferry.json", "--to", "conllu", "-o", "ferry.conllu") == (0, "", "")
    assert (folder / "ferry.conllu").read_text(encoding="utf-8") == expected
    assert asked == []


def test_a_terminal_is_shown_nothing_that_it_would_obey(
    run: Run, folder: Path, terminal: Callable[[int], None]
) -> None:
    terminal(80)
    Reading(fake_analysis("A line \u202ethat turns.", title="Red")).save(folder / "red.json")
    code, out, _ = run("export", "red.json", "--to", "html", "-q")
    assert code == 0
    assert "A line \ufffdthat turns." in out
    code, out, err = run("export", "ferry.json", "--to", "spacy")
    assert (code, out) == (4, "")
    assert "Name a file with -o" in err


def test_a_folder_is_named_after_the_reading_or_as_told(run: Run, folder: Path) -> None:
    code, out, err = run("export", "ferry.json", "--to", "jsonl")
    assert (code, out, err) == (0, "", "fabula: wrote 9 files into ferry.jsonl\n")
    assert (folder / "ferry.jsonl" / "quotes.jsonl").is_file()
    assert run("export", "ferry.json", "--to", "booknlp", "-o", "out/tale", "-q") == (0, "", "")
    assert (folder / "out" / "tale" / "tale.tokens").is_file()


def test_what_is_lost_is_said_unless_quiet(run: Run) -> None:
    code, _, err = run("export", "ferry.json", "--to", "booknlp", "-o", "out")
    assert code == 0
    assert err.startswith("fabula: --to booknlp: supersenses are not tagged")


def test_a_story_is_read_first(run: Run, asked: list[Any]) -> None:
    code, out, _ = run("export", "ferry.txt", "--to", "html")
    assert (code, len(asked)) == (0, 1)
    assert out.startswith("<!DOCTYPE html>")


def test_voices_and_choices_reach_the_performance(run: Run, folder: Path) -> None:
    assert run("voices", "ferry.json", "-o", "voices.csv") == (0, "", "")
    rows = (
        (folder / "voices.csv").read_text(encoding="utf-8").replace("Halvard,,", "Halvard,low.wav,HAL-vard")
    )
    (folder / "voices.csv").write_text(rows, encoding="utf-8")
    options = ("--voices", "voices.csv", "--paratext", "spoken", "-o", "talk")
    code, out, err = run("export", "ferry.json", "--to", "ebook2audiobook", *options)
    assert (code, out) == (0, "") and "pronunciations are left out" in err
    told = (folder / "talk" / "chapter_001.txt").read_text(encoding="utf-8")
    assert "[voice:low.wav]“You might say something,”[/voice] said Halvard" in told
    assert told.startswith("The Ferry House\n")


def test_voices_are_printed_or_added_to(run: Run, folder: Path) -> None:
    code, out, err = run("voices", "ferry.json")
    assert (code, err) == (0, "")
    assert out.startswith("character,voice,pronunciation,note\n(narrator),,,the narration\n")
    (folder / "voices.csv").write_text("character,voice\nImre,mine.wav\n", encoding="utf-8")
    assert run("voices", "ferry.json", "-o", "voices.csv") == (0, "", "")
    assert [(r.character, r.voice) for r in read_voices(folder / "voices.csv").rows] == [
        ("Imre", "mine.wav"),
        ("(narrator)", ""),
        ("(unknown)", ""),
        ("Halvard", ""),
    ]


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("ferry.json",), 2, "--to"),
        (("ferry.json", "--to", "docx"), 2, "docx"),
        (("missing.json", "--to", "tei"), 3, "missing.json"),
        (("ferry.json", "--to", "tei", "-o", "none/ferry.xml"), 4, "Make the folder first"),
        (("ferry.json", "--to", "csv", "-o", "ferry.txt"), 4, "ferry.txt"),
        (("ferry.json", "--to", "script", "--voices", "none.csv"), 3, "none.csv"),
    ],
)
def test_what_can_go_wrong(run: Run, folder: Path, arguments: tuple[str, ...], code: int, told: str) -> None:
    before = sorted(folder.iterdir())
    found, out, err = run("export", *arguments)
    assert (found, out) == (code, "")
    assert told in err
    assert err.count("\n") == 1
    assert sorted(folder.iterdir()) == before


def test_an_old_file_of_voices_that_is_broken_is_not_overwritten(run: Run, folder: Path) -> None:
    (folder / "voices.csv").write_text("who,what\n", encoding="utf-8")
    code, _, err = run("voices", "ferry.json", "-o", "voices.csv")
    assert code == 3
    assert "names no column 'character'" in err
    assert (folder / "voices.csv").read_text(encoding="utf-8") == "who,what\n"
