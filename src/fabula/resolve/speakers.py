"""Who speaks each quote, and to whom: candidates scored, conversations decoded, decisions written down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np

from fabula.encoder.session import model_folder
from fabula.errors import ModelError
from fabula.heads.evidence import Evidence
from fabula.resolve.constraints import Constraints, allowed, enforce_speech, with_held
from fabula.resolve.conversations import (
    MODEL,
    Doubles,
    SpeakerWeights,
    conversations,
    decode,
    load_speaker_weights,
)
from fabula.resolve.coref import KEEP, Distribution, EntityBeliefs, best_first
from fabula.resolve.lines import weighed
from fabula.resolve.names import NameBeliefs
from fabula.resolve.own_words import narrators_own
from fabula.resolve.person_reading import PersonBeliefs
from fabula.resolve.persons import speech_priors
from fabula.resolve.quote_context import CONTINUES, QuoteContext, StoryContext, read_context
from fabula.resolve.quote_people import is_aside, tagged_at
from fabula.resolve.speaker_features import Nearby, QuoteCandidates, candidates_of, neural_windows
from fabula.resolve.speech import SpeechBeliefs
from fabula.types import Ints, QuoteKind, QuoteType, Span, Story

RETOLD = 0.01
"""What is left of the chance that who retells another's words said them, or another those of the teller."""
UNTAGGED = 0.03
"""What is left of the chance that somebody else speaks than whom a tag names beside its verb."""
OWN = 0.005
"""The same where the tag is "I said" in a story that I tell, or "you say" in one told of "you"."""
FAINT = 0.01
"""Probabilities below this are not kept."""


Surroundings = tuple[StoryContext, list[Nearby]]
"""What stands around quotes, and the pair scorer's word there: the same whatever is believed."""


def surroundings(story: Story, evidence: Evidence) -> Surroundings:
    """Find what stands around quotes; one call serves every pass."""
    context = read_context(story, evidence)
    return context, neural_windows(context, evidence)


def resolve_speech(
    story: Story,
    evidence: Evidence,
    names: NameBeliefs,
    entities: EntityBeliefs,
    narrators: tuple[int, ...],
    away: frozenset[int] = frozenset(),
    held: Constraints | None = None,
    persons: PersonBeliefs | None = None,
    around: Surroundings | None = None,
    said: Mapping[int, int] | None = None,
    whole: bool = False,
) -> SpeechBeliefs:
    """Give every quote its speaker and addressee as distributions, and decide the addressees.

    ``narrators``: per segment of the story, the entity that says "I" in its narration, -1 for none. ``away``
    are entities that are only talked about and do not speak; ``held`` is what a person has fixed; ``around``
    is what ``surroundings`` gives, where it is known already; ``said`` are quotes whose speakers say their
    names (``introductions``); with ``whole`` every line is weighed once more among all that stands around it
    (``lines``). Cost: linear in the story. Raises ``ModelError`` if the weights are missing or do not fit.
    """
    around = around or surroundings(story, evidence)
    candidates = speech_candidates(story, evidence, names, entities, narrators, away, held, persons, around)
    open_states = allowed(candidates, held) if held is not None else None
    weights = speaker_weights(persons is not None)
    speech = decide_speech(
        story, evidence, names, entities, around[0], candidates, weights, open_states, said, whole,
        narrators_own(story, evidence, narrators),
    )  # fmt: skip
    return enforce_speech(speech, held) if held is not None else speech


def speech_candidates(
    story: Story,
    evidence: Evidence,
    names: NameBeliefs,
    entities: EntityBeliefs,
    narrators: tuple[int, ...],
    away: frozenset[int],
    held: Constraints | None,
    persons: PersonBeliefs | None,
    around: Surroundings,
) -> list[QuoteCandidates]:
    """The candidates of every quote, with what the person model says of them; see ``resolve_speech``."""
    context, neural = around
    found, _, _ = candidates_of(story, evidence, context, names, entities, narrators, neural)
    candidates = [present(c, away) for c in found]
    if held is not None:
        candidates = with_held(candidates, held)
    if persons is not None:
        candidates = [replace(c, prior=speech_priors(persons, q, c.entity)) for q, c in enumerate(candidates)]
    return candidates


def present(c: QuoteCandidates, away: frozenset[int]) -> QuoteCandidates:
    """The candidates less those off stage, if anybody is left."""
    keep = np.asarray([e not in away for e in c.entity.tolist()], dtype=bool)
    if keep.all() or not keep.any():
        return c
    return QuoteCandidates(c.entity[keep], c.features[keep], c.ties)


