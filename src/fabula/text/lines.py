"""What a line looks like by itself: an ornament between scenes, an end, a change of narrator, a date.

Each function reads one stripped line and knows nothing of its place in the file; ``paratext`` weighs the
place. Lines longer than ``LONGEST_LINE`` are never paratext by their look, which also bounds the cost.
"""

from __future__ import annotations

import re

from fabula.text.words import either, words

LONGEST_LINE = 240

TAG = re.compile(r"</?[a-zA-Z][^<>]{0,60}>|&nbsp;")
_FRAME_CHARS = r"\s#*_~=+<>|•·\[\](){}\"“”—–-"
_EMPHASIS = re.compile(r"(?<![\w*_])([*_])(\w[^*_\n]*)\1(?![\w*_])")
_FRAME = re.compile(rf"^[{_FRAME_CHARS}]+|[{_FRAME_CHARS}]+$")

_STARS = "§¤†‡∞♥♡♦♣♠★☆✦✧✩✪✫✬✭✯✰✱✲✳✴✶✷✸✹✺❀❁❂❖❤❦❧◇◆○●⁂◎□■▪▫◊▲△▼▽►◄※"
_ORNAMENT = re.compile(rf"(?:[\s*~\-_=#+•◦·・.,:;'`^<>|/\\%&@$oOxX0°…—–―\ufe0f{_STARS}]|<3)+")
_STRONG_ORNAMENT = re.compile(
    rf"[*~_=#+•◦·・^|—–―{_STARS}]|--|<>|\.\s\.|-\ -|(?:[/\\]\s?){{3}}|[xX0]\W+[xX0]|[oO][xX0]|[xX0][oO]"
    rf"|[xX]{{2}}|oOo|OoO|<3|-\s?[xXoO0]\s?-"
)
_RULE = re.compile(r"(?:\s*</?(?:hr|center|p|br|div)\b[^<>]{0,60}>\s*)+", re.IGNORECASE)
_BREAK_WORDS = re.compile(
    r"(?:end\s+of\s+|end\s+)?(?:"
    rf"{either('scene page line section time pov')}\s*-?\s*{either('break change skip jump cut')}"
    rf"|flash\s*-?(?:back|forward)(?:\s+{either('begins? starts? ends? over')})?"
    r"|linebreak|horizontal\s+rule|(?P<weak>present\s+day|break|hr|line|divider))",
    re.IGNORECASE,
)
_REPEATED = re.compile(r"(\S{1,6}?)\1{3,}")

_PARTS = either(
    "chapter part book volume vol story fic file act section episode prologue epilogue project first "
    "second third fourth"
)
_END = re.compile(
    rf"""the\s+(?:very\s+)?end(?:\s+for\s+now)?
      | (?P<of>the\s+end\s+of\s+[\w\s'’:.-]{{1,40}})
      | {either("end fin finis finito owari ende")}
      | (?:to\s+be\s+)?cont(?:inued|'d|d)(?:\s+{either("in next soon on")}\b[\w\s'’:.-]{{0,40}})?
      | t\.?\s?b\.?\s?c\.?
      | end\s+(?:of\s+)?(?:the\s+)?{_PARTS}\b[\w\s.,:-]{{0,40}}""",
    re.VERBOSE | re.IGNORECASE,
)
_SHORT_ENDS = words("end fin ende tbc contd continued t.b.c")

_VIEW = r"(?:p\.?\s?o\.?\s?v\.?|point\s+of\s+view|perspective)"
_NAME = r"(?:[Yy]/[Nn]|[^\W\d_][\w.’' -]{0,40}?)"
_POV = re.compile(
    rf"[\W_]{{0,8}}(?:(?P<name>{_NAME})\)?(?:[’']s?)?\s*[-–—:(~*]*\s*{_VIEW}"
    rf"|{_VIEW}\s*(?:of|[:\-–—~*])?\s*(?P<name2>{_NAME}))[\W_]{{0,8}}",
    re.IGNORECASE,
)
_WRITTEN = either(
    "diary journal notebook memoirs? confessions? statement account narrative testimony deposition evidence "
    "declaration",
    "report record log letters? story tale version recollections? reminiscences? words",
)
_TELLER = r"[^\W\d_a-z][\w’'.-]*(?:[ \xa0][^\W\d_a-z][\w’'.-]*){0,3}"
_SET_OFF = r"[*_~#=\[\](): ]{0,6}"
_WRITTEN_BY = re.compile(
    rf"{_SET_OFF}(?:from\s+)?(?:the\s+)?(?:\w[\w’'-]*\s+){{0,2}}?{_WRITTEN}(?:\s+book)?"
    rf"\s+(?:of|by|kept\s+by)\s+(?P<name>(?-i:{_TELLER}))(?:,\s[^.!?“”\"]{{1,50}})?{_SET_OFF}"
    rf"|{_SET_OFF}(?:from\s+)?(?P<name2>(?-i:{_TELLER}))[’']s?\s+(?:own\s+)?{_WRITTEN}\.?{_SET_OFF}",
    re.IGNORECASE,
)
_TELLER_WHERE = re.compile(rf"[*_~#\[ —–-]{{0,6}}(?P<name>{_TELLER}), (?P<where>[^.!?,;:\d“”\"]{{2,40}})")
_NO_NAMES = words(
    "normal third 3rd second 2nd first 1st general nobody no noone author author's omniscient narrator your",
    "my his her our their multiple various",
)

_NO_WRITERS = words(
    "the a an my our his her their your this that it he she who there here two three to from dear monday "
    "tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december spring summer autumn winter"
)

