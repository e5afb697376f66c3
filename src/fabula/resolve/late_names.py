"""Nameless people who turn out to have a name: by saying it, or as the one person the story calls "they"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from fabula.heads.evidence import Evidence
from fabula.lexicon.gender import PRONOUNS
from fabula.resolve.coref import Distribution, EntityBeliefs
from fabula.resolve.names import NameBeliefs
from fabula.resolve.speech import SpeechBeliefs
from fabula.types import Story

_INTRODUCTIONS = (
    ("my", "name", "is"), ("my", "name", "'s"), ("the", "name", "'s"), ("the", "name", "is"), ("name", "'s"),
    ("i", "am"), ("i", "'m"), ("call", "me"), ("they", "call", "me"),
)  # fmt: skip
_NAMED = ((",", "whose", "name", "was"), ("whose", "name", "was"), (",", "named"), ("named",))
"""What joins a description to the name of the one described: "the lodger, whose name was Fisk"."""
THEY_NAMES, THEY_PRONOUNS = 4, 15
"""A person called "they" is named this often in narration, and the nameless "they" occurs this often."""


def late_names(
    story: Story, evidence: Evidence, names: NameBeliefs, entities: EntityBeliefs, speech: SpeechBeliefs
) -> dict[int, int]:
    """Nameless entity -> the roster's entity it is."""
    out = _introduced(story, evidence, names, speech, entities.n_named)
    for described, name in _named(story, evidence, names, entities):
        out.setdefault(described, name)
    they = _called_they(story, evidence, names, entities)
    if they is not None:
        out.setdefault(*they)
    return out


def _introduced(
    story: Story, evidence: Evidence, names: NameBeliefs, speech: SpeechBeliefs, n_named: int
) -> dict[int, int]:
    m, quote_of = evidence.mentions, evidence.layout.quote
    out: dict[int, int] = {}
    for k, e in enumerate(names.entity.tolist()):
        t = int(m.token_start[k])
        q = int(quote_of[t]) if e >= 0 else -1
        if q < 0 or names.roster[e].type != "PER" or not speech.speaker[q]:
            continue
        before = [story.token_text(x).lower().replace("’", "'") for x in range(max(0, t - 3), t)]
        if any(tuple(before[-len(p) :]) == p for p in _INTRODUCTIONS):
            speaker, p = speech.speaker[q][0]
            if speaker >= n_named and p > 0.3:
                out.setdefault(speaker, e)
    return out


def _named(
    story: Story, evidence: Evidence, names: NameBeliefs, entities: EntityBeliefs
) -> list[tuple[int, int]]:
    """Nameless entities that are described and named in one breath, with the roster's entity each is."""
    m = evidence.mentions
    ends = {int(b): k for k, b in enumerate(m.token_end.tolist()) if m.kind[k] == 1 and m.type[k] == 0}
    out = []
    for k, e in enumerate(names.entity.tolist()):
        if e < 0 or names.roster[e].type != "PER" or names.roster[e].number == "plur":
            continue
        t = int(m.token_start[k])
        before = tuple(story.token_text(x).lower() for x in range(max(0, t - 4), t))
        for words in _NAMED:
            j = ends.get(t - len(words), -1) if before[-len(words) :] == words else -1
            if j >= 0 and entities.entity[j] >= entities.n_named:
                out.append((int(entities.entity[j]), e))
    return out


def _called_they(
    story: Story, evidence: Evidence, names: NameBeliefs, entities: EntityBeliefs
) -> tuple[int, int] | None:
    """The nameless "they" that is the one named person without "he" or "she", if there is just one."""
    m, quote_of = evidence.mentions, evidence.layout.quote
    named: Counter[int] = Counter()
    single: Counter[int] = Counter()
    they: Counter[int] = Counter()
    other: Counter[int] = Counter()
    for k, e in enumerate(entities.entity.tolist()):
        t = int(m.token_start[k])
        if m.kind[k] == 2:
            p = PRONOUNS.get(story.token_text(t).lower())
            if p is not None and p.person == 3:
                (they if p.set == "they" else single)[e] += 1
        elif m.kind[k] == 0 and quote_of[t] < 0:
            named[e] += 1
        else:
            other[e] += 1
    people = [
        e
        for e, c in named.items()
        if c >= THEY_NAMES
        and e < len(names.roster)
        and names.roster[e].type == "PER"
        and names.roster[e].number == "sing"
        and max(names.roster[e].gender[:2]) < 0.5
        and single[e] <= 2 * c
    ]
    nameless = [
        e for e, c in they.most_common(1) if c >= THEY_PRONOUNS and e >= entities.n_named and not other[e]
    ]
    if not nameless or not people:
        return None
    return nameless[0], max(people, key=lambda e: (named[e], -e))


def rename(d: Distribution, same: Mapping[int, int]) -> Distribution:
    """A distribution with merged entities added up."""
    mass: dict[int, float] = {}
    for e, p in d:
        mass[same.get(e, e)] = mass.get(same.get(e, e), 0.0) + p
    return tuple(sorted(mass.items(), key=lambda t: (-t[1], t[0])))


def rename_entities(b: EntityBeliefs, same: Mapping[int, int]) -> EntityBeliefs:
    """The beliefs with merged entities added up."""
    if not same:
        return b
    distribution = tuple(rename(d, same) for d in b.distribution)
    return replace(
        b,
        distribution=distribution,
        entity=np.asarray([d[0][0] for d in distribution], dtype=np.int32),
        p=np.asarray([d[0][1] for d in distribution], dtype=np.float32),
    )
