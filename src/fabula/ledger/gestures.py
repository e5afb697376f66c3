"""What hands, arms, lips and eyes do, for their owner; and what two people do to one another at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from fabula.ledger.clauses import Clauses, Who
from fabula.ledger.found import Found, pairs
from fabula.ledger.objects import object_person, objects
from fabula.ledger.stance import Stance
from fabula.lexicon.bodies import ARMS, GAZES, HANDS, LIPS
from fabula.lexicon.deeds import ARMS_ROUND, DEEDS, LIGHT, LIGHT_VERBS, PUT, TAKE_HOLD, TAKE_IN_ARMS
from fabula.lexicon.words import words

_ROUND = words("round around about")
_UPON = words("on upon against over across to into in through under round around about")
_WITHIN = words("in within beneath under between")
_LAID_IN = HANDS | words("face head")
"""Parts that lie in another's hand or lap, or are hidden on his breast."""
_MUTUAL = words("kiss embrace hug cuddle")
_MEETING = words("eyes glances gazes lips")
_CLOSING = words(
    """
    close tighten clamp fasten fall come rest lie press brush touch descend settle grip rise go steal slide
    """
)
_BODY_AT = words("on upon against over round around about to at")
_FOLLOWING = words("follow seek meet search find")
_RESTING = words(
    """
    rest fall turn fix dwell settle go come light return run move travel wander linger stray slide
    pass drop alight flick dart rove
    """
)
VERBS = (
    LIGHT_VERBS | PUT | ARMS_ROUND | TAKE_IN_ARMS | TAKE_HOLD | _CLOSING | _FOLLOWING | _RESTING | _MUTUAL
    | {"meet", "lock", "shake", "look"}
)  # fmt: skip
"""Verbs that may tell a gesture."""


def goals(c: Clauses, t: int, o: int) -> Iterator[tuple[set[str], int]]:
    """What stands after a preposition beside verb ``t`` or its object ``o``: prepositions and token.

    Also behind a "round" that the parse takes for a word of its own ("threw her arms round his neck").
    """
    for host in (t, o):
        for k in c.deps(host, "obl", "nmod", "obj"):
            if k != o:
                yield c.preps(k), k
        for between in c.children[host]:
            if c.form[between] in _ROUND and between > t:
                for k in c.deps(between, "obj", "obl"):
                    yield {c.form[between]}, k


def up_and_down(c: Clauses, t: int, agents: list[Who], how: Stance) -> list[Found]:
    """ "looked him up and down", "looked her in the face"."""
    if c.lemma[t] not in ("look", "stare"):
        return []
    for o in c.deps(t, "obj"):
        m = c.mention[o]
        # "looked a fool" is a person too.
        if m is not None and m.kind != "NOM" and not c.case(o):
            return pairs(c, "look", agents, c.people(o), t, how, 0.85)
    return []


def light_act(c: Clauses, t: int, agents: list[Who], how: Stance) -> list[Found]:
    """ "gave him a push", "cast a look at her", "dropped a kiss on his hair"."""
    if c.lemma[t] not in LIGHT_VERBS:
        return []
    for o in c.deps(t, "obj"):
        if c.lemma[o] not in LIGHT:
            continue
        kind, slots = LIGHT[c.lemma[o]]
        patients: list[Who] = []
        if "iobj" in slots:
            for k in c.deps(t, "iobj"):
                patients = c.people(k)
        wanted = {
            "at": {"at", "upon", "on", "toward", "towards", "over", "to"},
            "to": {"to"},
            "on": {"on", "upon"},
        }
        preps = set().union(*(wanted.get(s, set()) for s in slots.split()))
        for host in (t, o):
            for k in c.deps(host, "obl", "nmod", "obj"):
                if not patients and preps & c.preps(k):
                    patients = c.reached(k)
        if patients:
            return pairs(c, kind, agents, patients, t, how, 0.9, o + 1 if o > t else None)
    return []


