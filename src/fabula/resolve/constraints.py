"""What a person has fixed, and how the stages keep to it.

People are numbers: indices into the roster of ``names``, which holds everybody in play, people just made
included. A merge, a split, a new name are said by ``names`` itself; who a mention is, who speaks and who is
spoken to are held one by one. The stages take what is held as known and decide the rest around it; a last
step writes it over whatever came out, so that nothing can overturn it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from fabula.resolve.coref import Distribution, EntityBeliefs
from fabula.resolve.names import NameBeliefs
from fabula.resolve.speaker_features import N_FEATURES, N_PERSON, QuoteCandidates
from fabula.resolve.speech import SpeechBeliefs
from fabula.types import MentionSpans

NOBODY = -1
"""The speaker of a quote of which it is held that nobody knows who speaks."""


@dataclass(frozen=True, slots=True)
class Constraints:
    """What the stages must keep to.

    ``names``: the roster and whose names are whose, in place of the stage that finds them. ``narrators``: per
    segment who says "I" in narration, -1 for nobody, in place of the stage that finds them. ``mentions``:
    mention index to person. ``speakers``: quote index to person or NOBODY. ``addressees``: quote index to
    the people spoken to, none for nobody known.
    """

    names: NameBeliefs | None = None
    narrators: tuple[int, ...] | None = None
    mentions: Mapping[int, int] = field(default_factory=dict)
    speakers: Mapping[int, int] = field(default_factory=dict)
    addressees: Mapping[int, tuple[int, ...]] = field(default_factory=dict)

    @property
    def fixed(self) -> dict[int, Distribution]:
        """The held mentions as distributions."""
        return {k: ((e, 1.0),) for k, e in self.mentions.items()}


def tag_words(held: Constraints, speech: SpeechBeliefs, mentions: MentionSpans) -> dict[int, Distribution]:
    """Pronouns and descriptions that name a held speaker ("he said"): they are that speaker."""
    out: dict[int, Distribution] = {}
    for q, e in held.speakers.items():
        k = int(speech.mention[q])
        if k >= 0 and e >= 0 and mentions.kind[k] != 0:
            out[k] = ((e, 1.0),)
    return out


def with_held(candidates: Sequence[QuoteCandidates], held: Constraints) -> list[QuoteCandidates]:
    """The candidates of every quote, with the people who are held to speak or to be spoken to among them."""
    out = list(candidates)
    for k in held.speakers.keys() | held.addressees.keys():
        wanted = [held.speakers.get(k, NOBODY), *held.addressees.get(k, ())]
        c = out[k]
        new = [e for e in dict.fromkeys(wanted) if e >= 0 and e not in c.entity]
        if not new:
            continue
        x = np.zeros((len(new), N_FEATURES), dtype=np.float32)
        if len(c.entity):
            x[:, N_PERSON:] = c.features[0, N_PERSON:]
        out[k] = QuoteCandidates(
            np.concatenate([c.entity, np.asarray(new, np.int32)]).astype(np.int32),
            np.concatenate([c.features, x]).astype(np.float32),
            c.ties,
        )
    return out


def allowed(candidates: Sequence[QuoteCandidates], held: Constraints) -> dict[int, npt.NDArray[np.float64]]:
    """Per quote about which something is held, 1 for the (speaker, addressee) states left open and else 0.

    Tables have shape (n, n + 1) over the quote's candidates; the last column is "nobody known". A quote that
    nobody is known to speak stays open: its neighbours learn nothing from it.
    """
    out: dict[int, npt.NDArray[np.float64]] = {}
    for k in held.speakers.keys() | held.addressees.keys():
        ids = candidates[k].entity
        n = len(ids)
        table = np.ones((n, n + 1))
        speaker = held.speakers.get(k, NOBODY)
        if speaker >= 0:
            table[ids != speaker] = 0.0
        if k in held.addressees:
            heard = held.addressees[k]
            keep = np.append(np.isin(ids, heard), not heard)
            table[:, ~keep] = 0.0
        # Somebody who speaks to himself has no state; then who speaks is what counts.
        table[np.arange(n), np.arange(n)] = 0.0
        if not table.any():
            table = (
                np.ones((n, n + 1)) if speaker < 0 else np.repeat((ids == speaker)[:, None] * 1.0, n + 1, 1)
            )
        out[k] = table
    return out


def enforce_mentions(beliefs: EntityBeliefs, held: Constraints) -> EntityBeliefs:
    """The beliefs with every held mention as it is held."""
    if not held.mentions:
        return beliefs
    entity, p, distribution = beliefs.entity.copy(), beliefs.p.copy(), list(beliefs.distribution)
    for k, e in held.mentions.items():
        entity[k], p[k], distribution[k] = e, 1.0, ((e, 1.0),)
    return replace(beliefs, entity=entity, p=p, distribution=tuple(distribution))


def enforce_speech(beliefs: SpeechBeliefs, held: Constraints) -> SpeechBeliefs:
    """The beliefs with every held speaker and addressee as it is held."""
    if not held.speakers and not held.addressees:
        return beliefs
    speaker, addressee = list(beliefs.speaker), list(beliefs.addressee)
    addressees = list(beliefs.addressees)
    for q, e in held.speakers.items():
        speaker[q] = ((e, 1.0),) if e >= 0 else ()
        if q not in held.addressees:
            addressees[q] = tuple(x for x in addressees[q] if x != e)
    for q, who in held.addressees.items():
        addressees[q] = who
        addressee[q] = tuple((e, 1.0) for e in who)
    return replace(beliefs, speaker=tuple(speaker), addressee=tuple(addressee), addressees=tuple(addressees))
