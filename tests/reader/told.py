"""The ferry story with a ledger made by hand, for the views that show one."""

from __future__ import annotations

from dataclasses import replace

from fabula.ledger.bonds import find_bonds
from fabula.types import Act, Analysis, Emotion, Span
from tests.support.fake import ferry

HALVARD, IMRE = 1, 2


def sentence(analysis: Analysis, words: str) -> Span:
    """The sentence in which ``words`` stand."""
    at = analysis.story.text.index(words)
    return next(s for s in analysis.story.sentences if s.start <= at < s.end)


def told_ferry() -> Analysis:
    """The ferry story with five acts that took place, one that did not, and three feelings."""
    base = ferry()

    def act(number: int, kind: str, agent: int, words: str, negated: bool = False) -> Act:
        where = sentence(base, words)
        start = base.story.text.index(words)
        trigger = Span(start, start + len(words))
        patient = HALVARD + IMRE - agent
        return Act(number, kind, agent, patient, trigger, where, "narration", negated, False, 0.8)

    def feeling(number: int, label: str, who: int, words: str, negated: bool = False) -> Emotion:
        start = base.story.text.index(words)
        return Emotion(
            number, who, label, 0.6, Span(start, start + len(words)), "narration", negated, False, 0.7
        )

    acts = (
        act(0, "accuse", HALVARD, "might say something"),
        act(1, "withdraw", HALVARD, "stood with"),
        act(2, "look", IMRE, "picked at the wax"),
        act(3, "comfort", HALVARD, "laughed, not well"),
        act(4, "embrace", IMRE, "laughed then too"),
        act(5, "strike", IMRE, "went out past", negated=True),
    )
    emotions = (
        feeling(0, "shame", HALVARD, "knew it"),
        feeling(1, "joy", HALVARD, "laughed, not well"),
        feeling(2, "fear", IMRE, "steady", negated=True),
    )
    told = replace(base, acts=acts, emotions=emotions)
    return replace(told, bonds=find_bonds(told))
