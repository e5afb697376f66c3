"""``fabula read --show``: the story and its quotes on a terminal, whatever the story holds."""

from __future__ import annotations

import dataclasses
import io
import json
import re
import time
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from rich.cells import cell_len

from fabula.cli.quotes import quote_lines
from fabula.cli.report import report
from fabula.cli.safe import json_for_terminal, one_line, safe
from fabula.cli.screen import Screen
from fabula.cli.story import story_lines
from fabula.reading import Reading
from fabula.types import Analysis
from tests.cli.conftest import Run
from tests.support.fake import fake_analysis, ferry, novel
from tests.support.strategies import analyses

CODES = re.compile(r"\x1b\[[\d;]*m")
LABELS = re.compile(r"\[(?:Halvard|Imre|Tomas|both|)\??\]")


# ------------------------------------------------------------------ --show
def test_text_in_a_pipe_is_the_story_with_labels(run: Run) -> None:
    _, out, _ = run("read", "ferry.txt", "--show", "text")
    assert LABELS.sub("", out) == ferry().story.text
    assert "“You might say something,”[Halvard] said Halvard at last." in out
    assert "“Then go,”[Imre?] he said." in out
    assert "“Friday,”[?] somebody" in out
    assert "\x1b" not in out


def test_resolved_pronouns(run: Run) -> None:
    _, out, _ = run("read", "ferry.txt", "--show", "text", "--pronouns")
    assert LABELS.sub("", out) == ferry().story.text
    assert "and he[Halvard] knew it" in out
    assert "He[Tomas?]’ll have a bed for me[Imre] by Friday.”[Imre]" in out


def test_text_in_colour(run: Run, terminal: Callable[[int], None]) -> None:
    terminal(80)
    _, out, _ = run("read", "ferry.txt", "--show", "text")
    assert "\x1b[36m“You might say something,”\x1b[0m said Halvard" in out
    assert "\x1b[33m“What would you like me to say?”\x1b[0m" in out
    assert "\x1b[2mDisclaimer: The river is real. The people are not.\x1b[0m" in out
    plain = CODES.sub("", out)
    assert plain.startswith("● Halvard   ● Imre   [name?] doubtful\n\n")
    assert "“Then go,”[Imre?] he said." in plain
    assert "[Imre] " not in plain, "where the colour tells, no label is needed"
    assert max(map(len, plain.splitlines())) <= 80


def test_a_book_on_one_line(terminal: Callable[[int], None]) -> None:
    terminal(80)
    reading = Reading(fake_analysis("“Is he there?” asked nobody, {{Imre>-|“or not?”}} " * 20_000))
    out = io.StringIO()
    began = time.process_time()
    Screen(out).print(*story_lines(reading, colour=True, pronouns=True), wrap=True)
    assert time.process_time() - began < 15
    assert CODES.sub("", out.getvalue()).split("\n\n", 1)[1] == reading.text + "\n"


def test_a_speaker_without_a_colour_is_named(terminal: Callable[[int], None]) -> None:
    names = [f"P{c}" for c in "abcdefghijkl"]
    reading = Reading(fake_analysis("\n".join(f"{{{{{n}>-|“{i}.”}}}}" for i, n in enumerate(names))))
    lines = [line.plain for line in story_lines(reading, colour=True, pronouns=False)]
    assert "“3.”" in lines
    assert "“11.”[Pl]" in lines


def test_the_inner_quote_has_the_say() -> None:
    reading = Reading(fake_analysis("{{Imre>-|“He said {{Runa>-|‘go’}} to me,”}} Imre said."))
    line = list(story_lines(reading, colour=True, pronouns=False))[-1]
    styles = {line.plain[s.start : s.end]: s.style for s in line.spans}
    assert styles["‘go’"] != styles["“He said "] == styles[" to me,”"]


