"""Letters inside a story: from the salutation to the signature."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fabula.text.draft import Draft
from fabula.text.lines import is_date
from fabula.text.words import either

REACH = 60
"""A letter closes within this many paragraphs of its salutation, or it is left in the body."""

_DEAR = (
    r"(?:(?:my|to\s+my|our)\s+)?(?:own\s+)?(?:(?:very|most)\s+)?(?:dear(?:est)?|darling|beloved|honou?red)"
    r"(?:\s+(?:(?:and|&)\s+)?[\w.’'&-]+){0,7}"
)
_SALUTATION = re.compile(
    rf"[\"“‘'_*]{{0,3}}{_DEAR}(?:,\s+(?:and\s+)?{_DEAR})?\s*(?:[,:;!—–-]{{1,3}}|\.--?)_?", re.IGNORECASE
)
_FIRST_WORDS = either(
    "(?:and+)?believe+me i+am i+remain ever always as+ever as+always with all+my all your yours much lots+of",
    "sincerely faithfully truly affectionately respectfully cordially warmly fondly love best kind "
    "kindest warm",
    "warmest regards forever until till in+haste god+bless fare\\s*well adieu thine cheers take+care many "
    "hugs kisses",
    "xoxo",
)
_PLAIN = re.compile(
    rf"[\"“‘'_*]{{0,2}}(?:{either('sir sirs madam gentlemen ladies')}|(?P<name>(?-i:[^\W\d_a-z][\w’'-]+)"
    r"(?: (?-i:[^\W\d_a-z][\w’'-]+))?)),[_*]?",
    re.IGNORECASE,
)
"""A greeting without "Dear": a letter only where its place and its end show one."""
_VALEDICTION = re.compile(
    rf"[\"“‘'_*(]{{0,3}}{_FIRST_WORDS}\b[\w\s,’'&-]{{0,70}}[,.:;!—–_*-]{{0,3}}", re.IGNORECASE
)
_CLOSING_WORD = re.compile(
    r"\b"
    + either(
        "yours sincerely faithfully truly affectionate(?:ly)? love loving regards wishes friend servant "
        "sister",
        "brother mother father son daughter husband wife cheers hugs kisses ever always thine "
        "respectfully cordially",
        "fondly warmly farewell adieu care haste obedient devoted forever bless",
    )
    + r"\b",
    re.IGNORECASE,
)
_POSTSCRIPT = re.compile(r"[\W_]{0,4}(?:(?-i:P\.?\s?){1,2}S\b|postscript\b)", re.IGNORECASE)
_SIGNATURE = re.compile(r"[\W_]{0,4}[^\W\d_a-z][\w.,’' -]{0,40}[\W_]{0,4}")
_NAME_ALONE = re.compile(r"[_*—–-]{0,2}\s?[^\W\d_a-z][\w’'-]*(?:[ .]+[^\W\d_a-z][\w’'-]*){0,2}\.?[_*]{0,2}")
_SIGN_OFF = re.compile(rf"(?!.*[^\W_]{{2}}\.){_NAME_ALONE.pattern}")
"""A name alone without a full stop, which would make a sentence of it; initials have theirs."""
_WEEKDAY = re.compile(
    r"[\W_]{0,4}(?:(?-i:[^\W_a-z])[\w’' ]{1,40}[,.] ){0,2}"
    + either("mon tues wednes thurs fri satur sun")
    + r"day"
    r"(?: (?:morning|noon|afternoon|evening|night|midnight))?(?:, (?-i:[a-z])[\w’' ]{1,30})?[\W_]{0,4}",
    re.IGNORECASE,
)
_LINE = re.compile(r"[^\n]+")
_WORD = r"[^\W\d_a-z](?:[^\W_]|[’'-](?=[^\W_]))*"
_NAME = rf"{_WORD}(?:\.? {_WORD}){{0,2}}"
_ADDRESSED = re.compile(rf"[Dd](?:ear|EAR)(?:est)? ({_NAME})(?=[,:;!_*—–-])")
_SIGNED = re.compile(
    rf"[\W_]{{0,4}}({_NAME}|(?:{_WORD}\.? )?(?:[^\W\d_a-z]\.\s?){{0,2}}[^\W\d_a-z]\.)[^\w.!?]{{0,4}}_?"
)
"""A name alone; with a full stop only after an initial."""
_NOBODY = frozenset(
    ["amen", "goodbye", "farewell", "adieu", "cheers", "regards", "love", "yours", "end", "fin", "finis"]
)
_QUOTED = "\"“‘'«"


def mark_letters(drafts: Sequence[Draft]) -> None:
    """Type as letters what stands between a salutation and a valediction, both alone on their lines.

    One that is full of talk, or greets without "Dear", is a letter where its end cannot be mistaken.
    """
    i, last = 0, 0
    while i < len(drafts):
        end = _end(drafts, i, last) if drafts[i].kind is None and drafts[i].flat else None
        if end is None:
            i += 1
            continue
        first = i - 1 if i and drafts[i - 1].kind is None and _dateline(drafts[i - 1].flat) else i
        label = drafts[i].flat.strip("\"“‘'_* ,:;—–-!")
        for draft in drafts[first:end]:
            draft.mark("letter", label, i + 1)
        i = last = end


def _end(drafts: Sequence[Draft], i: int, last: int) -> int | None:
    """One past the letter that paragraph ``i`` begins; None if it begins none.

    ``last``: one past the letter before.
    """
    if salutation(drafts[i].flat):
        end = _closing(drafts, i)
        spoken = drafts[i].flat[0] in _QUOTED
        return _sign_off(drafts, i) if end is None and not spoken else end
    if not _PLAIN.fullmatch(drafts[i].flat):
        return None
    above = drafts[i - 1] if i else None
    placed = above is None or i == last or above.kind is not None or _dateline(above.flat)
    return _sign_off(drafts, i) if placed else None


def _sign_off(drafts: Sequence[Draft], i: int) -> int | None:
    """One past a name alone on its line that ends the text, or has a heading or another letter below it."""
    for j in range(i + 1, min(i + REACH, len(drafts))):
        draft = drafts[j]
        if draft.kind is not None or _opens(draft):
            return None
        if j > i + 1 and draft.flat and (_SIGN_OFF.fullmatch(draft.flat) or valediction(draft.flat)):
            end = _signed(drafts, j + valediction(draft.flat))
            below = drafts[end] if end < len(drafts) else None
            if below is None or below.kind is not None or _opens(below):
                return end
    return None


def ends_letter(drafts: Sequence[Draft], j: int) -> int:
    """One past the signature if paragraph ``j`` takes leave or is a name alone; 0 if it is neither."""
    flat = drafts[j].flat
    if flat and (valediction(flat) or _SIGN_OFF.fullmatch(flat)):
        return _signed(drafts, j + valediction(flat))
    return 0


def _opens(draft: Draft) -> bool:
    """Whether a letter may begin with a paragraph."""
    flat = draft.flat
    return bool(flat) and (salutation(flat) or _dateline(flat) or _PLAIN.fullmatch(flat) is not None)


def _closing(drafts: Sequence[Draft], i: int) -> int | None:
    """One past the letter's last paragraph, or None where it does not close."""
    quoted = drafts[i].flat[0] in _QUOTED
    talk = 0
    for j in range(i + 1, min(i + REACH, len(drafts))):
        draft = drafts[j]
        if draft.kind is not None:
            return None
        if draft.flat and salutation(draft.flat) and j > i + 1:
            return None
        if j > i + 1 and draft.flat and valediction(draft.flat):
            if not quoted and talk > 0.3 * (j - i):
                return None
            return _signed(drafts, j + 1)
        if j > i + 1 and talk == 0 and draft.flat and _NAME_ALONE.fullmatch(draft.flat):
            return _signed(drafts, j)
        talk += draft.head[0] in _QUOTED
    return None


