"""Names the detector passed over although it knows them from elsewhere in the story, or nearly took them.

The detector reads window by window and now and then misses a name that it finds a page later ("Imre?"), or
one of a kind that its data did not have ("Wambui"). What a name looks like is known only at the end, so the
vectors of every capitalised stretch that is no mention are kept until then.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

import numpy as np

from fabula.encoder.weights import Weights
from fabula.heads import pairs as pair_head
from fabula.heads.hyphens import Hyphens
from fabula.heads.mentions import WindowMentions, score_spans
from fabula.lexicon.gender import PRONOUNS, UNKNOWN, name_gender
from fabula.lexicon.name_titles import ADDRESS_ONLY, TITLES, fold
from fabula.text.headed import headed_parts
from fabula.text.letters import letter_names
from fabula.text.mail import mail_names
from fabula.types import ENTITY_TYPES, MENTION_KINDS, Floats, Ints, Story

SHARE = 0.7
"""Share of a string's mentions that are persons' names, from which it is one."""
SCORE = 0.8
"""Probability given to a mention that is found this way."""
NEARLY = -2.0
"""Logit from which a capitalised stretch that looks like a person's name is one.

Of such stretches in 74 marked stories, from -2 up to the detector's own threshold of 0, three quarters were.
"""
FAINT = -5.0
"""Logit from which a word that begins a known name may be short for it: “Vesh?”, not “Well,” of Wellman."""
_NO_NAMES = frozenset(
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february",
     "march", "april", "june", "july", "august", "september", "october", "november", "december", "christmas",
     "easter", "lent", "michaelmas", "whitsun", "whitsuntide", "lammas", "candlemas", "advent", "hallowe'en",
     "halloween", "thanksgiving", "ramadan", "passover", "diwali", "hanukkah", "yule", "god", "two", "three",
     "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
     "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty", "fifty", "sixty",
     "seventy", "eighty", "ninety", "nobody", "somebody", "everybody", "anybody", "someone", "everyone",
     "anyone", "nothing", "something", "everything", "anything", "none", "neither", "either", "both"]
)  # fmt: skip
_PERSON = ENTITY_TYPES.index("PER")
_NAME, _DESCRIPTION = MENTION_KINDS.index("PROP"), MENTION_KINDS.index("NOM")
_READERS_NAME = re.compile(r"(?<![\w/])(?:[Yy]/[Nn]|[FfLl]/[Nn]|[Yy]/[FfLl]/[Nn])(?![\w/])")
"""Where the reader's name goes: "Y/N", "L/N"."""
_LONGEST = 4
_SHORTEST = 3
"""Letters of a short form that is called out."""
_AFTER_A_CALL = frozenset([",", ".", "?", "!", "…", "...", "—", "--", "–", "”", "’", '"', "'", "''", "»"])


@dataclass(frozen=True, slots=True)
class Missed:
    """Further mentions, all persons' names, as token spans of the story; ``vectors`` (n, width)."""

    start: Ints
    end: Ints
    vectors: Floats


