"""Long texts to time the program on, the same at every run.

Where the novels are at hand, whole ones in order, cut at a paragraph; otherwise the example stories again and
again, in a new order and with new names each time.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from bench.settings import BenchError, Settings
from bench.stories import gold_of

LONG_NOVELS = ("766_david_copperfield", "145_middlemarch")
"""Two whole novels of over 300,000 words each."""

_TITLES = frozenset(
    {
        "Mr",
        "Mrs",
        "Miss",
        "Ms",
        "Dr",
        "Sir",
        "Lady",
        "Lord",
        "Captain",
        "Father",
        "Mother",
        "Aunt",
        "Uncle",
        "The",
    }
)
_PARTS = (
    ("B", "D", "F", "G", "H", "J", "K", "L", "M", "N", "R", "S", "T", "V", "Br", "Dr", "Th"),
    ("a", "e", "i", "o", "u", "ai", "ea"),
    ("n", "l", "r", "ss", "th", "ck", "nd"),
)


def novel(words: int, s: Settings) -> tuple[str, str]:
    """(text, where it comes from): whole paragraphs, at least ``words`` words, hardly more.

    Raises:
        BenchError: neither novels nor example stories are there, or they do not reach ``words``.

    """
    folder = s.data / "gutenberg"
    if folder.is_dir():
        paths = [folder / f"{name}.txt" for name in LONG_NOVELS]
        text = cut((p for path in paths for p in paragraphs(path.read_text(encoding="utf-8-sig"))), words)
        return text, "+".join(LONG_NOVELS)
    if not any(s.examples.glob("*.txt")):
        raise BenchError(f"Nothing to build a novel from: neither {folder} nor stories in {s.examples}")
    return cut(retold(s.examples, s.seed), words), "the example stories, retold under other names"


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, told apart by blank lines."""
    return re.split(r"\n{2,}", text.replace("\r\n", "\n").strip("\n"))


def cut(source: Iterable[str], words: int) -> str:
    """Paragraphs of ``source`` until there are ``words`` words.

    Raises:
        BenchError: the source ends before.

    """
    kept, count = [], 0
    for paragraph in source:
        kept.append(paragraph)
        count += len(paragraph.split())
        if count >= words:
            return "\n\n".join(kept) + "\n"
    raise BenchError(f"The texts at hand have {count:,} words, not {words:,}")


def retold(examples: Path, seed: int) -> Iterator[str]:
    """The paragraphs of the example stories without end, each round in a new order with a new cast."""
    rng = random.Random(seed)
    stories = [
        (path.read_text(encoding="utf-8"), _names(examples, path)) for path in sorted(examples.glob("*.txt"))
    ]
    while True:
        rng.shuffle(stories)
        for text, names in stories:
            new = {name: "".join(rng.choice(part) for part in _PARTS) for name in names}
            if names:
                pattern = r"\b(" + "|".join(map(re.escape, names)) + r")\b"
                text = re.sub(pattern, lambda m, new=new: new[m[0]], text)  # type: ignore[misc]
            yield from paragraphs(text)


def _names(examples: Path, story: Path) -> list[str]:
    """The words of the cast's names, longest first; titles stay as they are."""
    gold = gold_of(examples, story.stem)
    if not gold.exists():
        return []
    forms = {n["text"] for n in json.loads(gold.read_text(encoding="utf-8"))["names"]}
    words = {w for form in forms for w in re.findall(r"[^\W\d_]{2,}", form) if w[0].isupper()}
    return sorted(words - _TITLES, key=lambda w: (-len(w), w))
