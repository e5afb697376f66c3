"""Texts with acts and feelings as the lower half of the reading branch leaves them, window by window."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from fabula.encoder.pieces import cut_windows, surface_flags
from fabula.encoder.session import OVERLAP, WINDOW
from fabula.ledger.clauses import read_clauses
from fabula.ledger.events import TELLING
from fabula.text import read_text
from fabula.types import Story
from training.act_data import Labelled
from training.acts import targets
from training.feeling_data import emobank, goemotions, tokens_of
from training.feelings import COMMENTS
from training.ledger_graph import MIDDLE, FirstReading

Array = npt.NDArray[Any]


@dataclass(slots=True)
class Window:
    """A window of pieces as the branch's lower half leaves them, ``middle`` (n, WIDTH).

    ``at`` (k + 1,): where each kept token begins; ``syntax`` (k, WIDTH): the other branch's vectors of them.
    ``start``: the first kept token.
    """

    start: int
    middle: Array
    at: Array
    syntax: Array


@dataclass(slots=True)
class ActWindow(Window):
    """``y`` and ``weight`` (k, len(KINDS) + 1) of the tokens ``rows``; the same of stretches of speech."""

    rows: Array
    y: Array
    weight: Array
    bounds: list[tuple[int, int]]
    said: Array
    said_weight: Array


@dataclass(slots=True)
class RatedWindow(Window):
    """``sentences``: token ranges with what readers said of them, their valence in [-1, 1] or feelings."""

    sentences: list[tuple[int, int]]
    rating: Array


class Middle(FirstReading):
    """The encoder of a folder, whose reading branch stops half way."""

    output = MIDDLE

    def halfway(self, story: Story) -> Iterator[Window]:
        """The windows of a story, in order."""
        n = len(story.tokens)
        if n == 0 or self._syntax is None:
            return
        pieces = self.pieces.encode((story.token_text(i) for i in range(n)), *surface_flags(story))
        for cut in cut_windows(pieces.first, story.sentence_tokens[:, 0], WINDOW - 2, OVERLAP):
            ids, features, at = self.window(pieces, cut)
            feed = {"low": self._trunk.run(None, {"ids": ids})[0], "features": features}
            middle = self._reader.run(None, feed)[0][0]
            total = np.add.reduceat(self._syntax.run(None, feed)[0][0, : at[-1]], at[:-1], axis=0)
            syntax = total / np.diff(at)[:, None]
            yield Window(cut[2], middle.astype(np.float16), at.astype(np.int64), syntax.astype(np.float16))


def act_windows(encoder: Middle, texts: Iterable[Labelled]) -> Iterator[ActWindow]:
    """The windows of labelled texts; stretches of speech that run over a window's edge are left out."""
    for text in texts:
        c = read_clauses(text.reading.analysis)
        if c is None:
            continue
        y, weight, said, said_weight, bounds = targets(text, c)
        starts = c.analysis.story.tokens.start
        inside = (starts >= text.start) & (starts < text.end) & np.asarray(c.told)
        labelled = y.any(axis=1) | (weight[:, :-1] == 0).any(axis=1)
        learnt = inside & (labelled | np.asarray([u in TELLING for u in c.upos]))
        for w in encoder.halfway(c.analysis.story):
            a, b = w.start, w.start + len(w.syntax)
            own = [k for k, (i, j) in enumerate(bounds) if a <= i and j <= b and inside[i] and inside[j - 1]]
            rows = np.flatnonzero(learnt[a:b])
            yield ActWindow(
                a, w.middle, w.at, w.syntax, rows, y[a:b][rows], weight[a:b][rows],
                [(bounds[k][0] - a, bounds[k][1] - a) for k in own], said[own], said_weight[own],
            )  # fmt: skip


def rated_windows(encoder: Middle, data: Path) -> tuple[list[RatedWindow], list[RatedWindow]]:
    """EmoBank's documents but for fiction, and the first comments of GoEmotions."""
    rated: list[RatedWindow] = []
    for d in emobank(data / "emobank"):
        if d.category == "fiction":
            continue
        story = read_text(" ".join(d.sentences))
        edges = np.cumsum([0, *[len(s) + 1 for s in d.sentences]]).tolist()
        spans = tokens_of(story, [(a, b - 1) for a, b in itertools.pairwise(edges)])
        valence = (np.asarray(d.valence, np.float32) - 3) / 2
        for w in encoder.halfway(story):
            a, b = w.start, w.start + len(w.syntax)
            own = [k for k, (i, j) in enumerate(spans) if a <= i < j <= b]
            if own:
                ranges = [(spans[k][0] - a, spans[k][1] - a) for k in own]
                rated.append(RatedWindow(a, w.middle, w.at, w.syntax, ranges, valence[own, None]))
    comments: list[RatedWindow] = []
    for k, (text, felt) in enumerate(goemotions(data / "goemotions" / "original", "train")):
        if k == COMMENTS:
            break
        for w in encoder.halfway(read_text(text)):
            whole = [(0, len(w.syntax))]
            comments.append(RatedWindow(w.start, w.middle, w.at, w.syntax, whole, felt[None]))
            break
    return rated, comments
