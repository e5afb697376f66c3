"""Train the classifier of acts over the frozen, shipped encoder; fit who is meant, and the confidence.

    python -m training.acts --out runs/acts

Needs no torch. The labelled texts are read once (kept in --out; delete the folder after new weights or code);
then three steps, half an hour on one core:

1. The classifier of ``heads/acts.py``, on the marked stories that may be learnt from, the labelled passages
   of ``training/novels``, and the dev passages.
2. Who is meant (``ledger/who.py``), on the same texts but for the dev passages, whose people nobody has said.
3. The confidence (``ledger/sure.py``), on the stories held out and on the passages, read end to end with the
   people as found; a passage is scored by a classifier that has not seen its book.

Writes acts.npz, which goes into src/fabula/model/.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from fabula.encoder.session import model_folder
from fabula.heads.acts import KINDS
from fabula.heads.feelings import encoder_mark
from fabula.ledger.clauses import Clauses, read_clauses
from fabula.ledger.events import TELLING
from fabula.ledger.slots import BUCKETS, Slot, slots_of
from fabula.lexicon.speech_acts import SPEECH_KINDS
from training.act_data import (
    GoldAct,
    Labelled,
    Reader,
    arguments,
    labelled_passages,
    labelled_stories,
    settings_of,
)
from training.act_model import fit_places, fit_tokens, fit_words, folded, standard
from training.act_novels import labelled_novels
from training.act_score import fit_confidence, gold_of, joined, rows_of
from training.pack import pack

PACKED = 4000
"""Numbers from which on a matrix is kept in 8 bits."""
Array = npt.NDArray[Any]

HIDDEN = 128
TOKENS: dict[str, Any] = {"epochs": 14, "rate": 2e-3, "decay": 0.3, "drop": 0.3}
WORDS: dict[str, Any] = {"epochs": 14, "rate": 2e-3, "decay": 0.3, "drop": 0.3}
FOLDS = 3
"""So many times the classifier is trained without a part of the passages, for their confidence."""
NEGATIVES = 0.4
"""The share of tokens that tell nothing that is learnt from."""


class Columns:
    """What the networks learn from, gathered text by text."""

    def __init__(self) -> None:
        self.x: list[Array] = []
        self.y: list[Array] = []
        self.weight: list[Array] = []
        self.words: list[Array] = []
        self.first: list[int] = [0]
        self.said: list[Array] = []
        self.said_weight: list[Array] = []
        self.rng = np.random.default_rng(0)

    def add(self, text: Labelled, c: Clauses) -> None:
        """Take the labelled part of a text."""
        y, weight, said, said_weight, bounds = targets(text, c)
        starts = c.analysis.story.tokens.start
        inside = (starts >= text.start) & (starts < text.end) & np.asarray(c.told)
        telling = inside & np.asarray([u in TELLING for u in c.upos])
        some = y.any(axis=1) | (weight[:, :-1] == 0).any(axis=1)
        chosen = (telling & (self.rng.random(len(y)) < NEGATIVES)) | (some & inside)
        share = np.where(some, 1.0, 1 / NEGATIVES)[:, None]
        self.x.append(text.reading.vectors[chosen])
        self.y.append(y[chosen])
        self.weight.append((weight * share)[chosen])
        for s, (a, b) in enumerate(bounds):
            if inside[a] and inside[b - 1]:
                self.words.append(text.reading.vectors[a:b])
                self.first.append(self.first[-1] + b - a)
                self.said.append(said[s])
                self.said_weight.append(said_weight[s])


def targets(text: Labelled, c: Clauses) -> tuple[Array, Array, Array, Array, list[tuple[int, int]]]:
    """Labels as columns: ``y`` and weights (n_tokens, len(KINDS) + 1), those of stretches, and their ranges.

    The last column of tokens is whether what is told did not happen, weighed only where something is told.
    """
    from fabula.heads.acts import stretches

    n = len(c.form)
    y, weight = np.zeros((n, len(KINDS) + 1), np.float32), np.ones((n, len(KINDS) + 1), np.float32)
    weight[:, -1] = 0
    number = stretches(np.asarray(c.quote), np.asarray(c.sentence), np.asarray(c.told, np.int32))
    count = int(number.max(initial=-1)) + 1
    said = np.zeros((count, len(SPEECH_KINDS)), np.float32)
    said_weight = np.ones_like(said)
    bounds = [(0, 0)] * count
    for s in range(count):
        at = np.flatnonzero(number == s)
        bounds[s] = int(at[0]), int(at[-1]) + 1
    cued = {q.cue.start: q for q in c.analysis.quotes if q.cue is not None}
    for act in text.acts:
        a, b = tokens_within(c, act)
        if b <= a:
            continue
        if act.words:
            hit = [s for s in number[a:b].tolist() if s >= 0]
            if hit:
                s = max(set(hit), key=hit.count)
                _mark(said[s], said_weight[s], act, SPEECH_KINDS)
                # The same words go on in the next sentence: nobody can say which of them does it.
                for other in set(hit) - {s}:
                    said_weight[other, [SPEECH_KINDS.index(k) for k in act.kinds if k in SPEECH_KINDS]] = 0
            continue
        t = root(c, a, b)
        _mark(y[t], weight[t], act, KINDS)
        y[t, -1] = float(act.negated or act.hypothetical)
        weight[t, -1] = 1
        q = cued.get(int(c.analysis.story.tokens.start[t]))
        if q is not None and act.kinds[0] in SPEECH_KINDS:
            # What narration names is not labelled in the words.
            i, j = np.searchsorted(c.analysis.story.tokens.start, [q.start, q.end])
            for s in set(number[i:j].tolist()) - {-1}:
                said_weight[s, [SPEECH_KINDS.index(k) for k in act.kinds if k in SPEECH_KINDS]] = 0
    return y, weight, said, said_weight, bounds


def _mark(row: Array, weight: Array, act: GoldAct, kinds: Sequence[str]) -> None:
    first, *others = act.kinds
    if first in kinds:
        row[kinds.index(first)] = 1
        weight[kinds.index(first)] = 1
    for other in others:
        if other in kinds and not row[kinds.index(other)]:
            weight[kinds.index(other)] = 0


def tokens_within(c: Clauses, act: GoldAct) -> tuple[int, int]:
    """The tokens that stand in an act's words, [a, b)."""
    tokens = c.analysis.story.tokens
    a = int(np.searchsorted(tokens.end, act.start, side="right"))
    return a, int(np.searchsorted(tokens.start, act.end, side="left"))


