"""Kinds that are told only to those who ask for them.

They are those that the annotator labelled too unevenly or too seldom: a consistency under 0.67, fewer than 30
cases, or under 0.67 with the writer (docs/guidelines.md, the last column of its table).
"""

from __future__ import annotations

from dataclasses import replace

from fabula.types import Act, Emotion

ACTS = frozenset({"accuse", "confess"})
FEELINGS: frozenset[str] = frozenset()


def settled_acts(acts: tuple[Act, ...]) -> tuple[Act, ...]:
    """The acts of kinds that are not experimental, numbered anew."""
    kept = (a for a in acts if a.kind not in ACTS)
    return tuple(replace(a, id=k) for k, a in enumerate(kept))


def settled_feelings(emotions: tuple[Emotion, ...]) -> tuple[Emotion, ...]:
    """The feelings that are not experimental, numbered anew."""
    kept = (e for e in emotions if e.label not in FEELINGS)
    return tuple(replace(e, id=k) for k, e in enumerate(kept))
