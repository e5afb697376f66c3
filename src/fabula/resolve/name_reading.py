"""Read every name of a story once: its words taken apart, its type voted, and what stands around it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from fabula.lexicon.gender import UNKNOWN, Evidence
from fabula.lexicon.name_lists import DEITIES, ONE_GODS, given_names
from fabula.lexicon.name_titles import (
    ADDRESS_ONLY,
    STYLES,
    STYLES_WITH_OWNER,
    TITLE_KINDS,
    fold,
)
from fabula.lexicon.words import words
from fabula.resolve.misspelt import corrected, slips
from fabula.resolve.name_evidence import is_oath, told_gender
from fabula.resolve.name_forms import NameForm, parse_person, place_key
from fabula.resolve.name_words import strip_possessive
from fabula.resolve.written_names import WrittenName, written_names
from fabula.types import ENTITY_TYPES, STORY_KINDS, CastMember, EntityType, MentionSpans, Story

_FRENCH = re.compile(r"\b(?:Monsieur|Madame|Mademoiselle|Mme|Mlle)\b")
_ACTS_AFTER = re.compile(
    r"^\s+(?:said|says|asked|replied|answered|cried|whispered|looked|smiled|laughed|nodded|turned|walked|came|went|sat|stood"
    r"|took|shrugged|sighed|grinned|frowned|glanced|shook|paused|leaned)\b"
)
_ACTS_BEFORE = re.compile(r"\b(?:said|asked|replied|answered|cried|whispered|murmured)\s+$")
_VERBS = words("will may might hope mark grant")
_SUBJECTS = words("you he she they i we it the that this there these those my your not")
_OPENERS = frozenset(["“", "‘", '"', "'", "«", "„", "—", "–", "``", "''"])
_PERSONAL = words("civil doc rank kin knight master")
SPLIT_SHARE, SPLIT_WEIGHT = 0.3, 3.0
"""Share and weight from which a name's second type is a second thing of that name ("Florence")."""


@dataclass(frozen=True, slots=True)
class NameMention:
    """A mention that may name somebody or something.

    ``token``: its first token; ``room``: see ``name_evidence.Places``. ``form``: the name of a person taken
    apart, None for other things, which have a ``key``. ``agrees``: the detector's type is the voted one.
    """

    mention: int
    token: int
    room: int
    type: EntityType
    score: float
    proper: bool
    agrees: bool
    in_quote: bool
    told_in_story: bool
    form: NameForm | None
    key: str
    display: str
    told: Evidence
    oath: bool
    acts: bool
    deity: Literal["", "deity", "one"]
    saint: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """All names of a story in text order, and the cast file's names taken apart."""

    names: tuple[NameMention, ...]
    cast_forms: tuple[tuple[CastMember, tuple[NameForm, ...]], ...]


def read_names(story: Story, mentions: MentionSpans, cast: Sequence[CastMember]) -> Reading:
    """Every mention that may be a name, in the order of ``mentions``. Linear in mentions and text."""
    french = _FRENCH.search(story.text) is not None
    cast_forms, cast_keys = _cast(cast, french)
    raws = written_names(story, mentions, cast_keys)
    slip = slips((raw.surface, raw.token) for raw in raws if raw.type == "PER" and raw.proper)
    for raw in raws if slip else ():
        raw.surface = corrected(raw.surface, slip)
    forms: dict[str, NameForm | None] = {}
    keys: dict[str, tuple[str, str]] = {}
    for raw in raws:
        if raw.surface not in forms:
            forms[raw.surface] = parse_person(raw.surface, french)
            keys[raw.surface] = place_key(raw.surface)
        raw.key = keys[raw.surface][0]
    voted = _vote(raws, forms, cast_keys)
    where = _Where(story)
    doubtful = _doubtful(story, raws, forms, where)
    names: list[NameMention] = []
    for raw in raws:
        kind, agrees = voted.kind(raw)
        form = cast_keys.get(raw.key) or (forms[raw.surface] if kind == "PER" else None)
        if kind == "PER" and form is None:
            continue
        if raw.key in doubtful or _is_auxiliary(story, raw, where):
            continue
        if form is not None and raw.key not in cast_keys and _is_style(form, raw):
            continue
        if form is not None and form.title_only and raw.key not in cast_keys:
            form = _address(form, raw)
            if form is None:
                continue
        listed = raw.key in cast_keys
        names.append(_around(story, raw, kind, agrees, form, keys[raw.surface][1], listed, where))
    return Reading(tuple(names), cast_forms)


