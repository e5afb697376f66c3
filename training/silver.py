"""Silver data: speakers whose tag is hidden, from unlabelled novels, and GAP's ambiguous pronouns.

Where a speech tag names the speaker ("said Tom"), the label is free: the tag is taken out of the text and
the speaker must be found without it. Only the person's other names are right answers and only names are
candidates, since nobody has told us whom the pronouns mean.
"""

from __future__ import annotations

import csv
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from fabula.encoder.pieces import surface_flags
from fabula.text import read_text
from fabula.text.verbs import speech_verb
from training.documents import Document, columns

_TITLES = (
    "Mr", "Mrs", "Miss", "Ms", "Dr", "Sir", "Lady", "Lord", "Captain", "Colonel", "Major", "Aunt", "Uncle",
    "Madame", "Mme", "Monsieur", "Father", "Mother", "Brother", "Sister", "Doctor", "Professor", "Count",
    "Countess", "Squire", "Princess", "Prince", "Queen", "King",
)  # fmt: skip
_NO_NAMES = (
    "The", "A", "An", "He", "She", "It", "They", "We", "You", "I", "But", "And", "Then", "There", "That",
    "This", "What", "When", "Who", "Why", "How", "Yes", "No", "Oh", "Ah", "God", "Heaven", "Well", "Now",
    "If", "So", "As", "At", "In", "On", "For", "To", "Not", "Do", "Did", "Is", "Are", "Was", "My", "His",
    "Her", "Their", "Our", "Your", "Mr", "Mrs", "Miss", "Sir", "Dr",
)  # fmt: skip
_TITLE = f"(?:{'|'.join(_TITLES)})"
_NAME = rf"(?:{_TITLE}\.?\s+)?(?!(?:{'|'.join(_NO_NAMES)})\b)[A-Z][a-z]+(?:\s+[A-Z][a-z]+)?"
_QUOTE = re.compile(r'“[^“”]{2,900}”|"[^"]{2,900}"')
_AFTER = re.compile(rf"\s+(?:([a-z]+)\s+({_NAME})|({_NAME})\s+([a-z]+))(?=[\s,.;:!?]|$)")
_BEFORE = re.compile(rf"(?:^|(?<=[.!?]\s))({_NAME})\s+([a-z]+)(?:[^.!?“”\"]{{0,60}})[,:]\s*$")


def strip_gutenberg(text: str) -> str:
    """The book between Project Gutenberg's header and licence."""
    a, b = re.search(r"\*\*\* ?START OF.*?\*\*\*", text, re.S), re.search(r"\*\*\* ?END OF", text)
    return text[a.end() if a else 0 : b.start() if b else len(text)]


def book_names(text: str) -> dict[str, str]:
    """Person names of a book: name as written -> key of the person.

    Names that could be two people are left out.
    """
    found: Counter[str] = Counter()
    for m in _QUOTE.finditer(text):
        t = _AFTER.match(text, m.end(), m.end() + 80)
        if t and speech_verb(t[1] or t[4]):
            found[" ".join((t[2] or t[3]).split())] += 1
    names = {n for n, c in found.items() if c >= 3}
    plain = {n for n in names if not re.match(_TITLE + r"\b", n)}
    full = {n for n in plain if " " in n}
    holders = defaultdict(set)
    for n in full | (names - plain):
        for part in n.split():
            holders[part].add(n)
    key = {}
    for n in names:
        if n in full or n not in plain:
            rivals = {o for part in n.split()[1:] for o in holders[part]} - {n}
            key[n] = n if not rivals or n in full else ""
        else:
            owners = {o for o in full if n in o.split()}
            key[n] = next(iter(owners)) if len(owners) == 1 else "" if owners else n
    return {n: k for n, k in key.items() if k}


def _document(
    source: str,
    name: str,
    text: str,
    spans: list[tuple[int, int, int, int]],
    quotes: list[tuple[int, int, int]],
) -> Document | None:
    """``spans``: (start, end, kind, entity) and ``quotes``: (start, end, speaker), in code points."""
    story = read_text(text, name=name)
    if len(story.tokens) < 30:
        return None
    ts, te = story.tokens.start, story.tokens.end
    rows = []
    for a, b, kind, e in spans:
        i, j = int(np.searchsorted(ts, a)), int(np.searchsorted(te, b))
        if i < len(ts) and j < len(te) and ts[i] == a and te[j] == b:
            rows.append((i, j + 1, 0, kind, e))
    rows.sort()
    said = []
    for a, b, e in quotes:
        i, j = int(np.searchsorted(ts, a)), int(np.searchsorted(ts, b))
        if j > i:
            said.append((i, j, e))
    initial, quoted = surface_flags(story)
    sentence_of, paragraph_of, quote_of = columns(story)
    return Document(
        name=name, tokens=tuple(story.token_text(i) for i in range(len(ts))), initial=initial, quoted=quoted,
        sentence_of=sentence_of, paragraph_of=paragraph_of,
        sentence_starts=story.sentence_tokens[:, 0].astype(np.int32), quote_of=quote_of,
        mentions=np.asarray(rows, dtype=np.int32).reshape(-1, 5), events=np.zeros(len(ts), dtype=np.int32),
        quotes=np.asarray(said, dtype=np.int32).reshape(-1, 3), names={}, source=source,
    )  # fmt: skip


