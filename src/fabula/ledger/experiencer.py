"""Whose a feeling is: by rules over the parse, and by a learnt scorer that has heard what the rules say.

The scorer is the one of acts' people (``ledger/who.py``): a softmax over the places around a cue where
somebody is named, with the rules' answer among the features of a place. It is learnt from REMAN's
experiencers (``training/experiencers.py``).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping

from fabula.ledger.clauses import Clauses, Who
from fabula.ledger.slots import Slot, bucket, slots_of
from fabula.ledger.stance import stance
from fabula.ledger.who import beliefs
from fabula.lexicon.bodies import INWARD
from fabula.lexicon.feeling_words import STRIKES_OBJECT
from fabula.types import Floats


def governor(c: Clauses, t: int) -> int:
    """The verb or predicate over a token; the token itself where there is none."""
    at = t
    for _ in range(6):
        up = c.head[at]
        if up < 0 or c.sentence[up] != c.sentence[t] or c.quote[up] != c.quote[t]:
            break
        at = up
        if c.upos[at] in ("VERB", "AUX") or c.deps(at, "cop"):
            return at
    return at


class Experiencers:
    """Answers who has a feeling."""

    def __init__(self, c: Clauses, weights: Floats | None) -> None:
        """``weights`` (BUCKETS,) of the learnt scorer of places; None: the rules alone decide."""
        self._c = c
        self._weights = weights
        self._at = [t for t, m in enumerate(c.mention) if m is not None and m.entity is not None]

    def of(self, t: int, label: str) -> tuple[int | None, float]:
        """Whose is the feeling ``label`` that token ``t`` tells, and how probably, in [0, 1]."""
        found = beliefs(self._weights, self.places(t, label)) if self._weights is not None else {}
        best = likeliest(found)
        if best is not None:
            return best, min(found[best], 1.0)
        who, p = self.by_rule(t)
        return (who.entity, p * who.p) if who else (None, 0.0)

    def places(self, t: int, label: str) -> list[Slot]:
        """All places where who has the feeling may be named; what the rules say is among their features."""
        who, p = self.by_rule(t)
        says = [bucket(f) for f in self._rule_features(t, p)]
        out = []
        for slot in slots_of(self._c, t, label, words=False):
            chosen = who is not None and likeliest(slot.people) == who.entity
            out.append(slot._replace(features=(*slot.features, *says)) if chosen else slot)
        return out

    def _rule_features(self, t: int, p: float) -> tuple[str, ...]:
        c = self._c
        return ("rule says", f"rule {p:.2f}", f"rule {c.upos[t]}", f"rule {c.quote[t] >= 0}")

    def by_rule(self, t: int) -> tuple[Who | None, float]:
        """Who feels what token ``t`` tells, and how far the rule that says so can be trusted, in [0, 1]."""
        c = self._c
        if c.quote[t] >= 0 and c.upos[t] == "VERB" and stance(c, t).asked:
            heard = c.analysis.quotes[c.quote[t]]
            if len(heard.addressees) == 1:  # "Don't cry": whoever is told so.
                return Who(heard.addressees[0], heard.addressee_confidence or 0.5, -1), 0.9
        for p, tokens in self._rules(t):
            for k in tokens:
                inner = (c.is_part(k) or c.lemma[k] in INWARD) and c.mention[k] is None
                who = c.owner(k) if inner else c.person(k)
                if who:
                    return who[0], p
        if c.quote[t] >= 0:
            q = c.analysis.quotes[c.quote[t]]
            if q.speaker is not None:
                return Who(q.speaker, q.confidence, -1), 0.75
            return None, 0.0
        return self._nearest(t)

    def _rules(self, t: int) -> list[tuple[float, list[int]]]:
        c = self._c
        out: list[tuple[float, list[int]]] = []
        if c.upos[t] in ("NOUN", "PROPN"):
            out.append((0.92, c.deps(t, "nmod:poss")))
            out.append((0.75, [k for k in c.deps(t, "nmod") if "of" in c.case(k)]))
            if c.deps(t, "cop"):
                out.append((0.85, c.deps(t, "nsubj")))  # "he was in tears"
        if c.upos[t] == "ADJ" and c.deprel[t] == "amod" and c.head[t] >= 0:
            out.append((0.85, [c.head[t], *c.deps(c.head[t], "nmod:poss")]))
        if c.upos[t] == "VERB":
            s, passive = c.subject(t)
            if c.lemma[t] in STRIKES_OBJECT and not passive:
                out.append((0.88, c.deps(t, "obj")))
            if s is not None:
                out.append((0.9, [s]))
            return out
        if c.upos[t] == "ADJ":
            s, _ = c.subject(t)
            if s is not None:
                out.append((0.92, [s]))
        g = governor(c, t)
        if g != t:
            s, _ = c.subject(g)
            if c.lemma[g] in STRIKES_OBJECT and (c.deprel[t].startswith("nsubj") or "with" in c.case(t)):
                out.append((0.85, c.deps(g, "obj")))
            if s is not None and s != t:
                out.append((0.85, [s]))
            out.append((0.8, [k for k in c.deps(g, "obl") if c.is_part(k)]))
            out.append((0.7, c.deps(g, "obj", "iobj")))
        return out

    def _nearest(self, t: int) -> tuple[Who | None, float]:
        c = self._c
        k = bisect_left(self._at, t)
        near = [
            x
            for x in self._at[max(k - 1, 0) : k + 1]
            if c.sentence[x] == c.sentence[t] and c.quote[x] == c.quote[t]
        ]
        for x in sorted(near, key=lambda x: abs(x - t)):
            who = c.person(x)
            if who:
                return who[0], 0.65
        return None, 0.0


def likeliest(people: Mapping[int, float]) -> int | None:
    """Who is most probably meant; None where nobody is."""
    return min(people, key=lambda x: (-people[x], x), default=None)
