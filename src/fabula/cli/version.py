"""``fabula version``: what to quote in a report of a fault."""

from __future__ import annotations


def version() -> int:
    """Print the versions of Fabula, its contract, Python and the libraries it runs on."""
    import platform
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as installed

    from rich.text import Text

    from fabula import __version__
    from fabula.cli.screen import Screen
    from fabula.types import SCHEMA

    lines = [
        f"fabula {__version__}",
        f"contract {SCHEMA}",
        f"python {platform.python_version()}, {platform.platform()}",
    ]
    for name in ("numpy", "onnxruntime", "tokenizers", "lxml", "markdown-it-py"):
        try:
            lines.append(f"{name} {installed(name)}")
        except PackageNotFoundError:
            lines.append(f"{name} is missing")
    screen = Screen()
    screen.print(*map(Text, lines))
    screen.flush()
    return 0
