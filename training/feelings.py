"""Train the heads of feelings over the frozen, shipped encoder; calibrate and score them by author.

    python -m training.feelings --data ../shared/data --out runs/feelings

Needs no torch. The encoder runs once over REMAN, EmoBank and a part of GoEmotions (vectors are kept in --out;
delete the folder after new encoder weights); the rest takes minutes on one core:

1. GoEmotions, comments as the mean of their tokens: a logistic regression for each feeling, so that a token's
   part in its comment's score is what the token says.
2. REMAN, token by token of the sentences that are labelled in it (``feeling_data.annotated``): one hidden
   layer over the vector and what the first has to say of it. Five folds by author give scores out of fold,
   on which the weight of the word lists and the calibration are fitted. Love and shame, which REMAN does not
   label, have no head.
3. EmoBank: valence as a ridge regression on the mean of a sentence's tokens, their vectors those of the
   reading branch as it reads for the ledger (``training.ledger_layers``, which has seen EmoBank, but not its
   fiction), of the syntax branch and of the trunk; in a file of its own.

Writes feelings.npz and valence.npz, which go into src/fabula/model/.
"""

from __future__ import annotations

import argparse
import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from fabula.encoder.session import OnnxEncoder, model_folder
from fabula.heads.feelings import FITTED, LABELS, encoder_mark
from fabula.ledger.feelings import combine, named_otherwise, runs_of, words_of
from fabula.lexicon.feeling_words import SHOWN, TOLD
from training.act_model import fit_tokens, folded
from training.feeling_data import Passage, annotated, emobank, encode, goemotions, reman, tokens_of
from training.pack import pack

Array = npt.NDArray[Any]

COMMENTS = 24_000
FOLDS = 5
NEGATIVES = 12
"""Tokens outside every cue that are kept for each token inside one."""
HIDDEN = 64
NETWORK: dict[str, Any] = {"epochs": 8, "rate": 2e-3, "decay": 0.3, "drop": 0.3, "seed": 0}
HEARD = 2.0
"""The spread of what GoEmotions has to say of a token, where a vector's values have one of 1."""
RIDGE = 1000.0
"""The penalty of valence, on vectors in units of their spread."""
N_REMAN = len(FITTED)
"""REMAN labels the first six of LABELS."""


def vectors(data: Path, out: Path) -> dict[str, Array]:
    """The encoder's vectors of all texts, from the file that keeps them or afresh."""
    kept = out / "vectors.npz"
    if not kept.exists():
        encoder = OnnxEncoder(threads=1)
        found: dict[str, list[Array]] = {
            k: [] for k in ("reman", "reman_n", "go", "go_y", "emo", "emo_y", "emo_doc", "emo_fiction")
        }
        for p in reman(data / "reman" / "reman-train.xml"):
            e = encode(encoder, p.text)
            found["reman"].append(e.x.astype(np.float16))
            found["reman_n"].append(np.asarray([len(e.x)]))
        for k, (text, y) in enumerate(goemotions(data / "goemotions" / "original", "train")):
            if k == COMMENTS:
                break
            e = encode(encoder, text)
            if len(e.x):
                found["go"].append(e.x.mean(axis=0, keepdims=True))
                found["go_y"].append(y[None])
        for k, d in enumerate(emobank(data / "emobank")):
            if d.category == "fiction":
                found["emo_fiction"].append(np.asarray([k]))
            edges = np.cumsum([0, *[len(s) + 1 for s in d.sentences]])
            e = encode(encoder, " ".join(d.sentences))
            spans = [(int(a), int(b) - 1) for a, b in itertools.pairwise(edges)]
            for (a, b), v in zip(tokens_of(e.story, spans), d.valence, strict=True):
                if b > a:
                    found["emo"].append(e.felt[a:b].mean(axis=0, keepdims=True))
                    found["emo_y"].append(np.asarray([v]))
                    found["emo_doc"].append(np.asarray([k]))
        out.mkdir(parents=True, exist_ok=True)
        columns: dict[str, Any] = {k: np.concatenate(v) for k, v in found.items()}
        np.savez(kept, **columns)
    with np.load(kept) as f:
        return {k: f[k] for k in f.files}


