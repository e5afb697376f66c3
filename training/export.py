"""Write the shipped model folder from checkpoints: int8 (or float) ONNX for the encoder, npz for the heads.

    python -m training.export --reader runs/v2/epoch02.pt runs/v2/epoch03.pt --out src/fabula/model [--float]

Every file is written beside its place and renamed; without --reader only the syntax branch's are. Then comes
``training.outliers``. The syntax branch, learnt from share-alike data, has files of its own.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from training.bert import WIDTH, Branch, Trunk, minilm_folder
from training.model import TRUNK_LAYERS, Reader
from training.pack import pack

OPSET = 17


class _Trunk(nn.Module):
    """The trunk without a mask: one unpadded window at a time."""

    def __init__(self, trunk: Trunk) -> None:
        super().__init__()
        self.trunk = trunk

    def forward(self, ids: Tensor) -> Tensor:
        return self.trunk(ids, None)


class _Branch(nn.Module):
    def __init__(self, branch: Branch) -> None:
        super().__init__()
        self.branch = branch

    def forward(self, x: Tensor, features: Tensor) -> Tensor:
        return self.branch(x, features, None)


def to_onnx(
    module: nn.Module, inputs: tuple[Tensor, ...], names: list[str], out: Path, quantise: bool
) -> None:
    """Export one module with a dynamic sequence length, fuse it, and quantise its weights per channel."""
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.transformers import optimizer

    from training.graphs import fuse_attention, plain_norms

    module.eval()
    with tempfile.TemporaryDirectory() as folder:
        raw, fused = Path(folder) / "raw.onnx", Path(folder) / "fused.onnx"
        torch.onnx.export(
            module, inputs, str(raw), input_names=names, output_names=["hidden"], opset_version=OPSET,
            dynamic_axes={n: {1: "n"} for n in [*names, "hidden"]}, dynamo=False,
        )  # fmt: skip
        model = optimizer.optimize_model(
            str(raw), model_type="bert", num_heads=12, hidden_size=384, opt_level=0
        )
        print(out.name, "attention", fuse_attention(model.model), "norms", plain_norms(model.model))
        model.save_model_to_file(str(fused))
        done = fused
        if quantise:
            done = Path(folder) / "int8.onnx"
            quantize_dynamic(
                str(fused), str(done), weight_type=QuantType.QInt8, per_channel=True, reduce_range=True,
                op_types_to_quantize=["MatMul", "Attention", "Gather"],
                extra_options={"MatMulConstBOnly": True, "DefaultTensorType": 1},
            )  # fmt: skip
        temporary = out.with_suffix(".tmp")
        shutil.copy(done, temporary)
        temporary.rename(out)


def heads_arrays(model: Reader) -> dict[str, np.ndarray]:
    """Every head's weights as float16, under the names of their modules."""
    return {
        n: v.detach().numpy().astype(np.float16)
        for n, v in model.state_dict().items()
        if n.startswith(("mentions.", "events.", "pairs."))
    }


def save_npz(out: Path, arrays: dict[str, np.ndarray]) -> None:
    """Write arrays atomically."""
    temporary = out.with_suffix(".tmp.npz")
    np.savez_compressed(temporary, **arrays)  # type: ignore[arg-type]
    temporary.rename(out)


def average(paths: list[Path]) -> dict[str, Tensor]:
    """The mean of several checkpoints' weights."""
    states = [torch.load(p, weights_only=True) for p in paths]
    return {k: torch.stack([s[k].float() for s in states]).mean(0) for k in states[0]}


def identify(folder: Path) -> dict[str, Any]:
    """Give the weights in ``folder`` an id of their own in ``model.json``, which tells them from others."""
    digest = hashlib.sha256()
    for f in sorted(folder.glob("*.onnx")) + sorted(folder.glob("*.npz")):
        digest.update(f.read_bytes())
    path = folder / "model.json"
    info: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    info["id"] = digest.hexdigest()[:16]
    temporary = path.with_suffix(".tmp")
    temporary.write_text(json.dumps(info, indent=1) + "\n", encoding="utf-8")
    temporary.rename(path)
    return info


def main() -> None:
    """Parse the command line and export."""
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--reader", type=Path, nargs="+", help="checkpoints; several are averaged")
    p.add_argument("--syntax", type=Path)
    p.add_argument("--syntax-heads", type=Path)
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--upper", action="store_true", help="leave trunk and tokenizer as they are in --out")
    p.add_argument("--float", action="store_true", help="do not quantise")
    a = p.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    x, features = torch.randn(1, 40, WIDTH), torch.zeros((1, 40), dtype=torch.int64)
    quantise = not a.float
    if a.reader:
        state = average(a.reader)
        model = Reader(len(state["trunk.word.weight"]))
        model.load_state_dict(state)
        model.eval()
        to_onnx(_Branch(model.branch), (x, features), ["low", "features"], a.out / "reader.onnx", quantise)
        arrays = heads_arrays(model)
        save_npz(a.out / "reader.npz", pack(arrays) if quantise else arrays)
        if not a.upper:
            ids = torch.randint(1000, 20000, (1, 40))
            to_onnx(_Trunk(model.trunk), (ids,), ["ids"], a.out / "trunk.onnx", quantise)
            shutil.copy(minilm_folder() / "tokenizer.json", a.out / "tokenizer.json")
    if a.syntax:
        state = {
            k.removeprefix("branch."): v
            for k, v in torch.load(a.syntax, weights_only=True).items()
            if k.startswith("branch.")
        }
        depth = 1 + max(int(k.split(".")[1]) for k in state if k.startswith("layers."))
        branch = Branch(depth, len(state["surface.weight"]))
        branch.load_state_dict(state)
        to_onnx(_Branch(branch), (x, features), ["low", "features"], a.out / "syntax.onnx", quantise)
        shutil.copy(a.syntax_heads, a.out / "syntax.npz")
    if a.reader and not a.upper:
        info = {"format": 1, "id": "", "trunk_layers": TRUNK_LAYERS, "int8": quantise}
        (a.out / "model.json").write_text(json.dumps(info, indent=1) + "\n", encoding="utf-8")
    print(identify(a.out), sum(f.stat().st_size for f in a.out.iterdir()) / 1e6, "MB")


if __name__ == "__main__":
    main()
