"""ODT, zipped or flat: the paragraphs of ``office:text``, with styles and notes; deletions are left out."""

from __future__ import annotations

from dataclasses import replace

from fabula.text.formats.container import Archive
from fabula.text.formats.document import Block, Document, UnreadableError
from fabula.text.formats.facts import Facts
from fabula.text.formats.front import settle
from fabula.text.formats.markup import Element, attribute, local, parse_xml, text_of
from fabula.text.formats.runs import Paragraph, spaced, tells
from fabula.text.words import words
from fabula.types import MarkKind

_SKIPPED = words(
    "annotation tracked-changes note-citation sequence-decls forms variable-decls user-field-decls "
    "script image object binary-data title desc bookmark-ref table-of-content index-title"
)
_META = {"title": "Title", "creator": "Author", "initial-creator": "Author", "language": "Language",
         "description": "Summary", "subject": "Subject", "keyword": "Keywords"}  # fmt: skip
_MOST_SPACES = 200


def odt_document(archive: Archive) -> Document:
    """The Document of an ODT file. Raises UnreadableError where it is encrypted, damaged or has no text."""
    if "META-INF/manifest.xml" in archive:
        manifest = parse_xml(archive.read("META-INF/manifest.xml"), "META-INF/manifest.xml")
        if any(local(element) == "encryption-data" for element in manifest.iter()):
            raise UnreadableError("it is encrypted with a password", "Save it without one")
    facts = Facts()
    if "meta.xml" in archive:
        _meta(parse_xml(archive.read("meta.xml"), "meta.xml"), facts)
    roots = [parse_xml(archive.read(part), part) for part in ("styles.xml", "content.xml") if part in archive]
    return _document(roots, facts)


def flat_document(data: bytes) -> Document:
    """The Document of a flat ODT file (one XML file). Raises UnreadableError."""
    root = parse_xml(data, "the document")
    facts = Facts()
    _meta(root, facts)
    return _document([root], facts)


def _meta(root: Element, facts: Facts) -> None:
    known = ("http://purl.org/dc/elements/1.1/", "urn:oasis:names:tc:opendocument:xmlns:meta:1.0")
    found = [
        e for e in root.iter() if local(e) in _META and str(e.tag).startswith(tuple("{" + k for k in known))
    ]
    first_author = next((e for e in found if local(e) == "initial-creator"), None)
    for element in found:
        # The creator is whoever saved last; the initial one wrote it.
        if local(element) != "creator" or first_author is None:
            facts.add(_META[local(element)], text_of(element, 50_000))


def _document(roots: list[Element], facts: Facts) -> Document:
    styles: dict[str, tuple[str, frozenset[MarkKind], bool]] = {}
    for root in roots:
        for style in root.iter():
            if local(style) == "style":
                _style(style, styles)
    body = next((e for e in roots[-1].iter() if str(e.tag).endswith(":office:1.0}text")), None)
    if body is None:
        raise UnreadableError("the document has no text in it", "Save it as a text document")
    blocks = settle(_read(body, styles), facts)
    return Document(
        "odt", tuple(blocks), facts.first("Title"), ", ".join(facts.all("Author")) or None,
        facts.first("Language"), facts.done(),
    )  # fmt: skip


def _style(style: Element, styles: dict[str, tuple[str, frozenset[MarkKind], bool]]) -> None:
    """Name that tells, marks, and whether centred; a style that nothing is said of has its parent's."""
    name, parent = attribute(style, "name"), attribute(style, "parent-style-name")
    own = attribute(style, "display-name") or name
    shown, marks, centered = styles.get(parent, (parent or own, frozenset(), False))
    shown = own if tells(own) else shown
    found = set(marks)
    for part in style.iter():
        for key, value in part.attrib.items():
            what, says = str(key).rsplit("}", 1)[-1], str(value).lower()
            if what == "font-style":
                (found.add if says in ("italic", "oblique") else found.discard)("emphasis")
            elif what == "font-weight":
                (found.add if says == "bold" or says[:1] in "6789" else found.discard)("strong")
            elif what == "text-underline-style":
                (found.discard if says == "none" else found.add)("underline")
            elif what == "text-line-through-style":
                (found.discard if says == "none" else found.add)("strike")
            elif what == "font-variant" and says == "small-caps":
                found.add("small_caps")
            elif (what == "text-position" and says[:1] in ("s", "-")) or (
                what == "text-position" and says[:1].isdigit()
            ):
                if says.startswith(("sub", "-")):
                    found.add("subscript")
                elif not says.startswith("0"):
                    found.add("superscript")
            elif what == "text-align":
                centered = says == "center"
    styles[name] = (shown, frozenset(found), centered)


def _read(body: Element, styles: dict[str, tuple[str, frozenset[MarkKind], bool]]) -> list[Block]:
    from lxml import etree

    blocks: list[Block] = []
    notes: list[Block] = []
    open_: list[Paragraph] = []
    marks: list[frozenset[MarkKind]] = []
    in_note = depth = 0
    walk = etree.iterwalk(body, events=("start", "end"))
    skipped: list[Element] = []
    for event, element in walk:
        name = local(element)
        if event == "start":
            if name in _SKIPPED:
                skipped.append(element)
                walk.skip_subtree()
                continue
            depth += name == "list"
            in_note += name == "note-body"
            if name in ("p", "h"):
                style = attribute(element, "style-name")
                shown, own, centered = styles.get(style, (style, frozenset(), False))
                paragraph = Paragraph()
                paragraph.style = shown
                level = attribute(element, "outline-level")
                paragraph.level = (
                    (int(level) if level.isdecimal() and len(level) < 3 else 1) if name == "h" else 0
                )
                paragraph.layout += ["centered"] if centered else []
                paragraph.layout += ["list_item"] if depth else []
                open_.append(paragraph)
                marks.append(frozenset() if name == "h" else own)
            elif name == "span":
                marks.append(
                    marks[-1] | styles.get(attribute(element, "style-name"), ("", frozenset(), False))[1]
                    if marks
                    else frozenset()
                )
            elif name == "s" and open_:
                count = attribute(element, "c")
                open_[-1].add(
                    " " * min(int(count) if count.isdecimal() and len(count) < 6 else 1, _MOST_SPACES)
                )
            elif name == "tab" and open_:
                open_[-1].add("\t")
            elif name == "line-break" and open_:
                open_[-1].add("\n")
            if open_ and element.text:
                open_[-1].add(_spaces(element.text), marks[-1] if marks else ())
            continue
        if skipped and skipped[-1] is element:
            skipped.pop()
        else:
            depth -= name == "list"
            in_note -= name == "note-body"
            if name in ("p", "h") and open_:
                marks.pop()
                found = open_.pop().blocks()
                if in_note:
                    notes += [b.told("note", "Footnote", -len(notes) - 1) for b in found]
                else:
                    blocks += found or [Block("", gap=1)]
            elif name == "span" and marks:
                marks.pop()
        if open_ and element.tail and element is not body:
            open_[-1].add(_spaces(element.tail), marks[-1] if marks else ())
    return spaced(blocks) + [replace(note, level=0) for note in notes]


def _spaces(text: str) -> str:
    """White space as ODF has it: any run of it is one space."""
    parts = text.replace("\t", " ").replace("\n", " ").replace("\r", " ").split(" ")
    return " ".join(p for i, p in enumerate(parts) if p or i in (0, len(parts) - 1))
