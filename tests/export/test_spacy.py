"""spaCy: the DocBin, read by spaCy."""

from __future__ import annotations

import re
import warnings
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from fabula.export import render
from fabula.types import Analysis
from tests.export.sample import lock
from tests.support.strategies import analyses

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # libraries of spaCy's own warn on import
    import spacy
    from spacy.tokens import DocBin
    from spacy.tokens.underscore import Underscore


def doc_of(analysis: Analysis) -> Any:
    (content,) = render(analysis, "spacy").contents.values()
    assert isinstance(content, bytes)
    (doc,) = DocBin().from_bytes(content).get_docs(spacy.blank("en").vocab)
    return doc


@pytest.fixture(scope="module")
def doc() -> Any:
    return doc_of(lock())


def test_text_tokens_and_syntax(doc: Any) -> None:
    analysis = lock()
    assert doc.text == analysis.story.text
    own = [t for t in doc if not t.is_space]
    assert [t.text for t in own] == [analysis.story.token_text(i) for i in range(len(analysis.story.tokens))]
    assert [t.pos_ for t in own] == list(analysis.syntax.upos)
    assert [t.lemma_ for t in own] == list(analysis.syntax.lemma)
    place = {t.i: i for i, t in enumerate(own)}
    heads = [place[t.head.i] if t.head is not t and t.head.i != t.i else -1 for t in own]
    assert heads == analysis.syntax.head.tolist()
    assert [t.text for t in own if t._.event] == ["opened"]


def test_marks(doc: Any) -> None:
    assert [(s.text, s.label_) for s in doc.spans["marks"]] == [
        ("the sluice", "emphasis"),
        ("Mossgate", "strong"),
        ("down, Eskil,” she", "emphasis"),
        ("Dear Runa,\nI am gone to the sea.", "block_quote"),
    ]


def test_mentions_and_quotes(doc: Any) -> None:
    analysis = lock()
    names = {e.id: e.name for e in analysis.entities}
    assert [(s.start_char, s.end_char, s.label_, s.id_) for s in doc.spans["mentions"]] == [
        (m.start, m.end, m.type, "" if m.entity is None else str(m.entity)) for m in analysis.mentions
    ]
    first = doc.spans["mentions"][0]
    assert (first._.entity, first._.kind, first._.confidence) == ("Runa", "PROP", 0.99)
    assert [(s.text, s._.speaker, list(s._.addressees)) for s in doc.spans["quotes"]] == [
        (
            analysis.story.text[q.start : q.end],
            None if q.speaker is None else names[q.speaker],
            [names[a] for a in q.addressees],
        )
        for q in analysis.quotes
    ]
    assert [(e.text, e.label_) for e in doc.ents][:2] == [("Runa", "PER"), ("Mossgate", "GPE")]
    assert doc._.fabula["story"] == analysis.story.id


def test_every_custom_attribute_is_documented_and_set(doc: Any) -> None:
    page = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")
    told = set(re.findall(r"^  \| `(doc|token|span)\._\.(\w+)` \|", page, re.M))
    made = {
        *(("doc", name) for name in Underscore.doc_extensions),
        *(("token", name) for name in Underscore.token_extensions),
        *(("span", name) for name in Underscore.span_extensions),
    }
    assert told == made
    assert {"story", "title", "author", "metadata", "entities", "scenes"} == set(doc._.fabula)
    mention, quote = doc.spans["mentions"][0], doc.spans["quotes"][0]
    assert (mention._.entity, mention._.kind, 0 < mention._.confidence <= 1) == ("Runa", "PROP", True)
    assert (quote._.speaker, list(quote._.addressees), quote._.kind) == (
        "Runa",
        ["Eskil"],
        lock().quotes[0].type,
    )


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(analyses())
def test_any_text_is_kept(analysis: Analysis) -> None:
    assert doc_of(analysis).text == analysis.story.text
