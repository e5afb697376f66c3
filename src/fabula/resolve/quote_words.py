"""The words by which a quote shows whom it speaks to, and of whom."""

from __future__ import annotations

from fabula.lexicon.gender import noun_gender
from fabula.lexicon.words import words

STOPS = words(". ! ? … ...")
QUOTE_MARKS = words("\" ' “ ” ‘ ’ « » „ `` '' ‹ › 「 」 * _ **")
SET_OFF = words(", ! ? . … ... ; : -- — – -") | QUOTE_MARKS
CALLS = words(
    "oh ah o dear well yes no hello hey hullo good-bye goodbye thanks please you come now but and my ay "
    "aye nay ho why there so then indeed look listen sorry hush hi dearest darling poor night morning "
    "evening afternoon"
)
DETERMINERS = words("the a an this that these those his her their its some any no each every another one two")
FIRST = words("i me my mine myself")
FIRST_PLURAL = words("we us our ours ourselves")
SECOND = words("you your yours yourself yourselves ye thou thee thy thine")
ADDRESS: dict[str, tuple[float, float]] = {
    **dict.fromkeys(
        words("sir sire mister monsieur signor señor senor milord son lad laddie guv'nor"), (1.0, 0.0)
    ),
    **dict.fromkeys(
        words("madam ma'am madame miss missus mum milady mademoiselle signora signorina lass lassie"),
        (0.0, 1.0),
    ),
}
"""Words that alone address somebody, with their gender (he, she)."""


def head_gender(word: str) -> tuple[float, float]:
    """(he, she) that a form of address or noun shows, each in [0, 1]."""
    if word in ADDRESS:
        return ADDRESS[word]
    he, she, _ = noun_gender(word)
    return he, she
