"""All texts whose people, speakers and addressees are labelled, and what was made of them, kept on disk."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from training.novels import from_novel
from training.person_data import People, from_litbank, from_marks, parse_marks

T = TypeVar("T")


def labelled_texts(data: Path, stories: Path, novels: Path | None) -> list[tuple[str, Path]]:
    """(source, path): LitBank's training documents, the marked stories, the passages of novels; in order."""
    out = [("litbank", p) for p in sorted((data / "litbank_natural/train").glob("*.json"))]
    out += [("story", p) for p in sorted(stories.rglob("*.mark"))]
    return out + [("novel", p) for p in sorted(novels.glob("*.json"))] if novels else out


def load_text(source: str, path: Path, data: Path) -> tuple[People, str]:
    """A labelled text and its people. Raises OSError, ValueError, KeyError or IndexError if it is damaged."""
    if source == "novel":
        return from_novel(path, data)
    raw = path.read_text(encoding="utf-8")
    if source == "litbank":
        return from_litbank(path), json.loads(raw)["text"]
    return from_marks(path), parse_marks(raw)[0]


def kept(folder: Path, source: str, path: Path, data: Path, make: Callable[[People, str], T]) -> Path | None:
    """The pickle in ``folder`` of what ``make`` gives for a text, made if it is not there.

    None where the text is damaged; that is told.
    """
    out = folder / f"{source}_{path.parent.name}_{path.stem}.pickle"
    if not out.exists():
        try:
            made = make(*load_text(source, path, data))
        except (OSError, ValueError, KeyError, IndexError) as e:
            print(path, "left out:", repr(e), flush=True)
            return None
        temporary = out.with_suffix(".tmp")
        temporary.write_bytes(pickle.dumps(made))
        temporary.rename(out)
    return out
