"""The shipped graphs in float32: a model folder beside which the int8 one is measured.

A graph that was never quantised is taken from a folder that ``training.export --float`` and
``training.person_export --float`` wrote, if there is one; every other is made of the shipped int8 graph. The
latter multiplies the same int8 weights by their scales once and leaves the activations alone, so it shows
what quantising *activations* as the program runs costs. What rounding the *weights* costs it cannot show.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from bench.settings import BenchError

WEIGHTS = (".onnx", ".npz")


def build(int8: Path, given: Path | None, out: Path) -> tuple[str, ...]:
    """Make ``out`` a copy of model folder ``int8`` with float graphs; returns those made float again.

    Raises:
        BenchError: ``onnx`` is not installed and is needed, or a graph has a form that is not known.

    """
    part = out.with_name(out.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    shutil.copytree(int8, part, ignore=shutil.ignore_patterns("__pycache__", "*.py", "*.md"))
    made = []
    for path in sorted(part.glob("*")):
        its = given / path.name if given is not None else None
        if its is not None and its.exists() and path.suffix in WEIGHTS:
            shutil.copy(its, path)
        elif path.suffix == ".onnx":
            dequantise(path)
            made.append(path.name)
    shutil.rmtree(out, ignore_errors=True)
    part.replace(out)
    return tuple(made)


def dequantise(path: Path) -> None:
    """Replace every product in integers of the graph at ``path`` by one in float32, in place.

    ONNX Runtime writes such a product as DynamicQuantizeLinear(x), MatMulInteger, Cast, Mul by the product of
    both scales; it becomes MatMul(x, weights). Tables of embeddings are stored in int8 and looked up as float
    already.

    Raises:
        BenchError: ``onnx`` is not installed, or a product stands among other nodes than these.

    """
    try:
        import onnx
        from onnx import numpy_helper
    except ImportError as error:
        raise BenchError("Float graphs need onnx. Run: pip install '.[bench]'") from error
    model = onnx.load(str(path))
    graph = model.graph
    stored = {i.name: i for i in graph.initializer}
    maker = {name: node for node in graph.node for name in node.output}
    users: dict[str, list[Any]] = {}
    for node in graph.node:
        for name in node.input:
            users.setdefault(name, []).append(node)

    def number(name: str) -> Any:
        return numpy_helper.to_array(stored[name])

    replaced: dict[int, Any] = {}
    gone: set[int] = set()
    for node in graph.node:
        if node.op_type != "MatMulInteger":
            continue
        try:
            quantised = _expect(maker[node.input[0]], "DynamicQuantizeLinear")
            cast = _expect(_only(users[node.output[0]]), "Cast")
            product = _expect(_only(users[cast.output[0]]), "Mul")
            both = _expect(maker[_other(product, cast.output[0])], "Mul")
            scale = number(_other(both, quantised.output[1]))
            zero = number(node.input[3]) if len(node.input) > 3 else 0
            whole = number(node.input[1])
        except (KeyError, ValueError) as error:
            raise BenchError(f"{path.name} has a product of a form that is not known: {error}") from None
        weights = (whole.astype("float32") - _wide(zero)) * scale.astype("float32")
        name = f"{node.input[1]}.float"
        if name not in stored:
            stored[name] = numpy_helper.from_array(weights, name)
        replaced[id(product)] = onnx.helper.make_node(
            "MatMul", [quantised.input[0], name], list(product.output), name=f"{node.name}.float"
        )
        gone |= {id(node), id(cast), id(product), id(both)}
    nodes = [replaced.get(id(n), n) for n in graph.node if id(n) not in gone or id(n) in replaced]
    used = {name for n in nodes for name in n.input} | {o.name for o in graph.output}
    nodes = [n for n in nodes if n.op_type != "DynamicQuantizeLinear" or not used.isdisjoint(n.output)]
    used = {name for n in nodes for name in n.input}
    del graph.node[:]
    graph.node.extend(nodes)
    kept = [i for name, i in stored.items() if name in used]
    del graph.initializer[:]
    graph.initializer.extend(kept)
    onnx.save(model, str(path))


def _wide(zero: Any) -> Any:
    return zero.astype("float32") if hasattr(zero, "astype") else float(zero)


def _only(nodes: list[Any]) -> Any:
    if len(nodes) != 1:
        raise ValueError(f"{len(nodes)} users of one product")
    return nodes[0]


def _expect(node: Any, kind: str) -> Any:
    if node.op_type != kind:
        raise ValueError(f"{node.op_type} where {kind} is expected")
    return node


def _other(node: Any, name: str) -> str:
    """The input of a node of two that is not ``name``."""
    names = [i for i in node.input if i != name]
    return str(_only(names))


def described(made: Sequence[str], files: Iterable[str]) -> str:
    """Which float graphs were never quantised and which were made float again: one sentence."""
    exact = sorted(name for name in files if name.endswith(".onnx") and name not in made)
    again = ", ".join(made)
    if not exact:
        return (
            "All float graphs have the int8 weights, made float again: rounding the weights is not covered."
        )
    if not made:
        return "The float weights were never quantised."
    return (
        f"Never quantised: {', '.join(exact)}. Made float again from int8 weights, so that rounding those "
        f"weights is not covered: {again}."
    )
