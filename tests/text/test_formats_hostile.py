"""Files that are broken or mean harm: refused or neutralised, with one clear line, in bounded time."""

# ruff: noqa: E501  (markup, as the files have it)

from __future__ import annotations

import contextlib
import re
import struct
import time
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from tests.support import archive_files as archives
from tests.support import story_files as files

from fabula.errors import InputError
from fabula.text import read_bytes, read_file
from fabula.text.formats import limits

SECONDS = 20.0
"""Longest time for any of these, on a busy machine."""


def refused(data: bytes, *, name: str = "story") -> str:
    begin = time.process_time()
    with pytest.raises(InputError) as caught:
        read_bytes(data, name)
    assert time.process_time() - begin < SECONDS
    message = str(caught.value)
    assert "\n" not in message and message.startswith("story: ") and caught.value.remedy
    return message


def page(body: str) -> bytes:
    return f"<!DOCTYPE html><html><head><title>x</title></head><body>{body}</body></html>".encode()


# ------------------------------------------------------------------ archives
def test_a_bomb_is_not_unpacked() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("META-INF/container.xml", " " * (20 << 20))
    assert "unpacks to far more" in refused(out.getvalue())


def test_many_entries_share_one_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "BOOK_BYTES", 100_000)
    s = read_bytes(files.zipped({f"{i:02}.txt": b"Odd waited. " * 3000 for i in range(9)}), "x")
    assert len(s.metadata["Left out"]) == 7
    assert "larger than" in s.metadata["Left out"][-1]


def test_a_page_larger_than_its_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MARKUP_BYTES", 2000)
    monkeypatch.setattr(limits, "MARKDOWN_BYTES", 20)
    monkeypatch.setattr(limits, "RTF_BYTES", 20)
    assert "larger than" in refused(page("<p>Odd waited.</p>" * 200))
    assert "larger than" in refused(files.markdown())
    assert "larger than" in refused(files.rtf())


@pytest.mark.parametrize(
    "entry", ["../../etc/passwd.txt", "/etc/passwd.txt", "C:\\story.txt", "a/../../b.txt"]
)
def test_a_path_that_leads_out_is_refused(entry: str, tmp_path: Path) -> None:
    assert "leads out of the archive" in refused(files.zipped({entry: b"Odd waited on the quay."}))
    assert list(tmp_path.iterdir()) == []


def test_a_reference_out_of_a_book_reads_nothing(tmp_path: Path) -> None:
    (tmp_path / "secret.xhtml").write_bytes(page("<p>Torbjorn</p>"))
    book = files.epub({"one.xhtml": page("<p>Odd waited.</p>")})
    for href in (
        "../../../secret.xhtml",
        "file:///secret.xhtml",
        "http://example.org/x.xhtml",
        "/secret.xhtml",
    ):
        s = read_bytes(_changed(book, "OEBPS/content.opf", "</manifest><spine>", f'<item id="out" href="{href}" '
                       'media-type="application/xhtml+xml"/></manifest><spine><itemref idref="out"/>'), "x")  # fmt: skip
        assert s.text.strip() == "Odd waited."


def _changed(book: bytes, name: str, old: str, new: str) -> bytes:
    with zipfile.ZipFile(BytesIO(book)) as archive:
        content = {n: archive.read(n) for n in archive.namelist()}
    assert old in content[name].decode()
    content[name] = content[name].decode().replace(old, new).encode()
    return files.zipped(content)


@pytest.mark.parametrize("build", [files.docx, files.odt, files.plain_epub, files.chapters_zip])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.95])
def test_half_a_download_is_refused(build: object, share: float) -> None:
    data = build()  # type: ignore[operator]
    assert "cut short or damaged" in refused(data[: int(share * len(data))])


def test_a_damaged_entry_is_refused() -> None:
    data = bytearray(files.docx())
    start = data.index(b"word/document.xml") + 30
    data[start + 40 : start + 60] = b"\xff" * 20
    assert re.search("damaged", refused(bytes(data)))


def test_an_archive_of_too_many_entries_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ENTRIES", 10)
    assert "entries, more than any book" in refused(files.zipped({f"{i}.txt": b"Odd" for i in range(11)}))


def test_an_archive_in_an_archive_is_left_out() -> None:
    inner = files.chapters_zip()
    s = read_bytes(files.zipped({"1.txt": b"Odd waited on the quay.", "2.zip": inner}), "x")
    assert s.metadata["Left out"] == ("2.zip (it is an archive inside an archive)",)


