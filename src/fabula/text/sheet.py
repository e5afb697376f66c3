"""The sheet of facts at the head of a text that a downloading tool made, whatever its template has become.

Users rename labels, change their order, the sign between label and value, and the words around. So lines are
scored: a run of short labels with one sign behind each, whose values look like what tools tell (addresses,
dates, figures) and some of whose labels can be guessed. Where that is not certain there is no sheet, and the
text is read like any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fabula.text import header_lines as header
from fabula.text.archive_lines import archive_of
from fabula.text.declared import Declared, Declaring
from fabula.text.lines import bare, plain
from fabula.text.paratext import Known
from fabula.types import SegmentKind, Span

_HEAD = 8000
_LEAST = 4
_WRAPPED = 60
_GAP = 3
"""Lines without a sign that may stand in a run: a long value goes on."""
_ABOVE = 6
_LABEL = r"(?P<label>[A-Za-z][\w'’/&(). -]{0,30}?[?)]?)"
_SIGNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"[\W_]{{0,4}}[\[({{<]\s*{_LABEL}\s*[\])}}>]\s*[:=]?\s+(?P<value>(?=.*\w)\S.*)",
        *(
            rf"[\W_]{{0,4}}?{_LABEL}[*_]{{0,2}}\s*{sign}[*_]{{0,2}}\s*(?P<value>(?=.*\w)\S.*)"
            for sign in (":+", "=+>?", "-+>", "→", "»", r"\|", r"(?:\s-+|[–—])\s", r"\.{2,}", "~")
        ),
    )
)
_KNOWN = re.compile(
    r"\b(?:words?|wordz|word ?count|fandoms?|universe|ships?|pairings?|couples?|relationships?|characters?"
    r"|cast|rat(?:ed|ing)|genres?|status|finished|complete[d]?|summary|blurb|description|lang(?:uage)?|published"
    r"|posted|updated|url|link|source|site|authors?|writer|title|fic|story|chapters?|saved|packaged|downloaded|warnings?"
    r"|tags?|series|publisher|category)\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://\S+|www\.\S+\.\w")
_DATE = re.compile(r"\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{2,4}")
_FIGURE = re.compile(r"[\d][\d.,/ ]*[KkMm]?")
_TITLE = re.compile(r"(?:story |fic |work )?title|story|fic|work", re.IGNORECASE)
_AUTHOR = re.compile(r"authors?|author\(s\)|by|(?:written|posted) by|writer|creator|pen ?name", re.IGNORECASE)
_SUMMARY = re.compile(r"(?:\w+ )?(?:summary|blurb|description|synopsis)", re.IGNORECASE)
_NO_LABEL = re.compile(
    r"(?:chapter|part|book|act)\s+[\divxlc]+|prologue|epilogue|interlude|(?:.*\s)?https?", re.IGNORECASE
)
"""No labels: "Chapter 1: Ebb" is a heading, "https:" begins an address."""
_CONTENTS = re.compile(r"\W*(?:(?:table of )?contents|chapters|index)\W*", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:chapter )?\d{1,4}\s*[.):-]?\s+", re.IGNORECASE)
_PRESENTS = re.compile(r"(?P<name>\S.{0,40}?) presents\W*", re.IGNORECASE)
_HEADING = re.compile(
    r"\n[ \t]*\n[ \t]*(?P<line>#{1,6}[ \t]+(?P<name>[^\s#][^\n]{0,100}?)(?:[ \t]*#+)?)[ \t]*(?=\n[ \t]*\n)"
)
_FRAMED = re.compile(r"(?:<+|\[+|=+|~+|-{2,})\s*(?:[^\s.!?]+\s*){1,4}(?:>+|\]+|=+|~+|-{2,})")
_OVER = re.compile(
    r"(?:the )?(?:end|end of (?:(?:the|this) )?(?:file|download|story|text)|finis|fin|eof"
    r"|that[’']?s all(?:,? folks)?)\W*",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"(?P<title>\S.{0,90}?)(?:,\s+(?:written |a (?:story|fic) )?|\s+(?:written|a (?:story|fic)) )by:?\s+"
    r"(?P<author>[^.!?,;]{2,50})",
    re.IGNORECASE,
)
"""Title and author on one line; "Stand by Me" is a title."""
_PROSE = re.compile(r"\S{2,}[.!?…][”\"’']?\s+\S+ \S+ \S|[”\"]\s+\S")
"""More than one sentence, or talk."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the head or the end of the file, and what it is."""

    span: Span
    kind: SegmentKind
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a sheet says: ``entries`` in text order, one a line; ``facts`` by the file's own labels."""

    entries: tuple[Entry, ...]
    facts: tuple[tuple[str, str], ...]
    title: str | None
    author: str | None

    def declared(self) -> Declared:
        """What the sheet declares."""
        told = Declaring(Declared(self.title, self.author))
        for label, value in self.facts:
            told.add(label, value)
        return Declared(told.title, told.author, told.language, told.metadata())


@dataclass(frozen=True, slots=True)
class _Line:
    span: Span
    text: str


