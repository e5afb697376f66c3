"""Every pronoun and every line that the scorer counts, with what is known of them, as ``bench.causes`` asks.

Predictions are matched and mapped by the scorer's own steps. Its mapping of PDNC's cast stands inside a
longer one and is made again here; ``check`` holds every document to the share that the scorer prints.
"""

from __future__ import annotations

import ast
import collections
import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench.causes import NEAR, Case, Document, Person, majority
from bench.scorer import Report, Scorer
from bench.settings import BenchError

Json = Mapping[str, Any]
Votes = dict[int, collections.Counter[str]]

HE_SHE = frozenset({"he", "him", "his", "himself", "she", "her", "hers", "herself"})
"""The forms that the scorer counts in LitBank."""
FIRST = frozenset({"i", "me", "my", "mine", "myself"})
NOT_THIRD = FIRST | frozenset(
    {"you", "your", "yours", "yourself", "yourselves", "we", "us", "our", "ours", "ourselves"}
)
KIND_WEIGHT = {"PROP": 10, "NOM": 3}
"""What a shared mention weighs in the scorer's mapping of LitBank; a pronoun weighs 1."""
TELLS = 3
"""Times that somebody must say "I" outside speech and letters to count as a narrator."""
GENDER = {"M": "he", "F": "she"}
"""PDNC's letters."""


def load(path: Path) -> Json:
    """A JSON file."""
    data: Json = json.loads(path.read_text(encoding="utf-8"))
    return data


# ------------------------------------------------------------------ what the datasets share
def document(
    name: str,
    p: Json,
    people: Mapping[str, Person],
    votes: Votes,
    owner: Mapping[int, str],
    own: Iterable[str],
) -> dict[str, Any]:
    """The fields of a Document but its cases."""
    kinds: dict[int, set[str]] = collections.defaultdict(set)
    places: dict[int, list[int]] = collections.defaultdict(list)
    for m in p["mentions"]:
        if m.get("entity") is not None:
            kinds[m["entity"]].add(m.get("kind", ""))
            places[m["entity"]].append(m["start"])
    answers = {
        e["id"]: Person(
            majority(e.get("pronouns") or {}),
            "PROP" in kinds[e["id"]],
            e.get("role") == "narrator",
            sorted(places[e["id"]]),
        )
        for e in p["entities"]
    }
    return {
        "name": name,
        "text": p["text"],
        "people": people,
        "owner": owner,
        "mostly": {e: c.most_common(1)[0][0] for e, c in votes.items() if c},
        "entities": {e["id"]: e["name"] for e in p["entities"]},
        "answers": answers,
        "tokens": p["tokens"]["start"],
        "own": frozenset(own),
    }


def lines(
    name: str, gold: Sequence[Json], matched: Mapping[int, Json], skip: Iterable[int] = ()
) -> Iterator[tuple[int, Case]]:
    """A case for each gold line but those of ``skip``; whether it is right is not known yet."""
    left_out = set(skip)
    for i, g in enumerate(gold):
        if i in left_out:
            continue
        q = matched.get(i)
        to = g.get("to") or ()
        others = frozenset((to,) if isinstance(to, str) else to) - {g["speaker"]}
        yield i, Case(
            name, True, g["start"], g["end"], g["speaker"], q is not None,
            q.get("speaker") if q else None, _confidence(q), False,
            g.get("tag") or (q.get("type") if q else None), others,
        )  # fmt: skip


def neighbours(gold: Sequence[Json], i: int, tokens: Sequence[int], d: Document) -> frozenset[str]:
    """Who else speaks the line before or after line ``i``, not further than ``NEAR`` tokens."""
    out = set()
    for j in (i - 1, i + 1):
        if 0 <= j < len(gold) and gold[j]["speaker"] not in (None, gold[i]["speaker"]):
            a, b = sorted((gold[i], gold[j]), key=lambda g: g["start"])
            if d.token(b["start"]) - d.token(a["end"]) <= NEAR:
                out.add(gold[j]["speaker"])
    return frozenset(out)


def _confidence(x: Json | None) -> float:
    """As the scorer takes it; 0 where there is no decision."""
    if x is None:
        return 0.0
    return 1.0 if x.get("confidence") is None else float(x["confidence"])


def _voices(p: Json, g: Json) -> list[Json]:
    """Where an "I" is not the narrator's: gold lines, and letters, which the gold does not mark."""
    return [*g["quotes"], *(s for s in p.get("segments", ()) if s["kind"] == "letter")]


def _outside(at: int, voices: Sequence[Json]) -> bool:
    return not any(v["start"] <= at < v["end"] for v in voices)


