"""What the name keeper makes of a story whose detected mentions a test gives."""

from __future__ import annotations

import numpy as np

from fabula.heads.evidence import lay_out
from fabula.heads.hyphens import Hyphens
from fabula.heads.known_names import NameKeeper
from fabula.heads.mentions import WindowMentions
from fabula.types import Ints, Story

WIDTH = 4


def _weights(logit: float = -9.0) -> dict[str, np.ndarray]:
    """Weights under which every span has this logit, and is a person's name if it is a mention."""
    label = np.zeros(9, np.float32)
    label[[0, 6]] = 1.0
    return {
        "mentions.start.weight": np.zeros((2, WIDTH), np.float32),
        "mentions.start.bias": np.zeros(2, np.float32),
        "mentions.end.weight": np.zeros((2, WIDTH), np.float32),
        "mentions.end.bias": np.zeros(2, np.float32),
        "mentions.bilinear.weight": np.zeros((2, 2), np.float32),
        "mentions.bilinear.bias": np.zeros(2, np.float32),
        "mentions.start_bias.weight": np.zeros((1, 2), np.float32),
        "mentions.start_bias.bias": np.asarray([logit], np.float32),
        "mentions.end_bias.weight": np.zeros((1, 2), np.float32),
        "mentions.end_bias.bias": np.zeros(1, np.float32),
        "mentions.length.weight": np.zeros((30, 1), np.float32),
        "mentions.label_in.weight": np.zeros((2, 2 * WIDTH), np.float32),
        "mentions.label_in.bias": np.zeros(2, np.float32),
        "mentions.label_out.weight": np.zeros((9, 2), np.float32),
        "mentions.label_out.bias": label,
        "pairs.attention.weight": np.zeros((1, WIDTH), np.float32),
        "pairs.attention.bias": np.zeros(1, np.float32),
        "pairs.mention_span.weight": np.ones((3, 3 * WIDTH), np.float32),
        "pairs.mention_span.bias": np.zeros(3, np.float32),
    }


def keeper_of(story: Story, found: list[tuple[int, int, int, int]], logit: float = -9.0) -> NameKeeper:
    """``found``: start, end, type, kind of the detected mentions; all other spans have ``logit``.

    As in a reading, no mention begins outside the parts that tell the story.
    """
    n = len(story.tokens)
    keeper = NameKeeper(story, _weights(logit), Hyphens(story))
    rows: Ints = np.asarray(found, np.int32).reshape(-1, 4)
    m = WindowMentions(rows[:, 0], rows[:, 1], rows[:, 2], rows[:, 3], np.ones(len(rows), np.float32))
    keeper.add(0, np.ones((n, WIDTH), np.float32), 9 * lay_out(story).told, m)
    return keeper


def at(story: Story, word: str) -> list[int]:
    return [i for i in range(len(story.tokens)) if story.token_text(i) == word]


def missed(story: Story, found: list[tuple[int, int, int, int]], logit: float = -9.0) -> list[str]:
    m = keeper_of(story, found, logit).missed()
    assert m.vectors.shape == (len(m.start), 3)
    return [
        " ".join(story.token_text(t) for t in range(a, b))
        for a, b in zip(m.start.tolist(), m.end.tolist(), strict=True)
    ]
