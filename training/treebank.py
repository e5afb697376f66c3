"""UD treebanks as windows of word pieces: reading CoNLL-U, packing sentences, and the noise of use."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
from torch import Tensor

from fabula.encoder.pieces import SPECIAL_FEATURE, PieceEncoder, normalise, shape
from fabula.types import Ints


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, columns of one length; ``head`` counts tokens of the sentence, -1 for the root."""

    forms: tuple[str, ...]
    lemma: tuple[str, ...]
    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    head: tuple[int, ...]
    deprel: tuple[str, ...]


def read_conllu(path: Path) -> list[list[Sentence]]:
    """Documents of sentences; multiword ranges and empty nodes are passed over."""
    documents: list[list[Sentence]] = [[]]
    rows: list[list[str]] = []
    for line in [*path.read_text(encoding="utf-8").split("\n"), ""]:
        if line.startswith("# newdoc") and documents[-1]:
            documents.append([])
        elif line.startswith("#"):
            continue
        elif line:
            cells = line.split("\t")
            if cells[0].isdigit():
                rows.append(cells)
        elif rows:
            forms, lemma, upos, xpos, deprel = (tuple(r[k] for r in rows) for k in (1, 2, 3, 4, 7))
            documents[-1].append(
                Sentence(forms, lemma, upos, xpos, tuple(int(r[6]) - 1 for r in rows), deprel)
            )
            rows = []
    return [d for d in documents if d]


@dataclass(frozen=True, slots=True)
class LabelSet:
    """The label lists; a relation too rare to learn becomes its universal part."""

    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    deprel: tuple[str, ...]

    @classmethod
    def of(cls, sentences: Iterable[Sentence], rare: int = 5) -> LabelSet:
        """The labels of a treebank."""
        counts: list[dict[str, int]] = [{}, {}, {}]
        for s in sentences:
            for c, column in zip(counts, (s.upos, s.xpos, s.deprel), strict=True):
                for label in column:
                    c[label] = c.get(label, 0) + 1
        deprel = {k if n >= rare else k.split(":")[0] for k, n in counts[2].items()}
        return cls(tuple(sorted(counts[0])), tuple(sorted(counts[1])), tuple(sorted(deprel)))

    def relation(self, label: str) -> int:
        """Index of a relation, by its universal part where the subtype is unknown; -100 where both are."""
        return self.tag(label if label in self.deprel else label.split(":")[0], self.deprel)

    def tag(self, label: str, of: tuple[str, ...]) -> int:
        """Index of a tag, -100 (ignored by the loss) where unknown."""
        return of.index(label) if label in of else -100


@dataclass(slots=True)
class TreeWindow:
    """Sentences that are encoded together.

    Over pieces, [CLS] and [SEP] included: ``ids``, ``token`` (-1 at the two). Over tokens: ``shapes``
    (3, n_tokens), as written, in capitals and in lower case; ``sentence``; ``quoted``; ``gold``
    (4, n_tokens): UPOS, XPOS, head in the window or -1, relation. ``low`` keeps the trunk's output.
    """

    ids: Ints
    token: Ints
    shapes: Ints
    sentence: Ints
    ranges: Ints
    quoted: Ints
    gold: npt.NDArray[np.int64]
    sentences: tuple[Sentence, ...]
    low: Tensor | None = field(default=None)


def quoted_flags(forms: Sequence[str]) -> Ints:
    """1 from an opening double mark to its closing one; all 0 where they do not pair up."""
    mark = np.asarray([normalise(f) == '"' for f in forms])
    depth = np.cumsum(mark) % 2 == 1
    return ((depth | mark) & (mark.sum() % 2 == 0)).astype(np.int32)


_DROPPED = str.maketrans({"'": None, "’": None})


def window(
    sentences: Sequence[Sentence], pieces: PieceEncoder, labels: LabelSet, noise: random.Random | None
) -> TreeWindow:
    """Sentences as one window; with ``noise`` some contractions lose their apostrophe ("do nt")."""
    forms = [f for s in sentences for f in s.forms]
    if noise is not None:
        forms = [f.translate(_DROPPED) if len(f) > 2 and noise.random() < 0.05 else f for f in forms]
    cased = (forms, [f.upper() for f in forms], [f.lower() for f in forms])
    n = np.asarray([len(s.forms) for s in sentences])
    ends = np.cumsum(n)
    p = pieces.encode(forms, np.zeros(len(forms), dtype=np.int32), np.zeros(len(forms), dtype=np.int32))
    gold = [
        (
            labels.tag(s.upos[k], labels.upos), labels.tag(s.xpos[k], labels.xpos),
            -1 if s.head[k] < 0 else s.head[k] + int(at), labels.relation(s.deprel[k]),
        )
        for s, at in zip(sentences, ends - n, strict=True) for k in range(len(s.forms))
    ]  # fmt: skip
    return TreeWindow(
        ids=np.concatenate([[pieces.cls_id], p.ids, [pieces.sep_id]]).astype(np.int32),
        token=np.concatenate([[-1], p.token, [-1]]).astype(np.int32),
        shapes=np.asarray([[shape(g) for g in v] for v in cased]),
        sentence=np.repeat(np.arange(len(n), dtype=np.int32), n),
        ranges=np.stack([ends - n, ends], axis=1).astype(np.int32),
        quoted=np.concatenate([quoted_flags(s.forms) for s in sentences]),
        gold=np.asarray(gold, dtype=np.int64).T,
        sentences=tuple(sentences),
    )  # fmt: skip


def pack(
    documents: Sequence[Sequence[Sentence]],
    pieces: PieceEncoder,
    labels: LabelSet,
    size: int,
    noise: random.Random | None,
) -> list[TreeWindow]:
    """Windows of at most ``size`` pieces, filled across documents; with ``noise`` in random order.

    A sentence that alone exceeds ``size`` has a window of its own, up to the encoder's 512 positions; beyond
    that it is passed over (none in the treebanks used).
    """
    order = list(documents)
    if noise is not None:
        noise.shuffle(order)
    out: list[TreeWindow] = []
    held: list[Sentence] = []
    room = size - 2
    for s in (s for d in order for s in d):
        zero = np.zeros(len(s.forms), dtype=np.int32)
        cost = len(pieces.encode(s.forms, zero, zero).ids) + 4  # noise may add a piece or two
        if cost > 508:
            print("passed over a sentence of", cost, "pieces")
            continue
        if held and cost > room:
            out.append(window(held, pieces, labels, noise))
            held, room = [], size - 2
        held.append(s)
        room -= cost
    if held:
        out.append(window(held, pieces, labels, noise))
    return out


def features(w: TreeWindow, noise: random.Random | None) -> Ints:
    """Surface features of the window's pieces; with ``noise`` some sentences shout, mumble or are quoted."""
    n = len(w.ranges)
    case = np.zeros(n, dtype=np.int64)
    inside = np.zeros(n, dtype=np.int32)
    if noise is not None:
        for k in range(n):
            u = noise.random()
            case[k] = 1 if u < 0.02 else 2 if u < 0.06 else 0
        if noise.random() < 0.4:
            a = noise.randrange(n)
            inside[a : a + noise.randint(1, 6)] = 1
    of_token = w.shapes[case[w.sentence], np.arange(len(w.sentence))] * 4
    of_token += np.maximum(w.quoted, inside[w.sentence])
    of_token[w.ranges[:, 0]] += 2
    out = np.append(of_token, SPECIAL_FEATURE)
    return out[w.token].astype(np.int32)
