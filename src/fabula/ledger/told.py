"""Acts of speech that narration, or somebody's report, tells by a verb: "he thanked her", "she refused"."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from fabula.ledger.clauses import Clauses, Who
from fabula.ledger.found import Found, pairs
from fabula.ledger.idioms import does_nothing
from fabula.ledger.objects import objects
from fabula.ledger.stance import Stance, stance
from fabula.lexicon.bodies import BODY_PARTS
from fabula.lexicon.speech_acts import SPEECH_VERBS, TOLD_OBJECTS, SpeechVerb
from fabula.lexicon.speech_words import BAD_NAMES
from fabula.lexicon.words import words

_OBLIQUES = ("obl", "nmod")
_OFFERED = words("offer invitation proposal request assistance help arm hand permission gift")
"""What is refused to somebody."""
_NEAR = 3
"""Code points that may stand between a sentence and the quote beside it."""


def find_told(c: Clauses) -> Iterator[Found]:
    """Every act of speech told by a verb, in text order."""
    cues = {q.cue.start: q.id for q in c.analysis.quotes if q.cue is not None}
    verbs = SPEECH_VERBS.keys() | {verb for verb, _ in TOLD_OBJECTS} | {"call", "tell"}
    starts = c.analysis.story.tokens.start
    for t, lemma in enumerate(c.lemma):
        if lemma in verbs and c.told[t] and c.upos[t] == "VERB":
            quote = cues.get(int(starts[t]))
            yield from (f for f in _of_verb(c, t, quote) if not does_nothing(c, t, f.kind))


def _of_verb(c: Clauses, t: int, cued: int | None) -> Iterator[Found]:
    how = stance(c, t)
    if how.asked and c.quote[t] >= 0:
        return
    s, _ = c.subject(t)
    if s is not None and c.form[s] in ("i", "we") and c.xpos[t] in ("VBP", "VB", "VBG"):
        return  # "I beg you", "I confess": the words do it themselves, or only fill the talk.
    agents, passive = c.agents(t)
    found = _by_object(c, t, agents) or _called(c, t, agents) or _told_to(c, t, agents)
    for kind, patients, p in found:
        yield from _each(c, t, kind, agents, patients, how, p)
    if found:
        return
    for v in SPEECH_VERBS.get(c.lemma[t], ()):
        if passive:
            s, _ = c.subject(t)
            patients = c.people(s) if s is not None and v.direct else []
            if agents and patients:
                yield from _each(c, t, v.kind, agents, patients, how, v.p)
                return
            continue
        if not agents:
            return
        if v.kind == "ask" and not _asks(c, t, cued):
            return
        patients = _addressed(c, t, v)
        weight = 1.0
        if not patients:
            if not v.alone or not _complete(c, t, v, cued):
                continue
            patients, weight = _heard(c, t, cued, agents), 0.95
        yield from _each(c, t, v.kind, agents, patients, how, v.p * weight)
        return


def _each(
    c: Clauses, t: int, kind: str, agents: list[Who], patients: list[Who], how: Stance, p: float
) -> Iterator[Found]:
    if patients:
        yield from pairs(c, kind, agents, patients, t, how, p)
        return
    for a in agents:
        yield Found(kind, a.entity, None, c.span(t), t, how.denied, how.imagined, p * how.weight, a.p)


def _addressed(c: Clauses, t: int, v: SpeechVerb) -> list[Who]:
    for k in c.children[t]:
        relation = c.deprel[k]
        if v.direct and relation in ("iobj", "obj") and c.person(k):
            return c.people(k)
        if relation in _OBLIQUES and set(c.case(k)) & v.preps and c.person(k):
            return c.people(k)
    # "scolded and nagged him"
    return [w for o in objects(c, t)[:1] for w in c.people(o)] if v.direct else []


def _asks(c: Clauses, t: int, cued: int | None) -> bool:
    """Not "asked after her health" or "asked for bread" of nobody; "asked" beside a quote is a question."""
    if cued is None and any(not c.person(k) for k in c.deps(t, "obj")) and not c.deps(t, "iobj"):
        return False
    return not any("after" in c.case(k) for k in c.deps(t, "obl"))


def _complete(c: Clauses, t: int, v: SpeechVerb, cued: int | None) -> bool:
    """Whether the verb tells an act with nobody named beside it."""
    if cued is not None:
        return True
    if v.kind == "refuse":
        things = c.deps(t, "obj")
        return bool(c.deps(t, "xcomp")) or not things or any(c.lemma[o] in _OFFERED for o in things)
    if v.kind == "promise" and not c.deps(t, "xcomp"):
        return any(c.xpos[d] == "MD" for k in c.deps(t, "ccomp") for d in c.children[k])
    if v.kind in ("confess", "apologize", "plead", "promise", "threaten", "ask"):
        return bool(c.deps(t, "xcomp", "ccomp")) or v.kind in ("confess", "apologize")
    return False


def _heard(c: Clauses, t: int, cued: int | None, agents: list[Who]) -> list[Who]:
    """To whom the quote is said that the verb introduces, or that the same person speaks beside it."""
    quotes = c.analysis.quotes
    chosen = quotes[cued] if cued is not None and cued < len(quotes) else None
    if chosen is None and c.quote[t] < 0:
        sentence = c.analysis.story.sentences[c.sentence[t]]
        k = bisect_right(c.quote_starts, sentence.end + _NEAR)
        for q in quotes[max(k - 2, 0) : k]:
            mine = q.speaker is not None and any(q.speaker == a.entity for a in agents)
            if mine and q.end > sentence.start - _NEAR:
                chosen = q
                break
    if chosen is None or len(chosen.addressees) != 1:
        return []
    return [Who(chosen.addressees[0], chosen.addressee_confidence or 0.5, -1)]


def _by_object(c: Clauses, t: int, agents: list[Who]) -> list[tuple[str, list[Who], float]]:
    """ "begged her pardon", "made him a promise"."""
    for o in c.deps(t, "obj", "xcomp"):
        kind = TOLD_OBJECTS.get((c.lemma[t], c.lemma[o]))
        if kind is None or not agents:
            continue
        patients = c.owner(o)
        if {w.entity for w in patients} & {a.entity for a in agents}:
            patients = []
        for k in (*c.children[t], *c.deps(o, "obl")):
            if not patients and (
                c.deprel[k] == "iobj" or (c.deprel[k] == "obl" and set(c.case(k)) & {"to", "of"})
            ):
                patients = c.people(k)
        if patients or kind == "apologize":
            return [(kind, patients, 0.88)]
    return []


def _called(c: Clauses, t: int, agents: list[Who]) -> list[tuple[str, list[Who], float]]:
    """ "called him a fool"."""
    if c.lemma[t] != "call" or not agents:
        return []
    named = [
        k for k in c.children[t] if c.deprel[k] in ("xcomp", "obj", "obl", "iobj") and c.lemma[k] in BAD_NAMES
    ]
    if not named:
        return []
    for k in c.deps(t, "obj", "iobj"):
        if k not in named and c.person(k):
            return [("insult", c.people(k), 0.9)]
    return []


def _told_to(c: Clauses, t: int, agents: list[Who]) -> list[tuple[str, list[Who], float]]:
    """ "told him to go" is an order."""
    if c.lemma[t] != "tell" or not agents:
        return []
    orders = [
        k
        for k in c.deps(t, "xcomp", "ccomp")
        if c.xpos[k] == "VB" and any(c.form[g] == "to" for g in c.children[k])
    ]
    if not orders:
        return []
    for k in c.deps(t, "obj", "iobj"):
        if c.person(k) and c.lemma[k] not in BODY_PARTS:
            return [("command", c.people(k), 0.85)]
    return []
