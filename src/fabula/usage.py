"""Pronoun forms summed into sets, as a text uses them: usage, never a statement about a person."""

from __future__ import annotations

from collections.abc import Mapping

_SETS = (
    ("he", "him", "his", "himself"),
    ("she", "her", "hers", "herself"),
    ("they", "them", "their", "theirs", "themself", "themselves"),
    ("it", "its", "itself"),
    ("xe", "xem", "xyr", "xyrs", "xemself"),
    ("ze", "zir", "zirs", "zirself", "zem"),
    ("zie", "hir", "hirs", "hirself"),
    ("ey", "em", "eir", "eirs", "emself", "eirself"),
    ("fae", "faer", "faers", "faerself"),
    ("ve", "ver", "vis", "verself"),
    ("ae", "aer", "aers", "aerself"),
    ("one", "one's", "oneself"),
)
_SUBJECT = {form: forms[0] for forms in _SETS for form in forms}
_OBJECT = {forms[0]: forms[1] for forms in _SETS}
_SPEAKERS = frozenset(
    form
    for forms in (
        "i me my mine myself we us our ours ourselves ourself",
        "you your yours yourself yourselves thou thee thy thine thyself ye ya y'all",
        "who whom whose this that these those each other some all both none",
    )
    for form in forms.split()
)
_RARE = 0.1
YOU, YOU_RATE, YOU_MORE = 6, 0.02, 4
"""Times, and share of its narrated words, that a part says "you", from which on it is told of "you"; and so
many times more than "I": a narrator who speaks to somebody tells of "I". Of 1,371 labelled texts (decision
0035) those with a quarter as many "I" or fewer have a share of .006 at most.
"""


def subject_forms(counts: Mapping[str, int]) -> tuple[str, ...]:
    """The third-person sets in ``counts`` (uses by form), each by its subject form, the most used first.

    "I" and "you" say nothing and are left out; so is a set with less than a tenth of the uses, which is more
    likely a mistake of the reading. A form of no known set stands for itself.
    """
    totals: dict[str, int] = {}
    for form, count in counts.items():
        form = form.casefold().replace("’", "'")
        if form not in _SPEAKERS and count > 0:
            subject = _SUBJECT.get(form, form)
            totals[subject] = totals.get(subject, 0) + count
    least = _RARE * sum(totals.values())
    return tuple(s for s, n in sorted(totals.items(), key=lambda pair: -pair[1]) if n >= least)


def pronoun_pair(subject: str) -> str:
    """How a set is usually written: "he/him" for "he"."""
    return f"{subject}/{_OBJECT[subject]}" if subject in _OBJECT else subject


def tells_of_you(you: int, own: int, words: int) -> bool:
    """Whether narration tells of "you" as others do of "he": ``you`` and ``own`` ("I") of so many words."""
    return you >= max(YOU, YOU_MORE * own, YOU_RATE * words)
