"""Which documents no model is trained on, so that something is left to choose and to calibrate on."""

from __future__ import annotations

import zlib
from pathlib import Path

HOLD = 8
"""One in HOLD of LitBank's training documents and of the stories is held out."""


def is_held(name: str) -> bool:
    """Whether a document is held out: by a hash of its name, so that a new one moves no other."""
    return zlib.crc32(name.encode()) % HOLD == 0


def is_held_text(name: str, source: str) -> bool:
    """Whether a text is held out; a passage of a novel, named ``BOOK_START``, is with its whole book."""
    return is_held(name.rpartition("_")[0] if source == "novel" else name)


def story_paths(folder: Path, held: bool | None = False) -> list[Path]:
    """The marked stories under ``folder`` that may be learnt from; ``held``: that may not; None: all."""
    return [p for p in sorted(folder.rglob("*.mark")) if held is None or is_held(p.stem) == held]
