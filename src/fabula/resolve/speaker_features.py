"""Numbers about every (quote, person) pair: how likely the person speaks it, or is spoken to.

Rows are candidates of a quote; columns are FEATURES. The weights that read them are learnt by
training/speakers.py.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from fabula.heads.evidence import Evidence
from fabula.resolve.coref import Distribution, EntityBeliefs
from fabula.resolve.names import NameBeliefs
from fabula.resolve.own_words import narrators_own
from fabula.resolve.quote_context import BREAK, CONTINUES, SAME_PARAGRAPH, StoryContext
from fabula.resolve.quote_people import Cast, TagBeliefs, describe_cast, effective_tags, mention_beliefs
from fabula.resolve.quote_tags import Tag
from fabula.resolve.quote_words import head_gender
from fabula.types import Floats, Ints, Story

AROUND = 40
"""Mentions on either side of a quote that the pair scorer was trained to see."""
MOST = 10
"""Candidates of a quote."""
SCENE = 120
"""Mentions before a quote within which somebody counts as present."""
NEAR_QUOTES = 8

_PERSON = (
    "neural", "neural_margin", "neural_top",
    "tag_name_direct", "tag_name_clause", "tag_name_loose", "tag_pron_direct", "tag_pron_loose", "tag_noun",
    "tag_other", "tag_log", "tag_gender", "tag_number", "beat_before", "beat_after", "beat_other",
    "beat_gender", "lead", "lead_colon", "around",
    "vocative", "perhaps", "called", "inside_name", "inside_pronoun", "told", "faced",
    "since", "until", "since_named", "share_near", "share_all", "tagged_before", "tagged_after",
    "same_before", "same_after", "tagged_even", "tagged_odd", "last_vocative", "next_vocative", "last_told",
    "called_near", "talked_of",
    "plural", "person", "unnamed", "narrator",
)  # fmt: skip
_QUOTE = (
    "has_name_tag", "has_pron_tag", "has_beat", "has_vocative", "has_told", "first", "we", "second", "asks",
    "length",
    "nested", "continues", "same_paragraph", "opens", "narrated", "candidates", "known", "inherited", "alone",
)  # fmt: skip
FEATURES: tuple[str, ...] = _PERSON + _QUOTE
N_FEATURES = len(FEATURES)
N_PERSON = len(_PERSON)
_AT = {name: k for k, name in enumerate(FEATURES)}


@dataclass(frozen=True, slots=True)
class QuoteCandidates:
    """The candidates of one quote: ``entity`` (n,) and ``features`` (n, N_FEATURES).

    ``ties`` (4,): the share of the pair scorer's mass that falls on "I" and on "you" in the quote before, and
    on "I" and on "you" in the quote after: who says that "I" says this quote too.
    """

    entity: Ints
    features: Floats
    ties: Floats
    prior: Floats | None = None
    """(n + 1, 2): what else is known of who speaks and who hears, as scores; the last row is nobody."""


@dataclass(frozen=True, slots=True)
class Nearby:
    """What the pair scorer says of the mentions around one quote, whatever they are believed to mean.

    ``share`` of its mass that falls on each ``mention``, a quote's own "I" left out; ``ties`` as in
    QuoteCandidates.
    """

    mention: Ints
    share: Floats
    ties: Floats


def neural_windows(context: StoryContext, evidence: Evidence) -> list[Nearby]:
    """Per quote, the pair scorer's word on the mentions around it."""
    start = evidence.anaphors.start[: evidence.anaphors.n_mentions]
    n = len(start)
    windows = []
    for q in context.quotes:
        r, end = int(np.searchsorted(start, q.token_start)), int(np.searchsorted(start, q.token_end))
        windows.append((max(0, r - AROUND), min(n, end + AROUND)))
    counts = np.asarray([b - a for a, b in windows], dtype=np.int64)
    i = (np.repeat(np.arange(len(windows)), counts) + n).astype(np.int32)
    j = np.concatenate([np.zeros(0, np.int64), *[np.arange(a, b) for a, b in windows]])
    logits = evidence.pairs.score(i, j)
    in_quote = np.asarray(context.in_quote, dtype=np.int32)
    own = np.asarray(context.own_word, dtype=np.int32)
    level = [k for k, q in enumerate(context.quotes) if q.parent < 0]
    after = dict(pairwise(level))
    before = {b: a for a, b in after.items()}
    last = np.cumsum(counts)
    out = []
    for k, ((a, b), end) in enumerate(zip(windows, last.tolist(), strict=True)):
        ties = np.zeros(4, dtype=np.float32)
        if b <= a:
            out.append(Nearby(np.zeros(0, np.int32), np.zeros(0, np.float32), ties))
            continue
        scores = logits[end - (b - a) : end]
        w = np.exp(scores - scores.max())
        w[(in_quote[a:b] == k) & (own[a:b] > 0)] = 0.0
        w /= max(float(w.sum()), 1e-9)
        heard = np.flatnonzero(w > 1e-5)
        for m, x in zip((heard + a).tolist(), w[heard].tolist(), strict=True):
            if own[m] in (1, 2) and in_quote[m] >= 0:
                if in_quote[m] == before.get(k, -1):
                    ties[own[m] - 1] += x
                elif in_quote[m] == after.get(k, -1):
                    ties[own[m] + 1] += x
        out.append(Nearby((heard + a).astype(np.int32), w[heard], ties))
    return out


