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
    ],
)
def test_fragments(text: str, start: int, end: int, told: str) -> None:
    assert fragments(text, start, end) == told