def test_an_entry_without_a_name_is_passed_over() -> None:
    named = files.zipped({"1.txt": b"Odd waited on the quay.", "zz": b"Nothing."}, stored=("1.txt", "zz"))
    assert named.count(b"zz") == 2
    nameless = bytearray(named.replace(b"zz", b""))
    end = nameless.index(b"PK\x05\x06")
    local, central = (nameless.rindex(s, 0, end) for s in (b"PK\x03\x04", b"PK\x01\x02"))
    first = nameless.index(b"PK\x01\x02")
    struct.pack_into("<H", nameless, local + 26, 0)
    struct.pack_into("<H", nameless, central + 28, 0)
    struct.pack_into("<II", nameless, end + 12, end - first, first)
    assert read_bytes(bytes(nameless), "x").text.strip() == "Odd waited on the quay."


# ------------------------------------------------------------------ encrypted
def test_what_is_encrypted_says_so() -> None:
    flagged = bytearray(files.zipped({"1.txt": b"Odd waited on the quay."}, stored=("1.txt",)))
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = flagged.index(signature) + place
        flagged[at : at + 2] = struct.pack("<H", 1)
    assert refused(bytes(flagged)).endswith("it is encrypted with a password. Save it without one")
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    assert "encrypted with a password" in refused(ole + "EncryptedPackage".encode("utf-16-le"))
    assert "old Office document" in refused(ole)
    manifest = (
        '<manifest xmlns="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><encryption-data/></manifest>'
    )
    odt = files.zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": b"\x00\x01",
                        "META-INF/manifest.xml": manifest})  # fmt: skip
    assert "encrypted with a password" in refused(odt)


def test_drm_is_refused_and_obfuscated_fonts_are_not() -> None:
    def book(method: str) -> bytes:
        xml = f'<encryption><EncryptedData><EncryptionMethod Algorithm="{method}"/></EncryptedData></encryption>'
        return files.epub({"one.xhtml": page("<p>Odd waited.</p>")}, extra={"META-INF/encryption.xml": xml})

    assert "encrypted (DRM)" in refused(book("http://www.w3.org/2001/04/xmlenc#aes128-cbc"))
    assert read_bytes(book("http://www.idpf.org/2008/embedding"), "x").text == "Odd waited.\n"


def test_other_xml_is_refused_and_named() -> None:
    head = '<?xml version="1.0"?><!-- a --><!-- b -->'
    assert "a FictionBook (FB2)" in refused(f"{head}<FictionBook><p>Odd waited.</p></FictionBook>".encode())
    assert "an XML file (TEI)" in refused(f"{head}<TEI><p>Odd waited.</p></TEI>".encode())


# ------------------------------------------------------------------ markup
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "ha ha ">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True))
    + ']><html xmlns="http://www.w3.org/1999/xhtml"><body><p>Odd waited. &j;</p></body></html>'
).encode()
OUTSIDE = (
    b'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY % y SYSTEM '
    b'"http://127.0.0.1:9/y.dtd"> %y;]><html xmlns="http://www.w3.org/1999/xhtml"><body><p>Odd waited. &x;</p></body></html>'
)


@pytest.mark.parametrize("data", [LAUGHS, OUTSIDE])
def test_entities_are_never_expanded(data: bytes) -> None:
    for source in (data, files.epub({"one.xhtml": data})):
        s = read_bytes(source, "x")
        assert s.text.startswith("Odd waited. &") and len(s.text) < 40
        assert "root:" not in s.text


@pytest.mark.parametrize("name", ["docx", "odt"])
def test_entities_in_office_files_are_never_expanded(name: str) -> None:
    part = {"docx": "word/document.xml", "odt": "content.xml"}[name]
    build = {"docx": files.docx, "odt": files.odt}[name]
    with zipfile.ZipFile(BytesIO(build())) as archive:
        content = {n: archive.read(n) for n in archive.namelist()}
    text = re.sub(r"<\?xml[^>]*\?>", "", content[part].decode()).replace("By the steps", "&j; By the steps")
    content[part] = (LAUGHS.decode().split("<html")[0] + text).encode()
    s = read_bytes(files.zipped(content), "x")
    assert "&j; By the steps" in s.text and "ha ha" not in s.text


@pytest.mark.parametrize("tag", ["div", "b", "blockquote", "ul><li", "table><tr><td", "span", "section"])
@pytest.mark.parametrize("depth", [1_000, 10_000, 100_000])
def test_deep_nesting_is_refused_or_read(tag: str, depth: int) -> None:
    begin = time.process_time()
    data = page(f"<{tag}>" * depth + "Odd waited on the quay.")
    try:
        s = read_bytes(data, "story")
    except InputError as error:
        assert "nested deeper than any story" in str(error)
    else:
        assert "Odd waited on the quay." in s.text
    assert time.process_time() - begin < SECONDS


