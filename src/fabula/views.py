"""What a Reading hands out: an Analysis's values, joined to one another and to the text.

A view prints as a person would say it (a character as the name, a quote as its words) and keeps the value it
is a view of in ``value``. Views of one Reading are made once, so they compare by identity.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Generic, Literal, NamedTuple, TypeVar

from fabula.types import Act, Alias, Bond, Candidate, Emotion, Entity, Mention, Quote, Scene, Span

if TYPE_CHECKING:
    from fabula.ledger.roles import Roles
    from fabula.reading import Reading

Value = TypeVar("Value", Act, Bond, Emotion, Entity, Mention, Quote, Scene)


class _View(Generic[Value]):
    """A value and the reading it belongs to."""

    __slots__ = ("_reading", "value")

    value: Value

    def __init__(self, reading: Reading, value: Value) -> None:
        self._reading = reading
        self.value = value

    def _words(self, span: Span) -> str:
        return self._reading.text[span.start : span.end]


class EntityView(_View[Entity]):
    """What mentions refer to: a person, a place, a ship. Prints as its name."""

    __slots__ = ()

    def __str__(self) -> str:
        return self.value.name

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.value.name!r}>"

    @property
    def id(self) -> int:
        """Stable within one reading."""
        return self.value.id

    @property
    def name(self) -> str:
        """The name by which the story mostly calls it."""
        return self.value.name

    @property
    def aliases(self) -> tuple[Alias, ...]:
        """The forms by which it is called, with their counts."""
        return self.value.aliases

    @property
    def type(self) -> str:
        """PER, FAC, GPE, LOC, VEH or ORG."""
        return self.value.type

    @property
    def role(self) -> str | None:
        """ "narrator", "group" or None."""
        return self.value.role

    @property
    def members(self) -> tuple[EntityView, ...]:
        """The members of a group."""
        return Several(self._reading.entity(number) for number in self.value.members)

    @property
    def mentions(self) -> tuple[MentionView, ...]:
        """Every mention of it, in text order."""
        return self._reading._mentions_of.get(self.value.id, ())


class Character(EntityView):
    """A person of the story. Prints as the name."""

    __slots__ = ()

    @property
    def pronouns(self) -> Mapping[str, int]:
        """How often the text uses which form: evidence about usage, never a statement about a person."""
        return self.value.pronouns

    @property
    def roles(self) -> Roles:
        """The verbs this character does and suffers, what is theirs, and how they are described."""
        from fabula.ledger.roles import NO_ROLES

        return self._reading._roles.get(self.value.id, NO_ROLES)

    @property
    def lines(self) -> tuple[QuoteView, ...]:
        """The quotes this character speaks, in text order."""
        return self._reading._lines_of.get(self.value.id, ())


class Several(tuple[EntityView, ...]):
    """A tuple of entities that prints as their names, "?" if it is empty."""

    __slots__ = ()

    def __str__(self) -> str:
        return ", ".join(map(str, self)) or "?"


class CandidateView(NamedTuple):
    """One possible answer and its probability."""

    entity: EntityView
    p: float


class _Decision(_View[Value]):
    """A stretch of text about which something was decided."""

    __slots__ = ()

    def __str__(self) -> str:
        return self.text

    @property
    def id(self) -> int:
        """Stable within one reading."""
        return int(self._any.id)

    @property
    def _any(self) -> Any:
        return self.value

    @property
    def start(self) -> int:
        """The first code point of the stretch."""
        return int(self._any.start)

    @property
    def end(self) -> int:
        """The code point after the stretch."""
        return int(self._any.end)

    @property
    def text(self) -> str:
        """The words as they stand; of a quote with its marks."""
        return self._reading.text[self.start : self.end]

    @property
    def line(self) -> int:
        """The line of the text in which it begins, from 1."""
        return self._reading.line_of(self.start)

    @property
    def confidence(self) -> float:
        """The probability that the decision is right; after an abstention, that of the best candidate."""
        return float(self._any.confidence)

    @property
    def candidates(self) -> tuple[CandidateView, ...]:
        """The best answers to a decision in doubt, best first."""
        candidates: tuple[Candidate, ...] = self._any.candidates
        return tuple(CandidateView(self._reading.entity(c.entity), c.p) for c in candidates)


class MentionView(_Decision[Mention]):
    """A stretch of text that refers to someone or something. Prints as its words."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<MentionView {self.text!r}: {self.entity}>"

    @property
    def kind(self) -> Literal["PROP", "NOM", "PRON"]:
        """A name, a description or a pronoun."""
        return self.value.kind

    @property
    def type(self) -> str:
        """PER, FAC, GPE, LOC, VEH or ORG."""
        return self.value.type

    @property
    def head(self) -> str:
        """The head word."""
        return self._words(self.value.head)

    @property
    def entity(self) -> EntityView | None:
        """Who or what it refers to; None where that is not known."""
        return self._reading._optional(self.value.entity)


