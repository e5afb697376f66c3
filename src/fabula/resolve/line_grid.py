"""A stretch of a story as a grid: its lines and the mentions between them, against its people.

Rows are lines (quotes that lie in no other) and persons' mentions, in text order; columns are people; a cell
says how a row speaks for a person. What reads the grid is in ``lines``; its weights are learnt by
training/lines.py.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from fabula.heads.evidence import Evidence
from fabula.resolve.conversations import Doubles
from fabula.resolve.coref import Distribution
from fabula.resolve.links import THIRD
from fabula.resolve.speaker_features import N_FEATURES, QuoteCandidates
from fabula.types import Floats, Ints

PEOPLE = 8
"""Columns: those who are meant most in the stretch."""
WHOLE, CORE, BESIDE = 320, 240, 40
"""Rows of a story that is read as one; else of a stretch, and of what is seen on either side of it."""
SHARES = 6
"""Of a mention, the likeliest people who have a cell."""
N_LINE = 4 + N_FEATURES
"""A line's cell: shares of speaking and hearing, the person model's word on both, ``speaker_features``."""
N_MENTION = 6
"""A mention's cell: its share; whether it is a name, a pronoun, a subject, an object, in a quote."""
_OBJECTS = ("obj", "iobj", "obl")


@dataclass(frozen=True, slots=True)
class Row:
    """A line or mention: its first token, its number, and numbers about it for some people (n, columns)."""

    token: int
    k: int
    line: bool
    people: tuple[int, ...]
    x: Floats


@dataclass(frozen=True, slots=True)
class Grid:
    """A stretch of ``n`` rows and ``p`` people.

    ``entity`` (p,); ``rows``; ``line`` (n,); ``wanted`` (n,) whether the row is asked, not only seen;
    ``there`` (n, p) whether a row says anything of a person; ``lines`` (n, p, N_LINE) and ``mentions``
    (n, p, N_MENTION), 0 where it does not; ``weight`` (p, 2): how much each is meant, as logarithm and share.
    ``paragraph``, ``sentence``, ``token`` (n,).
    """

    entity: tuple[int, ...]
    rows: tuple[Row, ...]
    line: Ints
    wanted: Ints
    there: Floats
    lines: Floats
    mentions: Floats
    weight: Floats
    token: Ints
    paragraph: Ints
    sentence: Ints


def line_rows(
    outer: Sequence[int],
    tokens: Ints,
    candidates: Sequence[QuoteCandidates],
    tables: Sequence[Doubles],
) -> list[Row]:
    """A row for each line in ``outer`` with candidates; ``tables`` (n, n + 1) are P(speaker, addressee)."""
    out = []
    for k in outer:
        c, table = candidates[k], tables[k]
        n = len(c.entity)
        if n:
            prior = c.prior[:n] if c.prior is not None else np.zeros((n, 2))
            shares = np.stack([table.sum(axis=1), table.sum(axis=0)[:n]], axis=1)
            x = np.concatenate([shares, prior, c.features], axis=1, dtype=np.float32)
            out.append(Row(int(tokens[k]), k, True, tuple(c.entity.tolist()), x))
    return out


def mention_rows(evidence: Evidence, beliefs: Sequence[Distribution]) -> list[Row]:
    """A row for each mention of a person, but in quotes only for names, descriptions, "he" and "she"."""
    m, layout = evidence.mentions, evidence.layout
    relations = evidence.syntax.deprel
    classes = evidence.anaphors.cls
    out = []
    for k in np.flatnonzero(m.type == 0).tolist():
        t, d = int(m.token_start[k]), beliefs[k][:SHARES]
        in_quote = layout.quote[t] >= 0
        if not d or (m.kind[k] == 2 and in_quote and classes[k] not in THIRD):
            continue
        head = int(m.head_token[k])
        relation = relations[head].partition(":")[0] if head < len(relations) else ""
        signs = (m.kind[k] == 0, m.kind[k] == 2, relation == "nsubj", relation in _OBJECTS, in_quote)
        x = np.asarray([(p, *signs) for _, p in d], dtype=np.float32)
        out.append(Row(t, k, False, tuple(e for e, _ in d), x))
    return out


def grids(rows: Sequence[Row], paragraph: Ints, sentence: Ints) -> Iterator[Grid]:
    """The stretches of a story, each asking rows of its own. Cost: linear in rows.

    ``paragraph``, ``sentence`` (n_tokens,): which one a token stands in.
    """
    ordered = sorted(rows, key=lambda r: (r.token, r.line))
    n = len(ordered)
    core = n if n <= WHOLE else CORE
    for at in range(0, n, max(1, core)):
        low, high = max(0, at - BESIDE), min(n, at + core + BESIDE)
        yield _grid(ordered[low:high], at - low, min(n, at + core) - low, paragraph, sentence)


def _grid(rows: Sequence[Row], first: int, end: int, paragraph: Ints, sentence: Ints) -> Grid:
    mass: dict[int, float] = defaultdict(float)
    for r in rows:
        for e, x in zip(r.people, r.x[:, 0].tolist(), strict=True):
            mass[e] += x
    entity = sorted(mass, key=lambda e: (-mass[e], e))[:PEOPLE]
    column = {e: i for i, e in enumerate(entity)}
    n, p = len(rows), len(entity)
    there = np.zeros((n, p), np.float32)
    lines, mentions = np.zeros((n, p, N_LINE), np.float32), np.zeros((n, p, N_MENTION), np.float32)
    for j, r in enumerate(rows):
        into = lines if r.line else mentions
        for e, x in zip(r.people, r.x, strict=True):
            if e in column:
                there[j, column[e]] = 1.0
                into[j, column[e]] = x
    own = np.asarray([mass[e] for e in entity])
    token = np.asarray([r.token for r in rows], np.int32)
    wanted = np.zeros(n, np.int32)
    wanted[first:end] = 1
    return Grid(
        entity=tuple(entity),
        rows=tuple(rows),
        line=np.asarray([r.line for r in rows], np.int32),
        wanted=wanted,
        there=there,
        lines=lines,
        mentions=mentions,
        weight=np.stack([np.log1p(own), own / max(sum(mass.values()), 1e-9)], axis=1).astype(np.float32),
        token=token,
        paragraph=paragraph[token],
        sentence=sentence[token],
    )


# ------------------------------------------------------------------ how two rows stand to each other
DISTANCES = (1, 4, 8, 16, 32, 64, 128, 256, 512)
"""Tokens between two rows, in steps; before and after are told apart."""
N_FAR, N_BESIDE, N_ORDER = 2 * (len(DISTANCES) + 1), 14, 44


def standing(g: Grid) -> tuple[Ints, Ints, Ints]:
    """How row j stands to row i, as (n, n) numbers below N_FAR, N_BESIDE and N_ORDER.

    Tokens between them; paragraphs between them (up to three) and whether they share a sentence; lines
    between them (up to five) and which of the two is a line.
    """
    d = g.token[None] - g.token[:, None]
    step = np.digitize(np.abs(d), DISTANCES)
    far = np.where(d < 0, step, step + len(DISTANCES) + 1)
    between = np.clip(g.paragraph[None] - g.paragraph[:, None], -3, 3) + 3
    beside = between * 2 + (g.sentence[None] == g.sentence[:, None])
    nth = np.cumsum(g.line)
    order = (np.clip(nth[None] - nth[:, None], -5, 5) + 5) * 4 + g.line[:, None] * 2 + g.line[None]
    return far.astype(np.int32), beside.astype(np.int32), order.astype(np.int32)