def logistic(x: Array, y: Array, weight: Array, start: Array, bias: float, penalty: float) -> Array:
    """Weights and bias (d + 1,) of a logistic regression whose penalty draws it to ``start`` (d,)."""

    def loss(theta: Array) -> tuple[float, Array]:
        z = x @ theta[:-1].astype(np.float32) + np.float32(theta[-1])
        p = 1 / (1 + np.exp(-z))
        value = float((weight * (np.logaddexp(0, z) - y * z)).sum() / weight.sum())
        r = (weight * (p - y) / weight.sum()).astype(np.float32)
        away = theta[:-1] - start
        gradient = np.concatenate([x.T @ r + penalty * away, [r.sum()]])
        return value + 0.5 * penalty * float(away @ away), gradient.astype(np.float64)

    first = np.concatenate([start, [bias]]).astype(np.float64)
    return np.asarray(minimize(loss, first, jac=True, method="L-BFGS-B", options={"maxiter": 40}).x)


def from_comments(x: Array, y: Array) -> Array:
    """(len(LABELS), d + 1) weights learnt from comments, vectors standardised."""
    even = np.ones(len(x), np.float32)
    zero = np.zeros(x.shape[1])
    return np.stack([logistic(x, y[:, k], even, zero, -3.0, 1e-4) for k in range(y.shape[1])])


def token_labels(passages: Sequence[Passage]) -> Array:
    """(n_tokens, len(LABELS)) of 0 and 1 over all passages."""
    from fabula.text import read_text

    rows = []
    for p in passages:
        story = read_text(p.text)
        y = np.zeros((len(story.tokens), len(LABELS)), np.float32)
        for cue in p.cues:
            ((a, b),) = tokens_of(story, [(cue.start, cue.end)])
            y[a:b, LABELS.index(cue.label)] = 1
        rows.append(y)
    return np.concatenate(rows)


def labelled_tokens(passages: Sequence[Passage]) -> Array:
    """(n_tokens,) whether a token's feelings are labelled, over all passages."""
    from fabula.text import read_text

    rows = []
    for p in passages:
        story = read_text(p.text)
        inside = np.zeros(len(story.tokens), bool)
        inside[slice(*annotated(story))] = True
        rows.append(inside)
    return np.concatenate(rows)


def folds(passages: Sequence[Passage]) -> list[int]:
    """The fold of each passage; an author's passages share one."""
    authors = sorted({p.fold for p in passages})
    order = np.random.default_rng(0).permutation(len(authors))
    at = {a: int(k) % FOLDS for a, k in zip(authors, order, strict=True)}
    return [at[p.fold] for p in passages]


def fit_cues(x: Array, y: Array, rows: Array, go: Array) -> dict[str, Array]:
    """The network over raw vectors ``x`` (n, d), learnt from the tokens ``rows``.

    ``go`` (labels, d + 1) are the weights of comments over raw vectors; what they say of a token is an input
    of the network beside its vector, and afterwards a part of its first layer.
    """
    rng = np.random.default_rng(1)
    inside = rows[y[rows].any(axis=1)]
    outside = rows[~y[rows].any(axis=1)]
    some = rng.choice(outside, min(len(outside), NEGATIVES * len(inside)), replace=False)
    chosen = np.concatenate([inside, some])
    weight = np.concatenate([np.ones(len(inside)), np.full(len(some), len(outside) / len(some))])
    heard = x @ go[:, :-1].T.astype(np.float32) + go[:, -1].astype(np.float32)
    wide = np.concatenate([x, heard], axis=1)
    mean, std = wide[rows].mean(axis=0), wide[rows].std(axis=0) + 1e-3
    std[x.shape[1] :] /= HEARD
    p = fit_tokens(
        ((wide[chosen] - mean) / std).astype(np.float16), y[chosen, :N_REMAN],
        np.repeat(weight.astype(np.float32)[:, None], N_REMAN, axis=1), HIDDEN, **NETWORK,
    )  # fmt: skip
    folded(p, "tokens", mean, std)
    own, of_go = p["tokens.weight"][:, : x.shape[1]], p["tokens.weight"][:, x.shape[1] :]
    p["tokens.bias"] = p["tokens.bias"] + of_go @ go[:, -1]
    p["tokens.weight"] = own + of_go @ go[:, :-1]
    return p


