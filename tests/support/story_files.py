"""Files of every kind that is read, built here from the structure of the real ones, with prose of our own.

Each builder returns bytes. The story is always the same: two chapters, told apart from all that stands around
it by the names in it. ``CAST`` are in the story; ``OUTSIDERS`` only in the preface, notes, tags and afterword.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

TITLE, AUTHOR = "Low Water", "greywake"
CAST = ("Odd", "Maren")
OUTSIDERS = ("Sigrid", "Ivar", "Gunnar", "Torbjorn")
CHAPTERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Ebb",
        (
            "Odd went <i>down</i> to the quay before it was light. “You are early,” said Maren.",
            "By the steps he stopped. She had been there all night.",
            "HR",
            "“The boat is gone,” said Odd. He looked at the empty ring, and she looked at him.",
            "QUOTE The harbour is closed until the ice goes.",
        ),
    ),
    (
        "Flood",
        (
            "In the morning the water was back. Maren laughed, and <em>that</em> was worse.",
            "LINES Come in, come in,|the tide said,|and bring the boats home.",
            "“I never asked you to wait,” Odd said to her.",
        ),
    ),
)
SUMMARY = "Gunnar had a boat once. This is about what was left."
NOTE = "Thank you to Sigrid, who read this twice, and to Ivar for the tides."
END_NOTE = "Torbjorn, this one is for you. Comments make my day!"


# ------------------------------------------------------------------ the story in several hands
def html_paragraphs(chapter: int, *, classes: str = "") -> str:
    attribute = f' class="{classes}"' if classes else ""
    parts = []
    for line in CHAPTERS[chapter][1]:
        if line == "HR":
            parts.append("<hr/>")
        elif line.startswith("QUOTE "):
            parts.append(f"<blockquote><p>{line[6:]}</p></blockquote>")
        elif line.startswith("LINES "):
            parts.append("<p>" + line[6:].replace("|", "<br/>\n") + "</p>")
        else:
            parts.append(f"<p{attribute}>{line}</p>")
    return "\n".join(parts)


def text_paragraphs(chapter: int, *, mark: str = "_", newline: str = "\n") -> str:
    parts = []
    for line in CHAPTERS[chapter][1]:
        for tag in ("<i>", "</i>", "<em>", "</em>"):
            line = line.replace(tag, mark)
        line = "* * *" if line == "HR" else line.removeprefix("QUOTE ").removeprefix("LINES ")
        parts.append(line.replace("|", "\n"))
    return "\n\n".join(parts).replace("\n", newline)


def page(body: str, *, title: str = "", head: str = "", attributes: str = "") -> bytes:
    return (
        f'<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">\n'
        f'<html xmlns="http://www.w3.org/1999/xhtml"><head><meta http-equiv="Content-Type" '
        f'content="text/html; charset=utf-8"/><title>{title}</title>{head}</head><body{attributes}>\n{body}\n</body></html>\n'
    ).encode()


def zipped(files: Mapping[str, bytes | str], *, stored: Sequence[str] = ("mimetype",)) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return out.getvalue()


# ------------------------------------------------------------------ Archive of Our Own
def _ao3_tags(*, singular: bool) -> str:
    def link(tag: str) -> str:
        return f'<a href="http://archiveofourown.org/tags/{tag.replace(" ", "%20")}">{tag}</a>'

    rows = [("Rating", ["General Audiences"]), ("Archive Warning", ["No Archive Warnings Apply"])]
    if singular:
        rows += [("Fandom", ["Harbour Tales"]), ("Relationship", ["Odd Berg/Maren Lund"])]
        rows += [("Character", ["Odd Berg"]), ("Additional Tag", ["Ice"])]
    else:
        rows += [("Fandoms", ["Harbour Tales", "The Pilots (Radio)"])]
        rows += [("Relationships", ["Odd Berg/Maren Lund", "Maren Lund &amp; Gunnar Vik"])]
        rows += [
            ("Characters", ["Odd Berg", "Maren Lund (Harbour Tales)", "Gunnar Vik", "Original Characters"])
        ]
        rows += [("Additional Tags", ["Ice", "Slow Burn", "boats, lots of boats"])]
    shown = "".join(f"<dt>{key}:</dt>\n<dd>{', '.join(map(link, values))}</dd>\n" for key, values in rows)
    return (
        f'<dl class="tags">{shown}<dt>Language:</dt><dd>English</dd>'
        f'<dt>Series:</dt><dd>Part 2 of\n<a href="http://archiveofourown.org/series/9">Harbour</a></dd>'
        "<dt>Stats:</dt>\n<dd>\nPublished: 2019-01-02\nCompleted: 2019-02-03\nWords: 1,234\nChapters: 2/2\n</dd></dl>"
    )


def _ao3_preface(number: str = "", *, singular: bool = False, noted: bool = True) -> str:
    notes = f'<p>Notes</p><blockquote class="userstuff{number}"><p>{NOTE}</p></blockquote>' if noted else ""
    link = (
        f'<div class="endnote-link{number}">See the end of the work for more '
        '<a href="#endnotes">notes</a></div>' if noted else ""
    )  # fmt: skip
    return (
        f'<div id="preface"><h2 class="toc-heading">Preface</h2><p class="message"><b>{TITLE}</b><br/>\n'
        'Posted originally on the <a href="http://archiveofourown.org/">Archive of Our Own</a> at '
        '<a href="http://archiveofourown.org/works/77">http://archiveofourown.org/works/77</a>.</p>'
        f'<div class="meta{number}">{_ao3_tags(singular=singular)}<h1>{TITLE}</h1>'
        f'<div class="byline{number}">by <a rel="author" href="http://archiveofourown.org/users/g">{AUTHOR}</a></div>'
        f'<p>Summary</p><blockquote class="userstuff{number}"><p>{SUMMARY}</p></blockquote>{notes}{link}</div></div>'
    )


def _ao3_chapter(i: int, number: str = "") -> str:
    end = (
        f'<div class="meta{number}" id="endnotes{i + 1}"><p>Chapter End Notes</p>'
        f'<blockquote class="userstuff{number}"><p>{END_NOTE}</p></blockquote></div>' if i == 0 else ""
    )  # fmt: skip
    return (
        f'<div class="meta{number} group"><h2 class="heading{number}">Chapter {i + 1}: {CHAPTERS[i][0]}</h2></div>'
        f'<div class="userstuff{number}">{html_paragraphs(i, classes="calibre1" if number else "")}</div>{end}'
    )


_AO3_AFTERWORD = (
    '<div id="afterword"><h2 class="toc-heading">Afterword</h2><div class="meta"><div id="endnotes"><p>End Notes</p>'
    f'<blockquote class="userstuff"><p>{END_NOTE}</p></blockquote></div></div><p class="message">Please '
    '<a href="http://archiveofourown.org/works/77/comments/new">drop by the Archive and comment</a> to let the '
    "creator know if you enjoyed their work!</p></div>"
)


def ao3_html(*, singular: bool = False, chapters: int = 2) -> bytes:
    if chapters == 1:
        inside = f'<div class="userstuff">{html_paragraphs(0)}</div>'
    else:
        inside = "".join(_ao3_chapter(i) for i in range(2))
    body = f'{_ao3_preface(singular=singular)}<div id="chapters" class="userstuff">{inside}</div>{_AO3_AFTERWORD}'
    return page(body, title=f"{TITLE} - {AUTHOR} - Harbour Tales")


def epub(
    pages: Mapping[str, bytes],
    *,
    metadata: str = f"<dc:title>{TITLE}</dc:title><dc:creator>{AUTHOR}</dc:creator><dc:language>en</dc:language>",
    contents: Mapping[str, str] | None = None,
    version: str = "2.0",
    extra: Mapping[str, bytes | str] | None = None,
) -> bytes:
    names = list(pages)
    manifest = "".join(
        f'<item id="p{i}" href="{name}" media-type="application/xhtml+xml"/>' for i, name in enumerate(names)
    )
    spine = "".join(f'<itemref idref="p{i}"/>' for i in range(len(names)))
    files: dict[str, bytes | str] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<?xml version="1.0"?><container version="1.0" '
        'xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OEBPS/content.opf" '
        'media-type="application/oebps-package+xml"/></rootfiles></container>',
    }
    if contents and version.startswith("3"):
        manifest += '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
        links = "".join(f'<li><a href="{href}">{label}</a></li>' for href, label in contents.items())
        files["OEBPS/nav.xhtml"] = (
            '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body>'
            f'<nav epub:type="toc"><ol>{links}</ol></nav></body></html>'
        )
        spine += '<itemref idref="nav"/>'
    elif contents:
        manifest += '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
        points = "".join(
            f'<navPoint id="n{i}"><navLabel><text>{label}</text></navLabel><content src="{href}"/></navPoint>'
            for i, (href, label) in enumerate(contents.items())
        )
        files["OEBPS/toc.ncx"] = (
            f'<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1"><navMap>{points}</navMap></ncx>'
        )
    files["OEBPS/content.opf"] = (
        f'<?xml version="1.0" encoding="utf-8"?><package xmlns="http://www.idpf.org/2007/opf" version="{version}" '
        'unique-identifier="id"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'xmlns:opf="http://www.idpf.org/2007/opf">{metadata}</metadata><manifest>{manifest}</manifest>'
        f"<spine>{spine}</spine></package>"
    )
    files |= {f"OEBPS/{name}": content for name, content in pages.items()}
    return zipped(files | dict(extra or {}))


def ao3_epub(*, singular: bool = False) -> bytes:
    """As calibre leaves it: numbered classes, a file for each chapter, the frame around them lost."""
    pages = {"low_water_split_000.xhtml": page(_ao3_preface("2", singular=singular), title=TITLE)}
    for i in range(2):
        pages[f"low_water_split_00{i + 1}.xhtml"] = page(
            f'<div class="userstuff1" {"id=" + chr(34) + "chapters" + chr(34) if i == 0 else ""}>{_ao3_chapter(i, "2")}</div>',
            title=TITLE,
            attributes=' class="calibre"',
        )
    pages["low_water_split_003.xhtml"] = page(_AO3_AFTERWORD, title=TITLE)
    metadata = (
        f'<dc:title>{TITLE}</dc:title><dc:creator opf:role="aut">{AUTHOR}</dc:creator><dc:language>en</dc:language>'
        "<dc:publisher>Archive of Our Own</dc:publisher><dc:subject>Fanworks</dc:subject>"
        f"<dc:description>&lt;p&gt;{SUMMARY}&lt;/p&gt;</dc:description>"
    )
    labels = ["Preface", "Chapter 1: Ebb", "Chapter 2: Flood", "Afterword"]
    return epub(pages, metadata=metadata, contents=dict(zip(pages, labels, strict=True)))


# ------------------------------------------------------------------ FanFicFare
_FFF_FACTS = (
    ("Category", "Harbour Tales"), ("Genre", "Drama, Friendship"), ("Language", "English"),
    ("Characters", "Odd B., Maren L., Gunnar V."), ("Relationships", "Odd B./Maren L."), ("Status", "Completed"),
    ("Published", "2019-01-02"), ("Updated", "2019-02-03"), ("Packaged", "2020-05-06 07:08:09"), ("Rating", "T"),
    ("Chapters", "2"), ("Words", "1,234"), ("Publisher", "www.example.net"),
    ("Story URL", "https://www.example.net/s/7"), ("Author URL", "https://www.example.net/u/8"),
    ("Summary", SUMMARY),
)  # fmt: skip


def fanficfare_html(*, edited: bool = False) -> bytes:
    """By its own template; ``edited``: other elements, labels and order, no table, no names of anchors."""
    if edited:
        facts = "".join(f"<p><strong>{key}</strong>: {value}</p>\n" for key, value in reversed(_FFF_FACTS))
        listed = "".join(f'<li><a href="#ch{i}">{i + 1}. {CHAPTERS[i][0]}</a></li>' for i in range(2))
        body = f"<h1>{TITLE}</h1><h2>by {AUTHOR}</h2>{facts}<h3>Contents</h3><ul>{listed}</ul>"
        for i in range(2):
            body += f'<div id="ch{i}"><h3>{i + 1}. {CHAPTERS[i][0]}</h3>{html_paragraphs(i)}</div>'
        return page(body, title=TITLE)
    facts = "".join(f"<tr><td><b>{key}:</b></td><td>{value}</td></tr>\n" for key, value in _FFF_FACTS)
    listed = "".join(f'<a href="#section000{i + 1}">{i + 1}. {CHAPTERS[i][0]}</a><br />\n' for i in range(2))
    body = (
        f'<h1><a href="https://www.example.net/s/7">{TITLE}</a> by <a href="https://www.example.net/u/8">{AUTHOR}</a></h1>'
        f'<table class="full">\n{facts}</table>\n<a name="TOCTOP"><h2>Table of Contents</h2></a>\n<p>\n{listed}</p>\n'
    )
    for i in range(2):
        body += f'<a name="section000{i + 1}"><h2>{i + 1}. {CHAPTERS[i][0]}</h2></a>\n{html_paragraphs(i)}\n'
    return page(body, title=f"{TITLE} by {AUTHOR}")


def fanficfare_epub(*, edited: bool = False) -> bytes:
    """By its own template; ``edited``: without its classes and with a table for the facts."""
    kind = (lambda name: "") if edited else (lambda name: f' class="fff_{name}"')
    heading = f'<h3><a href="https://www.example.net/s/7">{TITLE}</a> by <a href="https://www.example.net/u/8">{AUTHOR}</a></h3>'
    if edited:
        facts = "".join(f"<tr><td><i>{key}</i>:</td><td>{value}</td></tr>" for key, value in _FFF_FACTS)
        facts = f"<table>{facts}</table>"
    else:
        facts = "<div>" + "".join(f"<b>{key}:</b> {value}<br />\n" for key, value in _FFF_FACTS) + "</div>"
    listed = "".join(
        f'<a href="file000{i + 1}.xhtml">{i + 1}. {CHAPTERS[i][0]}</a><br />\n' for i in range(2)
    )
    pages = {
        "title_page.xhtml": page(heading + facts, title=f"{TITLE} by {AUTHOR}", attributes=kind("titlepage")),
        "toc_page.xhtml": page(f"<div><h3>Table of Contents</h3>{listed}</div>", attributes=kind("tocpage")),
    }
    for i in range(2):
        heading = f"<h3{kind('chapter_title')}>{i + 1}. {CHAPTERS[i][0]}</h3>"
        pages[f"file000{i + 1}.xhtml"] = page(heading + html_paragraphs(i), attributes=kind("chapter"))
    log = "<p><b>Status:</b> <span>Completed</span> <b>Gunnar:</b> <span>2019</span></p>"
    if not edited:
        pages["log_page.xhtml"] = page(f"<h3>Update Log</h3>{log}<hr/>", attributes=kind("logpage"))
    metadata = (
        f'<dc:title id="id">{TITLE}</dc:title><dc:creator opf:role="aut">{AUTHOR}</dc:creator>'
        "<dc:contributor>FanFicFare [https://github.com/JimmXinu/FanFicFare]</dc:contributor>"
        "<dc:language>en</dc:language>"
    )
    return epub(pages, metadata=metadata)


def fanficfare_txt(*, edited: bool = False) -> bytes:
    """CRLF, chapters under a tab, ``End file.``; ``edited``: other words around it and other labels."""
    facts = "".join(f"{key}: {value}\n" for key, value in _FFF_FACTS)
    if edited:
        facts = "".join(f"* {key}: {value}\n" for key, value in _FFF_FACTS[:12]) + f"\nSummary: {SUMMARY}\n"
    head = f"\n\n\n{TITLE}\n\nby {AUTHOR}\n\n\n\n{facts}\n\n\n"
    listed = (
        "" if edited else "\n\nTABLE OF CONTENTS\n\n\n" + "\n\n".join(name for name, _ in CHAPTERS) + "\n\n"
    )
    text = head + listed
    for i, (name, _) in enumerate(CHAPTERS):
        text += f"\n\n\t{'Chapter ' + str(i + 1) + ': ' if edited else ''}{name}\n\n\n{text_paragraphs(i)}\n"
    return (text + "\n\nEnd file.\n").replace("\n", "\r\n").encode()


# ------------------------------------------------------------------ other archives
_FFN_LINE = (
    "Rated: T - English - Drama/Friendship - [Odd B., Maren L.] Gunnar V. - Chapters: 2 - Words: 1,234 - Reviews: 5 - "
    "Favs: 6 - Follows: 7 - Updated: 2/3/2019 - Published: 1/2/2019 - Status: Complete - id: 7777777"
)


def fanfiction_net_html() -> bytes:
    """A saved page: the site around it, a profile, the list of chapters, one chapter."""
    options = "".join(
        f"<option value={i + 1}{' selected' if i == 0 else ''}>{i + 1}. {name}"
        for i, (name, _) in enumerate(CHAPTERS)
    )
    line = _FFN_LINE.replace("Rated: T", "Rated: <a href='/r'>Fiction T</a>")
    body = (
        "<div id=top><div class=zmenu><a href='/'>FanFiction</a> <span>unleash your imagination</span> Sigrid</div></div>"
        "<div id=content_parent><div id=content_wrapper><div id=content_wrapper_inner><div id=profile_top>"
        f"<b class='xcontrast_txt'>{TITLE}</b> <span class='xcontrast_txt'>By:</span> "
        f"<a class='xcontrast_txt' href='/u/88/{AUTHOR}'>{AUTHOR}</a>"
        f"<div style='margin-top:2px' class='xcontrast_txt'>{SUMMARY}</div>"
        f"<span class='xgray xcontrast_txt'>{line}</span></div>"
        f"<select id=chap_select>{options}</select>"
        f"<div role='main' id=storytextp><div class='storytext xcontrast_txt nocopy' id='storytext'>{html_paragraphs(0)}"
        "</div></div><div id=review>Ivar wrote: more please</div></div></div></div>"
    )
    return page(body, title=f"{TITLE} Chapter 1: Ebb, a harbour fanfic | FanFiction")


def fanfiction_net_txt() -> bytes:
    text = f"{TITLE}\n\nBy: {AUTHOR}\n\n{SUMMARY}\n\n{_FFN_LINE}\n\n"
    for i, (name, _) in enumerate(CHAPTERS):
        text += f"Chapter {i + 1}: {name}\n\n{text_paragraphs(i, mark='')}\n\n"
    return text.encode()


def wattpad_html() -> bytes:
    """A page as exporters make it: the paragraphs keep the site's ``data-p-id``."""
    body = (
        f'<h1>{TITLE}</h1><div class="author">by <a href="https://www.wattpad.com/user/g">{AUTHOR}</a></div>'
        '<div class="stats"><span>12.3K reads</span></div>'
    )
    for i, (name, _) in enumerate(CHAPTERS):
        paragraphs = html_paragraphs(i).replace("<p", f'<p data-p-id="a{i}"')
        body += f'<h2>{name}</h2><p>{450 + i} votes</p><pre>{paragraphs}</pre><div class="comments">Ivar: oh no</div>'
    head = f'<meta property="og:site_name" content="Wattpad"/><meta name="description" content="{SUMMARY}"/>'
    return page(body, title=f"{TITLE} - Wattpad", head=head)


