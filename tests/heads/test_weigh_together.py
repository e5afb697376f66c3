"""Answers of a window weighed together."""

from __future__ import annotations

import numpy as np
import pytest

from fabula.encoder.person_windows import COUPLED, N_DISTANCES, N_QUESTIONS, N_ROLES
from fabula.encoder.weights import Weights
from fabula.heads.persons import weigh_together

WIDTH = 8


def _weights(coupling: float) -> Weights:
    table = np.zeros((N_QUESTIONS * N_ROLES * N_DISTANCES, 1), np.float32)
    table[1] = coupling
    return {
        "head.leads.weight": np.zeros((COUPLED, WIDTH), np.float32),
        "head.leads.bias": np.zeros(COUPLED, np.float32),
        "head.follows.weight": np.zeros((COUPLED, WIDTH), np.float32),
        "head.follows.bias": np.zeros(COUPLED, np.float32),
        "head.coupling.weight": table,
    }


@pytest.mark.parametrize(("coupling", "likelier"), [(-3.0, 1), (3.0, 0)])
def test_an_answer_speaks_for_or_against_another(coupling: float, likelier: int) -> None:
    alone = np.log(np.asarray([[0.9, 0.1], [0.5, 0.5]], np.float32))
    apart = np.asarray([[0, 0], [1, 0]])
    p = weigh_together(_weights(coupling), alone, apart, np.zeros((2, WIDTH), np.float32))
    assert p[0] == pytest.approx([0.9, 0.1], abs=1e-3)
    assert p[1].argmax() == likelier
    assert p[1].max() > 0.85
    assert p.sum(1) == pytest.approx([1.0, 1.0], abs=1e-5)


def test_uncoupled_answers_stay_as_they_are() -> None:
    alone = np.log(np.asarray([[2.0, 6.0], [3.0, 1.0]], np.float32))
    p = weigh_together(_weights(0.0), alone, np.ones((2, 2), np.int64), np.zeros((2, WIDTH), np.float32))
    assert p[0] == pytest.approx([0.25, 0.75], abs=1e-5)
    assert p[1] == pytest.approx([0.75, 0.25], abs=1e-5)
