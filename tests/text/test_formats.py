"""Every kind of file that is read gives the same story, and nothing of what stands around it."""

# ruff: noqa: E501  (markup, as the files have it)

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from tests.support import archive_files as archives
from tests.support import story_files as files
from tests.support.story_files import AUTHOR, CAST, OUTSIDERS, TITLE
from tests.text.test_properties import check

from fabula.errors import InputError
from fabula.text import read_bytes, read_file
from fabula.types import STORY_KINDS, Story

Build = Callable[[], bytes]

# name: (builder, story.format, story.archive)
KINDS: dict[str, tuple[Build, str, str | None]] = {
    "plain text": (files.plain_txt, "text", None),
    "HTML": (files.plain_html, "html", None),
    "EPUB 2": (partial(files.plain_epub, "2.0"), "epub", None),
    "EPUB 3": (partial(files.plain_epub, "3.0"), "epub", None),
    "Markdown": (files.markdown, "markdown", None),
    "DOCX": (files.docx, "docx", None),
    "ODT": (files.odt, "odt", None),
    "flat ODT": (files.flat_odt, "odt", None),
    "RTF": (files.rtf, "rtf", None),
    "zip of chapters": (files.chapters_zip, "zip", None),
    "AO3 HTML": (archives.ao3_html, "html", "ao3"),
    "AO3 HTML, one of each tag": (partial(archives.ao3_html, singular=True), "html", "ao3"),
    "AO3 HTML, one chapter": (partial(archives.ao3_html, chapters=1), "html", "ao3"),
    "AO3 EPUB": (archives.ao3_epub, "epub", "ao3"),
    "AO3 EPUB, one of each tag": (partial(archives.ao3_epub, singular=True), "epub", "ao3"),
    "FanFicFare HTML": (archives.fanficfare_html, "html", "fanficfare"),
    "FanFicFare HTML, edited": (partial(archives.fanficfare_html, edited=True), "html", "fanficfare"),
    "FanFicFare EPUB": (archives.fanficfare_epub, "epub", "fanficfare"),
    "FanFicFare EPUB, edited": (partial(archives.fanficfare_epub, edited=True), "epub", "fanficfare"),
    "FanFicFare txt": (archives.fanficfare_txt, "text", "fanficfare"),
    "FanFicFare txt, edited": (partial(archives.fanficfare_txt, edited=True), "text", "fanficfare"),
    "fanfiction.net HTML": (archives.fanfiction_net_html, "html", "fanfiction.net"),
    "fanfiction.net txt": (archives.fanfiction_net_txt, "text", "fanfiction.net"),
    "Wattpad HTML": (archives.wattpad_html, "html", "wattpad"),
    "Gutenberg txt": (archives.gutenberg_txt, "text", "gutenberg"),
    "Gutenberg HTML": (archives.gutenberg_html, "html", "gutenberg"),
    "Gutenberg EPUB": (archives.gutenberg_epub, "epub", "gutenberg"),
}
ONE_CHAPTER = {"AO3 HTML, one chapter", "fanfiction.net HTML"}
"""Files that hold the first chapter only."""
NAMELESS = {"zip of chapters"}
"""Files in which nothing says the title."""
PLAIN = {name for name, (_, kind, _) in KINDS.items() if kind == "text"}

each = pytest.mark.parametrize("name", KINDS)


def story(name: str) -> Story:
    return read_bytes(KINDS[name][0](), name)


def told(s: Story) -> str:
    return "\n\n".join(s.text[g.start : g.end] for g in s.segments if g.kind in STORY_KINDS)


def of_kind(s: Story, *kinds: str) -> list[str]:
    return [s.text[g.start : g.end] for g in s.segments if g.kind in kinds]


def marked(s: Story, kind: str) -> list[str]:
    return [s.text[m.start : m.end] for m in s.marks if m.kind == kind]


