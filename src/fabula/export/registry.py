"""The formats that a reading can be written in, and how one is asked for."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from fabula.errors import OutputError
from fabula.export.request import Content, Files, Request, file_stem
from fabula.types import Analysis


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its writer is the function ``write(analysis, request)`` of ``fabula.export.<module>``.

    ``suffix`` is that of the one file it makes; None means that it makes a folder. ``spoken`` formats heed
    the choices and voices of a request.
    """

    name: str
    summary: str
    module: str
    suffix: str | None = None
    binary: bool = False
    spoken: bool = False

    def write(self, analysis: Analysis, request: Request) -> Files:
        """The files of ``analysis`` in this format. Raises OutputError if a library is missing."""
        writer = import_module(f"fabula.export.{self.module}")
        files = writer.write(analysis, request)
        assert isinstance(files, Files)
        return files


FORMATS: dict[str, Format] = {
    f.name: f
    for f in (
        Format("booknlp", "the files that BookNLP writes", "booknlp"),
        Format("conllu", "CoNLL-U with CorefUD's Entity column", "conllu", ".conllu"),
        Format("conll2012", "CoNLL-2012 columns with coreference", "conll2012", ".conll"),
        Format("tei", "TEI P5", "tei", ".xml"),
        Format("brat", "brat standoff", "brat"),
        Format("inception", "UIMA CAS, as XMI and JSON, for INCEpTION", "inception"),
        Format("gexf", "networks for Gephi, also over time", "gexf"),
        Format("graphml", "networks for yEd, Cytoscape, igraph", "graphml"),
        Format("csv", "tables for spreadsheets and R", "csv_tables"),
        Format("parquet", "tables with types", "parquet"),
        Format("jsonl", "tables, an object to a line", "jsonl"),
        Format("spacy", "a spaCy DocBin", "spacy_docbin", ".spacy", binary=True),
        Format("script", "the script of a performance", "script", spoken=True),
        Format("ssml", "speech synthesis markup with voices", "ssml", spoken=True),
        Format("ebook2audiobook", "text with ebook2audiobook's voice tags", "ebook2audiobook", spoken=True),
        Format("html", "one page to read, offline", "html_page", ".html"),
    )
}


def format_named(name: str) -> Format:
    """The format called ``name``. Raises OutputError."""
    found = FORMATS.get(name)
    if found is None:
        raise OutputError(f"--to {name}", "is no format of Fabula", f"Choose one of {', '.join(FORMATS)}")
    return found


def render(analysis: Analysis, to: str, request: Request | None = None) -> Files:
    """The files that ``analysis`` makes in the format ``to``, not written anywhere. Raises OutputError."""
    return format_named(to).write(analysis, request or Request(base_name(analysis)))


def base_name(analysis: Analysis, source: str | None = None) -> str:
    """What the files of a reading are called: after its source, else its title, else "story"."""
    return file_stem(Path(source).stem if source else analysis.story.title or "")


def store(files: Files, form: Format, path: str | os.PathLike[str]) -> tuple[Path, ...]:
    """Write what ``form`` made to ``path``, a file or a folder, and return the files written.

    Each file is written whole or not at all, and everything was made before the first is written. A folder is
    made if it is missing; what else lies in it stays. Raises OutputError.
    """
    from fabula.output import output_error, write_atomic

    target = Path(path)
    if form.suffix is not None:
        (content,) = files.contents.values()
        write_atomic(target, [content])
        return (target,)
    written = []
    for name, content in files.contents.items():
        place = target.joinpath(*name.split("/"))
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise output_error(place.parent, error) from None
        write_atomic(place, [content])
        written.append(place)
    return tuple(written)


def as_bytes(contents: Iterable[Content]) -> bytes:
    """Contents one after another, as they stand in files."""
    return b"".join(c.encode() if isinstance(c, str) else c for c in contents)
