"""``booknlp``: the files that BookNLP writes, so that scripts made for them run unchanged.

Token ids count from 0 in the whole text, ends are inclusive, the narrator has the id 0, ``None`` stands for
what is not known; columns and keys are those of BookNLP's documentation and of its version 1.0.8. Offsets are
code points, as BookNLP's are in spite of their name. Dependencies are Universal Dependencies; relations that
differ by name only have BookNLP's names. ``.supersense`` is left out: Fabula does not tag supersenses.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from html import escape
from itertools import count

from fabula.export.booknlp_people import people_of
from fabula.export.request import Files, Request
from fabula.export.token_ranges import TokenRanges
from fabula.export.words import one_word
from fabula.types import ENTITY_TYPES, Analysis, Mention, Quote

_RELATIONS = {
    "obj": "dobj",
    "iobj": "dative",
    "nsubj:pass": "nsubjpass",
    "csubj:pass": "csubjpass",
    "aux:pass": "auxpass",
    "nmod:poss": "poss",
    "compound:prt": "prt",
    "root": "ROOT",
}
_TOKENS = (
    "paragraph_ID", "sentence_ID", "token_ID_within_sentence", "token_ID_within_document", "word", "lemma",
    "byte_onset", "byte_offset", "POS_tag", "fine_POS_tag", "dependency_relation",
    "syntactic_head_ID", "event",
)  # fmt: skip
_ENTITIES = ("COREF", "start_token", "end_token", "prop", "cat", "text")
_MAJOR = 10
"""Entities of a category that the page shows, as BookNLP's does."""
_QUOTES = ("quote_start", "quote_end", "mention_start", "mention_end", "mention_phrase", "char_id", "quote")


class Book:
    """An Analysis in BookNLP's terms: inclusive token ranges and ids with the narrator at 0."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis, self.story = analysis, analysis.story
        self.ranges = TokenRanges(self.story)
        self.words = [one_word(self.story.token_text(i)) for i in range(len(self.story.tokens))]
        narrators = [e for e in analysis.entities if e.role == "narrator"]
        narrators.sort(key=lambda e: -e.mention_count)
        order = sorted(e.id for e in analysis.entities if e not in narrators[:1])
        self.ids: dict[int, int] = {e.id: 0 for e in narrators[:1]} | {e: i for i, e in enumerate(order, 1)}
        unknown = count(len(order) + 1)
        found = [(self.ranges.of(m.start, m.end), m) for m in analysis.mentions]
        kept = sorted(((r, m) for r, m in found if r), key=lambda pair: (pair[0], pair[1].id))
        self.mentions: list[tuple[int, int, int, Mention]] = [
            (a, b - 1, next(unknown) if m.entity is None else self.ids[m.entity], m) for (a, b), m in kept
        ]
        self.lost_mentions = len(found) - len(kept)
        self._by_entity: dict[int, list[Mention]] | None = None
        self.place = {m.id: (a, b) for a, b, _, m in self.mentions}
        self.meant = {m.id: m.entity for _, _, _, m in self.mentions}

    def nearest(self, quote: Quote) -> tuple[int, int] | None:
        """The tokens of the mention of a quote's speaker that is nearest to it, those outside it first."""
        if self._by_entity is None:
            self._by_entity = {}
            for _, _, _, m in self.mentions:
                if m.entity is not None:
                    self._by_entity.setdefault(m.entity, []).append(m)
        own = self._by_entity.get(quote.speaker if quote.speaker is not None else -1, [])
        place = bisect_left(own, quote.start, key=lambda m: m.start)
        after = next((m for m in own[place : place + 50] if m.start >= quote.end), None)
        near = [m for m in (own[place - 1] if place else None, after) if m is not None] or own[
            place : place + 1
        ]
        best = min(near, key=lambda m: max(quote.start - m.end, m.start - quote.end), default=None)
        return None if best is None else self.place[best.id]

    def phrase(self, first: int, last: int) -> str:
        """The words of the tokens ``first`` to ``last``, both included."""
        return " ".join(self.words[first : last + 1])


def write(analysis: Analysis, request: Request) -> Files:
    """The files of BookNLP."""
    book = Book(analysis)
    quotes, lost, nowhere = _quotes(book)
    contents = {
        "tokens": _table(_TOKENS, _tokens(book)),
        "entities": _table(_ENTITIES, _entities(book)),
        "quotes": _table(_QUOTES, quotes),
        "book": json.dumps({"characters": people_of(book)}, ensure_ascii=False),
        "book.html": _page(book, quotes),
    }
    notes = ["supersenses are not tagged: there is no .supersense file"]
    if book.lost_mentions or lost:
        notes.append(f"{book.lost_mentions} mentions and {lost} quotes hold no word and are left out")
    if nowhere:
        notes.append(f"{nowhere} quotes have a speaker whom no mention names: in BookNLP they have none")
    nested = sum(q.parent is not None for q in analysis.quotes)
    if nested:
        notes.append(f"{nested} quotes stand inside another; BookNLP has only the outer")
    return Files({f"{request.name}.{suffix}": content for suffix, content in contents.items()}, tuple(notes))


def _table(columns: tuple[str, ...], rows: Iterator[tuple[object, ...]] | list[tuple[object, ...]]) -> str:
    return "".join("\t".join(map(str, row)) + "\n" for row in (columns, *rows))


