"""Span decoding: never crossing, best first, within the sentence."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from fabula.encoder.weights import gelu
from fabula.heads.evidence import _mention_ends, lay_out
from fabula.heads.mentions import MAX_WIDTH, decode_spans, span_scores
from fabula.text import read_text


@given(hnp.arrays(np.float32, (25, MAX_WIDTH), elements=st.floats(-5, 5, width=32)))
def test_spans_nest_or_stay_apart(scores: np.ndarray) -> None:
    start, end, _ = decode_spans(scores, 3.0)
    spans = list(zip(start.tolist(), end.tolist(), strict=True))
    assert spans == sorted(spans, key=lambda s: (s[0], -s[1]))
    assert len(set(spans)) == len(spans)
    for a, b in spans:
        for c, d in spans:
            assert not a < c < b < d


def test_of_two_crossing_spans_the_surer_stays() -> None:
    scores = np.full((6, MAX_WIDTH), -9.0, dtype=np.float32)
    scores[0, 2], scores[2, 2] = 1.0, 2.0
    start, end, _ = decode_spans(scores, 0.0)
    assert list(zip(start.tolist(), end.tolist(), strict=True)) == [(2, 5)]


def test_no_span_leaves_its_sentence() -> None:
    rng = np.random.default_rng(0)
    w = {
        f"mentions.{n}.{p}": rng.standard_normal(s).astype(np.float32)
        for n, p, s in (
            ("start", "weight", (192, 384)), ("start", "bias", (192,)), ("end", "weight", (192, 384)),
            ("end", "bias", (192,)), ("bilinear", "weight", (192, 192)), ("start_bias", "weight", (1, 192)),
            ("start_bias", "bias", (1,)), ("end_bias", "weight", (1, 192)), ("end_bias", "bias", (1,)),
            ("length", "weight", (MAX_WIDTH, 1)),
        )
    }  # fmt: skip
    x = rng.standard_normal((8, 384)).astype(np.float32)
    room = np.asarray([3, 2, 1, 5, 4, 3, 2, 0], dtype=np.int32)
    finite = np.isfinite(span_scores(w, x, room))
    assert finite.sum(1).tolist() == room.tolist()


def test_gelu_is_the_exact_one() -> None:
    from math import erf

    x = np.linspace(-4, 4, 41, dtype=np.float32)
    want = np.asarray([0.5 * v * (1 + erf(v / 2**0.5)) for v in x.tolist()])
    assert np.abs(gelu(x) - want).max() < 1e-5


def test_a_mention_stays_within_the_words_of_its_quote() -> None:
    story = read_text("“Ma,” said Lorelle. She sat.\n")
    words = [story.token_text(t) for t in range(len(story.tokens))]
    ends = dict(zip(words, _mention_ends(story, lay_out(story)).tolist(), strict=True))
    assert ends["“"] == 0
    assert ends["Ma"] == words.index("”")
    assert ends["said"] == ends["Lorelle"] == words.index("She")
    assert _mention_ends(read_text(""), lay_out(read_text(""))).shape == (0,)