class NameKeeper:
    """Keeps what may turn out to be a name."""

    def __init__(self, story: Story, weights: Weights, hyphens: Hyphens) -> None:
        self._w, self._hyphens = weights, hyphens
        n = len(story.tokens)
        self._text = hyphens.text
        self._capital = np.asarray([t[:1].isupper() and t[1:2] != "." for t in self._text], dtype=bool)
        self._span: list[tuple[int, int]] = []
        self._nearly: set[int] = set()
        self._faint: set[tuple[int, int]] = set()
        self._vectors: list[Floats] = []
        self._names: Counter[str] = Counter()
        self._others: Counter[str] = Counter()
        self._initial = np.zeros(n + 1, dtype=bool)
        self._initial[story.sentence_tokens[:, 0]] = True
        self._heads = _heads(story)
        self._quoted = np.zeros(n, dtype=bool)
        for a, b in np.searchsorted(story.tokens.start, [(q.start, q.end) for q in story.quotes]).tolist():
            self._quoted[a:b] = True

    def add(self, start: int, x: Floats, room: Ints, m: WindowMentions) -> None:
        """Take one window's vectors ``x`` of the tokens from ``start``, and the mentions found there."""
        covered, alone, inside = (np.zeros(len(x), dtype=bool) for _ in range(3))
        for a, b, t, k in zip(
            m.start.tolist(), m.end.tolist(), m.type.tolist(), m.kind.tolist(), strict=True
        ):
            alone[a] |= b == a + 1
            if b - a > 1:
                inside[a:b] = True
            if b - a - 2 * self._text[start + a : start + b].count("-") <= _LONGEST:
                covered[a:b] = True
                text = " ".join(self._text[start + a : start + b])
                (self._names if t == _PERSON and k == _NAME else self._others)[text] += 1
        heads = [(a - start, b - start) for a, b in self._heads if start <= a and b <= start + len(x)]
        spans = [(a, b) for a, b in heads if not covered[a:b].any()]
        for a, b in spans:
            covered[a:b] = True
        free = self._capital[start : start + len(x)] & ~covered & (room > 0)
        wanted = [True] * len(spans)
        at = 0
        for i in np.flatnonzero(free).tolist():
            if i < at:
                continue
            i -= i > at and alone[i - 1] and not inside[i - 1] and self._is_title(start + i - 1)
            at = i + 1
            while at < len(x) and free[at] and at - i < _LONGEST and not self._initial[start + at]:
                at += 1
            for a in range(i, at):
                for b in range(at, a, -1):
                    spans.append((a, b))
                    wanted.append(b == a + 1 or (a, b) == (i, at))
        if spans:
            a, b = np.asarray(spans, dtype=np.int32).T
            whole = [self._hyphens.end(start + j) - start for j in b.tolist()]
            b = np.minimum(whole, np.maximum(a + room[a], b)).astype(np.int32)
            logit, type_, kind = score_spans(self._w, x, a, b)
            nearly = (logit > NEARLY) & (type_ == _PERSON) & (kind == _NAME)
            faint = (logit > FAINT) & (type_ == _PERSON)
            # A text in capitals is one long stretch: parts of it are kept only where they look like a name.
            keep = np.flatnonzero(nearly | np.asarray(wanted))
            a, b, nearly = a[keep], b[keep], nearly[keep]
            self._nearly |= {len(self._span) + int(k) for k in np.flatnonzero(nearly)}
            self._faint |= {(start + int(a[k]), start + int(b[k])) for k in np.flatnonzero(faint[keep])}
            raw = pair_head.pool_spans(self._w, x, a, b)
            self._span += [(start + i, start + j) for i, j in zip(a.tolist(), b.tolist(), strict=True)]
            self._vectors.append(pair_head.mention_vectors(self._w, raw))

    @property
    def heads(self) -> frozenset[tuple[int, int]]:
        """Token spans of names that head parts, letters and lines."""
        return frozenset(self._heads)

    def _opens(self, token: int) -> bool:
        """Whether a token opens a sentence, a quote mark aside."""
        marked = token > 0 and self._initial[token - 1] and not self._text[token - 1].isalnum()
        return bool(self._initial[token] or marked)

    def _is_title(self, token: int) -> bool:
        return bool(self._capital[token]) and fold(self._text[token]) in TITLES

    def is_name(self, text: str) -> bool:
        """Whether the story's mentions of these words are persons' names, nearly all of them."""
        names = self._names[text]
        return names > 0 and names >= SHARE * (names + self._others[text])

    def kinds(self, start: Ints, end: Ints, type_: Ints, kind: Ints) -> Ints:
        """``kind`` with descriptions that are really a known person's name ("Noor") made names.

        And "names" without a capital descriptions, unless the text has no capitals or the name elsewhere has.
        """
        out = kind.copy()
        told = self._told_titles()
        written = {text.lower() for text in self._names if text != text.lower()}
        for k in np.flatnonzero((kind == _NAME) & (type_ == _PERSON)).tolist() if written else ():
            if (int(start[k]), int(end[k])) in self._heads:
                continue
            text = " ".join(self._text[int(start[k]) : int(end[k])])
            if text == text.lower() and text not in written:
                out[k] = _DESCRIPTION
        for k in np.flatnonzero(
            ((kind == _NAME) | (kind == _DESCRIPTION)) & (type_ == _PERSON) & (end - start <= _LONGEST)
        ).tolist():
            a, b = int(start[k]), int(end[k])
            word = fold(self._text[a]) if b == a + 1 else ""
            if word in TITLES and word not in told:
                out[k] = _DESCRIPTION
            elif kind[k] == _DESCRIPTION and self._capital[a]:
                titled = word in TITLES and word not in ADDRESS_ONLY
                if titled or self.is_name(" ".join(self._text[a:b])):
                    out[k] = _NAME
        return out

    def _told_titles(self) -> set[str]:
        """Titles that stand alone, with a capital, where the story tells: names of their own ("Mother came").

        What only talk calls somebody is whoever hears it, one person here and another there.
        """
        text = self._text
        return {
            fold(text[t])
            for t in np.flatnonzero(self._capital & ~self._quoted).tolist()
            if fold(text[t]) in TITLES and not (t + 1 < len(text) and self._capital[t + 1])
        }

    def missed(self) -> Missed:
        """Those that are names of persons elsewhere, or nearly taken for one by themselves; who tells a part.

        At the start of a sentence only if no ordinary word.
        """
        low = {t for t in self._text if t.islower()}
        parts = {
            w[-1] for n in self._names if len(w := n.split()) > 1 and w[-1][:1].isupper() and self.is_name(n)
        }
        whole = {n.lower() for n in self._names if self.is_name(n)}
        nearly_names = {
            (a, b)
            for a, b in (self._span[k] for k in self._nearly)
            if _NO_NAMES.isdisjoint(t.lower() for t in self._text[a:b])
        }
        kept, taken = [], -1
        for k, (a, b) in enumerate(self._span):
            text = " ".join(self._text[a:b])
            opens = self._opens(a)
            if (a, b) in self._heads:
                if self._heads[a, b] or text.lower() in whole:
                    kept.append(k)
                continue
            if a < taken or (opens and text.lower() in low):
                continue
            bare = a + (b - a > 1 and self._is_title(a))  # "Sister Hadewych" is a name if "Hadewych" is
            name = " ".join(self._text[bare:b])
            nearly = (a, b) in nearly_names or (bare, b) in nearly_names
            known = self.is_name(text) or self.is_name(name)
            known |= b == bare + 1 and name in parts and name.lower() not in low
            if not known and not nearly and not self._called(bare, b, whole):
                continue
            kept.append(k)
            taken = b
        width = self._w["pairs.mention_span.weight"].shape[0]
        vectors = np.concatenate([np.zeros((0, width), np.float32), *self._vectors])
        spans = np.asarray([self._span[k] for k in kept], dtype=np.int32).reshape(-1, 2)
        return Missed(spans[:, 0], spans[:, 1], vectors[kept])

    def _called(self, a: int, b: int, names: set[str]) -> bool:
        """Whether somebody is called by this one word in talk: “Don't, Bun.”, or “Vesh?” of Veshti.

        After a comma, where no other word has a capital; or where talk begins, if it begins a known name.
        """
        text = self._text
        word = text[a].lower()
        if b - a > 1 or not word.isalpha() or len(word) < 2 or word in _NO_NAMES or word in ADDRESS_ONLY:
            return False
        if not self._quoted[a] or text[a].isupper() or (b < len(text) and text[b] not in _AFTER_A_CALL):
            return False
        if a > 1 and text[a - 1] == ",":  # no "Greek" of “Latin, Greek and French”
            return not self._capital[a - 2] or self._opens(a - 2) or not self._quoted[a - 2]
        if (a, b) not in self._faint or len(word) < _SHORTEST:
            return False
        return any(n.startswith(word) and " " not in n for n in names)


