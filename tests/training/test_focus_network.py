"""Owners of entities, and a network folded into plain arrays that says what it said."""

from __future__ import annotations

import numpy as np
import pytest

from fabula.resolve.focus import FocusWeights
from fabula.resolve.focus_features import FEATURES
from fabula.types import MentionSpans

torch = pytest.importorskip("torch", reason="torch is needed for training alone and is not installed")


def _rows(n: int) -> list[object]:
    from training.focus import Pronoun

    rng = np.random.default_rng(0)
    out: list[object] = []
    for _ in range(n):
        x = rng.normal(size=(3, len(FEATURES))).astype(np.float32)
        out.append(Pronoun(x, int(x[:, 5].argmax()), False, True))
    return out


def test_a_folded_network_scores_as_the_networks_do_and_learns() -> None:
    from training.focus import fit, folded, report

    rows = _rows(4000)
    nets = [fit(rows, seed) for seed in (0, 1)]  # type: ignore[arg-type]
    w = folded(nets)
    plain = FocusWeights(w["linear"], w["hidden"], w["bias"], w["out"])
    x = rows[0].x  # type: ignore[attr-defined]
    with torch.no_grad():
        wanted = np.mean([net(torch.from_numpy(x)).numpy() for net in nets], 0)
    found = plain.scores(x)
    assert found - found.mean() == pytest.approx(wanted - wanted.mean(), abs=1e-3)
    right = [int(plain.scores(r.x).argmax()) == r.right for r in rows]  # type: ignore[attr-defined]
    assert np.mean(right) > 0.8
    assert report(w, rows[:9]).startswith("9: 0.0 to ")  # type: ignore[arg-type]


def test_an_entity_belongs_to_whom_its_names_name_and_a_nameless_one_to_whom_it_describes() -> None:
    from training.focus import owners

    at = np.arange(5, dtype=np.int32)
    kind = np.asarray([0, 0, 1, 2, 2], np.int32)
    m = MentionSpans(at, at + 1, at, np.zeros(5, np.int32), kind, np.ones(5, np.float32))
    gold = np.asarray([(a, a + 1, a, k, who) for a, k, who in zip(at, kind, (7, 8, 9, 9, 7), strict=True)])
    entity = np.asarray([0, 1, 4, 4, 4], np.int32)
    assert owners(m, entity, gold) == {7: 0, 8: 1, 9: 4}
