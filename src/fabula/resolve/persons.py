"""Whom each mention means and who speaks each quote to whom, as the person model sees it."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from fabula.encoder.person_windows import (
    ASKED,
    DESCRIPTION,
    FIRST_SLOT,
    HEARER,
    N_SLOTS,
    OTHER,
    SEVERAL,
    SIZE,
    SPEAKER,
    SPECIAL_WIDTH,
    Person,
    build_window,
    mention_question,
    phrase_width,
)  # fmt: skip
from fabula.heads.evidence import Evidence
from fabula.heads.persons import Inquiry, PersonScorer
from fabula.resolve.constraints import Constraints
from fabula.resolve.coref import KEEP, Distribution, EntityBeliefs
from fabula.resolve.names import NameBeliefs
from fabula.resolve.own_words import narrators_own
from fabula.resolve.person_cast import Cast, describe_people, header_of
from fabula.resolve.speech import SpeechBeliefs
from fabula.types import Floats, Ints, Story

SOMEBODY, PEOPLE = -1, -2
"""In place of an entity: somebody who is not in the header; several people."""
TAG_SURE = 0.95
"""A tag's speaker at least so sure is marked from the start."""
SAME, SAME_ODDS = 0.15, 0.2
"""Mean share of a description's mentions, and share beside its own entry, from which it means somebody else.

Both low: two entries for one person cost more than one for two, and its own words speak for its own entry.
"""
LEFT, RIGHT = 110, 40
"""Tokens of context on either side of what a window is asked."""
FLOOR = 3e-3
"""What the person model's word that somebody does not speak is worth at most."""


@dataclass(frozen=True, slots=True)
class PersonBeliefs:
    """Distributions over entities, SOMEBODY and PEOPLE; ``()`` where nothing was asked.

    ``mention``: per mention (persons' pronouns and descriptions). ``speaker``, ``hearer``: per quote.
    """

    mention: tuple[Distribution, ...]
    speaker: tuple[Distribution, ...]
    hearer: tuple[Distribution, ...]


def read_persons(
    story: Story,
    evidence: Evidence,
    names: NameBeliefs,
    entities: EntityBeliefs,
    speech: SpeechBeliefs,
    narrators: Sequence[int],
    held: Constraints | None = None,
) -> PersonBeliefs:
    """Ask the person model; what is known, or ``held``, is marked.

    Known are names, titles that one person bears, who tells, and speakers whom a tag names. Cost: linear in
    the story.
    """
    scorer = evidence.persons
    assert scorer is not None
    quotes = len(story.quotes)
    told: list[Distribution] = [()] * quotes
    for q in range(quotes):
        d = speech.speaker[q]
        if speech.type[q] == "explicit" and d and d[0][1] > TAG_SURE:
            told[q] = d[:1]
    mentions: list[Distribution] = [()] * len(evidence.mentions)
    heard: list[Distribution] = [()] * quotes
    for k, e in narrators_own(story, evidence, narrators).items():
        mentions[k] = ((e, 1.0),)
    if held is not None:
        for k, e in held.mentions.items():
            mentions[k] = ((e, 1.0),)
        for q, e in held.speakers.items():
            told[q] = ((e, 1.0),) if e >= 0 else ()
        for q, who in held.addressees.items():
            heard[q] = ((who[0] if len(who) == 1 else PEOPLE if who else SOMEBODY, 1.0),)
    cast = describe_people(story, evidence, names, entities.distribution, narrators)
    for k, e in cast.titled.items():
        mentions[k] = mentions[k] or ((e, 1.0),)
    known = PersonBeliefs(tuple(mentions), tuple(told), tuple(heard))
    return _joined(_ask(story, evidence, scorer, names, cast, known, narrators), cast.role)


