"""Evidence made by hand: mentions where a test says, scores as a test says."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from fabula.encoder.pieces import normalise
from fabula.heads.evidence import Evidence, lay_out
from fabula.heads.pair_features import Anaphors, build_anaphors
from fabula.text import read_text
from fabula.types import Floats, Ints, MentionSpans, Story, Syntax

Score = Callable[[str, str], float]


class WordScorer:
    """Scores a pair by the two mentions' words."""

    def __init__(self, words: Sequence[str], score: Score, none: float) -> None:
        self._words, self._score = words, score
        self.none: Floats = np.full(len(words), none, dtype=np.float32)

    def score(self, i: Ints, j: Ints) -> Floats:
        """One score per pair."""
        pairs = zip(i.tolist(), j.tolist(), strict=True)
        return np.asarray([self._score(self._words[a], self._words[b]) for a, b in pairs], dtype=np.float32)


def evidence_of(
    text: str, words: Sequence[tuple[str, str]], score: Score, none: float = 0.0
) -> tuple[Story, Evidence]:
    """A story and its evidence; ``words`` are (mention, kind), persons all, each sought after the last."""
    story = read_text(text)
    starts, ends, kinds, at = [], [], [], 0
    last, kinds_before = -1, ""
    for word, kind in words:
        a = text.index(word, at)
        while starts and kind == kinds_before and a == last:
            a = text.index(word, a + 1)
        at, last, kinds_before = a, a, kind
        starts.append(int(np.searchsorted(story.tokens.start, a)))
        ends.append(int(np.searchsorted(story.tokens.end, a + len(word))) + 1)
        kinds.append(("PROP", "NOM", "PRON").index(kind))
    s, e, k = (np.asarray(x, dtype=np.int32) for x in (starts, ends, kinds))
    zero = np.zeros(len(s), dtype=np.int32)
    mentions = MentionSpans(s, e, (e - 1).astype(np.int32), zero, k, np.ones(len(s), dtype=np.float32))
    layout = lay_out(story)
    tokens = [normalise(story.token_text(t)) for t in range(len(story.tokens))]
    anaphors: Anaphors = build_anaphors(
        tokens, s, e, zero, k, layout.quote_tokens[:, 0], layout.quote_tokens[:, 1],
        layout.sentence, layout.paragraph, layout.quote,
    )  # fmt: skip
    said = [w for w, _ in words] + ["“”"] * len(story.quotes)
    empty = Syntax((), (), (), np.zeros(0, np.int32), ())
    scorer = WordScorer(said, score, none)
    return story, Evidence(layout, mentions, zero[:0], empty, anaphors, scorer)  # type: ignore[arg-type]
