"""What exactly is being measured: the weights, the code and the machine."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import platform
from collections.abc import Iterable
from pathlib import Path

from bench.settings import BenchError


def package_folder() -> Path:
    """The folder of the ``fabula`` that would be imported, without importing it.

    Raises:
        BenchError: it is not installed.

    """
    spec = importlib.util.find_spec("fabula")
    if spec is None or spec.origin is None:
        raise BenchError("fabula is not installed here. Run: make bench")
    return Path(spec.origin).parent


def model_folder() -> Path:
    """$FABULA_MODEL, else the weights in the package."""
    named = os.environ.get("FABULA_MODEL")
    return Path(named) if named else package_folder() / "model"


def _digest(folder: Path, files: Iterable[Path]) -> str:
    h = hashlib.sha256()
    for file in sorted(files):
        h.update(f"{file.relative_to(folder).as_posix()}\0{file.stat().st_size}\0".encode())
        h.update(file.read_bytes())
    return h.hexdigest()[:10]


def model_hash(model: Path | None = None) -> str:
    """Ten hex digits over every file of a model folder (default: the one in use) but its card."""
    folder = model or model_folder()
    return _digest(folder, (f for f in folder.rglob("*") if f.is_file() and f.suffix not in {".md", ".py"}))


def code_hash(apart: Iterable[str] = ()) -> str:
    """Ten hex digits over the package's code and tables: stale predictions are never scored for new code.

    ``apart``: files and folders of the package that do not count.
    """
    folder = package_folder()
    left_out = {folder / "model", *(folder / name for name in apart)}
    return _digest(
        folder,
        (
            f
            for f in folder.rglob("*")
            if f.is_file() and "__pycache__" not in f.parts and left_out.isdisjoint((f, *f.parents))
        ),
    )


def key(model: Path | None = None, apart: Iterable[str] = ()) -> str:
    """The name of the folder that keeps what this code (but for ``apart``) with these weights predicted."""
    return f"{model_hash(model)}-{code_hash(apart)}"


def machine() -> str:
    """Processor and the number of cores this process may use."""
    name = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                name = line.partition(":")[2].strip()
                break
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return f"{name}, {cores} cores"
