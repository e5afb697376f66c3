"""Categorical features of (anaphor, candidate) pairs. Shared by training and reading.

An anaphor is a mention or a quote (whose "antecedent" is its speaker); a candidate is always a mention.
Every feature is a small integer that indexes an embedding table of the pair scorer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from fabula.types import Ints

QUOTE_KIND = 3
N_KINDS = 4
N_TYPES = 7
"""The six entity types and, for a quote as anaphor, a seventh."""

_PRONOUN_CLASS: dict[str, int] = {}
for _class, _forms in enumerate(
    (
        "i me my mine myself",
        "we us our ours ourselves",
        "you your yours yourself yourselves ye thou thee thy thine thyself",
        "he him his himself",
        "she her hers herself",
        "it its itself",
        "they them their theirs themselves themself",
        "who whom whose which that",
        "xe xem xyr xyrs xemself ze zir hir zirs hirs ey em eir fae faer one",
    )
):
    for _form in _forms.split():
        _PRONOUN_CLASS[_form] = _class
_CLASS_PROP, _CLASS_NOM, _CLASS_QUOTE, _CLASS_OTHER = 9, 10, 11, 12
N_CLASSES = 13
_LIKE_HE = 3
"""Training has no neopronouns; to the pair scorer they look like "he". Whose set it is, resolve decides."""
NEOPRONOUN_SETS: tuple[frozenset[str], ...] = tuple(
    frozenset(s.split())
    for s in (
        "xe xem xyr xyrs xemself xir xirs xirself",
        "ze zir zirs zirself hir hirs hirself zie zem zes",
        "ey em eir eirs emself eirself",
        "fae faer faers faerself",
        "ae aer aers aerself",
        "ve ver vis verself",
        "ne nem nir nirs nemself",
        "thon thons thonself",
    )
)
NEOPRONOUNS: frozenset[str] = frozenset().union(*NEOPRONOUN_SETS)

N_GENDERS = 4
"""Nothing said, he, she, several."""

FEATURE_SIZES: tuple[int, ...] = (
    20,  # token distance, by direction
    10,  # mentions between
    8,  # sentences between
    N_CLASSES * N_CLASSES,
    5 * N_KINDS,  # string match, by the anaphor's kind
    N_TYPES * N_TYPES,
    8,  # how the two stand in quotes
    4,  # nesting
    9,  # paragraphs between, signed
    N_GENDERS * N_GENDERS,  # what the words alone say of gender
    8,  # anaphor first of its sentence, candidate first of its sentence, candidate first of its paragraph
    6 * N_KINDS,  # how often the candidate's words have stood before, by the anaphor's kind
)
N_PAIR_FEATURES = len(FEATURE_SIZES)

_STOP = frozenset(
    {"the", "a", "an", "this", "that", "these", "those", "my", "his", "her", "their", "our", "your", "its"}
)
_HEAD_END = frozenset(
    {"of", "in", "on", "at", "to", "for", "with", "from", "by", "who", "whom", "whose", "which", "that",
     "where", "when", "as", "like", "than", "about", "under", "over", "upon", "near", "behind", "beside",
     "between", "among", "before", "after", "without", "within", "into", "through", "across", "against",
     ",", "(", "--", ";", ":"}
)  # fmt: skip


def head_offset(tokens: Sequence[str]) -> int:
    """Index of the head word within a mention's lower-cased tokens: the last word before a post-modifier."""
    n = len(tokens)
    for k in range(1, n):
        if tokens[k] in _HEAD_END and tokens[k - 1] not in _STOP:
            return k - 1
    if n > 1 and tokens[-1] in {"'s", "'"}:
        return n - 2
    return n - 1


def _bucket(d: Ints) -> Ints:
    """Logarithmic bucket in [0, 9]: 0 1 2 3-4 5-8 9-16 17-32 33-64 65-128 more."""
    buckets: Ints = np.minimum(np.ceil(np.log2(np.maximum(d, 1))) + (d > 0), 9).astype(np.int32)
    return buckets