# ------------------------------------------------------------------ every kind
@each
def test_title_author_format_and_archive(name: str) -> None:
    s = story(name)
    assert (s.format, s.archive) == KINDS[name][1:]
    assert (s.title, s.author) == ((None, None) if name in NAMELESS else (TITLE, AUTHOR))


@each
def test_the_story_is_told_and_nothing_around_it(name: str) -> None:
    text = told(story(name))
    assert [who for who in OUTSIDERS if who in text] == []
    assert all(who in text for who in CAST)
    lines = [line for _, chapter in files.CHAPTERS[: 1 if name in ONE_CHAPTER else 2] for line in chapter]
    words = re.sub(r"[\s_*]+", " ", text)
    for line in lines:
        plain = re.sub(r"<[^<>]+>|^(?:QUOTE|LINES) ", "", line).replace("|", " ")
        assert line == "HR" or plain in words
    assert len(words) < sum(map(len, lines)) + 60, "nothing else is in the body"


@each
def test_chapters_are_headings_in_order(name: str) -> None:
    s = story(name)
    labels = [g.label or "" for g in s.segments if g.kind == "heading"]
    expected = [chapter for chapter, _ in files.CHAPTERS]
    if name == "AO3 HTML, one chapter":
        expected = []
    elif name in ONE_CHAPTER:
        expected = expected[:1]
    assert len(labels) == len(expected)
    assert all(label.endswith(chapter) for label, chapter in zip(labels, expected, strict=True))
    assert len(of_kind(s, "scene_break")) >= 1


@each
def test_emphasis_and_line_ends_are_kept(name: str) -> None:
    s = story(name)
    expected = ["down"] if name in ONE_CHAPTER else ["down", "that"]
    if name == "fanfiction.net txt":
        expected = []
    labels = {"Category", "Genre"}
    inside = [text for text in marked(s, "emphasis") if text in told(s) and text not in labels]
    assert [text for text in inside if text in ("down", "that")] == expected
    if name not in ONE_CHAPTER:
        assert "Come in, come in,\nthe tide said,\nand bring the boats home." in s.text


@each
def test_block_quotes_are_kept_where_the_format_has_them(name: str) -> None:
    s = story(name)
    quote = "The harbour is closed until the ice goes."
    has_none = name in PLAIN or name == "zip of chapters"
    assert (quote in marked(s, "block_quote")) is not has_none


@each
def test_the_same_bytes_give_the_same_story(name: str) -> None:
    a, b = story(name), story(name)
    assert (a.text, a.id, a.segments, a.paragraphs, a.marks, a.metadata, a.hints) == (
        b.text, b.id, b.segments, b.paragraphs, b.marks, b.metadata, b.hints,
    )  # fmt: skip
    check(a)
    for mark in a.marks:
        piece = a.text[mark.start : mark.end]
        assert piece and piece == piece.strip()


@pytest.mark.parametrize("name", sorted(PLAIN))
def test_the_text_of_a_plain_file_is_the_file(name: str) -> None:
    data = KINDS[name][0]()
    assert story(name).text == data.decode("utf-8-sig").replace("\r\n", "\n")


# ------------------------------------------------------------------ what is declared
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


# ------------------------------------------------------------------ folders and zips
def test_a_folder_is_read_in_natural_order(tmp_path: Path) -> None:
    for name, content in files.chapter_files().items():
        (tmp_path / name).write_bytes(content)
    s = read_file(tmp_path)
    assert s.format == "folder"
    assert s.text == story("zip of chapters").text
    assert s.metadata["Left out"] == ("cover.jpg",)


def test_a_zip_with_one_story_in_it_is_that_story() -> None:
    s = read_bytes(files.zipped({"Low Water/story.epub": archives.ao3_epub(), "cover.png": b"x"}), "x.zip")
    assert (s.format, s.archive, s.title) == ("epub", "ao3", TITLE)
    assert s.metadata["Left out"] == ("cover.png",)


