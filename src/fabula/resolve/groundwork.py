"""What the stages ask of text and evidence alone: found once, the same in every pass."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Mapping
from functools import cached_property

from fabula.heads.evidence import Evidence
from fabula.resolve.grammar import apart
from fabula.resolve.introductions import introduced
from fabula.resolve.links import Links, Sets, pronoun_sets
from fabula.resolve.names import NameBeliefs
from fabula.resolve.repeats import repeated_things
from fabula.resolve.speakers import Surroundings, surroundings
from fabula.types import Story

KEPT_LINKS = 4
"""Answers to one decision share theirs in the first pass."""


class Groundwork:
    """What no belief changes, of one story; each part is found when it is first asked for.

    Whoever settles a story again and again, as corrections do, keeps it between the runs, and ``kept`` links
    with it; whoever reads once keeps none, since those of a long novel are large.
    """

    def __init__(self, story: Story, evidence: Evidence, kept: int = KEPT_LINKS) -> None:
        self._story, self._evidence, self._kept = story, evidence, kept
        self._links: OrderedDict[tuple[bytes, frozenset[int]], Links] = OrderedDict()
        self._introduced: tuple[NameBeliefs, Mapping[int, int]] | None = None

    @cached_property
    def around(self) -> Surroundings:
        """What stands around quotes."""
        return surroundings(self._story, self._evidence)

    @cached_property
    def apart(self) -> Mapping[int, tuple[int, ...]]:
        """Mention -> earlier mentions that mean somebody else, by grammar."""
        return apart(self._story, self._evidence)

    @cached_property
    def repeats(self) -> Mapping[int, tuple[int, float]]:
        """Mention of a place or thing -> the last of the same words, and how surely it is the same."""
        return repeated_things(self._story, self._evidence)

    @cached_property
    def sets(self) -> Sets:
        """The pronoun set that each mention shows."""
        return pronoun_sets(self._story, self._evidence)

    def introduced(self, names: NameBeliefs) -> Mapping[int, int]:
        """Quote -> the person that its speaker says to be; kept for the names asked for last."""
        if self._introduced is None or self._introduced[0] is not names:
            self._introduced = names, introduced(self._evidence, names, self.around[0])
        return self._introduced[1]

    def links(self, names: NameBeliefs, known: Collection[int]) -> Links:
        """The pair scorer's word on every mention but the ``known``; kept for those asked for last."""
        key = (names.entity.tobytes(), frozenset(known))
        found = self._links.get(key)
        if found is None:
            found = Links(self._story, self._evidence, names.entity, known, self.sets)
            self._links[key] = found
            while len(self._links) > self._kept:
                self._links.popitem(last=False)
        return found