def _mass(out: dict[int, float], d: Distribution, weight: float = 1.0) -> None:
    for e, p in d:
        out[e] = out.get(e, 0.0) + weight * p


class FeatureMaker:
    """Makes the candidates of every quote of a story."""

    def __init__(
        self, story: Story, evidence: Evidence, context: StoryContext, cast: Cast,
        beliefs: Sequence[Distribution], narrator_of: Sequence[int],
        neural: Sequence[Nearby], tags: Sequence[Tag | None], named: TagBeliefs,
    ) -> None:  # fmt: skip
        """``narrator_of``: per quote, who narrates there, -1 for none; ``tags``: see effective_tags."""
        self.story, self.evidence, self.context, self.cast = story, evidence, context, cast
        self.beliefs, self.narrator_of, self.named_by = beliefs, narrator_of, named
        self.neural = neural
        m = evidence.mentions
        self.kind: list[int] = m.kind.tolist()
        self.start: list[int] = m.token_start.tolist()
        self.head: list[int] = m.head_token.tolist()
        self.paragraph = evidence.layout.paragraph
        self.outside = [q < 0 for q in context.in_quote]
        self.paragraph_of: list[int] = self.paragraph[m.token_start].tolist() if len(m) else []
        self.share: list[float] = cast.share.tolist()
        self.plural: list[float] = cast.plural.tolist()
        self.person: list[float] = cast.person.tolist()
        self.gender: list[list[float]] = cast.gender.tolist()
        self.liking = list(0.1 + cast.person)
        self.tags = tags
        self.level = [k for k, q in enumerate(context.quotes) if q.parent < 0]
        self.rank = {k: r for r, k in enumerate(self.level)}
        self.tagged = [self._name_tag(t) for t in tags]
        self.known = 0.0
        self._timelines()

    def make(self) -> list[QuoteCandidates]:
        """One QuoteCandidates per quote of the story, in order."""
        return [self._quote(k) for k in range(len(self.neural))]

    # ------------------------------------------------------------------ what holds for the story
    def _name_tag(self, tag: Tag | None) -> Distribution:
        return () if tag is None or self.named_by.kind(tag) == 2 else self.named_by.of(tag, self.beliefs)

    def _timelines(self) -> None:
        """Where each entity is mentioned in narration, and where named: sorted mention indices."""
        self.seen: dict[int, list[int]] = {}
        self.named: dict[int, list[int]] = {}
        for k, d in enumerate(self.beliefs):
            if not d:
                continue
            e, p = d[0]
            if self.outside[k] and p > 0.3:
                self.seen.setdefault(e, []).append(k)
            if self.kind[k] == 0 and self.outside[k]:
                self.named.setdefault(e, []).append(k)

    def _gender_fit(self, e: int, he: float, she: float) -> float:
        """How well (he, she) fits an entity: log of a ratio, in about [-3, 1]; 0 where nothing is known."""
        if he == she:
            return 0.0
        g = self.gender[e]
        same, other = (g[0], g[1]) if he > she else (g[1], g[0])
        return math.log(2.0 * (same + 0.25) / (same + other + 0.5)) if same + other > 0 else 0.0

    def _shown(self, k: int) -> tuple[float, float]:
        """(he, she) that a mention shows."""
        word = self.context.low[self.start[k]] if self.kind[k] == 2 else self.context.low[self.head[k]]
        if self.kind[k] == 2:
            if word in {"he", "him", "his", "himself", "'e", "'im"}:
                return 1.0, 0.0
            if word in {"she", "her", "hers", "herself"}:
                return 0.0, 1.0
            return 0.0, 0.0
        return head_gender(word) if self.kind[k] == 1 else (0.0, 0.0)

    # ------------------------------------------------------------------ one quote
    def _quote(self, k: int) -> QuoteCandidates:
        q, beliefs, cast = self.context.quotes[k], self.beliefs, self.cast
        columns: dict[str, dict[int, float]] = {}

        def add(name: str, mention: int, weight: float = 1.0) -> None:
            if mention >= 0:
                _mass(columns.setdefault(name, {}), beliefs[mention], weight)

        neural: dict[int, float] = {}
        best: dict[int, float] = {}
        self._neural(k, neural, best)
        tag_gender = beat_gender = (0.0, 0.0)
        has_name = has_pron = False
        tag = self.tags[k] or q.tag
        number = 0.0
        if tag is not None:
            kind, whom = self.named_by.kind(tag), self.named_by.of(tag, beliefs)
            has_pron, has_name = kind == 2, kind != 2
            if kind == 2:
                columns["tag_pron_direct" if tag.shape == "direct" else "tag_pron_loose"] = dict(whom)
            else:
                columns[f"tag_name_{tag.shape}"] = dict(whom)
                if kind == 1:
                    columns["tag_noun"] = dict(whom)
            if tag.mention >= 0:
                tag_gender = self._shown(tag.mention)
                if kind == 2:
                    number = 1.0 if self.context.low[tag.name[0]] in {"they", "we"} else -1.0
        tagged = columns.get("tag_pron_direct") or columns.get("tag_pron_loose") or {}
        if not tagged and has_name:
            tagged = next(iter(c for n, c in columns.items() if n.startswith("tag_name_")), {})
        for name, mention in (("beat_before", q.beat_before), ("beat_after", q.beat_after)):
            if mention >= 0 and (tag is None or self.start[mention] != tag.name[0]):
                add(name, mention)
                if beat_gender == (0.0, 0.0):
                    beat_gender = self._shown(mention)
        if q.lead >= 0:
            add("lead_colon" if q.colon else "lead", q.lead)
        for j in q.around:
            add("around", j)
        for j in q.vocatives:
            add("vocative", j)
        for j in q.perhaps:
            add("perhaps", j)
        skip = set(q.vocatives) | set(q.perhaps)
        for j in range(*q.inside):
            if j not in skip:
                add("inside_pronoun" if self.kind[j] == 2 else "inside_name", j)
        for j in q.told:
            add("told", j)
        for j in q.faced:
            add("faced", j)
        self._neighbours(k, columns)
        narrator = self.narrator_of[k]
        pool: dict[int, float] = dict(neural)
        for name, c in columns.items():
            weight = 0.05 if name in ("inside_name", "inside_pronoun", "around", "talked_of") else 0.5
            for e, p in c.items():
                pool[e] = pool.get(e, 0.0) + weight * p
        if narrator >= 0:
            pool[narrator] = pool.get(narrator, 0.0) + 0.1
        sworn = cast.sworn
        chosen = sorted((e for e in pool if e not in sworn), key=lambda e: (-pool[e] * self.liking[e], e))[
            :MOST
        ]
        # Plain lists: numbers go into an array one by one many times slower.
        row = {e: [0.0] * N_PERSON for e in chosen}
        for name, c in columns.items():
            column = _AT[name]
            for e, p in c.items():
                if e in row:
                    row[e][column] = min(p, 1.0)
        ranked = sorted((neural.get(e, 0.0) for e in chosen), reverse=True)
        first_mass, second_mass = [*ranked, 0.0, 0.0][:2]
        here = bisect_left(self.start, q.token_start)
        beyond = bisect_left(self.start, q.token_end)
        beat = columns.get("beat_before") or columns.get("beat_after")
        for e, x in row.items():
            p = neural.get(e, 0.0)
            rival = second_mass if p == first_mass else first_mass
            x[_AT["neural"]] = max(-7.0, math.log(p + 1e-9))
            x[_AT["neural_margin"]] = min(6.0, max(-6.0, math.log((p + 1e-4) / (rival + 1e-4))))
            x[_AT["neural_top"]] = best.get(e, 0.0)
            x[_AT["tag_other"]] = (1.0 - tagged.get(e, 0.0)) if tagged else 0.0
            x[_AT["tag_log"]] = math.log(max(tagged.get(e, 0.0), 0.02)) if tagged else 0.0
            x[_AT["tag_gender"]] = self._gender_fit(e, *tag_gender)
            x[_AT["tag_number"]] = number * (2.0 * self.plural[e] - 1.0)
            x[_AT["beat_gender"]] = self._gender_fit(e, *beat_gender)
            x[_AT["called"]] = self._gender_fit(e, *q.called)
            self._recency(x, e, q.paragraph, here, beyond)
            x[_AT["share_all"]] = self.share[e]
            x[_AT["plural"]] = self.plural[e]
            x[_AT["person"]] = self.person[e]
            x[_AT["unnamed"]] = float(e >= cast.n_named)
            x[_AT["narrator"]] = float(e == narrator)
            if beat:
                x[_AT["beat_other"]] = 1.0 - min(1.0, beat.get(e, 0.0))
        about = (
            has_name, has_pron,
            bool(beat_gender != (0.0, 0.0) or "beat_before" in columns or "beat_after" in columns),
            bool(q.vocatives), bool(q.told), q.first, q.plural, q.second, q.asks,
            math.log1p(q.token_end - q.token_start) / 3.0, q.parent >= 0, q.link == CONTINUES,
            q.link == SAME_PARAGRAPH, q.link == BREAK, narrator >= 0, len(chosen) / MOST, self.known,
            tag is not None and q.tag is not tag, q.alone,
        )  # fmt: skip
        features = np.empty((len(chosen), N_FEATURES), dtype=np.float32)
        features[:, :N_PERSON] = np.asarray(list(row.values())).reshape(-1, N_PERSON)
        features[:, N_PERSON:] = about
        return QuoteCandidates(np.asarray(chosen, dtype=np.int32), features, self.neural[k].ties)

    def _neural(self, k: int, mass: dict[int, float], best: dict[int, float]) -> None:
        """Share out the pair scorer's mass among those whom the mentions may mean."""
        near = self.neural[k]
        known = 0.0
        for m, x in zip(near.mention.tolist(), near.share.tolist(), strict=True):
            for e, p in self.beliefs[m]:
                known += x * p
                mass[e] = mass.get(e, 0.0) + x * p
                best[e] = max(best.get(e, 0.0), x * p)
        if known > 0:
            for e in mass:
                mass[e] /= known
        self.known = known

    def _recency(self, row: list[float], e: int, paragraph: int, here: int, beyond: int) -> None:
        seen = self.seen.get(e, [])
        at = bisect_left(seen, here)
        since = paragraph - self.paragraph_of[seen[at - 1]] if at else 60
        after = bisect_left(seen, beyond)
        until = self.paragraph_of[seen[after]] - paragraph if after < len(seen) else 60
        row[_AT["since"]] = math.log1p(min(60, since)) / 2.0
        row[_AT["until"]] = math.log1p(min(60, until)) / 2.0
        named = self.named.get(e, [])
        n = bisect_left(named, here)
        row[_AT["since_named"]] = math.log1p(min(400, here - named[n - 1] if n else 400)) / 3.0
        row[_AT["share_near"]] = math.log1p(at - bisect_left(seen, here - SCENE))

    def _neighbours(self, k: int, columns: dict[str, dict[int, float]]) -> None:
        """What the tags and vocatives of the quotes near by say of whom."""
        r = self.rank.get(k)
        if r is None:
            _mass(columns.setdefault("tagged_before", {}), self.tagged[self.context.quotes[k].parent], 0.5)
            return
        quotes = self.context.quotes
        for step in (-1, 1):
            turn = 0
            prior = r
            for hop in range(1, NEAR_QUOTES + 1):
                at = r + step * hop
                if not 0 <= at < len(self.level):
                    break
                link = quotes[self.level[max(at, prior)]].link
                if link == BREAK:
                    break
                same = link in (CONTINUES, SAME_PARAGRAPH)
                turn += not same
                d = self.tagged[self.level[at]]
                if d:
                    fade = 0.8 ** (hop - 1)
                    _mass(columns.setdefault("tagged_before" if step < 0 else "tagged_after", {}), d, fade)
                    if turn == 0:
                        _mass(columns.setdefault("same_before" if step < 0 else "same_after", {}), d)
                    else:
                        _mass(columns.setdefault("tagged_odd" if turn % 2 else "tagged_even", {}), d, fade)
                q = quotes[self.level[at]]
                for j in q.vocatives:
                    _mass(columns.setdefault("called_near", {}), self.beliefs[j], 0.5)
                for j in range(q.inside[0], min(q.inside[1], q.inside[0] + 24)):
                    if self.kind[j] == 0 and j not in q.vocatives:
                        _mass(columns.setdefault("talked_of", {}), self.beliefs[j], 0.34)
                if turn == 1 and prior == r:
                    for j in q.vocatives:
                        _mass(
                            columns.setdefault("last_vocative" if step < 0 else "next_vocative", {}),
                            self.beliefs[j],
                        )
                    if step < 0:
                        for j in q.told:
                            _mass(columns.setdefault("last_told", {}), self.beliefs[j])
                prior = at


def candidates_of(
    story: Story, evidence: Evidence, context: StoryContext, names: NameBeliefs, entities: EntityBeliefs,
    narrators: Sequence[int], neural: Sequence[Nearby],
) -> tuple[list[QuoteCandidates], list[Distribution], Mapping[int, int]]:  # fmt: skip
    """The candidates of every quote; the mentions' distributions they rest on; the narrator of each quote."""
    tags = effective_tags(context)
    named = TagBeliefs(context, names, evidence.mentions.kind.tolist())
    beliefs = mention_beliefs(context, entities, narrators_own(story, evidence, narrators), tags, named)
    highest = max((e for d in beliefs for e, _ in d), default=-1)
    n = 1 + max(highest, max(narrators, default=-1), len(names.roster) - 1)
    cast = describe_cast(story, evidence, names, beliefs, n)
    edges = [s.start for s in story.segments]
    narrator_of = [
        narrators[max(0, bisect_left(edges, q.start + 1) - 1)] if edges else -1 for q in story.quotes
    ]
    maker = FeatureMaker(story, evidence, context, cast, beliefs, narrator_of, neural, tags, named)
    return maker.make(), beliefs, dict(enumerate(narrator_of))