def speaker_weights(together: bool = False) -> SpeakerWeights:
    """The weights of the model folder in use, or those of the package where that folder has none.

    ``together``: those learnt beside the person model's word.
    """
    for folder in (model_folder(), Path(__file__).parent.parent / "model"):
        if (folder / MODEL).exists():
            try:
                return load_speaker_weights(folder, together)
            except (ValueError, KeyError, TypeError) as error:
                remedy = "reinstall fabula, or run training/speakers.py"
                raise ModelError(
                    str(folder / MODEL), f"damaged or of another version ({error})", remedy
                ) from error
    raise ModelError(str(model_folder() / MODEL), "missing", "Reinstall fabula, or unset FABULA_MODEL")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Lines as the conversation decoder has them.

    ``outer``: quotes that lie in no other. ``tables``: per quote P(speaker, addressee), (n, n + 1) over its
    candidates, the last column nobody known; of nested quotes still empty. ``told``: weights of the same
    shape where tag, words or a person tell who speaks.
    """

    outer: list[int]
    tables: list[Doubles]
    told: dict[int, Doubles]

    def settled(self) -> set[int]:
        """Lines of which it is told that one person alone speaks them."""
        return {k for k, w in self.told.items() if (w.max(axis=1, initial=0.0) > UNTAGGED).sum() == 1}


def decoded(
    quotes: Sequence[QuoteContext],
    names: NameBeliefs,
    entities: EntityBeliefs,
    candidates: Sequence[QuoteCandidates],
    weights: SpeakerWeights,
    open_states: Mapping[int, Doubles] | None = None,
    said: Mapping[int, int] | None = None,
    own: Mapping[int, int] | None = None,
) -> Decoded:
    """Decode every conversation. ``own`` as ``narrators_own`` gives it."""
    n = len(quotes)
    tables: list[Doubles] = [np.zeros((0, 1))] * n
    outer = [k for k in range(n) if quotes[k].parent < 0]
    told = {k: _said_by(e, candidates[k].entity) for k, e in (said or {}).items() if quotes[k].tag is None}
    for k in (*outer, *(k for k in range(n) if is_aside(quotes, k))):
        tagged = _tagged(quotes[tagged_at(quotes, k)], names, entities, candidates[k].entity, own or {})
        if tagged is not None:
            told[k] = tagged
    told |= open_states or {}
    for written in (False, True):
        for run in conversations(quotes, [k for k in outer if quotes[k].written is written]):
            for k, table in zip(run, decode(weights, quotes, candidates, run, told), strict=True):
                tables[k] = table
    return Decoded(outer, tables, told)


def decide_speech(
    story: Story,
    evidence: Evidence,
    names: NameBeliefs,
    entities: EntityBeliefs,
    context: StoryContext,
    candidates: Sequence[QuoteCandidates],
    weights: SpeakerWeights,
    open_states: Mapping[int, Doubles] | None = None,
    said: Mapping[int, int] | None = None,
    whole: bool = False,
    own: Mapping[int, int] | None = None,
) -> SpeechBeliefs:
    """Decode every conversation and write the beliefs down; see ``resolve_speech`` and ``decoded``."""
    quotes = context.quotes
    n = len(quotes)
    d = decoded(quotes, names, entities, candidates, weights, open_states, said, own)
    outer, tables = d.outer, d.tables
    if whole:
        tables = weighed(evidence, entities, candidates, tables, outer, d.settled())
        for k, left in (open_states or {}).items():
            tables[k] = _left_open(tables[k], left, d.tables[k])
    for k in range(n):
        if quotes[k].parent >= 0:
            above = quotes[k].parent
            retold: dict[int, Doubles] = {}
            if above != k:
                tellers = dict(zip(candidates[above].entity.tolist(), tables[above].sum(axis=1), strict=True))
                retold[k] = _retold(quotes[k], context.low, candidates[k].entity, tellers)
            tables[k] = decode(weights, quotes, candidates, [k], retold | d.told)[0]
    speaker: list[Distribution] = []
    addressee: list[Distribution] = []
    addressees: list[tuple[int, ...]] = []
    for k in range(n):
        ids = candidates[k].entity
        speaker.append(_distribution(ids.tolist(), tables[k].sum(axis=1).tolist()))
        said_by = int(np.argmax(tables[k].sum(axis=1))) if len(ids) else -1
        addressee.append(_distribution(ids.tolist(), tables[k].sum(axis=0)[:-1].tolist()))
        addressees.append(_decide_addressees(ids.tolist(), tables[k], said_by))
    types = [_type(q, names, evidence) for q in quotes]
    mention = [_naming(q) for q in quotes]
    cue: list[Span | None] = [_cue(story, k, q) for k, q in enumerate(quotes)]
    kinds: list[QuoteKind] = [_kind(story, k, q) for k, q in enumerate(quotes)]
    for before, k in pairwise(outer):
        _continue(before, k, quotes, types, mention, cue, kinds)
    for k in range(n):
        if (by := tagged_at(quotes, k)) != k:
            _copy(by, k, quotes, types, mention, cue, kinds)
    for k, before in zip(outer[-2::-1], outer[:0:-1], strict=False):
        if quotes[before].link == CONTINUES:
            _copy(before, k, quotes, types, mention, cue, kinds)
    return SpeechBeliefs(
        speaker=tuple(speaker),
        addressee=tuple(addressee),
        addressees=tuple(addressees),
        type=tuple(types),
        kind=tuple(kinds),
        mention=np.asarray(mention, dtype=np.int32),
        cue=tuple(cue),
    )


def _left_open(table: Doubles, left: Doubles, before: Doubles) -> Doubles:
    """``table`` without the states that a person has closed; ``before``, if nothing is left of it."""
    out = table * left
    total = out.sum()
    return np.asarray(out / total) if total > 0 else before


def _tagged(
    q: QuoteContext, names: NameBeliefs, entities: EntityBeliefs, ids: Ints, own: Mapping[int, int]
) -> Doubles | None:
    """Weights (n, n + 1) of the states of a quote whose tag tells its speaker; None where none does.

    "said Helen" holds though a line after a line is an answer as a rule. "he said" and "the landlord said"
    weigh each candidate by the share that their "he" or "the landlord" has of meaning them.
    ``own``: who narration's "I" is, and its "you" where it is told of "you", by mention.
    """
    if q.tag is None or q.tag.shape == "loose" or q.tag.mention < 0:
        return None
    said_by = int(names.entity[q.tag.mention])
    if said_by >= 0:
        return _said_by(said_by, ids)
    if q.tag.mention in own:
        return _said_by(own[q.tag.mention], ids, OWN)
    known = dict(entities.distribution[q.tag.mention])
    share = np.asarray([known.get(e, 0.0) for e in ids.tolist()]) + UNTAGGED
    return np.repeat((share / share.max())[:, None], len(ids) + 1, axis=1) if len(ids) else None


def _said_by(e: int, ids: Ints, least: float = UNTAGGED) -> Doubles:
    """Weights (n, n + 1) of the states of a quote that ``e`` speaks, as its words or its tag say."""
    return np.repeat(np.where(ids == e, 1.0, least)[:, None], len(ids) + 1, axis=1)


def _retold(q: QuoteContext, low: Sequence[str], ids: Ints, tellers: Mapping[int, float]) -> Doubles:
    """Weights (n, n + 1) of the states of a quote in somebody's words.

    Whoever tells it is not the "she" or "Tom" of its tag, and is the "I". ``tellers``: who tells it, and how
    probably; ``ids`` (n,): the quote's candidates.
    """
    weight = np.ones(len(ids))
    if q.tag is not None and q.tag.shape != "loose":
        told = np.asarray([tellers.get(e, 0.0) for e in ids.tolist()])
        weight = RETOLD + (1 - RETOLD) * (told if low[q.tag.name[0]] == "i" else 1 - told)
    return np.repeat(weight[:, None], len(ids) + 1, axis=1)


def _distribution(ids: Sequence[int], p: Sequence[float]) -> Distribution:
    ranked = best_first(zip(ids, p, strict=True), KEEP)
    return tuple((int(e), float(x)) for e, x in ranked if x > FAINT or e == ranked[0][0])


def _decide_addressees(ids: Sequence[int], table: Doubles, said_by: int) -> tuple[int, ...]:
    """The likeliest addressee if ``said_by`` speaks; nobody where that is likelier than anybody."""
    if said_by < 0:
        return ()
    row = table[said_by]
    best = int(np.argmax(row))
    return () if best == len(ids) else (int(ids[best]),)


# ------------------------------------------------------------------ how the text says it
def _type(q: QuoteContext, names: NameBeliefs, evidence: Evidence) -> QuoteType:
    if q.tag is None or q.tag.shape == "loose":
        return "implicit"
    k = q.tag.mention
    named = k < 0 or names.entity[k] >= 0 or evidence.mentions.kind[k] == 0
    return "explicit" if named else "anaphoric"


def _naming(q: QuoteContext) -> int:
    return q.tag.mention if q.tag is not None and q.tag.shape != "loose" else -1


def _cue(story: Story, k: int, q: QuoteContext) -> Span | None:
    if q.tag is None or q.tag.shape == "loose" or story.quotes[k].label is not None:
        return None
    return Span(int(story.tokens.start[q.tag.verb]), int(story.tokens.end[q.tag.verb]))


def _kind(story: Story, k: int, q: QuoteContext) -> QuoteKind:
    if q.parent == k and q.alone:
        return "thought"
    if q.tag is not None:
        return {"think": "thought", "write": "writing"}.get(q.tag.kind, "speech")  # type: ignore[return-value]
    return "speech"


def _continue(
    before: int, k: int, quotes: Sequence[QuoteContext], types: list[QuoteType], mention: list[int],
    cue: list[Span | None], kinds: list[QuoteKind],
) -> None:  # fmt: skip
    """What names the speaker of a quote names that of its continuation too."""
    if quotes[k].link == CONTINUES:
        _copy(before, k, quotes, types, mention, cue, kinds)


def _copy(
    source: int, k: int, quotes: Sequence[QuoteContext], types: list[QuoteType], mention: list[int],
    cue: list[Span | None], kinds: list[QuoteKind],
) -> None:  # fmt: skip
    if mention[k] < 0 <= mention[source]:
        types[k], mention[k], cue[k], kinds[k] = types[source], mention[source], cue[source], kinds[source]
