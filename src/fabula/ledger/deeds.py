"""Acts of deed told by a verb in one of its frames."""

from __future__ import annotations

from collections.abc import Iterator

from fabula.ledger.bodily import BODILY, BODILY_VERBS
from fabula.ledger.clauses import Clauses, Who
from fabula.ledger.found import Found, pairs
from fabula.ledger.gestures import GESTURES, VERBS, mutual, part_acts
from fabula.ledger.idioms import does_nothing
from fabula.ledger.objects import object_person, objects
from fabula.ledger.stance import Stance, stance
from fabula.lexicon.bodies import BODY_PARTS, GAZES, WORN
from fabula.lexicon.deeds import DEEDS, MOVES, MOVES_AWAY, NOT_GIVEN, Frame

_OBLIQUES = ("obl", "obl:unmarked", "nmod")


def find_deeds(c: Clauses) -> Iterator[Found]:
    """Every deed told in the story, in text order."""
    verbs = DEEDS.keys() | VERBS | BODILY_VERBS | MOVES.keys() | MOVES_AWAY.keys()
    for t, lemma in enumerate(c.lemma):
        if lemma in verbs and c.told[t] and c.upos[t] == "VERB":
            yield from (f for f in _of_verb(c, t) if not does_nothing(c, t, f.kind))
        elif lemma == "arm" and c.told[t]:
            yield from _arms_about(c, t)


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
    for gesture in (*BODILY, *GESTURES):
        found = gesture(c, t, agents, how) if not passive else []
        if found:
            return found
    for frame in DEEDS.get(lemma, ()):
        found = _framed(c, t, frame, agents, passive, how)
        if found:
            return found
    return _with_nobody_named(c, t, agents, how)


def _arms_about(c: Clauses, t: int) -> list[Found]:
    """ "sat there with his arms about her": whoever does the rest of it."""
    up = c.head[t]
    if "with" not in c.case(t) or up < 0 or c.upos[up] != "VERB" or c.mention[t] is not None:
        return []
    for k in (*c.deps(t, "nmod", "obl"), *c.deps(up, "obl")):
        if k > t and c.preps(k) & {"round", "around", "about"}:
            return pairs(c, "embrace", c.agents(up)[0], c.reached(k), t, stance(c, up, light=True), 0.85)
    return []


def _with_nobody_named(c: Clauses, t: int, agents: list[Who], how: Stance) -> list[Found]:
    """ "came up", "drew back": to or from whom, the places around have to say (``ledger/who.py``)."""
    if any(c.deprel[k] in ("obl", "obj", "ccomp") for k in c.children[t]):
        return []
    if c.form[t + 1 : t + 4] == ["up", "and", "down"]:
        return []
    for table in (MOVES, MOVES_AWAY):
        kind, particles, p = table.get(c.lemma[t], ("", frozenset(), 0.0))
        if particles & c.particles(t):
            return [
                Found(kind, a.entity, None, c.span(t), t, how.denied, how.imagined, p * how.weight, a.p)
                for a in agents
            ]
    return []


# ------------------------------------------------------------------ by frame
def _framed(c: Clauses, t: int, f: Frame, agents: list[Who], passive: bool, how: Stance) -> list[Found]:
    let_go = f.needs == {"go"} and _lets_go(c, t)
    if f.needs and not let_go and not (f.needs & c.particles(t)):
        return []
    patients: list[Who] = []
    if f.slot == "person":
        patients = _passive_patient(c, t) if passive else object_person(c, t, f.kind)
        if c.lemma[t] == "shake" and any(c.is_part(o) and c.mention[o] is None for o in objects(c, t)):
            return []  # One shakes one's head.
        if c.lemma[t] == "follow" and any(c.lemma[k] in GAZES for k in c.deps(t, "obl")):
            return pairs(c, "look", agents, patients, t, how, f.p)  # with the eyes
        if f.kind == "restrain":
            mine = {w.entity for w in agents}
            patients = [w for w in patients if not (w.part and w.entity in mine)]  # "pulled off her glove"
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
    for o in objects(c, t):
        if (c.lemma[o] in BODY_PARTS or c.lemma[o] in WORN) and c.mention[o] is None:
            return c.reached(o)
        if c.lemma[t] in ("take", "shake", "lead") and c.person(o):
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
    return _right_behind(c, t, f)


def _right_behind(c: Clauses, t: int, f: Frame) -> list[Who]:
    """ "looked back at Lord Byrne", where the parse has hung the person elsewhere."""
    at = t + 1 if c.form[t + 1 : t + 2] and c.form[t + 1] in f.preps else t + 2
    if at + 1 >= len(c.form) or c.form[at] not in f.preps or c.sentence[at + 1] != c.sentence[t]:
        return []
    if at == t + 2 and c.upos[t + 1] not in ("ADV", "ADP"):
        return []
    start = int(c.analysis.story.tokens.start[at + 1])
    for k in range(at + 1, min(at + 5, len(c.form))):
        m = c.mention[k]
        if m is not None and m.start == start:
            owns = c.xpos[k] == "PRP$" or c.form[k + 1 : k + 2] == ["'s"]
            return [] if owns else c.people(k)  # "came to my door"
    return []


def _recipient(c: Clauses, t: int, passive: bool) -> list[Who]:
    things = c.deps(t, "nsubj:pass") if passive else c.deps(t, "obj")
    if not things or any(c.lemma[o] in NOT_GIVEN or c.form[o] in NOT_GIVEN for o in things):
        return []
    if any((c.person(o) and c.xpos[o] != "PRP$") or c.lemma[o] in BODY_PARTS for o in things):
        return []
    if any(c.upos[o] not in ("NOUN", "PROPN", "PRON") for o in things):
        return []
    for k in c.children[t]:
        if c.deprel[k] == "iobj":
            return c.people(k)
        if c.deprel[k] in _OBLIQUES and "to" in c.case(k) and c.lemma[t] != "leave":
            return c.people(k)
        if c.deprel[k] in _OBLIQUES and "for" in c.case(k) and c.lemma[t] in ("pour", "fetch", "bring"):
            return c.people(k)
    for o in things:
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
