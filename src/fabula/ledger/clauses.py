"""Who is the subject and who the object of a verb: the parse joined to the people of the reading."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from fabula.lexicon.bodies import BODY_PARTS, WORN
from fabula.lexicon.words import words
from fabula.types import STORY_KINDS, Analysis, Mention, Span

NOBODY = words(
    """
    nobody no-one noone none everybody everyone anybody anyone somebody someone who whoever whom
    people nothing something it one what which
    """
)
"""Head words of mentions that are nobody in particular."""
PASSIVE = frozenset({"nsubj:pass", "csubj:pass"})
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer"})
_VERBAL = frozenset({"VERB", "AUX"})
_OBJECT_CONTROL = words(
    """
    tell ask let make see hear feel watch help bid order cause force allow permit beg command find
    keep leave notice observe send compel urge implore entreat teach invite oblige persuade want
    have get
    """
)
"""Verbs whose object does what their infinitive says ("she saw him fall")."""
_ALSO_ADVERBS = words("round around about over across")
"""Prepositions that the parse may take for an adverb of their noun."""
_RELATIVE = frozenset({"who", "that", "which", "whom"})


class Who(NamedTuple):
    """A person in a role: the entity, how surely it is that one, and the mention's id or -1.

    ``part`` where the person is meant through a part of the body or a garment, which may be one's own.
    """

    entity: int
    p: float
    mention: int
    part: bool = False


@dataclass(frozen=True, slots=True)
class Clauses:
    """The grammar of a story, ready to be asked. Lists over tokens; ``quote`` is the innermost quote or -1.

    ``children`` are the dependents of each token in text order; ``mention`` the person whose mention has its
    head there, or None; ``people_at`` the tokens where there is one; ``told`` is false in paratext.
    """

    analysis: Analysis
    form: list[str]
    lemma: tuple[str, ...]
    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    head: list[int]
    deprel: tuple[str, ...]
    children: list[list[int]]
    mention: list[Mention | None]
    quote: list[int]
    told: list[bool]
    sentence: list[int]
    members: dict[int, tuple[int, ...]]
    by_id: dict[int, Mention]
    quote_starts: list[int]
    people_at: list[int]

    # ------------------------------------------------------------ tokens
    def span(self, t: int, end: int | None = None) -> Span:
        """The code points of token ``t``, or of tokens [t, end)."""
        tokens = self.analysis.story.tokens
        return Span(int(tokens.start[t]), int(tokens.end[(end or t + 1) - 1]))

    def deps(self, t: int, *relations: str) -> list[int]:
        """Dependents of ``t`` in one of ``relations``."""
        return [c for c in self.children[t] if self.deprel[c] in relations]

    def case(self, t: int) -> tuple[str, ...]:
        """The prepositions that govern a noun, lower-case, in text order."""
        return tuple(self.form[c] for c in self.children[t] if self.deprel[c] in ("case", "mark"))

    def preps(self, t: int) -> set[str]:
        """The prepositions before a noun, also one that the parse took for an adverb ("round him")."""
        found = set(self.case(t))
        if not found:
            found |= {self.form[c] for c in self.children[t] if c < t and self.form[c] in _ALSO_ADVERBS}
        left = min([t, *self.children[t]])
        if (
            not found
            and left > 0
            and self.upos[left - 1] in ("ADV", "ADP")
            and self.sentence[left - 1] == self.sentence[t]
        ):
            found.add(self.form[left - 1])
        return found

    def particles(self, t: int) -> set[str]:
        """Particles and bare adverbs of a verb ("back", "away", "down")."""
        found = {self.form[c] for c in self.children[t] if self.deprel[c] == "compound:prt"}
        return found | {self.form[c] for c in self.children[t] if self.deprel[c] == "advmod"}

    # ------------------------------------------------------------ people
    def person(self, t: int) -> list[Who]:
        """Who is meant at token ``t``: one, the members of a group, or nobody known."""
        m = self.mention[t]
        if m is None or m.entity is None or self.form[t] in NOBODY:
            return []
        group = self.members.get(m.entity)
        if group:
            return [Who(x, m.confidence, m.id) for x in group]
        return [Who(m.entity, m.confidence, m.id)]

    def people(self, t: int) -> list[Who]:
        """``person`` of a token and of those joined to it ("Anna and Tom"), or of "each of them"."""
        found = self.person(t)
        if not found and self.form[t] in ("each", "both", "one", "pair", "two", "all", "either"):
            return [w for k in self.deps(t, "nmod") if "of" in self.case(k) for w in self.people(k)]
        for c in self.children[t]:
            if self.deprel[c] == "conj":
                found = found + self.person(c)
        return found

    def owner(self, t: int) -> list[Who]:
        """Whose a part of the body or a garment is ("her hand", "the sleeve of the man")."""
        for c in self.children[t]:
            if self.deprel[c] == "nmod:poss":
                return self.person(c)
        for c in self.children[t]:
            if self.deprel[c] == "nmod" and "of" in self.case(c):
                return self.person(c)
        if self.deprel[t] == "conj" and self.head[t] >= 0 and self.lemma[self.head[t]] in BODY_PARTS:
            return self.owner(self.head[t])
        return []

    def is_part(self, t: int) -> bool:
        """Whether a noun is a part of somebody or worn by somebody."""
        return self.lemma[t] in BODY_PARTS or self.lemma[t] in WORN

    def reached(self, t: int) -> list[Who]:
        """The person an object means: the person, or the owner of the part."""
        if self.is_part(t) and self.mention[t] is None:
            return [w._replace(part=True) for w in self.owner(t)]
        return self.people(t)

    def each_other(self, t: int) -> bool:
        """Whether a token is the head of "each other" or "one another"."""
        pairs = (("each", "other"), ("one", "another"))
        before, after = tuple(self.form[max(t - 1, 0) : t + 1]), tuple(self.form[t : t + 2])
        return before in pairs or after in pairs

    def distribution(self, w: Who) -> dict[int, float]:
        """Who may be meant and how probably: the answer with its confidence, the rest by the candidates."""
        out = {w.entity: w.p}
        if w.mention < 0:
            return out
        others = [k for k in self.by_id[w.mention].candidates if k.entity != w.entity]
        total = sum(k.p for k in others)
        if total > 0:
            scale = min(1.0, (1 - w.p) / total)
            out |= {k.entity: k.p * scale for k in others}
        return out

    # ------------------------------------------------------------ subjects
    def subject(self, t: int, depth: int = 0) -> tuple[int | None, bool]:
        """The token of the subject of verb ``t`` and whether the verb is passive with it."""
        if depth > 5:
            return None, False
        passive = any(self.deprel[c] == "aux:pass" for c in self.children[t])
        for c in self.children[t]:
            if self.deprel[c] in SUBJECTS:
                if self.form[c] in _RELATIVE and self.deprel[t] == "acl:relcl" and self.head[t] >= 0:
                    return self.head[t], passive or self.deprel[c] in PASSIVE
                return c, passive or self.deprel[c] in PASSIVE
        above = self.head[t]
        if above < 0 or self.quote[above] != self.quote[t]:
            return None, passive
        relation = self.deprel[t]
        if relation == "conj" and self.upos[above] in _VERBAL:
            found, above_passive = self.subject(above, depth + 1)
            return found, passive or (above_passive and self.xpos[t] == "VBN" and not self._has_aux(t))
        if relation == "xcomp":
            if self.lemma[above] in _OBJECT_CONTROL:
                objects = self.deps(above, "obj", "iobj")
                if objects:
                    return objects[0], passive
            return self.subject(above, depth + 1)[0], passive
        if relation == "advcl" and self.xpos[t] in ("VBG", "VB", "VBN"):
            if self.upos[above] not in _VERBAL and not self.deps(above, "cop"):
                return None, passive
            return self.subject(above, depth + 1)[0], passive or self.xpos[t] == "VBN"
        if relation == "acl" and self.xpos[t] in ("VBG", "VBN"):
            return above, passive or self.xpos[t] == "VBN"
        return None, passive

    def _has_aux(self, t: int) -> bool:
        return any(self.deprel[c].startswith("aux") for c in self.children[t])

    def agents(self, t: int) -> tuple[list[Who], bool]:
        """Who does what verb ``t`` says, and whether that is said in the passive (then: by whom)."""
        s, passive = self.subject(t)
        if passive:
            for c in self.deps(t, "obl", "obl:agent"):
                if "by" in self.case(c):
                    return self.people(c), True
            return [], True
        if s is None:
            return [], False
        if self.is_part(s) and self.mention[s] is None:
            return self.owner(s), False
        # "Anna and Tom kissed" may be parsed as a verb with two subjects.
        beside = [k for k in self.children[t] if k != s and self.deprel[k] == "nsubj"]
        return [w for k in (s, *(beside if s in self.children[t] else ())) for w in self.people(k)], False


def read_clauses(analysis: Analysis) -> Clauses | None:
    """The grammar of an analysis, or None where the reading has no parse."""
    story, s = analysis.story, analysis.syntax
    n = len(story.tokens)
    if len(s.lemma) != n or n == 0:
        return None
    children: list[list[int]] = [[] for _ in range(n)]
    head = s.head.tolist()
    for t, h in enumerate(head):
        if h >= 0:
            children[h].append(t)
    starts = story.tokens.start.tolist()
    place = {a: t for t, a in enumerate(starts)}
    mention: list[Mention | None] = [None] * n
    for m in analysis.mentions:
        at = place.get(m.head.start)
        if m.type != "PER" or at is None:
            continue
        held = mention[at]
        if held is None or m.end - m.start < held.end - held.start:
            mention[at] = m
    quote = np.full(n, -1, dtype=np.int64)
    ranges = np.asarray([(q.start, q.end) for q in analysis.quotes], dtype=np.int64).reshape(-1, 2)
    for k, (a, b) in enumerate(np.searchsorted(story.tokens.start, ranges).tolist()):
        quote[a:b] = k
    told = np.zeros(n, dtype=bool)
    for segment in story.segments:
        if segment.kind in STORY_KINDS:
            a, b = np.searchsorted(story.tokens.start, [segment.start, segment.end])
            told[a:b] = True
    sentence = np.zeros(n, dtype=np.int64)
    for k, (a, b) in enumerate(story.sentence_tokens.tolist()):
        sentence[a:b] = k
    text = story.text
    ends = story.tokens.end.tolist()
    form = [text[a:b].lower().replace("’", "'") for a, b in zip(starts, ends, strict=True)]
    members = {e.id: e.members for e in analysis.entities if e.role == "group" and e.members}
    return Clauses(
        analysis, form, s.lemma, s.upos, s.xpos, head, s.deprel, children, mention,
        quote.tolist(), told.tolist(), sentence.tolist(), members,
        {m.id: m for m in analysis.mentions}, [q.start for q in analysis.quotes],
        [t for t, m in enumerate(mention) if m is not None],
    )  # fmt: skip