def arms_act(c: Clauses, t: int, agents: list[Who], how: Stance) -> list[Found]:
    """ "put both arms round him"."""
    if c.lemma[t] not in ARMS_ROUND:
        return []
    for o in c.deps(t, "obj"):
        if c.lemma[o] not in ARMS:
            continue
        for preps, k in goals(c, t, o):
            if preps & _ROUND:
                return pairs(c, "embrace", agents, c.reached(k), t, how, 0.93, o + 1 if o > t else None)
    return []


def take_in_arms(c: Clauses, t: int, agents: list[Who], how: Stance) -> list[Found]:
    """ "took her in his arms", "pressed him to her heart"."""
    if c.lemma[t] not in TAKE_IN_ARMS:
        return []
    for k in c.deps(t, "obl"):
        case = c.preps(k)
        into_arms = c.lemma[k] in ARMS and case & {"in", "into", "within"}
        to_heart = c.lemma[k] in ("breast", "bosom", "heart", "chest") and case & {
            "to",
            "against",
            "on",
            "upon",
        }
        if into_arms or to_heart:
            patients = [w for o in c.deps(t, "obj") for w in c.people(o)]
            return pairs(c, "embrace", agents, patients, t, how, 0.9)
    return []


def put_part(c: Clauses, t: int, agents: list[Who], how: Stance) -> list[Found]:
    """ "laid her hand on his arm", "pressed his lips to her hand"."""
    if c.lemma[t] not in PUT:
        return []
    for o in c.deps(t, "obj"):
        part = c.lemma[o]
        if (
            part not in HANDS
            and part not in LIPS
            and part not in ("head", "cheek", "forehead", "face", "shoulder")
        ):
            continue
        if c.mention[o] is not None:
            continue
        if _anothers(c, o, agents):
            continue
        for preps, k in goals(c, t, o):
            if preps & (_UPON | (_WITHIN if part in _LAID_IN else set())) and (c.person(k) or c.is_part(k)):
                kind = "kiss" if part in LIPS else "touch"
                return pairs(c, kind, agents, c.reached(k), t, how, 0.9, o + 1 if o > t else None)
    return []


def _anothers(c: Clauses, o: int, agents: list[Who]) -> bool:
    """Whether a part is plainly another's than the agent's: owned by somebody else who is named."""
    mine = {w.entity for w in agents}
    named = any(c.deprel[k] == "nmod:poss" and c.xpos[k] != "PRP$" for k in c.children[o])
    return named and any(w.entity not in mine for w in c.owner(o))


def hold_of(c: Clauses, t: int, agents: list[Who], how: Stance) -> list[Found]:
    """ "took hold of his collar" touches, "got hold of him" holds fast."""
    if c.lemma[t] not in TAKE_HOLD:
        return []
    for o in c.deps(t, "obj"):
        if c.lemma[o] == "hold":
            for host in (o, t):
                for k in c.deps(host, "nmod", "obl"):
                    if "of" in c.case(k):
                        part = c.is_part(k) and c.mention[k] is None
                        kind = (
                            "touch" if part and c.lemma[t] in ("take", "lay", "keep", "have") else "restrain"
                        )
                        return pairs(c, kind, agents, c.reached(k), t, how, 0.85, o + 1 if o > t else None)
    return []


def turned_back(c: Clauses, t: int, agents: list[Who], how: Stance) -> list[Found]:
    """ "turned his back on her"."""
    if c.lemma[t] != "turn":
        return []
    for o in c.deps(t, "obj", "advmod"):
        if c.form[o] == "back" and c.xpos[max(o - 1, 0)] == "PRP$":
            for host in (t, o):
                for k in c.deps(host, "obl", "nmod", "obj"):
                    if c.preps(k) & {"on", "upon", "to"}:
                        return pairs(
                            c, "withdraw", agents, c.people(k), t, how, 0.9, o + 1 if o > t else None
                        )
    return []


