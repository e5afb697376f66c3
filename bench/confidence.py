"""How far a confidence can be believed: calibration error, ranking, accuracy of the surest part, diagrams.

    python -m bench.confidence [--plots DIR] [--resamples N]

Decisions: the speaker of a quote (LitBank dev; PDNC dev) and the person of a third-person pronoun (LitBank
dev; the seen stories). Figures are the scorer's, over all decisions made; intervals over documents, novels or
stories. The diagrams need matplotlib: pip install '.[bench]'.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

from bench import litbank, pdnc, results, stories
from bench.predict import Reader, fabula_reader
from bench.results import Result
from bench.scorer import Pair, Scorer
from bench.settings import ROOT, BenchError, Settings, parser, settings

PLOTS = ROOT / "docs" / "img"
BINS = 10

Decisions = Mapping[str, tuple[str, Sequence[Sequence[Pair]]]]
"""Title to (the scorer's kind, pairs by document)."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Decisions of like confidence: their mean confidence, share right with 90 % Wilson interval."""

    confidence: float
    right: float
    low: float
    high: float
    n: int


def bins(pairs: Sequence[Pair], count: int = BINS) -> list[Bin]:
    """Bins of equal width over [0, 1], as the scorer's; empty ones are left out.

    The interval is Wilson's (1927): it stays within [0, 1] and holds for few cases.
    """
    grouped: dict[int, list[Pair]] = {}
    for c, ok in pairs:
        grouped.setdefault(min(int(c * count), count - 1), []).append((c, ok))
    out = []
    z = 1.6449
    for _, some in sorted(grouped.items()):
        n, p = len(some), sum(ok for _, ok in some) / len(some)
        middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z / (1 + z * z / n) * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        low, high = max(0.0, middle - half), min(1.0, middle + half)
        out.append(Bin(sum(c for c, _ in some) / n, p, low, high, n))
    return out


def collect(
    s: Settings, reader: Reader = fabula_reader
) -> tuple[Scorer, dict[str, tuple[str, list[list[Pair]]]]]:
    """Every decision with its confidence, by document."""
    scorer, predictions, gold, _ = litbank.score(s, reader)
    names = [path.stem for path in sorted(gold.glob("*.json"))]
    excerpts = [litbank.drawn(scorer, predictions, gold, [name]) for name in names]
    novels = pdnc.score(s, reader)[1].values()
    seen = stories.score(s, "seen", reader)[1].values()
    return scorer, {
        "speaker, LitBank dev": ("speaker", [list(r.pairs.get("speaker", ())) for r in excerpts]),
        "speaker, PDNC dev": ("speaker", [list(r.pairs.get("speaker", ())) for r in novels]),
        "pronoun, LitBank dev": ("pronoun", [list(r.pairs.get("pronoun", ())) for r in excerpts]),
        "pronoun, own stories": ("pronoun", [list(r.pairs.get("pronoun", ())) for r in seen]),
    }


def figures(scorer: Scorer, kind: str, pairs: Sequence[Pair]) -> dict[str, tuple[float, int | None]]:
    """The scorer's figures without their kind, and what keeping the surest 80 % gains, in points."""
    found = {k.removeprefix(f"{kind} "): v for k, v in scorer.confidence(kind, pairs).items()}
    if found:
        gain = found["accuracy, surest 80 %"][0] - found["accuracy, surest 100 %"][0]
        found["surest 80 % above all"] = (gain, len(pairs))
    return found


def draw(decisions: Decisions, path: Path) -> None:
    """Reliability diagrams side by side: share right against confidence, with the count of each bin.

    Raises:
        BenchError: matplotlib is not installed.

    """
    try:
        import matplotlib
    except ImportError as error:
        raise BenchError("The diagrams need matplotlib. Run: pip install '.[bench]'") from error
    matplotlib.use("svg")
    # The same figures give the same file: no date, no random ids.
    matplotlib.rcParams.update({"svg.hashsalt": "fabula", "svg.fonttype": "none", "font.size": 9})
    from matplotlib.figure import Figure

    figure = Figure(figsize=(3.4 * len(decisions), 4.0), layout="constrained")
    axes = figure.subplots(2, len(decisions), squeeze=False, height_ratios=(4, 1), sharex=True)
    for column, (title, (_, by_document)) in enumerate(decisions.items()):
        pairs = [pair for some in by_document for pair in some]
        found = bins(pairs)
        top, bottom = axes[0][column], axes[1][column]
        top.plot([0, 1], [0, 1], color="0.7", linewidth=1, linestyle="--")
        x = [b.confidence for b in found]
        # A bin that is all right has its interval's end at its share, but for rounding.
        spread = [[max(0.0, b.right - b.low) for b in found], [max(0.0, b.high - b.right) for b in found]]
        top.errorbar(
            x, [b.right for b in found], yerr=spread, fmt="o", markersize=4, color="#1f5a7a", capsize=2
        )
        top.set(title=f"{title} (n = {len(pairs):,})", xlim=(0, 1), ylim=(0, 1))
        bottom.bar(x, [b.n for b in found], width=0.06, color="#9dbccb")
        bottom.set(xlabel="confidence")
        for ax in (top, bottom):
            ax.spines[["top", "right"]].set_visible(False)
    axes[0][0].set_ylabel("share right, 90 % interval")
    axes[1][0].set_ylabel("decisions")
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, metadata={"Date": None})


def run(s: Settings, reader: Reader = fabula_reader, plots: Path | None = PLOTS) -> Result:
    """Figures under "KIND, DATA: name"; diagrams into ``plots`` unless it is None."""
    scorer, decisions = collect(s, reader)
    found: dict[str, results.Figure] = {}
    for title, (kind, documents) in decisions.items():

        def over(
            indices: Sequence[int], kind: str = kind, documents: list[list[Pair]] = documents
        ) -> dict[str, tuple[float, int | None]]:
            return figures(scorer, kind, [pair for i in indices for pair in documents[i]])

        spread = results.intervals(
            lambda indices, over=over: {k: v for k, (v, _) in over(indices).items()},  # type: ignore[misc]
            len(documents),
            s.resamples,
            s.seed,
        )
        point = results.figures(over(range(len(documents))), spread)
        found |= {f"{title}: {name}": figure for name, figure in point.items()}
    if plots is not None:
        for kind in ("speaker", "pronoun"):
            draw({t: d for t, d in decisions.items() if d[0] == kind}, plots / f"confidence-{kind}.svg")
    return results.save(results.result("confidence", found), s)


if __name__ == "__main__":
    options = parser(__doc__)
    options.add_argument("--plots", type=Path, default=PLOTS, help="where the diagrams go")
    arguments = options.parse_args()
    results.command(lambda: run(settings(arguments), plots=arguments.plots))
