"""Headings that their place shows: bare numbers in sequence, names of narrators, titles under a number."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from fabula.text import header_lines as header
from fabula.text import lines as look
from fabula.text.chapter_lines import Heading, heading
from fabula.text.draft import Draft
from fabula.text.letters import salutation, valediction

_NAME_LINE = re.compile(
    # Any ornament may stand around a name, but no mark of a sentence or of speech.
    r"(?:[^\w\"“”„‘’'`«».?!,;¿¡]|_){0,8}(?P<name>[^\W\d_a-z][\w'’-]*"
    r"(?:[ \xa0][^\W\d_a-z][\w.'’-]*){0,2})(?:[^\w\"“”„‘’'`«».?!,;¿¡]|_){0,8}"
)
_NOT_NAMES = frozenset(
    {
        "yes",
        "no",
        "oh",
        "silence",
        "nothing",
        "summary",
        "notes",
        "note",
        "end",
        "the",
        "and",
        "but",
        "then",
        "amen",
        "well",
    }
)
_PERSON_VIEW = re.compile(
    r"[\W_]{0,8}(?:(?:1st|2nd|3rd|first|second|third)\s+person|no\s?one[’']s|nobody[’']s)"
    r"\s*(?:p\.?\s?o\.?\s?v\.?|point\s+of\s+view|perspective)[\W_]{0,8}",
    re.IGNORECASE,
)
"""A view that is nobody's by name: "3rd Person POV"."""
_MANY_NARRATORS = 40
_SLUGLINE = re.compile(r"(?:INT|EXT|INT\.?/EXT|EXT\.?/INT|I/E)[. ] *[^a-z]{3,80}")
"""Where and when the next scene of a screenplay is: "INT. KITCHEN - NIGHT"."""


def mark_headings(text: str, drafts: Sequence[Draft]) -> None:
    """Type headings, scene breaks and ends among the paragraphs not typed yet."""
    weak: list[tuple[int, Heading]] = []
    tellers: list[tuple[int, str]] = []
    names: list[tuple[int, str]] = []
    for i, draft in enumerate(drafts):
        flat = draft.flat
        if draft.kind is not None or not flat:
            continue
        if look.scene_break(flat) and flat not in ("X", "x"):
            draft.mark("scene_break", None, i + 1)
            continue
        if not any(map(str.isalnum, flat[:40])):
            continue
        found = heading(flat)
        if found is not None and found.sure:
            draft.mark("heading", found.label, i + 1)
        elif _SLUGLINE.fullmatch(flat):
            draft.mark("heading", look.plain(flat), i + 1)
        elif look.end_mark(flat):
            draft.mark("end", look.plain(flat), i + 1)
        elif _view(flat):
            draft.mark("heading", look.plain(flat), i + 1)
        elif look.written_by(flat) is not None:
            tellers.append((i, ""))
        elif (name := look.teller_and_place(flat)) is not None:
            tellers.append((i, name))
        elif found is not None and found.number is not None:
            weak.append((i, found))
        elif (
            len(flat) <= 40
            and (m := _NAME_LINE.fullmatch(flat))
            and not (_NOT_NAMES & set(m["name"].lower().split()))
        ):
            names.append((i, m["name"].rstrip("-’'")))
    _mark_subtitles(drafts)
    for titled in (False, True):
        _mark_numbers(drafts, [(i, h) for i, h in weak if drafts[i].kind is None and h.titled is titled])
        _mark_subtitles(drafts)
    _mark_tellers(drafts, tellers)
    _mark_names(text, drafts, [(i, name) for i, name in names if drafts[i].kind is None])
    for i, draft in enumerate(drafts):
        if draft.kind is None and draft.flat in ("X", "x"):
            draft.mark("scene_break", None, i + 1)
    _mark_gaps(drafts)
    _mark_contents(drafts)


def _view(flat: str) -> bool:
    if len(flat) <= 60 and _PERSON_VIEW.fullmatch(flat):
        return True
    name = look.pov_name(flat)
    return name is not None and (name[0].isupper() or flat.endswith("POV")) and len(name.split()) <= 4


