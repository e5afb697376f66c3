"""Clusters of names against LitBank's own, given its mentions; skipped where the data are absent."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Hashable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from bench.settings import shared_folder

from fabula.resolve.names import resolve_names
from fabula.types import ENTITY_TYPES, MENTION_KINDS, MentionSpans, QuoteSpan, Span, Story, TokenSpans


def _read(path: Path) -> tuple[Story, MentionSpans, list[dict[str, Any]]]:
    gold = json.loads(path.read_text(encoding="utf-8"))
    text = gold["text"]
    tokens = np.asarray(gold["tokens"], dtype=np.int32)
    sentences = np.asarray(gold["sentences"], dtype=np.int32)
    quotes = re.finditer(r"“[^”]{0,3000}”|(?<!\w)\"[^\"]{0,3000}\"", text)
    story = Story(
        text=text,
        id=gold["id"],
        segments=(),
        paragraphs=(),
        sentences=tuple(Span(int(tokens[a][0]), int(tokens[b - 1][1])) for a, b in sentences),
        tokens=TokenSpans(tokens[:, 0].copy(), tokens[:, 1].copy()),
        sentence_tokens=sentences,
        quotes=tuple(QuoteSpan(*m.span()) for m in quotes),
    )
    found = sorted(gold["mentions"], key=lambda m: (m["token_start"], -m["token_end"]))
    table = np.asarray(
        [
            (m["token_start"], m["token_end"], m["token_end"] - 1, ENTITY_TYPES.index(m["type"]),
             MENTION_KINDS.index(m["kind"]))
            for m in found
        ],
        dtype=np.int32,
    )  # fmt: skip
    start, end, head, types, kinds = table.T
    return story, MentionSpans(start, end, head, types, kinds, np.ones(len(found), dtype=np.float32)), found


def _b_cubed(gold: Sequence[Hashable], predicted: Sequence[Hashable]) -> tuple[float, float]:
    """Sums over mentions of precision and recall."""
    by_gold: dict[Hashable, set[int]] = defaultdict(set)
    by_predicted: dict[Hashable, set[int]] = defaultdict(set)
    for i, (g, p) in enumerate(zip(gold, predicted, strict=True)):
        by_gold[g].add(i)
        by_predicted[p].add(i)
    pairs = [(by_gold[g], by_predicted[p]) for g, p in zip(gold, predicted, strict=True)]
    return sum(len(g & p) / len(p) for g, p in pairs), sum(len(g & p) / len(g) for g, p in pairs)


@pytest.mark.parametrize(("split", "floor"), [("dev", 97.0), ("train", 94.5)])
@pytest.mark.parametrize("people", [True, False])
def test_proper_names_of_litbank(split: str, floor: float, people: bool) -> None:
    folder = shared_folder() / "data" / "litbank_natural" / split
    if not folder.is_dir():
        pytest.skip(f"LitBank {split} is not beside the repository (set FABULA_SHARED)")
    precision = recall = 0.0
    total = 0
    for path in sorted(folder.glob("*.json")):
        story, mentions, gold = _read(path)
        entity = resolve_names(story, mentions).entity.tolist()
        kept = [i for i, m in enumerate(gold) if m["kind"] == "PROP" and (m["type"] == "PER") == people]
        predicted = [entity[i] if entity[i] >= 0 else ("alone", i) for i in kept]
        p, r = _b_cubed([gold[i]["entity"] for i in kept], predicted)
        precision, recall, total = precision + p, recall + r, total + len(kept)
    f1 = 100 * 2 * precision * recall / (total * (precision + recall))
    assert f1 >= floor
