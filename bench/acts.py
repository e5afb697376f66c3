"""Acts against hand labels: which predicted are right, which labelled are found, which asserted wrongly.

An act is right if its kind, agent, patient and stance (told as done, denied, only imagined) are those of a
labelled act whose words it touches. A label may leave several kinds open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Act = Mapping[str, Any]
Same = Callable[[Any, Any], bool]
"""Whether a predicted entity (an id or None) is the labelled person (None: nobody single)."""


@dataclass
class Tally:
    """Counts over some texts. ``pairs`` are (confidence, right?) of the predicted acts told as done."""

    predicted: int = 0
    right: int = 0
    gold: int = 0
    found: int = 0
    asserted: int = 0
    wrongly: int = 0
    pairs: list[tuple[float, bool]] = field(default_factory=list)
    kinds: dict[str, list[int]] = field(default_factory=dict)

    def add(self, other: Tally) -> None:
        """Add the counts of another."""
        for name in ("predicted", "right", "gold", "found", "asserted", "wrongly"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.pairs += other.pairs
        for kind, row in other.kinds.items():
            mine = self.kinds.setdefault(kind, [0, 0, 0, 0])
            self.kinds[kind] = [a + b for a, b in zip(mine, row, strict=True)]


def kinds_of(act: Act) -> set[str]:
    """The kinds that a label allows."""
    kind = act["kind"]
    return {kind} if isinstance(kind, str) else set(kind)


def touches(predicted: Act, gold: Act) -> bool:
    """Whether the words of the two overlap."""
    t = predicted["trigger"]
    return bool(t["start"] < gold["end"] and gold["start"] < t["end"])


def told_as_done(act: Act) -> bool:
    """Neither denied nor only imagined."""
    return not act.get("negated") and not act.get("hypothetical")


def score(predicted: Sequence[Act], gold: Sequence[Act], denied: Iterable[Act], same: Same) -> Tally:
    """One text. ``denied`` are labelled words that tell no act though they may look like one."""
    tally = Tally(predicted=len(predicted), gold=len(gold))

    def matches(p: Act, g: Act) -> bool:
        return (
            p["kind"] in kinds_of(g)
            and touches(p, g)
            and same(p["agent"], g["agent"])
            and (g.get("patient") is None or same(p["patient"], g["patient"]))
            and bool(p["negated"]) == bool(g.get("negated"))
            and bool(p["hypothetical"]) == bool(g.get("hypothetical"))
        )

    for p in predicted:
        ok = any(matches(p, g) for g in gold)
        tally.right += ok
        row = tally.kinds.setdefault(p["kind"], [0, 0, 0, 0])
        row[0] += 1
        row[1] += ok
        if told_as_done(p):
            tally.asserted += 1
            tally.pairs.append((float(p["confidence"]), ok))
            unreal = [g for g in gold if not told_as_done(g)] + list(denied)
            tally.wrongly += not ok and any(touches(p, g) and p["kind"] in kinds_of(g) for g in unreal)
    for g in gold:
        hit = any(matches(p, g) for p in predicted)
        tally.found += hit
        for kind in kinds_of(g):
            row = tally.kinds.setdefault(kind, [0, 0, 0, 0])
            row[2] += 1
            row[3] += hit
    return tally


def figures(t: Tally, what: str = "act") -> dict[str, tuple[float, int | None]]:
    """Precision, recall and wrong assertions in percent, with the cases behind each."""
    out: dict[str, tuple[float, int | None]] = {
        f"{what}s precision": (100 * t.right / max(t.predicted, 1), t.predicted),
        f"{what}s recall": (100 * t.found / max(t.gold, 1), t.gold),
        f"{what}s asserted that are denied or imagined": (100 * t.wrongly / max(t.asserted, 1), t.asserted),
    }
    for kind, (n, ok, gold, hit) in sorted(t.kinds.items()):
        out[f"{kind}: precision"] = (100 * ok / max(n, 1), n)
        out[f"{kind}: recall"] = (100 * hit / max(gold, 1), gold)
    return out
