"""E-mails and memoranda inside a story: what stands under "From: … To: … Subject: …"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fabula.text.draft import Draft
from fabula.text.letters import ends_letter

KEYS = 2
"""Lines of a head at least, one of which says from whom it is."""
LONGEST = 40
"""Paragraphs of one message."""
SHORT = 8
"""Words up to which a paragraph may go on with a message though it says neither "I" nor "you"."""
_KEY = re.compile(
    r"[*_>\s]{0,4}(?P<key>From|To|Cc|Bcc|Sent|Date|Subject|Re)[*_]{0,2}:[*_]{0,2}[ \t]*"
    r"(?P<value>[^\n]{0,200})",
    re.IGNORECASE,
)
_LINE = re.compile(r"[^\n]*\S[^\n]*")
_OWN = re.compile(
    r"\b(?:I|me|my|mine|we|us|our|you|your|yours)\b|\b(?:I|we|you)[’'](?:m|ve|ll|d|re)\b", re.IGNORECASE
)
_NAME = re.compile(r"[^\W\d_a-z][\w.’'-]*(?: [^\W\d_a-z][\w.’'-]*){0,3}")
_SPEAKS = tuple('"“‘«')


def mark_mail(text: str, drafts: Sequence[Draft]) -> None:
    """Type e-mails as letters: head and words, as far as these speak of "I" and "you"."""
    i = 0
    while i < len(drafts):
        body = _head(text, drafts, i)
        if body == i:
            i += 1
            continue
        end = _end(text, drafts, body)
        label = " ".join(text[drafts[i].start : drafts[i].end].split("\n")[0].split())[:80]
        for draft in drafts[i:end]:
            draft.mark("letter", label, i + 1)
        i = end


def _head(text: str, drafts: Sequence[Draft], i: int) -> int:
    """One past the paragraphs of a head that begins at ``i``; ``i`` where none does."""
    keys: list[str] = []
    j = i
    while j < len(drafts) and drafts[j].kind is None and j < i + 8:
        lines = _LINE.findall(text, drafts[j].start, min(drafts[j].end, drafts[j].start + 800))
        found = [_KEY.match(line) for line in lines]
        if not found or not all(found):
            break
        keys += [m["key"].lower() for m in found if m is not None]
        j += 1
    return j if len(keys) >= KEYS and "from" in keys and {"to", "subject", "re"} & set(keys) else i


def _end(text: str, drafts: Sequence[Draft], body: int) -> int:
    """One past the last paragraph of a message whose words begin at ``body``."""
    last = body
    for j in range(body, min(len(drafts), body + LONGEST)):
        draft = drafts[j]
        if draft.kind is not None or draft.head.startswith(_SPEAKS) or _head(text, drafts, j) != j:
            break
        if j > body and (end := ends_letter(drafts, j)):
            return end
        words = text[draft.start : min(draft.end, draft.start + 2000)]
        if _OWN.search(words):
            last = j + 1
        elif len(words.split()) > SHORT:
            break
    return last


def mail_names(text: str, start: int, end: int) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    """Code points of the names from whom and to whom the letter at [start, end) is, if it has such a head."""
    found: dict[str, tuple[int, int] | None] = {}
    for line in _LINE.finditer(text, start, min(end, start + 800)):
        m = _KEY.match(text, line.start(), line.end())
        if m is None:
            break
        name = _NAME.match(text, m.start("value"), m.end("value"))
        rest = text[name.end() : m.end("value")].strip() if name else ""
        several = rest[:1] in (",", ";", "&") or rest[:4] == "and "
        found[m["key"].lower()] = None if name is None or several else name.span()
    return (found.get("from"), found.get("to")) if "from" in found else (None, None)
