"""Short names of people whom the story calls by longer ones: "Jo" of Jolanta in talk, "Sol" of Solveig."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from fabula.lexicon.name_lists import given_names
from fabula.lexicon.name_titles import CALLED_ALONE, END_NAMES_TOO, END_NO_NAME, HONORIFICS, fold
from fabula.resolve.name_evidence import unlike
from fabula.resolve.name_fit import Person
from fabula.resolve.name_reading import NameMention

SHORTEST, LONGEST = 2, 5
"""Letters of such a short form."""
CUT, SURE = 2, 4
"""Letters at least that it leaves out; letters from which one is enough, and it may have an ending."""
_ENDING = re.compile(r"(?:ie|ey|y|e)$")
STORY, PEOPLE = 20_000, 200
"""Tokens, and named people, up to which a text has so few names that likeness is no chance."""
SHORT = 3
"""Letters at least of a short name that narration uses too."""
_PET = re.compile(r"([^\W\d_]{3,}?)(?:ie|ey|y|i|o|a|ek|ka|us|ko|s)")
"""Endings of pet names: "Tomek" of Tomasz, "Rosi" of Rosanna."""
TWO = 0.5
"""Log-odds from which the text speaks of two people (``name_evidence.unlike``)."""
BREATH = 8
"""Tokens within which two names are two people's: “Jo!” called Josette."""
_SURNAME = re.compile(r"(?:son|s|man|ton|ley|by|ford|worth|ham|well|wood|ing|ard)$")


def _any_of(some: Collection[str]) -> str:
    """A pattern for any of these words, the longer ones first."""
    return "(?:" + "|".join(sorted(some, key=lambda w: (-len(w), w))) + ")"


_SUFFIX = re.compile(rf"-{_any_of(END_NO_NAME)}\b")
_HONORIFIC = re.compile(rf"(?:-{_any_of(HONORIFICS.keys() - END_NAMES_TOO)})+\b")
"""Honorifics and endings of call names, for names that are otherwise the same."""
_CALLED = re.compile(rf".+-({_any_of(CALLED_ALONE)})")


def short_in_talk(
    names: Sequence[NameMention], keys: Sequence[object], found: Sequence[Person]
) -> dict[int, int]:
    """Person -> the person whose short name it is; ``keys`` give each mention's person as an int.

    One word that stands in quotes alone, begins exactly one given name that the narration uses, does not
    clash with it in gender, and never stands right beside it.
    """
    told, forms, places = _used(names, keys)
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


def short_of_one(
    names: Sequence[NameMention], keys: Sequence[object], found: Sequence[Person]
) -> dict[int, int]:
    """Person -> the one person whose longer given name begins or ends with theirs, in talk or not.

    "Sol" of Solveig, "Bet" of Ilsabet, "Tomek" of Tomasz. Of 33 such pairs in 749 marked stories all were one
    person each; as with ``short_in_talk`` their genders must not clash, nor may they stand side by side. No
    surname is lengthened: "John" is not Johnson; "Mary" is a name of her own, and not Martha.
    """
    _, forms, places = _used(names, keys)
    out: dict[int, int] = {}
    if len(forms) > PEOPLE or max((x for some in places.values() for x in some), default=0) > STORY:
        return out
    for key, words in forms.items():
        word = next(iter(words))
        if len(words) > 1 or found[key].cast or not word.isalpha() or len(word) < SHORT:
            continue
        full = [k for k, theirs in forms.items() if k != key and _lengthens(word, theirs, found[k])]
        if len(full) != 1 or full[0] in out or not _agree(found[key], found[full[0]]):
            continue
        own, other = found[key].places, found[full[0]].places
        if any(unlike(place, other) > TWO for place in own):
            continue
        if not any(abs(a - b) <= BREATH for a in places[key] for b in places[full[0]]):
            out[key] = full[0]
    return out


def called_by_honorific(
    names: Sequence[NameMention], keys: Sequence[object], found: Sequence[Person]
) -> dict[int, int]:
    """Person -> the one person whose name has this honorific behind it: "Senpai" is Kurosawa-senpai."""
    bearers: dict[str, set[int]] = defaultdict(set)
    alone: dict[int, set[str]] = defaultdict(set)
    for name in names:
        key = keys[name.mention]
        if isinstance(key, int) and name.told_in_story:
            alone[key].add(fold(name.display))
            if (m := _CALLED.fullmatch(fold(name.display))) is not None:
                bearers[m[1]].add(key)
    out = {}
    for key, forms in alone.items():
        whose = bearers.get(next(iter(forms)), set()) - {key}
        if len(forms) == 1 and len(whose) == 1 and not found[key].cast:
            out[key] = whose.pop()
    return out


def spelt_with_hyphen(
    names: Sequence[NameMention], keys: Sequence[object], found: Sequence[Person]
) -> dict[int, int]:
    """Person -> the one person whose name is theirs but for a hyphen: "Minjae" is Min-jae."""
    _, used, _ = _used(names, keys)
    forms = {key: {_HONORIFIC.sub("", w) for w in words} for key, words in used.items()}
    spelt: dict[str, set[int]] = defaultdict(set)
    for key, words in forms.items():
        for word in {w for whole in words for w in (whole, *whole.split())}:
            spelt[word.replace("-", "")].add(key)
    out: dict[int, int] = {}
    for key, words in forms.items():
        word = next(iter(words))
        same = spelt[word.replace("-", "")] - {key}
        if len(words) > 1 or " " in word or len(same) != 1 or found[key].cast or found[key].group:
            continue
        other = next(iter(same))
        hyphen = any("-" in w for k in (key, other) for w in forms[k])
        if hyphen and other not in out and not found[other].group:
            out[key] = other
    return out


def _used(
    names: Sequence[NameMention], keys: Sequence[object]
) -> tuple[Mapping[int, bool], Mapping[int, set[str]], Mapping[int, list[int]]]:
    """Of each person: whether narration names them, their folded forms, and where these stand."""
    told: dict[int, bool] = defaultdict(bool)
    forms: dict[int, set[str]] = defaultdict(set)
    places: dict[int, list[int]] = defaultdict(list)
    for name in names:
        key = keys[name.mention]
        if isinstance(key, int) and name.told_in_story:
            told[key] |= not name.in_quote
            forms[key].add(_SUFFIX.sub("", fold(name.display)))
            places[key].append(name.token)
    return told, forms, places


def _lengthens(short: str, names: set[str], person: Person) -> bool:
    """Whether a person's given name is the short one and more; a word alone may be a surname."""
    if person.group or person.cast:
        return False
    pet = _PET.fullmatch(short) if short not in given_names() else None
    stem = "" if pet is None else pet[1][:-1] if pet[1][-1] == pet[1][-2] else pet[1]
    for name in names:
        word, *rest = name.split()
        given = bool(rest) or word in given_names() or not (person.titles or _SURNAME.search(word))
        longer = word.startswith(short) and len(word) > len(short) and word != short + "s"
        longer |= word.endswith(short) and len(word) > len(short) + 1
        longer |= bool(stem) and word.startswith(stem) and len(word) > len(stem) + 1
        if longer and given and word.replace("-", "").isalpha():
            return True
    return False


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
