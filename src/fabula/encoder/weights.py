"""Weights from npz files, as float32, and the few functions they need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from fabula.errors import ModelError
from fabula.types import Floats

Weights = dict[str, Floats]


SCALE = ".scale"
"""Ending of the name under which the row scales (n,) of an 8-bit matrix stand."""


def unpack(arrays: Mapping[str, npt.NDArray[Any]]) -> Weights:
    """Float32 arrays from stored ones: 8-bit matrices are multiplied by their row scales."""
    wide = {k: v.astype(np.float32) for k, v in arrays.items()}
    return {
        k: v * wide[k + SCALE][:, None] if k + SCALE in wide else v
        for k, v in wide.items()
        if not k.endswith(SCALE)
    }


def load_weights(path: Path, skip: Sequence[str] = ()) -> Weights:
    """Arrays of an npz file by name, float32, but for those in ``skip``; see ``unpack``.

    Raises ``ModelError`` if the file is missing or damaged.
    """
    try:
        with path.open("rb") as file, np.load(file) as archive:
            return unpack({k: archive[k] for k in archive.files if k not in skip})
    except (OSError, ValueError, EOFError, BadZipFile) as e:
        raise ModelError(str(path), "the weights cannot be read", "Install fabula again") from e


def linear(w: Weights, name: str, x: Floats) -> Floats:
    """``x`` (n, in) through the layer ``name``: (n, out)."""
    y = x @ w[name + ".weight"].T
    bias = w.get(name + ".bias")
    return y if bias is None else np.asarray(y + bias, dtype=np.float32)


def gelu(x: Floats) -> Floats:
    """Exact GELU, by Abramowitz and Stegun 7.1.26 for erf (error below 1.5e-7)."""
    z = np.abs(x) * np.float32(0.7071067811865476)
    t = 1 / (1 + np.float32(0.3275911) * z)
    poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    erf = np.sign(x) * (1 - poly * np.exp(-z * z))
    return np.asarray(0.5 * x * (1 + erf), dtype=np.float32)


def sigmoid(x: Floats) -> Floats:
    """Logistic function, clipped against overflow."""
    return np.asarray(1 / (1 + np.exp(-np.clip(x, -30, 30))), dtype=np.float32)


def softmax(x: Floats) -> Floats:
    """Probabilities (n, k) from logits (n, k), row by row."""
    e = np.exp(x - x.max(axis=1, keepdims=True))
    return np.asarray(e / e.sum(axis=1, keepdims=True), dtype=np.float32)
