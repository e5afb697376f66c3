"""What a name is made of: titles, given names, surname, suffix; and which parts of two names may be one
person's.

Pure functions over single strings; the book as a whole is the affair of ``people``. Words are compared folded
(``name_titles.fold``). Every function is linear in its input, which callers cut to ``LONGEST`` code points.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from fabula.lexicon.gender import UNKNOWN, Evidence, noun_gender
from fabula.lexicon.name_lists import CRIES, given_names
from fabula.lexicon.name_titles import (
    ALSO_NAMES,
    EPITHETS,
    GROUP_NOUNS,
    HONORIFICS,
    PARTICLES,
    SUFFIXES,
    TITLES,
    fold,
)
from fabula.resolve.name_words import (
    capital,
    join_particles,
    name_part,
    name_words,
    split_suffix,
    strip_possessive,
    tidy,
)

LONGEST = 200
"""Code points of a mention that are looked at; a name is shorter."""

GroupKind = Literal["", "family", "pair", "people"]
_SHOWN: dict[str, Evidence] = {"m": (1.0, 0.0, 0.0), "f": (0.0, 1.0, 0.0)}
_DASH = re.compile(r"--|—|\s–\s")
_SHARES = frozenset(["some", "any", "more", "less", "enough"])
"""Before what there is much of: "some Bach" is music."""


@dataclass(frozen=True, slots=True)
class NameForm:
    """A person's name taken apart; every part is folded except ``display``.

    One of these holds: ``given`` and ``family`` are filled; ``lone`` is the only word and may be either;
    only ``titles`` are filled ("the Count"); or ``group`` says that several people are meant. ``spouse``:
    given name of the husband ("Mrs. Charles Musgrove"). ``place``: "of" a title ("Earl of Moreland").
    """

    titles: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    family: str = ""
    lone: str = ""
    suffix: str = ""
    spouse: str = ""
    place: str = ""
    group: GroupKind = ""
    gender: Evidence = UNKNOWN
    display: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        """What two spellings of one form have in common."""
        return (
            " ".join(self.titles), " ".join(self.given), self.family, self.lone,
            self.suffix, self.spouse, self.place, self.group,
        )  # fmt: skip

    @property
    def title_only(self) -> bool:
        """Whether the form names an office or a relation and nobody in particular."""
        named = self.given or self.family or self.lone or self.group or self.spouse or self.place
        return bool(self.titles) and not named


def _is_title(word: str, following: str, french: bool, the: bool) -> bool:
    folded = fold(word)
    if folded == "m":
        return french and word.startswith("M") and bool(following)
    if folded not in TITLES:
        return False
    if folded not in ALSO_NAMES:
        return True
    if not following:
        return the or folded in ("ma", "pa", "gran")
    if fold(following) == "of":
        return True
    if folded in ("don", "dom"):
        return fold(following) in given_names()
    return word.endswith(".") or folded not in ("dean", "earl", "skip", "mate")


def parse_person(surface: str, french: bool = False) -> NameForm | None:
    """Take a person's name apart; None where the words name nobody ("Mrs. Hall's sister", "").

    ``french``: read "M." as Monsieur.
    """
    words = _DASH.split(surface[:LONGEST].replace("_", " ").strip(" -–—"))[0].split()
    words = [w for w in words if any(c.isalnum() for c in w) or w == "&"]
    words = _first_clause(words)
    if not words or (len(words) > 1 and words[0].lower() in _SHARES):
        return None
    caps = any(capital(w) for w in words)
    possessed = [i for i, w in enumerate(words[:-1]) if w[-2:] in ("'s", "’s") and fold(w) not in TITLES]
    if possessed:
        words = words[possessed[-1] + 1 :]
        if caps and not any(capital(w) for w in words):
            return None
    words[-1] = strip_possessive(words[-1].rstrip(",.;:!?\"”’'" if not _dotted(words[-1]) else ',;:!?"”’'))
    words = [w for w in words if w]
    if len(words) == 1 and words[0].lower() in CRIES:
        return None
    words, seen_gender, the = _drop_before(words, caps)
    if not words:
        return None
    grouped = _parse_group(words, caps, the, french)
    if grouped is not None:
        return grouped
    form = _parse_one(words, caps, french, the)
    if form is not None and form.gender == UNKNOWN and seen_gender != UNKNOWN:
        form = replace(form, gender=seen_gender)
    return form


def _dotted(word: str) -> bool:
    return word.endswith(".") and (len(word) <= 5 or "." in word[:-1])


def _first_clause(words: list[str]) -> list[str]:
    """Up to the first comma that no suffix follows; past a clause without a capital."""
    start = 0
    for i, word in enumerate(words[:-1]):
        if word.endswith((",", ";", ":")) and fold(words[i + 1]) not in SUFFIXES:
            if any(capital(w) and fold(w) not in EPITHETS for w in words[start : i + 1]):
                return words[start : i + 1]
            start = i + 1
    return words[start:]


def _drop_before(words: list[str], caps: bool) -> tuple[list[str], Evidence, bool]:
    """Drop determiners, epithets and nouns before the name; return it with the nouns' gender and "the"."""
    gender, the, i = UNKNOWN, False, 0
    while i < len(words):
        word, folded = words[i], fold(words[i])
        last = i == len(words) - 1
        if folded in TITLES and not (last and folded in EPITHETS):
            break
        if folded in EPITHETS:
            if last and capital(word) and folded not in ("the", "a", "an"):
                break
            the = folded == "the"
        elif caps and not capital(word) and not (folded in PARTICLES and not last and capital(words[i + 1])):
            gender = noun_gender(folded) if noun_gender(folded) != UNKNOWN else gender
            the = False
        elif (
            "-" in word and not last and word[0].isupper() and word.split("-")[-1].islower() and len(word) > 8
        ):
            pass
        else:
            break
        i += 1
    return words[i:], gender, the


