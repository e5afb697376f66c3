"""``conllu``: CoNLL-U of Universal Dependencies, with coreference in CorefUD's ``Entity`` column.

In MISC: ``Entity`` (``# global.Entity = eid-etype-head-other``; other: the kind of mention, and its
confidence), ``Quote`` (``(q3-e1>e2`` opens quote 3, spoken by e1 to e2; ``q3)`` closes it), ``Event=Yes``,
and UDPipe's ``SpacesBefore`` and ``SpacesAfter``, from which the text can be put together again (blanks for
which UDPipe has no sign are written as in JSON).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from fabula.export.request import Files, Request
from fabula.export.token_ranges import TokenRanges
from fabula.export.words import one_word
from fabula.types import Analysis

ETYPES = {
    "PER": "person", "GPE": "place", "LOC": "place", "FAC": "place", "ORG": "organization", "VEH": "object",
}  # fmt: skip
_ESCAPES = {" ": "\\s", "\t": "\\t", "\n": "\\n", "\r": "\\r", "|": "\\p", "\\": "\\\\"}


def write(analysis: Analysis, request: Request) -> Files:
    """One document."""
    brackets = Brackets(analysis)
    notes: tuple[str, ...] = ()
    if brackets.lost:
        notes = (f"{brackets.lost} mentions, quotes or events hold no token and are left out",)
    return Files({f"{request.name}.conllu": "".join(_lines(analysis, request.name, brackets))}, notes)


class Brackets:
    """What opens and closes at which token, already as CoNLL-U writes it."""

    def __init__(self, analysis: Analysis) -> None:
        ranges = TokenRanges(analysis.story)
        spans: list[tuple[int, int, str, str]] = []
        self.lost = 0
        for m in analysis.mentions:
            tokens = ranges.of(m.start, m.end)
            if tokens is None or m.entity is None:
                self.lost += tokens is None
                continue
            first, last = tokens
            head = ranges.of(m.head.start, m.head.end)
            number = (head[1] - 1 if head else last - 1) - first + 1
            other = f"kind:{m.kind},conf:{m.confidence:.3f}"
            eid = f"e{m.entity}"
            spans.append((first, last, f"({eid}-{ETYPES[m.type]}-{number}-{other}", f"{eid})"))
        self.entity = _bracketed(spans)
        quotes: list[tuple[int, int, str, str]] = []
        for q in analysis.quotes:
            tokens = ranges.of(q.start, q.end)
            if tokens is None:
                self.lost += 1
                continue
            who = "?" if q.speaker is None else f"e{q.speaker}"
            to = ",".join(f"e{a}" for a in q.addressees) or "?"
            quotes.append((*tokens, f"(q{q.id}-{who}>{to}", f"q{q.id})"))
        self.quote = _bracketed(quotes)
        events = [ranges.of(e.start, e.end) for e in analysis.events]
        self.lost += sum(e is None for e in events)
        self.events = {i for e in events if e for i in range(*e)}


def _bracketed(spans: list[tuple[int, int, str, str]]) -> dict[int, str]:
    """For each token the brackets of the spans (half-open token ranges) that open or close at it."""
    marks: dict[int, list[tuple[tuple[int, int], str]]] = defaultdict(list)
    for first, last, opening, closing in spans:
        if last - first == 1:
            marks[first].append(((1, 0), opening + ")"))
        else:
            # At one token: what opens (the outer first), what stands alone, what closes (the inner first).
            marks[last - 1].append(((2, -first), closing))
            marks[first].append(((0, -last), opening))
    return {token: "".join(mark for _, mark in sorted(found)) for token, found in marks.items()}


def _lines(analysis: Analysis, name: str, brackets: Brackets) -> Iterator[str]:
    story, syntax = analysis.story, analysis.syntax
    starts, ends = story.tokens.start.tolist(), story.tokens.end.tolist()
    yield f"# newdoc id = {one_word(name)}\n# global.Entity = eid-etype-head-other\n"
    for key, value in (("title", story.title), ("author", story.author)):
        if value and value.strip():
            yield f"# meta::{key} = {' '.join(value.split())}\n"
    for name, values in story.metadata.items():
        yield f"# meta::{one_word(name)} = {' '.join('; '.join(values).split())}\n"
    paragraph = -1
    number = 0
    for first, last in story.sentence_tokens.tolist():
        if first == last:
            continue
        number += 1
        moved = False
        while (
            paragraph + 1 < len(story.paragraphs) and story.paragraphs[paragraph + 1].start <= starts[first]
        ):
            paragraph += 1
            moved = True
        if moved:
            yield f"# newpar id = p{paragraph + 1}\n"
        yield f"# sent_id = s{number}\n"
        yield f"# text = {' '.join(story.text[starts[first] : ends[last - 1]].split())}\n"
        for i in range(first, last):
            head = int(syntax.head[i])
            inside = first <= head < last
            yield (
                "\t".join(
                    (
                        str(i - first + 1),
                        one_word(story.token_text(i)),
                        one_word(syntax.lemma[i]),
                        one_word(syntax.upos[i]),
                        one_word(syntax.xpos[i]),
                        "_",
                        str(head - first + 1 if inside else 0),
                        one_word(syntax.deprel[i] if inside else "root"),
                        "_",
                        _misc(story.text, i, starts, ends, brackets),
                    )
                )
                + "\n"
            )
        yield "\n"


def _misc(text: str, i: int, starts: list[int], ends: list[int], brackets: Brackets) -> str:
    parts = []
    if i in brackets.entity:
        parts.append(f"Entity={brackets.entity[i]}")
    if i in brackets.events:
        parts.append("Event=Yes")
    if i in brackets.quote:
        parts.append(f"Quote={brackets.quote[i]}")
    after = text[ends[i] : starts[i + 1] if i + 1 < len(starts) else len(text)]
    if not after:
        parts.append("SpaceAfter=No")
    elif after != " ":
        parts.append(f"SpacesAfter={_escaped(after)}")
    if i == 0 and starts[0]:
        parts.append(f"SpacesBefore={_escaped(text[: starts[0]])}")
    return "|".join(parts) or "_"


def _escaped(blanks: str) -> str:
    return "".join(map(_sign, blanks))


def _sign(c: str) -> str:
    if c in _ESCAPES or (c.isprintable() and not c.isspace()):
        return _ESCAPES.get(c, c)
    return f"\\u{ord(c):04x}" if ord(c) < 0x10000 else f"\\U{ord(c):08x}"
