"""Learn which names that the detector takes for people's are nobody's, from marked stories.

    python -m training.false_names --out runs/names [--data DIR] [--stories DIR]

Needs scikit-learn, no torch. Every story is read once (20 minutes on one core; kept in --out, delete it after
new weights), then boosted trees are fitted. Prints, for stories left out by fives, how many names that are
nobody's are found below several probabilities, and how many people's are lost. Writes names.npz, which goes
into src/fabula/model/, with a table of how the novels of ``data/gutenberg`` write the words that they have.

A name is somebody's if a marked name or description overlaps one of its uses. The marks leave out people of
no account, so a given name that nobody is marked with says nothing and is not learnt from.
"""

from __future__ import annotations

import argparse
import json
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from bench.settings import ROOT, shared_folder

from fabula.encoder.session import model_folder
from fabula.heads.evidence import gather
from fabula.heads.false_names import CAPITALS, FEATURES, SMALL, Words, name_features
from fabula.heads.feelings import encoder_mark
from fabula.heads.hyphens import Hyphens
from fabula.text import read_text
from training.act_data import Recorder
from training.held import story_paths
from training.person_data import parse_marks

TREES: dict[str, Any] = {
    "n_estimators": 200, "max_leaf_nodes": 12, "learning_rate": 0.06, "subsample": 0.7, "max_features": 0.4,
    "random_state": 0,
}  # fmt: skip
FOLDS = 5
LEAST_USES = 2
"""Uses in the novels from which a word stands in the table."""
_WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")
_PRONOUN = 2
Array = npt.NDArray[Any]


# ------------------------------------------------------------------ how novels write words
def word_table(novels: Path, vocabulary: frozenset[str]) -> tuple[list[str], Array, Array]:
    """Words, ``SMALL`` times the share of uses with a small letter, ``CAPITALS`` times log(1 + the others).

    Counted behind a word or a comma. Only words that ``vocabulary`` has, so that the table stays small.
    """
    small: Counter[str] = Counter()
    large: Counter[str] = Counter()
    for path in sorted(novels.glob("*.txt")):
        text = path.read_text(encoding="utf-8", errors="replace")
        for m in _WORD.finditer(text):
            before = text[max(0, m.start() - 2) : m.start()]
            if before == ", " or (before[-1:] == " " and before[:1].isalnum()):
                (large if m.group()[0].isupper() else small)[m.group().lower()] += 1
    words = sorted(w for w in small | large if w in vocabulary and small[w] + large[w] >= LEAST_USES)
    share = [round(SMALL * small[w] / (small[w] + large[w] + 1)) for w in words]
    log = [min(255, round(CAPITALS * np.log1p(large[w]))) for w in words]
    return words, np.asarray(share, np.uint8), np.asarray(log, np.uint8)


def whole_words(tokenizer: Path) -> frozenset[str]:
    """The words that the encoder has a piece for."""
    pieces = json.loads(tokenizer.read_text(encoding="utf-8"))["model"]["vocab"]
    return frozenset(p for p in pieces if p.isalpha())


# ------------------------------------------------------------------ what is learnt from
Row = tuple[str, dict[str, float], bool]
"""A name, its features, and whether it is somebody's."""


def rows_of(path: Path, table: Words, encoder: Recorder) -> Iterator[Row]:
    """The names of people that the detector finds in a marked story."""
    text, _, spans, _ = parse_marks(path.read_text(encoding="utf-8"))
    marked = [(a, b) for a, b, kind, who in spans if kind != _PRONOUN and who != "-"]
    story = read_text(text)
    e = gather(story, encoder, model_folder(), every_name=True)
    words = Hyphens(story).text
    start, end = story.tokens.start, story.tokens.end
    for key, uses, row in name_features(story, words, e.syntax, e.mentions, table):
        at = [(int(start[e.mentions.token_start[k]]), int(end[e.mentions.token_end[k] - 1])) for k in uses]
        hit = any(a < y and x < b for x, y in at for a, b in marked)
        if hit or not row["given"]:
            yield " ".join(key), dict(row), hit


