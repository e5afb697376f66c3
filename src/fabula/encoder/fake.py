"""An encoder without weights, for tests: every token's vector is drawn from its own text."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

import numpy as np

from fabula.encoder.session import Hidden
from fabula.types import Story

WIDTH = 384


class FakeEncoder:
    """Gives equal tokens equal vectors, in windows of ``window`` tokens. Deterministic."""

    model_id = "fake"

    def __init__(self, window: int = 200) -> None:
        self._window = window

    def windows(self, story: Story) -> Iterator[Hidden]:
        """Windows of token vectors, (n, WIDTH), in text order."""
        n = len(story.tokens)
        for start in range(0, n, self._window):
            end = min(n, start + self._window)
            seeds = [zlib.crc32(story.token_text(t).lower().encode()) for t in range(start, end)]
            x = np.stack([np.random.default_rng(s).standard_normal(WIDTH, dtype=np.float32) for s in seeds])
            yield Hidden(start, end, x, x, x, x)
