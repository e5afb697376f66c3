"""Which documents no model is trained on, so that something is left to choose and to calibrate on."""

from __future__ import annotations

import zlib

HOLD = 8
"""One in HOLD of LitBank's training documents and of the stories is held out."""


def is_held(name: str) -> bool:
    """Whether a document is held out: by a hash of its name, so that a new one moves no other."""
    return zlib.crc32(name.encode()) % HOLD == 0
