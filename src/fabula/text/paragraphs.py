"""Where paragraphs begin and end, in every style a text file comes in.

A blank line always parts paragraphs. Inside a block of lines without a blank one, a line end may be a
paragraph's end (one paragraph a line), nothing (hard-wrapped text), or the former only before an indent. The
widths of the lines over the whole file and in the block at hand decide which, so that a file may mix them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from fabula.text import header_lines as header
from fabula.text import lines as look
from fabula.text.chapter_lines import heading
from fabula.text.letters import salutation
from fabula.text.turns import labelled_lines
from fabula.types import Span

WIDEST_WRAP = 110
"""Longest line, in code points, of hard-wrapped text."""
_SLACK = 10
_TRAILING = 6
"""Lines that may go on with the last key of a header; where more follow, they are the story."""
_HEAD = 1000
"""Code points within which a title may be signed."""
_TERMINAL = re.compile(r"""[.!?…:;—–-][\])}'"’”»›*_]*$|[\]”"»*_~=]$""")
_FULL_STOP = re.compile(r"""[.!?…:—–-][\])}'"’”»›*_]*$|”$|"$""")
_LINE = re.compile(r"[^\n]+")


class Line(NamedTuple):
    """A line that is not blank: its stripped span, its indent in columns, the blank lines before it."""

    start: int
    end: int
    indent: int
    blanks: int

    @property
    def width(self) -> int:
        """Columns, indent included."""
        return self.indent + self.end - self.start


class Wrap(NamedTuple):
    """How a file is wrapped: the column, the least a full line fills, whether an indent opens a paragraph."""

    column: int
    floor: int
    indented: bool


def find_paragraphs(text: str) -> tuple[Span, ...]:
    """Paragraph spans, trimmed, in text order; they cover every character that is not white space."""
    lines = _lines(text)
    blocks = _blocks(lines)
    if _double_spaced(text, blocks, lines):
        blocks = _close_up(blocks)
    column = _wrap_column(text, blocks)
    wrap = Wrap(column, _floor(text, blocks, column), _indent_style(text, blocks)) if column else None
    spans: list[Span] = []
    for block in blocks:
        start = block[0].start
        if len(block) > 1:
            for line in _starts(text, block, wrap):
                spans.append(Span(start, block[line - 1].end))
                start = block[line].start
        spans.append(Span(start, block[-1].end))
    return tuple(spans)


def _lines(text: str) -> list[Line]:
    found: list[Line] = []
    last = 0
    for m in _LINE.finditer(text):
        raw = m.group()
        stripped = raw.lstrip()
        if not stripped:
            continue
        lead = raw[: len(raw) - len(stripped)]
        start = m.start() + len(lead)
        blanks = max(text.count("\n", last, m.start()) - (1 if found else 0), 0)
        last = m.end()
        indent = len(lead.expandtabs(4)) + lead.count("\u3000") if lead else 0
        found.append(Line(start, start + len(stripped.rstrip()), indent, blanks))
    return found


def _blocks(lines: Sequence[Line]) -> list[list[Line]]:
    blocks: list[list[Line]] = []
    for line in lines:
        if line.blanks or not blocks:
            blocks.append([line])
        else:
            blocks[-1].append(line)
    return blocks


def _fill(text: str, line: Line, following: Line) -> int:
    """How wide the line would be with the first word of the following one."""
    word = text[following.start : min(following.end, following.start + 30)].split(None, 1)[0]
    return line.width + 1 + len(word)


def _stops(text: str, line: Line) -> bool:
    """Whether the line ends like a sentence."""
    return _FULL_STOP.search(text, max(line.start, line.end - 8), line.end) is not None


