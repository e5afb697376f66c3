"""Marked stories and labelled passages of novels as documents for the reading branch.

Only people are labelled in them, and not every description: spans that nobody has told about teach nothing.
"""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import numpy.typing as npt

from fabula.text import read_text
from training.documents import Document, chunks, columns, rename
from training.held import is_held_text
from training.labelled_texts import labelled_texts, load_text
from training.person_data import MANY, NOBODY, UNKNOWN, People

SEVERAL = -2
"""In place of an entity: several people, surely none of those known."""
MARKED = ("story", "novel")
"""Sources of marked documents."""


def marked_document(people: People, text: str) -> Document:
    """A text whose people are known. Several people have entity ``SEVERAL``.

    What means nobody of the cast, or is not known, is no mention here: it may be a person's or a thing's.
    """
    story = read_text(text, name=people.name)
    sentence_of, paragraph_of, quote_of = columns(story)
    m = people.mentions[~np.isin(people.mentions[:, 4], (NOBODY, UNKNOWN))]
    who = np.where(m[:, 4] == MANY, SEVERAL, m[:, 4])
    rows = np.stack([m[:, 0], m[:, 1], np.zeros_like(who), m[:, 3], who], 1)
    return Document(
        name=people.name, tokens=tuple(people.tokens), initial=people.initial, quoted=people.quoted,
        sentence_of=sentence_of, paragraph_of=paragraph_of, sentence_starts=people.sentence_starts,
        quote_of=quote_of, mentions=rows[np.lexsort((-rows[:, 1], rows[:, 0]))].astype(np.int32),
        events=np.zeros(len(people.tokens), np.int32),
        quotes=np.maximum(people.quotes[:, :3], -1).astype(np.int32), names=people.name_words,
        source=people.source,
    )  # fmt: skip


def marked_documents(data: Path, stories: Path, novels: Path | None) -> tuple[list[Document], list[Document]]:
    """(to learn from, held out); what is damaged is told and left out."""
    parts: tuple[list[Document], list[Document]] = [], []
    for source, path in labelled_texts(data, stories, novels):
        if source == "litbank":
            continue
        try:
            people, text = load_text(source, path, data)
        except (OSError, ValueError, KeyError, IndexError) as e:
            print(path, "left out:", repr(e), flush=True)
            continue
        parts[is_held_text(people.name, source)].append(marked_document(people, text))
    return parts


def marked_steps(
    documents: list[Document], passes: float, size: int, pool: list[tuple[str, str]], rng: random.Random
) -> list[Document]:
    """Chunks of all documents, gone through ``passes`` times, in random order; most with other names."""
    out: list[Document] = []
    while passes > 0:
        for d in documents:
            if passes >= 1 or rng.random() < passes:
                out += chunks(rename(d, pool, rng) if rng.random() < 0.7 else d, size, rng)
        passes -= 1
    rng.shuffle(out)
    return out


def span_told(d: Document, widest: int) -> npt.NDArray[np.bool_]:
    """(n_tokens, widest) true where it is known whether a mention of a person stands, by start and length.

    Known are the labelled ones, and that nothing crosses a name or lies within it.
    """
    n = len(d.tokens)
    told = np.zeros((n, widest), dtype=bool)

    def tell(start: int, end: int) -> None:
        if 0 <= start < end <= n and end - start <= widest:
            told[start, end - start - 1] = True

    for a, b, _, kind, _ in d.mentions.tolist():
        tell(a, b)
        if kind != 0:
            continue
        for inner in range(a, b):
            for end in range(inner + 1, b):
                tell(inner, end)
            if inner > a:
                for end in range(b, b + widest):
                    tell(inner, end)
                for start in range(a - widest, a):
                    tell(start, inner)
    return told
