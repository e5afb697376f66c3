"""The public view of an analysis: ``fabula.read``, ``fabula.load`` and what they return."""

from __future__ import annotations

import dataclasses
import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

import fabula
from fabula.errors import CastError, ContractError, FabulaError, InputError, OutputError
from fabula.reading import Reading
from fabula.types import Act, Bond, CastMember, Emotion, Span, Story
from tests.support.fake import fake_analysis, ferry
from tests.support.pipeline import stand_in
from tests.support.same import difference


@pytest.fixture
def reading() -> Reading:
    return Reading(ferry())


@pytest.fixture
def pipeline(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Story, Sequence[CastMember]]]:
    return stand_in(monkeypatch)


# ------------------------------------------------------------------ the package
def test_the_exported_names() -> None:
    assert fabula.__all__ == [
        "Analysis", "CastError", "CastMember", "ContractError", "FabulaError", "InputError", "ModelError",
        "OutputError", "Reading", "__version__", "load", "read", "read_text",
    ]  # fmt: skip
    for name in fabula.__all__:
        assert getattr(fabula, name) is not None
        assert name in dir(fabula)
    with pytest.raises(AttributeError, match="has no attribute 'wright'"):
        _ = fabula.wright


def test_the_version_is_that_of_the_package() -> None:
    project = (Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8")
    assert f'version = "{fabula.__version__}"' in project


def test_import_is_light() -> None:
    """The heavy things wait until they are used, and the whole takes well under 0.4 s."""
    program = "import sys, fabula; print({'numpy', 'onnxruntime', 'rich', 'cyclopts'} & set(sys.modules))"
    before = os.times()
    for _ in range(3):
        run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
        assert run.stdout.strip() == "set()"
    after = os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    assert spent / 3 < 0.4, "of the processor's time, and that includes starting Python"


# ------------------------------------------------------------------ reading, loading, saving
def test_read_text_and_read(pipeline: list[Any], tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_text("“Go,” said Imre.\n", encoding="utf-8")
    stages: list[tuple[str, float]] = []
    story = fabula.read(path, progress=lambda stage, share: stages.append((stage, share)))
    assert isinstance(story, Reading)
    assert stages == [("deciding", 1.0)]
    fabula.read_text("“Go,” said Imre.\n", cast=[CastMember("Imre")])
    assert [(asked.text, tuple(cast)) for asked, cast in pipeline] == [
        ("“Go,” said Imre.\n", ()),
        ("“Go,” said Imre.\n", (CastMember("Imre"),)),
    ]


def test_read_takes_a_cast_file(pipeline: list[Any], tmp_path: Path) -> None:
    cast = tmp_path / "cast.csv"
    cast.write_text("Imre,Imi,he/him\n", encoding="utf-8")
    fabula.read_text("“Go,” said Imre.", cast=str(cast))
    assert pipeline[0][1] == (CastMember("Imre", ("Imi",), ("he", "him")),)
    with pytest.raises(CastError):
        fabula.read_text("“Go,” said Imre.", cast=tmp_path / "none.csv")


def test_what_cannot_be_read_is_an_input_error(pipeline: list[Any], tmp_path: Path) -> None:
    for path in (tmp_path / "none.txt", tmp_path):
        with pytest.raises(InputError, match=re.escape(str(path))):
            fabula.read(path)
    assert pipeline == []


def test_save_and_load(reading: Reading, tmp_path: Path) -> None:
    path = tmp_path / "ferry.json"
    reading.save(path)
    assert difference(fabula.load(path).analysis, reading.analysis) == ""
    assert difference(Reading.load(str(path)).analysis, reading.analysis) == ""
    assert json.loads(path.read_text(encoding="utf-8")) == reading.to_dict()


def test_load_and_save_name_what_is_wrong(reading: Reading, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(ContractError):
        fabula.load(path)
    with pytest.raises(OutputError):
        reading.save(tmp_path / "none" / "x.json")
    assert issubclass(ContractError, FabulaError)


# ------------------------------------------------------------------ quotes
def test_a_quote_prints_as_a_person_would_say_it(reading: Reading) -> None:
    quote = reading.quotes[0]
    assert f"{quote.speaker} → {quote.addressees} {quote.text} {quote.confidence}" == (
        "Halvard → Imre “You might say something,” 0.99"
    )
    assert str(quote) == quote.text
    assert repr(quote) == "<QuoteView Halvard → Imre: '“You might say something,”'>"
    assert (quote.line, quote.type, quote.kind, quote.parent, quote.cue, quote.mention) == (
        10, "implicit", "speech", None, None, None,
    )  # fmt: skip


def test_an_abstention(reading: Reading) -> None:
    quote = reading.quotes[-1]
    assert quote.speaker is None
    assert str(quote.addressees) == "?"
    assert [(str(c.entity), c.p) for c in quote.candidates] == [("Imre", 0.41), ("Halvard", 0.39)]


def test_quotes_in_quotes_cues_and_naming_mentions() -> None:
    analysis = fake_analysis("{{Imre>-|“He said {{Tomas>-|‘go’}} to me,”}} said [Imre:Imre].")
    outer = dataclasses.replace(analysis.quotes[0], mention=0, cue=Span(25, 29))
    reading = Reading(dataclasses.replace(analysis, quotes=(outer, analysis.quotes[1])))
    assert reading.quotes[1].parent is reading.quotes[0]
    assert reading.quotes[0].mention is reading.mentions[0]
    assert reading.quotes[0].cue == reading.text[25:29]


# ------------------------------------------------------------------ characters
def test_characters_by_name_alias_and_any_case(reading: Reading) -> None:
    imre = reading.characters["Imre"]
    assert str(imre) == imre.name == "Imre"
    for name in ("Imre Sandor", "imre", "IMRE SANDOR"):
        assert reading.characters[name] is imre
        assert name in reading.characters
    assert imre in reading.characters
    assert reading.characters.get("Imre") is imre
    assert reading.characters.get("Nemo") is None
    assert "Nemo" not in reading.characters
    with pytest.raises(KeyError, match="nobody is called 'Nemo'; there are Halvard, Imre, Tomas"):
        reading.characters["Nemo"]


def test_characters_come_in_order_of_importance_and_groups_are_none(reading: Reading) -> None:
    assert [c.name for c in reading.characters] == ["Halvard", "Imre", "Tomas"]
    assert len(reading.characters) == 3
    assert [e.name for e in reading.entities] == ["Halvard", "Imre", "both", "Tomas"]
    assert [str(m) for m in reading.entities[2].members] == ["Halvard", "Imre"]


def test_a_name_of_several_is_refused() -> None:
    reading = Reading(
        fake_analysis("[Sandor:Imre] met [Sandor:Tomas Sandor]. [Imre:Imre] and [Imre:Imre the Elder] went.")
    )
    with pytest.raises(KeyError, match="several are called 'Sandor': Imre, Tomas Sandor"):
        reading.characters["Sandor"]
    assert reading.characters.get("Sandor") is None
    assert reading.characters["Imre"].id == 0, "a name goes before an alias"


def test_what_a_character_is_called_says_and_is_meant_by(reading: Reading) -> None:
    halvard = reading.characters["Halvard"]
    assert [(a.text, a.count) for a in halvard.aliases] == [("Halvard", 3), ("taller man", 1), ("Hal", 1)]
    assert halvard.pronouns["he"] == 4
    assert [q.text for q in halvard.lines][:2] == [
        "“You might say something,”",
        "“That you aren’t leaving, by Saint Olaf.”",
    ]
    assert [m.text for m in halvard.mentions][:3] == ["Halvard", "he", "Halvard"]
    assert all(m.entity is halvard for m in halvard.mentions)
    assert (halvard.type, halvard.role) == ("PER", None)


def test_mentions(reading: Reading) -> None:
    doubtful = next(m for m in reading.mentions if m.confidence == 0.57)
    assert (doubtful.text, doubtful.kind, doubtful.type, doubtful.head, str(doubtful.entity)) == (
        "he", "PRON", "PER", "he", "Imre",
    )  # fmt: skip
    assert reading.text[doubtful.start : doubtful.end] == "he"
    assert repr(doubtful) == "<MentionView 'he': Imre>"
    assert [m.text for m in reading.mentions if m.entity is None] == ["Saint Olaf"]


def test_other_entities_are_no_characters() -> None:
    analysis = fake_analysis(
        "[Imre:Imre] sailed the [Sparrow:Sparrow].", entities={"Sparrow": {"type": "VEH"}}
    )
    reading = Reading(analysis)
    assert [c.name for c in reading.characters] == ["Imre"]
    assert {str(e) for e in reading.entities} == {"Imre", "Sparrow"}
    assert repr(reading.entity(0)) == "<EntityView 'Sparrow'>"


# ------------------------------------------------------------------ the rest
def test_the_story(reading: Reading) -> None:
    assert (reading.title, reading.author, reading.language) == ("The Ferry House", "salt_and_tin", "en")
    assert reading.is_english
    assert repr(reading) == "<Reading 'The Ferry House': 3 characters, 12 quotes>"
    body = reading.text[reading.text.index("Halvard had") : reading.text.index("A/N: Part two")]
    assert reading.word_count == len(body.split())
    assert reading.line_of(0) == 1
    assert reading.line_of(reading.text.index("“Then go,”")) == 20
    assert reading.line_of(len(reading.text) + 5) == reading.text.count("\n") + 1


@pytest.mark.parametrize(
    ("language", "english"), [(None, True), ("en-GB", True), ("EN", True), ("fr", False)]
)
def test_the_language(language: str | None, english: bool) -> None:
    assert Reading(fake_analysis("[Imre:Imre] went.", language=language)).is_english is english


def test_the_ledger() -> None:
    analysis = dataclasses.replace(
        ferry(),
        acts=(Act(0, "touch", 1, 2, Span(0, 3), Span(0, 9), "narration", False, True, 0.8),),
        emotions=(Emotion(0, 2, "fear", -0.5, Span(4, 9), "speech", False, False, 0.7),),
        bonds=(Bond(1, 2, (), None, ()),),
    )
    reading = Reading(analysis)
    act, emotion, bond, scene = reading.acts[0], reading.emotions[0], reading.bonds[0], reading.scenes[0]
    assert (str(act.agent), act.kind, str(act.patient), str(act)) == ("Halvard", "touch", "Imre", "The Ferry")
    assert (act.negated, act.hypothetical, act.confidence) == (False, True, 0.8)
    assert (str(emotion.character), str(emotion), emotion.label, emotion.cue) == (
        "Imre",
        "fear",
        "fear",
        "Ferry",
    )
    assert emotion.confidence == 0.7
    assert (bond.a, bond.b) == (reading.characters["Halvard"], reading.characters["Imre"])
    assert str(scene.characters) == "both, Halvard, Imre"
    assert scene.text == reading.text[scene.start : scene.end]
    for view in (act, emotion, bond, scene):
        assert "Imre" in repr(view)


def test_an_empty_analysis() -> None:
    reading = Reading(fake_analysis("", language=None))
    assert (reading.quotes, reading.mentions, reading.entities, reading.word_count) == ((), (), (), 0)
    with pytest.raises(KeyError, match="there are no characters"):
        reading.characters["Imre"]
