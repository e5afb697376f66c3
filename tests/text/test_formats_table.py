"""docs/formats.md tells what is kept of every kind of file and what is lost, and it is true."""

# ruff: noqa: E501  (markup, as the files have it)

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from tests.support import story_files as files
from tests.support.kinds import KINDS
from tests.support.parts import marked
from tests.support.story_files import AUTHOR, TITLE

from fabula.text import read_bytes
from fabula.types import STORY_KINDS, Story

PAGE = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")
ROWS = {
    row[0]: tuple([word.strip() for word in cell.split(",") if word.strip()] for cell in row[1:])
    for row in re.findall(r"^\| ([^|]+?) \| ([^|]*?) ?\| ?([^|]*?) ?\|$", PAGE, re.M)
    if row[0] in KINDS
}
GHOST = "Qvist"
"""Stands for what is lost, and for nothing else."""


# ------------------------------------------------------------------ kept
def _segment(kind: str, label: str = "") -> Callable[[Story], bool]:
    return lambda s: any(g.kind == kind and label in (g.label or "") for g in s.segments)


KEPT: dict[str, Callable[[Story], bool]] = {
    "title": lambda s: s.title == TITLE,
    "author": lambda s: s.author == AUTHOR,
    "language": lambda s: s.declared_language == "en",
    "facts": lambda s: "Rating" in s.metadata and "Words" in s.metadata,
    "hints": lambda s: {h.kind for h in s.hints} == {"character", "relationship"},
    "summary": lambda s: _segment("summary")(s) and s.metadata["Summary"] == (files.SUMMARY,),
    "notes": _segment("note", "Notes"),
    "headings": _segment("heading", "Ebb"),
    "scene breaks": _segment("scene_break"),
    "emphasis": lambda s: "down" in marked(s, "emphasis"),
    "line ends": lambda s: "Come in, come in,\nthe tide said,\n" in s.text,
    "block quotes": lambda s: "The harbour is closed until the ice goes." in marked(s, "block_quote"),
}


def test_the_table_has_a_row_for_every_kind() -> None:
    variants = {name for name in KINDS if name.split(", ")[0] in ROWS}
    assert variants == set(KINDS) and len(ROWS) == 21
    words = {word for kept, lost in ROWS.values() for word in kept + lost}
    assert words <= {*KEPT, *LOST, "footnotes", "the site around the story"}


@pytest.mark.parametrize("name", ROWS)
def test_what_the_table_says_is_kept(name: str) -> None:
    s = read_bytes(KINDS[name][0](), name)
    kept = ROWS[name][0]
    assert [word for word in kept if word in KEPT and not KEPT[word](s)] == []
    more = [word for word, holds in KEPT.items() if word not in kept and holds(s)]
    assert more == [], "the table forgets what is kept"


# ------------------------------------------------------------------ lost, and footnotes
_HTML = {
    "pictures": f'<img src="{GHOST}.png" alt="{GHOST}"/>',
    "scripts": f"<script>{GHOST}()</script>",
    "comments": f"<!-- {GHOST} -->",
    "hidden text": f'<p style="display:none">{GHOST}</p>',
    "page numbers": f'<span class="pagenum">{GHOST}</span>',
    "the site around the story": "",
    "footnotes": '<aside class="footnote"><p>Ivar says so.</p></aside>',
}
_WORD = {
    "pictures": f'<w:p><w:r><w:drawing><a:graphic xmlns:a="x"><a:t name="{GHOST}"/></a:graphic></w:drawing></w:r></w:p>',
    "comments": f'<w:p><w:commentRangeStart w:id="1"/><w:r><w:commentReference w:id="{GHOST}"/></w:r></w:p>',
    "deletions": f"<w:p><w:del><w:r><w:delText>{GHOST}</w:delText></w:r></w:del></w:p>",
    "headers": f'<w:sectPr><w:headerReference w:id="{GHOST}"/></w:sectPr>',
    "footnotes": '<w:p><w:r><w:footnoteReference w:id="2"/></w:r></w:p>',
}
_OPEN = {
    "pictures": f'<text:p><draw:frame xmlns:draw="x"><draw:image><text:p>{GHOST}</text:p></draw:image></draw:frame></text:p>',
    "comments": f"<text:p><office:annotation><text:p>{GHOST}</text:p></office:annotation></text:p>",
    "deletions": f"<text:tracked-changes><text:changed-region><text:deletion><text:p>{GHOST}</text:p></text:deletion></text:changed-region></text:tracked-changes>",
    "footnotes": f"<text:p><text:note><text:note-citation>{GHOST}</text:note-citation><text:note-body><text:p>Ivar says so.</text:p></text:note-body></text:note></text:p>",
}
_RICH = {
    "pictures": rf"{{\pict {GHOST}}}",
    "comments": rf"{{\*\annotation {GHOST}}}",
    "hidden text": rf"{{\v {GHOST}}}",
    "headers": rf"{{\header {GHOST}}}",
    "footnotes": r"{\footnote Ivar says so.}",
}
LOST = {*_HTML, *_WORD, *_OPEN, *_RICH} - {"footnotes", "the site around the story"}


