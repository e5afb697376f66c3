"""One decision: whom each "he" and "she" means, weighed once more when everything else is known.

Links look at two mentions and the person model at one window; neither knows how often somebody is named, who
was spoken of page after page, or that somebody is not named until later. A small network weighs these beside
what both have said. It is learnt by training/focus.py, mostly from stories that neither has learnt from, so
that it also knows how far to trust them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from fabula.encoder.session import model_folder
from fabula.encoder.weights import load_weights
from fabula.errors import ModelError
from fabula.heads.evidence import Evidence
from fabula.resolve.coref import KEEP, Distribution, EntityBeliefs, best_first
from fabula.resolve.focus_features import FEATURES, FocusFeatures
from fabula.resolve.focus_people import FocusPeople
from fabula.resolve.names import NameBeliefs
from fabula.resolve.person_reading import PersonBeliefs
from fabula.resolve.persons import replaced
from fabula.resolve.speech import SpeechBeliefs
from fabula.types import Floats, Story

MODEL = "focus.npz"
BLOCK = 256
"""Pronouns weighed at once, so that a long novel's features are never all in memory."""


@dataclass(frozen=True, slots=True)
class FocusWeights:
    """Of each feature: ``linear`` (n,), ``hidden`` (h, n) with ``bias`` (h,) and ``out`` (h,)."""

    linear: Floats
    hidden: Floats
    bias: Floats
    out: Floats

    def scores(self, x: Floats) -> Floats:
        """Scores (r,) of candidates by their features (r, n)."""
        return np.asarray(x @ self.linear + np.tanh(x @ self.hidden.T + self.bias) @ self.out)


@lru_cache(maxsize=2)
def focus_weights(folder: Path) -> FocusWeights | None:
    """The weights in ``folder``; None if it has none, as a folder made before there were any.

    Raises ``ModelError`` if they are damaged or made for other features.
    """
    path = folder / MODEL
    if not path.exists():
        return None
    w = load_weights(path)
    names = ("linear", "hidden", "bias", "out")
    if set(names) - set(w) or w["linear"].shape != (len(FEATURES),):
        raise ModelError(str(path), "was made for other features", "Install fabula again")
    return FocusWeights(*(w[name] for name in names))


def refocused(
    story: Story,
    evidence: Evidence,
    names: NameBeliefs,
    entities: EntityBeliefs,
    persons: PersonBeliefs,
    speech: SpeechBeliefs,
    away: Collection[int],
    narrators: Sequence[int],
    apart: Mapping[int, Sequence[int]],
    fixed: Mapping[int, Distribution],
    weights: FocusWeights | None = None,
) -> EntityBeliefs:
    """``entities``, with "he", "she" and neopronouns weighed once more; what is ``fixed`` stays.

    ``apart`` as ``grammar.apart`` gives it. Without ``weights``, those of the model folder. All pronouns are
    weighed by what was believed before, so that their order does not matter. Cost: linear in pronouns.
    """
    weights = weights or focus_weights(model_folder())
    if weights is None:
        return entities
    people = FocusPeople(story, evidence, names, entities)
    features = FocusFeatures(people, persons, speech, apart, away, narrators)
    out = list(entities.distribution)
    asked = [k for k in people.third if k not in fixed]
    for first in range(0, len(asked), BLOCK):
        block = asked[first : first + BLOCK]
        found = [features.of(k) for k in block]
        scores = weights.scores(np.concatenate([x for _, x in found]))
        at = 0
        for k, (chosen, _) in zip(block, found, strict=True):
            here = scores[at : at + len(chosen)]
            at += len(chosen)
            if chosen:
                p = np.exp(here - here.max())
                out[k] = best_first(zip(chosen, (p / p.sum()).tolist(), strict=True), KEEP)
    return replaced(entities, out)
