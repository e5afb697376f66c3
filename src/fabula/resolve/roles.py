"""Nameless people whom a text keeps calling by the same words: "the taster", "the older man", "my uncle"."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fabula.heads.evidence import Evidence
from fabula.lexicon.name_titles import ADDRESS_ONLY
from fabula.resolve.coref import Distribution
from fabula.types import Story

APART = 2500
"""Tokens without a mention after which the same words may well mean somebody else."""
LONGEST = 5
"""Words in a description, its determiner included."""
LEAST = 2
"""Mentions that make the bearer of a description worth telling apart."""
_ONE = frozenset(["the", "this", "that"])
_WHOSE_ELSE = frozenset(["your", "his", "her", "our", "their"])
_WHOSE = _WHOSE_ELSE | {"my"}
_ANYBODY = frozenset(
    ["one", "other", "others", "first", "second", "last", "latter", "former", "person", "thing", "body",
     "people", "fool", "god", "devil", "crowd", "crew", "company", "family", "rest"]
)  # fmt: skip


def find_roles(
    story: Story, evidence: Evidence, beliefs: Sequence[Distribution], n_named: int
) -> dict[int, tuple[int, ...]]:
    """First mention of a description -> all its mentions.

    One that stands once must be new to ``beliefs`` or begin with "my".
    Singular, definite, of a person. "The captain" and "Captain", "my dad" and "Dad" are one; "his father" and
    "her father" are two. Cost: linear in mentions.
    """
    m, syntax = evidence.mentions, evidence.syntax
    open_: dict[str, list[int]] = {}
    found: list[list[int]] = []
    for k in np.flatnonzero((m.type == 0) & (m.kind == 1)).tolist():
        a, b, h = int(m.token_start[k]), int(m.token_end[k]), int(m.head_token[k])
        if b - a > LONGEST or h != b - 1 or syntax.xpos[h] not in ("NN", "NNP"):
            continue
        words = [story.token_text(t).lower() for t in range(a, b)]
        bare = len(words) == 1 and story.token_text(a)[:1].isupper() and words[0] not in ADDRESS_ONLY
        if words[-1] in _ANYBODY or not (bare or (len(words) > 1 and words[0] in _ONE | _WHOSE)):
            continue
        key = " ".join(words[not bare and words[0] not in _WHOSE_ELSE :])
        group = open_.get(key)
        if group is None or a - int(m.token_start[group[-1]]) > APART:
            open_[key] = group = []
            found.append(group)
        group.append(k)

    def mine(k: int) -> bool:
        return story.token_text(int(m.token_start[k])).lower() == "my"

    return {
        g[0]: tuple(g)
        for g in found
        if len(g) >= LEAST or mine(g[0]) or _is_new(beliefs[g[0]], n_named + g[0])
    }


def role_of(roles: dict[int, tuple[int, ...]]) -> dict[int, int]:
    """Mention -> the first mention of its role."""
    return {k: first for first, group in roles.items() for k in group}


def _is_new(d: Distribution, own: int) -> bool:
    """Whether the links say of a mention that nobody told of before is meant."""
    return bool(d) and d[0][0] == own
