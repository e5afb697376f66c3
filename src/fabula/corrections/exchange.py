"""Corrections as a file: to hand on, to keep, to bring over to an edited text or a newer reading."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from fabula.corrections.desk import Desk
from fabula.corrections.values import Correction, correction_json, read_correction
from fabula.errors import CorrectionError

SCHEMA = "fabula-corrections/1"


def write_corrections(desk: Desk) -> str:
    """The corrections in force as JSON."""
    rows = [{"time": e.time, **correction_json(e.correction)} for e in desk.entries]
    rows += [{"time": m.entry.time, **correction_json(m.entry.correction)} for m in desk.missing]
    data = {"schema": SCHEMA, "story": desk.base.story.id, "corrections": rows}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def read_corrections(content: str, subject: str) -> list[Correction]:
    """The corrections in a file that ``write_corrections`` wrote. Raises CorrectionError."""
    remedy = "Name a file that 'fabula corrections STORY --export FILE' wrote"
    try:
        data: Any = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise CorrectionError(subject, f"is not JSON ({error})", remedy) from None
    rows = data.get("corrections") if isinstance(data, dict) and data.get("schema") == SCHEMA else None
    if not isinstance(rows, list):
        raise CorrectionError(subject, "holds no corrections", remedy)
    return [read_correction(row, f"{subject}: correction {n}") for n, row in enumerate(rows, 1)]


def bring_over(desk: Desk, corrections: list[Correction]) -> tuple[int, list[tuple[Correction, str]]]:
    """Make corrections of another reading, or of the text before it was edited, in this one.

    Returns how many were made, and those whose passages or people no longer exist, with the reason.
    """
    done, lost = 0, []
    for correction in corrections:
        try:
            desk.do(_moved(correction, desk.base.story.text))
            done += 1
        except CorrectionError as error:
            lost.append((correction, f"{error.subject} {error.problem}"))
    return done, lost


def _moved(correction: Correction, text: str) -> Correction:
    """The correction with its passages where they now stand; those that are gone are left out."""
    if not correction.targets:
        return correction
    targets = tuple(a for a in (a.find(text) for a in correction.targets) if a is not None)
    if not targets:
        raise CorrectionError(correction.targets[0].told(), "is no longer in the text")
    people = tuple(
        replace(p, anchor=p.anchor.find(text) or p.anchor) if p.anchor is not None else p
        for p in correction.people
    )
    return replace(correction, targets=targets, people=people)
