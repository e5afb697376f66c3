"""One decision: who speaks each line and to whom, weighed once more among all that stands around it.

The conversation decoder knows a line and the one before it. A small network over a grid of lines, mentions
and people sees what is said and told on either side: it looks along the rows for each person and across the
people of each row, in turn (axial attention, Ho et al. 2019; people are a set, Zaheer et al. 2017). It is
learnt by training/lines.py.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from fabula.encoder.session import model_folder
from fabula.encoder.weights import Weights, linear, load_weights, softmax
from fabula.errors import ModelError
from fabula.heads.evidence import Evidence
from fabula.resolve.conversations import Doubles
from fabula.resolve.coref import EntityBeliefs
from fabula.resolve.line_grid import N_LINE, Grid, grids, line_rows, mention_rows, standing
from fabula.resolve.speaker_features import QuoteCandidates
from fabula.types import Floats

MODEL = "lines.npz"
HEADS = 4
BLOCKS = 3
FAINT = 1e-3
"""The least probability that the network is told."""
FAR = 5.0
"""Standardised features are held within this."""


@lru_cache(maxsize=2)
def line_weights(folder: Path) -> Weights | None:
    """The weights in ``folder``; None if it has none, as a folder made before there were any.

    Raises ``ModelError`` if they are damaged or made for other features.
    """
    path = folder / MODEL
    if not path.exists():
        return None
    w = load_weights(path)
    if "cell.line.weight" not in w or w["cell.line.weight"].shape[1] != N_LINE:
        raise ModelError(str(path), "was made for other features", "Install fabula again")
    return w


def weighed(
    evidence: Evidence,
    entities: EntityBeliefs,
    candidates: Sequence[QuoteCandidates],
    tables: Sequence[Doubles],
    outer: Sequence[int],
    settled: Collection[int],
    weights: Weights | None = None,
) -> list[Doubles]:
    """``tables`` of P(speaker, addressee), (n, n + 1) a quote, with those in ``outer`` weighed once more.

    Who speaks the lines in ``settled`` stays as it is. Without ``weights``, those of the model folder. All
    lines are weighed by what was believed before. Cost: linear in lines and mentions.
    """
    out = list(tables)
    weights = weights if weights is not None else line_weights(model_folder())
    if weights is None:
        return out
    layout = evidence.layout
    rows = line_rows(outer, layout.quote_tokens[:, 0], candidates, tables)
    if not rows:
        return out
    rows += mention_rows(evidence, entities.distribution)
    for grid in grids(rows, layout.paragraph, layout.sentence):
        if not (grid.line & grid.wanted).any():
            continue
        speaks, hears = scores(weights, grid)
        for j in np.flatnonzero(grid.line & grid.wanted).tolist():
            row = grid.rows[j]
            column = [grid.entity.index(e) if e in grid.entity else -1 for e in row.people]
            out[row.k] = _joined(out[row.k], column, speaks[j], hears[j], row.k in settled)
    return out


def _joined(table: Doubles, column: Sequence[int], speaks: Floats, hears: Floats, settled: bool) -> Doubles:
    """The table with the candidates that have a column shared out anew; nobody speaks to himself.

    To whom, if this one speaks, is the mean of what the decoder and the network say: on held-out lines
    better than either (decision 0031).
    """
    n = len(column)
    seen = np.asarray([c >= 0 for c in column])
    if not seen.any():
        return table
    who = np.asarray([c for c in column if c >= 0])
    speaker, hearer = table.sum(axis=1), table.sum(axis=0)
    if not settled:
        speaker[seen] = speaker[seen].sum() * softmax(speaks[None, who])[0]
    heard = np.flatnonzero(seen)
    hearer[heard] = hearer[heard].sum() * softmax(hears[None, who])[0]
    anew = np.repeat(hearer[None], n, axis=0)
    anew[np.arange(n), np.arange(n)] = 0.0
    return np.asarray(speaker[:, None] * 0.5 * (_by_row(table) + _by_row(anew)))


def _by_row(table: Doubles) -> Doubles:
    """Each row as shares of 1; nobody known, where it is empty."""
    total = table.sum(axis=1, keepdims=True)
    nobody = np.zeros_like(table)
    nobody[:, -1] = 1.0
    return np.where(total > 1e-300, table / np.maximum(total, 1e-300), nobody)


# ------------------------------------------------------------------ the network
def scores(w: Weights, g: Grid) -> tuple[Floats, Floats]:
    """Scores (n, p) that each person speaks, and is spoken to, in each row; of use for lines alone."""
    is_line = g.line[:, None, None].astype(np.float32)
    lines = _standard(w, "line", g.lines) * g.there[..., None]
    mentions = _standard(w, "mention", g.mentions) * g.there[..., None]
    h = is_line * linear(w, "cell.line", lines) + (1 - is_line) * linear(w, "cell.mention", mentions)
    share = np.where(g.line[:, None, None] > 0, g.lines[..., :2], g.mentions[..., [0, 0]])
    log = np.log(np.maximum(share, FAINT))
    h = h + linear(w, "belief", np.concatenate([log / 3, share, log - log.max(axis=1, keepdims=True)], -1))
    h = h + w["kind"][g.line][:, None] + (1 - g.there[..., None]) * w["absent"][g.line][:, None]
    h = h + linear(w, "person", g.weight)[None]
    far, beside, order = standing(g)
    for b in range(BLOCKS):
        name = f"block.{b}"
        bias = w[f"{name}.far"][far] + w[f"{name}.beside"][beside] + w[f"{name}.order"][order]
        h = _block(w, name, h, bias)
    out = linear(w, "out", _normal(w, "last", h)) + linear(w, "straight", lines)
    out = out + w["trust"] * log - (1 - g.there[..., None]) * 1e4
    return out[..., 0], out[..., 1]


def _standard(w: Weights, name: str, x: Floats) -> Floats:
    return np.asarray(np.clip((x - w[f"{name}.mean"]) / w[f"{name}.spread"], -FAR, FAR))


def _normal(w: Weights, name: str, h: Floats) -> Floats:
    """Layer normalisation."""
    h = h - h.mean(axis=-1, keepdims=True)
    h = h / np.sqrt((h * h).mean(axis=-1, keepdims=True) + 1e-5)
    return np.asarray(h * w[f"{name}.weight"] + w[f"{name}.bias"])


def _block(w: Weights, name: str, h: Floats, bias: Floats) -> Floats:
    """Look along the rows, for each person; then across the people, in each row."""
    n, p, d = h.shape
    q, k, v = np.split(linear(w, f"{name}.look", _normal(w, f"{name}.first", h)), 3, axis=-1)

    def by_head(x: Floats) -> Floats:
        return x.reshape(n, p, HEADS, d // HEADS).transpose(1, 2, 0, 3)

    s = by_head(q) @ by_head(k).swapaxes(-1, -2) / np.sqrt(d // HEADS) + bias.transpose(2, 0, 1)
    s = np.exp(s - s.max(axis=-1, keepdims=True))
    seen = (s / s.sum(axis=-1, keepdims=True)) @ by_head(v)
    h = h + linear(w, f"{name}.seen", seen.transpose(2, 0, 1, 3).reshape(n, p, d))
    z = _normal(w, f"{name}.second", h)
    mean, most = (np.broadcast_to(x, z.shape) for x in (z.mean(1, keepdims=True), z.max(1, keepdims=True)))
    wide = np.maximum(linear(w, f"{name}.wide", np.concatenate([z, mean, most], -1)), 0)
    return np.asarray(h + linear(w, f"{name}.narrow", wide), dtype=np.float32)
