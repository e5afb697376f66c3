"""All texts whose people, speakers and addressees are labelled, and what was made of them, kept on disk."""

from __future__ import annotations

import json
import pickle
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from training.held import is_held, story_paths
from training.novels import from_novel
from training.person_data import People, from_litbank, from_marks, parse_marks

T = TypeVar("T")


def labelled_texts(data: Path, stories: Path, novels: Path | None) -> list[tuple[str, Path]]:
    """(source, path): LitBank's training documents, the marked stories, the passages of novels; in order."""
    out = [("litbank", p) for p in sorted((data / "litbank_natural/train").glob("*.json"))]
    out += [("story", p) for p in sorted(stories.rglob("*.mark"))]
    return out + [("novel", p) for p in sorted(novels.glob("*.json"))] if novels else out


def sampled_texts(
    data: Path, stories: Path, novels: Path, since: str, every: int
) -> list[tuple[str, Path, bool]]:
    """(source, path, whether it is held out) of what the models over the readings learn from.

    The stories of the folders from ``since`` on, which the person model has not learnt from; every so many of
    the other stories and of the passages of novels; LitBank's training documents; and all that is held out.
    """
    out: list[tuple[str, Path, bool]] = []
    learnt = [p for p in story_paths(stories) if p.parent.name < since][::every]
    fresh = [p for p in story_paths(stories) if p.parent.name >= since]
    for path in sorted([*learnt, *fresh, *story_paths(stories, held=True)]):
        out.append(("story", path, is_held(path.stem)))
    for path in sorted((data / "litbank_natural/train").glob("*.json")):
        out.append(("litbank", path, is_held(path.stem)))
    passages = [(p, book_is_held(p)) for p in sorted(novels.glob("*.json"))]
    chosen = [p for p, held in passages if not held][::every]
    for path in sorted([*chosen, *(p for p, held in passages if held)]):
        out.append(("novel", path, book_is_held(path)))
    return out


def sampled_name(source: str, path: Path, held: bool) -> str:
    """What a sampled text is called: by its source, with "held" before it where it is only scored."""
    name = f"story-{path.parent.name}-{path.stem}" if source == "story" else f"{source}-{path.stem}"
    return f"held-{name}" if held else name


def sampling_options(p: ArgumentParser) -> None:
    """What ``sampled_texts`` asks for, and where what was read of them is kept, as options."""
    p.add_argument("--data", type=Path, default=Path("../shared/data"))
    p.add_argument("--stories", type=Path, default=Path("training/stories"))
    p.add_argument("--novels", type=Path, default=Path("training/novels"))
    p.add_argument(
        "--since", default="y", help="the first folder that the reading person model has not learnt from"
    )
    p.add_argument("--every", type=int, default=2, help="of what it has learnt from, every so many texts")
    p.add_argument("--part", type=int, nargs=2, metavar=("K", "OF"), help="only read, the Kth of OF parts")
    p.add_argument("--rows", type=Path, required=True, help="where what was read is kept")


def book_is_held(path: Path) -> bool:
    """Whether a passage of a novel is held out: with its whole book."""
    return is_held(json.loads(path.read_text(encoding="utf-8"))["book"])


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