def test_a_folder_does_not_follow_links_out_of_it(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("Torbjorn was here, and he was alone.", encoding="utf-8")
    folder = tmp_path / "story"
    folder.mkdir()
    (folder / "1.txt").write_text("Odd waited on the quay.", encoding="utf-8")
    (folder / "2.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "loop").symlink_to(folder)
    s = read_file(folder)
    assert "Torbjorn" not in s.text
    assert s.metadata["Left out"] == ("2.txt (no file of this folder)",)


def test_an_empty_folder_says_what_it_needs(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no chapter in it.*Give a folder or zip of text"):
        read_file(tmp_path)


# ------------------------------------------------------------------ odds and ends
def test_kinds_are_told_by_content_not_by_name(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    for name in ("DOCX", "EPUB 3", "RTF", "HTML", "ODT"):
        path.write_bytes(KINDS[name][0]())
        assert read_file(path).format == KINDS[name][1]


@pytest.mark.parametrize(
    "text",
    [
        "<i>Odd</i> went to the quay. # 1 was the number of the boat.\n\n***\n\nHe *never* came back.\n",
        "# # #\n\nOdd went to the quay.\n\n# # #\n\nHe came back.\n",
        "LOW WATER\n=========\n\nOdd went to the quay. __Odd__ and *Maren*.\n",
        "<Odd> are you there\n\n<Maren> no\n",
        "PK was what they called him. {\\rtf was not.\n",
    ],
)
def test_what_stays_plain_text(text: str) -> None:
    s = read_bytes(text.encode(), "story.txt")
    assert (s.format, s.text) == ("text", text)


def test_a_page_of_paragraphs_set_by_line_breaks() -> None:
    line = "Odd went down to the quay before it was light, and nobody was there, and he waited for the boat to come in again."
    page = f"<html><body>{line}<br>\n<br>\n{line}<br>{line}<br>“No,” he said.<br>\n{line}</body></html>"
    s = read_bytes(page.encode(), "x.html")
    assert [s.text[p.start : p.end] for p in s.paragraphs] == [line, line, line, "“No,” he said.", line]


def test_text_in_a_pre_is_read_like_plain_text() -> None:
    line = "Odd went down to the quay before it\nwas light, and nobody was there at\nall, and the boat was gone with her.\n"
    wrapped = "\n".join([line] * 4)
    s = read_bytes(f"<html><body><pre>{wrapped}</pre></body></html>".encode(), "x.html")
    assert [s.text[p.start : p.end] for p in s.paragraphs] == [line.strip()] * 4


def test_emphasis_by_style_sheet_and_across_paragraphs() -> None:
    page = (
        "<html><head><style>p { margin: 0 } .c1, span.c2 { font-style: italic; color: red } .gone {display:none}"
        "</style></head><body><p><span class='c1'>Odd</span> went <span class='c2'>down</span>.</p>"
        "<div style='font-style: oblique'><p>He waited.</p><p>Nobody came.</p></div><p class='gone'>Torbjorn</p></body></html>"
    )
    s = read_bytes(page.encode(), "x.html")
    assert marked(s, "emphasis") == ["Odd", "down", "He waited.", "Nobody came."]
    assert "Torbjorn" not in s.text


def test_footnotes_page_numbers_and_deletions_are_no_story() -> None:
    page = (
        "<html><body><p>Odd went<span class='pagenum'>[12]</span> down.</p>"
        "<aside class='footnote'><p>Ivar says so.</p></aside><p>He waited.</p></body></html>"
    )
    s = read_bytes(page.encode(), "x.html")
    assert told(s) == "Odd went down.\n\nHe waited."
    assert of_kind(s, "note") == ["Ivar says so."]


def test_calls_of_footnotes_are_no_words() -> None:
    page = (
        '<html><body><p>Odd went<sup><a class="footnote-ref" href="#n" role="doc-noteref">1</a></sup> down. He'
        '<a class="fnanchor" href="#f">[2]</a> waited.</p><aside class="footnote"><p>Ivar says so.'
        '<a class="footnote-back" href="#r">↩</a></p></aside></body></html>'
    )
    s = read_bytes(page.encode(), "x.html")
    assert told(s) == "Odd went down. He waited."
    assert of_kind(s, "note") == ["Ivar says so."]


def test_footnotes_of_markdown() -> None:
    text = "# Ebb\n\nOdd went[^a] down.[^b] He [^c] waited.\n\n[^a]: Ivar\n[^b]: Torbjorn\nsays so.\n\nNobody came.\n"
    s = read_bytes(text.encode(), "x.md")
    assert told(s) == "Odd went down. He [^c] waited.\n\nNobody came."
    assert of_kind(s, "note") == ["Ivar", "Torbjorn says so."]


def test_footnotes_of_rtf_leave_the_paragraph_as_it_was() -> None:
    data = (
        rb"{\rtf1\ansi{\stylesheet{\s0 Normal;}{\s20 footnote text;}{\s21 Quote;}}"
        rb"\pard\plain\s21 Odd went{\footnote\pard\plain\s20\v hidden} down.\par"
        rb"\pard\plain He waited{\*\footnote\chftn\plain\pard{\pard Ivar says so.\par}} there.\par}"
    )
    s = read_bytes(data, "x")
    assert told(s) == "Odd went down.\n\nHe waited there."
    assert of_kind(s, "note") == ["Ivar says so."]
    assert marked(s, "block_quote") == ["Odd went down."]


def test_odt_styles_mean_what_they_are_called() -> None:
    def style(name: str, parent: str) -> str:
        return (
            f'<style:style style:family="paragraph" style:name="{name}" style:parent-style-name="{parent}"/>'
        )

    names = ["office", "style", "text"]
    spaces = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in names)
    styles = "".join(style(n, "Standard") for n in ("Author", "Quotations", "Horizontal_20_Line"))
    lines = (
        ("Author", "Gudrun"),
        ("P1", "Odd went down."),
        ("Horizontal_20_Line", ""),
        ("Standard", "He waited."),
    )
    body = "".join(f'<text:p text:style-name="{name}">{text}</text:p>' for name, text in lines)
    document = (
        f"<office:document {spaces}><office:styles>{styles}</office:styles><office:automatic-styles>"
        f"{style('P1', 'Quotations')}</office:automatic-styles><office:body><office:text>{body}</office:text>"
        "</office:body></office:document>"
    )
    s = read_bytes(document.encode(), "x")
    assert of_kind(s, "byline") == ["Gudrun"]
    assert of_kind(s, "scene_break") == ["* * *"]
    assert marked(s, "block_quote") == ["Odd went down."]


# ------------------------------------------------------------------ as archives vary
_ROWS = (("Category", "Harbour Tales"), ("Characters", "Odd B., Maren L."), ("Words", "1,234"),
         ("Story URL", "https://www.example.net/s/7"), ("Summary", "Ivar is late."))  # fmt: skip
_STORY = "<p>Odd went down to the quay.</p><p>“Come in,” said Maren.</p>"


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


def test_rtf_characters_of_every_kind() -> None:
    data = (
        rb"{\rtf1\ansi\ansicpg1252\uc1{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset204 B;}}"
        rb"{\f0 caf\'e9 \u8212\'97 na\u239?ve}{\f1 \'cc\'e8\'f0} \u-10179?\u-8704? \{braces\} a\~b\par"
        rb"{\*\unknown Torbjorn}{\v Torbjorn}x{\super 2}{\footnote Ivar.} end\par}"
    )
    s = read_bytes(data, "x")
    assert s.text == "café — naïveМир 😀 {braces} a\xa0b\n\nx2 end\n\nIvar.\n"
    assert marked(s, "superscript") == ["2"]
    assert of_kind(s, "note") == ["Ivar."]
