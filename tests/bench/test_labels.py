"""The stories' label files: they fit the text, the gold says what they say, a wrong line is refused."""

from __future__ import annotations

import json

import pytest
from bench.settings import BenchError

from bench import labels

NAMES = labels.story_names()
FOLDERS = ("", "first", "second", "written")
TEXT = "One.\nAda touched his sleeve, and he touched hers.\n"


@pytest.mark.parametrize("name", NAMES)
def test_the_gold_is_what_the_label_file_gives(name: str) -> None:
    path = labels.EXAMPLES / "gold" / f"{name}.gold.json"
    assert json.loads(path.read_text(encoding="utf-8")) == labels.gold(name)


@pytest.mark.parametrize("name", NAMES)
def test_every_label_file_fits_the_text_and_the_cast(name: str) -> None:
    text = labels.story_text(name)
    marked = (labels.EXAMPLES / "marked" / f"{name}.mark").read_text(encoding="utf-8")
    cast = {line[6:].partition(":")[0].strip() for line in marked.split("\n") if line.startswith("@cast ")}
    for folder in FOLDERS:
        path = labels.EXAMPLES / "labels" / folder / f"{name}.labels"
        if folder == "written" and not path.exists():
            continue
        for label in labels.read(path, text):
            assert {label.who, label.whom} - {None} <= cast, label
            assert label.who != label.whom or label.who is None, label


@pytest.mark.parametrize("name", NAMES)
def test_no_label_stands_twice(name: str) -> None:
    found = labels.read(labels.EXAMPLES / "labels" / f"{name}.labels", labels.story_text(name))
    assert len(found) == len(set(found))


def test_a_line_is_placed_and_read() -> None:
    label = labels.parse("2 ifnot touch/restrain he>Ada | he touched hers", TEXT)
    assert TEXT[label.start : label.end] == "he touched hers"
    assert (label.kinds, label.who, label.whom) == (("touch", "restrain"), "he", "Ada")
    assert label.negated
    assert label.hypothetical
    second = labels.parse("2 ~love Ada | touched #2", TEXT)
    assert second.start == TEXT.rindex("touched")
    assert second.feeling


def test_words_that_tell_no_act_count_as_none() -> None:
    gold = labels.as_gold([labels.parse("2 no touch Ada>- | touched his", TEXT)], TEXT)
    assert gold["acts"] == []
    assert [(act["negated"], act["hypothetical"]) for act in gold["non_acts"]] == [(False, False)]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("2 touch Ada>he | touched", "stand 2 times"),
        ("2 touch Ada>he | struck", "stand 0 times"),
        ("1 touch Ada>he | touched his", "stand 0 times"),
        ("9 touch Ada>he | One", "2 lines|3 lines"),
        ("1 hug Ada>he | One", "no such kind: hug"),
        ("1 ~touch Ada | One", "no such kind: touch"),
        ("1 touch Ada | One", "AGENT>PATIENT"),
        ("touch Ada>he One", "not of the form"),
    ],
)
def test_a_wrong_line_is_refused(row: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        labels.parse(row, TEXT)


def test_a_wrong_file_names_the_line(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "story.labels"
    path.write_text("# two labels\n1 touch Ada>he | One\n1 touch Ada>he | Two\n", encoding="utf-8")
    with pytest.raises(BenchError, match=r"story\.labels:3: the words stand 0 times"):
        labels.read(path, TEXT)
