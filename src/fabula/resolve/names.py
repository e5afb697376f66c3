"""Names, book-wide: which proper names are one person, place or thing, and what the whole book says of each.

A pure function of the story, its detected mentions and the cast file. Three steps: every name string gets
the type most of its mentions have; names of people are clustered as forms (``people``), all others by their
spelling; then each mention is given its entry, a form that several people share going to the one met last or
most.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from fabula.lexicon.gender import UNKNOWN, Evidence
from fabula.resolve import people
from fabula.resolve.name_book import WIDEST, FormUse, Link
from fabula.resolve.name_evidence import Places
from fabula.resolve.name_fit import Person, top
from fabula.resolve.name_forms import NameForm
from fabula.resolve.name_headings import headed_narrators
from fabula.resolve.name_reading import NameMention, Reading, read_names
from fabula.resolve.names_in_talk import (
    called_by_honorific,
    renamed,
    short_in_talk,
    short_of_one,
    spelt_with_hyphen,
)
from fabula.text.lines import narrator_name
from fabula.types import Alias, CastMember, EntityType, Floats, Ints, MentionSpans, Story

RECENT = 400.0
"""Tokens over which having been met fades by a factor e."""
_KIN = frozenset(
    ["mother", "father", "mama", "papa", "dad", "grandmother", "grandfather", "aunt", "uncle", "sister",
     "brother", "cousin", "niece", "nephew"]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """A person, group, place or thing that the story names.

    ``name`` is the fullest common form, or the name in the cast file. ``aliases`` are its forms with counts,
    most frequent first. ``gender`` holds evidence weights >= 0 for (he, she, they or other) from titles,
    given names, nouns in apposition and the cast file's pronouns; (0, 0, 0) is unknown. ``known``: from the
    cast file. ``sworn``: a saint or deity that the story only swears by, no character.
    """

    name: str
    aliases: tuple[Alias, ...]
    type: EntityType
    gender: Evidence
    number: Literal["sing", "plur"]
    known: bool
    sworn: bool = False


@dataclass(frozen=True, slots=True)
class NameBeliefs:
    """What names say. ``entity`` and ``confidence`` have one value per mention of the MentionSpans.

    ``entity`` is an index into ``roster``, -1 for what is no proper name. ``confidence`` in [0, 1] is the
    probability that the index is right, 0 where it is -1. The roster is in order of first mention; at its end
    stand narrators whom only headings name. ``headed``: label of a heading -> the narrator whom it names.
    """

    roster: tuple[RosterEntry, ...]
    entity: Ints
    confidence: Floats
    headed: Mapping[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class _Entry:
    """A roster entry being filled."""

    person: Person | None = None
    type_votes: dict[EntityType, float] = field(default_factory=dict)
    forms: dict[str, Counter[str]] = field(default_factory=dict)
    full: dict[str, int] = field(default_factory=dict)
    oaths: int = 0
    acts: int = 0
    deity: Literal["", "deity", "one"] = ""
    saint: bool = False
    count: int = 0
    listed: int = 0
    gender: Evidence = UNKNOWN
    headed: str = ""


def resolve_names(story: Story, mentions: MentionSpans, cast: Sequence[CastMember] = ()) -> NameBeliefs:
    """Cluster the names of ``mentions`` over the whole story; see the module for the method.

    Only PROP mentions take part, and capitalised titles that stand for a name ("the Count", "Mother"), and
    what the cast file lists. Mentions in paratext are looked up but found nothing. Cost: linear in mentions.
    """
    reading = read_names(story, mentions, cast)
    uses, form_of = _uses(reading)
    headed = headed_narrators(story, uses, form_of)
    found, links = people.cluster(uses, reading.cast_forms)
    titles = _title_links(reading, uses, form_of, found)
    entity = np.full(len(mentions), -1, dtype=np.int32)
    confidence = np.zeros(len(mentions), dtype=np.float32)
    keys: list[object] = [None] * len(mentions)
    decider = _Decider(found)
    places = _places(reading)
    for name in reading.names:
        key, sure = _decide(name, form_of, links, titles, decider, places)
        keys[name.mention] = key
        confidence[name.mention] = sure if key is not None else 0.0
    keys = renamed(keys, spelt_with_hyphen(reading.names, keys, found))
    keys = renamed(keys, short_in_talk(reading.names, keys, found))
    keys = renamed(keys, short_of_one(reading.names, keys, found))
    keys = renamed(keys, called_by_honorific(reading.names, keys, found))
    entries: dict[object, _Entry] = {}
    for name in reading.names:
        key = keys[name.mention]
        if key is not None and name.told_in_story:
            _count(
                entries.setdefault(key, _Entry(found[key] if isinstance(key, int) else None)),
                name,
                uses,
                form_of,
            )
    who = {label: links[i][0].person for label, i in headed.items() if links[i]}
    for label, person in who.items():
        entries.setdefault(person, _Entry(found[person], headed=narrator_name(label) or label))
    numbers = {key: number for number, key in enumerate(entries)}
    for name in reading.names:
        number = numbers.get(keys[name.mention], -1)
        entity[name.mention] = number
        if number < 0:
            confidence[name.mention] = 0.0
    roster = tuple(_entry(key, entry) for key, entry in entries.items())
    return NameBeliefs(roster, entity, confidence, {label: numbers[person] for label, person in who.items()})


def _uses(reading: Reading) -> tuple[list[FormUse], dict[tuple[str, ...], int]]:
    """The distinct forms of persons' names with their places, and the index of each by key."""
    index: dict[tuple[str, ...], int] = {}
    forms: list[NameForm] = []
    tokens: list[list[int]] = []
    rooms: list[list[int]] = []
    told: list[list[float]] = []
    for name in reading.names:
        if name.form is None or not name.told_in_story:
            continue
        i = index.setdefault(name.form.key, len(forms))
        if i == len(forms):
            forms.append(name.form)
            tokens.append([])
            rooms.append([])
            told.append([0.0, 0.0, 0.0])
        tokens[i].append(name.token)
        rooms[i].append(name.room)
        for side in range(3):
            told[i][side] += name.told[side]
    uses = []
    for form, token, room, (he, she, they) in zip(forms, tokens, rooms, told, strict=True):
        most = 2.0 * max(he + she + they, 2.0)
        uses.append(
            FormUse(form, len(token), Places(tuple(token), tuple(room)), (he / most, she / most, they / most))
        )
    return uses, index


