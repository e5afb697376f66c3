"""Texts whose people are known, for the person model: LitBank, and stories marked in line.

A story's marks are those of examples/README.md and, in training stories, ``<<Halvard|the taller man>>`` for a
description of a person.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from fabula.encoder.pieces import normalise, surface_flags
from fabula.heads.pair_features import head_offset
from fabula.lexicon.gender import PRONOUNS
from fabula.text import read_text
from fabula.types import Ints
from training.documents import TITLES, Document, load_litbank, token_range

UNKNOWN, MANY, NOBODY = -1, -2, -3
"""In place of an entity: nobody has said; several people; nobody of the cast."""


@dataclass(slots=True)
class Known:
    """What is known of a person beforehand: how the text calls them, and their pronoun set ("" unknown)."""

    names: Counter[str] = field(default_factory=Counter)
    descriptions: list[str] = field(default_factory=list)
    pronoun: str = ""
    tells: bool = False
    group: bool = False


@dataclass(slots=True)
class People:
    """A text as columns. Spans are tokens, half-open.

    ``name_words``: capitalised words of names -> "m", "f" or "?". ``mentions`` (m, 5): start, end, head
    token, kind (0 name, 1 description, 2 pronoun), entity. ``quotes`` (q, 4): start, end, speaker,
    addressee. ``tags`` (q, 4), silver texts only: the tokens that a hidden tag takes away, and the name
    within it; -1 for none.
    """

    name: str
    tokens: list[str]
    initial: Ints
    quoted: Ints
    sentence_starts: Ints
    mentions: Ints
    quotes: Ints
    people: dict[int, Known]
    source: str
    tags: Ints | None = None
    relation: list[str] | None = None
    name_words: dict[str, str] = field(default_factory=dict)


def _known(mentions: Ints, tokens: Sequence[str], quoted: Ints) -> dict[int, Known]:
    out: dict[int, Known] = defaultdict(Known)
    sets: dict[int, Counter[str]] = defaultdict(Counter)
    told: Counter[int] = Counter()
    for a, b, _, kind, e in mentions.tolist():
        if e < 0:
            continue
        text = " ".join(tokens[a:b])
        if kind == 0:
            out[e].names[text] += 1
        elif kind == 1:
            if b - a <= 6:
                out[e].descriptions.append(text)
        else:
            p = PRONOUNS.get(normalise(tokens[a]).lower())
            if p is not None and p.person == 3 and p.set not in ("it", "one"):
                sets[e][p.set] += 1
            if p is not None and p.person == 1:
                sets[e]["we" if p.number == "plur" else "I"] += 1
                told[e] += p.number == "sing" and not quoted[a]
        out[e]
    for e, k in out.items():
        c = Counter({x: n for x, n in sets[e].items() if x not in ("I", "we")})
        k.pronoun = c.most_common(1)[0][0] if c else ""
        k.tells = told[e] >= 3
        many = sets[e]["they"] + sets[e]["we"]
        k.group = many > 0.6 * sum(sets[e].values()) and many > 0
    return dict(out)


def from_litbank(path: Path) -> People:
    """One LitBank document; only persons' mentions are kept."""
    d, _ = load_litbank(path)
    return from_document(d)


def from_document(d: Document) -> People:
    """Persons of a labelled document. Groups become MANY."""
    rows = []
    for a, b, t, kind, e in d.mentions.tolist():
        if t == 0:
            head = a + head_offset([x.lower() for x in d.tokens[a:b]])
            rows.append((a, b, head, kind, e))
    m = np.asarray(rows, np.int32).reshape(-1, 5)
    people = _known(m, d.tokens, d.quoted)
    counts = Counter(m[:, 4].tolist())
    for e, k in people.items():
        if k.group and not k.names:
            m[m[:, 4] == e, 4] = MANY
        elif counts[e] == 1 and not k.names:
            m[m[:, 4] == e, 4] = NOBODY
    q = np.full((len(d.quotes), 4), UNKNOWN, np.int32)
    q[:, :3] = d.quotes
    for r in q:
        if r[2] >= 0 and r[2] in people and people[int(r[2])].group and not people[int(r[2])].names:
            r[2] = MANY
    return People(d.name, list(d.tokens), d.initial, d.quoted, d.sentence_starts, m, q, people, "litbank",
                  name_words=d.names)  # fmt: skip


_MARK = re.compile(r"\[([A-Za-z]+):([^\]\s][^\]]*)\]|\{\{([^|{}]*)>([^|{}]*)\||(\}\})|<<([^|<>]*)\||(>>)")


