"""Who is there: people only talked about are off stage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from fabula.heads.evidence import Evidence
from fabula.resolve.names import NameBeliefs


def off_stage(
    evidence: Evidence, names: NameBeliefs, narrators: Sequence[int] = (), there: Collection[int] = ()
) -> frozenset[int]:
    """Named people whom narration never names, though somebody's words do: talked about, not there.

    A narrator is there though only others say the name, and so is who says it to be theirs (``there``); a
    saint sworn by is not.
    """
    m, quote_of = evidence.mentions, evidence.layout.quote
    told: Counter[int] = Counter()
    said: Counter[int] = Counter()
    for k, e in enumerate(names.entity.tolist()):
        if e >= 0:
            (told if quote_of[m.token_start[k]] < 0 else said)[e] += 1
    sworn = {e for e, entry in enumerate(names.roster) if entry.sworn}
    return frozenset(sworn) | frozenset(
        e
        for e in said
        if not told[e]
        and e not in there
        and names.roster[e].type == "PER"
        and e not in narrators
        and not names.roster[e].known
    )
