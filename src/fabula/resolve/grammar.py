"""Pairs of mentions that grammar keeps apart, and people a word in a quote cannot mean.

Binding: a pronoun that is not reflexive is not the subject of its own clause (Chomsky 1981, principle B); a
pronoun within a description is not the person described ("his mother"); joined people are different people;
"the other man" is not the man told of last.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

from fabula.heads.evidence import Evidence
from fabula.lexicon.gender import PRONOUNS
from fabula.resolve.coref import Distribution
from fabula.resolve.speech import SpeechBeliefs
from fabula.types import Story

_OBJECTS = frozenset({"obj", "iobj", "obl"})
_ABOUT_ONESELF = frozenset(
    word
    for line in (
        "about above after against around before behind below beneath beside between in inside near on over",
        "round toward towards under underneath up upon with within",
    )
    for word in line.split()
)
"""Prepositions of place, after which a plain pronoun may mean the subject ("he shut the door behind him").

In half of the marked stories 12 of 20 after "behind" do, 10 of 34 after "on", 9 of 70 after "with"; of 822
objects 20.
"""
SPEAKER_BAR, HEARER_BAR, NARRATOR_BAR = 0.95, 0.8, 0.995
"""How surely "he" in a quote is not its speaker, not its hearer, and in narration not the narrator."""


def apart(story: Story, evidence: Evidence) -> dict[int, tuple[int, ...]]:
    """Mention -> earlier mentions that mean somebody else."""
    m, s = evidence.mentions, evidence.syntax
    out: dict[int, list[int]] = defaultdict(list)
    start, end, head, kind = (
        m.token_start.tolist(),
        m.token_end.tolist(),
        m.head_token.tolist(),
        m.kind.tolist(),
    )
    open_spans: list[int] = []
    for k in range(len(m)):
        open_spans = [j for j in open_spans if end[j] > start[k]]
        if kind[k] == 2:
            out[k].extend(j for j in open_spans if kind[j] != 2 and end[j] >= end[k])
        open_spans.append(k)
    if len(s.head):
        _by_clause(story, evidence, head, kind, out)
        _others(story, evidence, out)
    return {k: tuple(sorted(set(v))) for k, v in out.items() if v}


def _by_clause(
    story: Story, evidence: Evidence, head: Sequence[int], kind: Sequence[int], out: dict[int, list[int]]
) -> None:
    s = evidence.syntax
    mention_at: dict[int, int] = {}
    for k, t in enumerate(head):
        mention_at.setdefault(t, k)
    subject: dict[int, int] = {}
    for k, t in enumerate(head):
        if s.deprel[t].startswith("nsubj") and s.head[t] >= 0 and mention_at[t] == k:
            subject[int(s.head[t])] = k
    for k, t in enumerate(head):
        relation, above = s.deprel[t].partition(":")[0], int(s.head[t])
        if above < 0:
            continue
        if kind[k] == 2 and relation in _OBJECTS and above in subject and subject[above] < k:
            if relation == "obl" and _ABOUT_ONESELF & set(_prepositions(story, evidence, t)):
                continue
            p = PRONOUNS.get(story.token_text(t).lower())
            if p is not None and p.cases != ("refl",):
                out[k].append(subject[above])
        if relation == "conj" and above in mention_at and mention_at[above] < k:
            out[k].append(mention_at[above])


def _prepositions(story: Story, evidence: Evidence, t: int) -> list[str]:
    """The prepositions that stand before token ``t`` and belong to it."""
    s = evidence.syntax
    return [
        story.token_text(i).lower()
        for i in range(max(0, t - 3), t)
        if s.head[i] == t and s.deprel[i] == "case"
    ]


def _others(story: Story, evidence: Evidence, out: dict[int, list[int]]) -> None:
    """ "The other man" is not the subject told of last, in its own sentence or in the one before."""
    m, s, layout = evidence.mentions, evidence.syntax, evidence.layout
    last = -1
    start, head = m.token_start.tolist(), m.head_token.tolist()
    for k in range(len(m)):
        t = start[k]
        if m.type[k] != 0 or layout.quote[t] >= 0:
            continue
        other = m.kind[k] == 1 and _is_other(story, t)
        if other and last >= 0 and layout.sentence[t] - layout.sentence[start[last]] <= 1:
            out[k].append(last)
        if s.deprel[head[k]].startswith("nsubj") and not other:
            last = k


def _is_other(story: Story, t: int) -> bool:
    """Whether token ``t`` opens "the other …"."""
    if t + 1 >= len(story.tokens):
        return False
    return story.token_text(t).lower() == "the" and story.token_text(t + 1).lower() == "other"


def barred(
    story: Story, evidence: Evidence, speech: SpeechBeliefs, narrators: Sequence[int]
) -> dict[int, Distribution]:
    """Third-person pronoun -> (entity, how surely it is not meant), from who speaks, hears and tells."""
    m, quote_of = evidence.mentions, evidence.layout.quote
    edges = [s.start for s in story.segments]
    out: dict[int, Distribution] = {}
    for k in range(len(m)):
        if m.kind[k] != 2:
            continue
        t = int(m.token_start[k])
        p = PRONOUNS.get(story.token_text(t).lower())
        if p is None or p.person != 3:
            continue
        q = int(quote_of[t])
        if q >= 0:
            rows = [(e, SPEAKER_BAR * x) for e, x in speech.speaker[q]]
            out[k] = (*rows, *((e, HEARER_BAR * x) for e, x in speech.addressee[q]))
        else:
            at = bisect_right(edges, int(story.tokens.start[t])) - 1
            if at >= 0 and narrators[at] >= 0:
                out[k] = ((int(narrators[at]), NARRATOR_BAR),)
    return out