def _tokens(book: Book) -> Iterator[tuple[object, ...]]:
    story, syntax = book.story, book.analysis.syntax
    events = {i for e in book.analysis.events if (r := book.ranges.of(e.start, e.end)) for i in range(*r)}
    paragraph = 0
    for sentence, (first, last) in enumerate(story.sentence_tokens.tolist()):
        for i in range(first, last):
            start, end = int(story.tokens.start[i]), int(story.tokens.end[i])
            while paragraph + 1 < len(story.paragraphs) and story.paragraphs[paragraph].end <= start:
                paragraph += 1
            head = int(syntax.head[i])
            yield (
                paragraph, sentence, i - first, i, book.words[i], one_word(syntax.lemma[i]), start, end,
                one_word(syntax.upos[i]), one_word(syntax.xpos[i]), relation(syntax.deprel[i]),
                i if head < 0 else head, "EVENT" if i in events else "O",
            )  # fmt: skip


def relation(deprel: str) -> str:
    """BookNLP's name of a relation of Universal Dependencies, where the two differ by name only."""
    return _RELATIONS.get(deprel, one_word(deprel.partition(":")[0]))


def _entities(book: Book) -> Iterator[tuple[object, ...]]:
    for first, last, coref, mention in book.mentions:
        yield coref, first, last, mention.kind, mention.type, book.phrase(first, last)


def _quotes(book: Book) -> tuple[list[tuple[object, ...]], int, int]:
    """The rows of outer quotes; how many hold no token; how many have a speaker who is mentioned nowhere.

    In BookNLP the speaker is whom a mention of ``.entities`` means, so the two are known together or not.
    """
    rows: list[tuple[object, ...]] = []
    lost = nowhere = 0
    for quote in sorted(book.analysis.quotes, key=lambda q: q.start):
        if quote.parent is not None:
            continue
        tokens = book.ranges.of(quote.start, quote.end)
        if tokens is None:
            lost += 1
            continue
        named: tuple[object, ...] = ("None",) * 4
        if quote.speaker is not None:
            place = _mention_of(book, quote)
            nowhere += place is None
            if place is not None:
                named = (*place, book.phrase(*place), book.ids[quote.speaker])
        rows.append((tokens[0], tokens[1] - 1, *named, book.phrase(tokens[0], tokens[1] - 1)))
    return rows, lost, nowhere


def _mention_of(book: Book, quote: Quote) -> tuple[int, int] | None:
    """The mention that names the speaker; where none does, the speaker's nearest outside the quote."""
    if quote.mention in book.place and book.meant.get(quote.mention) == quote.speaker:
        return book.place[quote.mention]
    return book.nearest(quote)


def _page(book: Book, quotes: list[tuple[object, ...]]) -> str:
    """The characters and the text with its mentions and speakers, as a page without scripts."""
    opened = [""] * len(book.words)
    closed = [""] * len(book.words)
    names = {book.ids[e.id]: e.name for e in book.analysis.entities}
    for first, last, coref, _ in book.mentions:
        opened[first] += '<span class="m">['
        label = escape(f"{coref}-{names.get(coref, '?')}")
        closed[last] = f"]<sub>{label}</sub></span>" + closed[last]
    for begin, end, *_, speaker, _ in quotes:
        first, last = int(str(begin)), int(str(end))
        opened[first] = '<span class="q">' + opened[first]
        name = names.get(speaker, "None") if isinstance(speaker, int) else "None"
        closed[last] += f"</span><sub>[{escape(f'{speaker}-{name}')}]</sub>"
    out = [_HEAD, "<h2>Named characters</h2>\n"]
    for person in people_of(book):
        proper = "/".join(f"{n['n']} ({n['c']})" for n in person["mentions"]["proper"])
        if person["id"] == 0:
            proper = f"{proper}/[NARRATOR]" if proper else "[NARRATOR]"
        if proper:
            common = "/".join(f"{n['n']} ({n['c']})" for n in person["mentions"]["common"])
            out.append(f"{person['count']} {escape(proper)} {escape(common)}<br>\n")
    out += ["<h2>Major entities (proper, common)</h2>\n", *_major(book), "<h2>Text</h2>\n"]
    starts = {r[0] for p in book.story.paragraphs if (r := book.ranges.of(p.start, p.end))}
    for i, word in enumerate(book.words):
        out.append(("<p>" if i in starts else "") + f"{opened[i]}{escape(word)}{closed[i]} ")
    return "".join([*out, "\n</html>\n"])


def _major(book: Book) -> Iterator[str]:
    """The entities mentioned most, by category: those by name, then those by description."""
    for category in ENTITY_TYPES:
        yield f"<h3>{category}</h3>\n"
        for kind in ("PROP", "NOM"):
            found: dict[int, Counter[str]] = {}
            for first, last, coref, m in book.mentions:
                if (m.type, m.kind) == (category, kind):
                    found.setdefault(coref, Counter())[book.phrase(first, last)] += 1
            for names in sorted(found.values(), key=lambda names: -names.total())[:_MAJOR]:
                yield f"{names.total()} {escape('/'.join(n for n, _ in names.most_common()))}<br>\n"
            yield "<p>\n"


_HEAD = """<!DOCTYPE html>
<html><head><meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>.m { color: #555 } .q { color: #336 } sub { color: #a0a }</style></head>
"""
