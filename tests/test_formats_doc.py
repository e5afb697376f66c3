"""docs/formats.md: every format has its row, and what it says of each is found by changing a reading.

A format keeps something if its files change when only that is changed in the reading.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from fabula.export import FORMATS, Request, render
from fabula.export.forms import LAYOUTS
from fabula.types import Analysis, TokenSpans
from tests.export.sample import lock

PAGE = (Path(__file__).parents[1] / "docs" / "formats.md").read_text(encoding="utf-8")
TABLE = PAGE.partition("<!-- out:start -->")[2].partition("<!-- out:end -->")[0]
ROWS = {
    cells[0].strip("` "): [cell.strip() for cell in cells[1:]]
    for line in TABLE.strip().splitlines()[2:]
    for cells in [line.strip("| ").split(" | ")]
}


# ------------------------------------------------------------------ one thing changed at a time
def _text(old: str, new: str) -> Callable[[Analysis], Analysis]:
    assert len(old) == len(new)
    assert old in lock().story.text
    return lambda a: replace(a, story=replace(a.story, text=a.story.text.replace(old, new)))


def _tokens(a: Analysis) -> Analysis:
    end = a.story.tokens.end.copy()
    end[end == a.story.text.index("opened") + 6] -= 1
    return replace(a, story=replace(a.story, tokens=TokenSpans(a.story.tokens.start, end)))


def _segments(a: Analysis) -> Analysis:
    segments = tuple(replace(s, kind="summary") if s.kind == "note" else s for s in a.story.segments)
    return replace(a, story=replace(a.story, segments=segments))


def _mention(words: str, **changes: Any) -> Callable[[Analysis], Analysis]:
    """Changes the first mention of that text; without changes it is taken away."""

    def change(a: Analysis) -> Analysis:
        first = next(m for m in a.mentions if a.story.text[m.start : m.end] == words)
        return replace(
            a,
            mentions=tuple(
                replace(m, **changes) if m is first else m for m in a.mentions if changes or m is not first
            ),
        )

    return change


def _quotes(**changes: Any) -> Callable[[Analysis], Analysis]:
    return lambda a: replace(a, quotes=(replace(a.quotes[0], **changes), *a.quotes[1:]))


def _all(field: str, **changes: Any) -> Callable[[Analysis], Analysis]:
    return lambda a: replace(a, **{field: tuple(replace(item, **changes) for item in getattr(a, field))})


def _without(layouts: bool) -> Callable[[Analysis], Analysis]:
    """Without the marks of paragraphs, or without those inside lines."""
    return lambda a: replace(
        a,
        story=replace(a.story, marks=tuple(m for m in a.story.marks if (m.kind in LAYOUTS) != layouts)),
    )


def _doubts(a: Analysis) -> Analysis:
    a = _all("mentions", confidence=0.5)(a)
    return _all("quotes", confidence=0.5)(a)


CHANGES: dict[str, Callable[[Analysis], Analysis]] = {
    "words": _text("sluice", "sluuce"),
    "blanks": _text("late.”\n \n", "late.” \n\n"),
    "emphasis": _without(layouts=False),
    "block quotes": _without(layouts=True),
    "tokens": _tokens,
    "syntax": lambda a: replace(a, syntax=replace(a.syntax, deprel=("obj",) * len(a.syntax.deprel))),
    "events": lambda a: replace(a, events=()),
    "mentions": _mention("she"),
    "mentions of nobody": lambda a: replace(a, mentions=tuple(m for m in a.mentions if m.entity is not None)),
    "coreference": _mention("her", entity=1),
    "speakers": _quotes(speaker=1),
    "addressees": _quotes(addressees=()),
    "inner quotes": lambda a: replace(a, quotes=tuple(q for q in a.quotes if q.parent is None)),
    "confidence": _doubts,
    "candidates": lambda a: _all("mentions", candidates=())(_all("quotes", candidates=())(a)),
    "paratext": _segments,
    "metadata": lambda a: replace(a, story=replace(a.story, metadata={})),
    "scenes": lambda a: replace(a, scenes=()),
    "acts": lambda a: replace(a, acts=()),
    "feelings": lambda a: replace(a, emotions=()),
    "bonds": lambda a: replace(a, bonds=()),
}
"""The words of the table, in its order, and what each means."""


@cache
def files(to: str, what: str = "") -> dict[str, Any]:
    analysis = CHANGES[what](lock()) if what else lock()
    return dict(render(analysis, to, Request("NAME")).contents)


def kept(to: str) -> list[str]:
    """What the format ``to`` keeps."""
    return [what for what in CHANGES if files(to, what) != files(to)]


# ------------------------------------------------------------------ the page
def test_every_format_has_its_row_and_no_other() -> None:
    assert list(ROWS) == list(FORMATS)
    assert all(len(cells) == 3 for cells in ROWS.values())


@pytest.mark.parametrize("to", FORMATS)
def test_what_is_kept_and_lost_is_as_told(to: str) -> None:
    _, told_kept, told_lost = ROWS[to]
    really = kept(to)
    assert told_kept.split(", ") == really
    assert told_lost.split(", ") == [what for what in CHANGES if what not in really]


@pytest.mark.parametrize("to", FORMATS)
def test_the_files_are_those_told(to: str) -> None:
    told = ROWS[to][0]
    made = list(files(to))
    if told == "one file":
        assert FORMATS[to].suffix is not None
        assert len(made) == 1
    elif told == "a file for each table":
        assert len(made) > 1
    else:
        patterns = [re.escape(name).replace("NNN", r"\d{3}") for name in re.findall(r"`([^`]+)`", told)]
        patterns = ["NAME" + p if p.startswith(r"\.") else p for p in patterns]
        for name in made:
            assert any(re.match(p if p.endswith("/") else p + "$", name) for p in patterns), name
        for pattern in patterns:
            assert any(re.match(pattern, name) for name in made), pattern


@pytest.mark.parametrize("what", CHANGES)
def test_every_word_of_the_table_is_explained(what: str) -> None:
    assert what in " ".join(PAGE.partition("<!-- out:end -->")[2].casefold().split())
