"""Lines by which archives and their tools show in plain text: a line of facts, a list of chapters, an end."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fabula.text.chapter_lines import heading
from fabula.text.draft import Draft
from fabula.text.header_lines import byline, key_value, note_opening
from fabula.text.lines import bare, plain
from fabula.text.words import words

_FACTS = re.compile(
    r"\W{0,4}(?:Rated|Rating)\s*:\s*(?:Fiction\s+)?(?P<rating>K\+|[KTM]|MA|G|PG|PG-13|R)\s+-\s+(?P<rest>.*)"
)
_FIGURES = re.compile(r"\b(?:Words|Chapters|Reviews|Published|id)\s*:", re.IGNORECASE)
_GENRES = words(
    "adventure angst crime drama family fantasy friendship general horror humor hurt comfort mystery "
    "parody poetry romance sci-fi spiritual supernatural suspense tragedy western"
)
_COUNTED = r"(?:reads?|votes?|comments?|parts?(?:\W+stor(?:y|ies))?|views?|likes?)"
_AMOUNT = r"\d[\d.,]*[KM]?"
_COUNTS = re.compile(
    rf"(?:(?:\W*{_AMOUNT}\W*{_COUNTED}\b)+|(?:\W*{_COUNTED}\W*{_AMOUNT}\b)+)\W*", re.IGNORECASE
)
_KINDS = re.compile(_COUNTED, re.IGNORECASE)
_LONGEST = 80
_SYMBOLS = re.compile(rf"(?:\W{{0,4}}[★☆⭐👁💬🗨❤♥👍📖📚]\ufe0f?\s?{_AMOUNT})+\W{{0,8}}")
_BUTTONS = re.compile(
    r"\W*(?:(?:vote|comment|share|add|follow|like|reply|next|add to library)\b\W*){2,6}"
    r"|\W*continue reading next part\W*",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"\W*(?:description|summary|about|synopsis|blurb)\W*", re.IGNORECASE)
_FRONT = 20
"""Paragraphs within which the first chapter of a story copied from a site begins."""
_CONTENTS = re.compile(r"\W*(?:table of )contents\W*", re.IGNORECASE)
_TEXT_BEGINS = re.compile(r"\W*(?:Work|Chapter) Text\W*")
"""AO3's label over the story itself, in a page that was copied."""
_NUMBERED = re.compile(r"\d{1,4}[.):]\s+")
_MOST_ENTRIES = 2000
_FIGURES_WITHIN = 10
"""Paragraphs at the head of a file among which a line of a site's figures may stand."""

_SIGNS: tuple[tuple[str, int, re.Pattern[str]], ...] = tuple(
    (name, least, re.compile(pattern, re.MULTILINE | re.IGNORECASE))
    for name, least, pattern in (
        ("gutenberg", 1, r"\*{3} ?START OF (?:THE |THIS )?PROJECT GUTENBERG"),
        ("ao3", 1, r"Posted originally on the Archive of Our Own|archiveofourown\.org/works/"),
        ("fanficfare", 1, r"FanFicFare|FanFictionDownLoader"),
        (
            "fanficfare", 3,
            r"^(?:Packaged|Story URL|Author URL|Last updated|Content Rating|Word Count): ?\S",
        ),
        ("fanfiction.net", 1, r"fanfiction\.net/s/\d+|^\W*Rated: (?:Fiction )?(?:K\+?|T|M) - "),
        ("wattpad", 1, r"wattpad\.com/"),
    )
)  # fmt: skip
"""Archive, how many such lines tell it, and what they look like."""
_HEAD = 6000


def fanfiction_line(line: str) -> dict[str, list[str]]:
    """What fanfiction.net's line of facts says: "Rated: T - English - Drama - A. Writer - Words: 1,234"."""
    m = _FACTS.match(" ".join(line[:600].split()))
    if m is None or _FIGURES.search(m["rest"]) is None:
        return {}
    found: dict[str, list[str]] = {"Rating": [m["rating"]]}
    for i, part in enumerate(m["rest"].split(" - ")):
        key, colon, value = part.partition(":")
        if colon and key.strip().isalpha():
            found.setdefault({"id": "Story id"}.get(key.strip(), key.strip().capitalize()), []).append(
                value.strip()
            )
        elif i == 0 and part.strip().isalpha():
            found["Language"] = [part.strip()]
        elif all(word in _GENRES for word in re.split(r"[/ ]", part.lower().strip())):
            found["Genre"] = [
                genre.strip() for genre in part.replace("Hurt/Comfort", "Hurt-Comfort").split("/")
            ]
        elif part.strip() in ("Complete", "In-Progress"):
            found["Status"] = [part.strip()]
        elif part.strip():
            _people(part, found)
    return found


def _people(part: str, found: dict[str, list[str]]) -> None:
    """Names parted by commas; those in one pair of brackets are a couple."""
    for pair in re.findall(r"\[([^\[\]]+)\]", part):
        found.setdefault("Relationship", []).append("/".join(name.strip() for name in pair.split(",")))
    names = re.split(r"[,\[\]]", part)
    found.setdefault("Character", []).extend(name.strip() for name in names if name.strip())


def site_counts(line: str) -> bool:
    """Whether a line is nothing but a site's figures: "1.2K reads", "4 votes", "12 Part Story"."""
    return 0 < len(line) < _LONGEST and _COUNTS.fullmatch(line) is not None


