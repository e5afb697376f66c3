"""A reading with corrections laid over it: every decision as it stands, and the Analysis that says so."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property

import numpy as np

from fabula.corrections.values import Anchor, Decided, Effects, Heard, Person, Status
from fabula.doubts import Doubt, chains
from fabula.ledger.bonds import find_bonds
from fabula.lexicon.gender import PRONOUNS
from fabula.types import CALLED, Alias, Analysis, Candidate, Entity, Mention, Quote, Scene

MIN_MENTIONS = 2
"""A person mentioned once in a scene is spoken of rather than present, as in resolve.scenes."""
_N_ALIASES = 12
_N_WORDS = 4
"""Words by which somebody without a name is told apart."""
_KINDS = {"PROP": 0, "NOM": 1, "PRON": 2}


def fingerprint(base: Analysis) -> str:
    """A short key of a reading's decisions: the same for the same answers with the same ids."""
    h = hashlib.sha256(base.story.id.encode())
    for rows in (
        [(m.id, m.start, m.end, -1 if m.entity is None else m.entity) for m in base.mentions],
        [(q.id, q.start, q.end, -1 if q.speaker is None else q.speaker) for q in base.quotes],
    ):
        h.update(np.asarray(rows, dtype=np.int64).tobytes())
    h.update("\0".join(f"{e.id} {e.name}" for e in base.entities).encode("utf-8", "surrogatepass"))
    return h.hexdigest()[:32]


