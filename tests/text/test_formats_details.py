"""Emphasis, footnotes, styles and characters of the kinds of file."""

# ruff: noqa: E501  (markup, as the files have it)

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.kinds import KINDS
from tests.support.parts import marked, of_kind, told

from fabula.text import read_bytes, read_file


def test_kinds_are_told_by_content_not_by_name(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    for name in ("DOCX", "EPUB 3", "RTF", "HTML", "ODT"):
        path.write_bytes(KINDS[name][0]())
        assert read_file(path).format == KINDS[name][1]


@pytest.mark.parametrize(
    "text",
    [
        "<i> went to the quay. # 1 was the number of the boat.\n\n***\n\nHe *never* came back.\n",
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
