"""Which mentions may be names, and how they are written: with the surname that was passed over, say."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from fabula.lexicon.demonyms import is_people
from fabula.lexicon.name_lists import family_first
from fabula.lexicon.name_titles import TITLES, fold
from fabula.resolve.name_forms import LONGEST, NameForm, place_key
from fabula.types import ENTITY_TYPES, MENTION_KINDS, EntityType, MentionSpans, Story

_PROP, _NOM = MENTION_KINDS.index("PROP"), MENTION_KINDS.index("NOM")
_PER = ENTITY_TYPES.index("PER")
_MARKS = frozenset('“”«»„"')
_WORDS_TOO = frozenset(
    ["do", "fan", "fang", "gin", "gu", "han", "he", "ho", "hong", "jin", "kong", "lan", "long", "ma", "pan",
     "park", "song", "sun", "tan", "tang", "van", "wan"]
)  # fmt: skip
"""Surnames that may be another word before a name: "Do Anna and Tom know?"."""
EPITHET_WORDS, EPITHETS = 3, 3
"""A description written like a name has at most so many words after "the", and stands so often."""


@dataclass(slots=True)
class WrittenName:
    """A mention that may be a name, as it is written: ``surface`` from code point ``start`` to ``end``."""

    mention: int
    token: int
    start: int
    end: int
    surface: str
    type: EntityType
    score: float
    proper: bool
    key: str


def written_names(story: Story, mentions: MentionSpans, cast_keys: dict[str, NameForm]) -> list[WrittenName]:
    """Every mention that may be a name, in order; ``cast_keys`` are the names of the cast file."""
    text = story.text
    starts, ends = story.tokens.start.tolist(), story.tokens.end.tolist()
    raws: list[WrittenName] = []
    epithets = _epithets(story, mentions)
    spans = mentions.token_start.tolist(), mentions.token_end.tolist()
    taken = {t for a, b in zip(*spans, strict=True) for t in range(a, b)}
    columns = zip(
        *spans, mentions.type.tolist(), mentions.kind.tolist(), mentions.score.tolist(), strict=True
    )
    for i, (first, past, kind_of, kind, score) in enumerate(columns):
        if kind not in (_PROP, _NOM) or past <= first:
            continue
        start = starts[_with_family(story, first, past, taken) if kind == _PROP else first]
        end = min(ends[past - 1], start + LONGEST)
        surface = " ".join(text[start:end].split())
        if _MARKS & set(surface):  # “Ma,” said Lorelle: the detector ran two names together
            continue
        if (
            kind == _NOM
            and not _titlelike(surface)
            and surface.lower() not in epithets
            and not (cast_keys and place_key(surface)[0] in cast_keys)
        ):
            continue
        raws.append(
            WrittenName(i, first, start, end, surface, ENTITY_TYPES[kind_of], float(score), kind == _PROP, "")
        )
    return raws


def _with_family(story: Story, first: int, past: int, taken: set[int]) -> int:
    """The token with which a given name of one word begins if its surname stands before it, passed over.

    The detector may find only "Kenji" of "Sato Kenji", as it has met few such names.
    """
    before = first - 1
    if (
        before < 0
        or before in taken
        or past - first > 2
        or story.tokens.end[before] + 1 != story.tokens.start[first]
    ):
        return first
    word, given = story.token_text(before), fold(story.token_text(first))
    if not word[:1].isupper() or fold(word) not in family_first() or fold(word) in _WORDS_TOO:
        return first
    return first if given in family_first() or given in TITLES else before


def _epithets(story: Story, mentions: MentionSpans) -> frozenset[str]:
    """Descriptions that are written like names, "the Mock Turtle", not as common nouns too.

    The detector calls them descriptions; who keeps a capital after "the" bears it as a name.
    """
    written: Counter[str] = Counter()
    plain: Counter[str] = Counter()
    starts, ends, text = story.tokens.start, story.tokens.end, story.text
    for k in ((mentions.kind == _NOM) & (mentions.type == _PER)).nonzero()[0].tolist():
        first, past = int(mentions.token_start[k]), int(mentions.token_end[k])
        if not 2 <= past - first <= EPITHET_WORDS + 1 or fold(story.token_text(first)) != "the":
            continue
        surface = " ".join(text[int(starts[first]) : int(ends[past - 1])].split())
        words = surface.split()[1:]
        if len(words) == 1 and is_people(words[0]):
            continue
        capital = all(w[:1].isupper() and not w.isupper() and w.isalpha() for w in words)
        (written if capital else plain)[surface.lower()] += 1
    return frozenset(s for s, n in written.items() if n >= EPITHETS and n > 4 * plain[s])


def _titlelike(surface: str) -> bool:
    words = surface.split(" ", 3)
    if len(words) > 2 or not words[-1][:1].isupper():
        return False
    return fold(words[-1]) in TITLES and (len(words) == 1 or fold(words[0]) == "the")
