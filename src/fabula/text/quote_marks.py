"""Marks that may open or close direct speech, and how likely each is to do so where it stands.

A mark belongs to a family; marks of one family open and close one another, so that a curly mark may be closed
by a straight one. What a mark does is settled later, over the whole paragraph (``quote_pairs``); here every
possible reading gets a cost from what stands on either side. Costs are whole numbers, 0 for the expected
reading; a missing mark costs ``quote_pairs.MISSING``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

# D: every double mark; S: single marks; G: « »; H: ‹ ›; C: 「 」 and 『 』.
MARK = re.compile(
    r"""\"{3,}|["＂]|``|''(?!')|[“”„‟«»‹›「」『』]|,,(?=[^\W\d_])"""
    r"""|(?<![^\W_])['’‘‚‛`´]|['’‘´](?![^\W_])"""
)
_FAMILY = (
    dict.fromkeys("'’‘‚‛`´", "S") | {"«": "G", "»": "G", "‹": "H", "›": "H"} | dict.fromkeys("「」『』", "C")
)
_OPENERS = frozenset("“„‟‘‚‛`「『") | {"``", ",,"}
_CLOSERS = frozenset("”」』´")
MARKUP = "*_~"
_QUOTES = "\"'“”„‟‘’‚‛«»‹›`´"
_SKIPPED = frozenset(MARKUP + _QUOTES)
_BRACKETS = frozenset("([{<")
_DASHES = frozenset("-—–―‒")
_LEADING = frozenset(",:;—–-")
_LOOK = 6

# Words written with an apostrophe for their first letters; the second list are words without it too.
_ELISION = re.compile(
    r"""(?:tisn?|twasn?|twere|twill|twould|twixt|tween|em|ere|ouse|ome|ead|eart|eard|alf|undred|imself|erself
    |bout|cause|coz|cos|cuz|cept|fraid|gainst|lowed|mongst|mong|nother|nuff|nough|neath|bliged|pears|scuse
    |spect|spose|stead|stid|tain|taint|tother|tany|\d\ds?|uns?|ud|ll|ve|re|d|m|n|s|t|o|e)(?![^\W_])""",
    re.IGNORECASE | re.VERBOSE,
)
_ELISION_OR_WORD = re.compile(
    r"""(?:til|till|er|im|is|ave|ad|ow|and|ear|ard|old|ole|bove|fore|gin|kay|less|long|mid|most|pon|round|sides
    |ticed|way|ware|wares|spite|fess|yer|a|at|ee|y)(?![^\W_])""",
    re.VERBOSE,
)
_CLIPPED = re.compile(
    r"""(?:s|in|[^\W\d_]nd|\b(?:o|th|an|wi|ol|d|t|lil|li|po|mo|fo|de|ha|tha|wid|dat|mos|jus|las|mus|fac|bes|nex
    |lef|tol|goo|ev|sho|befo|do|yo|fa|lan|han|roun|fus|ca|gi|fu|awa|a|da|em|wha|tho|thro))$""",
    re.IGNORECASE | re.VERBOSE,
)


class Mark(NamedTuple):
    """One mark at ``start:end`` and the cost of each reading.

    ``skip_in``: no quotation mark, while a quote of its family is open; ``skip_out``: the same, none open;
    ``orphan``: it closes a quote whose opening mark is missing; ``inside``: beside ``open``, to open within
    a quote of its own family.
    """

    start: int
    end: int
    family: str
    glyph: str
    open: int
    close: int
    skip_in: int
    skip_out: int
    orphan: int
    inside: int = 20


@dataclass(frozen=True, slots=True)
class Style:
    """How one document sets off its speech, with the evidence.

    ``counts`` holds, by family ("D", "S", "G", "H", "C" and "—" for dashes), how many times speech seems to
    begin or end; ``primary`` is the family with most. ``free`` are glyphs whose direction varies, as in
    ”these”, “these“ and „these“; ``reversed`` is set for »these«. ``dashes``: a dash at the start of a
    paragraph is trusted to begin speech; ``hyphens``: so is a hyphen.
    """

    primary: str
    counts: dict[str, int]
    free: frozenset[str] = frozenset()
    reversed: bool = False
    dashes: bool = False
    hyphens: bool = False


