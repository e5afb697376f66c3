"""The form in which passages are labelled: words numbered where they repeat, labels that name words.

    python -m bench.passage_form show SAMPLE.json [--from N] [--to N]    the passages, to be read and labelled
    python -m bench.passage_form take SAMPLE.json LABELS OUT.json        label lines into offsets

SAMPLE.json is what ``python -m bench.passages draw`` wrote. A word that stands several times in a passage is
shown with its number ("he2"). LABELS has a header and lines for each passage:

    #N
    [not|if|ifnot] KIND[/KIND] AGENT>PATIENT : words
    [not|if|ifnot] ~LABEL[/LABEL] WHO : words

AGENT, PATIENT and WHO are words of the passage too; `-` is nobody. Words follow one another in the text,
whatever marks stand between; "a..b" runs from a to b; each may carry its number. The label file holds words
of the books and stays out of the project; OUT.json holds offsets only.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.labels import FEELINGS, KINDS
from bench.passages import book_text, books
from bench.settings import BenchError, shared_folder

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_NUMBERED_WORD = re.compile(rf"({_WORD.pattern})(\d*)")
_CLITIC = re.compile(r"['’](?:s|re|ll|ve|d|m)$", re.IGNORECASE)
_LINE = re.compile(r"(?:(not|if|ifnot) )?(~?)([a-z/]+) (.*?) : (.*)")
_FREQUENT = "a an the of and to in that was had with it is be at on for as but by so from or"
_UNNUMBERED = frozenset(_FREQUENT.split())

Span = tuple[int, int]


class Numbered:
    """A passage's words, each with how many times it has stood by then."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words: list[tuple[str, int, Span]] = []
        seen: Counter[str] = Counter()
        for m in _WORD.finditer(text):
            word = _plain(m.group())
            seen[word] += 1
            self.words.append((word, seen[word], m.span()))
        self.count = seen

    def shown(self) -> str:
        """The passage with numbers on its repeated words, on one line."""
        out, at = [], 0
        for word, number, (_, end) in self.words:
            out.append(self.text[at:end])
            if self.count[word] > 1 and word not in _UNNUMBERED:
                out.append(str(number))
            at = end
        return re.sub(r"\s*\n\s*\n\s*", " // ", "".join(out) + self.text[at:]).replace("\n", " ")

    def find(self, phrase: str) -> Span:
        """Where ``phrase`` stands.

        Raises:
            ValueError: nowhere, or more than once.

        """
        if ".." in phrase:
            first, last = phrase.split("..")
            start, end = self.find(first)[0], self.find(last)[1]
            if end <= start:
                raise ValueError(f"{phrase!r} runs backwards")
            return start, end
        parts = [(_plain(m[1]), int(m[2] or 0)) for m in _NUMBERED_WORD.finditer(phrase)]
        hits = [i for i in range(len(self.words) - len(parts) + 1) if self._fits(i, parts)]
        if len(hits) != 1 or not parts:
            raise ValueError(f"{phrase!r} stands {len(hits)} times")
        return self.words[hits[0]][2][0], self.words[hits[0] + len(parts) - 1][2][1]

    def _fits(self, i: int, parts: list[tuple[str, int]]) -> bool:
        return all(
            word == part and number in (0, nth)
            for (word, nth, _), (part, number) in zip(self.words[i : i + len(parts)], parts, strict=True)
        )


def _plain(word: str) -> str:
    return word.lower().replace("’", "'")


def label(row: str, passage: Numbered) -> tuple[str, dict[str, Any]]:
    """ "acts" or "emotions", and the entry for a label line. ``kind`` and ``label`` are a list where several
    are right.

    Raises:
        ValueError: the line is not of the form, or its words do not stand in the passage exactly once.

    """
    m = _LINE.fullmatch(row.strip())
    if not m:
        raise ValueError("not of the form [not|if|ifnot] KIND WHO>WHOM : words")
    status, feeling, kinds, who, words = m.groups()
    names = kinds.split("/")
    if strange := [k for k in names if k not in (FEELINGS if feeling else KINDS)]:
        raise ValueError(f"no such kind: {', '.join(strange)}")
    start, end = passage.find(words)
    tail = {
        "start": start,
        "end": end,
        "negated": (status or "").endswith("not"),
        "hypothetical": (status or "").startswith("if"),
    }
    kind = names[0] if len(names) == 1 else names
    if feeling:
        return "emotions", {"who": _span(who, passage), "label": kind, **tail}
    agent, arrow, patient = who.partition(">")
    if not arrow:
        raise ValueError("an act has AGENT>PATIENT")
    return "acts", {"kind": kind, "agent": _span(agent, passage), "patient": _span(patient, passage), **tail}


def _span(words: str, passage: Numbered) -> dict[str, int] | None:
    if words.strip() in ("", "-"):
        return None
    start, end = passage.find(words)
    # A mention is "you" in "you're" and "Ada" in "Ada's".
    end = start + len(_CLITIC.sub("", passage.text[start:end]))
    return {"start": start, "end": end}


def passages(sample: Path, data: Path) -> Iterator[tuple[dict[str, Any], Numbered]]:
    """The entries of a sample, each with its words."""
    library = books(data)
    texts: dict[str, str] = {}
    for entry in json.loads(sample.read_text(encoding="utf-8")):
        book = entry["book"]
        texts.setdefault(book, book_text(library[book]))
        yield entry, Numbered(texts[book][entry["start"] : entry["end"]])


def take(sample: Path, labels: Path, data: Path) -> list[dict[str, Any]]:
    """The passages that ``labels`` has a header for, with their acts and feelings as offsets.

    Raises:
        BenchError: a line is wrong; the message names all that are.

    """
    drawn = list(passages(sample, data))
    out: dict[int, dict[str, Any]] = {}
    wrong: list[str] = []
    number = -1
    for i, row in enumerate(labels.read_text(encoding="utf-8").splitlines(), start=1):
        if row.startswith("#"):
            number = int(row[1:])
            out[number] = {**drawn[number][0], "acts": [], "emotions": []}
        elif row.strip():
            try:
                part, entry = label(row, drawn[number][1])
                out[number][part].append(entry)
            except ValueError as why:
                wrong.append(f"{labels.name}:{i}: #{number}: {why}: {row}")
    if wrong:
        raise BenchError("\n".join(wrong))
    for entry in out.values():
        for part in ("acts", "emotions"):
            entry[part].sort(key=lambda e: (e["start"], e["end"]))
    return list(out.values())


if __name__ == "__main__":
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("what", choices=("show", "take"))
    options.add_argument("sample", type=Path)
    options.add_argument("labels", type=Path, nargs="?")
    options.add_argument("out", type=Path, nargs="?")
    options.add_argument("--from", type=int, default=0, dest="first")
    options.add_argument("--to", type=int, default=10**6)
    options.add_argument("--data", type=Path, default=shared_folder() / "data")
    given = options.parse_args()
    try:
        if given.what == "show":
            for number, (_, passage) in enumerate(passages(given.sample, given.data)):
                if given.first <= number < given.to:
                    print(f"#{number} {passage.shown()}\n")
        elif given.labels is None or given.out is None:
            options.error("take needs LABELS and OUT.json")
        else:
            found = take(given.sample, given.labels, given.data)
            given.out.write_text(json.dumps(found, indent=0), encoding="utf-8")
            print(f"{len(found)} passages, {sum(len(p['acts']) for p in found)} acts")
    except BenchError as wrong:
        sys.exit(f"bench.passage_form: {wrong}")
