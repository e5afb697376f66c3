"""Names within names: of two that begin or end together, one is a slip of the detector.

It finds spans one by one, so "Comrade Gregory" may come with "Gregory", and "Emma led Philip" with both its
people. LitBank has two names within a name in eighty documents, none of which ends with the longer one.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from fabula.encoder.pieces import normalise
from fabula.heads.mentions import WindowMentions
from fabula.lexicon.gender import PRONOUNS
from fabula.lexicon.name_lists import CRIES
from fabula.lexicon.name_titles import PARTICLES, SUFFIXES, fold
from fabula.types import ENTITY_TYPES, MENTION_KINDS, MentionSpans

_PERSON = ENTITY_TYPES.index("PER")
_NAME, _PRONOUN = MENTION_KINDS.index("PROP"), MENTION_KINDS.index("PRON")
_POSSESSIVE = frozenset(["'s", "’s"])
_BEHIND_NAMES = SUFFIXES | {"major", "minor"}
_BREAKS = frozenset([",", ";", ":", "(", ")", "--", "—", "–", '"', "“", "”"])
_WITHIN = PARTICLES | {"of", "the", "and", "an", "or", "in", "on", "upon", "sans"}
"""What may stand within a name in lower case."""


def sentences_left_out(words: Sequence[str], m: WindowMentions) -> WindowMentions:
    """A window's mentions less those that are whole clauses: "Martin kissed Arthur", "his hat on his".

    Such begin and end like a name or a pronoun, with a word between that neither has. Cries ("Hm") fall, too.
    A capitalised word that the detector calls a pronoun though none is written so ("Hew") is a name.
    ``words``: the window's tokens.
    """
    alone = m.end - m.start == 1
    keep = np.asarray([words[a].lower() not in CRIES for a in m.start.tolist()], dtype=bool) | ~alone
    kind = m.kind
    for k in np.flatnonzero((m.type == _PERSON) & (m.kind == _NAME) & (m.end - m.start > 2)).tolist():
        first, *within, last = words[int(m.start[k]) : int(m.end[k])]
        if first[:1].isupper() and last[:1].isupper():
            keep[k] = not any(w.islower() and w.isalpha() and fold(w) not in _WITHIN for w in within)
    for k in np.flatnonzero(m.kind == _PRONOUN).tolist():
        first, last = words[int(m.start[k])], words[int(m.end[k]) - 1]
        if not alone[k]:
            keep[k] = not (_is_pronoun(first) and _is_pronoun(last))
        elif first[:1].isupper() and first[1:].islower() and not _is_pronoun(first):
            kind = np.where(np.arange(len(kind)) == k, _NAME, kind).astype(np.int32)
    if keep.all() and kind is m.kind:
        return m
    return WindowMentions(m.start[keep], m.end[keep], m.type[keep], kind[keep], m.score[keep])


def _is_pronoun(word: str) -> bool:
    return normalise(word).lower() in PRONOUNS


def untangled(words: Sequence[str], m: MentionSpans) -> npt.NDArray[np.bool_]:
    """Which mentions to keep, (n,); only names of persons within names of persons fall.

    A longer name with one name at its beginning and another at its end, or with a comma, or that runs on in
    lower case past the one at its beginning, is none; otherwise the shorter ones fall.
    ``words``: the story's tokens. Cost: linear in mentions, which are in text order, the longer first.
    """
    keep = np.ones(len(m), dtype=bool)
    names = np.flatnonzero((m.type == _PERSON) & (m.kind == _NAME)).tolist()
    start, end = m.token_start.tolist(), m.token_end.tolist()
    for i, k in enumerate(names):
        if not keep[k]:
            continue
        first: list[int] = []
        last: list[int] = []
        begins, ends = {start[k]}, {end[k]}
        for at in range(i + 1, len(names)):
            j = names[at]
            if start[j] >= end[k]:
                break
            if keep[j] and end[j] <= end[k] and end[j] - start[j] < end[k] - start[k]:
                if start[j] in begins:  # "Tom" of "Tom Orme" of "Mr. Tom Orme", too
                    first.append(j)
                    ends.add(end[j])
                elif end[j] in ends:
                    last.append(j)
                    begins.add(start[j])
        if first and not _POSSESSIVE.isdisjoint(words[start[k] : end[k]]):
            continue
        runs_on = (
            bool(first)
            and not last
            and words[end[k] - 1].islower()
            and words[end[k] - 1] not in _BEHIND_NAMES
        )
        apart = any(end[a] <= start[b] for a in first for b in last)
        broken = bool(first or last) and not _BREAKS.isdisjoint(words[start[k] : end[k]])
        if apart or broken or runs_on:
            keep[k] = False
        else:
            keep[[*first, *last]] = False
    return keep
