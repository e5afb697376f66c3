"""What of a bond is worth telling first, and in which words."""

from __future__ import annotations

from fabula.ledger.bonds import happened
from fabula.reading import Reading
from fabula.types import Act, Bond

SURE_ENOUGH = 0.6
"""Acts less sure than this are counted in no report."""

PHRASES = {
    "approach": "comes to", "withdraw": "draws away from", "look": "looks at", "touch": "touches",
    "embrace": "embraces", "kiss": "kisses", "restrain": "takes hold of", "strike": "strikes",
    "give": "gives something to", "ask": "asks something of", "plead": "pleads with", "refuse": "refuses",
    "command": "gives an order to", "confess": "confesses to", "promise": "promises something to",
    "threaten": "threatens", "accuse": "accuses", "apologize": "apologizes to", "comfort": "comforts",
    "praise": "praises", "insult": "insults", "thank": "thanks",
}  # fmt: skip
"""A kind of act as the verb of a sentence."""

_WEIGHTS = {
    "strike": 3.0, "kiss": 3.0, "embrace": 3.0, "apologize": 2.6, "threaten": 2.4, "restrain": 2.4,
    "confess": 2.3, "accuse": 2.1, "promise": 2.0, "comfort": 2.0, "insult": 1.8, "plead": 1.7, "praise": 1.6,
    "refuse": 1.4, "thank": 1.2, "touch": 1.8, "give": 1.4, "withdraw": 1.1, "approach": 1.0, "command": 0.9,
    "ask": 0.6, "look": 0.7,
}  # fmt: skip
"""How much a kind of act tells of a bond."""


def phrase(kind: str) -> str:
    """What a person does who does an act of this kind; the kind itself where it is none of ours."""
    return PHRASES.get(kind, kind)


def between(reading: Reading, bond: Bond) -> list[Act]:
    """All acts between the two that are sure enough, denied and imagined ones too, in text order."""
    two = {bond.a, bond.b}
    return [a for a in reading.analysis.acts if {a.agent, a.patient} == two and a.confidence >= SURE_ENOUGH]


def telling(acts: list[Act], most: int) -> list[Act]:
    """The acts that tell most, in text order: weighty kinds, sure ones, none twice each way."""
    ranked = sorted(
        (a for a in acts if happened(a)),
        key=lambda a: (-_WEIGHTS.get(a.kind, 1.0) * a.confidence, a.trigger.start),
    )
    chosen: list[Act] = []
    for act in ranked:
        if all((act.kind, act.agent) != (c.kind, c.agent) and act.evidence != c.evidence for c in chosen):
            chosen.append(act)
        if len(chosen) == most:
            break
    return sorted(chosen, key=lambda a: a.trigger.start)
