"""Files as people have them: templates edited beyond recognition, copies from sites, odd folders and books."""

# ruff: noqa: E501  (markup, as the files have it)

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support import archive_files as archives
from tests.support import story_files as files
from tests.support.parts import of_kind, told
from tests.support.story_files import AUTHOR, CHAPTERS, OUTSIDERS, SUMMARY, TITLE, text_paragraphs

from fabula.text import read_bytes, read_file, read_text
from fabula.types import Story

RENAMED = (
    ("Wordz", "1,234"), ("Who's in it", "Odd B., Maren L., Gunnar V."), ("Fandom(s)", "Harbour Tales"),
    ("Ships", "Odd B./Maren L."), ("Got it from", "https://www.example.net/s/7"), ("Finished?", "Complete"),
    ("Rated", "T"), ("Blurb", SUMMARY), ("Saved on", "2020-05-06 07:08:09"), ("Lang", "English"),
)  # fmt: skip
NAMES = [name for name, _ in CHAPTERS]


def chapters(heading: str, *, between: str = "\n\n") -> str:
    return "".join(
        f"\n{between}{heading.format(number=i + 1, name=name)}\n\n{text_paragraphs(i)}\n"
        for i, name in enumerate(NAMES)
    )


def sheet(line: str, facts: tuple[tuple[str, str], ...] = RENAMED) -> str:
    return "".join(line.format(key=key, value=value) + "\n" for key, value in facts)


EDITED = {
    "other signs, no line between, another end": f"=== {TITLE} ===\nwritten by {AUTHOR}\n{sheet('{key} = {value}')}"
    + chapters("[[ {number} ]] {name}")
    + "\n\n<<< that's all folks >>>\n",
    "labels in brackets, title and author last": sheet("[{key}] {value}")
    + f"[Story] {TITLE}\n[By] {AUTHOR}\n"
    + chapters("Chapter {number}: {name}")
    + "\n\n-- done --\n",
    "tabs, reversed, a list of chapters without a name": f"Fic:\t{TITLE}\nAuthor(s):\t{AUTHOR}\n"
    + sheet("{key}:\t{value}", tuple(reversed(RENAMED)))
    + "".join(f"{i + 1}. {name}\n" for i, name in enumerate(NAMES))
    + chapters("{number}. {name}", between="")
    + "\n\n~ FIN ~\n",
    "arrows, signed by who presents it, headings of Markdown": f"{AUTHOR} presents\n\n{TITLE.upper()}\n\n"
    + sheet("* {key} -> {value}")
    + chapters("## {name} ##")
    + "\nend of download\n",
}


@pytest.mark.parametrize("how", EDITED)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_text_of_fanficfare_with_an_extremely_edited_template(how: str, end: str) -> None:
    s = read_bytes(EDITED[how].replace("\n", end).encode(), "x")
    assert (s.format, (s.title or "").casefold(), s.author) == ("text", TITLE.casefold(), AUTHOR)
    labels = [g.label or "" for g in s.segments if g.kind == "heading"]
    assert [label.endswith(name) for label, name in zip(labels, NAMES, strict=True)] == [True, True]
    assert not [who for who in (*OUTSIDERS, AUTHOR, "1,234", "example") if who in told(s)]
    words = " ".join(told(s).split())
    for i in range(2):
        for line in text_paragraphs(i).split("\n\n"):
            assert line == "* * *" or " ".join(line.split()) in words
    assert s.metadata["Blurb"] == (SUMMARY,) and s.metadata["Got it from"] == ("https://www.example.net/s/7",)
    assert s.text == EDITED[how], "the text of a plain file is the file"
    assert [h.names for h in s.hints if h.kind == "relationship"] == [("Odd B", "Maren L")]


@pytest.mark.parametrize(
    "text",
    [
        # A form inside a story; talk with colons; a letter's head: no address or date, or no labels of a tool.
        "Name: Odd Berg\nBorn: 3.5.1890\nHeight: 180\nSeen: 12\nWanted: 4\n\nThe sheet hung by the door of the office.\n",
        "MAREN: You are early.\nODD: I am late.\nMAREN: Early.\nODD: 1.\n\nThey looked at the water.\n",
        "Odd found the paper on the stair. It was wet. He read it twice.\n\nStatus = missing\nUpdated = 2019-01-02\n"
        "Source = https://police.example\nRating = 4\nWords = 12\n\nThen he burned it.\n",
    ],
)
def test_what_only_looks_like_a_sheet_is_story(text: str) -> None:
    s = read_bytes(text.encode(), "x")
    assert "".join(told(s).split()) == "".join(text.split())