# ------------------------------------------------------------------ LitBank
def litbank(scorer: Scorer, name: str, p: Json, g: Json) -> Document:
    """An excerpt: he and she, and the lines whose speaker the gold tells."""
    gold = {(m["start"], m["end"]): m for m in g["mentions"]}
    predicted = scorer.own("pred_mentions", p)
    votes: Votes = collections.defaultdict(collections.Counter)
    for m in predicted:
        if same := gold.get((m["start"], m["end"])):
            votes[m["entity"]][same["entity"]] += KIND_WEIGHT.get(same.get("kind"), 1)
    owner = scorer.own("map_entities", predicted, g["mentions"])
    by: dict[str, list[Json]] = collections.defaultdict(list)
    for m in g["mentions"]:
        by[m["entity"]].append(m)
    people = {who: _litbank_person(its, g, _voices(p, g)) for who, its in by.items()}
    fields = document(name, p, people, votes, owner, owner.values())
    blank = Document(**fields)
    hit = {(m["start"], m["end"]): m for m in p["mentions"]}
    cases = []
    for m in g["mentions"]:
        if g["text"][m["start"] : m["end"]].lower() not in HE_SHE or m["type"] != "PER":
            continue
        cases.append(_pronoun(name, m, m["entity"], hit.get((m["start"], m["end"])), owner))
    matched = scorer.own("match_quotes", p["quotes"], g["quotes"], g["text"])
    unknown = [i for i, q in enumerate(g["quotes"]) if q["speaker"] is None]
    for i, c in lines(name, g["quotes"], matched, unknown):
        ok = c.answer is not None and owner.get(c.answer) == c.right
        around = neighbours(g["quotes"], i, fields["tokens"], blank)
        cases.append(replace(c, ok=ok, others=around))
    return Document(**fields, cases=cases)


def _litbank_person(its: Sequence[Json], g: Json, voices: Sequence[Json]) -> Person:
    words = [g["text"][m["start"] : m["end"]].lower() for m in its]
    forms = collections.Counter(w for m, w in zip(its, words, strict=True) if m["kind"] == "PRON")
    tells = sum(w in FIRST and _outside(m["start"], voices) for m, w in zip(its, words, strict=True))
    named = any(m["kind"] == "PROP" for m in its)
    return Person(majority(forms), named, tells >= TELLS, sorted(m["start"] for m in its))


def _pronoun(name: str, span: Json, right: str, m: Json | None, owner: Mapping[int, str]) -> Case:
    answer = m.get("entity") if m else None
    ok = answer is not None and owner.get(answer) == right
    return Case(
        name, False, span["start"], span["end"], right, m is not None, answer,
        _confidence(m) if answer is not None else 0.0, ok,
    )  # fmt: skip


# ------------------------------------------------------------------ the stories
def story(scorer: Scorer, name: str, p: Json, g: Json) -> Document:
    """A story of our own: third-person pronouns of the cast, and every line."""
    predicted = scorer.own("pred_mentions", p)
    votes: Votes = collections.defaultdict(collections.Counter)
    for n in g["names"]:
        around = [
            m for m in predicted
            if m["start"] <= n["start"] and n["end"] <= m["end"] and m.get("kind") == "PROP"
        ]  # fmt: skip
        if around:
            votes[min(around, key=lambda m: m["end"] - m["start"])["entity"]][n["who"]] += 1
    owner = scorer.own("one_to_one", votes)
    cast = {n["who"] for n in g["names"]}
    people = {who: _story_person(who, g, _voices(p, g)) for who in cast}
    fields = document(name, p, people, votes, owner, owner.values())
    blank = Document(**fields)
    hit = {(m["start"], m["end"]): m for m in p["mentions"]}
    cases = [
        _pronoun(name, m, m["who"], hit.get((m["start"], m["end"])), owner)
        for m in g["pronouns"]
        if m["who"] in cast and m["text"].lower() not in NOT_THIRD
    ]
    matched = scorer.own("match_quotes", p["quotes"], g["quotes"], p["text"])
    for i, c in lines(name, g["quotes"], matched):
        ok = c.answer is not None and owner.get(c.answer) == c.right
        others = c.others or neighbours(g["quotes"], i, fields["tokens"], blank)
        cases.append(replace(c, ok=ok, others=others))
    return Document(**fields, cases=cases)


def _story_person(who: str, g: Json, voices: Sequence[Json]) -> Person:
    its = [m for m in g["pronouns"] if m["who"] == who]
    places = [m["start"] for m in its] + [n["start"] for n in g["names"] if n["who"] == who]
    tells = sum(m["text"].lower() in FIRST and _outside(m["start"], voices) for m in its)
    forms = collections.Counter(m["text"].lower() for m in its)
    return Person(majority(forms), True, tells >= TELLS, sorted(places))


