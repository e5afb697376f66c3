"""A title page by its look: the title, the author's name with it or under it, the publisher's lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fabula.text import header_lines as header
from fabula.text.declared import Declaring
from fabula.text.draft import Draft
from fabula.text.lines import bare, title_like
from fabula.text.notes import disclaims, note_like

_TITLE_BY = re.compile(r"(?P<title>\S.{0,70}?)(?P<by>,?\s+by\s*:?\s+(?P<author>[^.!?,;]{2,50}))")
_YEAR = re.compile(r"\W*(?:1[5-9]\d\d|20\d\d|M[DCLXVI]{3,})\W*")
_IMPRINT_LINES = 6
_FRONT_PAGES = 40
_TOLD = re.compile(r"[a-z]{4,}[.!?…][\"”’']?$|[“”]\s*\w+ \w+ \w+ [a-z]|^[\"“]")
"""A sentence, or talk."""
_DEDICATED = re.compile(
    r"[\W_]*(?:(?i:dedicated to)\b.{1,120}|(?:TO|To)[_*]*\n\s*[^.!?“\"]{1,120}|TO [^a-z.!?]{2,100})[\W_]*",
    re.DOTALL,
)


def title_at(text: str, drafts: Sequence[Draft], i: int, told: Declaring) -> int:
    """Read the first line of the story as its title, if it looks like one; return one past, or 0."""
    draft = drafts[i]
    flat = draft.flat
    if not flat or len(flat) > 110 or i > 40:
        return 0
    raw = text[draft.start : draft.end]
    m = _TITLE_BY.fullmatch(raw)
    if m and title_like(m["title"], 10) and len(m["author"].split()) <= 4 and not header.byline(flat):
        draft.mark("title", None, i + 1)
        draft.byline_at = draft.start + m.start("by")
        told.add("Title", bare(m["title"]))
        told.add("Author", bare(m["author"]))
        return i + 1
    core = bare(flat)
    near = drafts[i + 1 : i + 6]
    following = next((d for d in near if d.kind != "scene_break"), None)
    signed = following is not None and signature(following) and len(near) > 1
    if signed:
        following = near[1]
    score = 3 * names_story(flat, told.title)
    score += title_like(core) + (core.isupper() and len(core) > 1) + (core != flat)
    about_next = False
    if following is not None:
        pair = header.key_value(following.head)
        about_next = (
            header.note_opening(following.head) is not None
            or (pair is not None and pair.kind is not None)
            or disclaims(following.head)
            or note_like(following.head, 3)
            or following.kind == "heading"
        )
        opens = following.flat and (header.byline(following.flat) or header.section_label(following.flat))
        score += 2 * bool(about_next or opens) + (following.blanks >= 2)
        score += following.blanks >= 1 and len(flat) < 60 and flat[-1].isalnum()
    score -= 2 * (flat[-1] in ".,;:" and not flat.endswith("...")) + 2 * flat[0].islower()
    score -= 2 * (flat[0] in '"“«‘' and flat[-1] not in '"”»’') + (flat[-1] in '!?"”')
    if score < 2 or not core or header.byline(flat) or draft.head[:2] in ("* ", "- "):
        return 0
    draft.mark("title", None, i + 1)
    told.add("Title", core)
    if signed and about_next:
        near[0].mark("byline", None, i + 2)
        told.add("Author", bare(near[0].flat))
        return i + 2
    return i + 1


def names_story(line: str, title: str | None) -> bool:
    """Whether a line is the title that the file declares, or its beginning where a second title follows."""
    core = bare(line).casefold()
    whole = (title or "").casefold()
    return core == whole or (len(core) > 3 and re.match(rf"{re.escape(core)}[\s:;,—–-]", whole) is not None)


def part_byline(text: str, draft: Draft, told: Declaring) -> None:
    """Part a title that holds the author's name ("Low Water by A. Writer") from it."""
    if draft.kind == "title" and told.title and told.author and draft.byline_at is None:
        m = _TITLE_BY.fullmatch(text[draft.start : draft.end])
        if m is not None and m["author"].strip().casefold() == told.author.casefold():
            draft.byline_at = draft.start + m.start("by")


def signs(drafts: Sequence[Draft], i: int, told: Declaring) -> bool:
    """Whether the paragraph is "By", and the author's name stands under it."""
    following = drafts[i + 1 : i + 2]
    return (
        bool(following and told.author)
        and bare(drafts[i].flat or "").casefold() == "by"
        and bare(following[0].flat or "").casefold() == (told.author or "").casefold()
    )


def imprint_end(text: str, drafts: Sequence[Draft], i: int) -> int:
    """One past a publisher's lines on a title page (the place, the name, the year), or 0."""
    lines: list[str] = []
    for j in range(i, min(i + _IMPRINT_LINES, len(drafts))):
        flat = drafts[j].flat
        if not 0 < len(flat) <= 180 or drafts[j].kind is not None or header.byline(flat):
            return 0
        lines += text[drafts[j].start : drafts[j].end].split("\n")
        if len(lines) > 1 and _YEAR.fullmatch(lines[-1]):
            return j + 1 if len(lines) <= _IMPRINT_LINES and max(map(len, lines)) <= 60 else 0
    return 0


def signature(draft: Draft) -> bool:
    """Whether the paragraph is a name or a short farewell, and no sentence."""
    flat = draft.flat
    return (
        0 < len(flat) <= 40 and flat[-1].isalnum() and len(flat.split()) <= 4 and header.byline(flat) is None
    )


def on_front_page(text: str, drafts: Sequence[Draft], i: int) -> bool:
    """Whether a paragraph stands on a printed book's first pages.

    They hold short lines alone (title, author, publisher, dedication) and end at the contents, a picture, or
    the first heading.
    """
    for j in range(i, min(i + _FRONT_PAGES, len(drafts))):
        draft = drafts[j]
        if draft.kind == "heading" or (draft.kind == "boilerplate" and draft.label is not None):
            return True
        lines = text[draft.start : draft.end].split("\n")
        if len(lines) > _IMPRINT_LINES or max(map(len, lines)) > 60 or _TOLD.search(draft.flat):
            return False
    return False


def dedication_end(text: str, drafts: Sequence[Draft], i: int) -> int:
    """One past a dedication at ``i``, or 0: "TO" over a name, in front of a heading or more front matter."""
    for j in range(i, min(i + 3, len(drafts) - 1)):
        if drafts[j].kind is not None or not drafts[j].flat or (j > i and drafts[j].blanks):
            return 0
        if drafts[j + 1].kind in ("heading", "boilerplate", "note"):
            return j + 1 if _DEDICATED.fullmatch(text[drafts[i].start : drafts[j].end]) else 0
    return 0
