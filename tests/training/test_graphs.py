"""Graphs made faster compute what they did; split channels lose less to eight bits."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper
from training.graphs import HEADS, fuse_attention, parts_of, plain_norms, quantised_inputs, split_channels

WIDTH = 8 * HEADS
X = np.random.default_rng(1).normal(size=(1, 7, WIDTH)).astype(np.float32)


def model_of(nodes: Sequence[NodeProto], weights: dict[str, np.ndarray]) -> ModelProto:
    shape = [1, "n", WIDTH]
    graph = helper.make_graph(
        list(nodes),
        "test",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info("hidden", TensorProto.FLOAT, shape)],
        [numpy_helper.from_array(v, k) for k, v in weights.items()],
    )
    sets = [helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(graph, opset_imports=sets, ir_version=8)


def run(model: ModelProto, x: np.ndarray = X) -> np.ndarray:
    import onnxruntime as ort

    session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return np.asarray(session.run(None, {"x": x})[0])


def attention() -> ModelProto:
    rng = np.random.default_rng(2)
    weights: dict[str, np.ndarray] = {
        "split": np.asarray([1, -1, HEADS, WIDTH // HEADS]), "join": np.asarray([1, -1, WIDTH]),
        "half": np.asarray((WIDTH / HEADS) ** -0.25, np.float32),
    }  # fmt: skip
    nodes = []
    for name, perm in (("q", [0, 2, 1, 3]), ("k", [0, 2, 3, 1]), ("v", [0, 2, 1, 3])):
        weights[f"w{name}"] = (0.3 * rng.normal(size=(WIDTH, WIDTH))).astype(np.float32)
        weights[f"b{name}"] = rng.normal(size=WIDTH).astype(np.float32)
        nodes += [
            helper.make_node("MatMul", ["x", f"w{name}"], [f"{name}1"]),
            helper.make_node("Add", [f"{name}1", f"b{name}"], [f"{name}2"]),
            helper.make_node("Reshape", [f"{name}2", "split"], [f"{name}3"]),
            helper.make_node("Transpose", [f"{name}3"], [f"{name}4"], perm=perm),
        ]
    nodes += [
        helper.make_node("Mul", ["q4", "half"], ["q5"]),
        helper.make_node("Mul", ["k4", "half"], ["k5"]),
        helper.make_node("MatMul", ["q5", "k5"], ["s"]),
        helper.make_node("Softmax", ["s"], ["p"], axis=-1),
        helper.make_node("MatMul", ["p", "v4"], ["a"]),
        helper.make_node("Transpose", ["a"], ["t"], perm=[0, 2, 1, 3]),
        helper.make_node("Reshape", ["t", "join"], ["hidden"]),
    ]
    return model_of(nodes, weights)


def test_fused_attention_gives_what_the_spelt_out_one_gives() -> None:
    model = attention()
    before = run(model)
    assert fuse_attention(model) == 1
    kinds = [n.op_type for n in model.graph.node]
    assert kinds.count("MultiHeadAttention") == 1
    assert not {"Softmax", "Transpose", "Reshape"} & set(kinds)
    assert {i.name for i in model.graph.initializer} == {a + b for a in "wb" for b in "qkv"}
    assert np.allclose(run(model), before, atol=1e-4)
    assert fuse_attention(model) == 0


def test_an_attention_of_another_form_is_told() -> None:
    model = model_of(
        [helper.make_node("Relu", ["x"], ["r"]), helper.make_node("Softmax", ["r"], ["hidden"])], {}
    )
    with pytest.raises(ValueError, match="Relu"):
        fuse_attention(model)


@pytest.mark.parametrize("turned", [False, True])
def test_plain_norms_give_what_the_joint_node_gives(turned: bool) -> None:
    rng = np.random.default_rng(3)
    weights = {n: rng.normal(size=WIDTH).astype(np.float32) for n in ("g0", "s0", "g", "s", "bias")}
    pair = ["product", "normed"][:: -1 if turned else 1]
    model = model_of(
        [
            helper.make_node("LayerNormalization", ["x", "g0", "s0"], ["normed"], axis=-1, epsilon=1e-12),
            helper.make_node("Relu", ["normed"], ["product"]),
            helper.make_node(
                "SkipLayerNormalization", [*pair, "g", "s", "bias"], ["hidden"],
                domain="com.microsoft", epsilon=1e-12,
            ),
        ],
        weights,
    )  # fmt: skip
    before = run(model)
    assert plain_norms(model) == 1
    assert "SkipLayerNormalization" not in {n.op_type for n in model.graph.node}
    biased = next(n for n in model.graph.node if "bias" in n.input)
    assert biased.input[0] == "product"
    assert np.allclose(run(model), before, atol=1e-4)


def quantised(tmp_path: Path, weights: np.ndarray) -> ModelProto:
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    onnx.save(
        model_of([helper.make_node("MatMul", ["x", "w"], ["hidden"])], {"w": weights}), tmp_path / "f.onnx"
    )
    quantize_dynamic(
        tmp_path / "f.onnx",
        tmp_path / "q.onnx",
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=True,
    )
    return onnx.load(tmp_path / "q.onnx")


def test_a_loud_channel_split_loses_less_and_leaves_the_weights_alone(tmp_path: Path) -> None:
    weights = np.random.default_rng(4).normal(size=(WIDTH, WIDTH)).astype(np.float32)
    model = quantised(tmp_path, weights)
    loud = X.copy()
    loud[..., 5] *= 40
    rows = {i.name: numpy_helper.to_array(i) for i in model.graph.initializer}
    name = next(n for n, v in rows.items() if v.dtype == np.int8 and v.shape == (WIDTH, WIDTH))
    scale = next(v for n, v in rows.items() if n.endswith("_scale"))
    exact = loud @ (rows[name] * scale)
    before = np.abs(run(model, loud) - exact).mean()
    assert quantised_inputs(model) == ["x"]
    found = split_channels(model, {"x": np.abs(loud[0]).max(axis=0).astype(np.float64)}, 12)
    assert found["x"][1] < found["x"][0] / 5
    after = {i.name: numpy_helper.to_array(i) for i in model.graph.initializer}[name]
    assert after.shape == (WIDTH + 12, WIDTH)
    assert (after[:WIDTH] == rows[name]).all()
    assert np.abs(run(model, loud) - exact).mean() < before / 3
    assert quantised_inputs(model) == []


def test_a_tensor_without_loud_channels_stays(tmp_path: Path) -> None:
    model = quantised(tmp_path, np.eye(WIDTH, dtype=np.float32))
    assert split_channels(model, {"x": np.ones(WIDTH)}, 8) == {}
    assert quantised_inputs(model) == ["x"]


def test_parts_make_the_loudest_as_quiet_as_can_be() -> None:
    loudness = np.asarray([1.0, 28.0, 9.0, 2.0])
    parts = parts_of(loudness, 6)
    assert parts.sum() == 4 + 6
    best = min(
        max(28 / a, 9 / b, 2 / c, 1.0)
        for a in range(1, 8) for b in range(1, 8) for c in range(1, 8) if a + b + c == 9
    )  # fmt: skip
    assert (loudness / parts).max() == pytest.approx(best)
