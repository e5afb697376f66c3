"""Acts done by the words of direct speech: by its speaker, to whom it is said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from fabula.ledger.clauses import Clauses, Who
from fabula.ledger.found import Found
from fabula.ledger.idioms import said_for_nothing
from fabula.lexicon.orders import DISTRESS, FILLERS, NOT_ORDERS, PLEASE, URGENT
from fabula.lexicon.speech_words import DENIED, IN_PLACE_OF, NO, PATTERNS, REQUESTS, SUPPOSED, YES
from fabula.types import Quote, Span

_LEAST_SPEAKER = 0.3
_STOPS = frozenset(",.!?;—”’\"'")
_YOU = frozenset({"you", "thee", "ye"})
_NAMED = 0.95
"""How surely a quote is said to the one whom it calls by name."""
_ASKABLE = frozenset({"ask", "plead", "insult", "thank"})
"""Acts that a question does as well as a statement."""
_AFTER_WILL = re.compile(r"\b(?:i|we|you|he|she|they)(?:'d| would| could| should| might| may| can)\b[^.!?]*$")
_REPROACHES = ("how ", "why ", "have you ")
"""Questions that accuse all the same."""
_STEMS = {
    "ask": "ask", "beg": "plead", "apolog": "apologize", "sorry": "apologize", "promis": "promise",
    "threat": "threaten", "accus": "accuse", "blam": "accuse", "refus": "refuse", "order": "command",
    "thank": "thank", "confess": "confess",
}  # fmt: skip


class Utterance(NamedTuple):
    """Tokens [start, end) of one quote in one sentence."""

    quote: Quote
    start: int
    end: int
    first: bool


def utterances(c: Clauses) -> Iterator[Utterance]:
    """Stretches of tokens that stand in one quote and one sentence, in text order."""
    quotes = c.analysis.quotes
    n, t = len(c.form), 0
    seen: set[int] = set()
    while t < n:
        q, s = c.quote[t], c.sentence[t]
        end = t + 1
        while end < n and c.quote[end] == q and c.sentence[end] == s:
            end += 1
        if q >= 0 and c.told[t]:
            yield Utterance(quotes[q], t, end, q not in seen)
            seen.add(q)
        t = end


def find_said(c: Clauses) -> Iterator[Found]:
    """Every act done by words said aloud (thoughts do nothing to anybody), in text order."""
    last: tuple[int, int, int] | None = None
    called = vocatives(c)
    for u in utterances(c):
        q = u.quote
        if q.kind == "thought" or q.speaker is None or q.confidence < _LEAST_SPEAKER:
            continue
        agent = Who(q.speaker, q.confidence, -1)
        patient = _heard(q, called.get(q.id, []))
        found = list(_of_utterance(c, u, agent, patient))
        if u.first and last is not None and last[1] == q.speaker and last[2] in (q.id - 1, q.id - 2):
            found += _answer(c, u, agent, patient, found)
        for f in found:
            if f.kind in REQUESTS and not f.denied and not f.imagined and patient is not None:
                last = (q.speaker, patient.entity, q.id)
        yield from found


def vocatives(c: Clauses) -> dict[int, list[Who]]:
    """Who is called by name in each quote ("Sit down, Hal")."""
    found: dict[int, list[Who]] = {}
    for t, m in enumerate(c.mention):
        if m is None or m.kind != "PROP" or c.quote[t] < 0:
            continue
        if c.deprel[t] == "vocative" or _is_you(c, t) or _set_off(c, t):
            for who in c.person(t):
                found.setdefault(c.quote[t], []).append(who)
    return found


def _is_you(c: Clauses, t: int) -> bool:
    """Whether a name stands beside the "you" that it calls ("How dare you, Hal!")."""
    return c.deprel[t] == "appos" and c.head[t] >= 0 and c.form[c.head[t]] in _YOU


def _set_off(c: Clauses, t: int) -> bool:
    """Whether a name of one word stands between commas or at an edge of its sentence, after no noun."""
    before, after = c.form[t - 1] if t else "", c.form[t + 1] if t + 1 < len(c.form) else ""
    if after not in _STOPS or before not in (",", "—", "“", "‘", '"', "'"):
        return False
    # "my brother, Tom," explains; ", Tom, and Ann" counts up.
    explains = t > 1 and before == "," and c.upos[t - 2] in ("NOUN", "PROPN")
    counts_up = t + 2 < len(c.form) and c.form[t + 2] in ("and", "or")
    return not explains and not counts_up and c.deprel[t] not in ("nsubj", "appos")


def _heard(q: Quote, called: list[Who]) -> Who | None:
    """To whom a quote is said: its one addressee, or the one whom it calls by name where that is surer."""
    heard = Who(q.addressees[0], q.addressee_confidence or 0.5, -1) if len(q.addressees) == 1 else None
    named = {w.entity for w in called} - {q.speaker}
    if len(named) == 1:
        best = next(w for w in called if w.entity in named)
        if heard is None or best.p * _NAMED > heard.p:
            heard = Who(best.entity, best.p * _NAMED, best.mention)
    return heard if heard is not None and heard.entity != q.speaker else None


def _words(c: Clauses, u: Utterance) -> tuple[str, int]:
    return words_at(c, u.start, u.end)


def words_at(c: Clauses, first: int, end: int) -> tuple[str, int]:
    """The words of tokens [first, end) in lower case, marks before them dropped, and where they begin."""
    span = c.span(first, end)
    raw = c.analysis.story.text[span.start : span.end]
    low = "".join(ch.lower() if len(ch.lower()) == 1 else ch for ch in raw.replace("’", "'"))
    low = low.replace("\n", " ")
    cut = 0
    while cut < len(low) and not low[cut].isalnum():
        cut += 1
    return low[cut:], span.start + cut


def _of_utterance(c: Clauses, u: Utterance, agent: Who, patient: Who | None) -> Iterator[Found]:
    words, start = _words(c, u)
    if not words:
        return
    denied = DENIED.search(words)
    if denied:
        kind = _denied_kind(denied.group())
        if kind:
            yield _found(kind, agent, patient, start, denied.span(), u, 0.85, denied=True)
        return
    done: dict[str, Found] = {}
    for kind, pattern, p in PATTERNS:
        if kind in done:
            continue
        m = pattern.search(words)
        if m is None:
            continue
        imagined = bool(SUPPOSED.search(words[: m.start()]))
        questioned = kind not in _ASKABLE and words.rstrip("\"'”»— ").endswith("?")
        questioned = questioned and not words.startswith(_REPROACHES)
        if kind == "apologize" and questioned and "beg your pardon" in m.group():
            continue
        if _nay(words[: m.start()]):
            continue
        done[kind] = _found(kind, agent, patient, start, m.span(), u, p, imagined=imagined or questioned)
    order = _order(c, u, words, start, agent, patient)
    if order is not None and order.kind not in done:
        done[order.kind] = order
    gone: set[str] = set()
    for kind in done:
        gone |= IN_PLACE_OF.get(kind, frozenset())
    yield from (f for kind, f in done.items() if kind not in gone)


def _nay(before: str) -> bool:
    """Whether the words just before deny what follows ("I never said thank you")."""
    tail = before.split()[-3:]
    return any(w in ("not", "never", "n't", "without", "nor", "said", "say", "don't", "didn't") for w in tail)


def _found(
    kind: str, agent: Who, patient: Who | None, start: int, at: tuple[int, int], u: Utterance, p: float,
    *, denied: bool = False, imagined: bool = False,
) -> Found:  # fmt: skip
    trigger = Span(start + at[0], start + at[1])
    return Found(kind, *_people(agent, patient), trigger, u.start, denied, imagined, p, _sure(agent, patient))


def _people(agent: Who, patient: Who | None) -> tuple[int, int | None]:
    return agent.entity, patient.entity if patient else None


def _sure(agent: Who, patient: Who | None) -> float:
    return agent.p * (patient.p if patient else 1.0)


def _denied_kind(words: str) -> str | None:
    for stem, kind in _STEMS.items():
        if stem in words:
            return kind
    return None


def _order(c: Clauses, u: Utterance, words: str, start: int, agent: Who, patient: Who | None) -> Found | None:
    """An imperative: a command, with "please" a request, in distress or urged a plea."""
    bare = words.rstrip("\"'”’» ")
    if bare.endswith("?") and not PLEASE.search(words):
        return None
    if FILLERS.match(words) or said_for_nothing("command", words):
        return None
    for t in range(u.start, u.end):
        if c.xpos[t] not in ("VB", "VBP") or c.upos[t] not in ("VERB", "AUX") or not _imperative(c, u, t):
            continue
        if c.lemma[t] in NOT_ORDERS and not _complemented(c, t):
            continue
        if c.lemma[t] == "let" and not any(
            c.form[k] in ("him", "her", "them", "it", "go") for k in c.children[t]
        ):
            continue  # "Let me help you" offers, "let us go" proposes.
        if _AFTER_WILL.search(words[: max(c.span(t).start - start, 0)]):
            continue  # "I would sell it, give all of it away": a plan.
        polite = PLEASE.search(words)
        plea = DISTRESS.search(words) or (polite and URGENT.search(words))
        kind = "plead" if plea else "ask" if polite else "command"
        low = min(
            [
                t,
                *(
                    k
                    for k in c.children[t]
                    if c.form[k] in ("do", "not", "n't", "don't", "never") and k >= u.start
                ),
            ]
        )
        high = t + 1
        for k in c.children[t]:
            if (
                c.deprel[k] in ("obj", "compound:prt", "advmod", "xcomp", "obl", "iobj")
                and t < k < u.end
                and k - t < 6
            ):
                high = max(high, k + 1)
        span = c.span(low, high)
        p = 0.85 if kind == "plead" else 0.82
        who = _people(agent, patient)
        return Found(kind, *who, span, t, False, False, p, _sure(agent, patient))
    return None


def _imperative(c: Clauses, u: Utterance, t: int) -> bool:
    """Whether a base form is the head of a clause without a subject."""
    up = c.head[t]
    outside = up < u.start or up >= u.end
    if not outside and c.deprel[t] not in ("parataxis", "conj", "root"):
        return False
    if not outside and c.deprel[t] == "conj" and not (c.xpos[up] == "VB" and _imperative(c, u, up)):
        return False
    for k in c.children[t]:
        relation, word = c.deprel[k], c.form[k]
        if relation.startswith(("nsubj", "csubj", "expl")) or relation == "cop":
            return False
        if relation.startswith("aux") and word not in ("do", "don't", "don"):
            return False
        if relation == "mark" or word == "to":
            return False
    if any(c.form[k].strip("_*") in ("you", "i", "we", "they", "ye") for k in range(max(t - 2, u.start), t)):
        return False
    # A base form at the very start, or after a mark, a name or an adverb; else it is some other ellipsis.
    before = [
        k
        for k in c.children[t]
        if k < t and c.deprel[k] not in ("punct", "advmod", "discourse", "vocative", "aux", "cc", "intj")
    ]
    return not before


def _complemented(c: Clauses, t: int) -> bool:
    lemma = c.lemma[t]
    rich = ("obj", "xcomp", "ccomp", "obl", "compound:prt", "advmod", "iobj")
    have = any(c.deprel[k] in rich and k > t for k in c.children[t])
    if lemma in (
        "come",
        "wait",
        "hold",
        "stay",
        "get",
        "look",
        "listen",
        "let",
        "mind",
        "remember",
        "be",
        "have",
        "help",
        "say",
    ):
        return have
    if lemma == "tell":
        return any(c.deprel[k] in ("iobj", "obj") and c.mention[k] is not None for k in c.children[t])
    return False


def _answer(c: Clauses, u: Utterance, agent: Who, patient: Who | None, found: list[Found]) -> list[Found]:
    """ "No", or "I will", in answer to a request of the one spoken to."""
    words, start = _words(c, u)
    if any(f.kind in ("refuse", "promise", "apologize") for f in found):
        return []
    for kind, answer in (("refuse", NO), ("promise", YES)):
        m = answer.match(words)
        if m is not None and not words.rstrip("\"'”»— ").endswith("?"):
            return [_found(kind, agent, patient, start, m.span(), u, 0.75)]
    return []
