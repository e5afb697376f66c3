"""Deeds told by a verb, its object and what stands after: looks, holds, things handed over, ways barred."""

from __future__ import annotations

from fabula.ledger.clauses import Clauses, Who
from fabula.ledger.found import Found, pairs
from fabula.ledger.gestures import Gesture, goals
from fabula.ledger.stance import Stance
from fabula.lexicon.bodies import BODY_PARTS, GAZES, HANDS, WORN
from fabula.lexicon.deeds import (
    GOING,
    HANDED,
    MEET_EYES,
    NOT_GIVEN,
    SHUT_WAY,
    SUPPLIED,
    TAKE_IN_ARMS,
    TAKEN_FROM,
    TOLD_BY_PART,
    TURN_EYES,
    VISITED,
)
from fabula.lexicon.words import words

_EYES = GAZES - {"look"}
_AT = words("on upon at to toward towards over into")
_CLOSE = words("close closer near nearer")
_ONESELF = words("him her them me us you himself herself themselves myself")
_LOOSE = words("drop release relinquish loose loosen")
_PATHS = words("way path passage road")


def eyes_on(c: Clauses, t: int, agents: list[Who], how: Stance) -> list[Found]:
    """ "lifted her eyes to his face", "fixed his gaze on her"."""
    if c.lemma[t] not in TURN_EYES:
        return []
    for o in c.deps(t, "obj"):
        if c.lemma[o] not in _EYES or _is_anothers(c, o, agents):
            continue
        for preps, k in goals(c, t, o):
            if preps & _AT and (c.person(k) or c.is_part(k) or c.lemma[k] in GAZES):
                patients = c.owner(k) if c.lemma[k] in GAZES else c.reached(k)
                return pairs(c, "look", agents, patients, t, how, 0.88, o + 1 if o > t else None)
    return []


def met_eyes(c: Clauses, t: int, agents: list[Who], how: Stance) -> list[Found]:
    """ "met his eyes", "caught her glance"; not one's own."""
    if c.lemma[t] not in MEET_EYES:
        return []
    for o in c.deps(t, "obj"):
        if c.lemma[o] in _EYES and c.mention[o] is None:
            return pairs(
                c, "look", agents, _others(c.owner(o), agents), t, how, 0.85, o + 1 if o > t else None
            )
    return []


def exchanged(c: Clauses, t: int, agents: list[Who], how: Stance) -> list[Found]:
    """ "they exchanged a look", "he exchanged glances with her"."""
    if c.lemma[t] != "exchange":
        return []
    for o in c.deps(t, "obj"):
        if c.lemma[o] not in ("look", "glance", "blow", "kiss", "embrace"):
            continue
        kind = {"blow": "strike", "kiss": "kiss", "embrace": "embrace"}.get(c.lemma[o], "look")
        there = [w for _, k in goals(c, t, o) if "with" in c.case(k) for w in c.people(k)]
        return [
            *pairs(c, kind, agents, there or agents, t, how, 0.9, o + 1 if o > t else None),
            *pairs(c, kind, there, agents, t, how, 0.9, o + 1 if o > t else None),
        ]
    return []


def drawn_close(c: Clauses, t: int, agents: list[Who], how: Stance) -> list[Found]:
    """ "drew her to him", "held her close"."""
    if c.lemma[t] not in TAKE_IN_ARMS or c.lemma[t] == "catch":
        return []
    patients = [w for o in c.deps(t, "obj") if c.mention[o] is not None for w in c.people(o)]
    if not patients:
        return []
    mine = {w.entity for w in agents}
    for k in c.deps(t, "obl"):
        to_self = c.form[k] in _ONESELF and any(w.entity in mine for w in c.person(k))
        if c.case(k) and c.case(k)[-1] in ("to", "against", "towards", "toward") and to_self:
            return pairs(c, "embrace", agents, patients, t, how, 0.85)
    if c.lemma[t] in ("hold", "draw", "press", "pull", "clasp", "gather") and _CLOSE & (
        c.particles(t) | {c.form[k] for k in c.deps(t, "xcomp")}
    ):
        return pairs(c, "embrace", agents, patients, t, how, 0.7)
    return []


def held_by(c: Clauses, t: int, agents: list[Who], how: Stance) -> list[Found]:
    """ "caught him by the collar", "had her by the wrist"."""
    if c.lemma[t] not in TOLD_BY_PART:
        return []
    for o in c.deps(t, "obj"):
        for preps, k in goals(c, t, o):
            if "by" in preps and (c.lemma[k] in BODY_PARTS or c.lemma[k] in WORN) and c.person(o):
                return pairs(c, "restrain", agents, c.people(o), t, how, 0.88)
    return []


def dropped_hand(c: Clauses, t: int, agents: list[Who], how: Stance) -> list[Found]:
    """ "dropped her hand": one's own is none."""
    if c.lemma[t] not in _LOOSE:
        return []
    for o in c.deps(t, "obj"):
        if c.lemma[o] in HANDS and c.mention[o] is None:
            found = pairs(c, "withdraw", agents, _others(c.owner(o), agents), t, how, 0.75)
            if found:
                return found
    return []