# (class before, class after) -> (cost to open, cost to close). Classes: s space or edge, w word,
# p punctuation, d dash. The shape of a straight double mark.
_SHAPES: dict[str, tuple[int, int]] = {
    "sw": (0, 30), "sp": (3, 15), "sd": (2, 15), "ss": (8, 8),
    "ws": (35, 2), "wp": (35, 1), "wd": (30, 2), "ww": (15, 15),
    "ps": (35, 0), "pp": (35, 0), "pw": (12, 6), "pd": (30, 1),
    "ds": (30, 0), "dw": (3, 8), "dp": (15, 2), "dd": (8, 3),
}  # fmt: skip


def _class(c: str) -> str:
    if c.isalnum():
        return "w"
    if c.isspace():
        return "s"
    return "d" if c in _DASHES else "p"


def _before(text: str, i: int, low: int) -> str:
    """Class of what stands before ``i``; markup and other marks are looked through."""
    for j in range(i - 1, max(low, i - _LOOK) - 1, -1):
        if text[j] not in _SKIPPED:
            return "s" if text[j] in _BRACKETS else _class(text[j])
    return "s"


def _after(text: str, i: int, high: int) -> str:
    for j in range(i, min(high, i + _LOOK)):
        if text[j] not in _SKIPPED:
            return _class(text[j])
    return "s"


def family_of(glyph: str) -> str:
    """The family of a matched mark."""
    return _FAMILY.get(glyph, "D")


def marks(text: str, start: int, end: int, style: Style) -> Iterator[Mark]:
    """The marks of ``text[start:end]`` in order; apostrophes inside words are left out."""
    for m in MARK.finditer(text, start, end):
        i, j = m.span()
        glyph = m.group()
        shape = _before(text, i, start) + _after(text, j, end)
        family = _FAMILY.get(glyph, "D")
        if family == "S":
            yield _single(text, i, j, glyph, shape, start, style)
        elif glyph == "''" and style.primary == "S" and _ELISION.match(text, j):
            yield _single(text, i, i + 1, "'", shape, start, style)
            yield Mark(i + 1, j, "S", "'", 30, 30, 0, 0, 30)
        else:
            yield _paired(text, i, j, glyph, family, shape, style)


