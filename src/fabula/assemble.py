"""From beliefs to the Analysis: numbering, names, aliases, counts. Decides nothing about the story."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from fabula.heads.evidence import Evidence
from fabula.lexicon.gender import PRONOUNS
from fabula.resolve.calibration import Confidences
from fabula.resolve.coref import Distribution, EntityBeliefs
from fabula.resolve.names import NameBeliefs
from fabula.resolve.speech import SpeechBeliefs
from fabula.types import (
    CALLED,
    ENTITY_TYPES,
    MENTION_KINDS,
    Alias,
    Analysis,
    Candidate,
    Entity,
    EntityType,
    Mention,
    Producer,
    Quote,
    Role,
    Scene,
    Segment,
    Span,
    Story,
)

SURE = 0.9
"""Below this confidence a decision carries its candidates."""
N_CANDIDATES = 5
N_ALIASES = 12
_DETERMINERS = frozenset(
    {"the", "a", "an", "this", "that", "his", "her", "their", "my", "our", "your", "its"}
)


@dataclass(frozen=True, slots=True)
class Beliefs:
    """What the stages of ``resolve`` have come to believe, ready to be written down.

    ``narrators`` gives the entity that says "I" in each segment, -1 where nobody does; ``groups`` an entity's
    members where it is a group.
    """

    names: NameBeliefs
    entities: EntityBeliefs
    speech: SpeechBeliefs
    confidences: Confidences
    narrators: tuple[int, ...]
    groups: Mapping[int, tuple[int, ...]]
    scenes: tuple[tuple[Span, tuple[int, ...]], ...]


def assemble(story: Story, evidence: Evidence, beliefs: Beliefs, producer: Producer) -> Analysis:
    """Number entities by importance and write every belief in the contract's terms."""
    m, e = evidence.mentions, beliefs.entities
    order, number = _numbering(evidence, beliefs)
    forms = _forms(story, evidence, beliefs)
    types = _types(evidence, e)
    mentions = []
    start, end = story.tokens.start, story.tokens.end
    for k in range(len(m)):
        a, b, h = int(m.token_start[k]), int(m.token_end[k]), int(m.head_token[k])
        confidence = float(beliefs.confidences.mention[k])
        # "Dad", "the Abbess": a description that the story uses as a name is one.
        kind = "PROP" if beliefs.names.entity[k] >= 0 else MENTION_KINDS[int(m.kind[k])]
        own = types[int(e.entity[k])] if kind == "PRON" else ENTITY_TYPES[int(m.type[k])]
        mentions.append(
            Mention(
                k, int(start[a]), int(end[b - 1]), Span(int(start[h]), int(end[h])), own, kind,
                number.get(int(e.entity[k])), confidence, _candidates(e.distribution[k], number, confidence),
            )
        )  # fmt: skip
    several = _several(story, evidence, e)
    entities = tuple(_entity(beliefs, x, number, forms, types, several) for x in order)
    return Analysis(
        producer=producer,
        story=_with_narrators(story, beliefs, number),
        syntax=evidence.syntax,
        mentions=tuple(mentions),
        entities=entities,
        quotes=_quotes(story, beliefs, number),
        events=tuple(Span(int(start[t]), int(end[t])) for t in evidence.event_tokens),
        scenes=tuple(
            Scene(k, s.start, s.end, tuple(number[c] for c in who if c in number))
            for k, (s, who) in enumerate(beliefs.scenes)
        ),
    )


def _numbering(evidence: Evidence, beliefs: Beliefs) -> tuple[list[int], dict[int, int]]:
    """Entities by importance (persons first, then by mentions, then by first mention), and their ids."""
    count: Counter[int] = Counter()
    first: dict[int, int] = {}
    person: Counter[int] = Counter()
    sworn = {x for x, entry in enumerate(beliefs.names.roster) if entry.sworn}
    for k, x in enumerate(beliefs.entities.entity.tolist()):
        if x in sworn:
            continue
        count[x] += 1
        first.setdefault(x, k)
        person[x] += 1 if evidence.mentions.type[k] == 0 else -1
    late = len(evidence.mentions)
    for d in (*beliefs.speech.speaker, *beliefs.speech.addressee):
        for x, _ in d:
            first.setdefault(x, late)
    for x in beliefs.narrators:
        if x >= 0:
            first.setdefault(x, late)
            person[x] += 1
    for members in beliefs.groups.values():
        for x in members:
            first.setdefault(x, late)
    for x in sworn:
        first.pop(x, None)
    order = sorted(first, key=lambda x: (person[x] < 0, -count[x], first[x], x))
    return order, {x: n for n, x in enumerate(order)}


