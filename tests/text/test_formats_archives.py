"""What archives and their tools say of a story, also where templates were edited."""

# ruff: noqa: E501  (markup, as the files have it)

from __future__ import annotations

import pytest
from tests.support import archive_files as archives
from tests.support import story_files as files
from tests.support.kinds import KINDS, story
from tests.support.parts import of_kind, told

from fabula.text import read_bytes

_ROWS = (("Category", "Harbour Tales"), ("Characters", "Odd B., Maren L."), ("Words", "1,234"),
         ("Story URL", "https://www.example.net/s/7"), ("Summary", "Ivar is late."))  # fmt: skip  # fmt: skip
_STORY = "<p>Odd went down to the quay.</p><p>“Come in,” said Maren.</p>"


@pytest.mark.parametrize("name", ["AO3 HTML", "AO3 EPUB"])
def test_ao3_tags(name: str) -> None:
    s = story(name)
    wanted = {
        "Rating": ("General Audiences",),
        "Archive Warning": ("No Archive Warnings Apply",),
        "Fandom": ("Harbour Tales", "The Pilots (Radio)"),
        "Relationship": ("Odd Berg/Maren Lund", "Maren Lund & Gunnar Vik"),
        "Character": ("Odd Berg", "Maren Lund (Harbour Tales)", "Gunnar Vik", "Original Characters"),
        "Additional Tags": ("Ice", "Slow Burn", "boats, lots of boats"),
        "Series": ("Part 2 of Harbour",),
        "Published": ("2019-01-02",),
        "Completed": ("2019-02-03",),
        "Words": ("1,234",),
        "Chapters": ("2/2",),
        "Summary": (files.SUMMARY,),
    }
    assert {key: s.metadata.get(key) for key in wanted} == wanted
    assert s.declared_language == "en"
    labels = [g.label for g in s.segments if g.kind in ("summary", "note")]
    assert labels == ["Summary", "Notes", "Chapter End Notes", "End Notes"]


@pytest.mark.parametrize("name", ["AO3 HTML, one of each tag", "AO3 EPUB, one of each tag"])
def test_a_label_in_the_singular_is_the_same_fact(name: str) -> None:
    s = story(name)
    assert s.metadata["Relationship"] == ("Odd Berg/Maren Lund",)
    assert s.metadata["Additional Tags"] == ("Ice",)
    assert [(h.kind, h.names, h.bond) for h in s.hints] == [
        ("relationship", ("Odd Berg", "Maren Lund"), "romantic"),
        ("character", ("Odd Berg",), None),
    ]


def test_tags_are_hints_with_names_and_without_anybody_in_general() -> None:
    hints = {h.text: (h.kind, h.names, h.bond) for h in story("AO3 EPUB").hints}
    assert hints == {
        "Odd Berg/Maren Lund": ("relationship", ("Odd Berg", "Maren Lund"), "romantic"),
        "Maren Lund & Gunnar Vik": ("relationship", ("Maren Lund", "Gunnar Vik"), "platonic"),
        "Odd Berg": ("character", ("Odd Berg",), None),
        "Maren Lund (Harbour Tales)": ("character", ("Maren Lund",), None),
        "Gunnar Vik": ("character", ("Gunnar Vik",), None),
        "Original Characters": ("character", (), None),
    }


@pytest.mark.parametrize("name", [n for n in KINDS if n.startswith("FanFicFare")])
def test_fanficfare_facts_survive_an_edited_template(name: str) -> None:
    s = story(name)
    facts = {key.rstrip("s"): value for key, value in s.metadata.items()}
    assert facts["Genre"] == ("Drama", "Friendship")
    assert facts["Packaged"] == ("2020-05-06 07:08:09",)
    assert facts["Summary"] == (files.SUMMARY,)
    assert [h.names for h in s.hints if h.kind == "relationship"] == [("Odd B", "Maren L")]
    assert len(of_kind(s, "summary")) == 1


@pytest.mark.parametrize("name", ["fanfiction.net HTML", "fanfiction.net txt"])
def test_the_line_of_facts_of_fanfiction_net(name: str) -> None:
    s = story(name)
    assert (s.metadata["Rating"], s.metadata["Words"], s.metadata["Story id"]) == (
        ("T",),
        ("1,234",),
        ("7777777",),
    )
    assert s.metadata["Relationship"] == ("Odd B./Maren L.",)
    assert s.metadata["Character"] == ("Odd B.", "Maren L.", "Gunnar V.")
    assert s.metadata["Summary"] == (files.SUMMARY,)
    assert len(of_kind(s, "summary")) == 1


def test_an_edited_template_with_a_table_without_colons() -> None:
    rows = "".join(f"<tr><th>{key}</th><td>{value}</td></tr>" for key, value in _ROWS)
    s = read_bytes(
        files.page(f"<p>Low Water</p><p>written by greywake</p><table>{rows}</table><h2>Ebb</h2>{_STORY}"),
        "x",
    )
    assert told(s) == "Odd went down to the quay.\n\n“Come in,” said Maren."
    assert s.metadata["Character"] == ("Odd B.", "Maren L.")
    assert s.metadata["Summary"] == ("Ivar is late.",)


