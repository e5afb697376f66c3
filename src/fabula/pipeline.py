"""The reading of a story, stage by stage. Each stage takes evidence and beliefs and returns new beliefs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from fabula.types import Analysis, CastMember, Producer, Story

if TYPE_CHECKING:
    from fabula.encoder.session import Encoder, OnnxEncoder
    from fabula.heads.evidence import Evidence
    from fabula.resolve.constraints import Constraints
    from fabula.resolve.coref import EntityBeliefs
    from fabula.resolve.groundwork import Groundwork
    from fabula.resolve.names import NameBeliefs
    from fabula.resolve.narrator import Narrators
    from fabula.resolve.person_reading import PersonBeliefs
    from fabula.resolve.speech import SpeechBeliefs

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
    experimental: bool = False,
) -> Analysis:
    """Read a story: evidence first, then every decision. The same story gives the same analysis.

    ``experimental`` tells also the kinds of acts and feelings in ``ledger/experimental.py``.
    Raises ``ModelError`` if the weights cannot be loaded.
    """
    encoder = encoder or default_encoder()
    read, evidence = read_with(story, encoder, progress, _names_of(cast))
    analysis = decide(
        read, evidence, cast=cast, model_id=encoder.model_id, progress=progress, experimental=experimental
    )
    return analysis if read is story else replace(analysis, story=story)


def _names_of(cast: Sequence[CastMember]) -> frozenset[str]:
    """The words of all names in a cast."""
    return frozenset(w for c in cast for name in (c.name, *c.aliases) for w in name.split())


def read_with(
    story: Story, encoder: Encoder, progress: Progress | None = None, known: Collection[str] = ()
) -> tuple[Story, Evidence]:
    """The evidence of a story, and the story as it was read: with capitals, if it has none.

    ``known``: words of names that are people's, whatever the text suggests. Where capitals are guessed, which
    names are nobody's is not: that is judged by capitals.
    """
    from fabula.encoder.session import model_folder
    from fabula.heads.evidence import gather
    from fabula.heads.small_letters import with_names
    from fabula.text.read import with_capitals

    text = with_capitals(story.text, story.paragraphs, story.segments)
    if text is story.text:
        return story, gather(story, encoder, model_folder(), progress, known)
    evidence = gather(story, encoder, model_folder(), progress, known, every_name=True)
    read = with_names(replace(story, text=text), evidence.mentions)
    return read, gather(read, encoder, model_folder(), progress, known, every_name=True)


@dataclass(frozen=True, slots=True)
class Settled:
    """What the stages believe, before calibration; ``away`` are those who are only talked about."""

    names: NameBeliefs
    entities: EntityBeliefs
    speech: SpeechBeliefs
    narrators: tuple[int, ...]
    persons: PersonBeliefs | None
    away: frozenset[int]


def first_beliefs(
    story: Story,
    evidence: Evidence,
    cast: Sequence[CastMember] = (),
    held: Constraints | None = None,
    ground: Groundwork | None = None,
) -> tuple[NameBeliefs, EntityBeliefs, Narrators, frozenset[int]]:
    """Names, mentions, narrators and who is off stage, before anybody is heard."""
    from fabula.resolve.agreement import Agreement
    from fabula.resolve.coref import resolve_mentions
    from fabula.resolve.groundwork import Groundwork
    from fabula.resolve.names import resolve_names
    from fabula.resolve.narrator import Narrators, find_narrators
    from fabula.resolve.presence import off_stage

    names = held.names if held and held.names else resolve_names(story, evidence.mentions, cast)
    ground = ground or Groundwork(story, evidence, kept=0)
    priors = [r.gender for r in names.roster]
    there = ground.introduced(names).values()
    away = off_stage(evidence, names, there=there)
    entities = resolve_mentions(
        story,
        evidence,
        names.entity,
        len(priors),
        Agreement(priors),
        fixed=held.fixed if held else None,
        apart=ground.apart,
        repeats=ground.repeats,
        absent=away,
        links=ground.links(names, held.fixed if held else ()),
    )
    told = held.narrators if held else None
    if told is None:
        narrators = find_narrators(story, evidence, names, entities)
    else:
        narrators = Narrators(told, (1.0,) * len(told))
    return names, entities, narrators, off_stage(evidence, names, narrators.entity, there)


def settle(
    story: Story,
    evidence: Evidence,
    *,
    cast: Sequence[CastMember] = (),
    held: Constraints | None = None,
    ground: Groundwork | None = None,
    progress: Progress | None = None,
    refocus: bool = True,
    whole: bool = True,
) -> Settled:
    """The stages in order: names, mentions, narrators, speech; then "I" and "you" known, then both again.

    ``held`` is what a person has fixed; no stage overturns it. ``ground`` is what is known already from
    another run over the same story and evidence. Without ``refocus`` "he" and "she" are not weighed once
    more at the end: what ``training.focus`` learns from. Without ``whole`` lines are not: what
    ``training.lines`` learns from.
    """
    from fabula.resolve.agreement import Agreement
    from fabula.resolve.beats import beats, with_beats
    from fabula.resolve.constraints import enforce_mentions, tag_words
    from fabula.resolve.coref import resolve_mentions
    from fabula.resolve.focus import refocused
    from fabula.resolve.grammar import barred
    from fabula.resolve.groundwork import Groundwork
    from fabula.resolve.late_names import called_out, late_names, rename_entities
    from fabula.resolve.own_words import own_words
    from fabula.resolve.persons import (
        halfway,
        kept_apart,
        people_seen,
        read_persons,
        replaced_at,
        with_persons,
    )
    from fabula.resolve.predicates import predicates
    from fabula.resolve.speakers import resolve_speech

    def tell(share: float) -> None:
        if progress:
            progress("deciding", share)

    ground = ground or Groundwork(story, evidence, kept=0)
    names, entities, tellers, away = first_beliefs(story, evidence, cast, held, ground)
    narrators = tellers.entity
    around = ground.around
    said = ground.introduced(names)
    tell(0.2)
    speech = resolve_speech(story, evidence, names, entities, narrators, away, held, around=around, said=said)
    tell(0.4)
    persons = None
    if evidence.persons is not None:
        persons = read_persons(story, evidence, names, entities, speech, narrators, held)
        seen = with_persons(entities, persons)
        speech = resolve_speech(story, evidence, names, seen, narrators, away, held, persons, around, said)
    priors = [r.gender for r in names.roster]
    fixed = predicates(story, evidence, len(priors)) | own_words(story, evidence, speech, narrators, names)
    kept = tag_words(held, speech, evidence.mentions) | held.fixed if held else {}
    fixed |= kept
    kept_out = barred(story, evidence, speech, narrators)
    entities = resolve_mentions(
        story,
        evidence,
        names.entity,
        len(priors),
        Agreement(priors),
        fixed=fixed,
        apart=ground.apart,
        repeats=ground.repeats,
        barred=kept_out,
        hints=None if persons else beats(story, evidence, speech),
        absent=frozenset() if persons else away,
        same=entities.same,
        seen=people_seen(persons) if persons else None,
        links=ground.links(names, fixed),
    )
    if persons:
        entities = kept_apart(halfway(entities, persons, fixed, kept_out), ground.apart, fixed)
    tell(0.8)
    speech = resolve_speech(story, evidence, names, entities, narrators, away, held, persons, around, said)
    if persons:
        entities = with_beats(story, evidence, entities, speech, fixed)
    calls = called_out(names, around[0].quotes, away)
    same = late_names(story, evidence, names, entities, speech, calls, said)
    if same or calls:
        entities = rename_entities(entities, same)
        away = away - set(same.values()) - set(calls)
        speech = resolve_speech(
            story, evidence, names, entities, narrators, away, held, persons, around, said
        )
    if persons and refocus:
        entities = refocused(
            story, evidence, names, entities, persons, speech, away, narrators, ground.apart, fixed
        )
        speech = resolve_speech(
            story, evidence, names, entities, narrators, away, held, persons, around, said, whole
        )
        if whole:
            # "I" and "you" follow whoever is found to speak in the end.
            entities = replaced_at(
                entities, own_words(story, evidence, speech, narrators, names, tellers.sure) | kept
            )
    if held:
        entities = enforce_mentions(entities, held)
    tell(1.0)
    return Settled(names, entities, speech, narrators, persons, away)


def decide(
    story: Story,
    evidence: Evidence,
    *,
    cast: Sequence[CastMember] = (),
    held: Constraints | None = None,
    model_id: str = "",
    progress: Progress | None = None,
    experimental: bool = False,
) -> Analysis:
    """Every decision over given evidence; cheap enough to run again after a correction."""
    from fabula import __version__
    from fabula.assemble import Beliefs, assemble
    from fabula.encoder.session import model_folder
    from fabula.ledger.keep import keep_ledger
    from fabula.resolve.calibration import calibrate
    from fabula.resolve.groups import find_groups
    from fabula.resolve.narrated_parts import told_of_you
    from fabula.resolve.scenes import find_scenes

    s = settle(story, evidence, cast=cast, held=held, progress=progress)
    second = told_of_you(story, evidence)
    scenes = find_scenes(story, evidence, s.entities)
    beliefs = Beliefs(
        names=s.names,
        entities=s.entities,
        speech=s.speech,
        confidences=calibrate(story, evidence, s.names, s.entities, s.speech, model_folder()),
        narrators=tuple(-1 if k in second else x for k, x in enumerate(s.narrators)),
        groups=find_groups(story, evidence, s.names, s.entities, [span for span, _ in scenes]),
        scenes=scenes,
    )
    options: dict[str, Any] = {"cast": len(cast)} if cast else {}
    if experimental:
        options["experimental"] = True
    read = assemble(story, evidence, beliefs, Producer(__version__, model_id, options))
    return keep_ledger(read, evidence.feelings, evidence.acts, experimental=experimental)
