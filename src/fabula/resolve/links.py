"""What the pair scorer says of every mention's antecedents: found once, the same whatever is believed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from fabula.heads.evidence import Evidence
from fabula.resolve.agreement import PersonalSet, pronoun_set
from fabula.types import Floats, Ints, Story

BACK = 100
"""Earlier mentions considered as antecedents; the range of training."""
ASK = 15
"""Mentions of a name whose antecedents are asked after, to find the nameless person who bears it."""
THIRD = (3, 4, 8)
"""Classes of the pair features: he, she, and the like."""
PRONOUN_SHARE = 0.3
"""What an earlier pronoun counts for as a witness to whom "he" means, against a name or a description: its
own owner is a guess; a chain of guesses would drown the names. The odds of "nobody yet" stay as scored."""
WITNESS_POWER = 1.5
"""Several earlier mentions of one entity are not independent witnesses: power mean rather than sum."""
CLASH = 8.0
"""Taken off the score of a pair that grammar speaks against."""
FAINT = 1e-5
"""A witness that weighs less, beside a greatest of 1, is not heard."""
_PERSON = np.asarray([1, 4, 2, 3, 3, 5, 6, 7, 8, 9, 10, 11, 12])
"""Grammatical person of the pair features' pronoun classes."""


def candidate_pairs(evidence: Evidence, free: Ints) -> tuple[Ints, Ints, Ints]:
    """Pairs for the mentions ``free``: (i, j, first); ``first`` (len(free) + 1,) delimits each one's pairs.

    Beside the BACK mentions before it, a description also meets the last earlier mentions, however far, that
    share its words or its head word.
    """
    a = evidence.anaphors
    by_text: dict[int, int] = {}
    by_head: dict[int, int] = {}
    far: dict[int, list[int]] = {}
    wanted = set(free.tolist())
    kind, text, head = a.kind.tolist(), a.text.tolist(), a.head.tolist()
    for k in range(a.n_mentions):
        if kind[k] != 2:
            if k in wanted:
                far[k] = sorted(
                    {x for x in (by_text.get(text[k], -1), by_head.get(head[k], -1)) if 0 <= x < k - BACK}
                )
            by_text[text[k]] = by_head[head[k]] = k
    js = [
        np.concatenate([np.asarray(far.get(k, ()), dtype=np.int64), np.arange(max(0, k - BACK), k)])
        for k in free.tolist()
    ]
    counts = np.asarray([len(j) for j in js], dtype=np.int64)
    first = np.concatenate([[0], np.cumsum(counts)])
    empty = np.zeros(0, dtype=np.int64)
    return np.repeat(free.astype(np.int64), counts), np.concatenate([empty, *js]), first


def clashes(evidence: Evidence, i: Ints, j: Ints) -> npt.NDArray[np.bool_]:
    """Pairs of personal pronouns that cannot be one person: other persons or sets on one level of speech.

    "I" and "he" in one quote, or both in narration, are two people; across a quote's marks they may be one.
    """
    a = evidence.anaphors
    ci, cj = a.cls[i], a.cls[j]
    personal = (ci < 5) & (cj < 5)
    same_level = a.quote[i] == a.quote[j]
    other_person = _PERSON[ci] != _PERSON[cj]
    he_she = ((ci == 3) & (cj == 4)) | ((ci == 4) & (cj == 3))
    return np.asarray(personal & ((same_level & other_person) | he_she))


Sets = Sequence[PersonalSet | None]


def pronoun_sets(story: Story, evidence: Evidence) -> Sets:
    """The pronoun set that each mention shows."""
    return [pronoun_set(story, evidence, k) for k in range(evidence.anaphors.n_mentions)]


@dataclass(frozen=True, slots=True)
class Witnesses:
    """The antecedents of one mention: ``weight`` of each ``mention``, ``linked`` the mass of all together.

    ``nobody`` is the mass of "none of them"; ``power`` says how far they are taken for one witness.
    """

    weight: npt.NDArray[np.float64]
    mention: Ints
    linked: float
    nobody: float
    power: float


class Links:
    """The witnesses of every mention, for one set of names and of mentions known: whatever else is believed.

    Those known are not asked after, and not scored either: the last bits of a product of matrices depend on
    the rows it is computed with, so that whoever keeps links keeps them for just these.

    ``asked`` are the mentions of names whose antecedents are asked after, ``first_named`` those that are a
    name's first; ``sets`` the pronoun set that each mention shows.
    """

    def __init__(
        self, story: Story, evidence: Evidence, named: Ints, known: Collection[int], sets: Sets | None = None
    ) -> None:
        """``named`` (n_mentions,) holds the roster index of proper names, -1 elsewhere."""
        n = evidence.anaphors.n_mentions
        self.sets = sets or pronoun_sets(story, evidence)
        self.asked, self.first_named = _names_to_ask(evidence, named)
        wants = np.asarray(
            [k for k in range(n) if (named[k] < 0 or k in self.asked) and k not in known], dtype=np.int32
        )
        i, j, first = candidate_pairs(evidence, wants)
        scores = evidence.pairs.score(i, j)
        scores[clashes(evidence, i, j)] -= CLASH
        self._of = _witnesses(evidence, wants, scores, j, first)

    def __getitem__(self, k: int) -> Witnesses:
        return self._of[k]


def _witnesses(evidence: Evidence, wants: Ints, scores: Floats, j: Ints, first: Ints) -> dict[int, Witnesses]:
    """The witnesses of mentions ``wants``, whose pairs ``first`` delimits."""
    a, none = evidence.anaphors, evidence.pairs.none[wants]
    counts = np.diff(first)
    top = none.copy()
    some = np.flatnonzero(counts)
    if len(some):  # rows without pairs would take the next one's
        top[some] = np.maximum(none[some], np.maximum.reduceat(scores, first[some]))
    weight = np.exp(scores - np.repeat(top, counts))
    nobody = np.exp(none - top).tolist()
    third = np.isin(a.cls[wants], THIRD) & (a.kind[wants] == 2)
    quiet = np.repeat(third, counts) & (a.kind[j] == 2)
    heard = weight * np.where(quiet, PRONOUN_SHARE, 1.0)
    loud = heard > FAINT
    edges = np.concatenate([[0], np.cumsum(loud)])[first].tolist()
    kept, who = heard[loud], j[loud].astype(np.int32)
    power = np.where(third, WITNESS_POWER, 1.0).tolist()
    rows = first.tolist()
    return {
        k: Witnesses(
            kept[edges[r] : edges[r + 1]],
            who[edges[r] : edges[r + 1]],
            float(weight[rows[r] : rows[r + 1]].sum()),
            nobody[r],
            power[r],
        )
        for r, k in enumerate(wants.tolist())
    }


def _names_to_ask(evidence: Evidence, named: Ints) -> tuple[set[int], set[int]]:
    """Of each person's name in narration, the first ASK mentions, and the very first."""
    a = evidence.anaphors
    seen: dict[int, int] = defaultdict(int)
    asked: set[int] = set()
    first: set[int] = set()
    for k, e in enumerate(named.tolist()):
        if e >= 0 and a.quote[k] < 0 and a.type[k] == 0:
            if not seen[e]:
                first.add(k)
            if seen[e] < ASK:
                asked.add(k)
            seen[e] += 1
    return asked, first
