"""SVG to PNG, by resvg (the extra "plots")."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from fabula.errors import OutputError
from fabula.output import output_error


def write_png(path: str | os.PathLike[str], svg: str, zoom: float = 2.0) -> None:
    """Render a picture to ``path``, whole or not at all, ``zoom`` times its size in pixels.

    Raises OutputError where it cannot be written or resvg is not installed.
    """
    try:
        import resvg_py
    except ImportError:
        remedy = "Install it with: pip install 'fabula[plots]', or name a file that ends in .svg"
        raise OutputError(os.fspath(path), "PNG needs resvg, which is not installed", remedy) from None
    pixels = bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=zoom))
    target = Path(os.path.realpath(path))
    try:
        handle, name = tempfile.mkstemp(prefix=".fabula.", suffix=".part", dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(pixels)
            Path(name).chmod(0o644)
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise output_error(path, error) from None
