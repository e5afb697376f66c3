"""BookNLP's files, read with readers made from its documentation."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from fabula.export import Request, render
from tests.export.sample import lock
from tests.support.fake import ferry

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


def test_what_is_left_out_is_said() -> None:
    notes = " ".join(render(lock(), "booknlp").notes)
    assert "supersense" in notes
    assert "1 quotes stand inside another" in notes


def test_the_page_takes_no_markup_from_the_story(book: dict[str, Any]) -> None:
    assert "&lt;" in book["lock.book.html"]
    assert "<b>" not in book["lock.book.html"]