@pytest.mark.parametrize(
    "last", ["*He waited.*", "(He never came.)", "Over the water.", "Done, she thought."]
)
def test_the_last_line_of_a_story_is_no_end_mark(last: str) -> None:
    text = EDITED["other signs, no line between, another end"].replace("<<< that's all folks >>>", last)
    assert told(read_bytes(text.encode(), "x")).endswith(last)


def test_a_tools_text_with_headings_and_quotes_in_its_chapters_stays_plain_text() -> None:
    """FanFicFare makes text of pages with html2text, which writes Markdown's signs."""
    text = archives.fanficfare_txt().decode().replace("\r\n", "\n")
    first = text_paragraphs(0).split("\n\n")[1]
    text = text.replace(
        f"\n\n{first}", f"\n\n## Dawn\n\n> A letter.\n\n**Odd** [saw](https://e.x/a) it.\n\n{first}"
    )
    s = read_bytes(text.encode(), "x")
    assert (s.format, s.archive, s.text) == ("text", "fanficfare", text)
    assert [g.label for g in s.segments if g.kind == "heading"] == ["Ebb", "Dawn", "Flood"]
    assert s.metadata["Story URL"] == ("https://www.example.net/s/7",)


# ------------------------------------------------------------------ Wattpad
FIGURES = {
    "a line each": "1.2K Reads\n98 Votes\n3 Parts",
    "one line": "12345 reads · 678 votes · 90 comments",
    "signs": "★ 98  👁 1.2K  💬 45",
}


def wattpad(figures: str, about: str = f"{SUMMARY}\n\n") -> Story:
    text = f"{TITLE}\n{AUTHOR}\n\n{figures}\n\n{about}" + "".join(
        f"Chapter {i + 1}\n\n{400 - i} reads  {30 + i} votes  {3 * i} comments\n\n"
        "A/N Hi guys!! This one is for Sigrid, go follow her <3\n\n"
        f"{text_paragraphs(i)}\n\nVote  Comment  Share\n\n"
        for i in range(2)
    )
    return read_bytes(text.encode(), "x")


@pytest.mark.parametrize("figures", FIGURES.values(), ids=FIGURES)
@pytest.mark.parametrize("about", [f"{SUMMARY}\n\n", f"Description\n\n{SUMMARY}\n\nTags: ice, Ivar\n\n"])
def test_a_text_from_wattpad_with_bare_names(figures: str, about: str) -> None:
    s = wattpad(figures, about)
    assert (s.title, s.author, s.metadata["Summary"]) == (TITLE, AUTHOR, (SUMMARY,))
    assert [g.label for g in s.segments if g.kind == "heading"] == ["Chapter 1", "Chapter 2"]
    assert not [word for word in (*OUTSIDERS, AUTHOR, "votes", "Vote", "Sigrid") if word in told(s)]
    assert len(of_kind(s, "note")) == 2


def test_without_a_sites_figures_a_bare_name_proves_nothing() -> None:
    s = read_bytes(f"Odd\nMaren\n\nThey went down.\n\nChapter 1\n\n{text_paragraphs(0)}\n".encode(), "x")
    assert "They went down." in told(s) and s.author is None


@pytest.mark.parametrize("line", ["12 votes, 14 votes.", "45 votes.", "He read. They voted. 3 comments."])
def test_votes_in_a_story_are_told(line: str) -> None:
    before = "\n\n".join(text_paragraphs(i) for i in (0, 1, 0, 1))
    assert line in told(read_bytes(f"{TITLE}\nby {AUTHOR}\n\n{before}\n\n{line}\n\n{before}\n".encode(), "x"))


# ------------------------------------------------------------------ folders, documents, printed books
def test_the_heading_of_one_chapter_is_not_the_title_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "2 Ebb.txt").write_text(text_paragraphs(0), encoding="utf-8")
    (tmp_path / "10 - Flood.md").write_text(f"# Flood\n\n{text_paragraphs(1, mark='*')}", encoding="utf-8")
    s = read_file(tmp_path)
    assert (s.title, s.metadata.get("Title")) == (None, None)
    assert [g.label for g in s.segments if g.kind == "heading"] == NAMES


def test_a_title_that_several_files_of_a_folder_give_is_the_storys(tmp_path: Path) -> None:
    for i in range(2):
        page = files.page(f"<h1>{TITLE}</h1><h2>{NAMES[i]}</h2>{files.html_paragraphs(i)}", title=TITLE)
        (tmp_path / f"{i}.html").write_bytes(page)
    assert read_file(tmp_path).title == TITLE