def _heads(story: Story) -> dict[tuple[int, int], bool]:
    """Tokens [a, b) of names in headings of parts told by "I", in letters, and before lines of talk.

    To each whether it surely is one. A heading that comes again is no chapter's title, nor is what is a given
    name as a rule.
    """
    often = Counter(s.label for s in story.segments if s.kind == "heading")
    spans = [
        (part.start, part.end, often[part.label] > 1 or name_gender(part.name.split()[0]) != UNKNOWN)
        for part in headed_parts(story)
    ]
    for s in story.segments:
        if s.kind == "letter":
            found = [*letter_names(story.text, s.start, s.end), *mail_names(story.text, s.start, s.end)]
            spans += [(*x, not _is_word(story.text[x[0] : x[1]])) for x in found if x is not None]
    spans += [
        (q.label.start, q.label.end, story.text[q.label.start : q.label.end].lower() not in PRONOUNS)
        for q in story.quotes
        if q.label is not None
    ]
    spans += [(*m.span(), True) for m in _READERS_NAME.finditer(story.text)]
    out = {}
    for start, end, sure in spans:
        a, b = np.searchsorted(story.tokens.start, [start, end]).tolist()
        out[a, b] = sure
    return out


def _is_word(name: str) -> bool:
    """Whether whoever is written to or signs goes by a word: "Dear Sir", "Mother"."""
    return any(fold(w) in TITLES or len(w.strip(".")) < 2 for w in name.split()[-1:])
