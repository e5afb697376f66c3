"""What a library or a site put around the story: Gutenberg's header and licence, pictures, credits."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fabula.text.draft import Draft

_START = re.compile(
    r"\*{3}\s?START OF (?:THE |THIS )?PROJECT GUTENBERG[^\n]*|\*END[* ]*THE SMALL PRINT[^\n]*", re.IGNORECASE
)
_END = re.compile(
    r"^[ \t]*(?:\*{3}\s?END OF (?:THE |THIS )?PROJECT GUTENBERG|\*{3}\s?START: FULL LICENSE"
    r"|End of (?:the |this )?Project Gutenberg)",
    re.IGNORECASE | re.MULTILINE,
)
_HEADER = re.compile(
    r"^[ \t]*(Title|Author|Language|Translator|Illustrator|Editor|Release date|Posting date"
    r"|Credits)[ \t]*:[ \t]*"
    r"(\S[^\n]*(?:\n[ \t]{2,}\S[^\n]*)*)",
    re.IGNORECASE | re.MULTILINE,
)
_CREDIT = re.compile(
    r"[\W_]*(?:produced|e-?text (?:prepared|produced)|this e-?(?:book|text) was (?:produced|prepared)"
    r"|prepared|scanned|"
    r"transcribed(?: from)?|digitized|proofread) (?:by|from)\b|.{0,400}\b(?:distributed proofread"
    r"|pgdp\.net|gutenberg\.(?:org|net))",
    re.IGNORECASE | re.DOTALL,
)
_BRACKETED = re.compile(
    r"[\W_]{0,3}\[\s*(illustration|transcriber|picture|image|frontispiece|decoration)", re.IGNORECASE
)
_FOOTNOTE = re.compile(r"\s*\[\s*footnote\b", re.IGNORECASE)
_TRANSCRIBER = re.compile(r"[\W_]{0,6}transcriber[’']?s[’']? notes?\b", re.IGNORECASE)
_RIGHTS = re.compile(
    r"\bcopyright\b|all rights reserved|\bisbn\b|\bprinted in\b|first published|^published by"
    r"|entered according to act",
    re.IGNORECASE,
)
_SITE = re.compile(
    r"posted originally on|please drop by the (?:archive|author)|let the (?:creator"
    r"|author) know if you enjoyed|"
    r"disclaimer: this is a work of fiction|end file\.?$|story (?:url|link)\b(?!: ?https?://)|downloaded from"
    r"|fanfiction downloader|"
    r"fetched (?:by|from)|converted (?:by|with|using)|packaged by|generated (?:by|with)",
    re.IGNORECASE,
)


def mark_boilerplate(text: str, drafts: Sequence[Draft]) -> dict[str, str]:
    """Type the paragraphs that are boilerplate; return what Gutenberg's header declares, keys capitalised."""
    declared = _gutenberg(text, drafts)
    first = next((i for i, d in enumerate(drafts) if d.kind is None), len(drafts))
    for i, draft in enumerate(drafts):
        if draft.kind is not None:
            continue
        head = draft.head
        if "[" in head[:6]:
            if _BRACKETED.match(head):
                _bracket(
                    text, drafts, i, "boilerplate", "Illustration" if "llustration" in head[:20] else None
                )
                continue
            if _FOOTNOTE.match(head):
                _bracket(text, drafts, i, "note", "Footnote")
                continue
        if _TRANSCRIBER.match(head):
            _transcriber(drafts, i)
        elif _credits(head, i - first, len(drafts) - i):
            draft.mark("boilerplate")
    return declared


def _credits(head: str, before: int, after: int) -> bool:
    """Whether a paragraph names who made or owns the file; ``before`` and ``after`` count its neighbours."""
    if before < 12 and _CREDIT.match(head):
        return True
    if before < 25 and len(head) < 400 and _RIGHTS.search(head):
        return '"' not in head and "“" not in head
    return (before < 25 or after <= 8) and len(head) < 300 and _SITE.search(head) is not None


def _gutenberg(text: str, drafts: Sequence[Draft]) -> dict[str, str]:
    if "gutenberg" not in text[:3000].lower() and "gutenberg" not in text[-30_000:].lower():
        return {}
    starts = list(_START.finditer(text, 0, min(len(text), 60_000)))
    header_end = starts[-1].end() if starts else 0
    end = _END.search(text, header_end or len(text) // 2)
    tail = end.start() if end else len(text)
    for draft in drafts:
        about = not header_end and draft.start < 3000 and "gutenberg" in draft.head.lower()
        if draft.start < header_end or draft.start >= tail or about:
            draft.mark("boilerplate")
    return {
        m[1].capitalize(): " ".join(m[2].split()) for m in reversed(list(_HEADER.finditer(text[:header_end])))
    }


def _bracket(text: str, drafts: Sequence[Draft], i: int, kind: str, label: str | None) -> None:
    """Type the paragraphs from ``i`` to the one that closes its bracket, if that is near."""
    depth = 0
    for j in range(i, min(i + 12, len(drafts))):
        part = text[drafts[j].start : min(drafts[j].end, drafts[j].start + 4000)]
        depth += part.count("[") - part.count("]")
        if depth <= 0:
            if j == i and not part.rstrip("_*. ").endswith("]") and kind == "boilerplate":
                return
            for draft in drafts[i : j + 1]:
                draft.mark("note" if kind == "note" else "boilerplate", label, i + 1)
            return


def _transcriber(drafts: Sequence[Draft], i: int) -> None:
    """A transcriber's note runs to the next wide gap, or to the end of the file where it stands near it."""
    drafts[i].mark("boilerplate", "Transcriber's note")
    late = i > 0.9 * len(drafts) and len(drafts) - i <= 60
    for draft in drafts[i + 1 : i + (60 if late else 8)]:
        if draft.blanks >= 2 and not late:
            return
        draft.mark("boilerplate")
