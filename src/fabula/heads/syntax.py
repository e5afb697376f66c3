"""Universal Dependencies from token vectors: tags, heads and relations, in NumPy.

Arcs are scored by a bilinear form between two projections of each token, plus a learnt bias by distance
(after Dozat & Manning 2017); relations by a small network over dependent and head. Decoding takes every
token's best head and repairs only the sentences where that is no tree.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from fabula.encoder.weights import SCALE, unpack
from fabula.errors import ModelError
from fabula.heads.lemmas import Lemmatiser
from fabula.types import Floats, Ints

REACH = 64
"""Distances between dependent and head are told apart up to here, in tokens, on either side."""

MAX_BLOCK = 512
"""Tokens scored against one another at once. A longer sentence is parsed in blocks, hung on the first."""

ARRAYS = (
    "project.weight", "project.bias", "bilinear", "head_prior", "distance", "root.weight", "root.bias",
    "label.distance", "label.sum", "label.product", "label.bias",
)  # fmt: skip
"""Names of the weights in the file. With a arc width, b label width, l relations, t tags, d = 2 * REACH + 1:

    project (384, 2a + 2b + t)   bilinear (a, a)   head_prior (a,)   distance (d,)   root (a,), (1,)
    label.distance (d, b)   label.sum (b, l)   label.product (b, l)   label.bias (l,)