class QuoteView(_Decision[Quote]):
    """A stretch of direct speech. Prints as its words, marks included."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<QuoteView {self.speaker} → {self.addressees}: {self.text[:40]!r}>"

    @property
    def kind(self) -> str:
        """speech, thought or writing."""
        return self.value.kind

    @property
    def type(self) -> str:
        """How the speaker is told: explicit (by name), anaphoric (by a pronoun or description), implicit."""
        return self.value.type

    @property
    def speaker(self) -> EntityView | None:
        """Who speaks; None where Fabula abstains."""
        return self._reading._optional(self.value.speaker)

    @property
    def addressees(self) -> Several:
        """To whom; empty where that is not known."""
        return Several(self._reading.entity(number) for number in self.value.addressees)

    @property
    def addressee_confidence(self) -> float | None:
        """The probability that the addressees are right."""
        return self.value.addressee_confidence

    @property
    def mention(self) -> MentionView | None:
        """The mention that names the speaker."""
        return None if self.value.mention is None else self._reading._mention_by_id[self.value.mention]

    @property
    def cue(self) -> str | None:
        """The verb of speech."""
        return None if self.value.cue is None else self._words(self.value.cue)

    @property
    def parent(self) -> QuoteView | None:
        """The quote around this one."""
        return None if self.value.parent is None else self._reading._quote_by_id[self.value.parent]


class SceneView(_View[Scene]):
    """A stretch between breaks of place, time or cast."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<SceneView {self.value.start}..{self.value.end}: {self.characters}>"

    @property
    def start(self) -> int:
        """The first code point."""
        return self.value.start

    @property
    def end(self) -> int:
        """The code point after the last."""
        return self.value.end

    @property
    def text(self) -> str:
        """The words of the scene."""
        return self._reading.text[self.value.start : self.value.end]

    @property
    def characters(self) -> Several:
        """Who is present."""
        return Several(self._reading.entity(number) for number in self.value.characters)


class ActView(_View[Act]):
    """Someone does something to someone. Prints as the words that tell it."""

    __slots__ = ()

    def __str__(self) -> str:
        return self.evidence

    def __repr__(self) -> str:
        return f"<ActView {self.agent} {self.value.kind} {self.patient}: {self.evidence[:40]!r}>"

    @property
    def kind(self) -> str:
        """What is done, such as touch or promise."""
        return self.value.kind

    @property
    def agent(self) -> EntityView | None:
        """Who does it."""
        return self._reading._optional(self.value.agent)

    @property
    def patient(self) -> EntityView | None:
        """To whom it is done."""
        return self._reading._optional(self.value.patient)

    @property
    def evidence(self) -> str:
        """The sentence that tells it."""
        return self._words(self.value.evidence)

    @property
    def trigger(self) -> str:
        """The words that tell it."""
        return self._words(self.value.trigger)

    @property
    def line(self) -> int:
        """The line of the text in which the words begin, from 1."""
        return self._reading.line_of(self.value.trigger.start)

    @property
    def channel(self) -> str:
        """narration, or speech where somebody says it or does it by saying it."""
        return self.value.channel

    @property
    def negated(self) -> bool:
        """The text says that it did not happen."""
        return self.value.negated

    @property
    def hypothetical(self) -> bool:
        """It is wished, feared, asked for or imagined."""
        return self.value.hypothetical

    @property
    def confidence(self) -> float:
        """The probability that the act is right."""
        return self.value.confidence


class EmotionView(_View[Emotion]):
    """A feeling. Prints as its label."""

    __slots__ = ()

    def __str__(self) -> str:
        return self.value.label

    def __repr__(self) -> str:
        return f"<EmotionView {self.character} {self.value.label}: {self.cue[:40]!r}>"

    @property
    def character(self) -> EntityView | None:
        """Who feels it."""
        return self._reading._optional(self.value.character)

    @property
    def label(self) -> str:
        """Which feeling."""
        return self.value.label

    @property
    def cue(self) -> str:
        """The passage that tells or shows it."""
        return self._words(self.value.cue)

    @property
    def confidence(self) -> float:
        """The probability that the feeling is right."""
        return self.value.confidence


class BondView(_View[Bond]):
    """The bond of two characters; the figures are in ``value``."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<BondView {self.a} and {self.b}>"

    @property
    def a(self) -> EntityView:
        """The one."""
        return self._reading.entity(self.value.a)

    @property
    def b(self) -> EntityView:
        """The other."""
        return self._reading.entity(self.value.b)
