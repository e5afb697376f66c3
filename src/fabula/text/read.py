"""The entry points of the text layer: each makes a complete Story."""

from __future__ import annotations

import hashlib
import re
import stat
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from fabula.errors import InputError
from fabula.text.declared import Declared
from fabula.text.decode import MAX_BYTES, unify_line_ends
from fabula.text.formats.canonical import Canonical, canonical
from fabula.text.formats.document import Document, UnreadableError
from fabula.text.formats.facts import Facts, cast_hints
from fabula.text.formats.opening import open_document
from fabula.text.formats.plain import written_marks
from fabula.text.language import detect_language
from fabula.text.paragraphs import find_paragraphs
from fabula.text.paratext import Known, find_paratext
from fabula.text.run_together import part_turns
from fabula.text.sentences import split_sentences
from fabula.text.sheet import find_sheet, part
from fabula.text.small_letters import begun, in_small_letters
from fabula.text.tokens import tokenize
from fabula.types import STORY_KINDS, Mark, QuoteSpan, Segment, Span, Story

_SURROGATE = re.compile("[\ud800-\udfff]")
_LANGUAGE_SAMPLE = 200_000


def read_file(path: str | Path) -> Story:
    """Read a story from a file of any kind that is known, or from a folder of chapters.

    Raises InputError where there is no such file, it is a device, may not be read, is damaged, encrypted or
    hostile, or holds no text.
    """
    path = Path(path)
    name = str(path)
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            return _read_folder(path, name)
        if not stat.S_ISREG(status.st_mode):
            raise InputError(name, "this is no regular file", "Give a file, or - to read standard input")
        if status.st_size > MAX_BYTES:
            raise InputError(name, f"the file is larger than {MAX_BYTES >> 20} MiB", "Split it into stories")
        data = path.read_bytes()
    except FileNotFoundError:
        raise InputError(name, "there is no such file", "Check the path") from None
    except PermissionError:
        raise InputError(name, "you have no permission to read it", "Check its permissions") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(name, f"it cannot be read ({reason})", "Check the path and the disk") from None
    return read_bytes(data, name)


def read_bytes(data: bytes, name: str) -> Story:
    """Read a story from the bytes of a file, its kind told by them; ``name`` stands for the file in errors.

    Raises InputError where the bytes are no story (see ``formats.opening``).
    """
    found = open_document(data, name)
    return read_text(found, name=name) if isinstance(found, str) else read_document(found, name=name)


def _read_folder(path: Path, name: str) -> Story:
    from fabula.text.formats.chapters import folder_document

    try:
        return read_document(folder_document(path, name), name=name)
    except UnreadableError as error:
        raise InputError(name, error.problem, error.remedy) from None


def read_text(text: str, *, name: str = "text") -> Story:
    """Read a story that is already decoded. Any string will do, the empty one too.

    A byte-order mark is dropped, line ends become ``\\n``, and lone surrogates U+FFFD, one for one, so that
    the text can be written as UTF-8. ``name`` stands for the file in errors.
    """
    text = _SURROGATE.sub("\ufffd", unify_line_ends(text.removeprefix("\ufeff")))
    paragraphs = find_paragraphs(text)
    sheet = find_sheet(text)
    known: tuple[Known, ...] = ()
    told = Declared()
    if sheet is not None:
        paragraphs, known = part(text, paragraphs, sheet)
        told = sheet.declared()
    return _story(Canonical(text, paragraphs, known, _written_marks(text, paragraphs)), told, "text")


def read_document(document: Document, *, name: str = "document") -> Story:
    """Read a story from a file that has been taken apart. Raises InputError where it holds no letters."""
    laid_out = canonical(document)
    if not any(map(str.isalpha, laid_out.text)):
        raise InputError(name, "there are no letters in it", "Give a file that holds a story")
    told = Declared(document.title, document.author, document.language, document.metadata)
    story = _story(laid_out, told, document.format, document.archive)
    # The rules for plain text keep a header line under the name that it has there.
    facts = Facts()
    facts.update(story.metadata)
    story = replace(story, metadata=facts.done(), hints=cast_hints(facts.done()))
    return story if story.title or not document.named else replace(story, title=document.named)


def _written_marks(text: str, paragraphs: Sequence[Span]) -> tuple[Mark, ...]:
    return tuple(
        Mark(m.start + p.start, m.end + p.start, m.kind)
        for p in paragraphs
        for m in written_marks(text[p.start : p.end])
    )


def _story(laid_out: Canonical, told: Declared, kind: str, archive: str | None = None) -> Story:
    """The surface structure of a canonical text."""
    text, paragraphs = laid_out.text, tuple(laid_out.paragraphs)
    paratext = find_paratext(text, paragraphs, laid_out.known, told)
    read = with_capitals(text, paragraphs, paratext.segments)
    quotes = _quotes(replace(laid_out, text=read), paratext.segments)
    paragraphs = part_turns(read, paragraphs, quotes)
    tokens = tokenize(read)
    sentences, sentence_tokens = split_sentences(read, paragraphs, tokens)
    return Story(
        text=text,
        id=hashlib.sha256(text.encode()).hexdigest(),
        segments=paratext.segments,
        paragraphs=paragraphs,
        sentences=sentences,
        tokens=tokens,
        sentence_tokens=sentence_tokens,
        quotes=quotes,
        title=paratext.title,
        author=paratext.author,
        language=detect_language(_told(text, paratext.segments)),
        declared_language=paratext.declared_language,
        format=kind,
        metadata=paratext.metadata,
        archive=archive or paratext.archive,
        hints=cast_hints(paratext.metadata),
        marks=laid_out.marks,
    )


def with_capitals(text: str, paragraphs: Sequence[Span], segments: Sequence[Segment]) -> str:
    """The text as it is to be read: itself, or one in small letters with capitals where sentences begin."""
    told = [Span(s.start, s.end) for s in segments if s.kind in STORY_KINDS]
    return begun(text, paragraphs) if in_small_letters(text, told) else text


def _told(text: str, segments: Sequence[Segment]) -> str:
    """A sample of the story itself, from its whole length, without the paratext."""
    parts = [s for s in segments if s.kind in STORY_KINDS]
    share = _LANGUAGE_SAMPLE // max(len(parts), 1) + 200
    return "\n".join(text[s.start : min(s.end, s.start + share)] for s in parts)


def _quotes(laid_out: Canonical, segments: Sequence[Segment]) -> tuple[QuoteSpan, ...]:
    from fabula.text.quotes import find_quotes

    return find_quotes(laid_out.text, laid_out.paragraphs, segments, laid_out.marks)
