"""People called by an adjective alone: “Give it here,” said the taller; the other's hand.

The detector knows few of them, since novels hardly have them; fan fiction is full of them. Counted in 1,125
marked stories (training/stories): of 231 comparatives and superlatives of size and age that begin no longer
description 124 are marked as somebody; before a verb or "'s" nearly all are.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from fabula.heads.mentions import WindowMentions, with_people
from fabula.lexicon.words import words
from fabula.text.verbs import speech_verb
from fabula.types import ENTITY_TYPES, MENTION_KINDS, Ints, MentionSpans, Syntax

SCORE = 0.5
"""What is added has this score; the detector's own mentions have more."""
_SIZE = words(
    "taller shorter younger older elder smaller bigger larger thinner broader slighter heavier stockier"
    " youngest oldest eldest tallest smallest shortest"
)
_OTHER = "other"
_HAIR = words("blond blonde brunet brunette redhead")
_CALLED = frozenset(("the", word) for word in _SIZE | _HAIR | {_OTHER})
_DOES = words(
    "look nod smile laugh shake turn stand sit walk shrug sigh grin frown stare watch glance lean come go"
    " take give put hold reach wait think know feel find get see hear try let pull push open close catch"
    " start begin stop keep move step lift raise wipe breathe blink snort"
)
_PERSON, _DESCRIPTION = ENTITY_TYPES.index("PER"), MENTION_KINDS.index("NOM")


def with_adjectives(low: Sequence[str], m: WindowMentions, room: Ints) -> WindowMentions:
    """A window's mentions and every "the taller" and "the other" that none of them begins with.

    ``low``: the window's tokens in small letters. ``room`` (n,): tokens that a mention from each may have.
    """
    begun = set(m.start.tolist())
    at = [
        i
        for i, (the, word) in enumerate(pairwise(low))
        if (the, word) in _CALLED and room[i] > 1 and i not in begun
    ]
    start = np.asarray(at, np.int32)
    return with_people(m, start, start + 2, kind=_DESCRIPTION, score=SCORE)


def people_among(low: Sequence[str], syntax: Syntax, m: MentionSpans) -> npt.NDArray[np.bool_]:
    """Which mentions to keep (n,): all but those added that are no people's, as far as the sentence tells."""
    keep = np.ones(len(m), dtype=bool)
    short = np.flatnonzero((m.token_end - m.token_start == 2) & (m.type == _PERSON))
    called = [(k, int(m.token_start[k]) + 1) for k in short.tolist()]
    called = [(k, t) for k, t in called if (low[t - 1], low[t]) in _CALLED]
    at = {k: t for k, t in called if m.score[k] == SCORE}
    if not syntax.upos:
        keep[list(at)] = False
        return keep
    sure = {k for k, t in at.items() if _does(low, syntax, t)}
    known = {low[t] for k, t in called if k in sure or k not in at}
    known &= _SIZE
    for k, t in at.items():
        person = low[t] in known or low[t] in _HAIR or (low[t] in _SIZE and _of_people(low, t))
        keep[k] = k in sure or (person and _alone(low, syntax, t))
    return keep


def _of_people(low: Sequence[str], t: int) -> bool:
    """Whether the adjective at token ``t`` is said of several people: "the taller of us"."""
    return low[t + 1 : t + 2] == ["of"] and low[t + 2 : t + 3] in (["us"], ["them"])


def _alone(low: Sequence[str], syntax: Syntax, t: int) -> bool:
    """Whether the adjective at token ``t`` has no noun of its own, nor things or a "by" behind it."""
    if low[t + 1 : t + 2] == ["of"]:
        return _of_people(low, t) or (
            low[t + 2 : t + 3] == ["the"] and low[t + 3 : t + 4] in (["two"], ["three"])
        )
    return syntax.deprel[t] not in ("amod", "compound", "advmod") and low[t + 1 : t + 2] != ["by"]


def _does(low: Sequence[str], syntax: Syntax, t: int) -> bool:
    """Whether the adjective at token ``t`` does something that people do, or has something."""
    after = low[t + 1] if t + 1 < len(low) else ""
    if after == "'s":
        return low[t] != _OTHER or syntax.deprel[t] in ("nmod", "nmod:poss")
    if t > 1 and speech_verb(low[t - 2]) is not None and not after[:1].isalpha():
        return True  # “Quiet,” says the taller, with deep sorrow
    if syntax.deprel[t] != "nsubj" or not _alone(low, syntax, t):
        return False
    verb = syntax.head[t]
    does = syntax.lemma[verb].lower() in _DOES or speech_verb(low[verb]) is not None
    return does or (low[t] in _SIZE and syntax.upos[verb] == "VERB")
