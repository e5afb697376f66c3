"""The most confident errors, each with its cause, and how many errors each cause makes.

    python -m bench.errors [--kind KIND ...] [--table] [--keep FILE] [--write] [--data DIR] [--score FILE]

Pronouns and speakers of LitBank dev, speakers of PDNC dev, pronouns and speakers of the seen stories, read
end to end. Without options: the hundred worst errors of each kind (most confident first; what was not found
or not answered last), each with its passage, what Fabula said and how surely, the right answer and the cause;
then the table of causes. ``--table``: only the table. Causes are defined in bench/causes.py; each document's
count of right answers is held to the scorer's.

A cell of the table counts all errors and, in brackets, those among the hundred worst. It stands beside that
of the version in bench/errors_before.json; ``--keep FILE`` writes these counts so. ``--write`` puts the table
between its markers in docs/quality.md. Nothing that is printed of PDNC goes into the project but counts.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench import error_cases, fingerprint, litbank, pdnc, results, stories, table
from bench.causes import CAUSES, Case, Document, cause
from bench.error_cases import check, load
from bench.predict import Reader, fabula_reader
from bench.settings import ROOT, Settings, parser, settings

WORST = 100
BEFORE = ROOT / "bench" / "errors_before.json"
START, END = "<!-- errors:start -->", "<!-- errors:end -->"
CONTEXT = 160
"""Code points shown before and after a pronoun or a line."""

KINDS = {
    "litbank-pronouns": "LitBank, he and she",
    "litbank-speakers": "LitBank, speakers",
    "pdnc-speakers": "PDNC, speakers",
    "story-pronouns": "stories, third person",
    "story-speakers": "stories, speakers",
}
"""What is looked at: name to what the table calls it."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Of one kind: cases, those wrong, and cause to (all, among the hundred worst)."""

    cases: int
    wrong: int
    causes: Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Counted:
    """The counts of one version, by kind."""

    date: str
    weights: str
    code: str
    kinds: Mapping[str, Counts]


Found = Mapping[str, Sequence[tuple[Document, Case, str]]]
"""Kind to its errors with their causes, the most confident first."""


# ------------------------------------------------------------------ looking
def documents(s: Settings, kind: str, reader: Reader = fabula_reader) -> list[Document]:
    """The documents of a kind, read and held to the scorer. "stories" are the seen ones, always."""
    predictions = results.folder(s) / "predictions"
    out = []
    if kind.startswith("litbank"):
        scorer, folder, gold, _ = litbank.score(s, reader)
        for path in sorted(gold.glob("*.json")):
            d = error_cases.litbank(scorer, path.stem, load(folder / path.name), load(path))
            report = litbank.drawn(scorer, folder, gold, [path.stem])
            check([c for c in d.cases if not c.speaker], report, "he/she accuracy")
            check([c for c in d.cases if c.speaker], report, "speaker accuracy, end to end")
            out.append(d)
    elif kind.startswith("pdnc"):
        scorer, reports = pdnc.score(s, reader)
        for name, report in reports.items():
            p = load(predictions / "pdnc" / f"{name}.json")
            d = error_cases.pdnc(scorer, name, p, s.data / "pdnc_dev" / name)
            check(d.cases, report, "speaker accuracy, all")
            out.append(d)
    else:
        scorer, reports = stories.score(s, "seen", reader)
        for name, report in reports.items():
            p = load(predictions / "stories" / f"{name}.json")
            d = error_cases.story(scorer, name, p, load(stories.gold_of(s.examples, name)))
            check([c for c in d.cases if not c.speaker], report, "third-person pronoun accuracy")
            check([c for c in d.cases if c.speaker], report, "speaker accuracy")
            out.append(d)
    return out


def look(s: Settings, kinds: Sequence[str], reader: Reader = fabula_reader) -> tuple[Found, Counted]:
    """The errors of ``kinds`` and their counts."""
    found: dict[str, list[tuple[Document, Case, str]]] = {}
    counts: dict[str, Counts] = {}
    read: dict[str, list[Document]] = {}
    for kind in kinds:
        source = kind.partition("-")[0]
        if source not in read:
            read[source] = documents(s, kind, reader)
        cases = [(d, c) for d in read[source] for c in d.cases if c.speaker == kind.endswith("speakers")]
        wrong = [(d, c, cause(c, d)) for d, c in cases if not c.ok]
        found[kind] = sorted(wrong, key=lambda x: (-x[1].confidence, x[1].document, x[1].start))
        every, worst = Counter(x[2] for x in wrong), Counter(x[2] for x in found[kind][:WORST])
        causes = {name: (every[name], worst[name]) for name in CAUSES if every[name]}
        counts[kind] = Counts(len(cases), len(wrong), causes)
    today = datetime.now(UTC).date().isoformat()
    return found, Counted(today, fingerprint.model_hash(), fingerprint.code_hash(), counts)


