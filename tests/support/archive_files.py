"""Files as archives and their tools make them, built from their structure with the story of ``story_files``."""

# ruff: noqa: E501  (markup, as the files have it)

from __future__ import annotations

from tests.support.story_files import (
    AUTHOR,
    CHAPTERS,
    END_NOTE,
    NOTE,
    SUMMARY,
    TITLE,
    epub,
    html_paragraphs,
    page,
    text_paragraphs,
)


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

    def kind(name: str) -> str:
        return "" if edited else f' class="fff_{name}"'

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
