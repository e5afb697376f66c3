"""Passages of novels whose acts are labelled, on top of the people of ``training/novels``.

``training/acts/novels.json`` holds a list for each passage (``STEM`` of ``training/novels/STEM.json``), in it
a row for each act: start and end in the passage, status ("", "not", "if" or "ifnot"), kinds, agent, patient.
People are numbers in the passage's cast, -1 for anybody else. The file holds no text.

    python -m training.act_novels LABELS --write

puts label files (``LABELS/STEM.labels``, in the form of ``training/acts``) into it.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.labels import Label, read
from bench.settings import ROOT, shared_folder

from fabula.output import write_atomic
from training.act_data import LABELS, Labelled, Reader, acts_of, whose_are
from training.novels import FILE_MANY, passage

NOVELS = ROOT / "training" / "novels"
FILE = LABELS / "novels.json"
OUTSIDE = -1
"""In place of a member of the cast: anybody else."""


def labelled_novels(
    reader: Reader, data: Path, file: Path = FILE, novels: Path = NOVELS
) -> Iterator[Labelled]:
    """The labelled passages that may be learnt from, in name order; those whose novel is missing are told."""
    for stem, rows in json.loads(file.read_text(encoding="utf-8")).items():
        about = json.loads((novels / f"{stem}.json").read_text(encoding="utf-8"))
        try:
            text = passage(about, data)
        except (OSError, ValueError) as e:
            print(stem, "left out:", e)
            continue
        cast = [name for name, _ in about["cast"]]
        read_as = reader(f"novel_{stem}", text, people=False)
        marked = [(a, b, kind, cast[who]) for a, b, kind, who in about["mentions"] if who >= 0]
        said = [(a, b, _person(cast, s), _person(cast, t)) for a, b, s, t in about["quotes"]]
        mention, speaker, heard = whose_are(read_as.analysis, marked, said)
        acts = [a for row in rows for a in acts_of(read_as.analysis, _label(row, cast), speaker)]
        yield Labelled(
            stem, read_as, acts, 0, len(text), mention, speaker, heard, False, book=str(about["book"])
        )


def _person(cast: list[str], who: int) -> str:
    return cast[who] if who >= 0 else "+" if who == FILE_MANY else "-"


def _label(row: list[Any], cast: list[str]) -> Label:
    """A row of the file."""
    start, end, status, kinds, agent, patient = row
    who, whom = (None if w == OUTSIDE else cast[w] for w in (agent, patient))
    negated, hypothetical = status.endswith("not"), status.startswith("if")
    return Label(False, tuple(kinds.split("/")), who, whom, start, end, negated, hypothetical)


def rows_of(label: Label, cast: list[str]) -> list[list[Any]]:
    """A label as rows of the file, one for each pair of its people.

    Raises:
        ValueError: somebody is not in the cast.

    """
    status = "if" * label.hypothetical + "not" * label.negated
    whos, whoms = (
        [OUTSIDE if not n.strip() else cast.index(n.strip()) for n in (w or "").split("+")]
        for w in (label.who, label.whom)
    )
    return [
        [label.start, label.end, status, "/".join(label.kinds), who, whom] for who in whos for whom in whoms
    ]


def packed(folder: Path, data: Path, novels: Path = NOVELS) -> dict[str, list[list[Any]]]:
    """The label files of a folder as rows."""
    out = {}
    for path in sorted(folder.glob("*.labels")):
        about = json.loads((novels / f"{path.stem}.json").read_text(encoding="utf-8"))
        cast = [name for name, _ in about["cast"]]
        out[path.stem] = [row for label in read(path, passage(about, data)) for row in rows_of(label, cast)]
    return out


def main() -> None:
    """Run the command line."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("labels", type=Path)
    options.add_argument("--data", type=Path, default=shared_folder() / "data")
    options.add_argument("--write", action="store_true", help=f"write {FILE.relative_to(ROOT)}")
    chosen = options.parse_args()
    made = packed(chosen.labels, chosen.data)
    print(f"{len(made)} passages, {sum(map(len, made.values()))} acts")
    if chosen.write:
        lines = ",\n".join(
            f"{json.dumps(k)}: {json.dumps(v, separators=(',', ':'))}" for k, v in made.items()
        )
        write_atomic(FILE, [f"{{\n{lines}\n}}\n"])


if __name__ == "__main__":
    main()
