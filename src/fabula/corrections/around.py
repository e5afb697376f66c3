"""What follows from a correction: the part of the story around it decided again, with it and without it.

The stages run twice over one part of the story: once held to the decisions as they were, once as they are
now. Where the two differ, the correction made the difference, and only that is taken over; so a decision
never moves because it was computed in smaller company. What a person settled is held in both.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from threading import RLock
from typing import TYPE_CHECKING, Literal

import numpy as np

from fabula.corrections.direct import inner_quote
from fabula.corrections.edition import Edition
from fabula.corrections.values import Decided, Effects, Heard
from fabula.text.part import Part, part_of, parts
from fabula.types import Entity, Story

if TYPE_CHECKING:
    from fabula.encoder.session import Encoder
    from fabula.heads.evidence import Evidence
    from fabula.resolve.constraints import Constraints
    from fabula.resolve.groundwork import Groundwork
    from fabula.resolve.names import RosterEntry

KEPT_PARTS = 24
"""Parts whose evidence is kept in memory."""
KEPT_RUNS = 24
"""Runs over a part whose answers are kept: those that stood, and those foreseen."""
MOST_PARTS = 3
"""Parts that one correction has thought through anew: those of its first targets."""
LEAST = 0.02
"""Gains of confidence below this are not worth telling."""
OPEN, SURER = 0.75, 0.05
"""An answer turns only if it stood below the former, and by the latter in favour of the new one."""
_I = frozenset(["i", "me", "my", "mine", "myself"])
_YOU = frozenset(["you", "your", "yours", "yourself"])
_HE, _SHE = frozenset(["he", "him", "his", "himself"]), frozenset(["she", "her", "hers", "herself"])
_THEY = frozenset(["they", "them", "their", "theirs", "themself", "themselves"])


@dataclass(frozen=True, slots=True)
class Answers:
    """What the stages say of one part, by the reading's ids; an entity is an id or None for somebody new."""

    mentions: Mapping[int, Decided]
    quotes: Mapping[int, Decided]
    heard: Mapping[int, Heard]


@dataclass(frozen=True, slots=True)
class _Read:
    """A part as the models see it, and what no correction changes of it."""

    part: Part
    story: Story
    evidence: Evidence
    ground: Groundwork


