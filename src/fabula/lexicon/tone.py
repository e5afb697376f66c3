"""Which acts are friendly and which are not. The rest say nothing by themselves."""

from __future__ import annotations

WARM = frozenset({"embrace", "kiss", "give", "promise", "apologize", "comfort", "praise", "thank"})
COLD = frozenset({"strike", "restrain", "threaten", "accuse", "insult", "refuse"})


def tone(kind: str) -> int:
    """1 for a friendly kind of act, -1 for an unfriendly one, 0 for the others."""
    return 1 if kind in WARM else -1 if kind in COLD else 0
