"""Short names that only talk uses: "Jo" of the girl whom the story calls Jolanta."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from fabula.lexicon.name_lists import given_names
from fabula.lexicon.name_titles import fold
from fabula.resolve.name_fit import Person
from fabula.resolve.name_reading import NameMention

SHORTEST, LONGEST = 2, 5
"""Letters of such a short form."""
CUT, SURE = 2, 4
"""Letters at least that it leaves out; letters from which one is enough, and it may have an ending."""
_ENDING = re.compile(r"(?:ie|ey|y|e)$")
BREATH = 8
"""Tokens within which two names are two people's: “Jo!” called Josette."""


def short_in_talk(
    names: Sequence[NameMention], keys: Sequence[object], found: Sequence[Person]
) -> dict[int, int]:
    """Person -> the person whose short name it is; ``keys`` give each mention's person as an int.

    One word that stands in quotes alone, begins exactly one given name that the narration uses, does not
    clash with it in gender, and never stands right beside it.
    """
    told: dict[int, bool] = defaultdict(bool)
    forms: dict[int, set[str]] = defaultdict(set)
    places: dict[int, list[int]] = defaultdict(list)
    for name in names:
        key = keys[name.mention]
        if isinstance(key, int) and name.told_in_story:
            told[key] |= not name.in_quote
            forms[key].add(fold(name.display))
            places[key].append(name.token)
    out = {}
    for key, words in forms.items():
        word = next(iter(words))
        if len(words) > 1 or told[key] or found[key].cast or not word.isalpha():
            continue
        if not SHORTEST <= len(word) <= LONGEST:
            continue
        full = [k for k, theirs in forms.items() if k != key and told[k] and _begins(word, theirs)]
        if len(full) != 1 or not _agree(found[key], found[full[0]]):
            continue
        if not any(abs(a - b) <= BREATH for a in places[key] for b in places[full[0]]):
            out[key] = full[0]
    return out


def _begins(short: str, names: set[str]) -> bool:
    """Whether the short form, its ending aside, begins a given name: "Tash" of Tashi, "Luce" of Lucian."""
    given = [name.split()[0].replace("z", "s") for name in names if name]
    loose = len(short) >= SURE and short not in given_names()  # "Mary" is not short for Marion
    cut = 1 if loose else CUT
    stem = short.replace("z", "s")
    stem = _ENDING.sub("", stem) if loose else stem
    return any(word.startswith(stem) and len(word) >= len(short) + cut for word in given)


def _agree(a: Person, b: Person) -> bool:
    """Whether no evidence speaks for two genders."""
    one, other = a.gender, b.gender
    mine = max(range(3), key=one.__getitem__)
    return not one[mine] or not any(other) or other[mine] * 2 >= max(other)


def renamed(keys: Sequence[object], same: Mapping[int, int]) -> list[object]:
    """The mentions' keys once short names are their people's."""
    return [same.get(key, key) if isinstance(key, int) else key for key in keys]
