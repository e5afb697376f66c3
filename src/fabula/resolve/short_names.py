"""Which given names may be short for one another: "Hal" and "Halvard", "Siddy" and "Sid".

Pure functions over folded words (``name_titles.fold``).
"""

from __future__ import annotations

from functools import lru_cache

from fabula.lexicon.name_lists import given_names
from fabula.lexicon.short_forms import diminutives


@lru_cache(maxsize=1 << 15)
def same_given(a: str, b: str) -> float:
    """How well two folded given names fit one person, in [0, 1].

    1 the same; 0.8 a table's short form and its full name, or one with an ending ("Sid", "Siddy"); 0.6 two
    close short forms, or a short form by rule ("Hal", "Halvard"); 0.5 an initial; 0.4 two short forms of one
    name; 0 otherwise.
    """
    if a == b:
        return 1.0
    if not a or not b:
        return 0.0
    if len(a) == 1 or len(b) == 1 or a[1:2] == "." or b[1:2] == ".":
        return 0.5 if a[0] == b[0] else 0.0
    short = diminutives()
    if a in short.get(b, ()) or b in short.get(a, ()):
        return 0.8
    if _stem(a) == _stem(b) and len(_stem(a)) >= 2:
        return 0.8 if min(a, b, key=len) == _stem(a) and len(_stem(a)) > 2 else 0.6
    known = given_names()
    for x, y in ((a, b), (b, a)):
        stem = _stem(x)
        if 3 <= len(stem) <= len(y) - 2 <= len(x) + 3 and y.startswith(stem) and x not in known:
            return 0.6
    if not set(short.get(a, ())) & set(short.get(b, ())):
        return 0.0
    return 0.6 if any(len(_stem(x)) >= 3 and _stem(x) in y for x, y in ((a, b), (b, a))) else 0.4


def short_keys(name: str) -> tuple[str, ...]:
    """Words that a folded given name shares with every name that ``same_given`` may match it with."""
    stem = _stem(name)
    return tuple(dict.fromkeys((name, *diminutives().get(name, ()), stem, "^" + stem[:3])))


@lru_cache(maxsize=1 << 13)
def _stem(name: str) -> str:
    for tail in ("ie", "ey", "y", "ee"):
        if name.endswith(tail) and len(name) - len(tail) >= 2:
            name = name[: -len(tail)]
            break
    else:
        return name
    return name[:-1] if len(name) > 3 and name[-1] == name[-2] else name