def _joined(said: PersonBeliefs, role: Mapping[int, int]) -> PersonBeliefs:
    """Roles that are other people's become theirs: where "the taster" is said to be Odra, so is its entry."""
    mass: dict[int, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    n: dict[int, int] = defaultdict(int)
    for k, r in role.items():
        n[r] += bool(said.mention[k])
        for e, p in said.mention[k]:
            mass[r][e] += p
    same: dict[int, int] = {}
    for r, shares in mass.items():
        others = {e: p for e, p in shares.items() if e >= 0 and e != r}
        best = max(others, key=lambda e: (others[e], -e), default=SOMEBODY)
        if best >= 0 and others[best] >= max(SAME * n[r], SAME_ODDS * (others[best] + shares.get(r, 0.0))):
            same[r] = best

    def root(e: int) -> int:
        seen = {e}
        while e in same and same[e] not in seen:
            e = same[e]
            seen.add(e)
        return e

    def join(d: Distribution) -> Distribution:
        total: dict[int, float] = defaultdict(float)
        for e, p in d:
            total[root(e)] += p
        return tuple(sorted(total.items(), key=lambda t: (-t[1], t[0])))

    return PersonBeliefs(*(tuple(map(join, x)) for x in (said.mention, said.speaker, said.hearer)))


def with_persons(entities: EntityBeliefs, persons: PersonBeliefs) -> EntityBeliefs:
    """What the person model says of each mention.

    What it leaves to somebody else goes to those it was not shown.
    """
    out: list[Distribution] = []
    for k, (old, new) in enumerate(zip(entities.distribution, persons.mention, strict=True)):
        if not new:
            out.append(old)
            continue
        mass = {e: p for e, p in new if e >= 0}
        other = max(0.0, 1.0 - sum(mass.values()))
        rest = {e: p for e, p in old if e not in mass} or {entities.n_named + k: 1.0}
        total = sum(rest.values())
        for e, p in rest.items():
            mass[e] = other * p / total
        out.append(tuple(sorted(mass.items(), key=lambda t: (-t[1], t[0]))[:KEEP]))
    return _of(entities, out)


def halfway(
    entities: EntityBeliefs, persons: PersonBeliefs, fixed: Mapping[int, Distribution]
) -> EntityBeliefs:
    """The mean of ``entities``, where links and the person model were multiplied, and the model's own word.

    Links know of other mentions but run nameless people together; the model knows who else is about. What is
    ``fixed`` stays.
    """
    asked = tuple(() if k in fixed else d for k, d in enumerate(persons.mention))
    alone = with_persons(entities, replace(persons, mention=asked))
    out: list[Distribution] = []
    for k, (one, other) in enumerate(zip(entities.distribution, alone.distribution, strict=True)):
        if not asked[k]:
            out.append(one)
            continue
        mass: dict[int, float] = defaultdict(float)
        for e, p in (*one, *other):
            if p > 0:
                mass[e] += p / 2
        out.append(tuple(sorted(mass.items(), key=lambda t: (-t[1], t[0]))[:KEEP]))
    return _of(entities, out)


def _of(entities: EntityBeliefs, out: Sequence[Distribution]) -> EntityBeliefs:
    return replace(
        entities,
        distribution=tuple(out),
        entity=np.asarray([d[0][0] for d in out], dtype=np.int32),
        p=np.asarray([d[0][1] for d in out], dtype=np.float32),
    )


def people_seen(persons: PersonBeliefs) -> dict[int, Distribution]:
    """Per mention that was asked after, the probabilities of the people it was shown."""
    return {k: tuple((e, p) for e, p in d if e >= 0) for k, d in enumerate(persons.mention) if d}


def speech_priors(persons: PersonBeliefs, q: int, candidates: Ints) -> Floats:
    """Log-probabilities (n + 1, 2) of quote ``q``'s candidates, and at last nobody.

    As speaker and addressee.
    """
    out = np.zeros((len(candidates) + 1, 2), dtype=np.float32)
    for column, d in enumerate((persons.speaker[q], persons.hearer[q])):
        if not d:
            continue
        known = {e: p for e, p in d if e >= 0}
        other = max(0.0, 1.0 - sum(known.values()))
        strangers = [e for e in candidates.tolist() if e not in known]
        each = other / (len(strangers) + 1)
        out[:-1, column] = [known.get(e, each) for e in candidates.tolist()]
        out[-1, column] = other if column else each
    asked = np.asarray([bool(persons.speaker[q]), bool(persons.hearer[q])])
    return np.asarray(np.log(np.maximum(out, FLOOR)) * asked, dtype=np.float32)


# ------------------------------------------------------------------ the windows
def _ask(
    story: Story,
    evidence: Evidence,
    scorer: PersonScorer,
    names: NameBeliefs,
    cast: Cast,
    known: PersonBeliefs,
    narrators: Sequence[int],
) -> PersonBeliefs:
    """Ask everything of a person that ``known`` does not tell."""
    m = evidence.mentions
    n = len(story.tokens)
    ids, features, first = scorer.text
    starts = story.sentence_tokens[:, 0]
    mention: list[Distribution] = [()] * len(m)
    speaker: list[Distribution] = [()] * len(story.quotes)
    hearer: list[Distribution] = [()] * len(story.quotes)
    quote_start, quote_end = evidence.layout.quote_tokens[:, 0], evidence.layout.quote_tokens[:, 1]
    inquiries: list[Inquiry] = []
    wanted: list[list[tuple[list[Distribution], int] | None]] = []
    headers: list[list[int]] = []
    keep = 0
    while keep < n:
        left = _sentence(starts, max(0, keep - LEFT), keep)
        people = header_of(cast, left, min(n, left + SIZE))
        tells = _tellers(story, narrators, left, min(n, left + SIZE))
        header = [Person(_words_here(cast.words[e], e in tells)) for e in people]
        width = sum(phrase_width(scorer.encoder.pieces, p) for p in header) + SPECIAL_WIDTH
        right = int(np.searchsorted(first, first[left] + SIZE - width - 3, side="right")) - 1
        right = max(min(right, n), keep + 1)
        end = n if right >= n else max(_sentence(starts, right - RIGHT, right), keep + 1)
        slot_of = {e: FIRST_SLOT + k for k, e in enumerate(people)}
        marks, said = np.zeros(right - left, np.int32), np.zeros(right - left, np.int32)
        kinds: list[int] = []
        tokens: list[int] = []
        ends: list[tuple[int, int]] = []
        targets: list[tuple[list[Distribution], int] | None] = []

        def mark(d: Distribution, slots: Mapping[int, int] = slot_of) -> int:
            if not d:
                return ASKED
            return SEVERAL if d[0][0] == PEOPLE else slots.get(d[0][0], OTHER)

        lo, hi = np.searchsorted(m.token_start, [left, right])
        for k in range(int(lo), int(hi)):
            a, b = int(m.token_start[k]) - left, int(m.token_end[k]) - left
            if m.type[k] != 0 or b > right - left:
                continue
            if m.kind[k] == 0:
                marks[a:b] = slot_of.get(int(names.entity[k]), 0)
                continue
            marks[a:b] = s = mark(known.mention[k])
            if s == ASKED:
                pronoun = m.kind[k] == 2
                kinds.append(
                    mention_question(story.token_text(int(m.token_start[k]))) if pronoun else DESCRIPTION
                )
                ends.append((0, 0))
                tokens.append(a if m.kind[k] == 2 else int(m.head_token[k]) - left)
                targets.append((mention, k) if keep <= m.token_start[k] < end else None)
        lo, hi = np.searchsorted(quote_start, [left, right])
        for q in range(int(lo), int(hi)):
            a, b = int(quote_start[q]) - left, int(quote_end[q]) - 1 - left
            asked = keep <= quote_start[q] < end
            said[a] = s = mark(known.speaker[q])
            if s == ASKED:
                kinds.append(SPEAKER)
                ends.append((a, min(b, right - left - 1)))
                tokens.append(a)
                targets.append((speaker, q) if asked else None)
            if a < b < right - left:
                s = mark(known.hearer[q])
                said[b] = N_SLOTS + s
                if s == ASKED:
                    kinds.append(HEARER)
                    ends.append((a, b))
                    tokens.append(b)
                    targets.append((hearer, q) if asked else None)
        if any(targets):
            text = (
                ids[first[left] : first[right]],
                features[first[left] : first[right]],
                first[left : right + 1],
            )
            window = build_window(scorer.encoder.pieces, header, text, marks, said)
            asked_of = np.asarray(
                [*zip(kinds, tokens, *zip(*ends, strict=True), strict=True)], dtype=np.int32
            )
            inquiries.append(Inquiry(window, *asked_of.T))
            wanted.append(targets)
            headers.append([SOMEBODY, PEOPLE, *people])
        keep = end
    for answer, targets, people in zip(scorer.answer(inquiries), wanted, headers, strict=True):
        p = np.exp(answer)
        for row, target in enumerate(targets):
            if target is None:
                continue
            column, k = target
            order = np.argsort(-p[row], kind="stable")
            column[k] = tuple((people[j], float(p[row, j])) for j in order.tolist() if p[row, j] > 1e-4)
    return PersonBeliefs(
        tuple(a or b for a, b in zip(mention, known.mention, strict=True)),
        tuple(a or b for a, b in zip(speaker, known.speaker, strict=True)),
        tuple(a or b for a, b in zip(hearer, known.hearer, strict=True)),
    )


def _tellers(story: Story, narrators: Sequence[int], left: int, right: int) -> set[int]:
    """Who says "I" in the narration of tokens [left, right)."""
    edges = [s.start for s in story.segments]
    a = max(0, bisect_right(edges, int(story.tokens.start[left])) - 1)
    b = bisect_right(edges, int(story.tokens.start[right - 1]))
    return set(narrators[a:b])


def _words_here(words: tuple[str, ...], tells: bool) -> tuple[str, ...]:
    """A header's words; of somebody who tells another part, without "I"."""
    return words[:-1] if len(words) > 1 and words[-1] == "I" and not tells else words


def _sentence(starts: Ints, low: int, high: int) -> int:
    """The first sentence start in [low, high], or ``low``."""
    k = int(np.searchsorted(starts, low))
    return int(starts[k]) if k < len(starts) and starts[k] <= high else low