_FIRST_WORDS = _DETERMINERS | frozenset(
    {"these", "those", "some", "any", "no", "every", "each", "another", "one", "two", "three", "four", "five",
     "both", "all", "several", "many", "other"}
)  # fmt: skip
_MANY = frozenset({"two", "both", "three", "four", "five", "several", "many", "few", "all", "others"})
"""Where these open a description it is of more than one."""
_COLLECTIVE = frozenset(
    ["army", "audience", "band", "choir", "chorus", "clan", "class", "club", "committee", "company",
     "congregation", "council", "couple", "court", "crew", "crowd", "family", "folk", "gang", "group",
     "guild", "herd", "horde", "household", "jury", "mob", "pack", "pair", "party", "patrol", "people",
     "platoon", "police", "posse", "public", "quartet", "quintet", "rest", "squad", "staff", "team",
     "tribe", "trio", "troop", "troupe", "anybody", "anyone", "everybody", "everyone", "nobody", "none"]
)  # fmt: skip
"""Singular words for several people, or for nobody in particular."""
_MARKS = "\"'“”‘’«»„‟"
"""Marks that a mention at the edge of a quote may have taken along."""


@dataclass(frozen=True, slots=True)
class _Forms:
    """Counts of an entity's proper names, descriptions and pronouns as written.

    ``surely``: its descriptions that are surely its own at one place at least.
    """

    kinds: tuple[Counter[str], Counter[str], Counter[str]]
    surely: set[str]

    @staticmethod
    def none() -> _Forms:
        return _Forms((Counter(), Counter(), Counter()), set())


def _forms(story: Story, evidence: Evidence, beliefs: Beliefs) -> dict[int, _Forms]:
    out: dict[int, _Forms] = defaultdict(_Forms.none)
    m = evidence.mentions
    for k, x in enumerate(beliefs.entities.entity.tolist()):
        a, b = int(story.tokens.start[m.token_start[k]]), int(story.tokens.end[m.token_end[k] - 1])
        text = " ".join(story.text[a:b].split())
        text = text.strip(_MARKS) or text
        kind = int(m.kind[k])
        form = _as_called(text, kind)
        out[x].kinds[kind][form] += 1
        if kind == 1 and (beliefs.names.entity[k] >= 0 or beliefs.confidences.mention[k] >= CALLED):
            out[x].surely.add(form)
    return out


def _as_called(text: str, kind: int) -> str:
    """A form without the capital that only a sentence's beginning gave it: "the taller man"."""
    if kind == 2:
        return _pronoun(text.lower())
    first = text.split(" ", 1)[0]
    sentence_case = first[:1].isupper() and not any(c.isupper() for c in first[1:])
    if kind == 1 and sentence_case and first.lower() in _FIRST_WORDS and not text.isupper():
        return text[0].lower() + text[1:]
    return text


def _pronoun(text: str) -> str:
    """The pronoun in a mention of a pronoun with words about it: "they both"."""
    if text in PRONOUNS or " " not in text:
        return text
    return next((word for word in text.split() if word in PRONOUNS), text)


def _several(story: Story, evidence: Evidence, e: EntityBeliefs) -> Counter[int]:
    """Per entity, how many of its descriptions are of more than one: "both men", "the others"."""
    m, tags = evidence.mentions, evidence.syntax.xpos
    out: Counter[int] = Counter()
    for k, x in enumerate(e.entity.tolist()):
        if m.kind[k] == 1:
            words = [story.token_text(t).lower() for t in range(m.token_start[k], m.token_end[k])][:3]
            h = int(m.head_token[k])
            tag = tags[h] if h < len(tags) else ""
            many = not _MANY.isdisjoint(words) or words[:2] == ["no", "one"]
            out[x] += tag in ("NNS", "NNPS") or many or story.token_text(h).lower() in _COLLECTIVE
    return out


def _types(evidence: Evidence, e: EntityBeliefs) -> dict[int, EntityType]:
    votes: dict[int, Counter[int]] = defaultdict(Counter)
    m = evidence.mentions
    for k, x in enumerate(e.entity.tolist()):
        votes[x][int(m.type[k])] += 3 if m.kind[k] == 0 else 1
    out: dict[int, EntityType] = defaultdict(lambda: "PER")
    for x, c in votes.items():
        out[x] = ENTITY_TYPES[max(c, key=lambda t: (c[t], -t))]
    return out


