"""Lines that say what they are: ``Rating: PG``, ``A/N:``, ``Summary``, ``by A. Writer``, ``End A/N``."""

from __future__ import annotations

import re
from typing import NamedTuple

from fabula.text.lines import LONGEST_LINE
from fabula.text.words import either, words

_KEY = re.compile(
    r"[\W_]{0,6}(?P<key>[A-Za-z][A-Za-z/&'’. ()-]{0,38}?)[*_\])]{0,3}\s?"
    r"(?:::?|\s[-–—=]\s|：|->|\t)[*_\s]*(?P<value>.*)",
    re.DOTALL,
)


def _keys(*lists: str) -> set[str]:
    """Keys of one or more words; words of one key are joined by ``+``."""
    return {word.replace("+", " ") for word in words(*lists)}


_KINDS = {
    "title": _keys("title story+title book+title"),
    "byline": _keys("author authors writer penname written+by pen+name by"),
    "summary": _keys(
        "summary summery description blurb synopsis teaser story+summary chapter+summary short+summary",
        "brief+summary the+summary",
    ),
    "disclaimer": _keys(
        "disclaimer disclaimers disclamer disclaim standard+disclaimer usual+disclaimer general+disclaimer"
    ),
    "note": _keys(
        "notes note a/n an a.n a/ns n/a author's+note author's+notes authors+note authors+notes "
        "authors'+note",
        "authors'+notes author+note author+notes beta's+note beta+note translator's+note translator+note t/n",
        "chapter+notes chapter+note end+notes end+note endnotes story+notes beginning+notes important+note",
        "quick+note final+notes note+from+the+author notes+from+the+author a+note+from+the+author",
        "chapter+end+notes important+author's+note quick+a/n short+a/n final+a/n important+a/n",
    ),
    "tags": _keys(
        "rating ratings rated pairing pairings paring parings main+pairing side+pairings other+pairings "
        "ship ships",
        "relationship relationships couple couples fandom fandoms crossover universe verse continuity canon",
        "character characters main+characters genre genres category categories type story+type length "
        "theme themes",
        "warning warnings content+warning content+warnings trigger+warning trigger+warnings archive+warning",
        "archive+warnings trigger triggers spoiler spoilers spoiler+warning kink kinks tag tags "
        "additional+tags",
        "keywords codes code classification words wordcount word+count chapters stats status story+status "
        "language",
        "published updated completed last+updated release+date date dates date+posted date+written posted "
        "posted+on",
        "posted+originally+on posting+date original+publication started finished season era timeline "
        "setting show",
        "tv+show series series/sequel sequel prequel part collection collections beta betas beta'd betaed+by",
        "beta'd+by beta+by beta+reader beta+readers feedback distribution archive archived "
        "archive/distribution",
        "permission credit credits source sources artist recipient giftee prompt challenge dedication "
        "dedicated thanks",
        "email e-mail email+address e-mail+address author's+email author's+e-mail website "
        "author's+website url",
        "home+page homepage story+id story+url author+url series+url storylink authorlink from subject "
        "newsgroups message-id publisher packaged",
        "format bookmarks kudos hits comments content contents story fanfiction in-progress produced+by",
    ),
}
KEYS: dict[str, str] = {key: kind for kind, keys in _KINDS.items() for key in keys}
"""Keys of a header line, in lower case, and the kind of paratext that each opens."""
COMMON_KEYS = words(
    "from date part subject thanks story content contents words show type status characters character "
    "note notes",
    "by an comments line code credit series language day title source theme canon season setting length "
    "era verse",
)
"""Keys that people also write in a story; alone they prove nothing."""

