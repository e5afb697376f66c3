"""Frozen value types shared by every layer. Imports the standard library and NumPy only.

One span convention everywhere: half-open. Unless a name says ``token``, an offset is a code point
into ``Story.text``; a name with ``token`` counts tokens of ``Story.tokens``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal, get_args

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float32]

SCHEMA = "fabula/1"

SegmentKind = Literal[
    "title", "byline", "disclaimer", "summary", "tags", "note", "heading",
    "body", "letter", "scene_break", "end", "boilerplate",
]  # fmt: skip
STORY_KINDS: frozenset[str] = frozenset({"body", "letter"})
"""Segment kinds that tell the story; every other kind is paratext and never feeds the cast."""

EntityType = Literal["PER", "FAC", "GPE", "LOC", "VEH", "ORG"]
ENTITY_TYPES: tuple[EntityType, ...] = ("PER", "FAC", "GPE", "LOC", "VEH", "ORG")
MentionKind = Literal["PROP", "NOM", "PRON"]
MENTION_KINDS: tuple[MentionKind, ...] = ("PROP", "NOM", "PRON")
QuoteKind = Literal["speech", "thought", "writing"]
QuoteType = Literal["explicit", "anaphoric", "implicit"]
Role = Literal["narrator", "group"]
Channel = Literal["narration", "speech"]


class _ByValue:
    """Equality as a dataclass has it, but arrays are equal if their numbers are."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        names = [f.name for f in fields(self)]  # type: ignore[arg-type]
        return all(_equal(getattr(self, name), getattr(other, name)) for name in names)

    __hash__ = None  # type: ignore[assignment]


def _equal(a: object, b: object) -> bool:
    if isinstance(a, np.ndarray) or isinstance(b, np.ndarray):
        return np.array_equal(a, b)  # type: ignore[arg-type]
    return bool(a == b)


# ------------------------------------------------------------------ text
@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch of code points of ``Story.text``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the file with one function; segments do not overlap and are in text order.

    ``label`` is what the text calls it ("Chapter 3", "A/N"); ``narrator`` an entity id, set by resolve.
    """

    kind: SegmentKind
    start: int
    end: int
    label: str | None = None
    narrator: int | None = None


@dataclass(frozen=True, slots=True)
class QuoteSpan:
    """Where a stretch of direct speech stands, its marks included, before anybody is asked who speaks.

    ``parent``: index of the enclosing quote. ``closed``: False without a closing mark. ``style``: the opening
    mark, "—" for a dash, "*" for emphasis, "" for none, ":" for a line that a name, ``label``, heads, as in
    plays and chats (``written``: a message).
    """

    start: int
    end: int
    parent: int | None = None
    closed: bool = True
    style: str = "“"
    label: Span | None = None
    written: bool = False


MarkKind = Literal[
    "emphasis", "strong", "underline", "strike", "superscript", "subscript", "small_caps", "code",
    "block_quote", "verse", "preformatted", "list_item", "centered",
]  # fmt: skip
MARK_KINDS: tuple[MarkKind, ...] = get_args(MarkKind)


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """How the file sets a stretch apart: emphasis inside a line, or a whole paragraph of another form.

    Marks may nest and cross. Inside an importer the offsets count from the start of a block.
    """

    start: int
    end: int
    kind: MarkKind


@dataclass(frozen=True, slots=True)
class CastHint:
    """A tag of the archive that names people: a hint for whoever reads the cast, never a mention.

    ``text`` is the tag as the archive writes it. ``names`` are the names in it: of a character, all names
    of one person; of a relationship, one name for each of its people, in the tag's order.
    """

    kind: Literal["character", "relationship"]
    text: str
    names: tuple[str, ...] = ()
    bond: Literal["romantic", "platonic"] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class TokenSpans(_ByValue):
    """Token offsets as columns of one length, in text order, never overlapping. Units: code points."""

    start: Ints
    end: Ints

    def __len__(self) -> int:
        return len(self.start)


@dataclass(frozen=True, slots=True, eq=False)
class Story(_ByValue):
    """A decoded story and its surface structure: what ``text/`` makes, and the input of everything else.

    ``sentence_tokens`` has shape (n_sentences, 2): half-open token ranges that partition the tokens.
    ``paragraphs`` and ``sentences`` cover all text that has tokens, paratext too; no sentence crosses a
    paragraph. ``quotes`` are ordered by start, a parent before its children. ``archive`` is where the file
    comes from if that is known ("ao3", "gutenberg" …); ``marks`` are in text order.
    """

    text: str
    id: str
    segments: tuple[Segment, ...]
    paragraphs: tuple[Span, ...]
    sentences: tuple[Span, ...]
    tokens: TokenSpans
    sentence_tokens: Ints
    quotes: tuple[QuoteSpan, ...]
    title: str | None = None
    author: str | None = None
    language: str | None = None
    declared_language: str | None = None
    format: str = "text"
    metadata: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    archive: str | None = None
    hints: tuple[CastHint, ...] = ()
    marks: tuple[Mark, ...] = ()

    def token_text(self, i: int) -> str:
        """The text of token ``i``."""
        return self.text[self.tokens.start[i] : self.tokens.end[i]]


# ------------------------------------------------------------------ evidence
@dataclass(frozen=True, slots=True, eq=False)
class Syntax(_ByValue):
    """Universal Dependencies analysis, columns over tokens. ``head`` is a token index, -1 for a root."""

    lemma: tuple[str, ...]
    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    head: Ints
    deprel: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class MentionSpans(_ByValue):
    """Detected mentions as columns, sorted by (token_start, -token_end). Spans nest but never cross.

    ``type`` indexes ENTITY_TYPES, ``kind`` indexes MENTION_KINDS, ``head_token`` is the head word,
    ``score`` the probability in [0, 1] that the span is a mention.
    """

    token_start: Ints
    token_end: Ints
    head_token: Ints
    type: Ints
    kind: Ints
    score: Floats

    def __len__(self) -> int:
        return len(self.token_start)


# ------------------------------------------------------------------ constraints
@dataclass(frozen=True, slots=True)
class CastMember:
    """One person known beforehand (a cast file): these names are this person, whatever the text suggests."""

    name: str
    aliases: tuple[str, ...] = ()
    pronouns: tuple[str, ...] = ()
    note: str = ""


# ------------------------------------------------------------------ the analysis
@dataclass(frozen=True, slots=True)
class Candidate:
    """One possible answer and its probability. ``entity`` is an entity id."""

    entity: int
    p: float


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that refers to someone or something. ``confidence`` is P(``entity`` is right)."""

    id: int
    start: int
    end: int
    head: Span
    type: EntityType
    kind: MentionKind
    entity: int | None
    confidence: float
    candidates: tuple[Candidate, ...] = ()


