"""Plots: well-formed SVG that escapes the story, draws intervals, and leaves blank what is not known."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from fabula.plots import PLOTS, draw
from fabula.plots.presence import mid_sentence
from fabula.plots.svg import Sheet
from fabula.reading import Reading
from fabula.types import Span
from tests.ledger.told import story_of
from tests.support.fake import fake_analysis

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("what", sorted(PLOTS))
def test_every_plot_is_well_formed_and_the_same_each_time(what: str) -> None:
    reading = Reading(story_of(["++0", "--", "+"]))
    picture = draw(reading, what)
    assert ET.fromstring(picture).tag == f"{SVG}svg"
    assert picture == draw(Reading(story_of(["++0", "--", "+"])), what)
    assert ET.fromstring(draw(Reading(fake_analysis("")), what)) is not None


def test_every_act_is_a_point_that_names_its_passage() -> None:
    root = ET.fromstring(draw(Reading(story_of(["++", "--"])), "bonds"))
    tips = [t.text or "" for t in root.iter(f"{SVG}title")]
    assert sum("Then it was so." in t for t in tips) == 4


def test_a_scene_with_too_little_is_blank() -> None:
    one, two = (draw(Reading(story_of(scenes)), "bonds") for scenes in (["++", "+"], ["++", "++"]))
    assert one.count("tone ") < two.count("tone ")


def test_what_a_story_says_is_never_markup() -> None:
    analysis = story_of(["++"])
    evil = '<script>alert("x")</script>\x07'
    entities = tuple(replace(e, name=evil) for e in analysis.entities)
    for what in PLOTS:
        picture = draw(Reading(replace(analysis, entities=entities)), what)
        assert "<script" not in picture
        assert ET.fromstring(picture) is not None


def test_a_sheet_escapes_words_and_tips() -> None:
    sheet = Sheet(10, 10, "a & b")
    sheet.text(0, 0, "<i>")
    sheet.dot(0, 0, 1, "#000000", tip='"<&>')
    assert [e.text for e in ET.fromstring(sheet.render()).iter(f"{SVG}text")] == ["<i>"]


def test_a_picture_in_pixels_is_a_png(tmp_path: Path) -> None:
    pytest.importorskip("resvg_py", reason="the extra plots is not installed")
    from fabula.plots.png import write_png

    write_png(tmp_path / "a.png", draw(Reading(story_of(["++"])), "bonds"))
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
    assert [p.name for p in tmp_path.iterdir()] == ["a.png"]


def test_who_is_in_no_scene_has_no_row_unless_asked_for() -> None:
    story = story_of(["+"])
    reading = Reading(replace(story, scenes=(replace(story.scenes[0], characters=(0,)),)))
    assert ">Ann<" in draw(reading, "presence") and ">Bob<" not in draw(reading, "presence")
    assert ">Bob<" in draw(reading, "presence", [1])


def test_who_is_hardly_there_has_no_row_and_a_description_stands_as_within_a_sentence() -> None:
    analysis = story_of(["+"])
    often = replace(analysis.entities[0], mention_count=50)
    for mentions, drawn in ((3, False), (9, True)):
        # Bob is somebody who is only described.
        doctor = replace(analysis.entities[1], name="My doctor", mention_count=mentions)
        told = tuple(m if m.entity == 0 else replace(m, kind="NOM") for m in analysis.mentions)
        picture = draw(Reading(replace(analysis, entities=(often, doctor), mentions=told)), "presence")
        assert (">my doctor<" in picture) == drawn
        assert ">My doctor<" not in picture and ">Ann<" in picture


def test_a_name_is_never_written_small() -> None:
    assert mid_sentence("The Rat", named=True) == "The Rat"
    assert mid_sentence("The tall man", named=False) == "the tall man"
    assert mid_sentence("Mother", named=False) == "Mother"
    assert mid_sentence("i", named=False) == "I"


def test_a_pair_without_friendly_or_unfriendly_acts_is_said_to_have_none() -> None:
    assert "No friendly or unfriendly act is told." in draw(Reading(story_of(["00"])), "bonds")
    assert "No friendly or unfriendly act is told." not in draw(Reading(story_of(["++"])), "bonds")


def test_experimental_feelings_stand_in_the_legend_only_if_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fabula.plots.feelings.FEELINGS", frozenset({"love"}))
    story = story_of(["+"])
    assert ">love<" not in draw(Reading(story), "feelings")
    felt = tuple(replace(e, label="love") for e in story.emotions)
    assert ">love<" in draw(Reading(replace(story, emotions=felt)), "feelings")


def test_narration_and_talk_have_bars_of_their_own_and_neither_counts_for_the_other() -> None:
    story = story_of(["+" * 6] * 16)
    one = replace(story.emotions[0], cue=Span(20, 24))

    def bars(channels: Sequence[str]) -> list[str]:
        felt = tuple(replace(one, id=k, channel=c) for k, c in enumerate(channels))  # type: ignore[arg-type]
        root = ET.fromstring(draw(Reading(replace(story, emotions=felt)), "feelings"))
        tips = [t.text or "" for t in root.iter(f"{SVG}title")]
        return [t.split(", ")[1].split(":")[0] for t in tips if "per 1,000 words" in t]

    assert bars(["narration"] * 3) == ["narration"]
    assert bars(["speech"] * 3) == ["speech"]
    assert bars(["narration"] * 3 + ["speech"] * 3) == ["narration", "speech"]
    assert bars(["narration"] * 2 + ["speech"] * 2) == []
