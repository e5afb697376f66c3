"""What the blocks of a book say by their look and place: its title, header lines, contents, headings.

For pages of every origin, also where the template was edited: features are counted, no template is matched.
What is left without a role is judged by the rules for plain text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from fabula.text import header_lines as header
from fabula.text.formats.document import Block
from fabula.text.formats.facts import Facts, one_name
from fabula.text.formats.flow import split_block
from fabula.text.lines import LONGEST_LINE, plain, scene_break
from fabula.types import SegmentKind

FRONT = 80
"""Blocks at the head of a book among which its header lines are looked for."""
LONGEST_HEADING = 200

_SUMMARY = 6
"""Most paragraphs under the label of a summary."""
_COLUMNS = 2
"""Blocks that may stand between "Contents" and the list: the names of its columns."""
_CONTENTS = re.compile(r"\W*(?:table of )?contents\W*", re.IGNORECASE)
_GO = re.compile(
    r"\W*(?:back|(?:back to )?(?:the )?"
    r"(?:top|contents|next|previous|prev|home|index|next chapter|previous chapter))\W*",
    re.IGNORECASE,
)
_TITLE_BY = re.compile(r"(?P<title>\S.{0,200}?)\s+by\s+(?P<author>\S.{0,80})", re.DOTALL)
_SENTENCE = re.compile(r"[.!?…][\"”’']?\s+\S")


def settle(blocks: Sequence[Block], facts: Facts, page_title: str | None = None) -> list[Block]:
    """Give roles to what shows its own; add what the header lines declare to ``facts``.

    ``page_title`` is what the page calls itself (``<title>``).
    """
    found = _header_blocks(blocks)
    found = _contents(found)
    found = _title(found, facts, page_title)
    found = _header_lines(found, facts)
    return list(map(_plainer, _headings(found, facts)))


def same_words(a: str, b: str) -> bool:
    """Whether two lines say the same but for marks, case and white space."""
    left, right = (re.sub(r"[\W_]+", "", text).casefold() for text in (a, b))
    return left == right and left != ""


def key_of(block: Block) -> header.KeyValue | None:
    """The block as a header line, or None."""
    return header.key_value(block.text) if len(block.text) < 4000 else None


# ------------------------------------------------------------------ header lines
def _header_blocks(blocks: Sequence[Block]) -> list[Block]:
    """Blocks at the head of the book parted into lines where the lines are header lines."""
    found: list[Block] = []
    for i, block in enumerate(blocks):
        lines = block.text.count("\n") + 1
        if block.role is not None or i >= FRONT or lines < 2 or lines > 60:
            found.append(block)
            continue
        keys = [header.key_value(line[:LONGEST_LINE]) for line in block.text.split("\n")]
        known = sum(key is not None and key.kind is not None for key in keys)
        if known >= 2 or (known and lines <= 3):
            found += _parted(block)
        else:
            found.append(block)
    return found


def _parted(block: Block) -> list[Block]:
    """The block as one block for each of its lines, those close to one another."""
    text = block.text
    marks = [
        replace(m, start=m.start + text.count("\n", 0, m.start), end=m.end + text.count("\n", 0, m.end))
        for m in block.marks[:200]
    ]
    whole = replace(block, text=text.replace("\n", "\n\n"), marks=tuple(marks))
    parts = split_block(whole)
    return [parts[0], *(replace(part, close=True) for part in parts[1:])] if parts else []


def _header_lines(blocks: Sequence[Block], facts: Facts) -> list[Block]:
    """Type runs of header lines in front of the story where enough of their keys are known."""
    found = list(blocks)
    i = 0
    while i < min(len(found), FRONT):
        if found[i].role is not None or key_of(found[i]) is None:
            i += 1
            continue
        end = i
        while end < len(found) and found[end].role is None and key_of(found[end]) is not None:
            end += 1
        pairs = [pair for block in found[i:end] if (pair := key_of(block)) is not None]
        last = end - 1
        known = sum(pair.kind is not None and pair.key.lower() not in header.COMMON_KEYS for pair in pairs)
        if known >= 3 and known >= 0.3 * len(pairs):
            for j, pair in zip(range(i, end), pairs, strict=True):
                found[j] = _declare(found[j], pair, facts, i + 1, first=j == i)
            if pairs[-1].kind == "summary" and not pairs[-1].value:
                end = _told_below(found, last, facts)
        i = end
    return found


def _told_below(found: list[Block], label: int, facts: Facts) -> int:
    """Type what stands under the label "Summary:"; return one past it.

    It reaches to whatever has a role or is a heading, if that is near; else it is one paragraph.
    """
    end = label + 1
    while end < len(found) and end - label <= _SUMMARY and _plain_block(found[end]):
        end += 1
    if end - label > _SUMMARY or end == len(found):
        end = min(label + 2, end)
    for i in range(label + 1, end):
        found[i] = found[i].told("summary", found[label].label, found[label].group)
    facts.add("Summary", " ".join(block.text for block in found[label + 1 : end]))
    return end


def _plain_block(block: Block) -> bool:
    return block.role is None and not block.level and not block.linked


def _declare(block: Block, pair: header.KeyValue, facts: Facts, group: int, *, first: bool) -> Block:
    kind: SegmentKind = "tags"
    if pair.kind in ("summary", "disclaimer", "note", "title", "byline"):
        kind = pair.kind  # type: ignore[assignment]
    facts.add_line(pair.key, pair.value)
    return replace(
        block,
        role=kind,
        label=pair.key,
        group=group,
        close=block.close or (not first and "\n" not in block.text),
    )


# ------------------------------------------------------------------ contents
def _contents(blocks: Sequence[Block]) -> list[Block]:
    """Type lists of links into the book, and the heading over them."""
    found = list(blocks)
    i = 0
    while i < len(found):
        if found[i].role is not None or not found[i].linked:
            i += 1
            continue
        end = i
        while end < len(found) and found[end].role is None and found[end].linked:
            end += 1
        lines = sum(block.text.count("\n") + 1 for block in found[i:end])
        over = _contents_heading(found, i)
        if over or lines >= 4:
            for j in range(i - over, end):
                found[j] = found[j].told("boilerplate", "Contents", -i - 1)
        else:
            for j in range(i, end):
                if _GO.fullmatch(found[j].text):
                    found[j] = found[j].told("boilerplate", None, -i - 1)
        i = end
    return found


def _contents_heading(blocks: Sequence[Block], i: int) -> int:
    """How many blocks above the list at ``i`` belong to it, from "Contents" on; 0 if no such line is near."""
    for over in range(1, min(i, _COLUMNS + 1) + 1):
        block = blocks[i - over]
        if block.role is not None or len(block.text) > LONGEST_HEADING:
            return 0
        if _CONTENTS.fullmatch(block.text) is not None:
            return over
    return 0


# ------------------------------------------------------------------ title and headings
def _title(blocks: Sequence[Block], facts: Facts, page_title: str | None) -> list[Block]:
    """Find the story's title and its author's line among the first blocks."""
    found = _signed(list(blocks), facts, page_title)
    ones = [i for i, block in enumerate(found) if block.level == 1 and block.role is None]
    for i, block in enumerate(found[:12]):
        text = " ".join(block.text.split())
        if block.role == "title":
            break
        if block.role is not None or len(text) > 250:
            continue
        known, author = facts.first("Title"), facts.first("Author")
        m = _TITLE_BY.fullmatch(text)
        by = m is not None and (
            (author is not None and same_words(m["author"], author))
            or (known is not None and same_words(m["title"], known))
            or (block.level > 0 and _called(page_title, text, m["title"]))
        )
        if m is not None and by:
            _declare_once(facts, "Title", m["title"])
            _declare_once(facts, "Author", m["author"])
            found[i] = replace(block, text=text, role="title", level=0, marks=())
        elif (known is not None and same_words(text, known)) or (
            known is None
            and block.level > 0
            and (ones == [i] or (page_title is not None and same_words(page_title.split(" by ")[0], text)))
            and not scene_break(text)
        ):
            _declare_once(facts, "Title", " ".join(text.split()))
            found[i] = replace(block, role="title", level=0)
        else:
            if block.level == 0:
                break
            continue
        _byline(found, i + 1, facts)
        break
    return found


def _called(page_title: str | None, text: str, title: str) -> bool:
    """Whether the page calls itself so: "Title by Author", whose authors may be fewer than the heading's."""
    if page_title is None:
        return False
    m = _TITLE_BY.fullmatch(page_title)
    return same_words(page_title, text) or (m is not None and same_words(m["title"], title))