@pytest.mark.parametrize(
    "data",
    [
        files.epub({"one.xhtml": page("<div>" * 10_000 + "<p>Odd waited.</p>")}),
        files.zipped({
            "word/document.xml": f"<w:document {files._W}>{'<w:p>' * 10_000}Odd waited.{'</w:p>' * 10_000}</w:document>",
        }),
        files.zipped({
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:text {files._ODF}>{'<text:list>' * 10_000}{'</text:list>' * 10_000}</office:text>",
        }),
        b"{\\rtf1 " + b"{" * 10_000 + b"Odd waited." + b"}" * 10_000 + b"}",
    ],
    ids=["epub", "docx", "odt", "rtf"],
)  # fmt: skip
def test_deep_nesting_in_books_is_refused(data: bytes) -> None:
    assert "nested deeper than any story" in refused(data)


def test_deep_quotes_in_markdown_are_bounded() -> None:
    begin = time.process_time()
    s = read_bytes(
        b"# Ebb\n\n" + b"> " * 10_000 + b"Odd waited.\n\n" + b"[" * 20_000 + b"\n\nOdd waited.\n", "x"
    )
    assert s.text.endswith("Odd waited.\n")
    assert time.process_time() - begin < SECONDS


def test_scripts_styles_and_what_loads_are_never_text() -> None:
    body = (
        "<p onclick='x()'>Odd waited.</p><script>Torbjorn()</script><style>Torbjorn{}</style><iframe src='http://e.x'>"
        "Torbjorn</iframe><object data='http://e.x'>Torbjorn</object><svg><text>Torbjorn</text></svg>"
        "<img src='http://e.x/a.png' alt='Torbjorn' onerror='x()'/><template>Torbjorn</template>"
        "<noscript>Torbjorn</noscript><!-- Torbjorn --><link rel='stylesheet' href='http://e.x/a.css'>"
    )
    s = read_bytes(page(body), "x")
    assert s.text == "Odd waited.\n"


@pytest.mark.parametrize(
    "data",
    [
        page("<p>Odd waited. <a href='http://exam")[:-20],
        archives.ao3_html()[:3000],
        archives.fanficfare_html()[:2000],
        archives.gutenberg_html()[:-300],
        files.rtf()[:-200],
    ],
    ids=["inside a tag", "AO3", "FanFicFare", "Gutenberg", "RTF"],
)
def test_a_page_that_was_cut_short_says_so(data: bytes) -> None:
    assert "was cut short" in refused(data)


@pytest.mark.parametrize(
    ("what", "data"),
    [
        ("a spreadsheet", files.zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<x/>"})),
        ("a presentation", files.zipped({"ppt/presentation.xml": "<x/>"})),
        ("a program", files.zipped({"META-INF/MANIFEST.MF": "x"})),
        ("no pages with text", files.epub({})),
        ("is damaged", files.zipped({"META-INF/container.xml": "<container"})),
        ("does not say what its pages are", files.zipped({"META-INF/container.xml": "<container/>"})),
        ("no chapter in it", files.zipped({"a.png": b"x"})),
        ("no letters", page("<p>1 2 3</p>")),
        (
            "no text",
            files.zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}),
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_holds_no_story_says_so(what: str, data: bytes) -> None:
    assert what in refused(data)


def test_a_page_that_names_a_wrong_encoding_is_read() -> None:
    for charset in ("utf-8", "hex", "zlib", "no-such", "utf-7", "idna"):
        head = f"<html><head><meta charset='{charset}'></head><body><p>".encode()
        assert "café" in read_bytes(head + "Odd had a café.</p></body></html>".encode("cp1252"), "x").text


@pytest.mark.parametrize(
    "unit",
    ["<p>a", "<b>", "<br>", "<i>a</i>", "&amp;", "&", "<!--", "<a href=#x>a</a>", "<td>", "<hr>", "<p>*a*", "<dd>a",
     "<p style='a:b'>", "<span class='a b c'>x</span> ", "\n", "<", "</p>", "<li>a"],
)  # fmt: skip
def test_time_grows_with_the_length_of_a_page(unit: str) -> None:
    seconds = []
    for size in (8_000, 64_000):
        begin = time.process_time()
        with contextlib.suppress(InputError):
            read_bytes(page("<p>Odd waited.</p>" + unit * (size // len(unit)) + " >"), "x")
        seconds.append(time.process_time() - begin)
    assert seconds[1] < 24 * max(seconds[0], 0.05)


def test_a_folder_of_hostile_files_keeps_the_good_one(tmp_path: Path) -> None:
    (tmp_path / "1.txt").write_text("Odd waited on the quay.", encoding="utf-8")
    (tmp_path / "2.html").write_bytes(page("<div>" * 10_000))
    (tmp_path / "3.docx").write_bytes(files.docx()[:300])
    s = read_file(tmp_path)
    assert s.text == "Odd waited on the quay.\n"
    assert len(s.metadata["Left out"]) == 2