def test_an_edited_template_with_dashes_and_headings_that_are_only_bold() -> None:
    facts = "<br>".join(f"<u>{key}</u> &mdash; {value}" for key, value in _ROWS)
    chapters = "".join(
        f'<a name="section000{i}"></a><p align="center"><b>{name}</b></p>{_STORY}'
        for i, name in ((1, "Ebb"), (2, "Flood"))
    )
    body = f"<center><b>Low Water</b><br><i>greywake</i></center><hr>{facts}<hr>{chapters}"
    s = read_bytes(files.page(body, title="Low Water by greywake"), "x")
    assert (s.title, s.author) == ("Low Water", "greywake")
    assert [g.label for g in s.segments if g.kind == "heading"] == ["Ebb", "Flood"]
    assert s.metadata["Story URL"] == ("https://www.example.net/s/7",)


@pytest.mark.parametrize("listed, headed", [("1. {}", "{}"), ("{}", "1. {}"), ("1. {}", "1. {}")])
def test_a_list_of_chapters_with_numbers_that_the_headings_lack(listed: str, headed: str) -> None:
    facts = "".join(f"{key}: {value}\n" for key, value in _ROWS)
    chapters = "".join(
        f"\n\n\t{headed.format(name)}\n\n\nOdd went down to the quay. He waited there.\n"
        for name in ("Ebb", "Flood")
    )
    contents = "\n".join(f"\n{listed.format(name)}" for name in ("Ebb", "Flood"))
    text = f"\n\nLow Water\n\nby greywake\n\n\n{facts}\n\nTABLE OF CONTENTS\n\n{contents}\n{chapters}\n\nEnd file.\n"
    s = read_bytes(text.encode(), "x")
    assert [g.label for g in s.segments if g.kind == "heading"] == [
        headed.format("Ebb"),
        headed.format("Flood"),
    ]


def test_chapters_and_a_short_summary_in_a_text_from_fanfiction_net() -> None:
    text = (
        "Low Water\nBy: greywake\n\nIvar is late.\n\nRated: T - English - Drama - Odd B. - Words: 1,234 - id: 7\n\n"
        "*Chapter 1*: Ebb\n\nOdd went down to the quay.\n\n*Chapter 2*: Flood\n\nHe waited there.\n"
    )
    s = read_bytes(text.encode(), "x")
    assert [g.label for g in s.segments if g.kind == "heading"] == ["Chapter 1: Ebb", "Chapter 2: Flood"]
    assert of_kind(s, "summary") == ["Ivar is late."]


@pytest.mark.parametrize("line", ["1.2K Reads 45 Votes 2 Part Story", "45 reads", "Reads: 12 Votes: 3"])
def test_figures_of_a_site_are_no_story(line: str) -> None:
    told_ = "Odd went down to the quay.\n\nHe waited there."
    s = read_bytes(f"Low Water\nby greywake\n\n{line}\n\n{told_}\n".encode(), "x")
    assert told(s) == told_
    page = files.page(
        f'<h1>Low Water</h1><p>{line}</p><p>Tags: ice</p><h2>Ebb</h2><p data-p-id="a">Odd went down.</p>'
    )
    s = read_bytes(page, "x")
    assert told(s) == "Odd went down."
    assert s.metadata["Additional Tags"] == ("ice",)


def test_the_title_page_and_the_contents_of_a_printed_book() -> None:
    text = (
        "*** START OF THE PROJECT GUTENBERG EBOOK LOW WATER ***\n\n\nLOW WATER\n\n_By_ GUDRUN HAUG\n\nLONDON\nJOHN LONG, LIMITED\n"
        "1904\n\n\n\nCONTENTS\n\nCHAP.      PAGE\n   I. EBB     1\n  II. FLOOD  12\n\n\n\nCHAPTER I\n\nEBB\n\n\n"
        "Odd went down to the quay, as he did every evening of that winter when the ice was thin, and nobody was there.\n\n\n\nCHAPTER II\n\nFLOOD\n\n\n"
        "He waited there, as he did every evening of that winter, until the tide was at the second step of the stair.\n"
    )
    s = read_bytes(text.encode(), "x")
    assert [g.label for g in s.segments if g.kind == "heading"] == ["CHAPTER I: EBB", "CHAPTER II: FLOOD"]
    assert not [word for word in ("LONDON", "GUDRUN", "PAGE") if word in told(s)]
    assert s.author == "GUDRUN HAUG"
    page = "<h1>LOW WATER</h1><p>BY</p><p>GUDRUN HAUG</p><p>LONDON<br/>JOHN LONG<br/>1904</p><h2>Ebb</h2><p>Odd went down.</p>"
    s = read_bytes(files.page(page, head='<meta name="author" content="Gudrun Haug"/>'), "x")
    assert told(s) == "Odd went down."


def test_authors_gifts_and_summaries_of_ao3() -> None:
    page = archives.ao3_html().decode()
    page = page.replace(f">{files.AUTHOR}</a>", f'>{files.AUTHOR}</a>, <a rel="author" href="/u">hrafn</a>')
    page = page.replace("<p>Notes</p>", '<p>Notes</p><ul class="associations"><li>For Torbjorn.</li></ul>')
    page = page.replace(f"<p>{files.SUMMARY}</p>", f"<p>{files.SUMMARY}</p><p>Really.</p>")
    s = read_bytes(page.encode(), "x")
    assert s.metadata["Author"] == (files.AUTHOR, "hrafn")
    assert s.metadata["Summary"] == (f"{files.SUMMARY} Really.",)
    assert f"Notes\n\nFor Torbjorn.\n\n{files.NOTE}" in of_kind(s, "note")
