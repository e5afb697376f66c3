"""Pronoun sets as evidence: which sets an entity has been seen with, and how well another one fits.

Counts are of usage in this text. Nobody is barred from changing pronouns: a set never seen with somebody is
made less likely, not impossible.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from fabula.heads.evidence import Evidence
from fabula.lexicon.gender import PRONOUNS, noun_gender
from fabula.types import Story

PersonalSet = tuple[str, float]
"""A pronoun set ("he", "she", "they", "xe" …) and the weight of the evidence, (0, 1]."""

_SINGULAR = frozenset({"he", "she", "xe", "ze", "ey", "fae", "ae", "ve", "ne", "thon"})


def pronoun_set(story: Story, evidence: Evidence, k: int) -> PersonalSet | None:
    """The third-person set that mention ``k`` shows, by its form or by its head noun, or None."""
    m = evidence.mentions
    kind = int(m.kind[k])
    if kind == 2:
        p = PRONOUNS.get(story.token_text(int(m.token_start[k])).lower().replace("’", "'"))
        if p is None or p.person != 3 or p.set == "one":
            return None
        return p.set, 1.0
    if kind == 1 and int(m.type[k]) == 0:
        he, she, _ = noun_gender(story.token_text(int(m.head_token[k])).lower())
        if he > she:
            return "he", 0.6
        if she > he:
            return "she", 0.6
    return None


class Agreement:
    """Soft counts of pronoun sets by entity."""

    def __init__(self, priors: Sequence[tuple[float, float, float]]) -> None:
        """``priors``: (he, she, they) evidence weights of the roster's entities, in its order."""
        self._counts: dict[int, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        for e, weights in enumerate(priors):
            for name, w in zip(("he", "she", "they"), weights, strict=True):
                if w > 0:
                    self._counts[e][name] += 3.0 * w

    def saw(self, distribution: Sequence[tuple[int, float]], shown: PersonalSet | None) -> None:
        """Add a mention's evidence to the entities it may mean."""
        if shown is None:
            return
        for e, p in distribution:
            self._counts[e][shown[0]] += p * shown[1]

    def factor(self, entity: int, shown: PersonalSet) -> float:
        """How well ``shown`` fits an entity: 1 where nothing is known, up to 2 for, near 0 against."""
        c = self._counts.get(entity)
        if not c:
            return 1.0
        name, weight = shown
        same = c.get(name, 0.0)
        if name in _SINGULAR:
            other = sum(v for k, v in c.items() if k != name and (k in _SINGULAR or k == "it")) + 0.3 * c.get(
                "they", 0.0
            )
        elif name == "they":
            other = 0.3 * sum(v for k, v in c.items() if k in _SINGULAR)
        else:
            other = sum(v for k, v in c.items() if k in _SINGULAR)
        fit = 2.0 * (same + 0.5) / (same + other + 1.0)
        return float(fit**weight)

    def may_merge(self, a: int, b: int) -> bool:
        """Whether two entities' usage does not speak against their being one."""
        ca, cb = self._counts.get(a, {}), self._counts.get(b, {})
        best_a = max((k for k in ca if k in _SINGULAR), key=lambda k: ca[k], default=None)
        best_b = max((k for k in cb if k in _SINGULAR), key=lambda k: cb[k], default=None)
        return best_a is None or best_b is None or best_a == best_b

    def merge(self, source: int, target: int) -> None:
        """Count ``source``'s evidence for ``target``."""
        for k, v in self._counts.get(source, {}).items():
            self._counts[target][k] += v
