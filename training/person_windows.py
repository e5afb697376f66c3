"""Windows to learn from: a header drawn from the people of a text, a random part of the answers revealed."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from fabula.encoder.person_windows import (
    ASKED,
    DESCRIPTION,
    FIRST,
    FIRST_SLOT,
    HEARER,
    MAX_PEOPLE,
    N_SLOTS,
    NO_SLOT,
    OTHER,
    PRONOUN,
    SECOND,
    SEVERAL,
    SIZE,
    SPEAKER,
    SPECIAL_WIDTH,
    Person,
    PersonWindow,
    build_window,
    mention_question,
    phrase_width,
)  # fmt: skip
from fabula.encoder.pieces import PieceEncoder
from training.person_batch import Questions
from training.person_data import MANY, NOBODY, UNKNOWN, People

NOISE = 0.06
"""Share of the revealed answers that are wrong."""
BEFORE = 1000
"""Tokens before a window whose people may stand in its header."""
WEIGHT = {PRONOUN: 1.0, DESCRIPTION: 0.4, SPEAKER: 1.0, HEARER: 0.6, FIRST: 0.5, SECOND: 0.5}
NAMED = 0.6
"""Weight of a question whom a name means."""
SECOND_NAME, BESIDE, ALONE = 0.3, 0.5, 0.03
"""Share of the windows in which somebody's second name is asked after; of these, in which it has an entry of
its own in the header; of names otherwise, that are asked after."""
TOLD = 0.95
"""Share of the "I" of narration whose owner is marked: who tells is settled before."""
_SEVERAL = frozenset(["we", "us", "our", "ours", "ourselves"])
_TO_HE = {"she": "he", "hers": "his", "herself": "himself"}
_TO_SHE = {"he": "she", "him": "her", "his": "her", "himself": "herself"}
_NOT_A_NOUN = frozenset(
    [
        ".",
        ",",
        ";",
        ":",
        "!",
        "?",
        ")",
        "”",
        '"',
        "--",
        "—",
        "and",
        "or",
        "but",
        "to",
        "from",
        "in",
        "on",
        "at",
        "with",
        "for",
        "of",
        "as",
        "by",
        "if",
        "when",
        "while",
        "that",
        "so",
        "then",
        "again",
        "the",
        "a",
        "an",
        "up",
        "down",
        "out",
        "away",
        "back",
        "off",
        "over",
        "about",
        "into",
        "through",
    ]
)


def rename(d: People, pool: dict[str, list[str]], rng: random.Random) -> People:
    """Give the people other names of the same gender."""
    return renamed(d, new_names(d, pool, rng))


def new_names(d: People, pool: dict[str, list[str]], rng: random.Random) -> dict[str, str]:
    """Other words of the same gender for the words of names."""
    return {w: rng.choice(pool.get(g) or [w]) for w, g in d.name_words.items()}


def renamed(d: People, new: Mapping[str, str]) -> People:
    """The text with the words of names exchanged."""
    people = {}
    for e, k in d.people.items():
        names = Counter({" ".join(new.get(w, w) for w in n.split()): c for n, c in k.names.items()})
        people[e] = replace(k, names=names)
    return replace(d, tokens=[new.get(t, t) for t in d.tokens], people=people)


def one_gender(d: People, target: str) -> People:
    """Everybody "he", or everybody "she": more rivals than a text usually has."""
    out = list(d.tokens)
    for i, t in enumerate(out):
        low = t.lower()
        if target == "she":
            form = _TO_SHE.get(low)
        elif low == "her":
            after = out[i + 1].lower() if i + 1 < len(out) else "."
            form = "him" if after in _NOT_A_NOUN else "his"
        else:
            form = _TO_HE.get(low)
        if form:
            out[i] = form.capitalize() if t[0].isupper() else form
    people = {
        e: replace(k, pronoun=target if k.pronoun in ("he", "she") else k.pronoun)
        for e, k in d.people.items()
    }
    return replace(d, tokens=out, people=people)


def tellers(d: People, start: int, end: int) -> dict[int, int]:
    """Token of every "I" in narration in [start, end) -> who tells there."""
    lo, hi = np.searchsorted(d.mentions[:, 0], [start, end])
    return {
        a: e
        for a, _, _, kind, e in d.mentions[lo:hi].tolist()
        if kind == 2 and e >= 0 and not d.quoted[a] and mention_question(d.tokens[a]) == FIRST
        if d.tokens[a].lower() not in _SEVERAL
    }


def _phrase(d: People, e: int, rng: random.Random | None, telling: bool = True) -> tuple[str, ...]:
    k = d.people[e]
    words: list[str] = []
    if k.names:
        ranked = [n for n, _ in k.names.most_common()]
        longest = max(ranked[:4], key=len)
        name = longest if rng is None else rng.choice([ranked[0], longest, longest, rng.choice(ranked)])
        words = name.split()[:5]
    elif k.descriptions:
        words = (k.descriptions[0] if rng is None else rng.choice(k.descriptions[:4])).split()[:6]
    if k.pronoun and (rng is None or rng.random() < 0.85):
        words.append(k.pronoun)
    if k.tells and telling and (rng is None or rng.random() < 0.85):
        words.append("I")
    return tuple(words or [k.pronoun or "I"])


def header_of(d: People, start: int, end: int, rng: random.Random | None) -> list[int]:
    """Entities of the header of tokens [start, end), at most MAX_PEOPLE."""
    m = d.mentions
    lo = np.searchsorted(m[:, 0], start - BEFORE)
    hi = np.searchsorted(m[:, 0], end)
    score: Counter[int] = Counter()
    total = Counter(m[:, 4].tolist())
    for a, _, _, kind, e in m[lo:hi].tolist():
        if e >= 0:
            score[e] += (1.0 if a >= start else 0.15) * (2.0 if kind == 0 else 1.0)  # type: ignore[assignment]
    for a, _, s, h in d.quotes.tolist():
        if start <= a < end:
            for e in (s, h):
                if e >= 0:
                    score[e] += 1
    found = []
    for e, _ in score.most_common():
        k = d.people[e]
        if not k.names and total[e] < 2:
            continue
        if rng is not None and rng.random() < (0.06 if k.names else 0.25):
            continue
        if k.names or k.descriptions or k.pronoun or k.tells:
            found.append(e)
    most = MAX_PEOPLE if rng is None else rng.randint(MAX_PEOPLE - 6, MAX_PEOPLE)
    return found[:most]


def second_names(d: People, people: Sequence[int], rng: random.Random) -> dict[int, str]:
    """Some of the people who have several names -> one of these, not the longest, to be asked after."""
    out = {}
    for e in people:
        forms = [n for n, _ in d.people[e].names.most_common()]
        if len(forms) > 1 and rng.random() < SECOND_NAME:
            out[e] = rng.choice([n for n in forms if n != max(forms[:4], key=len)])
    return out


def sample(
    d: People,
    start: int,
    pieces: PieceEncoder,
    rng: random.Random | None,
    quarter: random.Random | None = None,
) -> tuple[PersonWindow, Questions, int, list[int]]:
    """A window that begins at token ``start``: the input, what is asked, its end token, the header's
    entities.

    Without ``rng`` nothing is random and nothing but names is revealed; with ``quarter``, a quarter is asked
    and all else revealed.
    """
    guess = min(len(d.tokens), start + SIZE)
    people = header_of(d, start, guess, rng)
    tells = tellers(d, start, guess)
    here = set(tells.values())
    header = [Person(_phrase(d, e, rng, not here or e in here)) for e in people]
    slot_of = {e: FIRST_SLOT + k for k, e in enumerate(people)}
    if rng is not None:
        for e in list(people):
            k = d.people[e]
            if k.names and k.descriptions and len(header) < MAX_PEOPLE and rng.random() < 0.08:
                words = rng.choice(k.descriptions).split()[:6]
                header.append(Person(tuple(words or ["someone"])))
    doubted = second_names(d, people, rng) if rng is not None else {}
    if rng is not None:
        for e, form in doubted.items():
            if len(header) < MAX_PEOPLE and rng.random() < BESIDE:
                pronoun = d.people[e].pronoun if rng.random() < 0.3 else ""
                header.append(Person(tuple([*form.split()[:5], pronoun][: None if pronoun else -1])))
    p = pieces.encode(d.tokens[start:guess], d.initial[start:guess], d.quoted[start:guess])
    width = sum(phrase_width(pieces, h) for h in header) + SPECIAL_WIDTH
    n = int(np.searchsorted(p.first, SIZE - width - 3, side="right")) - 1
    end = start + n
    if end < len(d.tokens):
        at = int(np.searchsorted(d.sentence_starts, end, side="right")) - 1
        if d.sentence_starts[at] > start + n // 2:
            end = int(d.sentence_starts[at])
            n = end - start
    text = (p.ids[: p.first[n]], p.features[: p.first[n]], p.first[: n + 1])
    marks, said = np.zeros(n, np.int32), np.zeros(n, np.int32)
    if rng is None:
        share, upto = 0.0, start
    else:
        share = 0.0 if rng.random() < 0.4 else rng.random()
        upto = start + rng.randrange(n) if rng.random() < 0.3 else start
    kinds, tokens, rights, weights = [], [], [], []
    ends: list[tuple[int, int]] = []
    n_entries = len(header) + 2

    def slot(e: int) -> int:
        return slot_of.get(e, OTHER) if e >= 0 else SEVERAL if e == MANY else OTHER

    def shown(at: int, e: int) -> int:
        """The mark of an answer, or ASKED."""
        if e == UNKNOWN:
            return ASKED
        if rng is None:
            return ASKED if quarter is None or quarter.random() < 0.25 else slot(e)
        if not (at < upto or rng.random() < share):
            return ASKED
        if rng.random() < NOISE:
            return rng.randrange(FIRST_SLOT, FIRST_SLOT + len(header)) if header else OTHER
        return slot(e)

    def ask(kind: int, at: int, e: int, weight: float, span: tuple[int, int] = (0, 1)) -> None:
        right = np.zeros(n_entries, bool)
        if e == UNKNOWN:
            weight = 0.0
        else:
            right[slot(e) - OTHER] = True
        kinds.append(kind)
        tokens.append(at - start)
        rights.append(right)
        weights.append(weight)
        ends.append((span[0] - start, span[1] - start - 1) if span[0] >= start else (0, 0))

    lo, hi = np.searchsorted(d.mentions[:, 0], [start, end])
    for a, b, h, kind, e in d.mentions[lo:hi].tolist():
        if b > end:
            continue
        if kind == 0:
            mark = slot_of.get(e, NO_SLOT)
            if rng is not None and e >= 0:
                if doubted.get(e) == " ".join(d.tokens[a:b]) or (e not in doubted and rng.random() < ALONE):
                    mark = ASKED
                    ask(DESCRIPTION, b - 1, e, NAMED)
                elif rng.random() < 0.03:
                    mark = NO_SLOT
            marks[a - start : b - start] = mark
            continue
        told = a in tells and e in slot_of and (rng is None or rng.random() < TOLD)
        mark = slot_of[e] if told else shown(a, e)
        marks[a - start : b - start] = mark
        if mark == ASKED:
            question = mention_question(d.tokens[a]) if kind == 2 else DESCRIPTION
            ask(question, h, e, WEIGHT[question])
    for a, b, s, h in d.quotes.tolist():
        if not start <= a < end:
            continue
        mark = shown(a, s)
        said[a - start] = mark
        if mark == ASKED:
            ask(SPEAKER, a, s, WEIGHT[SPEAKER], (a, min(b, end)))
        if b <= end:
            mark = shown(a, h)
            if b - 1 - start != a - start:
                said[b - 1 - start] = N_SLOTS + mark
            if mark == ASKED:
                ask(HEARER, b - 1, h, WEIGHT[HEARER], (a, b))
    order: Sequence[int] = list(range(len(header)))
    if rng is not None:
        # Slots are names without meaning: shuffled, so that none is learnt by heart.
        order = rng.sample(range(len(header)), len(header))
        deal = rng.sample(range(MAX_PEOPLE), MAX_PEOPLE)
        window = build_window(pieces, header, text, marks, said, order)
        window = deal_slots(window, deal)
    else:
        window = build_window(pieces, header, text, marks, said)
    span = np.asarray(ends, np.int64).reshape(-1, 2)
    q = Questions(
        np.asarray(kinds, np.int64),
        np.asarray(tokens, np.int64),
        np.asarray(rights, bool).reshape(-1, n_entries),
        np.asarray(weights, np.float32),
        span[:, 0],
        span[:, 1],
    )
    return window, q, end, people


def deal_slots(w: PersonWindow, deal: Sequence[int]) -> PersonWindow:
    """The window with its people's slots exchanged as ``deal`` says: slots are names without meaning."""
    table = np.arange(N_SLOTS)
    table[FIRST_SLOT : FIRST_SLOT + MAX_PEOPLE] = FIRST_SLOT + np.asarray(deal)
    both = np.concatenate([table, N_SLOTS + table])
    return replace(w, slots=table[w.slots].astype(np.int32), said=both[w.said].astype(np.int32))


__all__ = ["MANY", "NOBODY", "header_of", "one_gender", "rename", "sample"]
