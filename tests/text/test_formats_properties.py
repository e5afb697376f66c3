"""What holds for every document and every file: offsets, marks, cover, and no failure but a plain refusal."""

# ruff: noqa: E501  (markup, as the files have it)

from __future__ import annotations

import zipfile
from io import BytesIO

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.support import archive_files as archives
from tests.support import story_files as files
from tests.text.test_properties import SOUP, check

from fabula.errors import InputError
from fabula.text import read_bytes
from fabula.text.formats.canonical import canonical
from fabula.text.formats.document import Block, Document
from fabula.text.formats.flow import split_block, tidy
from fabula.text.read import read_document
from fabula.types import MARK_KINDS, Mark

RELAXED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=25)

_ROLES = st.sampled_from(
    [None, None, "title", "byline", "tags", "note", "heading", "scene_break", "boilerplate"]
)


@st.composite
def blocks(draw: st.DrawFn) -> Block:
    text = draw(st.one_of(SOUP, st.text(st.sampled_from("ab \n\t\xa0.“”"), max_size=30)))
    found = []
    for _ in range(draw(st.integers(0, 3)) if text else 0):
        start = draw(st.integers(0, len(text) - 1))
        found.append(
            Mark(start, draw(st.integers(start + 1, len(text))), draw(st.sampled_from(MARK_KINDS[:8])))
        )
    return Block(
        text,
        draw(_ROLES),
        draw(st.none() | st.just("label")),
        draw(st.integers(0, 2)),
        draw(st.booleans()),
        draw(st.booleans()),
        draw(st.integers(0, 5)),
        tuple(found),
        tuple(draw(st.lists(st.sampled_from(MARK_KINDS[8:]), max_size=2))),
    )


@given(st.lists(blocks(), max_size=6))
@RELAXED
def test_any_blocks_are_laid_out_with_every_offset_right(given_blocks: list[Block]) -> None:
    found = canonical(Document("html", tuple(given_blocks)))
    shown = [b for b in given_blocks if b.text.strip()]
    assert [found.text[p.start : p.end] for p in found.paragraphs] == [b.text.strip() for b in shown]
    assert len(found.known) == len(shown)
    wanted = {
        (kind, text[m.start : m.end].strip())
        for b in shown
        for text in [b.text]
        for m in tidy(text, b.marks)
        for kind in [m.kind]
    }
    marked = {(m.kind, found.text[m.start : m.end].strip()) for m in found.marks}
    assert wanted <= marked
    assert canonical(Document("html", tuple(given_blocks))) == found


@given(blocks())
@RELAXED
def test_parting_a_block_loses_no_word_and_no_emphasis(block: Block) -> None:
    parts = split_block(block)
    assert "".join("".join(p.text.split()) for p in parts) == "".join(block.text.split())
    for kind in {m.kind for m in block.marks}:
        before = "".join(
            "".join(block.text[m.start : m.end].split())
            for m in tidy(block.text, block.marks)
            if m.kind == kind
        )
        after = "".join(
            "".join(p.text[m.start : m.end].split()) for p in parts for m in p.marks if m.kind == kind
        )
        assert after == before


@given(st.lists(blocks(), max_size=5), st.none() | st.just("Low Water"), st.none() | st.just("greywake"))
@RELAXED
def test_any_document_is_a_story(given_blocks: list[Block], title: str | None, author: str | None) -> None:
    clean = tuple(b for b in given_blocks if "\n\n" not in b.text)
    try:
        story = read_document(Document("html", clean, title, author))
    except InputError as error:
        assert "no letters" in str(error)
        return
    check(story)
    kinds = {b.role for b in clean if b.text.strip() and b.role}
    assert kinds <= {s.kind for s in story.segments}, "what the file says is not overruled"


_TAGS = st.sampled_from(
    ["<p>", "</p>", "<i>", "</i>", "<div class='meta'>", "</div>", "<br>", "<br/>", "<hr>", "<h2>", "</h2>", "<table>", "<tr>",
     "<td>", "</table>", "<pre>", "</pre>", "<a href='#x'>", "</a>", "<dl class='tags'>", "<dt>", "<dd>", "<blockquote>",
     "<!--", "-->", "<script>", "</script>", "&amp;", "&nbsp;", "&bogus;", "&#0;", "&#xD800;", "<", ">", "<svg>", "</svg>",
     "<p data-p-id='1'>", "<div id='preface'>", "<div id='chapters'>", "<section id='pg-header'>", "<ul><li>", "</ul>"]
)  # fmt: skip
PAGES = st.lists(st.one_of(_TAGS, SOUP.map(lambda t: t[:40])), max_size=30).map("".join)


def read_or_refuse(data: bytes) -> None:
    try:
        story = read_bytes(data, "story")
    except InputError as error:
        assert error.problem and error.remedy and "\n" not in str(error)
    else:
        check(story)
        assert all(0 <= m.start < m.end <= len(story.text) for m in story.marks)


@given(PAGES)
@RELAXED
def test_any_page_is_read_or_refused(body: str) -> None:
    read_or_refuse(f"<!DOCTYPE html><html><body><p>Odd.</p>{body}</body></html>".encode("utf-8", "replace"))


_SAMPLES = [files.rtf(), files.markdown(), files.flat_odt(), archives.ao3_html(), archives.fanficfare_txt()]
_ZIPS = [files.docx(), files.odt(), archives.ao3_epub(), files.chapters_zip()]


@given(st.sampled_from(_SAMPLES), st.data())
@RELAXED
def test_a_file_with_a_piece_changed_is_read_or_refused(sample: bytes, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(sample)))
    end = min(len(sample), start + data.draw(st.integers(0, 40)))
    read_or_refuse(sample[:start] + data.draw(st.binary(max_size=20)) + sample[end:])


@given(st.sampled_from(_ZIPS), st.data())
@RELAXED
def test_an_archive_with_an_entry_changed_is_read_or_refused(sample: bytes, data: st.DataObject) -> None:
    with zipfile.ZipFile(BytesIO(sample)) as archive:
        content: dict[str, bytes | str] = {n: archive.read(n) for n in archive.namelist()}
    name = data.draw(st.sampled_from(sorted(content)))
    old = bytes(content[name])  # type: ignore[arg-type]
    start = data.draw(st.integers(0, len(old)))
    content[name] = (
        old[:start] + data.draw(st.binary(max_size=20)) + old[start + data.draw(st.integers(0, 40)) :]
    )
    read_or_refuse(files.zipped(content))
