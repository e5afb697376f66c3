"""Text taken out of a paged file, as PDF is: page numbers, running heads and hyphens at line ends go.

They stand in the midst of sentences and lines of speech. What is taken out is furniture of pages that no
edition of the story shares; nothing else is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

LEAST = 3
"""Pages from which a text is one of pages."""
REPEATED = 3
"""Pages from which a line at their head or foot is a running one, if a fifth of all have it."""
_NUMBER = re.compile(r"\W*(?:(?:page|p\.|pg\.?)\s*)?(\d{1,4})(?:\s*(?:of|/)\s*\d{1,4})?\W*", re.IGNORECASE)
_BESIDE = re.compile(r"^\W*\d{1,4}\b|\b\d{1,4}\W*$")
_CHAPTER = re.compile(r"\b(?:chapter|part|book|act|scene|section|volume)\b", re.IGNORECASE)
_ENDS = re.compile(r"[.!?…:][\"“”’'»)\]*_]*$|[\"”»]$")
_HYPHEN = re.compile(r"\b([^\W\d_]{2,})[-‐]\n[ \t]*([^\W\d_]{2,})(\S*)[ \t]?")
_LONGEST = 80


def without_pages(text: str) -> str:
    """``text`` itself, or its pages run together where form feeds at line ends part three. Linear.

    A running line stays where it first stands, which may be the title, but for the midst of a sentence.
    """
    pages = [page.split("\n") for page in text.split("\n\f")]
    if len(pages) < LEAST:
        return text
    edges = [_edges(page) for page in pages]
    heads = Counter(key for page, at in zip(pages, edges, strict=True) for key in {_key(page[i]) for i in at})
    running = {key for key, n in heads.items() if key and n >= max(REPEATED, len(pages) / 5)}
    first = _first_number(pages, edges)
    seen: set[str] = set()
    parts: list[str] = []
    for number, (page, at) in enumerate(zip(pages, edges, strict=True)):
        for i in at:
            m, key = _NUMBER.fullmatch(page[i].strip()), _key(page[i])
            if m and int(m[1]) - number == first:
                page[i] = ""
            elif key in running:
                inside = bool(parts) and i == at[0] and _goes_on(parts[-1], "\n".join(page[i + 1 :]))
                page[i] = "" if key in seen or inside else page[i]
                seen.add(key)
        body = "\n".join(page).strip("\n")
        if body.strip():
            parts += ["\n" if _goes_on(parts[-1], body) else "\n\n", body] if parts else [body]
    return _unbroken("".join(parts) + "\n")


def _first_number(pages: Sequence[Sequence[str]], edges: Sequence[Sequence[int]]) -> int | None:
    """What must be added to a page's place for its number, if three pages are numbered so."""
    found = Counter(
        int(m[1]) - number
        for number, (page, at) in enumerate(zip(pages, edges, strict=True))
        for i in at
        if (m := _NUMBER.fullmatch(page[i].strip()))
    )
    best = found.most_common(1)
    return best[0][0] if best and best[0][1] >= LEAST else None


def _edges(page: Sequence[str]) -> list[int]:
    """The first two and the last two lines of a page that are not blank."""
    written = [i for i, line in enumerate(page) if line.strip()]
    return sorted({*written[:2], *written[-2:]}) if len(written) > 4 else written[:1] + written[1:][-1:]


def _key(line: str) -> str:
    """What a running line is on every page; "" for a line too long for one. A chapter keeps its number."""
    if len(line) > 2 * _LONGEST:
        return ""
    bare = " ".join((line if _CHAPTER.search(line) else _BESIDE.sub(" ", line)).split())
    return bare.lower() if 2 < len(bare) <= _LONGEST else ""


def _goes_on(before: str, page: str) -> bool:
    """Whether a paragraph runs over the page's end."""
    last, first = before.rstrip()[-200:], page.lstrip()
    return not _ENDS.search(last) or first[:1].islower()


def _unbroken(text: str) -> str:
    """Words parted at line ends in one, unless they stand with their hyphen elsewhere."""
    low = text.lower()

    def joined(m: re.Match[str]) -> str:
        whole = f"{m[1]}-{m[2]}"
        kept = m[2][0].isupper() or whole.lower() in low
        return (whole if kept else m[1] + m[2]) + m[3] + "\n"

    return _HYPHEN.sub(joined, text)
