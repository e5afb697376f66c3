"""Checkpoints to go on from, made of a model folder that ships: its 8-bit weights made float again.

    python -m training.unpack --model src/fabula/model --reader runs/base/reader.pt

Their trunk has the folder's vocabulary, so what goes on from them takes its tokenizer too (``--tokenizer``).
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from fabula.encoder.weights import load_weights
from fabula.heads.persons import TEMPERATURE
from training.ledger_graph import remove_ledger

_LAYER = re.compile(r"/([\w./]+)/MatMul_quant$")


def graph_state(path: Path) -> dict[str, Tensor]:
    """The weights of a quantised graph by the names of their modules, float32; split channels joined again.

    Raises:
        ValueError: a product has a form that ``training.export`` does not write.

    """
    model = onnx.load(str(path))
    remove_ledger(model)
    graph = model.graph
    stored = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    out = {n: torch.tensor(a) for n, a in stored.items() if a.dtype == np.float32 and "::" not in n}
    out = {n: a for n, a in out.items() if not n.startswith("/") and not n.endswith("_scale")}

    def whole(name: str) -> np.ndarray:
        base = name.removesuffix("_quantized")
        zero = stored[base + "_zero_point"].astype(np.float32)
        return (stored[name].astype(np.float32) - zero) * stored[base + "_scale"]

    for name in stored:
        if name.endswith(".weight_quantized"):
            out[name.removesuffix("_quantized")] = torch.from_numpy(whole(name))
    for n in graph.node:
        if n.op_type != "MatMulInteger":
            continue
        found = _LAYER.match(n.name)
        if found is None:
            raise ValueError(f"{path}: the product {n.name!r} is of no known layer")
        module = found[1].replace("/", ".")
        weight = whole(n.input[1])
        # A split channel's other rows are copies, behind the first of each.
        inner = 1536 if module.endswith(".down") else 384
        out[module + ".weight"] = torch.from_numpy(weight[:inner].T.copy())
    return out


def heads_state(path: Path) -> dict[str, Tensor]:
    """The weights of a folder's heads, float32; not the temperature, which belongs to the export."""
    weights = load_weights(path)
    return {n: torch.from_numpy(a.copy()) for n, a in weights.items() if n != TEMPERATURE}


def main() -> None:
    """Parse the command line and write the checkpoints asked for."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--model", type=Path, required=True, help="a model folder")
    p.add_argument("--reader", type=Path, help="the reading model's checkpoint to write")
    p.add_argument("--trunk", type=Path, help="the trunk alone")
    p.add_argument("--persons", type=Path, help="the person model's checkpoint to write")
    a = p.parse_args()
    trunk = graph_state(a.model / "trunk.onnx")
    if a.trunk:
        a.trunk.parent.mkdir(parents=True, exist_ok=True)
        torch.save(trunk, a.trunk)
    for out, name in ((a.reader, "reader"), (a.persons, "persons")):
        if out is None:
            continue
        state = trunk | graph_state(a.model / f"{name}.onnx") | heads_state(a.model / f"{name}.npz")
        out.parent.mkdir(parents=True, exist_ok=True)
        torch.save(state, out)
        print(out, len(state), "arrays", sum(v.numel() for v in state.values()), "numbers")


if __name__ == "__main__":
    main()
