"""The network that is learnt says what the program's says, and learns what it is shown."""

from __future__ import annotations

import numpy as np
import pytest

from fabula.resolve.line_grid import N_LINE, N_MENTION, Row, grids
from fabula.resolve.lines import scores

torch = pytest.importorskip("torch", reason="torch is needed for training alone and is not installed")

PEOPLE = 3


def _text(seed: int) -> object:
    """Lines, each spoken by whoever is named before it to whoever spoke last; nothing else tells who."""
    from training.lines import UNKNOWN, Text

    rng = np.random.default_rng(seed)
    named = np.asarray([[1, 1, 0, 1, 0, 0]], np.float32)
    rows, right, last = [], {}, UNKNOWN
    for i in range(12):
        who = int(rng.choice([e for e in range(PEOPLE) if e != last]))
        x = rng.normal(size=(PEOPLE, N_LINE)).astype(np.float32)
        x[:, :2] = 1 / PEOPLE
        rows.append(Row(20 * i, i, False, (who,), named))
        rows.append(Row(20 * i + 3, i, True, tuple(range(PEOPLE)), x))
        right[i] = who, last
        last = who
    where = np.arange(300, dtype=np.int32) // 20
    return Text(rows, where, where, right)


def test_both_networks_give_the_same_scores_and_what_stands_beside_a_line_is_learnt() -> None:
    from training.lines import examples, fit, packed, report

    texts = [_text(seed) for seed in range(60)]
    learnt = [e for t in texts[:50] for e in examples(t, 1.0)]  # type: ignore[arg-type]
    scored = [e for t in texts[50:] for e in examples(t, 1.0)]  # type: ignore[arg-type]
    net = fit(learnt, epochs=25)
    weights = {k: v.astype(np.float32) for k, v in packed(net).items()}
    grid = scored[0].grid
    with torch.no_grad():
        wanted = net(grid).numpy()
    found = np.stack(scores(weights, grid), axis=-1)
    there = grid.there > 0
    assert found[there] == pytest.approx(wanted[there], abs=0.05)
    spoke, heard = report(net, scored).split("; ")
    assert spoke.endswith("of 120")
    assert heard.endswith("of 110")
    assert float(spoke.split()[3]) > 90
    assert float(heard.split()[3]) > 60


def test_people_without_a_column_are_lost_and_not_learnt() -> None:
    from training.lines import LOST, UNKNOWN, Text, examples

    rows = [Row(5, 0, True, (0, 1), np.ones((2, N_LINE), np.float32))]
    rows.append(Row(9, 0, False, (2,), np.ones((1, N_MENTION), np.float32)))
    where = np.zeros(20, np.int32)
    (e,) = examples(Text(rows, where, where, {0: (2, UNKNOWN)}), 0.5)
    assert e.right.tolist() == [[LOST, UNKNOWN], [UNKNOWN, UNKNOWN]]
    assert not list(examples(Text(rows, where, where, {0: (UNKNOWN, UNKNOWN)}), 0.5))
    assert len(list(grids(rows, where, where))) == 1
