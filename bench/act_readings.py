"""Readings without their ledger, kept on disk, so that the ledger can be looked at again and again.

A reading is kept under the weights and all code but that of the ledger: it is made again when any of those
changes, and not when only a rule of the ledger does.
"""

from __future__ import annotations

import pickle
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import fingerprint
from bench.settings import Settings
from fabula.heads.acts import ActScores
from fabula.heads.feelings import FeelingScores
from fabula.types import Analysis

LEDGER_ONLY = (
    "ledger", "lexicon/bodies.py", "lexicon/deeds.py", "lexicon/feeling_words.py", "lexicon/orders.py",
    "lexicon/speech_acts.py", "lexicon/speech_words.py", "lexicon/tone.py", "lexicon/veracity.py", "plots",
    "reader", "cli", "telling.py",
)  # fmt: skip
"""What no reading depends on before its ledger is kept, under the package's folder."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A text read up to the ledger, and what the heads say of its acts and feelings."""

    analysis: Analysis
    feelings: FeelingScores | None
    acts: ActScores | None


def folder(s: Settings) -> Path:
    """Where the readings of the present weights and code lie."""
    return s.out / "before_the_ledger" / fingerprint.key(apart=LEDGER_ONLY)


def read_all(texts: Iterable[tuple[str, str]], into: Path) -> Iterator[tuple[str, Kept]]:
    """Each (name, text) with its reading, from ``into`` or afresh."""
    from fabula.encoder.session import model_folder
    from fabula.heads.evidence import gather
    from fabula.pipeline import decide, default_encoder
    from fabula.text import read_text

    into.mkdir(parents=True, exist_ok=True)
    for name, text in texts:
        path = into / f"{name}.pickle"
        if not path.exists():
            began = time.perf_counter()
            story = read_text(text)
            evidence = gather(story, default_encoder(), model_folder())
            made = Kept(decide(story, evidence), evidence.feelings, evidence.acts)
            part = path.with_suffix(".part")
            part.write_bytes(pickle.dumps(made))
            part.replace(path)
            print(f"  read {name}, {time.perf_counter() - began:.1f} s", file=sys.stderr, flush=True)
        kept = pickle.loads(path.read_bytes())
        assert isinstance(kept, Kept)
        yield name, kept


def contract(a: Analysis) -> dict[str, Any]:
    """What of a reading's JSON is needed to tell who is who."""
    return {
        "mentions": [
            {"start": m.start, "end": m.end, "entity": m.entity, "kind": m.kind} for m in a.mentions
        ],
        "entities": [{"id": e.id, "members": list(e.members)} for e in a.entities],
    }
