"""brat: read back as its own documentation describes the standoff format."""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings

from fabula.export import Request, render
from fabula.export.brat import fragments
from fabula.types import Analysis
from tests.export.sample import lock
from tests.support.fake import ferry
from tests.support.strategies import analyses


class Standoff(NamedTuple):
    text: str
    bound: dict[str, tuple[str, list[tuple[int, int]], str]]
    relations: list[tuple[str, str, str]]
    notes: dict[str, str]
    forms: dict[str, str]


def standoff(analysis: Analysis) -> Standoff:
    files = render(analysis, "brat", Request("story")).contents
    text, annotations = files["story.txt"], files["story.ann"]
    assert isinstance(text, str)
    assert isinstance(annotations, str)
    found = Standoff(text, {}, [], {}, {})
    for line in annotations.split("\n")[:-1]:
        mark, middle, *rest = line.split("\t")
        if mark[0] == "T":
            kind, places = middle.split(" ", 1)
            spans = [(int(a), int(b)) for a, b in (place.split(" ") for place in places.split(";"))]
            assert mark not in found.bound
            found.bound[mark] = (kind, spans, "\t".join(rest))
        elif mark[0] == "R":
            kind, first, second = middle.split(" ")
            found.relations.append((kind, first.removeprefix("Arg1:"), second.removeprefix("Arg2:")))
        elif mark[0] == "A":
            kind, target, value = middle.split(" ")
            assert kind == "Form"
            found.forms[target] = value
        else:
            assert mark[0] == "#"
            found.notes[middle.removeprefix("AnnotatorNotes ")] = rest[0]
    return found


def check(found: Standoff) -> None:
    for _, spans, words in found.bound.values():
        assert " ".join(found.text[a:b] for a, b in spans) == words
        assert spans == sorted(spans)
        assert not any("\n" in found.text[a:b] for a, b in spans), "brat has no span over a line end"
    for _, first, second in found.relations:
        assert {first, second} <= set(found.bound)


def configured(content: str) -> tuple[set[str], dict[str, tuple[set[str], set[str]]], dict[str, set[str]]]:
    """annotation.conf as brat reads it: entity types; relations with the types of their two arguments;
    attributes with their values.
    """
    sections = dict(re.findall(r"^\[(\w+)\]\n((?:(?!\[\w+\]).*\n)*)", content, re.M))
    assert set(sections) == {"entities", "relations", "events", "attributes"}, "brat wants all four"
    lines = [line.strip() for line in sections["entities"].splitlines()]
    entities = {line for line in lines if not line.startswith("!")}
    relations = {}
    for line in sections["relations"].splitlines():
        name, arguments = line.split("\t")
        types = dict(part.split(":", 1) for part in arguments.split(", "))
        if name == "<OVERLAP>":
            assert types["<OVL-TYPE>"] == "<ANY>", "mentions stand inside quotes"
            continue
        first, second = (
            entities if types[role] == "<ENTITY>" else set(types[role].split("|"))
            for role in ("Arg1", "Arg2")
        )
        assert first | second <= entities
        relations[name] = (first, second)
    attributes = {}
    for line in sections["attributes"].splitlines():
        name, arguments = line.split("\t")
        types = dict(part.split(":", 1) for part in arguments.split(", "))
        assert set(types["Arg"].split("|")) <= entities
        attributes[name] = set(types["Value"].split("|"))
    return entities, relations, attributes


