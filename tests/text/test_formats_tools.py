"""What the tools that people use really write: several authors, other labels, front pages, second titles."""

# ruff: noqa: E501  (markup, as the files have it)

from __future__ import annotations

import io
import zipfile

import pytest
from tests.support import archive_files as archives
from tests.support import story_files as files
from tests.support.parts import told
from tests.support.story_files import (
    AUTHOR,
    CHAPTERS,
    OUTSIDERS,
    SUMMARY,
    TITLE,
    html_paragraphs,
    page,
    text_paragraphs,
)

from fabula.text import read_bytes
from fabula.text.header_lines import byline
from fabula.types import Story

SECOND = "Little Tern"
FACTS = (
    ("Category", "Harbour Tales"), ("Language", "English"), ("Characters", "Odd B., Maren L., Gunnar V."),
    ("Status", "Completed"), ("Published", "2019-01-02"), ("Packaged", "2020-05-06 07:08:09"),
    ("Words", "1,234"), ("Story URL", "https://www.example.net/s/7"), ("Summary", SUMMARY),
)  # fmt: skip


def headings(s: Story) -> list[str | None]:
    return [g.label for g in s.segments if g.kind == "heading"]


def nothing_leaks(s: Story) -> None:
    words = told(s)
    assert not [who for who in (*OUTSIDERS, AUTHOR, SECOND, "example", "1,234") if who in words]
    assert words.startswith("Odd went ")


