"""Analyses with a ledger made by hand: acts between two people, scene by scene."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from fabula.ledger.bonds import find_bonds
from fabula.types import Act, Analysis, Emotion, Scene, Span
from tests.support.fake import fake_analysis

KINDS = {"+": "praise", "-": "insult", "0": "look", "!": "strike"}
"""Marks for acts of the one; ``!`` is denied."""


def story_of(scenes: Sequence[str], *, by_other: str = "") -> Analysis:
    """A story of as many scenes, each with its acts of Ann (0) to Bob (1), a sentence each.

    ``by_other``: marks that Bob does to Ann, in the last scene.
    """
    pieces, acts, edges = ["[Ann:Ann] met [Bob:Bob].\n"], [], []
    at = len("Ann met Bob.\n")
    for k, marks in enumerate(scenes):
        start = at
        for mark, agent in [(m, 0) for m in marks] + [(m, 1) for m in by_other if k == len(scenes) - 1]:
            words = "Then it was so.\n"
            pieces.append(words)
            span = Span(at, at + len(words) - 1)
            acts.append(
                Act(
                    len(acts), KINDS[mark], agent, 1 - agent, Span(at, at + 4), span, "narration",
                    mark == "!", False, 0.9,
                )
            )  # fmt: skip
            at += len(words)
        edges.append(Scene(k, start, max(at, start + 1), (0, 1)))
    analysis = fake_analysis("".join(pieces), scenes=False)
    feeling = Emotion(0, 0, "joy", 0.5, Span(0, 3), "narration", False, False, 0.8)
    analysis = replace(analysis, acts=tuple(acts), scenes=tuple(edges), emotions=(feeling,))
    return replace(analysis, bonds=find_bonds(analysis))
