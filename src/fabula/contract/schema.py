"""A small interpreter for the part of JSON Schema (draft 2020-12) that the contract's schema uses.

Why not the ``jsonschema`` package: see docs/decisions/contract-validation.md. A schema is compiled once into
functions that only say yes or no, fast enough for a novel's half million tokens; a value that fails is walked
again to say where and why.
A keyword outside the subset is refused when the schema is compiled, so that none is silently skipped.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from importlib import resources
from typing import Any

from fabula.contract.problem import Problem, child, show

Check = Callable[[Any], bool]
Node = dict[str, Any]

_ANNOTATIONS = frozenset({"$schema", "$id", "$defs", "title", "description"})


def _is_integer(value: Any) -> bool:
    # JSON Schema counts 3.0 as an integer; some producers know only floating numbers.
    return type(value) is int or (type(value) is float and value.is_integer())


_TYPES: dict[str, Check] = {
    "null": lambda v: v is None,
    "boolean": lambda v: type(v) is bool,
    "integer": _is_integer,
    "number": lambda v: type(v) is int or type(v) is float,
    "string": lambda v: type(v) is str,
    "array": lambda v: type(v) is list,
    "object": lambda v: type(v) is dict,
}
_ARTICLES = {"null": "null", "boolean": "true or false", "array": "a list", "object": "an object"}
_ARTICLES |= {"integer": "an integer", "number": "a number", "string": "a string"}


class Schema:
    """A compiled JSON Schema.

    Raises ValueError for a schema that uses a keyword outside the subset.
    """

    def __init__(self, root: Node) -> None:
        self._root = root
        self._compiled: dict[str, Check] = {}
        self._check = self._compile(root)

    def problems(self, value: Any) -> Iterator[Problem]:
        """What is wrong with the shape of ``value``, in the order of the file; nothing if it is valid."""
        if not self._check(value):
            yield from self._explain(self._root, value, "")

    # -------------------------------------------------------------- yes or no
    def _resolve(self, reference: str) -> Node:
        node: Any = self._root
        for part in reference.removeprefix("#/").split("/"):
            node = node[part]
        return dict(node)

    def _compile(self, node: Node) -> Check:
        checks: list[Check] = []
        for keyword, argument in node.items():
            if keyword in _ANNOTATIONS:
                continue
            maker = getattr(self, "_compile_" + keyword.removeprefix("$"), None)
            if maker is None:
                raise ValueError(f"the schema keyword {keyword!r} is not supported")
            checks.append(maker(argument))
        if len(checks) == 1:
            return checks[0]
        return lambda value: all(check(value) for check in checks)

    def _compile_ref(self, reference: str) -> Check:
        if reference not in self._compiled:
            self._compiled[reference] = self._compile(self._resolve(reference))
        return self._compiled[reference]

    def _compile_type(self, names: str | list[str]) -> Check:
        checks = [_TYPES[name] for name in ([names] if isinstance(names, str) else names)]
        if len(checks) == 1:
            return checks[0]
        return lambda value: any(check(value) for check in checks)

    def _compile_const(self, wanted: Any) -> Check:
        return lambda value: type(value) is type(wanted) and bool(value == wanted)

    def _compile_enum(self, wanted: list[Any]) -> Check:
        strings = frozenset(item for item in wanted if isinstance(item, str))
        null = None in wanted
        if len(strings) + null != len(wanted):
            raise ValueError("an enum of the schema may list strings and null only")
        return lambda value: (type(value) is str and value in strings) or (null and value is None)

    def _compile_required(self, keys: list[str]) -> Check:
        wanted = frozenset(keys)
        return lambda value: type(value) is not dict or wanted <= value.keys()

    def _compile_properties(self, nodes: dict[str, Node]) -> Check:
        checks = [(key, self._compile(node)) for key, node in nodes.items()]
        return lambda value: (
            type(value) is not dict or all(check(value[key]) for key, check in checks if key in value)
        )

    def _compile_additionalProperties(self, node: Node) -> Check:  # noqa: N802 (the keyword's own name)
        # Only used for maps, where no property is named beside it.
        check = self._compile(node)
        return lambda value: type(value) is not dict or all(map(check, value.values()))

    def _compile_items(self, node: Node) -> Check:
        check = self._compile(node)
        target = self._resolve(node["$ref"]) if "$ref" in node else node
        kind = target.get("type")
        if kind == "string" and not target.keys() - _ANNOTATIONS - {"type"}:
            return lambda value: type(value) is not list or set(map(type, value)) <= {str}
        if kind == "integer" and target.keys() - _ANNOTATIONS == {"type", "minimum", "maximum"}:
            low, high = target["minimum"], target["maximum"]

            def integers(value: Any) -> bool:
                if type(value) is not list or not value:
                    return True
                if set(map(type, value)) == {int}:
                    return bool(min(value) >= low and max(value) <= high)
                return all(map(check, value))

            return integers
        return lambda value: type(value) is not list or all(map(check, value))

    def _compile_minItems(self, least: int) -> Check:  # noqa: N802
        return lambda value: type(value) is not list or len(value) >= least

    def _compile_maxItems(self, most: int) -> Check:  # noqa: N802
        return lambda value: type(value) is not list or len(value) <= most

    def _compile_uniqueItems(self, _wanted: bool) -> Check:  # noqa: N802
        # Lists of ids only: an item of another kind is the business of the items' own check.
        return lambda value: type(value) is not list or not _repeated(value)

    def _compile_minimum(self, least: float) -> Check:
        return lambda value: type(value) not in (int, float) or value >= least

    def _compile_maximum(self, most: float) -> Check:
        return lambda value: type(value) not in (int, float) or value <= most

    def _compile_pattern(self, pattern: str) -> Check:
        search = re.compile(pattern).search
        return lambda value: type(value) is not str or search(value) is not None

    def _compile_anyOf(self, nodes: list[Node]) -> Check:  # noqa: N802
        checks = [self._compile(node) for node in nodes]
        return lambda value: any(check(value) for check in checks)

    # -------------------------------------------------------------- where and why
    def _explain(self, node: Node, value: Any, path: str) -> Iterator[Problem]:
        if "$ref" in node:
            yield from self._explain(self._resolve(node["$ref"]), value, path)
            return
        if "anyOf" in node:
            # The first alternative is the full one, the other is null.
            if not self._compile_anyOf(node["anyOf"])(value):
                yield from self._explain(node["anyOf"][0], value, path)
            return
        if "type" in node and not self._compile_type(node["type"])(value):
            names = [node["type"]] if isinstance(node["type"], str) else node["type"]
            yield Problem(path, f"is {show(value)}, must be {' or '.join(_ARTICLES[n] for n in names)}")
            return
        if "const" in node and not self._compile_const(node["const"])(value):
            yield Problem(path, f"is {show(value)}, must be {show(node['const'])}")
        if "enum" in node and not self._compile_enum(node["enum"])(value):
            yield Problem(path, f"is {show(value)}, must be one of {', '.join(map(show, node['enum']))}")
        if "pattern" in node and not self._compile_pattern(node["pattern"])(value):
            yield Problem(path, f"is {show(value)}, must match {node['pattern']}")
        if "minimum" in node and not self._compile_minimum(node["minimum"])(value):
            yield Problem(path, f"is {show(value)}, must be {node['minimum']} or more")
        if "maximum" in node and not self._compile_maximum(node["maximum"])(value):
            yield Problem(path, f"is {show(value)}, must be {node['maximum']} or less")
        if type(value) is dict:
            yield from self._explain_object(node, value, path)
        elif type(value) is list:
            yield from self._explain_list(node, value, path)

    def _explain_object(self, node: Node, value: dict[str, Any], path: str) -> Iterator[Problem]:
        for key in node.get("required", ()):
            if key not in value:
                yield Problem(path, f"the key {key!r} is missing")
        named: dict[str, Node] = node.get("properties", {})
        for key, member in value.items():
            below = named.get(key) or node.get("additionalProperties")
            if below is not None:
                yield from self._explain(below, member, child(path, key))

    def _explain_list(self, node: Node, value: list[Any], path: str) -> Iterator[Problem]:
        if len(value) < node.get("minItems", 0):
            yield Problem(path, f"has {len(value)} items, must have {node['minItems']} or more")
        if len(value) > node.get("maxItems", len(value)):
            yield Problem(path, f"has {len(value)} items, must have {node['maxItems']} or fewer")
        if node.get("uniqueItems") and _repeated(value):
            yield Problem(path, "names something twice")
        if "items" in node:
            check = self._compile(node["items"])
            for index, item in enumerate(value):
                if not check(item):
                    yield from self._explain(node["items"], item, child(path, index))


def _repeated(value: list[Any]) -> bool:
    ids = [item for item in value if _is_integer(item)]
    return len(set(ids)) != len(ids)


@cache
def contract_schema() -> Schema:
    """The compiled schema of ``fabula/1``."""
    return Schema(schema_document())


def schema_document() -> Node:
    """The JSON Schema of ``fabula/1`` as it ships, a fresh copy."""
    text = resources.files("fabula").joinpath("schema/fabula-1.json").read_text(encoding="utf-8")
    document: Node = json.loads(text)
    return document
