"""Acts of speech by the verbs that narration has for them: a list of our own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

SPEECH_KINDS = (
    "ask", "plead", "refuse", "command", "confess", "promise", "threaten", "accuse", "apologize", "comfort",
    "praise", "insult", "thank",
)  # fmt: skip


class SpeechVerb(NamedTuple):
    """A verb of narration for an act of speech.

    ``preps`` are those after which the one addressed may stand; ``direct`` whether he may be the object.
    ``alone`` whether the verb tells the act without anybody named beside it.
    """

    kind: str
    direct: bool
    preps: frozenset[str]
    alone: bool
    p: float


_VERBS = """
ask       d  of,from       alone  .85  ask inquire enquire
ask       -  of,from       alone  .80  demand
ask       d  of,from       with   .75  request question query invite
ask       d  -             with   .65  urge
ask       -  to            with   .60  propose
plead     d  with,to,of    alone  .88  beg implore beseech entreat supplicate plead
plead     d  with,to,of    with   .70  conjure adjure importune besiege
plead     -  to            with   .65  appeal
refuse    d  to            alone  .80  refuse decline
command   d  to            alone  .85  order command bid
command   d  -             with   .75  forbid instruct
command   d  to,for        with   .65  motion beckon
confess   -  to            alone  .88  confess
confess   -  to            alone  .70  admit
confess   -  to,in         with   .75  confide
promise   d  to            alone  .88  promise vow pledge
promise   -  to            with   .75  swear
threaten  d  -             alone  .82  threaten menace
accuse    d  -             with   .88  accuse blame reproach upbraid denounce rebuke reprove
accuse    d  -             with   .88  chide scold reprimand berate nag
accuse    -  with          alone  .70  remonstrate expostulate
apologize -  to            alone  .92  apologize apologise
comfort   d  -             with   .85  comfort console soothe reassure pacify calm
comfort   d  -             with   .65  quiet hush cheer
praise    d  -             with   .82  praise compliment congratulate applaud commend flatter laud extol bless
insult    d  at            with   .80  insult mock taunt ridicule revile deride jeer abuse
insult    d  at            with   .70  curse
insult    -  at            with   .62  laugh sneer scoff swear
thank     d  -             with   .95  thank
"""

_TOLD_OBJECTS = {
    ("beg", "pardon"): "apologize", ("ask", "pardon"): "apologize", ("ask", "forgiveness"): "apologize",
    ("beg", "forgiveness"): "apologize", ("make", "apology"): "apologize", ("offer", "apology"): "apologize",
    ("give", "word"): "promise", ("make", "promise"): "promise", ("give", "promise"): "promise",
    ("give", "order"): "command", ("make", "confession"): "confess", ("pay", "compliment"): "praise",
    ("put", "question"): "ask", ("make", "request"): "ask", ("make", "fun"): "insult",
    ("poke", "fun"): "insult",
    ("express", "gratitude"): "thank", ("return", "thanks"): "thank", ("express", "thanks"): "thank",
}  # fmt: skip
TOLD_OBJECTS: Mapping[tuple[str, str], str] = _TOLD_OBJECTS
"""Verb and object that tell an act together ("begged her pardon")."""


def _verbs() -> dict[str, tuple[SpeechVerb, ...]]:
    table: defaultdict[str, list[SpeechVerb]] = defaultdict(list)
    for line in _VERBS.strip().splitlines():
        kind, direct, preps, alone, p, *lemmas = line.split()
        words = frozenset() if preps == "-" else frozenset(preps.split(","))
        for lemma in lemmas:
            table[lemma].append(SpeechVerb(kind, direct == "d", words, alone == "alone", float(p)))
    return {k: tuple(v) for k, v in table.items()}


SPEECH_VERBS: Mapping[str, tuple[SpeechVerb, ...]] = _verbs()
