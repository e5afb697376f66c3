"""``fabula read``: what it prints and saves."""

from __future__ import annotations

import dataclasses
import io
import json
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace

import pytest
from rich.cells import cell_len

from fabula.cli import main
from fabula.cli.progress import ProgressLine
from fabula.cli.report import report
from fabula.cli.words import chance, counted, listed
from fabula.contract import load_file
from fabula.reading import Reading
from fabula.types import Analysis, CastMember, Segment, Story
from tests.cli.conftest import Run
from tests.support.fake import fake_analysis, ferry
from tests.support.same import difference

CODES = re.compile(r"\x1b\[[\d;]*m")
LABELS = re.compile(r"\[(?:Halvard|Imre|Tomas|both|)\??\]")


# ------------------------------------------------------------------ the report
REPORT = """\
The Ferry House, by salt_and_tin                                    187 words, 1 scene, third person
Set aside: disclaimer, 2 author's notes.

WHO       called           pronouns  mentions  lines, mostly to
 Halvard  taller man, Hal  he              16      6  Imre
 Imre     Imre Sandor      he              14      5  Halvard
 Off stage: Tomas.
 Named, not in the cast: Saint Olaf.

HOW SURE                      sure ≥ .9   likely   open   expected wrong
 which person (25 pronouns)          17        6      2                3
 who speaks (12 quotes)               8        1      3                2
 to whom (11 quotes)                  8        3      0                1
 Measured on older novels; on fan fiction it may do worse (see README).

CHECK FIRST
 line 20  “Then go,” he said. He picked at the wax on the table. Hi…  Imre .55     Halvard .43  decides 6 more
 line 34  “Friday,” somebody said, and the river went on rising.      Imre .41     Halvard .39
 line 18  …for a while neither of [them] spoke. The water had come …  both .74
 line 28  When [we] were small.” Halvard laughed, not well. “Imre S…  both .80
 line 16  [He]’ll have a bed for me by Friday.”                       Tomas .82    Halvard .12
 line 28  “Imre Sandor, carrying [his] shoes across the ferry so as…  Imre .86     Halvard .12
 line 18  The [taller man] got up. He went to the window and he sto…  Halvard .88  Imre .10

Keep it: fabula read ferry.txt -o ferry.json                           See it in colour: --show text
"""


def test_the_report(run: Run, asked: list[tuple[Story, Sequence[CastMember]]]) -> None:
    code, out, err = run("read", "ferry.txt")
    assert (code, err) == (0, "")
    assert out == REPORT
    assert len(asked) == 1


@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_report_on_a_terminal_fits_it(run: Run, terminal: Callable[[int], None], width: int) -> None:
    terminal(width)
    code, out, _ = run("read", "ferry.txt")
    assert code == 0
    assert CODES.search(out)
    lines = CODES.sub("", out).splitlines()
    assert max(map(cell_len, lines)) <= width
    assert all(word in out for word in ("WHO", "HOW SURE", "CHECK FIRST", "[")), "nothing is lost but width"
    assert sum("line 18" in line for line in lines) == 2


