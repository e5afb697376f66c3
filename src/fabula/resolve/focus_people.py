"""Where everybody is mentioned, named and heard: what the features of ``focus`` look things up in."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence

from fabula.heads.evidence import Evidence
from fabula.resolve.coref import Distribution, EntityBeliefs
from fabula.resolve.names import NameBeliefs
from fabula.types import Story

QUIET = 4
"""Paragraphs without speech after which another conversation begins."""
GIVEN = 3.0
"""What a name's or a title's gender weighs, in pronouns."""
CLOSE = 200
"""Mentions of one sentence or one quote, and lines of one paragraph, that are looked at on either side: a
whole novel may be one line.
"""
_SEX = {3: 0, 4: 1}
"""Class of a pronoun (``heads/pair_features.py``) -> he, she; all other sets are one."""

Shares = dict[int, float]


def sex_of(cls: int) -> int:
    """0 for "he", 1 for "she", 2 for a neopronoun."""
    return _SEX.get(cls, 2)


def close_to(k: int, places: Sequence[int]) -> Sequence[int]:
    """The CLOSE of ``places``, which rise, on either side of ``k``."""
    i = bisect_left(places, k)
    return places[max(0, i - CLOSE) : i + CLOSE]


def highest(beliefs: Sequence[Distribution], mentions: Iterable[int]) -> Shares:
    """The highest share that each entity has in any of the mentions."""
    out: Shares = {}
    for k in mentions:
        for e, p in beliefs[k]:
            if p > out.get(e, 0.0):
                out[e] = p
    return out


def mean(beliefs: Sequence[Distribution], mentions: Sequence[int]) -> Shares:
    """The mean share that each entity has in the mentions."""
    out: Shares = {}
    n = max(1, len(mentions))
    for k in mentions:
        for e, p in beliefs[k]:
            out[e] = out.get(e, 0.0) + p / n
    return out


class FocusPeople:
    """Mentions by whom they mean, in text order; and the story's layout as plain lists.

    ``third``: mentions that are "he", "she" or a neopronoun. ``people``: entities that may be one person.
    """

    def __init__(self, story: Story, evidence: Evidence, names: NameBeliefs, entities: EntityBeliefs) -> None:
        m, layout = evidence.mentions, evidence.layout
        self.beliefs, self.n_named = entities.distribution, entities.n_named
        self.kind: list[int] = m.kind.tolist()
        self.start: list[int] = m.token_start.tolist()
        self.person: list[bool] = (m.type == 0).tolist()
        n = len(self.kind)
        self.cls: list[int] = evidence.anaphors.cls[:n].tolist()
        self.quote: list[int] = layout.quote[m.token_start].tolist() if n else []
        self.paragraph: list[int] = layout.paragraph[m.token_start].tolist() if n else []
        self.sentence: list[int] = layout.sentence[m.token_start].tolist() if n else []
        relations = evidence.syntax.deprel
        self.relation = [
            relations[h].partition(":")[0] if h < len(relations) else "" for h in m.head_token.tolist()
        ]
        self.third = [
            k
            for k in range(n)
            if self.kind[k] == 2 and self.cls[k] in (3, 4, 8) and layout.told[self.start[k]]
        ]
        self.best: list[int] = entities.entity.tolist()
        self._where(names)
        self._lay_out_quotes(story, evidence)

    def _where(self, names: NameBeliefs) -> None:
        roster = names.roster
        self.at: dict[int, list[int]] = defaultdict(list)
        self.named_at: dict[int, list[int]] = defaultdict(list)
        self.described: dict[int, int] = defaultdict(int)
        self.in_sentence: dict[int, list[int]] = defaultdict(list)
        self.same_set: dict[int, list[int]] = defaultdict(list)
        self.lean: dict[int, list[float]] = {e: [GIVEN * g for g in r.gender] for e, r in enumerate(roster)}
        for k, e in enumerate(self.best):
            if not self.person[k]:
                continue
            self.in_sentence[self.sentence[k]].append(k)
            self.at[e].append(k)
            if self.kind[k] == 0:
                self.named_at[e].append(k)
            self.described[e] += self.kind[k] == 1
        for k in self.third:
            self.same_set[self.cls[k]].append(k)
            for e, p in self.beliefs[k][:3]:
                self.lean.setdefault(e, [0.0, 0.0, 0.0])[sex_of(self.cls[k])] += p

        def single(e: int) -> bool:
            if e >= self.n_named:
                return True
            return roster[e].type == "PER" and not roster[e].sworn and roster[e].number != "plur"

        self.people = {e for e in self.at if single(e)}
        self.names = [k for k in range(len(self.kind)) if self.kind[k] == 0 and self.best[k] in self.people]
        self.introduced = sorted(
            (at[0], e) for e, at in self.named_at.items() if e in self.people and e < self.n_named
        )
        self.subjects = [
            k
            for k in range(len(self.kind))
            if self.relation[k] == "nsubj" and self.person[k] and self.quote[k] < 0
        ]

    def _lay_out_quotes(self, story: Story, evidence: Evidence) -> None:
        """Quotes that lie in no other, their paragraphs, and which conversation a paragraph belongs to."""
        layout = evidence.layout
        tokens: list[int] = layout.quote_tokens[:, 0].tolist()
        self.quotes = [q for q, quote in enumerate(story.quotes) if quote.parent is None]
        self.quote_start = [tokens[q] for q in self.quotes]
        self.quote_paragraph = [
            int(layout.paragraph[t]) if t < len(layout.paragraph) else -1 for t in self.quote_start
        ]
        self.within: dict[int, list[int]] = defaultdict(list)
        for k, q in enumerate(self.quote):
            if q >= 0 and self.person[k]:
                self.within[q].append(k)
        self.beside: dict[int, list[int]] = defaultdict(list)
        for r, p in enumerate(self.quote_paragraph):
            self.beside[p].append(r)
        self.conversation: list[int] = []
        number, quiet = 0, 0
        for p in range(max(self.paragraph, default=0) + 1):
            quiet = 0 if p in self.beside else quiet + 1
            number += quiet >= QUIET
            self.conversation.append(number)
        place = {q: r for r, q in enumerate(self.quotes)}
        self._outer: list[int] = []
        for q, quote in enumerate(story.quotes):
            self._outer.append(place[q] if quote.parent is None else self._outer[quote.parent])

    def rank(self, k: int) -> int:
        """The place in ``quotes`` of the quote that mention ``k`` stands in, or of the next one."""
        q = self.quote[k]
        return self._outer[q] if q >= 0 else bisect_left(self.quote_start, self.start[k])

    def fit(self, e: int, sex: int) -> float:
        """How far an entity's pronouns, name and titles speak for a set, in (0, 1); 1/3 if nothing does."""
        lean = self.lean.get(e, (0.0, 0.0, 0.0))
        return (lean[sex] + 0.25) / (sum(lean) + 0.75)
