"""Universal Dependencies tokens, after UD English EWT: "don't" is *do* + *n't*, "well-known" is three tokens.

A token never crosses white space, so a text is cut into chunks at white space and each distinct chunk is
analysed once; a novel has few distinct chunks, which is what makes this fast. A chunk is read alone: the same
chunk gives the same tokens wherever it stands.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator

import numpy as np

from fabula.text.words import words
from fabula.types import Ints, TokenSpans

MAX_TOKEN = 200
"""Longest token, in code points; anything longer is cut."""

_CACHED_CHUNK = 48
_SLICE = (
    20 * MAX_TOKEN
)  # longer chunks are read in slices: the engine's stack grows with the length of a match
_CACHE_SIZE = 500_000

TITLES = words(
    "mr mrs ms mm mme mlle messrs dr drs st ste rev revd hon prof capt lt col gen sgt cpl maj adm cmdr gov",
    "sen rep pres supt insp det fr sr sra srta mgr vs viz cf al op ft mt ave",
)
"""Abbreviations, without their period, that a sentence hardly ever ends in: more follows."""

ABBREVIATIONS = TITLES | words(
    "jr esq co inc ltd corp bros etc jan feb aug sept oct nov dec tues thurs wed fri vol vols chap chaps fig",
    "figs ed eds dept est blvd rd ext approx misc univ assn ph.d e.g i.e a.k.a a.m p.m esp mss attn",
)
"""Abbreviations, without their period, that keep it in their token."""

# Combining marks, joiners and the soft hyphen are no word characters for ``re``, but belong to words.
_MARKS = (
    "\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc"
    "\u0900-\u0903\u093a-\u094f\u0981-\u0983\u09bc-\u09cd\u0e31-\u0e3a\u0e47-\u0e4e\u1ab0-\u1aff"
    "\u1dc0-\u1dff\u200c\u200d\u2060\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f"
)
# One class each, no alternatives: some marks are letters too, and a choice would be tried both ways.
_W = rf"(?:(?!_)[\w{_MARKS}])"
_L = rf"(?:(?![\d_])[\w{_MARKS}])"
_APOS = "['’]"
_PREFIX = (
    "anti|arch|co|counter|e|ex|extra|inter|intra|meta|micro|mid|mis|multi|neo|non|post|pre|pro|psycho|"
    "quasi|re|"
    "semi|socio|sub|super|trans|ultra|un|vice"
)
_WHOLE = "to-(?:day|night|morrow)|good-?bye?|t-shirt|x-ray|uh-(?:huh|oh|uh)|mm-h?mm?|o-ho"
_ELIDED = (
    "em|ere|til|till|cause|cos|coz|bout|round|nuff|ow|im|ave|ad|e|er|ome|ouse|ell|orse|ead|eart|and|nother|"
    "gainst|cept|scuse|less|tain|fraid|n|un|uns|way|tention|nd|pon|tween|twixt|neath|mong|mongst|board|"
    "spose|zackly"
)
_CLIPPED = (
    "o|th|an|wi|ol|lil|po|mo|fo|jes|mos|ha|ta|de|d|y|t|yo|le|sho|thro|tho|li'l|ev'ry|las|nex|jus|ole|an|bo"
)
_IN = (
    "begin|bin|basin|cabin|chin|coffin|cousin|dolphin|elfin|fin|gin|griffin|in|join|kin|latin|martin|"
    "merlin|napkin|"
    "origin|penguin|pin|pumpkin|raisin|robin|ruin|satin|sin|skin|spin|thin|tin|toxin|twin|urchin|vein|"
    "therein|"
    "herein|wherein|violin|virgin|win|within|coin|goblin|muffin|dublin|berlin|austin|justin|dustin|colin|"
    "kevin|calvin"
)
_ABBREV = "|".join(sorted((re.escape(a) for a in ABBREVIATIONS), key=len, reverse=True))

_PIECE = re.compile(
    rf"""
      \d+(?:[.:]\d+)?(?=[ap]\.?m(?!{_W}))                                 # 7 | pm
    | \d{{3}}-(?:\d{{3}}-)?\d{{4}}(?!{_W})                                # 555-0100
    | \d+(?:[.,:/]\d+)+                                                   # 1,200  7:30  9/11
    | (?:{_ABBREV})\.(?!{_W})
    | {_L}\.(?:{_L}\.)+(?:{_L}(?!{_W}))?                                  # U.S.  p.m.
    | (?-i:[A-HJ-Z])\.(?=['’]?s?[,)\]]*$)                              # the initial of a name
    | (?:{_WHOLE})(?!{_W})
    | [dy]['’](?=y?ou\b|ye\b|all\b)                                       # d' | you,  y' | all
    | (?:{_CLIPPED})['’](?!{_W})                                          # o'  th'
    | (?!(?:{_IN})['’]){_L}+(?<=[^\Wa])in['’](?!{_W})                   # goin'
    | (?:(?:{_PREFIX})-)(?={_L}{_L}){_L}+(?:['’]{_L}+)*
    | {_W}+(?:['’]{_W}+|&{_W}++(?!;))*
    | (?<![^\W_])['’‘`](?:{_ELIDED})(?!{_W})['’]?                         # 'em  'n'
    | ['’‘`]t(?=(?:is|was|were|will|would|wont|wasn|isn|ain)(?!{_L}))     # 't | is
    | (?<![^\W_])['’‘]\d\ds?(?!{_W})                                      # '60s
    | (?:^|(?<=[“"‘(\[—–_-]))’{_L}+(?:['’]{_L}+)*                         # a curly apostrophe opens no quote
    | \.{{2,}} | …+ | [!?]+ | ''(?!') | ``(?!`)
    | ([-*_~=#+<>^|•·.°—–―])\1*
    | .
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)

_WEB = re.compile(
    r"(?:https?://|ftp://|www\.)\S*[\w/=]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|edu|gov|info|html?|txt|doc|jpg|co\.uk)(?:/\S*[\w/=])?(?!\w)",
    re.IGNORECASE,
)
_FACE = re.compile(r"(?:[:;=][-']?[()DPpO|/\\*]+|<3+|\^_+\^|[xX]D+|[oO]_+[oO]|T_+T|-_+-)$")

_CLITIC = re.compile(rf"(?:n['’]t|(?<={_W})['’](?:s|m|re|ve|ll|d))$", re.IGNORECASE)
_SPLIT: dict[str, tuple[int, ...]] = {
    "cannot": (3,), "gonna": (3,), "gotta": (3,), "wanna": (3,), "gimme": (3,), "lemme": (3,), "outta": (3,),
    "dunno": (2, 3), "i'ma": (1, 3), "i’ma": (1, 3), "i'se": (1,), "we'se": (2,), "c'mon": (3,),
    "c’mon": (3,), "im": (1,), "ive": (1,), "youre": (3,), "youve": (3,), "youll": (3,), "theyre": (4,),
    "theyve": (4,), "theyll": (4,),
    "thats": (4,), "whats": (4,), "theres": (5,), "shes": (3,), "hes": (2,), "weve": (2,), "cant": (2,),
    "itll": (2,), "dont": (2,), "didnt": (3,), "doesnt": (4,), "isnt": (2,), "arent": (3,), "wasnt": (3,),
    "werent": (4,), "hasnt": (3,), "havent": (4,), "hadnt": (3,), "wouldnt": (5,), "couldnt": (5,),
    "shouldnt": (6,), "mustnt": (4,), "neednt": (4,), "aint": (2,), "tis": (1,), "twas": (1,),
}  # fmt: skip
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_CHUNK = re.compile(r"\S+")
_NUMBERED = re.compile(r"\b(?:No|Nos)\.(?=[ \xa0]\d)")

Pieces = tuple[tuple[int, int], ...]


def tokenize(text: str) -> TokenSpans:
    """Token offsets of ``text``, in code points.

    The tokens cover every character that is not white space, and nothing else. Linear in the length of
    ``text``; three to five million code points a second on prose.
    """
    starts, ends = array("i"), array("i")
    cache: dict[str, Pieces] = {}
    add_start, add_end = starts.append, ends.append
    for match in _CHUNK.finditer(text):
        chunk = match.group()
        at = match.start()
        pieces = cache.get(chunk)
        if pieces is None:
            if len(chunk) > _CACHED_CHUNK:
                for a, b in _pieces(chunk):
                    add_start(at + a)
                    add_end(at + b)
                continue
            pieces = tuple(_pieces(chunk))
            if len(cache) < _CACHE_SIZE:
                cache[chunk] = pieces
        for a, b in pieces:
            add_start(at + a)
            add_end(at + b)
    return _join_numbered(
        text, np.frombuffer(starts, dtype=np.int32).copy(), np.frombuffer(ends, dtype=np.int32).copy()
    )


def _join_numbered(text: str, start: Ints, end: Ints) -> TokenSpans:
    """Keep the period of "No." where a number follows: everywhere else "No." is an answer."""
    points = [m.end() - 1 for m in _NUMBERED.finditer(text)]
    if points:
        at = np.searchsorted(start, points)
        at = at[(at > 0) & (start[np.minimum(at, len(start) - 1)] == np.array(points))]
        end[at - 1] = end[at]
        keep = np.ones(len(start), dtype=bool)
        keep[at] = False
        start, end = start[keep], end[keep]
    return TokenSpans(start, end)


def _pieces(chunk: str) -> Iterator[tuple[int, int]]:
    """Token offsets within one chunk, which holds no white space."""
    if chunk.isalpha() and len(chunk) <= MAX_TOKEN and chunk.lower() not in _SPLIT and chunk.isascii():
        yield 0, len(chunk)
        return
    pos, stop = 0, len(chunk)
    if stop > _SLICE:
        for at in range(0, stop, _SLICE):
            yield from _plain(chunk, at, min(at + _SLICE, stop))
        return
    if stop <= MAX_TOKEN:
        if face := _FACE.search(chunk):
            stop = face.start()
        elif "." in chunk:
            for m in _WEB.finditer(chunk):
                yield from _plain(chunk, pos, m.start())
                yield from _cut(m.start(), m.end())
                pos = m.end()
    yield from _plain(chunk, pos, stop)
    yield from _cut(stop, len(chunk))


def _plain(chunk: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Token offsets within a part of a chunk that holds no address and no face."""
    if start == end:
        return
    for m in _PIECE.finditer(chunk[start:end]):
        a, b = m.span()
        yield from _word(m.group(), start + a) if b - a > 1 else ((start + a, start + b),)


def _word(word: str, at: int) -> Iterator[tuple[int, int]]:
    """Split clitics off ``word``, which starts at ``at``; cut what is too long."""
    end = at + len(word)
    if len(word) > MAX_TOKEN:
        yield from _cut(at, end)
        return
    if not word.isascii() and _WIDE.search(word):
        yield from _wide(word, at)
        return
    cuts = _SPLIT.get(word.lower())
    if cuts is None:
        found: list[int] = []
        stem = len(word)
        while (m := _CLITIC.search(word, 0, stem)) and m.start() > 0:
            stem = m.start()
            found.append(stem)
        cuts = tuple(reversed(found))
    for cut in cuts:
        yield at, end - len(word) + cut
        at = end - len(word) + cut
    yield at, end


def _cut(start: int, end: int) -> Iterator[tuple[int, int]]:
    for a in range(start, end, MAX_TOKEN):
        yield a, min(a + MAX_TOKEN, end)


def _wide(word: str, at: int) -> Iterator[tuple[int, int]]:
    """Scripts written without spaces: each ideograph or kana is a token."""
    pos = 0
    for m in _WIDE.finditer(word):
        if m.start() > pos:
            yield at + pos, at + m.start()
        yield at + m.start(), at + m.end()
        pos = m.end()
    if pos < len(word):
        yield at + pos, at + len(word)
