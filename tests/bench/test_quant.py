"""Float graphs made of int8 ones, and the table that sets both side by side."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from bench.measures import Measure
from bench.results import Figure
from bench.settings import BenchError, Settings

from bench import fingerprint, float_model, quant, results, table
from tests.bench.test_table import keep


def both(s: Settings, folder: Path, **figures: tuple[float, float]) -> None:
    for bench in quant.BENCHES.values():
        for i, model in enumerate((folder, fingerprint.model_folder())):
            values = {name: Figure(pair[i]) for name, pair in figures.items()}
            keep(s, bench, fingerprint.key(model), documents=Figure(10), **values)


def test_float_and_int8_are_set_side_by_side(small: Settings, tmp_path: Path) -> None:
    given = tmp_path / "float"
    given.mkdir()
    (given / "encoder.onnx").write_bytes(b"float")
    folder, made = quant.float_folder(small, fingerprint.model_folder(), given)
    assert (folder / "encoder.onnx").read_bytes() == b"float"
    assert made == ()
    both(small, folder, mention_span_F1=(90.0, 89.5), speaker_accuracy=(80.0, 80.6))
    shown = quant.run(small, given)
    assert "| mention span F1 | 90.0 | 89.5 | -0.5 | yes |" in shown
    assert "| speaker | 80.0 | 80.6 | +0.6 | **no** |" in shown
    assert "1 of 2 within 0.5 point. The float weights were never quantised." in shown
    assert "documents" not in shown
    beside = table.render(results.folder(small), full=False)
    assert "| mention span F1 | 89.5 | 90.0 |  | ≥ 86 |  |" in beside
    with pytest.raises(BenchError, match="The folder of float weights is not at"):
        quant.run(small, tmp_path / "none")


def test_points_are_hundredths_where_a_measure_is_no_percentage() -> None:
    sure = Measure("calibration error", "confidence", "x", "", "<=")
    assert quant.points(sure, 0.053, 0.077) == pytest.approx(2.4)


def test_which_float_graphs_are_true_is_said() -> None:
    files = ["a.onnx", "b.onnx", "a.npz"]
    assert "Never quantised: b.onnx. Made float again" in float_model.described(["a.onnx"], files)
    assert "rounding the weights is not covered" in float_model.described(["a.onnx", "b.onnx"], files)


def test_the_page_has_a_place_for_the_table(tmp_path: Path) -> None:
    copy = tmp_path / "quality.md"
    copy.write_text(table.FULL.read_text(encoding="utf-8"), encoding="utf-8")
    table.write("new", copy, quant.START, quant.END)
    assert f"{quant.START}\nnew\n{quant.END}" in copy.read_text(encoding="utf-8")


def test_an_int8_graph_is_made_float_again(tmp_path: Path) -> None:
    onnx = pytest.importorskip("onnx", reason="making float graphs needs the bench extra")
    import onnxruntime as ort
    from onnx import TensorProto, helper, numpy_helper

    rng = np.random.default_rng(0)
    weights = rng.integers(-64, 64, (4, 3), dtype=np.int8)
    scale = np.array([0.5, 0.25, 0.125], dtype=np.float32)
    stored = [
        numpy_helper.from_array(weights, "w"),
        numpy_helper.from_array(scale, "w_scale"),
        numpy_helper.from_array(np.zeros(3, dtype=np.int8), "w_zero"),
    ]
    nodes = [
        helper.make_node("DynamicQuantizeLinear", ["x"], ["q", "q_scale", "q_zero"]),
        helper.make_node("MatMulInteger", ["q", "w", "q_zero", "w_zero"], ["whole"]),
        helper.make_node("Cast", ["whole"], ["cast"], to=TensorProto.FLOAT),
        helper.make_node("Mul", ["q_scale", "w_scale"], ["scales"]),
        helper.make_node("Mul", ["cast", "scales"], ["y"]),
    ]
    ends = [helper.make_tensor_value_info(n, TensorProto.FLOAT, ["n", k]) for n, k in (("x", 4), ("y", 3))]
    model = helper.make_model(
        helper.make_graph(nodes, "small", ends[:1], ends[1:], stored),
        opset_imports=[helper.make_opsetid("", 17)],
        ir_version=8,
    )
    path = tmp_path / "graph.onnx"
    onnx.save(model, str(path))
    float_model.dequantise(path)
    assert [n.op_type for n in onnx.load(str(path)).graph.node] == ["MatMul"]
    x = rng.normal(size=(5, 4)).astype(np.float32)
    session = ort.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    assert np.allclose(session.run(None, {"x": x})[0], x @ (weights * scale), atol=1e-5)
    model.graph.node[2].op_type = "Identity"
    onnx.save(model, str(path))
    with pytest.raises(BenchError, match=r"graph\.onnx has a product of a form that is not known"):
        float_model.dequantise(path)