def test_quotes(run: Run) -> None:
    _, out, _ = run("read", "ferry.txt", "--show", "quotes")
    lines = out.splitlines()
    assert len(lines) == 12
    assert lines[0] == "10  Halvard  →  Imre     .99  “You might say something,”"
    assert lines[4] == "20  Imre     →  Halvard  .55  “Then go,”"
    assert lines[-1] == "34  ?        →  ?        .41  “Friday,”"


def test_quotes_on_a_terminal_are_cut_to_it(run: Run, terminal: Callable[[int], None]) -> None:
    terminal(60)
    _, out, _ = run("read", "ferry.txt", "--show", "quotes")
    lines = CODES.sub("", out).splitlines()
    assert max(map(cell_len, lines)) <= 60
    assert lines[3].endswith("…")


# ------------------------------------------------------------------ what a story may hold
NASTY = "\x1b]0;owned\x07 \x1b[31mred\x9b2J \u202eevil\u2066 \x00 \x7f \u200f"


def test_a_story_cannot_talk_to_the_terminal(run: Run, folder: Path, terminal: Callable[[int], None]) -> None:
    analysis = fake_analysis(
        f"{NASTY} “x”\n{{{{Imre>-|“{NASTY}”}}}} said [{NASTY.translate({91: '', 93: ''})} man:Imre .5].",
        title=NASTY,
        author=NASTY,
    )
    entity = dataclasses.replace(analysis.entities[0], name=NASTY)
    reading = Reading(dataclasses.replace(analysis, entities=(entity,)))
    reading.save(folder / "nasty.json")
    for width in (None, 80):
        if width:
            terminal(width)
        for arguments in (
            ["--show", "report"],
            ["--show", "text", "--pronouns"],
            ["--show", "quotes"],
            ["--json"],
        ):
            _, out, err = run("read", "nasty.json", *arguments)
            left = CODES.sub("", out + err)
            if arguments == ["--json"] and width is None:
                assert json.loads(out) == reading.to_dict()
                continue
            assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f]", left)
            assert arguments == ["--json"] or "␛" in left, "it is shown, not dropped"
    for command in (["cast"], ["validate"]):
        _, out, err = run(*command, "nasty.json")
        assert "\x1b" not in CODES.sub("", out + err)


def test_making_text_safe_is_one_for_one() -> None:
    assert safe(NASTY + "\n\t") == "␛]0;owned␇ ␛[31mred\ufffd2J \ufffdevil\ufffd ␀ ␡ \ufffd\n\t"
    assert one_line(" a\n\n b\tc \x1b") == "a b c ␛"
    assert json.loads(json_for_terminal('"\x7f\x9b\u202eä"')) == "\x7f\x9b\u202eä"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(analyses())
def test_no_analysis_breaks_the_printing(analysis: Analysis) -> None:
    reading = Reading(analysis)
    lines = [*report(reading, path="x", kept=False, width=70), *quote_lines(reading, width=70)]
    lines += [*report(reading, path="x", kept=True, width=None), *quote_lines(reading, width=None)]
    for line in lines:
        assert not re.search(r"[\x00-\x1f\x7f-\x9f]", line.plain)
    for colour in (False, True):
        for line in story_lines(reading, colour=colour, pronouns=True):
            assert not re.search(r"[\x00-\x08\x0a-\x1f\x7f-\x9f]", line.plain)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(analyses())
def test_without_labels_the_text_is_the_text(analysis: Analysis) -> None:
    bare = dataclasses.replace(analysis, quotes=(), mentions=())
    lines = [line.plain + "\n" for line in story_lines(Reading(bare), colour=False, pronouns=True)]
    text = safe(analysis.story.text)
    assert "".join(lines) == (text if text.endswith("\n") or not text else text + "\n")


def test_a_novel_is_printed_soon(run: Run, folder: Path) -> None:
    Reading(novel(30_000)).save(folder / "novel.json")
    for show in ("report", "text", "quotes"):
        code, out, _ = run("read", "novel.json", "--show", show)
        assert code == 0
        assert out
