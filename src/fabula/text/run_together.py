"""Paragraphs in which several people speak, parted where another begins.

Whoever sets a line apart from its answer begins a paragraph; many who write do not, and a text copied from
elsewhere may have lost them all. What is known of turns hangs on paragraphs, so those of such a text are
parted.

Two lines with nothing between them are two people's: in 1,141 stories by careful hands such lines stand in
one paragraph six times. How many do says how many breaks are missing. Where something is told between two
lines, the weights below say whether a paragraph would end there; they are rounded from a logistic regression
over marked stories whose breaks had been taken away (``python -m training.paragraph_breaks``).
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from fabula.text.speech_tags import REACH, begins_tag, ends_tag
from fabula.text.words import words
from fabula.types import QuoteSpan, Span

_LEAST = 3
_SHARE = 12
"""One line in so many is answered in its own paragraph, at least, where that is the writer's habit."""
_FAR = 600
"""Code points between two lines up to which what is told there is looked at sentence by sentence."""
_HARDLY = 0.15
"""Share of the breaks that is missing, up to which only lines with nothing between are parted."""
_PRONOUNS = words("he she they i we it")
_OWNERS = words("the a an his her their my its")
_LINKS = words("then and but so when for at after before there as in on that this with if now still not no")
_WORD = re.compile(r"[*_(—–]*([^\W\d_]+(?:['’-][^\W\d_]+)*)")
_SENTENCE = re.compile(r"(?:[.!?…][\"“”’»*_)]*|(?<=[\"”’»]))\s+(?=[\"“‘«*_(—]*[^\W\d_])")
_STOP = re.compile(r"[.!?…\n]")
_MARKS = " \t\n*_\"“”‘’'«»„"

# By where the break would be: behind a line ("after"), before the next ("last"), or between ("mid").
_WEIGHTS: Mapping[str, Mapping[str, float]] = {
    "after": {
        "": -3.5, "lower": -4.2, "link": -0.1, "name": 0.5, "pronoun": -0.5, "owner": 0.4, "mark": 0.4,
        "said ": -0.4, "said ,": -4.6, "said ?": 1.2, "said .": 1.0, "said —": -0.7, "intro": 0.1,
        "ahead": 0.7, "length ahead": 0.4, "short": 0.9, "tag before": -0.6, "tag behind": 1.3,
    },
    "last": {
        "": -1.5, "link": -0.1, "name": -0.2, "pronoun": -0.6, "owner": -0.6, "mark": -0.1, "tag": 0.2,
        "said ": 0.2, "said ,": -0.6, "said ?": 0.3, "said .": -0.5, "said —": -0.9, "intro": -3.3,
        "before": 0.4, "length before": 0.6, "short": 1.2, "long": -0.4, "goes on": -1.8, "other": 0.1,
        "same": -1.0, "tag before": 0.6, "tag behind": 1.0,
    },
    "mid": {
        "": -2.9, "lower": -1.2, "link": -0.5, "name": -0.3, "pronoun": -0.9, "owner": 0.1, "mark": -0.1,
        "said ": -0.5, "said ?": -0.9, "said .": -1.1, "said —": -0.4, "intro": 0.3, "first": 1.0,
        "before": -0.1, "ahead": 0.6, "length before": 0.4, "length ahead": -0.2, "short": 0.1,
        "tag before": 0.4, "tag behind": 0.1,
    },
}  # fmt: skip


def part_turns(text: str, paragraphs: Sequence[Span], quotes: Sequence[QuoteSpan]) -> tuple[Span, ...]:
    """``paragraphs`` (code points, in order), those with two speakers in pieces; ``quotes`` of the text.

    Nothing changes unless three lines, and one in twelve, are followed by another with nothing between.
    """
    starts = [p.start for p in paragraphs]
    spoken = [q for q in quotes if q.parent is None and q.closed and q.style not in ("", ":", "—")]
    together, apart = [], 0
    for a, b in pairwise(spoken):
        if bisect_right(starts, a.start) == bisect_right(starts, b.start):
            together.append((a, b))
        elif a.end <= b.start:
            apart += not text[a.end : b.start].strip()
    bare = [b.start for a, b in together if not text[a.end : b.start].strip()]
    if len(bare) < _LEAST or len(bare) * _SHARE < len(spoken):
        return tuple(paragraphs)
    cuts, missing = set(bare), len(bare) / (len(bare) + apart)
    if missing > _HARDLY:
        for a, b in together:
            if 0 < b.start - a.end <= _FAR:
                cuts.update(at for at, logit in break_logits(text, a, b) if logit + math.log(missing) > 0)
    return tuple(_parted(text, paragraphs, sorted(cuts)))


