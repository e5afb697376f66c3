"""How well the reading branch does in training: quick figures on true histories, not the scorer's."""

from __future__ import annotations

import math

import numpy as np
import torch
from torch import Tensor

from fabula.encoder.pieces import PieceEncoder
from fabula.heads.pair_features import pair_features
from fabula.types import Ints
from training import batches
from training.documents import Document
from training.model import Reader


def decode_spans(scores: Tensor, threshold: float = 0.0) -> tuple[Ints, Ints]:
    """Mentions above a logit: starts and ends (half-open), crossing spans resolved for the higher score."""
    scores = scores.cpu()
    at, length = (x.numpy() for x in torch.nonzero(scores > threshold, as_tuple=True))
    value = scores[at, length].numpy()
    kept: list[tuple[int, int]] = []
    for k in np.argsort(-value)[: len(scores) // 2]:
        s, e = int(at[k]), int(at[k] + length[k] + 1)
        if not any(a < s < b < e or s < a < e < b for a, b in kept if a < e and s < b):
            kept.append((s, e))
    kept.sort(key=lambda x: (x[0], -x[1]))
    r = np.asarray(kept, dtype=np.int32).reshape(-1, 2)
    return r[:, 0], r[:, 1]


@torch.no_grad()
def evaluate(model: Reader, documents: list[Document], pieces: PieceEncoder) -> dict[str, float]:
    """Span, event and antecedent scores on gold (links) and predicted (spans) mentions.

    Quick, and not the scorer's.
    """
    model.eval()
    c: dict[str, float] = dict.fromkeys(
        ("tp", "p", "g", "etp", "ep", "eg", "lab", "link", "linkn", "he", "hen", "spk", "spkn"), 0
    )
    for d in documents:
        device = model.device
        with torch.autocast(device.type, dtype=torch.bfloat16):
            x = model.tokens(batches.windows(d, pieces, overlap=batches.OVERLAP).to(device))
        x = x.float()
        inside = batches.span_mask(d).to(device)
        s, e = decode_spans(model.mentions(x).masked_fill(~inside, -99.0))
        by = {(r[0], r[1]): r for r in d.mentions.tolist()}
        c["tp"] += sum((a, b) in by for a, b in zip(s.tolist(), e.tolist(), strict=True))
        c["p"] += len(s)
        c["g"] += len(by)
        ev = (model.events(x) > 0).cpu().numpy()
        c["etp"] += int((ev & (d.events > 0)).sum())
        c["ep"] += int(ev.sum())
        c["eg"] += int(d.events.sum())
        quotes = d.quotes[d.quotes[:, 2] >= 0]
        a = batches.anaphors(d, d.mentions, quotes)
        i, j = batches.candidate_pairs(a)
        f, start, end, kind, ti, tj = (
            torch.from_numpy(c.astype(np.int64)).to(device)
            for c in (pair_features(a, i, j), a.start, a.end, a.kind, i, j)
        )
        g = model.pairs.spans(x, start, end, a.n_mentions)
        sc = model.pairs(g, ti, tj, f, kind).cpu().numpy()
        none = model.pairs.none(g, kind).cpu().numpy()
        entity = np.concatenate([d.mentions[:, 4], quotes[:, 2]])
        seen: set[int] = set()
        order = np.searchsorted(i, np.arange(len(kind) + 1))
        for k in range(len(kind)):
            lo, hi = order[k], order[k + 1]
            mass: dict[int, float] = {-1: math.exp(min(30.0, none[k]))}
            for q in range(lo, hi):
                mass[int(entity[j[q]])] = mass.get(int(entity[j[q]]), 0.0) + math.exp(min(30.0, sc[q]))
            if k >= a.n_mentions:
                mass.pop(-1)
            best = max(mass, key=lambda q: mass[q]) if mass else -1
            if entity[k] < 0:
                continue
            truth = int(entity[k]) if (int(entity[k]) in seen or k >= a.n_mentions) else -1
            if k < a.n_mentions:
                seen.add(int(entity[k]))
                c["link"] += best == truth
                c["linkn"] += 1
                word = d.tokens[a.start[k]].lower()
                if (
                    word in {"he", "him", "his", "himself", "she", "her", "hers", "herself"}
                    and a.kind[k] == 2
                ):
                    c["he"] += best == truth
                    c["hen"] += 1
            else:
                c["spk"] += best == truth
                c["spkn"] += 1
    model.train()
    return {
        "mention F1": _f1(c["tp"], c["p"], c["g"]),
        "event F1": _f1(c["etp"], c["ep"], c["eg"]),
        "links, gold history": 100 * c["link"] / max(1, c["linkn"]),
        "he/she, gold history": 100 * c["he"] / max(1, c["hen"]),
        "speaker, gold mentions": 100 * c["spk"] / max(1, c["spkn"]),
    }


def _f1(right: float, predicted: float, gold: float) -> float:
    return 200 * right / max(1, predicted + gold)
