"""Lemmas from a form and its tags: a table of exceptions over suffix rules, both learnt from treebanks.

A rule is an edit script "take n code points off the end, then add these"; the rule of the longest known
suffix wins, as in a suffix tree (after Jongejan & Dalianis 2009). A form outside the table costs one search
per suffix length, once: every (form, tags) is remembered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fabula.encoder.pieces import normalise
from fabula.types import Ints

MAX_SUFFIX = 6
"""Longest suffix a rule looks at, in code points."""

_CACHE_SIZE = 500_000


def lemma_key(form: str) -> str:
    """The spelling under which a form is looked up: lower case, straight apostrophes."""
    return normalise(form).lower()


CASED = frozenset({"PROPN", "X", "SYM"})
"""Tags whose lemmas keep their form's capitals; any other lemma in capitals ("TV", "I") is in the table."""


def edit(form: str, script: str) -> str:
    """Apply the script "n suffix": take ``n`` code points off, add ``suffix``; a shorter form stays as it is.

    >>> edit("stories", "3 y")
    'story'
    """
    cut, _, suffix = script.partition(" ")
    n = int(cut)
    return form[: len(form) - n] + suffix if n < len(form) else form


class Lemmatiser:
    """Forms and tags to lemmas.

    ``tables`` holds ``words``: "form upos xpos" or, for any other xpos, "form upos" to lemma; and ``rules``:
    "upos xpos" to {suffix: edit script}, where the suffix "" is the rule of last resort. Tags without rules,
    such as those of pronouns, keep the form.
    """

    def __init__(self, tables: Mapping[str, Any], upos: Sequence[str], xpos: Sequence[str]) -> None:
        self._words: Mapping[str, str] = tables["words"]
        self._rules: Mapping[str, Mapping[str, str]] = tables["rules"]
        self._upos, self._xpos = tuple(upos), tuple(xpos)
        self._cache: dict[tuple[str, int, int], str] = {}

    def lemmas(self, forms: Sequence[str], upos: Ints, xpos: Ints) -> list[str]:
        """The lemma of each form; ``upos`` and ``xpos`` index the label lists and have the forms' length."""
        cache = self._cache
        out: list[str] = []
        for key in zip(forms, upos.tolist(), xpos.tolist(), strict=True):
            lemma = cache.get(key)
            if lemma is None:
                lemma = self.lemma(key[0], self._upos[key[1]], self._xpos[key[2]])
                if len(cache) < _CACHE_SIZE:
                    cache[key] = lemma
            out.append(lemma)
        return out

    def lemma(self, form: str, upos: str, xpos: str) -> str:
        """The lemma of one form, never empty where the form is not. Unknown tags keep the form."""
        low = lemma_key(form)
        known = self._words.get(f"{low} {upos} {xpos}") or self._words.get(f"{low} {upos}")
        if known:
            return known
        base = normalise(form) if upos in CASED or xpos.startswith("NNP") else low
        rules = self._rules.get(f"{upos} {xpos}")
        if not rules:
            return base
        for n in range(min(MAX_SUFFIX, len(low)), -1, -1):
            script = rules.get(low[len(low) - n :])
            if script is not None:
                return edit(base, script) or base
        return base
