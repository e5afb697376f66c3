"""The marked stories can be read: every mark closes, every name is in the cast, spans hold what they say."""

from __future__ import annotations

from pathlib import Path

import pytest
from training.held import is_held
from training.person_data import parse_marks

FOLDER = Path(__file__).parent.parent.parent / "training" / "stories"
STORIES = sorted(FOLDER.rglob("*.mark"))


def test_the_stories_are_there_and_some_are_held_out() -> None:
    assert len(STORIES) > 200
    held = [p for p in STORIES if is_held(p.stem)]
    assert 0.05 < len(held) / len(STORIES) < 0.25


@pytest.mark.parametrize("folder", sorted({p.parent.name for p in STORIES}))
def test_every_story_reads(folder: str) -> None:
    for path in sorted((FOLDER / folder).glob("*.mark")):
        text, cast, spans, quotes = parse_marks(path.read_text(encoding="utf-8"))
        assert not any(mark in text for mark in ("{{", "}}", "<<", ">>", "@cast")), path.name
        for a, b, _, who in spans:
            assert 0 <= a < b <= len(text), path.name
            assert set(who.split("+")) <= cast.keys() | {"-"}, (path.name, who)
        for a, b, speaker, to in quotes:
            assert 0 <= a < b <= len(text), path.name
            assert set(speaker.split("+")) <= cast.keys(), (path.name, speaker)
            assert set(to.split("+")) <= cast.keys() | {"-"}, (path.name, to)


def test_marks_are_taken_out_and_kept_as_spans() -> None:
    raw = "@cast Imre: Imi\n@cast Hal:\n\n{{Imre>Hal|“[I:Imre] see <<Hal|[my:Imre] friend>>.”}} Imi sat.\n"
    text, cast, spans, quotes = parse_marks(raw)
    assert text == "“I see my friend.” Imi sat.\n"
    assert cast == {"Imre": ["Imi"], "Hal": []}
    found = {(text[a:b], kind, who) for a, b, kind, who in spans}
    assert found == {("I", 2, "Imre"), ("my friend", 1, "Hal"), ("my", 2, "Imre"), ("Imi", 0, "Imre")}
    assert [(text[a:b], s, t) for a, b, s, t in quotes] == [("“I see my friend.”", "Imre", "Hal")]


def test_an_open_mark_is_an_error() -> None:
    with pytest.raises(ValueError, match="not closed"):
        parse_marks("@cast Imre:\n\n{{Imre>-|“Go.”\n")