def _signed(drafts: Sequence[Draft], j: int) -> int:
    """One past the signature and the postscripts that follow a valediction."""
    lines = 0
    while j < len(drafts) and drafts[j].kind is None:
        flat = drafts[j].flat
        if (
            lines < 2
            and not _dateline(flat)
            and flat
            and len(flat.split()) <= 5
            and _SIGNATURE.fullmatch(flat)
            and flat[0] not in '"“«'
            and not salutation(flat)
        ):
            lines += 1
        elif not _POSTSCRIPT.match(drafts[j].head):
            break
        j += 1
    return j


def _dateline(line: str) -> bool:
    """Whether the line is a date, or a place and a date: ``Haifa, 19 January``."""
    if len(line) <= 60 and _WEEKDAY.fullmatch(line):
        return True
    place, comma, date = line.strip("*_ ").partition(", ")
    return is_date(line) or (
        bool(comma) and len(place.split()) <= 4 and place[:1].isupper() and is_date(date)
    )


def letter_names(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Code points of the names in the salutation and the signature of the letter at [start, end)."""
    lines = [m for m in _LINE.finditer(text, start, end) if m.group().strip()]
    found = [span for line in lines[:3] if (span := _greeted(text, line)) is not None]
    m = _SIGNED.fullmatch(text, *lines[-1].span()) if len(lines) > 2 else None
    if m and m.group(1).lower() not in _NOBODY:
        found.append(m.span(1))
    return found


def greeted(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Code points of the name that the letter at [start, end) greets.

    None where it greets nobody by name, or several ("Dear Wilf, dear Neddy", "Dear Wilf and Neddy").
    """
    lines = [m for m in _LINE.finditer(text, start, min(end, start + 400)) if m.group().strip()]
    for line in lines[:3]:
        span = _greeted(text, line)
        if span is not None:
            rest = text[span[1] : line.end()]
            return None if any(c.isalpha() for c in rest) else span
    return None


def _greeted(text: str, line: re.Match[str]) -> tuple[int, int] | None:
    words = line.group().strip()
    if salutation(words):
        m = _ADDRESSED.search(text, line.start(), line.end())
        return m.span(1) if m else None
    m = _PLAIN.fullmatch(words)
    if m is None or not m["name"]:
        return None
    at = line.start() + line.group().index(m["name"])
    return at, at + len(m["name"])


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
