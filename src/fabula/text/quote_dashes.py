"""Dialogue set off by dashes: "— Come in, — said Olga, — it is cold." and its relatives.

Two conventions are read. With a second dash the narration stands between dashes (Russian, Polish, Spanish
typography); without one the tag alone tells narration from speech ("—Come in, said Olga. It is cold.", as in
French novels and in Joyce).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from fabula.text.quote_marks import DIALOGUE_DASH, HYPHEN, Style
from fabula.text.speech_tags import begins_tag, is_short_tag
from fabula.text.words import words

_LINE = re.compile(r"\n[^\S\n]*(?=[—–―]|--|-[^\S\n])")
_TOKEN = re.compile(r"[—―–]|--+|(?<=\s)-(?=\s)|[,.!?…:](?=\s)")
_NEXT = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SPACES = re.compile(r"[\s*_]{0,8}")
_TITLE = re.compile(r"\b(?:[^\W\d_]|mr|mrs|ms|dr|st|capt|col|gen|sr|jr|prof|rev)$", re.IGNORECASE)
_PERSONS = words("he she they xe ze")
_PAST = words(
    "got went came took gave rose stood sat turned looked shook held put let led left ran drew threw caught",
    "bent leant felt fell kept made began broke lit laid lay bit stuck swung flung crept slid strode",
    "stole bowed",
)
_TAG_GOES_ON = words(
    "and with as in at on to from by his her their its while when without who whose which then still almost",
    "rather quite very not a the but though into over under behind before after through looking",
)


def lines(text: str, start: int, end: int, style: Style) -> Iterator[tuple[int, int]]:
    """``start:end`` cut where a new line begins with a dash and the line before it has come to its end.

    For texts that set each speech on a line of its own with no blank line between.
    """
    if style.dashes:
        for m in _LINE.finditer(text, start, end):
            if m.start() > start and text[m.start() - 1] in '.!?…,:;—–-”"»)':
                yield start, m.start()
                start = m.start() + 1
    yield start, end


def dash_quotes(text: str, start: int, end: int, style: Style) -> list[tuple[int, int]]:
    """Speeches of the paragraph ``start:end``, each as a half-open span; none if it is no dash dialogue."""
    m = DIALOGUE_DASH.match(text, start, end) or (style.hyphens and HYPHEN.match(text, start, end)) or None
    if m is None or m.end() >= end:
        return []
    if text[m.end()] in "'’" and style.primary == "S":
        return []
    dash = m.start() + len(m.group()) - len(m.group().lstrip())
    spans, tagged = _alternate(text, dash, m.end(), end)
    if tagged or (style.dashes and not _label(text, m.end(), end)):
        return spans
    if style.primary == "—" and text[dash] in "—―–" and text[:end].rstrip()[-1:] in ".!?…":
        return spans
    return []


def _label(text: str, start: int, end: int) -> bool:
    """Whether the line after a dash is a signature, a place or an item of a list rather than speech."""
    if end - start > 60:
        return False
    line = text[start:end].rstrip(" \n\t*_)")
    if line[-1:] in tuple("!?…,.:"):
        return False
    found = _NEXT.findall(line)
    return not found or line[-1:] in tuple("—–-") or all(w[0].isupper() or len(w) < 4 for w in found)


def _alternate(text: str, dash: int, start: int, end: int) -> tuple[list[tuple[int, int]], bool]:
    """Speech and narration by turns, from the dash at ``dash``; and whether a tag was found."""
    spans: list[tuple[int, int]] = []
    tagged = False
    speech: int | None = dash
    between_dashes = False
    for token in _TOKEN.finditer(text, start, end):
        is_dash = token.group()[0] in "—―–-"
        follows = _SPACES.match(text, token.end(), end)
        after = follows.end() if follows else token.end()
        if after >= end:
            break
        if speech is not None:
            if is_dash and _narration(text, token.start(), after, end):
                between_dashes = True
            elif is_dash or text[token.start()] == ":" or text[after] in "—―–-":
                continue
            elif begins_tag(text, after, end, strict=True) or (
                text[token.start()] != "." and is_short_tag(text, after, end)
            ):
                between_dashes = False
            else:
                continue
            tagged = True
            stop = token.start() if is_dash else token.end()
            _add(text, speech, stop, spans)
            speech = None
        elif is_dash:
            speech = token.start()
            if text[token.end() : token.end() + 1] in tuple(".,;:!?…"):  # Spanish: —dijo Olga—. It is cold.
                speech = _skip(text, token.end() + 1, end)
        elif not between_dashes and _resumes(text, token.start(), after, end):
            speech = after
    if speech is not None:
        _add(text, speech, end, spans)
    return spans, tagged


def _add(text: str, start: int, stop: int, spans: list[tuple[int, int]]) -> None:
    while stop > start and text[stop - 1].isspace():
        stop -= 1
    if any(c.isalnum() for c in text[start:stop]):
        spans.append((start, stop))


def _skip(text: str, i: int, end: int) -> int:
    while i < end and text[i].isspace():
        i += 1
    return i


def _narration(text: str, dash: int, after: int, end: int) -> bool:
    """Whether a second dash hands over to the narrator."""
    stopped = text[max(0, dash - 4) : dash].rstrip()[-1:] in tuple(".,!?…;:")
    if begins_tag(text, after, end, strict=not stopped):
        return True
    return stopped and _told(text, after, end, names=True)


def _told(text: str, after: int, end: int, *, names: bool) -> bool:
    """Whether a sentence of narration begins at ``after``: "She opened the door"."""
    found = _NEXT.findall(text, after, min(end, after + 60))[:3]
    if len(found) < 2:
        return False
    verb = found[2] if found[1].endswith("ly") and len(found) > 2 else found[1]
    if not (verb.endswith("ed") or verb in _PAST):
        return False
    return found[0].lower() in _PERSONS or (names and found[0][0].isupper())


def _resumes(text: str, stop: int, after: int, end: int) -> bool:
    """Whether speech goes on at ``after``, behind the mark of punctuation that ends a tag without dashes."""
    if text[stop] == ".":
        if _TITLE.search(text, max(0, stop - 5), stop):
            return False
        return not _told(text, after, end, names=False)
    m = _NEXT.match(text, after, end)
    if text[stop] == ",":
        return m is not None and not m.group().endswith("ing") and m.group().lower() not in _TAG_GOES_ON
    return not _told(text, after, end, names=False)
