"""Lines that can head a chapter: what they say, and the number in them."""

from __future__ import annotations

import re
from typing import NamedTuple

from fabula.text.lines import bare, plain, title_like
from fabula.text.words import either

_ONES = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen "
    "eighteen nineteen twenty"
)
_CARDINAL = either(_ONES, "thirty forty fifty sixty seventy eighty ninety hundred")
_ORDINAL = either(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth",
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth last final",
)
_TENS = r"(?:x[cl]|l?x{0,3})(?:ix|iv|v?i{0,3})"
_ROMAN = rf"(?:(?=[ivxlc]){_TENS}|c{{1,2}}{_TENS})"
_NUMBER = rf"(?:\d{{1,4}}(?:[./-]\d{{1,4}})?[a-c]?|{_CARDINAL}(?:[ -]{_CARDINAL})?|{_ORDINAL}|{_ROMAN})"
_DIVISION = either(
    "chapter chap chapt ch part pt book volume vol section act episode ep canto stave phase arc chapitre "
    "kapitel"
)
_MINOR = either("scene letter day night week month year round lesson entry case tale verse interlude drabble")
_UNNUMBERED = either(
    "prologue epilogue preface foreword afterword introduction introductory interlude intermission "
    "conclusion",
    "appendix dedication (?:table+of+)?contents coda prelude postlude finale prolog epilog "
    "list+of+illustrations",
)
_HEADING = re.compile(
    rf"""(?:the\ )?(?:
        (?P<division>{_DIVISION}\b\.?\ *(?:the\ )?[#№]?\ *{_NUMBER}(?!\w)
            |{_ORDINAL}\ {either("chapter part book act")}\b)
      | (?P<minor>{_MINOR}\b\.?\ *(?:the\ )?[#№]?\ *{_NUMBER}(?!\w)
            |{_ORDINAL}\ {either("letter night day")}\b)
      | (?P<alone>{_UNNUMBERED}\b)
    )(?P<rest>.*)""",
    re.VERBOSE | re.IGNORECASE,
)
_FIRST_NUMBER = re.compile(rf"\b{_NUMBER}(?!\w)", re.IGNORECASE)
_BARE_NUMBER = re.compile(
    rf"[\W_]{{0,6}}(?P<number>\d{{1,3}}|{_ROMAN}|{_CARDINAL}(?:-{_CARDINAL})?)[\W_]{{0,6}}", re.IGNORECASE
)
_SPEECH = re.compile(r"[\"“„‘«].*[.!?…,—–-][\"”“’»]", re.DOTALL)
_SPAN_OF_TIME = re.compile(rf"{_ORDINAL} (?:night|day)\b", re.IGNORECASE)
"""“Last night. The harbour master rang.”"""
_NO_HEADING = re.compile("[!?,;\"“”'’‘%$£€+=]")
_NUMBER_TITLE = re.compile(
    rf"(?P<number>\d{{1,3}}|(?=[IVXLC]){_TENS.upper()})(?:[.:)—–-]+ *| +)(?P<title>\S.*)"
)
_SEPARATOR = re.compile(r"[*_]?\s*(?:[.:)\]—–|~-]+\s*|$)")


class Heading(NamedTuple):
    """A line that can head a chapter. ``sure`` where its words say so, else its place must.

    ``number`` is its number where it has one that can be read, ``titled`` whether a title goes with it.
    """

    label: str
    sure: bool
    number: int | None
    titled: bool


def heading(line: str) -> Heading | None:
    """Read a line as a heading, or return None."""
    if len(line) > 140:
        return None
    core = bare(line)
    if not core:
        return None
    if m := _HEADING.fullmatch(core):
        return _worded(line, core, m)
    m = _BARE_NUMBER.fullmatch(line)
    if m and not _NO_HEADING.search(line) and not (m["number"].islower() and m["number"].isalpha()):
        return Heading(plain(line), False, number_value(m["number"]), False)
    m = _NUMBER_TITLE.fullmatch(core)
    if m and title_like(m["title"]) and not m["title"].rstrip("\"'”’").endswith((",", ";", "!", "?")):
        return Heading(plain(line), False, number_value(m["number"]), True)
    return None


def _worded(line: str, core: str, m: re.Match[str]) -> Heading | None:
    """A heading that calls itself chapter, part or prologue; None where it reads like a sentence."""
    rest = m["rest"]
    separator = _SEPARATOR.match(rest)
    title = rest[separator.end() :].strip() if separator else rest.strip()
    if not separator and rest[:1] not in " \t":
        return None
    if title and (_SPEECH.fullmatch(line) or (_SPAN_OF_TIME.match(core) and title.endswith("."))):
        return None
    if title:
        divided = separator is not None and separator.group().strip(" ") != ""
        if core[0].islower() or (not divided and (m["alone"] or m["minor"])):
            return None
        if not divided and (not title_like(title) or title.endswith((".", ","))):
            return None
        if not title_like(title, 16) and len(title.split()) > 12:
            return None
    elif core[0].islower() and not m["division"]:
        return None
    number = _FIRST_NUMBER.search(core)
    return Heading(plain(line), True, number_value(number.group()) if number else None, bool(title))


def number_value(number: str) -> int | None:
    """The value of a chapter number: digits, a Roman numeral, or a word up to twenty."""
    number = number.lower()
    if number.isdecimal():
        return int(number)
    if re.fullmatch(r"[ivxlc]+", number):
        return roman_value(number)
    names = _ONES.split()
    return names.index(number) + 1 if number in names else None


def roman_value(numeral: str) -> int:
    """The value of a Roman numeral below four hundred, in any case."""
    values = [{"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}[c] for c in numeral.lower()]
    return sum(-v if v < max(values[i + 1 : i + 2], default=0) else v for i, v in enumerate(values))
