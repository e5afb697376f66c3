"""Groups: entities that are several people, and who those are where the text says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from fabula.heads.evidence import Evidence
from fabula.resolve.both import pairs_of_people
from fabula.resolve.coref import EntityBeliefs
from fabula.resolve.names import NameBeliefs
from fabula.types import Span, Story

_AND = frozenset({"and", "&"})


def find_groups(
    story: Story,
    evidence: Evidence,
    names: NameBeliefs,
    entities: EntityBeliefs,
    scenes: Sequence[Span] = (),
) -> Mapping[int, tuple[int, ...]]:
    """Entity -> its members, for persons' entities that hold a coordination ("Tom and Ann") or plural name.

    Members are the entities of the mentions the coordination directly contains; of "they both" and its like
    the two people present in the scene.
    """
    m = evidence.mentions
    out: dict[int, tuple[int, ...]] = {}
    start, end = m.token_start, m.token_end
    for k in range(len(m)):
        if m.type[k] != 0 or end[k] - start[k] < 3:
            continue
        hi = int(np.searchsorted(start, end[k]))
        inside = [j for j in range(k + 1, hi) if end[j] <= end[k] and m.type[j] == 0]
        outer = [
            j for j in inside if not any(start[o] <= start[j] and end[j] <= end[o] and o != j for o in inside)
        ]
        if len(outer) < 2 or start[outer[0]] != start[k] or end[outer[-1]] != end[k]:
            continue
        words = {story.token_text(t).lower() for t in range(int(end[outer[-2]]), int(start[outer[-1]]))}
        if words & _AND:
            members = tuple(dict.fromkeys(int(entities.entity[j]) for j in outer))
            group = int(entities.entity[k])
            if len(members) >= 2 and group not in members:
                out.setdefault(group, members)
    for e, entry in enumerate(names.roster):
        if entry.number == "plur" and entry.type == "PER":
            out.setdefault(e, ())
    return pairs_of_people(story, evidence, names, entities, scenes, out) | out
