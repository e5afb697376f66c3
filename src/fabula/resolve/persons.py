"""Whom each mention means and who speaks each quote to whom, as the person model sees it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from fabula.heads.evidence import Evidence
from fabula.resolve.constraints import Constraints
from fabula.resolve.coref import APART, KEEP, Distribution, EntityBeliefs, best_first
from fabula.resolve.letter_writers import readers_own
from fabula.resolve.names import NameBeliefs
from fabula.resolve.own_words import narrators_own
from fabula.resolve.person_cast import describe_people
from fabula.resolve.person_reading import PEOPLE, SOMEBODY, PersonBeliefs, PersonReading
from fabula.resolve.speech import SpeechBeliefs
from fabula.types import Floats, Ints, Story

TAG_SURE = 0.95
"""A tag's speaker at least so sure is marked from the start."""
SAME, SAME_ODDS = 0.1, 0.1
"""Mean share of a description's mentions, and share beside its own entry, from which it means somebody else.

Both low: two entries for one person cost more than one for two, and its own words speak for its own entry.
"""
FLOOR = 3e-3
"""What the person model's word that somebody does not speak is worth at most."""


def read_persons(
    story: Story,
    evidence: Evidence,
    names: NameBeliefs,
    entities: EntityBeliefs,
    speech: SpeechBeliefs,
    narrators: Sequence[int],
    held: Constraints | None = None,
) -> PersonBeliefs:
    """Ask the person model; what is known, or ``held``, is marked.

    Known are names, titles that one person bears, who tells, and speakers whom a tag names. Cost: linear in
    the story.
    """
    scorer = evidence.persons
    assert scorer is not None
    quotes = len(story.quotes)
    told: list[Distribution] = [()] * quotes
    for q in range(quotes):
        d = speech.speaker[q]
        if speech.type[q] == "explicit" and d and d[0][1] > TAG_SURE:
            told[q] = d[:1]
    mentions: list[Distribution] = [()] * len(evidence.mentions)
    heard: list[Distribution] = [()] * quotes
    for own in (
        narrators_own(story, evidence, narrators),
        readers_own(story, evidence, names, narrators),
    ):
        for k, e in own.items():
            mentions[k] = ((e, 1.0),)
    if held is not None:
        for k, e in held.mentions.items():
            mentions[k] = ((e, 1.0),)
        for q, e in held.speakers.items():
            told[q] = ((e, 1.0),) if e >= 0 else ()
        for q, who in held.addressees.items():
            heard[q] = ((who[0] if len(who) == 1 else PEOPLE if who else SOMEBODY, 1.0),)
    cast = describe_people(story, evidence, names, entities.distribution, narrators)
    for k, e in cast.titled.items():
        mentions[k] = mentions[k] or ((e, 1.0),)
    known = PersonBeliefs(tuple(mentions), tuple(told), tuple(heard))
    reading = PersonReading(story, evidence, scorer, names, cast, known, narrators)
    return _joined(reading.ask(), cast.role)