def _mark_numbers(drafts: Sequence[Draft], row: Sequence[tuple[int, Heading]]) -> None:
    """Numbers head chapters where one follows another, or where the first follows a heading."""
    if len(row) > 0.34 * len(drafts) and row[0][1].titled:
        return
    accepted = set()
    for (i, a), (j, b) in pairwise(row):
        if a.number is not None and b.number == a.number + 1 and j > i + 1:
            accepted |= {i, j}
    for k, (i, h) in enumerate(row):
        before = next((d for d in reversed(drafts[max(0, i - 3) : i]) if d.kind != "scene_break"), None)
        opens = h.number == 1 and (i == 0 or (before is not None and before.kind == "heading"))
        restart = h.number == 1 and k > 0 and row[k - 1][0] in accepted
        if i in accepted or opens or restart:
            drafts[i].mark("heading", h.label, i + 1)


def _mark_names(text: str, drafts: Sequence[Draft], names: Sequence[tuple[int, str]]) -> None:
    """Names alone on a line head the parts of a story with several narrators."""
    if len(names) < 2 or (len(names) > 0.25 * len(drafts) and len(text) < 400 * len(names)):
        return
    lone = Counter(name for _, name in names)
    if len(lone) > _MANY_NARRATORS:
        return
    kept: list[tuple[int, str]] = []
    sure = 0
    for i, name in names:
        following = drafts[i + 1] if i + 1 < len(drafts) else None
        if following is None or following.kind is not None or following.end - following.start < 60:
            continue
        before = drafts[i - 1] if i else None
        parted = before is None or before.kind is not None or drafts[i].blanks > following.blanks
        parted = parted or (before is not None and header.byline(before.flat) is not None)
        sure += parted or look.bare(drafts[i].flat) != drafts[i].flat or lone[name] > 1
        kept.append((i, name))
    counts = Counter(name for _, name in kept)
    if len(kept) < 2 or sure < 0.5 * len(kept):
        return
    firsts = Counter(name.split()[0] for _, name in names)
    spoken = {name for name in lone if _occurs_besides(text, name, firsts)}
    heads = {name for name, n in counts.items() if n > 1 or (len(counts) > 1 and name in spoken)}
    # A part may begin with a short paragraph. Where many do, only an ornament tells a heading from a play.
    most = 3 * len(kept) >= 2 * len(names)
    # Beside a heading that is sure, one that looks the same needs no long paragraph below it.
    looks = {_look(drafts[i], name) for i, name in kept if name in heads}
    # A dash alone before a name may open speech.
    looks = {x for x in looks if most or x[0].strip("—–-") or (x[0] and x[1])}
    heads |= {name for i, name in names if name in spoken and _look(drafts[i], name) in looks}
    row = [
        (i, name)
        for i, name in names
        if most or (i, name) in kept or look.bare(drafts[i].flat) != drafts[i].flat
    ]
    for i, name in row:
        if name in heads and i + 1 < len(drafts) and drafts[i + 1].kind is None:
            drafts[i].mark("heading", name, i + 1)


def _mark_tellers(drafts: Sequence[Draft], lines: Sequence[tuple[int, str]]) -> None:
    """Lines that say whose the words below are.

    ``lines``: paragraphs, with the name where it stands before a place ("JENNET, on the north bank"), else
    empty ("Statement of Ensign Tamaki"). The former head parts where two people have two of them; the first
    line of a story is its title, unless another such line follows.
    """
    placed = Counter(name for _, name in lines if name)
    turns = len(placed) > 1 and placed.total() > 2 and placed.total() <= 0.25 * len(drafts)
    first = next((i for i, d in enumerate(drafts) if d.kind is None), 0)
    for i, name in lines:
        below = drafts[i + 1] if i + 1 < len(drafts) else None
        if below is None or below.kind is not None or (name and not turns) or (i == first and len(lines) < 2):
            continue
        drafts[i].mark("heading", look.plain(drafts[i].flat), i + 1)


def _look(draft: Draft, name: str) -> tuple[str, str, bool]:
    """What stands before and after a name that is alone on its line, and whether it shouts."""
    before, _, after = draft.flat.partition(name)
    return before.strip(), after.strip(), name.isupper()


def _occurs_besides(text: str, name: str, lone: Counter[str]) -> bool:
    """Whether ``name`` stands elsewhere than alone on a line; "MAREN" is Maren there."""
    first = name.split()[0]
    return text.count(first) > lone[first] or (name.isupper() and name.title() in text)