def replaced(data: bytes, changes: dict[str, str]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        content = {n: archive.read(n).decode() for n in archive.namelist()}
    for old, new in changes.items():
        assert any(old in text for text in content.values()), old
        content = {n: text.replace(old, new) for n, text in content.items()}
    return files.zipped(dict(content))


# ------------------------------------------------------------------ several authors
def test_the_second_author_of_an_ao3_epub_is_an_author() -> None:
    second = f'</a>, <a rel="author" href="http://archiveofourown.org/users/t">{SECOND}</a></div>'
    s = read_bytes(replaced(archives.ao3_epub(), {f">{AUTHOR}</a></div>": f">{AUTHOR}{second}"}), "x")
    assert s.author == f"{AUTHOR}, {SECOND}"
    nothing_leaks(s)


def test_two_authors_of_a_fanficfare_epub_are_told_once() -> None:
    creator = f'<dc:creator opf:role="aut">{AUTHOR}</dc:creator>'
    changes = {
        creator: creator + creator.replace(AUTHOR, SECOND),
        f">{AUTHOR}</a></h3>": f'>{AUTHOR}</a>, <a href="https://www.example.net/u/9">{SECOND}</a></h3>',
    }
    s = read_bytes(replaced(archives.fanficfare_epub(), changes), "x")
    assert (s.title, s.author) == (TITLE, f"{AUTHOR}, {SECOND}")
    nothing_leaks(s)


def test_two_authors_of_a_page_whose_title_names_one() -> None:
    data = archives.fanficfare_html().decode()
    data = data.replace(f">{AUTHOR}</a></h1>", f'>{AUTHOR}</a>, <a href="https://e.x/u/9">{SECOND}</a></h1>')
    s = read_bytes(data.encode(), "x")
    assert (s.title, s.author) == (TITLE, f"{AUTHOR}, {SECOND}")


# ------------------------------------------------------------------ edited templates of FanFicFare
def test_facts_in_a_list_of_definitions_without_colons() -> None:
    facts = "".join(f"<dt>{key}</dt><dd>{value}</dd>\n" for key, value in FACTS)
    body = f'<center><font size="6">{TITLE}</font></center><dl>{facts}</dl>' + "".join(
        f'<p><a id="section000{i + 1}"></a><b>{i + 1}. {name}</b></p>{html_paragraphs(i)}<p><a href="#top">Back</a></p>'
        for i, (name, _) in enumerate(CHAPTERS)
    )
    s = read_bytes(page(body, title=TITLE), "x")
    assert (s.title, s.archive, s.metadata["Summary"]) == (TITLE, "fanficfare", (SUMMARY,))
    assert headings(s) == ["1. Ebb", "2. Flood"]
    assert "Back" not in told(s)
    nothing_leaks(s)


@pytest.mark.parametrize("paragraphs", [1, 3])
def test_a_summary_in_paragraphs_under_its_label(paragraphs: int) -> None:
    """FanFicFare keeps the markup of summaries: ``<b>Summary:</b> <p>…</p>``."""
    said = [SUMMARY, "Ivar, who was Gunnar’s, comes too.", "Sigrid does not."][:paragraphs]
    markup = "".join(f"<p>{line}</p>" for line in said)
    s = read_bytes(replaced(archives.fanficfare_epub(), {f"</b> {SUMMARY}": f"</b> {markup}"}), "x")
    assert s.metadata["Summary"] == (" ".join(said),)
    nothing_leaks(s)


def test_an_edited_epub_keeps_its_authors_and_its_log_out_of_the_story() -> None:
    facts = "".join(f"<li><em>{key}</em> — {value}</li>" for key, value in FACTS)
    pages = {"title_page.xhtml": page(f"<h1>{TITLE}</h1><h2>{AUTHOR} &amp; {SECOND}</h2><ul>{facts}</ul>")}
    for i, (name, _) in enumerate(CHAPTERS):
        pages[f"file{i}.xhtml"] = page(f"<h3>{i + 1}. {name}</h3>{html_paragraphs(i)}")
    pages["log_page.xhtml"] = page("<h3>Update Log</h3><p><b>Packaged:</b> 2021-02-03, Ivar</p><hr/>")
    metadata = (
        f"<dc:title>{TITLE}</dc:title><dc:creator>{AUTHOR}</dc:creator><dc:creator>{SECOND}</dc:creator>"
        "<dc:contributor>FanFicFare [https://github.com/JimmXinu/FanFicFare]</dc:contributor>"
    )
    s = read_bytes(files.epub(pages, metadata=metadata), "x")
    assert headings(s) == ["1. Ebb", "2. Flood"]
    assert s.metadata["Packaged"] == ("2020-05-06 07:08:09",)
    nothing_leaks(s)


def written(head: str, heading: str = "{number}. {name}") -> Story:
    chapters = "".join(
        f"\n\n\n{heading.format(number=i + 1, name=name)}\n\n\n{text_paragraphs(i)}\n"
        for i, (name, _) in enumerate(CHAPTERS)
    )
    return read_bytes((head + chapters).encode(), "x")


def lines(form: str) -> str:
    return "".join(form.format(key=key, value=value) + "\n" for key, value in FACTS)


@pytest.mark.parametrize(
    "head",
    [
        f"=====\n{TITLE}\nwritten by {AUTHOR}\n=====\n" + lines("- {key} = {value}") + "=====\n",
        f"***\n{TITLE}, written by {AUTHOR}\n***\n\n" + lines("({key}) {value}"),
        f"Title: {TITLE}\nAuthor: {AUTHOR}\n" + lines("{key:15}| {value}"),
        f"Story: {TITLE}\nStorylink: https://www.example.net/s/7/1/\nAuthor: {AUTHOR}\nAuthorlink: https://www.example.net/u/1/\n"
        + lines("{key}: {value}"),
        f"{TITLE}\n\nby {AUTHOR}\n\n\nSeries: Harbour [2]\nSeries URL: https://www.example.net/r/3\n" + lines("{key}: {value}"),
        f"Story: {TITLE}\nWhere from: https://www.example.net/s/7/1/\nAuthor: {AUTHOR}\nAt home: https://www.example.net/u/1/\n"
        + lines("{key}: {value}"),
    ],
    ids=["dashes", "brackets", "bars", "links", "series", "unknown labels"],
)  # fmt: skip
def test_a_text_with_labels_of_other_kinds(head: str) -> None:
    s = written(head)
    assert (s.format, s.title, s.author, s.declared_language) == ("text", TITLE, AUTHOR, "en")
    assert s.metadata["Summary"] == (SUMMARY,)
    assert s.metadata["Packaged"] == ("2020-05-06 07:08:09",)
    assert s.metadata.get("Series", ("Harbour [2]",)) == ("Harbour [2]",)
    assert [h.names for h in s.hints] == [("Odd B",), ("Maren L",), ("Gunnar V",)]
    assert headings(s) == ["1. Ebb", "2. Flood"]
    nothing_leaks(s)


def test_a_value_over_two_lines_is_one() -> None:
    head = f"{TITLE}\n\nby {AUTHOR}\n\n(Category) Harbour Tales\nand Ice\n" + lines(
        "({key}) {value}"
    ).replace("(Category) Harbour Tales\n(Language)", "(Language)")
    s = written(head.rstrip("\n") + "\nAnd of Ivar.\n")
    assert s.metadata["Category"] == ("Harbour Tales and Ice",)
    assert s.metadata["Summary"] == (f"{SUMMARY} And of Ivar.",)
    nothing_leaks(s)


# ------------------------------------------------------------------ sites and printed books
def test_a_page_of_fanfiction_net_for_telephones() -> None:
    body = (
        f"<div id='content'><center><b>{TITLE}</b> by <a href='/u/1/x'>{AUTHOR}</a></center><div>{archives._FFN_LINE.replace('Rated', 'Books<br/>Rated')}</div>"
        f"<div id='storycontent' class='storycontent'>{html_paragraphs(0)}</div>"
        "<div align=center>Prev Next</div><form>Ivar: <textarea>more</textarea></form></div>"
    )
    s = read_bytes(page(body, title=f"{TITLE} Chapter 1, a harbour fanfic | FanFiction"), "x")
    assert (s.title, s.author, s.archive) == (TITLE, AUTHOR, "fanfiction.net")
    assert "Prev" not in s.text
    nothing_leaks(s)


def test_a_description_and_bare_figures_of_wattpad() -> None:
    body = (
        f"<h1>{TITLE}</h1><p>by {AUTHOR}</p><p>1.2K 98 12</p><h2>Description</h2><p>{SUMMARY}</p>"
        + "".join(
            f"<h2>{name}</h2>" + html_paragraphs(i).replace("<p", f'<p data-p-id="a{i}"')
            for i, (name, _) in enumerate(CHAPTERS)
        )
    )
    s = read_bytes(page(body, title=f"{TITLE} - Wattpad"), "x")
    assert (s.title, s.author, s.metadata["Summary"]) == (TITLE, AUTHOR, (SUMMARY,))
    assert headings(s) == ["Ebb", "Flood"]
    nothing_leaks(s)


def test_the_front_pages_of_a_printed_book_are_no_story() -> None:
    chapters = "".join(
        f"\n\n\n{'I' * (i + 1)}\n\n{name.upper()}\n\n\n{text_paragraphs(i)}\n"
        for i, (name, _) in enumerate(CHAPTERS)
    )
    text = (
        f"The Project Gutenberg eBook of {TITLE}\n\nTitle: {TITLE}\n       A Tale of the Coast\n\nAuthor: Gudrun Haug\n\n"
        f"Language: English\n\n*** START OF THE PROJECT GUTENBERG EBOOK {TITLE.upper()} ***\n\n\n\n\n{TITLE.upper()}\n\n"
        '_A Tale of the Coast_\n\nBY\nGUDRUN HAUG\n\nAuthor of "The Herring", etc.\n\nILLUSTRATED BY SIGRID MOE\n\n'
        "OSLO\nIVAR & SONS\n1904\n\nCopyright, 1904, by\nIVAR & SONS\n\nTO\nTORBJORN\n\n\n\n"
        "CONTENTS\n\n    I. EBB      3\n   II. FLOOD   17\n" + chapters
    )
    s = read_bytes(text.encode(), "x")
    assert (s.author, headings(s)) == ("Gudrun Haug", ["I: EBB", "II: FLOOD"])
    words = told(s)
    assert words.startswith("Odd went ")
    assert not [name for name in ("IVAR", "SIGRID", "TORBJORN", "HAUG", "Coast") if name in words]


def test_a_book_without_headings_keeps_its_first_page() -> None:
    text = f"*** START OF THE PROJECT GUTENBERG EBOOK {TITLE.upper()} ***\n\n{TITLE.upper()}\n\nOdd went down.\n\nMaren came too.\n"
    assert "Odd went down." in told(read_bytes(text.encode(), "x"))


def test_a_second_title_is_part_of_the_title_page() -> None:
    subtitle = '</w:t></w:r></w:p><w:p><w:pPr><w:pStyle w:val="Subtitle"/></w:pPr><w:r><w:t xml:space="preserve">A Tale of Sigrid</w:t></w:r></w:p>'
    first = f'<w:t xml:space="preserve">{TITLE}</w:t></w:r></w:p>'
    s = read_bytes(replaced(files.docx(), {first: first.removesuffix("</w:t></w:r></w:p>") + subtitle}), "x")
    assert (s.title, s.author) == (TITLE, AUTHOR)
    nothing_leaks(s)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("By morning the harbour had frozen.", None),
        ("By noon, Odd was gone.", None),
        ("By the door. “Ten,” said Maren", None),
        ("by greywake", "greywake"),
        ("By the Lady of the Lake", "the Lady of the Lake"),
        ("By A. N. Other", "A. N. Other"),
        ("By J. Random Writer Jr.", "J. Random Writer Jr"),
    ],
)
def test_who_a_byline_names(line: str, name: str | None) -> None:
    assert byline(line) == name