def _paired(text: str, i: int, j: int, glyph: str, family: str, shape: str, style: Style) -> Mark:
    opens, closes = _SHAPES[shape]
    if j - i > 2:
        return Mark(i, j, family, glyph, 30, 30, 0, 0, 40)  # a rule drawn with marks
    if family in "GH" and glyph not in style.free:
        left = (glyph in "«‹") != style.reversed
        opens, closes = (opens // 8, 15 + closes) if left else (15 + opens, closes // 8)
    elif glyph not in style.free:
        if glyph in _OPENERS:
            opens, closes = opens // 8, 12 + closes
        elif glyph in _CLOSERS:
            opens, closes = 12 + opens, closes // 8
    if glyph == '"' and closes < opens and i and text[i - 1].isdigit():
        return Mark(i, j, family, glyph, opens, closes, 20, 2, 40)  # inches, seconds
    firm = shape[0] in "pd" or shape == "sw" or glyph not in ('"', "''")
    skip = 38 if firm else 12
    last = text[max(0, i - 3) : i].rstrip()[-1:]
    inside = 14 if last in _LEADING else 14 if last.isalnum() else 28
    return Mark(i, j, family, glyph, opens, closes, skip, skip, 26 + closes if firm else 40, inside)


def _single(text: str, i: int, j: int, glyph: str, shape: str, low: int, style: Style) -> Mark:
    """A single mark: any reading may be wrong, since the apostrophe looks the same."""
    opens, closes = _SHAPES[shape]
    firm = 30 if style.primary == "S" else 15
    if shape in ("sw", "dw", "sp", "sd"):
        closes = 30
        skip = 12
        if shape[1] == "w":
            skip = 8 if text[j].islower() else 15
            if _ELISION.match(text, j):
                skip = 5 if i == low else 3  # a paragraph sooner begins with a quote
            elif _ELISION_OR_WORD.match(text, j):
                skip = 4
        costs = (opens, closes, skip, skip, 40)
    elif shape[0] in "pd" and shape != "pw":
        costs = (30, closes, 30, firm, 25 if style.primary == "S" else 40)
    elif shape[0] == "w":
        clipped = _CLIPPED.search(text, max(low, i - 8), i)
        costs = (30, 5 if shape == "wp" else 8, 2 if clipped else 6, 1 if clipped else 4, 40)
    else:
        costs = (10, 6 if shape == "pw" else 10, 16, 6, 40)
    opens, closes, skip_in, skip_out, orphan = costs
    if glyph in style.free:
        pass
    elif glyph in _OPENERS:
        closes += 20
        opens //= 8
        if skip_out > 5:
            skip_in = skip_out = 6 if glyph == "`" else 22
    elif glyph in "’´" and opens < 30:
        opens += 30
        skip_in, skip_out = min(skip_in, 6), min(skip_out, 1)
    return Mark(i, j, "S", glyph, opens, closes, skip_in, skip_out, orphan)


# ------------------------------------------------------------------ the style of a document
DIALOGUE_DASH = re.compile(r"\s*(?:[—–―]|--+)\s?(?=[^\W_]|[¿¡.…'’])")
_DASH_LINE = re.compile(r"[.!?…:,]\n[^\S\n]*(?:[—–―]|--+)\s?(?=[^\W_])")
HYPHEN = re.compile(r"\s*-[^\S\n](?=[^\W\d_])")
_ENDS = re.compile(r"[.!?…,—-][*_]?(['’‘´]|[\"”“„＂»«›‹」』]|'')(?![^\W_])")
_BEGINS = re.compile(r"\s*[*_]?(``|''|,,|['’‘`\"“”„＂«»‹›「『])[*_]?\s?[^\W_]")


def detect_style(text: str, pieces: Iterable[tuple[int, int]]) -> Style:
    """The style of the document whose story paragraphs are ``pieces`` (code points); one pass."""
    counts = dict.fromkeys("DSGHC—", 0)
    begins: dict[str, int] = {}
    hyphens = 0
    for start, end in pieces:
        if m := _BEGINS.match(text, start, end):
            elided = m[1] == "''" and _ELISION.match(text, m.end(1))
            counts["S" if elided else _FAMILY.get(m[1], "D")] += 1
            begins[m[1]] = begins.get(m[1], 0) + 1
        elif DIALOGUE_DASH.match(text, start, end):
            counts["—"] += 2
        elif HYPHEN.match(text, start, end):
            hyphens += 2
        if "\n" in text[start:end]:
            counts["—"] += 2 * len(_DASH_LINE.findall(text, start, end))
        for glyph in _ENDS.findall(text, start, end):
            counts[_FAMILY.get(glyph, "D")] += 1
    others = max(counts[f] for f in "DSGHC")
    if hyphens >= 6 and hyphens > 2 * others:
        counts["—"] += hyphens
    dashes = counts["—"] >= 4 and counts["—"] >= 0.2 * others
    return Style(
        primary=max(counts, key=lambda f: (counts[f], -"D—GCSH".index(f))),
        counts=counts,
        free=_free(text, begins),
        reversed=_reversed(text, begins),
        dashes=dashes,
        hyphens=counts["—"] > 0 and hyphens >= 6,
    )


def _free(text: str, begins: dict[str, int]) -> frozenset[str]:
    """Glyphs used in both directions."""
    free = set()
    left, right, low = text.count("“"), text.count("”"), text.count("„")
    if low or right * 20 < left:
        free.add("“")
    if left * 20 < right and not low:
        free.add("”")
    if begins.get("’", 0) >= 2 and not text.count("‘"):
        free.add("’")
    if text.count("‚") > 1:
        free.add("‘")
    for one, other in ("«»", "»«"):
        if text.count(one) > 1 and not text.count(other):
            free.add(one)
    return frozenset(free)


def _reversed(text: str, begins: dict[str, int]) -> bool:
    """Whether guillemets point inwards, »so«."""
    inward = begins.get("»", 0) + begins.get("›", 0)
    outward = begins.get("«", 0) + begins.get("‹", 0)
    if inward != outward:
        return inward > outward
    firsts = [(at, glyph) for glyph in "«»‹›" if (at := text.find(glyph)) >= 0]
    return bool(firsts) and min(firsts)[1] in "»›"
