"""The header of a TEI document: what the story declares of itself, who made the reading, who is in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fabula.export.voices import display_name
from fabula.export.xml_text import xml_text
from fabula.types import Analysis, Entity

if TYPE_CHECKING:
    from lxml.etree import _Element

NAMESPACE = "http://www.tei-c.org/ns/1.0"
XML = "{http://www.w3.org/XML/1998/namespace}"
_LANGUAGE = re.compile(r"[a-zA-Z]{2,8}(-[a-zA-Z0-9]{1,8})*")
_VERSION = re.compile(r"\d+[a-z]*\d*(\.\d+[a-z]*\d*){0,3}")


def header(root: _Element, analysis: Analysis) -> None:
    """Append the header of ``analysis`` to ``root``."""
    top = _add(root, "teiHeader")
    _file(top, analysis)
    encoding = _add(top, "encodingDesc")
    _producer(encoding, analysis)
    _profile(top, analysis)


def _add(parent: _Element, tag: str, text: str | None = None, /, **attributes: str) -> _Element:
    from lxml import etree

    element = etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}")
    for key, value in attributes.items():
        element.set(key, xml_text(value))
    if text is not None:
        element.text = xml_text(text)
    return element


def _file(top: _Element, analysis: Analysis) -> None:
    story = analysis.story
    description = _add(top, "fileDesc")
    title = _add(description, "titleStmt")
    _add(title, "title", story.title or "Untitled")
    if story.author:
        _add(title, "author", story.author)
    _add(_add(description, "publicationStmt"), "p", "Not published; made from the file described below.")
    notes = [(name, value) for name, values in story.metadata.items() for value in values]
    if notes:
        statement = _add(description, "notesStmt")
        for name, value in notes:
            _add(statement, "note", value, type="metadata", n=name)
    source = f"A file of the format {story.format or 'unknown'}; SHA-256 of its text: {story.id}"
    _add(_add(description, "sourceDesc"), "p", source)


def _producer(encoding: _Element, analysis: Analysis) -> None:
    producer = analysis.producer
    about = "Persons, speakers and references were found by a program; cert is its confidence, from 0 to 1."
    _add(_add(encoding, "projectDesc"), "p", about)
    version = producer.fabula if _VERSION.fullmatch(producer.fabula) else "0"
    application = _add(_add(encoding, "appInfo"), "application", ident="Fabula", version=version)
    _add(application, "label", f"Fabula {producer.fabula}, model {producer.model}")


def _profile(top: _Element, analysis: Analysis) -> None:
    profile = _add(top, "profileDesc")
    language = analysis.story.language or ""
    code = language if _LANGUAGE.fullmatch(language) else "und"
    _add(_add(profile, "langUsage"), "language", code, ident=code)
    persons = [e for e in analysis.entities if e.type == "PER"]
    organisations = [e for e in analysis.entities if e.type == "ORG"]
    places = [e for e in analysis.entities if e.type in ("GPE", "LOC", "FAC", "VEH")]
    if persons or organisations:
        cast = _add(profile, "particDesc")
        _persons(cast, persons)
        if organisations:
            listed = _add(cast, "listOrg")
            for e in organisations:
                _names(_add(listed, "org"), e, "orgName")
    if places:
        listed = _add(_add(profile, "settingDesc"), "listPlace")
        for e in places:
            _names(_add(listed, "place", type=e.type), e, "placeName")


def _persons(cast: _Element, persons: list[Entity]) -> None:
    if not persons:
        return
    listed = _add(cast, "listPerson")
    for e in persons:
        element = _add(listed, "personGrp" if e.role == "group" else "person")
        if e.role == "narrator":
            element.set("role", "narrator")
        _names(element, e, "persName")
        if e.pronouns:
            uses = "; ".join(f"{form}: {count}" for form, count in e.pronouns.items())
            _add(element, "note", uses, type="pronouns")
    members = [(e.id, member) for e in persons for member in e.members]
    if members:
        relations = _add(listed, "listRelation")
        for group, member in members:
            _add(relations, "relation", name="member", active=f"#e{member}", passive=f"#e{group}")


def _names(element: _Element, entity: Entity, tag: str) -> None:
    element.set(f"{XML}id", f"e{entity.id}")
    element.set("n", str(entity.mention_count))
    name = display_name(entity)
    _add(element, tag, name)
    for alias in entity.aliases:
        if alias.text != name:
            _add(element, tag, alias.text, type="alias")
