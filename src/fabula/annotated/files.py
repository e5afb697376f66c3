"""From a file of another tool to the answers in it; what it is is told by its content."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

from fabula.annotated import brat, inception, quotes_csv
from fabula.annotated.answers import Answer
from fabula.errors import InputError
from fabula.types import Analysis

LARGEST = 400_000_000
_REMEDY = "Name quotes.csv, brat's .ann file or folder, or INCEpTION's XMI, JSON or zip"


def read_answers(path: str | os.PathLike[str], analysis: Analysis) -> list[Answer]:
    """The answers in the file or folder ``path`` about ``analysis``. Raises InputError."""
    place, name = Path(path), os.fspath(path)
    if place.is_dir():
        found = sorted(place.glob("*.ann"))
        if len(found) != 1:
            raise InputError(name, f"holds {len(found)} .ann files", "Name the one")
        place, name = found[0], str(found[0])
    content = _content(place, name)
    if place.suffix == ".ann":
        text = _content(place.with_suffix(".txt"), str(place.with_suffix(".txt")))
        return list(brat.answers_in(_utf8(content, name), _utf8(text, name), analysis, name))
    system: bytes | None = None
    if content[:2] == b"PK":
        content, system = _unzipped(content, name)
    start = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if start == b"<" and system is None:
        beside = place.with_name("TypeSystem.xml")
        system = _content(beside, str(beside))
    if start in (b"<", b"{"):
        return list(inception.answers_in(inception.load(content, system, name), analysis, name))
    return list(quotes_csv.answers_in(content, analysis, name))


def _content(place: Path, name: str) -> bytes:
    try:
        if place.stat().st_size > LARGEST:
            raise InputError(name, "is too large", _REMEDY)
        return place.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(name, f"cannot be read ({reason})", _REMEDY) from None


def _utf8(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(name, "is not UTF-8", _REMEDY) from None


def _unzipped(content: bytes, name: str) -> tuple[bytes, bytes | None]:
    """The CAS in a zip of INCEpTION's, and its type system if that lies beside it."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = {Path(i.filename).name: i for i in archive.infolist() if i.file_size <= LARGEST}
            cas = [n for n in members if n.endswith((".xmi", ".json"))]
            if len(cas) != 1:
                raise InputError(name, f"holds {len(cas)} XMI or JSON files", "Name the one")
            system = members.get("TypeSystem.xml")
            return archive.read(members[cas[0]]), archive.read(system) if system else None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise InputError(name, f"is no zip that can be read ({error})", _REMEDY) from None