def let_go(c: Clauses, t: int, agents: list[Who], how: Stance) -> list[Found]:
    """ "let go of her", "let go his hand"."""
    if c.lemma[t] != "let":
        return []
    for g in c.deps(t, "xcomp", "ccomp", "compound:prt", "advmod"):
        if c.form[g] != "go":
            continue
        some = [k for host in (g, t) for k in c.deps(host, "obl", "nmod") if "of" in c.case(k)]
        some += [k for k in c.deps(g, "obj") if k > g]
        for k in some:
            return pairs(c, "withdraw", agents, _others(c.reached(k), agents), t, how, 0.88, g + 1)
    return []


def put_in_hand(c: Clauses, t: int, agents: list[Who], how: Stance) -> list[Found]:
    """ "slipped a coin into the boy's hand", "laid it on her lap"."""
    if c.lemma[t] not in HANDED:
        return []
    for o in c.deps(t, "obj"):
        if not _thing(c, o):
            continue
        for preps, k in goals(c, t, o):
            palm = c.lemma[k] in ("hand", "palm", "finger", "fist") and preps & {"in", "into"}
            if palm or (c.lemma[k] == "lap" and preps & {"in", "into", "on", "upon"}):
                return pairs(c, "give", agents, _others(c.owner(k), agents), t, how, 0.85)
    return []


def taken_from(c: Clauses, t: int, agents: list[Who], how: Stance) -> list[Found]:
    """ "received a letter from him", "took the cup from her hand": the other gives it."""
    if c.lemma[t] not in TAKEN_FROM:
        return []
    for o in c.deps(t, "obj"):
        if not _thing(c, o):
            continue
        for preps, k in goals(c, t, o):
            if "from" in preps and (c.person(k) or c.lemma[k] in HANDS):
                givers = c.people(k) or c.owner(k)
                p = 0.8 if c.lemma[t] in ("receive", "accept", "get", "have") else 0.5
                return pairs(c, "give", _others(givers, agents), agents, t, how, p)
    return []


def supplied(c: Clauses, t: int, agents: list[Who], how: Stance) -> list[Found]:
    """ "presented him with a watch"."""
    if c.lemma[t] not in SUPPLIED:
        return []
    for o in c.deps(t, "obj"):
        for preps, k in goals(c, t, o):
            if "with" in preps and _thing(c, k):
                return pairs(c, "give", agents, c.people(o), t, how, 0.78)
    return []


def way_barred(c: Clauses, t: int, agents: list[Who], how: Stance) -> list[Found]:
    """ "barred his way"."""
    if c.lemma[t] not in SHUT_WAY:
        return []
    for o in c.deps(t, "obj"):
        if c.lemma[o] in _PATHS:
            return pairs(c, "restrain", agents, _others(c.owner(o), agents), t, how, 0.88, o + 1)
    return []


def went_to_see(c: Clauses, t: int, agents: list[Who], how: Stance) -> list[Found]:
    """ "came to see me", "ran to meet him"."""
    if c.lemma[t] not in GOING:
        return []
    for g in c.deps(t, "advcl", "xcomp"):
        if c.lemma[g] in VISITED and c.xpos[g] == "VB" and any(c.form[k] == "to" for k in c.children[g]):
            for o in c.deps(g, "obj"):
                if c.person(o):
                    return pairs(c, "approach", agents, c.people(o), t, how, 0.85, g + 1)
    return []


def _thing(c: Clauses, o: int) -> bool:
    """Whether a noun is a thing that can pass from hand to hand."""
    if c.lemma[o] in NOT_GIVEN or c.form[o] in NOT_GIVEN or c.lemma[o] in BODY_PARTS:
        return False
    return c.upos[o] in ("NOUN", "PRON", "PROPN") and not c.person(o)


def _is_anothers(c: Clauses, o: int, agents: list[Who]) -> bool:
    owners = c.owner(o)
    named = any(c.deprel[k] == "nmod:poss" and c.xpos[k] != "PRP$" for k in c.children[o])
    return named and bool(_others(owners, agents))


def _others(some: list[Who], agents: list[Who]) -> list[Who]:
    """Those who are none of the agents: a part may be one's own."""
    mine = {w.entity for w in agents}
    return [w._replace(part=True) for w in some if w.entity not in mine]


BODILY: tuple[Gesture, ...] = (
    eyes_on, met_eyes, exchanged, drawn_close, held_by, dropped_hand, let_go, put_in_hand, taken_from,
    supplied, way_barred, went_to_see,
)  # fmt: skip
"""In the order in which a verb is tried, before the gestures of ``ledger/gestures.py``."""
BODILY_VERBS = (
    TURN_EYES | MEET_EYES | TAKE_IN_ARMS | TOLD_BY_PART | _LOOSE | HANDED | TAKEN_FROM | SUPPLIED | SHUT_WAY
    | GOING | {"exchange", "let"}
)  # fmt: skip
"""Verbs that may tell one of them."""
