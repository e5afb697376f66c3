"""BookNLP's files, read with readers made from its documentation."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from html import unescape
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from fabula.export import Request, render
from fabula.types import Analysis
from tests.export.sample import lock
from tests.support.fake import ferry
from tests.support.strategies import analyses

TOKENS = [
    "paragraph_ID", "sentence_ID", "token_ID_within_sentence", "token_ID_within_document", "word", "lemma",
    "byte_onset", "byte_offset", "POS_tag", "fine_POS_tag", "dependency_relation",
    "syntactic_head_ID", "event",
]  # fmt: skip


def rows(content: str | bytes) -> list[dict[str, str]]:
    """How scripts read these files: tab-separated, no quoting, the first line names the columns."""
    assert isinstance(content, str)
    return list(csv.DictReader(io.StringIO(content), delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.fixture
def book() -> dict[str, Any]:
    return dict(render(lock(), "booknlp", Request("lock")).contents)


def test_tokens(book: dict[str, Any]) -> None:
    tokens = rows(book["lock.tokens"])
    assert list(tokens[0]) == TOKENS
    assert [int(t["token_ID_within_document"]) for t in tokens] == list(range(len(tokens)))
    text = lock().story.text
    for t in tokens:
        assert text[int(t["byte_onset"]) : int(t["byte_offset"])] == t["word"]
        assert 0 <= int(t["syntactic_head_ID"]) < len(tokens)
    assert [t["word"] for t in tokens if t["event"] == "EVENT"] == ["opened"]
    roots = [t for t in tokens if t["dependency_relation"] == "ROOT"]
    assert all(t["syntactic_head_ID"] == t["token_ID_within_document"] for t in roots)
    firsts = [int(t["sentence_ID"]) for t in tokens if t["token_ID_within_sentence"] == "0"]
    assert firsts == sorted(set(firsts))


def test_entities_have_inclusive_ends_and_their_words(book: dict[str, Any]) -> None:
    words = [t["word"] for t in rows(book["lock.tokens"])]
    entities = rows(book["lock.entities"])
    assert list(entities[0]) == ["COREF", "start_token", "end_token", "prop", "cat", "text"]
    for e in entities:
        assert " ".join(words[int(e["start_token"]) : int(e["end_token"]) + 1]) == e["text"]
        assert e["prop"] in ("PROP", "NOM", "PRON")
    runa = {e["COREF"] for e in entities if e["text"] == "Runa"}
    assert len(runa) == 1
    assert runa == {e["COREF"] for e in entities if e["text"] == "she"}
    (nobody,) = {e["COREF"] for e in entities if e["text"] == "he"} - {
        e["COREF"] for e in entities if e["text"] == "Eskil"
    }
    assert sum(e["COREF"] == nobody for e in entities) == 1, "a mention of nobody is an entity of its own"


def test_quotes_name_mention_and_speaker(book: dict[str, Any]) -> None:
    words = [t["word"] for t in rows(book["lock.tokens"])]
    quotes = rows(book["lock.quotes"])
    assert list(quotes[0]) == [
        "quote_start", "quote_end", "mention_start", "mention_end", "mention_phrase", "char_id", "quote",
    ]  # fmt: skip
    for q in quotes:
        assert " ".join(words[int(q["quote_start"]) : int(q["quote_end"]) + 1]) == q["quote"]
    assert (quotes[0]["mention_phrase"], quotes[1]["char_id"]) == ("she", quotes[0]["char_id"])
    unknown = next(q for q in quotes if q["quote"].startswith("“ Who"))
    assert {unknown[k] for k in ("mention_start", "mention_end", "mention_phrase", "char_id")} == {"None"}
    assert not any("never" in q["quote"] and "You" not in q["quote"] for q in quotes), "outer quotes only"


def test_the_narrator_is_0() -> None:
    from dataclasses import replace

    analysis = ferry()
    narrated = replace(
        analysis, entities=tuple(replace(e, role="narrator") if e.id == 2 else e for e in analysis.entities)
    )
    files = render(narrated, "booknlp", Request("f")).contents
    entities = rows(files["f.entities"])
    assert {e["COREF"] for e in entities if e["text"].startswith("Imre")} == {"0"}
    plain = rows(render(analysis, "booknlp", Request("f")).contents["f.entities"])
    assert "0" not in {e["COREF"] for e in plain}
    assert "[NARRATOR]" in str(files["f.book.html"])


def test_the_book_has_what_scripts_look_for(book: dict[str, Any]) -> None:
    people = json.loads(book["lock.book"])["characters"]
    assert [set(p) for p in people] == [
        {"agent", "patient", "mod", "poss", "id", "g", "count", "mentions"} for _ in people
    ]
    assert [p["count"] for p in people] == sorted((p["count"] for p in people), reverse=True)
    runa = next(p for p in people if any(n["n"] == "Runa" for n in p["mentions"]["proper"]))
    assert runa["g"]["argmax"] == "she/her"
    assert sum(runa["g"]["inference"].values()) == pytest.approx(1)
    assert {n["n"]: n["c"] for n in runa["mentions"]["pronoun"]} == {"she": 1, "You": 1, "her": 1}


def test_deeds_are_read_off_the_dependencies() -> None:
    """Imre saw Halvard and waved; his boat was old."""
    from dataclasses import replace

    import numpy as np

    from tests.support.fake import fake_analysis

    a = fake_analysis(
        "[Imre:Imre] saw [Halvard:Halvard] and waved; [his:Imre] boat was old. [He:Imre] [him:Halvard]"
    )
    words = [a.story.token_text(i) for i in range(len(a.story.tokens))]
    assert words[:11] == ["Imre", "saw", "Halvard", "and", "waved", ";", "his", "boat", "was", "old", "."]
    head = [1, -1, 1, 4, 1, 1, 7, 9, 9, 1, 1, -1, 11]
    deprel = [
        "nsubj",
        "root",
        "obj",
        "cc",
        "conj",
        "punct",
        "nmod:poss",
        "nsubj",
        "cop",
        "conj",
        "punct",
        "root",
        "dep",
    ]
    upos = [
        "PROPN",
        "VERB",
        "PROPN",
        "CCONJ",
        "VERB",
        "PUNCT",
        "PRON",
        "NOUN",
        "AUX",
        "ADJ",
        "PUNCT",
        "PRON",
        "PRON",
    ]
    syntax = replace(a.syntax, head=np.array(head, dtype=np.int32), deprel=tuple(deprel), upos=tuple(upos))
    files = render(replace(a, syntax=syntax), "booknlp", Request("b")).contents
    people = {p["mentions"]["proper"][0]["n"]: p for p in json.loads(str(files["b.book"]))["characters"]}
    assert [d["w"] for d in people["Imre"]["agent"]] == ["saw", "waved"]
    assert [d["w"] for d in people["Imre"]["poss"]] == ["boat"]
    assert [d["w"] for d in people["Halvard"]["patient"]] == ["saw"]
    assert {t["dependency_relation"] for t in rows(files["b.tokens"])} >= {"nsubj", "dobj", "poss", "ROOT"}


# ------------------------------------------------------------------ scripts written for BookNLP
class Script:
    """Reads a book's files column by column, by position and without a look at the header, as scripts do.

    The columns are those of BookNLP's README and of the functions that read its files back: ids are whole
    numbers, ends are inclusive, ``None`` stands in all four columns of a quote without speaker.
    """

    def __init__(self, files: dict[str, Any], name: str) -> None:
        cells = {
            suffix: [
                line.rstrip("\n").split("\t")
                for line in io.StringIO(str(files[f"{name}.{suffix}"]), newline="\n")
            ]
            for suffix in ("tokens", "entities", "quotes")
        }
        self.words: list[str] = []
        for i, cols in enumerate(cells["tokens"][1:]):
            paragraph, sentence, within, token = map(int, cols[:4])
            assert token == i and paragraph >= 0 and sentence >= 0 and within >= 0
            assert int(cols[6]) < int(cols[7]) and cols[12] in ("EVENT", "O")
            int(cols[11])
            self.words.append(cols[4])
        self.entities: list[tuple[int, int, str, str]] = []
        self.assignments: list[int] = []
        for coref, start, end, prop, cat, text in cells["entities"][1:]:
            assert " ".join(self.words[int(start) : int(end) + 1]) == text
            self.entities.append((int(start), int(end), f"{prop}_{cat}", text))
            self.assignments.append(int(coref))
        self.quotes: list[tuple[int, int, int | None, str]] = []
        for start, end, m_start, m_end, phrase, char_id, quote in cells["quotes"][1:]:
            assert " ".join(self.words[int(start) : int(end) + 1]) == quote
            if char_id == "None":
                assert (m_start, m_end, phrase) == ("None",) * 3
                self.quotes.append((int(start), int(end), None, quote))
                continue
            mention = next(
                i
                for i, (a, b, _, text) in enumerate(self.entities)
                if (a, b, text, self.assignments[i]) == (int(m_start), int(m_end), phrase, int(char_id))
            )
            self.quotes.append((int(start), int(end), mention, quote))
        self.characters = json.loads(str(files[f"{name}.book"]))["characters"]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(analyses())
def test_any_reading_is_a_book_to_a_script(analysis: Analysis) -> None:
    script = Script(dict(render(analysis, "booknlp", Request("b")).contents), "b")
    assert script.entities == sorted(script.entities, key=lambda e: e[:2])
    known = set(script.assignments)
    for person in script.characters:
        assert person["id"] in known and person["count"] > 1
        assert set(person["mentions"]) == {"proper", "common", "pronoun"}
        assert sum(n["c"] for kind in person["mentions"].values() for n in kind) == person["count"]
        for role in ("agent", "patient", "mod", "poss"):
            assert all(script.words[d["i"]] == d["w"] for d in person[role])
        if person["g"] is not None:
            assert set(person["g"]) == {"inference", "argmax", "max", "total"}


def test_a_script_finds_who_says_what() -> None:
    """The lines of each character, as notebooks print them: names from .book, speech from .quotes."""
    script = Script(dict(render(ferry(), "booknlp", Request("b")).contents), "b")
    names = {p["id"]: p["mentions"]["proper"][0]["n"] for p in script.characters if p["mentions"]["proper"]}
    said: dict[str, list[str]] = {}
    for _, _, mention, quote in script.quotes:
        if mention is not None:
            said.setdefault(names[script.assignments[mention]], []).append(quote)
    outer = [q for q in ferry().quotes if q.parent is None and q.speaker is not None]
    by_name = {e.id: e.name for e in ferry().entities}
    assert {name: len(lines) for name, lines in said.items()} == Counter(
        by_name[q.speaker] for q in outer if q.speaker is not None
    )


def test_a_speaker_whom_nothing_names_is_none_and_is_told() -> None:
    from dataclasses import replace

    from fabula.types import Entity

    ghost = replace(lock().entities[0], id=77, name="Ghost", aliases=(), mention_count=0)
    assert isinstance(ghost, Entity)
    haunted = replace(
        lock(),
        entities=(*lock().entities, ghost),
        quotes=(replace(lock().quotes[0], speaker=77), *lock().quotes[1:]),
    )
    files = render(haunted, "booknlp", Request("b"))
    first = rows(files.contents["b.quotes"])[0]
    assert (first["mention_start"], first["char_id"]) == ("None", "None")
    assert any(note.startswith("1 quotes have a speaker whom no mention names") for note in files.notes)


def test_the_page_lists_names_and_major_entities(book: dict[str, Any]) -> None:
    page = str(book["lock.book.html"])
    headings = re.findall(r"<h([23])>([^<]*)", page)
    assert headings == [
        ("2", "Named characters"),
        ("2", "Major entities (proper, common)"),
        *(("3", category) for category in ("PER", "FAC", "GPE", "LOC", "VEH", "ORG")),
        ("2", "Text"),
    ]
    major = page.partition("<h2>Major")[2].partition("<h2>Text")[0]
    assert "1 Mossgate<br>" in major.partition("<h3>GPE")[2]
    assert "1 both of you<br>" in major.partition("<h3>PER")[2].partition("<h3>FAC")[0]
    words = re.sub(r"<sub>.*?</sub>|<[^>]*>", "", page.partition("<h2>Text</h2>")[2])
    shown = [w for w in unescape(words).replace("[", " ").replace("]", " ").split() if w]
    told = [w for t in rows(book["lock.tokens"]) for w in re.split(r"[][ ]", t["word"]) if w]
    assert shown == told


def test_what_is_left_out_is_said() -> None:
    notes = " ".join(render(lock(), "booknlp").notes)
    assert "supersense" in notes
    assert "1 quotes stand inside another" in notes


def test_the_page_takes_no_markup_from_the_story(book: dict[str, Any]) -> None:
    assert "&lt;" in book["lock.book.html"]
    assert "<b>" not in book["lock.book.html"]
