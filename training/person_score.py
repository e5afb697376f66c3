"""How many questions the person model answers right on held-out texts, by source and kind."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch

from fabula.encoder.person_windows import PersonWindow
from fabula.encoder.pieces import PieceEncoder
from training.person_batch import Questions, collate
from training.person_data import People
from training.person_model import Persons
from training.person_read import Read, sample_read
from training.person_windows import sample

THIRD = frozenset(["he", "him", "his", "himself", "she", "her", "hers", "herself"])
QUESTIONS = ("pronoun", "description", "speaker", "hearer", "I", "you")
AT_ONCE = 32


@dataclass(frozen=True, slots=True)
class Exam:
    """A window, its questions, which of these are about "he" and "she", and the name its figures go by."""

    window: PersonWindow
    questions: Questions
    third: np.ndarray
    name: str


def _exam(w: PersonWindow, q: Questions, tokens: Sequence[str], name: str) -> Exam:
    return Exam(w, q, np.asarray([tokens[t].lower() in THIRD for t in q.token], bool), name)


def exams(items: Sequence[People], pieces: PieceEncoder, *, revealed: bool = False) -> list[Exam]:
    """All windows of texts whose header is true: all asked at once, names known.

    Or, ``revealed``, a quarter asked and all else known.
    """
    rng = random.Random(7)
    out = []
    for d in items:
        at = 0
        while at < len(d.tokens) - 20:
            w, q, end, _ = sample(d, at, pieces, None, rng if revealed else None)
            out.append(_exam(w, q, d.tokens[at:], ("known " if revealed else "") + d.source))
            at = end
    return out


def exams_read(items: Sequence[Read], pieces: PieceEncoder) -> list[Exam]:
    """All windows of texts as the program lays them out."""
    rng = random.Random(7)
    out = []
    for r in items:
        at = 0
        while at < len(r.people.tokens) - 20:
            w, q, end = sample_read(r, at, pieces, rng, {}, plain=True)
            out.append(_exam(w, q, r.people.tokens[at:], f"read {r.people.source}"))
            at = end
    return out


@torch.no_grad()
def evaluate(model: Persons, held: Sequence[Exam], device: torch.device) -> dict[str, float]:
    """The shares right, in percent, of what is asked at all."""
    model.eval()
    ok: Counter[str] = Counter()
    n: Counter[str] = Counter()
    asked = [x for x in held if len(x.questions.kind)]
    for k in range(0, len(asked), AT_ONCE):
        part = asked[k : k + AT_ONCE]
        batch = collate([x.window for x in part], [x.questions for x in part]).to(device)
        best = model.scores(batch).argmax(2)
        hits = batch.right.gather(2, best[..., None])[..., 0].cpu().numpy()
        for x, hit in zip(part, hits, strict=True):
            kind = x.questions.kind
            told = x.questions.weight > 0
            kinds = [(name, kind == c) for c, name in enumerate(QUESTIONS)]
            for name, chosen in [*kinds, ("he/she", x.third & (kind == 0))]:
                ok[f"{x.name} {name}"] += int(hit[: len(kind)][chosen & told].sum())
                n[f"{x.name} {name}"] += int((chosen & told).sum())
    model.train()
    return {k: round(100 * ok[k] / c, 1) for k, c in sorted(n.items()) if c}
