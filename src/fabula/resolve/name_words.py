"""The words of a name one by one: where it ends, its particles, its suffix, and how it is shown."""

from __future__ import annotations

import re

from fabula.lexicon.name_titles import GENERATIONS, HONORIFICS, ORDINALS, PARTICLES, SUFFIXES, TITLES, fold

_STUTTER = re.compile(r"^(\w{1,3})[-–—](?=\1)", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?:['’ʼ][sS]|(?<=[sS])['’ʼ])$")
_SAINTS = frozenset(["st", "saint", "mac", "mc", "o'"])
_CAPITAL_PARTICLES = _SAINTS | {
    "van",
    "von",
    "de",
    "du",
    "la",
    "le",
    "del",
    "della",
    "di",
    "der",
    "den",
    "ter",
}
_OPENING_PARTICLES = _CAPITAL_PARTICLES - {"der", "den", "ter", "mac", "mc", "del"}


def strip_possessive(word: str) -> str:
    """``word`` without a closing 's or the bare apostrophe after s."""
    return _POSSESSIVE.sub("", word)


def capital(word: str) -> bool:
    """Whether a word may be a name by its letters: a capital anywhere, or a script without case."""
    return any(c.isupper() or (c.isalpha() and not c.islower()) for c in word)


def split_suffix(name: list[str]) -> tuple[str, list[str]]:
    """Part a name from what tells its bearer from others of that name ("ii", "jr", "the conqueror")."""
    suffix = ""
    while len(name) > 1:
        word = fold(name[-1])
        if len(name) > 2 and fold(name[-2]) == "the":
            suffix, name = ORDINALS.get(word, "the " + word), name[:-2]
        elif word in SUFFIXES:
            suffix, name = (word if word in GENERATIONS else suffix), name[:-1]
        else:
            break
    return suffix, name


def name_words(words: list[str], caps: bool) -> tuple[list[str], list[str]]:
    """The words of the name itself, and what follows them."""
    end = 0
    while end < len(words):
        word, folded = words[end], fold(words[end])
        following = words[end + 1] if end + 1 < len(words) else ""
        if folded == "of":
            break
        if folded == "the" and end and following and (capital(following) or fold(following) in ORDINALS):
            end += 2
            break
        if (
            capital(word)
            or not caps
            or folded in SUFFIXES
            or (folded in PARTICLES and (capital(following) or fold(following) in PARTICLES))
            or folded in HONORIFICS
        ):
            end += 1
        else:
            break
    while end and caps and not capital(words[end - 1]) and fold(words[end - 1]) in PARTICLES:
        end -= 1
    return words[:end], words[end:]


def name_part(word: str) -> tuple[str, str]:
    """A folded part of a name without stutter and honorific, and the gender the honorific shows."""
    folded = fold(strip_possessive(word)).strip("'’`")
    folded = _STUTTER.sub("", folded)
    head, dash, tail = folded.rpartition("-")
    if dash and head and tail in HONORIFICS:
        return head, HONORIFICS[tail]
    return folded, ""


def join_particles(parts: list[str]) -> list[str]:
    """Join a particle to the surname it opens ("van helsing"); a saint's or a Mac's to its one word."""
    parts = ["st" if part == "saint" and i < len(parts) - 1 else part for i, part in enumerate(parts)]
    for i, part in enumerate(parts[:-1]):
        if part in ("st", "mac", "mc", "o'", "fitz"):
            joined = f"{part} {parts[i + 1]}" if part == "st" else part + parts[i + 1]
            return join_particles([*parts[:i], joined, *parts[i + 2 :]])
        if part in (_OPENING_PARTICLES if i == 0 else _CAPITAL_PARTICLES | PARTICLES - {"ben", "e", "y"}):
            return [*parts[:i], " ".join(parts[i:])]
    return parts


def tidy(shown: str) -> str:
    """A name as it is shown: without marks around it, possessive and stutter, no word in capitals."""
    shown = shown.strip(' ,;:"“”_*()[]')
    words = shown.split()
    if words:
        words[-1] = strip_possessive(words[-1])
        words[0] = _STUTTER.sub("", words[0])
    letters = [c for word in words for c in word if c.isalpha()]
    loud = len(letters) > 3 and all(c.isupper() for c in letters)
    words = [_title_case(w) if w.isupper() and fold(w) in TITLES else w for w in words]
    shown = " ".join(words)
    if loud:
        shown = " ".join(_title_case(w) for w in words)
    return shown


def _title_case(word: str) -> str:
    if fold(word) in GENERATIONS and len(word) <= 4:
        return word
    if word.count(".") > 1 or len(word.strip(".")) == 1:
        return word
    return "-".join(part[:1].upper() + part[1:].lower() for part in word.split("-"))
