"""What holds of the quotes of any text, and that finding them takes linear time."""

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.quoting import paragraphs_of, spans

from fabula.text.quotes import find_quotes
from fabula.types import Segment, Span

# ------------------------------------------------------------------ any text
MARKS = "\"'“”„‟‘’‚«»‹›`—–-*_.,!?…:; \n\n\n"
broken_prose = st.lists(
    st.one_of(
        st.sampled_from(list(MARKS)),
        st.sampled_from(
            [
                "said",
                "he",
                "Olga",
                "It is cold",
                "boys'",
                "'tis",
                "goin'",
                "\n\n",
                "--",
                "''",
                "``",
                ",,",
                "asked Per",
                '5"',
            ]
        ),
        st.text(max_size=3),
    ),
    max_size=60,
).map(" ".join)


@settings(max_examples=300, deadline=None)
@given(st.one_of(broken_prose, st.text(alphabet=MARKS + "aI", max_size=80), st.text()))
def test_any_text(text: str) -> None:
    found = spans(text)
    assert found == spans(text)
    paragraphs = paragraphs_of(text)
    open_: list[int] = []
    for i, q in enumerate(found):
        assert 0 <= q.start < q.end <= len(text)
        assert i == 0 or (found[i - 1].start, -found[i - 1].end) < (q.start, -q.end)
        while open_ and found[open_[-1]].end <= q.start:
            open_.pop()
        assert q.parent == (open_[-1] if open_ else None)
        if q.parent is not None:
            assert q.end <= found[q.parent].end
        assert any(p.start <= q.start < p.end for p in paragraphs)
        assert text[q.start : q.end].strip()
        open_.append(i)


@settings(max_examples=100, deadline=None)
@given(broken_prose, st.lists(st.integers(0, 300), max_size=6))
def test_any_segments(text: str, cuts: list[int]) -> None:
    edges = sorted({0, len(text), *(min(c, len(text)) for c in cuts)})
    segments = tuple(Segment("body" if i % 2 else "note", a, b) for i, (a, b) in enumerate(pairwise(edges)))
    body = [(s.start, s.end) for s in segments if s.kind == "body"]
    for q in find_quotes(text, paragraphs_of(text), segments):
        assert any(a <= q.start < b for a, b in body)
        assert any(a < q.end <= b for a, b in body)


@pytest.mark.parametrize(
    "unit",
    [
        '"',
        "' ",
        "“ ",
        "” ",
        '"a ',
        "'a ",
        "“a\n\n",
        '"A b.\n\n',
        "— a, — said he ",
        "« ",
        "''",
        "`a' \"",
        ", ",
        "-- ",
        "‘a “b ",
    ],
)
def test_unbalanced_marks_take_linear_time(unit: str) -> None:
    def seconds(n: int) -> float:
        text = unit * n
        ps = paragraphs_of(text)
        start = time.process_time()
        find_quotes(text, ps, (Segment("body", 0, len(text)),))
        return time.process_time() - start

    # The least of several runs: a busy machine slows some of them.
    few = max(min(seconds(1_000) for _ in range(5)), 0.004)
    assert min(seconds(10_000) for _ in range(3)) < 40 * few


def test_no_segments_no_quotes() -> None:
    assert find_quotes("“Come in,” said Olga.", (Span(0, 21),), ()) == ()
    assert find_quotes("", (), ()) == ()
