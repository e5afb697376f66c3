"""The reading of a story, stage by stage. Each stage takes evidence and beliefs and returns new beliefs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from fabula.types import Analysis, CastMember, Producer, Story

if TYPE_CHECKING:
    from fabula.encoder.session import Encoder, OnnxEncoder
    from fabula.heads.evidence import Evidence

Progress = Callable[[str, float], None]
"""Told the stage's name and the share of it done, [0, 1]."""


@lru_cache(maxsize=1)
def default_encoder() -> OnnxEncoder:
    """The shipped encoder, loaded once a process."""
    from fabula.encoder.session import OnnxEncoder

    return OnnxEncoder()


def analyse(
    story: Story,
    *,
    cast: Sequence[CastMember] = (),
    progress: Progress | None = None,
    encoder: Encoder | None = None,
) -> Analysis:
    """Read a story: evidence first, then every decision. The same story gives the same analysis.

    Raises ``ModelError`` if the weights cannot be loaded.
    """
    from fabula.encoder.session import model_folder
    from fabula.heads.evidence import gather

    encoder = encoder or default_encoder()
    evidence = gather(story, encoder, model_folder(), progress)
    return decide(story, evidence, cast=cast, model_id=encoder.model_id, progress=progress)


def decide(
    story: Story,
    evidence: Evidence,
    *,
    cast: Sequence[CastMember] = (),
    model_id: str = "",
    progress: Progress | None = None,
) -> Analysis:
    """Every decision over given evidence; cheap enough to run again after a correction."""
    from fabula import __version__
    from fabula.assemble import Beliefs, assemble
    from fabula.encoder.session import model_folder
    from fabula.resolve.agreement import Agreement
    from fabula.resolve.calibration import calibrate
    from fabula.resolve.coref import resolve_mentions
    from fabula.resolve.groups import find_groups
    from fabula.resolve.names import resolve_names
    from fabula.resolve.narrator import find_narrators
    from fabula.resolve.own_words import own_words
    from fabula.resolve.scenes import find_scenes
    from fabula.resolve.speakers import resolve_speech

    def tell(share: float) -> None:
        if progress:
            progress("deciding", share)

    names = resolve_names(story, evidence.mentions, cast)
    priors = [r.gender for r in names.roster]
    n = len(names.roster)
    entities = resolve_mentions(story, evidence, names.entity, n, Agreement(priors))
    tell(0.3)
    narrators = find_narrators(story, evidence, names, entities)
    speech = resolve_speech(story, evidence, names, entities, narrators)
    tell(0.5)
    said = own_words(story, evidence, speech, narrators)
    entities = resolve_mentions(story, evidence, names.entity, n, Agreement(priors), said)
    tell(0.8)
    speech = resolve_speech(story, evidence, names, entities, narrators)
    confidences = calibrate(story, evidence, names, entities, speech, model_folder())
    beliefs = Beliefs(
        names=names,
        entities=entities,
        speech=speech,
        confidences=confidences,
        narrators=narrators,
        groups=find_groups(story, evidence, names, entities),
        scenes=find_scenes(story, evidence, entities),
    )
    tell(1.0)
    return assemble(story, evidence, beliefs, Producer(__version__, model_id, {"cast": len(cast)} if cast else {}))
