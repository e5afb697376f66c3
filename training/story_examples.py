"""The hand-labelled example stories of the group "seen" as examples for the speaker scorer.

They are the only labelled stories of today's manner at hand (untagged talk, beats instead of tags), and the
only ones with addressees. The stories of the group "unseen" are never read here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from fabula.pipeline import first_beliefs
from fabula.resolve.quote_context import read_context
from fabula.resolve.speaker_features import candidates_of, neural_windows
from fabula.resolve.speakers import present
from training.speakers import Labelled, Reader, map_entities


def seen_stories(examples: Path) -> list[str]:
    """Names of the stories whose row in the table of examples/README.md says "seen"."""
    table = (examples / "README.md").read_text(encoding="utf-8")
    return re.findall(r"^\| `(\w+)\.txt` \|.*\| seen \|", table, re.M)


def story_examples(examples: Path, names: Sequence[str], read: Reader, weight: float) -> Iterator[Labelled]:
    """One example a story: gold speakers and single addressees, mapped to the entities found."""
    for name in names:
        gold = json.loads((examples / "gold" / f"{name}.gold.json").read_text(encoding="utf-8"))
        story, evidence = read((examples / f"{name}.txt").read_text(encoding="utf-8"))
        known, entities, narrators, away = first_beliefs(story, evidence)
        labels = [dict(x, entity=x["who"], kind="PROP") for x in gold["names"]]
        labels += [dict(x, entity=x["who"], kind="PRON") for x in gold["pronouns"]]
        at = {(q["start"], q["end"]): q for q in gold["quotes"]}
        context = read_context(story, evidence)
        candidates, beliefs, _ = candidates_of(
            story, evidence, context, known, entities, narrators, neural_windows(context, evidence)
        )
        best = [d[0][0] if d else e for d, e in zip(beliefs, entities.entity.tolist(), strict=True)]
        column = np.asarray(best, dtype=np.int32)
        found = {g: e for e, g in map_entities(story, evidence, column, labels).items()}
        rows = [at.get((q.start, q.end)) for q in story.quotes]
        speaker = tuple(found.get(r["speaker"], -1) if r else -1 for r in rows)
        hearer = tuple(found.get(r["to"], -1) if r and isinstance(r["to"], str) else -1 for r in rows)
        kept = tuple(present(c, away) for c in candidates)
        by_tag = (False,) * len(rows)
        yield Labelled(name, context.quotes, kept, speaker, hearer, True, weight, by_tag)
