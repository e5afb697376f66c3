"""Numbers about every (he or she, person) pair: how likely the person is meant.

Rows are candidates of a pronoun; columns are FEATURES. The network that reads them is learnt by
training/focus.py. Who was subject, named, or spoken of last, and how far back, are the classic signs of focus
(Grosz, Joshi and Weinstein 1995; Lappin and Leass 1994).
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence

import numpy as np

from fabula.resolve.focus_people import FocusPeople, Shares, close_to, highest, mean, sex_of
from fabula.resolve.person_reading import PersonBeliefs
from fabula.resolve.speech import SpeechBeliefs
from fabula.types import Floats

_PERSON = (
    "now", "asked", "shown", "likeliest", "second", "asked_likeliest", "somebody",
    "named", "role", "mentions", "names", "away", "tells", "fit", "known", "clash",
    "since", "since_named", "later", "until_first", "first_in_talk", "until_named",
    "before", "after", "before_alike", "after_alike", "near", "around", "paragraph", "conversation",
    "subject_here", "subject_before", "here", "named_near", "apart", "subject_rank",
    "speaks", "hears", "speaks_near", "last_lines", "next_lines", "named_in_talk",
    "beside_speaks", "before_speaks",
)  # fmt: skip
_PRONOUN = (
    "in_talk", "she", "neither", "subject", "object", "possessive", "candidates", "p", "margin", "until_name",
)  # fmt: skip
FEATURES: tuple[str, ...] = _PERSON + _PRONOUN
MOST = 14
"""Candidates of a pronoun."""
FAR = 8.0
"""In place of the logarithm of a distance in tokens, where there is none."""
SAME, LINES = 30, 8
"""Pronouns of the same set, and quotes, that are looked at on either side."""
AHEAD = 2500
"""Tokens after a pronoun in which somebody may be named for the first time who was meant."""
NAMES_BACK, NAMED, INTRODUCED = 40, 4, 3
"""Names looked back upon, and people who become candidates for having been named, or for being named yet."""
LEAST_FIT = 0.3


class FocusFeatures:
    """Makes the candidates of every pronoun of a story."""

    def __init__(
        self,
        people: FocusPeople,
        persons: PersonBeliefs,
        speech: SpeechBeliefs,
        apart: Mapping[int, Sequence[int]],
        away: Collection[int],
        narrators: Sequence[int],
    ) -> None:
        self.w, self.asked, self.speech = people, persons.mention, speech
        self.away, self.tells = away, set(narrators)
        self.apart: dict[int, list[int]] = {}
        for k, others in apart.items():
            for j in others:
                self.apart.setdefault(k, []).append(j)
                self.apart.setdefault(j, []).append(k)
        self._first_names = [k for k, _ in people.introduced]

    def candidates(self, k: int) -> list[int]:
        """Who may be meant by mention ``k``: by the beliefs, the person model, or being named near it."""
        w, sex = self.w, sex_of(self.w.cls[k])
        out = dict.fromkeys(e for e, _ in w.beliefs[k])
        out.update(dict.fromkeys(e for e, p in self.asked[k][:8] if e >= 0 and p > 0.002))
        same = w.same_set[w.cls[k]]
        i = bisect_left(same, k)
        out.update(dict.fromkeys(w.best[j] for j in (*same[max(0, i - 3) : i], *same[i + 1 : i + 3])))
        before = bisect_left(w.names, k)
        found = 0
        for j in reversed(w.names[max(0, before - NAMES_BACK) : before]):
            e = w.best[j]
            if found < NAMED and e not in out and w.fit(e, sex) > LEAST_FIT:
                out[e] = None
                found += 1
        i = bisect_right(self._first_names, k)
        found = 0
        for j, e in w.introduced[i : i + 2 * INTRODUCED]:
            if w.start[j] - w.start[k] > AHEAD or found == INTRODUCED:
                break
            if e not in out and w.at[e][0] > k and w.fit(e, sex) > LEAST_FIT:
                out[e] = None
                found += 1
        return [e for e in out if e in w.people][:MOST]

    def of(self, k: int) -> tuple[list[int], Floats]:
        """The candidates of mention ``k``, and their features (n, len(FEATURES))."""
        chosen = self.candidates(k)
        w = self.w
        own, asked = dict(w.beliefs[k]), dict(self.asked[k])
        ranked = [e for e, _ in w.beliefs[k][:2]]
        asked_best = next((e for e, _ in self.asked[k] if e >= 0), -1)
        somebody = max(0.0, 1.0 - sum(p for e, p in asked.items() if e >= 0)) if asked else 0.0
        around = self._around(k)
        sex, t = sex_of(w.cls[k]), w.start[k]
        rows = []
        for e in chosen:
            p = own.get(e, 0.0)
            named_at = w.named_at.get(e, [])
            lean = list(w.lean.get(e, (0.0, 0.0, 0.0)))
            lean[sex] = max(0.0, lean[sex] - p)
            known = sum(lean)
            rows.append(
                [
                    _log(p), _log(asked.get(e, 0.0)), e in asked, ranked[0] == e, ranked[1:] == [e],
                    asked_best == e, somebody,
                    e < w.n_named, e >= w.n_named and w.described.get(e, 0) > 1, math.log1p(len(w.at[e])),
                    math.log1p(len(named_at)), e in self.away, e in self.tells,
                    math.log((lean[sex] + 0.25) / (known + 0.75)), math.log1p(known),
                    math.log1p(known - lean[sex]),
                    *self._distances(k, t, e, named_at),
                    *(shares.get(e, 0.0) for shares in around),
                ]
            )  # fmt: skip
        x = np.asarray(rows, np.float32).reshape(len(chosen), len(_PERSON))
        return chosen, np.hstack([x, np.repeat(self._pronoun(k, len(chosen))[None], len(chosen), 0)])

    def _distances(self, k: int, t: int, e: int, named_at: Sequence[int]) -> tuple[float, ...]:
        """Tokens since and until an entity is mentioned or named; whether that is for the first time."""
        w = self.w
        start, at = w.start, w.at[e]
        i, j = bisect_left(at, k), bisect_left(named_at, k)
        later = e < w.n_named and bool(named_at) and named_at[0] > k
        return (
            math.log1p(t - start[at[i - 1]]) if i else FAR,
            math.log1p(t - start[named_at[j - 1]]) if j else FAR,
            float(later),
            math.log1p(start[named_at[0]] - t) if later else 0.0,
            float(later and w.quote[named_at[0]] >= 0),
            math.log1p(start[named_at[j]] - t) if j < len(named_at) else FAR,
        )

    def _around(self, k: int) -> tuple[Shares, ...]:
        """What stands around the mention, as shares of entities; in the order of _PERSON from "before" on."""
        w = self.w
        same = w.same_set[w.cls[k]]
        i = bisect_left(same, k)
        before, after = same[max(0, i - SAME) : i], same[i + 1 : i + 1 + SAME]
        in_talk = w.quote[k] >= 0
        alike_before = [j for j in before if (w.quote[j] >= 0) == in_talk]
        alike_after = [j for j in after if (w.quote[j] >= 0) == in_talk]
        here = w.conversation[w.paragraph[k]]
        sentence = w.sentence[k]
        ours = close_to(k, w.in_sentence.get(sentence, ()))
        earlier = [j for j in ours if j < k]
        last = close_to(k, w.in_sentence.get(sentence - 1, ()))
        at = bisect_left(w.subjects, k)
        subjects: Shares = {}
        for n, j in enumerate(w.subjects[max(0, at - 4) : at][::-1]):
            subjects.setdefault(w.best[j], 1 / (1 + n))
        return (
            highest(w.beliefs, before[-1:]),
            highest(w.beliefs, after[:1]),
            highest(w.beliefs, alike_before[-1:]),
            highest(w.beliefs, alike_after[:1]),
            mean(w.beliefs, alike_before[-6:] + alike_after[:6]),
            mean(w.beliefs, alike_before[-15:] + alike_after[:15]),
            mean(w.beliefs, [j for j in (*before, *after) if w.paragraph[j] == w.paragraph[k]]),
            mean(
                w.beliefs,
                [j for j in (*alike_before, *alike_after) if w.conversation[w.paragraph[j]] == here],
            ),
            highest(w.beliefs, (j for j in earlier if w.relation[j] == "nsubj")),
            highest(w.beliefs, (j for j in last if w.relation[j] == "nsubj")),
            highest(w.beliefs, (j for j in ours if j != k)),
            dict.fromkeys((w.best[j] for j in (*earlier, *last) if w.kind[j] == 0), 1.0),
            highest(w.beliefs, self.apart.get(k, ())),
            subjects,
            *self._talk(k, here),
        )

    def _talk(self, k: int, here: int) -> tuple[Shares, ...]:
        """Who speaks and hears at and near the mention, and who is spoken of there."""
        w, speaker = self.w, self.speech.speaker
        q, r, paragraph = w.quote[k], w.rank(k), w.paragraph[k]
        first = max(0, r - LINES)
        near = [
            i
            for i, p in enumerate(w.quote_paragraph[first : r + LINES + 1], first)
            if 0 <= p < len(w.conversation) and w.conversation[p] == here
        ]
        next_ = r + (q >= 0)
        named: Shares = {}
        for i in range(max(0, r - 6), min(r + 1, len(w.quotes))):
            for j in close_to(k, w.within.get(w.quotes[i], ())):
                if w.kind[j] == 0 and j < k and named.get(w.best[j], 0.0) < 2:
                    named[w.best[j]] = named.get(w.best[j], 0.0) + 1.0
        beside = close_to(r, w.beside.get(paragraph, ())) if q < 0 else ()
        close = r > 0 and paragraph - w.quote_paragraph[r - 1] <= 2
        return (
            dict(speaker[q]) if q >= 0 else {},
            dict(self.speech.addressee[q]) if q >= 0 else {},
            highest(speaker, (w.quotes[i] for i in near)),
            self._spoken_of(k, range(max(0, r - 3), r)),
            self._spoken_of(k, range(next_, min(next_ + 3, len(w.quotes)))),
            named,
            highest(speaker, (w.quotes[i] for i in beside)),
            dict(speaker[w.quotes[r - 1]]) if close else {},
        )

    def _spoken_of(self, k: int, lines: Sequence[int]) -> Shares:
        """Whom pronouns of mention ``k``'s set mean in ``lines``, by their places among the quotes."""
        w = self.w
        same = (j for i in lines for j in close_to(k, w.within.get(w.quotes[i], ())) if w.cls[j] == w.cls[k])
        return highest(w.beliefs, (j for j in same if w.kind[j] == 2))

    def _pronoun(self, k: int, candidates: int) -> Floats:
        """What holds for the pronoun, whoever is meant."""
        w = self.w
        d, relation, sex = w.beliefs[k], w.relation[k], sex_of(w.cls[k])
        i = bisect_left(w.names, k)
        until = w.start[w.names[i]] - w.start[k] if i < len(w.names) else 3000
        return np.asarray(
            [
                w.quote[k] >= 0, sex == 1, sex == 2,
                relation == "nsubj", relation in ("obj", "iobj", "obl"), relation == "nmod", candidates / 10,
                d[0][1], d[0][1] - (d[1][1] if len(d) > 1 else 0.0), math.log1p(until) / 8,
            ],
            np.float32,
        )  # fmt: skip


def _log(p: float) -> float:
    """The logarithm of a share, at least that of a thousandth."""
    return math.log(max(p, 1e-3))
