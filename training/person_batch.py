"""Windows and their questions as padded tensors, so that a step is the same few products for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Self

import numpy as np
import torch
from torch import Tensor

from fabula.encoder.person_windows import (
    HEARER,
    INSIDE,
    REACH,
    SPEAKER,
    PersonWindow,
    bias_index,
    link_index,
    marked_places,
    quote_zones,
)  # fmt: skip


@dataclass(slots=True)
class Questions:
    """Of one window: kind (n,), token (n,), and whether each entry is a right answer (n, n_entries).

    ``first``, ``last``: of questions about quotes, the tokens that open and close it.
    """

    kind: np.ndarray
    token: np.ndarray
    right: np.ndarray
    weight: np.ndarray
    first: np.ndarray
    last: np.ndarray


@dataclass(slots=True)
class Batch:
    """b windows of at most n pieces, q questions, k marked places and e entries; padded with nought.

    ``ids``, ``features``, ``slots``, ``said`` (b, n); ``real`` (b, n) where a piece stands. ``kind``,
    ``weight``, ``asked`` (b, q), ``at`` (b, q, 2) in pieces. ``key``, ``marked`` (b, k), ``span``
    (b, k, 2), ``entry`` (b, k). ``bias`` (b, q, k), ``apart`` (b, q, q): indices of biases. ``right``
    (b, q, e), ``there`` (b, e). Of the s questions about quotes: ``row``, ``which``, ``hears`` (s,),
    ``index``, ``zone`` (s, m).
    """

    ids: Tensor
    features: Tensor
    slots: Tensor
    said: Tensor
    real: Tensor
    kind: Tensor
    weight: Tensor
    asked: Tensor
    at: Tensor
    key: Tensor
    marked: Tensor
    span: Tensor
    entry: Tensor
    bias: Tensor
    apart: Tensor
    right: Tensor
    there: Tensor
    row: Tensor
    which: Tensor
    hears: Tensor
    index: Tensor
    zone: Tensor

    def to(self, device: torch.device) -> Self:
        """The batch on ``device``; indices widened there."""
        moved = {f.name: getattr(self, f.name).to(device, non_blocking=True) for f in fields(self)}
        wide = {
            n: t.long() if not t.is_floating_point() and t.dtype != torch.bool else t
            for n, t in moved.items()
        }
        return type(self)(**wide)


def collate(windows: Sequence[PersonWindow], questions: Sequence[Questions]) -> Batch:
    """One batch of windows, each with its questions."""
    places = [marked_places(w) for w in windows]
    b = len(windows)
    n = max(len(w.ids) for w in windows)
    q = max(1, *(len(x.kind) for x in questions))
    k = max(len(p.key) for p in places)
    e = max(len(w.entry) for w in windows)
    narrow, wide = np.int16, np.int32
    out: dict[str, np.ndarray] = {
        **{name: np.zeros((b, n), narrow) for name in ("ids", "features", "slots", "said")},
        "real": np.zeros((b, n), bool),
        "kind": np.zeros((b, q), narrow), "weight": np.zeros((b, q), np.float32),
        "asked": np.zeros((b, q), bool), "at": np.tile(np.array([0, 1], narrow), (b, q, 1)),
        "key": np.zeros((b, k), narrow), "marked": np.zeros((b, k), bool),
        "span": np.tile(np.array([0, 1], narrow), (b, k, 1)), "entry": np.zeros((b, k), narrow),
        "bias": np.zeros((b, q, k), narrow), "apart": np.zeros((b, q, q), narrow),
        "right": np.zeros((b, q, e), bool), "there": np.zeros((b, e), bool),
    }  # fmt: skip
    rows: list[tuple[np.ndarray, ...]] = []
    for r, (w, x, p) in enumerate(zip(windows, questions, places, strict=True)):
        for name in ("ids", "features", "slots", "said"):
            out[name][r, : len(w.ids)] = getattr(w, name)
        out["real"][r, : len(w.ids)] = True
        m, c = len(x.kind), len(p.key)
        at = np.stack([w.token[x.token], w.token[x.token + 1]], 1)
        out["kind"][r, :m], out["weight"][r, :m], out["asked"][r, :m] = x.kind, x.weight, True
        out["at"][r, :m] = at
        out["key"][r, :c], out["marked"][r, :c], out["span"][r, :c] = p.key, True, p.span
        out["entry"][r, :c] = p.entry
        out["bias"][r, :m, :c] = bias_index(w, x.kind, at[:, 0], p)
        out["apart"][r, :m, :m] = link_index(w, x.kind, at[:, 0])
        out["right"][r, :m, : len(w.entry)] = x.right
        out["there"][r, : len(w.entry)] = True
        of_quote = np.flatnonzero(np.isin(x.kind, (SPEAKER, HEARER)))
        if len(of_quote):
            index, zone = quote_zones(w, x.first[of_quote], x.last[of_quote])
            hears = x.kind[of_quote] == HEARER
            rows.append(
                (np.full(len(of_quote), r), of_quote, hears, index.astype(narrow), zone.astype(narrow))
            )
    m = REACH + INSIDE + REACH
    empty = (
        np.zeros(0, wide),
        np.zeros(0, wide),
        np.zeros(0, bool),
        np.zeros((0, m), narrow),
        np.zeros((0, m), narrow),
    )
    joined = [np.concatenate(c) for c in zip(*rows, strict=True)] if rows else list(empty)
    tensors = {name: torch.from_numpy(a) for name, a in out.items()}
    for name, a in zip(("row", "which", "hears", "index", "zone"), joined, strict=True):
        tensors[name] = torch.from_numpy(a)
    return Batch(**tensors)
