"""The stories with gold: text, labels and the file they were made from say the same thing."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
NAMES = sorted(path.stem for path in EXAMPLES.glob("*.txt"))
SEEN_NAMES = "ferry_house chair_forty_one last_service lost_property best_in_show high_water leg_before"
SEEN = frozenset(SEEN_NAMES.split())

PRONOUN_FORMS = """
he him his himself she her hers herself they them their theirs themself themselves i me my mine myself
we us our ours ourselves you your yours yourself yourselves
"""
PRONOUNS = frozenset(PRONOUN_FORMS.split())
KIND_NAMES = """
approach withdraw look touch embrace kiss restrain strike give
ask plead refuse command confess promise threaten accuse apologize comfort praise insult thank
"""
KINDS = frozenset(KIND_NAMES.split())
MARK = re.compile(r"\[([A-Za-z]+):[^\]\s][^\]]*\]|\{\{[^|{}]*>[^|{}]*\||\}\}")


def read(name: str) -> tuple[str, dict[str, Any]]:
    text = (EXAMPLES / f"{name}.txt").read_text(encoding="utf-8")
    gold = json.loads((EXAMPLES / "gold" / f"{name}.gold.json").read_text(encoding="utf-8"))
    return text, gold


def marked(name: str) -> tuple[dict[str, list[str]], str]:
    """The cast and the body, marks and all, of the marked file."""
    lines = (EXAMPLES / "marked" / f"{name}.mark").read_text(encoding="utf-8").split("\n")
    cast: dict[str, list[str]] = {}
    for line in lines:
        if line.startswith("@cast "):
            person, _, aliases = line[6:].partition(":")
            cast[person.strip()] = [alias.strip() for alias in aliases.split("|") if alias.strip()]
    body = "\n".join(line for line in lines if not line.startswith(("@cast ", "@act ", "@not ")))
    return cast, body.strip("\n") + "\n"


def addressees(quote: dict[str, Any]) -> list[str]:
    to = quote["to"]
    return [] if to is None else [to] if isinstance(to, str) else list(to)


def test_the_stories_seen_while_developing_are_there() -> None:
    assert set(NAMES) >= SEEN


def test_each_story_has_its_three_files() -> None:
    assert sorted(p.name.removesuffix(".gold.json") for p in (EXAMPLES / "gold").glob("*.json")) == NAMES
    assert sorted(p.stem for p in (EXAMPLES / "marked").glob("*.mark")) == NAMES


def test_the_table_lists_each_story_with_its_length_and_group() -> None:
    rows = re.findall(
        r"^\| `(\w+)\.txt` \| [^|]+ \| (seen|unseen) \| ([\d,]+) \|$",
        (EXAMPLES / "README.md").read_text(encoding="utf-8"),
        flags=re.MULTILINE,
    )
    assert sorted(name for name, _, _ in rows) == NAMES
    assert {name for name, group, _ in rows if group == "seen"} == SEEN
    for name, _, words in rows:
        assert int(words.replace(",", "")) == len(read(name)[0].split()), name


@pytest.mark.parametrize("name", NAMES)
class TestStory:
    def test_length(self, name: str) -> None:
        assert 500 <= len(read(name)[0].split()) <= 1200

    def test_the_text_is_the_marked_file_without_its_marks(self, name: str) -> None:
        assert MARK.sub(lambda m: m.group(1) or "", marked(name)[1]) == read(name)[0]

    def test_every_label_is_the_slice_it_names(self, name: str) -> None:
        text, gold = read(name)
        for part in ("names", "pronouns", "quotes", "acts", "non_acts"):
            for label in gold[part]:
                assert 0 <= label["start"] < label["end"] <= len(text)
                assert text[label["start"] : label["end"]] == label["text"]

    def test_labels_are_in_text_order(self, name: str) -> None:
        _, gold = read(name)
        for part in ("names", "pronouns", "quotes"):
            starts = [label["start"] for label in gold[part]]
            assert starts == sorted(starts)

    def test_everybody_labelled_is_in_the_cast(self, name: str) -> None:
        cast, _ = marked(name)
        _, gold = read(name)
        assert {n["who"] for n in gold["names"]} <= set(cast)
        assert {p["who"] for p in gold["pronouns"]} <= {*cast, "both"}
        for quote in gold["quotes"]:
            assert quote["speaker"] in cast
            assert set(addressees(quote)) <= set(cast)
            assert quote["speaker"] not in addressees(quote), quote["text"]
        for act in gold["acts"]:
            assert act["agent"] in cast
            assert act["patient"] is None or act["patient"] in cast

    def test_every_name_of_the_cast_is_labelled(self, name: str) -> None:
        cast, _ = marked(name)
        text, gold = read(name)
        covered = [(n["start"], n["end"], n["who"]) for n in gold["names"]]
        for person, aliases in cast.items():
            for form in (person, *aliases):
                for m in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", text):
                    inside = [who for start, end, who in covered if start <= m.start() and m.end() <= end]
                    assert inside, (form, m.start())

    def test_every_personal_pronoun_is_labelled(self, name: str) -> None:
        _, body = marked(name)
        bare = MARK.sub(" ", body)
        left = [m for m in re.findall(r"[A-Za-z]+", bare) if m.lower() in PRONOUNS and m != "US"]
        assert left == []

    def test_quotes_nest_or_stay_apart(self, name: str) -> None:
        _, gold = read(name)
        open_ends: list[int] = []
        for quote in gold["quotes"]:
            while open_ends and open_ends[-1] <= quote["start"]:
                open_ends.pop()
            assert not open_ends or quote["end"] <= open_ends[-1]
            open_ends.append(quote["end"])

    def test_acts_are_of_known_kinds_and_some_are_denied(self, name: str) -> None:
        _, gold = read(name)
        assert len(gold["acts"]) >= 15
        assert gold["non_acts"]
        for act in (*gold["acts"], *gold["non_acts"]):
            assert set(act["kind"]) <= KINDS

    def test_the_words_of_an_act_stand_in_the_text_once(self, name: str) -> None:
        text, gold = read(name)
        for act in (*gold["acts"], *gold["non_acts"]):
            assert text.count(act["text"]) == 1, act["text"]