def find_sheet(text: str) -> Sheet | None:
    """The sheet of facts at the head of ``text``; None where none is certain, or plain rules read it all."""
    if archive_of(text) == "gutenberg":
        return None
    lines = _lines(text[:_HEAD])
    best: list[tuple[int, str, str]] = []
    for sign in _SIGNS:
        found = _run(lines, sign)
        if len(found) > len(best):
            best = found
    if not _certain(best) or not _heads(lines, best):
        return None
    if not _plain_enough(lines, best):
        return _sheet(text, lines, best)
    headings = tuple(_marked(text, lines[best[-1][0]].span.end))
    return Sheet(headings, (), None, None) if headings else None


def made_by_tool(text: str) -> bool:
    """Whether a text begins with a sheet of facts, be it one that the rules for plain text know."""
    text = text[:_HEAD].replace("\r\n", "\n")
    if text.startswith("---"):
        return False
    lines = _lines(text)
    runs = [_run(lines, sign) for sign in _SIGNS]
    return any(_certain(run) and _heads(lines, run) for run in runs)


def part(text: str, paragraphs: Sequence[Span], sheet: Sheet) -> tuple[tuple[Span, ...], tuple[Known, ...]]:
    """The paragraphs with each line of the sheet one of its own, and what is known of each."""
    found: list[tuple[int, int, Known]] = []
    groups: dict[SegmentKind, int] = {}
    at = 0
    for span in paragraphs:
        start = span.start
        while at < len(sheet.entries) and sheet.entries[at].span.start < span.end:
            entry = sheet.entries[at]
            at += 1
            found.append((start, entry.span.start, Known()))
            alone = entry.kind in ("heading", "title", "byline")
            group = at if alone else groups.setdefault(entry.kind, at)
            found.append(
                (entry.span.start, entry.span.end, Known(entry.kind, entry.label, group, fixed=True))
            )
            start = entry.span.end
        found.append((start, span.end, Known()))
    spans, known = [], []
    for start, end, what in found:
        words = text[start:end]
        if words.strip():
            spans.append(Span(start + len(words) - len(words.lstrip()), start + len(words.rstrip())))
            known.append(what)
    return tuple(spans), tuple(known)


def _lines(text: str) -> list[_Line]:
    found = []
    at = 0
    for line in text.split("\n"):
        words = line.strip()
        if words:
            start = at + len(line) - len(line.lstrip())
            found.append(_Line(Span(start, start + len(words)), words))
        at += len(line) + 1
    return found


def _run(lines: Sequence[_Line], sign: re.Pattern[str]) -> list[tuple[int, str, str]]:
    """The longest run of lines with this sign: index, label, value."""
    best: list[tuple[int, str, str]] = []
    run: list[tuple[int, str, str]] = []
    for i, line in enumerate(lines):
        m = sign.fullmatch(line.text) if len(line.text) < 1500 else None
        if m is not None and len(m["label"].split()) <= 4 and not _NO_LABEL.fullmatch(m["label"].strip()):
            if run and i - run[-1][0] > _GAP:
                run = []
            run.append((i, " ".join(m["label"].split()).strip(" ."), m["value"].strip(" *_")))
            best = run if len(run) > len(best) else best
    while best and not _tells(best[-1][1], best[-1][2]):
        best.pop()
    return best


def _tells(label: str, value: str) -> bool:
    """Whether a line is one of a sheet by itself: the story's first line may have the sign in it, too."""
    named = _TITLE.fullmatch(label) or _AUTHOR.fullmatch(label)
    return any(
        (named, _KNOWN.search(label), _ADDRESS.search(value), _DATE.search(value), _FIGURE.fullmatch(value))
    )


def _certain(run: Sequence[tuple[int, str, str]]) -> bool:
    labels = {label.casefold() for _, label, _ in run}
    known = sum(_KNOWN.search(label) is not None for label in labels)
    told = [value for _, _, value in run if _ADDRESS.search(value) or _DATE.search(value)]
    figures = sum(_FIGURE.fullmatch(value) is not None for _, _, value in run)
    return (
        len(labels) == len(run) >= _LEAST
        and bool(told)
        and known >= 3
        and known + len(told) + figures >= 0.5 * len(run)
    )


def _heads(lines: Sequence[_Line], run: Sequence[tuple[int, str, str]]) -> bool:
    """Whether nothing but short lines stands above: a sheet inside a story is part of it."""
    above = lines[: run[0][0]]
    return len(above) <= _ABOVE and all(
        len(line.text) <= 110 and not _PROSE.search(line.text) for line in above
    )


def _plain_enough(lines: Sequence[_Line], run: Sequence[tuple[int, str, str]]) -> bool:
    """Whether the rules for plain text know the labels as what they are, and what may stand above them."""
    if any(_PRESENTS.fullmatch(line.text) for line in lines[: run[0][0]]):
        return False
    for i, label, _ in run:
        pair = header.key_value(lines[i].text)
        kind = None if pair is None else pair.kind
        if kind is None or (kind != "title" and _TITLE.fullmatch(label)):
            return False
    return True