_PG_HEAD = (
    f"The Project Gutenberg eBook of {TITLE}\n\nThis ebook is for the use of anyone anywhere, Sigrid too.\n\n"
)


def gutenberg_html() -> bytes:
    body = (
        '<section class="pg-boilerplate pgheader" id="pg-header" lang="en"><h2 id="pg-header-heading">The Project '
        f"Gutenberg eBook of {TITLE}</h2><div>This ebook is for the use of anyone anywhere, Sigrid too.</div>"
        f'<div class="container" id="pg-machine-header"><p><strong>Title</strong>: {TITLE}</p><p><strong>Author</strong>: '
        f"{AUTHOR}</p><p><strong>Language</strong>: English</p></div>"
        f'<div id="pg-start-separator"><span>*** START OF THE PROJECT GUTENBERG EBOOK {TITLE.upper()} ***</span></div></section>'
        f"<h1>{TITLE.upper()}</h1><h2>by {AUTHOR}</h2><h2>CONTENTS</h2><table>"
        '<tr><td><a href="#c1">I.</a></td><td><a href="#c1">Ebb</a></td></tr>'
        '<tr><td><a href="#c2">II.</a></td><td><a href="#c2">Flood</a></td></tr></table>'
    )
    for i, (name, _) in enumerate(CHAPTERS):
        pages = html_paragraphs(i).replace(
            "to the quay", '<span class="pagenum" id="Page_7">7</span>to the quay'
        )
        body += f'<h2 id="c{i + 1}">CHAPTER {"I" * (i + 1)}<br/>{name}</h2>{pages}'
    body += (
        '<div class="footnote"><p>[1] Ivar disagrees.</p></div><section class="pg-boilerplate pgfooter" id="pg-footer">'
        f"<div>*** END OF THE PROJECT GUTENBERG EBOOK {TITLE.upper()} ***</div><p>Updated editions, Torbjorn.</p></section>"
    )
    return page(body, title=f"{TITLE} | Project Gutenberg")