# ------------------------------------------------------------------ titles that stand for a name
def _title_links(
    reading: Reading, uses: Sequence[FormUse], form_of: dict[tuple[str, ...], int], found: Sequence[Person]
) -> dict[str, tuple[Link, ...] | str]:
    """For each title used alone the people it may mean, or a key of its own; absent: it names nobody."""
    narrated: Counter[str] = Counter()
    proper: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for name in reading.names:
        if name.form is not None and name.form.title_only and name.told_in_story:
            title = " ".join(name.form.titles)
            total[title] += 1
            narrated[title] += not name.in_quote
            proper[title] += name.proper
    table: dict[str, tuple[Link, ...] | str] = {}
    bearing: dict[str, list[Person]] = {}
    for person in found:
        for title in person.titles if not person.group else ():
            bearing.setdefault(title, []).append(person)
    for title in total:
        bearers = bearing.get(title, [])
        bearers.sort(key=lambda p: (-p.titles[title], p.number))
        kin = title in _KIN
        # "Mother" is somebody's own, unless the story has a Mother Hadewych.
        if bearers and (
            title not in ("mother", "father", "sister", "brother") or any(p.lone for p in bearers)
        ):
            most = sum(p.titles[title] for p in bearers)
            table[title] = tuple(
                Link(p.number, 2.0 + 2.0 * math.log(p.titles[title] / most)) for p in bearers[:WIDEST]
            )
        elif title in ("mr", "mrs", "miss", "ms", "sir", "lady", "master", "mx"):
            continue
        elif (kin and narrated[title] >= 2) or (not kin and total[title] >= 2) or proper[title]:
            table[title] = "title " + title
    return table


# ------------------------------------------------------------------ mention by mention
class _Decider:
    """Chooses among people who share a form: by the link, by how much they are met, and how lately."""

    def __init__(self, found: Sequence[Person]) -> None:
        self.weight = [0.0] * len(found)
        for person in found:
            self.weight[person.number] = person.count + 1.0
        self.last = [-1e9] * len(found)

    def seen(self, person: int, token: int) -> None:
        self.last[person] = token

    def choose(self, links: Sequence[Link], token: int) -> tuple[int, float]:
        """The person and the probability of them among ``links``."""
        if len(links) == 1:
            return links[0].person, 1.0
        scores = []
        total = sum(self.weight[link.person] for link in links)
        for link in links:
            recency = math.exp(-(token - self.last[link.person]) / RECENT)
            scores.append(
                0.5 * link.weight + 0.7 * math.log(self.weight[link.person] / total) + 2.5 * recency
            )
        best = max(range(len(scores)), key=lambda k: (scores[k], -links[k].person))
        return links[best].person, 1.0 / sum(math.exp(s - scores[best]) for s in scores)


_PLACE_KINDS = frozenset(
    ["park", "hall", "manor", "college", "abbey", "priory", "grange", "castle", "lodge", "house", "academy",
     "cottage", "court", "inn", "hotel", "farm", "university", "ranch", "school", "company", "tavern"]
)  # fmt: skip


def _places(reading: Reading) -> dict[str, str]:
    """Short names of places to the full ones: "Netherby" of "Netherby Hall", "the Grange" of the only one."""
    types: dict[str, EntityType] = {n.key: n.type for n in reading.names if n.form is None}
    by_kind: dict[str, list[str]] = {}
    full: dict[str, str] = {}
    for key, kind in types.items():
        head, _, last = key.rpartition(" ")
        if head and last in _PLACE_KINDS:
            by_kind.setdefault(last, []).append(key)
            if types.get(head) == kind:
                full[head] = key
    for last, keys in by_kind.items():
        if len(keys) == 1 and types.get(last) == types[keys[0]]:
            full[last] = keys[0]
    return full


