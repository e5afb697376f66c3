"""Documents to tensors: windows for the encoder, targets for the heads, pairs for the pair scorer."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from fabula.encoder.pieces import SPECIAL_FEATURE, PieceEncoder, cut_windows, normalise
from fabula.heads.pair_features import Anaphors, build_anaphors
from fabula.types import Ints
from training.documents import Document
from training.model import MAX_WIDTH, Windows

WINDOW, OVERLAP = 384, 48


def windows(d: Document, pieces: PieceEncoder, size: int = WINDOW, overlap: int = 0) -> Windows:
    """Encode a document's tokens and lay them in padded windows.

    With an overlap only the kept middles are read off.
    """
    p = pieces.encode(d.tokens, d.initial, d.quoted)
    cuts = cut_windows(p.first, d.sentence_starts, size - 2, overlap)
    widths = [int(p.first[b] - p.first[a]) + 2 for a, b, _, _ in cuts]
    ids = np.zeros((len(cuts), max(widths)), dtype=np.int64)
    features = np.full_like(ids, SPECIAL_FEATURE)
    mask = np.zeros(ids.shape, dtype=bool)
    rows, columns = [], []
    for k, (a, b, ka, kb) in enumerate(cuts):
        lo, hi, n = int(p.first[a]), int(p.first[b]), widths[k]
        ids[k, 0], ids[k, n - 1] = pieces.cls_id, pieces.sep_id
        ids[k, 1 : n - 1] = p.ids[lo:hi]
        features[k, 1 : n - 1] = p.features[lo:hi]
        mask[k, :n] = True
        kept = np.arange(int(p.first[ka]), int(p.first[kb]))
        rows.append(np.full(len(kept), k))
        columns.append(kept - lo + 1)
    return Windows(
        ids=torch.from_numpy(ids),
        features=torch.from_numpy(features),
        mask=torch.from_numpy(mask),
        rows=torch.from_numpy(np.concatenate(rows)),
        columns=torch.from_numpy(np.concatenate(columns)),
        token=torch.from_numpy(p.token.astype(np.int64)),
        n_tokens=len(d.tokens),
    )


def span_mask(d: Document) -> Tensor:
    """(n_tokens, MAX_WIDTH) true where a span stays within its sentence."""
    n = len(d.tokens)
    end_of = np.append(d.sentence_starts[1:], n)
    which = np.searchsorted(d.sentence_starts, np.arange(n), side="right") - 1
    room = end_of[np.clip(which, 0, None)] - np.arange(n)
    return torch.from_numpy(room[:, None] > np.arange(MAX_WIDTH)[None])


def span_target(d: Document) -> Tensor:
    """(n_tokens, MAX_WIDTH) 1.0 where a mention stands."""
    t = torch.zeros(len(d.tokens), MAX_WIDTH)
    for a, b, *_ in d.mentions.tolist():
        if b - a <= MAX_WIDTH:
            t[a, b - a - 1] = 1.0
    return t


def anaphors(d: Document, mentions: Ints, quotes: Ints) -> Anaphors:
    """Pair-feature columns for mentions (m, ≥4: start, end, type, kind) and quotes (q, ≥2)."""
    return build_anaphors(
        [normalise(t) for t in d.tokens],
        mentions[:, 0], mentions[:, 1], mentions[:, 2], mentions[:, 3],
        quotes[:, 0], quotes[:, 1], d.sentence_of, d.paragraph_of, d.quote_of,
    )  # fmt: skip


def candidate_pairs(a: Anaphors, back: int = 100, around: int = 40) -> tuple[Ints, Ints]:
    """(i, j) of every pair: ``back`` mentions before a mention, ``around`` on each side of a quote."""
    i, j = [], []
    for k in range(a.n_mentions):
        lo = max(0, k - back)
        i.append(np.full(k - lo, k))
        j.append(np.arange(lo, k))
    for k in range(a.n_mentions, len(a.start)):
        r = int(a.rank[k])
        end = int(np.searchsorted(a.start[: a.n_mentions], a.end[k]))
        lo, hi = max(0, r - around), min(a.n_mentions, end + around)
        i.append(np.full(hi - lo, k))
        j.append(np.arange(lo, hi))
    empty = np.zeros(0, dtype=np.int64)
    return np.concatenate([empty, *i]).astype(np.int64), np.concatenate([empty, *j]).astype(np.int64)
