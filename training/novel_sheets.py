"""Passages of novels as sheets on which a person says who is who.

    python -m training.novel_sheets --data ../shared/data --out FOLDER

A sheet is the passage with numbers in it: ``he[12]`` a pronoun, ``{the old man}[13]`` a name or a
description, ``<q3>`` before the opening mark of a quote. What to answer, and how, stands in
``training/novel_answers.py``. Beside each sheet a JSON file says where the passage and its numbered items
stand. Passages with dialogue, many pronouns and several people named are preferred; the same seed chooses the
same ones.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from fabula.encoder.session import OnnxEncoder, model_folder
from fabula.heads.evidence import gather
from fabula.text import read_text

SKIPPED = frozenset(["4300_ulysses"])
OPENING = 15_000
"""Code points at the beginning of a novel that no passage is taken from: LitBank's excerpts stand there."""
WORDS = (900, 1300, 1600)
"""Least, wished and greatest number of words of a passage."""
PER_NOVEL = (5, 7)
ROOM = 12_000
"""Code points of a novel for each passage, at least."""
TRIES = 40
"""How many places are looked at for each passage."""

HE = frozenset(["he", "him", "his", "himself"])
SHE = frozenset(["she", "her", "hers", "herself"])
I_YOU = frozenset(["i", "me", "my", "mine", "myself", "you", "your", "yours", "yourself"])
ASKED = HE | SHE | I_YOU
"""Pronouns that are asked even where no mention is found."""
NOT_ASKED = frozenset(["it", "its", "itself", "who", "whom", "whose", "which", "that"])

_BREAK = re.compile(r"\n[ \t]*(?:\n\s*)+|\n(?=[ \t]{2,}\S)|\Z")
_HEADING = re.compile(
    r"(?im)^[ \t]*(?:(?:chapter|book|part|volume|letter|phase|act|scene)\b.{0,60}"
    r"|[ivxl]+\.?|\[?\d+\]?\.?|\*.*|[A-Z][^a-z\n]{6,})[ \t]*$"
)
_WORD = re.compile(r"[A-Za-z][A-Za-z’']*")
_QUOTE = re.compile(r"[“\"]|(?<![\w.,!?;])['‘](?=[A-Z])|(?m:^[ \t]*—)")
_DIALECT = re.compile(
    r"(?i)\b(?:\w+in['’](?!\w)|th['’]|o['’]|t['’]|['’]em|ain['’]t|de|dat|dis|dey|dere|wuz|gwine|yer|ter|sez"
    r"|hev|thou|thee|tha|ye|nowt|summat|wi['’]|feyther|niver|an['’])(?![\w’'])"
)
_NAME = re.compile(r"(?<=[a-z,;] )(?:(?:Mr|Mrs|Dr)\.? |(?:Miss|Lady|Lord|Sir) )?[A-Z][a-z]{2,}")
_PLAY = re.compile(r"(?m)^[ \t]*_?[A-Z][A-Z .]{2,}[.:]|^[ \t]*_?[A-Z]{2}[A-Z. ]+:")


@dataclass(frozen=True, slots=True)
class Place:
    """A passage: code points of its novel, and how well it suits."""

    start: int
    end: int
    score: float