def _cast(
    cast: Sequence[CastMember], french: bool
) -> tuple[tuple[tuple[CastMember, tuple[NameForm, ...]], ...], dict[str, NameForm]]:
    forms: list[tuple[CastMember, tuple[NameForm, ...]]] = []
    keys: dict[str, NameForm] = {}
    for member in cast:
        own: list[NameForm] = []
        for text in (member.name, *member.aliases):
            form = parse_person(text, french)
            key = place_key(text)[0]
            if form is not None and key:
                own.append(keys.setdefault(key, form))
        forms.append((member, tuple(own)))
    return tuple(forms), keys


class _Vote:
    """The type of each name string: the one most of its mentions have, unless two are both common."""

    def __init__(self) -> None:
        self.votes: dict[str, dict[EntityType, float]] = {}
        self.forced: set[str] = set()

    def add(self, key: str, kind: EntityType, weight: float) -> None:
        votes = self.votes.setdefault(key, {})
        votes[kind] = votes.get(kind, 0.0) + weight

    def kind(self, raw: WrittenName) -> tuple[EntityType, bool]:
        """The type of a mention and whether the detector said so."""
        if raw.key in self.forced:
            return "PER", True
        votes = self.votes.get(raw.key, {raw.type: 1.0})
        ranked = sorted(votes, key=lambda t: (-votes[t], ENTITY_TYPES.index(t)))
        best = ranked[0]
        if raw.type != best and raw.type == ranked[1]:
            second = votes[raw.type]
            if second >= SPLIT_WEIGHT and second >= SPLIT_SHARE * (votes[best] + second):
                best = raw.type
        return best, best == raw.type


def _vote(
    raws: Sequence[WrittenName], forms: dict[str, NameForm | None], cast_keys: dict[str, NameForm]
) -> _Vote:
    vote = _Vote()
    vote.forced = set(cast_keys)
    for raw in raws:
        vote.add(raw.key, raw.type, raw.score)
        form = forms[raw.surface]
        if (
            form is not None
            and form.titles
            and not form.title_only
            and _PERSONAL & {TITLE_KINDS[t] for t in form.titles}
        ):
            vote.add(raw.key, "PER", 0.5)
    return vote


class _Where:
    """Looks up the sentence, quote and segment of a place in the story."""

    def __init__(self, story: Story) -> None:
        self.sentences = story.sentence_tokens[:, 0].tolist() if len(story.sentence_tokens) else []
        outer = [q for q in story.quotes if q.parent is None]
        self.quote_start = [q.start for q in outer]
        self.quote_end = [q.end for q in outer]
        self.aside = sorted((s.start, s.end) for s in story.segments if s.kind not in STORY_KINDS)
        self.aside_start = [a for a, _ in self.aside]

    def sentence(self, token: int) -> int:
        """The index of the sentence of a token."""
        return bisect_right(self.sentences, token) - 1 if self.sentences else token

    def opens(self, story: Story, token: int) -> bool:
        """Whether a token opens a sentence or a quote, where any word is capitalised."""
        k = self.sentence(token)
        if self.sentences and k >= 0 and self.sentences[k] == token:
            return True
        return token > 0 and story.token_text(token - 1) in _OPENERS

    def quoted(self, start: int) -> bool:
        """Whether a code point lies in a quote."""
        k = bisect_right(self.quote_start, start) - 1
        return k >= 0 and start < self.quote_end[k]

    def in_story(self, start: int) -> bool:
        """Whether a code point lies outside paratext."""
        k = bisect_right(self.aside_start, start) - 1
        return k < 0 or start >= self.aside[k][1]


