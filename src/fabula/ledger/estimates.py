"""Shares with their uncertainty."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from fabula.types import Interval

COVERAGE = 0.9
"""Of every interval of the ledger."""
_GRID = (np.arange(4000) + 0.5) / 4000


@lru_cache(maxsize=4096)
def share(first: float, second: float, coverage: float = COVERAGE) -> Interval:
    """Posterior of a share from weighed counts of two kinds, under a uniform prior.

    Mean and central interval of Beta(1 + first, 1 + second), each mapped from [0, 1] to [-1, 1]: 1 is all
    ``first``. Counts may be sums of probabilities. Quantiles are read off a grid (error below 0.001).
    """
    log_density = first * np.log(_GRID) + second * np.log1p(-_GRID)
    mass = np.exp(log_density - log_density.max())
    cumulative = np.cumsum(mass) / mass.sum()
    tail = (1 - coverage) / 2
    low, high = (float(_GRID[np.searchsorted(cumulative, q)]) for q in (tail, 1 - tail))
    mean = (1 + first) / (2 + first + second)
    return Interval(*(round(2 * v - 1, 4) for v in (mean, low, high)))
