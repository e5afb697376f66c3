"""``conll2012``: the columns of the CoNLL-2012 shared task, with coreference and speakers.

document, part, number, word, part of speech (Penn), parse bit (``-``: there is no constituency), lemma,
frameset, sense, speaker, named entities (``*``), coreference. The speaker column names who speaks the outer
quote a word stands in, ``-`` elsewhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from fabula.export.request import Files, Request, file_stem
from fabula.export.token_ranges import TokenRanges
from fabula.export.voices import display_name
from fabula.export.words import one_word
from fabula.types import Analysis


def write(analysis: Analysis, request: Request) -> Files:
    """One document of one part."""
    ranges = TokenRanges(analysis.story)
    marks: dict[int, list[tuple[tuple[int, int], str]]] = defaultdict(list)
    lost = unknown = 0
    for m in analysis.mentions:
        tokens = ranges.of(m.start, m.end)
        if tokens is None or m.entity is None:
            lost += tokens is None
            unknown += m.entity is None
        elif tokens[1] - tokens[0] == 1:
            marks[tokens[0]].append(((1, 0), f"({m.entity})"))
        else:
            marks[tokens[1] - 1].append(((2, -tokens[0]), f"{m.entity})"))
            marks[tokens[0]].append(((0, -tokens[1]), f"({m.entity}"))
    coref = {token: "|".join(mark for _, mark in sorted(found)) for token, found in marks.items()}
    notes = []
    if unknown:
        notes.append(f"left out: mentions of nobody in particular ({unknown}); CoNLL-2012 has only chains")
    if lost:
        notes.append(f"{lost} mentions hold no token and are left out")
    content = "".join(_lines(analysis, request.name, coref, _speakers(analysis, ranges)))
    return Files({f"{request.name}.conll": content}, tuple(notes))


def _speakers(analysis: Analysis, ranges: TokenRanges) -> dict[int, str]:
    names = {e.id: one_word(display_name(e)) for e in analysis.entities}
    speakers: dict[int, str] = {}
    for quote in analysis.quotes:
        tokens = ranges.of(quote.start, quote.end)
        if quote.parent is None and quote.speaker is not None and tokens:
            speakers.update(dict.fromkeys(range(*tokens), names[quote.speaker]))
    return speakers


def _lines(analysis: Analysis, name: str, coref: dict[int, str], speakers: dict[int, str]) -> Iterator[str]:
    story, syntax = analysis.story, analysis.syntax
    document = file_stem(name)
    yield f"#begin document ({document}); part 000\n"
    for first, last in story.sentence_tokens.tolist():
        for i in range(first, last):
            yield " ".join(
                (
                    document, "0", str(i - first), one_word(story.token_text(i)),
                    one_word(syntax.xpos[i], "-"), "-", one_word(syntax.lemma[i], "-"), "-", "-",
                    speakers.get(i, "-"), "*", coref.get(i, "-"),
                )
            ) + "\n"  # fmt: skip
        if last > first:
            yield "\n"
    yield "#end document\n"