def logits(p: dict[str, Array], x: Array) -> Array:
    """The network's logits (n, N_REMAN) of raw vectors (n, d)."""
    hidden = np.maximum(x @ p["tokens.weight"].T.astype(np.float32) + p["tokens.bias"], 0)
    return np.asarray(hidden @ p["told.weight"].T + p["told.bias"], np.float32)


def train(data: Path, out: Path) -> None:
    """All three steps; writes the weights and the scores out of fold."""
    v = vectors(data, out)
    passages = reman(data / "reman" / "reman-train.xml")
    # A token's vector is wider than the mean of a comment's.
    mean, std = v["go"].mean(axis=0), 2 * (v["go"].std(axis=0) + 1e-3)
    go = from_comments((v["go"] - mean) / std, v["go_y"])
    go = np.concatenate([go[:, :-1] / std, go[:, -1:] - go[:, :-1] @ (mean / std)[:, None]], axis=1)
    x = v["reman"].astype(np.float32)
    y, labelled = token_labels(passages), labelled_tokens(passages)
    fold = np.repeat(np.asarray(folds(passages)), v["reman_n"])
    scores = np.zeros((len(x), N_REMAN), np.float32)
    for f in range(FOLDS):
        at = fold == f
        scores[at] = logits(fit_cues(x, y, np.flatnonzero(~at & labelled), go), x[at])
        print(f"fold {f}", flush=True)
    np.savez(out / "out_of_fold.npz", scores=scores, y=y, n=v["reman_n"], fold=fold)
    feelings: dict[str, Any] = pack(fit_cues(x, y, np.flatnonzero(labelled), go))
    feelings["encoder"] = encoder_mark(model_folder())
    np.savez_compressed(out / "feelings.npz", **feelings)
    valence: dict[str, Any] = valence_weights(v)
    np.savez_compressed(out / "valence.npz", **valence)