def _doubtful(
    story: Story, raws: Sequence[WrittenName], forms: dict[str, NameForm | None], where: _Where
) -> frozenset[str]:
    """Strings that the detector doubts, that open sentences only, and that are common words here."""
    uses: dict[str, list[float]] = {}
    inside: set[str] = set()
    for raw in raws:
        if " " in raw.key or raw.key in given_names() or not raw.proper or not where.opens(story, raw.token):
            inside.add(raw.key)
        else:
            uses.setdefault(raw.key, []).append(raw.score)
    suspects = [k for k, scores in uses.items() if k and k not in inside and sum(scores) < 0.9 * len(scores)]
    if not suspects:
        return frozenset()
    wanted = set(suspects)
    words = (m.group() for m in re.finditer(r"\b[a-z]+\b", story.text))
    counts = Counter(word for word in words if word in wanted)
    return frozenset(k for k in suspects if counts[k] >= 4 * len(uses[k]))


def _is_auxiliary(story: Story, raw: WrittenName, where: _Where) -> bool:
    """Whether "Will", "May" or "Hope" opens a sentence as a verb does: "Will you …"."""
    if raw.key not in _VERBS or not where.opens(story, raw.token) or raw.token + 1 >= len(story.tokens):
        return False
    return story.token_text(raw.token + 1).casefold() in _SUBJECTS


def _is_style(form: NameForm, raw: WrittenName) -> bool:
    """Whether it is a style that only addresses somebody: “Highness”, “Your Grace”."""
    whose = fold(raw.surface.split()[0]) in ("your", "his", "her", "their")
    return form.lone in STYLES or (form.lone in STYLES_WITH_OWNER and whose)


def _address(form: NameForm, raw: WrittenName) -> NameForm | None:
    """A title alone: None where it only addresses somebody; God where it is "the Lord"."""
    parts = [fold(w) for w in raw.surface.split()]
    if parts[-1] == "lord":
        return NameForm(lone="lord", display="Lord", gender=form.gender)
    if parts[-1] in ADDRESS_ONLY and parts[0] != "the":
        return None
    return form


def _around(
    story: Story,
    raw: WrittenName,
    kind: EntityType,
    agrees: bool,
    form: NameForm | None,
    shown: str,
    listed: bool,
    where: _Where,
) -> NameMention:
    text = story.text
    before = text[max(0, raw.start - 40) : raw.start]
    bare_end = raw.start + len(strip_possessive(text[raw.start : raw.end]))
    after = text[bare_end : bare_end + 40]
    in_quote = where.quoted(raw.start)
    name = raw.key.replace(" ", "_")
    deity: Literal["", "deity", "one"] = ""
    saint = False
    oath = acts = False
    if kind == "PER" and form is not None:
        deity = "one" if name in ONE_GODS else "deity" if name in DEITIES else ""
        if not deity and all(word in ONE_GODS for word in raw.key.split()):
            deity = "one"
        saint = form.lone.startswith("st ") or "saint" in form.titles
        oath = is_oath(before, after, bool(deity) or saint)
        acts = bool(_ACTS_AFTER.match(after) or _ACTS_BEFORE.search(before))
    display = shown if form is None or listed else _shown(raw.surface, form)
    return NameMention(
        mention=raw.mention,
        token=raw.token,
        room=2 * where.sentence(raw.token) + in_quote,
        type=kind,
        score=raw.score,
        proper=raw.proper,
        agrees=agrees,
        in_quote=in_quote,
        told_in_story=where.in_story(raw.start),
        form=form,
        key=raw.key,
        display=display,
        told=told_gender(before, after) if form is not None else UNKNOWN,
        oath=oath,
        acts=acts,
        deity=deity,
        saint=saint,
    )


def _shown(surface: str, form: NameForm) -> str:
    if form.title_only or form.group == "people":
        words = surface.split()
        if fold(words[0]) == "the" and fold(form.display.split()[0]) != "the":
            return "the " + form.display
    return form.display or surface