_TO_COME = r"(?=\W*$|\s?[:;*_~=)\]—–.-])"
_SIZES = either(
    "final quick short important brief long another small chapter end random little story beginning"
)
_NOTE_OPEN = re.compile(
    rf"""[\W_]{{0,8}}(?P<label>
        (?-i:A/?\s?N(?:s|'s)?\d{{0,2}}\b|A\.N\.|N/A\b)(?=[\s\d]{{0,3}}(?:[:;\])*_~=—–-]|$))
      | (?-i:AN)\d?(?=\s?[:;]|\s[-–—]\s)
      | (?-i:A/N)\d{{0,2}}\b
      | (?:{_SIZES}\s+){{0,2}}author(?:[’']?s?[’']?|ess[’']?s?)?\s+(?:end\s?)?
        {either("notes? ramblings? babble rant comments?")}{_TO_COME}
      | {either("beta translator editor")}(?:[’']?s)?\s+notes?{_TO_COME}
      | {_SIZES}\s+(?:notes?|a/n)(?=\W*$|\s?[:;*_~)\]—–-])
      | (?-i:T/N|B/N)(?=\s?[:;*_~)\]—–-])
      | (?:a\s+)?notes?\s+from\s+(?:the|your)\s+author(?:ess)?(?=\W|$)
    )(?P<rest>.*)""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_SAID = re.compile(r"[\"“‘«][\w/.’' ]{1,30}[?!,.]+[\"”’»]\s*\w")
"""Somebody in the story says it: “A/N?” he asked."""
_NOTE_CLOSE = re.compile(
    rf"""[\W_]*(?:
        end | close | /
      | back\s+to(?:\s+the)?
      | and\s+now(?:\s+on(?:ward)?s?)?(?:\s+(?:with|to))?(?:\s+the)?
      | (?:now\s+)?on\s+(?:to|with)(?:\s+the)?
    )\s*(?:of\s+)?(?:the\s+)?(?:{either("quick long short")}\s+)?
    (?:a/?n|author(?:[’']?s)?[’']?\s*notes?
        |{either("notes? story fic fanfic chapter ramblings? rant show")})[\W_]*""",
    re.VERBOSE | re.IGNORECASE,
)
_SECTION = re.compile(
    rf"""[\W_]*(?P<label>
        (?:(?:{either("chapter beginning end story work final")}|author[’']?s?)\s+){{0,3}}(?:end\s*)?notes?
      | (?:{either("chapter story work")}\s+)?(?P<summary>summary)
      | (?P<disclaimer>disclaimers?)
    )[\W_]*""",
    re.VERBOSE | re.IGNORECASE,
)
_BYLINE = re.compile(
    r"[\W_]{0,4}(?:(?:an?|the)\s+)?"
    rf"(?:(?:fan\s?-?fic(?:tion)?|{either('story fic tale novel one-?shot romance')})\s+)?(?:written\s+)?"
    r"by(?:[_*]\s|\b)"
    r"\s*[:\-–—]?\s*(?P<name>\S.{0,70}?)[\W_]*",
    re.IGNORECASE,
)


_NO_AUTHOR = re.compile(
    r"^(?i:the time|now|then|morning|noon|nightfall|night|evening|midnight|dawn|dusk|daylight|candlelight)\b"
    r"|[“”\"]|\w{3}[.!?]\s|\s(?:had|was|were|is|would|could)\s"
)
"""What no author is called: "By morning the harbour had frozen." opens a chapter."""


class KeyValue(NamedTuple):
    """A header line such as ``Rating: PG``; ``kind`` is the kind of paratext it opens, None if not known."""

    key: str
    value: str
    kind: str | None


def key_value(line: str) -> KeyValue | None:
    """Read the line as ``Key: value``, or return None."""
    head = line[:LONGEST_LINE]
    m = _KEY.match(head)
    if m is None or len(m["key"].split()) > 5:
        return None
    key = " ".join(m["key"].split()).strip(" .(").replace("’", "'")
    return KeyValue(key, (m["value"] + line[LONGEST_LINE:]).strip(" \t*_"), KEYS.get(key.lower()))


def note_opening(line: str) -> str | None:
    """The label of a line that opens an author's note (``A/N:``, ``Author's Note``), or None."""
    m = _NOTE_OPEN.match(line[:LONGEST_LINE])
    if m is None or _SAID.match(line):
        return None
    return " ".join(m["label"].split())


def opens_bare_note(line: str) -> bool:
    """Whether a line that opens a note holds nothing but the label."""
    m = _NOTE_OPEN.match(line[:LONGEST_LINE])
    return m is not None and not re.search(r"\w", m["rest"])


def note_closing(line: str) -> bool:
    """Whether the line closes an author's note: ``End A/N``, ``~end notes~``, ``On with the story!``."""
    return len(line) <= 80 and _NOTE_CLOSE.fullmatch(line) is not None


def section_label(line: str) -> tuple[str, str] | None:
    """(kind, label) of a line that is nothing but ``Notes``, ``Summary``, ``Disclaimer`` or the like."""
    if len(line) > 60:
        return None
    m = _SECTION.fullmatch(line)
    if m is None:
        return None
    kind = "summary" if m["summary"] else "disclaimer" if m["disclaimer"] else "note"
    return kind, " ".join(m["label"].split())


def byline(line: str) -> str | None:
    """The name in a line such as ``by A. Writer``, or None."""
    if len(line) > 90:
        return None
    m = _BYLINE.fullmatch(line)
    if m is None or len(m["name"].split()) > 8 or _NO_AUTHOR.search(m["name"]):
        return None
    return " ".join(m["name"].split())