def part_acts(c: Clauses, t: int, s: int, how: Stance) -> list[Found]:
    """A part acts for its owner: "his hand closed on her wrist", "her eyes followed him"."""
    owner = c.owner(s)
    if not owner:
        return []
    lemma = c.lemma[s]
    if lemma in GAZES:
        if c.lemma[t] in _FOLLOWING:
            for o in c.deps(t, "obj"):
                return pairs(c, "look", owner, c.reached(o) or _gaze_of(c, o), t, how, 0.85)
        if c.lemma[t] in _RESTING:
            for k in c.deps(t, "obl"):
                if c.preps(k) & {"on", "upon", "to", "toward", "towards", "over", "at"}:
                    return pairs(c, "look", owner, c.reached(k), t, how, 0.85)
        return []
    for k in c.deps(t, "obl"):
        if c.lemma[t] in _CLOSING and c.preps(k) & _BODY_AT and (c.person(k) or c.is_part(k)):
            if lemma in LIPS:
                return pairs(c, "kiss", owner, c.reached(k), t, how, 0.8)
            if lemma in ARMS and c.preps(k) & _ROUND:
                return pairs(c, "embrace", owner, c.reached(k), t, how, 0.9)
            return pairs(c, "touch", owner, c.reached(k), t, how, 0.85)
    frames = [
        f
        for f in DEEDS.get(c.lemma[t], ())
        if f.slot == "person" and f.kind in ("touch", "restrain", "strike")
    ]
    for f in frames:
        found = pairs(c, f.kind, owner, object_person(c, t, f.kind), t, how, f.p)
        if found:
            return found
    return []


def _gaze_of(c: Clauses, o: int) -> list[Who]:
    """Whose eyes are met: "met his gaze", "met Sorrel's"."""
    return c.owner(o) if c.lemma[o] in GAZES else []


# ------------------------------------------------------------------ mutual
def mutual(c: Clauses, t: int, how: Stance) -> list[Found]:
    """ "they kissed", "Anna and Tom embraced", "their eyes met", "she shook hands with him"."""
    lemma = c.lemma[t]
    s, passive = c.subject(t)
    if s is None or passive:
        return []
    if lemma == "shake":
        return _shaken_hands(c, t, how)
    met = lemma in ("meet", "lock") and c.form[s] in _MEETING
    if met and not c.deps(t, "obj"):
        people = c.owner(s)
        return pairs(c, "kiss" if c.form[s] == "lips" else "look", people, people, t, how, 0.85)
    if lemma in _MUTUAL and not objects(c, t):
        people = c.agents(t)[0]
        return pairs(c, "kiss" if lemma == "kiss" else "embrace", people, people, t, how, 0.9)
    return []


def _shaken_hands(c: Clauses, t: int, how: Stance) -> list[Found]:
    people = c.agents(t)[0]
    for o in c.deps(t, "obj"):
        if c.form[o] == "hand" and c.mention[o] is None:
            return pairs(c, "touch", people, c.reached(o), t, how, 0.9, o + 1 if o > t else None)
        if c.form[o] != "hands":
            continue
        others = [k for host in (t, o) for k in c.deps(host, "obl", "nmod") if "with" in c.case(k)]
        end = o + 1 if o > t else None
        if others:
            there = c.people(others[0])
            return [
                *pairs(c, "touch", people, there, t, how, 0.92, end),
                *pairs(c, "touch", there, people, t, how, 0.92, end),
            ]
        return pairs(c, "touch", people, people, t, how, 0.85, end)
    return []


Gesture: TypeAlias = Callable[[Clauses, int, list[Who], Stance], list[Found]]
GESTURES: tuple[Gesture, ...] = (
    up_and_down, light_act, arms_act, take_in_arms, put_part, hold_of, turned_back,
)  # fmt: skip
"""In the order in which a verb is tried."""
