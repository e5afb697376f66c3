"""What lemmas and grammar say of acts: a linear classifier beside that over the encoder's vectors.

The encoder's vectors are few numbers a word and know the rarer verbs badly; the labels know them by their
lemma, the people and prepositions around them, and what is spoken by its words. One logistic regression for
each kind of act over hashed features (Weinberger et al. 2009, "Feature hashing"), trained by
``training/acts.py``; its logits are averaged with those of ``heads/acts.py``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from zlib import crc32

import numpy as np

from fabula.heads.acts import ActScores
from fabula.heads.weights import Weights, sigmoid
from fabula.ledger.clauses import Clauses
from fabula.types import Floats, Ints

BUCKETS = 1 << 14
"""Features are hashed into so many."""
TELLING = frozenset({"VERB", "NOUN", "ADJ", "ADV", "INTJ", "ADP", "AUX", "PROPN"})
"""Parts of speech of words that may tell an act."""
TOLD, SAID = "wording.told", "wording.said"
"""Names of the weights, (kinds, BUCKETS), and biases."""
SHARE_TOLD, SHARE_SAID = 0.5, 0.3
"""The share of the wording in the average of logits."""
_AT_ONCE = 4096
_LEAST = 1e-5
_EDGES = frozenset("“”\"‘'’«»—–,")
_ENDS = frozenset(".!?…")


@lru_cache(maxsize=1 << 18)
def bucket(feature: str) -> int:
    """The place of a feature among the weights."""
    return crc32(feature.encode()) % BUCKETS


def with_wording(c: Clauses, scores: ActScores) -> ActScores:
    """The scores joined with what the wording says."""
    w = scores.weights
    told, said = scores.told.copy(), scores.said.copy()
    at = telling(c)
    told[at] = joined(told[at], logits(w, TOLD, [told_features(c, t) for t in at.tolist()]), SHARE_TOLD)
    if len(said):
        said = joined(said, logits(w, SAID, said_features(c, scores.stretch)), SHARE_SAID)
    return replace(scores, told=told, said=said)


def telling(c: Clauses) -> Ints:
    """The tokens of the story that may tell an act."""
    found = [t for t, u in enumerate(c.upos) if u in TELLING and c.told[t]]
    return np.asarray(found, np.int32)


def joined(p: Floats, z: Floats, share: float) -> Floats:
    """Probabilities ``p`` averaged, as logits, with the logits ``z``, which count for ``share`` of [0, 1]."""
    p = np.clip(p, _LEAST, 1 - _LEAST)
    return sigmoid((1 - share) * np.log(p / (1 - p)) + share * z)


def logits(w: Weights, name: str, rows: Sequence[Sequence[int]]) -> Floats:
    """The logit of each kind for each row of features, (n, kinds). No row is empty."""
    weight, bias = np.ascontiguousarray(w[f"{name}.weight"].T), w[f"{name}.bias"]
    out = np.empty((len(rows), weight.shape[1]), np.float32)
    for a in range(0, len(rows), _AT_ONCE):
        some = rows[a : a + _AT_ONCE]
        first = np.cumsum([0, *(len(r) for r in some[:-1])])
        flat = np.concatenate([np.asarray(r, np.int64) for r in some])
        out[a : a + len(some)] = np.add.reduceat(weight[flat], first, axis=0) + bias
    return out


# ------------------------------------------------------------------ told by a word
def told_features(c: Clauses, t: int) -> list[int]:
    """What stands at token ``t`` and around it, each feature once."""
    return sorted({bucket(f) for f in _told(c, t)})


def _told(c: Clauses, t: int) -> Iterator[str]:
    lemma, upos, head = c.lemma[t], c.upos[t], c.head[t]
    where = "q" if c.quote[t] >= 0 else "n"
    yield f"b {upos}{where}"
    yield f"l {lemma}"
    yield f"lu {lemma} {upos}"
    yield f"lq {lemma} {where}"
    yield f"d {c.deprel[t]} {upos}"
    if head >= 0:
        yield f"h {c.lemma[head]} {c.deprel[t]}"
        yield f"lh {lemma} {c.lemma[head]} {c.deprel[t]}"
    for k in c.children[t]:
        if c.deprel[k] not in ("punct", "cc"):
            yield from _below(c, lemma, k)
    for step in (-2, -1, 1, 2):
        if 0 <= t + step < len(c.form):
            yield f"w{step} {c.form[t + step]}"
    if t + 1 < len(c.form):
        yield f"bg {c.form[t]} {c.form[t + 1]}"
    if t > 0:
        yield f"bg {c.form[t - 1]} {c.form[t]}"


def _below(c: Clauses, lemma: str, k: int) -> Iterator[str]:
    """What a dependent says: whether it is a person, how it is bound, whose it is."""
    relation, person = c.deprel[k], c.mention[k] is not None
    what = "PER" if person else c.lemma[k]
    preposition = " ".join(c.case(k))
    yield f"c {relation}"
    yield f"lc {lemma} {relation} {what}"
    if preposition:
        yield f"lp {lemma} {relation} {preposition} {person}"
    if relation == "compound:prt":
        yield f"prt {lemma} {c.form[k]}"
    if person:
        yield f"per {relation} {preposition}"
    if relation in ("obj", "obl", "nsubj"):
        yield f"o {relation} {preposition} {what}"
        if any(c.deprel[x] == "nmod:poss" and c.mention[x] is not None for x in c.children[k]):
            yield f"lposs {lemma} {relation} {preposition} {c.lemma[k]}"
            yield f"poss {relation} {preposition}"


# ------------------------------------------------------------------ done by words
def said_features(c: Clauses, stretch: Ints) -> list[list[int]]:
    """The words of each stretch of speech, each feature once; see ``heads.acts.stretches``."""
    at = np.flatnonzero(stretch >= 0)
    numbers, first, size = np.unique(stretch[at], return_index=True, return_counts=True)
    found: list[list[int]] = []
    ended: dict[int, str] = {}
    last = -1
    starts = c.analysis.story.tokens.start
    for a, n in zip(at[first].tolist(), size.tolist(), strict=True):
        quote = c.quote[a]
        marks = [x for x in c.form[a : a + n] if x in _ENDS]
        some = _said(c, a, a + n, ended.get(quote - 1, "") if quote != last else None)
        cue = c.analysis.quotes[quote].cue
        named = [] if cue is None else [f"cue {c.lemma[int(np.searchsorted(starts, cue.start))]}"]
        found.append(sorted({bucket(f) for f in (*some, *named)}))
        ended[quote], last = marks[-1] if marks else "", quote
    assert len(found) == len(numbers)
    return found


def _said(c: Clauses, a: int, b: int, before: str | None) -> Iterator[str]:
    """Features of the words [a, b). ``before``: how the quote before ended; None within a quote."""
    words = [x for x in c.form[a:b] if x not in _EDGES]
    yield "s"
    for n in (1, 2, 3):
        yield from (f"n{n} {' '.join(words[i : i + n])}" for i in range(len(words) - n + 1))
        yield f"s{n} {' '.join(words[:n])}"
    end = words[-1] if words else ""
    yield f"end {end}"
    yield f"len {min(len(words), 20) // 3}"
    yield f"first {before}"
    yield f"begin {c.xpos[min(a + 1, b - 1)]} {end}"
    if before is not None:
        yield f"answer {before} {' '.join(words[:2])}"
    for k in range(a, b):
        if c.deprel[k] in ("root", "parataxis", "vocative"):
            yield f"dep {c.lemma[k]} {c.deprel[k]} {c.xpos[k]}"