@pytest.mark.parametrize("name", ["NO_COLOR", "TERM"])
def test_no_colour_where_none_is_wanted(
    run: Run, terminal: Callable[[int], None], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    terminal(80)
    monkeypatch.setenv(name, "dumb")
    for show in ("report", "text", "quotes"):
        _, out, _ = run("read", "ferry.txt", "--show", show)
        assert "\x1b" not in out
        assert max(map(cell_len, out.splitlines())) <= 80


def test_a_saved_reading_is_shown_again_without_being_read(run: Run, asked: list[object]) -> None:
    _, out, _ = run("read", "ferry.json")
    assert out == REPORT[: REPORT.index("Keep it")] + "See it in colour: --show text\n"
    assert asked == []


def test_a_file_in_a_folder_with_spaces_is_quoted(run: Run, folder: Path) -> None:
    (folder / "my stories").mkdir()
    (folder / "ferry.txt").rename(folder / "my stories" / "it's.txt")
    _, out, _ = run("read", "my stories/it's.txt")
    assert """fabula read 'my stories/it'"'"'s.txt' -o 'it'"'"'s.json'""" in out


def test_a_report_on_nobody(run: Run, folder: Path) -> None:
    (folder / "bare.txt").write_text("It rained. It went on raining.\n", encoding="utf-8")
    code, out, _ = run("read", "bare.txt")
    assert code == 0
    assert out.splitlines()[0].startswith("bare.txt")
    assert "6 words, third person" in out
    assert "Nobody was found." in out
    assert "HOW SURE" not in out
    assert "CHECK FIRST" not in out


def rendered(analysis: Analysis, width: int | None = None) -> str:
    return "\n".join(line.plain for line in report(Reading(analysis), path="x.txt", kept=False, width=width))


def test_first_person_and_several_narrators() -> None:
    analysis = fake_analysis(
        "[I:Imre] went. [Runa:Runa] came, and [Runa:Runa] left.", entities={"Imre": {"role": "narrator"}}
    )
    text = rendered(analysis)
    assert "first person" in text
    assert re.search(r"^ Runa +2 +0$", text, re.M)
    both = (Segment("body", 0, 10, None, 0), Segment("body", 10, len(analysis.story.text), None, 1))
    story = dataclasses.replace(analysis.story, segments=both)
    assert "first person, 2 narrators" in rendered(dataclasses.replace(analysis, story=story))


def test_the_i_of_a_letter_does_not_make_a_story_first_person() -> None:
    analysis = fake_analysis(
        "[I:Imre] wrote. [Runa:Runa] came, and [Runa:Runa] left.", entities={"Imre": {"role": "narrator"}}
    )
    end = len(analysis.story.text)
    letter, body = Segment("letter", 0, 8, None, 0), Segment("body", 8, end)
    story = dataclasses.replace(analysis.story, segments=(letter, body))
    assert "third person" in rendered(dataclasses.replace(analysis, story=story))
    story = dataclasses.replace(analysis.story, segments=(Segment("letter", 0, end, None, 0),))
    assert "first person" in rendered(dataclasses.replace(analysis, story=story))


def test_nobody_is_asked_to_choose_between_two_of_one_name() -> None:
    analysis = fake_analysis("[he:A .5 B .4] saw [them:C .3 D .2]. {{C .3 D .2>-|“No.”}}")
    asked = rendered(analysis).partition("CHECK FIRST")[2]
    assert ("C .30" in asked, "A .50" in asked) == (True, True)
    alike = tuple(
        dataclasses.replace(e, name="them") if e.name in ("C", "D") else e for e in analysis.entities
    )
    asked = rendered(dataclasses.replace(analysis, entities=alike)).partition("CHECK FIRST")[2]
    assert ("them .30" in asked, "A .50" in asked) == (False, True)


def test_off_stage_without_scenes_is_who_is_only_spoken_of() -> None:
    analysis = fake_analysis("{{Imre>-|“[Tomas:Tomas] sent [me:Imre],”}} said [Imre:Imre].", scenes=False)
    assert "Off stage: Tomas." in rendered(analysis)


def test_a_large_cast_is_summed_up() -> None:
    names = [f"{a}{b}a" for a in "BDFGKL" for b in "aeiou"]
    analysis = fake_analysis(" ".join(f"[{n}:{n}] and [{n}:{n}]." for n in names))
    text = rendered(analysis, 80)
    assert text.count("\n Baa") == 1
    assert "Also: Fia, Foa, Fua, Gaa, Gea, Gia, Goa, Gua and 10 more." in text


def test_people_without_a_name() -> None:
    analysis = fake_analysis(
        "[He:He] and [he:He], [his:He] {{He>-|“No.”}} and [she:She]. There [a porter:a porter] slept, "
        "and [the cook:the cook] slept, till [the cook:the cook] woke.",
        scenes=False,
    )
    text = rendered(analysis)
    assert re.search(r"^ \(He\) +he +3 +1$", text, re.M)
    assert "Also: the cook.\n" in text


def test_another_language_is_told_and_marked(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    french = dataclasses.replace(ferry(), story=dataclasses.replace(ferry().story, language="fr"))
    monkeypatch.setattr("fabula.pipeline.analyse", lambda *_, **__: french)
    code, out, err = run("read", "ferry.txt")
    assert code == 0
    assert out.splitlines()[2].startswith("The text seems to be in French. Fabula reads English")
    assert err.startswith("fabula: ferry.txt: The text seems to be in French.")
    assert err.count("\n") == 1


# ------------------------------------------------------------------ --json, -o, several stories, stdin
def test_json(run: Run, folder: Path) -> None:
    code, out, err = run("read", "ferry.txt", "--json")
    assert (code, err) == (0, "")
    assert out == (folder / "ferry.json").read_text(encoding="utf-8")


def test_json_of_several_is_a_line_each(run: Run) -> None:
    _, out, _ = run("read", "ferry.txt", "ferry.json", "--json")
    first, second = map(json.loads, out.splitlines())
    assert first == second == Reading(ferry()).to_dict()


def test_output_to_a_file(run: Run, folder: Path) -> None:
    code, out, _ = run("read", "ferry.txt", "-o", "out.json")
    assert code == 0
    assert out == REPORT[: REPORT.index("Keep it")] + "See it in colour: --show text\n"
    assert difference(load_file(folder / "out.json"), ferry()) == ""


def test_output_to_a_folder(run: Run, folder: Path) -> None:
    (folder / "more").mkdir()
    (folder / "more" / "ferry.md").write_text("It rained.\n", encoding="utf-8")
    code, out, _ = run("read", "-q", "ferry.txt", "more/ferry.md", "--output", "readings")
    assert (code, out) == (0, "")
    assert sorted(p.name for p in (folder / "readings").iterdir()) == ["ferry-2.json", "ferry.json"]
    assert load_file(folder / "readings" / "ferry-2.json").story.text == "It rained.\n"
    run("read", "-q", "ferry.txt", "-o", "more")
    assert (folder / "more" / "ferry.json").exists()
    run("read", "-q", "ferry.txt", "-o", "new/")
    assert (folder / "new" / "ferry.json").exists()


def test_several_stories_one_after_another(run: Run, folder: Path) -> None:
    (folder / "rain.txt").write_text("It rained.\n", encoding="utf-8")
    _, out, _ = run("read", "ferry.txt", "rain.txt")
    assert out.startswith(REPORT + "\nrain.txt")
    _, out, _ = run("read", "rain.txt", "rain.txt", "--show", "text")
    assert out == "== rain.txt ==\nIt rained.\n\n== rain.txt ==\nIt rained.\n"


class FakeInput(io.TextIOWrapper):
    def __init__(self, content: bytes) -> None:
        super().__init__(io.BytesIO(content), "ascii")


def test_standard_input(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", FakeInput((folder / "ferry.txt").read_bytes()))
    code, out, _ = run("read", "-")
    assert code == 0
    *body, last = out.splitlines(keepends=True)
    assert "".join(body) == REPORT[: REPORT.index("Keep it")]
    assert last.startswith("Keep it: fabula read - -o story.json   ")
    monkeypatch.setattr(sys, "stdin", FakeInput((folder / "ferry.json").read_bytes()))
    code, out, _ = run("read", "-", "--json", "-o", "saved/")
    assert out == (folder / "ferry.json").read_text(encoding="utf-8")
    assert (folder / "saved" / "stdin.json").exists()


def test_a_cast_is_handed_on(run: Run, folder: Path, asked: list[tuple[Story, Sequence[CastMember]]]) -> None:
    (folder / "cast.csv").write_text("name,aliases\nImre,Imi\n", encoding="utf-8")
    code, _, _ = run("read", "ferry.txt", "--cast", "cast.csv")
    assert code == 0
    assert asked[0][1] == (CastMember("Imre", ("Imi",)),)


def test_quiet(run: Run) -> None:
    assert run("read", "ferry.txt", "--quiet") == (0, "", "")


# ------------------------------------------------------------------ progress
class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def clock(monkeypatch: pytest.MonkeyPatch, *seconds: float) -> None:
    times = iter(seconds)
    monkeypatch.setattr("fabula.cli.progress.time", SimpleNamespace(monotonic=lambda: next(times)))


def test_progress_after_a_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    stderr = Terminal()
    monkeypatch.setattr(sys, "stderr", stderr)
    clock(monkeypatch, 0, 1.4, 1.6, 1.61, 2.0)
    with ProgressLine("a\x1b[2J.txt") as progress:
        progress("reading", 0.1)
        assert stderr.getvalue() == ""
        progress("reading", 0.2)
        assert "reading" in stderr.getvalue()
        assert " 20%" in stderr.getvalue()
        progress("reading", 0.3)
        assert " 30%" not in stderr.getvalue(), "not more than ten times a second"
        progress("deciding", 7.0)
    assert "100%" in stderr.getvalue()
    assert "␛[2J" in stderr.getvalue()


@pytest.mark.parametrize("why", ["quiet", "no terminal", "dumb"])
def test_no_progress(monkeypatch: pytest.MonkeyPatch, why: str) -> None:
    stream = Terminal() if why != "no terminal" else io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    if why == "dumb":
        monkeypatch.setenv("TERM", "dumb")
    clock(monkeypatch, 0, 5, 6)
    with ProgressLine("a", quiet=why == "quiet") as progress:
        progress("reading", 0.5)
        progress("reading", 0.6)
    assert stream.getvalue() == ""


# ------------------------------------------------------------------ words
def test_words() -> None:
    assert (counted(1, "scene"), counted(1712, "word")) == ("1 scene", "1,712 words")
    assert [chance(p) for p in (0, 0.004, 0.05, 0.55, 0.994, 0.996, 1)] == [
        ".00", ".00", ".05", ".55", ".99", "1.0", "1.0",
    ]  # fmt: skip
    assert listed(["a", "b", "c"], 2) == "a, b and 1 more"
    assert listed(["a", "b"], 2, 3) == "a, b and 3 more"
    assert (listed(["a"], 2), listed([], 2, 3)) == ("a", "3 more")


def test_main_takes_the_arguments_of_the_process(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["fabula", "read", "ferry.json", "-q"])
    assert main() == 0
    assert capsys.readouterr().out == ""
