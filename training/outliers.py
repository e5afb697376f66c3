"""Make the graphs of a model folder faster and quantise them more finely, without changing any weight.

    python -m training.outliers --model MODEL --stories training/stories --out MODEL

The last step after every export. Sample texts are read with the graphs as they are; from what passes through
them comes how far each channel reaches, and the loudest are split (``training.graphs``). Graphs already done
stay as they are. What stands on the encoder (feelings, acts) must be trained again afterwards.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import ModelProto, TensorProto, helper

from fabula.encoder.session import OnnxEncoder
from fabula.pipeline import analyse
from fabula.text import read_text
from training.export import identify
from training.graphs import fuse_attention, plain_norms, quantised_inputs, split_channels
from training.person_data import parse_marks

EXTRA = 8
"""Parts more than channels, for each product."""
Columns = dict[str, list[npt.NDArray[np.float64]]]
"""By tensor, how far each of its channels reaches in each window."""


class _Tapped(OnnxEncoder):
    """The encoder of a folder, which notes what is quantised in its graphs while it runs."""

    def __init__(self, folder: Path, graphs: dict[str, ModelProto]) -> None:
        self.graphs = graphs
        self.seen: dict[str, Columns] = defaultdict(lambda: defaultdict(list))
        super().__init__(folder, threads=1)

    def _session(self, name: str) -> Any:
        return _Tap(self.graphs[name], self.seen[name])


class _Tap:
    """A session that gives what its graph gives, and notes the quantised tensors."""

    def __init__(self, graph: ModelProto, seen: Columns) -> None:
        import onnxruntime as ort

        tapped = ModelProto()
        tapped.CopyFrom(graph)
        self.taken, self.seen = quantised_inputs(graph), seen
        given = {i.name for i in graph.graph.input}
        for name in set(self.taken) - given - {o.name for o in graph.graph.output}:
            tapped.graph.output.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, None))
        self.session = ort.InferenceSession(tapped.SerializeToString(), providers=["CPUExecutionProvider"])
        self.names = [o.name for o in self.session.get_outputs()]
        self.own = [o.name for o in graph.graph.output]
        self.get_inputs = self.session.get_inputs

    def run(self, names: Sequence[str] | None, feed: dict[str, Any]) -> list[Any]:
        values = feed | dict(zip(self.names, self.session.run(None, feed), strict=True))
        for name in self.taken:
            self.seen[name].append(np.abs(values[name][0]).max(axis=0).astype(np.float64))
        return [values[name] for name in self.own]


def sample_texts(data: Path, stories: Path) -> list[str]:
    """Every fortieth marked story and every twelfth training document of LitBank."""
    marked = sorted(stories.rglob("*.mark"))[::40]
    litbank = sorted((data / "litbank_natural/train").glob("*.json"))[::12]
    return [
        *(parse_marks(p.read_text(encoding="utf-8"))[0] for p in marked),
        *(json.loads(p.read_text(encoding="utf-8"))["text"] for p in litbank),
    ]


def main() -> None:
    """Parse the command line and rewrite the graphs."""
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--model", type=Path, required=True, help="a model folder")
    p.add_argument("--out", type=Path, required=True, help="a model folder; its other files stay as they are")
    p.add_argument("--data", type=Path, default=Path("../shared/data"))
    p.add_argument("--stories", type=Path, required=True)
    p.add_argument("--extra", type=int, default=EXTRA, help="parts more than channels, for each product")
    a = p.parse_args()
    graphs = {f.name: onnx.load(str(f)) for f in sorted(a.model.glob("*.onnx"))}
    for name, graph in graphs.items():
        print(name, "attention", fuse_attention(graph), "norms", plain_norms(graph))
    encoder = _Tapped(a.model, graphs)
    for text in sample_texts(a.data, a.stories):
        analyse(read_text(text, name="sample"), encoder=encoder)
    a.out.mkdir(parents=True, exist_ok=True)
    for name, graph in graphs.items():
        loudness = {k: np.mean(v, axis=0) for k, v in encoder.seen[name].items()}
        for x, (was, now) in split_channels(graph, loudness, a.extra).items():
            print(f"{name} {x}: {was:.1f} -> {now:.1f}")
        temporary = a.out / f"{name}.tmp"
        onnx.save(graph, str(temporary))
        temporary.rename(a.out / name)
    print(identify(a.out))


if __name__ == "__main__":
    main()
