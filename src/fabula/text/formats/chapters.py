"""A folder or a zip archive of chapters: each file read by its own kind, in natural order."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from fabula.errors import InputError
from fabula.text.chapter_lines import heading
from fabula.text.formats import limits
from fabula.text.formats.container import Archive
from fabula.text.formats.document import Block, Document, UnreadableError
from fabula.text.formats.facts import Facts
from fabula.text.formats.front import heading_label
from fabula.text.formats.plain import text_blocks
from fabula.text.words import words

_NUMBER = re.compile(r"(\d+)")
_LEADING = re.compile(r"^(?:\d{1,4}|[Cc]h(?:apter|ap)?[\s._-]*\d{1,4})[\s._-]+(?=\S)")
_NOT_CHAPTERS = words(
    "jpg jpeg png gif webp svg bmp tif tiff ico css js json xml opf ncx ttf otf woff woff2 mp3 mp4 "
    "m4a wav pdf mobi azw azw3 py log ini db url lnk exe dll"
)
_ASIDE = re.compile(r"(?:^|/)(?:\.|__MACOSX/|desktop\.ini$|thumbs\.db$)", re.IGNORECASE)
_READ_ME = re.compile(r"(?:read ?me|licen[cs]e)(?:\.\w+)?", re.IGNORECASE)


def natural(name: str) -> tuple[tuple[tuple[int, int, str], ...], str]:
    """The key by which names are sorted as people do: "chapter 2" before "chapter 10"."""
    parts = tuple(
        (0, int(part[:18]), "") if part.isdecimal() and part.isascii() else (1, 0, part.casefold())
        for part in _NUMBER.split(name)
        if part
    )
    return parts, name


def zip_document(archive: Archive, name: str) -> Document:
    """The Document of a zip of chapters; of one that holds a single story, that story's."""
    for entry in archive.names:
        parts = entry.split("/")
        if entry.startswith("/") or ".." in parts or re.match(r"[A-Za-z]:", entry):
            raise UnreadableError(
                f"its entry {entry[:80]!r} leads out of the archive", "Check where it comes from"
            )
    facts = Facts()
    chosen = _chosen(archive.names, facts)
    return _joined(((entry, lambda entry=entry: archive.read(entry)) for entry in chosen), name, "zip", facts)  # type: ignore[misc]


def folder_document(folder: Path, name: str) -> Document:
    """The Document of a folder of chapters. Links that lead out of it are not followed.

    Raises InputError where the folder cannot be read, UnreadableError where it holds no chapters.
    """
    facts = Facts()
    found: list[str] = []
    try:
        root = folder.resolve()
        for where, folders, files in os.walk(root):
            here = Path(where).relative_to(root)
            folders[:] = sorted(f for f in folders if not f.startswith("."))
            if len(here.parts) >= limits.FOLDER_DEPTH:
                folders.clear()
            for file in files:
                path = Path(where, file)
                if path.is_file() and path.resolve().is_relative_to(root):
                    found.append((here / file).as_posix())
                elif not file.startswith("."):
                    facts.add("Left out", f"{(here / file).as_posix()} (no file of this folder)")
            if len(found) > limits.CHAPTERS:
                raise UnreadableError(
                    f"there are more than {limits.CHAPTERS:,} files in it", "Give the folder of one story"
                )
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(name, f"the folder cannot be read ({reason})", "Check the path") from None
    size = 0

    def content(entry: str) -> bytes:
        nonlocal size
        path = root / entry
        try:
            size += path.stat().st_size
            if size > limits.BOOK_BYTES:
                raise limits.too_large("the folder", limits.BOOK_BYTES)
            return path.read_bytes()
        except OSError as error:
            raise InputError(
                str(folder / entry), f"it cannot be read ({error.strerror})", "Check it"
            ) from None

    chosen = _chosen(found, facts)
    return _joined(((entry, lambda entry=entry: content(entry)) for entry in chosen), name, "folder", facts)  # type: ignore[misc]