def _signed(blocks: list[Block], facts: Facts, page_title: str | None) -> list[Block]:
    """The blocks with title and author parted where they are the lines of the first one.

    So they are where the page calls itself "Title by Author" and the block is nothing but the two.
    """
    m = _TITLE_BY.fullmatch(page_title or "")
    first = blocks[0] if blocks else None
    if m is None or first is None or first.role is not None or first.text.count("\n") != 1:
        return blocks
    title, author = first.text.split("\n")
    author = header.byline(author) or author
    if not (same_words(title, m["title"]) and same_words(author, m["author"])):
        return blocks
    _declare_once(facts, "Title", m["title"])
    _declare_once(facts, "Author", m["author"])
    return [*_parted(first), *blocks[1:]]


def _declare_once(facts: Facts, name: str, value: str) -> None:
    """Add a title or author unless it is known but for marks and case, or is all that are known, in one."""
    known = facts.all(name)
    if not any(same_words(one, value) for one in (*known, " ".join(known))):
        facts.add(name, value)


def _byline(found: list[Block], i: int, facts: Facts) -> None:
    if i >= len(found) or found[i].role is not None:
        return
    text = found[i].text.strip()
    name, authors = header.byline(text), facts.all("Author")
    if name is not None or any(same_words(text, one) for one in (*authors, " ".join(authors))):
        _declare_once(facts, "Author", name or text)
        found[i] = replace(found[i].told("byline"), level=0)