_MONTH = either(
    "jan(?:uary)? feb(?:ruary)? mar(?:ch)? apr(?:il)? may june? july? aug(?:ust)? sept?(?:ember)? "
    "oct(?:ober)?",
    "nov(?:ember)? dec(?:ember)?",
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = re.compile(
    rf"[\W_]*(?:{either('mon tues wednes thurs fri satur sun')}day,?\s+)?"
    rf"(?:(?:the\s+)?{_DAY}(?:\s+of)?\s+{_MONTH}\.?|{_MONTH}\.?\s+(?:the\s+)?{_DAY})"
    r"(?:,?\s+\d{2,4}|,?\s+1[78]--)?[\W_]*",
    re.IGNORECASE,
)


def bare(line: str) -> str:
    """The line without tags and without the ornaments, brackets and quotes around it."""
    if "<" in line or "&" in line:
        line = TAG.sub("", line)
    return _FRAME.sub("", line)


def plain(line: str) -> str:
    """The line on one line, without tags and emphasis: the label of a segment."""
    if "<" in line or "&" in line:
        line = TAG.sub("", line)
    return " ".join(_EMPHASIS.sub(r"\2", line).strip(" \t\n#*_~=+|<>•").split())


def title_like(text: str, limit: int = 12) -> bool:
    """Whether ``text`` is written like a title: at most ``limit`` words, capitals, no full stop inside."""
    found = re.findall(r"[^\W\d_][\w’'-]*", text)
    if not 0 < len(found) <= limit or len(text) > 90 or re.search(r"[.!?]\s+\S", text.rstrip("\"'”’")):
        return False
    if not (found[0][0].isupper() or text[0].isdigit()):
        return False
    if text == text.upper():
        return True
    long = [w for w in found if len(w) > 3]
    return not long or sum(w[0].isupper() for w in long) >= 0.6 * len(long)


def scene_break(line: str) -> bool:
    """Whether the line is an ornament between scenes: ``***``, ``oOo``, a lone ``X``, ``[scene break]``."""
    if len(line) > 120:
        return (
            len(line) <= 1000 and not any(map(str.isalnum, line)) and len(set(line)) <= 6 and "." not in line
        )
    if "<" in line:
        if "hr" in line.lower() and _RULE.fullmatch(line):
            return True
        line = TAG.sub("", line).strip()
    if line in ("X", "x"):
        return True
    if _ORNAMENT.fullmatch(line):
        few_letters = len(line) < 3 and all(c in "oOxX0" for c in line)
        return _STRONG_ORNAMENT.search(line) is not None and not few_letters and line != "--"
    core = bare(line)
    framed = len(line) - len(core)
    if framed or core.isupper() or "break" in core.lower():
        m = _BREAK_WORDS.fullmatch(core)
        if m is not None and (m["weak"] is None or framed >= 4):
            return True
    return 6 <= len(line) <= 80 and _REPEATED.fullmatch(line) is not None and not line.isdigit()


def end_mark(line: str) -> bool:
    """Whether the line says that the story or the chapter is over: ``The End``, ``TBC``, ``Fin``."""
    if len(line) > 80:
        return False
    core = bare(line).rstrip(".!…" if line[0] in '"“‘«' else ".!?…").strip()
    if core.lower() in _SHORT_ENDS:
        return core != core.lower() or len(core) < len(line.strip()) - 1
    m = _END.fullmatch(core)
    if m is None:
        return False
    if m["of"]:
        return title_like(core, 8) and (core.isupper() or not line.rstrip().endswith("."))
    return core[:1].isupper() or core.lower() == "the end"


def pov_name(label: str) -> str | None:
    """The name in ``Imre's POV``, ``POV: Imre`` or the like; None where the label names nobody's view."""
    if len(label) > 80:
        return None
    m = _POV.fullmatch(label)
    if m is None:
        return None
    return " ".join((m["name"] or m["name2"]).split()).strip("-–—:(~* ") or None


def written_by(label: str) -> str | None:
    """Who wrote what a label heads: "From the diary of Lt. H. Brathwaite", "STATEMENT OF ENSIGN TAMAKI".

    Only the form is judged. None where it is another.
    """
    m = _WRITTEN_BY.fullmatch(label) if len(label) <= 90 else None
    name = (m["name"] or m["name2"]) if m is not None else ""
    return name.strip("-–—'’") if name and name.split()[0].lower() not in _NO_WRITERS else None


def teller_and_place(label: str) -> str | None:
    """The name in "JENNET, on the north bank"; None where the label has another form."""
    m = _TELLER_WHERE.fullmatch(label.strip("*_~#[] ")) if len(label) <= 60 else None
    if m is None or not m["where"][0].islower() or m["name"].split()[0].lower() in _NO_WRITERS:
        return None
    return m["name"]


def narrator_name(label: str) -> str | None:
    """Whom the label of a heading names as its narrator: "Imre", "Imre's POV", "Chapter 3: Imre's POV".

    Only the form is judged, so "The Storm" is no name but "Storm" may be one.
    """
    last = label.split(": ")[-1].strip()
    view = pov_name(last)
    if view is not None:
        return None if view.split()[0].lower() in _NO_NAMES or not view[0].isupper() else view
    wrote = written_by(last) or teller_and_place(last)
    if wrote is not None:
        return wrote
    found = last.split()
    if not 0 < len(found) <= 3 or found[0].lower() in ("the", "a", "an", "chapter", "part", "book"):
        return None
    return (
        last if all(w[0].isupper() and w.replace("-", "").replace(".", "").isalpha() for w in found) else None
    )


def is_date(line: str) -> bool:
    """Whether the line is nothing but a date, as over a letter or a diary entry."""
    return len(line) <= 60 and _DATE.fullmatch(line) is not None
