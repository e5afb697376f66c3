"""Bonds as users hold them: found by two people, and the state of the story at any of its sentences."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from fabula.types import Interval
from fabula.views import ActView, BondView, EmotionView, EntityView, Several

if TYPE_CHECKING:
    from fabula.ledger.replay import State
    from fabula.reading import Reading

Person = str | int | EntityView
"""A person by name or alias, by id, or as a view."""


def number_of(reading: Reading, person: Person) -> int:
    """The entity id of a person. Raises KeyError if there is nobody of that name or id."""
    if isinstance(person, EntityView):
        return person.id
    if isinstance(person, str):
        return reading.characters[person].id
    return reading.entity(person).id


class Bonds(tuple[BondView, ...]):
    """The bonds of a story, those with most acts first. ``bonds["Imre", "Halvard"]`` finds one."""

    __slots__ = ()

    def __getitem__(self, key: Any) -> Any:
        """A bond by place, or by two people in either order. Raises KeyError if they have none."""
        if isinstance(key, tuple):
            if len(key) != 2:
                raise KeyError("a bond is between two people")
            found = self.between(*key)
            if found is None:
                raise KeyError(f"there is no bond between {key[0]} and {key[1]}")
            return found
        return super().__getitem__(key)

    def between(self, one: Person, other: Person) -> BondView | None:
        """The bond of two people, or None. Raises KeyError if one of them is unknown."""
        if not self:
            return None
        reading = super().__getitem__(0)._reading
        wanted = {number_of(reading, one), number_of(reading, other)}
        return next((b for b in self if {b.value.a, b.value.b} == wanted), None)


class Moment:
    """The story after one of its sentences: who is there, who has done and felt what, how bonds stand."""

    def __init__(self, reading: Reading, state: State) -> None:
        self._reading = reading
        self.state = state

    def __repr__(self) -> str:
        return f"<Moment {self.offset}: {self.present}>"

    @property
    def offset(self) -> int:
        """The code point at which the last sentence counted ends."""
        return self.state.offset

    @property
    def line(self) -> int:
        """Its line, from 1."""
        return self._reading.line_of(self.state.offset)

    @property
    def present(self) -> Several:
        """Who has a part in the scene and has been mentioned by now."""
        return Several(self._reading.entity(x) for x, p in self.state.people.items() if p.present)

    def feeling(self, person: Person) -> EmotionView | None:
        """The last feeling told of a person that is neither denied nor imagined."""
        state = self.state.people.get(number_of(self._reading, person))
        felt = state.feeling if state else None
        return None if felt is None else EmotionView(self._reading, felt)

    def acts(self, one: Person, other: Person) -> tuple[ActView, ...]:
        """What the two have done to one another so far, in text order."""
        a, b = number_of(self._reading, one), number_of(self._reading, other)
        state = self.state.people.get(a)
        both: Iterable[Any] = (*state.did, *state.suffered) if state else ()
        found = [x for x in both if b in (x.agent, x.patient)]
        return tuple(ActView(self._reading, x) for x in sorted(found, key=lambda x: (x.trigger.start, x.id)))

    def tone(self, one: Person, other: Person) -> Interval | None:
        """How friendly their acts have been so far, in [-1, 1] with a 90 % interval; None with too few."""
        a, b = sorted((number_of(self._reading, one), number_of(self._reading, other)))
        bond = self.state.bonds.get((a, b))
        return bond.tone if bond else None
