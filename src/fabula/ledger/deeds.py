"""Acts of deed: verbs with their frames, parts of the body that act for their owner, what is mutual."""

from __future__ import annotations

from collections.abc import Iterator

from fabula.ledger.clauses import Clauses, Who
from fabula.ledger.found import Found, pairs
from fabula.ledger.stance import Stance, stance
from fabula.lexicon.bodies import ARMS, BODY_PARTS, GAZES, HANDS, LIPS, WORN
from fabula.lexicon.deeds import (
    ARMS_ROUND,
    DEEDS,
    LIGHT,
    LIGHT_VERBS,
    NOT_GIVEN,
    PUT,
    TAKE_HOLD,
    TAKE_IN_ARMS,
    Frame,
)
from fabula.lexicon.words import words

_OBJECTS = ("obj", "iobj")
_OBLIQUES = ("obl", "obl:unmarked", "nmod")
_ROUND = frozenset({"round", "around", "about"})
_UPON = frozenset(
    {
        "on",
        "upon",
        "against",
        "over",
        "across",
        "to",
        "into",
        "in",
        "through",
        "under",
        "round",
        "around",
        "about",
    }
)
_MUTUAL = frozenset({"kiss", "embrace", "hug", "cuddle", "shake"})
_CLOSING = words(
    """
    close tighten clamp fasten fall come rest lie press brush touch descend settle grip rise go
    steal slide
    """
)
_BODY_AT = words(
    """
    on upon against over round around about to at over
    """
)


def find_deeds(c: Clauses) -> Iterator[Found]:
    """Every deed told in the story, in text order."""
    verbs = (
        DEEDS.keys()
        | LIGHT_VERBS
        | PUT
        | ARMS_ROUND
        | TAKE_IN_ARMS
        | TAKE_HOLD
        | _CLOSING
        | {"meet", "lock", "shake"}
    )
    for t, lemma in enumerate(c.lemma):
        if lemma in verbs and c.told[t] and c.upos[t] == "VERB":
            yield from _of_verb(c, t)


def _of_verb(c: Clauses, t: int) -> list[Found]:
    how = stance(c, t, light=True)
    if how.asked and not how.denied and c.quote[t] >= 0:
        return []  # An order is an act of speech, and nothing more.
    if how.asked and c.quote[t] >= 0:
        return []
    agents, passive = c.agents(t)
    lemma = c.lemma[t]
    found = _mutual(c, t, how)
    if found:
        return found
    s, _ = c.subject(t)
    if (
        s is not None
        and not passive
        and c.mention[s] is None
        and (c.lemma[s] in BODY_PARTS or c.lemma[s] in GAZES)
    ):
        found = _part_acts(c, t, s, how)
        if found:
            return found
    if not agents and not passive:
        return []
    for special in (_up_and_down, _light, _arms, _take_in_arms, _put_part, _hold_of, _turned_back):
        found = special(c, t, agents, how) if not passive else []
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
        patients = _passive_patient(c, t) if passive else _object_person(c, t, f)
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


def _objects(c: Clauses, t: int) -> list[int]:
    found = c.deps(t, "obj")
    if not found and c.deprel[t] == "conj" and c.head[t] >= 0 and not c.deps(t, "obl", "xcomp", "ccomp"):
        # "seized and shook him": the object stands with the last verb; "held him and kissed": with the first.
        later = [k for k in c.children[c.head[t]] if k > t and c.deprel[k] == "obj"]
        found = later[:1]
    relative = any(c.form[k] in ("whom", "that") and c.deprel[k] == "obj" for k in c.children[t])
    if not found and relative and c.deprel[t] == "acl:relcl" and c.head[t] >= 0:
        found = [c.head[t]]
    return found


def _object_person(c: Clauses, t: int, f: Frame) -> list[Who]:
    if f.kind == "look" and c.deps(t, "xcomp", "ccomp"):
        return []  # "observing him to be unarmed" is a thought.
    for o in _objects(c, t)[:1]:
        if c.form[o] in ("whom", "that") and c.deprel[t] == "acl:relcl" and c.head[t] >= 0:
            o = c.head[t]
        if c.each_other(o):
            return c.agents(t)[0]
        if (
            f.kind == "withdraw"
            and c.lemma[t] in ("leave", "quit")
            and c.deps(t, "xcomp", "iobj", "obl:unmarked")
        ):
            return []
        found = c.reached(o)
        if found:
            if c.is_part(o) and c.mention[o] is None and f.kind == "approach":
                return []
            return found
        if not c.is_part(o):
            continue
    return []


def _object_part(c: Clauses, t: int) -> list[Who]:
    """The owner of a part or garment that is the object; not one's own."""
    for o in c.deps(t, "obj"):
        if (c.lemma[o] in BODY_PARTS or c.lemma[o] in WORN) and c.mention[o] is None:
            if c.lemma[t] in (
                "raise",
                "lift",
                "pull",
                "shake",
                "wring",
                "press",
                "hold",
                "smooth",
                "wipe",
            ) and not c.owner(o):
                return []
            return c.reached(o)
        if c.lemma[t] in ("take", "catch", "hold", "pull", "shake", "lead") and c.person(o):
            for k in c.deps(t, "obl"):
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
        if (
            (f.kind == "look" and c.is_part(k))
            or f.kind in ("approach", "touch", "embrace", "strike", "restrain")
        ) or f.kind == "withdraw":
            found = c.reached(k)
        else:
            found = c.people(k)
        if found and f.kind == "look" and not c.person(k) and not c.is_part(k):
            continue
        if found:
            return found
    return []


