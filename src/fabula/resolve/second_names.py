"""Second names: whom talk calls by a name that the narration never uses ("Dr Bratt", who is Ilse there).

Spelling cannot tell, what happens can: who answers, who is in the room, whose trade it is. So the person
model is asked whom such a name means, as it is asked of a description.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np

from fabula.heads.evidence import Evidence
from fabula.resolve.coref import EntityBeliefs
from fabula.resolve.name_fit import clash_of_gender, top
from fabula.resolve.names import NameBeliefs, RosterEntry
from fabula.resolve.person_reading import PersonReading
from fabula.resolve.persons import what_is_known
from fabula.resolve.speech import SpeechBeliefs
from fabula.types import Alias, Story

LONGEST = 20_000
"""Tokens up to which a text is asked: in a longer one a name is heard once, its bearer chapters away."""
SURE = 0.5
"""Mean share of a name's uses that must mean one other person."""


def second_names(
    story: Story,
    evidence: Evidence,
    names: NameBeliefs,
    entities: EntityBeliefs,
    speech: SpeechBeliefs,
    narrators: Sequence[int],
) -> dict[int, int]:
    """Roster index of a person whom only talk names -> that of the person it is.

    Cost: linear in the story.
    """
    if evidence.persons is None or len(story.tokens) > LONGEST:
        return {}
    doubted = doubtful_names(evidence, names, narrators)
    if not doubted:
        return {}
    cast, known = what_is_known(story, evidence, names, entities, speech, narrators)
    reading = PersonReading(story, evidence, evidence.persons, names, cast, known, narrators, doubted)
    answers = reading.ask().mention
    share: dict[int, Counter[int]] = defaultdict(Counter)
    asked: Counter[int] = Counter()
    for k in np.flatnonzero(evidence.mentions.kind == 0).tolist():
        e = int(names.entity[k])
        if e in doubted and answers[k]:
            asked[e] += 1
            for who, p in answers[k]:
                share[e][who] += p  # type: ignore[assignment]
    same: dict[int, int] = {}
    for e, shares in share.items():
        other = max((x for x in shares if x >= 0 and x != e), key=lambda x: (shares[x], -x), default=-1)
        if not 0 <= other < len(names.roster) or shares[other] < SURE * asked[e]:
            continue
        if not clash_of_gender(names.roster[e].gender, names.roster[other].gender):
            same[e] = other
    # Of two talked of, neither is the other's bearer: one of the narration is.
    return {e: to for e, to in same.items() if to not in same}


def doubtful_names(evidence: Evidence, names: NameBeliefs, keep: Collection[int]) -> frozenset[int]:
    """Named people whom only talk names; none of ``keep``, of the cast file, or sworn by."""
    m, quote_of = evidence.mentions, evidence.layout.quote
    told = {e for k, e in enumerate(names.entity.tolist()) if e >= 0 and quote_of[m.token_start[k]] < 0}
    return frozenset(
        e
        for e in set(names.entity.tolist()) - told - {-1}
        if names.roster[e].type == "PER"
        and names.roster[e].number == "sing"
        and not (names.roster[e].sworn or names.roster[e].known or e in keep)
    )


def joined_names(names: NameBeliefs, same: Mapping[int, int]) -> NameBeliefs:
    """The names with people joined: roster index -> that of whom it is. Nobody joined is joined to."""
    kept = [e for e in range(len(names.roster)) if e not in same]
    number = {e: k for k, e in enumerate(kept)}
    number |= {e: number[to] for e, to in same.items()}
    more: dict[int, list[RosterEntry]] = defaultdict(list)
    for e, to in same.items():
        more[to].append(names.roster[e])
    table = np.asarray([*(number[e] for e in range(len(names.roster))), -1], dtype=np.int32)
    return replace(
        names,
        roster=tuple(_with(names.roster[e], more[e]) for e in kept),
        entity=table[names.entity],
        headed={label: number[e] for label, e in names.headed.items()},
    )


def _with(entry: RosterEntry, others: Sequence[RosterEntry]) -> RosterEntry:
    """An entry that has others' forms and what they say of gender besides."""
    count: Counter[str] = Counter()
    gender = entry.gender
    for x in (entry, *others):
        gender = top(gender, x.gender)
        for alias in x.aliases:
            count[alias.text] += alias.count
    aliases = sorted((Alias(t, n) for t, n in count.items()), key=lambda a: (-a.count, -len(a.text), a.text))
    return replace(entry, aliases=tuple(aliases), gender=gender) if others else entry