# ------------------------------------------------------------------ PDNC
def pdnc(scorer: Scorer, name: str, p: Json, folder: Path) -> Document:
    """A whole novel: every stretch of a quotation whose speaker is known."""
    cast = _rows(folder / "character_info.csv")
    known, narrators = _names(scorer, cast)
    votes = _cast_votes(scorer, p, known, narrators)
    owner = {e: c.most_common(1)[0][0] for e, c in votes.items() if c}
    groups = {e["id"] for e in p["entities"] if e.get("role") == "group"}
    gold = list(_stretches(scorer, folder, known))
    fields = document(name, p, {}, votes, owner, ())
    fields["people"] = _cast(cast, p, owner, narrators)
    fields["own"] = frozenset(owner.values()) | {
        q["speaker"] for q in gold if groups and scorer.own("fold", q["speaker"]) == "group"
    }
    blank = Document(**fields)
    matched = scorer.own("match_quotes", p["quotes"], gold, p["text"])
    unknown = [i for i, q in enumerate(gold) if scorer.own("fold", q["speaker"]) in ("", "unknowable")]
    cases = []
    for i, c in lines(name, gold, matched, unknown):
        crowd = c.answer in groups and scorer.own("fold", c.right) == "group"
        ok = c.answer is not None and (owner.get(c.answer) == c.right or crowd)
        others = c.others or neighbours(gold, i, fields["tokens"], blank)
        cases.append(replace(c, ok=ok, others=others))
    return Document(**fields, cases=cases)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _literal(cell: str) -> Any:
    try:
        return ast.literal_eval(cell)
    except (ValueError, SyntaxError):
        return ()


def _names(scorer: Scorer, cast: Sequence[Mapping[str, str]]) -> tuple[dict[str, set[str]], set[str]]:
    """Folded name to the main names that bear it, and the main names of narrators."""
    known: dict[str, set[str]] = collections.defaultdict(set)
    narrators = set()
    for r in cast:
        for alias in {r["Main Name"], *_literal(r["Aliases"])}:
            folded = scorer.own("fold", alias)
            known[folded].add(r["Main Name"])
            if folded in ("narr", "narrator"):
                narrators.add(r["Main Name"])
    return known, narrators


def _cast_votes(scorer: Scorer, p: Json, known: Mapping[str, set[str]], narrators: Iterable[str]) -> Votes:
    """The scorer's votes of entities for the cast: by names in the text, by alias, and for the narrator."""

    def called(words: str) -> set[str]:
        return known.get(scorer.own("fold", words), set())

    votes: Votes = collections.defaultdict(collections.Counter)
    for m in p["mentions"]:
        if m.get("entity") is not None and m.get("kind") in ("PROP", "NOM"):
            who = called(p["text"][m["start"] : m["end"]])
            for one in who:
                # The scorer counts in shares; a Counter holds them as well, whatever its type says.
                votes[m["entity"]][one] += (10 if m["kind"] == "PROP" else 3) / len(who)  # type: ignore[assignment]
    for e in p["entities"]:
        for words in {e["name"], *(a if isinstance(a, str) else a["text"] for a in e.get("aliases", []))}:
            who = called(words)
            for one in who:
                votes[e["id"]][one] += 1 / len(who)  # type: ignore[assignment]
        if e.get("role") == "narrator":
            for one in narrators:
                votes[e["id"]][one] += 50
    return votes


def _stretches(scorer: Scorer, folder: Path, known: Mapping[str, set[str]]) -> Iterator[dict[str, Any]]:
    def canonical(words: str) -> str:
        who = known.get(scorer.own("fold", words), set())
        return next(iter(who)) if len(who) == 1 else words

    for r in _rows(folder / "quotation_info.csv"):
        to = tuple(canonical(x) for x in _literal(r["addressees"]))
        for start, end in ast.literal_eval(r["quoteByteSpans"]):
            yield {
                "start": start, "end": end, "speaker": canonical(r["speaker"]), "to": to,
                "tag": r["quoteType"].lower(),
            }  # fmt: skip


def _cast(
    cast: Sequence[Mapping[str, str]], p: Json, owner: Mapping[int, str], narrators: Iterable[str]
) -> dict[str, Person]:
    """The cast. PDNC marks no mentions: where they are and whether by name is what Fabula read."""
    places: dict[str, list[int]] = collections.defaultdict(list)
    named = set()
    for m in p["mentions"]:
        who = owner.get(m["entity"]) if m.get("entity") is not None else None
        if who is not None and m.get("kind") in ("PROP", "NOM"):
            places[who].append(m["start"])
            named |= {who} if m["kind"] == "PROP" else set()
    told = {
        *narrators,
        *(owner[e["id"]] for e in p["entities"] if e.get("role") == "narrator" and e["id"] in owner),
    }
    return {
        (who := r["Main Name"]): Person(
            GENDER.get(r.get("Gender", "")), who in named, who in told, sorted(places[who])
        )
        for r in cast
    }


# ------------------------------------------------------------------ agreement
def check(cases: Sequence[Case], report: Report, figure: str) -> None:
    """Hold cases to what the scorer printed of the same document.

    Raises:
        BenchError: another number of cases, or of right ones.

    """
    value, n = report.scores.get(figure, (0.0, 0))
    share = 100 * sum(c.ok for c in cases) / max(1, len(cases))
    if len(cases) != (n or 0) or abs(share - value) > 0.051:
        raise BenchError(
            f"{figure}: {share:.1f} % of {len(cases)} here, {value:.1f} % of {n} by the scorer. "
            "Has the scorer changed? Then bench/error_cases.py must follow."
        )
