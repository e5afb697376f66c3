"""What the text says about names apart from their letters: who stands beside whom, who is only sworn by.

Positions are token indices of the story.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from fabula.lexicon.gender import UNKNOWN, Evidence, noun_gender

NEAR = 250
"""Tokens within which two names count as neighbours."""
MOST_PLACES = 400
"""Places of a form that are compared; the first ones."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where a form stands: parallel lists of token index and of a key shared by names that stand together.

    ``room`` is one number per sentence and quote: names of one room stand side by side, so they rarely are
    one person's; narration around a quote is another room.
    """

    token: tuple[int, ...]
    room: tuple[int, ...]

    @property
    def first(self) -> int:
        """The first token, or a number past every text."""
        return self.token[0] if self.token else 1 << 40


def unlike(form: Places, person: Sequence[Places]) -> float:
    """How much the text speaks against ``form`` being a name of ``person``, in log-odds within [-3, 4].

    Neighbouring uses of two names of one person share a sentence in 2.5 % of cases, of two kinsmen in 12 %;
    both rates vary from pair to pair as beta distributions, fitted to 167 pairs of names in 31 novels.
    """
    beside = near = 0
    for other in person:
        small, large = (form, other) if len(form.token) <= len(other.token) else (other, form)
        tokens = small.token[:MOST_PLACES]
        for j, token in enumerate(tokens):
            at = bisect_left(large.token, token)
            before = at - 1 if at and (not j or tokens[j - 1] < large.token[at - 1]) else -1
            after = at + (at < len(large.token) and large.token[at] == token)
            if after >= len(large.token) or (j + 1 < len(tokens) and tokens[j + 1] < large.token[after]):
                after = -1
            for k in (before, after):
                if k >= 0 and abs(large.token[k] - token) <= NEAR:
                    near += 1
                    beside += large.room[k] == small.room[j]
    if not near:
        return 0.0
    return max(
        -3.0, min(4.0, _log_beta_binomial(beside, near, _TWO) - _log_beta_binomial(beside, near, _ONE))
    )


_ONE, _TWO = (0.873, 33.42), (3.843, 29.03)


def _log_beta_binomial(hits: int, tries: int, shape: tuple[float, float]) -> float:
    a, b = shape
    return _log_beta(a + hits, b + tries - hits) - _log_beta(a, b)


def _log_beta(a: float, b: float) -> float:
    return math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)


def same_voice(form: Places, person: Sequence[Places]) -> float:
    """How much it speaks against one person that narration uses both names, in log-odds within [-1.9, 1.3].

    A narrator keeps to one name for a person and leaves the others to speech. Fitted as ``unlike`` is.
    """
    shares = []
    for places in ((form,), person):
        told = sum(1 for p in places for room in p.room if room % 2 == 0)
        shares.append((told + 1.2) / (sum(len(p.room) for p in places) + 2.0))
    return 3.1 * (min(shares) - 0.6)


_BEFORE = (
    "by", "for", "thank", "thanks to", "thank the", "praise", "praise be to", "good", "my", "oh", "o",
    "great", "dear", "sweet", "holy", "merciful", "gracious", "almighty", "honest to", "swear to",
    "swear by", "swore by", "swore to", "wish to", "hope to", "pray to", "pray", "please", "so help me",
    "help me", "in the name of", "in", "as", "before", "under", "fear of", "love of", "grace of",
    "will of", "hand of", "act of", "house of", "son of", "lamb of", "word of", "name of", "hands of",
    "mother of", "wrath of", "curse", "damn", "bless", "with", "to", "and",
)  # fmt: skip
_OWNED = "beard|blood|bones|teeth|wounds|balls|pants|saggy|hammer|ghost|thunder"
_OATH_BEFORE = re.compile(
    r"(?:^|[\s“\"‘'’(—–-])(?:" + "|".join(_BEFORE) + r")\s*(?:(?:the|dear|good|sweet|almighty)\s+)*$",
    re.IGNORECASE,
)
_OATH_AFTER = re.compile(
    rf"^(?:['’]?s?['’]?\s+(?:{_OWNED}|sake|truth|mercy|breath|grace|love|will|name|eyes)\b"
    r"|[-\s]*damn|\s+(?:knows|knew|forbid|forbids|willing|help|helps|bless|damn|save|grant|send|rest|have|almighty|above|alone"
    r"|be\s+(?:praised|thanked|with|merciful|my)|in\s+heaven|only|forgive|give)\b|\s*!)",
    re.IGNORECASE,
)
_PLAIN_BEFORE = re.compile(
    r"(?:^|[.!?,;:—–“\"‘(]\s*|\b(?:swear|swore|sworn|and|but|no|yes|aye|nay|oh)\s+)by\s+(?:the\s+|good\s+)?$",
    re.IGNORECASE,
)
_PLAIN_AFTER = re.compile(rf"^(?:['’]s?)?\s+(?:{_OWNED})\b", re.IGNORECASE)


def is_oath(before: str, after: str, deity: bool) -> bool:
    """Whether a name stands in an oath, a thanks or a proverb; the arguments are the text around it.

    A name that is no deity's needs a plain oath: "By Saint Olaf, …", "Merlin's beard".
    """
    if deity:
        return bool(_OATH_BEFORE.search(before) or _OATH_AFTER.match(after))
    if _PLAIN_AFTER.match(after):
        return True
    return bool(_PLAIN_BEFORE.search(before)) and after.lstrip()[:1] in (
        ",",
        "!",
        ".",
        ";",
        "—",
        "”",
        "’",
        "?",
        '"',
    )


_NOUN_BEFORE = re.compile(r"\b(?i:his|her|my|your|their|our|the|an?)\s+(?:[a-z-]+\s+)?([a-z'-]+)\s+$")
_NOUN_AFTER = re.compile(
    r"^,\s+(?i:his|her|my|your|their|our|the|an?)\s+(?:[a-z-]+\s+)?([a-z-]+)\s*[,.;:!?—]"
)


def told_gender(before: str, after: str) -> Evidence:
    """Evidence from a noun in apposition: "his brother Fergus", "Mary, his wife,"."""
    for pattern, text in ((_NOUN_BEFORE, before), (_NOUN_AFTER, after)):
        found = pattern.search(text) if pattern is _NOUN_BEFORE else pattern.match(text)
        if found:
            evidence = noun_gender(found.group(1))
            if evidence != UNKNOWN:
                return evidence
    return UNKNOWN
