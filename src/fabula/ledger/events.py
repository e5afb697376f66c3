"""Acts before anybody is chosen for them: what the rules found and what the classifier found, joined.

An event is one act by words or deed at one place. Rules bring people along; for what only the classifier
found they are looked for afterwards (``ledger/who.py``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from fabula.heads.acts import KINDS, ActScores
from fabula.ledger.clauses import Clauses
from fabula.ledger.deeds import find_deeds
from fabula.ledger.found import Found
from fabula.ledger.idioms import does_nothing, said_for_nothing
from fabula.ledger.said import find_said, words_at
from fabula.ledger.stance import before_only, stance
from fabula.ledger.told import find_told
from fabula.lexicon.deeds import DEED_KINDS
from fabula.lexicon.speech_acts import SPEECH_KINDS
from fabula.lexicon.speech_words import IN_PLACE_OF
from fabula.types import Span

SEEN = 0.08
"""From this probability on the classifier has found an act."""
TELLING = frozenset({"VERB", "NOUN", "ADJ", "ADV", "INTJ", "ADP", "AUX", "PROPN"})
"""Parts of speech of words that may tell an act."""
UNREAL = 0.6
"""From this probability on the classifier says that an act is denied or imagined."""
_OUSTED_BY = {kind: {k for k, gone in IN_PLACE_OF.items() if kind in gone} for kind in SPEECH_KINDS}
"""For each act of speech those that, found by a rule in the same words, leave no room for it."""
_MARKS = " \n\t\"'“”‘’«»—–-…,;:.!?*_"


@dataclass(slots=True)
class Event:
    """An act of ``kind`` at token ``t``. ``words``: the stretch of speech that begins there does it.

    ``seen`` is the classifier's probability, ``unreal`` that it did not happen; ``rules`` what rules found,
    one for each pair of people. ``rival`` is the classifier's probability of the likeliest other kind there,
    ``ruled_out`` whether a rule says another kind.
    """

    kind: str
    t: int
    words: bool
    trigger: Span
    seen: float
    unreal: float
    denied: bool
    imagined: bool
    rival: float = 0.0
    ruled_out: bool = False
    rules: list[Found] = field(default_factory=list)


def find_events(c: Clauses, scores: ActScores) -> list[Event]:
    """All events, in no order."""
    told = _told(c, scores)
    said = list(_not_told_twice(c, told, _said(c, scores)))
    for some in (told, said):
        _compare(some)
    return [*told, *said]


def _compare(events: Sequence[Event]) -> None:
    """Let every event know what else may be told at its token."""
    at: defaultdict[int, list[Event]] = defaultdict(list)
    for e in events:
        at[e.t].append(e)
    for e in events:
        others = [o for o in at[e.t] if o.kind != e.kind]
        e.rival = max((o.seen for o in others), default=0.0)
        e.ruled_out = not e.rules and any(o.rules for o in others)


# ------------------------------------------------------------------ told by a word
def _unreal(c: Clauses, scores: ActScores, t: int) -> float:
    """That what token ``t`` tells did not happen; "not only" says that it did."""
    only = any(c.form[d] == "not" and before_only(c, d) for d in c.children[t])
    return 0.0 if only else float(scores.unreal[t])


def _told(c: Clauses, scores: ActScores) -> list[Event]:
    at: dict[tuple[str, int], Event] = {}
    for f in (*find_deeds(c), *find_told(c)):
        k = KINDS.index(f.kind)
        e = at.get((f.kind, f.token))
        if e is None:
            p, unreal = float(scores.told[f.token, k]), _unreal(c, scores, f.token)
            e = Event(f.kind, f.token, False, f.trigger, p, unreal, f.denied, f.imagined)
            at[f.kind, f.token] = e
        e.rules.append(f)
    named = {t for kind, t in at if kind in SPEECH_KINDS}
    covered: defaultdict[tuple[str, int], list[Event]] = defaultdict(list)
    for e in at.values():
        covered[e.kind, c.sentence[e.t]].append(e)
    for t, k in zip(*(x.tolist() for x in (scores.told >= SEEN).nonzero()), strict=True):
        kind, p = KINDS[k], float(scores.told[t, k])
        if (kind, t) in at or not c.told[t] or c.upos[t] not in TELLING:
            continue
        if t in named and kind in SPEECH_KINDS:
            continue  # A listed verb says which act of speech it tells: who praises does not thank with it.
        near = [e for e in covered[kind, c.sentence[t]] if _one(c, e, t)]
        if near:
            near[0].seen = max(near[0].seen, p)
            continue
        e = _seen(c, t, kind, p, _unreal(c, scores, t))
        if e is not None:
            at[kind, t] = e
            covered[kind, c.sentence[t]].append(e)
    return list(at.values())


def _one(c: Clauses, e: Event, t: int) -> bool:
    """Whether token ``t`` tells the same as an event beside it: within its words, or bound to its word."""
    start = int(c.analysis.story.tokens.start[t])
    if e.trigger.start <= start < e.trigger.end:
        return True
    bound = c.head[t] == e.t or c.head[e.t] == t
    low = t if c.head[t] == e.t else e.t
    return bound and c.deprel[low] not in ("conj", "parataxis", "advcl", "ccomp")


def _seen(c: Clauses, t: int, kind: str, p: float, unreal: float) -> Event | None:
    """What only the classifier found. None for an order to do such a thing, or words that do none."""
    verb = t
    for _ in range(3):
        if c.upos[verb] == "VERB" or c.head[verb] < 0:
            break
        verb = c.head[verb]
    how = stance(c, verb, light=True)
    if how.asked and c.quote[t] >= 0 and c.upos[verb] == "VERB":
        return None
    if c.upos[t] == "VERB" and does_nothing(c, t, kind):
        return None
    end = max([t, *(k for k in c.children[t] if c.deprel[k] == "compound:prt" and k > t)])
    return Event(kind, t, False, c.span(t, end + 1), p, unreal, how.denied, how.imagined)


# ------------------------------------------------------------------ done by words
def _said(c: Clauses, scores: ActScores) -> list[Event]:
    at: dict[tuple[str, int], Event] = {}
    stretch = scores.stretch.tolist()
    first, last = _ends(stretch, len(scores.said))
    for f in find_said(c):
        s = stretch[f.token]
        if s < 0:
            continue
        e = at.get((f.kind, s))
        if e is None:
            p = float(scores.said[s, SPEECH_KINDS.index(f.kind)])
            e = Event(f.kind, first[s], True, f.trigger, p, 0.0, f.denied, f.imagined)
            at[f.kind, s] = e
        e.rules.append(f)
    ruled = set(at)
    for s, k in zip(*(x.tolist() for x in (scores.said >= SEEN).nonzero()), strict=True):
        kind, t = SPEECH_KINDS[k], first[s]
        if (kind, s) in at or c.analysis.quotes[c.quote[t]].kind == "thought":
            continue
        if any((other, s) in ruled for other in _OUSTED_BY[kind]):
            continue  # "Don't cry" comforts and commands nothing.
        if said_for_nothing(kind, _without_names(c, t, last[s] + 1)):
            continue
        span = _bare(c, c.span(t, last[s] + 1))
        if span is not None:
            at[kind, s] = Event(kind, t, True, span, float(scores.said[s, k]), 0.0, False, False)
    return list(at.values())


def _without_names(c: Clauses, first: int, end: int) -> str:
    """The words of tokens [first, end) but for the names that they call."""
    words, start = words_at(c, first, end)
    for t in range(end - 1, first - 1, -1):
        if c.upos[t] == "PROPN" and c.mention[t] is not None:
            span = c.span(t)
            words = words[: span.start - start] + words[span.end - start :] if span.start >= start else words
    return words


def _ends(stretch: Sequence[int], n: int) -> tuple[list[int], list[int]]:
    """First and last token of each stretch of speech."""
    first, last = [-1] * n, [-1] * n
    for t, s in enumerate(stretch):
        if s >= 0:
            first[s] = t if first[s] < 0 else first[s]
            last[s] = t
    return first, last


def _bare(c: Clauses, span: Span) -> Span | None:
    """A span without the marks around its words; None without words."""
    text = c.analysis.story.text[span.start : span.end]
    left = len(text) - len(text.lstrip(_MARKS))
    bare = text.strip(_MARKS)
    return Span(span.start + left, span.start + left + len(bare)) if bare else None


def _not_told_twice(c: Clauses, told: Sequence[Event], said: Sequence[Event]) -> Iterator[Event]:
    """Events of words but for those that narration names: in "Will you come?" he asked, the asking."""
    cued = {q.cue.start: q.id for q in c.analysis.quotes if q.cue is not None}
    named = {
        (e.kind, cued[e.trigger.start])
        for e in told
        if e.trigger.start in cued and e.kind not in DEED_KINDS and not (e.denied or e.imagined)
    }
    yield from (e for e in said if (e.kind, c.quote[e.t]) not in named)
