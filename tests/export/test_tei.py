"""TEI: valid against TEI All, and the story character for character."""

from __future__ import annotations

import lzma
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from fabula.export import render
from fabula.export.xml_text import xml_text
from fabula.types import Analysis, Span
from tests.export.sample import lock
from tests.support.fake import fake_analysis, ferry
from tests.support.strategies import analyses

TEI = "{http://www.tei-c.org/ns/1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"
SCHEMA = Path(__file__).with_name("tei_all.rng.xz")
Validate = Callable[[Any], None]


@pytest.fixture(scope="session")
def validate() -> Validate:
    """Fails for a document that is not TEI All (release 4.3.0)."""
    parser = etree.XMLParser(huge_tree=True)
    schema = etree.RelaxNG(etree.fromstring(lzma.decompress(SCHEMA.read_bytes()), parser))

    def check(document: Any) -> None:
        assert schema.validate(document), schema.error_log

    return check


def document(analysis: Analysis) -> Any:
    (content,) = render(analysis, "tei").contents.values()
    assert isinstance(content, bytes)
    return etree.fromstring(content)


def words(root: Any) -> str:
    return "".join(root.find(f"{TEI}text").itertext())


def test_stories_are_valid_and_whole(validate: Validate) -> None:
    spaced = fake_analysis("\u00a0\n\nOne line. \u00a0\n\n\u2003Another.\u00a0")
    for analysis in (lock(), ferry(), fake_analysis(""), fake_analysis("One line."), spaced):
        root = document(analysis)
        validate(root)
        assert words(root) == analysis.story.text


def test_the_schema_would_find_a_fault(validate: Validate) -> None:
    root = document(lock())
    root.find(f".//{TEI}said").set("speaker", "Runa")
    with pytest.raises(AssertionError, match="speaker"):
        validate(root)


def test_any_reading_is_valid_and_whole(validate: Validate) -> None:
    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(analyses())
    def check(analysis: Analysis) -> None:
        root = document(analysis)
        validate(root)
        assert words(root) == xml_text(analysis.story.text)
        ids = [e.get(ID) for e in root.iter() if e.get(ID)]
        assert len(ids) == len(set(ids))

    check()


def test_speech_says_who_and_to_whom() -> None:
    root = document(lock())
    names = {
        f"#{e.get(ID)}": e.findtext(f"{TEI}persName") for e in root.iter(f"{TEI}person", f"{TEI}personGrp")
    }
    said = root.findall(f".//{TEI}said")
    first = said[0]
    assert (names[first.get("who")], names[first.get("toWhom")]) == ("Runa", "Eskil")
    assert first.get("aloud") == "true"
    thought = next(s for s in said if "".join(s.itertext()).startswith("I could"))
    assert (thought.get("aloud"), names[thought.get("who")]) == ("false", "Eskil")
    unknown = next(s for s in said if "Who’s" in "".join(s.itertext()))
    assert unknown.get("who") is None
    inner = said[3]
    assert inner.getparent() is said[2]


def test_speech_over_two_paragraphs_is_joined() -> None:
    root = document(lock())
    first = next(s for s in root.iter(f"{TEI}said") if s.get("next"))
    second = next(s for s in root.iter(f"{TEI}said") if f"#{s.get(ID)}" == first.get("next"))
    assert second.get("prev") == f"#{first.get(ID)}"
    assert ("".join(first.itertext()), "".join(second.itertext())) == (
        "“Listen, both of you.",
        "“It is late.”",
    )
    assert (second.get("who"), second.get("toWhom")) == (first.get("who"), first.get("toWhom"))


def test_mentions_refer_to_the_lists() -> None:
    root = document(lock())
    listed = {f"#{e.get(ID)}": e for e in root.find(f"{TEI}teiHeader").iter() if e.get(ID)}
    refs = [e.get("ref") for e in root.find(f"{TEI}text").iter() if e.get("ref")]
    assert refs
    assert set(refs) <= set(listed)
    place = root.find(f".//{TEI}text//{TEI}placeName")
    assert (place.text, listed[place.get("ref")].tag) == ("Mossgate", f"{TEI}place")
    she = next(e for e in root.iter(f"{TEI}rs") if e.text == "she")
    assert (she.get("type"), she.get("cert")) == ("person", "0.950")


def test_parts_are_told_apart() -> None:
    root = document(lock())
    front = root.find(f"{TEI}text/{TEI}front")
    assert [e.get("type") for e in front.iter(f"{TEI}ab")] == ["title", "byline"]
    heads = [h.text for h in root.iter(f"{TEI}head")]
    assert heads == ["Chapter One", "Chapter Two"]
    assert (
        "".join(root.find(f".//{TEI}floatingText").itertext()).strip() == "Dear Runa,\nI am gone to the sea."
    )
    note = root.find(f"{TEI}text//{TEI}note")
    assert (note.get("type"), note.text) == ("note", "A/N: Thanks for reading!")
    declared = [(n.get("n"), n.text) for n in root.iter(f"{TEI}note") if n.get("type") == "metadata"]
    assert declared == [("Rating", "Teen"), ("Characters", "Runa"), ("Characters", "Eskil")]


def test_emphasis_block_quotes_and_lines_are_given_back(validate: Validate) -> None:
    root = document(lock())
    validate(root)
    said = [("".join(e.itertext()), e.get("rend")) for e in root.iter(f"{TEI}hi")]
    assert said[0] == ("the sluice", "emphasis")
    assert said[1] == ("Mossgate", "strong")
    assert "".join(words for words, _ in said[2:]) == "down, Eskil,” she"
    letter = root.find(f".//{TEI}floatingText//{TEI}p")
    assert letter.get("rend") == "block_quote"
    lines = fake_analysis("One line,\n[and:and] another.")
    whole = (Span(0, len(lines.story.text)),)
    told = document(replace(lines, story=replace(lines.story, paragraphs=whole)))
    validate(told)
    assert told.find(f".//{TEI}lb").getnext().text == "and"


def test_what_xml_forbids_is_said() -> None:
    files = render(fake_analysis("A \x1b[31m red \x00 line."), "tei")
    assert files.notes == ("characters that XML does not allow are U+FFFD",)