def gutenberg_epub() -> bytes:
    whole = gutenberg_html().decode()
    cut = whole.index("<h1>")
    second = page(whole[cut : whole.index("</body>")])
    first = (whole[:cut] + "</body></html>").encode()
    metadata = (
        f"<dc:title>{TITLE}</dc:title><dc:creator>{AUTHOR}</dc:creator><dc:language>en</dc:language>"
        "<dc:source>https://www.gutenberg.org/files/7/7-h/7-h.htm</dc:source>"
    )
    return epub({"wrap0000.xhtml": first, "7-h.htm.xhtml": second}, metadata=metadata)


def gutenberg_txt() -> bytes:
    text = f"{_PG_HEAD}Title: {TITLE}\n\nAuthor: {AUTHOR}\n\nLanguage: English\n\n"
    text += f"*** START OF THE PROJECT GUTENBERG EBOOK {TITLE.upper()} ***\n\n\n\n{TITLE.upper()}\n\nby {AUTHOR}\n\n\n"
    for i, (name, _) in enumerate(CHAPTERS):
        text += f"\n\nCHAPTER {'I' * (i + 1)}. {name}\n\n\n{text_paragraphs(i)}\n"
    text += f"\n\n*** END OF THE PROJECT GUTENBERG EBOOK {TITLE.upper()} ***\n\nUpdated editions, Torbjorn.\n"
    return ("\ufeff" + text.replace("\n", "\r\n")).encode()


