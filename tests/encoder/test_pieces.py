"""Pieces and windows: what the encoder is fed covers the text once, in order."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from fabula.encoder.pieces import cut_windows, normalise, shape, surface_flags
from fabula.text import read_text


@given(
    st.lists(st.integers(1, 12), min_size=1, max_size=400),
    st.integers(60, 200),
    st.integers(0, 20),
    st.integers(1, 40),
)
def test_kept_ranges_partition_the_tokens(counts: list[int], size: int, overlap: int, sentence: int) -> None:
    first = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
    starts = np.arange(0, len(counts), sentence, dtype=np.int32)
    cuts = cut_windows(first, starts, size, overlap)
    assert [c[2] for c in cuts] == [0, *[c[3] for c in cuts[:-1]]]
    assert cuts[-1][3] == len(counts)
    for left, right, keep, end in cuts:
        assert left <= keep < end <= right
        assert first[right] - first[left] <= size


def test_marks_that_mean_the_same_are_spelt_the_same() -> None:
    assert normalise("“") == normalise('"') == normalise("»")
    assert normalise("don’t") == "don't"
    assert normalise("—") == normalise("--")


def test_shapes_tell_what_an_uncased_vocabulary_cannot() -> None:
    assert len({shape(w) for w in ("cloud", "Cloud", "CLOUD", "I", "7th", "…", "McKay")}) == 7


def test_flags_mark_sentence_starts_and_speech() -> None:
    story = read_text("He rose. “Go home,” said Anna.\n")
    initial, quoted = surface_flags(story)
    words = [story.token_text(i) for i in range(len(story.tokens))]
    assert initial[words.index("He")] == 1
    assert quoted[words.index("Go")] == 1
    assert quoted[words.index("said")] == 0
