"""Is a stretch between quotation marks speech, or a title, a scare quote, a word mentioned as a word?

A linear score over features that can be read off the page. The weights are rounded from a logistic regression
on the training part of LitBank (Sims and Bamman 2020, CC BY 4.0) and evened out by hand; the score is in
logits, and above 0 the stretch is taken for speech (or for thought or writing set down like speech).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from fabula.text.quote_marks import MARKUP
from fabula.text.speech_tags import begins_tag, ends_tag
from fabula.text.verbs import speech_verb
from fabula.text.words import words

WEIGHTS: dict[str, float] = {
    "bias": 0.5,
    "begins paragraph": 2.5,
    "begins sentence": 1.5,
    "after quote": 1.5,
    "after tag": 1.5,
    "after verb": 0.5,
    "capital after verb": 2.0,
    "after comma or colon": 0.5,
    "after naming word": -2.5,
    "after determiner": -2.0,
    "after other word": -2.0,
    "before tag": 2.5,
    "ends ! or ?": 1.0,
    "ends . or dash": 0.5,
    "ends comma": -0.5,
    "ends in nothing": -2.0,
    "lower case": -1.0,
    "1 or 2 words": -0.5,
    "6 words or more": 0.5,
    "12 words or more": 0.5,
    "two sentences": 1.0,
    "I or you": 0.5,
    "all capitalised": -1.0,
    "resumes": 2.0,
    "verse": -6.0,
    "secondary style": -1.0,
    "nested": -1.0,
}

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_INNER_STOP = re.compile(r"[.!?…][\"'”’]?\s+\S")
_ANSWERS = re.compile(
    r"\b(?:sa(?:id|ys?)|answer(?:ed)?|reply|repl(?:ied|ies)|heard|hears?)\s+(?:was|is)$", re.IGNORECASE
)
"""What ends so announces speech: "all she said was"."""
_HEARING = frozenset({"hear", "hears", "heard", "hearing"})
_LAST_WORD = re.compile(r"([^\W\d_]+)[\s*_]*$")
_I_YOU = words("i me my mine we us our you your yours i'm i'll i've i'd you're you'll we're we'll let's")
_NAMING = words(
    "called call calls calling named name names word words term terms termed phrase phrases title titled",
    "entitled styled dubbed nicknamed known labelled labeled so-called marked expression letters letter",
    "inscription motto syllable prefix adjective noun verb song ballad hymn tune poem novel book chapter",
    "play opera newspaper pronounced meaning means meant spelled spelt headed signed read ship schooner",
    "brig hms",
)
_DETERMINERS = words(
    "the a an this that these those my your his her its our their some any no every each of in on at to for",
    "with from by as or than into about upon was were is are be been very so most more",
)
_CAPITALS = tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_ANNOUNCED = frozenset({"after tag", "after verb", "before tag"})
"""Somebody is said to speak: then a quote in a quote is no less likely than any other."""
_HEAD = 240
_TAIL = 60


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of a stretch beside its text. ``low``, ``high``: its paragraph, in code points.

    ``previous_end`` is where the last accepted quote of the paragraph ended, or None.
    """

    low: int
    high: int
    previous_end: int | None = None
    secondary: bool = False
    nested: bool = False


def features(text: str, start: int, end: int, inner: tuple[int, int], context: Context) -> list[str]:
    """Names of the features, keys of ``WEIGHTS``, that hold for the stretch ``start:end``.

    ``inner`` is the same without its marks.
    """
    found = ["bias"]
    found += _of_content(text, inner)
    stopped = text[max(inner[0], inner[1] - 4) : inner[1]].rstrip(MARKUP + " \n'’")[-1:] == "."
    found += _of_context(text, start, end, context, "lower case" in found, stopped)
    if context.secondary:
        found.append("secondary style")
    if context.nested and _ANNOUNCED.isdisjoint(found):
        found.append("nested")
    return found


def _of_content(text: str, inner: tuple[int, int]) -> list[str]:
    found = []
    head = text[inner[0] : min(inner[1], inner[0] + _HEAD)].strip(MARKUP + " \n\t\r")
    tail = text[max(inner[0], inner[1] - _TAIL) : inner[1]].rstrip(MARKUP + " \n\t\r'’\"”")
    last = tail[-1:]
    if last and last in "!?":
        found.append("ends ! or ?")
    elif last and last in ".…-—–":
        found.append("ends . or dash")
    elif last == ",":
        found.append("ends comma")
    elif not last or last not in ";:":
        found.append("ends in nothing")
    spoken = _WORD.findall(head)
    if spoken and spoken[0][0].islower():
        found.append("lower case")
    long = inner[1] - inner[0] > _HEAD
    if len(spoken) <= 2 and not long:
        found.append("1 or 2 words")
    if len(spoken) >= 6 or long:
        found.append("6 words or more")
    if len(spoken) >= 12 or long:
        found.append("12 words or more")
    if _INNER_STOP.search(head):
        found.append("two sentences")
    if any(w.lower().replace("’", "'") in _I_YOU for w in spoken[:16]):
        found.append("I or you")
    if 2 <= len(spoken) <= 8 and not long and sum(w[0].isupper() for w in spoken) * 4 > len(spoken) * 3:
        found.append("all capitalised")
    if "\n" in head and _verse(head):
        found.append("verse")
    return found


def _verse(head: str) -> bool:
    """Short indented lines, each with a capital: an epigraph or a song rather than talk."""
    rest = [line for line in head.split("\n")[1:] if line.strip()]
    if not rest or not all(line[:1].isspace() and len(line) < 65 for line in rest):
        return False
    return sum(line.strip(" \t\"'“‘").startswith(_CAPITALS) for line in rest) * 4 >= len(rest) * 3


def _of_context(text: str, start: int, end: int, context: Context, lower: bool, stopped: bool) -> list[str]:
    found = []
    before = text[max(context.low, start - 60) : start].rstrip(MARKUP + " \n\t\r([")
    last = before[-1:]
    if not last:
        found.append("begins sentence" if context.nested else "begins paragraph")
    elif context.previous_end is not None and not text[context.previous_end : start].strip(
        MARKUP + " \n\t\r"
    ):
        found.append("after quote")
    elif last in ".!?…”\"’'»":
        found.append("begins sentence")
    elif last in ",:;—–-":
        found.append("after tag" if ends_tag(text, context.low, start) else "after comma or colon")
        if lower and context.previous_end is not None and last != ":":
            between = start - context.previous_end
            if between < 200 and begins_tag(text, context.previous_end, start):
                found.append("resumes")
    elif m := _LAST_WORD.search(before):
        word = m[1].lower()
        if (speech_verb(word) == "say" and word not in _NAMING) or _announces(word, before):
            found.append("after verb")
            if _capital(text, start, end):
                found.append("capital after verb")
        elif word in _NAMING:
            found.append("after naming word")
        elif word in _DETERMINERS:
            found.append("after determiner")
        else:
            found.append("after other word")
    if begins_tag(text, end, context.high, new_sentence=stopped):
        found.append("before tag")
    return found


def _announces(word: str, before: str) -> bool:
    return word in _HEARING or (word in ("was", "is") and _ANSWERS.search(before) is not None)


def _capital(text: str, start: int, end: int) -> bool:
    """Whether the first letter between ``start`` and ``end``, which is near, is a capital."""
    first = next((c for c in text[start : min(end, start + 8)] if c.isalpha()), "")
    return first.isupper()


def score(names: list[str]) -> float:
    """The sum of the weights, in logits."""
    return sum(WEIGHTS[name] for name in names)
