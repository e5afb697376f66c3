"""Who is there: people only talked about are off stage; a line's speaker is usually the "he" of its beat."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from fabula.heads.evidence import Evidence
from fabula.resolve.coref import Distribution
from fabula.resolve.names import NameBeliefs
from fabula.resolve.speech import SpeechBeliefs
from fabula.types import Story


def off_stage(evidence: Evidence, names: NameBeliefs, narrators: Sequence[int] = ()) -> frozenset[int]:
    """Named people whom narration never names, though somebody's words do: talked about, not there.

    A narrator is there though only others say the name; a saint sworn by is not.
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
        if not told[e] and names.roster[e].type == "PER" and e not in narrators and not names.roster[e].known
    )


def beats(story: Story, evidence: Evidence, speech: SpeechBeliefs) -> dict[int, Distribution]:
    """Third-person pronoun that opens a sentence of narration beside a quote -> who speaks that quote.

    Only in paragraphs whose quotes agree on a speaker. The distribution is of the quote nearest before, or
    else after, in the paragraph.
    """
    a, layout = evidence.anaphors, evidence.layout
    by_paragraph: dict[int, list[int]] = {}
    for q, (start, _) in enumerate(layout.quote_tokens.tolist()):
        if story.quotes[q].parent is None and start < len(layout.paragraph):
            by_paragraph.setdefault(int(layout.paragraph[start]), []).append(q)
    out: dict[int, Distribution] = {}
    for k in range(a.n_mentions):
        if a.kind[k] != 2 or a.cls[k] not in (3, 4, 8) or a.quote[k] >= 0 or not a.first[k]:
            continue
        here = by_paragraph.get(int(a.paragraph[k]), [])
        best = {speech.speaker[q][0][0] for q in here if speech.speaker[q]}
        if len(best) == 1:
            before = [q for q in here if layout.quote_tokens[q, 0] < a.start[k]]
            out[k] = speech.speaker[before[-1] if before else here[0]]
    return out
