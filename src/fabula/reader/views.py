"""The JSON behind every view of the page, and what the export menu gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from importlib import import_module
from io import BytesIO
from itertools import combinations
from typing import Any
from urllib.parse import quote
from zipfile import ZIP_DEFLATED, ZipFile

from starlette.responses import Response, StreamingResponse

from fabula.corrections.desk import Desk
from fabula.errors import CorrectionError
from fabula.reader import ledger
from fabula.reader.book import book, describe, doubts, people
from fabula.reader.session import Session
from fabula.reader.why import why

Json = dict[str, Any]


def view(session: Session, path: str) -> Json:
    """The JSON of the view at ``path`` ("cast/3"). Raises CorrectionError for one that does not exist."""
    desk = session.open_desk
    name, *rest = path.strip("/").split("/")
    if name in _VIEWS and all(r.replace("-", "").isalnum() for r in rest):
        try:
            return _VIEWS[name](desk, rest)
        except (ValueError, IndexError, StopIteration):
            pass
    raise CorrectionError(f"/{path[:80]}", "is no view of this story")


def _text(desk: Desk, rest: list[str]) -> Json:
    at = int(rest[0]) if rest else 0
    story = desk.base.story
    p = next(p for p in story.paragraphs if at < p.end)
    quotes = [q for q in desk.edition.analysis.quotes if p.start <= q.start < p.end]
    return {
        "start": p.start,
        "end": p.end,
        "text": story.text[p.start : p.end],
        "quotes": [{"id": q.id, "start": q.start, "end": q.end, "speaker": q.speaker} for q in quotes],
    }


def _cast(desk: Desk, rest: list[str]) -> Json:
    analysis = desk.edition.analysis
    found = people(desk.edition)
    if not rest:
        return {"people": found}
    number = int(rest[0])
    person = next(p for p in found if p["id"] == number)
    lines = [{"id": q.id, "start": q.start, "end": q.end} for q in analysis.quotes if q.speaker == number]
    return {**person, "spoken": lines}


def _doubts(desk: Desk, rest: list[str]) -> Json:
    if not rest:
        return doubts(desk.edition)
    return why(desk.edition, rest[0], int(rest[1]))


def _blind(desk: Desk, rest: list[str]) -> Json:
    """A question asked blind: where it stands, and nothing that would give its answer away."""
    a = desk.anchors(rest[0], [int(rest[1])])[0]
    return {"kind": rest[0], "id": int(rest[1]), "start": a.start, "end": a.end}


def _scenes(desk: Desk, rest: list[str]) -> Json:
    analysis = desk.edition.analysis
    together: Counter[tuple[int, int]] = Counter()
    for s in analysis.scenes:
        together.update(combinations(sorted(s.characters), 2))
    return {
        "scenes": [
            {"start": s.start, "end": s.end, "characters": list(s.characters)} for s in analysis.scenes
        ],
        "together": [{"a": a, "b": b, "scenes": n} for (a, b), n in together.most_common()],
    }


def _network(desk: Desk, rest: list[str]) -> Json:
    lines: Counter[tuple[int, int]] = Counter()
    for q in desk.edition.analysis.quotes:
        lines.update((q.speaker, to) for to in q.addressees if q.speaker is not None)
    return {"lines": [{"from": a, "to": b, "lines": n} for (a, b), n in lines.most_common()]}


def _corrections(desk: Desk, rest: list[str]) -> Json:
    rows = [
        {
            "number": e.number,
            "time": e.time,
            "status": e.correction.status,
            "what": describe(desk.edition, e.correction),
        }
        for e in desk.entries
    ]
    return {"corrections": rows, "missing": [{"number": m.entry.number, "why": m.why} for m in desk.missing]}


_VIEWS: dict[str, Callable[[Desk, list[str]], Json]] = {
    "book": lambda desk, rest: book(desk),
    "text": _text,
    "cast": _cast,
    "doubts": _doubts,
    "blind": _blind,
    "scenes": _scenes,
    "network": _network,
    "feelings": ledger.feelings,
    "bonds": ledger.bonds,
    "at": ledger.at,
    "corrections": _corrections,
}


def exported(session: Session, name: str) -> Response:
    """The corrected reading in a format, or the corrections alone, as a file to keep. Raises OutputError."""
    from fabula.contract import json_pieces
    from fabula.corrections.exchange import write_corrections

    desk = session.open_desk
    stem = session.name.rsplit(".", 1)[0]
    if name == "json":
        return _kept(f"{stem}.json", json_pieces(desk.analysis()))
    if name == "corrections":
        return _kept(f"{stem}.corrections.json", iter([write_corrections(desk)]))
    export: Any = import_module("fabula.export")
    form = export.FORMATS[name]
    files = form.write(desk.analysis(), export.Request(stem))
    if form.suffix is not None:
        return _kept(f"{stem}{form.suffix}", iter(files.contents.values()))
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for path, content in files.contents.items():
            archive.writestr(path, content)
    return _kept(f"{stem}-{name}.zip", iter([packed.getvalue()]))


def _kept(file: str, pieces: Iterator[str] | Iterator[bytes]) -> Response:
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(file)}"}
    return StreamingResponse(pieces, media_type="application/octet-stream", headers=headers)
