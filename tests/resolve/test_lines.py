"""Who speaks each line, weighed once more: rows and cells, what stays, and what is missing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tests.support.mentions import evidence_of

from fabula.encoder.weights import Weights
from fabula.errors import ModelError
from fabula.heads.evidence import Evidence
from fabula.resolve import line_grid, lines
from fabula.resolve.conversations import Doubles
from fabula.resolve.coref import Distribution, EntityBeliefs
from fabula.resolve.line_grid import N_BESIDE, N_FAR, N_LINE, N_MENTION, N_ORDER, Row, grids, standing
from fabula.resolve.speaker_features import N_FEATURES, QuoteCandidates

IMRE, HALVARD, OSK = 0, 1, 2
TEXT = "Imre met Halvard.\n\n“I came,” said Imre.\n\n“So he did.”\n\n“Did you?” Osk came in.\n"
WORDS = [
    ("Imre", "PROP"),
    ("Halvard", "PROP"),
    ("I", "PRON"),
    ("Imre", "PROP"),
    ("he", "PRON"),
    ("you", "PRON"),
    ("Osk", "PROP"),
]
WIDTH = 8


def _evidence() -> Evidence:
    return evidence_of(TEXT, WORDS, lambda a, b: 0.0)[1]


def _entities() -> EntityBeliefs:
    who = (IMRE, HALVARD, IMRE, IMRE, HALVARD, IMRE, OSK)
    some: list[Distribution] = [((e, 1.0),) for e in who]
    some[4] = ((HALVARD, 0.6), (IMRE, 0.4))
    best = np.asarray([d[0][0] for d in some], np.int32)
    p = np.asarray([d[0][1] for d in some], np.float32)
    return EntityBeliefs(best, p, tuple(some), 3, 9)


def _candidates(n: int = 3, people: tuple[int, ...] = (IMRE, HALVARD)) -> list[QuoteCandidates]:
    x = np.random.default_rng(1).normal(size=(len(people), N_FEATURES)).astype(np.float32)
    return [QuoteCandidates(np.asarray(people, np.int32), x, np.zeros(4, np.float32)) for _ in range(n)]


def _tables() -> list[Doubles]:
    """P(speaker, addressee) of three lines; a fifth of the third is spoken to nobody."""
    first = np.asarray([[0.0, 0.9, 0.0], [0.1, 0.0, 0.0]])
    third = np.asarray([[0.0, 0.4, 0.1], [0.4, 0.0, 0.1]])
    return [first, first[::-1, [1, 0, 2]].copy(), third]


def _weights(seed: int = 0, loud: float = 1.0) -> Weights:
    """A network of any weights at all."""
    rng = np.random.default_rng(seed)

    def some(*shape: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
        return (loud * rng.normal(size=shape) / 3).astype(np.float32)

    w: Weights = {"kind": some(2, WIDTH), "absent": some(2, WIDTH), "trust": np.ones(2, np.float32)}
    for name, out, into in (
        ("cell.line", WIDTH, N_LINE), ("cell.mention", WIDTH, N_MENTION), ("belief", WIDTH, 6),
        ("person", WIDTH, 2), ("out", 2, WIDTH), ("straight", 2, N_LINE),
    ):  # fmt: skip
        w[f"{name}.weight"] = some(out, into)
    for name, n in (("line", N_LINE), ("mention", N_MENTION)):
        w[f"{name}.mean"], w[f"{name}.spread"] = np.zeros(n, np.float32), np.ones(n, np.float32)
    for b in range(lines.BLOCKS):
        for name, out, into in (
            ("look", 3 * WIDTH, WIDTH), ("seen", WIDTH, WIDTH), ("wide", 2 * WIDTH, 3 * WIDTH),
            ("narrow", WIDTH, 2 * WIDTH),
        ):  # fmt: skip
            w[f"block.{b}.{name}.weight"] = some(out, into)
        for name, n in (("far", N_FAR), ("beside", N_BESIDE), ("order", N_ORDER)):
            w[f"block.{b}.{name}"] = some(n, lines.HEADS)
        for name in ("first", "second"):
            w[f"block.{b}.{name}.weight"] = np.ones(WIDTH, np.float32)
            w[f"block.{b}.{name}.bias"] = np.zeros(WIDTH, np.float32)
    w["last.weight"], w["last.bias"] = np.ones(WIDTH, np.float32), np.zeros(WIDTH, np.float32)
    return w


def _again(settled: set[int], weights: Weights, people: tuple[int, ...] = (IMRE, HALVARD)) -> list[Doubles]:
    return lines.weighed(
        _evidence(), _entities(), _candidates(people=people), _tables(), [0, 1, 2], settled, weights
    )


def test_rows_are_lines_and_what_is_told_or_named_between_them() -> None:
    evidence = _evidence()
    rows = line_grid.mention_rows(evidence, _entities().distribution)
    # "I" and "you" in quotes say nothing that the line's own row does not say.
    assert [r.k for r in rows] == [0, 1, 3, 4, 6]
    assert rows[3].people == (HALVARD, IMRE)
    assert rows[3].x[:, 0].tolist() == pytest.approx([0.6, 0.4])
    first = line_grid.line_rows([0, 2], evidence.layout.quote_tokens[:, 0], _candidates(), _tables())
    assert [r.k for r in first] == [0, 2]
    assert first[0].x[:, :2].tolist() == pytest.approx(np.asarray([[0.9, 0.1], [0.1, 0.9]]))


def test_a_grid_has_the_people_who_are_meant_most_and_rows_in_text_order() -> None:
    evidence = _evidence()
    rows = line_grid.line_rows([0, 1, 2], evidence.layout.quote_tokens[:, 0], _candidates(), _tables())
    rows += line_grid.mention_rows(evidence, _entities().distribution)
    (grid,) = grids(rows, evidence.layout.paragraph, evidence.layout.sentence)
    assert grid.entity == (IMRE, HALVARD, OSK)
    assert grid.token.tolist() == sorted(grid.token.tolist())
    assert grid.line.sum() == 3
    assert grid.wanted.all()
    assert grid.there[-1].tolist() == [0, 0, 1]  # Osk's name speaks for Osk alone
    for how, n in zip(standing(grid), (N_FAR, N_BESIDE, N_ORDER), strict=True):
        assert how.shape == (len(grid.rows),) * 2
        assert 0 <= how.min() <= how.max() < n


def test_stretches_of_a_long_story_ask_every_row_once_and_see_beside_it() -> None:
    n = 1000
    rows = [Row(3 * i, i, i % 2 == 0, (i % 20,), np.ones((1, N_LINE), np.float32)) for i in range(n)]
    for r in rows[1::2]:
        object.__setattr__(r, "x", np.ones((1, N_MENTION), np.float32))
    where = np.arange(3 * n, dtype=np.int32) // 30
    asked: list[int] = []
    for grid in grids(rows[::-1], where, where):
        assert len(grid.rows) <= line_grid.CORE + 2 * line_grid.BESIDE
        assert len(grid.entity) <= line_grid.PEOPLE
        asked += [r.k for r, wanted in zip(grid.rows, grid.wanted, strict=True) if wanted]
    assert asked == list(range(n))


def test_tables_stay_probabilities_and_nobody_speaks_to_himself() -> None:
    for seed in range(5):
        for before, now in zip(_tables(), _again(set(), _weights(seed)), strict=True):
            assert now.sum() == pytest.approx(1.0)
            assert now.min() >= 0
            assert np.diag(now[:, :-1]).tolist() == [0, 0]
            assert now.shape == before.shape


def test_who_speaks_a_settled_line_stays_the_likeliest_and_other_lines_are_weighed() -> None:
    moved = 0
    for seed in range(8):
        w = _weights(seed, loud=3.0)
        free, held = _again(set(), w), _again({0}, w)
        assert held[0].sum(axis=1).argmax() == 0
        moved += int(free[1].sum(axis=1).argmax() != _tables()[1].sum(axis=1).argmax())
        assert held[1] == pytest.approx(free[1])
    assert moved


def test_what_has_no_column_and_what_is_said_to_nobody_keeps_its_share(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(line_grid, "PEOPLE", 1)
    for before, now in zip(_tables(), _again(set(), _weights(2)), strict=True):
        assert now.sum(axis=1) == pytest.approx(before.sum(axis=1), abs=0.1)
        assert (now[:, -1].sum() > 0) == (before[:, -1].sum() > 0)


def test_a_line_of_people_without_a_column_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line_grid, "PEOPLE", 1)
    found = _again(set(), _weights(3), people=(7, 8))
    assert all((a == b).all() for a, b in zip(found[1:], _tables()[1:], strict=True))


def test_without_weights_nothing_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "model_folder", lambda: tmp_path)
    found = lines.weighed(_evidence(), _entities(), _candidates(), _tables(), [0, 1, 2], set())
    assert all((a == b).all() for a, b in zip(found, _tables(), strict=True))


@pytest.mark.parametrize("damage", ["cut", "features"])
def test_damaged_weights_are_told_with_their_file(tmp_path: Path, damage: str) -> None:
    path = tmp_path / lines.MODEL
    np.savez(path, **{"cell.line.weight": np.zeros((WIDTH, N_LINE - (damage == "features")), np.float32)})
    if damage == "cut":
        path.write_bytes(path.read_bytes()[:60])
    with pytest.raises(ModelError, match=r"lines\.npz"):
        lines.line_weights(tmp_path)