# ------------------------------------------------------------------ plain formats
def plain_txt() -> bytes:
    chapters = "\n\n".join(f"Chapter {i + 1}: {CHAPTERS[i][0]}\n\n{text_paragraphs(i)}" for i in range(2))
    return f"{TITLE}\nby {AUTHOR}\n\n{chapters}\n".encode()


def plain_html() -> bytes:
    body = f"<h1>{TITLE}</h1><p>by {AUTHOR}</p>"
    for i, (name, _) in enumerate(CHAPTERS):
        body += f"<h2>Chapter {i + 1}: {name}</h2>{html_paragraphs(i)}"
    return page(body + "<script>alert('Torbjorn')</script>", title=TITLE)


def plain_epub(version: str = "3.0") -> bytes:
    """A book of the usual make; the second chapter is named in the contents only."""
    pages = {
        "one.xhtml": page(f"<h1>Chapter 1: {CHAPTERS[0][0]}</h1>{html_paragraphs(0)}"),
        "two.xhtml": page(html_paragraphs(1)),
    }
    return epub(
        pages, contents={"one.xhtml": "Chapter 1: Ebb", "two.xhtml": "Chapter 2: Flood"}, version=version
    )


def markdown() -> bytes:
    text = f"---\ntitle: {TITLE}\nauthor: {AUTHOR}\ntags:\n  - ice\n  - boats\n---\n\n"
    for i, (name, lines) in enumerate(CHAPTERS):
        text += f"## Chapter {i + 1}: {name}\n\n"
        for line in lines:
            for tag in ("<i>", "</i>", "<em>", "</em>"):
                line = line.replace(tag, "*")
            line = "***" if line == "HR" else line
            line = "> " + line[6:] if line.startswith("QUOTE ") else line
            text += line.removeprefix("LINES ").replace("|", "  \n") + "\n\n"
    return text.encode()


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _word_runs(line: str) -> str:
    runs, italic = "", False
    for part in line.replace("<em>", "<i>").replace("</em>", "</i>").replace("</i>", "<i>").split("<i>"):
        properties = "<w:rPr><w:i/></w:rPr>" if italic else ""
        text = part.replace("|", '</w:t><w:br/><w:t xml:space="preserve">')
        runs += f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>' if part else ""
        italic = not italic
    return runs