def check_as_brat_does(analysis: Analysis) -> None:
    """The rules of brat's own parser and verifier, a line at a time."""
    files = {name: str(c) for name, c in render(analysis, "brat", Request("story")).contents.items()}
    assert set(files) == {"story.txt", "story.ann", "annotation.conf"}
    entities, relations, attributes = configured(files["annotation.conf"])
    annotations = files["story.ann"]
    assert annotations.splitlines(keepends=True) == [line + "\n" for line in annotations.split("\n")[:-1]]
    types: dict[str, str] = {}
    ids: set[str] = set()
    for line in annotations.splitlines():
        mark, data, *tail = line.split("\t")
        assert re.fullmatch(r"[TRA#]\d+", mark) and mark not in ids, "ids are unique"
        ids.add(mark)
        if mark[0] == "T":
            kind, _, places = data.partition(" ")
            assert kind in entities
            types[mark] = kind
            last = 0
            for place in places.split(";"):
                start, end = map(int, place.split(" "))
                assert last <= start < end <= len(files["story.txt"]), "in order, not over one another"
                words = files["story.txt"][start:end]
                assert words == words.strip() and len(words.splitlines()) == 1
                last = end
            (text,) = tail
            assert text.strip()
        elif mark[0] == "R":
            kind, first, second = data.split(" ")
            roles, targets = zip(*(part.split(":") for part in (first, second)), strict=True)
            assert roles == ("Arg1", "Arg2") and tail == [""]
            assert types[targets[0]] in relations[kind][0] and types[targets[1]] in relations[kind][1]
        elif mark[0] == "A":
            kind, target, value = data.split(" ")
            assert value in attributes[kind] and target in types and not tail
        else:
            kind, target = data.split(" ")
            assert kind == "AnnotatorNotes" and target in types and len(tail) == 1


def test_brat_takes_the_files_of_a_story() -> None:
    check_as_brat_does(lock())
    check_as_brat_does(ferry())


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(analyses())
def test_brat_takes_the_files_of_any_reading(analysis: Analysis) -> None:
    check_as_brat_does(analysis)


def test_the_annotations_are_those_of_the_reading() -> None:
    analysis = lock()
    found = standoff(analysis)
    check(found)
    assert found.text == analysis.story.text
    mentions = {m: b for m, b in found.bound.items() if m in found.forms}
    assert sorted((b[1][0][0], found.forms[m]) for m, b in mentions.items()) == sorted(
        (m.start, m.kind) for m in analysis.mentions
    )
    assert sum(b[0] in ("Speech", "Thought", "Writing") for b in found.bound.values()) == len(analysis.quotes)


def test_coreference_is_a_chain_for_each_entity() -> None:
    analysis = lock()
    found = standoff(analysis)
    above = {first: second for kind, first, second in found.relations if kind == "Coref"}
    heads: dict[int, str] = {}
    for m in analysis.mentions:
        (mark,) = [k for k, b in found.bound.items() if b[1] == [(m.start, m.end)] and k in found.forms]
        if m.entity is None:
            assert mark not in above
            continue
        while mark in above:
            mark = above[mark]
        assert heads.setdefault(m.entity, mark) == mark


def test_speakers_lead_to_a_mention_of_them() -> None:
    analysis = lock()
    found = standoff(analysis)
    names = {e.id: e.name for e in analysis.entities}
    for q in analysis.quotes:
        (mark,) = [k for k, b in found.bound.items() if k not in found.forms and b[1][0][0] == q.start]
        targets = [t for kind, first, t in found.relations if (kind, first) == ("Speaker", mark)]
        if q.speaker is None:
            assert targets == []
            assert found.notes[mark].startswith("? (")
        else:
            assert re.match(rf"e{q.speaker} {names[q.speaker]} ", found.notes[targets[0]])
    (first,) = [
        t
        for kind, m, t in found.relations
        if kind == "Speaker" and found.bound[m][2] == "“Come down, Eskil,”"
    ]
    assert found.bound[first][2] == "she", "the mention that names the speaker"


def test_every_type_is_configured() -> None:
    files = render(lock(), "brat", Request("story")).contents
    configured = set(re.findall(r"^!?\t?(\w+)", str(files["annotation.conf"]), re.M))
    used = {b[0] for b in standoff(lock()).bound.values()} | {r[0] for r in standoff(lock()).relations}
    assert used <= configured


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(analyses())
def test_any_reading(analysis: Analysis) -> None:
    check(standoff(analysis))


@pytest.mark.parametrize(
    ("text", "start", "end", "told"),
    [
        ("one two", 0, 7, "0 7\tone two"),
        ("“Listen.\n\n  “Late.”", 0, 19, "0 8;12 19\t“Listen. “Late.”"),
        (" x ", 0, 3, "1 2\tx"),
        ("\n \n", 0, 3, ""),
        ("Imre \t Imre", 0, 11, "0 4;7 11\tImre Imre"),
    ],
)
def test_fragments(text: str, start: int, end: int, told: str) -> None:
    assert fragments(text, start, end) == told
