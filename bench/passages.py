"""Passages of novels to be labelled, drawn by a seed; and whether the labelled ones still fit the books.

    python -m bench.passages draw OUT.json [--seed N]    draw passages: book, start, end, sha256, split
    python -m bench.passages check                       bench/gold/passages.json against the books

A passage is three to six sentences that follow one another, 40 to 170 words, from running prose. 150 are
drawn at random, one book after another; the others hold a word of bench/candidates.py, a set number for each
kind of act. Every second passage is asked to be rich in dialogue, as far as the book has any. The
split is by book: the first byte of the SHA-256 of its name, even for dev, odd for test.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
import sys
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.candidates import CANDIDATES, MORE
from bench.settings import ROOT, SEED, BenchError, need, shared_folder

GOLD = ROOT / "bench" / "gold" / "passages.json"
AT_RANDOM = 150
SENTENCES = (3, 6)
WORDS = (40, 170)

Span = tuple[int, int]
Place = tuple[list[Span], int]
"""A run of sentences, and which one of it."""

_PARAGRAPH = re.compile(r"(?:[^\n]*\S[^\n]*\n?)+")
# A sentence ends at its mark and the closing quote, where a capital or an opening mark follows.
_SENTENCE_END = re.compile(
    r"(?<!\bMr)(?<!\bMrs)(?<!\bDr)(?<!\bSt)(?<!\bMiss)(?<!\bCapt)(?<!\b[A-Z])"
    r"[.!?]+[\"'”’)_]*(?=\s+[\"'“‘(_—-]*[A-Z])"
)
_QUOTE = re.compile(r"[“\"]|(?<!\w)[‘'](?=\w)|^--|^—", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a passage stands: code points of the book's text, ``\\n`` line ends and no byte-order mark."""

    book: str
    start: int
    end: int
    sha256: str
    split: str


def book_text(path: Path) -> str:
    """The book as text, byte-order mark dropped, line ends made ``\\n``."""
    return path.read_bytes().decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")


def books(data: Path) -> dict[str, Path]:
    """File stem to file, for every novel.

    Raises:
        BenchError: the folder is not there.

    """
    return {path.stem: path for path in sorted(need(data / "gutenberg", "The novels").glob("*.txt"))}


def split_of(book: str) -> str:
    """``dev`` or ``test``; all passages of a book fall into one."""
    return "test" if hashlib.sha256(book.encode()).digest()[0] % 2 else "dev"


def sha256(text: str) -> str:
    """Hash of a passage's text."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _prose(paragraph: str) -> bool:
    """Running text rather than a heading, verse, a table or a list of contents."""
    lines = paragraph.rstrip("\n").split("\n")
    indented = sum(line.startswith("   ") for line in lines)
    return indented == 0 and paragraph.rstrip()[-1] in ".!?\"'”’)-—:,;" and not paragraph.strip().isupper()


def sentences(text: str) -> Iterator[list[Span]]:
    """Runs of sentences, as spans; a run breaks where something that is no prose stands between."""
    run: list[Span] = []
    for m in _PARAGRAPH.finditer(text):
        if not _prose(m.group()):
            if run:
                yield run
            run = []
            continue
        begin, stop = m.start(), m.start() + len(m.group().rstrip())
        ends = [hit.end() for hit in _SENTENCE_END.finditer(text, begin, stop)] + [stop]
        for end in ends:
            while begin < end and text[begin].isspace():
                begin += 1
            if begin < end:
                run.append((begin, end))
            begin = end
    if run:
        yield run


def _dialogue(text: str) -> bool:
    return len(_QUOTE.findall(text)) >= 2


def _draw(text: str, flat: Sequence[Place], rng: random.Random, word: str | None, talk: bool) -> Span | None:
    """A span of ``text`` that fits, or None if two hundred tries found none."""
    hits = [m.start() for m in re.finditer(rf"\b(?:{word})\b", text)] if word else None
    if hits == []:
        return None
    for attempt in range(200):
        if hits:
            at = rng.choice(hits)
            k = max(0, bisect_right(flat, at, key=lambda place: place[0][place[1]][0]) - 1)
        else:
            k = rng.randrange(len(flat))
        run, i = flat[k]
        size = rng.randint(*SENTENCES)
        first = i - rng.randrange(size)
        if first < 0 or first + size > len(run):
            continue
        start, end = run[first][0], run[first + size - 1][1]
        passage = text[start:end]
        if hits and not start <= at < end:
            continue
        if WORDS[0] <= len(passage.split()) <= WORDS[1] and (_dialogue(passage) == talk or attempt >= 150):
            return start, end
    return None


def draw(data: Path, seed: int) -> list[Passage]:
    """All passages, in the order drawn; no two overlap."""
    rng = random.Random(seed)
    library = books(data)
    order = sorted(library)
    rng.shuffle(order)
    wanted: list[str | None] = [None] * AT_RANDOM
    for number, words in (*CANDIDATES.values(), *((n, words) for _, n, words in MORE)):
        wanted += [words] * number
    texts = {book: book_text(path) for book, path in library.items()}
    places = {book: [(run, i) for run in sentences(t) for i in range(len(run))] for book, t in texts.items()}
    taken: list[Passage] = []
    turn = 0
    for number, word in enumerate(wanted):
        for _ in range(len(order)):
            book = order[turn % len(order)]
            turn += 1
            found = _draw(texts[book], places[book], rng, word, talk=number % 2 == 0)
            if found and not any(p.book == book and p.start < found[1] and found[0] < p.end for p in taken):
                passage = texts[book][found[0] : found[1]]
                taken.append(Passage(book, *found, sha256(passage), split_of(book)))
                break
    return taken


def check(data: Path) -> int:
    """How many labelled passages do not have the text they were labelled on, or labels outside it."""
    library = books(data)
    wrong = 0
    for entry in json.loads(need(GOLD, "The labelled passages").read_text(encoding="utf-8")):
        passage = book_text(library[entry["book"]])[entry["start"] : entry["end"]]
        if sha256(passage) != entry["sha256"]:
            wrong += 1
            print(f"{entry['book']} {entry['start']}: the text is not the one that was labelled")
    return wrong


if __name__ == "__main__":
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("what", choices=("draw", "check"))
    options.add_argument("out", type=Path, nargs="?")
    options.add_argument("--seed", type=int, default=SEED)
    options.add_argument("--data", type=Path, default=shared_folder() / "data")
    given = options.parse_args()
    try:
        if given.what == "check":
            sys.exit(min(1, check(given.data)))
        drawn = [asdict(passage) for passage in draw(given.data, given.seed)]
        if given.out is None:
            options.error("draw needs a file to write to")
        given.out.write_text(json.dumps(drawn, indent=0), encoding="utf-8")
        print(f"{len(drawn)} passages from {len({p['book'] for p in drawn})} books")
    except BenchError as wrong:
        sys.exit(f"bench.passages: {wrong}")