class Edition:
    """Decisions by id as they stand after some corrections. ``with_effects`` gives the next one.

    ``mentions``, ``quotes``, ``heard`` hold what corrections changed; ask ``mention``, ``quote``,
    ``addressees``. ``settled`` are the decisions held by a person, with their status; ``names`` the people
    renamed, ``made`` the new ones (key, name), ``gone`` the merged and whom they have become.
    """

    def __init__(self, base: Analysis) -> None:
        self.base = base
        self.mentions: dict[int, Decided] = {}
        self.quotes: dict[int, Decided] = {}
        self.heard: dict[int, Heard] = {}
        self.settled: dict[tuple[str, int], Status] = {}
        self.made: dict[int, tuple[str, str]] = {}
        self.names: dict[int, str] = {}
        self.gone: dict[int, int] = {}
        self.narrators: dict[int, int] = {}
        self._index = _Index(base)

    def with_effects(self, effects: Effects, status: Status = "corrected") -> Edition:
        """The edition after ``effects``; this one stays as it is."""
        new = Edition.__new__(Edition)
        new.base, new._index = self.base, self._index
        new.mentions = {**self.mentions, **effects.mentions}
        new.quotes = {**self.quotes, **effects.quotes}
        new.heard = {**self.heard, **effects.heard}
        new.settled = self.settled | dict.fromkeys(effects.settled, status)
        new.made = {**self.made, **effects.made}
        new.names = {**self.names, **effects.names}
        new.gone = {**self.gone, **effects.gone}
        new.narrators = {**self.narrators, **effects.narrators}
        return new

    # -------------------------------------------------------------- decisions
    @property
    def index(self) -> _Index:
        """Passages of the base reading to ids."""
        return self._index

    def mention(self, number: int) -> Decided:
        """Who the mention with this id is."""
        found = self.mentions.get(number)
        return self._index.mention[number] if found is None else found

    def quote(self, number: int) -> Decided:
        """Who speaks the quote with this id."""
        found = self.quotes.get(number)
        return self._index.quote[number] if found is None else found

    def addressees(self, number: int) -> Heard:
        """To whom the quote with this id is said."""
        found = self.heard.get(number)
        return self._index.heard[number] if found is None else found

    def narrator(self, segment: int) -> int | None:
        """Who narrates the segment with this index."""
        return self.narrators.get(segment, self.base.story.segments[segment].narrator)

    # -------------------------------------------------------------- people
    def root(self, person: int) -> int:
        """Whom a person has become by merges."""
        while person in self.gone:
            person = self.gone[person]
        return person

    def name(self, person: int) -> str:
        """What somebody is called now."""
        if person in self.names:
            return self.names[person]
        return self.made[person][1] if person in self.made else self._index.entity[person].name

    def label(self, person: int) -> str:
        """What somebody is called before a person's eyes: one of whom only pronouns tell, by some words.

        "you" names nobody, least of all beside another candidate who is a "you" somewhere else.
        """
        return self._index.unnamed[person] if self.unnamed(person) else self.name(person)

    def unnamed(self, person: int) -> bool:
        """Whether only pronouns tell of somebody: neither the story nor a correction names them."""
        return person in self._index.unnamed and person not in self.names

    def label_then(self, person: Person) -> str:
        """What somebody a correction names was called when it was made, as ``label`` would have it."""
        found = None if person.anchor is None else self._index.who(person.anchor, person.name)
        if found is None or self._index.entity[found].name != person.name:
            return person.name
        return self._index.unnamed.get(found, person.name)

    @property
    def next_id(self) -> int:
        """The id of the next person that a correction makes."""
        return max((*self._index.entity, *self.made), default=-1) + 1

    def find(self, person: Person) -> int | None:
        """The id of somebody a correction names, as they are now; None if this reading does not know them."""
        if person.made is not None:
            made = next((k for k, (key, _) in self.made.items() if key == person.made), None)
            return None if made is None else self.root(made)
        assert person.anchor is not None
        found = self._index.who(person.anchor, person.name)
        return None if found is None else self.root(found)

    def refer(self, person: int) -> Person:
        """How a correction names the person with this id, so that another reading can find them."""
        if person in self.made:
            return Person(self.name(person), made=self.made[person][0])
        span = self._index.first.get(person)
        text = self.base.story.text
        if span is None:  # nobody's words name them: any passage will do, the name finds them
            span = (0, min(1, len(text)))
        return Person(self._index.entity[person].name, Anchor.at(text, *span))

    # -------------------------------------------------------------- the whole
    @cached_property
    def analysis(self) -> Analysis:
        """The reading as it stands, counts and casts of scenes brought up to date."""
        if not (self.mentions or self.quotes or self.heard or self.names or self.made or self.narrators):
            return self.base
        mentions = tuple(self._mention(m) if m.id in self.mentions else m for m in self.base.mentions)
        quotes = tuple(
            self._quote(q) if q.id in self.quotes or q.id in self.heard else q for q in self.base.quotes
        )
        segments = tuple(
            replace(s, narrator=self.narrators[k]) if k in self.narrators else s
            for k, s in enumerate(self.base.story.segments)
        )
        analysis = replace(
            self.base,
            story=replace(self.base.story, segments=segments),
            mentions=mentions,
            quotes=quotes,
            entities=self._entities(mentions),
            scenes=self._scenes(mentions),
            acts=tuple(
                replace(
                    a,
                    agent=self._moved(a.agent, a.evidence.start, a.evidence.end),
                    patient=self._moved(a.patient, a.evidence.start, a.evidence.end),
                )
                for a in self.base.acts
            ),
            emotions=tuple(
                replace(e, character=self._moved(e.character, e.cue.start, e.cue.end))
                for e in self.base.emotions
            ),
        )
        # Bonds are sums over acts and lines, and are summed up again; a reading without a ledger has none.
        has_ledger = bool(self.base.bonds or self.base.acts)
        return replace(analysis, bonds=find_bonds(analysis)) if has_ledger else analysis

    @cached_property
    def chains(self) -> list[list[Doubt]]:
        """The doubts of the reading as it stands, those that hang together side by side in text order."""
        return chains(self.analysis)

    def _candidates(self, d: Decided) -> tuple[Candidate, ...]:
        seen: dict[int, float] = {}
        for e, p in d.candidates:
            seen[self.root(e)] = min(1.0, seen.get(self.root(e), 0.0) + p)
        return tuple(Candidate(e, p) for e, p in sorted(seen.items(), key=lambda t: -t[1]))

    def _mention(self, m: Mention) -> Mention:
        d = self.mentions[m.id]
        return replace(m, entity=d.who, confidence=d.confidence, candidates=self._candidates(d))

    def _quote(self, q: Quote) -> Quote:
        d, h = self.quote(q.id), self.addressees(q.id)
        return replace(
            q, speaker=d.who, confidence=d.confidence, candidates=self._candidates(d),
            addressees=h.who, addressee_confidence=h.confidence if h.who else None,
        )  # fmt: skip

    def _moved(self, person: int | None, start: int, end: int) -> int | None:
        """Who an act's person is now: where a mention of theirs in its passage has changed, they have too."""
        if person is None:
            return None
        lo = bisect_right(self._index.starts, start - 1)
        for k in range(lo, len(self.base.mentions)):
            m = self.base.mentions[k]
            if m.start >= end:
                break
            if m.entity == person and m.id in self.mentions:
                return self.mentions[m.id].who
        return self.root(person)

    def _entities(self, mentions: tuple[Mention, ...]) -> tuple[Entity, ...]:
        """Everybody with their counts; the merged left out."""
        touched = {d.who for d in self.mentions.values()} | {
            self._index.mention[k].who for k in self.mentions
        }
        touched |= set(self.names) | set(self.made)
        forms: dict[int, tuple[Counter[str], Counter[str], Counter[str]]] = {}
        surely: set[tuple[int, str]] = set()
        text = self.base.story.text
        for m in mentions:
            if m.entity is not None and m.entity in touched:
                at = forms.setdefault(m.entity, (Counter(), Counter(), Counter()))
                words = " ".join(text[m.start : m.end].split())
                at[_KINDS[m.kind]][words.lower() if m.kind == "PRON" else words] += 1
                if m.confidence >= CALLED:
                    surely.add((m.entity, words))
        narrators = set(self.narrators.values())
        were = {self.base.story.segments[k].narrator for k in self.narrators}
        out = []
        for number in (*self._index.entity, *(k for k in self.made if k not in self._index.entity)):
            if number in self.gone:
                continue
            e = self._index.entity.get(number) or Entity(number, "", (), "PER", "sing", {}, None, (), 0)
            if number in touched:
                proper, described, pronouns = forms.get(number, (Counter(), Counter(), Counter()))
                sure = Counter({t: c for t, c in described.items() if not proper or (number, t) in surely})
                called = [*proper.most_common(), *sure.most_common(4)][:_N_ALIASES]
                e = replace(
                    e,
                    name=self.name(number),
                    aliases=tuple(Alias(t, c) for t, c in called),
                    pronouns=dict(pronouns.most_common()),
                    mention_count=sum(map(sum, (c.values() for c in (proper, described, pronouns)))),
                )
            if number in narrators:
                e = replace(e, role="narrator")
            elif number in were and e.role == "narrator":
                e = replace(e, role=None)
            members = tuple(dict.fromkeys(x for x in map(self.root, e.members) if x != number))
            out.append(replace(e, members=members) if members != e.members else e)
        return tuple(out)

    def _scenes(self, mentions: tuple[Mention, ...]) -> tuple[Scene, ...]:
        changed = sorted(self._index.span[k][0] for k in self.mentions)
        starts = self._index.starts
        out = []
        for s in self.base.scenes:
            if bisect_right(changed, s.end - 1) == bisect_right(changed, s.start - 1):
                who = list(dict.fromkeys(map(self.root, s.characters)))
                out.append(replace(s, characters=tuple(who)) if self.gone else s)
                continue
            a, b = bisect_right(starts, s.start - 1), bisect_right(starts, s.end - 1)
            here = Counter(m.entity for m in mentions[a:b] if m.type == "PER" and m.entity is not None)
            who = sorted((e for e, c in here.items() if c >= MIN_MENTIONS), key=lambda e: (-here[e], e))
            out.append(replace(s, characters=tuple(who)))
        return tuple(out)

    def reviewed(self) -> list[dict[str, object]]:
        """Every decision that a person has looked at, with its passage and status; all others are unread."""
        span = {"person": self._index.span, "speaker": self._index.quote_span}
        span["addressees"] = self._index.quote_span
        rows = [(*span[kind][k], kind, status) for (kind, k), status in self.settled.items()]
        return [{"decision": d, "start": a, "end": b, "status": s} for a, b, d, s in sorted(rows)]


