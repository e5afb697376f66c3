"""Readings of the texts to be measured, kept on disk per weights and code."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fabula.types import Analysis

Reader = Callable[[str, Path], None]
"""Reads a text and writes its JSON contract to a path."""


def analyse_text(text: str) -> Analysis:
    """The whole pipeline over a text, as ``fabula read --experimental`` runs it: every kind is measured."""
    from fabula.pipeline import analyse
    from fabula.text import read_text

    return analyse(read_text(text), experimental=True)


def fabula_reader(text: str, path: Path) -> None:
    """The program itself."""
    from fabula.contract import json_pieces
    from fabula.output import write_atomic

    write_atomic(path, json_pieces(analyse_text(text)))


def predict(texts: Iterable[tuple[str, str]], into: Path, reader: Reader = fabula_reader) -> Path:
    """Read each (id, text) into ``into``/id.json unless it is there already; returns ``into``.

    The name appears only when the file is whole, so an interrupted run is taken up where it stopped.
    """
    into.mkdir(parents=True, exist_ok=True)
    for name, text in texts:
        path = into / f"{name}.json"
        if path.exists():
            continue
        began = time.perf_counter()
        part = into / f"{name}.part.json"
        reader(text, part)
        part.replace(path)
        words = len(text.split())
        print(f"  read {name}: {words:,} words, {time.perf_counter() - began:.1f} s", file=sys.stderr)
    return into
