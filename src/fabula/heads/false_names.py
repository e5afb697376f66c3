"""Names of people that are none: “Mangoes,” she said; the Bechstein; “You said so Monday.”

The detector judges each use by itself. Whether a name is somebody's shows in all its uses together: what it
does, whether it is called, whether novels write the word with a capital. Of 1,432 names in 1,077 marked
stories that are nobody's, most stand once.
"""

from __future__ import annotations

import math
import zlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from fabula.encoder.weights import load_weights
from fabula.errors import ModelError
from fabula.heads.trees import Trees
from fabula.lexicon.name_lists import DEITIES, ONE_GODS, given_names
from fabula.lexicon.name_titles import TITLES, fold
from fabula.lexicon.words import words
from fabula.types import ENTITY_TYPES, MENTION_KINDS, Floats, MentionSpans, Story, Syntax

LEAST = 0.2
"""P(it is a person's name) below which a name is dropped."""
FEATURES = (
    "score max", "score mean", "other types", "log count", "once", "several words", "title", "given",
    "given first", "in another name", "small share", "capitals", "known word", "small here", "opens",
    "quoted", "to", "at", "a", "the", "does", "ever does", "call", "italic", "PROPN", "NNPS",
    "nsubj", "nmod", "obl", "vocative", "compound", "discourse",
)  # fmt: skip
"""What is asked of a name: of the name itself, then shares of its uses."""
SMALL, CAPITALS = 255, 32
"""In the table of words: 255 times the share of uses with a small letter, 32 times log(1 + the others)."""
Key = tuple[str, ...]

_PERSON, _NAME = ENTITY_TYPES.index("PER"), MENTION_KINDS.index("PROP")
_AT = frozenset(["in", "at", "from", "near", "through", "into", "outside", "since", "until"])
_TO = frozenset(["to", "of", "on", "for", "after", "by", "with", "against", "towards"])
_RELATIONS = frozenset(["nsubj", "nmod", "obl", "vocative", "compound", "discourse"])
_DOES = frozenset(
    ["say", "ask", "answer", "reply", "tell", "whisper", "shout", "call", "cry", "murmur", "mutter", "add",
     "repeat", "think", "know", "look", "nod", "smile", "laugh", "shake", "turn", "stand", "sit", "walk",
     "put", "take", "want", "shrug", "sigh", "grin", "frown", "stare", "watch", "glance", "lean", "come",
     "go", "get", "give", "feel", "hold", "wait"]
)  # fmt: skip
"""What people do in stories, and what bears their names hardly does."""
_GODS = frozenset(DEITIES) | frozenset(ONE_GODS)
"""They are nobody of the cast either way, and who swears by them is told apart elsewhere."""
_WEEK = words("monday tuesday wednesday thursday friday saturday sunday")
_DAYS = (
    _WEEK
    | {day + "s" for day in _WEEK}
    | words("mon tue tues wed weds thu thur thurs fri january february september october november december")
    | words("christmas easter michaelmas whitsun")
)
"""Somebody's only if they do something or are called, as Crusoe's Friday does and is."""
_LOGIT = 1e-6


class Words:
    """How novels write words in the middle of sentences.

    ``small``: the share of uses with a small letter; ``capitals``: of the others, by their log, [0, 1.6].
    """

    def __init__(self, words: Sequence[str], small: Floats, capitals: Floats) -> None:
        self._at = {w: i for i, w in enumerate(words)}
        self._small, self._capitals = small, capitals

    @classmethod
    def of_counts(cls, words: Sequence[str], small: npt.NDArray[Any], capitals: npt.NDArray[Any]) -> Words:
        """The table as it is stored, in steps of ``SMALL`` and ``CAPITALS``."""
        share, log = small.astype(np.float32), capitals.astype(np.float32)
        share /= SMALL
        log /= 5 * CAPITALS
        return cls(words, share, log)

    def of(self, key: Key) -> tuple[float, float, float]:
        """Of a name's words, titles aside: the most of both, and the share that the table has."""
        rest = [w for w in key if w and w not in TITLES]
        known = [i for w in rest if (i := self._at.get(w)) is not None]
        if not known:
            return 0.0, 0.0, 0.0
        return (
            max(float(self._small[i]) for i in known),
            max(float(self._capitals[i]) for i in known),
            len(known) / len(rest),
        )


@lru_cache(maxsize=2)
def _model(folder: Path) -> tuple[Trees, Words]:
    path = folder / "names.npz"
    w = load_weights(path, skip=("encoder",))
    try:
        words = zlib.decompress(w["words"].astype(np.uint8).tobytes()).decode().split("\n")
        return Trees.of(w), Words.of_counts(words, w["small"], w["capitals"])
    except (KeyError, ValueError, zlib.error) as e:
        raise ModelError(str(path), "the weights cannot be read", "Install fabula again") from e


