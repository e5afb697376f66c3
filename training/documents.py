"""Labelled documents as token columns: LitBank on natural spacing, read with the package's own text layer."""

from __future__ import annotations

import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np

from fabula.encoder.pieces import normalise, surface_flags
from fabula.text import read_text
from fabula.types import ENTITY_TYPES, MENTION_KINDS, Ints, QuoteSpan, Story

HE, SHE = {"he", "him", "his", "himself"}, {"she", "her", "hers", "herself"}
TITLES = frozenset(
    ["mr", "mrs", "miss", "ms", "dr", "sir", "lady", "lord", "madame", "monsieur", "mademoiselle", "captain",
     "colonel", "major", "general", "professor", "count", "countess", "prince", "princess", "king", "queen",
     "duke", "duchess", "uncle", "aunt", "father", "mother", "brother", "sister", "old", "young", "little",
     "poor", "dear", "the", "of", "de", "von", "st", "saint", "king's", "and"]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Document:
    """A document as columns. Spans are tokens, half-open; entities are ids, -1 where unknown.

    ``quote_speaker`` is an entity id or -1. ``source`` is "litbank" (everything labelled), "speakers" (some
    quotes' speakers and their names), "gap" (pronouns and two names each), "story" or "novel" (people only).
    """

    name: str
    tokens: tuple[str, ...]
    initial: Ints
    quoted: Ints
    sentence_of: Ints
    paragraph_of: Ints
    sentence_starts: Ints
    quote_of: Ints
    mentions: Ints  # (m, 5): start, end, type, kind, entity
    events: Ints  # (n_tokens,) 0 or 1
    quotes: Ints  # (q, 3): start, end, speaker
    names: dict[str, str]  # capitalised name token -> "m", "f" or "?"
    source: str = "litbank"


def quote_index(story: Story) -> Ints:
    """Innermost quote of each token, -1 outside. Shape (n_tokens,)."""
    out = np.full(len(story.tokens), -1, dtype=np.int32)
    for k, q in enumerate(story.quotes):
        a, b = np.searchsorted(story.tokens.start, [q.start, q.end])
        out[a:b] = k
    return out


def columns(story: Story) -> tuple[Ints, Ints, Ints]:
    """(sentence_of, paragraph_of, quote_of), each (n_tokens,)."""
    n = len(story.tokens)
    sentence_of = np.zeros(n, dtype=np.int32)
    for k, (a, b) in enumerate(story.sentence_tokens.tolist()):
        sentence_of[a:b] = k
    starts = np.asarray([p.start for p in story.paragraphs])
    paragraph_of = np.searchsorted(starts, story.tokens.start, side="right").astype(np.int32) - 1
    return sentence_of, paragraph_of, quote_index(story)


def token_range(story: Story, start: int, end: int) -> tuple[int, int] | None:
    """Tokens that exactly cover [start, end) code points, or None where boundaries differ."""
    a = int(np.searchsorted(story.tokens.start, start))
    b = int(np.searchsorted(story.tokens.end, end))
    if a >= len(story.tokens) or b >= len(story.tokens) or a > b:
        return None
    if story.tokens.start[a] != start or story.tokens.end[b] != end:
        return None
    return a, b + 1


def load_litbank(path: Path) -> tuple[Document, Counter[str]]:
    """One document, and counts of what could not be aligned with the tokens."""
    gold = json.loads(path.read_text(encoding="utf-8"))
    story = read_text(gold["text"], name=path.stem)
    if not story.quotes:
        story = replace(story, quotes=tuple(
            QuoteSpan(m.start(), m.end())
            for m in re.finditer(r'"[^"]+"|“[^”]+”', story.text)
            if m.end() - m.start() < 3000
        ))  # fmt: skip
    tokens = tuple(normalise(story.token_text(i)) for i in range(len(story.tokens)))
    raw = [story.token_text(i) for i in range(len(story.tokens))]
    lost: Counter[str] = Counter()
    entities: dict[str, int] = {}
    rows: list[tuple[int, int, int, int, int]] = []
    sex: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for m in gold["mentions"]:
        at = token_range(story, m["start"], m["end"])
        lost["mentions"] += 1
        if at is None:
            lost["mentions lost"] += 1
            continue
        e = entities.setdefault(m["entity"], len(entities))
        rows.append((*at, ENTITY_TYPES.index(m["type"]), MENTION_KINDS.index(m["kind"]), e))
        word = gold["text"][m["start"] : m["end"]].lower()
        sex[e]["m" if word in HE else "f" if word in SHE else "?"] += 1
    rows.sort(key=lambda r: (r[0], -r[1]))
    names: dict[str, str] = {}
    for a, b, kind, gender, e in [(r[0], r[1], r[3], r[2], r[4]) for r in rows]:
        if kind == 0 and gender == 0:
            c = sex[e]
            g = "m" if c["m"] > c["f"] else "f" if c["f"] > c["m"] else "?"
            for t in raw[a:b]:
                if t[:1].isupper() and t[1:].islower() and t.lower().strip(".") not in TITLES:
                    names[t] = g if names.get(t, g) == g else "?"
    events = np.zeros(len(tokens), dtype=np.int32)
    for ev in gold["events"]:
        at = token_range(story, ev["start"], ev["end"])
        lost["events"] += 1
        if at is None:
            lost["events lost"] += 1
            continue
        events[at[0] : at[1]] = 1
    quotes = []
    for q in gold["quotes"]:
        a = int(np.searchsorted(story.tokens.start, q["start"]))
        b = int(np.searchsorted(story.tokens.start, q["end"]))
        quotes.append((a, max(b, a + 1), entities.get(q["speaker"], -1)))
    initial, quoted = surface_flags(story)
    sentence_of, paragraph_of, quote_of = columns(story)
    document = Document(
        name=path.stem, tokens=tuple(raw), initial=initial, quoted=quoted,
        sentence_of=sentence_of, paragraph_of=paragraph_of, quote_of=quote_of,
        sentence_starts=story.sentence_tokens[:, 0].astype(np.int32),
        mentions=np.asarray(rows, dtype=np.int32).reshape(-1, 5), events=events,
        quotes=np.asarray(quotes, dtype=np.int32).reshape(-1, 3), names=names,
    )  # fmt: skip
    return document, lost


def load_folder(folder: Path) -> list[Document]:
    """Every document of a litbank_natural split, in name order; prints what could not be aligned."""
    out, lost = [], Counter[str]()
    for path in sorted(folder.glob("*.json")):
        document, c = load_litbank(path)
        out.append(document)
        lost += c
    print(folder.name, len(out), "documents", dict(lost))
    return out


def chunk(d: Document, start: int, end: int) -> Document:
    """Tokens [start, end) of a document; what crosses the edge is left out."""
    m = d.mentions[(d.mentions[:, 0] >= start) & (d.mentions[:, 1] <= end)].copy()
    m[:, :2] -= start
    q = d.quotes[(d.quotes[:, 0] >= start) & (d.quotes[:, 1] <= end)].copy()
    q[:, :2] -= start
    s = d.sentence_starts[(d.sentence_starts >= start) & (d.sentence_starts < end)] - start
    cut = slice(start, end)
    return replace(
        d, tokens=d.tokens[cut], initial=d.initial[cut], quoted=d.quoted[cut], sentence_of=d.sentence_of[cut],
        paragraph_of=d.paragraph_of[cut], sentence_starts=s, quote_of=d.quote_of[cut], mentions=m,
        events=d.events[cut], quotes=q,
    )  # fmt: skip


def chunks(d: Document, size: int, rng: random.Random) -> Iterator[Document]:
    """Cut a document at sentence starts into chunks of about ``size`` tokens, beginning at a random phase."""
    n = len(d.tokens)
    count = max(1, round(n / size))
    shift = rng.uniform(-0.25, 0.25) * size if count > 1 else 0.0
    cuts = [0]
    for k in range(1, count):
        at = int(np.searchsorted(d.sentence_starts, k * n / count + shift))
        cuts.append(int(d.sentence_starts[min(at, len(d.sentence_starts) - 1)]))
    cuts.append(n)
    for a, b in pairwise(cuts):
        if b - a > 20:
            yield chunk(d, a, b)


def rename(d: Document, pool: Sequence[tuple[str, str]], rng: random.Random) -> Document:
    """Give the people other names of the same gender, so that no name is learnt by heart."""
    by = defaultdict(list)
    for name, g in pool:
        by[g].append(name)
    new = {n: rng.choice(by[g] or [n]) for n, g in d.names.items()}
    return replace(d, tokens=tuple(new.get(t, t) for t in d.tokens))


def pack(documents: Sequence[Document]) -> Document:
    """Several short documents as one; entities, sentences, paragraphs and quotes are kept apart."""
    parts: list[Document] = []
    at = entity = sentence = paragraph = quote = 0
    for d in documents:
        m, q = d.mentions.copy(), d.quotes.copy()
        m[:, :2] += at
        q[:, :2] += at
        m[:, 4] = np.where(m[:, 4] >= 0, m[:, 4] + entity, -1)
        q[:, 2] = np.where(q[:, 2] >= 0, q[:, 2] + entity, -1)
        parts.append(replace(
            d, mentions=m, quotes=q, sentence_starts=d.sentence_starts + at,
            sentence_of=d.sentence_of + sentence, paragraph_of=d.paragraph_of + paragraph,
            quote_of=np.where(d.quote_of >= 0, d.quote_of + quote, -1),
        ))  # fmt: skip
        at += len(d.tokens)
        entity = max([entity, *(m[:, 4] + 1).tolist(), *(q[:, 2] + 1).tolist()])
        sentence, paragraph = int(parts[-1].sentence_of.max()) + 1, int(parts[-1].paragraph_of.max()) + 3
        quote = max(quote, int(parts[-1].quote_of.max()) + 1)

    def joined(name: str) -> Ints:
        return np.concatenate([getattr(p, name) for p in parts])

    return replace(
        parts[0],
        tokens=tuple(t for p in parts for t in p.tokens),
        initial=joined("initial"),
        quoted=joined("quoted"),
        sentence_of=joined("sentence_of"),
        paragraph_of=joined("paragraph_of"),
        sentence_starts=joined("sentence_starts"),
        quote_of=joined("quote_of"),
        mentions=joined("mentions"),
        events=joined("events"),
        quotes=joined("quotes"),
    )


def name_pool(documents: Sequence[Document]) -> list[tuple[str, str]]:
    """Distinct (name token, gender) of a set of documents."""
    return sorted({(n, g) for d in documents for n, g in d.names.items()})
