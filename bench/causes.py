"""Why a pronoun or a line went to the wrong person: one cause each, by rule, from gold and prediction alone.

The causes exclude one another: an error has the first that fits, in the order of ``CAUSES``. A *person* is
one of the gold; an *entity* is one of Fabula's. Whose an entity is, the scorer's own mapping says; where that
maps an entity to nobody (each person is given away once), it is whose mentions it mostly has.

1. **not found**: there is no mention with these bounds, or no quote that the scorer takes for this one.
2. **abstained**: there is, and Fabula names nobody.
3. **no entity of their own**: the scorer maps no entity to the right person; they are merged into somebody
   else's, or were never found. No answer could have been right.
4. **split in two**: the answer is an entity that mostly is the right person, but another one counts as them.
5. **tag with a name** (speakers): the tag names the speaker, and the name was given to another.
6. **tag with a pronoun** (speakers): the tag says "he" or "the man", and that was given to another. PDNC says
   itself what a tag is ("Explicit", "Anaphoric"); elsewhere it is what Fabula saw.
7. **turn** (speakers): the line was given to whom it is said to. Where the gold does not tell addressees, to
   another person who speaks the line before or after it, within ``NEAR`` tokens.
8. **narrator**: the right person or the answer tells the story: says "I" at least three times outside speech
   and letters. PDNC has no such labels: there, its cast names the narrator or Fabula took them for one.
9. **other pronouns**: both are known by a pronoun, and not by the same.
10. **nameless**: one of them is called by a name somewhere, the other never.
11. **rival near**: both go by the same pronoun, and the answer was mentioned up to ``NEAR`` tokens before
    (for a line: before or after).
12. **rival far**: both go by the same pronoun, and it was not.
13. **other**: the rest, mostly answers of whom no pronoun is known.
"""

from __future__ import annotations

import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from fabula.usage import subject_forms

NEAR = 100
"""Tokens; the scorer's figure for a rival."""

CAUSES = {
    "not found": "the mention or the quote was not found",
    "abstained": "no answer was given",
    "no entity": "the right person has no entity of their own",
    "split": "the right person is split in two, and the answer is the lesser part",
    "tag name": "a tag's name was given to another",
    "tag pronoun": "a tag's pronoun or description was given to another",
    "turn": "turn: the one spoken to, or the one who speaks next to it",
    "narrator": "the narrator, or taken for the narrator",
    "other pronouns": "somebody of other pronouns",
    "nameless": "somebody nameless against somebody named",
    "rival near": "a rival of the same pronoun within 100 tokens",
    "rival far": "somebody of the same pronoun, not within 100 tokens",
    "other": "other",
}
"""Short name to what the table calls it, in the order in which they are tried."""


@dataclass(frozen=True, slots=True)
class Person:
    """What is known of a person: pronoun ("he") or None; where they are mentioned (code points, sorted)."""

    pronoun: str | None = None
    named: bool = True
    narrator: bool = False
    places: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """A pronoun or a line, who is right, and what Fabula said of it.

    ``found``: it has one of its own; ``answer`` the entity or None. ``tag``: "explicit", "anaphoric" or
    "implicit", of a line. ``others``: whom the line is said to, as far as the gold tells or turns suggest.
    """

    document: str
    speaker: bool
    start: int
    end: int
    right: str
    found: bool
    answer: int | None
    confidence: float
    ok: bool
    tag: str | None = None
    others: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Document:
    """A text with its gold people and Fabula's entities.

    ``owner``: entity to person, as the scorer maps; ``mostly``: entity to the person whose mentions it mostly
    has; ``answers``: what is known of each entity itself. ``own``: everybody who has an entity.
    """

    name: str
    text: str
    people: Mapping[str, Person]
    owner: Mapping[int, str]
    mostly: Mapping[int, str]
    entities: Mapping[int, str]
    answers: Mapping[int, Person]
    tokens: Sequence[int]
    own: frozenset[str]
    cases: Sequence[Case] = field(default=())

    def person(self, entity: int) -> str | None:
        """Whose an entity is."""
        return self.owner.get(entity) or self.mostly.get(entity)

    def token(self, at: int) -> int:
        """The index of the token that holds a code point, or of the last before it."""
        return max(bisect.bisect_right(self.tokens, at) - 1, 0)


def majority(forms: Mapping[str, int]) -> str | None:
    """The pronoun that a person goes by, of uses by form; "I", "you" and "it" say nothing."""
    return next((s for s in subject_forms(forms) if s != "it"), None)


def cause(case: Case, d: Document) -> str:
    """The cause of an error, a key of ``CAUSES``."""
    if not case.found:
        return "not found"
    if case.answer is None:
        return "abstained"
    if case.right not in d.own:
        return "no entity"
    if d.owner.get(case.answer) != case.right and d.mostly.get(case.answer) == case.right:
        return "split"
    said = d.person(case.answer)
    if case.tag in ("explicit", "anaphoric"):
        return "tag name" if case.tag == "explicit" else "tag pronoun"
    if case.speaker and said in case.others:
        return "turn"
    right = d.people.get(case.right, Person())
    itself = d.answers.get(case.answer, Person())
    answer = d.people.get(said, itself) if said is not None else itself
    if right.narrator or answer.narrator:
        return "narrator"
    pronouns = right.pronoun, answer.pronoun or itself.pronoun
    if None not in pronouns and pronouns[0] != pronouns[1]:
        return "other pronouns"
    if right.named != answer.named:
        return "nameless"
    if None in pronouns:
        return "other"
    return "rival near" if near(case, answer.places or itself.places, d) else "rival far"


def near(case: Case, places: Sequence[int], d: Document) -> bool:
    """Whether one of ``places`` lies within ``NEAR`` tokens: before a pronoun; before or after a line."""
    first, last = d.token(case.start) - NEAR, d.token(case.start) - 1
    if case.speaker:
        last = d.token(case.end) + NEAR
    at = bisect.bisect_left(places, d.tokens[max(first, 0)]) if d.tokens else len(places)
    return at < len(places) and d.token(places[at]) <= last