def _decide(
    name: NameMention,
    form_of: dict[tuple[str, ...], int],
    links: Sequence[tuple[Link, ...]],
    titles: dict[str, tuple[Link, ...] | str],
    decider: _Decider,
    places: dict[str, str],
) -> tuple[object, float]:
    """What a mention names: a person's number or a key, None for nothing; and how sure."""
    sure = 0.965 if name.agrees else 0.75
    form = name.form
    if form is None:
        return (("place", places.get(name.key, name.key)), sure) if name.key else (None, 0.0)
    i = form_of.get(form.key)
    if form.title_only and (i is None or not links[i]):
        link = titles.get(" ".join(form.titles))
        if link is None:
            return None, 0.0
        if isinstance(link, str):
            return link, 0.7 * sure
        person, share = decider.choose(link, name.token)
        decider.seen(person, name.token)
        return person, 0.8 * sure * share
    if i is None or not links[i]:
        return None, 0.0
    person, share = decider.choose(links[i], name.token)
    if len(links[i]) == 1:  # a guess is no meeting: one wrong "Gregory" would draw all others after it
        decider.seen(person, name.token)
    weight = max(link.weight for link in links[i] if link.person == person)
    kind = 1.0 if weight >= 2.5 else 0.97 if weight >= 1.5 else 0.92
    return person, sure * share * kind


# ------------------------------------------------------------------ the roster
def _count(
    entry: _Entry, name: NameMention, uses: Sequence[FormUse], form_of: dict[tuple[str, ...], int]
) -> None:
    entry.count += 1
    entry.type_votes[name.type] = entry.type_votes.get(name.type, 0.0) + name.score
    key = name.display.casefold().replace("’", "'")
    entry.forms.setdefault(key, Counter())[name.display] += 1
    entry.full[key] = _fullness(name.form)
    if name.form is not None:
        entry.gender = top(entry.gender, name.form.gender)
    entry.oaths += name.oath
    entry.acts += name.acts
    entry.saint = entry.saint or name.saint
    if name.deity:
        entry.deity = name.deity
    else:
        entry.listed += 1


def _fullness(form: NameForm | None) -> int:
    if form is None:
        return 1
    if form.group:
        return 2
    if form.family and form.given:
        return 4 if len(form.given[0]) > 1 else 3
    if form.spouse or (form.titles and (form.lone or form.place)):
        return 2
    return 1


def _entry(key: object, entry: _Entry) -> RosterEntry:
    aliases = sorted(
        (Alias(shown.most_common(1)[0][0], sum(shown.values())) for shown in entry.forms.values()),
        key=lambda a: (-a.count, -len(a.text), a.text),
    )
    person = entry.person
    known = person is not None and person.cast is not None
    kind = max(entry.type_votes, key=lambda t: (entry.type_votes[t], t)) if person is None else "PER"
    if isinstance(key, str):
        kind = "PER"
    gender = person.gender if person is not None else entry.gender
    if person is not None and person.cast is not None:
        name = person.cast.name
    else:
        name = _common_name(aliases, entry) if aliases else entry.headed
    plural = person is not None and bool(person.group)
    return RosterEntry(
        name=name,
        aliases=tuple(aliases),
        type=kind,
        gender=gender,
        number="plur" if plural else "sing",
        known=known,
        sworn=not known and bool(aliases) and kind == "PER" and _is_sworn(entry),
    )


def _common_name(aliases: Sequence[Alias], entry: _Entry) -> str:
    """The fullest form that is not a rarity; among equally full ones the commonest.

    A full name may be rare in a long book, but once in hundreds may be a slip; a title must be usual.
    """
    total = sum(a.count for a in aliases)
    full = {a.text: entry.full[a.text.casefold().replace("’", "'")] for a in aliases}
    whole = sum(a.count for a in aliases if full[a.text] >= 3)
    words = {w for a in aliases if full[a.text] < 3 for w in a.text.split()}

    def rank(alias: Alias) -> int:
        if full[alias.text] >= 3:
            sound = whole > 1 or total < 150 or set(alias.text.split()) <= words
            return full[alias.text] if sound else 0
        return full[alias.text] if alias.count >= 0.1 * total else 0

    return max(aliases, key=lambda a: (rank(a), a.count)).text


def _is_sworn(entry: _Entry) -> bool:
    if entry.deity == "one" and entry.listed <= 0.1 * entry.count:
        return entry.acts <= max(1, 0.1 * entry.count)
    if (entry.deity and not entry.listed) or entry.saint:
        return entry.acts == 0 and entry.oaths >= 0.7 * entry.count
    return entry.oaths == entry.count