def _chosen(names: Iterable[str], facts: Facts) -> list[str]:
    """The names that may be chapters, in natural order; what is left out by its kind is told."""
    chosen: list[str] = []
    for name in names:
        path = PurePosixPath(name)
        if _ASIDE.search(name):
            continue
        if path.suffix[1:].lower() in _NOT_CHAPTERS or _READ_ME.fullmatch(path.name):
            facts.add("Left out", name)
        else:
            chosen.append(name)
    if len(chosen) > limits.CHAPTERS:
        raise UnreadableError(f"there are more than {limits.CHAPTERS:,} files in it", "Give one story")
    return sorted(chosen, key=natural)


def _joined(
    entries: Iterable[tuple[str, Callable[[], bytes]]], name: str, kind: str, facts: Facts
) -> Document:
    """The Documents of all files one after another, each under a heading."""
    from fabula.text.formats.opening import document_of

    read: list[tuple[str, Document]] = []
    refused: set[tuple[str, str]] = set()
    for entry, content in entries:
        try:
            found = document_of(content(), f"{name}: {entry}", nested=True)
        except (InputError, UnreadableError) as error:
            facts.add("Left out", f"{entry} ({error.problem})")
            refused.add((error.problem, error.remedy))
            continue
        if isinstance(found, str):
            found = Document("text", tuple(text_blocks(found)))
        read.append((entry, found))
    if not read:
        if len(refused) == 1:
            raise UnreadableError(*refused.pop())
        left = "; ".join(facts.all("Left out")[:3])
        raise UnreadableError(
            "there is no chapter in it that can be read" + (f" ({left[:200]})" if left else ""),
            "Give a folder or zip of text, HTML, EPUB, Markdown, DOCX, ODT or RTF files",
        )
    if len(read) == 1:
        document = read[0][1]
        facts.update(document.metadata)
        return replace(document, metadata=facts.done())
    title = _common_title([document for _, document in read])
    blocks: list[Block] = []
    for number, (entry, document) in enumerate(read):
        if title is None or document.title != title:
            document = _untitled(document)
        blocks += _chapter(entry, document, number)
        facts.update(document.metadata)
    authors = list(dict.fromkeys(document.author for _, document in read if document.author))
    archives = {document.archive for _, document in read}
    return Document(
        format=kind,
        blocks=tuple(blocks),
        title=title,
        author=", ".join(authors) or None,
        language=next((d.language for _, d in read if d.language), None),
        metadata=facts.done(),
        archive=archives.pop() if len(archives) == 1 else None,
    )


def _common_title(documents: Sequence[Document]) -> str | None:
    """The title that several files of a story give; what one gives alone is the name of its chapter."""
    counts = Counter(document.title for document in documents if document.title)
    titles = [title for title, count in counts.items() if count > 1]
    return titles[0] if len(titles) == 1 else None


def _untitled(document: Document) -> Document:
    """The Document of a chapter whose title is not the story's: a heading."""
    blocks = tuple(
        block.told("heading", heading_label(block.text), block.group) if block.role == "title" else block
        for block in document.blocks
    )
    metadata = {key: values for key, values in document.metadata.items() if key != "Title"}
    return replace(document, blocks=blocks, metadata=metadata)


def _chapter(entry: str, document: Document, number: int) -> list[Block]:
    """A file's blocks with groups of their own, under its own heading or, where it has none, its name."""
    blocks = [
        replace(block, group=block.group + (number + 1) * 10_000_000 if block.group else 0)
        for block in document.blocks
        if block.text.strip()
    ]
    if not blocks:
        return []
    first = blocks[0].text.split("\n", 1)[0]
    found = heading(first)
    headed = any(block.role in ("heading", "title") for block in blocks[:4])
    blocks[0] = replace(blocks[0], close=False, gap=max(blocks[0].gap, 1 if number else 0))
    if headed or (found is not None and len(first) < 120):
        return blocks
    stem = PurePosixPath(entry).stem
    label = " ".join(_LEADING.sub("", stem).replace("_", " ").split()) or stem
    if not label.isdecimal() and not any(map(str.isalpha, label)):
        return blocks
    label = f"Chapter {int(label)}" if label.isdecimal() and len(label) < 5 else label
    return [Block(label, "heading", label, gap=1 if number else 0), *blocks]