def _mark_subtitles(drafts: Sequence[Draft]) -> None:
    """The title of a chapter may stand in a paragraph of its own under its number."""
    for i in range(1, len(drafts) - 1):
        draft, above = drafts[i], drafts[i - 1]
        if draft.kind is not None or above.kind != "heading" or not draft.flat or above.group != i:
            continue
        found = heading(above.flat)
        if found is None or found.titled:
            continue
        flat = draft.flat
        talk = flat[0] in '"“' and flat.rstrip('"”')[-1:] in ".!?,"
        stops = flat.endswith((".", "!", "?", ",", ";", ":")) and not flat.isupper() and draft.blanks > 0
        if len(flat) > 90 or talk or stops or not look.title_like(flat) or header.byline(flat):
            continue
        if (
            header.key_value(flat)
            or header.note_opening(flat)
            or header.section_label(flat)
            or salutation(flat)
        ):
            continue
        draft.mark("heading", look.plain(flat), above.group)


def _mark_gaps(drafts: Sequence[Draft]) -> None:
    """Titles set off by wider gaps than the paragraphs have."""
    if len(drafts) < 12:
        return
    usual = sorted(d.blanks for d in drafts)[len(drafts) // 2]
    capitals = [d for d in drafts if d.kind is None and d.flat and len(d.flat) <= 60 and d.flat.isupper()]
    for i in range(1, len(drafts) - 1):
        draft = drafts[i]
        if draft.kind is not None or not 3 <= len(draft.flat) <= 60 or salutation(draft.flat):
            continue
        if drafts[i - 1].kind is None and any(d.kind == "heading" for d in drafts[max(0, i - 4) : i]):
            continue
        gap = draft.blanks - max(usual, 1)
        flat = draft.flat
        if gap < 1 or flat.endswith(("!", "?", ",", ";", ":", '"', "”", "-", "—")) or flat[0] in "\"“'‘[(":
            continue
        shouted = flat.isupper() and len(flat.split()) <= 8 and len(capitals) <= 0.05 * len(drafts) + 2
        titled = gap >= 2 and not flat.endswith(".") and look.title_like(flat, 7)
        long = drafts[i + 1].kind is None and drafts[i + 1].end - drafts[i + 1].start > 80
        if (
            (shouted or titled)
            and long
            and not valediction(flat)
            and drafts[i].blanks >= drafts[i + 1].blanks
        ):
            draft.mark("heading", look.plain(flat), i + 1)


def _prose(drafts: Sequence[Draft], i: int) -> bool:
    """Whether a paragraph is a sentence or more, and no line of a list."""
    if i >= len(drafts) or drafts[i].kind is not None:
        return False
    flat = drafts[i].flat
    return not flat or (flat[-1] in '.!?"”’…' and not look.title_like(flat))


def _mark_contents(drafts: Sequence[Draft]) -> None:
    """A table of contents is a run of headings with no text between them."""
    i = 0
    while i < len(drafts):
        if drafts[i].kind != "heading":
            i += 1
            continue
        j = i
        seen: set[str] = set()
        numbers: set[str] = set()
        labelled = "contents" in (drafts[i].label or "").lower()
        while j < len(drafts) and (
            drafts[j].kind == "heading"
            or (
                labelled
                and drafts[j].kind is None
                and 0 < len(drafts[j].flat) <= 90
                and drafts[j].flat[-1] not in '!?"”,'
                and not (_prose(drafts, j) and _prose(drafts, j + 1))
            )
        ):
            line = look.bare(drafts[j].flat).casefold()
            number = " ".join(line.split()[:2]).rstrip(".:")
            if line in seen or (j - i >= 3 and line == number and number in numbers):
                break
            seen.add(line)
            numbers.add(number)
            j += 1
        last = j - 1
        while last > i and drafts[last].kind == "heading" and drafts[last].group != last + 1:
            last -= 1
        if labelled and last > i + 1 and drafts[last].kind == "heading":
            # The list is over where the first chapter begins, whatever the list calls that.
            first = heading(drafts[last].flat)
            j = last if first is not None and first.number == 1 else j
        numbered = sum(drafts[k].group == k + 1 for k in range(i, j))
        if (labelled and j - i >= 2) or numbered >= 5:
            for draft in drafts[i:j]:
                draft.mark("boilerplate", "Contents", i + 1)
        i = max(j, i + 1)