def docx() -> bytes:
    def paragraph(inside: str, style: str = "") -> str:
        properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
        return f"<w:p>{properties}{inside}</w:p>"

    body = paragraph(_word_runs(TITLE), "Title") + paragraph(_word_runs(f"by {AUTHOR}"))
    for i, (name, lines) in enumerate(CHAPTERS):
        body += paragraph(_word_runs(f"Chapter {i + 1}: {name}"), "Heading1")
        for line in lines:
            style = "Quote" if line.startswith("QUOTE ") else ""
            line = "* * *" if line == "HR" else line.removeprefix("QUOTE ").removeprefix("LINES ")
            body += paragraph(_word_runs(line), style)
    body += '<w:p><w:del w:id="1"><w:r><w:delText>Torbjorn</w:delText></w:r></w:del></w:p>'
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in (("Title", "Title"), ("Heading1", "heading 1"), ("Quote", "Quote"))
    )
    return zipped({
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "word/document.xml": f'<?xml version="1.0"?><w:document {_W}><w:body>{body}</w:body></w:document>',
        "word/styles.xml": f"<w:styles {_W}>{styles}</w:styles>",
        "docProps/core.xml": '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{TITLE}</dc:title><dc:creator>{AUTHOR}</dc:creator></cp:coreProperties>",
    })  # fmt: skip


_ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:'
    'xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:oasis:names:tc:'
    'opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"'
)


def _odt_content() -> str:
    body = f'<text:p text:style-name="Title">{TITLE}</text:p><text:p>by {AUTHOR}</text:p>'
    for i, (name, lines) in enumerate(CHAPTERS):
        body += f'<text:h text:outline-level="1">Chapter {i + 1}: {name}</text:h>'
        for line in lines:
            style = ' text:style-name="Quotations"' if line.startswith("QUOTE ") else ""
            line = "* * *" if line == "HR" else line.removeprefix("QUOTE ").removeprefix("LINES ")
            line = line.replace("<em>", "<i>").replace("</em>", "</i>").replace("|", "<text:line-break/>")
            line = line.replace("<i>", '<text:span text:style-name="T1">').replace("</i>", "</text:span>")
            body += f"<text:p{style}>{line}</text:p>"
    body += "<text:p><office:annotation><text:p>Torbjorn</text:p></office:annotation></text:p>"
    return (
        '<office:automatic-styles><style:style style:name="T1" style:family="text"><style:text-properties '
        f'fo:font-style="italic"/></style:style></office:automatic-styles><office:body><office:text>{body}'
        "</office:text></office:body>"
    )


def _odt_meta() -> str:
    return (
        f"<office:meta><dc:title>{TITLE}</dc:title><meta:initial-creator>{AUTHOR}</meta:initial-creator>"
        "<dc:creator>Sigrid</dc:creator></office:meta>"
    )


