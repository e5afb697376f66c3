"""Causes of errors, on people and lines made up for it; the counts, how they are kept, and their table."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from bench.causes import CAUSES, Case, Document, Person, cause, majority
from bench.scorer import Report, Scorer
from bench.settings import BenchError, Settings

from bench import error_cases, errors, table

TEXT = "word " * 400
"""Token i begins at 5 i."""


def at(token: int) -> int:
    return 5 * token


PEOPLE = {
    "Ann": Person("she", places=(at(10), at(190))),
    "Bea": Person("she", places=(at(20), at(195))),
    "Cora": Person("she", places=(at(30),)),
    "Dan": Person("he", places=(at(198),)),
    "aunt": Person("she", named=False, places=(at(197),)),
    "teller": Person(None, narrator=True, places=(at(199),)),
    "Eve": Person(None, places=(at(199),)),
    "lost": Person("she", places=(at(199),)),
}
OWNER = {1: "Ann", 2: "Bea", 3: "Cora", 4: "Dan", 5: "aunt", 6: "teller", 7: "Eve"}
PAGE = Document(
    "page", TEXT, PEOPLE, OWNER, {**OWNER, 8: "Ann"}, {1: "Miss Ann"},
    {9: Person("she", places=(at(199),)), 10: Person(None)},
    [at(i) for i in range(400)], frozenset(OWNER.values()),
)  # fmt: skip
SHE = Case("page", False, at(200), at(200) + 4, "Ann", True, 2, 0.9, ok=False)
LINE = replace(SHE, speaker=True, end=at(210), tag="implicit")


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (replace(SHE, found=False, answer=None), "not found"),
        (replace(SHE, answer=None), "abstained"),
        (replace(SHE, right="lost"), "no entity"),
        (replace(SHE, answer=8), "split"),
        (replace(LINE, tag="explicit"), "tag name"),
        (replace(LINE, tag="anaphoric", others=frozenset({"Bea"})), "tag pronoun"),
        (replace(LINE, others=frozenset({"Bea"})), "turn"),
        (replace(SHE, answer=6), "narrator"),
        (replace(SHE, answer=4), "other pronouns"),
        (replace(SHE, answer=5), "nameless"),
        (SHE, "rival near"),
        (replace(SHE, answer=3), "rival far"),
        (replace(SHE, answer=7), "other"),
        (replace(SHE, answer=9), "rival near"),
        (replace(SHE, answer=10), "other"),
    ],
)
def test_an_error_has_the_first_cause_that_fits(case: Case, expected: str) -> None:
    assert cause(case, PAGE) == expected


def test_a_rival_is_near_before_a_pronoun_and_on_both_sides_of_a_line() -> None:
    def rival(place: int, case: Case) -> str:
        people = {**PEOPLE, "Cora": Person("she", places=(at(place),))}
        return cause(replace(case, answer=3), replace(PAGE, people=people))

    assert [rival(p, SHE) for p in (99, 100, 199, 201)] == [
        "rival far", "rival near", "rival near", "rival far",
    ]  # fmt: skip
    assert [rival(p, LINE) for p in (99, 100, 310, 311)] == [
        "rival far", "rival near", "rival near", "rival far",
    ]  # fmt: skip


def test_who_goes_by_what() -> None:
    assert majority({"her": 3, "his": 1, "I": 9}) == "she"
    assert majority({"it": 4, "you": 2}) is None


# ------------------------------------------------------------------ cases, held to the real scorer
STORY = "Ann met Bea. She waved. “Go,” said Ann. “I will.” I saw it. "


def reading(**more: Any) -> dict[str, Any]:
    words = [i for i, c in enumerate(STORY) if c.isalpha() and (i == 0 or not STORY[i - 1].isalpha())]

    def mention(word: str, entity: int | None, kind: str, after: int = 0) -> dict[str, Any]:
        start = STORY.index(word, after)
        return {
            "start": start, "end": start + len(word), "token_start": words.index(start), "entity": entity,
            "type": "PER", "kind": kind, "confidence": 0.8,
        }  # fmt: skip

    quotes = [(STORY.index("“Go"), STORY.index(" said")), (STORY.index("“I w"), STORY.index(" I saw"))]
    data = {
        "text": STORY,
        "tokens": {"start": words},
        "events": [],
        "mentions": [
            mention("Ann", 0, "PROP"),
            mention("Bea", 1, "PROP"),
            mention("She", 1, "PRON"),
            mention("Ann", 0, "PROP", 30),
        ],
        "entities": [
            {"id": 0, "name": "Ann", "pronouns": {}, "aliases": [], "role": None},
            {"id": 1, "name": "Bea", "pronouns": {"she": 1}, "aliases": [], "role": None},
        ],
        "quotes": [
            {"start": a, "end": b, "speaker": who, "type": t, "confidence": 0.7, "addressees": []}
            for (a, b), who, t in zip(quotes, (0, 0), ("explicit", "implicit"), strict=True)
        ],
    }
    return {**data, **more}


def test_cases_of_a_story_are_those_that_the_scorer_counts(real_scorer: Path, tmp_path: Path) -> None:
    p = reading()
    quotes = [
        {**q, "speaker": who, "to": to} for q, who, to in zip(p["quotes"], "AB", ("B", None), strict=True)
    ]
    names = [
        {"start": m["start"], "end": m["end"], "text": STORY[m["start"] : m["end"]], "who": who}
        for m, who in zip([p["mentions"][i] for i in (0, 1, 3)], "ABA", strict=True)
    ]
    she = p["mentions"][2]
    pronouns = [{"start": she["start"], "end": she["end"], "text": "She", "who": "A"}]
    g = {"names": names, "pronouns": pronouns, "quotes": quotes, "acts": []}
    for name, data in (("p", p), ("g", g)):
        (tmp_path / f"{name}.json").write_text(json.dumps(data), encoding="utf-8")
    scorer = Scorer(real_scorer)
    report = scorer.story(tmp_path / "p.json", tmp_path / "g.json")
    d = error_cases.story(scorer, "tale", p, g)
    pronoun, first, second = d.cases
    error_cases.check([pronoun], report, "third-person pronoun accuracy")
    error_cases.check([first, second], report, "speaker accuracy")
    assert (first.ok, second.ok) == (True, False)
    assert first.others == {"B"}
    assert second.others == {"A"}, "nobody is addressed by the gold: whoever speaks beside it"
    assert cause(second, d) == "turn"
    with pytest.raises(BenchError, match="by the scorer"):
        error_cases.check([first], report, "speaker accuracy")


def test_cases_of_an_excerpt_are_those_that_the_scorer_counts(real_scorer: Path, tmp_path: Path) -> None:
    p = reading()
    gold = [{**m, "entity": who} for m, who in zip(p["mentions"], ("A", "B", "A", "A"), strict=True)]
    quotes = [{**q, "speaker": who} for q, who in zip(p["quotes"], ("A", None), strict=True)]
    g = {"text": STORY, "mentions": gold, "quotes": quotes, "events": []}
    for folder, data in (("p", p), ("g", g)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.json").write_text(json.dumps(data), encoding="utf-8")
    scorer = Scorer(real_scorer)
    report = scorer.litbank(tmp_path / "p", tmp_path / "g")
    d = error_cases.litbank(scorer, "x", p, g)
    error_cases.check([c for c in d.cases if not c.speaker], report, "he/she accuracy")
    error_cases.check([c for c in d.cases if c.speaker], report, "speaker accuracy, end to end")
    assert [c.right for c in d.cases] == ["A", "A"]
    assert d.people["A"].pronoun == "she"


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # the scorer leaves closing its files to Python
def test_cases_of_a_novel_are_those_that_the_scorer_counts(real_scorer: Path, tmp_path: Path) -> None:
    p = reading()
    spans = [[(q["start"], q["end"])] for q in p["quotes"]]
    (tmp_path / "novel_text.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "character_info.csv").write_text(
        "Main Name,Aliases,Gender,Category\nAnn,{'Ann'},F,major\nBea,{'Bea'},F,major\n", encoding="utf-8"
    )
    (tmp_path / "quotation_info.csv").write_text(
        "speaker,addressees,quoteType,quoteByteSpans\n"
        f"Ann,['Bea'],Explicit,\"{spans[0]}\"\nBea,['Ann'],Implicit,\"{spans[1]}\"\n",
        encoding="utf-8",
    )
    (tmp_path / "p.json").write_text(json.dumps(p), encoding="utf-8")
    scorer = Scorer(real_scorer)
    d = error_cases.pdnc(scorer, "novel", p, tmp_path)
    error_cases.check(d.cases, scorer.pdnc(tmp_path / "p.json", tmp_path), "speaker accuracy, all")
    assert [(c.ok, c.tag) for c in d.cases] == [(True, "explicit"), (False, "implicit")]
    assert cause(d.cases[1], d) == "turn"
    assert d.people["Bea"].pronoun == "she"


# ------------------------------------------------------------------ the command
def test_the_most_confident_come_first_and_are_counted_apart(
    small: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    cases = [
        replace(SHE, confidence=0.3), replace(SHE, answer=4, confidence=0.95),
        replace(SHE, ok=True), replace(LINE, confidence=0.5, others=frozenset({"Bea"})),
    ]  # fmt: skip
    monkeypatch.setattr(errors, "documents", lambda *_: [replace(PAGE, cases=cases)])
    monkeypatch.setattr(errors, "WORST", 1)
    shown, counted = errors.run(small, list(errors.KINDS), only_table=False, before=tmp_path / "none.json")
    assert "LitBank, he and she: 2 wrong, the 1 most confident" in shown
    assert f"1. page {at(200)}: {CAUSES['other pronouns']}" in shown
    assert "said ? (entity 4), who is Dan, confidence 0.95; right: Ann" in shown
    assert "[word]" in shown
    assert counted.kinds["litbank-pronouns"] == errors.Counts(
        3, 2, {"other pronouns": (1, 1), "rival near": (1, 0)}
    )
    assert errors.kept(small.out / errors.results.folder(small).name / "errors.json") == counted
    lines = errors.render(counted, None).splitlines()
    assert f"| {CAUSES['rival near']} | 1 (0) |  |  | 1 (0) |  |" in lines
    assert "| **wrong** | 2 | 1 | 1 | 2 | 1 |" in lines


def test_before_and_now_stand_side_by_side_unless_they_are_one() -> None:
    def version(code: str, near: int) -> errors.Counted:
        counts = errors.Counts(1000, near + 1, {"rival near": (near, 2), "other": (1, 0)})
        return errors.Counted("2026-01-02", "abc", code, {"story-speakers": counts})

    shown = errors.render(version("new", 5), version("old", 9)).splitlines()
    assert shown[0] == "| cause | stories, speakers, before | stories, speakers, now |"
    assert shown[2] == f"| {CAUSES['rival near']} | 9 (2) | 5 (2) |"
    assert shown[-1] == "Before: 2026-01-02, weights abc; now: 2026-01-02, weights abc."
    assert errors.render(version("new", 5), version("new", 5)).startswith("| cause | stories, speakers |")


def test_the_counts_of_the_version_before_add_up() -> None:
    before = errors.kept(errors.BEFORE)
    assert before is not None
    assert set(before.kinds) == set(errors.KINDS)
    for counts in before.kinds.values():
        assert sum(a for a, _ in counts.causes.values()) == counts.wrong <= counts.cases
        assert sum(w for _, w in counts.causes.values()) == min(errors.WORST, counts.wrong)
        assert set(counts.causes) <= set(CAUSES)


def test_the_page_has_a_place_for_the_table(tmp_path: Path) -> None:
    copy = tmp_path / "quality.md"
    copy.write_text(table.FULL.read_text(encoding="utf-8"), encoding="utf-8")
    table.write("new", copy, errors.START, errors.END)
    assert f"{errors.START}\nnew\n{errors.END}" in copy.read_text(encoding="utf-8")


def test_a_report_without_a_figure_has_no_cases() -> None:
    error_cases.check([], Report({}, {}), "speaker accuracy")