def root(c: Clauses, a: int, b: int) -> int:
    """The token of [a, b) on which the others hang; of several the first that may tell an act."""
    tops = [t for t in range(a, b) if not a <= c.head[t] < b]
    telling = [t for t in tops if c.upos[t] in ("VERB", "NOUN")] or [
        t for t in range(a, b) if c.upos[t] == "VERB"
    ]
    return (telling or [t for t in tops if c.upos[t] in TELLING] or tops or [a])[0]


def begin_of(c: Clauses, t: int) -> int:
    """The first token of the stretch of speech that ``t`` stands in."""
    while t > 0 and c.quote[t - 1] == c.quote[t] and c.sentence[t - 1] == c.sentence[t]:
        t -= 1
    return t


# ------------------------------------------------------------------ who
Example = tuple[list[tuple[int, ...]], list[bool]]


def who_examples(text: Labelled, c: Clauses) -> tuple[list[Example], list[Example], list[int]]:
    """Places and which are right, for agents, then for patients; and how many labels had none right."""
    agents: list[Example] = []
    patients: list[Example] = []
    missed = [0, 0, 0, 0]
    for act in text.acts:
        a, b = tokens_within(c, act)
        if b <= a or act.agent is None or not act.told:
            continue
        t = root(c, a, b) if not act.words else begin_of(c, a)
        slots = slots_of(c, t, act.kinds[0], act.words)
        people = [_person(text, s) for s in slots]
        if not act.words:
            missed[0] += 1
            if act.agent in people:
                agents.append(([s.features for s in slots], [p == act.agent for p in people]))
            else:
                missed[1] += 1
        if act.patient is None or act.patient == act.agent:
            continue
        rest = [(s, p) for s, p in zip(slots, people, strict=True) if p != act.agent]
        missed[2] += 1
        if any(p == act.patient for _, p in rest):
            patients.append(([s.features for s, _ in rest], [p == act.patient for _, p in rest]))
        else:
            missed[3] += 1
    return agents, patients, missed


