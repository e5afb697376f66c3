"""Head weights in 8 bits: the other half of ``fabula.encoder.weights.unpack``; needs no torch."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from fabula.encoder.weights import SCALE

Array = npt.NDArray[Any]


def pack(arrays: Mapping[str, Array], least: int = 20_000) -> dict[str, Array]:
    """Matrices of ``least`` numbers and more as 8-bit rows with a scale each; the rest as float16."""
    out: dict[str, Array] = {}
    for name, a in arrays.items():
        if a.ndim == 2 and a.size >= least:
            scale = np.maximum(np.abs(a).max(axis=1), 1e-8).astype(np.float32) / 127
            out[name] = np.round(a.astype(np.float32) / scale[:, None]).astype(np.int8)
            out[name + SCALE] = scale
        else:
            out[name] = a.astype(np.float16)
    return out
