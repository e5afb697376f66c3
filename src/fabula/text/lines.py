"""What a line looks like by itself: headings, ornaments, keys, openings and closings of notes.

Each function reads one stripped line and knows nothing of its place in the file; ``paratext`` weighs the
place. Lines longer than ``LONGEST_LINE`` are never paratext by their look, which also bounds the cost.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from fabula.text.words import words

LONGEST_LINE = 240

_UNITS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    "eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred"
)
_ORDINALS = (
    "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|"
    "fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|last|final"
)
_ROMAN = r"(?=[ivxlc])(?:x[cl]|l?x{0,3})(?:ix|iv|v?i{0,3})|c{1,2}(?:x[cl]|l?x{0,3})(?:ix|iv|v?i{0,3})"
_NUMBER = (
    rf"(?:\d{{1,4}}(?:[./-]\d{{1,4}})?[a-c]?|(?:{_UNITS})(?:[ -](?:{_UNITS}))?|(?:{_ORDINALS})|(?:{_ROMAN}))"
)
_DIVISION = "chapter|chap|chapt|ch|part|pt|book|volume|vol|section|act|episode|ep|canto|stave|phase|arc|chapitre|kapitel"
_MINOR = "scene|letter|day|night|week|month|year|round|lesson|entry|case|tale|verse|interlude|drabble"
_UNNUMBERED = (
    "prologue|epilogue|preface|foreword|afterword|introduction|introductory|interlude|intermission|conclusion|"
    "appendix|dedication|(?:table of )?contents|coda|prelude|postlude|finale|prolog|epilog|list of illustrations"
)
_HEADING = re.compile(
    rf"""(?:the\ )?(?:
        (?P<division>(?:{_DIVISION})\b\.?\ *(?:the\ )?[#№]?\ *{_NUMBER}(?!\w)|(?:{_ORDINALS})\ (?:chapter|part|book|act)\b)
      | (?P<minor>(?:{_MINOR})\b\.?\ *(?:the\ )?[#№]?\ *{_NUMBER}(?!\w)|(?:{_ORDINALS})\ (?:letter|night|day)\b)
      | (?P<alone>(?:{_UNNUMBERED})\b)
    )(?P<rest>.*)""",
    re.VERBOSE | re.IGNORECASE,
)
_BARE_NUMBER = re.compile(
    rf"[\W_]{{0,6}}(?P<number>\d{{1,3}}|{_ROMAN}|(?:{_UNITS})(?:-(?:{_UNITS}))?)[\W_]{{0,6}}", re.IGNORECASE
)
_NUMBER_TITLE = re.compile(
    rf"(?P<number>\d{{1,3}}|(?-i:(?=[IVXLC])(?:X[CL]|L?X{{0,3}})(?:IX|IV|V?I{{0,3}})))(?:[.:)—–-]+\ *|\ +)(?P<title>\S.*)",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\s*(?:[.:)\]—–|~-]+\s*|$)")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,60}>|&nbsp;")
_FRAME = re.compile(r"^[\s#*_~=+<>|•·\[\](){}\"“”—–-]+|[\s#*_~=+<>|•·\[\](){}\"“”—–-]+$")

_ORNAMENT = re.compile(
    r"[\s*~\-_=#+•◦·.,:;'`^<>|/\\%&@$oOxX0°§¤†‡∞♥♡♦♣♠★☆✦✧✩✪✫✬✭✯✰✱✲✳✴✶✷✸✹✺❀❁❂❖❤❦❧◇◆○●⁂◎□■▪▫◊▲△▼▽►◄※…—–―\ufe0f]+"
)
_STRONG_ORNAMENT = re.compile(
    r"[*~_=#+•◦^|§¤†‡∞♥♡♦♣♠★☆✦✧✩✪✫✬✭✯✰✱✲✳✴✶✷✸✹✺❀❁❂❖❤❦❧◇◆○●⁂◎□■▪▫◊▲△▼▽►◄※⁂—–―]|--|<>|\.\s\.|- -|[/\\]{3}|[xX0]\W+[xX0]|[oO][xX0]|[xX0][oO]|[oO]0|0[oO]|oOo|OoO|[xX]{2}|·"
)
_BREAK_WORDS = re.compile(
    r"(?:end\s+of\s+|end\s+)?(?:(?:scene|page|line|section|time|pov)\s*-?\s*(?:break|change|skip|jump|cut)|linebreak|horizontal\s+rule|flash\s*-?(?:back|forward)(?:\s+(?:begins?|starts?|ends?|over))?|present\s+day|break|hr|line|divider)",
    re.IGNORECASE,
)
_REPEATED = re.compile(r"(\S{1,6}?)\1{3,}")

_END = re.compile(
    r"""(?:the\s+(?:very\s+)?end(?:\s+for\s+now)?|(?P<of>the\s+end\s+of\s+[\w\s'’:.-]{1,40})|end|fin|finis|finito|owari|ende|fine
      |(?:to\s+be\s+)?cont(?:inued|'d|d)(?:\s+(?:in|next|soon|on)\b[\w\s'’:.-]{0,40})?|t\.?\s?b\.?\s?c\.?
      |end\s+(?:of\s+)?(?:the\s+)?(?:chapter|part|book|volume|vol|story|fic|file|act|section|episode|prologue|epilogue|project|first|second|third|fourth)\b[\w\s.,:-]{0,40})""",
    re.VERBOSE | re.IGNORECASE,
)  # fmt: skip

_KEY = re.compile(
    r"[\W_]{0,6}(?P<key>[A-Za-z][A-Za-z/&'’. ()-]{0,38}?)[*_\])]{0,3}\s?(?::|\s[-–—=]\s|：|->)[*_\s]*(?P<value>.*)",
    re.DOTALL,
)
KEYS: dict[str, str] = {
    **dict.fromkeys(words("title"), "title"),
    **dict.fromkeys([*words("author authors writer penname"), "written by", "pen name", "by"], "byline"),
    **dict.fromkeys(
        [*words("summary summery description blurb synopsis teaser"), "story summary", "chapter summary", "short summary",
         "brief summary", "the summary"], "summary"),
    **dict.fromkeys([*words("disclaimer disclaimers disclamer disclaim"), "standard disclaimer", "usual disclaimer"], "disclaimer"),
    **dict.fromkeys(
        [*words("notes note a/n an a.n a/ns n/a foreword-note"), "author's note", "author's notes", "authors note", "authors notes",
         "authors' note", "authors' notes", "author note", "author notes", "beta's note", "beta note", "translator's note",
         "translator note", "t/n", "chapter notes", "end notes", "endnotes", "end note", "story notes", "beginning notes",
         "important note", "quick note", "final notes", "chapter note", "note from the author", "notes from the author",
         "a note from the author", "chapter end notes", "important author's note", "quick a/n", "short a/n", "final a/n"], "note"),
    **dict.fromkeys(
        [*words(
            "rating ratings rated pairing pairings paring parings fandom fandoms genre genres warning warnings words wordcount "
            "category categories character characters relationship relationships series status spoilers spoiler language published "
            "updated completed chapters stats beta betas beta'd feedback distribution archive archived timeline setting codes code "
            "universe classification keywords tags tag prompt challenge email e-mail website url homepage sequel prequel part date "
            "dates posted started finished length type show crossover couple couples ship ships continuity era season verse "
            "recipient giftee artist permission credits credit contents from subject newsgroups message-id publisher packaged "
            "completed-on collections collection bookmarks kudos hits comments trigger triggers kinks kink format source sources "
            "disclaimer-ish fanfiction story content theme themes dedication dedicated thanks"),
         "word count", "archive warning", "archive warnings", "additional tags", "content warning", "content warnings",
         "trigger warning", "trigger warnings", "main pairing", "main characters", "story type", "release date", "last updated",
         "date posted", "date written", "beta reader", "beta readers", "betaed by", "beta'd by", "beta by", "author's email",
         "author's e-mail", "author's website", "home page", "e-mail address", "email address", "side pairings", "other pairings",
         "story status", "tv show", "posted originally on", "posted on", "series/sequel", "archive/distribution", "spoiler warning",
         "posting date", "original publication", "story id", "story url", "author url", "produced by", "in-progress", "book title"],
        "tags"),
}  # fmt: skip
"""Keys of a header line, in lower case, and the kind of paratext that they open."""
COMMON_KEYS = words(
    "from date part subject thanks story content contents words show type status characters character note notes by an comments line code credit series language day title source theme break"
)
"""Keys that people also write in a story; alone they prove nothing."""

_NOTE_OPEN = re.compile(
    r"""[\W_]{0,8}(?P<label>
        (?-i:A/?\s?N(?:s|'s)?\b|A\.N\.|N/A\b)(?=[\s\d]{0,3}(?:[:;\])*_~=—–-]|$))
      | (?-i:AN)\d?(?=\s?[:;]|\s[-–—]\s)
      | (?-i:A/N)\b
      | (?:(?:final|quick|short|important|brief|long|another|small|chapter|end|random|little)\s+){0,2}author(?:[’']?s?[’']?|ess[’']?s?)?\s+(?:end\s?)?(?:notes?|ramblings?|babble|rant|comments?)(?=\W*$|\s?[:;*_~=)\]—–.-])
      | (?:beta|translator|editor)(?:[’']?s)?\s+notes?(?=\W*$|\s?[:;*_~)\]—–.-])
      | (?:quick|important|final|short|end|chapter|story|beginning)\s+(?:note|notes|a/n)(?=\W*$|\s?[:;*_~)\]—–-])
      | (?-i:T/N|B/N)(?=\s?[:;*_~)\]—–-])
      | (?:a\s+)?notes?\s+from\s+(?:the|your)\s+author(?:ess)?(?=\W|$)
    )(?P<rest>.*)""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)  # fmt: skip
_NOTE_CLOSE = re.compile(
    r"""[\W_]*(?:end|close|/|back\s+to(?:\s+the)?|and\s+now(?:\s+on(?:ward)?s?)?(?:\s+(?:with|to))?(?:\s+the)?|now\s+on\s+(?:to|with)(?:\s+the)?|on\s+(?:to|with)\s+the)
        \s*(?:of\s+)?(?:the\s+)?(?:(?:quick|long|short)\s+)?
        (?:a/?n|author(?:[’']?s)?[’']?\s*notes?|notes?|story|fic|fanfic|chapter|ramblings?|rant|show)(?P<what>[\W_]*)""",
    re.VERBOSE | re.IGNORECASE,
)  # fmt: skip
_NOTE_HEADERS = re.compile(
    r"[\W_]*(?P<label>(?:(?:chapter|beginning|end|story|author[’']?s?|work|final)\s+)*(?:end\s*)?notes?|(?:chapter|story|work)?\s*(?P<summary>summary)|disclaimers?(?P<disclaimer>))[\W_]*",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"[\W_]{0,4}(?:(?:a|an|the)?\s*(?:fan\s?-?fic(?:tion)?|story|fic|tale|novel|one-?shot|romance)?\s*(?:written\s+)?by)\b\s*[:\-–—]?\s*(?P<name>\S.{0,70}?)[\W_]*",
    re.IGNORECASE,
)
_POV = re.compile(
    r"[\W_]{0,8}(?:(?P<name>[^\W\d_][\w.’' -]{0,40}?)(?:[’']s?)?\s*[-–—:(~*]*\s*(?:p\.?\s?o\.?\s?v\.?|point\s+of\s+view|perspective)"
    r"|(?:p\.?\s?o\.?\s?v\.?|point\s+of\s+view)\s*(?:of|[:\-–—~*])?\s*(?P<name2>[^\W\d_][\w.’' -]{0,40}?))[\W_]{0,8}",
    re.IGNORECASE,
)
_MONTH = "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
_WEEKDAY = "(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_DATE = re.compile(
    rf"[\W_]*(?:(?:{_WEEKDAY}),?\s+)?(?:(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?\s+(?:{_MONTH})\.?|(?:{_MONTH})\.?\s+(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)?)(?:,?\s+\d{{2,4}}|,?\s+17--|,?\s+18--)?[\W_]*",
    re.IGNORECASE,
)
_DEAR = (
    r"(?:(?:my|to\s+my|our)\s+)?(?:own\s+)?(?:(?:very|most)\s+)?(?:dear(?:est)?|darling|beloved|honou?red)"
    r"(?:\s+(?:(?:and|&)\s+)?[\w.’'&-]+){0,7}"
)
_SALUTATION = re.compile(
    rf"[\"“‘'_*]{{0,3}}{_DEAR}(?:,\s+(?:and\s+)?{_DEAR})?\s*(?:[,:;!—–-]{{1,3}}|\.--?)_?", re.IGNORECASE
)
_VALEDICTION = re.compile(
    r"""[\"“‘'_*(]{0,3}(?:(?:(?:and\s+)?(?:believe\s+me|i\s+am|i\s+remain|ever|always|as\s+ever|as\s+always|with|all\s+my|all|your|yours|much|lots\s+of|sincerely|
        faithfully|truly|affectionately|respectfully|cordially|warmly|fondly|love|best|kind|kindest|warm|warmest|regards|forever|until|till|in\s+haste|god\s+bless|
        fare\s*well|adieu|thine|cheers|take\s+care|many|hugs|kisses|xoxo|cordially)\b)[\w\s,’'&-]{0,70})[,.:;!—–_*-]{0,3}""",
    re.VERBOSE | re.IGNORECASE,
)  # fmt: skip
_CLOSING_WORD = re.compile(
    r"\b(?:yours|sincerely|faithfully|truly|affectionate(?:ly)?|love|loving|regards|wishes|friend|servant|sister|brother|mother|father|son|daughter|husband|wife|cheers|hugs|kisses|ever|always|thine|respectfully|cordially|fondly|warmly|farewell|adieu|care|haste|obedient|devoted|forever|bless)\b",
    re.IGNORECASE,
)


class KeyValue(NamedTuple):
    """A header line such as ``Rating: PG``; ``kind`` is the kind of paratext it opens, None if not known."""

    key: str
    value: str
    kind: str | None


class Heading(NamedTuple):
    """A line that can head a chapter. ``sure`` where its words say so, else its place must."""

    label: str
    sure: bool
    number: int | None
    titled: bool


def bare(line: str) -> str:
    """The line without tags and without the ornaments around it."""
    if "<" in line or "&" in line:
        line = _TAG.sub("", line)
    return _FRAME.sub("", line)


def plain(line: str) -> str:
    """The line on one line, without tags and emphasis: the label of a segment."""
    if "<" in line or "&" in line:
        line = _TAG.sub("", line)
    return " ".join(line.strip(" \t\n#*_~=+|<>•").split())


def roman_value(numeral: str) -> int:
    """The value of a Roman numeral written in any case."""
    values = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
    digits = [values[c] for c in numeral.lower()]
    return sum(-v if any(w > v for w in digits[i + 1 : i + 2]) else v for i, v in enumerate(digits))


def number_value(number: str) -> int | None:
    """The value of a chapter number: digits, a Roman numeral, or a word up to twenty."""
    number = number.lower()
    if number.isdigit():
        return int(number)
    if re.fullmatch(r"[ivxlcdm]+", number):
        return roman_value(number)
    names = _UNITS.split("|")[:20]
    return names.index(number) + 1 if number in names else None


def title_like(text: str, limit: int = 12) -> bool:
    """Whether ``text`` is written like a title: few words, capitals, no full stop inside."""
    found = re.findall(r"[^\W\d_][\w’'-]*", text)
    if not 0 < len(found) <= limit or len(text) > 90 or re.search(r"[.!?]\s+\S", text.rstrip("\"'”’")):
        return False
    if not (found[0][0].isupper() or text[0].isdigit()):
        return False
    if text == text.upper():
        return True
    long = [w for w in found if len(w) > 3]
    return sum(w[0].isupper() for w in long) >= 0.6 * len(long) if long else found[0][0].isupper()


def heading(line: str) -> Heading | None:
    """Read a line as a heading, or return None."""
    if len(line) > 140:
        return None
    core = bare(line)
    if not core:
        return None
    label = plain(line)
    m = _HEADING.fullmatch(core)
    if m:
        rest = m["rest"]
        separator = _SEPARATOR.match(rest)
        title = rest[separator.end() :].strip() if separator else rest.strip()
        spaced = rest[:1] in " \t"
        if not separator and not spaced:
            return None
        if m["alone"] and (title and (not separator or not separator.group().strip(" "))):
            return None
        if m["minor"] and title and not separator:
            return None
        if title and not separator and not (title_like(title) and not title.endswith((".", ","))):
            return None
        if title and not (title_like(title, 16) or (separator and len(title.split()) <= 12)):
            return None
        if core[0].islower() and title:
            return None
        if core[0].islower() and not m["division"]:
            return None
        number = re.search(_NUMBER + r"(?!\w)", core, re.IGNORECASE)
        return Heading(label, True, number_value(number.group()) if number else None, bool(title))
    m = _BARE_NUMBER.fullmatch(line)
    if (
        m
        and not re.search("[!?,;\"“”'’‘%$£€+=]", line)
        and not (m["number"].islower() and m["number"].isalpha())
    ):
        return Heading(label, False, number_value(m["number"]), False)
    m = _NUMBER_TITLE.fullmatch(core)
    if m and title_like(m["title"]) and not m["title"].rstrip("\"'”’").endswith((",", ";", "!", "?")):
        return Heading(label, False, number_value(m["number"]), True)
    return None


def scene_break(line: str) -> bool:
    """Whether the line is an ornament that parts scenes: ``***``, ``~*~``, ``oOo``, a lone ``X``, ``[scene break]``."""
    if len(line) > 120:
        return (
            len(line) <= 1000
            and not any(c.isalnum() for c in line)
            and len(set(line)) <= 6
            and "." not in line
        )
    if "<" in line:
        rule = re.fullmatch(r"(?:\s*</?(?:hr|center|p|br|div)\b[^<>]{0,60}>\s*)+", line, re.IGNORECASE)
        if rule and "hr" in line.lower():
            return True
        line = _TAG.sub("", line).strip()
        if not line:
            return False
    if line in ("X", "x"):
        return True
    if _ORNAMENT.fullmatch(line):
        letters = sum(c in "oOxX0" for c in line)
        if not _STRONG_ORNAMENT.search(line):
            return False
        return not (letters and letters < 3 and letters == len(line)) and line not in ("--", "<3", "%")
    core = bare(line)
    if len(core) < len(line) or core.isupper() or "break" in core.lower():
        if (
            _BREAK_WORDS.fullmatch(core)
            and core.lower() not in ("break", "line", "present day")
            or (_BREAK_WORDS.fullmatch(core) and len(line) - len(core) >= 4)
        ):
            return True
    return len(line) <= 80 and _REPEATED.fullmatch(line) is not None and not line.isdigit() and len(line) >= 6


def end_mark(line: str) -> bool:
    """Whether the line says that the story or the chapter is over: ``The End``, ``TBC``, ``Fin``."""
    if len(line) > 80:
        return False
    core = bare(line).rstrip(".!…").strip()
    if core.lower() in ("end", "fin", "fine", "ende", "tbc", "contd", "continued", "t.b.c"):
        return core.lower() != "fine" and (core != core.lower() or len(core) < len(line.strip()) - 1)
    m = _END.fullmatch(core)
    if m is None:
        return False
    if m["of"]:
        return title_like(core, 8) and (core.isupper() or not line.rstrip().endswith("."))
    return core[:1].isupper() or core.lower() == "the end"


def key_value(line: str) -> KeyValue | None:
    """Read the line as ``Key: value``, or return None."""
    head = line[:LONGEST_LINE]
    m = _KEY.match(head)
    if m is None or len(m["key"].split()) > 5:
        return None
    key = " ".join(m["key"].split()).strip(" .(").replace("’", "'")
    known = KEYS.get(key.lower())
    return KeyValue(key, (m["value"] + line[LONGEST_LINE:]).strip(" \t*_"), known)


def note_opening(line: str) -> str | None:
    """The label of a line that opens an author's note (``A/N:``, ``Author's Note``), or None."""
    m = _NOTE_OPEN.match(line[:LONGEST_LINE])
    return " ".join(m["label"].split()) if m else None


def opens_bare_note(line: str) -> bool:
    """Whether a line that opens a note holds nothing but the label."""
    m = _NOTE_OPEN.match(line[:LONGEST_LINE])
    return m is not None and not re.search(r"\w", m["rest"])


def note_closing(line: str) -> bool:
    """Whether the line closes an author's note: ``End A/N``, ``~end notes~``, ``On with the story!``."""
    return len(line) <= 80 and _NOTE_CLOSE.fullmatch(line) is not None


def note_header(line: str) -> tuple[str, str] | None:
    """(kind, label) of a line that is nothing but ``Notes``, ``Summary``, ``Disclaimer`` or the like."""
    if len(line) > 60:
        return None
    m = _NOTE_HEADERS.fullmatch(line)
    if m is None:
        return None
    kind = "summary" if m["summary"] else "disclaimer" if m["disclaimer"] is not None else "note"
    return kind, " ".join(m["label"].split())


def byline(line: str) -> str | None:
    """The name in a line such as ``by A. Writer``, or None."""
    if len(line) > 90:
        return None
    m = _BYLINE.fullmatch(line)
    if m is None or len(m["name"].split()) > 8 or m["name"].lower().startswith(("the time", "now", "then")):
        return None
    return " ".join(m["name"].split())


def pov_name(label: str) -> str | None:
    """The name in ``Imre's POV``, ``POV: Imre`` or the like; None where the label says nothing of a view."""
    if len(label) > 80:
        return None
    m = _POV.fullmatch(label)
    if m is None:
        return None
    return " ".join((m["name"] or m["name2"]).split()).strip("-–—:(~* ") or None


def is_date(line: str) -> bool:
    """Whether the line is nothing but a date, as over a letter or a diary entry."""
    return len(line) <= 60 and _DATE.fullmatch(line) is not None


def salutation(line: str) -> bool:
    """Whether the line opens a letter: ``Dear Tom,``, ``My dear Miss Grey:--``."""
    return len(line) <= 70 and _SALUTATION.fullmatch(line) is not None


def valediction(line: str) -> bool:
    """Whether the line closes a letter: ``Yours ever,``, ``Your loving sister``."""
    return (
        len(line) <= 90
        and _VALEDICTION.fullmatch(line) is not None
        and _CLOSING_WORD.search(line) is not None
    )


def structural(line: str) -> bool:
    """Whether the line, found between lines of a paragraph, is no part of it."""
    if len(line) > LONGEST_LINE:
        return False
    found = heading(line)
    if (found is not None and found.sure) or scene_break(line) or note_closing(line):
        return True
    if note_opening(line) is not None or (line[0] in "Tt([*~-_<" and end_mark(line)) or salutation(line):
        return True
    pair = key_value(line)
    return pair is not None and pair.kind is not None and pair.key[0].isupper()
