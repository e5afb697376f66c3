"""Acts of the stories held out and of passages, by rules alone and with the classifier that ships.

    python -m training.act_report --out runs/acts [--split dev|test]

Uses the readings that ``training/acts.py`` keeps in --out. The confidence was fitted on the same held-out
stories; what it is worth on others is printed by ``training/acts.py``, fold by fold.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from bench.acts import Tally

from fabula.encoder.session import model_folder
from training.act_data import (
    Labelled,
    Reader,
    arguments,
    labelled_passages,
    labelled_stories,
    settings_of,
)
from training.act_score import measure


def row(title: str, t: Tally) -> str:
    """A line of the report."""
    pairs = np.asarray(t.pairs, float).reshape(-1, 2)
    at = np.clip((pairs[:, 0] * 10).astype(int), 0, 9)
    error = sum(
        abs(pairs[at == b, 0].mean() - pairs[at == b, 1].mean()) * (at == b).mean() for b in set(at.tolist())
    )
    return (
        f"{title:34} {t.predicted:5} acts, precision {100 * t.right / max(t.predicted, 1):5.1f}, "
        f"recall {100 * t.found / max(t.gold, 1):5.1f} of {t.gold}, asserted wrongly "
        f"{100 * t.wrongly / max(t.asserted, 1):4.1f}, calibration error {error:.3f}"
    )


def report(title: str, packed: Mapping[str, Any], texts: Sequence[Labelled], kinds: bool) -> None:
    """Print what rules find, and what the ledger finds from several confidences on."""
    print(row(f"{title}: rules alone", measure(None, texts)))
    for least in (0.3, 0.4, 0.5, 0.6):
        print(row(f"{title}: from {least}", measure(packed, texts, least)))
    if kinds:
        before, after = measure(None, texts).kinds, measure(packed, texts).kinds
        for kind in sorted(after, key=lambda k: -after[k][2]):
            (n, ok, gold, hit), (m, good, _, found) = before.get(kind, [0] * 4), after[kind]
            print(
                f"    {kind:10} {gold:4} labelled; rules {n:4} {ok:4} {hit:4}; now {m:4} {good:4} {found:4}"
            )


def main() -> None:
    """Run the command line."""
    options = arguments(__doc__)
    options.add_argument("--split", choices=("dev", "test"), default="dev", help="which passages")
    options.add_argument("--weights", type=Path, default=model_folder() / "acts.npz")
    options.add_argument("--kinds", action="store_true", help="each kind: predicted, right, found")
    chosen = options.parse_args()
    reader = Reader(chosen.out / "read")
    with np.load(chosen.weights) as f:
        packed = {k: f[k] for k in f.files}
    report("held-out stories", packed, list(labelled_stories(reader, held=True)), chosen.kinds)
    s = settings_of(chosen.data)
    report(f"passages {chosen.split}", packed, list(labelled_passages(reader, s, chosen.split)), chosen.kinds)


if __name__ == "__main__":
    main()