def _recipient(c: Clauses, t: int, passive: bool) -> list[Who]:
    objects = c.deps(t, "nsubj:pass") if passive else c.deps(t, "obj")
    if not objects or any(c.lemma[o] in NOT_GIVEN or c.form[o] in NOT_GIVEN for o in objects):
        return []
    if any(c.person(o) or (c.lemma[o] in BODY_PARTS) for o in objects):
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


# ------------------------------------------------------------------ with hands, arms, eyes
def _up_and_down(c: Clauses, t: int, agents: list[Who], how: Stance) -> list[Found]:
    """ "looked him up and down", "looked her in the face"."""
    if c.lemma[t] != "look":
        return []
    for o in c.deps(t, "obj"):
        if c.person(o) and not c.case(o):
            return pairs(c, "look", agents, c.people(o), t, how, 0.85)
    return []


def _light(c: Clauses, t: int, agents: list[Who], how: Stance) -> list[Found]:
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


def _arms(c: Clauses, t: int, agents: list[Who], how: Stance) -> list[Found]:
    """ "put both arms round him"."""
    if c.lemma[t] not in ARMS_ROUND:
        return []
    for o in c.deps(t, "obj"):
        if c.lemma[o] not in ARMS:
            continue
        for host in (t, o):
            for k in c.deps(host, "obl", "nmod", "obj"):
                case = c.preps(k)
                if case & _ROUND:
                    return pairs(c, "embrace", agents, c.reached(k), t, how, 0.93, o + 1 if o > t else None)
    return []


def _take_in_arms(c: Clauses, t: int, agents: list[Who], how: Stance) -> list[Found]:
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


def _put_part(c: Clauses, t: int, agents: list[Who], how: Stance) -> list[Found]:
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
        mine = {w.entity for w in agents}
        if any(w.entity not in mine for w in c.owner(o)):
            continue
        for host in (t, o):
            for k in c.deps(host, "obl", "nmod", "obj"):
                if c.preps(k) & _UPON and (c.person(k) or c.is_part(k)):
                    kind = "kiss" if part in LIPS else "touch"
                    return pairs(c, kind, agents, c.reached(k), t, how, 0.9, o + 1 if o > t else None)
    return []


def _hold_of(c: Clauses, t: int, agents: list[Who], how: Stance) -> list[Found]:
    """ "took hold of his collar"."""
    if c.lemma[t] not in TAKE_HOLD:
        return []
    for o in c.deps(t, "obj"):
        if c.lemma[o] == "hold":
            for host in (o, t):
                for k in c.deps(host, "nmod", "obl"):
                    if "of" in c.case(k):
                        return pairs(
                            c, "restrain", agents, c.reached(k), t, how, 0.85, o + 1 if o > t else None
                        )
    return []


def _turned_back(c: Clauses, t: int, agents: list[Who], how: Stance) -> list[Found]:
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


def _part_acts(c: Clauses, t: int, s: int, how: Stance) -> list[Found]:
    """A part acts for its owner: "his hand closed on her wrist", "her eyes followed him"."""
    owner = c.owner(s)
    if not owner:
        return []
    lemma = c.lemma[s]
    if lemma in GAZES:
        if c.lemma[t] in ("follow", "seek", "meet", "search", "find"):
            for o in c.deps(t, "obj"):
                return pairs(c, "look", owner, c.reached(o) or _gaze_of(c, o), t, how, 0.85)
        if c.lemma[t] in ("rest", "fall", "turn", "fix", "dwell", "settle", "go", "come", "light", "return"):
            for k in c.deps(t, "obl"):
                if c.preps(k) & {"on", "upon", "to", "toward", "towards", "over"}:
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
        found = pairs(c, f.kind, owner, _object_person(c, t, f), t, how, f.p)
        if found:
            return found
    return []


def _gaze_of(c: Clauses, o: int) -> list[Who]:
    """Whose eyes are met: "met his gaze", "met Sorrel's"."""
    return c.owner(o) if c.lemma[o] in GAZES else []


# ------------------------------------------------------------------ mutual
def _mutual(c: Clauses, t: int, how: Stance) -> list[Found]:
    """ "they kissed", "Anna and Tom embraced", "their eyes met", "she shook hands with him"."""
    lemma = c.lemma[t]
    s, passive = c.subject(t)
    if s is None or passive:
        return []
    if lemma == "shake":
        for o in c.deps(t, "obj"):
            if c.form[o] == "hands":
                for host in (t, o):
                    for k in c.deps(host, "obl", "nmod", "obj"):
                        if "with" in c.case(k):
                            return pairs(
                                c, "touch", c.people(s), c.people(k), t, how, 0.92, o + 1 if o > t else None
                            )
                people = c.people(s)
                return pairs(c, "touch", people, people, t, how, 0.85, o + 1 if o > t else None)
        return []
    if (
        lemma in ("meet", "lock")
        and c.form[s] in ("eyes", "glances", "gazes", "lips")
        and not c.deps(t, "obj")
    ):
        people = c.owner(s)
        return pairs(c, "kiss" if c.form[s] == "lips" else "look", people, people, t, how, 0.85)
    if lemma in _MUTUAL and not _objects(c, t):
        people = c.people(s)
        kind = "kiss" if lemma == "kiss" else "embrace"
        return pairs(c, kind, people, people, t, how, 0.9)
    return []