def lexical_gender(tokens: Sequence[str], low: Sequence[str], kind: int) -> int:
    """What a mention's words alone say: 0 nothing, 1 he, 2 she, 3 several. ``kind`` indexes MENTION_KINDS."""
    from fabula.lexicon.gender import PRONOUNS, name_gender, noun_gender, title_gender

    if kind == 2:
        p = PRONOUNS.get(low[0])
        if p is None or p.person != 3:
            return 0
        return {"he": 1, "she": 2, "they": 3}.get(p.set, 0)
    if "and" in low:
        return 3
    if kind == 0:
        found = title_gender(tokens[0]) if len(tokens) > 1 else (0.0, 0.0, 0.0)
        if found == (0.0, 0.0, 0.0):
            found = name_gender(tokens[1] if len(tokens) > 1 and low[0].rstrip(".") in _TITLES else tokens[0])
    else:
        found = noun_gender(low[head_offset(low)])
    return 1 if found[0] > found[1] else 2 if found[1] > found[0] else 0


def _earlier(ids: Ints) -> Ints:
    """How often each value has stood before, (n,)."""
    seen: dict[int, int] = {}
    out = np.zeros(len(ids), dtype=np.int32)
    for k, x in enumerate(ids.tolist()):
        out[k] = seen.get(x, 0)
        seen[x] = out[k] + 1
    return out


