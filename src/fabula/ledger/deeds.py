"""Acts of deed told by a verb in one of its frames."""

from __future__ import annotations

from collections.abc import Iterator

from fabula.ledger.clauses import Clauses, Who
from fabula.ledger.found import Found, pairs
from fabula.ledger.gestures import GESTURES, VERBS, mutual, part_acts
from fabula.ledger.objects import object_person
from fabula.ledger.stance import Stance, stance
from fabula.lexicon.bodies import BODY_PARTS, GAZES, WORN
from fabula.lexicon.deeds import DEEDS, NOT_GIVEN, Frame

_OBLIQUES = ("obl", "obl:unmarked", "nmod")


def find_deeds(c: Clauses) -> Iterator[Found]:
    """Every deed told in the story, in text order."""
    verbs = DEEDS.keys() | VERBS
    for t, lemma in enumerate(c.lemma):
        if lemma in verbs and c.told[t] and c.upos[t] == "VERB":
            yield from _of_verb(c, t)


def _of_verb(c: Clauses, t: int) -> list[Found]:
    how = stance(c, t, light=True)
    if how.asked and c.quote[t] >= 0:
        return []  # An order is an act of speech, and nothing more.
    agents, passive = c.agents(t)
    lemma = c.lemma[t]
    found = mutual(c, t, how)
    if found:
        return found
    s, _ = c.subject(t)
    if (
        s is not None
        and not passive
        and c.mention[s] is None
        and (c.lemma[s] in BODY_PARTS or c.lemma[s] in GAZES)
    ):
        found = part_acts(c, t, s, how)
        if found:
            return found
    if not agents and not passive:
        return []
    for gesture in GESTURES:
        found = gesture(c, t, agents, how) if not passive else []
        if found:
            return found
    for frame in DEEDS.get(lemma, ()):
        found = _framed(c, t, frame, agents, passive, how)
        if found:
            return found
    return []


# ------------------------------------------------------------------ by frame
def _framed(c: Clauses, t: int, f: Frame, agents: list[Who], passive: bool, how: Stance) -> list[Found]:
    let_go = f.needs == {"go"} and _lets_go(c, t)
    if f.needs and not let_go and not (f.needs & c.particles(t)):
        return []
    patients: list[Who] = []
    if f.slot == "person":
        patients = _passive_patient(c, t) if passive else object_person(c, t, f.kind)
    elif f.slot == "part" and not passive:
        patients = _object_part(c, t)
    elif f.slot == "prep" and not passive:
        patients = _prepositional(c, t, f)
    elif f.slot == "recipient":
        patients = _recipient(c, t, passive)
    return pairs(c, f.kind, agents, patients, t, how, f.p)


def _passive_patient(c: Clauses, t: int) -> list[Who]:
    s, _ = c.subject(t)
    return [] if s is None else c.reached(s)


def _object_part(c: Clauses, t: int) -> list[Who]:
    """The owner of a part or garment that is the object; not one's own."""
    for o in c.deps(t, "obj"):
        if (c.lemma[o] in BODY_PARTS or c.lemma[o] in WORN) and c.mention[o] is None:
            return c.reached(o)
        if c.lemma[t] in ("take", "catch", "hold", "pull", "shake", "lead") and c.person(o):
            for k in (*c.deps(t, "obl"), *c.deps(o, "nmod")):
                if "by" in c.case(k) and (c.lemma[k] in BODY_PARTS or c.lemma[k] in WORN):
                    return c.people(o)
    return []


def _prepositional(c: Clauses, t: int, f: Frame) -> list[Who]:
    for k in c.children[t]:
        if c.deprel[k] not in _OBLIQUES and c.deprel[k] != "obj":
            continue
        case = c.preps(k) | (c.particles(t) & f.preps if c.deprel[k] == "obj" else set())
        if not (case & f.preps):
            continue
        if c.each_other(k):
            return c.agents(t)[0]
        found = c.reached(k) if f.kind != "look" or c.is_part(k) else c.people(k)
        if found and f.kind == "look" and not c.person(k) and not c.is_part(k):
            continue
        if found:
            return found
    return []


def _recipient(c: Clauses, t: int, passive: bool) -> list[Who]:
    objects = c.deps(t, "nsubj:pass") if passive else c.deps(t, "obj")
    if not objects or any(c.lemma[o] in NOT_GIVEN or c.form[o] in NOT_GIVEN for o in objects):
        return []
    if any((c.person(o) and c.xpos[o] != "PRP$") or c.lemma[o] in BODY_PARTS for o in objects):
        return []
    if any(c.upos[o] not in ("NOUN", "PROPN", "PRON") for o in objects):
        return []
    for k in c.children[t]:
        if c.deprel[k] == "iobj":
            return c.people(k)
        if c.deprel[k] in _OBLIQUES and "to" in c.case(k) and c.lemma[t] != "leave":
            return c.people(k)
        if c.deprel[k] in _OBLIQUES and "for" in c.case(k) and c.lemma[t] in ("pour", "fetch", "bring"):
            return c.people(k)
    for o in objects:
        for k in c.deps(o, "nmod"):
            if "to" in c.case(k) and c.lemma[t] != "leave":
                return c.people(k)
    return []


def _lets_go(c: Clauses, t: int) -> bool:
    """ "let him go", "let go of him"."""
    return any(
        c.lemma[k] == "go" and not c.deps(k, "obl", "advmod", "xcomp", "obl:unmarked")
        for k in c.deps(t, "xcomp", "ccomp")
    )
