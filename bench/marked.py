"""The marked stories of training/stories, scored as the example stories are.

    python -m bench.marked [--stories DIR] [--folders NAME ...] [--every N]

Hundreds of stories are a steadier measure of a change than fourteen. It is no test: the person model has
learnt from the seven in eight that ``training/held.py`` does not hold out, which are printed apart, and rules
were written while looking at a hundred of them. With ``--folders`` these folders alone, all their stories
together: training/stories/README.md says which no model has learnt from yet. Only named people count, as in
``score.py story``; figures are pooled.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from training.held import story_paths
from training.person_data import parse_marks

from bench import results
from bench.predict import Reader, fabula_reader, predict
from bench.scorer import Scorer
from bench.settings import BenchError, Settings, parser, settings
from bench.stories import pooled

FIGURES = {
    "names in their character's main cluster": "names",
    "third-person pronoun accuracy": "third person",
    "I/you accuracy": '"I" and "you"',
    "speaker accuracy": "speaker",
    "addressee accuracy": "addressee",
}
GROUPS = {"held out": True, "learnt from": False}


def gold_of(raw: str) -> tuple[str, dict[str, Any]]:
    """A marked story's text, and its labels in the form that ``score.py story`` reads.

    Raises:
        ValueError: a mark is not closed.
        KeyError: a mark names nobody of the cast.

    """
    text, _, spans, quotes = parse_marks(raw)

    def one(who: str) -> str:
        return "both" if "+" in who else who

    return text, {
        "names": [
            {"start": a, "end": b, "who": w} for a, b, kind, w in spans if kind == 0 and not w.startswith("(")
        ],
        "pronouns": [
            {"start": a, "end": b, "text": text[a:b], "who": one(w)}
            for a, b, kind, w in spans
            if kind == 2 and w != "-"
        ],
        "quotes": [
            {"start": a, "end": b, "speaker": w, "to": to.split("+") if "+" in to else to.strip("-") or None}
            for a, b, w, to in quotes
            if w != "-"
        ],
    }


def stories(
    folder: Path, held: bool | None, every: int, only: Sequence[str] = ()
) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(name, text, labels) of every marked story that has a named person and a line.

    ``held``: whether those held out, or those learnt from; None: both. ``only``: names of the folders that
    count; all, if there is none.
    """
    paths = [p for p in story_paths(folder, held) if not only or p.parent.name in only]
    for path in paths[::every]:
        text, gold = gold_of(path.read_text(encoding="utf-8"))
        if gold["names"] and gold["quotes"]:
            yield f"{path.parent.name}_{path.stem}", text, gold


def score(
    s: Settings,
    folder: Path,
    held: bool | None,
    every: int,
    reader: Reader = fabula_reader,
    only: Sequence[str] = (),
) -> dict[str, tuple[float, int | None]]:
    """Pooled figures of the stories held out, of those learnt from, or (None) of all.

    Raises:
        BenchError: there is no marked story in ``folder``.

    """
    return score_texts(s, "marked", stories(folder, held, every, only), reader)


def score_texts(
    s: Settings, part: str, texts: Iterable[tuple[str, str, dict[str, Any]]], reader: Reader = fabula_reader
) -> dict[str, tuple[float, int | None]]:
    """Pooled figures of (name, text, labels); their readings are kept as those of ``part``.

    Raises:
        BenchError: there are none.

    """
    scorer = Scorer.of(s)
    into = results.folder(s) / "predictions" / part
    labels = into.with_name(f"{into.name}_gold")
    labels.mkdir(parents=True, exist_ok=True)
    reports = []
    for name, text, gold in texts:
        path = labels / f"{name}.gold.json"
        path.write_text(json.dumps(gold), encoding="utf-8")
        reports.append(scorer.story(predict([(name, text)], into, reader) / f"{name}.json", path))
    if not reports:
        raise BenchError("No marked story was found. Run from the project's folder, or give --stories")
    return pooled(scorer, reports) | {"stories": (float(len(reports)), None)}


def render(found: Sequence[tuple[str, dict[str, tuple[float, int | None]]]]) -> str:
    """A row for each group."""
    titles = ["", "stories", *FIGURES.values()]
    lines = ["| " + " | ".join(titles) + " |", "|---" + "|---:" * (len(titles) - 1) + "|"]
    for group, scores in found:
        cells = [group, f"{scores['stories'][0]:.0f}"]
        for name in FIGURES:
            value, n = scores.get(name, (0.0, 0))
            cells.append(f"{value:.1f} (n {n or 0:,})")
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main() -> None:
    """Run the command line."""
    options = parser(__doc__)
    options.add_argument("--stories", type=Path, default=Path("training/stories"))
    options.add_argument("--folders", nargs="+", default=[], metavar="NAME", help="only these folders of it")
    options.add_argument("--every", type=int, default=1, help="read only every so many")
    chosen = options.parse_args()
    s = settings(chosen)

    groups: dict[str, bool | None] = {" ".join(chosen.folders): None} if chosen.folders else {**GROUPS}

    def take() -> str:
        return render(
            [
                (g, score(s, chosen.stories, held, chosen.every, only=chosen.folders))
                for g, held in groups.items()
            ]
        )

    results.command(take)


if __name__ == "__main__":
    main()
