"""Files of every kind that is read, built here from the structure of the real ones, with prose of our own.

Each builder returns bytes. The story is always the same: two chapters, told apart from all that stands around
it by the names in it. ``CAST`` are in the story; ``OUTSIDERS`` only in the preface, notes, tags and afterword.
"""

# ruff: noqa: E501  (markup, as the files have it)

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