def _sheet(text: str, lines: Sequence[_Line], run: Sequence[tuple[int, str, str]]) -> Sheet:
    title = next((bare(v) for _, label, v in run if _TITLE.fullmatch(label)), None)
    author = next((v for _, label, v in run if _AUTHOR.fullmatch(label)), None)
    entries: list[Entry] = []
    first, last = run[0][0], run[-1][0]
    for i in range(first):
        line = lines[i].text
        pair = header.key_value(line)
        name = header.byline(line) or ((m := _PRESENTS.fullmatch(line)) and m["name"]) or None
        if pair is not None and pair.kind == "byline":
            name = pair.value
        signed = _SIGNED.fullmatch(bare(line))
        if name:
            author = author or name
            entries.append(Entry(lines[i].span, "byline"))
        elif pair is not None and pair.kind == "title" and title is None:
            title = bare(pair.value)
            entries.append(Entry(lines[i].span, "title"))
        elif not bare(line):
            entries.append(Entry(lines[i].span, "boilerplate"))
        elif signed is not None and title is None:
            title, author = signed["title"], author or signed["author"]
            entries.append(Entry(lines[i].span, "title"))
        elif title is None and len(line) <= 110:
            title = bare(line) or line
            entries.append(Entry(lines[i].span, "title"))
        else:
            entries.append(Entry(lines[i].span, "boilerplate"))
    labels = {i: label for i, label, _ in run}
    facts: list[tuple[str, str]] = []
    values = {i: value for i, _, value in run}
    kind, label = "tags", run[0][1]
    for i in range(first, last + 1):
        if i in labels:
            label = labels[i]
            kind = _kind(label)
            facts.append((label, values[i]))
        else:
            facts[-1] = (label, f"{facts[-1][1]} {lines[i].text}")
        entries.append(Entry(lines[i].span, kind, label))  # type: ignore[arg-type]
    while last + 1 < len(lines) and _goes_on(text, lines[last], lines[last + 1]):
        last += 1
        entries.append(Entry(lines[last].span, kind, label))  # type: ignore[arg-type]
        facts[-1] = (label, f"{facts[-1][1]} {lines[last].text}")
    entries += _chapters(text, lines, last + 1)
    entries += _marked(text, entries[-1].span.end)
    end = _end(text)
    return Sheet(
        (*entries, *([end] if end and end.span.start > entries[-1].span.end else [])),
        tuple(facts),
        title,
        author,
    )


def _goes_on(text: str, line: _Line, below: _Line) -> bool:
    """Whether a long line was wrapped: the one below it is part of the same value."""
    between = text[line.span.end : below.span.start]
    return len(line.text) >= _WRAPPED and between.count("\n") == 1 and not _NUMBERED.match(below.text)


def _kind(label: str) -> SegmentKind:
    if _TITLE.fullmatch(label):
        return "title"
    if _AUTHOR.fullmatch(label):
        return "byline"
    return "summary" if _SUMMARY.fullmatch(label) else "tags"


def _name(line: str) -> str:
    """A line of a list of chapters, or a heading, as the two are compared: only one may have a number."""
    name = bare(line).casefold()
    return _NUMBERED.sub("", name) or name


def _chapters(text: str, lines: Sequence[_Line], i: int) -> list[Entry]:
    """The list of chapters under a sheet: lines that stand again, alone, further down, as headings."""
    titled = i < len(lines) and _CONTENTS.fullmatch(lines[i].text) is not None
    rest = _lines(text[lines[i].span.start :]) if i < len(lines) else []
    shift = lines[i].span.start if rest else 0
    again: dict[str, list[int]] = {}
    for k, line in enumerate(rest):
        if len(line.text) <= 120:
            again.setdefault(_name(line.text), []).append(k)
    listed: list[str] = []
    k = int(titled)
    while (
        k < len(rest) and len(again.get(_name(rest[k].text), ())) == 2 and again[_name(rest[k].text)][0] == k
    ):
        listed.append(_name(rest[k].text))
        k += 1
    if len(listed) < 2 or any(again[name][1] < k for name in listed):
        return []

    def moved(line: _Line) -> Span:
        return Span(line.span.start + shift, line.span.end + shift)

    found = [Entry(moved(line), "boilerplate", "Contents") for line in rest[:k]]
    heads = [rest[again[name][1]] for name in listed]
    return found + [
        Entry(moved(line), "heading", plain(line.text)) for line in sorted(heads, key=lambda h: h.span.start)
    ]


def _marked(text: str, start: int) -> Iterator[Entry]:
    """Headings of the chapters' own pages, as the tools write them: ``## Ebb``."""
    for m in _HEADING.finditer(text, start):
        yield Entry(Span(m.start("line"), m.end("line")), "heading", plain(m["name"]) or m["name"])


def _end(text: str) -> Entry | None:
    """The last line, where it says that the file is over or is set apart like that."""
    start = len(text.rstrip()) - len(text.rstrip().rpartition("\n")[2])
    line = text[start:].strip()
    if 0 < len(line) <= 50 and (_OVER.fullmatch(bare(line)) or _FRAMED.fullmatch(line)):
        start += len(text[start:]) - len(text[start:].lstrip())
        return Entry(Span(start, start + len(line)), "end", plain(line) or line)
    return None
