"""Consistency of two passes: what counts as met, and that the published figures are those computed."""

from __future__ import annotations

import json
from dataclasses import asdict, replace

import pytest
from bench.consistency import Case
from bench.settings import SEED, BenchError

from bench import consistency

CASE = Case("a", ("touch", "restrain"), 10, 20, (False, False), ("Ada", "Ben"))


def test_what_meets() -> None:
    assert CASE.meets(replace(CASE, kinds=("restrain",), start=19, end=25))
    assert not CASE.meets(replace(CASE, start=20, end=25))
    assert not CASE.meets(replace(CASE, kinds=("strike",)))
    assert not CASE.meets(replace(CASE, status=(True, False)))


def test_the_share_that_is_met_counts_both_passes() -> None:
    lonely = replace(CASE, document="b")
    row = consistency.rows([CASE, lonely], [CASE], [CASE] * 40, draws=50, seed=1)["touch"]
    assert row.f1 == pytest.approx(2 / 3, abs=1e-3)
    assert row.n == 40
    assert row.experimental
    assert not consistency.rows([CASE], [CASE], [CASE] * 40, draws=5, seed=1)["touch"].experimental
    assert consistency.rows([CASE], [CASE], [CASE] * 29, draws=5, seed=1)["touch"].experimental
    assert consistency.rows([CASE], [CASE], [], draws=5, seed=1)["kiss"].f1 is None


def test_the_published_figures_are_those_of_the_labels() -> None:
    found, report = consistency.run(1000, SEED)
    published = json.loads(consistency.FIGURES.read_text(encoding="utf-8"))
    assert published == {name: asdict(row) for name, row in found.items()}
    assert report in consistency.DOC.read_text(encoding="utf-8")


def test_a_document_without_marks_is_refused() -> None:
    with pytest.raises(BenchError, match="consistency:start"):
        consistency.replace("no marks", "table")
