"""Acts and feelings of the example stories: from the label files people write to the gold that is scored.

    python -m bench.labels [--check]

examples/labels/STORY.labels has a line for each act or feeling:

    LINE [not|if|ifnot|no] KIND[/KIND] AGENT>PATIENT | words
    LINE [not|if|ifnot] ~LABEL[/LABEL] WHO | words[ #N]

LINE is the line of examples/STORY.txt, the words stand in it exactly so (``#N``: their Nth time there), `-`
is nobody of the cast. `not`: the text says it did not happen; `if`: wished, feared, asked for or imagined;
`no`: words that sound like the act and tell none ("the clock struck"). A slash parts kinds that are equally
right. docs/guidelines.md says what is labelled.

The command puts the labels into examples/gold/STORY.gold.json: what happened under ``acts``, what did not
under ``non_acts`` (neither negated nor hypothetical: `no`), feelings under ``emotions``. With ``--check`` it
writes nothing, and says whether the gold is what the label files give.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.settings import ROOT, BenchError, need

DEEDS = ("approach", "withdraw", "look", "touch", "embrace", "kiss", "restrain", "strike", "give")
SPEECH_ACTS = (
    *("ask", "plead", "refuse", "command", "confess", "promise", "threaten"),
    *("accuse", "apologize", "comfort", "praise", "insult", "thank"),
)
KINDS = (*DEEDS, *SPEECH_ACTS)
FEELINGS = ("joy", "sadness", "fear", "anger", "disgust", "surprise", "love", "shame")
EXAMPLES = ROOT / "examples"

_LINE = re.compile(
    r"(?P<line>\d+) (?:(?P<status>not|ifnot|if|no) )?(?P<feeling>~?)(?P<kinds>[a-z/]+) (?P<who>[^|]*?)"
    r" \| (?P<words>.*?)(?: #(?P<nth>\d+))?"
)


@dataclass(frozen=True, slots=True)
class Label:
    """An act or a feeling. ``start``..``end``: code points, half-open. ``who``: agent or experiencer.

    ``kinds`` holds what is right, likeliest first: kinds of act, or labels of feeling. ``told`` is False for
    words that only sound like the act.
    """

    feeling: bool
    kinds: tuple[str, ...]
    who: str | None
    whom: str | None
    start: int
    end: int
    negated: bool
    hypothetical: bool
    told: bool = True

    def __post_init__(self) -> None:
        known = FEELINGS if self.feeling else KINDS
        strange = [kind for kind in self.kinds if kind not in known]
        if strange or not self.kinds:
            raise ValueError(f"no such kind: {', '.join(strange)}. Known: {', '.join(known)}")


def parse(row: str, text: str) -> Label:
    """A line of a label file, placed in ``text``.

    Raises:
        ValueError: it is not of the form above, or its words do not stand there exactly once.

    """
    m = _LINE.fullmatch(row.strip())
    if not m:
        raise ValueError("not of the form LINE [not|if|ifnot] KIND WHO>WHOM | words")
    lines = text.split("\n")
    number = int(m["line"])
    if not 1 <= number <= len(lines):
        raise ValueError(f"the text has {len(lines)} lines")
    offset = sum(len(line) + 1 for line in lines[: number - 1])
    found = [hit.start() for hit in re.finditer(re.escape(m["words"]), lines[number - 1])]
    nth = int(m["nth"] or 1)
    if len(found) < nth or (len(found) > 1 and not m["nth"]):
        raise ValueError(f"the words stand {len(found)} times in line {number}")
    start = offset + found[nth - 1]
    status = m["status"] or ""
    who, arrow, whom = m["who"].partition(">")
    if bool(arrow) == bool(m["feeling"]) and m["who"] != "-":
        raise ValueError("an act has AGENT>PATIENT, a feeling WHO alone")
    return Label(
        feeling=bool(m["feeling"]),
        kinds=tuple(m["kinds"].split("/")),
        who=_person(who),
        whom=_person(whom),
        start=start,
        end=start + len(m["words"]),
        negated=status.endswith("not"),
        hypothetical=status.startswith("if"),
        told=status != "no",
    )


def _person(name: str) -> str | None:
    return None if name.strip() in ("", "-") else name.strip()


def read(path: Path, text: str) -> list[Label]:
    """The labels of a file, in the order of the text.

    Raises:
        BenchError: a line is wrong; the message names it.

    """
    labels = []
    for i, row in enumerate(need(path, "The label file").read_text(encoding="utf-8").splitlines(), start=1):
        if row.strip() and not row.startswith("#"):
            try:
                labels.append(parse(row, text))
            except ValueError as wrong:
                raise BenchError(f"{path.name}:{i}: {wrong}: {row}") from wrong
    return sorted(labels, key=lambda label: (label.start, label.end, label.kinds, label.who or ""))


def story_text(name: str) -> str:
    """The text of an example story."""
    return (EXAMPLES / f"{name}.txt").read_text(encoding="utf-8")


def story_names() -> tuple[str, ...]:
    """All example stories."""
    return tuple(sorted(path.stem for path in EXAMPLES.glob("*.txt")))


def as_gold(labels: Iterable[Label], text: str) -> dict[str, list[dict[str, Any]]]:
    """What score.py reads: ``acts``, ``non_acts``, ``emotions``. An act without an agent of the cast is left
    out of ``acts``: nothing could match it.
    """
    acts, non_acts, emotions = [], [], []
    for label in labels:
        span = {"start": label.start, "end": label.end, "text": text[label.start : label.end]}
        if label.feeling:
            status = {"negated": label.negated, "hypothetical": label.hypothetical}
            feeling = {"label": label.kinds[0], "labels": list(label.kinds), "who": label.who}
            emotions.append({**span, **feeling, **status})
            continue
        act = {**span, "kind": list(label.kinds), "agent": label.who, "patient": label.whom}
        if label.negated or label.hypothetical or not label.told:
            non_acts.append({**act, "negated": label.negated, "hypothetical": label.hypothetical})
        elif label.who is not None:
            acts.append({**act, "negated": False})
    return {"acts": acts, "non_acts": non_acts, "emotions": emotions}


def gold(name: str) -> dict[str, Any]:
    """The story's gold with the acts and feelings that its label file gives."""
    path = EXAMPLES / "gold" / f"{name}.gold.json"
    text = story_text(name)
    kept: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return {**kept, **as_gold(read(EXAMPLES / "labels" / f"{name}.labels", text), text)}


def run(names: Sequence[str], check: bool) -> int:
    """Write the gold of ``names``, or with ``check`` count those that would change."""
    stale = 0
    for name in names:
        path = EXAMPLES / "gold" / f"{name}.gold.json"
        made = json.dumps(gold(name), ensure_ascii=False, indent=1)
        if made != path.read_text(encoding="utf-8"):
            stale += 1
            if not check:
                path.write_text(made, encoding="utf-8")
    print(f"{len(names)} stories, {stale} {'stale' if check else 'written'}")
    return stale if check else 0


if __name__ == "__main__":
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--check", action="store_true", help="write nothing; exit 1 if the gold is stale")
    try:
        sys.exit(min(1, run(story_names(), options.parse_args().check)))
    except BenchError as wrong:
        sys.exit(f"bench.labels: {wrong}")
