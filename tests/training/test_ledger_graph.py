"""The second reading for the ledger: nothing added gives the same vectors, and it can be taken out again."""

from __future__ import annotations

import numpy as np
import onnx
import pytest
from onnx import ModelProto, numpy_helper
from training.ledger_graph import HIDDEN, LEDGER, add_ledger, remove_ledger
from training.vocabulary import is_needed

from fabula.encoder.session import ADDED, model_folder
from fabula.encoder.weights import load_weights

SIZES = {
    "q": (384, 384),
    "k": (384, 384),
    "v": (384, 384),
    "o": (384, 384),
    "up": (384, 1536),
    "down": (1536, 384),
}
RANK = 4


@pytest.fixture(scope="module")
def graph() -> ModelProto:
    return onnx.load(str(model_folder() / "reader.onnx"))


def additions(graph: ModelProto, high: float) -> dict[str, np.ndarray]:
    """Additions of the given size to the layers of a graph, with its own biases and norms."""
    stored = {i.name: numpy_helper.to_array(i) for i in graph.graph.initializer}
    rng = np.random.default_rng(0)
    out = {}
    for layer in ("layers.2", "layers.3"):
        for name, (inner, width) in SIZES.items():
            out[f"{layer}.{name}.low"] = rng.normal(size=(inner, RANK)).astype(np.float32)
            out[f"{layer}.{name}.high"] = (high * rng.normal(size=(RANK, width))).astype(np.float32)
            out[f"{layer}.{name}.bias"] = stored[f"branch.{layer}.{name}.bias"]
        for norm in ("norm1", "norm2"):
            for part in ("weight", "bias"):
                out[f"{layer}.{norm}.{part}"] = stored[f"branch.{layer}.{norm}.{part}"]
    return out


def outputs(graph: ModelProto, added: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    session = ort.InferenceSession(graph.SerializeToString(), options, providers=["CPUExecutionProvider"])
    low = np.random.default_rng(1).normal(size=(1, 40, 384)).astype(np.float32)
    names = [o.name for o in session.get_outputs()]
    feed = {"low": low, "features": np.zeros((1, 40), np.int64)}
    found = session.run(names, feed | {ADDED + k: v for k, v in added.items()})
    return dict(zip(names, found, strict=True))


def second(graph: ModelProto) -> ModelProto:
    copy = ModelProto()
    copy.CopyFrom(graph)
    add_ledger(copy, additions(graph, 0.0))
    onnx.checker.check_model(copy)
    return copy


def test_nothing_added_reads_the_same_twice(graph: ModelProto) -> None:
    found = outputs(second(graph), additions(graph, 0.0))
    assert list(found) == [HIDDEN, LEDGER]
    assert np.abs(found[HIDDEN] - found[LEDGER]).max() < 0.05


def test_what_is_added_leaves_the_first_reading_alone(graph: ModelProto) -> None:
    twice = second(graph)
    before, after = outputs(twice, additions(graph, 0.0)), outputs(twice, additions(graph, 0.05))
    assert np.array_equal(before[HIDDEN], after[HIDDEN])
    assert np.abs(before[LEDGER] - after[LEDGER]).mean() > 0.05


def test_it_can_be_taken_out_again(graph: ModelProto) -> None:
    bare = ModelProto()
    bare.CopyFrom(graph)
    remove_ledger(bare)
    again = second(bare)
    assert len(again.graph.node) > len(bare.graph.node)
    remove_ledger(again)
    assert again.SerializeToString() == bare.SerializeToString()


def test_weights_without_a_place_are_an_error(graph: ModelProto) -> None:
    copy = ModelProto()
    copy.CopyFrom(graph)
    with pytest.raises(ValueError, match=r"no place in the graph for \['layers\.7\.q\.bias'\]"):
        add_ledger(copy, [*additions(graph, 0.0), "layers.7.q.bias"])


def test_the_shipped_graph_reads_otherwise_for_the_ledger(graph: ModelProto) -> None:
    weights = load_weights(model_folder() / "ledger.npz")
    found = outputs(graph, {k: np.ascontiguousarray(v.T) for k, v in weights.items()})
    assert list(found) == [HIDDEN, LEDGER]
    assert np.abs(found[HIDDEN] - found[LEDGER]).mean() > 0.01


@pytest.mark.parametrize(
    ("piece", "needed"),
    [
        ("halv", True),
        ("##ard", True),
        ("é", True),
        ("ж", True),
        ("山", False),
        ("##ん", False),
        ("[unused7]", False),
        ("[UNK]", True),
        ("7", True),
    ],
)
def test_pieces_of_scripts_that_english_has_not_are_left_out(piece: str, needed: bool) -> None:
    assert is_needed(piece) is needed
