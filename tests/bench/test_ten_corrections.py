"""What the figures of ten corrections are made of."""

from __future__ import annotations

import os

import pytest
from bench.ten_corrections import THOUGHT, figures, processor


def test_the_time_to_the_last_correction_is_all_that_the_machine_takes() -> None:
    found = figures(2.0, 2.5, [0.5, 0.25, 1.25])
    assert found["open to first paint"] == 2.0
    assert found["correction, median"] == 0.5 and found["correction, slowest"] == 1.25
    assert found["machine time to the last correction"] == 4.5
    assert found[f"with {THOUGHT:g} s of thought for each"] == 4.5 + 3 * THOUGHT


def test_processor_time_is_told_where_there_is_such_a_process() -> None:
    used = processor(os.getpid())
    if used is None:
        pytest.skip("this system does not tell a process's time")
    assert 0 < used <= sum(os.times()[:2]) + 0.05
    assert processor(2**30) is None
