"""brat's standoff, as the export ``brat`` wrote it and a person corrected it.

``Speaker`` and ``Addressee`` lead from a quote to a mention of who it is; ``Coref`` leads from a mention to
another of the same person, and counts for the mention it starts from only: one arc moved is one mention
corrected.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from fabula.annotated.answers import Answer, Who
from fabula.errors import InputError
from fabula.export.brat import QUOTES, TYPES, write
from fabula.export.request import Request
from fabula.types import Analysis

_BOUND = re.compile(r"(T\d+)\t(\w+) ((?:\d+ \d+)(?:;\d+ \d+)*)\t")
_ARC = re.compile(r"R\d+\t(\w+) Arg1:(T\d+) Arg2:(T\d+)\s*$")
_REMEDY = "Name the .ann file of an export to brat, with its .txt beside it"
Span = tuple[int, int]


class _Standoff:
    """Spans by mark, of quotes and of mentions, and arcs: (kind, first span, second span)."""

    def __init__(self, annotations: str, subject: str) -> None:
        self.quotes: dict[str, Span] = {}
        self.mentions: dict[str, Span] = {}
        arcs: list[tuple[str, str, str]] = []
        for number, line in enumerate(annotations.split("\n"), 1):
            if line.startswith("T"):
                found = _BOUND.match(line)
                if not found:
                    raise InputError(subject, f"line {number}: is no annotation of brat", _REMEDY)
                places = [int(n) for n in re.findall(r"\d+", found[3])]
                table = self.quotes if found[2] in QUOTES.values() else self.mentions
                if found[2] in QUOTES.values() or found[2] in TYPES.values():
                    table[found[1]] = (places[0], places[-1])
            elif found := _ARC.match(line):
                arcs.append((found[1], found[2], found[3]))
        bound = self.quotes | self.mentions
        self.arcs = {(kind, bound[a], bound[b]) for kind, a, b in arcs if a in bound and b in bound}


def answers_in(annotations: str, text: str, analysis: Analysis, subject: str) -> Iterator[Answer]:
    """The answers in corrected annotations. Raises InputError."""
    if text.replace("\r\n", "\n") != analysis.story.text.replace("\r\n", "\n"):
        raise InputError(subject, "is of another text", "Name the reading it was made from")
    now = _Standoff(annotations, subject)
    before = _Standoff(str(write(analysis, Request("x")).contents["x.ann"]), subject)
    # brat has no blanks at the edges of a span; the reading's own spans may.
    quotes = {_bare(analysis.story.text, q.start, q.end): q for q in analysis.quotes}
    mentions = {_bare(analysis.story.text, m.start, m.end): m for m in analysis.mentions}
    moved = {a: b for kind, a, b in sorted(now.arcs - before.arcs) if kind == "Coref"}
    cut = {a for kind, a, _ in before.arcs - now.arcs if kind == "Coref"} - set(moved)

    def meant(span: Span) -> int | None:
        seen: set[Span] = set()
        while span in moved and span not in seen:
            seen.add(span)
            span = moved[span]
        return None if span in cut or span not in mentions else mentions[span].entity

    for span in sorted({*moved, *cut}):
        mention = mentions.get(span)
        start, end = (mention.start, mention.end) if mention else span
        yield Answer("person", start, end, _some(meant(span)))
    for kind, about in (("Speaker", "speaker"), ("Addressee", "addressees")):
        changed = {a for k, a, _ in now.arcs ^ before.arcs if k == kind}
        for span in sorted(changed):
            quote = quotes.get(span)
            targets = sorted(b for k, a, b in now.arcs if (k, a) == (kind, span))
            people = dict.fromkeys(who for b in targets if (who := meant(b)) is not None)
            start, end = (quote.start, quote.end) if quote else span
            if about == "speaker":
                yield Answer("speaker", start, end, tuple(people)[:1])
            else:
                yield Answer("addressees", start, end, tuple(people))


def _some(who: int | None) -> tuple[Who, ...]:
    return () if who is None else (who,)


def _bare(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), start + len(words.rstrip())
