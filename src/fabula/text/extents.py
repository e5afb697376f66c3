"""How far a note, a summary or a disclaimer reaches.

A note that is closed ("End A/N", a bracket) reaches to its close. One that is not reaches as far as the
paragraphs speak like one; before and after the story also to the next break, where nothing between is story.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from fabula.text import header_lines as header
from fabula.text.draft import Draft
from fabula.text.notes import disclaims, meta_score, narrates, note_like

Zone = Literal["front", "top", "body", "tail"]
"""Where in the file a paragraph stands: before the story, at the top of a chapter, inside, after an end."""

NOTE_REACH = 40
"""A note closes within this many paragraphs, or only what speaks like a note belongs to it."""
BRACKET_REACH = 8
"""A bracket closes within this many paragraphs, or it was left open."""

_THRESHOLDS: dict[Zone, float] = {"front": 1.5, "top": 2.0, "body": 2.0, "tail": 1.0}
_OPENED = re.compile(r"[\W_]{0,6}?([(\[{])")
_ANSWER = re.compile(r"[\w.-]{2,25}(?: [\w.-]{2,20})?\s?(?::|--?) ?\S")


def is_key(drafts: Sequence[Draft], i: int) -> bool:
    """Whether paragraph ``i`` exists, is not typed yet, and is a header line that proves something."""
    if i >= len(drafts) or drafts[i].kind is not None:
        return False
    pair = header.key_value(drafts[i].head)
    return pair is not None and pair.kind is not None and pair.key.lower() not in header.COMMON_KEYS


def is_plain(drafts: Sequence[Draft], i: int) -> bool:
    """Whether paragraph ``i`` is not typed yet and opens nothing itself."""
    draft = drafts[i]
    return (
        draft.kind is None
        and not is_key(drafts, i)
        and header.note_opening(draft.head) is None
        and not (draft.flat and header.section_label(draft.flat))
    )


def section_end(drafts: Sequence[Draft], i: int, kind: str, alone: bool) -> int:
    """One past a summary or disclaimer at ``i``: its paragraph, and under a bare label all to the next."""
    j = i + 1
    while alone and j < min(len(drafts), i + 12) and is_plain(drafts, j):
        if j > i + 1 and not _section_goes_on(drafts, j, i):
            break
        j += 1
    while kind == "disclaimer" and j < len(drafts) and is_plain(drafts, j) and disclaims(drafts[j].head):
        j += 1
    return j


def _section_goes_on(drafts: Sequence[Draft], j: int, i: int) -> bool:
    """Whether a section under a bare label goes on: something that is no story must end it near by."""
    for k in range(j, min(len(drafts), i + 8)):
        kind = drafts[k].kind
        if kind in ("heading", "scene_break", "note") or (kind is None and not is_plain(drafts, k)):
            return not any(narrates(d.head) and d.head[0] in '"“' for d in drafts[j:k])
    return False


def note_end(text: str, drafts: Sequence[Draft], i: int, zone: Zone, alone: bool) -> int:
    """One past the last paragraph of the note that opens at ``i``; its label may stand ``alone``."""
    closed = _closing(text, drafts, i)
    if closed:
        return closed
    j = i + (2 if alone and i + 1 < len(drafts) and drafts[i + 1].kind is None else 1)
    limit = _rest_of_zone(drafts, j, zone)
    if limit:
        return limit
    threshold = _THRESHOLDS[zone]
    while j < min(len(drafts), i + NOTE_REACH) and is_plain(drafts, j):
        if note_like(drafts[j].head, threshold):
            j += 1
        elif j + 1 < len(drafts) and is_plain(drafts, j + 1) and _bridges(drafts, j, threshold):
            j += 2
        elif zone != "body" and _answers_reader(drafts[j].head):
            j += 1
        else:
            break
    return j


def ends_part(drafts: Sequence[Draft], i: int, label: str) -> bool:
    """Whether "Notes:" or "End Notes" at ``i`` stands under the story: up to its end nothing tells one."""
    if "end" not in label.lower().split() and not drafts[i].flat.rstrip("*_ ").endswith(":"):
        return False
    after = _rest_of_zone(drafts, i + 1, "tail")
    return after > i + 1 and (after == len(drafts) or drafts[after].kind in ("heading", "boilerplate"))


def closes_early(draft: Draft) -> bool:
    """Whether a note in brackets opens the paragraph and the story goes on behind it."""
    if _OPENED.match(draft.head) is None:
        return False
    close = re.search(r"[)\]}]", draft.head)
    return close is not None and sum(map(str.isalpha, draft.head[close.end() :])) >= 15


def _bridges(drafts: Sequence[Draft], j: int, threshold: float) -> bool:
    return not narrates(drafts[j].head) and note_like(drafts[j + 1].head, threshold + 0.5)


def _closing(text: str, drafts: Sequence[Draft], i: int) -> int:
    """One past the paragraph that closes the note (a bracket's end, ``End A/N``), or 0."""
    opened = _OPENED.match(drafts[i].head) is not None
    depth = 0
    for j in range(i, min(len(drafts), i + NOTE_REACH)):
        draft = drafts[j]
        if j > i and draft.kind in ("heading", "end", "boilerplate"):
            return 0
        if opened:
            part = text[draft.start : min(draft.end, draft.start + 6000)]
            depth += sum(part.count(c) for c in "([{") - sum(part.count(c) for c in ")]}")
            if depth <= 0:
                return j + 1
            opened = j < i + BRACKET_REACH and (j == i or not narrates(draft.head))
        if j > i and draft.flat and header.note_closing(draft.flat):
            label = header.section_label(draft.flat) is not None  # "End Notes" may open some, too
            return 0 if label and any(narrates(d.head) for d in drafts[i + 1 : j]) else j + 1
    return 0


def _rest_of_zone(drafts: Sequence[Draft], j: int, zone: Zone) -> int:
    """Before or after the story, a note runs to the next break where nothing on the way tells a story."""
    if zone == "body":
        return 0
    doubtful = 0
    for k in range(j, min(len(drafts), j + 10)):
        draft = drafts[k]
        if draft.kind in ("scene_break", "end", "heading", "boilerplate") or not is_plain(drafts, k):
            return k if not doubtful or zone == "tail" else 0
        if narrates(draft.head):
            return 0
        doubtful = doubtful + 1 if meta_score(draft.head) < 0.5 else 0
        if doubtful > 1 and zone != "tail":
            return 0
    return len(drafts) if j + 10 >= len(drafts) and zone == "tail" else 0


def _answers_reader(head: str) -> bool:
    """Whether the paragraph answers a reader by name, as notes do: ``oddfan: glad you liked it!``."""
    return _ANSWER.match(head) is not None and len(head) <= 400 and not narrates(head)
