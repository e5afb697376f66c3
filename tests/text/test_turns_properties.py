"""What holds of any text that has labels, heads of e-mails, emphasis and other signs in it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from fabula.text import read_text
from fabula.text.turns import labelled_lines
from fabula.types import STORY_KINDS

PARTS = [
    "Olga: ", "\n\nPer: ", "\nPer: ", "<Olga> ", "\n\nOLGA\n", "\n\nPER (CONT'D)\n", "\n(softly)\n",
    "10:16 Olga: ", "\n\nPer, 08:05\n\n", "*He knows,* Per thought. ", "*", "_", "<", ">", "//", "::", "~",
    ":", "OLGA. ", "“", "”", "— ", "From: Per\nTo: Olga\nSubject: x\n\n", "\n\nFrom: ", "\n\n", "\n",
    "I came. ", "It is cold, ", "you say.", "Y/N", "INT. QUAY - DAY\n\n", "* * *", "Per\n\n", "8 May\n\n",
    "🜁", "\u202e", "(", ")", "[", "]",
]  # fmt: skip
broken = st.lists(st.one_of(st.sampled_from(PARTS), st.text(max_size=3)), max_size=50).map("".join)


@settings(max_examples=300, deadline=None)
@given(broken)
def test_any_text(text: str) -> None:
    story = read_text(text)
    assert story.quotes == read_text(text).quotes
    told = [(s.start, s.end) for s in story.segments if s.kind in STORY_KINDS]
    last = (-1, 0)
    for k, q in enumerate(story.quotes):
        assert 0 <= q.start < q.end <= len(story.text)
        assert (q.start, -q.end) > last
        last = q.start, -q.end
        assert any(a <= q.start < b for a, b in told)
        if q.parent is not None:
            assert q.parent < k and q.end <= story.quotes[q.parent].end
        if q.label is not None:
            assert 0 <= q.label.start < q.label.end <= q.start
            assert story.text[q.label.start : q.label.end].strip()
        assert q.style == ":" or (q.label is None and not q.written)


@settings(max_examples=200, deadline=None)
@given(broken)
def test_lines_of_a_block_are_its_own(text: str) -> None:
    lines = [
        (i, i + len(line)) for i, line in zip(_starts(text), text.split("\n"), strict=True) if line.strip()
    ]
    assert labelled_lines(text, lines) <= set(range(len(lines)))


def _starts(text: str) -> list[int]:
    at, out = 0, []
    for line in text.split("\n"):
        out.append(at)
        at += len(line) + 1
    return out
