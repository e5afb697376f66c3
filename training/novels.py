"""Passages of novels whose people a person has labelled (``training/novel_sheets.py``).

The files hold offsets and the names of the cast, no text: it is cut out of the novels in the data folder.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from training.person_data import MANY, NOBODY, UNKNOWN, People, from_spans

FILE_NOBODY, FILE_MANY, FILE_UNKNOWN = -1, -2, -3
"""What stands in a file in place of a member of the cast."""
_MEANS = {FILE_NOBODY: NOBODY, FILE_MANY: MANY, FILE_UNKNOWN: UNKNOWN}


def passage(about: Mapping[str, Any], data: Path) -> str:
    """The passage's text. Raises ValueError where the novel is another, OSError where there is none."""
    path = data / "gutenberg" / f"{about['book']}.txt"
    raw = path.read_bytes()
    if hashlib.sha256(raw).hexdigest() != about["sha256"]:
        raise ValueError(f"{path.name} is not the file that was labelled")
    return raw.decode("utf-8")[about["start"] : about["end"]]


def from_novel(path: Path, data: Path) -> tuple[People, str]:
    """A labelled passage and its text. Raises ValueError and OSError as ``passage`` does."""
    about = json.loads(path.read_text(encoding="utf-8"))
    text = passage(about, data)
    people = from_spans(
        f"{about['book']}_{about['start']}",
        text,
        [(name, aliases) for name, aliases in about["cast"]],
        [(a, b, kind, _MEANS.get(who, who)) for a, b, kind, who in about["mentions"]],
        [(a, b, _MEANS.get(s, s), _MEANS.get(t, t)) for a, b, s, t in about["quotes"]],
        "novel",
    )
    return people, text


def load_novels(folder: Path | None, data: Path) -> list[tuple[People, str]]:
    """Every labelled passage in ``folder``, in name order; what does not fit is told and left out."""
    out = []
    for path in sorted(folder.glob("*.json")) if folder else []:
        try:
            out.append(from_novel(path, data))
        except (OSError, ValueError, KeyError, IndexError) as e:
            print(path, "left out:", repr(e))
    return out