def hide_tags(
    passage: str, names: dict[str, str], rng: random.Random, hide: float
) -> tuple[str, list[tuple[int, int, str]]]:
    """Take tags out of a passage: (new text, quotes with the key of their speaker)."""
    out: list[str] = []
    quotes: list[tuple[int, int, str]] = []
    at = length = 0

    def keep(end: int) -> None:
        nonlocal at, length
        out.append(passage[at:end])
        length += end - at
        at = end

    for m in _QUOTE.finditer(passage):
        if m.start() < at:
            continue
        keep(m.start())
        start = length
        keep(m.end())
        key, cut = "", m.end()
        t = _AFTER.match(passage, m.end(), m.end() + 80)
        if t and speech_verb(t[1] or t[4]):
            key = names.get(" ".join((t[2] or t[3]).split()), "")
            cut = t.end()
            stop = re.compile(r"[.!?]|,(?=\s*[“\"])").search(passage, cut, cut + 80)
            cut = m.end() if stop is None or rng.random() > hide else stop.end()
        if key:
            quotes.append((start, length, key))
        if cut > m.end():
            at = cut
    keep(len(passage))
    return "".join(out), quotes


def silver_speakers(
    folder: Path, count: int, words: int, rng: random.Random, hide: float = 0.7
) -> Iterator[Document]:
    """``count`` passages of about ``words`` words with at least four quotes whose speaker is known."""
    books = []
    for path in sorted(folder.glob("*.txt")):
        text = strip_gutenberg(path.read_text(encoding="utf-8", errors="replace")).replace("\r\n", "\n")
        names = book_names(text)
        if len(set(names.values())) >= 3:
            starts = [m.end() for m in re.finditer(r"\n\n+", text)]
            books.append((path.stem, text, names, starts))
    made = 0
    for _ in range(count * 20):
        if made >= count:
            return
        stem, text, names, starts = rng.choice(books)
        if len(starts) < 50:
            continue
        a = rng.choice(starts)
        passage = text[a : text.find("\n\n", a + words * 6)]
        new, quotes = hide_tags(passage, names, rng, hide)
        if len(quotes) < 4 or len({k for *_, k in quotes}) < 2:
            continue
        spans: list[tuple[int, int, int, int]] = []
        ids: dict[str, int] = {}
        for m in re.finditer(_NAME, new):
            key = names.get(" ".join(m[0].split()))
            if key:
                spans.append((m.start(), m.end(), 0, ids.setdefault(key, len(ids))))
        d = _document("speakers", f"{stem}@{a}", new, spans, [(s, e, ids.get(k, -1)) for s, e, k in quotes])
        if d is not None and len(ids) >= 2 and (d.quotes[:, 2] >= 0).sum() >= 3:
            made += 1
            yield d


def gap_rows(folder: Path) -> Iterator[tuple[dict[str, str], int]]:
    """GAP's rows (Webster et al. 2018) whose pronoun means one of the two names, and which, 0 or 1."""
    for path in sorted(folder.glob("gap-*.tsv")):
        with path.open(encoding="utf-8") as f:
            for r in csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE):
                right = [k for k, c in enumerate("AB") if r[c + "-coref"].upper() == "TRUE"]
                if right:
                    yield r, right[0]


def gap(folder: Path) -> Iterator[Document]:
    """GAP's examples whose right name stands before the pronoun.

    The pronoun is the last mention.
    """
    for r, truth in gap_rows(folder):
        at = int(r["Pronoun-offset"])
        if int(r["AB"[truth] + "-offset"]) > at:
            continue
        spans = [(at, at + len(r["Pronoun"]), 2, truth)]
        for k, c in enumerate("AB"):
            o = int(r[c + "-offset"])
            spans.append((o, o + len(r[c]), 0, k))
        d = _document("gap", r["ID"], r["Text"], spans, [])
        if d is not None and len(d.mentions) == 3:
            yield d


if __name__ == "__main__":
    import sys

    sample = list(silver_speakers(Path(sys.argv[1]), 20, 700, random.Random(0)))
    for d in sample[:3]:
        print(d.name, len(d.tokens), d.mentions[:, 4].tolist(), d.quotes.tolist())
        print(" ".join(d.tokens[:400]))
