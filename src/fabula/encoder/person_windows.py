"""Windows that are read with the cast in hand: a header that names the people, and marks on what is known.

The encoder sees ``[CLS] header [SEP] text [SEP]``. Every person of the header has a slot; what is already
known (a name's owner, a decided pronoun, a line's speaker) carries its slot's mark, everybody else's place
carries the mark of a question. A question is answered by comparing its hidden state with those of the
header's entries, so that all questions of a window are answered in one run. Shared by training and reading.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from fabula.encoder.pieces import SPECIAL_FEATURE, PieceEncoder, normalise
from fabula.lexicon.gender import PRONOUNS
from fabula.types import Ints

NO_SLOT, OTHER, SEVERAL, FIRST_SLOT = 0, 1, 2, 3
"""Slots: nothing marked, somebody who is not in the header, several people together.

The header's first person.
"""
MAX_PEOPLE = 14
"""People in a header."""
ASKED = FIRST_SLOT + MAX_PEOPLE
"""Mark of a mention, speaker or addressee that is asked after."""
N_SLOTS = ASKED + 1
SIZE = 480
"""Pieces in a window, header and special pieces included."""
PRONOUN, DESCRIPTION, SPEAKER, HEARER, FIRST, SECOND = range(6)
"""Kinds of question: third-person pronouns, descriptions, who speaks, who hears, "I", "you"."""
N_QUESTIONS = 6
N_ZONES = 21
"""Where a piece lies that may tell about a quote: in it, or how far before or after."""
REACH = 40
"""Pieces before and after a quote that may tell about it."""
INSIDE = 96
"""Pieces of a quote, from its start, that are looked at."""
N_KEYS = 4
"""Kinds of place that carry a mark: the header, a mention, a quote's speaker, a quote's addressee."""
HOPS = 4
"""How often answers are passed along from question to question."""
COUPLED = 48
"""Width of the vectors that say how much one question's answer speaks for, or against, another's."""
ROUNDS = 5
"""How often coupled answers are weighed against one another."""
N_DISTANCES = 20
"""Buckets of the distance from a question to a place, in pieces, before and after."""
_SPECIAL = (("someone", "else"), ("several",))
SPECIAL_WIDTH = 6
"""Room for the header's two entries that are nobody's, in pieces."""


@dataclass(frozen=True, slots=True)
class Person:
    """An entry of the header.

    The words that tell who it is ("Imre Sandor", "the taller man") and pronouns.
    """

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonWindow:
    """The encoder's input for one window, and where to read its output.

    ``ids``, ``features``, ``slots``, ``said`` have shape (n_pieces,): word pieces, surface features, marks on
    mentions and header, and marks of speakers (slot) and addressees (N_SLOTS + slot) on the first and last
    token of quotes. ``entry`` (n_entries, 2) are half-open piece ranges of the header's entries, in order of
    slots from OTHER on. ``token`` (n_tokens + 1,) is where each token's pieces begin.
    """

    ids: Ints
    features: Ints
    slots: Ints
    said: Ints
    entry: Ints
    token: Ints


def phrase_width(pieces: PieceEncoder, p: Person) -> int:
    """Pieces that a person takes in a header."""
    plain = np.zeros(len(p.words), np.int32)
    return len(pieces.encode(p.words, plain, plain).ids) + 1


def mention_question(pronoun: str) -> int:
    """The kind of question that a pronoun puts."""
    p = PRONOUNS.get(normalise(pronoun).lower())
    return PRONOUN if p is None or p.person == 3 else FIRST if p.person == 1 else SECOND


def build_window(
    pieces: PieceEncoder,
    header: Sequence[Person],
    text: tuple[Ints, Ints, Ints],
    marks: Ints,
    said: Ints,
    order: Sequence[int] | None = None,
) -> PersonWindow:
    """Lay out one window.

    ``text``: ids and features of the text's pieces (n,), and where its tokens' pieces begin (n_tokens + 1,).
    ``marks``, ``said`` (n_tokens,) as in ``PersonWindow``. ``order``: in which order the people stand in the
    header.
    """
    order = range(len(header)) if order is None else order
    words: list[str] = []
    bounds: list[tuple[int, int, int]] = []
    for slot, phrase in [(FIRST_SLOT + k, header[k].words) for k in order] + list(
        zip((OTHER, SEVERAL), _SPECIAL, strict=True)
    ):
        bounds.append((slot, len(words), len(words) + len(phrase)))
        words += [*phrase, ";"]
    plain = np.zeros(len(words), np.int32)
    head = pieces.encode(words, plain, plain)
    n_head, n_text = len(head.ids), len(text[0])
    n = n_head + n_text + 3
    ids, features = np.zeros(n, np.int32), np.full(n, SPECIAL_FEATURE, np.int32)
    slots, said_out = np.zeros(n, np.int32), np.zeros(n, np.int32)
    ids[0], ids[n_head + 1], ids[-1] = pieces.cls_id, pieces.sep_id, pieces.sep_id
    ids[1 : n_head + 1], ids[n_head + 2 : -1] = head.ids, text[0]
    features[1 : n_head + 1], features[n_head + 2 : -1] = head.features, text[1]
    entry = np.zeros((len(header) + 2, 2), np.int32)
    for slot, a, b in bounds:
        lo, hi = int(head.first[a]) + 1, int(head.first[b]) + 1
        slots[lo:hi] = slot
        entry[slot - OTHER] = (lo, hi)
    token = text[2] - text[2][0] + n_head + 2
    counts = np.diff(token)
    slots[n_head + 2 : -1] = np.repeat(marks, counts)
    said_out[n_head + 2 : -1] = np.repeat(said, counts)
    return PersonWindow(ids, features, slots, said_out, entry, token.astype(np.int32))


@dataclass(frozen=True, slots=True)
class Places:
    """Where a window carries marks, (n,).

    ``span`` (n, 2) in pieces, ``key`` its kind, ``entry`` the header's entry.
    """

    span: Ints
    key: Ints
    entry: Ints


def marked_places(w: PersonWindow) -> Places:
    """The header's entries and every run of pieces that carries one person's mark."""
    text = int(w.token[0])
    of_slot = np.full(N_SLOTS, -1, np.int32)
    of_slot[w.slots[w.entry[:, 0]]] = np.arange(len(w.entry))
    spans = [w.entry]
    keys, entries = [np.zeros(len(w.entry), np.int32)], [np.arange(len(w.entry), dtype=np.int32)]
    for key, column in (
        (1, w.slots),
        (2, np.where(w.said < N_SLOTS, w.said, 0)),
        (3, np.maximum(w.said - N_SLOTS, 0)),
    ):
        entry = np.where(column > 0, of_slot[column], -1)
        entry[:text] = -1
        edge = np.flatnonzero(np.diff(np.concatenate([[-1], entry, [-1]])))
        a, b = edge[:-1], edge[1:]
        kept = entry[a] >= 0
        spans.append(np.stack([a[kept], b[kept]], 1).astype(np.int32))
        keys.append(np.full(int(kept.sum()), key, np.int32))
        entries.append(entry[a[kept]].astype(np.int32))
    return Places(np.concatenate(spans), np.concatenate(keys), np.concatenate(entries))


def bias_index(w: PersonWindow, kind: Ints, at: Ints, places: Places) -> Ints:
    """Index (questions, places) of the bias of a question of ``kind`` that stands at piece ``at``.

    To mentions the distance counts in pieces; to the speakers of quotes, in quotes.
    """
    bucket, by_quote = _distances(w, at, places.span[:, 0])
    bucket = np.where(places.key[None] == 0, 0, np.where(places.key[None] == 1, bucket, by_quote))
    return np.asarray((kind[:, None] * N_KEYS + places.key[None]) * N_DISTANCES + bucket, dtype=np.int32)


N_ROLES = 3
"""What a question may be to another: a mention, a speaker, an addressee."""


def link_index(w: PersonWindow, kind: Ints, at: Ints) -> Ints:
    """Index (questions, questions) of the bias of one question's leaning on another's answer."""
    role = np.where(kind == SPEAKER, 1, np.where(kind == HEARER, 2, 0))
    bucket, by_quote = _distances(w, at, at)
    bucket = np.where(role[None] == 0, bucket, by_quote)
    return np.asarray((kind[:, None] * N_ROLES + role[None]) * N_DISTANCES + bucket, dtype=np.int32)


def _distances(w: PersonWindow, at: Ints, place: Ints) -> tuple[Ints, Ints]:
    """Buckets (n, m) of the distance from pieces ``at`` to pieces ``place``, in pieces and in quotes."""
    opens = (w.said > 0) & (w.said < N_SLOTS)
    opens[1:] &= ~opens[:-1]
    order = np.cumsum(opens)
    apart: Ints = order[at][:, None] - order[place][None]
    by_quote = np.where(apart >= 0, np.minimum(apart, 9), 9 + np.minimum(-apart, 10))
    d = at[:, None] - place[None]
    bucket = np.minimum(np.ceil(np.log2(np.abs(d) + 1)), 9).astype(np.int32) + 10 * (d < 0)
    return bucket, by_quote.astype(np.int32)


def quote_zones(w: PersonWindow, first: Ints, last: Ints) -> tuple[Ints, Ints]:
    """Pieces that may tell about quotes: (index, zone), each (n_quotes, REACH + INSIDE + REACH), zone -1 for
    none.

    ``first``, ``last`` (n_quotes,) are the tokens, of the window, that open and close them.
    """
    a, b = w.token[first][:, None], w.token[last + 1][:, None]
    low, high = int(w.token[0]), int(w.token[-1])
    back = np.arange(1, REACH + 1)[None]
    far = np.minimum(np.ceil(np.log2(back * 1.5)), 6).astype(np.int32) + np.minimum(back, 3)
    inside = np.arange(INSIDE)[None]
    index = np.concatenate([a - back, a + inside, b - 1 + back], axis=1)
    zone_in = np.where(inside == 0, 0, np.where(a + inside == b - 1, 1, 2))
    zone = 2 + far
    n = len(a)
    zones = np.concatenate(
        [
            np.repeat(zone, n, 0),
            np.broadcast_to(zone_in, (n, INSIDE)),
            np.repeat(zone + 9, n, 0),
        ],
        axis=1,
    )
    there = (index >= low) & (index < high)
    there[:, REACH : REACH + INSIDE] &= a + inside < b
    return np.where(there, index, 0).astype(np.int32), np.where(there, zones, -1).astype(np.int32)
