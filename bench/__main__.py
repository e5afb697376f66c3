"""``python -m bench [NAME ...]``: take measurements and print the table of all that are known.

Without names: litbank pdnc stories confidence baseline syntax ledger feelings speed
bert_speed.
``table`` alone measures nothing.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from dataclasses import replace

from bench import results, table
from bench.settings import BenchError, parser, settings
from fabula.errors import FabulaError

NAMES = (
    "litbank", "pdnc", "stories", "confidence", "baseline", "syntax", "ledger", "feelings", "speed",
    "bert_speed",
)  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; 0 if every measurement asked for was taken."""
    options = parser(__doc__)
    options.add_argument(
        "names", nargs="*", metavar="NAME", help=f"of {', '.join(NAMES)}, table; all if none"
    )
    options.add_argument("--unseen", action="store_true", help="score the unseen stories too")
    options.add_argument(
        "--write", action="store_true", help="put the table into README.md and docs/quality.md"
    )
    options.add_argument("--verbose", action="store_true", help="print every figure as it is measured")
    chosen = options.parse_args(arguments)
    if unknown := sorted(set(chosen.names) - {*NAMES, "table"}):
        options.error(f"no such measurement: {', '.join(unknown)}")
    base = replace(settings(chosen), unseen=False)
    problems = []
    for name in [n for n in NAMES if n in (chosen.names or NAMES)]:
        runs = [base, replace(base, unseen=True)] if name == "stories" and chosen.unseen else [base]
        for one in runs:
            print(f"{name} …", file=sys.stderr)
            try:
                found = importlib.import_module(f"bench.{name}").run(one)
            except (BenchError, FabulaError) as error:
                problems.append(f"bench: {name} not measured. {error}")
                continue
            if chosen.verbose:
                results.show(found)
    try:
        kept = results.folder(base)
        print(table.render(kept, full=True))
        if chosen.write:
            table.write(table.render(kept, full=False), table.SHORT)
            table.write(table.render(kept, full=True), table.FULL)
    except BenchError as error:
        problems.append(f"bench: {error}")
    print(*dict.fromkeys(problems), sep="\n", end="\n" if problems else "", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    raise SystemExit(main())