def persons_named(
    story: Story,
    words: Sequence[str],
    syntax: Syntax,
    m: MentionSpans,
    folder: Path,
    known: Collection[str] = (),
    kept: Collection[tuple[int, int]] = (),
) -> npt.NDArray[np.bool_]:
    """Which mentions to keep (n,): all but the names of people that are nobody's.

    ``words``: the story's tokens. ``known``: words of names that are people's whatever the text suggests;
    ``kept``: token spans of further ones. Cost: linear in tokens and mentions.
    """
    keep = np.ones(len(m), dtype=bool)
    if not syntax.upos:
        return keep
    trees, table = _model(folder)
    sure = {fold(w) for w in known}
    several = []
    for key, uses, row in name_features(story, words, syntax, m, table):
        spans = {(int(m.token_start[k]), int(m.token_end[k])) for k in uses}
        if not sure.isdisjoint(key) or not spans.isdisjoint(kept) or not _GODS.isdisjoint(key):
            continue
        if len(key) == 1 and key[0] in _DAYS and not row["ever does"] and not row.get("vocative"):
            keep[uses] = False
        else:
            several.append((uses, row))
    if several:
        x = np.asarray([[row.get(f, 0.0) for f in FEATURES] for _, row in several], np.float32)
        for (uses, _), p in zip(several, trees.probability(x).tolist(), strict=True):
            keep[uses] = p >= LEAST
    return keep


def name_features(
    story: Story, words: Sequence[str], syntax: Syntax, m: MentionSpans, table: Words
) -> Iterator[tuple[Key, list[int], Mapping[str, float]]]:
    """Each name of people, the mentions that are it, and its features (those that are 0 left out)."""
    texts = [_key(words, int(a), int(b)) for a, b in zip(m.token_start, m.token_end, strict=True)]
    uses: dict[Key, list[int]] = defaultdict(list)
    for k in np.flatnonzero((m.type == _PERSON) & (m.kind == _NAME)).tolist():
        uses[texts[k]].append(k)
    if not uses:
        return
    times = Counter(texts)
    parts = Counter(w for key in uses for w in set(key))
    first = _first_words(story, words)
    quoted = np.zeros(len(words), dtype=bool)
    for a, b in np.searchsorted(story.tokens.start, [(q.start, q.end) for q in story.quotes]).reshape(-1, 2):
        quoted[a:b] = True
    small_here = {w for w in words if w.islower() and len(w) > 1}
    for key, several in uses.items():
        row = _of_the_name(key, parts, table)
        row["small here"] = float(any(w in small_here for w in key))
        row["log count"], row["once"] = math.log(len(several)), float(len(several) == 1)
        row["other types"] = 1 - len(several) / times[key]
        scores = [_logit(float(m.score[k])) / 4 for k in several]
        row["score max"], row["score mean"] = max(scores), sum(scores) / len(scores)
        for k in several:
            for name in _of_a_use(words, syntax, m, k, first, quoted):
                row[name] = row.get(name, 0.0) + 1 / len(several)
        row["ever does"] = float(row.get("does", 0.0) > 0)
        yield key, several, row


def _key(words: Sequence[str], a: int, b: int) -> Key:
    """The words of a mention [a, b), small, an article before them aside."""
    a += b - a > 1 and words[a].lower() == "the"
    return tuple(fold(w) for w in words[a:b])


def _first_words(story: Story, words: Sequence[str]) -> frozenset[int]:
    """The token of each sentence's first word, a mark or two before it aside."""
    found = (
        next((t for t in range(a, min(a + 3, b)) if words[t][:1].isalnum()), -1)
        for a, b in story.sentence_tokens.tolist()
    )
    return frozenset(found)


def _of_the_name(key: Key, parts: Mapping[str, int], table: Words) -> dict[str, float]:
    given = given_names()
    small, capitals, known = table.of(key)
    return {
        "several words": float(len(key) > 1),
        "title": float(any(w in TITLES for w in key)),
        "given": float(any(w in given for w in key)),
        "given first": float(key[0] in given) if key else 0.0,
        "in another name": float(any(parts[w] > 1 for w in key if w not in TITLES)),
        "small share": small,
        "capitals": capitals,
        "known word": known,
    }


def _of_a_use(
    words: Sequence[str],
    syntax: Syntax,
    m: MentionSpans,
    k: int,
    first: Collection[int],
    quoted: npt.NDArray[np.bool_],
) -> Iterator[str]:
    """The features that one use has."""
    a, b, head = int(m.token_start[k]), int(m.token_end[k]), int(m.head_token[k])
    a += b - a > 1 and words[a].lower() == "the"
    relation = syntax.deprel[head].partition(":")[0]
    above = syntax.lemma[syntax.head[head]] if syntax.head[head] >= 0 else ""
    before = words[a - 1].lower() if a > 0 else ""
    after = words[b] if b < len(words) else ""
    if a in first:
        yield "opens"
    if quoted[a]:
        yield "quoted"
        if before == "," or after in (",", "?", "!"):
            yield "call"
    if before in ("*", "_"):
        yield "italic"
    if before in ("a", "an"):
        yield "a"
    if before == "the":
        yield "the"
        before = words[a - 2].lower() if a > 1 else ""
    if before in _AT:
        yield "at"
    if before in _TO:
        yield "to"
    if syntax.upos[head] == "PROPN":
        yield "PROPN"
    if syntax.xpos[head] in ("NNPS", "NNS"):
        yield "NNPS"
    if relation in _RELATIONS:
        yield relation
        if relation == "nsubj" and above in _DOES:
            yield "does"


def _logit(p: float) -> float:
    p = min(max(p, _LOGIT), 1 - _LOGIT)
    return math.log(p / (1 - p))