def main() -> None:
    """Run the command line."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--data", type=Path, default=Path("../shared/data"))
    options.add_argument("--out", type=Path, default=Path("runs/feelings"))
    chosen = options.parse_args()
    train(chosen.data, chosen.out)
    print("WEIGHTS and ALONE of fabula/ledger/feelings.py:", *combination(chosen.data, chosen.out))
    print(f"valence r, fiction by document: {valence_r(chosen.data, chosen.out)[0]:.3f}")


Span = tuple[int, int, str]


def cues_out_of_fold(
    data: Path, out: Path, least: float
) -> Iterator[tuple[Passage, list[tuple[int, int, str, float]], list[Span]]]:
    """Each passage of REMAN with the cues found by heads that never saw its author, and the labelled ones.

    Only what is found in the sentence that is labelled counts (``feeling_data.annotated``). Spans count the
    passage's tokens. ``least`` is the probability from which on a token is taken for a cue.
    """
    from fabula.text import read_text

    kept = out / "out_of_fold.npz"
    if not kept.exists():
        train(data, out)
    with np.load(kept) as f:
        scores = f["scores"][:, :N_REMAN]
    at = 0
    for passage in reman(data / "reman" / "reman-train.xml"):
        story = read_text(passage.text)
        n = len(story.tokens)
        forms = [story.token_text(t).lower() for t in range(n)]
        told, shown = words_of(tuple(map(stem, forms)), forms)
        p = combine(1 / (1 + np.exp(-np.clip(scores[at : at + n], -12, 12))), told, shown)
        at += n
        sentence = np.searchsorted(story.sentence_tokens[:, 1], np.arange(n), side="right").tolist()
        a, b = annotated(story)
        found = [(c.start, c.end, c.label, c.p) for c in runs_of(p, sentence, least) if a <= c.start < b]
        spans = [(c.start, c.end) for c in passage.cues]
        gold = [(a, b, c.label) for (a, b), c in zip(tokens_of(story, spans), passage.cues, strict=True)]
        yield passage, found, gold


def combination(data: Path, out: Path) -> tuple[dict[str, float], dict[str, float]]:
    """``WEIGHTS`` and ``ALONE`` of fabula.ledger.feelings: logistic regressions over REMAN out of fold.

    Of a token's label over the head's logit and whether the lists name or show that feeling there; and over
    the lists alone.
    """
    from fabula.text import read_text

    with np.load(out / "out_of_fold.npz") as f:
        scores, y = f["scores"][:, :N_REMAN], f["y"][:, :N_REMAN]
    passages, listed = reman(data / "reman" / "reman-train.xml"), []
    for passage in passages:
        story = read_text(passage.text)
        forms = [story.token_text(t).lower() for t in range(len(story.tokens))]
        listed.append(np.stack(words_of(tuple(map(stem, forms)), forms)))
    labelled = labelled_tokens(passages)
    told, shown = np.concatenate(listed, axis=1)[:, labelled]
    open_to = ~named_otherwise(told)[:, :N_REMAN]
    scores, y, told, shown = (
        x[open_to] for x in (scores[labelled], y[labelled], told[:, :N_REMAN], shown[:, :N_REMAN])
    )
    # As ``combine`` has it: clipped probabilities, and their logits again.
    p = np.clip(1 / (1 + np.exp(-np.clip(scores, -12, 12))), 1e-4, 1 - 1e-4)
    known = {"bias": np.ones(y.size), "logit": np.log(p / (1 - p)).ravel()}
    lists = {"told": told.ravel(), "shown": shown.ravel()}
    return _regression({**known, **lists}, y), _regression({"bias": known["bias"], **lists}, y)


def _regression(columns: dict[str, Array], y: Array) -> dict[str, float]:
    """The weight of each column."""
    x = np.stack(list(columns.values()), axis=1)

    def loss(w: Array) -> tuple[float, Array]:
        z = x @ w
        return float((np.logaddexp(0, z) - y * z).mean()), x.T @ (1 / (1 + np.exp(-z)) - y) / y.size

    # Rare labels: the loss is flat long before the end.
    exact = {"ftol": 1e-15, "gtol": 1e-10, "maxiter": 500}
    first = np.asarray([-2.5 if name == "bias" else 1.0 for name in columns])
    found = minimize(loss, first, jac=True, method="L-BFGS-B", options=exact).x
    return dict(zip(columns, np.round(found, 3).tolist(), strict=True))


def stem(form: str) -> str:
    """A word of the lists of which ``form`` is an inflection, or ``form``: there are no lemmas here."""
    for ending in ("", "ed", "d", "ing", "s", "es", "ly"):
        if form.endswith(ending):
            base = form.removesuffix(ending)
            for word in (base, base + "e"):
                if word in TOLD or word in SHOWN:
                    return word
    return form


def valence_r(data: Path, out: Path) -> tuple[float, int]:
    """Correlation of valence with readers' over the documents of fiction, each left out; sentences."""
    v = vectors(data, out)
    x, y, doc = v["emo"].astype(np.float32), (v["emo_y"] - 3) / 2, v["emo_doc"]
    fiction = v["emo_fiction"].tolist()
    predicted = np.zeros(len(y))
    for d in fiction:
        w = ridge(x[doc != d], y[doc != d], RIDGE)
        predicted[doc == d] = x[doc == d] @ w[:-1] + w[-1]
    here = np.isin(doc, fiction)
    return float(np.corrcoef(predicted[here], y[here])[0, 1]), int(here.sum())


def ridge(x: Array, y: Array, penalty: float) -> Array:
    """(d + 1,) weights and bias; the penalty is of weights in units of each column's spread."""
    mx, my = x.mean(axis=0), float(y.mean())
    xc = (x - mx).astype(np.float64)
    w = np.linalg.solve(xc.T @ xc + penalty * np.diag(xc.var(axis=0)), xc.T @ (y - my))
    return np.concatenate([w, [my - mx @ w]])


def valence_weights(v: dict[str, Array]) -> dict[str, Array]:
    """The weights of valence from all of EmoBank."""
    w = ridge(v["emo"].astype(np.float32), (v["emo_y"] - 3) / 2, RIDGE)
    return {"valence.weight": w[None, :-1].astype(np.float16), "valence.bias": w[-1:].astype(np.float32)}


if __name__ == "__main__":
    main()
