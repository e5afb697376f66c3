"""Every kind of file that is read, by the name that docs/formats.md gives it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from fabula.text import read_bytes
from fabula.types import Story
from tests.support import archive_files as archives
from tests.support import story_files as files

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


def story(name: str) -> Story:
    return read_bytes(KINDS[name][0](), name)
