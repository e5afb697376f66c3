"""GAP's passages (Webster et al. 2018) for the person model: one pronoun each, and two names it may mean."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from training.person_data import People, from_spans
from training.silver import gap_rows

LONGEST = 170
"""Tokens of a passage at most: they are learnt from side by side."""


def load_gap(folder: Path) -> list[People]:
    """The passages whose pronoun means one of the two; every mention of either name is marked."""
    found = (_people(row, right) for row, right in gap_rows(folder))
    return [p for p in found if p is not None and len(p.tokens) <= LONGEST]


def _people(row: Mapping[str, str], right: int) -> People | None:
    text, at, pronoun = row["Text"], int(row["Pronoun-offset"]), row["Pronoun"]
    spans = [(at, at + len(pronoun), 2, right)]
    for k, name in enumerate("AB"):
        for m in re.finditer(rf"(?<!\w){re.escape(row[name])}(?!\w)", text):
            if not any(a < m.end() and m.start() < b for a, b, *_ in spans):
                spans.append((*m.span(), 0, k))
    if {k for *_, kind, k in spans if kind == 0} != {0, 1}:
        return None
    spans.sort(key=lambda s: (s[0], -s[1]))
    p = from_spans(f"gap_{row['ID']}", text, [(row["A"], []), (row["B"], [])], spans, [], "gap")
    she = pronoun.lower() in ("she", "her", "hers")
    for k in (0, 1):
        p.people[k].pronoun = p.people[k].pronoun or ("she" if she else "he")
    p.name_words = dict.fromkeys(p.name_words, "f" if she else "m")
    return p
