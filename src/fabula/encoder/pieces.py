"""Tokens to word pieces and surface features, the encoder's input. Shared by training and reading."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from fabula.types import Ints, Story

N_SHAPES = 8
N_FEATURES = N_SHAPES * 4 + 1
SPECIAL_FEATURE = N_FEATURES - 1
MAX_PIECES_PER_TOKEN = 12
"""A longer token (a URL, a scream) keeps its first pieces; it stays one token either way."""

_SAME = {
    "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "``": '"', "''": '"', "‹": '"', "›": '"',
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "`": "'", "—": "--", "–": "--", "―": "--", "…": "...",
}  # fmt: skip
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "‛": "'", "ʼ": "'"})


def normalise(token: str) -> str:
    """One spelling for marks that mean the same, so that curly and straight stories read alike."""
    return _SAME.get(token) or token.translate(_APOSTROPHES)


def shape(token: str) -> int:
    """Surface class of a token in [0, N_SHAPES): what an uncased vocabulary cannot see."""
    if not token[:1].isalpha():
        return 4 if token[:1].isdigit() else 5
    if token.islower():
        return 0
    if len(token) == 1:
        return 3
    if token.isupper():
        return 2
    if token[:1].isupper() and token[1:].islower():
        return 1
    return 6


@dataclass(frozen=True, slots=True)
class Pieces:
    """Word pieces of a token sequence, flat.

    ``ids``, ``features`` and ``token`` have shape (n_pieces,); ``first`` (n_tokens + 1,) is where each
    token's pieces begin; ``features`` index the encoder's surface embedding.
    """

    ids: Ints
    features: Ints
    token: Ints
    first: Ints


def _special_id(tokenizer: Tokenizer, piece: str) -> int:
    number = tokenizer.token_to_id(piece)
    if number is None:
        raise ValueError(f"the tokenizer has no {piece}")
    return number


class PieceEncoder:
    """Splits tokens into word pieces with a cache over distinct tokens."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._cache: dict[str, tuple[list[int], int]] = {}
        self.cls_id = _special_id(tokenizer, "[CLS]")
        self.sep_id = _special_id(tokenizer, "[SEP]")
        self.unk_id = _special_id(tokenizer, "[UNK]")
        self.mask_id = _special_id(tokenizer, "[MASK]")

    @classmethod
    def from_file(cls, path: Path) -> PieceEncoder:
        """Load a ``tokenizer.json``."""
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(path))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return cls(tokenizer)

    def _lookup(self, token: str) -> tuple[list[int], int]:
        hit = self._cache.get(token)
        if hit is None:
            text = normalise(token)[:200]
            ids = self._tokenizer.encode(text, add_special_tokens=False).ids[:MAX_PIECES_PER_TOKEN]
            hit = (ids or [self.unk_id], shape(token))
            if len(self._cache) < 500_000:
                self._cache[token] = hit
        return hit

    def encode(
        self, tokens: Iterable[str], initial: Sequence[bool] | Ints, quoted: Sequence[bool] | Ints
    ) -> Pieces:
        """Encode tokens; ``initial``: begins a sentence; ``quoted``: stands inside direct speech."""
        ids: list[int] = []
        counts: list[int] = []
        shapes: list[int] = []
        for token in tokens:
            piece_ids, token_shape = self._lookup(token)
            ids += piece_ids
            counts.append(len(piece_ids))
            shapes.append(token_shape)
        n = np.asarray(counts, dtype=np.int32)
        feature = np.asarray(shapes, dtype=np.int32) * 4
        feature += np.asarray(initial, dtype=np.int32) * 2 + np.asarray(quoted, dtype=np.int32)
        first = np.zeros(len(n) + 1, dtype=np.int32)
        np.cumsum(n, out=first[1:])
        token_of = np.repeat(np.arange(len(n), dtype=np.int32), n)
        return Pieces(np.asarray(ids, dtype=np.int32), feature[token_of], token_of, first)


def surface_flags(story: Story) -> tuple[Ints, Ints]:
    """(initial, quoted), each (n_tokens,) of 0 or 1: begins a sentence; inside a quote."""
    n = len(story.tokens)
    initial = np.zeros(n, dtype=np.int32)
    if len(story.sentence_tokens):
        starts = story.sentence_tokens[:, 0]
        initial[starts[starts < n]] = 1
    depth = np.zeros(n + 1, dtype=np.int32)
    if story.quotes:
        a = np.searchsorted(story.tokens.start, [q.start for q in story.quotes], side="left")
        b = np.searchsorted(story.tokens.start, [q.end for q in story.quotes], side="left")
        np.add.at(depth, a, 1)
        np.add.at(depth, b, -1)
    return initial, (np.cumsum(depth[:-1]) > 0).astype(np.int32)


def cut_windows(
    first: Ints, sentence_starts: Ints, size: int, overlap: int
) -> list[tuple[int, int, int, int]]:
    """Windows over tokens as (start, end, keep_start, keep_end), in tokens, half-open.

    A window holds at most ``size`` pieces, of which the kept middle is read off; the kept ranges partition
    the tokens and begin at sentence starts where one is near. ``first`` is ``Pieces.first``; ``overlap`` is
    the context on each side, in pieces.
    """
    n = len(first) - 1
    out: list[tuple[int, int, int, int]] = []
    keep = 0
    while keep < n:
        room = size if keep == 0 else size - overlap
        if first[n] - first[keep] <= room:
            end = n
        else:
            end = int(np.searchsorted(first, first[keep] + room - overlap, side="right")) - 1
            at = int(np.searchsorted(sentence_starts, end, side="right")) - 1
            if (
                at >= 0
                and sentence_starts[at] > keep
                and first[end] - first[sentence_starts[at]] <= size // 3
            ):
                end = int(sentence_starts[at])
            end = max(end, keep + 1)
        left = int(np.searchsorted(first, first[keep] - overlap, side="left"))
        right = int(np.searchsorted(first, first[left] + size, side="right")) - 1
        right = min(max(right, end), n, int(np.searchsorted(first, first[end] + overlap, side="right")) - 1)
        out.append((left, max(right, end), keep, end))
        keep = end
    return out
