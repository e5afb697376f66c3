"""The encoders that Fabula's speed is set against: their shape, their windows, and the ratio."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from bench import bert_speed


def test_windows_hold_every_piece_once_between_the_marks_of_bert() -> None:
    found = bert_speed.windows(list(range(1000, 1011)), size=4)
    assert [w[1:-1] for w in found] == [
        [1000, 1001, 1002, 1003],
        [1004, 1005, 1006, 1007],
        [1008, 1009, 1010],
    ]
    assert {(w[0], w[-1]) for w in found} == {(101, 102)}


def test_time_is_scaled_from_the_sample_and_every_encoder_reads_all_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bert_speed, "pieces", lambda text: list(range(4 * len(text.split()))))
    seen: list[int] = []

    def encode(window: Sequence[int]) -> None:
        seen.append(len(window) - 2)

    read: list[str] = []
    text = "word " * 1000
    found = bert_speed.compare(text, 500, [encode, encode], read.append)
    assert read == [text[: bert_speed.WARM], text]
    assert found["pieces"] == 4000
    assert found["sampled pieces"] == 2000
    assert sum(seen) == 2 * (2000 + 510), "both read the sample, and its first window before the clock starts"
    figures = bert_speed.figures(
        {**found, "pipeline": 2.0, "encoders": 50.0, "pipeline, processor": 4.0, "encoders, processor": 88.0}
    )
    assert figures["BookNLP's encoders / pipeline"].value == 25
    assert figures["BookNLP's encoders / pipeline, processor time"].value == 22
    assert figures["words per second, pipeline"].value == 500


def test_an_encoder_has_the_layers_and_the_shape_asked_for() -> None:
    onnx = pytest.importorskip("onnx", reason="building the graphs needs the bench extra")
    made = bert_speed.graph(2, width=8, heads=2, inner=16)
    kinds = [n.op_type for n in onnx.load_from_string(made).graph.node]
    assert (kinds.count("Attention"), kinds.count("BiasGelu"), kinds.count("MatMul")) == (2, 2, 6)
    out = np.asarray(bert_speed.encoder(made)([101, 7, 30000, 102]))
    assert out.shape == (1, 4, 8)
    assert np.isfinite(out).all()
    assert sum(bert_speed.ENCODERS.values()) == 30
