"""Whom "I" and "you" mean: in a quote its speaker and addressee, in first-person narration the narrator.

Where a story is told of "you", the one who is.

In a letter who writes it, and to whom.

And who is called "sir".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fabula.encoder.pieces import normalise
from fabula.heads.evidence import Evidence
from fabula.lexicon.gender import PRONOUNS
from fabula.resolve.coref import Distribution
from fabula.resolve.letter_writers import readers_own
from fabula.resolve.names import NameBeliefs
from fabula.resolve.narrated_parts import told_of_you, told_pronouns
from fabula.resolve.speech import SpeechBeliefs
from fabula.types import ENTITY_TYPES, MENTION_KINDS, Story

_PERSON, _DESCRIPTION = ENTITY_TYPES.index("PER"), MENTION_KINDS.index("NOM")
_MANY = frozenset(
    {"all", "both", "two", "three", "guys", "people", "boys", "girls", "gentlemen", "ladies", "lot", "folks"}
)


def narrators_own(story: Story, evidence: Evidence, narrators: Sequence[int]) -> dict[int, int]:
    """Mention of every "I" in narration -> who tells there; of every "you" where it is told of "you"."""
    return {k: int(narrators[at]) for k, at in _tellers(story, evidence) if narrators[at] >= 0}


def _tellers(story: Story, evidence: Evidence) -> Iterator[tuple[int, int]]:
    """Pronouns of whoever tells, or is told of as "you": (mention, segment), both indices."""
    second = told_of_you(story, evidence)
    yield from ((k, at) for k, at in told_pronouns(story, evidence, 1) if at not in second)
    if second:
        yield from ((k, at) for k, at in told_pronouns(story, evidence, 2) if at in second)


def own_words(
    story: Story,
    evidence: Evidence,
    speech: SpeechBeliefs,
    narrators: Sequence[int],
    names: NameBeliefs,
    sure: Sequence[float] = (),
) -> dict[int, Distribution]:
    """Mention index to distribution for "I" and singular "you" in quotes, letters and narration.

    And for what somebody is called to their face ("Sit down, old man"). ``sure``: how surely each segment is
    its narrator's, in [0, 1]; without it, surely.

    Only mentions whose owner is known at all are in the result.
    """
    m = evidence.mentions
    out: dict[int, Distribution] = {
        k: ((narrators[at], sure[at] if sure else 1.0),)
        for k, at in _tellers(story, evidence)
        if narrators[at] >= 0
    }
    out |= {k: ((e, 1.0),) for k, e in readers_own(story, evidence, names, narrators).items()}
    quote_of = evidence.layout.quote
    for k in range(len(m)):
        t = int(m.token_start[k])
        if m.kind[k] != 2:
            if quote_of[t] >= 0 and _calls(evidence, k):
                out[k] = _heard(speech, int(quote_of[t]))
            continue
        p = PRONOUNS.get(normalise(story.token_text(t)).lower())
        if p is None or p.person == 3 or p.number == "plur":
            continue
        q = int(quote_of[t])
        if q < 0:
            continue
        if p.person == 1:
            d = speech.speaker[q]
        elif _plural_you(story, int(m.token_end[k])):
            continue
        else:
            d = _heard(speech, q)
        out[k] = d
    return {k: d for k, d in out.items() if d}


def _calls(evidence: Evidence, k: int) -> bool:
    """Whether a mention is a description by which one person is addressed."""
    m, s = evidence.mentions, evidence.syntax
    if m.kind[k] != _DESCRIPTION or m.type[k] != _PERSON or not s.deprel:
        return False
    head = int(m.head_token[k])
    return s.deprel[head] == "vocative" and s.xpos[head] in ("NN", "NNP")


def _plural_you(story: Story, after: int) -> bool:
    return after < len(story.tokens) and story.token_text(after).lower() in _MANY


def _heard(speech: SpeechBeliefs, q: int) -> Distribution:
    """The addressee's distribution, the decided one first."""
    d = speech.addressee[q]
    if not speech.addressees[q]:
        return ()
    best = speech.addressees[q][0]
    return tuple(sorted(d, key=lambda t: (t[0] != best, -t[1], t[0])))