def _person(text: Labelled, s: Slot) -> str | None:
    if s.mention >= 0:
        return text.mention[s.mention]
    if s.speaker >= 0:
        return text.speaker[s.speaker]
    heard = text.heard[s.heard]
    return heard[0] if len(heard) == 1 else None


# ------------------------------------------------------------------ all of it
def train_head(texts: Iterable[Labelled], seed: int = 1) -> dict[str, Array]:
    """The classifier's weights."""
    columns = Columns()
    for text in texts:
        c = read_clauses(text.reading.analysis)
        if c is not None:
            columns.add(text, c)
    x, words = np.concatenate(columns.x), np.concatenate(columns.words)
    mean, std = standard(words)
    x = ((x - mean) / std).astype(np.float16)
    words = ((words - mean) / std).astype(np.float16)
    print(f"{len(x)} tokens, {len(columns.said)} stretches of speech", flush=True)
    p = fit_tokens(
        x, np.concatenate(columns.y), np.concatenate(columns.weight).astype(np.float32), HIDDEN, seed=seed,
        **TOKENS,
    )  # fmt: skip
    p |= fit_words(
        words, np.asarray(columns.first), np.stack(columns.said), np.stack(columns.said_weight), HIDDEN,
        seed=seed, **WORDS,
    )  # fmt: skip
    for layer in ("tokens", "words"):
        folded(p, layer, mean, std)
    return p


def train_who(texts: Iterable[Labelled], penalty: float = 1.0) -> Array:
    """The scorer's weights, (2, BUCKETS): of agents, of patients."""
    agents: list[Example] = []
    patients: list[Example] = []
    missed = np.zeros(4, int)
    for text in texts:
        c = read_clauses(text.reading.analysis)
        if c is not None:
            a, b, m = who_examples(text, c)
            agents += a
            patients += b
            missed += m
    print(f"agents {missed[0]}, of them nowhere named {missed[1]}; patients {missed[2]}, {missed[3]}")
    return np.stack([fit_places(some, BUCKETS, penalty) for some in (agents, patients)])


def train_heads(learnt: Sequence[Labelled], passages: Sequence[Labelled]) -> dict[str, Array]:
    """The classifier, and the scorer of people, which learns from ``learnt`` alone; packed."""
    return pack({**train_head([*learnt, *passages]), "who.weight": train_who(learnt)}, PACKED)


def train_all(
    learnt: Sequence[Labelled], held: Sequence[Labelled], passages: Sequence[Labelled]
) -> dict[str, Any]:
    """All arrays of acts.npz."""
    packed = train_heads(learnt, passages)
    several = [rows_of(packed, held)]
    books = sorted({t.book for t in passages})
    for f in range(FOLDS):
        away = set(books[f::FOLDS])
        out = [t for t in passages if t.book in away]
        if out:
            without = [[t for t in texts if t.book not in away] for texts in (learnt, passages)]
            several.append(rows_of(train_heads(*without), out))
    gold = sum(len(gold_of(t)[0]) for t in passages)
    sure = fit_confidence(joined(several), gold)
    return {**packed, **sure, "encoder": encoder_mark(model_folder())}


def main() -> None:
    """Run the command line."""
    chosen = arguments(__doc__).parse_args()
    reader = Reader(chosen.out / "read")
    passages = list(labelled_passages(reader, settings_of(chosen.data)))
    learnt = [*labelled_stories(reader, held=False), *labelled_novels(reader, chosen.data)]
    arrays = train_all(learnt, list(labelled_stories(reader, held=True)), passages)
    np.savez_compressed(chosen.out / "acts.npz", **arrays)
    print(f"{(chosen.out / 'acts.npz').stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
