"""The table, its marks, the long texts, and the command that runs everything."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from bench.__main__ import main
from bench.measures import TABLE, Measure
from bench.results import Figure, Result
from bench.settings import BenchError, Settings

from bench import fingerprint, novel, results, speed, table

F1 = Measure("mention span F1", "litbank", "mention span F1", floor=86, goal=89)


def keep(s: Settings, bench: str, where: str | None = None, **figures: Figure) -> Path:
    folder = s.out / (where or fingerprint.key())
    folder.mkdir(parents=True, exist_ok=True)
    result = Result(
        bench, "2026-01-02", "a machine", "abc", {k.replace("_", " "): v for k, v in figures.items()}
    )
    (folder / f"{bench}.json").write_text(results.json.dumps(results.asdict(result)), encoding="utf-8")
    return folder


def test_a_row_says_when_its_floor_is_missed_as_printed() -> None:
    assert table.cells(F1, Figure(85.96, 10, 84.0, 87.25), full=False) == [
        "mention span F1", "86.0", "", "84.0–87.2", "≥ 86", "",
    ]  # fmt: skip
    assert table.cells(F1, Figure(85.94, 10), full=True, exact=Figure(86.1)) == [
        "mention span F1", "85.9 (missed)", "86.1", "", "≥ 86", "≥ 89", "10", "",
    ]  # fmt: skip
    fast = Measure("import", "speed", "import", "s", "<=", 0.4)
    assert table.cells(fast, Figure(0.41), full=False)[1] == "0.41 s (missed)"
    assert table.cells(fast, None, full=False)[1] == "not measured"


def test_the_table_holds_what_was_measured_and_when(small: Settings) -> None:
    folder = keep(small, "litbank", mention_span_F1=Figure(90.0, 100, 88.0, 92.0))
    shown = table.render(folder, full=True)
    assert "| mention span F1 | 90.0 |  | 88.0–92.0 | ≥ 86 | ≥ 89 | 100 |  |" in shown
    assert "| quote span F1 | not measured |" in shown
    assert "PDNC" not in shown
    assert shown.endswith("Measured 2026-01-02 on a machine; weights abc.")
    assert {line.count("|") for line in shown.splitlines() if line.startswith("|")} == {9}
    assert "Nothing has been measured" in table.render(small.out / "elsewhere", full=True)


def test_only_the_stretch_between_the_marks_is_replaced(tmp_path: Path) -> None:
    page = tmp_path / "README.md"
    page.write_text(f"above\n{table.START}\nold\n{table.END}\nbelow\n", encoding="utf-8")
    for _ in range(2):
        table.write("new", page)
    assert page.read_text(encoding="utf-8") == f"above\n{table.START}\nnew\n{table.END}\nbelow\n"
    for broken in ("no marks", f"{table.END}{table.START}", f"{table.START}{table.START}{table.END}"):
        page.write_text(broken, encoding="utf-8")
        with pytest.raises(BenchError, match=r"README\.md does not hold"):
            table.write("new", page)
        assert page.read_text(encoding="utf-8") == broken


@pytest.mark.parametrize("page", [table.SHORT, table.FULL], ids=["README", "quality"])
def test_the_projects_pages_have_their_marks(page: Path, tmp_path: Path) -> None:
    copy = tmp_path / page.name
    copy.write_text(page.read_text(encoding="utf-8"), encoding="utf-8")
    table.write("new", copy)
    assert f"{table.START}\nnew\n{table.END}" in copy.read_text(encoding="utf-8")


def test_every_row_names_a_figure_that_the_scorer_prints(real_scorer: Path) -> None:
    source = real_scorer.read_text(encoding="utf-8")
    said = set(re.findall(r'say\(f?"([^"]+)"', source))
    said |= {f"coref {k} F1" for k in ("MUC", "B3", "CEAFe", "CoNLL")}
    said |= {f"speaker accuracy, {t}" for t in ("Explicit", "Anaphoric", "Implicit", "all")}
    ours = {"speed", "bert_speed", "baseline", "confidence", "syntax", "ledger", "feelings"}
    rows = [m for group in TABLE.values() for m in group if m.bench not in ours]
    assert [m.figure for m in rows if m.figure not in said] == []


def test_the_fingerprint_follows_the_weights_and_not_their_card(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FABULA_MODEL", str(tmp_path))
    (tmp_path / "encoder.onnx").write_bytes(b"1")
    first = fingerprint.key()
    (tmp_path / "README.md").write_text("a card", encoding="utf-8")
    assert fingerprint.key() == first == fingerprint.key(tmp_path)
    (tmp_path / "encoder.onnx").write_bytes(b"2")
    assert fingerprint.key() != first
    assert fingerprint.key().split("-")[1] == first.split("-")[1], "the code has not changed"
    assert "cores" in fingerprint.machine()


def test_a_novel_is_built_of_the_stories_with_new_names_each_time(small: Settings) -> None:
    for path in small.examples.glob("*.txt"):
        path.write_text("Ann spoke to Mr Ann.\n\nNobody heard Ann.\n", encoding="utf-8")
    text, source = novel.novel(500, small)
    assert source.startswith("the example stories")
    assert 500 <= len(text.split()) < 510
    assert "Ann" not in text.split()
    assert len(set(re.findall(r"heard (\w+)", text))) > 10
    assert " to Mr " in text
    assert novel.novel(500, small) == (text, source)


def test_a_novel_that_cannot_be_built_says_so(small: Settings) -> None:
    with pytest.raises(BenchError, match="have 2 words, not 10"):
        novel.cut(["one two"], 10)
    for path in small.examples.glob("*.txt"):
        path.unlink()
    with pytest.raises(BenchError, match="Nothing to build a novel from"):
        novel.novel(10, small)


def test_memory_and_cores_are_those_of_this_process() -> None:
    assert 5e6 < speed.peak_memory() < 64e9
    with speed.two_cores():
        assert "cores" in fingerprint.machine()


def test_the_command_names_everything_absent_and_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = [
        "--data",
        str(tmp_path / "no"),
        "--score",
        str(tmp_path / "no.py"),
        "--out",
        str(tmp_path / "out"),
    ]
    assert main([*where, "litbank", "pdnc", "baseline"]) == 1
    printed = capsys.readouterr()
    assert "Nothing has been measured" in printed.out
    for name in ("litbank", "pdnc", "baseline"):
        assert f"bench: {name} not measured. " in printed.err
    assert main([*where, "table"]) == 0
    with pytest.raises(SystemExit) as stop:
        main([*where, "nonsense"])
    assert stop.value.code == 2


def test_a_measurement_that_cannot_be_taken_ends_in_one_line(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bench.litbank", "--score", str(tmp_path / "none.py")]
    done = subprocess.run(command, cwd=table.ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("bench: The scorer is not at ")
    assert done.stderr.count("\n") == 1
