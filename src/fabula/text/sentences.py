"""Sentence boundaries inside paragraphs, by rule.

A sentence ends at a full stop, question or exclamation mark or ellipsis, with the closing quotes and brackets
behind it, where what follows looks like a beginning. `“Go!” he said.` is one sentence: a lower-case
continuation never begins one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from fabula.text.tokens import ABBREVIATIONS, TITLES
from fabula.text.words import words
from fabula.types import Ints, Span, TokenSpans

LONG = 300
"""Above this many tokens a sentence is cut at a clause boundary."""
LONGEST = 400
"""No sentence has more tokens than this."""

_END = re.compile(r"""(?<![.!?…。！？])(?:\.(?:[ \xa0]\.)+|[.!?…。！？]++)[\])}'"’”»›*_]*+(?=\s)""")
_WORD = re.compile(r"[^\W\d_](?:[\w'’.-]{0,20})?$")
_OPEN = re.compile(r"""[\s\[({'"‘’“”„«‹*_—–-]*""")
_NEXT = re.compile(r"[\w'’]{1,20}")
_STARTERS = words(
    "the he she it they we you i this that there then but and so what when why how where if in his her a an",
    "it's he's she's i'm you're they're we're",
)
_SOFT = (";", ":", "—", "--", ",")


def split_sentences(
    text: str, paragraphs: Sequence[Span], tokens: TokenSpans
) -> tuple[tuple[Span, ...], Ints]:
    """Sentences of every paragraph that has tokens, and their half-open token ranges, shape (n, 2).

    The ranges partition the tokens. No sentence crosses a paragraph or has more than ``LONGEST`` tokens.
    """
    begins: list[int] = []
    for paragraph in paragraphs:
        begins.append(paragraph.start)
        begins.extend(_breaks(text, paragraph.start, paragraph.end))
    first = np.unique(np.searchsorted(tokens.start, np.array(begins, dtype=np.int64), side="left"))
    edges = [int(i) for i in first if i < len(tokens)]
    if len(tokens) and (not edges or edges[0] != 0):
        edges.insert(0, 0)
    edges.append(len(tokens))
    ranges: list[tuple[int, int]] = []
    for a, b in pairwise(edges):
        ranges.extend(_bounded(text, tokens, a, b))
    spans = tuple(Span(int(tokens.start[a]), int(tokens.end[b - 1])) for a, b in ranges)
    return spans, np.array(ranges, dtype=np.int32).reshape(-1, 2)


def _breaks(text: str, start: int, end: int) -> list[int]:
    """Offsets in ``text[start:end]`` at which a new sentence begins, the first excepted."""
    found = []
    for m in _END.finditer(text, start, end):
        opened = _OPEN.match(text, m.end(), end)
        after = opened.end() if opened else m.end()
        if after >= end:
            break
        if _ends(text, m, after, start):
            found.append(m.end())
    return found


def _ends(text: str, mark: re.Match[str], after: int, start: int) -> bool:
    """Whether the mark ends a sentence when the next word begins at ``after``."""
    following = text[after]
    if following.islower():
        return False
    run = mark.group()
    if run[0] != "." or run[1:2] in (".", " ", "\xa0"):
        return True
    word = _WORD.search(text, max(start, mark.start() - 24), mark.start())
    if word is None:
        return True
    before = word.group().lower()
    if before in ("no", "nos", "p", "pp") and following.isdigit():
        return False
    if before in TITLES:
        return False
    if before in ABBREVIATIONS or "." in before:
        return _starter(text, after)
    if len(before) == 1 and word.group().isupper() and before != "i":
        return not following.isupper()
    return True


def _starter(text: str, after: int) -> bool:
    """Whether the word at ``after`` is one that begins sentences (and is not a name)."""
    m = _NEXT.match(text, after)
    return m is not None and m.group().lower() in _STARTERS


def _bounded(text: str, tokens: TokenSpans, a: int, b: int) -> list[tuple[int, int]]:
    """Cut the token range [a, b) so that no part is longer than ``LONGEST``."""
    parts = []
    while b - a > LONG:
        cut = _cut(text, tokens, a, min(b, a + LONGEST))
        parts.append((a, cut))
        a = cut
    parts.append((a, b))
    return parts


def _cut(text: str, tokens: TokenSpans, a: int, limit: int) -> int:
    """The last good place in the token range to cut: after a semicolon, failing that a dash, a comma."""
    words = [text[tokens.start[i] : tokens.end[i]] for i in range(a, limit)]
    for mark in _SOFT:
        for i in range(min(len(words) - 1, LONG), LONG // 3, -1):
            if words[i - 1] == mark:
                return a + i
    return a + min(LONG, limit - a)