CALLED = 0.8
"""How surely a description must mean somebody with a name, at one place at least, to be an alias."""


@dataclass(frozen=True, slots=True)
class Alias:
    """A form by which an entity is called, and how often."""

    text: str
    count: int


@dataclass(frozen=True, slots=True)
class Entity:
    """What mentions refer to. A character is an entity of type PER.

    ``pronouns`` counts forms used in this text: evidence about usage, never a statement about a person.
    ``members`` are entity ids where ``role`` is "group"; empty where it is not known who they are.
    """

    id: int
    name: str
    aliases: tuple[Alias, ...]
    type: EntityType
    number: Literal["sing", "plur"] | None
    pronouns: Mapping[str, int]
    role: Role | None
    members: tuple[int, ...]
    mention_count: int


@dataclass(frozen=True, slots=True)
class Quote:
    """Direct speech. ``speaker`` None: abstained; ``confidence`` is then that of the best candidate.

    ``mention`` is the id of the mention that names the speaker, ``cue`` the speech verb.
    """

    id: int
    start: int
    end: int
    kind: QuoteKind
    type: QuoteType
    speaker: int | None
    addressees: tuple[int, ...]
    mention: int | None
    cue: Span | None
    parent: int | None
    confidence: float
    addressee_confidence: float | None
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Act:
    """Someone does something to someone, in deed or in speech."""

    id: int
    kind: str
    agent: int | None
    patient: int | None
    trigger: Span
    evidence: Span
    channel: Channel
    negated: bool
    hypothetical: bool
    confidence: float


@dataclass(frozen=True, slots=True)
class Emotion:
    """A feeling with its experiencer and the passage that tells or shows it. ``valence`` in [-1, 1]."""

    id: int
    character: int | None
    label: str
    valence: float
    cue: Span
    channel: Channel
    negated: bool
    hypothetical: bool
    confidence: float


@dataclass(frozen=True, slots=True)
class Scene:
    """A stretch between breaks of place, time or cast. ``characters`` are entity ids present."""

    id: int
    start: int
    end: int
    characters: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate with its interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class BondScene:
    """What passes between a and b in one scene; pairs are (a to b, b to a)."""

    scene: int
    acts: Mapping[str, tuple[int, int]]
    lines: tuple[int, int]
    tone: Interval | None


@dataclass(frozen=True, slots=True)
class Turn:
    """A passage where a bond may change. ``p`` is a corrected p-value, None where untested."""

    start: int
    end: int
    p: float | None


@dataclass(frozen=True, slots=True)
class Bond:
    """The bond of two characters over the scenes they share."""

    a: int
    b: int
    scenes: tuple[BondScene, ...]
    asymmetry: Interval | None
    turns: tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class Producer:
    """Which program, model and options made an analysis."""

    fabula: str
    model: str
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything Fabula says about a story: the immutable value behind the JSON contract.

    Two analyses are equal if they say the same of the same text.
    """

    producer: Producer
    story: Story
    syntax: Syntax
    mentions: tuple[Mention, ...]
    entities: tuple[Entity, ...]
    quotes: tuple[Quote, ...]
    events: tuple[Span, ...]
    acts: tuple[Act, ...] = ()
    emotions: tuple[Emotion, ...] = ()
    scenes: tuple[Scene, ...] = ()
    bonds: tuple[Bond, ...] = ()