class Around:
    """Thinks parts of one story through again. Safe to call from several threads; one works at a time.

    The evidence of a part is gathered when it is first needed and kept; ``prepare`` does so ahead of time.
    """

    def __init__(self, story: Story, encoder: Encoder | None = None) -> None:
        self._story, self._encoder = story, encoder
        self._parts = parts(story)
        self._starts = [p.start for p in self._parts]
        self._read: OrderedDict[int, _Read] = OrderedDict()
        self._runs: OrderedDict[object, Answers] = OrderedDict()
        self._lock = RLock()

    def part_at(self, offset: int) -> int:
        """The number of the part in which a code point stands."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def prepare(self, offset: int, edition: Edition) -> None:
        """Gather the evidence around a code point, and how it is decided as it stands. Raises ModelError."""
        with self._lock:
            self._answers(self.part_at(offset), edition)

    def consequences(
        self, before: Edition, after: Edition, offsets: list[int], turning: bool = True
    ) -> Effects:
        """What changes around ``offsets`` because ``before`` became ``after``. Raises ModelError.

        Answers only turn if ``turning``; otherwise only how sure they are may change.
        """
        mentions: dict[int, Decided] = {}
        quotes: dict[int, Decided] = {}
        heard: dict[int, Heard] = {}
        for number in list(dict.fromkeys(map(self.part_at, offsets)))[:MOST_PARTS]:
            with self._lock:
                was, now = self._answers(number, before), self._answers(number, after)
            for k, d in now.quotes.items():
                free = ("speaker", k) not in after.settled
                if free and _worth(was.quotes.get(k), d, after.quote(k), turning):
                    quotes[k] = d
            for k, h in now.heard.items():
                free = ("addressees", k) not in after.settled and turning
                if free and h.who and h != was.heard.get(k) and _surer(h, after.addressees(k)):
                    heard[k] = h
            for k in quotes.keys() | heard.keys():  # nobody speaks to himself
                h, speaker = heard.get(k, after.addressees(k)), quotes.get(k, after.quote(k)).who
                if speaker in h.who and ("addressees", k) not in after.settled:
                    heard[k] = Heard(tuple(x for x in h.who if x != speaker), h.confidence)
            for k, d in now.mentions.items():
                free = ("person", k) not in after.settled
                if free and _worth(was.mentions.get(k), d, after.mention(k), turning):
                    mentions[k] = d
            mentions = {k: d for k, d in mentions.items() if _agrees(after, k, d, quotes, heard)}
            mentions |= _own_words(after, quotes)
        return Effects(mentions=mentions, quotes=quotes, heard=heard)

    # -------------------------------------------------------------- one part
    def _evidence(self, number: int, edition: Edition) -> _Read:
        if number in self._read:
            self._read.move_to_end(number)
            return self._read[number]
        from fabula.pipeline import default_encoder, read_with
        from fabula.resolve.groundwork import Groundwork

        part = self._parts[number]
        # Whoever the whole story has stays somebody where a part says little of them.
        known = {
            w for e in edition.base.entities for a in e.aliases for w in a.text.split() if e.type == "PER"
        }
        reader = self._encoder or default_encoder()
        story, evidence = read_with(part_of(self._story, part), reader, known=known)
        self._read[number] = _Read(part, story, evidence, Groundwork(story, evidence))
        while len(self._read) > KEPT_PARTS:
            self._read.popitem(last=False)
        return self._read[number]

    def _answers(self, number: int, edition: Edition) -> Answers:
        from fabula.encoder.session import model_folder
        from fabula.pipeline import settle
        from fabula.resolve.calibration import calibrate

        read = self._evidence(number, edition)
        people = _People(edition, read)
        held = people.constraints()
        key = people.key(number, held)
        if key in self._runs:
            self._runs.move_to_end(key)
            return self._runs[key]
        s = settle(read.story, read.evidence, held=held, ground=read.ground)
        c = calibrate(read.story, read.evidence, s.names, s.entities, s.speech, model_folder())
        mentions: dict[int, Decided] = {}
        for k, mention in enumerate(people.mention_ids):
            if mention is None or not people.inside_mention(mention):
                continue
            d = people.public(s.entities.distribution[k])
            mentions[mention] = replace(d, confidence=float(c.mention[k]))
        quotes: dict[int, Decided] = {}
        heard: dict[int, Heard] = {}
        for k, quote in enumerate(people.quote_ids):
            if quote is None or not people.inside_quote(quote):
                continue
            p = float(c.speaker[k])
            d = people.public(s.speech.speaker[k])
            quotes[quote] = replace(d, who=d.who if p >= c.abstain_below else None, confidence=p)
            who = tuple(x for e in s.speech.addressees[k] if (x := people.public_one(e)) is not None)
            heard[quote] = Heard(who, float(c.addressee[k]) if who else None)
        answers = self._runs[key] = Answers(mentions, quotes, heard)
        while len(self._runs) > KEPT_RUNS:
            self._runs.popitem(last=False)
        return answers


def _worth(was: Decided | None, now: Decided, stands: Decided, turning: bool) -> bool:
    """Whether the correction made a difference that is to be taken over.

    An answer turns only where it was in doubt and the new one is surer, and one that stays only grows surer.
    Of what would change otherwise, too much was right before; ``python -m bench.corrections`` measures it.
    """
    if was is None or now == was or now.who is None:
        return False
    if now.who == stands.who:
        return now.confidence >= max(was.confidence, stands.confidence) + LEAST
    surer = now.confidence >= max(stands.confidence, was.confidence) + SURER
    return turning and now.who != was.who and surer and stands.confidence < OPEN


def _surer(now: Heard, stands: Heard) -> bool:
    return now.who == stands.who or (now.confidence or 0.0) >= (stands.confidence or 0.0) + SURER


def _agrees(
    after: Edition, number: int, d: Decided, quotes: Mapping[int, Decided], heard: Mapping[int, Heard]
) -> bool:
    """Whether an answer for "I" or "you" in a line agrees with who will stand as speaking and hearing it."""
    start, end = after.index.span[number]
    word = after.base.story.text[start:end].lower()
    if after.index.kind[number] != "PRON" or word not in _I | _YOU:
        return True
    quote = inner_quote(after, start)
    if quote is None:
        return True
    if word in _I:
        return d.who == quotes.get(quote, after.quote(quote)).who
    who = heard.get(quote, after.addressees(quote)).who
    return not who or d.who in who


def _own_words(after: Edition, quotes: Mapping[int, Decided]) -> dict[int, Decided]:
    """The "I" in lines that turn, which turns with them."""
    out: dict[int, Decided] = {}
    for q, d in quotes.items():
        if d.who == after.quote(q).who:
            continue
        start, end = after.index.quote_span[q]
        lo, hi = bisect_left(after.index.starts, start), bisect_left(after.index.starts, end)
        for m in after.base.mentions[lo:hi]:
            own = m.kind == "PRON" and after.base.story.text[m.start : m.end].lower() in _I
            if own and ("person", m.id) not in after.settled and inner_quote(after, m.start) == q:
                out[m.id] = Decided(d.who, d.confidence, d.candidates)
    return out


def _told_of(edition: Edition, read: _Read, mention_ids: Sequence[int | None]) -> dict[int, int]:
    """Segment of a part that is told of "you" -> who that is, as most of its "you" stand now."""
    from fabula.resolve.narrated_parts import told_of_you, told_pronouns

    second = told_of_you(read.story, read.evidence)
    votes: dict[int, Counter[int]] = {}
    for k, at in told_pronouns(read.story, read.evidence, 2) if second else ():
        number = mention_ids[k]
        who = None if number is None else edition.mention(number).who
        if at in second and who is not None:
            votes.setdefault(at, Counter())[who] += 1
    return {at: counts.most_common(1)[0][0] for at, counts in votes.items()}


# ------------------------------------------------------------------ between a reading's ids and the roster
class _People:
    """The people in play in a part, numbered as a roster, and the part's mentions and quotes by the ids."""

    def __init__(self, edition: Edition, read: _Read) -> None:
        self.edition, self.read = edition, read
        index, base, part = edition.index, edition.base, read.part
        m, tokens = read.evidence.mentions, read.story.tokens
        spans = zip(tokens.start[m.token_start].tolist(), tokens.end[m.token_end - 1].tolist(), strict=True)
        self.mention_ids = [index.mention_at.get((a, b)) for a, b in spans]
        self.quote_ids = [index.quote_at.get((q.start, q.end)) for q in read.story.quotes]
        lo, hi = bisect_left(index.starts, part.first), bisect_left(index.starts, part.last)
        asked: set[int | None] = set()
        for x in base.mentions[lo:hi]:
            # Who stood there before any correction stays in play: then answers already found serve again.
            d = edition.mention(x.id)
            asked |= {d.who, x.entity, *(e for e, _ in d.candidates), *(c.entity for c in x.candidates)}
        for quote in self.quote_ids:
            if quote is not None:
                for q in (edition.quote(quote), index.quote[quote]):
                    asked |= {q.who, *(e for e, _ in q.candidates)}
                asked.update(edition.addressees(quote).who)
        narrators = [edition.narrator(k) for k in range(len(base.story.segments))]
        for k, who in _told_of(edition, read, self.mention_ids).items():
            narrators[k] = who
        asked.update(narrators)
        self.order = sorted({edition.root(e) for e in asked if e is not None})
        self.number = {e: n for n, e in enumerate(self.order)}
        self._narrators = tuple(-1 if e is None else self.number[e] for e in narrators)

    def inside_mention(self, number: int) -> bool:
        """Whether a mention belongs to the part itself."""
        return self.read.part.start <= self.edition.index.span[number][0] < self.read.part.end

    def inside_quote(self, number: int) -> bool:
        """Whether a quote belongs to the part itself."""
        return self.read.part.start <= self.edition.index.quote_span[number][0] < self.read.part.end

    def constraints(self) -> Constraints:
        """What is settled in the part, and everything around it as it stands."""
        from fabula.resolve.constraints import NOBODY, Constraints
        from fabula.resolve.names import NameBeliefs

        e = self.edition
        m = self.read.evidence.mentions
        named = np.full(len(m), -1, dtype=np.int32)
        sure = np.zeros(len(m), dtype=np.float32)
        mentions: dict[int, int] = {}
        for k, number in enumerate(self.mention_ids):
            if number is None:
                continue
            d = e.mention(number)
            if d.who is None:
                continue
            if m.kind[k] == 0:
                named[k], sure[k] = self.number[d.who], d.confidence
            elif ("person", number) in e.settled or not self.inside_mention(number):
                mentions[k] = self.number[d.who]
        speakers: dict[int, int] = {}
        addressees: dict[int, tuple[int, ...]] = {}
        for k, number in enumerate(self.quote_ids):
            if number is None:
                continue
            outside = not self.inside_quote(number)
            who = e.quote(number).who
            if ("speaker", number) in e.settled or (outside and who is not None):
                speakers[k] = NOBODY if who is None else self.number[who]
            if ("addressees", number) in e.settled or (outside and e.addressees(number).who):
                addressees[k] = tuple(self.number[x] for x in e.addressees(number).who)
        roster = tuple(_entry(e, x) for x in self.order)
        return Constraints(NameBeliefs(roster, named, sure), self._narrators, mentions, speakers, addressees)

    def key(self, part: int, held: Constraints) -> object:
        """What the answers of a part depend on."""
        assert held.names is not None
        return (
            part,
            tuple(self.order),
            held.names.entity.tobytes(),
            held.narrators,
            tuple(sorted(held.mentions.items())),
            tuple(sorted(held.speakers.items())),
            tuple(sorted(held.addressees.items())),
            tuple(entry.gender for entry in held.names.roster),
        )

    def public_one(self, entity: int) -> int | None:
        """The reading's id of one of the stages' entities; None for somebody whom the reading has not."""
        if entity < len(self.order):
            return self.order[entity]
        begun = entity - len(self.order)
        number = self.mention_ids[begun] if begun < len(self.mention_ids) else None
        return None if number is None else self.edition.mention(number).who

    def public(self, distribution: tuple[tuple[int, float], ...]) -> Decided:
        """A distribution by the reading's ids, confidence still to come."""
        mass: dict[int, float] = {}
        for e, p in distribution:
            who = self.public_one(e)
            if who is not None:
                mass[who] = mass.get(who, 0.0) + p
        first = self.public_one(distribution[0][0]) if distribution else None
        ranked = sorted(mass.items(), key=lambda t: (t[0] != first, -t[1], t[0]))[:5]
        return Decided(first, 0.0, tuple((e, float(p)) for e, p in ranked))


def _entry(edition: Edition, person: int) -> RosterEntry:
    from fabula.resolve.names import RosterEntry

    entity = edition.index.entity.get(person) or Entity(person, "", (), "PER", "sing", {}, None, (), 0)
    forms = Counter({f.casefold(): n for f, n in entity.pronouns.items()})
    counts = [sum(forms[f] for f in some) for some in (_HE, _SHE, _THEY)]
    weight = min(1.0, sum(counts) / 3) / max(1, sum(counts))
    he, she, they = (n * weight for n in counts)
    number: Literal["sing", "plur"] = "plur" if entity.number == "plur" else "sing"
    name = edition.name(person)
    return RosterEntry(name, entity.aliases, entity.type, (he, she, they), number, known=True)