def _parted(text: str, paragraphs: Sequence[Span], cuts: Sequence[int]) -> Iterator[Span]:
    i = 0
    for p in paragraphs:
        low = p.start
        while i < len(cuts) and cuts[i] < p.end:
            if cuts[i] > low:
                yield Span(low, low + len(text[low : cuts[i]].rstrip()))
                low = cuts[i]
            i += 1
        yield Span(low, p.end)


def break_logits(text: str, a: QuoteSpan, b: QuoteSpan) -> Iterator[tuple[int, float]]:
    """Where a paragraph may end between two lines with something told between them, and its logit."""
    for at, names in break_features(text, a, b):
        kind = next(iter(names))
        yield at, sum(_WEIGHTS[kind].get(name, 0.0) * value for name, value in names[kind].items())


def break_features(
    text: str, a: QuoteSpan, b: QuoteSpan
) -> Iterator[tuple[int, dict[str, dict[str, float]]]]:
    """The same places, and what is true of each: one of the three kinds of place, and its features."""
    if not text[a.end : b.start].strip():
        return
    places = [m.end() for m in _SENTENCE.finditer(text, max(a.start, a.end - 3), b.start) if m.end() >= a.end]
    places = [*(x for x in places if x < b.start), b.start]
    said, reply = text[a.start : a.end].strip(_MARKS), text[b.start : b.end].strip(_MARKS)
    one, other = _subject(text, a.end), _subject(text, b.end)
    alike = one is not None and other is not None and (one in _PRONOUNS) == (other in _PRONOUNS)
    of_both: dict[str, float] = {
        f"said {_stop(said)}": True,
        "intro": ends_tag(text, a.end, b.start) or text[a.end : b.start].rstrip()[-1:] in (",", ":"),
        "short": len(reply) < 25,
        "tag before": begins_tag(text, a.end, a.end + REACH),
        "tag behind": begins_tag(text, b.end, b.end + REACH),
    }
    for k, at in enumerate(places):
        here: dict[str, float] = {"": True} | of_both
        before, ahead = min(k, 4), min(len(places) - 1 - k, 4)
        lengths = {"length before": min(at - a.end, 400) / 100, "length ahead": min(b.start - at, 400) / 100}
        here |= lengths | {"before": before, "ahead": ahead}
        if at == b.start:
            kind = "last"
            here["tag" if k == 0 else _opening(text, places[k - 1])] = True
            here |= {"goes on": reply[:1].islower(), "long": len(reply) > 150}
            here |= {"other": alike and one != other, "same": alike and one == other}
        else:
            kind = "mid" if text[a.end : at].strip() else "after"
            here |= {_opening(text, at): True, "first": k == 1}
        yield at, {kind: here}


def _stop(said: str) -> str:
    """How a line ends."""
    last = said[-1:]
    return (
        "."
        if last in {".", "!", "…"}
        else "—"
        if last in {"—", "–", "-"}
        else last
        if last in {",", "?"}
        else ""
    )


def _opening(text: str, at: int) -> str:
    """With what a sentence begins."""
    m = _WORD.match(text, at)
    if m is None:
        return "mark"
    word = m[1]
    low = word.lower()
    for name, some in (("pronoun", _PRONOUNS), ("owner", _OWNERS), ("link", _LINKS)):
        if low in some:
            return name
    return "name" if word[0].isupper() else "lower"


def _subject(text: str, at: int) -> str | None:
    """The pronoun or name that says the line which ends at ``at``; None without a tag or for "the man"."""
    if not begins_tag(text, at, at + REACH):
        return None
    stop = _STOP.search(text, at, at + REACH)
    for m in _WORD.finditer(text, at, stop.start() if stop else at + REACH):
        word = m[1]
        if word.lower() in _PRONOUNS or word[0].isupper():
            return word.lower()
    return None