def _wrap_column(text: str, blocks: Sequence[Sequence[Line]]) -> int:
    """The column at which the file is wrapped, or 0 where it is not."""
    widths = sorted(line.width for block in blocks for line in block[:-1] if len(block) > 2)
    if len(widths) < 4:
        return 0
    wrap = widths[int(0.97 * (len(widths) - 1))]
    if not 30 <= wrap <= WIDEST_WRAP:
        return 0
    full = flowing = total = joined = joined_full = 0
    for block in blocks:
        if len(block) < 3:
            continue
        for line, following in pairwise(block):
            total += 1
            filled = _fill(text, line, following) > wrap - _SLACK
            flows = not _TERMINAL.search(text, max(line.start, line.end - 8), line.end)
            runs_on = flows and text[following.start].islower()
            full, flowing, joined = full + filled, flowing + flows, joined + runs_on
            joined_full += runs_on and filled
    short_paragraphs = joined >= 0.25 * total and joined_full >= 0.9 * joined
    return wrap if (full >= 0.55 * total and flowing >= 0.4 * total) or short_paragraphs else 0


def _floor(text: str, blocks: Sequence[Sequence[Line]], column: int) -> int:
    """The least that a full line fills in this file; a line that fills less ends a paragraph.

    Read off the lines that surely run on. Where blank lines part the paragraphs, only a line that is very
    short can be an end without one.
    """
    fills = sorted(
        _fill(text, a, b)
        for block in blocks
        for a, b in pairwise(block)
        if text[b.start].islower() and not _TERMINAL.search(text, max(a.start, a.end - 8), a.end)
        if b.start > _HEAD or not _header_line(text, b)
    )
    floor = min(fills[len(fills) // 100], column + 1) if len(fills) >= 6 else column - _SLACK
    short = sum(
        _stops(text, a) and not text[b.start].islower() and _fill(text, a, b) < floor
        for block in blocks
        for a, b in pairwise(block)
    )
    return min(floor, int(0.6 * column)) if short < 0.3 * len(blocks) else floor


def _self_wrapped(text: str, block: Sequence[Line]) -> int:
    """The column at which this block is wrapped although the file is not, or 0."""
    wrap = max(line.width for line in block)
    if not 40 <= wrap <= WIDEST_WRAP:
        return 0
    pairs = list(pairwise(block))
    if not all(_fill(text, a, b) > wrap - 16 for a, b in pairs):
        return 0
    joined = sum(not _stops(text, a) and text[b.start].islower() for a, b in pairs)
    return wrap if joined >= 0.4 * len(pairs) else 0


def _indent_style(text: str, blocks: Sequence[Sequence[Line]]) -> bool:
    """Whether an indent begins a paragraph in this wrapped file."""
    indented = after_end = 0
    for block in blocks:
        for line, following in pairwise(block):
            if 1 < following.indent <= 12 and following.indent > line.indent:
                indented += 1
                after_end += _stops(text, line)
    return indented >= 3 and after_end >= 0.8 * indented


def _double_spaced(text: str, blocks: Sequence[Sequence[Line]], lines: Sequence[Line]) -> bool:
    """Whether a blank line stands after every line of wrapped text, which is no paragraph break then."""
    if len(lines) < 8 or len(blocks) < 0.95 * len(lines):
        return False
    widths = sorted(line.width for line in lines)
    wrap = widths[int(0.97 * (len(widths) - 1))]
    if not 40 <= wrap <= WIDEST_WRAP:
        return False
    run_on = sum(text[b.start].islower() and not _stops(text, a) for a, b in pairwise(lines))
    return run_on >= 0.4 * len(lines)


def _close_up(blocks: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Blocks of a double-spaced text: more than one blank line parts them."""
    merged: list[list[Line]] = []
    for block in blocks:
        if block[0].blanks > 1 or not merged:
            merged.append(list(block))
        else:
            merged[-1].extend(block)
    return merged


def _starts(text: str, block: Sequence[Line], wrap: Wrap | None) -> list[int]:
    """Indices of lines in the block, the first excepted, that begin a paragraph."""
    if _is_header(text, block):
        last = _last_of_header(text, block)
        if len(block) - last <= _TRAILING:
            return _header_starts(text, block)
        starts = _header_starts(text, block[:last]) + ([last] if last else [])
        return starts + [last + i for i in _text_starts(text, block[last:], wrap)]
    return _text_starts(text, block, wrap)


def _text_starts(text: str, block: Sequence[Line], wrap: Wrap | None) -> list[int]:
    """The same for lines that are no header."""
    widest = max(line.width for line in block)
    too_wide = sum(line.width > WIDEST_WRAP for line in block)
    if wrap is None or too_wide > 0.2 * len(block):
        column = _self_wrapped(text, block)
        if not column:
            return list(range(1, len(block)))
        wrap = Wrap(column, column - _SLACK, False)
    base = min(line.indent for line in block)
    narrow = widest < 0.75 * wrap.column
    alone = _structural(text, block[0])
    named = labelled_lines(text, [(x.start, x.end) for x in block]) if len(block) > 2 else frozenset()
    starts = []
    for i in range(1, len(block)):
        line, following = block[i - 1], block[i]
        lower = text[following.start].islower()
        stopped = _stops(text, line)
        full = _fill(text, line, following) >= wrap.floor
        own = (alone or stopped or not full) and not (lower and not alone) and _structural(text, following)
        deeper = 1 < following.indent - (base if wrap.indented else line.indent) <= 12
        short = stopped and not full and (not narrow or _answers(text, line, following))
        if (
            own
            or i in named
            or (not lower and (alone or short or (deeper and (wrap.indented or (stopped and not narrow)))))
        ):
            starts.append(i)
        alone = own
    return starts


def _structural(text: str, line: Line) -> bool:
    """Whether the line, found between lines of a paragraph, is no part of it."""
    if line.end - line.start > look.LONGEST_LINE:
        return False
    part = text[line.start : line.end]
    found = heading(part)
    if (found is not None and found.sure) or look.scene_break(part) or header.note_closing(part):
        return True
    if header.note_opening(part) is not None or salutation(part):
        return True
    if part[0] in "Tt([*~-_<" and look.end_mark(part):
        return True
    pair = header.key_value(part)
    return pair is not None and pair.kind is not None and pair.key[0].isupper()


def _last_of_header(text: str, block: Sequence[Line]) -> int:
    """Index of the last line that says what it is, before the story follows without a blank line."""
    last = 0
    for i, line in enumerate(block):
        if i - last > _TRAILING:
            break
        if _structural(text, line) or _header_line(text, line):
            last = i
    return last


def _header_starts(text: str, block: Sequence[Line]) -> list[int]:
    """Lines that begin a paragraph among header lines: each key, and what stands alone."""
    starts = []
    alone = False
    for i, line in enumerate(block):
        own = _structural(text, line) and not _header_line(text, line)
        if i and (own or alone or _header_line(text, line)):
            starts.append(i)
        alone = own
    return starts


def _answers(text: str, line: Line, following: Line) -> bool:
    """Whether one line of talk follows another."""
    return text[line.end - 1] in "”\"’'»" and text[following.start] in "“\"‘'«—-"


def _is_header(text: str, block: Sequence[Line]) -> bool:
    """Whether the block holds header lines (``Rating: PG``) and no running text but theirs."""
    first = header.key_value(text[block[0].start : min(block[0].end, block[0].start + look.LONGEST_LINE)])
    if first is not None and first.kind is not None and first.key.lower() not in header.COMMON_KEYS:
        return True
    return sum(_header_line(text, line) for line in block[:12]) >= 2


def _header_line(text: str, line: Line) -> bool:
    part = text[line.start : min(line.end, line.start + look.LONGEST_LINE)]
    pair = header.key_value(part)
    if pair is not None and pair.kind is not None and not part[0].islower():
        return True
    return header.byline(part) is not None and line.end - line.start < 60 and part[0] in "bBwWAa"
