"""The upper half of the reading branch a second time in its graph, as it reads for acts and feelings.

Weights are shared with the first time; what differs is added to every product as one of low rank (LoRA, Hu et
al. 2021), and biases and norms are its own. So it costs a quarter of a megabyte where layers of its own would
cost four. All that is learnt for it comes in as inputs of the graph, from a file of its own: it is learnt
from share-alike data, the branch is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import onnx
from onnx import ModelProto, NodeProto, TensorProto, helper

from fabula.encoder.session import ADDED, OnnxEncoder

MIDDLE = "/branch/layers.1/norm2/LayerNormalization_output_0"
"""What the upper half of the branch begins from."""
FIRST = 2
"""The first layer that is run twice."""
HIDDEN, LEDGER = "hidden", "ledger"
"""The graph's outputs: the branch as it reads, and as it reads for the ledger."""
_PRODUCT = re.compile(r"/branch/(layers\.\d+\.\w+|layers\.\d+/\w+)/MatMul_output_0$")


def add_ledger(model: ModelProto, names: Iterable[str]) -> None:
    """Give a quantised graph of the reading branch the second output, in place of one that it had.

    ``names`` become inputs, with ``ADDED`` before them: of each layer ("layers.2.q"), ``.low`` (in, rank) and
    ``.high`` (rank, out), whose product is added to its weights, ``.bias``, and ``.weight`` of norms.

    Raises:
        ValueError: the graph has no such layers, or not all of ``names`` have a place in it.

    """
    remove_ledger(model)
    if not any(MIDDLE in n.output for n in model.graph.node):
        raise ValueError(f"the graph has no {MIDDLE}")
    left = set(names)
    own = {f"branch.{name}": ADDED + name for name in left if name.endswith((".bias", ".weight"))}
    inputs = [
        helper.make_tensor_value_info(
            ADDED + name, TensorProto.FLOAT, [None] if f"branch.{name}" in own else [None, None]
        )
        for name in sorted(left)
    ]
    again = {MIDDLE: MIDDLE}
    nodes: list[NodeProto] = []
    source: dict[str, str] = {}  # what was quantised on the way to a product -> the tensor before
    for n in model.graph.node:
        if not any(i in again for i in n.input):
            continue
        copy = NodeProto()
        copy.CopyFrom(n)
        copy.name = _name(n.output[0])
        del copy.input[:], copy.output[:]
        copy.input.extend(own.get(i, again.get(i, i)) for i in n.input)
        left -= {i.removeprefix(ADDED) for i in copy.input}
        if n.op_type == "DynamicQuantizeLinear":
            source[n.output[0]] = n.input[0].removesuffix(".split")
        for o in n.output:
            again[o] = LEDGER if o == HIDDEN else _name(o)
        copy.output.extend(again[o] for o in n.output)
        nodes.append(copy)
    maker = {o: n for n in model.graph.node for o in n.output}
    for product in [o for n in model.graph.node for o in n.output if o in again]:
        found = _PRODUCT.match(product)
        module = found[1].replace("/", ".") if found else ""
        if f"{module}.low" in left:
            left -= {f"{module}.low", f"{module}.high"}
            _insert(nodes, again[product], again[source[_quantised(maker, product)]], ADDED + module)
    if left:
        raise ValueError(f"no place in the graph for {sorted(left)[:5]}")
    model.graph.input.extend(inputs)
    model.graph.node.extend(nodes)
    model.graph.output.append(helper.make_tensor_value_info(LEDGER, TensorProto.FLOAT, [1, "n", 384]))


def remove_ledger(model: ModelProto) -> None:
    """Take the second output, and all that leads to it alone, out of a graph; nothing if it has none."""
    ours = (ADDED, f"/{LEDGER}/")
    for field in (model.graph.node, model.graph.input, model.graph.output):
        kept = [i for i in field if not i.name.startswith(ours) and i.name != LEDGER]
        del field[:]
        field.extend(kept)


class FirstReading(OnnxEncoder):
    """The encoder of a folder, whose reading branch reads for the story alone."""

    output = HIDDEN
    """Where in its graph the branch stops."""

    def _session(self, name: str) -> Any:
        if name != "reader.onnx":
            return super()._session(name)
        model = onnx.load(str(self.folder / name))
        remove_ledger(model)
        del model.graph.output[:]
        model.graph.output.append(
            helper.make_tensor_value_info(self.output, TensorProto.FLOAT, [1, "n", 384])
        )
        return self._open(name, model.SerializeToString())


def _name(name: str) -> str:
    return f"/{LEDGER}/{name.lstrip('/')}"


def _quantised(maker: Mapping[str, NodeProto], product: str) -> str:
    """The quantised input of a product, from the name of what it gives in the end."""
    n = maker[product]
    while n.op_type != "MatMulInteger":
        n = maker[n.input[0]]
    return n.input[0]


def _insert(nodes: list[NodeProto], product: str, x: str, module: str) -> None:
    """Add to ``product`` what ``x`` gives through the two narrow matrices."""
    at = next(k for k, n in enumerate(nodes) if product in n.output)
    base, inner, added = (f"{product}.{part}" for part in ("base", "inner", "added"))
    nodes[at].output[0] = base
    nodes[at + 1 : at + 1] = [
        helper.make_node("MatMul", [x, f"{module}.low"], [inner], name=inner),
        helper.make_node("MatMul", [inner, f"{module}.high"], [added], name=added),
        helper.make_node("Add", [base, added], [product], name=f"{product}.sum"),
    ]
