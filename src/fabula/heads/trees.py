"""Boosted regression trees (Friedman 2001, "Greedy function approximation"): stored flat, and summed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from fabula.encoder.weights import Weights, sigmoid
from fabula.types import Floats


@dataclass(frozen=True, slots=True)
class Trees:
    """Trees one behind the other, columns (n_nodes,), and where each begins (n_trees,).

    A node sends rows whose ``feature`` is at most ``threshold`` to ``left``, others to ``right``, both
    counted from the first node of all; where ``feature`` is -1 it adds ``value``.
    """

    feature: npt.NDArray[np.int64]
    threshold: Floats
    left: npt.NDArray[np.int64]
    right: npt.NDArray[np.int64]
    value: Floats
    first: npt.NDArray[np.int64]
    bias: float

    @classmethod
    def of(cls, w: Weights) -> Trees:
        """The trees in the arrays ``trees.*``. Raises KeyError if one is missing."""
        whole = {name: w[f"trees.{name}"].astype(np.int64) for name in ("feature", "left", "right", "first")}
        return cls(
            threshold=w["trees.threshold"], value=w["trees.value"], bias=float(w["trees.bias"][0]), **whole
        )

    def probability(self, x: Floats) -> Floats:
        """P (n,) of rows ``x`` (n, features)."""
        total = np.full(len(x), self.bias)
        rows = np.arange(len(x))
        for first in self.first.tolist():
            node = np.full(len(x), first)
            while (inner := self.feature[node] >= 0).any():
                small = x[rows, np.maximum(self.feature[node], 0)] <= self.threshold[node]
                node = np.where(inner, np.where(small, self.left[node], self.right[node]), node)
            total += self.value[node]
        return sigmoid(total.astype(np.float32))
