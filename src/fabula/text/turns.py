"""Lines that a name heads: "ANTHONY: Seven.", "**Sam** (10:16): well?", "<kit> here", "HAMLET. So."

Plays and scripts are printed so, messages on a screen, interviews and minutes; the label may stand in a line
of its own ("IMRE", "Junior, 08:05"). Such a line is known by the lines around it: at least three, of two
people or more, one of whom speaks again. A list ("Lunch: soup") does not come back to its first label, and
what a header or a letter says of itself ("Subject: …") is left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from typing import Literal

from fabula.text import header_lines as header
from fabula.text.lines import is_date
from fabula.text.quote_runs import EDGE, Piece
from fabula.text.words import words
from fabula.types import Span

GAP = 6
"""Paragraphs without a label, at most, between two lines of one run."""
FEWEST, PLAY = 3, 4
"""Lines of a run; of one whose labels are no more than capitals ("HAMLET. So", or "HAMLET" by itself)."""
CLOSE = {"capitals": 2.7, "time": 3.5}
"""Mean paragraphs from one label by itself to the next, at most: chapters with tellers are longer."""
HEAD = 140
"""Code points at the head of a line in which its label ends."""
LABEL_WORDS = 4
BEFORE = 3
"""Paragraphs before a run that may say that it is read on a screen."""
_TIME = r"[\[(]?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?[ap]\.?m\b\.?)?[\])]?"
_WORD = r"[^\W\d_][\w’'.-]*"
_LABELLED = re.compile(
    rf"(?:{_TIME}\s*[–—|-]?\s*)?[*_]{{0,3}}(?:{_TIME}\s*[–—|-]?\s*)?[*_]{{0,3}}"
    rf"(?P<name>@?{_WORD}(?: (?:{_WORD}|\d{{1,2}})){{0,{LABEL_WORDS - 1}}})"
    rf"[*_]{{0,3}}\s?(?P<aside>[(\[][^)\]\n]{{1,50}}[)\]])?\s?[*_]{{0,3}}:[*_]{{0,3}}(?=[\s(\[*_“\"‘'])"
)
_NICK = re.compile(rf"(?:{_TIME}\s*)?<(?P<name>[@+%]?[\w.-]{{1,24}})>(?P<aside>)\s")
_PLAYED = re.compile(
    r"_?(?P<name>[A-Z][A-Z’'-]+(?: [A-Z][A-Z’'-]+){0,3})(?P<aside>)\._?\s+(?=[(\[_“\"]*[A-Z’])"
)
_ALONE = re.compile(
    r"[*_]{0,3}(?P<name>[A-Z][A-Z’'.-]+(?: (?:[A-Z][A-Z’'.-]*|\d{1,2})){0,3})"
    r"(?P<aside>(?: ?[(\[][^)\]\n]{1,30}[)\]])?)[*_]{0,3}"
)
_SIGNED = re.compile(
    rf"[*_]{{0,3}}(?:{_TIME}\s*[–—|-]?\s*(?P<name>@?{_WORD}(?: {_WORD}){{0,2}})"
    rf"|(?P<name2>@?{_WORD}(?: {_WORD}){{0,2}})[*_]{{0,3}}(?P<aside>),?\s*[–—|-]?\s*[(\[]?{_TIME}[)\]]?)"
    r":?[*_]{0,3}"
)
_STAMP = re.compile(_TIME)
_ROW = re.compile(r"[^\n]*[^\s][^\n]*")
_ASIDE = re.compile(r"[*_]*[(\[][^)\]\n]{1,120}[)\]][*_.]*")
_DIRECTION = re.compile(r"\s*(?:[*_]*[(\[][^)\]]{0,300}[)\]][*_.]*\s*)*")
_OPENED = tuple('“"‘«„')
_SMALL = words("the of de van von la le du da di st and & mr mrs ms dr miss sir lady lord first second third")
_NO_LABELS = words(
    "note notes ps p.s nb n.b re to from subject date time day place location venue setting scene act cast",
    "characters chapter part book volume step rule item example figure table page line lines question",
    "answer q a name age sex height weight address tel phone email occupation status total sum result",
    "results ingredients method warning warnings summary rating title author pairing fandom disclaimer",
    "genre words today yesterday tomorrow tonight morning afternoon evening night noon midnight breakfast",
    "lunch dinner supper monday tuesday wednesday thursday friday saturday sunday january february march",
    "april june july august september october november december first second third fourth fifth last",
    "firstly secondly thirdly fourthly fifthly lastly finally also but and so or then thus therefore however",
    "because conclusion lesson moral fact problem solution reason pro pros con cons verdict score present",
    "absent apologies minutes agenda motion attending in out up down north south east west left right inside",
    "outside yes no well now here there still again once more enter exit exeunt curtain int ext fade cut",
)
_ASKED = {"q": "a", "a": "q", "question": "answer", "answer": "question"}
"""Labels of what is asked and answered, to each the other."""
_SCREEN = re.compile(
    r"\b(?:text(?:s|ed|ing)?|messages?|messaged|chat|group|phone|screen|typed?|typing|pinged|thread|inbox"
    r"|e-?mails?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Turn:
    """One line of talk: its label's name and its words, as code points. ``written``: a message.

    ``piece``: index of the piece in which the label stands.
    """

    piece: int
    label: Span
    start: int
    end: int
    written: bool


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that may head a turn. ``key``: its label, folded. ``form``: how label and words are parted.

    ``start``: where the words begin, -1 where the label stands alone.
    """

    piece: int
    name: Span
    key: str
    shown: str
    form: Literal[":", ".", "capitals", "time"]
    stamped: bool
    start: int


