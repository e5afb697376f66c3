"""Speech tags ("said Olga", "Then he turned and whispered:"): whom they name, with which verb, to whom.

Found by tokens and mentions alone, within a bounded stretch beside the quote, so that a whole story stays
linear.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from fabula.lexicon.words import words
from fabula.text.verbs import VerbKind, speech_verb
from fabula.types import MentionSpans

REACH = 40
"""Tokens looked at on either side of a quote."""

Shape = Literal["direct", "clause", "loose"]
"""Name and verb side by side; other words of the same clause between; only in one sentence."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A speech tag. ``mention`` is the widest mention that names the speaker; ``verb`` the token of the verb.

    Where a capitalised name was not detected as a mention, ``mention`` is -1 and ``name`` its tokens,
    half-open.
    """

    mention: int
    verb: int
    kind: VerbKind
    shape: Shape
    name: tuple[int, int]


MARKS = words(", - — – -- * ** _ … ... ~ ; : < > / // ::") | {""}
_BREAK = words(". ! ? … ...")
_FILL = words(
    "then at last presently again here now finally only just thus also simply merely almost once more too "
    "first next still even quite very rather so suddenly at length had has have would could did was were who "
    "in turn all both each half"
)
_PARTICLES = {
    "went": "on", "goes": "on", "going": "on", "go": "on", "ran": "on", "put": "in", "puts": "in",
    "cut": "in", "cuts": "in", "broke": "in", "breaks": "in", "struck": "in", "chimed": "in", "burst": "out",
    "bursts": "out", "got": "out", "came": "back", "spoke": "up", "flung": "back", "gave": "back",
    "rapped": "out", "rattled": "on", "kept": "on", "carried": "on", "carries": "on", "shot": "back",
    "threw": "in", "threw_": "out", "led": "off", "began": "again",
}  # fmt: skip
_AFTER_VERB = words("out on in back up off forth again quickly softly quietly gently slowly aloud suddenly")
_SILENT = words("nothing little")
_NOT_LY = words("only family fly ally italy july reply supply apply holy ugly jolly lily")
_PREPOSITIONS = words(
    "to at of in on upon with from by for toward towards over under behind beside before after into onto "
    "through near about against across between among like as than round around off past without within"
)
_TOLD = words(
    "asked asks told tells answered answers begged assured informed reminded interrupted corrected addressed "
    "addresses warned reassured teased entreated urged advised ordered commanded implored besought prompted "
    "rebuked greeted questioned thanked scolded bade cautioned admonished encouraged contradicted accosted "
    "chided exhorted soothed comforted enjoined counselled apostrophised challenged beseeched ask tell "
    "answer"
)
_FACING = words("to at toward towards upon addressing facing answering on with")
_NO_VERB = words("that of")
_OBJECTS = words("him them me us")
_NOMINATIVES = words("he she i you they we xe ze ey fae")
_ARTICLES = words("a an the his her my your our their its no of with this that")
_VOICES = words("voice voices tones accents")
_EPITHETS = words("little old young poor dear good big the")
_NO_NAMES = words(
    "i the a an and but then when as at in on so for if it he she they we you this that these those there "
    "here his her its my our your their what who why how where which not no yes oh ah well now mr mrs miss "
    "after before with without by from to all some both one another nobody somebody"
)


class TagFinder:
    """Finds tags in one story. ``low`` are its tokens in lower case with straight marks."""

    def __init__(self, low: Sequence[str], raw: Sequence[str], mentions: MentionSpans) -> None:
        """``raw``: the tokens as written."""
        self.low = low
        self.is_lower = [t[:1].islower() for t in raw]
        self.is_title = [t[:1].isupper() for t in raw]
        start, end = mentions.token_start.tolist(), mentions.token_end.tolist()
        self.start: list[int] = start
        self.end: list[int] = end
        self.kind: list[int] = mentions.kind.tolist()
        self.type: list[int] = mentions.type.tolist()
        self.widest_from: dict[int, int] = {}
        self.widest_to: dict[int, int] = {}
        for k in range(len(start) - 1, -1, -1):
            self.widest_from[start[k]] = k  # sorted by (start, -end): the first of a start is the widest
            self.widest_to[end[k]] = k  # and the earliest start of an end is the widest

    def named_at(self, t: int, stop: int) -> tuple[int, int, int] | None:
        """Who is named from token ``t`` on, ending by ``stop``: (mention or -1, first token, end)."""
        k = self.widest_from.get(t)
        while k is not None and self.end[k] > stop:
            k = k + 1 if k + 1 < len(self.start) and self.start[k + 1] == t else None
        if k is not None:
            k = self._owner(k)
            return k, t, self.end[k]
        end = t
        if end + 1 < stop and self.low[end] in _EPITHETS:
            end += 1
        if end < stop and self.low[end].rstrip(".") in {"mr", "mrs", "dr", "miss", "ms"}:
            end += 1 + (end + 1 < stop and self.low[end + 1] == ".")
        first = end
        while end < min(stop, first + 3) and self.is_title[end] and self.low[end] not in _NO_NAMES:
            end += 1
        return (-1, t, end) if end > first else None

    def _owner(self, k: int) -> int:
        """Whose voice it is, where mention ``k`` is a voice: "a girl's voice", "the voice of John"."""
        if self.low[self.end[k] - 1] not in _VOICES and not (
            self.end[k] - self.start[k] > 3
            and _VOICES & {self.low[self.start[k] + 1], self.low[self.start[k] + 2]}
        ):
            return k
        j = k + 1
        while j < len(self.start) and self.start[j] < self.end[k]:
            if self.type[j] == 0 and self.end[j] <= self.end[k]:
                return j
            j += 1
        return k

    def heading(self, start: int, end: int, first: int, written: bool) -> Tag | None:
        """The name in tokens [start, end) that heads a line whose words begin at ``first``, as a tag.

        What stands between is in place of its verb.
        """
        named = self.named_at(start, end) if start < end <= first else None
        if named is None:
            return None
        return Tag(named[0], min(end, first - 1), "write" if written else "say", "direct", (start, end))

    # ------------------------------------------------------------------ after a quote
    def after(self, at: int, stop: int, tail: str) -> Tag | None:
        """The tag in tokens [at, stop) that follow a quote whose last token of speech is ``tail``."""
        low = self.low
        while at < min(stop, at + 4) and low[at] in MARKS:
            at += 1
        if at >= stop:
            return None
        return self._inverted(at, stop, tail) or self._straight(at, stop, tail)

    def _inverted(self, at: int, stop: int, tail: str) -> Tag | None:
        low = self.low
        verb = at
        while verb < min(stop - 1, at + 2) and speech_verb(low[verb]) is None and self._fills(verb):
            verb += 1
        if not self.is_lower[verb] or verb + 1 >= stop:
            return None
        kind = self._verb(verb)
        if kind is None and tail != "." and low[verb].endswith("ed") and len(low[verb]) > 3:
            kind = "say"
        if kind is None:
            return None
        name = verb + 1
        while name < min(stop - 1, verb + 5) and name not in self.widest_from:
            if not (low[name] in _AFTER_VERB or low[name] == "," or self._fills(name)):
                break
            name += 1
        found = self.named_at(name, stop)
        if found is None or (low[found[1]] in _OBJECTS and found[2] == found[1] + 1):
            return None
        return Tag(found[0], verb, kind, "direct", found[1:])

    def _straight(self, at: int, stop: int, tail: str) -> Tag | None:
        low = self.low
        open_end = tail != "."
        found = self.named_at(at, stop)
        if found is None and self._fills(at):
            found = self.named_at(at + 1, stop)
        if found is None or found[2] >= stop or (found[0] < 0 and not open_end):
            return None
        end = max(found[2], self.end[self.widest_from[found[1]]] if found[1] in self.widest_from else 0)
        if end >= stop:
            end = found[2]
        verb = end
        while verb < min(stop - 1, end + 4) and speech_verb(low[verb]) is None and self._fills(verb):
            verb += 1
        kind = self._verb(verb)
        tag_like = open_end or self.is_lower[at]
        if kind is None and tail == "," and low[verb].endswith("ed") and len(low[verb]) > 3 and verb == end:
            return Tag(found[0], verb, "say", "clause", found[1:])
        if kind is not None:
            if verb + 1 < stop and low[verb + 1] in _SILENT | _NO_VERB:
                return None
            if kind == "manner" and not tag_like:
                return None
            return Tag(found[0], verb, kind, "direct" if tag_like else "clause", found[1:])
        return None if found[0] < 0 else self._later_verb(found[0], end, min(stop, at + REACH), tag_like)

    def _later_verb(self, k: int, at: int, stop: int, tag_like: bool) -> Tag | None:
        """A verb of saying further on in the sentence, with no other subject before it."""
        low = self.low
        for t in range(at, stop):
            if low[t] in _BREAK:
                return None
            if (
                speech_verb(low[t]) in ("say", "think", "write")
                and self._finite(t)
                and (self._coordinated(t, at))
            ):
                if t + 1 < stop and low[t + 1] in _SILENT:
                    return None
                shape: Shape = "clause" if tag_like else "loose"
                return Tag(k, t, speech_verb(low[t]) or "say", shape, (self.start[k], self.end[k]))
        return None

    def _coordinated(self, t: int, at: int) -> bool:
        """Whether the verb at ``t`` shares its subject with the words before: "and said", ", softly said"."""
        low = self.low
        b = t - 1
        while b > at and self._fills(b):
            b -= 1
        return low[b] in {"and", ",", "but", "or", "-", "—", "--"} or b < at

    # ------------------------------------------------------------------ before a quote
    def before(self, low_at: int, at: int) -> Tag | None:
        """The tag in tokens [low_at, at) that announces a quote at ``at``: the last clause before it."""
        low = self.low
        low_at = max(low_at, at - REACH)
        last = at - 1
        while (
            last >= low_at
            and low[last] in {'"', "'", "*", "_", "“", "‘", "--", "—"}
            and low[last] not in {"--", "—"}
        ):
            last -= 1
        if last < low_at:
            return None
        announced = low[last] in {",", ":", "-", "—", "--", "–", ";", "that", "..."}
        verb_last = speech_verb(low[last]) is not None
        if not announced and not verb_last:
            return None
        begin = last
        while begin > low_at and low[begin - 1] not in _BREAK:
            begin -= 1
        for verb in range(last, begin - 1, -1):
            kind = self._verb(verb)
            if kind is None or (kind == "manner" and last - verb > 3):
                continue
            if verb + 1 <= last and low[verb + 1] in _SILENT | _NO_VERB:
                continue
            found = self._subject(verb, begin, last)
            if found is not None:
                k = self._owner(found[0])
                return Tag(k, verb, kind, found[1], (self.start[k], self.end[k]))
        return None

    def _subject(self, verb: int, begin: int, last: int) -> tuple[int, Shape] | None:
        low = self.low
        b = verb
        while b > begin and self._fills(b - 1):
            b -= 1
        finite = self._finite(verb)
        k = self.widest_to.get(b) if finite else None
        if k is not None and self.start[k] >= begin and not self._governed(k, begin):
            return k, "direct"
        inverted = self.widest_from.get(verb + 1)
        if (
            inverted is not None
            and finite
            and low[verb] in {"said", "cried", "says", "quoth", "replied", "answered"}
        ):
            alone = self.end[inverted] == self.start[inverted] + 1
            if not (alone and low[verb + 1] in _OBJECTS | {"her"}) and (
                b <= begin or low[b - 1] not in {"and"}
            ):
                return inverted, "direct"
        k = self._nearest_nominative(begin, verb)
        if k is None:
            k = self.sentence_subject(begin, verb)
        return None if k is None else (k, "clause" if finite else "loose")

    def _nearest_nominative(self, begin: int, verb: int) -> int | None:
        """The last "he", "she", "I" or "they" before a verb: "When I came near she bowed and said"."""
        for t in range(verb - 1, begin - 1, -1):
            if (
                self.low[t] in _NOMINATIVES
                and (k := self.widest_to.get(t + 1)) is not None
                and self.start[k] == t
            ):
                return k
        return None

    # ------------------------------------------------------------------ sentences and objects
    def sentence_subject(self, begin: int, end: int) -> int | None:
        """The likeliest subject among the mentions that start in [begin, end): the first not governed."""
        t = begin
        while t < end:
            k = self.widest_from.get(t)
            if k is None:
                t += 1
                continue
            if self.type[k] == 0 and not self._governed(k, begin) and self.end[k] <= end:
                first = self.low[self.start[k]]
                if not (
                    self.kind[k] == 2
                    and first in {"him", "them", "me", "us", "himself", "herself", "themselves"}
                ):
                    return k
            t = max(t + 1, self.end[k])
        return None

    def objects(self, begin: int, end: int, verb: int, speaker: int) -> tuple[list[int], list[int]]:
        """Who is spoken to and who is looked at or turned to in a tag or beat: mentions in [begin, end).

        ``verb`` is the verb of saying, -1 where there is none; ``speaker`` its subject, -1 where there is
        none.
        """
        low = self.low
        told: list[int] = []
        faced: list[int] = []
        t = begin
        while t < end:
            k = self.widest_from.get(t)
            if k is None:
                t += 1
                continue
            if (
                k != speaker
                and self.type[k] == 0
                and t > begin
                and not low[self.end[k] - 1].endswith(("self", "selves"))
            ):
                p = low[t - 1]
                said_to = p == "to" and 1 <= t - verb <= 4
                if verb >= 0 and (said_to or (t == verb + 1 and low[verb] in _TOLD)):
                    told.append(k)
                elif p in _FACING:
                    faced.append(k)
            t = max(t + 1, self.end[k])
        return told, faced

    # ------------------------------------------------------------------ words
    def _verb(self, t: int) -> VerbKind | None:
        if t >= len(self.low) or (
            t and self.low[t - 1] in _ARTICLES and speech_verb(self.low[t - 1]) is None
        ):
            return None
        word = self.low[t]
        if _PARTICLES.get(word) is not None and t + 1 < len(self.low) and self.low[t + 1] == _PARTICLES[word]:
            return "say"
        return speech_verb(word)

    def _finite(self, t: int) -> bool:
        word = self.low[t]
        if word.endswith("ing") and word not in {"sing", "bring"}:
            return False
        return t == 0 or self.low[t - 1] not in {"to", "not"}

    def _fills(self, t: int) -> bool:
        word = self.low[t]
        return word in _FILL or (word.endswith("ly") and word not in _NOT_LY and t not in self.widest_from)

    def _governed(self, k: int, begin: int) -> bool:
        t = self.start[k] - 1
        return t >= begin and self.low[t] in _PREPOSITIONS