def test_a_title_known_by_its_style_alone_is_the_title() -> None:
    for build in (files.docx, files.odt):
        data = build()
        for old in (f"<dc:title>{TITLE}</dc:title>", f"<dc:creator>{AUTHOR}</dc:creator>"):
            data = _without(data, old)
        s = read_bytes(data, "x")
        assert (s.title, s.author) == (TITLE, AUTHOR)


def _without(data: bytes, words: str) -> bytes:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        content = {n: archive.read(n).replace(words.encode(), b"") for n in archive.namelist()}
    return files.zipped(content)


def test_front_matter_with_a_value_over_several_lines() -> None:
    text = f"---\ntitle: {TITLE}\nsummary: >\n  Gunnar had\n  a boat.\ntags:\n  - ice\n---\n\n# Ebb\n\nOdd went.\n"
    s = read_bytes(text.encode(), "x")
    assert s.metadata["Summary"] == ("Gunnar had a boat.",)
    assert s.metadata["Additional Tags"] == ("ice",)


def test_a_summary_with_emphasis_is_told_once_in_an_epub_of_ao3() -> None:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(archives.ao3_epub())) as archive:
        content = {n: archive.read(n).decode() for n in archive.namelist()}
    said = "Gunnar had a <em>boat</em>. This is about what was left."
    content = {
        n: c.replace(SUMMARY, said if n.endswith("html") else said.replace("<", "&lt;"))
        for n, c in content.items()
    }
    plain = said.replace("<em>", "").replace("</em>", "")
    assert read_bytes(files.zipped(dict(content)), "x").metadata["Summary"] == (plain,)


def test_a_printed_book_whose_contents_stand_in_one_block() -> None:
    """Short first paragraphs are no lines of the list of chapters above them."""
    short = "Odd came down to the quay at six, with the lamp still lit in his hand.\n\n“You are late,” said Maren from the boat. She did not look up.\n\n"
    text = (
        "*** START OF THE PROJECT GUTENBERG EBOOK LOW WATER ***\n\n\nLOW WATER\n\nBy GUDRUN HAUG\n\n\n\nTO\nSIGRID\n\n\n\n"
        "CONTENTS\n\n  CHAPTER           PAGE\n     I. Ebb            1\n    II. Flood         22\n\n\n\nLIST OF ILLUSTRATIONS\n\n"
        "  Ivar at the oar       _Frontispiece_\n\n\n\n\nCHAPTER I\n\nEBB\n\n\n"
        + short
        + "\n\nCHAPTER II\n\nFLOOD\n\n\n"
        + short
    )
    s = read_bytes(text.encode(), "x")
    assert [g.label for g in s.segments if g.kind == "heading"] == ["CHAPTER I: EBB", "CHAPTER II: FLOOD"]
    assert " ".join(told(s).split()) == " ".join((short + short).split())


def test_contents_of_a_page_under_the_names_of_their_columns() -> None:
    rows = "".join(
        f'<tr><td>{i}.</td><td><a href="#c{i}">{name}</a></td></tr>' for i, name in enumerate(NAMES)
    )
    body = f"<h1>{TITLE}</h1><h2>CONTENTS</h2><table><tr><td></td><td>PAGE</td></tr>{rows}</table>" + "".join(
        f'<h2 id="c{i}">{name}</h2>{files.html_paragraphs(i)}' for i, name in enumerate(NAMES)
    )
    s = read_bytes(files.page(body, title=TITLE), "x")
    assert [g.label for g in s.segments if g.kind == "heading"] == NAMES


def test_several_facts_on_one_line_are_told_apart() -> None:
    text = (
        "The Lamp Road\n\nby Wren Ashby\n\n\nCategory: Books, Genre: Calm, Dry, Characters: Imre, Halvard\n"
        "Rating: T, Words: 1,200, Status: Done: at last\nSummary: Two keep a lamp, Genre: none.\n\n\n\n"
        "\t1. Oil\n\nImre filled the lamp.\n\nEnd file.\n"
    )
    story = read_text(text)
    told = {
        "Category": ("Books",), "Genre": ("Calm", "Dry"), "Characters": ("Imre", "Halvard"),
        "Rating": ("T",), "Words": ("1,200",), "Status": ("Done: at last",),
    }  # fmt: skip
    assert {key: story.metadata[key] for key in told} == told
    assert story.metadata["Summary"] == ("Two keep a lamp, Genre: none.",)
    assert [h.text for h in story.hints] == ["Imre", "Halvard"]