def find_turns(text: str, pieces: Sequence[Piece]) -> tuple[Turn, ...]:
    """The lines of talk of a story, in order. Linear in the number of pieces; never raises."""
    runs = _runs(_headed(text, pieces), pieces)
    known = {(line.key, line.form) for run in runs if _is_talk(text, run, pieces) for line in run}
    found_in = ([line for line in run if (line.key, line.form) in known] for run in runs)
    kept = [run for run in found_in if run]
    messages = [run for run in kept if _is_written(text, run, pieces)]
    # Those who have begun to write are not said to do so each time.
    written = bool(messages) and (messages[0] is kept[0] or 2 * _lines(messages) >= _lines(kept))
    out = []
    for run in kept:
        for line, following in zip_longest(run, run[1:]):
            start, end = _words(text, pieces, line, following.piece if following else None)
            if any(map(str.isalnum, text[start:end])) and not text.startswith(_OPENED, start):
                out.append(Turn(line.piece, line.name, start, end, written))
    return tuple(out)


def _lines(runs: Sequence[Sequence[_Line]]) -> int:
    return sum(map(len, runs))


def labelled_lines(text: str, lines: Sequence[tuple[int, int]]) -> frozenset[int]:
    """Of lines, given as (start, end) in code points, the indices of those that name who speaks them."""
    pieces = [(a, b, 0) for a, b in lines]
    found = [x for x in _headed(text, pieces) if x.start >= 0]
    return frozenset(x.piece for run in _runs(found, pieces) if _is_talk(text, run, pieces) for x in run)