def _in_zip(data: bytes, name: str, before: str, snippet: str) -> bytes:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        content: dict[str, bytes | str] = {n: archive.read(n) for n in archive.namelist()}
    name = next(n for n in content if n.endswith(name))
    text = content[name].decode()  # type: ignore[union-attr]
    at = text.rindex(before)
    content[name] = text[:at] + snippet + text[at:]
    if "w:footnoteReference" in snippet:
        note = '<w:footnote w:id="2"><w:p><w:r><w:t>Ivar says so.</w:t></w:r></w:p></w:footnote>'
        content["word/footnotes.xml"] = f"<w:footnotes {files._W}>{note}</w:footnotes>"
    if "commentReference" in snippet:
        content["word/comments.xml"] = (
            f"<w:comments {files._W}><w:p><w:r><w:t>{GHOST}</w:t></w:r></w:p></w:comments>"
        )
    if "headerReference" in snippet:
        content["word/header1.xml"] = f"<w:hdr {files._W}><w:p><w:r><w:t>{GHOST}</w:t></w:r></w:p></w:hdr>"
    return files.zipped(content)


def with_more(name: str, what: str) -> bytes:
    """The file of a row with one thing more in it."""
    data = KINDS[name][0]()
    if name == "DOCX":
        return _in_zip(data, "document.xml", "</w:body>", _WORD[what])
    if name == "ODT":
        return _in_zip(data, "content.xml", "</office:text>", _OPEN[what])
    if name == "flat ODT":
        return data.replace(b"</office:text>", _OPEN[what].encode() + b"</office:text>")
    if name == "RTF":
        return data[:-1] + _RICH[what].encode() + b"}"
    if name == "Markdown":
        return data + b"\n" + _HTML[what].encode() + b"\n"
    if name == "zip of chapters":
        return files.zipped(files.chapter_files() | {f"{GHOST}.png": b"\x89PNG " + GHOST.encode()})
    snippet = _HTML[what]
    place = "<p>By the steps he stopped" if what != "page numbers" else "By the steps he stopped"
    if KINDS[name][1] == "epub":
        with zipfile.ZipFile(BytesIO(data)) as archive:
            page = next(n for n in archive.namelist() if b"By the steps" in archive.read(n))
            place = next(p for p in (place, "By the steps") if p in archive.read(page).decode())
        place = place if place.startswith("<p>") or what == "page numbers" else "<hr/>"
        return _in_zip(data, page, place, snippet)
    text = data.decode()
    at = text.index("<hr/>") if what != "page numbers" else text.index("By the steps he stopped")
    return (text[:at] + snippet + text[at:]).encode()


@pytest.mark.parametrize(("name", "what"), [(name, what) for name, row in ROWS.items() for what in row[1]])
def test_what_the_table_says_is_lost(name: str, what: str) -> None:
    s, plain = read_bytes(with_more(name, what), name), read_bytes(KINDS[name][0](), name)
    assert GHOST not in s.text
    assert s.text == plain.text, "and nothing else is"


@pytest.mark.parametrize("name", [name for name, row in ROWS.items() if "footnotes" in row[0]])
def test_footnotes_are_notes(name: str) -> None:
    s = read_bytes(with_more(name, "footnotes"), name)
    notes = [s.text[g.start : g.end] for g in s.segments if g.kind == "note" and g.label == "Footnote"]
    assert "Ivar says so." in notes and GHOST not in s.text
    assert not any("Ivar" in s.text[g.start : g.end] for g in s.segments if g.kind in STORY_KINDS)
