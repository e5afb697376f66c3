"""CoNLL-U, read by the conllu library; CoNLL-2012, read column by column."""

from __future__ import annotations

import re
from collections import defaultdict

import conllu
from hypothesis import HealthCheck, example, given, settings

from fabula.export import Request, render
from fabula.export.token_ranges import TokenRanges
from fabula.types import Analysis
from tests.export.sample import lock
from tests.support.fake import fake_analysis, ferry, novel
from tests.support.strategies import analyses

UNESCAPED = {"\\s": " ", "\\t": "\t", "\\n": "\n", "\\r": "\r", "\\p": "|", "\\\\": "\\"}
Span = tuple[str, int, int]


def unescaped(blanks: str) -> str:
    found = re.compile(r"\\(?:[uU]((?<=u)[0-9a-f]{4}|[0-9a-f]{8})|[strnp\\])")
    return found.sub(lambda m: chr(int(m[1], 16)) if m[1] else UNESCAPED[m[0]], blanks)


def content_of(analysis: Analysis, to: str) -> str:
    (content,) = render(analysis, to, Request("story")).contents.values()
    assert isinstance(content, str)
    return content


def text_of(sentences: list[conllu.models.TokenList]) -> str:
    pieces = []
    for token in (token for sentence in sentences for token in sentence):
        misc = token["misc"] or {}
        pieces.append(unescaped(misc.get("SpacesBefore", "")) + token["form"])
        after = "" if misc.get("SpaceAfter") == "No" else " "
        pieces.append(unescaped(misc["SpacesAfter"]) if "SpacesAfter" in misc else after)
    return "".join(pieces)


def seen(text: str) -> str:
    """The text with control characters as a word of CoNLL-U has them."""
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", "_", text)


def spans_of(sentences: list[conllu.models.TokenList], column: str, label: str) -> list[Span]:
    """The spans that brackets mark: name, first token, last token."""
    open_at: dict[str, list[int]] = defaultdict(list)
    found = []
    tokens = [token for sentence in sentences for token in sentence]
    for i, token in enumerate(tokens):
        marks = (token["misc"] or {}).get(column, "")
        for opening, closing in re.findall(rf"\(({label}\d+)[^()]*|({label}\d+)?\)", marks):
            if opening:
                open_at[opening].append(i)
                latest = opening
            else:
                name = closing or latest
                found.append((name, open_at[name].pop(), i))
    assert not any(open_at.values())
    return sorted(found)


def expected(analysis: Analysis) -> list[Span]:
    ranges = TokenRanges(analysis.story)
    mentions = [m for m in analysis.mentions if m.entity is not None]
    found = [(f"e{m.entity}", ranges.of(m.start, m.end)) for m in mentions]
    return sorted((name, r[0], r[1] - 1) for name, r in found if r)


def test_conllu_gives_text_tokens_and_coreference_back() -> None:
    for analysis in (lock(), ferry(), novel(300)):
        sentences = conllu.parse(content_of(analysis, "conllu"))
        assert text_of(sentences) == analysis.story.text
        assert [t["form"] for s in sentences for t in s] == [
            analysis.story.token_text(i) for i in range(len(analysis.story.tokens))
        ]
        assert spans_of(sentences, "Entity", "e") == expected(analysis)
        for sentence in sentences:
            assert [t["id"] for t in sentence] == list(range(1, len(sentence) + 1))
            assert all(0 <= t["head"] <= len(sentence) for t in sentence)
            assert sentence.metadata["text"].split() == analysis_words(sentence)


def analysis_words(sentence: conllu.models.TokenList) -> list[str]:
    return text_of([sentence]).split()


def test_conllu_says_what_its_columns_are() -> None:
    content = content_of(lock(), "conllu")
    assert "# global.Entity = eid-etype-head-other\n" in content
    assert "# meta::title = The Lock-Keeper\n" in content
    assert "(e0-person-1-kind:PROP,conf:0.990)" in content
    assert "(e4-object-1-" in content
    assert "Quote=(q0-e0>e1" in content
    assert content.count("Event=Yes") == 1
    paragraphs = re.findall(r"^# newpar id = (\S+)$", content, re.M)
    assert len(paragraphs) == len(set(paragraphs)) == len(lock().story.paragraphs)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(analyses())
@example(fake_analysis("\n\n"))
def test_any_reading_makes_columns_that_parse(analysis: Analysis) -> None:
    sentences = conllu.parse(content_of(analysis, "conllu"))
    assert sum(map(len, sentences)) == len(analysis.story.tokens)
    if len(analysis.story.tokens):
        assert seen(text_of(sentences)) == seen(analysis.story.text)
    else:  # blanks alone: there is no word whose SpacesBefore could hold them
        assert not analysis.story.text.strip()
    for line in content_of(analysis, "conll2012").split("\n"):
        assert not line or line[0] == "#" or len(line.split(" ")) == 12


def test_conll_2012() -> None:
    content = content_of(lock(), "conll2012")
    lines = content.split("\n")
    assert lines[0] == "#begin document (story); part 000"
    assert lines[-2:] == ["#end document", ""]
    rows = [line.split() for line in lines if line and line[0] != "#"]
    assert {len(row) for row in rows} == {12}
    open_at: dict[str, list[int]] = defaultdict(list)
    found = []
    for i, row in enumerate(rows):
        for mark in row[-1].split("|") if row[-1] != "-" else []:
            name = mark.strip("()")
            if mark.startswith("("):
                open_at[name].append(i)
            if mark.endswith(")"):
                found.append((f"e{name}", open_at[name].pop(), i))
    assert sorted(found) == expected(lock())
    assert {row[9] for row in rows if row[3] == "Nobody"} == {"Runa"}
    assert {row[9] for row in rows if row[3] == "opened"} == {"-"}
    assert any("left out" in note for note in render(lock(), "conll2012").notes)