def at_labels(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """``start:end``, a paragraph, cut where lines begin that name who speaks them, as on a web page."""
    if text.count("\n", start, end) > 1:
        rows = [m.span() for m in _ROW.finditer(text, start, end)]
        for k in sorted(labelled_lines(text, rows)):
            if rows[k][0] > start:
                yield start, _trimmed(text, start, rows[k][0])
                start = rows[k][0]
    yield start, end


def _trimmed(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def _headed(text: str, pieces: Sequence[Piece]) -> list[_Line]:
    """The lines that may head a turn; "Q" and "A" do if both come again."""
    found = [x for i, piece in enumerate(pieces) if (x := _line(text, i, piece)) is not None]
    counts = Counter(x.key for x in found if x.key in _ASKED)
    none = {key for key, other in _ASKED.items() if min(counts[key], counts[other]) < 2}
    return [x for x in found if x.key not in none] if none else found


def _line(text: str, i: int, piece: Piece) -> _Line | None:
    low, high, _ = piece
    stop = min(high, low + HEAD)
    form: Literal[":", ".", "capitals", "time"] = ":"
    head = text[low:stop]
    m = None
    if ":" in head or ">" in head:  # most lines have neither, and need no pattern tried
        m = _LABELLED.match(text, low, stop) or _NICK.match(text, low, stop)
    shouts = not head[1:2].islower()
    if m is None and shouts and (m := _PLAYED.match(text, low, stop)) is not None:
        form = "."
    if m is None and stop == high:
        if (m := _SIGNED.fullmatch(text, low, high)) is not None:
            form = "time"
        elif shouts and (m := _ALONE.fullmatch(text, low, high)) is not None:
            form = "capitals"
    if m is None:
        return None
    name = "name" if m["name"] else "name2"
    shown = m[name].lstrip("@+%")
    begin = m.end(name) - len(shown)
    shown = shown.rstrip("_") if text[low] == "_" else shown
    if not _may_be_label(shown, plain=form in (":", "time")):
        return None
    after = _DIRECTION.match(text, m.end(), high)
    start = -1 if form in ("capitals", "time") else after.end() if after else m.end()
    stamped = form == "time" or "<" in m.group() or _STAMP.search(m.group()) is not None
    return _Line(i, Span(begin, begin + len(shown)), shown.casefold(), shown, form, stamped, start)


def _words(text: str, pieces: Sequence[Piece], line: _Line, following: int | None) -> tuple[int, int]:
    """Where the words of a line begin and end; ``following``: the piece of the next label of its run."""
    start, end = line.start, pieces[line.piece][1]
    if start < 0:
        last = min(len(pieces), line.piece + GAP + 2 if following is None else following)
        at = line.piece + 1
        while at < last and _ASIDE.fullmatch(text, pieces[at][0], pieces[at][1]):
            at += 1
        if at >= last or pieces[at][2] != pieces[line.piece][2]:
            return 0, 0
        begun, (start, end, _) = pieces[at - 1][1], pieces[at]
        tight = text.count("\n", begun, start) < 2
        # Messages go on to the next one; in a script a blank line ends what is said.
        while at + 1 < last and pieces[at + 1][2] == pieces[line.piece][2]:
            low, high, _ = pieces[at + 1]
            goes_on = tight and text.count("\n", end, low) < 2
            goes_on |= line.form == "time" and following is not None and not _heads(text[low:high])
            if not goes_on:
                break
            at, end = at + 1, high
    while end > start and text[end - 1] in EDGE:
        end -= 1
    return start, end


def _heads(line: str) -> bool:
    """Whether a line among messages is no part of one: a day, a heading."""
    return len(line) < 40 and line[-1] not in '.!?…,:;)"”’' and is_date(line.strip("*_ "))


def _may_be_label(shown: str, *, plain: bool) -> bool:
    """Whether words may name somebody: capitals, or one word as people sign on with."""
    found = shown.split()
    low = [w.lower().strip(".") for w in found]
    if plain and shown.lower() in _ASKED and shown[0].isupper():
        return True
    if not plain and not set(low).isdisjoint(_NO_LABELS):
        return False
    if low[0] in _NO_LABELS and (len(found) == 1 or not shown.isupper()):
        return False
    if any(w.endswith(".") and w.lower().strip(".") not in _SMALL and len(w) > 3 for w in found[:-1]):
        return False
    pair = header.key_value(shown + ": x")
    if pair is not None and pair.kind is not None:
        return False
    if len(found) == 1:
        return True
    return all(w[0].isupper() or w[0].isdigit() or w.lower().strip(".") in _SMALL for w in found)


def _runs(found: Sequence[_Line], pieces: Sequence[Piece]) -> list[list[_Line]]:
    runs: list[list[_Line]] = [[found[0]]] if found else []
    for a, b in pairwise(found):
        near = b.piece - a.piece <= GAP + 1 and pieces[a.piece][2] == pieces[b.piece][2]
        if near and a.form == b.form:
            runs[-1].append(b)
        else:
            runs.append([b])
    return runs


def _is_talk(text: str, run: Sequence[_Line], pieces: Sequence[Piece]) -> bool:
    """Whether lines are talk by their labels: of two people or more, one of whom comes again."""
    counts = Counter(line.key for line in run)
    again = sum(n > 1 for n in counts.values())
    capitals = run[0].form in (".", "capitals")
    if len(counts) < 2 or not again or len(run) < (PLAY if capitals else FEWEST):
        return False
    if run[0].form in CLOSE and not _set_as_script(text, run, pieces):
        return False
    if capitals:
        return again > 1
    plain = all(line.shown[0].isupper() for line in run)
    if not plain and again < 2 and not any(line.stamped for line in run):
        return False
    return again > 1 or all(line.shown.isupper() for line in run) or len(run) >= 2 * len(counts) - 1


def _set_as_script(text: str, run: Sequence[_Line], pieces: Sequence[Piece]) -> bool:
    """Whether labels by themselves head lines, not chapters: words right below them, or not many."""
    tight = sum(
        line.piece + 1 < len(pieces)
        and text.count("\n", pieces[line.piece][1], pieces[line.piece + 1][0]) < 2
        for line in run
    )
    apart = sum(
        not line.piece or text.count("\n", pieces[line.piece - 1][1], pieces[line.piece][0]) > 1
        for line in run
    )
    if run[0].form == "capitals" and min(tight, apart) >= 0.8 * len(run):
        return True
    return run[-1].piece - run[0].piece <= CLOSE[run[0].form] * (len(run) - 1)


def _is_written(text: str, run: Sequence[_Line], pieces: Sequence[Piece]) -> bool:
    """Whether a run is messages on a screen: times, handles, no capitals; or a line before it says so."""
    if run[0].form in (".", "capitals"):
        return False
    if any(line.stamped for line in run):
        return True
    small = sum(line.shown[0].islower() or text[line.start : line.start + 1].islower() for line in run)
    if 2 * small >= len(run):
        return True
    first = run[0].piece
    return any(_SCREEN.search(text, max(a, b - 300), b) for a, b, _ in pieces[max(0, first - BEFORE) : first])
