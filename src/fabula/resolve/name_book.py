"""People found so far in a book, with indexes from the words of names to their bearers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from fabula.lexicon.gender import UNKNOWN, Evidence, name_gender
from fabula.resolve.name_evidence import Places, same_voice, unlike
from fabula.resolve.name_fit import MOST_GIVEN, Person, last_word, surname_like, surname_title, top
from fabula.resolve.name_forms import NameForm
from fabula.resolve.short_names import short_keys

WIDEST = 48
"""People that one form is weighed against at most for a word they share."""
WIDEST_SHORT = 16
"""The same for a word that may be short for theirs."""


@dataclass(slots=True)
class FormUse:
    """A form of name and its use in the book. ``told``: gender evidence from words around it."""

    form: NameForm
    count: int
    places: Places
    told: Evidence = UNKNOWN


@dataclass(frozen=True, slots=True)
class Link:
    """A person a form may belong to, with the log-odds of it."""

    person: int
    weight: float


class NameBook:
    """People found so far, with indexes from the words of names to their bearers."""

    def __init__(self, uses: Sequence[FormUse]) -> None:
        self.uses = uses
        self.people: list[Person] = []
        self.links: list[tuple[Link, ...]] = [() for _ in uses]
        self.by_family: dict[str, list[int]] = {}
        self.by_word: dict[str, list[int]] = {}
        self.by_short: dict[str, list[int]] = {}
        self.groups: dict[tuple[str, str], int] = {}
        self.by_key = {use.form.key: i for i, use in enumerate(uses)}
        self.alone: dict[str, int] = {}
        for i, use in enumerate(uses):
            form = use.form
            if form.lone and not (form.titles or form.suffix or form.group):
                self.alone[form.lone] = i
        self.spoken = any(room % 2 for use in uses for room in use.places.room)
        self.givens: Counter[str] = Counter()
        self.families: Counter[str] = Counter()
        for use in uses:
            if use.form.given:
                self.givens[use.form.given[0]] += use.count
            if use.form.family and not use.form.group:
                self.families[use.form.family] += use.count
        self.husbands = {use.form.spouse for use in uses} - {""}
        self.names = {
            (u.form.given[0], u.form.family) for u in uses if u.form.given and "mrs" not in u.form.titles
        }

    def new(self) -> Person:
        """A person whom no form names yet."""
        person = Person(len(self.people))
        self.people.append(person)
        return person

    def _index(self, table: dict[str, list[int]], word: str, person: Person) -> None:
        bearers = table.setdefault(word, [])
        if person.number not in bearers[-WIDEST:]:
            bearers.append(person.number)

    def learn(self, person: Person, form: NameForm, count: int) -> None:
        """Take the words of a form used ``count`` times as the person's own."""
        if form.given:
            person.given[form.given[0]] += count
            person.middle.update(form.given[1:])
            for word in form.given:
                self._index(self.by_word, word, person)
                self._index(self.by_word, last_word(word), person)
                for key in short_keys(word):
                    self._index(self.by_short, key, person)
        if form.family:
            person.family[form.family] += count
            self._index(self.by_family, form.family, person)
            self._index(self.by_word, form.family, person)
            self._index(self.by_word, last_word(form.family), person)
        if form.place:
            person.family[form.place] += count
            self._index(self.by_word, form.place, person)
        if form.lone:
            person.lone[form.lone] += count
            self._index(self.by_word, form.lone, person)
            self._index(self.by_word, last_word(form.lone), person)
            for key in short_keys(form.lone):
                self._index(self.by_short, key, person)
        if form.spouse:
            person.spouse.add(form.spouse)
            self._index(self.by_word, form.spouse, person)
        for title in form.titles:
            person.titles[title] += count
            if form.lone in person.given or form.given:
                person.addressed[title] += count
        person.suffix = person.suffix or form.suffix
        if person.cast is None or not person.cast.pronouns:
            person.by_title = top(person.by_title, form.gender)
        word = form.given[0] if form.given else "" if surname_title(form) else form.lone
        surname = word in person.family or (not form.given and surname_like(person))
        if word and not surname and max(person.by_name) < 0.6:
            person.by_name = top(person.by_name, name_gender(word))

    def join(self, i: int, person: Person, weight: float = 4.0) -> None:
        """Form ``i`` is the person's, with log-odds ``weight``."""
        use = self.uses[i]
        self.learn(person, use.form, use.count)
        person.count += use.count
        person.forms.append(i)
        person.places.append(use.places)
        person.told = top(person.told, use.told)
        self.links[i] = (Link(person.number, weight),)

    def against(self, i: int, person: Person, voice: bool = False) -> float:
        """What the text says against it; where her given name stands alone counts as hers already."""
        places = person.places[:WIDEST]
        for word in islice(person.given, MOST_GIVEN):
            alone = self.alone.get(word)
            mostly = person.given[word] >= 0.5 * self.givens[word]
            if alone is not None and alone != i and not self.links[alone] and mostly:
                places.append(self.uses[alone].places)
        against = unlike(self.uses[i].places, places)
        if voice and self.spoken and places:
            against += same_voice(self.uses[i].places, places)
        return against

    def gender(self, i: int) -> Evidence:
        """The gender that form ``i`` shows, or else the words around it."""
        form = self.uses[i].form
        if form.gender != UNKNOWN:
            return form.gender
        named = name_gender(form.given[0]) if form.given else UNKNOWN
        return named if max(named) >= 0.6 else self.uses[i].told

    def bearers(
        self, table: dict[str, list[int]], words: Iterable[str], widest: int = WIDEST
    ) -> list[Person]:
        """People whom ``table`` has under any of ``words``, at most ``widest``, in order."""
        numbers: dict[int, None] = {}
        for word in words:
            for number in table.get(word, ())[:widest]:
                numbers.setdefault(number)
        return [self.people[n] for n in list(numbers)[:widest]]

    def shortened(self, word: str) -> list[Person]:
        """People with a name that ``word`` may be short for, or the other way round."""
        return self.bearers(self.by_short, short_keys(word), WIDEST_SHORT)
