"""Windows drawn at random from all that the person model learns from, singly or in batches by workers."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from torch.utils.data import IterableDataset, get_worker_info

from fabula.encoder.person_windows import PersonWindow
from fabula.encoder.pieces import PieceEncoder
from training import person_silver
from training.person_batch import Batch, Questions, collate
from training.person_data import People
from training.person_read import Read, one_gender_read, sample_read
from training.person_windows import new_names, one_gender, rename, sample

Window = tuple[PersonWindow, Questions]
SOURCES = ("silver", "litbank", "story", "read")
GAP_NAMES = 3
"""Of so many passages of GAP one gives its names to be exchanged for others."""
TOGETHER = 24
"""Passages of GAP in a batch of them: they are short."""


class Sampler:
    """Draws windows from all sources."""

    def __init__(
        self,
        litbank: list[People],
        silver: list[People],
        stories: list[People],
        reads: list[Read],
        tokenizer: Path,
        veil: float,
        seed: int,
        gap: Sequence[People] = (),
    ) -> None:
        """``veil``: at most so many of a window's plain word pieces are hidden."""
        self.rng = random.Random(seed)
        self.gap = gap
        self.reads = reads
        self.sources = {
            "litbank": litbank, "silver": silver, "story": stories, "read": [r.people for r in reads]
        }  # fmt: skip
        self.queues: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self.pieces = PieceEncoder.from_file(tokenizer)
        self.veil = veil
        self.pool: dict[str, list[str]] = defaultdict(list)
        for d in [*litbank, *stories, *gap[::GAP_NAMES]]:
            for w, g in d.name_words.items():
                self.pool[g].append(w)

    def batch(self, size: int, mix: Sequence[float]) -> Batch:
        """So many windows that ask something, of sources in these shares; empty sources have none."""
        shares = [m if self.sources[s] else 0.0 for m, s in zip(mix, SOURCES, strict=True)]
        return _batch(size, lambda: self.draw(self.rng.choices(SOURCES, shares)[0]))

    def passages(self) -> Batch:
        """Passages of GAP; all of them before any comes again."""
        return _batch(TOGETHER, self._passage)

    def _passage(self) -> Window:
        """A passage of GAP, with names exchanged in half of the cases."""
        rng, queue = self.rng, self.queues["gap"]
        if not queue:
            queue += [(k, 0) for k in rng.sample(range(len(self.gap)), len(self.gap))]
        d = self.gap[queue.pop()[0]]
        if rng.random() < 0.5:
            d = rename(d, self.pool, rng)
        if rng.random() < 0.2:
            d = one_gender(d, rng.choice(["he", "she"]))
        w, questions, _, _ = sample(d, 0, self.pieces, rng)
        return self._veiled(w), questions

    def draw(self, source: str) -> Window:
        """A window of the source; texts are gone through in random order with random phases."""
        rng, items = self.rng, self.sources[source]
        q = self.queues[source]
        if not q:
            for k, d in enumerate(items):
                at = -rng.randrange(300)
                while at < len(d.tokens) - 60:
                    q.append((k, max(at, 0)))
                    at += 330
            rng.shuffle(q)
        k, at = q.pop()
        d = items[k]
        starts = d.sentence_starts
        at = int(starts[max(0, int(np.searchsorted(starts, at, side="right")) - 1)])
        if source == "read":
            r = self.reads[k]
            new = new_names(d, self.pool, rng) if rng.random() < 0.7 else {}
            if rng.random() < 0.2:
                target = rng.choice(["he", "she"])
                r = one_gender_read(r, one_gender(d, target), target)
            w, questions, _ = sample_read(r, at, self.pieces, rng, new)
            return self._veiled(w), questions
        if source == "silver":
            d = person_silver.section(d, max(0, at - 600), min(len(d.tokens), at + 600))
            shift = min(at, 600)
            d = person_silver.hide(d, rng, rng.uniform(0.1, 0.6), rng.uniform(0.3, 0.9))
            starts = d.sentence_starts
            at = int(starts[max(0, int(np.searchsorted(starts, shift, side="right")) - 1)])
        else:
            if rng.random() < 0.8:
                d = rename(d, self.pool, rng)
            if rng.random() < 0.25:
                d = one_gender(d, rng.choice(["he", "she"]))
        w, questions, _, _ = sample(d, at, self.pieces, rng)
        return self._veiled(w), questions

    def _veiled(self, w: PersonWindow) -> PersonWindow:
        """The window with some of its plain words hidden, so that no passage can be learnt by heart."""
        noise = np.random.default_rng(self.rng.getrandbits(32))
        hide = noise.random(len(w.ids)) < self.rng.uniform(0.0, self.veil)
        hide &= (w.slots == 0) & (w.said == 0)
        hide[: w.token[0]] = False
        hide[-1] = False
        return replace(w, ids=np.where(hide, self.pieces.mask_id, w.ids).astype(np.int32))


def _batch(size: int, draw: Callable[[], Window]) -> Batch:
    """So many of the windows drawn that ask something."""
    out: list[Window] = []
    while len(out) < size:
        item = draw()
        if (item[1].weight > 0).any():
            out.append(item)
    return collate([w for w, _ in out], [q for _, q in out])


class Stream(IterableDataset[Batch]):
    """Batches without end; every worker draws its own, from its own seed.

    ``mix``: eight numbers, each source's share at the start and at the end, which is after ``steps``.
    ``gap``: every so many batches one of GAP's passages; 0: none.
    """

    def __init__(
        self, sampler: Sampler, size: int, mix: Sequence[float], first: int, steps: int, gap: int = 0
    ) -> None:
        super().__init__()
        self.sampler, self.size, self.mix, self.gap = sampler, size, mix, gap
        self.first, self.steps = first, steps

    def __iter__(self) -> Iterator[Batch]:
        """The batches."""
        info = get_worker_info()
        k, n = (info.id, info.num_workers) if info else (0, 1)
        self.sampler.rng.seed(self.sampler.rng.getrandbits(32) + k)
        step = self.first + k
        while True:
            share = min(1.0, step / self.steps)
            mix = [self.mix[2 * i] * (1 - share) + self.mix[2 * i + 1] * share for i in range(len(SOURCES))]
            passages = self.gap > 0 and (step + 1) % self.gap == 0
            yield self.sampler.passages() if passages else self.sampler.batch(self.size, mix)
            step += n
