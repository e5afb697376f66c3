"""The reading that corrections were made on, kept with them: a corrected story need not be read anew."""

from __future__ import annotations

import json
import zlib
from pathlib import Path

from fabula.corrections.log import Log
from fabula.errors import FabulaError
from fabula.types import Analysis, Story


def keep_reading(log: Log, analysis: Analysis) -> None:
    """Put the uncorrected reading into the log's file, unless it is there. Raises CorrectionError."""
    from fabula.contract import json_pieces

    key = _key(analysis.producer.fabula, analysis.producer.model)
    if log.holds_reading(key):
        return
    packer = zlib.compressobj(6)
    pieces = [packer.compress(piece.encode("utf-8")) for piece in json_pieces(analysis)]
    log.keep_reading(key, b"".join([*pieces, packer.flush()]))


def kept_reading(path: Path, story: Story) -> Analysis | None:
    """The reading kept beside ``story`` if this version and these weights made it, else None.

    The file is the corrections' own; whatever is wrong with it is told when they are read.
    """
    from fabula import __version__
    from fabula.contract import from_json
    from fabula.encoder.session import model_folder

    if not path.is_file():
        return None
    try:
        model = json.loads((model_folder() / "model.json").read_text(encoding="utf-8"))["id"]
        content = Log(path, story.id).kept_reading(_key(__version__, model))
        return None if content is None else from_json(zlib.decompress(content), str(path))
    except (OSError, ValueError, KeyError, zlib.error, FabulaError):
        return None


def _key(version: str, model: str) -> str:
    return f"{version} {model}"