Columns of ``project``: arc dependent, arc head, label dependent, label head, UPOS, XPOS.
"""
_FROZEN = -1e30

Array = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Parse:
    """Columns over the tokens of a window, each (n_tokens,).

    ``upos``, ``xpos`` and ``deprel`` index the label lists of the head; ``head`` is a token of the window,
    -1 for a root.
    """

    upos: Ints
    xpos: Ints
    head: Ints
    deprel: Ints


class SyntaxHead:
    """Tags, heads and relations of the tokens of a window. Holds no state between calls."""

    def __init__(
        self, arrays: Mapping[str, Array], labels: Mapping[str, list[str]], lemmas: Mapping[str, Any]
    ) -> None:
        """``arrays``: as ARRAYS; ``labels``: lists upos, xpos and deprel; ``lemmas``: Lemmatiser's tables.

        Raises KeyError where one is missing and ValueError where shapes disagree.
        """
        self.upos, self.xpos, self.deprel = (tuple(labels[k]) for k in ("upos", "xpos", "deprel"))
        self.lemmatiser = Lemmatiser(lemmas, self.upos, self.xpos)
        w = {k: np.ascontiguousarray(arrays[k], dtype=np.float32) for k in ARRAYS}
        self._project, self._bias = w["project.weight"], w["project.bias"]
        self._bilinear, self._prior = w["bilinear"], w["head_prior"]
        self._root, self._root_bias = w["root.weight"], float(w["root.bias"][0])
        self._label_distance = w["label.distance"]
        self._label = np.concatenate([w["label.sum"], w["label.product"]])
        self._label_bias = w["label.bias"].copy()
        a, b = self._bilinear.shape[0], self._label_distance.shape[1]
        widths = [a, a, b, b, len(self.upos), len(self.xpos)]
        if self._project.shape[1] != sum(widths) or self._label.shape != (2 * b, len(self.deprel)):
            raise ValueError("the syntax weights do not fit their label lists")
        self._cuts = np.cumsum(widths)[:-1].tolist()
        self._root_label = self.deprel.index("root")
        self._side_label = self.deprel.index("parataxis") if "parataxis" in self.deprel else 0
        self._label_bias[self._root_label] = _FROZEN
        # Row i, column j: the bias of head j for dependent i. A token is never its own head.
        at = np.arange(MAX_BLOCK)
        self._distance = w["distance"][np.clip(at[None] - at[:, None], -REACH, REACH) + REACH]
        np.fill_diagonal(self._distance, _FROZEN)

    @classmethod
    def load(cls, path: Path) -> SyntaxHead:
        """Read ``syntax.npz``. Raises ModelError where it is missing, damaged or of another version."""
        try:
            with path.open("rb") as raw, np.load(raw, allow_pickle=False) as f:
                labels, lemmas = (json.loads(f[k].tobytes().decode()) for k in ("labels", "lemmas"))
                stored = {k: f[k] for k in f.files if k.removesuffix(SCALE) in ARRAYS}
                arrays = unpack(stored)
                return cls({k: arrays[k] for k in ARRAYS}, labels, lemmas)
        except (
            OSError,
            EOFError,
            BadZipFile,
            zlib.error,
            ValueError,
            LookupError,
            TypeError,
            AttributeError,
        ) as e:
            raise ModelError(str(path), "the syntax weights cannot be read", "Install fabula again") from e

    def parse(self, x: Floats, sentences: Ints) -> Parse:
        """Parse the sentences of a window.

        ``x`` (n_tokens, 384) are token vectors; ``sentences`` (n, 2) half-open token ranges within ``x``,
        ascending and disjoint. Each sentence becomes a tree with one root. Tokens outside every range get
        tags and are roots. Time is linear in the tokens: a token is compared with at most MAX_BLOCK others.
        """
        n = len(x)
        head = np.full(n, -1, dtype=np.int32)
        deprel = np.full(n, self._root_label, dtype=np.int32)
        if n == 0:
            return Parse(head, head.copy(), head.copy(), deprel)
        z = x @ self._project
        z += self._bias
        dep, hed, label_dep, label_head, upos, xpos = np.split(z, self._cuts, axis=1)
        dep, hed = np.maximum(dep, 0), np.maximum(hed, 0)
        root = dep @ self._root + self._root_bias
        dep = dep @ self._bilinear
        dep += self._prior  # the head's own score is a product with a constant, so it rides on the dependent
        starts, ends, joined = _split_long(np.asarray(sentences, dtype=np.int64).reshape(-1, 2))
        for lo, hi in _blocks(starts, ends):
            a, b = int(starts[lo]), int(ends[hi - 1])
            head[a:b] = self._trees(dep[a:b], hed[a:b], root[a:b], starts[lo:hi] - a, ends[lo:hi] - a)
            head[a:b] += np.where(head[a:b] >= 0, a, 0)
        side = _hang(head, starts, ends, joined)
        child = np.flatnonzero(head >= 0)
        if len(child):
            above = head[child]
            d, h = label_dep[child], label_head[above]
            s = d + h
            s += self._label_distance[np.clip(above - child, -REACH, REACH) + REACH]
            score = (
                np.concatenate([np.maximum(s, 0), np.maximum(d, 0) * np.maximum(h, 0)], axis=1) @ self._label
            )
            deprel[child] = np.argmax(score + self._label_bias, axis=1)
            deprel[side] = self._side_label
        tags = [np.argmax(scores, axis=1).astype(np.int32) for scores in (upos, xpos)]
        return Parse(tags[0], tags[1], head, deprel)

    def _trees(self, dep: Floats, hed: Floats, root: Floats, starts: Array, ends: Array) -> Ints:
        """Heads within a block, -1 for roots; ``starts`` and ``ends`` are the sentences in it."""
        n, lengths = len(dep), ends - starts
        before = np.cumsum(lengths) - lengths
        sentence = np.repeat(np.arange(len(starts)), lengths)
        inside = np.arange(len(sentence)) + np.repeat(starts - before, lengths)
        which = np.full(n, -1)
        which[inside] = sentence
        score = dep @ hed.T
        score += self._distance[:n, :n]
        np.copyto(score, _FROZEN, where=which[:, None] != which)
        best = np.argmax(score, axis=1)
        # The root that costs least against its best head: exactly one a sentence.
        margin = root - score[np.arange(n), best]
        roots = inside[np.lexsort((-margin[inside], sentence))[before]]
        up = best.copy()
        up[roots] = roots
        outside = which < 0
        up[outside] = np.flatnonzero(outside)
        top = up
        for _ in range(max(1, int(lengths.max()).bit_length())):
            top = top[top]
        lost = np.zeros(n, dtype=bool)
        lost[inside] = top[inside] != roots[sentence]
        for s in np.unique(which[lost]).tolist():
            a, b = int(starts[s]), int(ends[s])
            up[a:b] = a + repair(score[a:b, a:b], up[a:b] - a, int(roots[s]) - a)
        up[roots] = up[outside] = -1
        heads: Ints = up.astype(np.int32)
        return heads


def repair(score: Floats, up: Array, root: int) -> Array:
    """Make a tree of best heads: ``up`` (n,) with ``up[root] == root``, ``score`` (n, n) dependent by head.

    While a cycle is left, the cheapest change of one head that ties it to another component is made: the
    greedy step of Chu-Liu/Edmonds without its recursion. At most n / 2 steps of O(n) NumPy rows each.
    """
    up = up.copy()
    component, cycles = _components(up, root)
    while cycles:
        cycle = cycles.pop()
        own = component[cycle[0]]
        loss = score[cycle, up[cycle]][:, None] - np.where(
            component == own, np.float32(_FROZEN), score[cycle]
        )
        v, h = divmod(int(np.argmin(loss)), len(up))
        up[cycle[v]] = h
        component[component == own] = component[h]
    return up


def _components(up: Array, root: int) -> tuple[Array, list[Array]]:
    """Which component each token lies in (a label), and the cycle of each component but the root's."""
    n = len(up)
    seen = np.zeros(n, dtype=np.int64)  # the walk that came here first, from 1
    component = np.full(n, -1, dtype=np.int64)
    component[root] = root
    seen[root] = n + 1
    chain = up.tolist()
    cycles: list[Array] = []
    for start in range(n):
        path = []
        at = start
        while seen[at] == 0:
            seen[at] = start + 1
            path.append(at)
            at = chain[at]
        if component[at] < 0:  # back on this very walk: a new cycle
            cycle = path[path.index(at) :]
            component[cycle] = at
            cycles.append(np.asarray(cycle))
        component[path] = component[at]
    return component, cycles


