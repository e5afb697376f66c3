"""UD English EWT dev, on gold tokens and sentences: tags, lemmas, dependencies.

    python -m bench.syntax [--data DIR] [--resamples N]

LAS is that of the CoNLL 2018 shared task: relations without their subtypes, punctuation counted; the one with
subtypes stands beside it. Intervals: documents of the treebank drawn with repetition.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench import results
from bench.results import Result
from bench.settings import BenchError, Settings, need, parser, settings
from fabula.types import Segment, Span, Story, Syntax, TokenSpans

Parser = Callable[[Story], Syntax]
Counts = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """A document of the treebank: a story of its tokens, and its analysis; heads count the story's tokens."""

    story: Story
    gold: Syntax


def documents(path: Path) -> Iterator[Tree]:
    """The documents of a CoNLL-U file; multiword ranges and empty nodes are passed over."""
    sentences: list[list[list[str]]] = []
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines = block.splitlines()
        if any(line.startswith("# newdoc") for line in lines) and sentences:
            yield _tree(sentences)
            sentences = []
        cells = [line.split("\t") for line in lines if line and not line.startswith("#")]
        if rows := [row for row in cells if row[0].isdigit()]:
            sentences.append(rows)
    if sentences:
        yield _tree(sentences)


def _tree(sentences: Sequence[Sequence[Sequence[str]]]) -> Tree:
    """Tokens with a space between, sentences with a line end: the encoder sees tokens, not their spacing."""
    rows = [row for sentence in sentences for row in sentence]
    widths = np.asarray([len(row[1]) for row in rows])
    end = np.cumsum(widths + 1) - 1
    lasts = np.cumsum([len(sentence) for sentence in sentences])
    firsts = np.concatenate([[0], lasts[:-1]])
    text = "".join(" ".join(row[1] for row in sentence) + "\n" for sentence in sentences)
    tokens = TokenSpans((end - widths).astype(np.int32), end.astype(np.int32))
    spans = tuple(
        Span(int(tokens.start[a]), int(tokens.end[b - 1])) for a, b in zip(firsts, lasts, strict=True)
    )
    offsets = np.repeat(firsts, lasts - firsts)
    head = [int(row[6]) - 1 + int(o) if row[6] != "0" else -1 for row, o in zip(rows, offsets, strict=True)]
    story = Story(
        text=text,
        id=hashlib.sha256(text.encode()).hexdigest(),
        segments=(Segment("body", 0, len(text)),),
        paragraphs=spans,
        sentences=spans,
        tokens=tokens,
        sentence_tokens=np.stack([firsts, lasts], axis=1).astype(np.int32),
        quotes=(),
    )
    lemma, upos, xpos, deprel = (tuple(row[k] for row in rows) for k in (2, 3, 4, 7))
    return Tree(story, Syntax(lemma, upos, xpos, np.asarray(head, dtype=np.int32), deprel))


def fabula_parser(story: Story) -> Syntax:
    """The program's own analysis of a story whose tokens are given.

    Raises:
        BenchError: the weights in use do not parse.

    """
    from fabula.encoder.session import model_folder
    from fabula.heads.evidence import gather
    from fabula.pipeline import default_encoder

    found = gather(story, default_encoder(), model_folder()).syntax
    if len(found.upos) != len(story.tokens):
        raise BenchError("These weights have no syntax branch.")
    return found


NAMES = ("UPOS", "XPOS", "lemmas", "UAS", "LAS", "LAS with subtypes")


def counts(gold: Syntax, found: Syntax) -> Counts:
    """Tokens, and how many are right in each of NAMES."""
    heads = [bool(x) for x in gold.head == found.head]
    same = [a == b for a, b in zip(gold.deprel, found.deprel, strict=True)]
    universal = [a.split(":")[0] == b.split(":")[0] for a, b in zip(gold.deprel, found.deprel, strict=True)]
    return (
        len(heads),
        sum(a == b for a, b in zip(gold.upos, found.upos, strict=True)),
        sum(a == b for a, b in zip(gold.xpos, found.xpos, strict=True)),
        sum(a.casefold() == b.casefold() for a, b in zip(gold.lemma, found.lemma, strict=True)),
        sum(heads),
        sum(h and r for h, r in zip(heads, universal, strict=True)),
        sum(h and r for h, r in zip(heads, same, strict=True)),
    )


def accuracy(some: Sequence[Counts]) -> dict[str, tuple[float, int | None]]:
    """Percent right of all tokens of some documents."""
    n, *right = (sum(column) for column in zip(*some, strict=True))
    return {name: (100 * r / n, n) for name, r in zip(NAMES, right, strict=True)}


def run(s: Settings, parse: Parser = fabula_parser) -> Result:
    """UPOS, XPOS, lemmas (case aside), UAS and LAS, in percent of tokens."""
    path = need(s.data / "ud" / "en_ewt" / "en_ewt-ud-dev.conllu", "UD English EWT dev")
    by_document = [counts(tree.gold, parse(tree.story)) for tree in documents(path)]

    def resample(indices: Sequence[int]) -> dict[str, float]:
        return {k: v for k, (v, _) in accuracy([by_document[i] for i in indices]).items()}

    spread = results.intervals(resample, len(by_document), s.resamples, s.seed)
    return results.save(results.result("syntax", results.figures(accuracy(by_document), spread)), s)


if __name__ == "__main__":
    results.command(lambda: run(settings(parser(__doc__).parse_args())))
