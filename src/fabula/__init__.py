"""Fabula reads fiction: its cast, its quotes, who speaks them to whom, and which person each "he" is.

    import fabula
    story = fabula.read("story.txt")
    for quote in story.quotes:
        print(quote.speaker, "→", quote.addressees, quote.text, quote.confidence)

Names are imported when they are first used: ``import fabula`` alone costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fabula.api import load, read, read_text
    from fabula.errors import CastError, ContractError, FabulaError, InputError, ModelError, OutputError
    from fabula.reading import Reading
    from fabula.types import Analysis, CastMember

__version__ = "0.1.0"

_HOMES = {
    "Analysis": "types",
    "CastError": "errors",
    "CastMember": "types",
    "ContractError": "errors",
    "FabulaError": "errors",
    "InputError": "errors",
    "ModelError": "errors",
    "OutputError": "errors",
    "Reading": "reading",
    "load": "api",
    "read": "api",
    "read_text": "api",
}

__all__ = [
    "Analysis",
    "CastError",
    "CastMember",
    "ContractError",
    "FabulaError",
    "InputError",
    "ModelError",
    "OutputError",
    "Reading",
    "__version__",
    "load",
    "read",
    "read_text",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
