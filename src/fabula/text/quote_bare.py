"""Speech without any mark around it: "You're late, Imre said." and the answers to it.

Only in a story that sets off nearly nothing and tags speech all the same, as some novels do. There a sentence
that a tag ends is speech; where nobody tells the story as "I", so is one that says "I" or "you".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from fabula.text.quote_runs import EDGE, Piece

FEWEST = 4
"""Tags without marks at least, four for each quote that has some."""
APART = 1500
"""Code points of the story for each such tag, at most."""
MARKED = 8
"""A story in which one paragraph in so many has a quote with marks is not looked at."""
TELLS = 2
"""Tags by "I" from which on "I" tells the story."""
SHORT = 8
"""Words of a sentence alone in its paragraph between two lines that may be an answer."""
_SENTENCE = re.compile(r"[^.!?…]*(?:[.!?…]+[\"'”’)\]]*|$)\s*")
_ABBREVIATED = re.compile(r"\b(?:mr|mrs|ms|dr|st|prof|rev|capt|col|gen|sgt|lt|[a-z])\.\s*$", re.IGNORECASE)
_LEADS = re.compile(r"[,?!—–…]\s+")
_OWN = re.compile(
    r"\b(?:I|me|my|mine|myself|you|your|yours|yourself|we|us|our|ours)\b|\b(?:I|you|we)[’'](?:m|ve|ll|d|re)\b",
    re.IGNORECASE,
)
_MINE = re.compile(r"\bI\b|\b(?:me|my|mine|myself)\b")
_TOLD = re.compile(
    r"\b(?:was|were|had|did|came|went|took|gave|rose|stood|sat|turned|looked|put|let|held|kept|made|felt|knew"
    r"|saw|thought|began|\w{2,}ed)\b",
    re.IGNORECASE,
)
_PRONOUN = r"(?:he|she|they|I|we|you|xe|ze|ey|fae)"
_NAME = r"(?:[^\W\d_a-z][\w’'-]*\.?(?: [^\W\d_a-z][\w’'-]*){0,2})"
_NOUN = r"(?:(?:the|his|her|my|our|their|an?) (?:[a-z-]+ )?[a-z-]+)"
_VERB = (
    r"(?:say|says|said|ask|asks|asked|tell|tells|told|reply|replies|replied|answer|answers|answered|whisper"
    r"|whispers|whispered|shout|shouts|shouted|cry|cries|cried|think|thinks|thought|add|adds|added|murmur|murmurs"
    r"|murmured|mutter|mutters|muttered|call|calls|called|yell|yells|yelled|wonder|wonders|wondered)"
)
_HOW = (
    rf"(?: (?:to )?(?:him|her|me|us|them|you|{_NAME}))?"
    r"(?: (?:[a-z]+ly|again|then|at last|back|aloud|out loud|after a while))?"
)
_TAG = re.compile(
    rf"(?:(?:{_PRONOUN}|{_NAME}|{_NOUN}) {_VERB}|{_VERB} (?:{_PRONOUN}|{_NAME}|{_NOUN}))"
    rf"{_HOW}\s*(?=[.,;:—–]|$)"
)


@dataclass(frozen=True, slots=True)
class _Sentence:
    """[start, end) in code points; ``said`` ends its speech, ``start`` where a ``tag`` shows none.

    ``mine``: the tag is "I said".
    """

    start: int
    end: int
    said: int
    tag: bool
    mine: bool


def bare_speech(text: str, pieces: Sequence[Piece], marked: int) -> list[tuple[int, int]]:
    """Speeches as spans, none where the story has marks; ``marked``: how many quotes have some.

    Linear in the length of the text.
    """
    if marked * MARKED > len(pieces):
        return []
    read = [_sentences(text, low, high) for low, high, _ in pieces]
    tagged = [s for some in read for s in some if s.tag]
    length = sum(high - low for low, high, _ in pieces)
    if len(tagged) < max(FEWEST, FEWEST * marked) or len(tagged) * APART < length:
        return []
    told_by_i = sum(s.mine for s in tagged) >= TELLS
    lines = [_speech(text, some, told_by_i) for some in read]
    for i, some in enumerate(read):
        if not lines[i] and 0 < i < len(read) - 1 and lines[i - 1] and lines[i + 1] and _answer(text, some):
            lines[i] = [(some[0].start, some[0].end)]
    return [span for some in lines for span in _joined(text, some)]


def _sentences(text: str, low: int, high: int) -> list[_Sentence]:
    spans: list[tuple[int, int]] = []
    for m in _SENTENCE.finditer(text, low, high):
        if m.start() == m.end():
            continue
        before = spans[-1] if spans else None
        small = text[m.start()].islower()
        if before and (small or _ABBREVIATED.search(text, max(before[0], before[1] - 8), before[1])):
            spans[-1] = before[0], m.end()  # "Is she dry? he asked."
        else:
            spans.append((m.start(), m.end()))
    out: list[_Sentence] = []
    for a, b in spans:
        said, mine = _tagged(text, a, b)
        if (
            said == a
            and out
            and text[out[-1].start : out[-1].end].rstrip()[-1:] in "?!"
            and _is_tag(text, a, b)
        ):
            last = out.pop()
            out.append(_Sentence(last.start, last.end, last.end, True, bool(_MINE.match(text, a))))
        out.append(_Sentence(a, b, said, said > a, mine))
    return out


def _tagged(text: str, start: int, end: int) -> tuple[int, bool]:
    """Where the speech of a sentence ends, ``start`` if no tag ends it; and whether the tag is "I said"."""
    for m in _LEADS.finditer(text, start, end):
        if _is_tag(text, m.end(), end):
            return m.start() + 1, text.startswith("I ", m.end()) or bool(
                re.match(r"\w+ I\b", text[m.end() : m.end() + 20])
            )
    return start, False


def _is_tag(text: str, at: int, end: int) -> bool:
    """Whether a plain tag begins there, and nothing reported: "he said.", "said Imre,", "the boy asked."."""
    return _TAG.match(text, at, end) is not None


def _speech(text: str, sentences: Sequence[_Sentence], told_by_i: bool) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    after, tagged = False, any(s.tag for s in sentences)
    for s in sentences:
        words = text[s.start : s.end]
        asks = tagged and words.rstrip().endswith("?") and not _TOLD.search(words)
        own = _OWN.search(words) and not (told_by_i and (_MINE.search(words) or not after))
        if s.tag:
            out.append((s.start, s.said))
        elif (asks or own) and not _is_tag(text, s.start, s.end):
            out.append((s.start, s.end))
        after = s.tag or (after and not _TOLD.search(words))
    return out


def _answer(text: str, sentences: Sequence[_Sentence]) -> bool:
    """Whether a paragraph between two lines may be one: "She is dry enough."."""
    if len(sentences) != 1:
        return False
    words = text[sentences[0].start : sentences[0].end]
    return len(words.split()) <= SHORT and not _TOLD.search(words)


def _joined(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Neighbouring sentences as one speech, without the blanks and signs around it."""
    out: list[tuple[int, int]] = []
    for a, b in spans:
        if out and not text[out[-1][1] : a].strip():
            out[-1] = out[-1][0], b
        else:
            out.append((a, b))
    trimmed = []
    for a, b in out:
        while b > a and text[b - 1] in EDGE:
            b -= 1
        if any(map(str.isalnum, text[a:b])):
            trimmed.append((a, b))
    return trimmed
