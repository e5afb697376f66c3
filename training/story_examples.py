"""Marked stories as examples for the speaker scorer.

They are the only labelled stories of today's manner at hand (untagged talk, beats instead of tags), and the
only ones with addressees. Stories held out (training/persons.py) and those of examples/ are never read here.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from fabula.pipeline import first_beliefs
from fabula.resolve.quote_context import read_context
from fabula.resolve.speaker_features import candidates_of, neural_windows
from fabula.resolve.speakers import present
from training.held import story_paths
from training.person_data import parse_marks
from training.speaker_scorer import Labelled
from training.speakers import Reader, map_entities

_KINDS = ("PROP", "NOM", "PRON")


def story_examples(folder: Path, read: Reader, weight: float) -> Iterator[Labelled]:
    """One example a story: gold speakers and single addressees, mapped to the entities found."""
    for path in story_paths(folder):
        text, _, spans, said = parse_marks(path.read_text(encoding="utf-8"))
        story, evidence = read(text)
        known, entities, tellers, away = first_beliefs(story, evidence)
        narrators = tellers.entity
        labels = [
            {"start": a, "end": b, "entity": who, "kind": _KINDS[kind]}
            for a, b, kind, who in spans
            if who != "-" and "+" not in who
        ]
        at = {(a, b): (speaker, to) for a, b, speaker, to in said}
        context = read_context(story, evidence)
        candidates, beliefs, _ = candidates_of(
            story, evidence, context, known, entities, narrators, neural_windows(context, evidence)
        )
        best = [d[0][0] if d else e for d, e in zip(beliefs, entities.entity.tolist(), strict=True)]
        found = {g: e for e, g in map_entities(story, evidence, np.asarray(best, np.int32), labels).items()}
        rows = [at.get((q.start, q.end), ("", "")) for q in story.quotes]
        yield Labelled(
            path.stem, context.quotes, tuple(present(c, away) for c in candidates),
            tuple(found.get(r[0], -1) for r in rows), tuple(found.get(r[1], -1) for r in rows),
            True, weight, (0.0,) * len(rows),
        )  # fmt: skip