class _Index:
    """Passages of a reading to ids, and its decisions by id. Made once, never changed."""

    def __init__(self, base: Analysis) -> None:
        self.entity = {e.id: e for e in base.entities}
        self.mention = {
            m.id: Decided(m.entity, m.confidence, tuple((c.entity, c.p) for c in m.candidates))
            for m in base.mentions
        }
        self.quote = {
            q.id: Decided(q.speaker, q.confidence, tuple((c.entity, c.p) for c in q.candidates))
            for q in base.quotes
        }
        self.heard = {q.id: Heard(q.addressees, q.addressee_confidence) for q in base.quotes}
        self.mention_at = {(m.start, m.end): m.id for m in base.mentions}
        self.quote_at = {(q.start, q.end): q.id for q in base.quotes}
        self.span = {m.id: (m.start, m.end) for m in base.mentions}
        self.quote_span = {q.id: (q.start, q.end) for q in base.quotes}
        self.starts = [m.start for m in base.mentions]
        self.kind = {m.id: m.kind for m in base.mentions}
        self.first = _first_passages(base)
        self.unnamed = {
            e.id: _in_words(base.story.text, self.first[e.id], e)
            for e in base.entities
            if e.name.lower() in PRONOUNS and e.id in self.first
        }
        self._text = base.story.text
        self._by_name: dict[str, list[int]] = {}
        for e in base.entities:
            self._by_name.setdefault(e.name.casefold(), []).append(e.id)

    def who(self, anchor: Anchor, name: str) -> int | None:
        """Whom the reading takes the passage for; by their name if the passage is gone or means nobody."""
        here = anchor.find(self._text)
        if here is not None:
            span = (here.start, here.end)
            if span in self.mention_at:
                found = self.mention[self.mention_at[span]].who
            else:
                found = self.quote[self.quote_at[span]].who if span in self.quote_at else None
            if found is not None:
                return found
        called = self._by_name.get(name.casefold(), [])
        return called[0] if len(called) == 1 else None

    def passage(self, anchor: Anchor, quotes: bool) -> int | None:
        """The id of the mention (or quote) that stands there; one whose bounds differ little will do."""
        here = anchor.find(self._text)
        if here is None:
            return None
        exact = (self.quote_at if quotes else self.mention_at).get((here.start, here.end))
        if exact is not None:
            return exact
        best, share = None, 0.6
        for number, (a, b) in (self.quote_span if quotes else self.span).items():
            both = min(b, here.end) - max(a, here.start)
            if both > share * (max(b, here.end) - min(a, here.start)):
                best, share = number, both / (max(b, here.end) - min(a, here.start))
        return best


def _first_passages(base: Analysis) -> dict[int, tuple[int, int]]:
    """For each entity the passage that names it best: its first name, else description, pronoun, line."""
    best: dict[int, tuple[int, int, int]] = {}
    rows: Iterable[tuple[int, int, int, int]] = (
        (m.entity, _KINDS[m.kind], m.start, m.end) for m in base.mentions if m.entity is not None
    )
    lines = ((q.speaker, 3, q.start, q.end) for q in base.quotes if q.speaker is not None)
    for entity, rank, start, end in (*rows, *lines):
        if entity not in best or rank < best[entity][0]:
            best[entity] = (rank, start, end)
    return {entity: (start, end) for entity, (_, start, end) in best.items()}


def _in_words(text: str, span: tuple[int, int], entity: Entity) -> str:
    """Somebody by the first pronoun that means them and what follows it: somebody (“you down there”)."""
    start, end = span
    after = re.match(r"(?:[^\S\n]+[\w’'-]+){0,2}", text[end : end + 40])
    told = (text[start:end] + (after.group() if after else "")).split()
    words = " ".join(told[:_N_WORDS]) + ("…" if len(told) > _N_WORDS else "")
    return f"{'some people' if entity.number == 'plur' else 'somebody'} (“{words}”)"
