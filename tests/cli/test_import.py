"""``fabula import``."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run


def test_corrections_are_printed_or_written(run: Run, folder: Path) -> None:
    assert run("export", "ferry.json", "--to", "csv", "-o", "tables", "-q")[0] == 0
    path = folder / "tables" / "quotes.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",Halvard,", ",Imre,", 1), encoding="utf-8")
    code, out, err = run("import", "ferry.json", "tables/quotes.csv")
    assert (code, err) == (0, "")
    assert [c["action"] for c in json.loads(out)["corrections"]] == ["speaker"]
    assert run("import", "ferry.json", "tables/quotes.csv", "-o", "c.json") == (
        0,
        "",
        "fabula: 1 correction\n",
    )
    assert json.loads((folder / "c.json").read_text(encoding="utf-8")) == json.loads(out)


def test_what_can_go_wrong(run: Run, folder: Path) -> None:
    code, out, err = run("import", "ferry.json", "ferry.txt", "-o", "c.json")
    assert (code, out) == (3, "")
    assert "ferry.txt" in err
    assert not (folder / "c.json").exists()
    assert run("import", "ferry.json", "missing.csv")[0] == 3