def _candidates(d: Distribution, number: Mapping[int, int], confidence: float) -> tuple[Candidate, ...]:
    """The best few, in the measure of the calibrated confidence: the first has it, none of the others more.

    What is missing to 1 is somebody else.
    """
    if confidence >= SURE or not d:
        return ()
    best = min(1.0, max(d[0][1], 1e-6))
    rest = min(confidence / best, (1 - confidence) / max(1 - best, 1e-6))
    scaled = [(x, confidence if k == 0 else min(p * rest, confidence)) for k, (x, p) in enumerate(d)]
    return tuple(Candidate(number[x], float(p)) for x, p in scaled[:N_CANDIDATES] if x in number)


def _entity(
    beliefs: Beliefs,
    x: int,
    number: Mapping[int, int],
    forms: Mapping[int, _Forms],
    types: Mapping[int, EntityType],
    several: Mapping[int, int],
) -> Entity:
    own = forms.get(x, _Forms.none())
    proper, described, pronouns = own.kinds
    role: Role | None = "narrator" if x in beliefs.narrators else "group" if x in beliefs.groups else None
    named = x < len(beliefs.names.roster)
    if named:
        name = beliefs.names.roster[x].name
        plural = beliefs.names.roster[x].number == "plur"
    else:
        name = _describe(described) or (proper.most_common(1)[0][0] if proper else "")
        if role == "narrator":
            name = name if proper else "the narrator"
        name = name or (pronouns.most_common(1)[0][0] if pronouns else "somebody")
        name = "I" if name == "i" else name
        plural = _is_plural(pronouns, described, several.get(x, 0))
        role = "group" if plural and role is None and types[x] == "PER" else role
    sure = Counter({t: c for t, c in described.items() if not named or t in own.surely})
    aliases = [*proper.most_common(), *sure.most_common(4)]
    return Entity(
        id=number[x],
        name=name,
        aliases=tuple(Alias(t, c) for t, c in aliases[:N_ALIASES]),
        type=types[x],
        number="plur" if plural or role == "group" else "sing",
        pronouns=dict(pronouns.most_common()),
        role=role,
        members=tuple(number[y] for y in beliefs.groups.get(x, ()) if y in number),
        mention_count=sum(proper.values()) + sum(described.values()) + sum(pronouns.values()),
    )


def _is_plural(pronouns: Counter[str], described: Counter[str], several: int) -> bool:
    """Whether a nameless entity is many: by its pronouns, or else by its descriptions.

    "They" of "the guest" is one person.
    """
    p = Counter[str]()
    for form, count in pronouns.items():
        known = PRONOUNS.get(form)
        p["one" if known is None or known.number != "plur" else "we" if known.person == 1 else "they"] += (
            count
        )
    if p["they"] + p["we"] == p["one"]:
        return 2 * several > sum(described.values())
    return p["they"] + p["we"] > p["one"] and (p["we"] > p["they"] or not described or several > 0)


def _describe(described: Counter[str]) -> str:
    """The description that says most: common, and not a bare noun or longer than a line of a report."""
    best = [(c, t) for t, c in described.items() if len(t) <= 40]
    if not best:
        return min(described, key=len)[:40] if described else ""
    return max(best, key=lambda ct: (ct[0], ct[1].split()[0].lower() in _DETERMINERS, -len(ct[1])))[1]


def _with_narrators(story: Story, beliefs: Beliefs, number: Mapping[int, int]) -> Story:
    from dataclasses import replace

    segments: list[Segment] = []
    for s, x in zip(story.segments, beliefs.narrators, strict=True):
        segments.append(replace(s, narrator=number.get(x)) if x >= 0 else s)
    return replace(story, segments=tuple(segments))


def _quotes(story: Story, beliefs: Beliefs, number: Mapping[int, int]) -> tuple[Quote, ...]:
    out = []
    s, c = beliefs.speech, beliefs.confidences
    for k, q in enumerate(story.quotes):
        best = s.speaker[k][0] if s.speaker[k] else None
        confidence = float(c.speaker[k])
        abstain = best is None or confidence < c.abstain_below
        addressees = tuple(number[x] for x in s.addressees[k] if x in number)
        out.append(
            Quote(
                id=k, start=q.start, end=q.end, kind=s.kind[k], type=s.type[k],
                speaker=None if abstain or best is None else number.get(best[0]),
                addressees=addressees,
                mention=int(s.mention[k]) if s.mention[k] >= 0 else None,
                cue=s.cue[k], parent=q.parent, confidence=confidence,
                addressee_confidence=float(c.addressee[k]) if addressees else None,
                candidates=_candidates(s.speaker[k], number, confidence),
            )
        )  # fmt: skip
    return tuple(out)
