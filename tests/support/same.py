"""Where two analyses differ, for a test to say: ``==`` says only whether they do."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np


def difference(a: Any, b: Any, path: str = "") -> str:
    """Where ``a`` and ``b`` first differ, "" if they do not."""
    if type(a) is not type(b):
        return f"{path}: {type(a).__name__} against {type(b).__name__}"
    if isinstance(a, np.ndarray):
        same = a.dtype == b.dtype and a.shape == b.shape and bool((a == b).all())
        return "" if same else f"{path}: {a!r} against {b!r}"
    if dataclasses.is_dataclass(a):
        pairs = [(f.name, getattr(a, f.name), getattr(b, f.name)) for f in dataclasses.fields(a)]
    elif isinstance(a, tuple) and len(a) == len(b):
        pairs = [(str(i), x, y) for i, (x, y) in enumerate(zip(a, b, strict=True))]
    else:
        return "" if a == b else f"{path}: {a!r} against {b!r}"
    return next(filter(None, (difference(x, y, f"{path}.{name}") for name, x, y in pairs)), "")