def decode(path: Path) -> tuple[str, str]:
    """A novel's text, and the SHA-256 of its file."""
    raw = path.read_bytes()
    return raw.decode("utf-8"), hashlib.sha256(raw).hexdigest()


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Where the paragraphs stand, parted by blank lines or begun by an indented line."""
    out, at = [], 0
    for m in _BREAK.finditer(text):
        if text[at : m.start()].strip():
            out.append((at + len(text[at : m.start()]) - len(text[at : m.start()].lstrip("\n")), m.start()))
        at = m.end()
    return out


def suits(text: str) -> float:
    """How well a passage suits, 0 not at all."""
    words = [w.lower() for w in _WORD.findall(text)]
    lines = [x for x in text.split("\n") if x.strip()]
    inner = [len(a.strip()) for a, b in pairwise(lines) if not b.startswith(("  ", "\t"))]
    long = sum(n > 45 for n in inner)
    if _HEADING.search(text) or len(_PLAY.findall(text)) > 3 or long < 0.5 * len(inner):
        return 0.0
    if len(_DIALECT.findall(text)) > 0.02 * len(words) or "gutenberg" in text.lower():
        return 0.0
    he, she = (sum(w in s for w in words) for s in (HE, SHE))
    names = [n for n, k in Counter(_NAME.findall(text)).items() if k > 1]
    marks = len(_QUOTE.findall(text)) / (2 if '"' in text else 1)
    return (
        0.01
        + min(he + she, 100) / 100
        + min(max(he, she), 70) / 140
        + min(marks, 25) / 25
        + min(len(names), 4) / 5
        - (0.7 if marks < 4 else 0)
        - (0.5 if marks > 70 else 0)
    )


def places(text: str, count: int, rng: random.Random) -> Iterator[Place]:
    """At most ``count`` passages, the best found in each of so many equal parts of the novel."""
    spans = paragraphs(text)
    length = [len(text[a:b].split()) for a, b in spans]
    step = (len(text) - OPENING) / count
    last = OPENING
    for part in range(count):
        low, high = OPENING + part * step, OPENING + (part + 1) * step
        inside = [k for k, (a, _) in enumerate(spans) if max(low, last) <= a < high]
        best = Place(0, 0, 0.0)
        for k in sorted(rng.sample(inside, min(TRIES, len(inside)))):
            n, j = 0, k
            while j < len(spans) and n < WORDS[1] and n + length[j] <= WORDS[2]:
                n += length[j]
                j += 1
            if n < WORDS[0] or spans[j - 1][1] > high:
                continue
            a, b = spans[k][0], spans[j - 1][1]
            score = suits(text[a:b])
            if score > best.score:
                best = Place(a, b, score)
        if best.score > 0:
            last = best.end
            yield best


def choose(folder: Path, count: int, seed: int) -> list[tuple[Path, Place]]:
    """The passages: at most seven a novel; where these are too many the worst go, down to five."""
    found: list[tuple[Path, Place]] = []
    for path in sorted(folder.glob("*.txt")):
        if path.stem in SKIPPED:
            continue
        text, _ = decode(path)
        n = min(PER_NOVEL[1], (len(text) - OPENING) // ROOM)
        if n > 0:
            found += [(path, p) for p in places(text, n, random.Random(f"{seed} {path.stem}"))]
    left = Counter(path for path, _ in found)
    dropped: set[tuple[Path, Place]] = set()
    for path, p in sorted(found, key=lambda t: (t[1].score, t[0].name, t[1].start)):
        if len(found) - len(dropped) > count and left[path] > PER_NOVEL[0]:
            left[path] -= 1
            dropped.add((path, p))
    return [t for t in found if t not in dropped]


Item = tuple[int, int, int, int]
"""Start, end, kind (0 name, 1 description, 2 pronoun), start of the head word; code points of the passage."""


def sheet(text: str, items: list[Item], quotes: list[tuple[int, int]]) -> str:
    """The passage with its numbers; an item's number is its place in ``items``, counted from 1."""
    marks: list[tuple[int, int, int, str]] = []
    for k, (a, b, kind, _) in enumerate(items, 1):
        brace = kind != 2 or len(text[a:b].split()) > 1
        marks.append((b, 0, -a, f"{'}' if brace else ''}[{k}]"))
        if brace:
            marks.append((a, 2, -b, "{"))
    marks += [(a, 1, 0, f"<q{k}>") for k, (a, _) in enumerate(quotes, 1)]
    out, at = [], 0
    for pos, _, _, mark in sorted(marks):
        out += [text[at:pos], mark]
        at = pos
    return "".join([*out, text[at:]])


def find_items(text: str, encoder: OnnxEncoder) -> tuple[list[Item], list[tuple[int, int]]]:
    """What is asked about a passage: its items in the order in which they end, and its quotes."""
    story = read_text(text, name="passage")
    if story.text != text:
        raise ValueError("the text is read otherwise than it stands")
    start, end = story.tokens.start.tolist(), story.tokens.end.tolist()
    m = gather(story, encoder, model_folder()).mentions
    items: dict[tuple[int, int], Item] = {}
    for k in range(len(m)):
        a, b = start[m.token_start[k]], end[m.token_end[k] - 1]
        if m.type[k] == 0 and text[a:b].lower() not in NOT_ASKED:
            items.setdefault((a, b), (a, b, int(m.kind[k]), start[m.head_token[k]]))
    for a, b in zip(start, end, strict=True):
        if text[a:b].lower() in ASKED:
            items.setdefault((a, b), (a, b, 2, a))
    quotes = [(q.start, q.end) for q in story.quotes if q.parent is None]
    return sorted(items.values(), key=lambda t: (t[1], -t[0])), quotes


def main() -> None:
    """Parse the command line, choose the passages, write the sheets that are not there yet."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--data", type=Path, default=Path("../shared/data"))
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--passages", type=int, default=400)
    p.add_argument("--seed", type=int, default=1)
    a = p.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    chosen = choose(a.data / "gutenberg", a.passages, a.seed)
    encoder = OnnxEncoder(threads=1)
    print(len(chosen), "passages chosen", flush=True)
    for path, place in chosen:
        number, _, title = path.stem.partition("_")
        name = f"{number}_{place.start}"
        if (a.out / f"{name}.json").exists():
            continue
        whole, digest = decode(path)
        text = whole[place.start : place.end]
        try:
            items, quotes = find_items(text, encoder)
        except ValueError as e:
            print(name, "left out:", e, flush=True)
            continue
        heading = f"# {name}  {title.replace('_', ' ')}"
        (a.out / f"{name}.sheet").write_text(
            f"{heading}\n{sheet(text, items, quotes)}\n", encoding="utf-8", newline=""
        )
        about = {
            "book": path.stem, "sha256": digest, "start": place.start, "end": place.end,
            "items": items, "quotes": quotes,
        }  # fmt: skip
        (a.out / f"{name}.json").write_text(json.dumps(about, separators=(",", ":")), encoding="utf-8")
    print("done", len(list(a.out.glob("*.sheet"))), flush=True)


if __name__ == "__main__":
    main()
