"""Changes to ONNX graphs that leave what they compute as it is: faster nodes, and less lost by quantising.

Found by timing the nodes of the shipped graphs under ONNX Runtime (docs/decisions/0019): attention of many
small products costs more than the fused node, ``SkipLayerNormalization`` ten times ``LayerNormalization``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from onnx import ModelProto, NodeProto, helper, numpy_helper

HEADS = 12
LOUD = 1.8
"""How much louder than all but a hundredth of its channels the loudest must be for a tensor to be split."""
_BETWEEN = ("Mul", "Transpose", "Reshape")
"""Nodes between a projection and the product of attention that reads it."""


def fuse_attention(model: ModelProto) -> int:
    """Put one ``MultiHeadAttention`` in place of every attention spelt out; how many.

    Raises:
        ValueError: a Softmax stands among other nodes than those ``training.bert`` exports.

    """
    maker, users = _makers(model), _users(model)
    fused: dict[str, NodeProto] = {}
    for softmax in [n for n in model.graph.node if n.op_type == "Softmax"]:
        scores = _of("MatMul", maker[softmax.input[0]])
        sums = _of("MatMul", users[softmax.output[0]][0])
        turned = _of("Transpose", users[sums.output[0]][0])
        last = _of("Reshape", users[turned.output[0]][0])
        inputs = [_projection(maker, x) for x in (*scores.input, sums.input[1])]
        fused[last.output[0]] = helper.make_node(
            "MultiHeadAttention", inputs, list(last.output), name=f"{softmax.name}.fused",
            domain="com.microsoft", num_heads=HEADS,
        )  # fmt: skip
    _replace(model, {k: [n] for k, n in fused.items()})
    return len(fused)


def plain_norms(model: ModelProto) -> int:
    """Spell every ``SkipLayerNormalization`` out as additions and a ``LayerNormalization``; how many."""
    spelt: dict[str, list[NodeProto]] = {}
    normed = {o for n in model.graph.node if n.op_type.endswith("LayerNormalization") for o in n.output}
    for n in model.graph.node:
        if n.op_type != "SkipLayerNormalization":
            continue
        one, other, gain, shift, *bias = n.input
        nodes = []
        if other not in normed and one in normed:
            one, other = other, one
        if bias:
            # Beside the product, so that ONNX Runtime can take both in one step.
            nodes.append(helper.make_node("Add", [one, bias[0]], [f"{n.output[0]}.biased"]))
            one = f"{n.output[0]}.biased"
        nodes.append(helper.make_node("Add", [one, other], [f"{n.output[0]}.sum"]))
        epsilon = next(a.f for a in n.attribute if a.name == "epsilon")
        inputs = [f"{n.output[0]}.sum", gain, shift]
        nodes.append(helper.make_node("LayerNormalization", inputs, [n.output[0]], axis=-1, epsilon=epsilon))
        spelt[n.output[0]] = nodes
    _replace(model, spelt)
    return len(spelt)


def quantised_inputs(model: ModelProto) -> list[str]:
    """The tensors that are quantised while the graph runs, and whose channels have not been split yet."""
    return [
        n.input[0]
        for n in model.graph.node
        if n.op_type == "DynamicQuantizeLinear" and not n.input[0].endswith(_SPLIT)
    ]


_SPLIT = ".split"


def split_channels(
    model: ModelProto, loudness: Mapping[str, npt.NDArray[np.float64]], extra: int
) -> dict[str, tuple[float, float]]:
    """Split the loudest channels of every quantised input into equal parts, ``extra`` parts more in all.

    One scale serves all channels of a tensor, so one channel of 28 beside others of 1 costs these five
    bits. A channel that is read k times at a k-th, by k rows of the same weights, computes what it did and
    asks for a k-th of the scale: outlier channel splitting (Zhao et al. 2019, arXiv 1901.09504), here of
    activations, and with the rows of weights copied bit for bit.

    ``loudness``: by tensor, the greatest absolute value of each channel, (width,). Returns that of the
    loudest channel before and after, by tensor.
    """
    stored = {i.name: i for i in model.graph.initializer}
    users = _users(model)
    before: dict[str, list[NodeProto]] = {}
    found: dict[str, tuple[float, float]] = {}
    wanted = set(quantised_inputs(model))
    for n in model.graph.node:
        if n.op_type != "DynamicQuantizeLinear" or n.input[0] not in wanted:
            continue
        x = n.input[0]
        if loudness[x].max() < LOUD * np.percentile(loudness[x], 99):
            continue
        parts = parts_of(loudness[x], extra)
        again = np.repeat(np.arange(len(parts)), parts - 1)
        scale = 1.0 / np.concatenate([parts, parts[again]])
        found[x] = (float(loudness[x].max()), float((loudness[x] / parts).max()))
        model.graph.initializer.append(numpy_helper.from_array(again.astype(np.int64), f"{x}.again"))
        model.graph.initializer.append(numpy_helper.from_array(scale.astype(np.float32), f"{x}.scale"))
        before[n.output[0]] = [
            helper.make_node("Gather", [x, f"{x}.again"], [f"{x}.loud"], axis=2),
            helper.make_node("Concat", [x, f"{x}.loud"], [f"{x}.wide"], axis=2),
            helper.make_node("Mul", [f"{x}.wide", f"{x}.scale"], [x + _SPLIT]),
            n,
        ]
        n.input[0] = x + _SPLIT
        for product in users[n.output[0]]:
            weights = stored[_of("MatMulInteger", product).input[1]]
            rows = numpy_helper.to_array(weights)
            weights.CopyFrom(numpy_helper.from_array(np.concatenate([rows, rows[again]]), weights.name))
    _replace(model, before)
    return found


def parts_of(loudness: npt.NDArray[np.float64], extra: int) -> npt.NDArray[np.int64]:
    """Into how many parts each channel is split, (width,), so that the loudest part is as low as can be."""
    parts = np.ones(len(loudness), dtype=np.int64)
    for _ in range(extra):
        parts[np.argmax(loudness / parts)] += 1
    return parts


def _makers(model: ModelProto) -> dict[str, NodeProto]:
    return {name: n for n in model.graph.node for name in n.output}


def _users(model: ModelProto) -> dict[str, list[NodeProto]]:
    users: dict[str, list[NodeProto]] = defaultdict(list)
    for n in model.graph.node:
        for name in n.input:
            users[name].append(n)
    return users


def _of(kind: str, n: NodeProto) -> NodeProto:
    if n.op_type != kind:
        raise ValueError(f"{n.op_type} ({n.name}) where {kind} is expected")
    return n


def _projection(maker: Mapping[str, NodeProto], name: str) -> str:
    while maker[name].op_type in _BETWEEN:
        name = maker[name].input[0]
    return name


def _replace(model: ModelProto, by: Mapping[str, Sequence[NodeProto]]) -> None:
    """Put other nodes in place of some, known by their first output; drop what nothing reads any more."""
    nodes = [new for n in model.graph.node for new in by.get(n.output[0], (n,))]
    wanted = {o.name for o in model.graph.output}
    kept: list[NodeProto] = []
    for n in reversed(nodes):  # in reverse of their order, every reader is seen before what it reads
        if not wanted.isdisjoint(n.output):
            kept.append(n)
            wanted.update(n.input)
    _refill(model.graph.node, reversed(kept))
    _refill(model.graph.initializer, [i for i in model.graph.initializer if i.name in wanted])


def _refill(field: Any, items: Iterable[Any]) -> None:
    items = list(items)
    del field[:]
    field.extend(items)