def parse_marks(
    raw: str,
) -> tuple[str, dict[str, list[str]], list[tuple[int, int, int, str]], list[tuple[int, int, str, str]]]:
    """(text, cast with aliases, mentions (start, end, kind, who), quotes (start, end, speaker, to)), in code
    points.

    ``who`` and ``to`` may be "-" (nobody) or several names joined by "+". Raises ValueError on unbalanced
    marks.
    """
    cast: dict[str, list[str]] = {}
    body: list[str] = []
    for line in raw.split("\n"):
        if line.startswith("@cast "):
            name, _, rest = line[6:].partition(":")
            cast[name.strip()] = [a.strip() for a in rest.split("|") if a.strip()]
        elif not line.startswith("@"):
            body.append(line)
    src = "\n".join(body).strip("\n") + "\n"
    out: list[str] = []
    spans: list[tuple[int, int, int, str]] = []
    quotes: list[tuple[int, int, str, str]] = []
    open_quotes: list[tuple[int, str, str]] = []
    open_spans: list[tuple[int, str]] = []
    at = pos = 0
    for m in _MARK.finditer(src):
        out.append(src[at : m.start()])
        pos += m.start() - at
        at = m.end()
        if m[1]:
            spans.append((pos, pos + len(m[1]), 2, m[2].strip()))
            out.append(m[1])
            pos += len(m[1])
        elif m[3] is not None:
            open_quotes.append((pos, m[3].strip(), m[4].strip() or "-"))
        elif m[5]:
            s, a, b = open_quotes.pop()
            quotes.append((s, pos, a, b))
        elif m[6] is not None:
            open_spans.append((pos, m[6].strip()))
        else:
            s, who = open_spans.pop()
            spans.append((s, pos, 1, who))
    out.append(src[at:])
    if open_quotes or open_spans:
        raise ValueError("a mark is not closed")
    text = "".join(out)
    taken: list[tuple[int, int]] = []
    forms = sorted(((f, n) for n, al in cast.items() for f in [n, *al]), key=lambda t: -len(t[0]))
    for form, who in forms:
        for m in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", text):
            if not any(a < m.end() and m.start() < b for a, b in taken):
                taken.append((m.start(), m.end()))
                spans.append((m.start(), m.end(), 0, who))
    return text, cast, sorted(spans, key=lambda r: (r[0], -r[1])), sorted(quotes)


def from_marks(path: Path) -> People:
    """One marked story."""
    text, cast, spans, quotes = parse_marks(path.read_text(encoding="utf-8"))
    ids = {n: k for k, n in enumerate(cast)}

    def number(who: str) -> int:
        return NOBODY if who == "-" else MANY if "+" in who else ids[who]

    return from_spans(
        path.stem,
        text,
        list(cast.items()),
        [(a, b, kind, number(who)) for a, b, kind, who in spans],
        [(a, b, number(who), number(to)) for a, b, who, to in quotes],
        "story",
    )


def from_spans(
    name: str,
    text: str,
    cast: Sequence[tuple[str, Sequence[str]]],
    spans: Sequence[tuple[int, int, int, int]],
    quotes: Sequence[tuple[int, int, int, int]],
    source: str,
) -> People:
    """A text whose people are known by code points.

    ``cast``: name, or a description in parentheses, and aliases. ``spans``: start, end, kind, entity.
    ``quotes``: start, end, speaker, addressee. Entities are places in the cast, or stand for none.
    """
    story = read_text(text, name=name)
    tokens = [story.token_text(i) for i in range(len(story.tokens))]
    rows = []
    for a, b, kind, e in spans:
        at = token_range(story, a, b)
        if at is None:
            continue
        if e == NOBODY and kind == 2:
            e = UNKNOWN
        rows.append((*at, at[0] + head_offset([t.lower() for t in tokens[at[0] : at[1]]]), kind, e))
    said = []
    for a, b, who, to in quotes:
        i, j = (int(np.searchsorted(story.tokens.start, x)) for x in (a, b))
        if j > i:
            said.append((i, j, who, to))
    initial, quoted = surface_flags(story)
    m = np.asarray(rows, np.int32).reshape(-1, 5)
    people = _known(m, tokens, quoted)
    words: dict[str, str] = {}
    for k, (n, aliases) in enumerate(cast):
        people.setdefault(k, Known())
        sex = {"he": "m", "she": "f"}.get(people[k].pronoun, "?")
        if n.startswith("("):
            people[k].descriptions.append(n.strip("()"))
            continue
        people[k].names[n] += 1
        for form in [n, *aliases]:
            for w in form.split():
                if w.isalpha() and w[0].isupper() and w[1:].islower() and w.lower() not in TITLES:
                    words[w] = sex if words.get(w, sex) == sex else "?"
    return People(
        name, tokens, initial, quoted, story.sentence_tokens[:, 0].astype(np.int32), m,
        np.asarray(said, np.int32).reshape(-1, 4), people, source, name_words=words,
    )  # fmt: skip
