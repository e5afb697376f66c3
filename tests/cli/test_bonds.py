"""``fabula bonds``, ``fabula plot``, and the pairs in the report."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest

from fabula.cli.pairs import pair_lines, passage_of
from fabula.reading import Reading
from fabula.telling import phrase
from fabula.types import Span
from tests.cli.conftest import Run
from tests.ledger.told import story_of


@pytest.fixture(autouse=True)
def ledger(folder: Path) -> None:
    Reading(story_of(["++0", "--!"], by_other="+")).save(folder / "told.json")


def test_the_report_tells_the_pairs_with_passages(run: Run) -> None:
    code, out, err = run("read", "told.json")
    assert (code, err) == (0, "")
    assert "BETWEEN THEM" in out
    assert "Ann → Bob  5: praise 2, insult 2, look" in out
    assert "Bob → Ann  1: praise" in out
    assert "Left out: 1 act denied or only imagined" in out
    assert ".90" in out and "line 2" in out


def test_a_reading_without_acts_has_no_such_part(run: Run) -> None:
    assert "BETWEEN THEM" not in run("read", "ferry.json")[1]


def test_all_bonds_and_one_bond_are_printed(run: Run) -> None:
    code, out, _ = run("bonds", "told.json")
    assert code == 0 and "Ann → Bob" in out
    code, out, _ = run("bonds", "told.json", "Bob", "Ann")
    assert code == 0
    assert "Scene 1, lines 2–4" in out and "Scene 2" in out
    assert "Ann insults Bob" in out
    assert "Ann strikes Bob" not in out, "it is denied"
    assert "Left out: 1 act" in out


def test_wrong_names_are_told(run: Run) -> None:
    code, out, err = run("bonds", "told.json", "Ann")
    assert (code, out) == (2, "") and "name both" in err
    code, out, err = run("bonds", "told.json", "Ann", "Zoe")
    assert (code, out) == (2, "") and "nobody is called 'Zoe'" in err
    code, _, err = run("plot", "bonds", "told.json", "Zoe")
    assert code == 2 and "nobody is called 'Zoe'" in err


def test_plots_are_printed_or_written(run: Run, folder: Path) -> None:
    for what in ("bonds", "feelings", "presence"):
        code, out, _ = run("plot", what, "told.json")
        assert code == 0 and ET.fromstring(out) is not None
        assert run("plot", what, "told.json", "-o", "a.svg") == (0, "", "")
        assert ET.fromstring((folder / "a.svg").read_text(encoding="utf-8")) is not None
    assert run("plot", "bonds", "told.json", "-o", "none/a.svg")[0] == 4


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        ("“Sit,” he told him.", "“Sit,” he told him."),
        ("He said, “Sit.”", "He said, “Sit.”"),
        ("“You looked at me.", "You looked at me."),
        ("You looked at me.”", "You looked at me."),
        ("‘You don’t look.", "You don’t look."),
        ('"Sit," he told him.', '"Sit," he told him.'),
    ],
)
def test_a_passage_shows_no_mark_without_its_fellow(sentence: str, shown: str) -> None:
    story = story_of(["+"])
    text = sentence + story.story.text
    at = max(sentence.find("it"), sentence.find("oo"))
    act = replace(story.acts[0], evidence=Span(0, len(sentence)), trigger=Span(at, at + 2))
    reading = Reading(replace(story, story=replace(story.story, text=text), acts=(act,)))
    assert passage_of(reading, act).plain == shown


def test_a_long_sentence_is_cut_between_words() -> None:
    sentence = "The harbourmaster had waited by the lighthouse until morning, and it was so."
    story = story_of(["+"])
    text = sentence + story.story.text[len(sentence) :]
    at = sentence.index("it was")
    act = replace(story.acts[0], evidence=Span(0, len(sentence)), trigger=Span(at, at + 2))
    reading = Reading(replace(story, story=replace(story.story, text=text), acts=(act,)))
    shown = passage_of(reading, act).plain
    assert shown.startswith("…") and sentence.endswith(f" {shown[1:]}")


def test_an_act_of_a_kind_that_is_none_of_ours_is_told_by_its_kind() -> None:
    assert phrase("touch") != "touch"
    assert phrase("wave") == "wave"


def test_acts_of_unknown_kinds_break_no_report() -> None:
    told = story_of(["++0", "--!"], by_other="+")
    told = replace(told, acts=tuple(replace(a, kind="wave\x1b") for a in told.acts))
    lines = [line.plain for line in pair_lines(Reading(told), None)]
    assert any("wave" in line for line in lines)
    assert not any("\x1b" in line for line in lines)
