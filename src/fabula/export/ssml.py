"""``ssml``: Speech Synthesis Markup Language 1.1 (W3C), a file to a chapter.

Each line is a ``voice`` with a ``mark`` that carries its id; a line that is a paragraph of its own stands in
``p``, another in ``s``. The text content of the files is what is read, character for character. A voice that
voices.csv does not give is named after its character. Names of voices are parted by white space in SSML: a
blank inside one is written as in a URI (``%20``), and so are ``%`` and what XML forbids.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from fabula.export.lines import Line, Omission, Part, perform
from fabula.export.request import Files, Request, file_stem
from fabula.export.script import chapter_name, common_files, notes
from fabula.export.xml_text import xml_text
from fabula.types import Analysis

if TYPE_CHECKING:
    from lxml.etree import _Element

NAMESPACE = "http://www.w3.org/2001/10/synthesis"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_IPA = re.compile(r"/(.+)/")
_REFUSED = re.compile(r"[\s%]|[^\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What the name of a voice cannot hold: white space, what XML forbids, and the sign of the escape itself."""


def write(analysis: Analysis, request: Request) -> Files:
    """The files of the performance as SSML."""
    performance = perform(analysis, request)
    language = analysis.story.language or "en"
    contents: dict[str, str | bytes] = {
        f"{chapter_name(number)}.ssml": _document(part, language)
        for number, part in enumerate(performance.chapters, 1)
    }
    return Files(contents | common_files(performance, ".ssml"), notes(performance))


def _document(part: Part, language: str) -> bytes:
    from lxml import etree

    root = etree.Element(f"{{{NAMESPACE}}}speak", {"version": "1.1"}, nsmap={None: NAMESPACE})
    root.set(f"{_XML}lang", xml_text(language))
    for item in part.items:
        if isinstance(item, Line):
            _line(root, item)
        elif item.why == "scene_break":
            etree.SubElement(root, f"{{{NAMESPACE}}}break", {"strength": "x-strong"})
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _line(root: _Element, line: Line) -> None:
    from lxml import etree

    voice = etree.SubElement(root, f"{{{NAMESPACE}}}voice", {"name": voice_name(line)})
    voice.tail = xml_text(line.after)
    inner = etree.SubElement(voice, f"{{{NAMESPACE}}}{'p' if line.whole else 's'}")
    last = etree.SubElement(inner, f"{{{NAMESPACE}}}mark", {"name": f"line-{line.id}"})
    at = 0
    for start, end, how in _sayings(line):
        last.tail = xml_text(line.text[at:start])
        ipa = _IPA.fullmatch(how)
        if ipa:
            last = etree.SubElement(
                inner, f"{{{NAMESPACE}}}phoneme", {"alphabet": "ipa", "ph": xml_text(ipa[1])}
            )
        else:
            last = etree.SubElement(inner, f"{{{NAMESPACE}}}sub", {"alias": xml_text(how)})
        last.text = xml_text(line.text[start:end])
        at = end
    last.tail = xml_text(line.text[at:])


def _sayings(line: Line) -> list[tuple[int, int, str]]:
    """Where in the line which word is said how."""
    if not line.sayings:
        return []
    how = dict(line.sayings)
    words = sorted(map(re.escape, how), key=len, reverse=True)
    found = re.finditer(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", line.text)
    return [(m.start(), m.end(), how[m[0]]) for m in found]


def voice_name(line: Line) -> str:
    """The voice of a line as SSML names it, or a name made of its character's."""
    return _REFUSED.sub(lambda m: quote(m[0], errors="surrogatepass"), line.voice) or file_stem(
        line.character, "unnamed"
    )


__all__ = ["NAMESPACE", "Omission", "voice_name", "write"]