def _site_line(drafts: Sequence[Draft], i: int) -> bool:
    """Whether a paragraph is a site's: buttons, figures at signs, figures of several kinds.

    Figures of one kind count only where a site has them, at the head of the story or of a chapter.
    """
    line = drafts[i].flat
    if not 0 < len(line) < _LONGEST:
        return False
    if _BUTTONS.fullmatch(line) or _SYMBOLS.fullmatch(line):
        return True
    if not site_counts(line):
        return False
    kinds = {word.lower().rstrip("s") for word in _KINDS.findall(line)}
    return i < _FIGURES_WITHIN or len(kinds) > 1 or heading(drafts[i - 1].flat) is not None


def _site_front(drafts: Sequence[Draft]) -> dict[str, list[str]]:
    """The head of a story copied from a site: title, the bare name of its author, figures, what it is about.

    The figures prove the site: without them the lines are read like any others.
    """
    figures = [
        i
        for i, d in enumerate(drafts[:_FIGURES_WITHIN])
        if d.flat and (site_counts(d.flat) or _SYMBOLS.fullmatch(d.flat))
    ]
    first = next((i for i, d in enumerate(drafts[:_FRONT]) if (h := heading(d.flat)) and h.sure), 0)
    declared: dict[str, list[str]] = {}
    if not figures or not 1 <= figures[0] <= 3 or figures[0] >= first:
        return declared
    name = drafts[1].flat
    short = 0 < len(name) <= 40 and len(name.split()) <= 3 and name[-1].isalnum()
    if figures[0] == 2 and short and byline(name) is None and key_value(name) is None:
        drafts[1].mark("byline", None, 2)
        declared["Author"] = [name]
    about: list[str] = []
    last = max(i for i in figures if i < first)
    for draft in drafts[last + 1 : first]:
        pair = key_value(draft.head)
        if draft.kind is not None or (pair is not None and pair.kind is not None) or note_opening(draft.head):
            continue
        draft.mark("summary", "Description", last + 1)
        if not _ABOUT.fullmatch(draft.flat):
            about.append(" ".join(draft.head.split()))
    if about:
        declared["Summary"] = [" ".join(about)]
    return declared


def archive_of(text: str) -> str | None:
    """The archive or tool that a plain-text file comes from, as far as its first lines tell, or None."""
    head = text[:_HEAD]
    for name, least, sign in _SIGNS:
        if len(sign.findall(head)) >= least:
            return name
    if (
        text.rstrip().endswith("\nEnd file.")
        and len(re.findall(r"^\W{0,3}[A-Z][\w ]{2,20}: \S", head, re.MULTILINE)) >= 3
    ):
        return "fanficfare"
    return None


def mark_archive_lines(drafts: Sequence[Draft]) -> dict[str, list[str]]:
    """Type lines of facts and figures and a list of chapters; return what fanfiction.net's line declares."""
    declared: dict[str, list[str]] = _site_front(drafts)
    for i, draft in enumerate(drafts):
        if draft.kind is None and _site_line(drafts, i):
            draft.mark("boilerplate")
    for i, draft in enumerate(drafts[:40]):
        if draft.kind is None and "Rat" in draft.head[:12]:
            found = fanfiction_line(draft.head)
            if found:
                draft.mark("tags", None, i + 1)
                declared = declared or found
                _summary(drafts, i, declared)
    for draft in drafts:
        if draft.kind is None and 9 <= len(draft.flat) <= 20 and _TEXT_BEGINS.fullmatch(draft.flat):
            draft.mark("boilerplate")
    for i, draft in enumerate(drafts[:200]):
        if draft.kind is None and draft.flat and _CONTENTS.fullmatch(draft.flat):
            _listed(drafts, i)
            break
    return declared


def _summary(drafts: Sequence[Draft], i: int, declared: dict[str, list[str]]) -> None:
    """Above the line of facts at ``i`` stands the summary, under the title and the author's name."""
    if not 2 <= i <= 6 or drafts[i - 1].kind is not None:
        return
    above = drafts[i - 1]
    signed = byline(drafts[i - 2].flat) is not None
    if (
        (signed or above.end - above.start > 40)
        and byline(above.flat) is None
        and key_value(above.head) is None
    ):
        above.mark("summary", None, i)
        declared.setdefault("Summary", [" ".join(above.head.split())])


def _entry(line: str) -> str:
    """A line of a list of chapters, or a heading, as the two are compared: only one may have a number."""
    name = bare(line).casefold()
    return _NUMBERED.sub("", name) or name


def _listed(drafts: Sequence[Draft], i: int) -> None:
    """The lines under "Table of contents" that come again further down are headings there."""
    entries: dict[str, int] = {}
    j = i + 1
    while j < min(len(drafts), i + _MOST_ENTRIES):
        name = _entry(drafts[j].flat)
        if not name or name in entries or drafts[j].kind is not None:
            break
        entries[name] = j
        j += 1
    again: dict[str, int] = {}
    for k in range(i + 1, len(drafts)):
        name = _entry(drafts[k].flat)
        if name in entries and entries[name] != k and drafts[k].kind is None:
            again.setdefault(name, k)
    listed = [name for name, place in entries.items() if name in again and place < min(again.values())]
    if not listed or len(listed) < 0.6 * sum(place < min(again.values()) for place in entries.values()):
        return
    for draft in drafts[i : max(entries[name] for name in listed) + 1]:
        draft.mark("boilerplate", "Contents", i + 1)
    for name in listed:
        drafts[again[name]].mark("heading", plain(drafts[again[name]].flat), again[name] + 1)
