"""The external scorer, imported by its path and run in this process; its printed lines are the figures.

In process, because a bootstrap runs it hundreds of times; documents are then parsed once. The
(confidence, right?) pairs behind its calibration figures are kept, so that they can be pooled over
documents and drawn.
"""

from __future__ import annotations

import contextlib
import functools
import importlib.util
import io
import json
import os
import re
import sys
import types
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.settings import Settings, need

Pair = tuple[float, bool]
_LINE = re.compile(r"^ *(?P<name>[^:]+): (?P<value>-?[\d.]+|nan)(?: +\(n=(?P<n>\d+)\))?\s*$")
_KEPT = re.compile(r"^(?P<name>\w+) accuracy keeping the surest 100/90/80 %: (?P<values>[\d. /]+)$")


@dataclass(frozen=True, slots=True)
class Report:
    """What the scorer printed: name to (value, n), and the pairs behind each calibration figure by kind."""

    scores: Mapping[str, tuple[float, int | None]]
    pairs: Mapping[str, tuple[Pair, ...]]

    def values(self) -> dict[str, float]:
        """The figures alone."""
        return {name: value for name, (value, _) in self.scores.items()}


def parse(printed: str) -> dict[str, tuple[float, int | None]]:
    """Read the scorer's lines; names of characters (indented lines) keep their indent as "  of NAME"."""
    out: dict[str, tuple[float, int | None]] = {}
    for line in printed.splitlines():
        if kept := _KEPT.match(line):
            shares = ("100", "90", "80")
            for share, value in zip(shares, kept["values"].split(" / "), strict=True):
                out[f"{kept['name']} accuracy, surest {share} %"] = (float(value), None)
        elif (m := _LINE.match(line)) and not line.startswith("  of "):
            out[m["name"]] = (float(m["value"]), int(m["n"]) if m["n"] else None)
    return out


@functools.cache
def _read(real_path: str) -> Any:
    return json.loads(Path(real_path).read_text(encoding="utf-8"))


class Scorer:
    """``score.py``, with documents cached and pairs recorded.

    Raises:
        BenchError: the scorer is not there.

    """

    def __init__(self, path: Path) -> None:
        need(path, "The scorer")
        spec = importlib.util.spec_from_file_location("fabula_external_scorer", path)
        assert spec is not None and spec.loader is not None
        self._module: types.ModuleType = importlib.util.module_from_spec(spec)
        # The folder may be read-only, and is not ours to leave byte code in.
        writes, sys.dont_write_bytecode = sys.dont_write_bytecode, True
        try:
            spec.loader.exec_module(self._module)
        finally:
            sys.dont_write_bytecode = writes
        self._pairs: dict[str, tuple[Pair, ...]] = {}
        self._say_confidence = self._module.say_confidence
        self._module.say_confidence = self._record  # type: ignore[attr-defined]
        self._module.load = lambda path: _read(os.path.realpath(path))  # type: ignore[attr-defined]

    @classmethod
    def of(cls, settings: Settings) -> Scorer:
        """The scorer that the settings name."""
        return cls(settings.score)

    def _record(self, name: str, pairs: list[tuple[float, bool]], *rest: Any) -> None:
        self._pairs[name] = tuple((float(c), bool(ok)) for c, ok in pairs)
        self._say_confidence(name, pairs, *rest)

    def _run(self, command: str, *arguments: str) -> Report:
        self._pairs = {}
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            getattr(self._module, command)(*arguments)
        return Report(parse(printed.getvalue()), self._pairs)

    def own(self, function: str, *arguments: Any) -> Any:
        """One of the scorer's own steps, for a closer look at what its figures count."""
        return getattr(self._module, function)(*arguments)

    def litbank(self, predictions: Path, gold: Path) -> Report:
        """Score a folder of predictions against a folder of gold documents of the same names."""
        return self._run("litbank", str(predictions), str(gold))

    def pdnc(self, prediction: Path, novel: Path) -> Report:
        """Score a whole novel against its PDNC folder."""
        return self._run("pdnc", str(prediction), str(novel))

    def story(self, prediction: Path, gold: Path) -> Report:
        """Score a story against its hand labels."""
        return self._run("story", str(prediction), str(gold))

    def confidence(self, name: str, pairs: Sequence[Pair]) -> dict[str, tuple[float, int | None]]:
        """The scorer's calibration figures for ``pairs``, under ``name``; empty where there are none."""
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            self._say_confidence(name, list(pairs))
        return parse(printed.getvalue())
