"""Texts labelled with feelings, and the frozen encoder's vectors of their tokens.

REMAN (Kim & Klinger 2018): passages of fiction with emotion cues and experiencers. GoEmotions (Demszky et al.
2020): short comments with labels. EmoBank (Buechel & Hahn 2017): sentences with readers' valence.
"""

from __future__ import annotations

import csv
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from fabula.encoder.session import OnnxEncoder
from fabula.heads.feelings import LABELS
from fabula.text import read_text
from fabula.types import Floats, Story

GO_LABELS = {
    "joy": ("joy", "amusement", "excitement", "gratitude", "optimism", "relief", "pride"),
    "sadness": ("sadness", "grief", "disappointment"),
    "fear": ("fear", "nervousness"),
    "anger": ("anger", "annoyance"),
    "disgust": ("disgust",),
    "surprise": ("surprise", "realization"),
    "love": ("love", "caring"),
    "shame": ("embarrassment", "remorse"),
}
"""Our label to those of GoEmotions that are counted as it. The rest (approval, curiosity …) is none."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A stretch that tells a feeling; ``who`` are the spans of its experiencers, in the passage."""

    label: str
    start: int
    end: int
    who: tuple[tuple[int, int], ...]
    negated: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of REMAN. ``fold`` is what it is split by: the author."""

    name: str
    fold: str
    text: str
    cues: tuple[Cue, ...]


@dataclass(frozen=True, slots=True)
class Encoded:
    """A text with its tokens' vectors (n_tokens, width).

    ``x``: of both branches side by side; ``felt``: of the reading branch as it reads for the ledger, the
    syntax branch and the trunk.
    """

    story: Story
    x: Floats
    felt: Floats


def reman(path: Path) -> list[Passage]:
    """Every passage with its adjudicated cues; labels outside ours ("trust", "anticipation") are left out.

    The file's spans count code points of the passage's text.
    """
    found = []
    for k, d in enumerate(ET.parse(path).getroot()):
        text = d.findtext("text") or ""
        adjudicated = d.find("adjudicated")
        spans = (
            {s.get("annotation_id"): s for s in adjudicated.iter("span")} if adjudicated is not None else {}
        )
        felt: dict[str, list[tuple[int, int]]] = {}
        for r in adjudicated.iter("relation") if adjudicated is not None else ():
            who = spans.get(r.get("target_annotation_id"))
            if r.get("type") == "experiencer" and who is not None:
                at = (int(who.get("cbegin", 0)), int(who.get("cend", 0)))
                felt.setdefault(str(r.get("source_annotation_id")), []).append(at)
        cues = tuple(
            Cue(
                str(s.get("type")),
                int(s.get("cbegin", 0)),
                int(s.get("cend", 0)),
                tuple(felt.get(str(i), ())),
                s.get("modifier") == "negated",
            )
            for i, s in spans.items()
            if s.get("type") in LABELS
        )
        found.append(Passage(f"{d.get('doc_id')}#{k}", d.get("author") or str(k), text, cues))
    return found


def goemotions(folder: Path, split: str) -> Iterator[tuple[str, Floats]]:
    """Comments with a row of 0 and 1, a place for each of LABELS."""
    names = (folder / "labels.txt").read_text(encoding="utf-8").split()
    ours = {go: LABELS.index(label) for label, all_go in GO_LABELS.items() for go in all_go}
    with (folder / f"{split}.tsv").open(encoding="utf-8") as f:
        for text, labels, *_ in csv.reader(f, delimiter="\t", quoting=csv.QUOTE_NONE):
            y = np.zeros(len(LABELS), dtype=np.float32)
            for i in labels.split(","):
                if names[int(i)] in ours:
                    y[ours[names[int(i)]]] = 1
            yield text.replace("[NAME]", "Robin").replace("[RELIGION]", "Catholic"), y


@dataclass(frozen=True, slots=True)
class Document:
    """A document of EmoBank as its sentences stand in it, with readers' and writers' mean valence, 1 to 5."""

    name: str
    category: str
    sentences: tuple[str, ...]
    valence: Floats


def emobank(folder: Path) -> list[Document]:
    """Documents in the order of the file, their sentences by their place in the document."""
    with (folder / "meta.tsv").open(encoding="utf-8") as f:
        meta = {r["id"]: (r["document"], r["category"]) for r in csv.DictReader(f, delimiter="\t")}
    rows: dict[tuple[str, str], list[tuple[int, str, float]]] = {}
    with (folder / "emobank.csv").open(encoding="utf-8") as f:
        for r in csv.DictReader(f):
            where = r["id"].rsplit("_", 2)
            place = int(where[-2]) if len(where) == 3 and where[-2].isdigit() else 0
            rows.setdefault(meta[r["id"]], []).append((place, r["text"], float(r["V"])))
    documents = []
    for (name, category), some in rows.items():
        some.sort(key=lambda t: t[0])
        values = np.asarray([v for _, _, v in some], dtype=np.float32)
        documents.append(Document(name, category, tuple(t for _, t, _ in some), values))
    return documents


def encode(encoder: OnnxEncoder, text: str) -> Encoded:
    """A text's tokens and their vectors, (n_tokens, 768) and (n_tokens, 1152)."""
    story = read_text(text)
    parts = [
        (np.concatenate([h.reader, h.syntax], axis=1), np.concatenate([h.ledger, h.syntax, h.low], axis=1))
        for h in encoder.windows(story)
        if h.syntax is not None
    ]
    if not parts:
        return Encoded(story, np.zeros((0, 768), np.float32), np.zeros((0, 1152), np.float32))
    return Encoded(story, *(np.concatenate(some) for some in zip(*parts, strict=True)))


def annotated(story: Story) -> tuple[int, int]:
    """The tokens of a passage of REMAN whose feelings are labelled, [a, b): those of its middle sentence.

    A passage is three sentences. 99.4 in 100 tokens of cues stand in the middle one, and where passages
    overlap, what is a cue in one that has it in its middle is none in the others: the sentences around are
    there to be read, not labelled. Of a passage that is split into another number the whole counts.
    """
    n = len(story.sentence_tokens)
    a, b = story.sentence_tokens[1] if n == 3 else (0, len(story.tokens))
    return int(a), int(b)


def tokens_of(story: Story, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Half-open token ranges that spans of code points touch."""
    out = []
    for a, b in spans:
        lo = int(np.searchsorted(story.tokens.end, a, side="right"))
        hi = int(np.searchsorted(story.tokens.start, b, side="left"))
        out.append((lo, hi))
    return out
