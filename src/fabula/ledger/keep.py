"""The ledger of a reading: acts, feelings and bonds, added to an Analysis that lacks them."""

from __future__ import annotations

from dataclasses import replace

from fabula.heads.acts import ActScores
from fabula.heads.feelings import FeelingScores
from fabula.ledger.acts import find_acts
from fabula.ledger.bonds import find_bonds
from fabula.ledger.clauses import read_clauses
from fabula.ledger.experimental import settled_acts, settled_feelings
from fabula.ledger.feelings import find_emotions
from fabula.types import Analysis


def keep_ledger(
    analysis: Analysis,
    feelings: FeelingScores | None,
    acts: ActScores | None = None,
    *,
    experimental: bool = False,
) -> Analysis:
    """The analysis with its acts, emotions and bonds. Without a parse there are none.

    Kinds that are ``experimental`` are left out everywhere unless asked for.
    """
    clauses = read_clauses(analysis)
    if clauses is None:
        return analysis
    done, felt = find_acts(clauses, acts), find_emotions(clauses, feelings)
    if not experimental:
        done, felt = settled_acts(done), settled_feelings(felt)
    analysis = replace(analysis, acts=done, emotions=felt)
    return replace(analysis, bonds=find_bonds(analysis))