_TITLES = frozenset(
    ["mr", "mrs", "miss", "ms", "dr", "sir", "lady", "lord", "captain", "colonel", "major", "uncle", "aunt",
     "old", "young", "little", "poor", "dear"]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Anaphors:
    """Mentions and, after them, quotes, as columns of one length (n,).

    ``start``/``end`` are tokens, half-open. ``text`` and ``head`` are ids of the normalised string and head
    word; ``words`` the ids of all content words. ``quote`` is the innermost quote or -1; ``rank`` the
    position in text order among mentions. ``gender`` is what the words alone say, in [0, N_GENDERS);
    ``first`` is 1 for the first mention of its sentence, plus 2 for the first of its paragraph; ``frequency``
    how often the same words have stood before.
    """

    start: Ints
    end: Ints
    type: Ints
    kind: Ints
    cls: Ints
    text: Ints
    head: Ints
    words: tuple[frozenset[int], ...]
    quote: Ints
    sentence: Ints
    paragraph: Ints
    rank: Ints
    gender: Ints
    first: Ints
    frequency: Ints
    n_mentions: int


def build_anaphors(
    tokens: Sequence[str],
    mention_start: Ints,
    mention_end: Ints,
    mention_type: Ints,
    mention_kind: Ints,
    quote_start: Ints,
    quote_end: Ints,
    sentence_of: Ints,
    paragraph_of: Ints,
    quote_of: Ints,
) -> Anaphors:
    """Columns for ``pair_features``. ``*_of`` have shape (n_tokens,); ``tokens`` are normalised, any case."""
    ids: dict[str, int] = {}
    text, head, words, cls, gender = [], [], [], [], []
    for s, e, kind in zip(mention_start.tolist(), mention_end.tolist(), mention_kind.tolist(), strict=True):
        low = [t.lower() for t in tokens[s:e]]
        content = [t for t in low if t not in _STOP] or low
        text.append(ids.setdefault(" ".join(content), len(ids)))
        head.append(ids.setdefault(low[head_offset(low)], len(ids)))
        words.append(frozenset(ids.setdefault(t, len(ids)) for t in content))
        if kind == 2:
            cls.append(_LIKE_HE if low[0] in NEOPRONOUNS else _PRONOUN_CLASS.get(low[0], _CLASS_OTHER))
        else:
            cls.append(_CLASS_PROP if kind == 0 else _CLASS_NOM)
        gender.append(lexical_gender(tokens[s:e], low, kind))
    m, q = len(mention_start), len(quote_start)
    start = np.concatenate([mention_start, quote_start]).astype(np.int32)
    end = np.concatenate([mention_end, quote_end]).astype(np.int32)
    rank = np.concatenate([np.arange(m), np.searchsorted(mention_start, quote_start)])
    fill = np.full(q, -1)
    texts = np.asarray(text, np.int32)
    sentence, paragraph = sentence_of[start].astype(np.int32), paragraph_of[start].astype(np.int32)
    first = np.zeros(m + q, np.int32)
    if m:
        first[0] = 3
        first[1:m] = (sentence[1:m] != sentence[: m - 1]) + 2 * (paragraph[1:m] != paragraph[: m - 1])
    own_quote = quote_of[start[m:]] if q else fill
    return Anaphors(
        start=start,
        end=end,
        type=np.concatenate([mention_type, np.full(q, N_TYPES - 1)]).astype(np.int32),
        kind=np.concatenate([mention_kind, np.full(q, QUOTE_KIND)]).astype(np.int32),
        cls=np.concatenate([np.asarray(cls, np.int32), np.full(q, _CLASS_QUOTE)]).astype(np.int32),
        text=np.concatenate([texts, fill]).astype(np.int32),
        head=np.concatenate([np.asarray(head, np.int32), fill - 1]).astype(np.int32),
        words=tuple(words) + (frozenset(),) * q,
        quote=np.concatenate([quote_of[mention_start], own_quote]).astype(np.int32),
        sentence=sentence,
        paragraph=paragraph,
        rank=rank.astype(np.int32),
        gender=np.concatenate([np.asarray(gender, np.int32), np.zeros(q, np.int32)]).astype(np.int32),
        first=first,
        frequency=np.concatenate([_earlier(texts), np.zeros(q, np.int32)]).astype(np.int32),
        n_mentions=m,
    )


def pair_features(a: Anaphors, i: Ints, j: Ints) -> Ints:
    """Feature values (n_pairs, N_PAIR_FEATURES) of the pairs of anaphor ``i[k]`` and candidate ``j[k]``."""
    out = np.zeros((len(i), N_PAIR_FEATURES), dtype=np.int32)
    after = a.start[j] >= a.start[i]
    gap = np.where(after, a.start[j] - a.end[i], a.start[i] - a.end[j])
    out[:, 0] = _bucket(np.maximum(gap, 0)) + 10 * after
    out[:, 1] = _bucket(np.abs(a.rank[i] - a.rank[j]))
    out[:, 2] = np.minimum(_bucket(np.abs(a.sentence[i] - a.sentence[j])), 7)
    out[:, 3] = a.cls[i] * N_CLASSES + a.cls[j]
    match = np.where(a.text[i] == a.text[j], 1, np.where(a.head[i] == a.head[j], 2, 0))
    for k in np.flatnonzero((match == 0) & (a.kind[i] < 2) & (a.kind[j] < 2)):
        wi, wj = a.words[i[k]], a.words[j[k]]
        if not wi.isdisjoint(wj):
            match[k] = 3 if int(a.head[i[k]]) in wj or int(a.head[j[k]]) in wi else 4
    out[:, 4] = match * N_KINDS + a.kind[i]
    out[:, 5] = a.type[i] * N_TYPES + a.type[j]
    qi, qj = a.quote[i], a.quote[j]
    between = np.minimum(3 + np.abs(qi - qj), 7)
    out[:, 6] = np.where(qi < 0, np.where(qj < 0, 0, 1), np.where(qj < 0, 2, between))
    inside = (a.start[i] >= a.start[j]) & (a.end[i] <= a.end[j])
    around = (a.start[i] <= a.start[j]) & (a.end[i] >= a.end[j])
    out[:, 7] = np.where(inside, 1, np.where(around, 2, 0))
    out[:, 8] = np.clip(a.paragraph[j] - a.paragraph[i], -4, 4) + 4
    out[:, 9] = a.gender[i] * N_GENDERS + a.gender[j]
    out[:, 10] = (a.first[i] > 0) * 4 + (a.first[j] > 0) * 2 + (a.first[j] >= 2)
    out[:, 11] = np.minimum(_bucket(a.frequency[j]), 5) * N_KINDS + a.kind[i]
    return out