# ------------------------------------------------------------------ keeping
def keep(counted: Counted, path: Path) -> None:
    """Write counts as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(asdict(counted), indent=1) + "\n", encoding="utf-8")


def kept(path: Path) -> Counted | None:
    """The counts that ``keep`` wrote, or None if there are none."""
    if not path.exists():
        return None
    raw = json.loads(path.read_text(encoding="utf-8"))
    kinds = {
        kind: Counts(c["cases"], c["wrong"], {n: (a, b) for n, (a, b) in c["causes"].items()})
        for kind, c in raw["kinds"].items()
    }
    return Counted(raw["date"], raw["weights"], raw["code"], kinds)


# ------------------------------------------------------------------ printing
def passage(d: Document, c: Case) -> str:
    """The words around a case on one line, itself in brackets; a long line is cut in the middle."""
    itself = d.text[c.start : c.end]
    if len(itself) > 2 * CONTEXT:
        itself = f"{itself[:CONTEXT]} … {itself[-CONTEXT:]}"
    before, after = d.text[max(0, c.start - CONTEXT) : c.start], d.text[c.end : c.end + CONTEXT]
    return " ".join(f"{before}[{itself}]{after}".split())


def listed(rank: int, d: Document, c: Case, why: str) -> str:
    """One error in three lines."""
    said = "nobody" if c.answer is None else f"{d.entities.get(c.answer, '?')} (entity {c.answer})"
    if c.answer is not None and (who := d.person(c.answer)):
        said += f", who is {who}"
    return (
        f"{rank}. {c.document} {c.start}: {CAUSES[why]}\n"
        f"   said {said}, confidence {c.confidence:.2f}; right: {c.right}\n"
        f"   {passage(d, c)}"
    )


def render(now: Counted, before: Counted | None) -> str:
    """The table of causes in Markdown: most errors first, before and now side by side."""
    same = before is not None and (before.weights, before.code) == (now.weights, now.code)
    versions = [("", now)] if before is None or same else [("before", before), ("now", now)]
    columns = [
        (", ".join(filter(None, (title, when))), version.kinds[kind])
        for kind, title in KINDS.items()
        if kind in now.kinds
        for when, version in versions
        if kind in version.kinds
    ]
    order = sorted(CAUSES, key=lambda name: -sum(c.causes.get(name, (0, 0))[0] for _, c in columns))
    lines = ["| cause | " + " | ".join(title for title, _ in columns) + " |"]
    lines.append("|---|" + "---:|" * len(columns))
    for name in order:
        cells = [c.causes.get(name, (0, 0)) for _, c in columns]
        if any(every for every, _ in cells):
            lines.append(
                f"| {CAUSES[name]} | " + " | ".join(f"{a} ({w})" if a else "" for a, w in cells) + " |"
            )
    lines.append("| **wrong** | " + " | ".join(str(c.wrong) for _, c in columns) + " |")
    lines.append("| of | " + " | ".join(f"{c.cases:,}" for _, c in columns) + " |")
    stamps = [f"{when}{': ' if when else ''}{v.date}, weights {v.weights}" for when, v in versions]
    stamp = "; ".join(stamps)
    return "\n".join([*lines, "", f"Counted {stamp}." if len(versions) == 1 else f"{stamp.capitalize()}."])


def run(
    s: Settings,
    kinds: Sequence[str],
    *,
    only_table: bool,
    before: Path = BEFORE,
    reader: Reader = fabula_reader,
) -> tuple[str, Counted]:
    """What is to be printed, and the counts, which are kept beside the other results, too."""
    found, counted = look(s, kinds, reader)
    keep(counted, results.folder(s) / "errors.json")
    shown = []
    for kind, errors in found.items() if not only_table else ():
        shown.append(f"## {KINDS[kind]}: {len(errors)} wrong, the {min(WORST, len(errors))} most confident\n")
        shown += [f"{listed(i, d, c, why)}\n" for i, (d, c, why) in enumerate(errors[:WORST], 1)]
    return "\n".join([*shown, render(counted, kept(before))]), counted


def main() -> None:
    """Run the command line."""
    options = parser(__doc__)
    options.add_argument("--kind", nargs="+", choices=KINDS, default=list(KINDS), help="some kinds only")
    options.add_argument("--table", action="store_true", help="only the table of causes")
    options.add_argument("--before", type=Path, default=BEFORE, help="counts to stand beside these")
    options.add_argument("--keep", type=Path, metavar="FILE", help="write the counts as JSON")
    options.add_argument("--write", action="store_true", help="put the table into docs/quality.md")
    a = options.parse_args()
    if a.write and set(a.kind) != set(KINDS):
        options.error("--write takes every kind")

    def take() -> str:
        text, counted = run(settings(a), a.kind, only_table=a.table, before=a.before)
        if a.keep:
            keep(counted, a.keep)
        if a.write:
            table.write(render(counted, kept(a.before)), table.FULL, START, END)
        return text

    results.command(take)


if __name__ == "__main__":
    main()