def _headings(blocks: Sequence[Block], facts: Facts) -> list[Block]:
    """Type what is set as a heading, unless it says that it is something else."""
    levelled = [block for block in blocks if block.level and block.role is None]
    if len(levelled) > 20 and len(levelled) > 0.4 * len(blocks):
        return list(blocks)
    title = facts.first("Title")
    found: list[Block] = []
    told = False
    for i, block in enumerate(blocks):
        text = " ".join(block.text.split())
        if not block.level or block.role is not None or not _heads(text):
            told = told or (block.role is None and not block.level)
        elif title is not None and not told and same_words(text, title) and i < FRONT:
            block = replace(block, role="title", group=i + 1)
        else:
            block = replace(block, role="heading", label=heading_label(block.text), group=i + 1)
        found.append(block)
    return found


def _plainer(block: Block) -> Block:
    """The block without what only sets it as a heading: bold from end to end, in the middle."""
    if block.role not in ("heading", "title"):
        return block
    marks = tuple(m for m in block.marks if (m.start, m.end, m.kind) != (0, len(block.text), "strong"))
    return replace(block, marks=marks, layout=tuple(kind for kind in block.layout if kind != "centered"))


def heading_label(text: str) -> str:
    """A heading in one line: "CHAPTER I" over "Ebb" is "CHAPTER I: Ebb"."""
    lines = [plain(line) or line.strip() for line in text.split("\n") if line.strip()]
    label = lines[0] if lines else ""
    for line in lines[1:]:
        label += (" " if label[-1:] in ".:—–-" else ": ") + line
    return label


def _heads(text: str) -> bool:
    """Whether a line that is set as a heading may be one by what it says."""
    if not text or len(text) > LONGEST_HEADING or scene_break(text) or not any(map(str.isalnum, text)):
        return False
    if header.section_label(text) or header.note_opening(text):
        return False
    if len(text) > 100 and _SENTENCE.search(text):
        return False
    pair = header.key_value(text)
    return not (pair is not None and pair.kind is not None and one_name(pair.key) != "Chapters")
