"""The syntax head gives trees whatever the weights say; its file and its lemmas are read faithfully."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fabula.errors import ModelError
from fabula.heads import syntax
from fabula.heads.lemmas import Lemmatiser, edit
from fabula.heads.syntax import MAX_BLOCK, REACH, Parse, SyntaxHead, repair
from fabula.types import Floats, Ints

WIDTH, ARC, LABEL = 384, 8, 6
LABELS = {
    "upos": ["NOUN", "PRON", "PUNCT", "VERB"],
    "xpos": [".", "NN", "NNS", "PRP", "VBD"],
    "deprel": ["nsubj", "obj", "parataxis", "punct", "root"],
}
LEMMAS: dict[str, Any] = {
    "words": {"her PRON": "she", "her PRON PRP$": "her", "left VERB VBD": "leave"},
    "rules": {"NOUN NNS": {"": "1 ", "ies": "3 y"}, "VERB VBD": {"": "0 ", "d": "1 ", "ped": "3 "}},
}


def arrays(seed: int = 0, scale: float = 1.0) -> dict[str, np.ndarray[Any, Any]]:
    """Random weights of a tiny head, float16 as in the file."""
    r = np.random.default_rng(seed)
    total = 2 * ARC + 2 * LABEL + len(LABELS["upos"]) + len(LABELS["xpos"])
    reach = 2 * REACH + 1
    shapes: dict[str, tuple[int, ...]] = {
        "project.weight": (WIDTH, total), "project.bias": (total,),
        "bilinear": (ARC, ARC), "head_prior": (ARC,), "distance": (reach,),
        "root.weight": (ARC,), "root.bias": (1,),
        "label.distance": (reach, LABEL), "label.sum": (LABEL, 5), "label.product": (LABEL, 5),
        "label.bias": (5,),
    }  # fmt: skip
    return {k: (r.normal(size=s) * scale).astype(np.float16) for k, s in shapes.items()}


def packed(value: object) -> np.ndarray[Any, Any]:
    return np.frombuffer(json.dumps(value).encode(), dtype=np.uint8)


def states(n: int, seed: int) -> Floats:
    return np.random.default_rng(seed).normal(size=(n, WIDTH)).astype(np.float32)


def ranges_of(lengths: list[int], gap: int = 0) -> Ints:
    ends = np.cumsum([k + gap for k in lengths])
    return np.stack([ends - lengths, ends], axis=1).astype(np.int32).reshape(-1, 2)


def assert_trees(p: Parse, sentences: Ints, n: int) -> None:
    assert {len(c) for c in (p.upos, p.xpos, p.head, p.deprel)} == {n}
    covered = np.zeros(n, dtype=bool)
    for a, b in sentences.tolist():
        covered[a:b] = True
        inside = p.head[a:b]
        assert (inside == -1).sum() == (1 if b > a else 0)
        assert ((inside == -1) | ((inside >= a) & (inside < b))).all()
        for i in range(a, b):
            at, steps = i, 0
            while p.head[at] >= 0:
                at, steps = int(p.head[at]), steps + 1
                assert steps <= b - a, "a cycle"
    assert (p.head[~covered] == -1).all()
    assert ((p.deprel == LABELS["deprel"].index("root")) == (p.head == -1)).all()


HEAD = SyntaxHead(arrays(), LABELS, LEMMAS)


@settings(max_examples=60, deadline=None)
@given(
    lengths=st.lists(st.integers(0, 40), max_size=12), gap=st.integers(0, 2), seed=st.integers(0, 2**20),
    scale=st.sampled_from([0.0, 0.02, 1.0]),
)  # fmt: skip
def test_every_sentence_is_a_tree_with_one_root(
    lengths: list[int], gap: int, seed: int, scale: float
) -> None:
    sentences = ranges_of(lengths, gap)
    n = int(sum(lengths)) + gap * len(lengths)
    x = states(n, seed)
    head = SyntaxHead(arrays(seed, scale), LABELS, LEMMAS)
    p = head.parse(x, sentences)
    assert_trees(p, sentences, n)
    again = head.parse(x, sentences)
    assert all((getattr(p, c) == getattr(again, c)).all() for c in ("upos", "xpos", "head", "deprel"))


@settings(max_examples=60, deadline=None)
@given(n=st.integers(1, 30), seed=st.integers(0, 2**20))
def test_repair_makes_a_tree_of_any_heads(n: int, seed: int) -> None:
    r = np.random.default_rng(seed)
    up = r.integers(0, n, size=n)
    root = int(r.integers(0, n))
    up[root] = root
    done = repair(r.normal(size=(n, n)).astype(np.float32), up, root)
    at = np.arange(n)
    for _ in range(n):
        at = done[at]
    assert done[root] == root
    assert (at == root).all()


def test_repair_breaks_a_cycle_where_it_costs_least() -> None:
    # 1 and 2 point at each other; 2 would rather leave for the root than 1 would.
    score = np.array([[0, 0, 0], [1, 0, 9], [5, 7, 0]], dtype=np.float32)
    assert repair(score, np.array([0, 2, 1]), 0).tolist() == [0, 2, 0]


def test_repair_leaves_a_tree_alone() -> None:
    up = np.array([1, 1, 1, 2])
    assert repair(np.zeros((4, 4), dtype=np.float32), up, 1).tolist() == up.tolist()


def test_the_best_heads_stand_where_they_make_a_tree() -> None:
    """Only a distance bias: every token takes the one before it, the first is left to be the root."""
    w = {k: np.zeros_like(v) for k, v in arrays().items()}
    w["distance"][REACH - 1] = 5.0
    p = SyntaxHead(w, LABELS, LEMMAS).parse(states(7, 0), ranges_of([4, 3]))
    assert p.head.tolist() == [-1, 0, 1, 2, -1, 4, 5]


def test_a_sentence_reads_the_same_alone_and_in_company() -> None:
    lengths = [9, 1, 17, 30]
    x, sentences = states(sum(lengths), 3), ranges_of(lengths)
    together = HEAD.parse(x, sentences)
    for a, b in sentences.tolist():
        alone = HEAD.parse(x[a:b], np.array([[0, b - a]], dtype=np.int32))
        assert np.where(alone.head >= 0, alone.head + a, -1).tolist() == together.head[a:b].tolist()
        assert alone.deprel.tolist() == together.deprel[a:b].tolist()


def test_a_very_long_sentence_is_one_tree_in_bounded_blocks() -> None:
    n = 2 * MAX_BLOCK + 57
    sentences = ranges_of([5, n, 3])
    p = HEAD.parse(states(n + 8, 1), sentences)
    assert_trees(p, sentences, n + 8)
    hung = np.flatnonzero(p.deprel == LABELS["deprel"].index("parataxis"))
    first_root = 5 + int(np.flatnonzero(p.head[5 : n + 5] == -1)[0])
    assert (p.head[hung] == first_root).sum() >= 2


def test_nothing_gives_nothing() -> None:
    p = HEAD.parse(states(0, 0), np.zeros((0, 2), dtype=np.int32))
    assert len(p.upos) == len(p.head) == 0


def test_the_file_gives_back_what_was_written(tmp_path: Path) -> None:
    path = tmp_path / "syntax.npz"
    content: dict[str, Any] = {**arrays(), "labels": packed(LABELS), "lemmas": packed(LEMMAS)}
    np.savez_compressed(path, **content)
    head = SyntaxHead.load(path)
    assert head.upos == tuple(LABELS["upos"])
    x, sentences = states(20, 5), ranges_of([12, 8])
    a, b = head.parse(x, sentences), HEAD.parse(x, sentences)
    assert a.head.tolist() == b.head.tolist()
    assert a.deprel.tolist() == b.deprel.tolist()
    assert head.lemmatiser.lemma("ponies", "NOUN", "NNS") == "pony"


@pytest.mark.parametrize(
    "fault", ["missing", "empty", "cut", "without weights", "without labels", "wrong labels"]
)
def test_a_bad_file_is_a_model_error(tmp_path: Path, fault: str) -> None:
    path = tmp_path / "syntax.npz"
    labels = LABELS if fault != "wrong labels" else {**LABELS, "deprel": ["root"]}
    content: dict[str, Any] = {**arrays(), "labels": packed(labels), "lemmas": packed(LEMMAS)}
    if fault.startswith("without"):
        content.pop("bilinear" if fault == "without weights" else "labels")
    if fault != "missing":
        np.savez(path, **content)
    if fault == "empty":
        path.write_bytes(b"")
    if fault == "cut":
        path.write_bytes(path.read_bytes()[:900])
    with pytest.raises(ModelError, match=r"syntax\.npz"):
        SyntaxHead.load(path)


@pytest.mark.parametrize(
    ("form", "upos", "xpos", "lemma"),
    [
        ("stories", "NOUN", "NNS", "story"),
        ("Swords", "NOUN", "NNS", "sword"),
        ("STOPPED", "VERB", "VBD", "stop"),
        ("left", "VERB", "VBD", "leave"),
        ("Her", "PRON", "PRP", "she"),
        ("her", "PRON", "PRP$", "her"),
        ("Imre", "PROPN", "NNP", "Imre"),
        ("xe", "PRON", "PRP", "xe"),
        ("’s", "PART", "POS", "'s"),
        ("s", "NOUN", "NNS", "s"),
    ],
)
def test_lemmas(form: str, upos: str, xpos: str, lemma: str) -> None:
    assert Lemmatiser(LEMMAS, LABELS["upos"], LABELS["xpos"]).lemma(form, upos, xpos) == lemma


def test_lemmas_of_columns_follow_the_tags() -> None:
    upos = np.array([3, 0, 3], dtype=np.int32)
    xpos = np.array([4, 2, 4], dtype=np.int32)
    assert HEAD.lemmatiser.lemmas(["left", "stories", "left"], upos, xpos) == ["leave", "story", "leave"]


@given(form=st.text(min_size=1, max_size=12), cut=st.integers(0, 6), suffix=st.text(max_size=3))
def test_an_edit_never_empties_a_word(form: str, cut: int, suffix: str) -> None:
    assert edit(form, f"{cut} {suffix}")


def test_blocks_hold_whole_sentences() -> None:
    starts, ends = np.array([0, 300, 500, 900]), np.array([300, 500, 900, 950])
    assert syntax._blocks(starts, ends) == [(0, 2), (2, 4)]
