"""Who may be meant: the people a window's header may name, in which words, and where they are mentioned."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from fabula.encoder.person_windows import MAX_PEOPLE
from fabula.encoder.pieces import normalise
from fabula.heads.evidence import Evidence
from fabula.lexicon.gender import PRONOUNS, noun_gender
from fabula.lexicon.name_titles import TITLES, fold
from fabula.resolve.coref import Distribution
from fabula.resolve.names import NameBeliefs
from fabula.resolve.roles import find_roles, role_of
from fabula.types import Floats, Ints, Story

BEFORE = 1000
"""Tokens before a window whose people may stand in its header."""
NAMELESS = 3
"""Mentions that make a nameless person worth an entry."""
REPEATED = 2
"""So many mentions by the same description do, too."""
GENDERED = 2.0
"""Weight of evidence for a pronoun set before it stands in the header."""


@dataclass(frozen=True, slots=True)
class Cast:
    """``words`` of the entities that may stand in a header.

    Their mentions as ``entity``, ``token``, ``weight``. ``role``: mention -> entity of those that are called
    by a description (``find_roles``). ``titled``: mention -> the named person whose title it is.
    """

    words: Mapping[int, tuple[str, ...]]
    entity: Ints
    token: Ints
    weight: Floats
    role: Mapping[int, int] = field(default_factory=dict)
    titled: Mapping[int, int] = field(default_factory=dict)


def describe_people(
    story: Story,
    evidence: Evidence,
    names: NameBeliefs,
    beliefs: Sequence[Distribution],
    narrators: Sequence[int],
) -> Cast:
    """Who may stand in a header, in which words, and where they are mentioned.

    Named people; those who are called by the same description again and again; and other nameless people
    whom enough links hold together.
    """
    m = evidence.mentions
    n_named = len(names.roster)
    roles = find_roles(story, evidence, beliefs, n_named)
    titled = _titled(names)
    role = {
        k: titled.get(_bare_title(story, evidence, first), n_named + first)
        for k, first in role_of(roles).items()
    }
    cluster = _clusters(evidence, beliefs, role, n_named)
    sets: dict[int, Counter[str]] = defaultdict(Counter)
    described: dict[int, tuple[float, int]] = {}
    count: dict[int, float] = defaultdict(float)
    entity, token, weight = [], [], []
    for k, d in enumerate(beliefs):
        if m.type[k] != 0 or not d:
            continue
        t = int(m.token_start[k])
        p = PRONOUNS.get(normalise(story.token_text(t)).lower()) if m.kind[k] == 2 else None
        for e, share in [(role[k], 1.0)] if k in role else d[:2]:
            if share < 0.3:
                continue
            e = cluster.get(e, e)
            count[e] += share
            entity.append(e)
            token.append(t)
            weight.append(share * (2.0 if m.kind[k] == 0 or k in role else 1.0))
            if p is not None and p.set not in ("it", "one"):
                sets[e][("we" if p.number == "plur" else "I") if p.person == 1 else p.set] += share  # type: ignore[assignment]
        if m.kind[k] == 1 and d[0][1] > 0.3 and k not in role:
            e = cluster.get(d[0][0], d[0][0])
            described[e] = max(described.get(e, (0.0, 0)), (d[0][1], -k))
    tells = set(narrators)
    words: dict[int, tuple[str, ...]] = {}
    for e in set(count) | tells - {-1}:
        used: dict[str, float] = {s: w for s, w in sets[e].items() if s not in ("I", "we", "you", "they")}
        if e < n_named:
            entry = names.roster[e]
            if entry.type != "PER" or entry.sworn or entry.number == "plur":
                continue
            phrase = entry.name.split()[:5]
            he, she, _ = entry.gender
        else:
            c = sets[e]
            many = c["they"] + c["we"]
            if (
                e not in tells
                and len(roles.get(e - n_named, ())) < REPEATED
                and (count[e] < NAMELESS or many > 0.6 * sum(c.values()) > 0)
            ):
                continue
            k = e - n_named if e - n_named in roles else -described.get(e, (0.0, 1))[1]
            phrase, he, she = [], 0.0, 0.0
            if k >= 0:
                phrase = [story.token_text(t) for t in range(int(m.token_start[k]), int(m.token_end[k]))][:6]
                he, she, _ = noun_gender(story.token_text(int(m.head_token[k])))
        for name, w in (("he", he), ("she", she)):
            used[name] = used.get(name, 0.0) + 3.0 * w
        they = sets[e]["they"] if e < n_named else 0.0
        best = max(used, key=lambda s: (used[s], s))
        if they > 3 * used[best] and they > 2 * GENDERED:
            phrase = [*phrase, "they"]
        elif used[best] >= GENDERED and used[best] > 2 * (sum(used.values()) - used[best]):
            phrase = [*phrase, best]
        if e in tells:
            phrase = [*phrase, "I"]
        if phrase:
            words[e] = tuple(phrase)
    return Cast(
        words,
        np.asarray(entity, np.int32),
        np.asarray(token, np.int32),
        np.asarray(weight, np.float32),
        {k: e for k, e in role.items() if e >= n_named},
        {
            k: titled[title]
            for k in np.flatnonzero((m.type == 0) & (m.kind == 1)).tolist()
            if (title := _bare_title(story, evidence, k)) in titled
        },
    )


_BORNE = frozenset(["doc", "rank", "office", "clergy", "noble", "regal"])


def _titled(names: NameBeliefs) -> dict[str, int]:
    """What stands before a name -> the one person of the roster who bears it.

    A title in its canonical form, any other word as it is: "farmer" of Farmer Lugg.
    """
    bearers: dict[str, set[int]] = defaultdict(set)
    for e, entry in enumerate(names.roster):
        if entry.type == "PER" and not entry.sworn and entry.number == "sing":
            for form in (entry.name, *(a.text for a in entry.aliases)):
                word = fold(form.split()[0]) if " " in form else ""
                title = TITLES.get(word)
                if title is None:
                    bearers[word].add(e)
                elif title.kind in _BORNE:
                    bearers[title.id].add(e)
    return {title: min(who) for title, who in bearers.items() if title and len(who) == 1}


def _bare_title(story: Story, evidence: Evidence, k: int) -> str:
    """The title or word that a mention consists of, a determiner aside: "dr" of "the doctor"; else ""."""
    m = evidence.mentions
    words = [fold(story.token_text(t)) for t in range(int(m.token_start[k]), int(m.token_end[k]))]
    title = TITLES.get(words[-1])
    if len(words) > 2 or (len(words) == 2 and words[0] not in ("the", "this", "that")):
        return ""
    return title.id if title is not None else words[-1] if len(words) == 2 else ""


def _clusters(
    evidence: Evidence, beliefs: Sequence[Distribution], role: Mapping[int, int], n_named: int
) -> dict[int, int]:
    """Nameless entities of the links -> the role that most of their descriptions have."""
    votes: dict[int, Counter[int]] = defaultdict(Counter)
    for k, d in enumerate(beliefs):
        if evidence.mentions.kind[k] == 1 and d and d[0][0] >= n_named:
            votes[d[0][0]][role.get(k, -1)] += d[0][1]  # type: ignore[assignment]
    best = {e: max(c, key=lambda r: (c[r], -r)) for e, c in votes.items()}
    return {e: r for e, r in best.items() if r >= 0}


def header_of(cast: Cast, start: int, end: int) -> list[int]:
    """The entities of the header of tokens [start, end), most mentioned first, at most MAX_PEOPLE."""
    lo, mid, hi = np.searchsorted(cast.token, [start - BEFORE, start, end])
    score: dict[int, float] = {}
    for a, b, factor in ((lo, mid, 0.15), (mid, hi, 1.0)):
        for e, w in zip(cast.entity[a:b].tolist(), cast.weight[a:b].tolist(), strict=True):
            if e in cast.words:
                score[e] = score.get(e, 0.0) + factor * w
    return sorted(score, key=lambda e: (-score[e], e))[:MAX_PEOPLE]
