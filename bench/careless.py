"""Marked stories as a careless writer would have typed them, scored as ``bench.marked`` scores them.

    python -m bench.careless [--stories DIR] [--every N] [--kinds NAME ...]

Every story is held out of all training. Each kind is one habit, all through the story; its labels move with
the text, so that a figure tells what the habit costs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from bench import results
from bench.marked import render, score_texts, stories
from bench.predict import Reader, fabula_reader
from bench.settings import Settings, parser, settings

Edit = tuple[int, int, str]
"""Code points of the text, and what stands there instead."""
Labels = dict[str, Any]

_CLOSING = "”\"’'"


def _closings(text: str, gold: Labels) -> Iterator[int]:
    """Where each labelled line has its closing mark."""
    for quote in gold["quotes"]:
        if text[quote["end"] - 1] in _CLOSING and quote["end"] - quote["start"] > 2:
            yield quote["end"] - 1


def full_stops(text: str, gold: Labels) -> list[Edit]:
    """“Hello.” He said."""
    edits = []
    for i in _closings(text, gold):
        if text[i + 1 : i + 2] == " " and text[i + 2 : i + 3].islower() and text[i - 1] in ",?!…—":
            if text[i - 1] == ",":
                edits.append((i - 1, i, "."))
            edits.append((i + 2, i + 3, text[i + 2].upper()))
    return edits


def comma_outside(text: str, gold: Labels) -> list[Edit]:
    """“Hello”, he said."""
    places = [i for i in _closings(text, gold) if text[i - 1] == ","]
    return [edit for i in places for edit in ((i - 1, i, ""), (i + 1, i + 1, ","))]


def no_comma(text: str, gold: Labels) -> list[Edit]:
    """“Hello” he said."""
    return [(i - 1, i, "") for i in _closings(text, gold) if text[i - 1] == ","]


def small_i(text: str, gold: Labels) -> list[Edit]:
    """I as i."""
    return [(m.start(), m.end(), "i") for m in re.finditer(r"\bI\b(?!\.)", text)]


def no_capitals(text: str, gold: Labels) -> list[Edit]:
    """Everything in small letters, names too."""
    return [(m.start(), m.end(), m[0].lower()) for m in re.finditer(r"[A-ZÀ-Ý]+", text)]


def run_together(text: str, gold: Labels) -> list[Edit]:
    """Two speakers in one paragraph, every other time that talk goes on in the next one."""
    spoken = [(q["start"], q["end"]) for q in gold["quotes"]]
    breaks = [(m.start(), m.end()) for m in re.finditer(r"\n\s*\n", text)]
    edges = [0, *(b for _, b in breaks), len(text)]
    talk = [any(a <= s < b for s, _ in spoken) for a, b in pairwise(edges)]
    both = [x for i, x in enumerate(breaks) if talk[i] and talk[i + 1]]
    return [(a, b, " ") for a, b in both[::2]]


def one_block(text: str, gold: Labels) -> list[Edit]:
    """No paragraphs at all."""
    return [(m.start(), m.end(), " ") for m in re.finditer(r"\n\s*\n(?=.)", text)]


def unclosed(text: str, gold: Labels) -> list[Edit]:
    """Every fifth line that ends its paragraph has no closing mark."""
    ends = [i for i in _closings(text, gold) if text[i + 1 : i + 2] in ("\n", "")]
    return [(i, i + 1, "") for i in ends[::5]]


def no_apostrophes(text: str, gold: Labels) -> list[Edit]:
    """Dont, cant, wont."""
    return [(m.start(1), m.end(1), "") for m in re.finditer(r"\w(?:n)(['’])t\b", text)]


def misspelt(text: str, gold: Labels) -> list[Edit]:
    """Every fourth name of five letters and more has two of them exchanged."""
    edits = []
    for name in sorted(gold["names"], key=lambda x: x["start"])[3::4]:
        word = text[name["start"] : name["end"]]
        if len(word) > 4 and word.isalpha():
            i = name["start"] + 2
            edits.append((i, i + 2, text[i + 1] + text[i]))
    return edits


def loud(text: str, gold: Labels) -> list[Edit]:
    """What?! No!!! Well......"""
    edits = [(m.start(), m.end(), "!!!") for m in re.finditer(r"(?<![!?])!(?![!?])", text)]
    edits += [(m.start(), m.end(), "......") for m in re.finditer(r"…|\.\.\.", text)]
    return sorted(edits + [(m.start(), m.end(), "??") for m in re.finditer(r"(?<![!?])\?(?![!?])", text)])


KINDS: dict[str, Callable[[str, Labels], list[Edit]]] = {
    "as written": lambda text, gold: [],
    "full stops": full_stops,
    "comma outside": comma_outside,
    "no comma": no_comma,
    "small i": small_i,
    "no capitals": no_capitals,
    "run together": run_together,
    "one block": one_block,
    "unclosed": unclosed,
    "no apostrophes": no_apostrophes,
    "misspelt": misspelt,
    "loud": loud,
}


def rewritten(text: str, gold: Labels, edits: Sequence[Edit]) -> tuple[str, Labels]:
    """The text with the edits, which are sorted and do not overlap, and the labels where they stand in it."""
    at = list(range(len(text) + 1))
    out: list[str] = []
    last = moved = inserted = 0
    edits = sorted(edits)
    for start, end, new in edits:
        out += (text[last:start], new)
        for i in range(last + inserted, start + 1):
            at[i] = i + moved
        for i in range(start + 1, end):
            at[i] = min(i, start + len(new)) + moved
        moved += len(new) - (end - start)
        last, inserted = end, int(start == end)
    for i in range(last + inserted, len(text) + 1):
        at[i] = i + moved
    out.append(text[last:])
    moved_labels = {
        part: [x | {"start": at[x["start"]], "end": at[x["end"]]} for x in some]
        for part, some in gold.items()
    }
    new_text = "".join(out)
    for x in moved_labels["pronouns"]:
        x["text"] = new_text[x["start"] : x["end"]]
    return new_text, moved_labels


def score(
    s: Settings, folder: Path, kind: str, every: int, reader: Reader = fabula_reader
) -> dict[str, tuple[float, int | None]]:
    """Pooled figures of the stories held out, rewritten.

    Raises:
        BenchError: there is no marked story in ``folder``.

    """
    found = stories(folder, True, every)
    texts = ((name, *rewritten(text, gold, KINDS[kind](text, gold))) for name, text, gold in found)
    return score_texts(s, f"careless/{kind.replace(' ', '_')}", texts, reader)


def main() -> None:
    """Run the command line."""
    options = parser(__doc__)
    options.add_argument("--stories", type=Path, default=Path("training/stories"))
    options.add_argument("--every", type=int, default=4, help="read only every so many")
    options.add_argument("--kinds", nargs="+", default=list(KINDS), choices=list(KINDS), metavar="NAME")
    chosen = options.parse_args()
    s = settings(chosen)
    results.command(lambda: render([(k, score(s, chosen.stories, k, chosen.every)) for k in chosen.kinds]))


if __name__ == "__main__":
    main()
