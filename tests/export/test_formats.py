"""What every format owes: it takes any reading, and says in one line what is wrong."""

from __future__ import annotations

import builtins
import subprocess
import sys
import time
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fabula.errors import OutputError
from fabula.export import FORMATS, Request, base_name, render, store
from fabula.export.request import file_stem
from fabula.reading import Reading
from fabula.types import Analysis
from tests.export.sample import lock
from tests.support.fake import fake_analysis, novel
from tests.support.strategies import analyses

HEAVY = {"cassis", "lxml", "networkx", "pyarrow", "spacy"}


@pytest.mark.parametrize("to", FORMATS)
def test_a_story_and_an_empty_one_are_written(to: str, tmp_path: Path) -> None:
    for analysis in (lock(), fake_analysis("")):
        files = render(analysis, to, Request("lock"))
        (tmp_path / to).mkdir(exist_ok=True)
        written = store(files, FORMATS[to], tmp_path / to / "out")
        assert written
        assert all(path.is_file() for path in written)
        if FORMATS[to].suffix is not None:
            assert written == (tmp_path / to / "out",)


@pytest.mark.parametrize("to", FORMATS)
def test_the_same_reading_gives_the_same_files(to: str) -> None:
    assert render(lock(), to).contents == render(lock(), to).contents


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(analyses(), st.sampled_from(["booknlp", "gexf", "graphml", "csv", "jsonl"]))
def test_any_reading_is_written(analysis: Analysis, to: str) -> None:
    """The other formats have a test like this of their own."""
    assert all(content or to == "jsonl" for content in render(analysis, to).contents.values())


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(analyses(), st.sampled_from(["inception", "parquet"]))
def test_any_reading_is_written_by_slow_libraries_too(analysis: Analysis, to: str) -> None:
    assert render(analysis, to).contents


@pytest.mark.parametrize("to", ["booknlp", "tei", "brat", "html", "script", "conllu", "csv"])
def test_time_grows_with_the_length_only(to: str) -> None:
    """Four times the words take about four times as long: nothing looks at every pair of anything."""
    short, long = seconds(to, 2_500), seconds(to, 10_000)
    assert long < 10 * short + 0.2


@cache
def long_story(words: int) -> Analysis:
    return novel(words)


def seconds(to: str, words: int) -> float:
    """Processor time of one rendering, the best of three: a busy machine costs processor time, too."""
    analysis = long_story(words)
    took = []
    for _ in range(3):
        began = time.process_time()
        render(analysis, to)
        took.append(time.process_time() - began)
    return min(took)


# ------------------------------------------------------------------ libraries
MISSING = {
    "parquet": "pyarrow",
    "gexf": "networkx",
    "graphml": "networkx",
    "inception": "cassis",
    "spacy": "spacy",
}


@pytest.mark.parametrize("to", MISSING)
def test_a_missing_library_is_named(to: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *arguments: Any, **options: Any) -> Any:
        if name.split(".")[0] == MISSING[to]:
            raise ImportError(name)
        return real(name, *arguments, **options)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(OutputError, match=r"Install it with: pip install 'fabula\[(export|spacy)\]'"):
        render(lock(), to)


def test_asking_for_the_formats_loads_no_library() -> None:
    code = "import sys, fabula.export; print(*{m.split('.')[0] for m in sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) & HEAVY == set()


# ------------------------------------------------------------------ names and places
def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(OutputError, match="Choose one of booknlp"):
        Reading(lock()).export("docx", "x")


def test_files_are_called_after_the_place_they_go_to(tmp_path: Path) -> None:
    written = Reading(lock()).export("booknlp", tmp_path / "out" / "lock")
    assert {path.name for path in written} == {
        "lock.tokens", "lock.entities", "lock.quotes", "lock.book", "lock.book.html",
    }  # fmt: skip
    assert base_name(lock()) == "The_Lock-Keeper"
    assert base_name(lock(), "a/b/the book.json") == "the_book"
    assert file_stem("../../etc/passwd\0") == "etc_passwd"
    assert file_stem("...") == "story"


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("x", encoding="utf-8")
    with pytest.raises(OutputError, match="taken"):
        Reading(lock()).export("csv", tmp_path / "taken")