def odt() -> bytes:
    return zipped({
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f"<office:document-content {_ODF}>{_odt_content()}</office:document-content>",
        "meta.xml": f"<office:document-meta {_ODF}>{_odt_meta()}</office:document-meta>",
        "META-INF/manifest.xml": '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
    })  # fmt: skip


def flat_odt() -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {_ODF} office:mimetype="application/vnd.oasis.'
        f'opendocument.text">{_odt_meta()}{_odt_content()}</office:document>'
    ).encode()


def rtf() -> bytes:
    def escaped(line: str) -> str:
        signs = {"“": r"\ldblquote ", "”": r"\rdblquote ", "|": r"\line "}
        return "".join(signs.get(c, c if c.isascii() else rf"\u{ord(c)}?") for c in line)

    body = rf"\pard\qc\s15 {TITLE}\par\pard by {AUTHOR}\par" + "\n"
    for i, (name, lines) in enumerate(CHAPTERS):
        body += rf"\pard\s1\outlinelevel0\b Chapter {i + 1}: {name}\b0\par" + "\n"
        for line in lines:
            style = r"\pard\s20" if line.startswith("QUOTE ") else r"\pard"
            line = "* * *" if line == "HR" else escaped(line.removeprefix("QUOTE ").removeprefix("LINES "))
            line = (
                line.replace("<em>", "<i>")
                .replace("</em>", "</i>")
                .replace("<i>", r"{\i ")
                .replace("</i>", "}")
            )
            body += rf"{style} {line}\par" + "\n"
    return (
        r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\froman\fcharset0 Times New Roman;}}"
        r"{\colortbl;\red0\green0\blue0;}{\stylesheet{\s0 Normal;}{\s1\b heading 1;}{\s15 Title;}{\s20 Quote;}}"
        rf"{{\info{{\title {TITLE}}}{{\author {AUTHOR}}}}}" + "\n" + body
        + r"{\*\generator Torbjorn;}{\pict\pngblip 89504e47}}"
    ).encode("ascii")  # fmt: skip


def chapter_files() -> dict[str, bytes]:
    """Files of several kinds whose names sort wrongly by letters."""
    body = html_paragraphs(1)
    return {
        "ch10 Flood.html": page(body, title="Flood"),
        "ch9_Ebb.txt": text_paragraphs(0).encode(),
        "cover.jpg": b"\xff\xd8\xff\xe0 Torbjorn",
        ".DS_Store": b"Torbjorn",
    }


def chapters_zip() -> bytes:
    return zipped(chapter_files())