def _split_long(sentences: Array) -> tuple[Array, Array, Array]:
    """Starts and ends of ranges of at most MAX_BLOCK, none empty; true where one goes on a sentence."""
    lengths = sentences[:, 1] - sentences[:, 0]
    parts = -(-np.maximum(lengths, 0) // MAX_BLOCK)
    which = np.repeat(np.arange(len(sentences)), parts)
    nth = np.arange(len(which)) - np.repeat(np.cumsum(parts) - parts, parts)
    starts = sentences[which, 0] + nth * MAX_BLOCK
    return starts, np.minimum(starts + MAX_BLOCK, sentences[which, 1]), nth > 0


def _blocks(starts: Array, ends: Array) -> list[tuple[int, int]]:
    """Groups (from, to) of consecutive ranges that together span at most MAX_BLOCK tokens."""
    out: list[tuple[int, int]] = []
    lo = 0
    while lo < len(starts):
        hi = max(lo + 1, int(np.searchsorted(ends, starts[lo] + MAX_BLOCK, side="right")))
        out.append((lo, hi))
        lo = hi
    return out


def _hang(head: Ints, starts: Array, ends: Array, joined: Array) -> Ints:
    """Hang the root of each range that goes on a sentence on the sentence's first root; the tokens hung."""
    hung: list[int] = []
    top = -1
    for k in np.flatnonzero(joined).tolist():
        if not joined[k - 1]:
            top = int(starts[k - 1] + np.argmin(head[starts[k - 1] : ends[k - 1]]))
        at = int(starts[k] + np.argmin(head[starts[k] : ends[k]]))
        head[at] = top
        hung.append(at)
    return np.asarray(hung, dtype=np.int32)
