"""Words that sound like an act between people and tell none: what neither rule nor classifier may keep.

After docs/guidelines.md: formulas order nothing, a kind offer is no order, deeds to things and to oneself are
done to nobody.
"""

from __future__ import annotations

import re

from fabula.ledger.clauses import Clauses
from fabula.lexicon.bodies import GAZES
from fabula.lexicon.deeds import DEED_KINDS
from fabula.lexicon.words import words

_LOOKING = words("look stare glance gaze gape peer peep glare squint")
_AT = words("at upon on into over through")
_REGARDING = words("look regard view")
_KNOCKING = words("strike hit knock bump beat bang crack")
_AGAINST = words("against on upon")
_HAULING = words("drag haul")
_SHIFTING = words("move push pull draw bring carry slide shove roll set put swing turn")
_TALKERS = words("i me you we us")
_SELF = ("self", "selves")
_OFFER = re.compile(
    r"^(?:(?:here|oh|do|then|come|please|well),? )*have (?:a|an|some|another|one|more|my|mine)\b"
    r"(?! (?:good |closer |better )?(?:look|care|heart|go|try|sense)\b)"
)
"""An offer: "Have a plum." Not "Have the horse saddled"."""
_FORMULA = re.compile(
    r"^(?:(?:but|and|now|well|oh|so|then|why|there),? )*"
    r"(?:look here|see here|look|see|come|come,? come|come now|now|never mind|believe me|mind you|let me see|"
    r"hark|remember|trust me|listen here|i say)[ ,.;:!?…—–-]*$"
)
"""Words that only open or fill the talk."""
_FORGIVING = re.compile(
    r"\b(?:to|never|ever|not|you|he|she|they|can|will|would|'ll|could|might|may) forgive me\b"
)
_SORRY = re.compile(r"\b(?:sorry|pardon|apolog|regret|excuse|(?:^|[,.;!—-] ?)forgive)")


def said_for_nothing(kind: str, said: str) -> bool:
    """Whether words in lower case (``ledger/said.py``) only sound like an act of speech of ``kind``.

    For orders names are left out of the words: "Look here, Hal" is a formula. "Nobody will ever forgive me"
    asks no pardon.
    """
    if kind == "command":
        return bool(_OFFER.match(said) or _FORMULA.match(said.rstrip("\"'”’» ")))
    return kind == "apologize" and bool(_FORGIVING.search(said)) and not _SORRY.search(said)


def does_nothing(c: Clauses, t: int, kind: str) -> bool:
    """Whether the verb at ``t`` tells no act of ``kind`` between two people, whatever its list says."""
    lemma = c.lemma[t]
    if kind == "look":
        return _looks_at_a_thing(c, t) or (lemma in _REGARDING and _as(c, t)) or _to_oneself(c, t)
    if kind == "strike":
        return lemma in _KNOCKING and _own_part(c, t)
    if kind == "approach":
        return lemma in _SHIFTING and _moves_a_thing(c, t)
    if kind == "restrain":
        return lemma in _HAULING and _taken_along(c, t)
    if kind == "plead":
        return lemma == "plead" and _pleads_a_reason(c, t)
    return kind not in DEED_KINDS and _to_oneself(c, t)


def _to_oneself(c: Clauses, t: int) -> bool:
    """ "reproached herself", "looked at himself in the glass", "asked himself"."""
    return any(c.form[k].endswith(_SELF) for k in c.deps(t, "obj", "iobj", "obl")) and not any(
        c.person(k) and not c.form[k].endswith(_SELF) for k in c.deps(t, "obj", "iobj", "obl")
    )


def _looks_at_a_thing(c: Clauses, t: int) -> bool:
    """ "looked at the room": a noun that is no person, no part and no look, and nobody beside it."""
    if c.lemma[t] not in _LOOKING:
        return False
    goals = [k for k in c.deps(t, "obl", "nmod") if _AT & set(c.case(k))]
    things = [k for k in goals if c.upos[k] == "NOUN" and c.mention[k] is None and not c.is_part(k)]
    things = [k for k in things if c.lemma[k] not in GAZES and not c.owner(k) and not c.people(k)]
    return bool(things) and len(things) == len(goals)


def _moves_a_thing(c: Clauses, t: int) -> bool:
    """ "moved the lamp up to him": not one's own chair, in which one comes nearer."""
    return any(
        c.upos[o] == "NOUN"
        and c.mention[o] is None
        and not c.is_part(o)
        and not any(c.xpos[k] == "PRP$" for k in c.deps(o, "nmod:poss"))
        for o in c.deps(t, "obj")
    )


def _as(c: Clauses, t: int) -> bool:
    """ "looked upon him as an enemy" is a thought."""
    hosts = [t, *c.deps(t, "obj", "obl")]
    return any("as" in c.case(k) and c.upos[k] == "NOUN" for h in hosts for k in c.deps(h, "obl", "nmod"))


def _own_part(c: Clauses, t: int) -> bool:
    """ "struck his head against the door": his own."""
    own = [
        o
        for o in c.deps(t, "obj")
        if c.is_part(o) and any(c.xpos[k] == "PRP$" for k in c.deps(o, "nmod:poss"))
    ]
    on = [k for h in (t, *own) for k in c.deps(h, "obl", "nmod") if _AGAINST & set(c.case(k))]
    return bool(own) and any(not c.person(k) and not c.is_part(k) for k in on)


def _taken_along(c: Clauses, t: int) -> bool:
    """ "I have dragged you up a mountain", said between the two: taken along, not seized."""
    if c.quote[t] < 0:
        return False
    s, _ = c.subject(t)
    said = s is not None and c.form[s] in _TALKERS and any(c.form[o] in _TALKERS for o in c.deps(t, "obj"))
    return said and any(c.case(k) and not c.person(k) and not c.is_part(k) for k in c.deps(t, "obl"))


def _pleads_a_reason(c: Clauses, t: int) -> bool:
    """ "pleaded guilty", "pleaded a headache"."""
    if any(c.form[k] == "guilty" for k in c.children[t]):
        return True
    return any(c.upos[k] == "NOUN" and not c.people(k) and not c.is_part(k) for k in c.deps(t, "obj"))
