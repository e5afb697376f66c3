"""Script, SSML and ebook2audiobook: what is read, plus what is listed as omitted, is the story."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, get_args, get_type_hints
from urllib.parse import unquote

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import etree

from fabula.errors import InputError
from fabula.export import Choices, Request, VoiceRow, Voices, render
from fabula.export.cells import unguard
from fabula.export.ebook2audiobook import escape, unescape
from fabula.export.lines import Line, perform
from fabula.export.ssml import NAMESPACE
from fabula.export.voices import parse_voices, voices_csv
from fabula.export.xml_text import xml_text
from fabula.types import Analysis
from tests.export.sample import lock
from tests.support.fake import fake_analysis, ferry
from tests.support.strategies import analyses

SML = re.compile(r"\[\s*/?\s*(?:break|pause|voice)(?:\s*:\s*.*?)?\s*\]", re.S)
"""A tag as ebook2audiobook finds it."""


def cleaned(content: str) -> str:
    """The text as ebook2audiobook has it when it looks for tags: format characters out, then NFKC."""
    plain = "".join(" " if unicodedata.category(c) == "Cf" else c for c in content)
    return unicodedata.normalize("NFKC", plain)


VOICES = parse_voices(
    "character,voice,pronunciation,note\n(narrator),voices/eng/narrator.wav,,\nRuna,voices/runa.wav,ROO-na,\n"
    "Eskil,voices/eskil.wav,/ˈɛskɪl/,\n(unknown),voices/crowd.wav,,\n"
)
HINTS = get_type_hints(Choices)
choices = st.builds(Choices, **{name: st.sampled_from(get_args(hint)) for name, hint in HINTS.items()})


def table(content: Any) -> list[dict[str, str]]:
    rows = csv.DictReader(io.StringIO(str(content), newline=""))
    return [{key: unguard(value) for key, value in row.items()} for row in rows]


def shown(escaped: str) -> str:
    signs = {"\\n": "\n", "\\t": "\t", "\\r": "\r", "\\\\": "\\"}
    return re.sub(r"\\[ntr\\]", lambda m: signs[m[0]], escaped)


def put_together(spoken: Iterable[str], omitted: list[dict[str, str]]) -> str:
    """The story from what is read, in order, and the list of omissions with their offsets."""
    rest = "".join(spoken)
    story = ""
    for row in omitted:
        missing = int(row["start"]) - len(story)
        story, rest = story + rest[:missing] + shown(row["text"]), rest[missing:]
    return story + rest


def chapters(files: dict[str, Any], suffix: str) -> list[Any]:
    listed = [row["file"] for row in table(files["chapters.csv"])]
    assert sorted(listed) == sorted(n for n in files if n.startswith("chapter_") and n.endswith(suffix))
    return [files[name] for name in listed]


def check(analysis: Analysis, request: Request) -> None:
    text = analysis.story.text
    script = dict(render(analysis, "script", request).contents)
    rows = [row for content in chapters(script, ".csv") for row in table(content)]
    for row in rows:
        words = row["text"] + shown(row["after"])
        assert text[int(row["start"]) :].startswith(words)
    assert len({row["id"] for row in rows}) == len(rows)
    omitted = table(script["omitted.csv"])
    assert put_together((row["text"] + shown(row["after"]) for row in rows), omitted) == text

    ssml = dict(render(analysis, "ssml", request).contents)
    roots = [etree.fromstring(content) for content in chapters(ssml, ".ssml")]
    assert ssml["omitted.csv"] == script["omitted.csv"]
    spoken = ["".join(root.itertext()) for root in roots]
    assert xml_text(put_together(spoken, table(ssml["omitted.csv"]))) == xml_text(text)
    marks = [m.get("name") for root in roots for m in root.iter(f"{{{NAMESPACE}}}mark")]
    assert marks == [f"line-{row['id']}" for row in rows]

    tagged = dict(render(analysis, "ebook2audiobook", request).contents)
    contents = chapters(tagged, ".txt")
    assert put_together([unescape(SML.sub("", c)) for c in contents], table(tagged["omitted.csv"])) == text
    for content in contents:
        assert SML.findall(cleaned(content)) == SML.findall(content), "cleaning brings up no tag"


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(analyses(), choices, st.booleans())
def test_what_is_read_and_what_is_not_is_the_story(analysis: Analysis, made: Choices, voiced: bool) -> None:
    rows = tuple(VoiceRow(f"v{e.id}", f"{e.id}.wav") for e in analysis.entities) if voiced else ()
    check(analysis, Request("story", made, Voices(rows)))


@pytest.mark.parametrize(
    "made",
    [Choices(), Choices("narrator", "narrator", "omitted", "unknown", "narrator", "omitted", "spoken")],
)
def test_the_same_for_a_story_with_everything_in_it(made: Choices) -> None:
    check(lock(), Request("lock", made, VOICES))
    check(ferry(), Request("ferry", made))


# ------------------------------------------------------------------ who reads what
def lines(analysis: Analysis, **made: Any) -> list[Line]:
    request = Request("story", Choices(**made), VOICES)
    return [line for part in perform(analysis, request).chapters for line in part.lines]


def reader(found: list[Line], beginning: str) -> tuple[str, str]:
    (line,) = [line for line in found if line.text.startswith(beginning)]
    return line.character, line.kind


def test_everybody_reads_their_own_lines() -> None:
    found = lines(lock())
    assert reader(found, "“Come down") == ("Runa", "speech")
    assert reader(found, "she said quietly") == ("(narrator)", "narration")
    assert reader(found, "“You said ‘never’") == ("Eskil", "speech"), "a quote in a quote is the outer one's"
    assert [line.text for line in found if line.character == "Eskil"][1:3] == [
        "“Listen, both of you.",
        "“It is late.”",
    ]
    assert reader(found, "Chapter One") == ("(narrator)", "heading")
    assert {line.voice for line in found if line.character == "Runa"} == {"voices/runa.wav"}
    assert {line.text for line in found} & {
        "The Lock-Keeper",
        "* * *",
        "THE END",
        "A/N: Thanks for reading!",
    } == set()


@pytest.mark.parametrize(
    ("made", "beginning", "who"),
    [
        ({}, "I could go", "Eskil"),
        ({"thoughts": "narrator"}, "I could go", "(narrator)"),
        ({}, "Dear Runa", "Eskil"),
        ({"letters": "narrator"}, "Dear Runa", "(narrator)"),
        ({}, "“Who’s there", "(narrator)"),
        ({"unknown": "unknown"}, "“Who’s there", "(unknown)"),
        ({"paratext": "spoken"}, "A/N: Thanks", "(narrator)"),
    ],
)
def test_choices(made: dict[str, str], beginning: str, who: str) -> None:
    assert reader(lines(lock(), **made), beginning)[0] == who


def test_a_first_person_narrator_has_one_voice_or_two() -> None:
    told = replace(
        lock(),
        story=replace(
            lock().story,
            segments=tuple(replace(s, narrator=0) if s.kind == "body" else s for s in lock().story.segments),
        ),
    )
    one = next(line for line in lines(told) if line.text.startswith("Runa opened"))
    two = next(line for line in lines(told, first_person="narrator") if line.text.startswith("Runa opened"))
    assert (one.character, one.voice, two.character) == ("Runa", "voices/runa.wav", "(narrator)")


def test_bare_tags_can_be_left_out_and_are_listed() -> None:
    request = Request("lock", Choices(tags="omitted"))
    left_out = [o.text.strip() for o in perform(lock(), request).omissions if o.why == "speech tag"]
    assert left_out == ["she said quietly."]
    assert not any("said quietly" in line.text for line in lines(lock(), tags="omitted"))


def test_a_tag_that_tells_more_is_kept() -> None:
    said = lock().quotes[0].cue
    assert said is not None
    busy = replace(lock(), syntax=replace(lock().syntax, upos=("NOUN",) * len(lock().syntax.upos)))
    assert any(line.text.startswith("she said quietly") for line in lines(busy, tags="omitted"))


def test_marks_between_quotes_are_no_line_of_their_own() -> None:
    assert all(any(map(str.isalnum, line.text)) for line in lines(lock()))
    assert next(line for line in lines(lock()) if line.text.startswith("“Who’s")).text.endswith("—")


# ------------------------------------------------------------------ line ids
def ids(analysis: Analysis, voices: Voices = VOICES) -> dict[str, str]:
    found = perform(analysis, Request("story", Choices(), voices))
    return {line.id: line.text for part in found.chapters for line in part.lines}


def test_a_line_keeps_its_id_while_nothing_changes_what_is_heard() -> None:
    before = fake_analysis("{{Ann>-|“One.”}} It rained.\n\n{{Bo>-|“Two.”}}\n\n{{Bo>-|“Two.”}}")
    after = fake_analysis(
        "It had begun.\n\n{{Ann>-|“One.”}} It rained.\n\n{{Ann>-|“Two.”}}\n\n{{Bo>-|“Two.”}}"
    )
    old, new = ids(before), ids(after)
    assert len(old) == 4
    assert sorted(new[i] for i in set(new) - set(old)) == ["It had begun.", "“Two.”"]


def test_another_voice_or_pronunciation_is_another_line() -> None:
    silent = ids(lock(), Voices())
    other = ids(lock(), replace(VOICES, rows=tuple(r for r in VOICES.rows if r.character != "Runa")))
    assert {t for i, t in ids(lock()).items() if i not in other} >= {"“Come down, Eskil,”", "“Nobody.”"}
    assert "she said quietly." in {t for i, t in ids(lock()).items() if i in other}
    assert set(silent) != set(ids(lock()))


# ------------------------------------------------------------------ the formats
def test_ssml_has_voices_paragraphs_and_pronunciations() -> None:
    files = render(lock(), "ssml", Request("lock", Choices(), VOICES)).contents
    root = etree.fromstring(files["chapter_001.ssml"])
    assert (root.tag, root.get("version")) == (f"{{{NAMESPACE}}}speak", "1.1")
    assert {child.tag.split("}")[1] for child in root} == {"voice", "break"}
    first = root.find(f"{{{NAMESPACE}}}voice")
    assert (first.get("name"), first[0].tag) == ("voices/eng/narrator.wav", f"{{{NAMESPACE}}}p")
    sub = root.find(f".//{{{NAMESPACE}}}sub")
    assert (sub.text, sub.get("alias")) == ("Runa", "ROO-na")
    phoneme = root.find(f".//{{{NAMESPACE}}}phoneme")
    assert (phoneme.text, phoneme.get("alphabet"), phoneme.get("ph")) == ("Eskil", "ipa", "ˈɛskɪl")
    unnamed = etree.fromstring(render(lock(), "ssml").contents["chapter_001.ssml"])
    assert {v.get("name") for v in unnamed.iter(f"{{{NAMESPACE}}}voice")} == {"narrator", "Runa", "Eskil"}


@given(st.text(st.characters(exclude_categories=()), min_size=1, max_size=12))
@example("Microsoft Zira Desktop")
@example('voices/<Anna & "Bo">\'s 100%\tnew\u00a0\x1b\ud800.wav')
@settings(max_examples=40, deadline=None)
def test_any_voice_of_voices_csv_is_one_name_in_ssml_and_comes_back(voice: str) -> None:
    table_ = voices_csv(Voices((VoiceRow("Runa", voice),))).encode("utf-8", "surrogatepass")
    (row,) = parse_voices(table_.decode("utf-8", "surrogatepass")).rows
    content = render(lock(), "ssml", Request("x", Choices(), Voices((row,)))).contents["chapter_001.ssml"]
    names = {v.get("name") for v in etree.fromstring(content).iter(f"{{{NAMESPACE}}}voice")}
    if not row.voice:
        assert names == {"narrator", "Runa", "Eskil"}
        return
    (name,) = names - {"narrator", "Eskil"}
    assert name.split() == [name], "white space would make it several names"
    assert unquote(name, errors="surrogatepass") == row.voice


def test_ebook2audiobook_tags_only_what_has_a_voice() -> None:
    content = str(
        render(lock(), "ebook2audiobook", Request("lock", Choices(), VOICES)).contents["chapter_001.txt"]
    )
    assert (
        "[voice:voices/runa.wav]“Come down, Eskil,”[/voice] [voice:voices/eng/narrator.wav]she said"
        in content
    )
    assert "[pause]" in content
    assert len(re.findall(r"\[voice:", content)) == content.count("[/voice]")
    silent = render(lock(), "ebook2audiobook")
    assert "[voice" not in str(silent.contents["chapter_001.txt"])
    assert "fabula voices" in silent.notes[0]


def test_ebook2audiobook_says_that_it_has_no_pronunciations() -> None:
    said = render(lock(), "ebook2audiobook", Request("lock", Choices(), VOICES))
    assert [note for note in said.notes if "pronunciations" in note]
    plain = Voices((VoiceRow("Runa", "a.wav"),))
    assert render(lock(), "ebook2audiobook", Request("lock", Choices(), plain)).notes == ()


def test_no_word_of_the_story_is_a_tag() -> None:
    content = str(render(lock(), "ebook2audiobook").contents["chapter_002.txt"])
    assert "voice:x" in content
    assert SML.search(content) is None
    assert SML.search(cleaned(content)) is None


@given(st.text(alphabet="[]()\u2060a:"))
def test_brackets_are_read_back(text: str) -> None:
    escaped = escape(text)
    assert unescape(escaped) == text
    assert not {"[", "]"} & set(escaped)
    assert escaped.replace("\u2060", "") == text.translate({91: 40, 93: 41}).replace("\u2060", "")


def test_a_voice_that_would_break_the_tags_is_refused() -> None:
    with pytest.raises(InputError, match="bracket"):
        render(lock(), "ebook2audiobook", Request("x", Choices(), Voices((VoiceRow("Runa", "a]b.wav"),))))


def test_the_chapters_are_listed() -> None:
    files = render(lock(), "script", Request("lock", Choices(), VOICES)).contents
    listed = table(files["chapters.csv"])
    assert [(c["file"], c["title"]) for c in listed] == [
        ("chapter_001.csv", "Chapter One"),
        ("chapter_002.csv", "Chapter Two"),
    ]
    assert listed[0]["characters"] == "(narrator); Runa; Eskil"
    assert {o["why"] for o in table(files["omitted.csv"])} == {
        "title",
        "byline",
        "scene_break",
        "end",
        "note",
    }
    assert render(fake_analysis(""), "script").notes == ("the story has nothing to read aloud",)