def readings(folder: Path, stories: Path, table: Words) -> tuple[Array, Array, Array]:
    """Features (n, len(FEATURES)), whether somebody is called so (n,), and the fold of the story (n,)."""
    folder.mkdir(parents=True, exist_ok=True)
    encoder = Recorder(people=False)
    x, y, fold_of = [], [], []
    for path in story_paths(stories, None):
        name = f"{path.parent.name}_{path.stem}"
        kept = folder / f"{name}.json"
        if not kept.exists():
            part = kept.with_suffix(".part")
            part.write_text(json.dumps(list(rows_of(path, table, encoder))), encoding="utf-8")
            part.replace(kept)
        for _, row, hit in json.loads(kept.read_text(encoding="utf-8")):
            x.append([row.get(f, 0.0) for f in FEATURES])
            y.append(hit)
            fold_of.append(zlib.crc32(name.encode()) % FOLDS)
    return np.asarray(x, np.float32), np.asarray(y, bool), np.asarray(fold_of)


# ------------------------------------------------------------------ trees
def fitted(x: Array, y: Array) -> Any:
    """Boosted trees of scikit-learn."""
    from sklearn.ensemble import GradientBoostingClassifier

    return GradientBoostingClassifier(**TREES).fit(x, y)


def arrays_of(model: Any) -> dict[str, Array]:
    """The model as ``fabula.heads.trees`` reads it."""
    parts: dict[str, list[Array]] = {k: [] for k in ("feature", "threshold", "left", "right", "value")}
    first, n = [], 0
    for tree in (one.tree_ for one in model.estimators_[:, 0]):
        first.append(n)
        leaf = tree.children_left < 0
        parts["feature"].append(np.where(leaf, -1, tree.feature))
        parts["threshold"].append(np.where(leaf, 0, tree.threshold))
        parts["left"].append(np.where(leaf, 0, tree.children_left + n))
        parts["right"].append(np.where(leaf, 0, tree.children_right + n))
        parts["value"].append(model.learning_rate * tree.value[:, 0, 0] * leaf)
        n += tree.node_count
    types = {"feature": np.int8, "threshold": np.float32, "left": np.uint16, "right": np.uint16}
    out = {f"trees.{k}": np.concatenate(v).astype(types.get(k, np.float32)) for k, v in parts.items()}
    share = float(model.init_.class_prior_[1])
    return out | {
        "trees.first": np.asarray(first, np.uint16),
        "trees.bias": np.asarray([np.log(share / (1 - share))], np.float32),
    }


def report(x: Array, y: Array, fold_of: Array) -> None:
    """Print what is found and lost, by stories left out."""
    p = np.zeros(len(y))
    for f in range(FOLDS):
        p[fold_of == f] = fitted(x[fold_of != f], y[fold_of != f]).predict_proba(x[fold_of == f])[:, 1]
    print(f"{len(y)} names, {int((~y).sum())} nobody's")
    for least in (0.05, 0.1, 0.15, 0.2, 0.3):
        below = p < least
        print(f"below {least}: {int((~y & below).sum())} nobody's, {int((y & below).sum())} people's")


def main() -> None:
    """Run the command line."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--data", type=Path, default=shared_folder() / "data")
    options.add_argument("--stories", type=Path, default=ROOT / "training" / "stories")
    options.add_argument("--out", type=Path, default=Path("runs/names"))
    chosen = options.parse_args()
    words, small, capitals = word_table(
        chosen.data / "gutenberg", whole_words(model_folder() / "tokenizer.json")
    )
    table = Words.of_counts(words, small, capitals)
    x, y, fold_of = readings(chosen.out / "rows", chosen.stories, table)
    report(x, y, fold_of)
    packed = np.frombuffer(zlib.compress("\n".join(words).encode(), 9), np.uint8)
    arrays: dict[str, Any] = {
        "words": packed,
        "small": small,
        "capitals": capitals,
        **arrays_of(fitted(x, y)),
    }
    arrays["encoder"] = np.asarray(encoder_mark(model_folder()))
    np.savez_compressed(chosen.out / "names.npz", **arrays)
    print(f"{len(words)} words, {(chosen.out / 'names.npz').stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