def _parse_group(words: list[str], caps: bool, the: bool, french: bool) -> NameForm | None:
    folded = [fold(w) for w in words]
    joint = next((i for i, w in enumerate(folded) if w in ("and", "&", "y", "et", "und") and i > 0), None)
    if joint is not None and joint < len(words) - 1:
        left, right = words[:joint], words[joint + 1 :]
        last = _parse_one(right, caps, french)
        if last is None:
            return None
        if all(w in TITLES for w in folded[:joint]) and (last.lone or last.family):
            family = last.family or last.lone
            return NameForm(family=family, group="family", display=" ".join(words))
        first = _parse_one(left, caps, french)
        if first is None or not (first.lone or first.family):
            return None
        both = sorted([" ".join((*f.given, f.family or f.lone or f.spouse)) for f in (first, last)])
        return NameForm(lone=" and ".join(both), group="pair", display=" ".join(words))
    if len(words) >= 2 and folded[-1] in GROUP_NOUNS and not capital(words[-1]):
        inner = _parse_one(words[:-1], caps, french)
        if inner is not None and not inner.given:
            return NameForm(
                family=inner.family or inner.lone, group="family", display="the " + " ".join(words)
            )
    plural = len(folded[0]) > 3 and folded[0].endswith("s") and not folded[0].endswith(("ss", "us", "is"))
    if the and len(words) == 1 and plural and folded[0] not in given_names():
        return NameForm(family=singular(folded[0]), group="people", display="the " + words[0])
    return None


def singular(word: str) -> str:
    """The surname in a folded plural ("wilcoxes": wilcox; "bennets": bennet)."""
    if word.endswith(("xes", "ses", "zes", "ches", "shes")):
        return word[:-2]
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") else word


def _parse_one(words: list[str], caps: bool, french: bool, the: bool = False) -> NameForm | None:
    titles: list[str] = []
    i = 0
    while i < len(words):
        following = words[i + 1] if i + 1 < len(words) else ""
        if fold(words[i]) in ("saint", "st") and following and capital(following):
            break
        if not _is_title(words[i], following, french, the):
            break
        if not titles or fold(words[i]) not in ALSO_NAMES:
            titles.append("mr" if fold(words[i]) == "m" else TITLES[fold(words[i])].id)
        else:
            break
        i += 1
        while (
            i < len(words) and fold(words[i]) in EPITHETS and not capital(words[i]) and fold(words[i]) != "of"
        ):
            i += 1
    name, tail = name_words(words[i:], caps)
    opening = words[:i]
    place = ""
    if not name and titles and tail[:1] and fold(tail[0]) == "of":
        place_words, _ = name_words([w for w in tail[1:] if fold(w) not in ("the", "our")], caps)
        place = " ".join(fold(w) for w in place_words)
        opening = [
            *words[:i],
            *tail[: 1 + len(place_words) + sum(fold(w) in ("the", "our") for w in tail[1:])],
        ]
    gender = _title_gender(titles, opening)
    shown = " ".join([*opening, *name])
    suffix, name = split_suffix(name)
    if len(name) > 1 and caps and name[-1].islower() and fold(name[-1]) in HONORIFICS:
        gender = _SHOWN.get(HONORIFICS[fold(name[-1])], gender)
        name = name[:-1]
    parts: list[str] = []
    for word in name:
        part, shows = name_part(word)
        if shows:
            gender = _SHOWN.get(shows, gender)
        if part:
            parts.append(part)
    trailing = TITLES.get(parts[-1]) if len(parts) > 1 else None
    if (trailing and trailing.id in ("sensei",)) or (
        len(parts) > 1 and parts[-1] in ("senpai", "sempai", "sama", "san")
    ):
        parts = parts[:-1]
    base = NameForm(titles=tuple(titles), suffix=suffix, place=place, gender=gender, display=tidy(shown))
    return _with_parts(base, parts)


def _with_parts(form: NameForm, parts: list[str]) -> NameForm | None:
    parts = join_particles(parts)
    if not parts:
        return form if form.titles else None
    if len(parts) == 1:
        return replace(form, lone=parts[0])
    family, given = parts[-1], parts[:-1]
    table = given_names().get(given[0], UNKNOWN)
    if "mrs" in form.titles and table[0] >= 1.0:
        return replace(form, family=family, spouse=given[0])
    return replace(form, family=family, given=tuple(given))


def _title_gender(titles: list[str], opening: list[str]) -> Evidence:
    for word in opening:
        known = TITLES.get(fold(word))
        if known is not None and known.gender:
            return _SHOWN.get(known.gender, (0.0, 0.0, 1.0))
    return (1.0, 0.0, 0.0) if "mr" in titles else UNKNOWN


def place_key(surface: str) -> tuple[str, str]:
    """A name of anything but a person: what its spellings share, and how to show it."""
    words = surface[:LONGEST].replace("_", " ").split()
    while len(words) > 1 and (
        fold(words[0])
        in ("the", "a", "an", "this", "that", "our", "my", "his", "her", "their", "old", "merry")
        or not capital(words[0])
    ):
        if not any(capital(w) for w in words[1:]):
            break
        words = words[1:]
    if not words:
        return "", ""
    shown = " ".join([*words[:-1], strip_possessive(words[-1].rstrip(",;:!?\"”'’"))]) or surface
    key = " ".join(fold(strip_possessive(w)) for w in shown.replace("-", " ").split())
    return key.strip(), tidy(shown)
