"""Nameless people who turn out to have a name: they say it, or are called by it, or are the one "they"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from fabula.heads.evidence import Evidence
from fabula.lexicon.gender import PRONOUNS
from fabula.resolve.coref import Distribution, EntityBeliefs, best_first
from fabula.resolve.names import NameBeliefs
from fabula.resolve.quote_context import QuoteContext
from fabula.resolve.speech import SpeechBeliefs
from fabula.types import Story

_NAMED = ((",", "whose", "name", "was"), ("whose", "name", "was"), (",", "named"), ("named",))
"""What joins a description to the name of the one described: "the lodger, whose name was Fisk"."""
HEARS = 0.3
"""Share from which a line that calls somebody by name is said to a person."""
THEY_NAMES, THEY_PRONOUNS = 4, 15
"""A person called "they" is named this often in narration, and the nameless "they" occurs this often."""


def late_names(
    story: Story,
    evidence: Evidence,
    names: NameBeliefs,
    entities: EntityBeliefs,
    speech: SpeechBeliefs,
    calls: Mapping[int, Sequence[int]] | None = None,
    said: Mapping[int, int] | None = None,
) -> dict[int, int]:
    """Nameless entity -> the roster's entity it is.

    ``calls`` as ``called_out`` gives them, ``said`` as ``introduced`` does.
    """
    out = _introduced(said or {}, speech, entities.n_named)
    for e, quotes in (calls or {}).items():
        heard = _hearer(speech, quotes)
        if heard >= entities.n_named and e not in out.values():
            out.setdefault(heard, e)
    for described, name in _named(story, evidence, names, entities):
        out.setdefault(described, name)
    they = _called_they(story, evidence, names, entities)
    if they is not None:
        out.setdefault(*they)
    return out


def called_out(
    names: NameBeliefs, quotes: Sequence[QuoteContext], away: frozenset[int]
) -> dict[int, list[int]]:
    """Entity of ``away`` -> the quotes that are addressed to it by name: it is there after all.

    Nobody sworn by, and no narrator: of them it is known.
    """
    out: dict[int, list[int]] = {}
    for q, context in enumerate(quotes):
        for j in (*context.vocatives, *context.perhaps):
            e = int(names.entity[j])
            if e in away and not names.roster[e].sworn:
                out.setdefault(e, []).append(q)
    return out


def _hearer(speech: SpeechBeliefs, quotes: Sequence[int]) -> int:
    """Who hears most of the quotes, by share; -1 if nobody is likely to."""
    mass: dict[int, float] = {}
    for q in quotes:
        for e, p in speech.addressee[q]:
            mass[e] = mass.get(e, 0.0) + p
    best = max(mass, key=lambda e: (mass[e], -e), default=-1)
    return best if best >= 0 and mass[best] > HEARS * len(quotes) else -1


def _introduced(said: Mapping[int, int], speech: SpeechBeliefs, n_named: int) -> dict[int, int]:
    out: dict[int, int] = {}
    for q, e in said.items():
        speaker, p = speech.speaker[q][0] if speech.speaker[q] else (-1, 0.0)
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
    return best_first(mass.items())


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