def _joined(said: PersonBeliefs, role: Mapping[int, int]) -> PersonBeliefs:
    """Roles that are other people's become theirs: where "the taster" is said to be Odra, so is its entry."""
    mass: dict[int, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    n: dict[int, int] = defaultdict(int)
    for k, r in role.items():
        n[r] += bool(said.mention[k])
        for e, p in said.mention[k]:
            mass[r][e] += p
    same: dict[int, int] = {}
    for r, shares in mass.items():
        others = {e: p for e, p in shares.items() if e >= 0 and e != r}
        best = max(others, key=lambda e: (others[e], -e), default=SOMEBODY)
        if best >= 0 and others[best] >= max(SAME * n[r], SAME_ODDS * (others[best] + shares.get(r, 0.0))):
            same[r] = best

    def root(e: int) -> int:
        seen = {e}
        while e in same and same[e] not in seen:
            e = same[e]
            seen.add(e)
        return e

    def join(d: Distribution) -> Distribution:
        total: dict[int, float] = defaultdict(float)
        for e, p in d:
            total[root(e)] += p
        return best_first(total.items())

    return PersonBeliefs(*(tuple(map(join, x)) for x in (said.mention, said.speaker, said.hearer)))


def with_persons(entities: EntityBeliefs, persons: PersonBeliefs) -> EntityBeliefs:
    """What the person model says of each mention.

    What it leaves to somebody else goes to those it was not shown.
    """
    out: list[Distribution] = []
    for k, (old, new) in enumerate(zip(entities.distribution, persons.mention, strict=True)):
        if not new:
            out.append(old)
            continue
        mass = {e: p for e, p in new if e >= 0}
        other = max(0.0, 1.0 - sum(mass.values()))
        rest = {e: p for e, p in old if e not in mass} or {entities.n_named + k: 1.0}
        total = sum(rest.values())
        for e, p in rest.items():
            mass[e] = other * p / total
        out.append(best_first(mass.items(), KEEP))
    return replaced(entities, out)


def halfway(
    entities: EntityBeliefs,
    persons: PersonBeliefs,
    fixed: Mapping[int, Distribution],
    barred: Mapping[int, Distribution],
) -> EntityBeliefs:
    """The mean of ``entities``, where links and the person model were multiplied, and the model's own word.

    Links know of other mentions but run nameless people together; the model knows who else is about. What is
    ``fixed`` stays, and whom grammar has ``barred`` the model's own word does not mean either.
    """
    asked = tuple(() if k in fixed else _without(d, barred.get(k, ())) for k, d in enumerate(persons.mention))
    alone = with_persons(entities, replace(persons, mention=asked))
    out: list[Distribution] = []
    for k, (one, other) in enumerate(zip(entities.distribution, alone.distribution, strict=True)):
        if not asked[k]:
            out.append(one)
            continue
        mass: dict[int, float] = defaultdict(float)
        for e, p in (*one, *other):
            if p > 0:
                mass[e] += p / 2
        out.append(best_first(mass.items(), KEEP))
    return replaced(entities, out)


def kept_apart(
    entities: EntityBeliefs, apart: Mapping[int, Sequence[int]], fixed: Mapping[int, Distribution]
) -> EntityBeliefs:
    """Mentions that grammar keeps ``apart`` and that got one person are two people: P(a, b | a ≠ b).

    "He looked him up and down": asked by itself about each, the person model may give one answer twice. What
    is ``fixed`` stays.
    """
    out = list(entities.distribution)
    for k, others in apart.items():
        for j in others:
            one, other = out[k], out[j]
            if one and other and one[0][0] == other[0][0]:
                out[k] = one if k in fixed else _but_not(one, other)
                out[j] = other if j in fixed else _but_not(other, one)
    return replaced(entities, out)


def _but_not(d: Distribution, other: Distribution) -> Distribution:
    """A distribution, given that it is not who ``other`` is."""
    return best_first(_without(d, [(e, APART * p) for e, p in other]))


def _without(d: Distribution, barred: Sequence[tuple[int, float]]) -> Distribution:
    """A distribution less what is barred, made whole again."""
    left = dict(d)
    for e, share in barred:
        if e in left:
            left[e] *= 1.0 - share
    total = sum(left.values())
    return tuple((e, p / total) for e, p in left.items()) if barred and total > 0 else d


def replaced(entities: EntityBeliefs, out: Sequence[Distribution]) -> EntityBeliefs:
    """``entities`` with other distributions, each best first."""
    return replace(
        entities,
        distribution=tuple(out),
        entity=np.asarray([d[0][0] for d in out], dtype=np.int32),
        p=np.asarray([d[0][1] for d in out], dtype=np.float32),
    )


def replaced_at(entities: EntityBeliefs, known: Mapping[int, Distribution]) -> EntityBeliefs:
    """``entities`` with other distributions, each best first, of the mentions in ``known``."""
    return replaced(entities, [known.get(k, d) for k, d in enumerate(entities.distribution)])


def people_seen(persons: PersonBeliefs) -> dict[int, Distribution]:
    """Per mention that was asked after, the probabilities of the people it was shown."""
    return {k: tuple((e, p) for e, p in d if e >= 0) for k, d in enumerate(persons.mention) if d}


def speech_priors(persons: PersonBeliefs, q: int, candidates: Ints) -> Floats:
    """Log-probabilities (n + 1, 2) of quote ``q``'s candidates, and at last nobody.

    As speaker and addressee.
    """
    out = np.zeros((len(candidates) + 1, 2), dtype=np.float32)
    for column, d in enumerate((persons.speaker[q], persons.hearer[q])):
        if not d:
            continue
        known = {e: p for e, p in d if e >= 0}
        other = max(0.0, 1.0 - sum(known.values()))
        strangers = [e for e in candidates.tolist() if e not in known]
        each = other / (len(strangers) + 1)
        out[:-1, column] = [known.get(e, each) for e in candidates.tolist()]
        out[-1, column] = other if column else each
    asked = np.asarray([bool(persons.speaker[q]), bool(persons.hearer[q])])
    return np.asarray(np.log(np.maximum(out, FLOOR)) * asked, dtype=np.float32)
